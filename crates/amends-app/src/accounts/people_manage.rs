//! People who are there already: barring somebody and letting him in again, passwords, roles, leaving.
//!
//! An account is the installation's, a membership the shop's: an admin decides over accounts that
//! belong to his shop alone. Must not know: cookies. Tests: `amends-api/tests/it/people.rs`.

use amends_domain::actor::Role;
use amends_domain::ids::PersonId;
use amends_store::PersonRow;

use super::password;
use crate::caller::{Right, Staff};
use crate::clock::wall_now;
use crate::desk::Desk;
use crate::error::AppError;

/// Bars somebody else from signing in, and ends his sessions.
pub async fn person_disable(desk: &Desk, staff: &Staff, person: PersonId) -> Result<(), AppError> {
    another(staff, person)?;
    account(desk, staff, person).await?;
    desk.store
        .person_set_disabled(person, Some(desk.clock.now()))
        .await?;
    desk.store.sessions_revoke_all(person, wall_now()).await?;
    Ok(())
}

/// Lets somebody sign in again.
pub async fn person_enable(desk: &Desk, staff: &Staff, person: PersonId) -> Result<(), AppError> {
    staff.require(Right::Manage)?;
    account(desk, staff, person).await?;
    desk.store.person_set_disabled(person, None).await?;
    Ok(())
}

/// Gives somebody a new password and ends all his sessions: his own with the old one, another's as
/// an admin.
pub async fn person_password(
    desk: &Desk,
    staff: &Staff,
    person: PersonId,
    old: Option<&str>,
    new: &str,
) -> Result<(), AppError> {
    if person == staff.person {
        let row = member(desk, staff, person).await?;
        if !password::fits(old.unwrap_or_default(), Some(row.password_hash)).await? {
            return Err(AppError::WrongPassword);
        }
    } else {
        staff.require(Right::Manage)?;
        account(desk, staff, person).await?;
    }
    let hash = password::hashed(new, &desk.random).await?;
    desk.store.person_set_password(person, &hash).await?;
    desk.store.sessions_revoke_all(person, wall_now()).await?;
    Ok(())
}

/// Gives somebody else another role in the shop; it counts from his next request on.
pub async fn membership_set(
    desk: &Desk,
    staff: &Staff,
    person: PersonId,
    role: Role,
) -> Result<(), AppError> {
    another(staff, person)?;
    member(desk, staff, person).await?;
    Ok(desk.store.membership_set(staff.shop, person, role).await?)
}

/// Takes somebody else's role in the shop away; his sessions there end with it.
pub async fn membership_remove(desk: &Desk, staff: &Staff, person: PersonId) -> Result<(), AppError> {
    another(staff, person)?;
    if desk.store.membership_remove(staff.shop, person).await? {
        Ok(())
    } else {
        Err(AppError::NotFound { what: "person" })
    }
}

/// An admin acts on others: nobody locks himself out.
fn another(staff: &Staff, person: PersonId) -> Result<(), AppError> {
    staff.require(Right::Manage)?;
    if person == staff.person {
        return Err(AppError::Oneself);
    }
    Ok(())
}

/// Somebody of the shop.
async fn member(desk: &Desk, staff: &Staff, person: PersonId) -> Result<PersonRow, AppError> {
    let nobody = AppError::NotFound { what: "person" };
    let memberships = desk.store.memberships_of(person).await?;
    if !memberships.iter().any(|membership| membership.shop == staff.shop) {
        return Err(nobody);
    }
    desk.store.person_by_id(person).await?.ok_or(nobody)
}

/// Somebody whose account is this shop's to decide over: an admin of one shop must not reach
/// another shop through somebody who works in both.
async fn account(desk: &Desk, staff: &Staff, person: PersonId) -> Result<(), AppError> {
    member(desk, staff, person).await?;
    let memberships = desk.store.memberships_of(person).await?;
    if memberships.iter().any(|membership| membership.shop != staff.shop) {
        return Err(AppError::OtherShops);
    }
    Ok(())
}
