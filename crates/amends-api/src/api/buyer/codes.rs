//! One-time codes for buyers without a link.
//!
//! Must not know: whether such an order is there. Tests: `tests/it/codes.rs`, `tests/it/walk.rs`.

use amends_app::buyers::code::{Known, code_redeem, code_send};
use amends_app::notices;
use amends_app::orders::draft::bounded;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::Body;
use crate::dto::values::At;
use crate::language::Language;
use crate::params::Peer;
use crate::problem::{Fault, Problem};
use crate::state::{Api, ApiState};

/// What a buyer knows of his order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeBody {
    /// The shop's name, where there are several.
    #[serde(default)]
    shop: Option<String>,
    /// The order's number.
    order_number: String,
    /// The last four digits of the telephone it was ordered with.
    phone_tail: String,
}

/// The same, with the code that was sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedeemBody {
    /// The shop's name, where there are several.
    #[serde(default)]
    shop: Option<String>,
    /// The order's number.
    order_number: String,
    /// The last four digits of the telephone it was ordered with.
    phone_tail: String,
    /// Six digits.
    code: String,
}

/// A link for the order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Redeemed {
    /// The link's token.
    token: String,
    /// Until when it lasts.
    expires_at: At,
}

/// Have a code sent. The answer is the same whether or not there is such an order.
#[utoipa::path(post, path = "/api/v1/buyer/codes", tag = "buyer", request_body = CodeBody, responses((status = 202)))]
pub(crate) async fn buyer_code_send(
    State(api): State<ApiState>,
    Peer(peer): Peer,
    language: Language,
    Body(body): Body<CodeBody>,
) -> Result<StatusCode, Problem> {
    let known = known(&api, peer, body.shop, body.order_number, body.phone_tail)?;
    code_send(&api.desk, &known, written(language)).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A link in exchange for the code.
#[utoipa::path(post, path = "/api/v1/buyer/codes/redeem", tag = "buyer", request_body = RedeemBody, responses((status = 200, body = Redeemed)))]
pub(crate) async fn buyer_code_redeem(
    State(api): State<ApiState>,
    Peer(peer): Peer,
    Body(body): Body<RedeemBody>,
) -> Result<Json<Redeemed>, Problem> {
    bounded("code", &body.code)?;
    let known = known(&api, peer, body.shop, body.order_number, body.phone_tail)?;
    let (token, link) = code_redeem(&api.desk, &known, &body.code).await?;
    Ok(Json(Redeemed {
        token,
        expires_at: link.expires_at.into(),
    }))
}

/// In which language a letter is written.
fn written(language: Language) -> notices::language::Language {
    match language {
        Language::ZhCn => notices::language::Language::ZhCn,
        Language::ZhTw => notices::language::Language::ZhTw,
        Language::En => notices::language::Language::En,
    }
}

/// Counted as a sign-in is: guessing is slow for each order and for each peer.
fn known(
    api: &Api,
    peer: Option<std::net::IpAddr>,
    shop: Option<String>,
    order_number: String,
    phone_tail: String,
) -> Result<Known, Problem> {
    bounded("shop", shop.as_deref().unwrap_or_default())?;
    bounded("order_number", &order_number)?;
    bounded("phone_tail", &phone_tail)?;
    api.limiter
        .attempt(&order_number, peer)
        .map_err(|retry_after_seconds| Fault::TooManyAttempts { retry_after_seconds })?;
    Ok(Known {
        shop,
        order_number,
        phone_tail,
    })
}
