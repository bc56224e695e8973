//! What buyers and people of the shop were told about a case.
//!
//! Must not know: how notices leave. Tests: `tests/it/notices.rs`.

use amends_app::notices::notices_of_case;
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::State;

use crate::credential::{Read, StaffCaller};
use crate::dto::notices::NoticesDto;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// The notices of a case, oldest first, with what became of each; addresses are masked.
#[utoipa::path(get, path = "/api/v1/cases/{id}/notices", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = NoticesDto)))]
pub(crate) async fn case_notices(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Id(id): Id<CaseId>,
) -> Result<Json<NoticesDto>, Problem> {
    let rows = notices_of_case(&api.desk, &caller.0, id).await?;
    Ok(Json(NoticesDto::of(rows)))
}
