//! Signing in and out, and who one is.
//!
//! Must not know: how a password is checked. Tests: `tests/it/accounts.rs`.

use amends_app::accounts::people::person_name;
use amends_app::accounts::session::{SESSION_MILLIS, sign_in, sign_out, sign_out_everywhere};
use amends_app::orders::draft::bounded;
use amends_app::shops::shop_read::shop_get;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};

use crate::body::Body;
use crate::credential::{SESSION_COOKIE, SignedIn};
use crate::dto::account::{Me, SessionStarted, SignIn};
use crate::params::Peer;
use crate::problem::{Fault, Problem};
use crate::state::{Api, ApiState};

fn cookie(api: &Api, secret: &str, seconds: i64) -> [(axum::http::HeaderName, String); 1] {
    let secure = if api.options.secure_cookies {
        "; Secure"
    } else {
        ""
    };
    let value =
        format!("{SESSION_COOKIE}={secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}");
    [(SET_COOKIE, value)]
}

/// Sign in; the session's secret comes as a cookie.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "accounts", request_body = SignIn, responses((status = 201, body = SessionStarted)))]
pub(crate) async fn session_start(
    State(api): State<ApiState>,
    Peer(peer): Peer,
    Body(body): Body<SignIn>,
) -> Result<Response, Problem> {
    bounded("login", &body.login)?;
    bounded("shop", body.shop.as_deref().unwrap_or_default())?;
    api.limiter
        .attempt(&body.login, peer)
        .map_err(|retry_after_seconds| Fault::TooManyAttempts { retry_after_seconds })?;
    let signed_in = sign_in(&api.desk, &body.login, &body.password, body.shop.as_deref()).await?;
    let dto = SessionStarted {
        role: signed_in.staff.role.into(),
        shop: signed_in.staff.shop,
        expires_at: signed_in.expires_at.into(),
    };
    let cookie = cookie(&api, &signed_in.secret, SESSION_MILLIS / 1_000);
    Ok((StatusCode::CREATED, cookie, Json(dto)).into_response())
}

/// Sign out here.
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "accounts", responses((status = 204)))]
pub(crate) async fn session_end(
    State(api): State<ApiState>,
    signed_in: SignedIn,
) -> Result<Response, Problem> {
    if let Some(secret) = &signed_in.session {
        sign_out(&api.desk, secret).await?;
    }
    Ok((StatusCode::NO_CONTENT, cookie(&api, "", 0)).into_response())
}

/// Sign out everywhere.
#[utoipa::path(delete, path = "/api/v1/sessions", tag = "accounts", responses((status = 204)))]
pub(crate) async fn sessions_end(
    State(api): State<ApiState>,
    signed_in: SignedIn,
) -> Result<Response, Problem> {
    sign_out_everywhere(&api.desk, &signed_in.staff).await?;
    Ok((StatusCode::NO_CONTENT, cookie(&api, "", 0)).into_response())
}

/// Who is asking.
#[utoipa::path(get, path = "/api/v1/me", tag = "accounts", responses((status = 200, body = Me)))]
pub(crate) async fn me(State(api): State<ApiState>, signed_in: SignedIn) -> Result<Json<Me>, Problem> {
    let staff = signed_in.staff;
    let shop = shop_get(&api.desk, &staff).await?;
    Ok(Json(Me {
        shop: staff.shop,
        shop_name: shop.row.name,
        person: staff.person,
        display_name: person_name(&api.desk, &staff).await?,
        role: staff.role.into(),
        token: staff.token,
    }))
}
