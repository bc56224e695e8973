//! Search: one box for numbers, waybills, nicknames and words.
//!
//! Must not know: where it is looked for. Tests: `tests/it/queue.rs`.

use amends_app::cases::case_queue::cases_orders;
use amends_app::cases::case_search::search as find;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::credential::{Read, StaffCaller};
use crate::dto::search::FoundDto;
use crate::params::Params;
use crate::problem::Problem;
use crate::state::ApiState;

/// What to look for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// A case's number (`#123`), an order's number or its beginning, a waybill, a buyer's whole
    /// nickname, or words of a message or note; 1 to 100 characters.
    q: String,
}

/// Find cases and orders by what one has in hand.
#[utoipa::path(get, path = "/api/v1/search", tag = "cases", params(SearchQuery), responses((status = 200, body = FoundDto)))]
pub(crate) async fn search(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<SearchQuery>,
) -> Result<Json<FoundDto>, Problem> {
    let found = find(&api.desk, &caller.0, &query.q).await?;
    let rows = found.cases.iter().map(|found| &found.row);
    let about = cases_orders(&api.desk, caller.0.shop, rows).await?;
    Ok(Json(FoundDto::of(&found, &about)))
}
