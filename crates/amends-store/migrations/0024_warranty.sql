-- Plans a shop sells or gives, covers of what was bought, what was claimed on them, and guides sent ahead.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- The plan as it is now; covers that were made of it stay as they were. `ended_at` is set when it is sold no more.
CREATE TABLE plans (
    shop_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    plan_json TEXT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (shop_id, plan_id)
)[ WITHOUT ROWID];

-- Never changed: what was sold is what holds. Amounts are minor units; a premium of 0 was given.
CREATE TABLE covers (
    shop_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    cover_id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    name TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    premium_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    cover_json TEXT NOT NULL,
    PRIMARY KEY (shop_id, order_id, cover_id)
)[ WITHOUT ROWID];
CREATE INDEX covers_by_plan ON covers (shop_id, plan_id, given_at);

-- One row a claim, as its case's events make it. `open` is 1 until it is settled, declined or let go of.
CREATE TABLE cover_claims (
    shop_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    order_id TEXT NOT NULL,
    cover_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    asked_minor BIGINT NOT NULL,
    settled_minor BIGINT NOT NULL,
    open BIGINT NOT NULL,
    PRIMARY KEY (shop_id, case_id, made_at)
)[ WITHOUT ROWID];
CREATE INDEX cover_claims_by_cover ON cover_claims (shop_id, order_id, cover_id);

-- How a product is set up, by its stock-keeping code: a film, a leaflet, the shop's own words.
CREATE TABLE guides (
    shop_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shop_id, sku)
)[ WITHOUT ROWID];

-- Orders that left, until it is decided once whether their buyer is sent a guide.
CREATE TABLE guide_orders (
    shop_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    left_at BIGINT NOT NULL,
    settled_at BIGINT,
    outcome TEXT,
    PRIMARY KEY (shop_id, order_id)
)[ WITHOUT ROWID];
CREATE INDEX guide_orders_open ON guide_orders (shop_id, left_at) WHERE settled_at IS NULL;
