-- Reviews buyers wrote on the platform, what the shop rates its buyers, and who was reminded to rate.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- `step` says what is to be done next: match, pursue, contact, outcome, reply; or none of it: left, done.
CREATE TABLE reviews (
    shop_id TEXT NOT NULL,
    review_id TEXT NOT NULL,
    platform_id TEXT NOT NULL,
    order_number TEXT NOT NULL,
    order_id TEXT,
    line_id TEXT,
    sku TEXT,
    buyer_id TEXT,
    case_id TEXT,
    rating TEXT NOT NULL,
    stars BIGINT,
    body TEXT,
    pictures TEXT NOT NULL,
    description BIGINT,
    service BIGINT,
    logistics BIGINT,
    written_at BIGINT NOT NULL,
    day BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    taken_by TEXT NOT NULL,
    revision BIGINT NOT NULL,
    step TEXT NOT NULL,
    cause TEXT,
    judged BIGINT NOT NULL DEFAULT 0,
    contact_due_at BIGINT,
    contacted_at BIGINT,
    outcome TEXT,
    reply_id TEXT,
    published_at BIGINT,
    erased_at BIGINT,
    PRIMARY KEY (shop_id, review_id),
    UNIQUE (shop_id, platform_id)
);
CREATE INDEX reviews_by_time ON reviews (shop_id, written_at, review_id);
CREATE INDEX reviews_by_rating ON reviews (shop_id, rating, written_at, review_id);
CREATE INDEX reviews_by_step ON reviews (shop_id, step, written_at, review_id);
CREATE INDEX reviews_unanswered ON reviews (shop_id, written_at, review_id)
    WHERE step IN ('pursue', 'contact', 'outcome', 'reply');
CREATE INDEX reviews_by_case ON reviews (shop_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX reviews_by_order ON reviews (shop_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX reviews_unmatched ON reviews (shop_id, order_number) WHERE order_id IS NULL;
CREATE INDEX reviews_to_pursue ON reviews (taken_at) WHERE step = 'pursue';
CREATE INDEX reviews_by_buyer ON reviews (shop_id, buyer_id) WHERE buyer_id IS NOT NULL;

-- The three scores buyers give a shop, added up by day of the shop: whole numbers, so that they are never off.
CREATE TABLE ratings_of_days (
    shop_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    aspect TEXT NOT NULL,
    ratings BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (shop_id, day, aspect)
)[ WITHOUT ROWID];

-- What a shop rates its buyer, once an order.
CREATE TABLE buyer_ratings (
    shop_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    rating TEXT NOT NULL,
    body TEXT,
    rated_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, order_id)
);

-- Orders whose buyer may be reminded to rate: from their delivery until it was decided.
CREATE TABLE rating_reminders (
    shop_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    delivered_at BIGINT NOT NULL,
    settled_at BIGINT,
    outcome TEXT,
    PRIMARY KEY (shop_id, order_id)
);
CREATE INDEX rating_reminders_open ON rating_reminders (shop_id, delivered_at, order_id) WHERE settled_at IS NULL;
