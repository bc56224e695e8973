//! The block list 黑名单 of a shop: who stands on it and why, for how long a clause allows, and who lifted it
//! (ABU-3).
//!
//! A blocked buyer's request is taken in and his rights stay; the domain says what the block changes. Must not
//! know: SQL, HTTP. Tests: `amends-api/tests/it/blocks.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{BlockId, BuyerId, CaseId, ShopId};
use amends_domain::policy::set::PolicySet;
use amends_domain::policy::{Bound, ClauseId};
use amends_domain::time::Moment;
pub use amends_store::BlockRow;
use amends_store::{BlockFilter, Blocked};

use crate::caller::{Right, Staff};
use crate::cases::case_read::policy_set;
use crate::desk::Desk;
use crate::error::{AppError, words_within};

/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 500;
/// Longest page.
pub const BLOCKS_PAGE_MAX: u32 = 100;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// An entry to be added.
pub struct BlockAdd {
    /// Who.
    pub buyer: BuyerId,
    /// The case it comes from.
    pub case: Option<CaseId>,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Moment,
}

/// Puts a buyer on the list.
pub async fn block_add(desk: &Desk, staff: &Staff, add: BlockAdd) -> Result<BlockRow, AppError> {
    staff.require(Right::Blocks)?;
    let reason = told("reason", &add.reason)?;
    let now = desk.clock.now();
    let clause = within(desk, staff.shop, add.until, now).await?;
    if desk.store.buyer_get(staff.shop, add.buyer).await?.is_none() {
        return Err(AppError::NotFound { what: "buyer" });
    }
    if let Some(case) = add.case {
        let row = desk.store.case_by_id(staff.shop, case).await?;
        row.filter(|row| row.case.buyer == add.buyer)
            .ok_or(AppError::NotFound { what: "case" })?;
    }
    let row = BlockRow {
        id: desk.random.id(now),
        buyer: add.buyer,
        case: add.case,
        reason: Some(reason),
        added_by: staff.person,
        added_at: now,
        until_at: add.until,
        clause: clause.to_string(),
        lifted_by: None,
        lifted_at: None,
        lift_reason: None,
    };
    match desk.store.block_insert(staff.shop, &row).await? {
        Blocked::Added => Ok(row),
        Blocked::Already => Err(AppError::AlreadyBlocked),
    }
}

/// The clause that bounds how long; an end that is neither passed nor beyond it.
async fn within(desk: &Desk, shop: ShopId, until: Moment, now: Moment) -> Result<ClauseId, AppError> {
    let policy = policy_now(desk, shop, now).await?;
    let bound = policy.as_ref().and_then(|set| set.bound(Bound::BlockDays));
    let Some((clause, days_max)) = bound else {
        return Err(AppError::BlockUnbounded);
    };
    let latest = now.plus_millis(days_max.saturating_mul(DAY_MILLIS));
    if until <= now || until > latest {
        return Err(AppError::BlockUntil {
            days_max,
            clause: clause.clone(),
        });
    }
    Ok(clause.clone())
}

async fn policy_now(desk: &Desk, shop: ShopId, now: Moment) -> Result<Option<PolicySet>, AppError> {
    let hash: Option<Digest> = desk.store.policy_in_force(shop, now).await?;
    match hash {
        Some(hash) => policy_set(desk, shop, hash).await.map(Some),
        None => Ok(None),
    }
}

/// For how many days a buyer may stand on the list, with the clause that says so.
pub async fn block_days_max(desk: &Desk, staff: &Staff) -> Result<Option<(ClauseId, i64)>, AppError> {
    staff.require(Right::Read)?;
    let policy = policy_now(desk, staff.shop, desk.clock.now()).await?;
    let bound = policy.as_ref().and_then(|set| set.bound(Bound::BlockDays));
    Ok(bound.map(|(clause, days)| (clause.clone(), days)))
}

/// Takes a buyer off the list before his time.
pub async fn block_lift(
    desk: &Desk,
    staff: &Staff,
    id: BlockId,
    reason: String,
) -> Result<BlockRow, AppError> {
    staff.require(Right::Blocks)?;
    let missing = || AppError::NotFound { what: "block" };
    let known = desk.store.block_get(staff.shop, id).await?;
    known.ok_or_else(missing)?;
    let reason = told("reason", &reason)?;
    let now = desk.clock.now();
    let lifted = desk
        .store
        .block_lift(staff.shop, id, staff.person, &reason, now)
        .await?;
    let row = desk.store.block_get(staff.shop, id).await?;
    row.filter(|_| lifted).ok_or_else(missing)
}

/// Entries of the list, the newest first: those that count now, or all there ever were.
pub async fn blocks_list(
    desk: &Desk,
    staff: &Staff,
    buyer: Option<BuyerId>,
    all: bool,
    before: Option<BlockId>,
) -> Result<Vec<BlockRow>, AppError> {
    staff.require(Right::Read)?;
    let filter = BlockFilter {
        buyer,
        standing_at: (!all).then(|| desk.clock.now()),
        before,
    };
    Ok(desk
        .store
        .blocks_list(staff.shop, filter, BLOCKS_PAGE_MAX)
        .await?)
}

/// Words that must be there and not endless.
pub(super) fn told(field: &'static str, text: &str) -> Result<String, AppError> {
    let text = text.trim().to_owned();
    words_within(field, &text, REASON_CHARS_MAX)?;
    Ok(text)
}
