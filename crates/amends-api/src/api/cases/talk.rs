//! Talking: messages and notes, the follow-up, and what is asked on the buyer's behalf.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/stories.rs`, `tests/it/walk.rs`.

use amends_app::caller::Caller;
use amends_app::cases::case_command::case_say;
use amends_app::presence::presence_note;
use amends_domain::command::{Command, TextKind};
use amends_domain::ids::CaseId;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{command, text_command, told_command};
use crate::body::{Body, Keyed, Safety};
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_write::{
    Accepted, ContactBody, FollowUpBody, NothingBody, RenewBody, TextBody, accepted,
};
use crate::dto::presence::PresenceBody;
use crate::headers::KeyHeader;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::{Api, ApiState};

/// Puts a text on record. Words are no decision: they are said whatever happened meanwhile.
pub(crate) async fn say(
    api: &Api,
    caller: &Caller,
    id: CaseId,
    safety: Safety,
    kind: TextKind,
    text: String,
) -> Result<Response, Problem> {
    let committed = case_say(&api.desk, caller, id, kind, text, Some(safety.key)).await?;
    Ok(accepted(StatusCode::OK, &committed))
}

/// Log a talk with the buyer outside this desk, such as a call. Whoever was reached has had his reply.
#[utoipa::path(post, path = "/api/v1/cases/{id}/log-contact", tag = "cases", request_body = ContactBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_log_contact(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<ContactBody>,
) -> Result<Response, Problem> {
    let ContactBody { way, reached, text } = body;
    let way = way.into();
    told_command(&api, &caller.caller(), id, safety, text, move |text| {
        Command::LogContact { way, reached, text }
    })
    .await
}

/// Say that one looks at a case, types, or leaves it; to be repeated every fifteen seconds.
#[utoipa::path(put, path = "/api/v1/cases/{id}/presence", tag = "cases", request_body = PresenceBody, params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn case_presence(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Body(body): Body<PresenceBody>,
) -> Result<StatusCode, Problem> {
    presence_note(&api.desk, &caller.0, id, body.state.map(Into::into)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask again after a refusal, on the buyer's behalf.
#[utoipa::path(post, path = "/api/v1/cases/{id}/renew", tag = "cases", request_body = RenewBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_renew(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<RenewBody>,
) -> Result<Response, Problem> {
    let amount = body.amount.map(|money| money.0);
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::Renew { amount, text }
    })
    .await
}

/// Take the request back, on the buyer's behalf.
#[utoipa::path(post, path = "/api/v1/cases/{id}/withdraw", tag = "cases", request_body = NothingBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_withdraw(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(NothingBody {}, safety): Keyed<NothingBody>,
) -> Result<Response, Problem> {
    command(&api, &caller.caller(), id, safety, Command::Withdraw).await
}

/// Record what came of asking the buyer afterwards.
#[utoipa::path(post, path = "/api/v1/cases/{id}/follow-up", tag = "cases", request_body = FollowUpBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_follow_up(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<FollowUpBody>,
) -> Result<Response, Problem> {
    let score = body.score;
    text_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::RecordFollowUp { score, text }
    })
    .await
}

/// Put a message to the buyer on record.
#[utoipa::path(post, path = "/api/v1/cases/{id}/messages", tag = "cases", request_body = TextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_message(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TextBody>,
) -> Result<Response, Problem> {
    say(&api, &caller.caller(), id, safety, TextKind::Message, body.text).await
}

/// Put a note on record, for the shop alone.
#[utoipa::path(post, path = "/api/v1/cases/{id}/notes", tag = "cases", request_body = TextBody, params(("id" = String, Path), KeyHeader), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_note(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Keyed(body, safety): Keyed<TextBody>,
) -> Result<Response, Problem> {
    say(&api, &caller.caller(), id, safety, TextKind::Note, body.text).await
}
