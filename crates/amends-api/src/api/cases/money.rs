//! Money: paying the refund, and what was paid outside the provider.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/stories.rs`, `tests/it/walk.rs`.

use amends_app::orders::draft::bounded;
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use super::command;
use crate::body::Decided;
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::{Accepted, NothingBody, PayDifferenceBody, RecordRefundBody};
use crate::headers::DecisionHeaders;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Pay the refund now, or try again after it failed.
#[utoipa::path(post, path = "/api/v1/cases/{id}/refund", tag = "cases", request_body = NothingBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_refund(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(NothingBody {}, safety): Decided<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::Refund).await
}

/// The refund was paid outside the provider, after the provider said no for good.
#[utoipa::path(post, path = "/api/v1/cases/{id}/record-refund", tag = "cases", request_body = RecordRefundBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_record_refund(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<RecordRefundBody>,
) -> Result<Response, Problem> {
    bounded("reference", &body.reference)?;
    let reference = body.reference;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::RecordRefund { reference },
    )
    .await
}

/// The buyer has paid the difference to a dearer replacement.
#[utoipa::path(post, path = "/api/v1/cases/{id}/pay-difference", tag = "cases", request_body = PayDifferenceBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_pay_difference(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<PayDifferenceBody>,
) -> Result<Response, Problem> {
    bounded("reference", &body.reference)?;
    let (amount, reference) = (body.amount.0, body.reference);
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::PayDifference { amount, reference },
    )
    .await
}
