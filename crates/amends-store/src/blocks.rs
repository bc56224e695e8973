//! The block list of a shop (ABU-3): who stands on it, why, by whom, until when, and who lifted it. Nothing is
//! ever removed, so that the list is its own audit.
//!
//! Whether a block counts is read against the clock; no job ends it. Must not know: what it changes, how long
//! it may be. Tests: `tests/it/blocks.rs`.

use amends_domain::ids::{BlockId, BuyerId, CaseId, PersonId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most entries read at once.
const READ_MAX: u32 = 200;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockRow {
    /// Its id.
    pub id: BlockId,
    /// Who is blocked.
    pub buyer: BuyerId,
    /// The case it came from, where there is one.
    pub case: Option<CaseId>,
    /// Why; none once the buyer was erased.
    pub reason: Option<String>,
    /// By whom.
    pub added_by: PersonId,
    /// Since when.
    pub added_at: Moment,
    /// Until when.
    pub until_at: Moment,
    /// The clause that bounds how long.
    pub clause: String,
    /// Who lifted it.
    pub lifted_by: Option<PersonId>,
    /// When.
    pub lifted_at: Option<Moment>,
    /// Why; none once the buyer was erased.
    pub lift_reason: Option<String>,
}

impl BlockRow {
    /// Whether it counts at a moment.
    pub fn stands(&self, at: Moment) -> bool {
        self.lifted_at.is_none() && at < self.until_at
    }
}

/// Which entries are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BlockFilter {
    /// Of one buyer.
    pub buyer: Option<BuyerId>,
    /// Those that count at a moment alone.
    pub standing_at: Option<Moment>,
    /// Those that stand behind this one in the list.
    pub before: Option<BlockId>,
}

/// What became of an entry that was to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocked {
    /// It stands.
    Added,
    /// The buyer stands on the list already.
    Already,
}

const BLOCK: &str = "SELECT block_id, buyer_id, case_id, reason, added_by, added_at, until_at, clause, lifted_by, \
    lifted_at, lift_reason FROM blocks";

fn block(mut row: Row) -> Result<BlockRow, StoreError> {
    Ok(BlockRow {
        id: row.parsed()?,
        buyer: row.parsed()?,
        case: row.parsed_or_none()?,
        reason: row.text_or_none()?,
        added_by: row.parsed()?,
        added_at: row.moment()?,
        until_at: row.moment()?,
        clause: row.text()?,
        lifted_by: row.parsed_or_none()?,
        lifted_at: row.moment_or_none()?,
        lift_reason: row.text_or_none()?,
    })
}

impl Store {
    /// Adds an entry for a buyer who stands on the list no more, or never did.
    pub async fn block_insert(&self, shop: ShopId, row: &BlockRow) -> Result<Blocked, StoreError> {
        const INSERT: &str = "INSERT INTO blocks (shop_id, block_id, buyer_id, case_id, reason, added_by, added_at, \
            until_at, clause) SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), \
            CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS BIGINT), CAST($8 AS BIGINT), CAST($9 AS TEXT) \
            WHERE NOT EXISTS (SELECT 1 FROM blocks WHERE shop_id = $1 AND buyer_id = $3 \
            AND lifted_at IS NULL AND until_at > $7)";
        let values = args![
            shop,
            row.id,
            row.buyer,
            row.case,
            row.reason.clone(),
            row.added_by,
            row.added_at,
            row.until_at,
            row.clause.as_str(),
        ];
        let mut tx = self.db().begin().await?;
        let added = tx.execute(INSERT, values).await?;
        tx.commit().await?;
        Ok(if added == 1 {
            Blocked::Added
        } else {
            Blocked::Already
        })
    }

    /// Lifts an entry that counts at this moment, and any other that its buyer has; `false` when there is
    /// none.
    pub async fn block_lift(
        &self,
        shop: ShopId,
        id: BlockId,
        by: PersonId,
        reason: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        const LIFT: &str = "UPDATE blocks SET lifted_by = $3, lifted_at = $4, lift_reason = $5 \
            WHERE shop_id = $1 AND lifted_at IS NULL AND until_at > $4 \
            AND buyer_id = (SELECT buyer_id FROM blocks WHERE shop_id = $1 AND block_id = $2 \
            AND lifted_at IS NULL AND until_at > $4)";
        let mut tx = self.db().begin().await?;
        let lifted = tx.execute(LIFT, args![shop, id, by, at, reason]).await?;
        tx.commit().await?;
        Ok(lifted > 0)
    }

    /// An entry by its id.
    pub async fn block_get(&self, shop: ShopId, id: BlockId) -> Result<Option<BlockRow>, StoreError> {
        let query = format!("{BLOCK} WHERE shop_id = $1 AND block_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(block).transpose()
    }

    /// Until when a buyer stands on the list, if he does at this moment.
    pub async fn blocked_until(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        at: Moment,
    ) -> Result<Option<Moment>, StoreError> {
        const UNTIL: &str = "SELECT until_at FROM blocks WHERE shop_id = $1 AND buyer_id = $2 \
            AND lifted_at IS NULL AND until_at > $3 ORDER BY until_at DESC LIMIT 1";
        let row = self.db().fetch_first(UNTIL, args![shop, buyer, at]).await?;
        row.map(|mut row| row.moment()).transpose()
    }

    /// Entries of a shop, the newest first; at most 200.
    pub async fn blocks_list(
        &self,
        shop: ShopId,
        filter: BlockFilter,
        limit: u32,
    ) -> Result<Vec<BlockRow>, StoreError> {
        let mut values = args![shop];
        let mut conditions = vec!["shop_id = $1".to_owned()];
        if let Some(buyer) = filter.buyer {
            values.push(buyer.into());
            conditions.push(format!("buyer_id = ${}", values.len()));
        }
        if let Some(at) = filter.standing_at {
            values.push(at.into());
            conditions.push(format!("lifted_at IS NULL AND until_at > ${}", values.len()));
        }
        if let Some(before) = filter.before {
            values.push(before.into());
            conditions.push(format!("block_id < ${}", values.len()));
        }
        values.push(limit.min(READ_MAX).into());
        // Ids grow with time.
        let query = format!(
            "{BLOCK} WHERE {} ORDER BY block_id DESC LIMIT ${}",
            conditions.join(" AND "),
            values.len()
        );
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(block).collect()
    }
}
