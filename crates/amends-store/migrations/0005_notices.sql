-- Notices: what buyers and people of the shop are told, one row for each channel it goes by. A row is
-- the queue while it waits and the record afterwards; subject, body and address go when its buyer is erased.

CREATE TABLE notices (
    shop_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    code TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT,
    body TEXT,
    state TEXT NOT NULL,
    address TEXT,
    attempts BIGINT NOT NULL DEFAULT 0,
    at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL DEFAULT 0,
    settled_at BIGINT,
    error TEXT,
    PRIMARY KEY (shop_id, case_id, seq, code, channel)
)[ WITHOUT ROWID];
CREATE INDEX notices_open_by_due ON notices (due_at) WHERE settled_at IS NULL;
