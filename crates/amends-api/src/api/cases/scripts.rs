//! Words to begin an answer with.
//!
//! Must not know: the words. Tests: `tests/it/scripts.rs`, `tests/it/walk.rs`.

use amends_app::cases::case_read::case_get;
use amends_app::scripts::case_scripts;
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::State;

use crate::credential::{Handle, StaffCaller};
use crate::dto::scripts::ScriptsDto;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// Scripts for an answer in this case, filled with what it says, in the language the shop writes to buyers.
#[utoipa::path(get, path = "/api/v1/cases/{id}/scripts", tag = "cases", params(("id" = String, Path)), responses((status = 200, body = ScriptsDto)))]
pub(crate) async fn case_scripts_list(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
    Id(id): Id<CaseId>,
) -> Result<Json<ScriptsDto>, Problem> {
    let staff = caller.0.clone();
    let view = case_get(&api.desk, &caller.caller(), id).await?;
    let scripts = case_scripts(&api.desk, &staff, &view).await?;
    Ok(Json(ScriptsDto {
        scripts: scripts.into_iter().map(Into::into).collect(),
    }))
}
