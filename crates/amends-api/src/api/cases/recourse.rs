//! What went wrong with a parcel: noting it, the appeal to the platform, the claim against the carrier.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/recourses.rs`, `tests/it/walk.rs`.

use amends_app::evidence::evidence_named;
use amends_domain::case::Parcel;
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use super::{command, text_command, told_command};
use crate::body::Keyed;
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::Accepted;
use crate::dto::recourse::{
    AnswerRecourseBody, DropRecourseBody, ExceptionBody, FileRecourseBody, ReceiveRecourseBody,
    SupplementRecourseBody,
};
use crate::dto::values::MoneyDto;
use crate::headers::KeyHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Note what went wrong with a parcel. The buyer is to hear of it first.
#[utoipa::path(post, path = "/api/v1/cases/{id}/exception", tag = "cases", request_body = ExceptionBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_note_exception(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ExceptionBody>,
) -> Result<Response, Problem> {
    let fault = body.fault.into();
    let parcel = Parcel {
        carrier: body.carrier,
        waybill: body.waybill,
    };
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::NoteException { fault, parcel, text }
    })
    .await
}

/// File the appeal with the platform, or the claim with the carrier, who comes after the buyer was paid.
#[utoipa::path(post, path = "/api/v1/cases/{id}/file-recourse", tag = "cases", request_body = FileRecourseBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_file_recourse(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<FileRecourseBody>,
) -> Result<Response, Problem> {
    let caller = caller.caller();
    let (to, carriage) = (body.to.into(), body.carriage());
    let amount = body.amount.map(|MoneyDto(amount)| amount);
    let evidence = evidence_named(&api.desk, &caller, id, body.evidence).await?;
    told_command(&api, &caller, id, safety, body.text, move |text| {
        Command::FileRecourse {
            to,
            amount,
            carriage,
            text,
            evidence,
        }
    })
    .await
}

/// Add to it what is wanted.
#[utoipa::path(post, path = "/api/v1/cases/{id}/supplement-recourse", tag = "cases", request_body = SupplementRecourseBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_supplement_recourse(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<SupplementRecourseBody>,
) -> Result<Response, Problem> {
    let caller = caller.caller();
    let to = body.to.into();
    let evidence = evidence_named(&api.desk, &caller, id, body.evidence).await?;
    told_command(&api, &caller, id, safety, body.text, move |text| {
        Command::SupplementRecourse { to, text, evidence }
    })
    .await
}

/// Put down what the platform or the carrier answered.
#[utoipa::path(post, path = "/api/v1/cases/{id}/answer-recourse", tag = "cases", request_body = AnswerRecourseBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_answer_recourse(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<AnswerRecourseBody>,
) -> Result<Response, Problem> {
    let (to, answer) = (body.to.into(), body.answer()?);
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::AnswerRecourse { to, answer, text }
    })
    .await
}

/// Put down the money that came in for it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/receive-recourse", tag = "cases", request_body = ReceiveRecourseBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_receive_recourse(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ReceiveRecourseBody>,
) -> Result<Response, Problem> {
    let MoneyDto(amount) = body.amount;
    let received = Command::ReceiveRecourse {
        to: body.to.into(),
        amount,
        reference: body.reference,
    };
    command(&api, &caller.caller(), id, safety, received).await
}

/// Let go of it, or of asking at all.
#[utoipa::path(post, path = "/api/v1/cases/{id}/drop-recourse", tag = "cases", request_body = DropRecourseBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_drop_recourse(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<DropRecourseBody>,
) -> Result<Response, Problem> {
    let to = body.to.into();
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::DropRecourse { to, text }
    })
    .await
}
