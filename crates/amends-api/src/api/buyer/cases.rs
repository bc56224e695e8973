//! The cases of a link's order.
//!
//! Must not know: staff. Tests: `tests/it/stories.rs`, `tests/it/walk.rs`.

use amends_app::caller::Caller;
use amends_app::cases::case_open::case_open as open;
use amends_app::cases::case_queue::{PAGE_MAX, cases_count, cases_orders, cases_page};
use amends_app::cases::{CaseFilter, CaseSort};
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::api::cases::queue::cursor;
use crate::api::cases::read::{show, tell};
use crate::body::Keyed;
use crate::credential::BuyerCaller;
use crate::dto::case::CaseDto;
use crate::dto::case_list::CasesPageDto;
use crate::dto::case_open::CaseOpenBody;
use crate::dto::case_write::{Accepted, accepted};
use crate::dto::event::Timeline;
use crate::headers::KeyHeader;
use crate::language::Language;
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// Where to go on.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BuyerCasesQuery {
    /// The link, when it is not in the header.
    #[serde(default, rename = "link")]
    _link: Option<String>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<String>,
}

/// Where to go on.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BuyerTimelineQuery {
    /// The link, when it is not in the header.
    #[serde(default, rename = "link")]
    _link: Option<String>,
    /// The `seq` of the entry read last.
    #[serde(default)]
    after: Option<u64>,
}

/// Open a case on the order of the link.
#[utoipa::path(post, path = "/api/v1/buyer/cases", tag = "buyer", request_body = CaseOpenBody, params(KeyHeader), responses((status = 201, body = Accepted)))]
pub(crate) async fn buyer_case_open(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Keyed(body, safety): Keyed<CaseOpenBody>,
) -> Result<Response, Problem> {
    let order = caller.0.order;
    let committed = open(
        &api.desk,
        &Caller::Buyer(caller.0),
        body.open_on(order)?,
        Some(safety.key),
    )
    .await?;
    Ok(accepted(StatusCode::CREATED, &committed))
}

/// The cases of the order.
#[utoipa::path(get, path = "/api/v1/buyer/cases", tag = "buyer", params(BuyerCasesQuery), responses((status = 200, body = CasesPageDto)))]
pub(crate) async fn buyer_cases(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Params(query): Params<BuyerCasesQuery>,
) -> Result<Json<CasesPageDto>, Problem> {
    let after = cursor(query.after.as_deref())?;
    let (desk, caller) = (&api.desk, caller.caller());
    let all = CaseFilter::default;
    let page = cases_page(desk, &caller, all(), CaseSort::Due, after, PAGE_MAX).await?;
    let total = cases_count(desk, &caller, all()).await?;
    let orders = cases_orders(desk, caller.shop(), &page.rows).await?;
    Ok(Json(CasesPageDto::of(&page, &orders, Some(total), true)))
}

/// A case of the order.
#[utoipa::path(get, path = "/api/v1/buyer/cases/{id}", tag = "buyer", params(("id" = String, Path)), responses((status = 200, body = CaseDto)))]
pub(crate) async fn buyer_case(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    language: Language,
) -> Result<Response, Problem> {
    show(&api, &caller.caller(), id, language).await
}

/// What happened to a case, as far as it is the buyer's.
#[utoipa::path(get, path = "/api/v1/buyer/cases/{id}/timeline", tag = "buyer", params(("id" = String, Path), BuyerTimelineQuery), responses((status = 200, body = Timeline)))]
pub(crate) async fn buyer_timeline(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    Id(id): Id<CaseId>,
    Params(query): Params<BuyerTimelineQuery>,
) -> Result<Json<Timeline>, Problem> {
    tell(&api, &caller.caller(), id, query.after).await
}
