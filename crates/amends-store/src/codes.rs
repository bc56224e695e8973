//! One-time codes of buyers: one for each order, for a while, for a few tries.
//!
//! Must not know: the code, only what it comes to. Tests: `amends-api/tests/it/codes.rs`, on both databases.

use amends_domain::ids::{OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::args;
use crate::error::StoreError;

impl Store {
    /// Keeps what a code comes to; the one before it no longer counts.
    pub async fn code_put(
        &self,
        shop: ShopId,
        order: OrderId,
        digest: &[u8],
        at: Moment,
    ) -> Result<(), StoreError> {
        const PUT: &str = "INSERT INTO codes (shop_id, order_id, digest, at, attempts) VALUES ($1, $2, $3, $4, 0) \
            ON CONFLICT (shop_id, order_id) DO UPDATE SET digest = excluded.digest, at = excluded.at, attempts = 0";
        self.db().execute(PUT, args![shop, order, digest, at]).await?;
        Ok(())
    }

    /// Tries a code: whether it was the one kept since `since`. It is gone then; a wrong one counts.
    pub async fn code_take(
        &self,
        shop: ShopId,
        order: OrderId,
        digest: &[u8],
        since: Moment,
        attempts_max: u32,
    ) -> Result<bool, StoreError> {
        const TAKE: &str = "DELETE FROM codes WHERE shop_id = $1 AND order_id = $2 AND digest = $3 \
            AND at > $4 AND attempts < $5";
        const MISSED: &str = "UPDATE codes SET attempts = attempts + 1 WHERE shop_id = $1 AND order_id = $2";
        let mut tx = self.db().begin().await?;
        // Counted first: two who try at once have one try each.
        tx.execute(MISSED, args![shop, order]).await?;
        let values = args![shop, order, digest, since, attempts_max + 1];
        let taken = tx.execute(TAKE, values).await?;
        tx.commit().await?;
        Ok(taken == 1)
    }
}
