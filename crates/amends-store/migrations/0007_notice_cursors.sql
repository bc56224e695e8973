-- How far each shop's events have been told: everything up to this commit and ordinal is queued as a notice
-- or needs none. The highest ordinal says that the whole commit is.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

CREATE TABLE notice_cursors (
    shop_id TEXT NOT NULL PRIMARY KEY,
    commit_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL
)[ WITHOUT ROWID];
-- What happened before this program could tell of it is not told afterwards.
INSERT INTO notice_cursors (shop_id, commit_id, ordinal)
    SELECT shop_id, value, 9223372036854775807 FROM counters WHERE name = 'commit';
