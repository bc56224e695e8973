//! Reading cases: the queue, one case with what explains it, and its timeline.
//!
//! Must not know: SQL. Tests: `tests/it/stories.rs`, `tests/it/cases.rs`.

use amends_app::caller::Caller;
use amends_app::cases::case_next::case_next;
use amends_app::cases::case_read::{PAGE_MAX, case_get, case_timeline, cases_page};
use amends_app::cases::{CaseCursor, CaseFilter};
use amends_domain::ids::{CaseId, OrderId};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::credential::{Read, StaffCaller};
use crate::dto::case::CaseDto;
use crate::dto::case_list::{CasesPageDto, cursor_of};
use crate::dto::case_write::etag;
use crate::dto::event::{EntryDto, Timeline};
use crate::dto::words::Kind;
use crate::language::Language;
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::state::{Api, ApiState};

/// Cases on a page when nothing else is said.
const PAGE_USUAL: u32 = 50;

/// Which cases to show.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CasesQuery {
    /// Of one kind.
    #[serde(default)]
    kind: Option<Kind>,
    /// Open ones, or closed ones.
    #[serde(default)]
    open: Option<bool>,
    /// About one order.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    order: Option<OrderId>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<String>,
    /// Most cases; 1 to 200, usually 50.
    #[serde(default)]
    limit: Option<u32>,
}

/// Where to go on.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TimelineQuery {
    /// The `seq` of the entry read last.
    #[serde(default)]
    pub(crate) after: Option<u64>,
}

/// A cursor from a query.
pub(crate) fn cursor(after: Option<&str>) -> Result<Option<CaseCursor>, Problem> {
    let Some(text) = after else { return Ok(None) };
    let fault = || Problem::invalid("after", "must be the next of the page before");
    cursor_of(text).map(Some).ok_or_else(fault)
}

/// The queue, next deadline first, with the exact count.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", params(CasesQuery), responses((status = 200, body = CasesPageDto)))]
pub(crate) async fn cases(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<CasesQuery>,
) -> Result<Json<CasesPageDto>, Problem> {
    let after = cursor(query.after.as_deref())?;
    let filter = CaseFilter {
        open: query.open,
        kind: query.kind.map(Into::into),
        order: query.order,
        ..CaseFilter::default()
    };
    let limit = query.limit.unwrap_or(PAGE_USUAL).min(PAGE_MAX);
    let page = cases_page(&api.desk, &caller.caller(), filter, after, limit).await?;
    Ok(Json(CasesPageDto::of(&page, false)))
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
