//! How long cases took, beside the shop's own goal.
//!
//! Must not know: SQL. Tests: `tests/it/closures.rs`, `tests/it/walk.rs`.

use amends_app::cases::Closures;
use amends_app::cases::case_closures::{ClosuresView, case_closures};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::credential::{Read, StaffCaller};
use crate::dto::policy::ClauseDto;
use crate::dto::values::At;
use crate::dto::words::Kind;
use crate::language::Language;
use crate::params::Params;
use crate::problem::Problem;
use crate::state::ApiState;

/// When cases closed.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ClosuresQuery {
    /// Then or later; thirty days before `until` when it is not said.
    #[serde(default)]
    from: Option<At>,
    /// Before; now when it is not said.
    #[serde(default)]
    until: Option<At>,
}

/// How long closed cases took from their request to their closure.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClosuresDto {
    /// Closed then or later.
    from: At,
    /// And before.
    until: At,
    /// The shop's goal for the mean, where it has set itself one.
    goal: Option<ClosureGoalDto>,
    /// How many closed.
    closed: u64,
    /// What they took on the mean, in milliseconds; absent where none closed.
    mean_ms: Option<i64>,
    /// The same for each kind.
    kinds: Vec<KindClosuresDto>,
}

/// The goal (CLK-17).
#[derive(Serialize, ToSchema)]
pub(crate) struct ClosureGoalDto {
    /// The clause that sets it.
    clause: ClauseDto,
    /// As the policy writes it.
    #[schema(example = "3d")]
    length: String,
}

/// Closed cases of one kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct KindClosuresDto {
    /// The kind it was at the end.
    #[schema(value_type = Kind)]
    kind: String,
    /// How many.
    closed: u64,
    /// What they took on the mean, in milliseconds.
    mean_ms: Option<i64>,
}

/// How long closed cases took, beside the goal.
#[utoipa::path(get, path = "/api/v1/cases/closures", tag = "cases", params(ClosuresQuery), responses((status = 200, body = ClosuresDto)))]
pub(crate) async fn cases_closures(
    State(api): State<ApiState>,
    language: Language,
    caller: StaffCaller<Read>,
    Params(query): Params<ClosuresQuery>,
) -> Result<Json<ClosuresDto>, Problem> {
    let (from, until) = (query.from.map(|at| at.0), query.until.map(|at| at.0));
    let view = case_closures(&api.desk, &caller.caller(), from, until).await?;
    let goal = view.goal().map(|(clause, length)| ClosureGoalDto {
        clause: ClauseDto::of(&view.policy, clause, language),
        length: length.to_string(),
    });
    let kind = |of: &Closures| {
        let (closed, mean_ms) = ClosuresView::mean(std::slice::from_ref(of));
        KindClosuresDto {
            kind: of.kind.clone(),
            closed,
            mean_ms,
        }
    };
    let (closed, mean_ms) = ClosuresView::mean(&view.kinds);
    Ok(Json(ClosuresDto {
        from: view.from.into(),
        until: view.until.into(),
        goal,
        closed,
        mean_ms,
        kinds: view.kinds.iter().map(kind).collect(),
    }))
}
