//! Remedies: what there is for a case, offering and choosing, and the way to the end of what was agreed.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/remedies.rs`, `tests/it/walk.rs`.

use amends_app::cases::case_read::case_get;
use amends_app::cases::case_remedies::case_remedies_granted;
use amends_app::orders::draft::bounded;
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::State;
use axum::response::Response;

use super::{command, text_command, told_command};
use crate::body::{Decided, Keyed};
use crate::credential::{Handle, Read, StaffCaller};
use crate::dto::case_write::{Accepted, NothingBody, TextBody};
use crate::dto::remedy::{Remedies, RemedyDto};
use crate::dto::remedy_write::{
    ChooseBody, CompleteStepBody, DeclineOfferBody, EndTrialBody, OfferBody, PickBody,
};
use crate::headers::{DecisionHeaders, KeyHeader};
use crate::language::Language;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Every remedy there is for a case, explained and costed, and who may grant it.
#[utoipa::path(get, path = "/api/v1/cases/{id}/remedies", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = Remedies)))]
pub(crate) async fn case_remedies(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<CaseId>,
    language: Language,
) -> Result<Json<Remedies>, Problem> {
    let staff = caller.0.clone();
    let view = case_get(&api.desk, &caller.caller(), id).await?;
    let found = case_remedies_granted(&api.desk, &staff, &view).await?;
    let currency = view.row.case.currency;
    let remedies = found
        .iter()
        .map(|remedy| RemedyDto::of(remedy, &view.policy, currency, language));
    Ok(Json(Remedies {
        remedies: remedies.collect(),
    }))
}

/// Put one to three options before the buyer.
#[utoipa::path(post, path = "/api/v1/cases/{id}/offer", tag = "cases", request_body = OfferBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_offer(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<OfferBody>,
) -> Result<Response, Problem> {
    let picks = body.picks.into_iter().map(PickBody::pick);
    let picks = picks.collect::<Result<Vec<_>, _>>()?;
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::Offer { picks, text }
    })
    .await
}

/// Take an option, on the buyer's behalf; what was agreed begins at once.
#[utoipa::path(post, path = "/api/v1/cases/{id}/choose", tag = "cases", request_body = ChooseBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_choose(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
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

/// Take none of the options, on the buyer's behalf.
#[utoipa::path(post, path = "/api/v1/cases/{id}/decline-offer", tag = "cases", request_body = DeclineOfferBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_decline_offer(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<DeclineOfferBody>,
) -> Result<Response, Problem> {
    let (offer, wish) = (body.offer, body.wish.map(|money| money.0));
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::DeclineOffer { offer, wish, text }
    })
    .await
}

/// A step of what was agreed was done.
#[utoipa::path(post, path = "/api/v1/cases/{id}/complete-step", tag = "cases", request_body = CompleteStepBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_complete_step(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<CompleteStepBody>,
) -> Result<Response, Problem> {
    bounded("reference", &body.reference)?;
    let CompleteStepBody { step, reference } = body;
    command(
        &api,
        &caller.caller(),
        id,
        safety,
        Command::CompleteStep { step, reference },
    )
    .await
}

/// The goods were tried: the trouble is gone, or everything goes on where it stopped.
#[utoipa::path(post, path = "/api/v1/cases/{id}/end-trial", tag = "cases", request_body = EndTrialBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_end_trial(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<EndTrialBody>,
) -> Result<Response, Problem> {
    let worked = body.worked;
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::EndTrial { worked, text }
    })
    .await
}

/// Answer a question or settle a complaint: the buyer is told, and the case closes.
#[utoipa::path(post, path = "/api/v1/cases/{id}/resolve", tag = "cases", request_body = TextBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_resolve(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<TextBody>,
) -> Result<Response, Problem> {
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::Resolve { text }
    })
    .await
}

/// Open a closed case again.
#[utoipa::path(post, path = "/api/v1/cases/{id}/reopen", tag = "cases", request_body = TextBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_reopen(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<TextBody>,
) -> Result<Response, Problem> {
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::Reopen { text }
    })
    .await
}

/// The money has arrived with the buyer.
#[utoipa::path(post, path = "/api/v1/cases/{id}/confirm-arrival", tag = "cases", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_confirm_arrival(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::ConfirmArrival).await
}
