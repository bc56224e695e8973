//! How much everybody has in hand: open cases by whose they are.
//!
//! Must not know: names. Tests: `amends-api/tests/it/board.rs`, on both databases.

use amends_domain::ids::{PersonId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// The open cases of one person, or of nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workload {
    /// Whose they are.
    pub person: Option<PersonId>,
    /// How many.
    pub open: u64,
    /// Whose first clock has ended.
    pub overdue: u64,
    /// Whose first clock ends soon.
    pub due_soon: u64,
    /// Where the shop must act next.
    pub awaiting_shop: u64,
    /// That call for somebody higher.
    pub escalated: u64,
}

impl Store {
    /// Open cases by whose they are.
    pub async fn workload(
        &self,
        shop: ShopId,
        now: Moment,
        soon: Moment,
    ) -> Result<Vec<Workload>, StoreError> {
        const BY_PERSON: &str = "SELECT assignee, COUNT(*), \
            CAST(SUM(CASE WHEN queue_due_at < $2 THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN queue_due_at >= $2 AND queue_due_at < $3 THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN awaiting = 'shop' THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN escalated_to IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) \
            FROM cases WHERE shop_id = $1 AND closed_at IS NULL GROUP BY assignee ORDER BY assignee";
        let rows = self.db().fetch(BY_PERSON, args![shop, now, soon]).await?;
        rows.into_iter().map(workload).collect()
    }
}

fn workload(mut row: Row) -> Result<Workload, StoreError> {
    Ok(Workload {
        person: row.parsed_or_none()?,
        open: row.count()?,
        overdue: row.count()?,
        due_soon: row.count()?,
        awaiting_shop: row.count()?,
        escalated: row.count()?,
    })
}
