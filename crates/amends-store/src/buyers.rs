//! Buyers: what identifies them, sealed, beside blind indexes to find them by.
//!
//! Must not know: keys, and what is sealed. Tests: `tests/it/statements.rs`.

use amends_domain::ids::{BuyerId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Batched, Kind, Row, args};
use crate::error::StoreError;

/// A buyer as one shop knows him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerRow {
    /// His id.
    pub id: BuyerId,
    /// His own key, wrapped by the installation's; none once erased.
    pub key_wrapped: Option<Vec<u8>>,
    /// What identifies him, sealed with that key; none once erased.
    pub sealed: Option<Vec<u8>>,
    /// Blind index of his nickname.
    pub nickname_index: Option<Vec<u8>>,
    /// Blind index of his telephone number.
    pub phone_index: Option<Vec<u8>>,
    /// Blind index of his mail address; empty when he has none, none before it was made or once erased.
    pub email_index: Option<Vec<u8>>,
    /// Blind index of his address; empty when he has none, none before it was made or once erased.
    pub address_index: Option<Vec<u8>>,
    /// When he was erased.
    pub erased_at: Option<Moment>,
    /// When he was first seen.
    pub created_at: Moment,
}

const BUYER: &str = "SELECT buyer_id, key_wrapped, sealed, nickname_index, phone_index, email_index, \
    address_index, erased_at, created_at FROM buyers";
/// Most buyers read at once.
const READ_MAX: u32 = 1_000;

pub(crate) static INSERT_BUYERS: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("buyer_id", Kind::Text),
        ("key_wrapped", Kind::Bytes),
        ("sealed", Kind::Bytes),
        ("nickname_index", Kind::Bytes),
        ("phone_index", Kind::Bytes),
        ("email_index", Kind::Bytes),
        ("address_index", Kind::Bytes),
        ("erased_at", Kind::Int),
        ("created_at", Kind::Int),
    ],
    "INSERT INTO buyers (shop_id, buyer_id, key_wrapped, sealed, nickname_index, phone_index, email_index, \
     address_index, erased_at, created_at) \
     SELECT shop_id, buyer_id, key_wrapped, sealed, nickname_index, phone_index, email_index, address_index, \
     erased_at, created_at \
     FROM v WHERE true ON CONFLICT DO NOTHING",
);

fn buyer(mut row: Row) -> Result<BuyerRow, StoreError> {
    Ok(BuyerRow {
        id: row.parsed()?,
        key_wrapped: row.bytes_or_none()?,
        sealed: row.bytes_or_none()?,
        nickname_index: row.bytes_or_none()?,
        phone_index: row.bytes_or_none()?,
        email_index: row.bytes_or_none()?,
        address_index: row.bytes_or_none()?,
        erased_at: row.moment_or_none()?,
        created_at: row.moment()?,
    })
}

impl Store {
    /// The buyer seen last who was not erased: to try a master key on.
    pub async fn buyer_newest(&self, shop: ShopId) -> Result<Option<BuyerRow>, StoreError> {
        let query =
            format!("{BUYER} WHERE shop_id = $1 AND erased_at IS NULL ORDER BY buyer_id DESC LIMIT 1");
        self.db()
            .fetch_first(&query, args![shop])
            .await?
            .map(buyer)
            .transpose()
    }

    /// The buyer first seen with this nickname. Nicknames are not unique on every platform.
    pub async fn buyer_by_nickname_index(
        &self,
        shop: ShopId,
        index: &[u8],
    ) -> Result<Option<BuyerRow>, StoreError> {
        let query = format!(
            "{BUYER} WHERE shop_id = $1 AND nickname_index = $2 ORDER BY created_at, buyer_id LIMIT 1"
        );
        let row = self.db().fetch_first(&query, args![shop, index]).await?;
        row.map(buyer).transpose()
    }

    /// Buyers who gave this mail address, first seen first; at most `limit`. People who share one are told
    /// apart by nothing else.
    pub async fn buyers_by_email_index(
        &self,
        shop: ShopId,
        index: &[u8],
        limit: u32,
    ) -> Result<Vec<BuyerRow>, StoreError> {
        if index.is_empty() {
            return Ok(Vec::new());
        }
        let query =
            format!("{BUYER} WHERE shop_id = $1 AND email_index = $2 ORDER BY created_at, buyer_id LIMIT $3");
        let rows = self
            .db()
            .fetch(&query, args![shop, index, limit.min(READ_MAX)])
            .await?;
        rows.into_iter().map(buyer).collect()
    }

    /// Buyers of a shop who have no index of their mail address or of their address yet; at most 1,000.
    pub async fn buyers_without_indexes(&self, shop: ShopId) -> Result<Vec<BuyerRow>, StoreError> {
        let query = format!(
            "{BUYER} WHERE shop_id = $1 AND address_index IS NULL AND sealed IS NOT NULL ORDER BY buyer_id LIMIT $2"
        );
        let rows = self.db().fetch(&query, args![shop, READ_MAX]).await?;
        rows.into_iter().map(buyer).collect()
    }

    /// Gives buyers the indexes of their mail addresses and addresses; who was erased meanwhile gets none.
    pub async fn buyers_set_indexes(
        &self,
        shop: ShopId,
        indexes: &[(BuyerId, Vec<u8>, Vec<u8>)],
    ) -> Result<(), StoreError> {
        const SET: &str = "UPDATE buyers SET email_index = $3, address_index = $4 \
            WHERE shop_id = $1 AND buyer_id = $2 AND sealed IS NOT NULL";
        let mut tx = self.db().begin().await?;
        for (id, email, address) in indexes {
            tx.execute(SET, args![shop, *id, email.as_slice(), address.as_slice()])
                .await?;
        }
        tx.commit().await
    }

    /// A buyer by his id.
    pub async fn buyer_get(&self, shop: ShopId, id: BuyerId) -> Result<Option<BuyerRow>, StoreError> {
        let query = format!("{BUYER} WHERE shop_id = $1 AND buyer_id = $2");
        self.db()
            .fetch_first(&query, args![shop, id])
            .await?
            .map(buyer)
            .transpose()
    }

    /// Erases what identifies a buyer, the texts of his cases with their salts, what their notices said,
    /// the mails and reviews he wrote, what he said when he was visited, and what the shop wrote rating him; his cases and their events stay and say nothing about him. `false` when there is no such buyer.
    pub async fn buyer_erase(&self, shop: ShopId, id: BuyerId, at: Moment) -> Result<bool, StoreError> {
        const TEXTS: &str = "UPDATE texts SET body = NULL, salt = NULL, erased_at = $3 \
            WHERE shop_id = $1 AND erased_at IS NULL \
            AND case_id IN (SELECT case_id FROM cases WHERE shop_id = $1 AND buyer_id = $2)";
        const NOTICES: &str = "UPDATE notices SET subject = NULL, body = NULL, address = NULL \
            WHERE shop_id = $1 AND case_id IN (SELECT case_id FROM cases WHERE shop_id = $1 AND buyer_id = $2)";
        const WORDS: &str = "DELETE FROM text_words WHERE shop_id = $1 AND text_id IN \
            (SELECT t.text_id FROM texts t JOIN cases c ON c.shop_id = t.shop_id AND c.case_id = t.case_id \
            WHERE c.shop_id = $1 AND c.buyer_id = $2)";
        // Its bytes are swept once nothing wants them any more.
        const EVIDENCE: &str = "UPDATE evidence SET file_name = NULL, erased_at = $3 \
            WHERE shop_id = $1 AND erased_at IS NULL AND (buyer_id = $2 \
            OR case_id IN (SELECT case_id FROM cases WHERE shop_id = $1 AND buyer_id = $2))";
        // Also what came from his address before anybody knew whose it was.
        const MAILS: &str = "UPDATE mails SET key_wrapped = NULL, sealed = NULL, raw_sha256 = NULL, \
            sender_index = NULL, erased_at = $3, settled_at = COALESCE(settled_at, $3), \
            state = CASE WHEN state IN ('arrived', 'parked') THEN 'discarded' ELSE state END \
            WHERE shop_id = $1 AND erased_at IS NULL AND (buyer_id = $2 \
            OR case_id IN (SELECT case_id FROM cases WHERE shop_id = $1 AND buyer_id = $2) \
            OR sender_index IN (SELECT email_index FROM buyers WHERE shop_id = $1 AND buyer_id = $2))";
        const REVIEWS: &str = "UPDATE reviews SET body = NULL, pictures = '[]', erased_at = $3 \
            WHERE shop_id = $1 AND erased_at IS NULL AND buyer_id = $2";
        const RATINGS: &str = "UPDATE buyer_ratings SET body = NULL WHERE shop_id = $1 AND order_id IN \
            (SELECT order_id FROM orders WHERE shop_id = $1 AND buyer_id = $2)";
        // A reminder to rate lies under its order's id.
        const REMINDERS: &str = "UPDATE notices SET subject = NULL, body = NULL, address = NULL \
            WHERE shop_id = $1 AND case_id IN \
            (SELECT 'case' || substr(order_id, 6) FROM orders WHERE shop_id = $1 AND buyer_id = $2)";
        const BUYER: &str = "UPDATE buyers SET key_wrapped = NULL, sealed = NULL, nickname_index = NULL, \
            phone_index = NULL, email_index = NULL, address_index = NULL, erased_at = COALESCE(erased_at, $3) \
            WHERE shop_id = $1 AND buyer_id = $2";
        // Notes and background; who looked at them stays, and so does that he wants no mail.
        const BOOK: &str = "DELETE FROM buyer_books WHERE shop_id = $1 AND buyer_id = $2";
        const TAGS: &str = "DELETE FROM buyer_tags WHERE shop_id = $1 AND buyer_id = $2";
        const CARE: &str = "UPDATE care_mails SET subject = NULL, body = NULL \
            WHERE shop_id = $1 AND buyer_id = $2";
        const BLOCKS: &str = "UPDATE blocks SET reason = NULL, lift_reason = NULL \
            WHERE shop_id = $1 AND buyer_id = $2";
        const CHECKS: &str = "UPDATE listing_checks SET note = NULL WHERE shop_id = $1 \
            AND case_id IN (SELECT case_id FROM cases WHERE shop_id = $1 AND buyer_id = $2)";
        // Nobody is left to be called; how those before went stays, without a word of it.
        const PLANS: &str =
            "DELETE FROM buyer_visits WHERE shop_id = $1 AND buyer_id = $2 AND done_at IS NULL";
        const VISITS: &str = "UPDATE buyer_visits SET sealed = NULL WHERE shop_id = $1 AND buyer_id = $2";
        let mut tx = self.db().begin().await?;
        for statement in [BOOK, TAGS, CARE, BLOCKS, CHECKS, PLANS, VISITS] {
            tx.execute(statement, args![shop, id]).await?;
        }
        tx.execute(WORDS, args![shop, id]).await?;
        tx.execute(TEXTS, args![shop, id, at]).await?;
        tx.execute(EVIDENCE, args![shop, id, at]).await?;
        tx.execute(NOTICES, args![shop, id]).await?;
        tx.execute(REMINDERS, args![shop, id]).await?;
        tx.execute(REVIEWS, args![shop, id, at]).await?;
        tx.execute(RATINGS, args![shop, id]).await?;
        tx.execute(MAILS, args![shop, id, at]).await?;
        let known = tx.execute(BUYER, args![shop, id, at]).await?;
        tx.commit().await?;
        Ok(known == 1)
    }
}
