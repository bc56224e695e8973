-- Mails: what people wrote to a shop, and what became of it. Sender, subject and text are sealed under a
-- key of the mail's own, which goes when its writer is erased; the mail as it came lies outside, sealed by
-- the same key, until it is settled.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

CREATE TABLE mails (
    shop_id TEXT NOT NULL,
    mail_id TEXT NOT NULL,
    -- Of its Message-ID, or of its bytes where it has none: the same mail is taken in once.
    ident {BYTEA}[BLOB] NOT NULL,
    sender_index {BYTEA}[BLOB],
    state TEXT NOT NULL,
    why TEXT,
    buyer_id TEXT,
    case_id TEXT,
    key_wrapped {BYTEA}[BLOB],
    sealed {BYTEA}[BLOB],
    raw_sha256 {BYTEA}[BLOB],
    at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT,
    request {BYTEA}[BLOB],
    erased_at BIGINT,
    PRIMARY KEY (shop_id, mail_id),
    UNIQUE (shop_id, ident)
);
CREATE INDEX mails_by_state ON mails (shop_id, state, mail_id);
CREATE INDEX mails_by_case ON mails (shop_id, case_id, mail_id) WHERE case_id IS NOT NULL;
CREATE INDEX mails_by_buyer ON mails (shop_id, buyer_id) WHERE buyer_id IS NOT NULL;
CREATE INDEX mails_by_sender ON mails (shop_id, sender_index) WHERE sender_index IS NOT NULL;
CREATE INDEX mails_by_raw ON mails (shop_id, raw_sha256) WHERE raw_sha256 IS NOT NULL;
CREATE INDEX mails_arrived ON mails (mail_id) WHERE state = 'arrived';
CREATE INDEX mails_put_aside ON mails (settled_at) WHERE state IN ('ignored', 'discarded');

-- By which a buyer is found when he writes a mail. Who was known before is given his when the program
-- starts, for it takes the master key; empty for whoever has no address.
ALTER TABLE buyers ADD COLUMN email_index {BYTEA}[BLOB];
CREATE INDEX buyers_by_email ON buyers (shop_id, email_index) WHERE email_index IS NOT NULL;
CREATE INDEX buyers_without_email_index ON buyers (shop_id, buyer_id)
    WHERE email_index IS NULL AND sealed IS NOT NULL;
