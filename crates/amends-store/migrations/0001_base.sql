-- The first tables. Columns are TEXT, BIGINT or bytes; times are epoch milliseconds.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- Install-wide tables ---------------------------------------------------------------------------

CREATE TABLE shops (
    shop_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    policy_hash {BYTEA}[BLOB],
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE people (
    person_id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    display_name TEXT NOT NULL,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    session {BYTEA}[BLOB] NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL,
    shop_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE api_tokens (
    token {BYTEA}[BLOB] NOT NULL PRIMARY KEY,
    token_id TEXT NOT NULL UNIQUE,
    shop_id TEXT NOT NULL,
    role TEXT NOT NULL,
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_tokens_by_shop ON api_tokens (shop_id);


-- A shop's tables -------------------------------------------------------------------------------

CREATE TABLE memberships (
    shop_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (shop_id, person_id)
)[ WITHOUT ROWID];
CREATE INDEX memberships_by_person ON memberships (person_id);

CREATE TABLE policy_sets (
    shop_id TEXT NOT NULL,
    hash {BYTEA}[BLOB] NOT NULL,
    text TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, hash)
);

CREATE TABLE buyers (
    shop_id TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    key_wrapped {BYTEA}[BLOB],
    sealed {BYTEA}[BLOB],
    nickname_index {BYTEA}[BLOB],
    phone_index {BYTEA}[BLOB],
    erased_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, buyer_id)
);
CREATE INDEX buyers_by_nickname ON buyers (shop_id, nickname_index) WHERE nickname_index IS NOT NULL;
CREATE INDEX buyers_by_phone ON buyers (shop_id, phone_index) WHERE phone_index IS NOT NULL;

CREATE TABLE products (
    shop_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    title TEXT NOT NULL,
    price_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, sku)
)[ WITHOUT ROWID];

-- `ledger_json` and `version` change with commands: no index holds them.
CREATE TABLE orders (
    shop_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    number TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    placed_at BIGINT NOT NULL,
    order_json TEXT NOT NULL,
    ledger_json TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (shop_id, order_id),
    UNIQUE (shop_id, number)
);
CREATE INDEX orders_by_placed ON orders (shop_id, placed_at, order_id);

-- Columns that change with every command stand in partial indexes only, over open cases.
CREATE TABLE cases (
    shop_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    order_id TEXT,
    buyer_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    next_due_at BIGINT,
    version BIGINT NOT NULL,
    terms BIGINT NOT NULL,
    state TEXT NOT NULL,
    head {BYTEA}[BLOB] NOT NULL,
    PRIMARY KEY (shop_id, case_id),
    UNIQUE (shop_id, number)
);
CREATE INDEX cases_open_by_due ON cases (shop_id, next_due_at) WHERE closed_at IS NULL;
CREATE INDEX cases_by_order ON cases (shop_id, order_id);
CREATE INDEX cases_by_buyer ON cases (shop_id, buyer_id, opened_at);

CREATE TABLE events (
    shop_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    type TEXT NOT NULL,
    version BIGINT NOT NULL,
    body {BYTEA}[BLOB] NOT NULL,
    hash {BYTEA}[BLOB] NOT NULL,
    commit_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    PRIMARY KEY (shop_id, case_id, seq)
);
CREATE INDEX events_by_commit ON events (shop_id, commit_id, ordinal);

CREATE TABLE deadlines (
    shop_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    clock TEXT NOT NULL,
    stage TEXT NOT NULL,
    generation BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (shop_id, case_id, clock, stage, generation)
)[ WITHOUT ROWID];
CREATE INDEX deadlines_by_due ON deadlines (due_at);
CREATE INDEX deadlines_leased ON deadlines (lease_until) WHERE lease_until > 0;

CREATE TABLE outbox (
    shop_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    effect TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    done_at BIGINT,
    PRIMARY KEY (shop_id, case_id, seq)
)[ WITHOUT ROWID];
CREATE INDEX outbox_open_by_due ON outbox (due_at) WHERE done_at IS NULL;

CREATE TABLE audit (
    shop_id TEXT NOT NULL,
    commit_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    case_id TEXT NOT NULL,
    first_seq BIGINT,
    last_seq BIGINT,
    scope TEXT,
    key TEXT,
    PRIMARY KEY (shop_id, commit_id, ordinal)
)[ WITHOUT ROWID];

CREATE TABLE idempotency (
    shop_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    body {BYTEA}[BLOB] NOT NULL,
    case_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    terms BIGINT NOT NULL,
    events BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, scope, key)
)[ WITHOUT ROWID];

CREATE TABLE texts (
    shop_id TEXT NOT NULL,
    text_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    author TEXT NOT NULL,
    body TEXT,
    salt {BYTEA}[BLOB],
    at BIGINT NOT NULL,
    erased_at BIGINT,
    PRIMARY KEY (shop_id, text_id)
);
CREATE INDEX texts_by_case ON texts (shop_id, case_id);

CREATE TABLE counters (
    shop_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (shop_id, name)
)[ WITHOUT ROWID];

CREATE TABLE anchors (
    shop_id TEXT NOT NULL,
    day TEXT NOT NULL,
    upto_commit BIGINT NOT NULL,
    cases BIGINT NOT NULL,
    root {BYTEA}[BLOB] NOT NULL,
    previous {BYTEA}[BLOB] NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, day)
)[ WITHOUT ROWID];
