//! The shop's people.
//!
//! Must not know: passwords' hashes. Tests: `tests/it/accounts.rs`, `tests/it/people.rs`.

use amends_app::accounts::people::{PersonAdd, people_list, person_add as add};
use amends_app::accounts::people_manage as manage;
use amends_app::caller::Right;
use amends_domain::ids::PersonId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::body::Body;
use crate::credential::{Handle, Manage, SignedIn, StaffCaller};
use crate::dto::account::{
    MembershipBody, People, PersonAddBody, PersonAdded, PersonDto, PersonPasswordBody,
};
use crate::dto::values::At;
use crate::params::{Id, Peer};
use crate::problem::{Fault, Problem};
use crate::state::ApiState;

/// Who belongs to the shop. Names to sign in with are told to those who manage people only.
#[utoipa::path(get, path = "/api/v1/people", tag = "accounts", responses((status = 200, body = People)))]
pub(crate) async fn people(
    State(api): State<ApiState>,
    caller: StaffCaller<Handle>,
) -> Result<Json<People>, Problem> {
    let members = people_list(&api.desk, &caller.0).await?;
    let manages = caller.0.may(Right::Manage);
    let people = members.into_iter().map(|member| PersonDto {
        id: member.person,
        login: manages.then_some(member.login),
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

/// Bar somebody else from signing in, and end his sessions.
#[utoipa::path(post, path = "/api/v1/people/{id}/disable", tag = "accounts", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn person_disable(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    Id(id): Id<PersonId>,
) -> Result<StatusCode, Problem> {
    manage::person_disable(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let somebody sign in again.
#[utoipa::path(post, path = "/api/v1/people/{id}/enable", tag = "accounts", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn person_enable(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    Id(id): Id<PersonId>,
) -> Result<StatusCode, Problem> {
    manage::person_enable(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change one's own password, or as the owner somebody else's; all his sessions end.
#[utoipa::path(put, path = "/api/v1/people/{id}/password", tag = "accounts", params(("id" = String, Path)), request_body = PersonPasswordBody, responses((status = 204)))]
pub(crate) async fn person_password(
    State(api): State<ApiState>,
    Peer(peer): Peer,
    SignedIn { staff, .. }: SignedIn,
    Id(id): Id<PersonId>,
    Body(body): Body<PersonPasswordBody>,
) -> Result<StatusCode, Problem> {
    if id == staff.person {
        // Whoever found a session open must not find the password by guessing.
        api.limiter
            .attempt(&id.to_string(), peer)
            .map_err(|retry_after_seconds| Fault::TooManyAttempts { retry_after_seconds })?;
    }
    manage::person_password(&api.desk, &staff, id, body.old.as_deref(), &body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give somebody else another role in the shop.
#[utoipa::path(put, path = "/api/v1/people/{id}/membership", tag = "accounts", params(("id" = String, Path)), request_body = MembershipBody, responses((status = 204)))]
pub(crate) async fn membership_set(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    Id(id): Id<PersonId>,
    Body(body): Body<MembershipBody>,
) -> Result<StatusCode, Problem> {
    manage::membership_set(&api.desk, &caller.0, id, body.role.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take somebody else's role in the shop away.
#[utoipa::path(delete, path = "/api/v1/people/{id}/membership", tag = "accounts", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn membership_remove(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    Id(id): Id<PersonId>,
) -> Result<StatusCode, Problem> {
    manage::membership_remove(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
