//! Ratings in the other direction, and reminders: what a shop rates its buyers, and whose buyer was reminded to
//! rate. Both once an order.
//!
//! Must not know: when somebody is reminded. Tests: `amends-api/tests/it/ratings.rs`.

use amends_domain::ids::{BuyerId, OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::Kind::{Int, Text};
use crate::db::{Batched, Row, Rows, Tx, args};
use crate::error::StoreError;
use crate::notices::{NoticeRow, insert_notices};
use crate::reviews::Rating;

/// Most reminders read at once.
const READ_MAX: u32 = 200;

/// What a shop rates a buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerRatingRow {
    /// For which order.
    pub order: OrderId,
    /// Whom.
    pub buyer: BuyerId,
    /// How.
    pub rating: Rating,
    /// In words; none once erased.
    pub body: Option<String>,
    /// Who of the shop, as the desk writes it down.
    pub rated_by: String,
    /// When.
    pub at: Moment,
}

/// An order whose buyer may be reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReminderDue {
    /// The order.
    pub order: OrderId,
    /// When it arrived.
    pub delivered_at: Moment,
}

/// What speaks against reminding a buyer, as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Against {
    /// He has rated it already.
    pub rated: bool,
    /// He has a case open.
    pub open_case: bool,
}

static DELIVERED: Batched = Batched::new(
    &[("shop_id", Text), ("order_id", Text), ("delivered_at", Int)],
    "INSERT INTO rating_reminders (shop_id, order_id, delivered_at) \
     SELECT shop_id, order_id, delivered_at FROM v WHERE true ON CONFLICT DO NOTHING",
);

/// Notes orders that have arrived; one that is noted stays as it is.
pub(crate) async fn note_delivered(
    tx: &mut Tx,
    shop: ShopId,
    orders: impl Iterator<Item = (OrderId, Moment)>,
) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for (order, at) in orders {
        rows.push([shop.into(), order.into(), at.into()]);
    }
    if !rows.is_empty() {
        DELIVERED.execute(tx, rows).await?;
    }
    Ok(())
}

impl Store {
    /// Rates a buyer for an order, once: what stands there comes back.
    pub async fn buyer_rate(&self, shop: ShopId, row: &BuyerRatingRow) -> Result<BuyerRatingRow, StoreError> {
        const INSERT: &str = "INSERT INTO buyer_ratings (shop_id, order_id, buyer_id, rating, body, rated_by, at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let values = args![
            shop,
            row.order,
            row.buyer,
            row.rating.code(),
            row.body.clone(),
            row.rated_by.as_str(),
            row.at
        ];
        self.db().execute(INSERT, values).await?;
        let there = self.buyer_rating(shop, row.order).await?;
        there.ok_or_else(|| StoreError::corrupt("buyer_ratings", "a rating just written is not there"))
    }

    /// What a buyer was rated for an order.
    pub async fn buyer_rating(
        &self,
        shop: ShopId,
        order: OrderId,
    ) -> Result<Option<BuyerRatingRow>, StoreError> {
        const READ: &str = "SELECT order_id, buyer_id, rating, body, rated_by, at FROM buyer_ratings \
            WHERE shop_id = $1 AND order_id = $2";
        let read = |mut row: Row| {
            Ok(BuyerRatingRow {
                order: row.parsed()?,
                buyer: row.parsed()?,
                rating: row.named(Rating::named)?,
                body: row.text_or_none()?,
                rated_by: row.text()?,
                at: row.moment()?,
            })
        };
        let row = self.db().fetch_first(READ, args![shop, order]).await?;
        row.map(read).transpose()
    }

    /// Orders of a shop that arrived before `before` and of which it was not decided whether their buyer is
    /// reminded. The earliest first; at most 200.
    pub async fn reminders_open(
        &self,
        shop: ShopId,
        before: Moment,
        limit: u32,
    ) -> Result<Vec<ReminderDue>, StoreError> {
        const OPEN: &str = "SELECT order_id, delivered_at FROM rating_reminders \
            WHERE shop_id = $1 AND settled_at IS NULL AND delivered_at <= $2 ORDER BY delivered_at, order_id LIMIT $3";
        let rows = self
            .db()
            .fetch(OPEN, args![shop, before, limit.min(READ_MAX)])
            .await?;
        let read = |mut row: Row| {
            Ok(ReminderDue {
                order: row.parsed()?,
                delivered_at: row.moment()?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// What speaks against reminding the buyer of an order: he has rated it, or has a case open, about whatever
    /// it may be.
    pub async fn reminder_against(
        &self,
        shop: ShopId,
        order: OrderId,
        buyer: BuyerId,
    ) -> Result<Against, StoreError> {
        const RATED: &str = "SELECT review_id FROM reviews WHERE shop_id = $1 AND order_id = $2 LIMIT 1";
        const OPEN: &str = "SELECT case_id FROM cases \
            WHERE shop_id = $1 AND buyer_id = $2 AND closed_at IS NULL LIMIT 1";
        let rated = self.db().fetch_first(RATED, args![shop, order]).await?;
        let open = self.db().fetch_first(OPEN, args![shop, buyer]).await?;
        Ok(Against {
            rated: rated.is_some(),
            open_case: open.is_some(),
        })
    }

    /// Decides over a reminder and queues it, in one transaction: `true` for who decides it alone, so that nobody
    /// is reminded twice.
    pub async fn reminder_settle(
        &self,
        shop: ShopId,
        order: OrderId,
        outcome: &str,
        at: Moment,
        notices: &[NoticeRow],
    ) -> Result<bool, StoreError> {
        const SETTLE: &str = "UPDATE rating_reminders SET settled_at = $4, outcome = $3 \
            WHERE shop_id = $1 AND order_id = $2 AND settled_at IS NULL";
        let mut tx = self.db().begin().await?;
        if tx.execute(SETTLE, args![shop, order, outcome, at]).await? != 1 {
            return Ok(false);
        }
        insert_notices(&mut tx, notices).await?;
        tx.commit().await?;
        Ok(true)
    }
}
