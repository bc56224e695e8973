//! Takes reviews in: each once by the platform's id of it, a revision in its place.
//!
//! Must not know: file forms. Tests: `amends-api/tests/it/reviews.rs`.

use amends_domain::case::review::ReviewOutcome;
use amends_domain::command::Command;
use amends_domain::ids::{OrderId, ReviewId, ShopId};
use amends_domain::order::Order;
use amends_domain::time::{Moment, Zone, days_between};
use amends_store::{Rating, ReviewRow, ReviewStep, TakenIn};

use super::ReviewFault;
use super::draft::ReviewDraft;
use super::pursue::{pursue, review_give};
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// What becomes of a review whose order is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// It is refused, and nothing is kept: whoever hands it in still has it.
    Refused,
    /// It is kept until its order is known.
    Kept,
}

/// What was done with a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is new.
    New,
    /// It was known, and says something else now.
    Revised,
    /// It was known as it is.
    Known,
}

/// Takes a review in as somebody of the shop, and has a bad or middling one pursued at once.
pub async fn review_take_in(
    desk: &Desk,
    staff: &Staff,
    draft: &ReviewDraft,
    unknown: Unknown,
) -> Result<(ReviewRow, Received), AppError> {
    staff.require(Right::Orders)?;
    let fresh = row(desk, staff, draft).await?;
    if fresh.order.is_none() && unknown == Unknown::Refused {
        let number = draft.order_number.clone();
        return Err(ReviewFault::UnknownOrder { number }.into());
    }
    let known = |platform_id: String| async move {
        let found = desk.store.review_by_platform_id(staff.shop, &platform_id).await?;
        found.ok_or_else(|| AppError::Inconsistent("a review that is known is not there".to_owned()))
    };
    if desk.store.review_insert(&fresh).await? == TakenIn::New {
        pursue(desk, &fresh).await?;
        return Ok((known(fresh.platform_id).await?, Received::New));
    }
    let there = known(fresh.platform_id.clone()).await?;
    // A crash may have come between taking in and pursuing, or the order arrived since.
    let there = match fresh.order {
        Some(order) if there.order.is_none() => review_match_order(desk, &there, order).await?,
        _ => there,
    };
    if !differs(&there, &fresh) {
        pursue(desk, &there).await?;
        return Ok((known(there.platform_id).await?, Received::Known));
    }
    let revised = revised(desk, staff, &there, fresh).await?;
    Ok((known(there.platform_id).await?, revised))
}

/// A revision that is no older than what stands there takes its place; a better rating is put down on the case.
async fn revised(
    desk: &Desk,
    staff: &Staff,
    there: &ReviewRow,
    fresh: ReviewRow,
) -> Result<Received, AppError> {
    if fresh.written_at < there.written_at || there.erased_at.is_some() {
        return Ok(Received::Known);
    }
    let better = rank(fresh.rating) > rank(there.rating);
    // What was never pursued, and is poor now, is; what has a case stays where that is.
    let step = match (there.case, there.step) {
        (None, ReviewStep::Done | ReviewStep::Pursue | ReviewStep::Left) if there.order.is_some() => {
            first_step(fresh.rating, there.order)
        }
        (_, step) => step,
    };
    let row = ReviewRow { step, ..fresh };
    if !desk.store.review_revise(there, &row).await? {
        return Err(AppError::Busy);
    }
    if let (Some(case), true) = (there.case, better) {
        let command = Command::EndReview {
            review: there.id,
            outcome: ReviewOutcome::Revised,
        };
        review_give(desk, staff, case, None, command, Vec::new(), None).await?;
    } else {
        let missing = AppError::NotFound { what: "review" };
        let now = desk.store.review_by_id(there.shop, there.id).await?;
        pursue(desk, &now.ok_or(missing)?).await?;
    }
    Ok(Received::Revised)
}

fn rank(rating: Rating) -> u8 {
    match rating {
        Rating::Bad => 0,
        Rating::Middling => 1,
        Rating::Good => 2,
    }
}

fn differs(there: &ReviewRow, fresh: &ReviewRow) -> bool {
    there.erased_at.is_none()
        && (there.rating != fresh.rating
            || there.stars != fresh.stars
            || there.body != fresh.body
            || there.pictures != fresh.pictures
            || there.scores != fresh.scores)
}

/// What is to be done about a review that has just come.
fn first_step(rating: Rating, order: Option<OrderId>) -> ReviewStep {
    match (order, rating) {
        (None, _) => ReviewStep::Match,
        (Some(_), Rating::Good) => ReviewStep::Done,
        (Some(_), Rating::Middling | Rating::Bad) => ReviewStep::Pursue,
    }
}

async fn row(desk: &Desk, staff: &Staff, draft: &ReviewDraft) -> Result<ReviewRow, AppError> {
    let now = desk.clock.now();
    let rating = draft.checked(now)?;
    let order = desk
        .store
        .order_by_number(staff.shop, &draft.order_number)
        .await?;
    let order = order.map(|row| row.order);
    // So that it can be pursued in his name after a crash.
    let taken_by = staff.person.to_string();
    Ok(ReviewRow {
        shop: staff.shop,
        id: desk.random.id::<ReviewId>(now),
        platform_id: draft.platform_id.clone(),
        order_number: draft.order_number.clone(),
        order: order.as_ref().map(|order| order.id),
        line: line_of(order.as_ref(), draft.sku.as_deref()),
        sku: draft.sku.clone(),
        buyer: order.as_ref().map(|order| order.buyer),
        case: None,
        rating,
        stars: draft.stars,
        body: draft.text.clone(),
        pictures: draft.pictures.clone(),
        scores: draft.scores,
        written_at: draft.written_at,
        day: day_of(desk, staff.shop, draft.written_at).await?,
        taken_at: now,
        taken_by,
        revision: 1,
        step: first_step(rating, order.as_ref().map(|order| order.id)),
        cause: draft.cause()?,
        judged: false,
        contact_due_at: None,
        contacted_at: None,
        outcome: None,
        reply: None,
        published_at: None,
        erased_at: None,
    })
}

/// A day of the shop, counted from 1970-01-01 on its wall.
pub(super) async fn day_of(desk: &Desk, shop: ShopId, at: Moment) -> Result<i64, AppError> {
    let row = desk.shop(shop).await?;
    let zone = Zone::named(&row.time_zone);
    let zone = zone.ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))?;
    // A zone behind Greenwich has its first day begin before the count of moments does: days differ alike.
    Ok(days_between(Moment::from_millis(0), at, &zone))
}

/// The line a review is about: the only one with its stock-keeping code, or the only one there is.
pub(super) fn line_of(order: Option<&Order>, sku: Option<&str>) -> Option<amends_domain::ids::LineId> {
    let order = order?;
    let mut lines = order
        .lines
        .iter()
        .filter(|line| sku.is_none_or(|sku| line.sku == sku));
    let first = lines.next()?;
    lines.next().is_none().then_some(first.id)
}

/// Matches a review to an order that is there, and has it pursued.
pub(super) async fn review_match_order(
    desk: &Desk,
    row: &ReviewRow,
    order: OrderId,
) -> Result<ReviewRow, AppError> {
    let missing = || AppError::NotFound { what: "order" };
    let found = desk
        .store
        .order_by_id(row.shop, order)
        .await?
        .ok_or_else(missing)?
        .order;
    let matched = ReviewRow {
        order: Some(order),
        line: line_of(Some(&found), row.sku.as_deref()),
        step: first_step(row.rating, Some(order)),
        ..row.clone()
    };
    desk.store.review_match(&matched, order, found.buyer).await?;
    let now = desk.store.review_by_id(row.shop, row.id).await?;
    let now = now.ok_or(AppError::NotFound { what: "review" })?;
    if now.order != Some(order) {
        return Err(ReviewFault::Matched.into());
    }
    pursue(desk, &now).await?;
    let now = desk.store.review_by_id(row.shop, row.id).await?;
    now.ok_or(AppError::NotFound { what: "review" })
}

/// Matches a review by hand.
pub async fn review_match(
    desk: &Desk,
    staff: &Staff,
    review: ReviewId,
    order: OrderId,
) -> Result<ReviewRow, AppError> {
    staff.require(Right::Orders)?;
    let row = desk.store.review_by_id(staff.shop, review).await?;
    let row = row.ok_or(AppError::NotFound { what: "review" })?;
    review_match_order(desk, &row, order).await
}

/// Matches the reviews that waited for orders that have arrived.
pub(crate) async fn reviews_match_arrived<'a>(
    desk: &Desk,
    shop: ShopId,
    numbers: impl Iterator<Item = &'a str>,
) -> Result<(), AppError> {
    let waiting = desk.store.reviews_unmatched(shop, numbers).await?;
    for row in waiting {
        if let Some(order) = desk.store.order_by_number(shop, &row.order_number).await? {
            review_match_order(desk, &row, order.order.id).await?;
        }
    }
    Ok(())
}
