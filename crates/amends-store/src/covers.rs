//! Covers of what was bought: what plan each was made of, what was paid for it, what it says.
//!
//! A cover that stands is never changed. Must not know: when one holds. Tests: `amends-api/tests/it/warranty.rs`.

use amends_domain::cover::Cover;
use amends_domain::ids::{OrderId, PlanId, ShopId};
use amends_domain::money::Money;

use crate::Store;
use crate::db::{Batched, Kind, Row, Rows, Tx, args};
use crate::error::StoreError;

/// A cover as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverRow {
    /// The plan it was made of.
    pub plan: PlanId,
    /// What that was called then.
    pub name: String,
    /// What was paid for it; nothing where it was given.
    pub premium: Money,
    /// What it says.
    pub cover: Cover,
}

/// A cover with the order it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderCover {
    /// The order.
    pub order: OrderId,
    /// The cover.
    pub row: CoverRow,
}

static INSERT: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("order_id", Kind::Text),
        ("cover_id", Kind::Text),
        ("plan_id", Kind::Text),
        ("name", Kind::Text),
        ("given_at", Kind::Int),
        ("premium_minor", Kind::Int),
        ("currency", Kind::Text),
        ("cover_json", Kind::Text),
    ],
    "INSERT INTO covers (shop_id, order_id, cover_id, plan_id, name, given_at, premium_minor, currency, cover_json) \
     SELECT shop_id, order_id, cover_id, plan_id, name, given_at, premium_minor, currency, cover_json \
     FROM v WHERE true ON CONFLICT DO NOTHING",
);

/// Writes covers in a transaction that is open.
pub(crate) async fn insert_covers<'a>(
    tx: &mut Tx,
    shop: ShopId,
    covers: impl Iterator<Item = &'a OrderCover>,
) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for OrderCover { order, row } in covers {
        let text = serde_json::to_string(&row.cover)
            .map_err(|fault| StoreError::corrupt("a cover to be stored", fault))?;
        rows.push([
            shop.into(),
            (*order).into(),
            row.cover.id.into(),
            row.plan.into(),
            row.name.as_str().into(),
            row.cover.given_at.into(),
            row.premium.minor().into(),
            row.premium.currency().code().into(),
            text.into(),
        ]);
    }
    if !rows.is_empty() {
        INSERT.execute(tx, rows).await?;
    }
    Ok(())
}

fn cover(mut row: Row) -> Result<CoverRow, StoreError> {
    let (plan, name) = (row.parsed()?, row.text()?);
    let premium = Money::new(row.int()?, row.parsed()?);
    Ok(CoverRow {
        plan,
        name,
        premium: premium.map_err(|fault| StoreError::corrupt("covers.premium_minor", fault))?,
        cover: row.json()?,
    })
}

impl Store {
    /// Adds a cover to an order that had `seen` of them; `false` where somebody added one meanwhile. Whoever adds
    /// locks the order, as whoever claims does.
    pub async fn cover_add(&self, shop: ShopId, cover: &OrderCover, seen: usize) -> Result<bool, StoreError> {
        const LOCK: &str = "SELECT version FROM orders WHERE shop_id = $1 AND order_id = $2 {FOR UPDATE}";
        const COUNT: &str = "SELECT COUNT(*) FROM covers WHERE shop_id = $1 AND order_id = $2";
        let mut tx = self.db().begin().await?;
        let lock = tx.engine().text(LOCK);
        if tx.fetch_first(&lock, args![shop, cover.order]).await?.is_none() {
            return Ok(false);
        }
        let count = tx.fetch_first(COUNT, args![shop, cover.order]).await?;
        let count = count.map_or(Ok(0), |mut row| row.count())?;
        if usize::try_from(count).ok() != Some(seen) {
            return Ok(false);
        }
        insert_covers(&mut tx, shop, std::iter::once(cover)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The covers of an order, the first sold first.
    pub async fn covers_of_order(&self, shop: ShopId, order: OrderId) -> Result<Vec<CoverRow>, StoreError> {
        const OF_ORDER: &str = "SELECT plan_id, name, premium_minor, currency, cover_json FROM covers \
            WHERE shop_id = $1 AND order_id = $2 ORDER BY cover_id";
        let rows = self.db().fetch(OF_ORDER, args![shop, order]).await?;
        rows.into_iter().map(cover).collect()
    }
}
