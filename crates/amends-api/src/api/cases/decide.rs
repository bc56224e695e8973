//! Deciding a request: granting, declining, and the platform's ruling.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/stories.rs`, `tests/it/walk.rs`.

use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use super::{command, text_command};
use crate::body::Decided;
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::{Accepted, ApproveBody, RefuseBody};
use crate::headers::DecisionHeaders;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Grant what is asked.
#[utoipa::path(post, path = "/api/v1/cases/{id}/approve", tag = "cases", request_body = ApproveBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_approve(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<ApproveBody>,
) -> Result<Response, Problem> {
    let compensation = body.compensation.map(|money| money.0);
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::Approve { compensation },
    )
    .await
}

/// Decline, with a reason the buyer is told.
#[utoipa::path(post, path = "/api/v1/cases/{id}/refuse", tag = "cases", request_body = RefuseBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_refuse(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<RefuseBody>,
) -> Result<Response, Problem> {
    let reason = body.reason;
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::Refuse { reason, text }
    })
    .await
}
