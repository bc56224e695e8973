//! API tokens: for shop systems and other programs. Stored only as a digest.
//!
//! Must not know: headers. Tests: `amends-api/tests/it/accounts.rs`.

use amends_domain::actor::Role;
use amends_domain::ids::{PersonId, ShopId, TokenId};
use amends_domain::time::Moment;
use amends_store::{NewToken, TokenRow};

use super::session::{fresh_secret, secret_digest};
use crate::caller::{Right, Staff};
use crate::clock::wall_now;
use crate::desk::Desk;
use crate::error::AppError;
use crate::orders::draft::required;

/// What a token's secret begins with, so that a leaked one is recognised.
pub const PREFIX: &str = "amends_";

/// A fresh token; the secret is told once and never stored.
#[derive(Debug, Clone)]
pub struct TokenCreated {
    /// Its id, by which it is revoked.
    pub id: TokenId,
    /// What the program sends.
    pub secret: String,
}

/// Creates a token, as an admin of the shop.
pub async fn token_create(
    desk: &Desk,
    staff: &Staff,
    role: Role,
    label: &str,
    expires_at: Option<Moment>,
) -> Result<TokenCreated, AppError> {
    staff.require(Right::Manage)?;
    token_issue(desk, staff.shop, role, label, expires_at).await
}

/// Creates a token from the command line, where whoever reaches the database may.
pub async fn token_issue(
    desk: &Desk,
    shop: ShopId,
    role: Role,
    label: &str,
    expires_at: Option<Moment>,
) -> Result<TokenCreated, AppError> {
    required("label", label)?;
    let now = wall_now();
    let secret = format!("{PREFIX}{}", fresh_secret(desk));
    let id: TokenId = desk.random.id(now);
    let token = NewToken {
        id,
        hash: secret_digest(&secret),
        shop,
        role,
        label: label.to_owned(),
        at: now,
        expires_at,
    };
    desk.store.token_insert(&token).await?;
    Ok(TokenCreated { id, secret })
}

/// Whose token a secret is.
pub async fn token_of(desk: &Desk, secret: &str) -> Result<Staff, AppError> {
    let row = desk
        .store
        .token_by_hash(secret_digest(secret))
        .await?
        .ok_or(AppError::Unauthenticated)?;
    if row.revoked_at.is_some() || row.expires_at.is_some_and(|expires_at| expires_at <= wall_now()) {
        return Err(AppError::Unauthenticated);
    }
    // A token acts under its own id, so that the audit tells it from people.
    Ok(Staff {
        shop: row.shop,
        person: PersonId::from(row.id),
        role: row.role,
        token: Some(row.id),
    })
}

/// The shop's tokens, without secrets.
pub async fn tokens_list(desk: &Desk, staff: &Staff) -> Result<Vec<TokenRow>, AppError> {
    staff.require(Right::Manage)?;
    Ok(desk.store.tokens_list(staff.shop).await?)
}

/// Ends a token.
pub async fn token_revoke(desk: &Desk, staff: &Staff, id: TokenId) -> Result<(), AppError> {
    staff.require(Right::Manage)?;
    if desk.store.token_revoke(staff.shop, id, wall_now()).await? {
        Ok(())
    } else {
        Err(AppError::NotFound { what: "token" })
    }
}
