-- The block list, listings to be checked, and what signals of abuse are looked up by.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- Nothing of a row is ever removed or rewritten but the words, when its buyer is erased: it is its own audit.
CREATE TABLE blocks (
    shop_id TEXT NOT NULL,
    block_id TEXT NOT NULL,
    buyer_id TEXT NOT NULL,
    case_id TEXT,
    reason TEXT,
    added_by TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    clause TEXT NOT NULL,
    lifted_by TEXT,
    lifted_at BIGINT,
    lift_reason TEXT,
    PRIMARY KEY (shop_id, block_id)
)[ WITHOUT ROWID];
CREATE INDEX blocks_by_buyer ON blocks (shop_id, buyer_id, until_at);

-- A listing that invited a claim, by the case that says so.
CREATE TABLE listing_checks (
    shop_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    done_at BIGINT,
    done_by TEXT,
    note TEXT,
    PRIMARY KEY (shop_id, case_id, sku)
)[ WITHOUT ROWID];
CREATE INDEX listing_checks_by_time ON listing_checks (shop_id, opened_at);

-- Accounts that share an address; empty for a buyer who gave none.
ALTER TABLE buyers ADD COLUMN address_index {BYTEA}[BLOB];
CREATE INDEX buyers_by_address ON buyers (shop_id, address_index) WHERE address_index IS NOT NULL;
-- Whoever has no index of his address yet may have none of his mail address either: both are made at once.
DROP INDEX buyers_without_email_index;
CREATE INDEX buyers_without_indexes ON buyers (shop_id, buyer_id)
    WHERE address_index IS NULL AND sealed IS NOT NULL;
-- Of one buyer also by time.
DROP INDEX orders_by_buyer;
CREATE INDEX orders_by_buyer ON orders (shop_id, buyer_id, placed_at);
