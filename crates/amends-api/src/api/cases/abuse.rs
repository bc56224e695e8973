//! Abuse on a case, for the shop: its signals, noting it, settling what was noted.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/abuse.rs`, `tests/it/walk.rs`.

use amends_app::abuse::case_abuse::case_note_abuse as note;
use amends_app::abuse::signals::case_signals;
use amends_app::cases::case_read::case_get;
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::told_command;
use crate::body::{Decided, Safety};
use crate::credential::{Handle, Read, StaffCaller};
use crate::dto::abuse::{NoteAbuseBody, SettleAbuseBody, SignalsDto};
use crate::dto::case_write::{Accepted, accepted};
use crate::headers::DecisionHeaders;
use crate::language::Language;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// What points at abuse on a case, each explained. It decides nothing: a person looks.
#[utoipa::path(get, path = "/api/v1/cases/{id}/signals", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = SignalsDto)))]
pub(crate) async fn case_signals_get(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<CaseId>,
    language: Language,
) -> Result<Json<SignalsDto>, Problem> {
    let staff = caller.0.clone();
    let view = case_get(&api.desk, &caller.caller(), id).await?;
    let found = case_signals(&api.desk, &staff, &view).await?;
    Ok(Json(SignalsDto::of(found, &view.policy, language)?))
}

/// Note abuse on a case. The buyer is told on which grounds, and may contest it once; no right of his changes.
#[utoipa::path(post, path = "/api/v1/cases/{id}/note-abuse", tag = "cases", request_body = NoteAbuseBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_note_abuse(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<NoteAbuseBody>,
) -> Result<Response, Problem> {
    let Safety { key, terms } = safety;
    let committed = note(&api.desk, &caller.caller(), id, body.note(), terms, Some(key)).await?;
    Ok(accepted(StatusCode::OK, &committed))
}

/// Uphold what was noted, or take it back. What the buyer contests is upheld by somebody higher alone.
#[utoipa::path(post, path = "/api/v1/cases/{id}/settle-abuse", tag = "cases", request_body = SettleAbuseBody, params(("id" = String, Path), DecisionHeaders), responses((status = 200, body = Accepted)))]
pub(crate) async fn case_settle_abuse(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
    Decided(body, safety): Decided<SettleAbuseBody>,
) -> Result<Response, Problem> {
    let upheld = body.upheld;
    told_command(&api, &caller.caller(), id, safety, body.text, move |text| {
        Command::SettleAbuse { upheld, text }
    })
    .await
}
