-- On which clauses a case rests, and whether its buyer is still to be asked how it went.

-- Each clause between line feeds: that of its right, of the agreed remedy, and of every clock that runs. Not in
-- `cases_queue`: with the tags an entry could grow longer than PostgreSQL takes.
ALTER TABLE cases ADD COLUMN clauses TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN follow_up_due BIGINT NOT NULL DEFAULT 0;

{UPDATE cases SET
    follow_up_due = CASE WHEN state::jsonb->>'care' = 'due' THEN 1 ELSE 0 END,
    clauses = chr(10) || COALESCE(state::jsonb->>'right' || chr(10), '')
        || COALESCE(state::jsonb->>'agreed' || chr(10), '')
        || COALESCE((SELECT string_agg(run->>'clause', chr(10)) || chr(10)
            FROM jsonb_path_query(state::jsonb, '$.clocks.*') AS run), '');}[
UPDATE cases SET
    follow_up_due = CASE WHEN json_extract(state, '$.care') = 'due' THEN 1 ELSE 0 END,
    clauses = char(10) || COALESCE(json_extract(state, '$.right') || char(10), '')
        || COALESCE(json_extract(state, '$.agreed') || char(10), '')
        || COALESCE((SELECT group_concat(json_extract(value, '$.clause'), char(10)) || char(10)
            FROM json_each(state, '$.clocks')), '');]

CREATE INDEX cases_open_clauses ON cases (shop_id, queue_due_at, case_id, clauses) WHERE closed_at IS NULL;
CREATE INDEX cases_to_ask ON cases (shop_id, queue_due_at, case_id) WHERE follow_up_due = 1;
