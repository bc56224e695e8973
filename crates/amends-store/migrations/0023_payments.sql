-- Payments that came in for orders that were not paid when they came: the payment log.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- Amounts are minor units of `currency`. A reference stands once a way, whichever order it was recorded for.
CREATE TABLE payments (
    shop_id TEXT NOT NULL,
    way TEXT NOT NULL,
    reference TEXT NOT NULL,
    case_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    paid_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    bank TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (shop_id, way, reference)
)[ WITHOUT ROWID];
CREATE INDEX payments_by_time ON payments (shop_id, paid_at, reference);
