//! What carriers cost the shop.
//!
//! Must not know: SQL. Tests: `tests/it/recourses.rs`, `tests/it/walk.rs`.

use amends_app::cases::CarrierLosses;
use amends_app::cases::case_losses::case_losses;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::credential::{Read, StaffCaller};
use crate::dto::values::{At, MoneyDto};
use crate::params::Params;
use crate::problem::Problem;
use crate::state::ApiState;

/// When something went wrong.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LossesQuery {
    /// Noticed then or later; thirty days before `until` when it is not said.
    #[serde(default)]
    from: Option<At>,
    /// Before; now when it is not said.
    #[serde(default)]
    until: Option<At>,
}

/// What carriers cost the shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct LossesDto {
    /// Noticed then or later.
    from: At,
    /// And before.
    until: At,
    /// The dearest first; one row a currency.
    carriers: Vec<CarrierLossesDto>,
}

/// What one carrier's parcels came to.
#[derive(Serialize, ToSchema)]
pub(crate) struct CarrierLossesDto {
    /// Its name, as it was entered.
    carrier: String,
    /// Parcels that took too long.
    delays: u64,
    /// Parcels that were lost.
    losses: u64,
    /// Parcels that were damaged.
    damages: u64,
    /// What their buyers got.
    paid: MoneyDto,
    /// What the carrier was asked for.
    asked: MoneyDto,
    /// What it paid.
    received: MoneyDto,
    /// How many claims are still open.
    open: u64,
}

impl CarrierLossesDto {
    fn of(of: CarrierLosses) -> Self {
        let money = |minor| MoneyDto::of(minor, of.currency);
        Self {
            delays: of.delays,
            losses: of.losses,
            damages: of.damages,
            paid: money(of.paid_minor),
            asked: money(of.asked_minor),
            received: money(of.received_minor),
            open: of.open,
            carrier: of.carrier,
        }
    }
}

/// What carriers cost the shop: parcels that went wrong, what their buyers got, what came back.
#[utoipa::path(get, path = "/api/v1/cases/losses", tag = "cases", params(LossesQuery), responses((status = 200, body = LossesDto)))]
pub(crate) async fn cases_losses(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<LossesQuery>,
) -> Result<Json<LossesDto>, Problem> {
    let (from, until) = (query.from.map(|at| at.0), query.until.map(|at| at.0));
    let view = case_losses(&api.desk, &caller.0, from, until).await?;
    Ok(Json(LossesDto {
        from: view.from.into(),
        until: view.until.into(),
        carriers: view.carriers.into_iter().map(CarrierLossesDto::of).collect(),
    }))
}
