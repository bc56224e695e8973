//! Opening a case on the buyer's behalf.
//!
//! Must not know: whether it is justified. Tests: `tests/it/stories.rs`, `tests/it/safety.rs`.

use amends_app::cases::case_open::case_open as open;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::body::Keyed;
use crate::credential::{Handle, StaffCaller};
use crate::dto::case_open::CaseOpenBody;
use crate::dto::case_write::{Accepted, accepted};
use crate::headers::KeyHeader;
use crate::problem::Problem;
use crate::state::ApiState;

/// Open a case on an order.
#[utoipa::path(post, path = "/api/v1/cases", tag = "cases", request_body = CaseOpenBody, params(KeyHeader), responses((status = 201, body = Accepted)))]
pub(crate) async fn case_open(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Keyed(body, safety): Keyed<CaseOpenBody>,
) -> Result<Response, Problem> {
    let committed = open(&api.desk, &caller.caller(), body.open()?, Some(safety.key)).await?;
    Ok(accepted(StatusCode::CREATED, &committed))
}
