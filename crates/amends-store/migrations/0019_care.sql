-- The buyer book and care mail: what the shop knows of its buyers, saved segments, mails written to many,
-- one letter for each buyer, and who wants none.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- What a buyer answered when he was asked how it went, and when; none where he gave no score.
ALTER TABLE cases ADD COLUMN follow_up_score BIGINT;
ALTER TABLE cases ADD COLUMN follow_up_at BIGINT;
{UPDATE cases SET follow_up_score = CAST(state::jsonb->'care'->'done'->>'score' AS BIGINT), follow_up_at = changed_at
    WHERE jsonb_typeof(state::jsonb->'care') = 'object' AND state::jsonb->'care'->'done'->>'score' IS NOT NULL;}[
UPDATE cases SET follow_up_score = json_extract(state, '$.care.done.score'), follow_up_at = changed_at
    WHERE json_extract(state, '$.care.done.score') IS NOT NULL;]
CREATE INDEX cases_answered ON cases (shop_id, buyer_id, follow_up_at, follow_up_score)
    WHERE follow_up_score IS NOT NULL;
CREATE INDEX cases_open_by_buyer ON cases (shop_id, buyer_id) WHERE closed_at IS NULL;

-- How many orders a buyer placed and when the last is read from the index alone.
DROP INDEX orders_by_buyer;
CREATE INDEX orders_by_buyer ON orders (shop_id, buyer_id, placed_at);

-- Notes, background and preferences are sealed under the buyer's own key, which goes when he is erased.
CREATE TABLE buyer_books (
    shop_id TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    tier TEXT,
    -- Each between line feeds, as with cases.
    tags TEXT NOT NULL,
    blocked BIGINT NOT NULL,
    sealed {BYTEA}[BLOB],
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (shop_id, buyer_id)
)[ WITHOUT ROWID];
CREATE INDEX buyer_books_by_tier ON buyer_books (shop_id, tier, buyer_id) WHERE tier IS NOT NULL;

CREATE TABLE buyer_tags (
    shop_id TEXT NOT NULL,
    tag TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    PRIMARY KEY (shop_id, tag, buyer_id)
)[ WITHOUT ROWID];
CREATE INDEX buyer_tags_by_buyer ON buyer_tags (shop_id, buyer_id);

-- Who read or changed what is sealed.
CREATE TABLE buyer_book_looks (
    shop_id TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (shop_id, buyer_id, at, actor, act)
)[ WITHOUT ROWID];

CREATE TABLE care_segments (
    shop_id TEXT NOT NULL,
    segment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    condition TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, segment_id),
    UNIQUE (shop_id, name)
);

CREATE TABLE care_mails (
    shop_id TEXT NOT NULL,
    care_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- The one buyer it is for; none where it is for a segment.
    buyer_id TEXT,
    -- What it says; none once the one buyer it is for was erased.
    subject TEXT,
    body TEXT,
    -- To whom, in which language, from when on, and what it suggests.
    draft TEXT NOT NULL,
    -- As it was confirmed: the segment's condition and the clauses it goes by.
    plan TEXT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    confirmed_at BIGINT,
    confirmed_by TEXT,
    ended_at BIGINT,
    -- Up to which buyer it is planned.
    planned_to TEXT NOT NULL DEFAULT '',
    -- When there is something to do for it again.
    due_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (shop_id, care_id)
);
CREATE INDEX care_mails_by_buyer ON care_mails (shop_id, buyer_id) WHERE buyer_id IS NOT NULL;
CREATE INDEX care_mails_working ON care_mails (due_at) WHERE state IN ('planning', 'sending', 'cancelling');

-- How many buyers came to what, by a name: one row for each, so that nobody counts letters.
CREATE TABLE care_counts (
    shop_id TEXT NOT NULL,
    care_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (shop_id, care_id, name)
)[ WITHOUT ROWID];

CREATE TABLE care_letters (
    shop_id TEXT NOT NULL,
    care_id TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    settled_at BIGINT,
    why TEXT,
    PRIMARY KEY (shop_id, care_id, buyer_id)
)[ WITHOUT ROWID];
CREATE INDEX care_letters_open ON care_letters (shop_id, care_id, due_at, buyer_id) WHERE settled_at IS NULL;
-- How many a buyer got, and which of his are still to go.
CREATE INDEX care_letters_by_buyer ON care_letters (shop_id, buyer_id, due_at, state, lease_until);

-- Who wants no care mail: by himself, and by the blind index of his address, so that it holds for every
-- buyer who has that address. It stays when he is erased: else he would be written to again.
CREATE TABLE care_opt_outs (
    shop_id TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    email_index {BYTEA}[BLOB],
    at BIGINT NOT NULL,
    given_by TEXT NOT NULL,
    PRIMARY KEY (shop_id, buyer_id)
)[ WITHOUT ROWID];
CREATE INDEX care_opt_outs_by_address ON care_opt_outs (shop_id, email_index) WHERE email_index IS NOT NULL;
