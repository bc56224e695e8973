//! People: adding somebody to a shop and listing who is there.
//!
//! Must not know: sessions. Tests: `amends-api/tests/it/accounts.rs`.

use amends_domain::actor::Role;
use amends_domain::ids::{PersonId, ShopId};
use amends_store::{Member, PersonRow};

use super::password::{self, PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
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
    person_enrol(desk, staff.shop, person).await
}

/// Adds somebody without asking who asks: for founding a shop.
pub(crate) async fn person_enrol(desk: &Desk, shop: ShopId, person: PersonAdd) -> Result<PersonId, AppError> {
    required("login", &person.login)?;
    required("display_name", &person.display_name)?;
    let length = person.password.chars().count();
    if length < PASSWORD_CHARS_MIN || person.password.len() > PASSWORD_BYTES_MAX {
        let reason = format!(
            "must have at least {PASSWORD_CHARS_MIN} characters and at most {PASSWORD_BYTES_MAX} bytes"
        );
        return Err(AppError::Invalid {
            field: "password",
            reason,
        });
    }
    let now = desk.clock.now();
    let password_hash = password::hash(&person.password, &desk.random)
        .ok_or_else(|| AppError::Inconsistent("a password could not be hashed".to_owned()))?;
    let id: PersonId = desk.random.id(now);
    let new = PersonRow {
        id,
        login: person.login,
        password_hash,
        display_name: person.display_name,
        disabled_at: None,
        created_at: now,
    };
    if !desk.store.person_insert(&new).await? {
        return Err(AppError::Taken { what: "login" });
    }
    desk.store.membership_set(shop, id, person.role).await?;
    Ok(id)
}

/// Who belongs to the shop.
pub async fn people_list(desk: &Desk, staff: &Staff) -> Result<Vec<Member>, AppError> {
    staff.require(Right::Manage)?;
    Ok(desk.store.members_of(staff.shop).await?)
}
