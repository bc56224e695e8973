//! The payment log, what a shop has ready against delays before holidays, and what was paid and is to be sent.
//!
//! Must not know: what is owed. Tests: `tests/it/trade.rs`, `tests/it/walk.rs`.

use amends_app::trade::log::payments_read;
use amends_app::trade::plan::delay_plan;
use amends_app::trade::unsent::orders_unsent;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::credential::{Read, StaffCaller};
use crate::dto::trade::PaymentsDto;
use crate::dto::trade_plan::DelayPlanDto;
use crate::dto::unsent::UnsentOrdersDto;
use crate::dto::values::At;
use crate::language::Language;
use crate::params::Params;
use crate::problem::Problem;
use crate::state::ApiState;

/// When it arrived.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PaymentsQuery {
    /// Then or later; thirty days before `until` when it is not said.
    #[serde(default)]
    from: Option<At>,
    /// Before; now when it is not said.
    #[serde(default)]
    until: Option<At>,
}

/// The payment log: what came in for orders that were followed up, by way and bank.
#[utoipa::path(get, path = "/api/v1/payments", tag = "orders", params(PaymentsQuery), responses((status = 200, body = PaymentsDto)))]
pub(crate) async fn payments(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<PaymentsQuery>,
) -> Result<Json<PaymentsDto>, Problem> {
    let (from, until) = (query.from.map(|at| at.0), query.until.map(|at| at.0));
    let view = payments_read(&api.desk, &caller.0, from, until).await?;
    Ok(Json(PaymentsDto::of(view)))
}

/// The holiday ahead, where buyers are to be told of it, and what a buyer gets when his parcel is late.
#[utoipa::path(get, path = "/api/v1/delay-plan", tag = "orders", responses((status = 200, body = DelayPlanDto)))]
pub(crate) async fn delay_plan_get(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    language: Language,
) -> Result<Json<DelayPlanDto>, Problem> {
    let plan = delay_plan(&api.desk, &caller.0).await?;
    Ok(Json(DelayPlanDto::of(&plan, language)))
}

/// Orders that were paid and have not left, and by when each is to.
#[utoipa::path(get, path = "/api/v1/orders/unsent", tag = "orders", responses((status = 200, body = UnsentOrdersDto)))]
pub(crate) async fn orders_unsent_get(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    language: Language,
) -> Result<Json<UnsentOrdersDto>, Problem> {
    let view = orders_unsent(&api.desk, &caller.0).await?;
    Ok(Json(UnsentOrdersDto::of(view, language)))
}
