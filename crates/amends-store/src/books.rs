//! The buyer book 买家档案: what the shop knows of a buyer beside who he is, and who looked at it.
//!
//! Must not know: keys, and what is sealed. Tests: `amends-api/tests/it/books.rs`.

use std::collections::BTreeSet;

use amends_domain::ids::{BuyerId, OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::cases::queue::list_text;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most looks and orders read at once.
const READ_MAX: u32 = 200;

/// A buyer's book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRow {
    /// Counts every write, from 1.
    pub version: u64,
    /// The tier the shop gave him.
    pub tier: Option<String>,
    /// His tags.
    pub tags: BTreeSet<String>,
    /// Whether the shop does not write to him.
    pub blocked: bool,
    /// Notes, background and preferences, sealed under his key.
    pub sealed: Option<Vec<u8>>,
    /// When it was written last.
    pub changed_at: Moment,
    /// By whom, as `amends_domain::event::actor_text` writes it.
    pub changed_by: String,
}

/// What became of a write of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookPut {
    /// It is written.
    Written,
    /// Somebody wrote it meanwhile: it has this version, and nothing was written.
    Changed(u64),
    /// There is no such buyer, or he was erased.
    Gone,
}

/// Somebody looked at a book, or changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookLook {
    /// When.
    pub at: Moment,
    /// Who, as `amends_domain::event::actor_text` writes it.
    pub actor: String,
    /// `read` or `changed`.
    pub act: String,
    /// Which version he read or wrote.
    pub version: u64,
}

/// Tags as they stand in a column.
pub(crate) fn tags_of(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|tag| !tag.is_empty());
    lines.map(str::to_owned).collect()
}

fn book(mut row: Row) -> Result<BookRow, StoreError> {
    Ok(BookRow {
        version: row.count()?,
        tier: row.text_or_none()?,
        tags: tags_of(&row.text()?),
        blocked: row.int()? != 0,
        sealed: row.bytes_or_none()?,
        changed_at: row.moment()?,
        changed_by: row.text()?,
    })
}

impl Store {
    /// A buyer's book; none while nobody wrote it.
    pub async fn book_get(&self, shop: ShopId, buyer: BuyerId) -> Result<Option<BookRow>, StoreError> {
        const BOOK: &str = "SELECT version, tier, tags, blocked, sealed, changed_at, changed_by \
            FROM buyer_books WHERE shop_id = $1 AND buyer_id = $2";
        let row = self.db().fetch_first(BOOK, args![shop, buyer]).await?;
        row.map(book).transpose()
    }

    /// Writes a book in the place of the version before, which is 0 where there was none; and that it was
    /// changed.
    pub async fn book_put(&self, shop: ShopId, buyer: BuyerId, row: &BookRow) -> Result<BookPut, StoreError> {
        const INSERT: &str = "INSERT INTO buyer_books \
            (shop_id, buyer_id, version, tier, tags, blocked, sealed, changed_at, changed_by) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
        const UPDATE: &str = "UPDATE buyer_books SET version = $3, tier = $4, tags = $5, blocked = $6, \
            sealed = $7, changed_at = $8, changed_by = $9 \
            WHERE shop_id = $1 AND buyer_id = $2 AND version = $3 - 1";
        const UNTAG: &str = "DELETE FROM buyer_tags WHERE shop_id = $1 AND buyer_id = $2";
        const TAG: &str = "INSERT INTO buyer_tags (shop_id, tag, buyer_id) VALUES ($1, $2, $3)";
        const VERSION: &str = "SELECT version FROM buyer_books WHERE shop_id = $1 AND buyer_id = $2";
        let mut tx = self.db().begin().await?;
        // Held, so that it is not written while he is erased.
        let held = tx.engine().text(
            "SELECT buyer_id FROM buyers WHERE shop_id = $1 AND buyer_id = $2 AND erased_at IS NULL {FOR UPDATE}",
        );
        let held = held.into_owned();
        if tx.fetch_first(&held, args![shop, buyer]).await?.is_none() {
            return Ok(BookPut::Gone);
        }
        let values = args![
            shop,
            buyer,
            row.version,
            row.tier.clone(),
            list_text(row.tags.iter().map(String::as_str)),
            i64::from(row.blocked),
            row.sealed.clone(),
            row.changed_at,
            row.changed_by.as_str()
        ];
        let statement = if row.version == 1 { INSERT } else { UPDATE };
        if tx.execute(statement, values).await? != 1 {
            let now = tx.fetch_first(VERSION, args![shop, buyer]).await?;
            return Ok(BookPut::Changed(now.map_or(Ok(0), |mut row| row.count())?));
        }
        tx.execute(UNTAG, args![shop, buyer]).await?;
        for tag in &row.tags {
            tx.execute(TAG, args![shop, tag.as_str(), buyer]).await?;
        }
        let values = args![
            shop,
            buyer,
            row.changed_at,
            row.changed_by.as_str(),
            "changed",
            row.version
        ];
        tx.execute(LOOK, values).await?;
        tx.commit().await?;
        Ok(BookPut::Written)
    }

    /// Writes down that somebody read a book.
    pub async fn book_looked(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        (at, actor): (Moment, &str),
        version: u64,
    ) -> Result<(), StoreError> {
        let values = args![shop, buyer, at, actor, "read", version];
        self.db().execute(LOOK, values).await?;
        Ok(())
    }

    /// Who looked at a buyer's book and who changed it, latest first; at most 200.
    pub async fn book_looks(&self, shop: ShopId, buyer: BuyerId) -> Result<Vec<BookLook>, StoreError> {
        const LOOKS: &str = "SELECT at, actor, act, version FROM buyer_book_looks \
            WHERE shop_id = $1 AND buyer_id = $2 ORDER BY at DESC, actor, act LIMIT $3";
        let look = |mut row: Row| {
            Ok(BookLook {
                at: row.moment()?,
                actor: row.text()?,
                act: row.text()?,
                version: row.count()?,
            })
        };
        let rows = self.db().fetch(LOOKS, args![shop, buyer, READ_MAX]).await?;
        rows.into_iter().map(look).collect()
    }

    /// What a product is called; none that the shop never sold.
    pub async fn product_title(&self, shop: ShopId, sku: &str) -> Result<Option<String>, StoreError> {
        const TITLE: &str = "SELECT title FROM products WHERE shop_id = $1 AND sku = $2";
        let row = self.db().fetch_first(TITLE, args![shop, sku]).await?;
        row.map(|mut row| row.text()).transpose()
    }

    /// A buyer's orders, latest first; at most 200.
    pub async fn orders_of_buyer(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        const ORDERS: &str = "SELECT order_id FROM orders WHERE shop_id = $1 AND buyer_id = $2 \
            ORDER BY placed_at DESC, order_id LIMIT $3";
        let rows = self
            .db()
            .fetch(ORDERS, args![shop, buyer, limit.min(READ_MAX)])
            .await?;
        rows.into_iter().map(|mut row| row.parsed()).collect()
    }
}

const LOOK: &str = "INSERT INTO buyer_book_looks (shop_id, buyer_id, at, actor, act, version) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
