-- Evidence: what was handed in for a case, and by whom. The bytes lie outside, under their digest.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- Without a case: handed in by a buyer before he opened one, on the order of his link.
CREATE TABLE evidence (
    shop_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    case_id TEXT,
    order_id TEXT,
    buyer_id TEXT,
    kind TEXT NOT NULL,
    file_name TEXT,
    media TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 {BYTEA}[BLOB] NOT NULL,
    shared BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    erased_at BIGINT,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (shop_id, evidence_id),
    UNIQUE (shop_id, scope, key)
);
CREATE INDEX evidence_by_case ON evidence (shop_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX evidence_waiting ON evidence (added_at) WHERE case_id IS NULL;
CREATE INDEX evidence_waiting_by_order ON evidence (shop_id, order_id) WHERE case_id IS NULL;
CREATE INDEX evidence_by_digest ON evidence (shop_id, sha256);
CREATE INDEX evidence_by_buyer ON evidence (shop_id, buyer_id) WHERE buyer_id IS NOT NULL;
