//! Sessions, people and tokens over the wire.
//!
//! Must not know: passwords' hashes. Tests: `tests/it/accounts.rs`.

use amends_domain::ids::{PersonId, ShopId, TokenId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::At;
use super::words::Role;

/// To sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// The name to sign in with.
    pub(crate) login: String,
    /// The password.
    #[schema(format = Password)]
    pub(crate) password: String,
    /// The shop's name; without it, the only or first one.
    #[serde(default)]
    pub(crate) shop: Option<String>,
}

/// A session that was started. Its secret is in the cookie alone.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionStarted {
    /// In which role.
    pub(crate) role: Role,
    /// In which shop.
    #[schema(value_type = String)]
    pub(crate) shop: ShopId,
    /// Until when.
    pub(crate) expires_at: At,
}

/// Who is asking.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// Whose shop.
    #[schema(value_type = String)]
    pub(crate) shop: ShopId,
    /// Its name.
    pub(crate) shop_name: String,
    /// Who.
    #[schema(value_type = String)]
    pub(crate) person: PersonId,
    /// The name others see; of a token, none.
    pub(crate) display_name: Option<String>,
    /// In which role.
    pub(crate) role: Role,
    /// The token, when it is one.
    #[schema(value_type = Option<String>)]
    pub(crate) token: Option<TokenId>,
}

/// Somebody to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonAddBody {
    /// The name to sign in with, unique in the installation.
    pub(crate) login: String,
    /// At least 10 characters.
    #[schema(format = Password)]
    pub(crate) password: String,
    /// What others see.
    pub(crate) display_name: String,
    /// The role in the shop.
    pub(crate) role: Role,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonPasswordBody {
    /// The one until now; needed for one's own.
    #[serde(default)]
    #[schema(format = Password)]
    pub(crate) old: Option<String>,
    /// The new one: at least 10 characters.
    #[schema(format = Password)]
    pub(crate) password: String,
}

/// Another role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MembershipBody {
    /// The one from now on.
    pub(crate) role: Role,
}

/// Somebody who was added.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonAdded {
    /// Who.
    #[schema(value_type = String)]
    pub(crate) id: PersonId,
}

/// Somebody of the shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonDto {
    /// Who.
    #[schema(value_type = String)]
    pub(crate) id: PersonId,
    /// The name to sign in with; none for those who do not manage people.
    pub(crate) login: Option<String>,
    /// What others see.
    pub(crate) display_name: String,
    /// The role.
    pub(crate) role: Role,
    /// Since when he may no longer sign in.
    pub(crate) disabled_at: Option<At>,
}

/// The shop's people.
#[derive(Serialize, ToSchema)]
pub(crate) struct People {
    /// By login.
    pub(crate) people: Vec<PersonDto>,
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenCreateBody {
    /// In which role its bearer acts.
    pub(crate) role: Role,
    /// What it is for.
    pub(crate) label: String,
    /// When it ends by itself.
    #[serde(default)]
    pub(crate) expires_at: Option<At>,
}

/// A token that was made. The secret is told here and never again.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenMade {
    /// By which it is revoked.
    #[schema(value_type = String)]
    pub(crate) id: TokenId,
    /// For `Authorization: Bearer …`.
    pub(crate) secret: String,
}

/// A token, without its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenDto {
    /// By which it is revoked.
    #[schema(value_type = String)]
    pub(crate) id: TokenId,
    /// In which role its bearer acts.
    pub(crate) role: Role,
    /// What it is for.
    pub(crate) label: String,
    /// When it was made.
    pub(crate) created_at: At,
    /// When it ends by itself.
    pub(crate) expires_at: Option<At>,
    /// When it was revoked.
    pub(crate) revoked_at: Option<At>,
}

/// The shop's tokens.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tokens {
    /// Newest first.
    pub(crate) tokens: Vec<TokenDto>,
}
