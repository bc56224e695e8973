//! Listing snapshots: what a product's page said, kept once per content, and to which lines of orders it
//! belongs. A snapshot that is attached is never changed.
//!
//! Must not know: what a page says. Tests: `amends-api/tests/it/listings.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{LineId, OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Batched, Kind, Row, Rows, Tx, args};
use crate::error::StoreError;

/// A snapshot of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingRow {
    /// The line.
    pub line: LineId,
    /// The digest of its content.
    pub digest: Digest,
    /// Its content.
    pub body: String,
    /// When it was taken.
    pub taken_at: Moment,
}

/// A snapshot with its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderListing {
    /// The order.
    pub order: OrderId,
    /// The snapshot.
    pub row: ListingRow,
}

/// What became of a snapshot that was to be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It belongs to the line now, or did already.
    Done,
    /// The line has another.
    Another,
}

static INSERT_CONTENT: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("digest", Kind::Bytes),
        ("body", Kind::Text),
    ],
    "INSERT INTO listings (shop_id, digest, body) SELECT shop_id, digest, body FROM v WHERE true \
     ON CONFLICT DO NOTHING",
);

static INSERT_LINES: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("order_id", Kind::Text),
        ("line_id", Kind::Text),
        ("digest", Kind::Bytes),
        ("taken_at", Kind::Int),
    ],
    "INSERT INTO order_listings (shop_id, order_id, line_id, digest, taken_at) \
     SELECT shop_id, order_id, line_id, digest, taken_at FROM v WHERE true ON CONFLICT DO NOTHING",
);

/// Attaches snapshots in a transaction that is open; a line keeps the one it has.
pub(crate) async fn insert_listings(
    tx: &mut Tx,
    shop: ShopId,
    listings: &[OrderListing],
) -> Result<(), StoreError> {
    let (mut contents, mut lines) = (Rows::default(), Rows::default());
    for OrderListing { order, row } in listings {
        contents.push([shop.into(), row.digest.into(), row.body.as_str().into()]);
        lines.push([
            shop.into(),
            (*order).into(),
            row.line.into(),
            row.digest.into(),
            row.taken_at.into(),
        ]);
    }
    if !lines.is_empty() {
        INSERT_CONTENT.execute(tx, contents).await?;
        INSERT_LINES.execute(tx, lines).await?;
    }
    Ok(())
}

fn listing(mut row: Row) -> Result<ListingRow, StoreError> {
    Ok(ListingRow {
        line: row.parsed()?,
        digest: row.digest()?,
        body: row.text()?,
        taken_at: row.moment()?,
    })
}

impl Store {
    /// Attaches a snapshot to a line that has none.
    pub async fn listing_attach(
        &self,
        shop: ShopId,
        order: OrderId,
        row: &ListingRow,
    ) -> Result<Kept, StoreError> {
        const OWN: &str = "SELECT digest FROM order_listings \
            WHERE shop_id = $1 AND order_id = $2 AND line_id = $3";
        let mut tx = self.db().begin().await?;
        let row = row.clone();
        let (line, digest) = (row.line, row.digest);
        insert_listings(&mut tx, shop, &[OrderListing { order, row }]).await?;
        let own = tx.fetch_first(OWN, args![shop, order, line]).await?;
        let own = own.map(|mut row| row.digest()).transpose()?;
        if own != Some(digest) {
            return Ok(Kept::Another);
        }
        tx.commit().await?;
        Ok(Kept::Done)
    }

    /// The snapshots of an order's lines.
    pub async fn listings_of_order(
        &self,
        shop: ShopId,
        order: OrderId,
    ) -> Result<Vec<ListingRow>, StoreError> {
        const OF_ORDER: &str = "SELECT o.line_id, o.digest, l.body, o.taken_at FROM order_listings o \
            JOIN listings l ON l.shop_id = o.shop_id AND l.digest = o.digest \
            WHERE o.shop_id = $1 AND o.order_id = $2 ORDER BY o.line_id";
        let rows = self.db().fetch(OF_ORDER, args![shop, order]).await?;
        rows.into_iter().map(listing).collect()
    }
}
