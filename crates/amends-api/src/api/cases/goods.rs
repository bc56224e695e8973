//! The goods' way: back from the buyer, inspected, and out again.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/stories.rs`, `tests/it/walk.rs`.

use amends_app::evidence::evidence_named;
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use super::{command, text_command};
use crate::body::{Decided, Keyed};
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::{Accepted, FindingBody, InspectBody, NothingBody, ParcelDto, PickupDto};
use crate::headers::{DecisionHeaders, KeyHeader};
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// A carrier comes to the buyer for the return; booking again changes the time.
#[utoipa::path(post, path = "/api/v1/cases/{id}/book-pickup", tag = "cases", request_body = PickupDto, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_book_pickup(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<PickupDto>,
) -> Result<Response, Problem> {
    let pickup = body.pickup()?;
    command(&api, &caller.caller(), id, safety, Command::BookPickup { pickup }).await
}

/// The return is on its way; told on the buyer's behalf.
#[utoipa::path(post, path = "/api/v1/cases/{id}/ship-return", tag = "cases", request_body = ParcelDto, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_ship_return(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ParcelDto>,
) -> Result<Response, Problem> {
    let parcel = body.parcel()?;
    command(&api, &caller.caller(), id, safety, Command::ShipReturn { parcel }).await
}

/// The return was received and looked at.
#[utoipa::path(post, path = "/api/v1/cases/{id}/inspect", tag = "cases", request_body = InspectBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_inspect(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<InspectBody>,
) -> Result<Response, Problem> {
    let caller = caller.caller();
    let findings = body.findings.iter().map(FindingBody::finding).collect();
    let return_freight = body.return_freight.map(|money| money.0);
    let evidence = evidence_named(&api.desk, &caller, id, body.evidence).await?;
    let build = move |text| Command::Inspect {
        findings,
        return_freight,
        text,
        evidence,
    };
    text_command(&api, &caller, id, safety, body.text, build).await
}

/// Units not accepted are on their way back.
#[utoipa::path(post, path = "/api/v1/cases/{id}/send-back", tag = "cases", request_body = ParcelDto, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_send_back(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ParcelDto>,
) -> Result<Response, Problem> {
    let parcel = body.parcel()?;
    command(&api, &caller.caller(), id, safety, Command::SendBack { parcel }).await
}

/// The replacement is on its way.
#[utoipa::path(post, path = "/api/v1/cases/{id}/ship-replacement", tag = "cases", request_body = ParcelDto, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_ship_replacement(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ParcelDto>,
) -> Result<Response, Problem> {
    let parcel = body.parcel()?;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::ShipReplacement { parcel },
    )
    .await
}

/// The replacement has arrived.
#[utoipa::path(post, path = "/api/v1/cases/{id}/confirm-replacement", tag = "cases", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_confirm_replacement(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::ConfirmReplacement).await
}

/// The exchange becomes a refund, because the replacement cannot be had.
#[utoipa::path(post, path = "/api/v1/cases/{id}/convert-to-refund", tag = "cases", request_body = NothingBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_convert_to_refund(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(NothingBody {}, safety): Decided<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::ConvertToRefund).await
}

/// The repaired goods are on their way back.
#[utoipa::path(post, path = "/api/v1/cases/{id}/ship-repaired", tag = "cases", request_body = ParcelDto, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_ship_repaired(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ParcelDto>,
) -> Result<Response, Problem> {
    let parcel = body.parcel()?;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::ShipRepaired { parcel },
    )
    .await
}
