-- Finding pictures that look alike.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- A look cut into four parts of 16 bits; `part` is the number of the part times 65536 and its bits. Two looks
-- that differ in at most seven bits have a part that differs in at most one.
CREATE TABLE looks (
    shop_id TEXT NOT NULL,
    part BIGINT NOT NULL,
    sha256 {BYTEA}[BLOB] NOT NULL,
    look BIGINT NOT NULL,
    PRIMARY KEY (shop_id, part, sha256)
) [WITHOUT ROWID];
INSERT INTO looks SELECT shop_id, look & 65535, sha256, look FROM pictures;
INSERT INTO looks SELECT shop_id, 65536 + ((look >> 16) & 65535), sha256, look FROM pictures;
INSERT INTO looks SELECT shop_id, 131072 + ((look >> 32) & 65535), sha256, look FROM pictures;
INSERT INTO looks SELECT shop_id, 196608 + ((look >> 48) & 65535), sha256, look FROM pictures;

-- Who else handed in the same bytes.
CREATE INDEX evidence_by_content ON evidence (shop_id, sha256);
