-- Visits 回访 of buyers beside any case: planned, due, done, planned again; and arrived orders by when they did.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- What was said is sealed under the buyer's own key, which goes when he is erased. `every_days` is empty where
-- it does not repeat; a visit that was called off is done with that outcome.
CREATE TABLE buyer_visits (
    shop_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    every_days BIGINT,
    planned_by TEXT NOT NULL,
    done_at BIGINT,
    done_by TEXT,
    outcome TEXT,
    score BIGINT,
    sealed {BYTEA}[BLOB],
    PRIMARY KEY (shop_id, visit_id)
);
-- A buyer has one planned at a time: nobody is called twice for want of looking.
CREATE UNIQUE INDEX buyer_visits_open ON buyer_visits (shop_id, buyer_id) WHERE done_at IS NULL;
CREATE INDEX buyer_visits_due ON buyer_visits (shop_id, due_at, visit_id) WHERE done_at IS NULL;
CREATE INDEX buyer_visits_by_buyer ON buyer_visits (shop_id, buyer_id, done_at);

-- Whose order arrived lately is found without a look at all orders.
CREATE INDEX rating_reminders_by_arrival ON rating_reminders (shop_id, delivered_at, order_id);
