-- The queue and the search. What the queue filters and sorts by stands in columns, and open cases in
-- one index that holds all of them: a page and its exact count are read from the index alone.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- When a case is due, as the queue sorts it: what waits for nobody comes last, and no NULL is in the
-- way of reading on from a cursor.
ALTER TABLE cases ADD COLUMN queue_due_at BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE cases ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN assignee TEXT;
ALTER TABLE cases ADD COLUMN priority BIGINT NOT NULL DEFAULT 2;
ALTER TABLE cases ADD COLUMN severity BIGINT NOT NULL DEFAULT 0;
-- shop, buyer, platform or provider; none once nobody has to act.
ALTER TABLE cases ADD COLUMN awaiting TEXT;
ALTER TABLE cases ADD COLUMN value_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN disputed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN escalated_to TEXT;
-- Each tag between line feeds: short enough together to stand in the index.
ALTER TABLE cases ADD COLUMN tags TEXT NOT NULL DEFAULT '';

UPDATE cases SET changed_at = opened_at, queue_due_at = COALESCE(next_due_at, 9223372036854775807);

DROP INDEX cases_open_by_due;
-- `closed_at` is NULL in every entry; with it the index answers without looking at the table.
CREATE INDEX cases_queue ON cases (shop_id, queue_due_at, case_id, status, kind, reason, priority, severity,
    assignee, escalated_to, awaiting, disputed, value_minor, opened_at, changed_at, tags, closed_at)
    WHERE closed_at IS NULL;
-- A closed case hardly changes any more.
CREATE INDEX cases_closed_by_due ON cases (shop_id, queue_due_at, case_id) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_closed_by_changed ON cases (shop_id, changed_at, case_id) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_by_opened ON cases (shop_id, opened_at, case_id);

CREATE INDEX orders_by_buyer ON orders (shop_id, buyer_id);
-- The beginning of a number is a range only where letters sort by their code, as SQLite's do anyway.
{CREATE INDEX orders_by_number ON orders (shop_id, number COLLATE "C");}

-- Every parcel a case ever had, by its waybill in capitals and without spaces or hyphens.
CREATE TABLE case_waybills (
    shop_id TEXT NOT NULL,
    waybill TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (shop_id, waybill, case_id)
)[ WITHOUT ROWID];

-- The words of each text, erased together with it.
{CREATE TABLE text_words (
    shop_id TEXT NOT NULL,
    text_id TEXT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (shop_id, text_id)
);
CREATE INDEX text_words_by_word ON text_words USING GIN (words);}[
CREATE VIRTUAL TABLE text_words USING fts5(shop_id UNINDEXED, text_id UNINDEXED, words,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* S* Co'");
-- What is erased must not linger in the index.
INSERT INTO text_words(text_words, rank) VALUES ('secure-delete', 1);]
