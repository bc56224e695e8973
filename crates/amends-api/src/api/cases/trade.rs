//! Following up an order that is not paid yet: letter, reminder, payments, dispatch, report.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/trade.rs`, `tests/it/walk.rs`.

use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use super::{command, text_command};
use crate::body::Keyed;
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::{Accepted, NothingBody};
use crate::dto::trade::{DispatchOrderBody, RecordPaymentBody, RemindPaymentBody, ReportNonPaymentBody};
use crate::headers::KeyHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Send the order letter, or send it again.
#[utoipa::path(post, path = "/api/v1/cases/{id}/send-order-letter", tag = "cases", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_send_order_letter(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::SendOrderLetter).await
}

/// Remind of the payment, with a day by which to pay.
#[utoipa::path(post, path = "/api/v1/cases/{id}/remind-payment", tag = "cases", request_body = RemindPaymentBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_remind_payment(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<RemindPaymentBody>,
) -> Result<Response, Problem> {
    let pay_by = body.pay_by.0;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::RemindPayment { pay_by },
    )
    .await
}

/// Put down a payment that came in. One that is short is waited for; one that is too much or too late calls a
/// supervisor.
#[utoipa::path(post, path = "/api/v1/cases/{id}/record-payment", tag = "cases", request_body = RecordPaymentBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_record_payment(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<RecordPaymentBody>,
) -> Result<Response, Problem> {
    let recorded = body.command(api.desk.clock.now().into())?;
    command(&api, &caller.caller(), id, safety, recorded).await
}

/// What was paid is on its way.
#[utoipa::path(post, path = "/api/v1/cases/{id}/dispatch-order", tag = "cases", request_body = DispatchOrderBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_dispatch_order(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<DispatchOrderBody>,
) -> Result<Response, Problem> {
    let parcel = body.parcel()?;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::DispatchOrder { parcel },
    )
    .await
}

/// Put down that it was reported to the platform that the buyer does not pay; once his time is over.
#[utoipa::path(post, path = "/api/v1/cases/{id}/report-non-payment", tag = "cases", request_body = ReportNonPaymentBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_report_non_payment(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ReportNonPaymentBody>,
) -> Result<Response, Problem> {
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::ReportNonPayment { text }
    })
    .await
}
