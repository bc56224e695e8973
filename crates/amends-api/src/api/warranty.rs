//! Plans with what they came to, covers of an order, guides.
//!
//! Must not know: keys, SQL. Tests: `tests/it/warranty.rs`, `tests/it/walk.rs`.

use amends_app::warranty::covers::{cover_give, order_covers as read_covers};
use amends_app::warranty::guides::{guide_put as put_guide, guide_remove as remove_guide, guides_list};
use amends_app::warranty::plans::{plan_add as add, plan_put as put, plan_sums, plans_list};
use amends_domain::ids::{LineId, OrderId, PlanId};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::body::{Body, Versioned};
use crate::credential::{Lead, Orders, Read, StaffCaller};
use crate::dto::case_write::etag;
use crate::dto::values::At;
use crate::dto::warranty::{
    CoverBody, CoverDto, CoverPlanDto, CoverViewDto, CoversDto, GuideBody, GuideDto, GuidesDto, PlanBody,
    PlanSumDto, PlanSumsDto, PlansDto,
};
use crate::headers::VersionHeader;
use crate::params::{Id, Ids, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// The plans of the shop, those that are sold no more among them.
#[utoipa::path(get, path = "/api/v1/plans", tag = "warranty", responses((status = 200, body = PlansDto)))]
pub(crate) async fn plans(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
) -> Result<Json<PlansDto>, Problem> {
    let rows = plans_list(&api.desk, &caller.0).await?;
    let plans = rows.into_iter().map(CoverPlanDto::of).collect();
    Ok(Json(PlansDto { plans }))
}

/// Write a new plan.
#[utoipa::path(post, path = "/api/v1/plans", tag = "warranty", request_body = PlanBody, responses((status = 201, body = CoverPlanDto)))]
pub(crate) async fn plan_add(
    State(api): State<ApiState>,
    caller: StaffCaller<Lead>,
    Body(body): Body<PlanBody>,
) -> Result<(StatusCode, Json<CoverPlanDto>), Problem> {
    let row = add(&api.desk, &caller.0, body.plan()?).await?;
    Ok((StatusCode::CREATED, Json(CoverPlanDto::of(row))))
}

/// Write a plan in the place of the version that was read. Covers that were made of it stay as they are.
#[utoipa::path(put, path = "/api/v1/plans/{id}", tag = "warranty", params(("id" = String, Path), VersionHeader), request_body = PlanBody, responses((status = 200, body = CoverPlanDto)))]
pub(crate) async fn plan_put(
    State(api): State<ApiState>,
    caller: StaffCaller<Lead>,
    Id(id): Id<PlanId>,
    Versioned(body, version): Versioned<PlanBody>,
) -> Result<Response, Problem> {
    let selling = body.selling();
    let row = put(&api.desk, &caller.0, id, version, body.plan()?, selling).await?;
    Ok((etag(row.version), Json(CoverPlanDto::of(row))).into_response())
}

/// When covers were sold or given.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PlanSumsQuery {
    /// Then or later; thirty days before `until` when it is not said.
    #[serde(default)]
    from: Option<At>,
    /// Before; now when it is not said.
    #[serde(default)]
    until: Option<At>,
}

/// What plans came to: premiums, claims, what was settled, and the loss ratio.
#[utoipa::path(get, path = "/api/v1/plans/figures", tag = "warranty", params(PlanSumsQuery), responses((status = 200, body = PlanSumsDto)))]
pub(crate) async fn plan_figures(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<PlanSumsQuery>,
) -> Result<Json<PlanSumsDto>, Problem> {
    let (from, until) = (query.from.map(|at| at.0), query.until.map(|at| at.0));
    let sums = plan_sums(&api.desk, &caller.0, from, until).await?;
    Ok(Json(PlanSumsDto {
        from: sums.from.into(),
        until: sums.until.into(),
        plans: sums.plans.into_iter().map(PlanSumDto::of).collect(),
    }))
}

/// The covers of an order's lines.
#[utoipa::path(get, path = "/api/v1/orders/{id}/covers", tag = "warranty", params(("id" = String, Path)), responses((status = 200, body = CoversDto)))]
pub(crate) async fn order_covers(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<OrderId>,
) -> Result<Json<CoversDto>, Problem> {
    let covers = read_covers(&api.desk, &caller.0, id).await?;
    let covers = covers.into_iter().map(CoverViewDto::of).collect();
    Ok(Json(CoversDto { covers }))
}

/// Sell a cover with a line, or give it. One of the same kind that still holds is not sold twice.
#[utoipa::path(post, path = "/api/v1/orders/{id}/lines/{line}/covers", tag = "warranty", request_body = CoverBody, params(("id" = String, Path), ("line" = String, Path)), responses((status = 201, body = CoverDto)))]
pub(crate) async fn order_cover_give(
    State(api): State<ApiState>,
    caller: StaffCaller<Orders>,
    Ids((id, line)): Ids<OrderId, LineId>,
    Body(body): Body<CoverBody>,
) -> Result<(StatusCode, Json<CoverDto>), Problem> {
    let row = cover_give(&api.desk, &caller.0, id, line, &body.draft()).await?;
    Ok((StatusCode::CREATED, Json(CoverDto::of(row))))
}

/// Which guides to show.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct GuidesQuery {
    /// Those behind this code.
    #[serde(default)]
    after: String,
}

/// Which product a guide is to.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct GuideQuery {
    /// Its stock-keeping code.
    sku: String,
}

/// Guides to what the shop sells, by stock-keeping code.
#[utoipa::path(get, path = "/api/v1/guides", tag = "warranty", params(GuidesQuery), responses((status = 200, body = GuidesDto)))]
pub(crate) async fn guides(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<GuidesQuery>,
) -> Result<Json<GuidesDto>, Problem> {
    let rows = guides_list(&api.desk, &caller.0, &query.after).await?;
    let guides = rows.into_iter().map(GuideDto::of).collect();
    Ok(Json(GuidesDto { guides }))
}

/// Write the guide to a product in the place of the version that was read; over version 0 the first time.
///
/// Its buyers are sent it once, when their order has left.
#[utoipa::path(put, path = "/api/v1/guides", tag = "warranty", params(GuideQuery, VersionHeader), request_body = GuideBody, responses((status = 200, body = GuideDto)))]
pub(crate) async fn guide_put(
    State(api): State<ApiState>,
    caller: StaffCaller<Lead>,
    Params(query): Params<GuideQuery>,
    Versioned(body, version): Versioned<GuideBody>,
) -> Result<Response, Problem> {
    let row = put_guide(&api.desk, &caller.0, body.row(query.sku, version)).await?;
    Ok((etag(row.version), Json(GuideDto::of(row))).into_response())
}

/// Take the guide to a product away.
#[utoipa::path(delete, path = "/api/v1/guides", tag = "warranty", params(GuideQuery), responses((status = 204)))]
pub(crate) async fn guide_remove(
    State(api): State<ApiState>,
    caller: StaffCaller<Lead>,
    Params(query): Params<GuideQuery>,
) -> Result<StatusCode, Problem> {
    remove_guide(&api.desk, &caller.0, &query.sku).await?;
    Ok(StatusCode::NO_CONTENT)
}
