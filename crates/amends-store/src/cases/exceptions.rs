//! Parcels with which something went wrong, counted by carrier.
//!
//! Must not know: what a carrier owes. Tests: `amends-api/tests/it/recourses.rs`, on both databases.

use amends_domain::ids::ShopId;
use amends_domain::money::Currency;
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most carriers that are told apart; a shop has a handful, and their names are typed.
const CARRIERS_MAX: i64 = 200;

/// What one carrier's parcels came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierLosses {
    /// Its name, as it was entered.
    pub carrier: String,
    /// Of the amounts.
    pub currency: Currency,
    /// Parcels that took too long.
    pub delays: u64,
    /// Parcels that were lost.
    pub losses: u64,
    /// Parcels that were damaged.
    pub damages: u64,
    /// What their buyers got, in minor units.
    pub paid_minor: i64,
    /// What the carrier was asked for, in minor units.
    pub asked_minor: i64,
    /// What it paid, in minor units.
    pub received_minor: i64,
    /// How many claims are still open.
    pub open: u64,
}

impl Store {
    /// What went wrong by a carrier's doing and was noticed from `from` on and before `until`: the dearest
    /// carrier first.
    pub async fn carrier_losses(
        &self,
        shop: ShopId,
        from: Moment,
        until: Moment,
    ) -> Result<Vec<CarrierLosses>, StoreError> {
        const BY_CARRIER: &str = "SELECT carrier, currency, \
            CAST(SUM(CASE WHEN fault = 'delay' THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN fault = 'loss' THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(SUM(CASE WHEN fault = 'damage' THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(SUM(paid_minor) AS BIGINT), CAST(SUM(asked_minor) AS BIGINT), \
            CAST(SUM(received_minor) AS BIGINT), CAST(SUM(open) AS BIGINT) \
            FROM exceptions WHERE shop_id = $1 AND noticed_at >= $2 AND noticed_at < $3 \
            AND fault IN ('delay', 'loss', 'damage') GROUP BY carrier, currency \
            ORDER BY SUM(paid_minor - received_minor) DESC, carrier, currency LIMIT $4";
        let rows = self
            .db()
            .fetch(BY_CARRIER, args![shop, from, until, CARRIERS_MAX]);
        rows.await?.into_iter().map(losses).collect()
    }
}

fn losses(mut row: Row) -> Result<CarrierLosses, StoreError> {
    Ok(CarrierLosses {
        carrier: row.text()?,
        currency: row.parsed()?,
        delays: row.count()?,
        losses: row.count()?,
        damages: row.count()?,
        paid_minor: row.int()?,
        asked_minor: row.int()?,
        received_minor: row.int()?,
        open: row.count()?,
    })
}
