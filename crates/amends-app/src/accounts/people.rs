//! People: adding somebody to a shop and listing who is there.
//!
//! Must not know: sessions. Tests: `amends-api/tests/it/accounts.rs`.

use amends_domain::actor::Role;
use amends_domain::ids::PersonId;
use amends_store::{Member, PersonRow};

use super::password;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::orders::draft::required;

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct PersonAdd {
    /// The name he signs in with.
    pub login: String,
    /// His password, in the clear; hashed at once.
    pub password: String,
    /// What others see.
    pub display_name: String,
    /// His role in the shop.
    pub role: Role,
}

/// Adds somebody to the admin's shop.
pub async fn person_add(desk: &Desk, staff: &Staff, person: PersonAdd) -> Result<PersonId, AppError> {
    staff.require(Right::Manage)?;
    let role = person.role;
    let new = person_new(desk, person).await?;
    if desk.store.person_enrol(staff.shop, &new, role).await? {
        Ok(new.id)
    } else {
        Err(AppError::Taken { what: "login" })
    }
}

/// Checks everything about somebody, and hashes his password; nothing is written.
pub(crate) async fn person_new(desk: &Desk, person: PersonAdd) -> Result<PersonRow, AppError> {
    required("login", &person.login)?;
    required("display_name", &person.display_name)?;
    let password_hash = password::hashed(&person.password, &desk.random).await?;
    let now = desk.clock.now();
    Ok(PersonRow {
        id: desk.random.id(now),
        login: person.login,
        password_hash,
        display_name: person.display_name,
        disabled_at: None,
        created_at: now,
    })
}

/// Who belongs to the shop: whoever handles cases hands them to others.
pub async fn people_list(desk: &Desk, staff: &Staff) -> Result<Vec<Member>, AppError> {
    staff.require(Right::Handle)?;
    Ok(desk.store.members_of(staff.shop).await?)
}

/// The name others see of who asks; of a token, none.
pub async fn person_name(desk: &Desk, staff: &Staff) -> Result<Option<String>, AppError> {
    let members = desk.store.members_of(staff.shop).await?;
    let member = members.into_iter().find(|member| member.person == staff.person);
    Ok(member.map(|member| member.display_name))
}
