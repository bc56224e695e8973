-- One-time codes by which a buyer without a link comes to his order. The code itself is never stored.

CREATE TABLE codes (
    shop_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    digest {BYTEA}[BLOB] NOT NULL,
    at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (shop_id, order_id)
)[ WITHOUT ROWID];
