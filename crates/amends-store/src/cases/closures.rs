//! How long closed cases took from their request to their closure.
//!
//! Must not know: which goal a shop has. Tests: `amends-api/tests/it/closures.rs`, on both databases.

use amends_domain::ids::ShopId;
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Closed cases of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closures {
    /// The kind's code.
    pub kind: String,
    /// How many.
    pub closed: u64,
    /// From request to closure, all together, in milliseconds.
    pub took_millis: i64,
}

impl Store {
    /// Cases that closed from one moment until before another, by kind.
    pub async fn closures(
        &self,
        shop: ShopId,
        from: Moment,
        until: Moment,
    ) -> Result<Vec<Closures>, StoreError> {
        const CLOSED: &str = "SELECT kind, COUNT(*), CAST(SUM(closed_at - opened_at) AS BIGINT) FROM cases \
            WHERE shop_id = $1 AND closed_at >= $2 AND closed_at < $3 GROUP BY kind ORDER BY kind";
        let rows = self.db().fetch(CLOSED, args![shop, from, until]).await?;
        rows.into_iter().map(closures).collect()
    }
}

fn closures(mut row: Row) -> Result<Closures, StoreError> {
    Ok(Closures {
        kind: row.text()?,
        closed: row.count()?,
        took_millis: row.int()?,
    })
}
