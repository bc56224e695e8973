//! Tokens of programs.
//!
//! Must not know: secrets, after they were told. Tests: `tests/it/accounts.rs`.

use amends_app::accounts::token::{token_create as create, token_revoke as revoke, tokens_list};
use amends_domain::ids::TokenId;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::body::Body;
use crate::credential::{Manage, StaffCaller};
use crate::dto::account::{TokenCreateBody, TokenDto, TokenMade, Tokens};
use crate::dto::values::At;
use crate::headers::IDEMPOTENCY_KEY;
use crate::params::Id;
use crate::problem::Problem;
use crate::state::ApiState;

/// The shop's tokens.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "accounts", responses((status = 200, body = Tokens)))]
pub(crate) async fn tokens(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
) -> Result<Json<Tokens>, Problem> {
    let rows = tokens_list(&api.desk, &caller.0).await?;
    let tokens = rows.into_iter().map(|row| TokenDto {
        id: row.id,
        role: row.role.into(),
        label: row.label,
        created_at: row.created_at.into(),
        expires_at: row.expires_at.map(At),
        revoked_at: row.revoked_at.map(At),
    });
    Ok(Json(Tokens {
        tokens: tokens.collect(),
    }))
}

/// Make a token; its secret is told once.
///
/// Secrets are not kept, so a repeated request makes another token: an Idempotency-Key is refused.
/// Whoever did not get the answer revokes the token by its label and makes a new one.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "accounts", request_body = TokenCreateBody, responses((status = 201, body = TokenMade)))]
pub(crate) async fn token_create(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    headers: HeaderMap,
    Body(body): Body<TokenCreateBody>,
) -> Result<(StatusCode, Json<TokenMade>), Problem> {
    if headers.contains_key(IDEMPOTENCY_KEY) {
        let reason = "is not taken here: a token's secret is told once; send the request without it";
        return Err(Problem::invalid("Idempotency-Key", reason));
    }
    let expires_at = body.expires_at.map(|at| at.0);
    let token = create(&api.desk, &caller.0, body.role.into(), &body.label, expires_at).await?;
    Ok((
        StatusCode::CREATED,
        Json(TokenMade {
            id: token.id,
            secret: token.secret,
        }),
    ))
}

/// End a token.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "accounts", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn token_revoke(
    State(api): State<ApiState>,
    caller: StaffCaller<Manage>,
    Id(id): Id<TokenId>,
) -> Result<StatusCode, Problem> {
    revoke(&api.desk, &caller.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
