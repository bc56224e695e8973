//! The shop's people.
//!
//! Must not know: passwords' hashes. Tests: `tests/it/accounts.rs`.

use amends_app::accounts::people::{PersonAdd, people_list, person_add as add};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::body::Body;
use crate::credential::{Manage, StaffCaller};
use crate::dto::account::{People, PersonAddBody, PersonAdded, PersonDto};
use crate::dto::values::At;
use crate::problem::Problem;
use crate::state::ApiState;

/// Who belongs to the shop.
#[utoipa::path(get, path = "/api/v1/people", tag = "accounts", responses((status = 200, body = People)))]
pub(crate) async fn people(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
) -> Result<Json<People>, Problem> {
    let members = people_list(&api.desk, &caller.0).await?;
    let people = members.into_iter().map(|member| PersonDto {
        id: member.person,
        login: member.login,
        display_name: member.display_name,
        role: member.role.into(),
        disabled_at: member.disabled_at.map(At),
    });
    Ok(Json(People {
        people: people.collect(),
    }))
}

/// Add somebody.
#[utoipa::path(post, path = "/api/v1/people", tag = "accounts", request_body = PersonAddBody, responses((status = 201, body = PersonAdded)))]
pub(crate) async fn person_add(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    Body(body): Body<PersonAddBody>,
) -> Result<(StatusCode, Json<PersonAdded>), Problem> {
    let PersonAddBody {
        login,
        password,
        display_name,
        role,
    } = body;
    let person = PersonAdd {
        login,
        password,
        display_name,
        role: role.into(),
    };
    let id = add(&api.desk, &caller.0, person).await?;
    Ok((StatusCode::CREATED, Json(PersonAdded { id })))
}
