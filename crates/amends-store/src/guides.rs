//! Guides to what a shop sells, by stock-keeping code, and which orders wait to be sent theirs, once each.
//!
//! Must not know: how they are sent. Tests: `amends-api/tests/it/warranty.rs`.

use amends_domain::ids::{OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::Kind::{Int, Text};
use crate::db::{Batched, Row, Rows, Tx, args};
use crate::error::StoreError;
use crate::notices::{NoticeRow, insert_notices};

/// Most guides read at once.
const GUIDES_MAX: u32 = 200;
/// Most orders looked at at once.
const ORDERS_MAX: u32 = 200;

/// A guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideRow {
    /// To which product.
    pub sku: String,
    /// Raised by every change; 0 before it is written the first time.
    pub version: u64,
    /// What it is called.
    pub title: String,
    /// Where it can be seen; empty where it has words alone.
    pub address: String,
    /// In the shop's own words; empty where it has an address alone.
    pub body: String,
}

static LEFT: Batched = Batched::new(
    &[("shop_id", Text), ("order_id", Text), ("left_at", Int)],
    "INSERT INTO guide_orders (shop_id, order_id, left_at) SELECT v.shop_id, v.order_id, v.left_at FROM v \
     WHERE EXISTS (SELECT 1 FROM guides g WHERE g.shop_id = v.shop_id) ON CONFLICT DO NOTHING",
);

/// Notes orders that have left, where the shop has guides at all; one that is noted stays as it is.
pub(crate) async fn note_left(
    tx: &mut Tx,
    shop: ShopId,
    orders: impl Iterator<Item = (OrderId, Moment)>,
) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for (order, at) in orders {
        rows.push([shop.into(), order.into(), at.into()]);
    }
    if !rows.is_empty() {
        LEFT.execute(tx, rows).await?;
    }
    Ok(())
}

static BY_SKU: Batched = Batched::new(
    &[("shop_id", Text), ("sku", Text)],
    "SELECT g.sku, g.version, g.title, g.address, g.body FROM v \
     JOIN guides g ON g.shop_id = v.shop_id AND g.sku = v.sku ORDER BY g.sku",
);

fn guide(mut row: Row) -> Result<GuideRow, StoreError> {
    Ok(GuideRow {
        sku: row.text()?,
        version: row.count()?,
        title: row.text()?,
        address: row.text()?,
        body: row.text()?,
    })
}

impl Store {
    /// Writes a guide over the version it was read in, the first time over 0; `false` where somebody else was
    /// quicker.
    pub async fn guide_write(&self, shop: ShopId, row: &GuideRow) -> Result<bool, StoreError> {
        const INSERT: &str = "INSERT INTO guides (shop_id, sku, version, title, address, body) \
            VALUES ($1, $2, 1, $3, $4, $5) ON CONFLICT DO NOTHING";
        const UPDATE: &str = "UPDATE guides SET title = $3, address = $4, body = $5, version = version + 1 \
            WHERE shop_id = $1 AND sku = $2 AND version = $6";
        let (sku, title) = (row.sku.as_str(), row.title.as_str());
        let (address, body) = (row.address.as_str(), row.body.as_str());
        let version = i64::try_from(row.version).unwrap_or(i64::MAX);
        let written = if version == 0 {
            let values = args![shop, sku, title, address, body];
            self.db().execute(INSERT, values).await?
        } else {
            let values = args![shop, sku, title, address, body, version];
            self.db().execute(UPDATE, values).await?
        };
        Ok(written == 1)
    }

    /// Takes a guide away; orders that are not decided yet go without it.
    pub async fn guide_remove(&self, shop: ShopId, sku: &str) -> Result<bool, StoreError> {
        const REMOVE: &str = "DELETE FROM guides WHERE shop_id = $1 AND sku = $2";
        Ok(self.db().execute(REMOVE, args![shop, sku]).await? == 1)
    }

    /// The guides of a shop by code, those behind `after`.
    pub async fn guides_list(
        &self,
        shop: ShopId,
        after: &str,
        limit: u32,
    ) -> Result<Vec<GuideRow>, StoreError> {
        const LIST: &str = "SELECT sku, version, title, address, body FROM guides \
            WHERE shop_id = $1 AND sku > $2 ORDER BY sku LIMIT $3";
        let values = args![shop, after, limit.min(GUIDES_MAX)];
        let rows = self.db().fetch(LIST, values).await?;
        rows.into_iter().map(guide).collect()
    }

    /// The guides to these products.
    pub async fn guides_for(
        &self,
        shop: ShopId,
        skus: impl IntoIterator<Item = &str>,
    ) -> Result<Vec<GuideRow>, StoreError> {
        let mut rows = Rows::default();
        for sku in skus {
            rows.push([shop.into(), sku.into()]);
        }
        let rows = BY_SKU.read(self.db(), rows).await?;
        rows.into_iter().map(guide).collect()
    }

    /// Orders that left and of which it was not decided whether their buyer is sent a guide, the earliest first.
    pub async fn guides_open(&self, shop: ShopId, limit: u32) -> Result<Vec<OrderId>, StoreError> {
        const OPEN: &str = "SELECT order_id FROM guide_orders \
            WHERE shop_id = $1 AND settled_at IS NULL ORDER BY left_at, order_id LIMIT $2";
        let rows = self.db().fetch(OPEN, args![shop, limit.min(ORDERS_MAX)]).await?;
        rows.into_iter().map(|mut row| row.parsed()).collect()
    }

    /// Decides over an order and queues what is sent, in one transaction: `true` for who decides it alone, so
    /// that nobody is sent a guide twice.
    pub async fn guides_settle(
        &self,
        shop: ShopId,
        order: OrderId,
        outcome: &str,
        at: Moment,
        notices: &[NoticeRow],
    ) -> Result<bool, StoreError> {
        const SETTLE: &str = "UPDATE guide_orders SET settled_at = $4, outcome = $3 \
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
