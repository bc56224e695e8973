//! Visits of buyers beside any case: planned, due, ended; and whom to call who never complained.
//!
//! Must not know: keys, when the next is due. Tests: `tests/it/visits.rs`.

use amends_app::buyers::visits::{
    visit_call_off, visit_finish, visit_plan, visits_of_buyer, visits_planned, visits_suggested as suggested,
};
use amends_domain::ids::{BuyerId, VisitId};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::body::Body;
use crate::credential::{Book, Read, StaffCaller};
use crate::dto::values::At;
use crate::dto::visits::{
    BuyerVisitDto, BuyerVisitToldDto, BuyerVisitsDto, PlannedVisitDto, PlannedVisitsDto, SuggestedVisitDto,
    SuggestedVisitsDto, VisitDoneBody, VisitDoneDto, VisitPlanBody,
};
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// Which planned visits to show.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct VisitsQuery {
    /// Those planned for then or earlier; all of them without it.
    #[serde(default)]
    due: Option<At>,
}

/// Of how long ago.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestedQuery {
    /// Their order arrived within so many days, 1 to 365; 30 when it is not said.
    #[serde(default = "lately")]
    days: u32,
}

fn lately() -> u32 {
    30
}

/// Planned visits, the earliest first, each with who is called.
#[utoipa::path(get, path = "/api/v1/visits", tag = "care", params(VisitsQuery), responses((status = 200, body = PlannedVisitsDto)))]
pub(crate) async fn visits(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<VisitsQuery>,
) -> Result<Json<PlannedVisitsDto>, Problem> {
    let planned = visits_planned(&api.desk, &caller.0, query.due.map(|at| at.0)).await?;
    let visits = planned.into_iter().map(PlannedVisitDto::of).collect();
    Ok(Json(PlannedVisitsDto { visits }))
}

/// Buyers to be called who never complained: an order of theirs arrived lately, they have never opened a case,
/// nobody has called them within that time, and nothing speaks against it.
#[utoipa::path(get, path = "/api/v1/visits/suggested", tag = "care", params(SuggestedQuery), responses((status = 200, body = SuggestedVisitsDto)))]
pub(crate) async fn visits_suggested(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<SuggestedQuery>,
) -> Result<Json<SuggestedVisitsDto>, Problem> {
    let found = suggested(&api.desk, &caller.0, query.days).await?;
    let buyers = found.into_iter().map(SuggestedVisitDto::of).collect();
    Ok(Json(SuggestedVisitsDto { buyers }))
}

/// A buyer's visits, with what was said for whoever may read his book.
#[utoipa::path(get, path = "/api/v1/buyers/{id}/visits", tag = "care", params(("id" = String, Path)), responses((status = 200, body = BuyerVisitsDto)))]
pub(crate) async fn buyer_visits(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<BuyerId>,
) -> Result<Json<BuyerVisitsDto>, Problem> {
    let visits = visits_of_buyer(&api.desk, &caller.0, id).await?;
    let visits = visits.into_iter().map(BuyerVisitToldDto::of).collect();
    Ok(Json(BuyerVisitsDto { visits }))
}

/// Plan a visit. A buyer has one planned at a time; the same again is the same one.
#[utoipa::path(post, path = "/api/v1/buyers/{id}/visits", tag = "care", params(("id" = String, Path)), request_body = VisitPlanBody, responses((status = 201, body = BuyerVisitDto)))]
pub(crate) async fn buyer_visit_plan(
    State(api): State<ApiState>,
    caller: StaffCaller<Book>,
    Id(id): Id<BuyerId>,
    Body(body): Body<VisitPlanBody>,
) -> Result<(StatusCode, Json<BuyerVisitDto>), Problem> {
    let row = visit_plan(&api.desk, &caller.0, id, body.draft()).await?;
    Ok((StatusCode::CREATED, Json(BuyerVisitDto::of(&row))))
}

/// Say what came of a visit. The same again is the same; whoever comes second with something else changes nothing.
#[utoipa::path(post, path = "/api/v1/visits/{id}/done", tag = "care", params(("id" = String, Path)), request_body = VisitDoneBody, responses((status = 200, body = VisitDoneDto)))]
pub(crate) async fn visit_done(
    State(api): State<ApiState>,
    caller: StaffCaller<Book>,
    Id(id): Id<VisitId>,
    Body(body): Body<VisitDoneBody>,
) -> Result<Json<VisitDoneDto>, Problem> {
    let done = visit_finish(&api.desk, &caller.0, id, body.told()).await?;
    Ok(Json(VisitDoneDto::of(done)))
}

/// Call a planned visit off. One that took place stays.
#[utoipa::path(delete, path = "/api/v1/visits/{id}", tag = "care", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn visit_remove(
    State(api): State<ApiState>,
    caller: StaffCaller<Book>,
    Id(id): Id<VisitId>,
) -> Result<StatusCode, Problem> {
    visit_call_off(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
