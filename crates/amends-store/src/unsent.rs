//! Orders that were paid and wait to be sent.
//!
//! Must not know: by when they are to be sent. Tests: `amends-api/tests/it/unsent.rs`, on both databases.

use amends_domain::ids::{OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::args;
use crate::error::StoreError;

/// An order that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentRow {
    /// The order.
    pub order: OrderId,
    /// Its number.
    pub number: String,
    /// Since when: when it was paid.
    pub since: Moment,
}

impl Store {
    /// How many orders of a shop wait to be sent, and the first of them, the longest waiting first.
    pub async fn orders_unsent(&self, shop: ShopId, limit: u32) -> Result<(u64, Vec<UnsentRow>), StoreError> {
        const COUNT: &str = "SELECT COUNT(*) FROM orders WHERE shop_id = $1 AND unsent_since IS NOT NULL";
        const FIRST: &str = "SELECT order_id, number, unsent_since FROM orders \
            WHERE shop_id = $1 AND unsent_since IS NOT NULL ORDER BY unsent_since, order_id LIMIT $2";
        let count = self.db().fetch_first(COUNT, args![shop]).await?;
        let count = count.map_or(Ok(0), |mut row| row.count())?;
        let rows = self.db().fetch(FIRST, args![shop, limit]).await?;
        let rows = rows.into_iter().map(|mut row| {
            Ok(UnsentRow {
                order: row.parsed()?,
                number: row.text()?,
                since: row.moment()?,
            })
        });
        Ok((count, rows.collect::<Result<_, StoreError>>()?))
    }
}
