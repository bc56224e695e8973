//! Buyers, masked; and forgetting one.
//!
//! Must not know: keys. Tests: `tests/it/orders.rs`.

use amends_app::buyers::buyer_access::{buyer_erase as erase, buyer_masked};
use amends_domain::ids::BuyerId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::credential::{Manage, Read, StaffCaller};
use crate::dto::order_draft::IdentityDto;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Who a buyer is, masked; empty once he was erased.
#[utoipa::path(get, path = "/api/v1/buyers/{id}", tag = "orders", params(("id" = String, Path)), responses((status = 200, body = IdentityDto)))]
pub(crate) async fn buyer(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<BuyerId>,
) -> Result<Json<IdentityDto>, Problem> {
    Ok(Json(IdentityDto::of(
        buyer_masked(&api.desk, &caller.0, id).await?,
    )))
}

/// Forget a buyer: identity, key, and every text of his cases.
#[utoipa::path(delete, path = "/api/v1/buyers/{id}", tag = "orders", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn buyer_erase(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    Id(id): Id<BuyerId>,
) -> Result<StatusCode, Problem> {
    erase(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
