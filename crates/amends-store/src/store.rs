//! The store: a handle on one database. Queries stand grouped by what they are about, one file each.
//!
//! Must not know: what its tables hold. Tests: `tests/it/statements.rs`.

use std::sync::Arc;

use amends_domain::time::Moment;

use crate::commit::{CommitSettings, Committer};
use crate::db::{Db, Engine, Options, Target, args};
use crate::error::StoreError;
use crate::schema::{self, Migrated};
use crate::shop_time::Calendars;

/// A database, open. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    db: Arc<Db>,
}

/// How much there is, for metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Shops.
    pub shops: u64,
    /// Cases that are not closed, of all shops.
    pub open_cases: u64,
    /// Deadlines that have passed and are not yet carried out.
    pub due_deadlines: u64,
    /// Effects not yet settled.
    pub open_outbox: u64,
}

impl Store {
    /// Opens a database. It does not create or change any table; [`Store::migrate`] does.
    pub async fn connect(target: &Target) -> Result<Self, StoreError> {
        Self::connect_with(target, Options::default()).await
    }

    /// Opens a database with other than the usual limits.
    pub async fn connect_with(target: &Target, options: Options) -> Result<Self, StoreError> {
        let db = Arc::new(Db::connect(target, options).await?);
        Ok(Self { db })
    }

    /// Brings the tables up to this program's version; safe to call from several nodes at once.
    pub async fn migrate(&self) -> Result<Migrated, StoreError> {
        schema::migrate(&self.db).await
    }

    /// The version of the tables; 0 before the first migration.
    pub async fn schema_version(&self) -> Result<i64, StoreError> {
        schema::version(&self.db).await
    }

    /// Closes every connection, once what runs on it has ended. Other clones find it closed.
    pub async fn close(self) {
        self.db.close().await;
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        self.db.engine()
    }

    /// Starts a committer: one task that decides and writes whatever waits, batch by batch.
    /// Working days are those of the calendars that shops name. Must be called inside a tokio runtime. One per node is right; two on one database are safe.
    pub fn committer(&self, settings: CommitSettings, calendars: Calendars) -> Committer {
        Committer::start(self.clone(), settings, calendars)
    }

    /// How much there is, for metrics; `now` tells which deadlines are due.
    pub async fn counts(&self, now: Moment) -> Result<Counts, StoreError> {
        const COUNTS: &str = "SELECT (SELECT COUNT(*) FROM shops), \
            (SELECT COUNT(*) FROM cases WHERE closed_at IS NULL), \
            (SELECT COUNT(*) FROM deadlines WHERE due_at <= $1), \
            (SELECT COUNT(*) FROM outbox WHERE done_at IS NULL)";
        let mut row = self.db.fetch_one(COUNTS, args![now]).await?;
        Ok(Counts {
            shops: row.count()?,
            open_cases: row.count()?,
            due_deadlines: row.count()?,
            open_outbox: row.count()?,
        })
    }

    pub(crate) fn db(&self) -> &Db {
        &self.db
    }
}
