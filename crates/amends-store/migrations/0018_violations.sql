-- Points a platform deducts, or would have: what was said or done, and what was stopped before it was (VIO).
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- `reference` is the platform's own number of a deduction; of what was stopped it says what, who, where and on
-- which day, so that trying the same words again counts once.
CREATE TABLE violations (
    shop_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    at BIGINT NOT NULL,
    prevented BIGINT NOT NULL,
    violation TEXT NOT NULL,
    clause TEXT,
    points BIGINT NOT NULL,
    case_id TEXT,
    person_id TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (shop_id, reference)
) [WITHOUT ROWID];

CREATE INDEX violations_by_time ON violations (shop_id, at);
