//! Bringing the tables up to this program's version, one numbered text after the other.
//!
//! A text that was released is never changed; a change is a new text.
//! Must not know: what tables are for. Tests: `tests/it/schema.rs`.

use crate::db::{Db, Engine, Tx, args};
use crate::error::StoreError;

/// Migrations in order; the first makes version 1.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_base.sql"),
    include_str!("../migrations/0002_install.sql"),
    include_str!("../migrations/0003_queue.sql"),
    include_str!("../migrations/0004_evidence.sql"),
    include_str!("../migrations/0005_notices.sql"),
    include_str!("../migrations/0006_policy_periods.sql"),
    include_str!("../migrations/0007_notice_cursors.sql"),
    include_str!("../migrations/0008_audit.sql"),
    include_str!("../migrations/0009_anchors_of_the_day.sql"),
    include_str!("../migrations/0010_open_by_changed.sql"),
    include_str!("../migrations/0011_closures.sql"),
    include_str!("../migrations/0012_mails.sql"),
    include_str!("../migrations/0013_codes.sql"),
    include_str!("../migrations/0014_clauses.sql"),
    include_str!("../migrations/0015_listings.sql"),
    include_str!("../migrations/0016_looks.sql"),
    include_str!("../migrations/0017_exceptions.sql"),
    include_str!("../migrations/0018_violations.sql"),
    include_str!("../migrations/0019_care.sql"),
    include_str!("../migrations/0020_reviews.sql"),
    include_str!("../migrations/0021_abuse.sql"),
    include_str!("../migrations/0022_parcels.sql"),
    include_str!("../migrations/0023_payments.sql"),
    include_str!("../migrations/0024_warranty.sql"),
    include_str!("../migrations/0025_unsent.sql"),
    include_str!("../migrations/0026_buyer_visits.sql"),
];

/// What a migration did; both are equal when there was nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migrated {
    /// The version before.
    pub from: i64,
    /// The version after.
    pub to: i64,
}

fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

const HAS_TABLE_SQLITE: &str =
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'";
const HAS_TABLE_POSTGRES: &str =
    "SELECT CAST(to_regclass('schema_version') AS TEXT) WHERE to_regclass('schema_version') IS NOT NULL";
const VERSION: &str = "SELECT version FROM schema_version";

fn has_table(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => HAS_TABLE_SQLITE,
        Engine::Postgres => HAS_TABLE_POSTGRES,
    }
}

/// The version of the tables; 0 where there are none.
pub(crate) async fn version(db: &Db) -> Result<i64, StoreError> {
    if db.fetch_first(has_table(db.engine()), args![]).await?.is_none() {
        return Ok(0);
    }
    db.fetch_one(VERSION, args![]).await?.int()
}

/// Runs what is missing in one transaction, so that it is there whole or not at all.
pub(crate) async fn migrate(db: &Db) -> Result<Migrated, StoreError> {
    let mut tx = db.begin().await?;
    tx.unhurried().await?;
    if tx.engine() == Engine::Postgres {
        // Nodes that start together wait for the first one. The number is our own, for ever.
        tx.execute("SELECT pg_advisory_xact_lock(4221005)", args![])
            .await?;
    }
    let from = version_in(&mut tx).await?;
    let to = known();
    if from > to {
        return Err(StoreError::Schema {
            found: from,
            known: to,
            advice: "a later version of the program has been here; run that one, or restore a backup",
        });
    }
    for text in MIGRATIONS
        .iter()
        .skip(usize::try_from(from).unwrap_or(usize::MAX))
    {
        let text = tx.engine().text(text).into_owned();
        tx.script(&text).await?;
    }
    if from < to {
        tx.execute("UPDATE schema_version SET version = $1", args![to])
            .await?;
    }
    tx.commit().await?;
    Ok(Migrated { from, to })
}

async fn version_in(tx: &mut Tx) -> Result<i64, StoreError> {
    if tx.fetch_first(has_table(tx.engine()), args![]).await?.is_none() {
        tx.script(
            "CREATE TABLE schema_version (version BIGINT NOT NULL); INSERT INTO schema_version VALUES (0)",
        )
        .await?;
        return Ok(0);
    }
    let row = tx.fetch_first(VERSION, args![]).await?;
    row.ok_or_else(|| StoreError::corrupt("schema_version", "no row"))?
        .int()
}
