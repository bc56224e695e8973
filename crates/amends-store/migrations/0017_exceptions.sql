-- Parcels with which something went wrong, for what carriers cost a shop.
-- What stands in {…} is PostgreSQL's alone, in […] SQLite's alone.

-- One row a case, as its events make it. Amounts are minor units of `currency`; `paid_minor` is what the buyer
-- got, `asked_minor` and `received_minor` what the carrier was asked for and paid.
CREATE TABLE exceptions (
    shop_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    noticed_at BIGINT NOT NULL,
    carrier TEXT NOT NULL,
    fault TEXT NOT NULL,
    currency TEXT NOT NULL,
    paid_minor BIGINT NOT NULL,
    asked_minor BIGINT NOT NULL,
    received_minor BIGINT NOT NULL,
    open BIGINT NOT NULL,
    PRIMARY KEY (shop_id, case_id)
) [WITHOUT ROWID];

CREATE INDEX exceptions_by_day ON exceptions (shop_id, noticed_at);
