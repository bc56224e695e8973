//! Reviews: handed in, listed, matched by hand; what their scores come to, and ratings of buyers.
//!
//! Must not know: what is done about a review. Tests: `tests/it/reviews.rs`, `tests/it/ratings.rs`,
//! `tests/it/walk.rs`.

use amends_app::reviews::ReviewFilter;
use amends_app::reviews::rate::{buyer_rate, buyer_rating as rating_of};
use amends_app::reviews::read::{REVIEWS_MAX, review_get, reviews_page, scores};
use amends_app::reviews::take_in::{Received, Unknown, review_match as match_by_hand, review_take_in};
use amends_domain::ids::{CaseId, OrderId, ReviewId};
use amends_domain::time::Moment;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::body::Body;
use crate::credential::{Orders, Read, StaffCaller};
use crate::dto::reviews::{
    BuyerRatingBody, BuyerRatingDto, BuyerRatingsDto, ReviewBody, ReviewDto, ReviewMatchBody, ReviewsPageDto,
    ScoresOverDaysDto,
};
use crate::dto::values::At;
use crate::dto::words::{Rating, ReviewStep};
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// Reviews on a page when nothing else is said.
const PAGE_USUAL: u32 = 50;

/// Which reviews to show. Every condition that is given must hold.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReviewsQuery {
    /// With one rating.
    #[serde(default)]
    rating: Option<Rating>,
    /// At one step: those whose order is not known are at `match`, those whose buyer is to be reached at `contact`,
    /// those that want an answer in public at `reply`.
    #[serde(default)]
    step: Option<ReviewStep>,
    /// Bad and middling ones about which something is still to be done.
    #[serde(default)]
    unanswered: bool,
    /// Of one order.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    order: Option<OrderId>,
    /// Of one case.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    case: Option<CaseId>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<String>,
    /// Most reviews; 1 to 200, usually 50.
    #[serde(default)]
    limit: Option<u32>,
}

/// Hand in a review.
///
/// The same review again, known by the platform's id of it, changes nothing; one that says something else since is
/// a revision. A bad or middling one joins the open case of its order, or opens a review rescue, and its buyer is
/// to be contacted. For an order the shop doesn't have it is refused with `review_order_unknown`, and nothing is
/// kept: hand in the order, then the review again.
#[utoipa::path(post, path = "/api/v1/reviews", tag = "reviews", request_body = ReviewBody, responses((status = 201, body = ReviewDto), (status = 200, body = ReviewDto, description = "It was known, as it is or revised.")))]
pub(crate) async fn review_receive(
    State(api): State<ApiState>,
    caller: StaffCaller<Orders>,
    Body(body): Body<ReviewBody>,
) -> Result<(StatusCode, Json<ReviewDto>), Problem> {
    let (row, received) = review_take_in(&api.desk, &caller.0, &body.draft(), Unknown::Refused).await?;
    let status = match received {
        Received::New => StatusCode::CREATED,
        Received::Revised | Received::Known => StatusCode::OK,
    };
    let view = review_get(&api.desk, &caller.0, row.id).await?;
    Ok((status, Json(ReviewDto::of(view))))
}

/// A page of reviews, the latest first. Whose step is `reply` and who have a `reply` wait to be published.
#[utoipa::path(get, path = "/api/v1/reviews", tag = "reviews", params(ReviewsQuery), responses((status = 200, body = ReviewsPageDto)))]
pub(crate) async fn reviews(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<ReviewsQuery>,
) -> Result<Json<ReviewsPageDto>, Problem> {
    let filter = ReviewFilter {
        rating: query.rating.map(Into::into),
        step: query.step.map(Into::into),
        unanswered: query.unanswered,
        order: query.order,
        case: query.case,
    };
    let limit = query.limit.unwrap_or(PAGE_USUAL).clamp(1, REVIEWS_MAX);
    let after = query.after.as_deref().map(cursor).transpose()?;
    let views = reviews_page(&api.desk, &caller.0, filter, after, limit).await?;
    let full = views.len() >= limit as usize;
    let last = views.last().filter(|_| full);
    let next = last.map(|view| format!("{}.{}", view.row.written_at.millis(), view.row.id));
    Ok(Json(ReviewsPageDto {
        reviews: views.into_iter().map(ReviewDto::of).collect(),
        next,
    }))
}

fn cursor(text: &str) -> Result<(Moment, ReviewId), Problem> {
    let parts = text.split_once('.');
    let read = parts.and_then(|(at, id)| Some((Moment::from_millis(at.parse().ok()?), id.parse().ok()?)));
    read.ok_or_else(|| Problem::invalid("after", "is the next of no page".to_owned()))
}

/// A review.
#[utoipa::path(get, path = "/api/v1/reviews/{id}", tag = "reviews", params(("id" = String, Path)), responses((status = 200, body = ReviewDto)))]
pub(crate) async fn review(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<ReviewId>,
) -> Result<Json<ReviewDto>, Problem> {
    Ok(Json(ReviewDto::of(review_get(&api.desk, &caller.0, id).await?)))
}

/// Say which order a review is about that was kept without one.
#[utoipa::path(post, path = "/api/v1/reviews/{id}/match", tag = "reviews", request_body = ReviewMatchBody, params(("id" = String, Path)), responses((status = 200, body = ReviewDto)))]
pub(crate) async fn review_match(
    State(api): State<ApiState>,
    caller: StaffCaller<Orders>,
    Id(id): Id<ReviewId>,
    Body(body): Body<ReviewMatchBody>,
) -> Result<Json<ReviewDto>, Problem> {
    match_by_hand(&api.desk, &caller.0, id, body.order).await?;
    Ok(Json(ReviewDto::of(review_get(&api.desk, &caller.0, id).await?)))
}

/// A period of days on the shop's wall.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeriodQuery {
    /// A moment of the first day.
    #[param(value_type = String)]
    from: At,
    /// A moment of the last day; at most 400 days.
    #[param(value_type = String)]
    to: At,
}

/// What buyers' scores come to over a period: description, service, logistics.
#[utoipa::path(get, path = "/api/v1/scores", tag = "reviews", params(PeriodQuery), responses((status = 200, body = ScoresOverDaysDto)))]
pub(crate) async fn shop_scores(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<PeriodQuery>,
) -> Result<Json<ScoresOverDaysDto>, Problem> {
    let found = scores(&api.desk, &caller.0, query.from.0, query.to.0).await?;
    Ok(Json(ScoresOverDaysDto::of(found)))
}

/// Rate the buyer of an order, once. The same again changes nothing.
#[utoipa::path(put, path = "/api/v1/orders/{id}/buyer-rating", tag = "reviews", request_body = BuyerRatingBody, params(("id" = String, Path)), responses((status = 200, body = BuyerRatingDto)))]
pub(crate) async fn buyer_rating_put(
    State(api): State<ApiState>,
    caller: StaffCaller<Orders>,
    Id(id): Id<OrderId>,
    Body(body): Body<BuyerRatingBody>,
) -> Result<Json<BuyerRatingDto>, Problem> {
    let row = buyer_rate(&api.desk, &caller.0, id, body.rating.into(), body.text).await?;
    Ok(Json(BuyerRatingDto::of(row)))
}

/// What the buyer of an order was rated.
#[utoipa::path(get, path = "/api/v1/orders/{id}/buyer-rating", tag = "reviews", params(("id" = String, Path)), responses((status = 200, body = BuyerRatingsDto)))]
pub(crate) async fn buyer_rating(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<OrderId>,
) -> Result<Json<BuyerRatingsDto>, Problem> {
    let row = rating_of(&api.desk, &caller.0, id).await?;
    let rating = row.map(BuyerRatingDto::of);
    Ok(Json(BuyerRatingsDto { rating }))
}
