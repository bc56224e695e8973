-- What a product's page said when it was bought, and what pictures look like.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- Each content once, however often it was bought.
CREATE TABLE listings (
    shop_id TEXT NOT NULL,
    digest {BYTEA}[BLOB] NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shop_id, digest)
);

CREATE TABLE order_listings (
    shop_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    digest {BYTEA}[BLOB] NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, order_id, line_id)
);

-- Of pictures that could be read. The look is 64 bits of a perceptual hash.
CREATE TABLE pictures (
    shop_id TEXT NOT NULL,
    sha256 {BYTEA}[BLOB] NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    sharpness BIGINT NOT NULL,
    look BIGINT NOT NULL,
    PRIMARY KEY (shop_id, sha256)
);
