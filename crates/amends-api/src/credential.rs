//! Who calls: a session's cookie, a program's token, a buyer's link. Each handler names in its
//! signature whom it admits and with which right.
//!
//! Must not know: what is then done. Tests: `tests/it/walk.rs`, `tests/it/accounts.rs`.

use std::marker::PhantomData;

use amends_app::accounts::session::session_of;
use amends_app::accounts::token::token_of;
use amends_app::buyers::buyer_access::buyer_of_link;
use amends_app::caller::{Buyer, Caller, Right, Staff};
use amends_app::error::AppError;
use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};

use crate::body::{is_json, is_mail};
use crate::dto::evidence::EVIDENCE_KIND;
use crate::problem::{Fault, Problem};
use crate::state::ApiState;

/// The session's cookie.
pub(crate) const SESSION_COOKIE: &str = "amends_session";

/// A right as a type.
pub(crate) trait Permission: Send {
    /// The right it stands for.
    const RIGHT: Right;
}

macro_rules! permissions {
    ($($name:ident)*) => {$(
        /// The right of the same name.
        pub(crate) struct $name;
        impl Permission for $name {
            const RIGHT: Right = Right::$name;
        }
    )*};
}
permissions! { Read Handle Mails Orders Book Care CareConfirm Stream Lead Audit Blocks Manage }

/// Somebody of the shop who has the right `P`.
pub(crate) struct StaffCaller<P>(pub(crate) Staff, PhantomData<P>);

impl<P> StaffCaller<P> {
    /// As use cases of cases take him.
    pub(crate) fn caller(self) -> Caller {
        Caller::Staff(self.0)
    }
}

impl<P: Permission> FromRequestParts<ApiState> for StaffCaller<P> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, Problem> {
        let SignedIn { staff, .. } = SignedIn::from_request_parts(parts, api).await?;
        staff.require(P::RIGHT)?;
        Ok(Self(staff, PhantomData))
    }
}

/// Anybody of the shop, and his session's secret when he came with one.
pub(crate) struct SignedIn {
    pub(crate) staff: Staff,
    pub(crate) session: Option<String>,
}

impl FromRequestParts<ApiState> for SignedIn {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, Problem> {
        if let Some((scheme, secret)) = authorization(&parts.headers) {
            if !scheme.eq_ignore_ascii_case("bearer") {
                return Err(AppError::Unauthenticated.into());
            }
            let staff = token_of(&api.desk, secret).await?;
            return Ok(Self { staff, session: None });
        }
        let secret = cookie(&parts.headers)
            .ok_or(AppError::Unauthenticated)?
            .to_owned();
        let staff = session_of(&api.desk, &secret).await?;
        // A browser sends cookies by itself, but never JSON, a mail or a header of ours to another site without
        // asking first.
        let is_asked =
            is_json(&parts.headers) || is_mail(&parts.headers) || parts.headers.contains_key(EVIDENCE_KIND);
        if !is_safe(&parts.method) && !is_asked {
            return Err(Fault::CookieNeedsJson.into());
        }
        Ok(Self {
            staff,
            session: Some(secret),
        })
    }
}

/// A buyer, by the link to his order.
pub(crate) struct BuyerCaller(pub(crate) Buyer);

impl BuyerCaller {
    /// As use cases of cases take him.
    pub(crate) fn caller(self) -> Caller {
        Caller::Buyer(self.0)
    }
}

impl FromRequestParts<ApiState> for BuyerCaller {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, Problem> {
        let header = authorization(&parts.headers);
        let header = header.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("amendslink"));
        let token = header
            .map(|(_, token)| token)
            .or_else(|| link_parameter(parts.uri.query()?));
        let token = token.ok_or(AppError::Unauthenticated)?;
        Ok(Self(buyer_of_link(&api.desk, token).await?))
    }
}

/// Whether a method changes nothing.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn authorization(headers: &HeaderMap) -> Option<(&str, &str)> {
    let (scheme, rest) = headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .trim()
        .split_once(' ')?;
    Some((scheme, rest.trim()))
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let values = headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = values
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, secret)| secret)
}

/// A link's token has no character that needs escaping.
fn link_parameter(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("link="))
}
