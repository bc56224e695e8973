//! API tokens of shop systems and programs.
//!
//! Must not know: token secrets; they come hashed. Tests: `tests/it/statements.rs`.

use amends_domain::actor::Role;
use amends_domain::digest::Digest;
use amends_domain::ids::{ShopId, TokenId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// A token to be issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Digest of its secret.
    pub hash: Digest,
    /// Its id, which may be shown.
    pub id: TokenId,
    /// For which shop.
    pub shop: ShopId,
    /// In which role its bearer acts.
    pub role: Role,
    /// What it is for.
    pub label: String,
    /// When it was issued.
    pub at: Moment,
    /// When it ends by itself.
    pub expires_at: Option<Moment>,
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: TokenId,
    /// For which shop.
    pub shop: ShopId,
    /// In which role its bearer acts.
    pub role: Role,
    /// What it is for.
    pub label: String,
    /// When it was issued.
    pub created_at: Moment,
    /// When it ends by itself.
    pub expires_at: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

const TOKEN: &str =
    "SELECT token_id, shop_id, role, label, created_at, expires_at, revoked_at FROM api_tokens";

fn token(mut row: Row) -> Result<TokenRow, StoreError> {
    Ok(TokenRow {
        id: row.parsed()?,
        shop: row.parsed()?,
        role: row.named(Role::named)?,
        label: row.text()?,
        created_at: row.moment()?,
        expires_at: row.moment_or_none()?,
        revoked_at: row.moment_or_none()?,
    })
}

impl Store {
    /// Issues a token.
    pub async fn token_insert(&self, token: &NewToken) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO api_tokens \
            (token, token_id, shop_id, role, label, created_at, expires_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = args![
            token.hash,
            token.id,
            token.shop,
            token.role.code(),
            token.label.as_str(),
            token.at,
            token.expires_at
        ];
        self.db().execute(INSERT, values).await?;
        Ok(())
    }

    /// A token by the digest of its secret, ended or not.
    pub async fn token_by_hash(&self, hash: Digest) -> Result<Option<TokenRow>, StoreError> {
        let query = format!("{TOKEN} WHERE token = $1");
        self.db()
            .fetch_first(&query, args![hash])
            .await?
            .map(token)
            .transpose()
    }

    /// Revokes a token of this shop; `false` when there is none, or it was revoked.
    pub async fn token_revoke(&self, shop: ShopId, id: TokenId, at: Moment) -> Result<bool, StoreError> {
        const REVOKE: &str = "UPDATE api_tokens SET revoked_at = $3 \
            WHERE shop_id = $1 AND token_id = $2 AND revoked_at IS NULL";
        Ok(self.db().execute(REVOKE, args![shop, id, at]).await? == 1)
    }

    /// Tokens of a shop, newest first.
    pub async fn tokens_list(&self, shop: ShopId) -> Result<Vec<TokenRow>, StoreError> {
        let query = format!("{TOKEN} WHERE shop_id = $1 ORDER BY created_at DESC, token_id DESC");
        self.db()
            .fetch(&query, args![shop])
            .await?
            .into_iter()
            .map(token)
            .collect()
    }
}
