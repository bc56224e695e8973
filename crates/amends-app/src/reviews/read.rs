//! Reads reviews, and what their scores come to over days.
//!
//! Must not know: JSON. Tests: `amends-api/tests/it/reviews.rs`.

use std::collections::BTreeMap;

use amends_domain::ids::{ReviewId, TextId};
use amends_domain::time::Moment;
use amends_store::{DayScores, ReviewFilter, ReviewRow};

use super::take_in::day_of;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// Most reviews of one page.
pub const REVIEWS_MAX: u32 = 200;
/// Most days whose scores are read at once.
pub const PERIOD_MAX: i64 = 400;

/// A review with what the shop says below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewView {
    /// The review.
    pub row: ReviewRow,
    /// What the shop says below it; none where it says nothing, or it was erased.
    pub reply: Option<String>,
}

/// Scores over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoresOverDays {
    /// Each day and aspect that has any.
    pub days: Vec<DayScores>,
    /// Each aspect added up.
    pub sums: BTreeMap<String, (u64, u64)>,
}

async fn with_replies(desk: &Desk, staff: &Staff, rows: Vec<ReviewRow>) -> Result<Vec<ReviewView>, AppError> {
    let wanted: Vec<TextId> = rows.iter().filter_map(|row| row.reply).collect();
    let texts = if wanted.is_empty() {
        Vec::new()
    } else {
        desk.store.texts_by_ids(staff.shop, &wanted).await?
    };
    let bodies: BTreeMap<TextId, String> = texts
        .into_iter()
        .filter_map(|row| Some((row.id, row.body?)))
        .collect();
    let view = |row: ReviewRow| ReviewView {
        reply: row.reply.and_then(|reply| bodies.get(&reply).cloned()),
        row,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// A page of reviews, the latest first.
pub async fn reviews_page(
    desk: &Desk,
    staff: &Staff,
    filter: ReviewFilter,
    after: Option<(Moment, ReviewId)>,
    limit: u32,
) -> Result<Vec<ReviewView>, AppError> {
    staff.require(Right::Read)?;
    let rows = desk
        .store
        .reviews_page(staff.shop, filter, after, limit.min(REVIEWS_MAX))
        .await?;
    with_replies(desk, staff, rows).await
}

/// A review.
pub async fn review_get(desk: &Desk, staff: &Staff, id: ReviewId) -> Result<ReviewView, AppError> {
    staff.require(Right::Read)?;
    let missing = || AppError::NotFound { what: "review" };
    let row = desk
        .store
        .review_by_id(staff.shop, id)
        .await?
        .ok_or_else(missing)?;
    let mut views = with_replies(desk, staff, vec![row]).await?;
    views.pop().ok_or_else(missing)
}

/// What buyers' scores come to from one moment's day to another's, both with it (KPI-8).
pub async fn scores(
    desk: &Desk,
    staff: &Staff,
    from: Moment,
    to: Moment,
) -> Result<ScoresOverDays, AppError> {
    staff.require(Right::Read)?;
    let first = day_of(desk, staff.shop, from).await?;
    let last = day_of(desk, staff.shop, to).await?;
    if first > last || last - first >= PERIOD_MAX {
        let reason = Reason::Other(format!("must be 1 to {PERIOD_MAX} days"));
        return Err(AppError::Invalid { field: "to", reason });
    }
    let days = desk.store.scores_of_days(staff.shop, first, last).await?;
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for day in &days {
        let sum = sums.entry(day.aspect.clone()).or_default();
        *sum = (sum.0 + day.ratings, sum.1 + day.total);
    }
    Ok(ScoresOverDays { days, sums })
}
