//! How a buyer answers what he was offered, and asks for somebody higher.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/remedies.rs`, `tests/it/walk.rs`.

use amends_domain::actor::Role;
use amends_domain::case::assessment::PassedFor;
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::response::Response;

use crate::api::cases::{command, text_command};
use crate::body::{Decided, Keyed};
use crate::credential::BuyerCaller;
use crate::dto::case_write::{Accepted, NothingBody, OptionalTextBody};
use crate::dto::remedy_write::{ChooseBody, DeclineOfferBody, EndTrialBody, SupplyBody};
use crate::headers::{DecisionHeaders, KeyHeader};
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Take an option; what was agreed begins at once.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/choose", tag = "buyer", request_body = ChooseBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_choose(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<ChooseBody>,
) -> Result<Response, Problem> {
    let ChooseBody { offer, option } = body;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::Choose { offer, option },
    )
    .await
}

/// Take none of the options, and say what would do instead.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/decline-offer", tag = "buyer", request_body = DeclineOfferBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_decline_offer(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<DeclineOfferBody>,
) -> Result<Response, Problem> {
    let (offer, wish) = (body.offer, body.wish.map(|money| money.0));
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::DeclineOffer { offer, wish, text }
    })
    .await
}

/// The goods were tried: the trouble is gone, or it is not.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/end-trial", tag = "buyer", request_body = EndTrialBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_end_trial(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<EndTrialBody>,
) -> Result<Response, Problem> {
    let worked = body.worked;
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::EndTrial { worked, text }
    })
    .await
}

/// Say what the request was judged without.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/supply", tag = "buyer", request_body = SupplyBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_supply(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<SupplyBody>,
) -> Result<Response, Problem> {
    let SupplyBody { goods_intact, photos } = body;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::Supply { goods_intact, photos },
    )
    .await
}

/// The money has arrived.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/confirm-arrival", tag = "buyer", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_confirm_arrival(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::ConfirmArrival).await
}

/// Ask for a supervisor.
#[utoipa::path(post, path = "/api/v1/buyer/cases/{id}/pass-up", tag = "buyer", request_body = OptionalTextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn buyer_case_pass_up(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<OptionalTextBody>,
) -> Result<Response, Problem> {
    let (to, passed_for) = (Role::Supervisor, PassedFor::BuyerDemand);
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::PassUp { to, passed_for, text }
    })
    .await
}
