//! What everybody has in hand.
//!
//! Must not know: SQL. Tests: `tests/it/board.rs`, `tests/it/walk.rs`.

use amends_app::cases::case_workload::{InHand, cases_workload as workload};
use amends_domain::ids::PersonId;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::credential::{Handle, StaffCaller};
use crate::dto::words::Role;
use crate::problem::Problem;
use crate::state::ApiState;

/// Open cases by whose they are.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkloadDto {
    /// Nobody's first, then by name.
    people: Vec<InHandDto>,
}

/// What one person has in hand.
#[derive(Serialize, ToSchema)]
pub(crate) struct InHandDto {
    /// Who; absent for what is nobody's.
    #[schema(value_type = Option<String>)]
    person: Option<PersonId>,
    /// The name others see.
    name: Option<String>,
    /// His role.
    role: Option<Role>,
    /// Open cases.
    open: u64,
    /// Whose first clock has ended.
    overdue: u64,
    /// Whose first clock ends within two hours.
    due_soon: u64,
    /// Where the shop must act next.
    awaiting_shop: u64,
    /// That call for somebody higher.
    escalated: u64,
}

impl InHandDto {
    fn of(in_hand: InHand) -> Self {
        let (person, name, role) = match in_hand.person {
            Some((person, name, role)) => (Some(person), Some(name), Some(role.into())),
            None => (None, None, None),
        };
        let of = in_hand.workload;
        Self {
            person,
            name,
            role,
            open: of.open,
            overdue: of.overdue,
            due_soon: of.due_soon,
            awaiting_shop: of.awaiting_shop,
            escalated: of.escalated,
        }
    }
}

/// What everybody has in hand.
#[utoipa::path(get, path = "/api/v1/cases/workload", tag = "cases", responses((status = 200, body = WorkloadDto)))]
pub(crate) async fn cases_workload(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
) -> Result<Json<WorkloadDto>, Problem> {
    let people = workload(&api.desk, &caller.0).await?;
    let people = people.into_iter().map(InHandDto::of).collect();
    Ok(Json(WorkloadDto { people }))
}
