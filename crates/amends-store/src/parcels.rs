//! Parcels to buyers: how far each got, and which are late.
//!
//! Must not know: how long a parcel may take. Tests: `amends-api/tests/it/parcels.rs`, on both databases.

use amends_domain::ids::{CaseId, OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most parcels read at once.
const READ_MAX: u32 = 200;

/// What a carrier saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelState {
    /// It left the shop.
    Dispatched,
    /// It is on its way.
    InTransit,
    /// It was signed for.
    Delivered,
    /// It came back to the shop.
    Returned,
    /// Something went wrong on the way.
    Exception,
}

impl ParcelState {
    /// Every state.
    pub const ALL: &[Self] = &[
        Self::Dispatched,
        Self::InTransit,
        Self::Delivered,
        Self::Returned,
        Self::Exception,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dispatched => "dispatched",
            Self::InTransit => "in_transit",
            Self::Delivered => "delivered",
            Self::Returned => "returned",
            Self::Exception => "exception",
        }
    }

    /// A state by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }
}

/// A parcel to a buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelRow {
    /// Whose.
    pub shop: ShopId,
    /// Of which order.
    pub order: OrderId,
    /// Its number there.
    pub waybill: String,
    /// Who carries it.
    pub carrier: String,
    /// How far it got.
    pub state: ParcelState,
    /// When that was.
    pub seen_at: Moment,
    /// Its first sign of moving.
    pub sent_at: Moment,
    /// When it should have arrived, while it is watched.
    pub due_at: Option<Moment>,
    /// The case that sees to it.
    pub case: Option<CaseId>,
}

const COLUMNS: &str = "shop_id, order_id, waybill, carrier, state, seen_at, sent_at, due_at, case_id";

fn parcel(mut row: Row) -> Result<ParcelRow, StoreError> {
    Ok(ParcelRow {
        shop: row.parsed()?,
        order: row.parsed()?,
        waybill: row.text()?,
        carrier: row.text()?,
        state: row.named(ParcelState::named)?,
        seen_at: row.moment()?,
        sent_at: row.moment()?,
        due_at: row.moment_or_none()?,
        case: row.parsed_or_none()?,
    })
}

impl Store {
    /// Puts down how far a parcel got; older news changes nothing, and one that has its case is watched no more.
    pub async fn parcel_put(&self, row: &ParcelRow) -> Result<(), StoreError> {
        const PUT: &str = "INSERT INTO parcels (shop_id, order_id, waybill, carrier, state, seen_at, sent_at, \
            due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
            ON CONFLICT (shop_id, order_id, waybill) DO UPDATE SET carrier = excluded.carrier, \
            state = excluded.state, seen_at = excluded.seen_at, \
            due_at = CASE WHEN parcels.case_id IS NULL THEN excluded.due_at END \
            WHERE excluded.seen_at >= parcels.seen_at";
        let values = args![
            row.shop,
            row.order,
            row.waybill.as_str(),
            row.carrier.as_str(),
            row.state.code(),
            row.seen_at,
            row.sent_at,
            row.due_at
        ];
        self.db().execute(PUT, values).await?;
        Ok(())
    }

    /// Parcels that should have arrived by now, over all shops, the longest late first.
    pub async fn parcels_due(&self, now: Moment, limit: u32) -> Result<Vec<ParcelRow>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM parcels WHERE due_at <= $1 ORDER BY due_at LIMIT $2");
        let rows = self.db().fetch(&query, args![now, limit.min(READ_MAX)]).await?;
        rows.into_iter().map(parcel).collect()
    }

    /// Parcels that are said to be sent, before then, and that no carrier has seen, the longest ago first.
    pub async fn parcels_unseen(
        &self,
        shop: ShopId,
        before: Moment,
        limit: u32,
    ) -> Result<Vec<ParcelRow>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS} FROM parcels WHERE shop_id = $1 AND state = 'dispatched' AND sent_at <= $2 \
             ORDER BY sent_at, order_id LIMIT $3"
        );
        let rows = self
            .db()
            .fetch(&query, args![shop, before, limit.min(READ_MAX)])
            .await?;
        rows.into_iter().map(parcel).collect()
    }

    /// The parcels of an order.
    pub async fn parcels_of_order(&self, shop: ShopId, order: OrderId) -> Result<Vec<ParcelRow>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS} FROM parcels WHERE shop_id = $1 AND order_id = $2 \
             ORDER BY sent_at, waybill LIMIT $3"
        );
        let rows = self.db().fetch(&query, args![shop, order, READ_MAX]).await?;
        rows.into_iter().map(parcel).collect()
    }

    /// Watches it no more: its case sees to it, or nobody has to.
    pub async fn parcel_settle(&self, row: &ParcelRow, case: Option<CaseId>) -> Result<(), StoreError> {
        const SETTLE: &str = "UPDATE parcels SET due_at = NULL, case_id = $4 \
            WHERE shop_id = $1 AND order_id = $2 AND waybill = $3";
        let values = args![row.shop, row.order, row.waybill.as_str(), case];
        self.db().execute(SETTLE, values).await?;
        Ok(())
    }
}
