-- Which policy set is in force from when: what is published for a later day takes force by itself.
-- A shop that has no row here is still under the set that its own row names.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

CREATE TABLE policy_periods (
    shop_id TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    hash {BYTEA}[BLOB] NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, from_at)
)[ WITHOUT ROWID];
