//! What a buyer can do with a case of his order.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/stories.rs`, `tests/it/walk.rs`.

use amends_domain::command::{Command, TextKind};
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use crate::api::cases::{command, talk::say, text_command};
use crate::body::Keyed;
use crate::credential::BuyerCaller;
use crate::dto::case_write::{
    Accepted, FollowUpBody, NothingBody, ParcelDto, PickupDto, RenewBody, TextBody,
};
use crate::headers::KeyHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Ask again after a refusal.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/renew", tag = "buyer", request_body = RenewBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_renew(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<RenewBody>,
) -> Result<Response, Problem> {
    let amount = body.amount.map(|money| money.0);
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::Renew { amount, text }
    })
    .await
}

/// Take the request back.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/withdraw", tag = "buyer", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_withdraw(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::Withdraw).await
}

/// Say how it went.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/follow-up", tag = "buyer", request_body = FollowUpBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_follow_up(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<FollowUpBody>,
) -> Result<Response, Problem> {
    let score = body.score;
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::RecordFollowUp { score, text }
    })
    .await
}

/// Write to the shop.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/messages", tag = "buyer", request_body = TextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_message(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TextBody>,
) -> Result<Response, Problem> {
    say(&api, &caller.caller(), id, safety, TextKind::Message, body.text).await
}

/// A carrier comes for the return; booking again changes the time.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/book-pickup", tag = "buyer", request_body = PickupDto, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_book_pickup(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<PickupDto>,
) -> Result<Response, Problem> {
    let pickup = body.pickup()?;
    command(&api, &caller.caller(), id, safety, Command::BookPickup { pickup }).await
}

/// The return is on its way.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/ship-return", tag = "buyer", request_body = ParcelDto, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_ship_return(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ParcelDto>,
) -> Result<Response, Problem> {
    let parcel = body.parcel()?;
    command(&api, &caller.caller(), id, safety, Command::ShipReturn { parcel }).await
}

/// The replacement has arrived.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/confirm-replacement", tag = "buyer", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_confirm_replacement(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::ConfirmReplacement).await
}
