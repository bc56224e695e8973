//! The block list: reading it, putting a buyer on it, taking him off.
//!
//! Must not know: what a block changes; the domain says so. Tests: `tests/it/blocks.rs`, `tests/it/walk.rs`.

use amends_app::abuse::blocks::{
    BlockAdd, block_add as add, block_days_max, block_lift as lift, blocks_list,
};
use amends_domain::ids::{BlockId, BuyerId};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::body::Body;
use crate::credential::{Blocks, Read, StaffCaller};
use crate::dto::abuse::{BlockAddBody, BlockDto, BlockLiftBody, BlocksDto};
use crate::params::{Id, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// Which entries to show.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BlocksQuery {
    /// Of one buyer.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    buyer: Option<BuyerId>,
    /// Also those that ended or were lifted.
    #[serde(default)]
    all: bool,
    /// Those behind this one: the last one's id of the page before.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    before: Option<BlockId>,
}

/// The block list of the shop: who stands on it now, or everybody who ever did.
#[utoipa::path(get, path = "/api/v1/blocks", tag = "abuse", params(BlocksQuery), responses((status = 200, body = BlocksDto)))]
pub(crate) async fn blocks(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<BlocksQuery>,
) -> Result<Json<BlocksDto>, Problem> {
    let rows = blocks_list(&api.desk, &caller.0, query.buyer, query.all, query.before).await?;
    let bound = block_days_max(&api.desk, &caller.0).await?;
    Ok(Json(BlocksDto::of(rows, bound, api.desk.clock.now())))
}

/// Put a buyer on the block list, for as long as the clause about it allows.
///
/// His requests are taken in as ever and go to a supervisor; every right of his stays. What ends is goodwill of
/// agents. Asked again while he stands on it, this is refused and changes nothing.
#[utoipa::path(post, path = "/api/v1/blocks", tag = "abuse", request_body = BlockAddBody, responses((status = 201, body = BlockDto)))]
pub(crate) async fn block_add(
    State(api): State<ApiState>,
    caller: StaffCaller<Blocks>,
    Body(body): Body<BlockAddBody>,
) -> Result<(StatusCode, Json<BlockDto>), Problem> {
    let entry = BlockAdd {
        buyer: body.buyer,
        case: body.case,
        reason: body.reason,
        until: body.until.0,
    };
    let row = add(&api.desk, &caller.0, entry).await?;
    Ok((StatusCode::CREATED, Json(BlockDto::of(row, api.desk.clock.now()))))
}

/// Take a buyer off the block list before his time.
#[utoipa::path(post, path = "/api/v1/blocks/{id}/lift", tag = "abuse", request_body = BlockLiftBody, params(("id" = String, Path)), responses((status = 200, body = BlockDto)))]
pub(crate) async fn block_lift(
    State(api): State<ApiState>,
    caller: StaffCaller<Blocks>,
    Id(id): Id<BlockId>,
    Body(body): Body<BlockLiftBody>,
) -> Result<Json<BlockDto>, Problem> {
    let row = lift(&api.desk, &caller.0, id, body.reason).await?;
    Ok(Json(BlockDto::of(row, api.desk.clock.now())))
}
