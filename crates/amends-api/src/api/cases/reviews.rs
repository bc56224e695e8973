//! Reviews on their case: what they are about, what became of them, and what the shop says below them.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/reviews.rs`, `tests/it/walk.rs`.

use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use super::{command, told_command};
use crate::body::Keyed;
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::Accepted;
use crate::dto::reviews::{EndReviewBody, ExplainReviewBody, JudgeReviewBody, PublishExplanationBody};
use crate::headers::KeyHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Say what a review is about.
#[utoipa::path(post, path = "/api/v1/cases/{id}/judge-review", tag = "cases", request_body = JudgeReviewBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_judge_review(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<JudgeReviewBody>,
) -> Result<Response, Problem> {
    let (review, cause) = (body.review, body.cause.into());
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::JudgeReview { review, cause },
    )
    .await
}

/// Put down what became of a review. Nothing the buyer gets depends on it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/end-review", tag = "cases", request_body = EndReviewBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_end_review(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<EndReviewBody>,
) -> Result<Response, Problem> {
    let (review, outcome) = (body.review, body.outcome.into());
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::EndReview { review, outcome },
    )
    .await
}

/// Write what the shop says below a review that stays: no blame, nothing of the buyer's own.
#[utoipa::path(post, path = "/api/v1/cases/{id}/explain-review", tag = "cases", request_body = ExplainReviewBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_explain_review(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ExplainReviewBody>,
) -> Result<Response, Problem> {
    let review = body.review;
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::ExplainReview { review, text }
    })
    .await
}

/// Record that what the shop says below a review stands on the platform.
#[utoipa::path(post, path = "/api/v1/cases/{id}/publish-explanation", tag = "cases", request_body = PublishExplanationBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_publish_explanation(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<PublishExplanationBody>,
) -> Result<Response, Problem> {
    let review = body.review;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::PublishExplanation { review },
    )
    .await
}
