//! The bulk limit: how fast the database takes a committer's rows when nothing else is done.
//!
//! [`Store::bulk_record`] decides commands (10,000, say) against the database as it is and keeps
//! the rows; [`Store::bulk_write`] writes them in one transaction, through the very statements
//! every batch is written by. Timing the second alone gives the rate a committer is measured
//! against. Between the two nothing else may write to the same cases and orders.
//! Must not know: time; the caller measures. Tests: `tests/it/committer.rs`.

use amends_domain::ids::{PersonId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::commit::{CommitError, Planner, Rejected, Submission, Writes};
use crate::db::args;
use crate::error::StoreError;
use crate::shop_time::Calendars;

/// Rows of decided commands, ready to be written.
#[derive(Debug, Clone)]
pub struct BulkBatch {
    writes: Writes,
}

impl BulkBatch {
    /// How many commands the rows are of.
    pub fn commands(&self) -> usize {
        self.writes.commands()
    }
}

impl Store {
    /// Decides commands and keeps their rows. Fails with the first refusal: a bulk in which some
    /// commands write nothing would measure something else.
    pub async fn bulk_record(&self, commands: &[Submission]) -> Result<BulkBatch, CommitError> {
        let batch: Vec<&Submission> = commands.iter().collect();
        match Planner::new(self.clone(), Calendars::default())
            .record(&batch)
            .await?
        {
            Ok(writes) => Ok(BulkBatch { writes }),
            Err(Rejected(declined)) => Err(declined.into_iter().next().unwrap_or(CommitError::Stopped)),
        }
    }

    /// Writes recorded rows in one transaction.
    pub async fn bulk_write(&self, bulk: BulkBatch) -> Result<(), StoreError> {
        Planner::new(self.clone(), Calendars::default())
            .write(bulk.writes)
            .await
    }

    /// Gives every tenth open case to a person. Nothing of it is an event: it is for a measured shop that
    /// is thrown away.
    pub async fn bulk_assign(&self, shop: ShopId, person: PersonId) -> Result<(), StoreError> {
        const ASSIGN: &str = "UPDATE cases SET assignee = $2 \
            WHERE shop_id = $1 AND closed_at IS NULL AND number % 10 = 0";
        let mut tx = self.db().begin().await?;
        tx.unhurried().await?;
        tx.execute(ASSIGN, args![shop, person]).await?;
        tx.commit().await
    }

    /// Gives one buyer in sixteen a tier, and opts one in 256 out, by how their ids end.
    pub async fn bulk_known(&self, shop: ShopId, at: Moment) -> Result<(), StoreError> {
        const BOOKS: &str = "INSERT INTO buyer_books \
            (shop_id, buyer_id, version, tier, tags, blocked, changed_at, changed_by) \
            SELECT shop_id, buyer_id, 1, 'vip', '', 0, $2, '' FROM buyers \
            WHERE shop_id = $1 AND buyer_id LIKE '%0'";
        const OUT: &str = "INSERT INTO care_opt_outs (shop_id, buyer_id, email_index, at, given_by) \
            SELECT shop_id, buyer_id, email_index, $2, '' FROM buyers \
            WHERE shop_id = $1 AND buyer_id LIKE '%a5'";
        let mut tx = self.db().begin().await?;
        tx.unhurried().await?;
        for statement in [BOOKS, OUT] {
            tx.execute(statement, args![shop, at]).await?;
        }
        tx.commit().await
    }

    /// Lets PostgreSQL do at once what it does by itself some minutes after a bulk: look how values are
    /// spread, and clear dead rows away.
    pub async fn bulk_settle(&self) -> Result<(), StoreError> {
        self.db().vacuum().await
    }
}
