//! Rates a buyer for an order, once, in words that may stand in public (REV-5).
//!
//! Must not know: the platform. Tests: `amends-api/tests/it/ratings.rs`.

use amends_domain::event::actor_text;
use amends_domain::ids::OrderId;
use amends_store::{BuyerRatingRow, Rating};

use super::ReviewFault;
use super::fair::fair_words;
use crate::caller::{Caller, Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, words_within};
use crate::shops::shop_read::policy_current;

/// Longest words of a rating, in characters.
pub const WORDS_CHARS_MAX: usize = 500;

/// Rates the buyer of an order. The same again is what stands there; another is refused.
pub async fn buyer_rate(
    desk: &Desk,
    staff: &Staff,
    order: OrderId,
    rating: Rating,
    words: Option<String>,
) -> Result<BuyerRatingRow, AppError> {
    staff.require(Right::Orders)?;
    let found = desk.store.order_by_id(staff.shop, order).await?;
    let buyer = found.ok_or(AppError::NotFound { what: "order" })?.order.buyer;
    if let Some(words) = &words {
        words_within("text", words, WORDS_CHARS_MAX)?;
        let policy = policy_current(desk, &Caller::Staff(staff.clone())).await?;
        fair_words(desk, staff.shop, buyer, &policy, words).await?;
    }
    let row = BuyerRatingRow {
        order,
        buyer,
        rating,
        body: words,
        rated_by: actor_text(&staff.actor()),
        at: desk.clock.now(),
    };
    let there = desk.store.buyer_rate(staff.shop, &row).await?;
    if (there.rating, &there.body) != (row.rating, &row.body) {
        return Err(ReviewFault::RatedBefore.into());
    }
    Ok(there)
}

/// What a buyer was rated for an order.
pub async fn buyer_rating(
    desk: &Desk,
    staff: &Staff,
    order: OrderId,
) -> Result<Option<BuyerRatingRow>, AppError> {
    staff.require(Right::Read)?;
    let found = desk.store.order_by_id(staff.shop, order).await?;
    found.ok_or(AppError::NotFound { what: "order" })?;
    Ok(desk.store.buyer_rating(staff.shop, order).await?)
}
