//! Reading cases: one case with what explains it, and its timeline.
//!
//! Must not know: SQL. Tests: `tests/it/stories.rs`, `tests/it/cases.rs`.

use amends_app::caller::Caller;
use amends_app::cases::case_next::case_next;
use amends_app::cases::case_read::{case_get, case_timeline};
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::credential::{Read, StaffCaller};
use crate::dto::case::CaseDto;
use crate::dto::case_write::etag;
use crate::dto::event::{EntryDto, Timeline};
use crate::language::Language;
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::state::{Api, ApiState};

/// Where to go on.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TimelineQuery {
    /// The `seq` of the entry read last.
    #[serde(default)]
    pub(crate) after: Option<u64>,
}

/// A case as its caller sees it, with its `ETag`.
pub(crate) async fn show(
    api: &Api,
    caller: &Caller,
    id: CaseId,
    language: Language,
) -> Result<Response, Problem> {
    let view = case_get(&api.desk, caller, id).await?;
    let next = case_next(&api.desk, caller, &view).await?;
    let etag = etag(view.row.case.terms);
    let for_buyer = matches!(caller, Caller::Buyer(_));
    Ok((etag, Json(CaseDto::of(view, next, language, for_buyer))).into_response())
}

/// What happened to a case, as its caller sees it.
pub(crate) async fn tell(
    api: &Api,
    caller: &Caller,
    id: CaseId,
    after: Option<u64>,
) -> Result<Json<Timeline>, Problem> {
    // Beyond what a database counts there is nothing.
    let after = after.unwrap_or_default().min(i64::MAX.unsigned_abs());
    let entries = case_timeline(&api.desk, caller, id, after).await?;
    let for_buyer = matches!(caller, Caller::Buyer(_));
    let entries = entries
        .into_iter()
        .filter_map(|entry| EntryDto::visible(entry, for_buyer))
        .collect();
    Ok(Json(Timeline { entries }))
}

/// A case with everything that explains it. Its `ETag` is what `If-Match` asks for.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = CaseDto)))]
pub(crate) async fn case(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<CaseId>,
    language: Language,
) -> Result<Response, Problem> {
    show(&api, &caller.caller(), id, language).await
}

/// What happened to a case, oldest first.
#[utoipa::path(get, path = "/api/v1/cases/{id}/timeline", tag = "cases", params(("id" = String, Path), TimelineQuery), responses((status = 200, body = Timeline)))]
pub(crate) async fn timeline(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<CaseId>,
    Params(query): Params<TimelineQuery>,
) -> Result<Json<Timeline>, Problem> {
    tell(&api, &caller.caller(), id, query.after).await
}
