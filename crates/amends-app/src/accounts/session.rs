//! Sessions: signing in and out. The cookie's secret is stored only as a digest.
//!
//! Must not know: cookies. Tests: `amends-api/tests/it/accounts.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{SessionId, ShopId};
use amends_domain::time::Moment;
use amends_store::NewSession;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::password;
use crate::caller::Staff;
use crate::clock::wall_now;
use crate::desk::Desk;
use crate::error::AppError;

/// How long a session lasts, in milliseconds: a working day.
pub const SESSION_MILLIS: i64 = 12 * 3_600_000;

/// A fresh session; the secret is told once and never stored.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// What the browser keeps.
    pub secret: String,
    /// Until when.
    pub expires_at: Moment,
    /// Who it is.
    pub staff: Staff,
}

pub(super) fn secret_digest(secret: &str) -> Digest {
    Digest::of(&[b"credential", secret.as_bytes()])
}

pub(super) fn fresh_secret(desk: &Desk) -> String {
    URL_SAFE_NO_PAD.encode(desk.random.bytes::<32>())
}

/// Signs somebody in to a shop he belongs to; without a shop's name, to his only or first one.
pub async fn sign_in(
    desk: &Desk,
    login: &str,
    pass: &str,
    shop_name: Option<&str>,
) -> Result<SignedIn, AppError> {
    let person = desk
        .store
        .person_by_login(login)
        .await?
        .filter(|person| person.disabled_at.is_none());
    let stored = person.as_ref().map(|person| person.password_hash.clone());
    let fits = password::fits(pass, stored).await?;
    let person = person.filter(|_| fits).ok_or(AppError::WrongPassword)?;
    let wanted: Option<ShopId> = match shop_name {
        Some(name) => Some(
            desk.store
                .shop_by_name(name)
                .await?
                .ok_or(AppError::WrongPassword)?
                .id,
        ),
        None => None,
    };
    let memberships = desk.store.memberships_of(person.id).await?;
    let membership = memberships
        .iter()
        .find(|membership| wanted.is_none_or(|shop| membership.shop == shop));
    let membership = membership.ok_or(AppError::WrongPassword)?;
    let now = wall_now();
    let secret = fresh_secret(desk);
    let expires_at = now.plus_millis(SESSION_MILLIS);
    let session = NewSession {
        id: desk.random.id::<SessionId>(now),
        hash: secret_digest(&secret),
        person: person.id,
        shop: membership.shop,
        at: now,
        expires_at,
    };
    desk.store.session_insert(&session).await?;
    let staff = Staff {
        shop: membership.shop,
        person: person.id,
        role: membership.role,
        token: None,
    };
    Ok(SignedIn {
        secret,
        expires_at,
        staff,
    })
}

/// Whose session a secret is.
pub async fn session_of(desk: &Desk, secret: &str) -> Result<Staff, AppError> {
    let row = desk
        .store
        .session_by_hash(secret_digest(secret))
        .await?
        .ok_or(AppError::Unauthenticated)?;
    if row.revoked_at.is_some() || row.expires_at <= wall_now() {
        return Err(AppError::Unauthenticated);
    }
    Ok(Staff {
        shop: row.shop,
        person: row.person,
        role: row.role,
        token: None,
    })
}

/// Ends a session.
pub async fn sign_out(desk: &Desk, secret: &str) -> Result<(), AppError> {
    if let Some(row) = desk.store.session_by_hash(secret_digest(secret)).await? {
        desk.store.session_revoke(row.session, wall_now()).await?;
    }
    Ok(())
}

/// Ends every session of somebody.
pub async fn sign_out_everywhere(desk: &Desk, staff: &Staff) -> Result<(), AppError> {
    desk.store.sessions_revoke_all(staff.person, wall_now()).await?;
    Ok(())
}
