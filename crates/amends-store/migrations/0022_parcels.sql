-- Parcels to buyers as their carriers say: how far each got, and from when on it is late.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- `due_at` is when it should have arrived; none once it has, came back, or its case was opened.
CREATE TABLE parcels (
    shop_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    waybill TEXT NOT NULL,
    carrier TEXT NOT NULL,
    state TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    due_at BIGINT,
    case_id TEXT,
    PRIMARY KEY (shop_id, order_id, waybill)
)[ WITHOUT ROWID];
CREATE INDEX parcels_due ON parcels (due_at) WHERE due_at IS NOT NULL;
