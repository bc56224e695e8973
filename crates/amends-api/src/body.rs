//! Bodies: bounded, of JSON, parsed strictly; and the four kinds of write.
//!
//! Must not know: what a body means. Tests: `tests/it/safety.rs`.

use amends_app::cases::case_command::Key;
use amends_domain::digest::Digest;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_TYPE, IF_MATCH};
use axum::http::{HeaderMap, StatusCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use crate::headers::{idempotency_key, if_match};
use crate::problem::{Fault, Problem};
use crate::state::ApiState;

/// A body without more.
pub(crate) struct Body<T>(pub(crate) T);

/// What makes a write of a case safe.
pub(crate) struct Safety {
    /// The caller's key, with the digest of the whole request.
    pub(crate) key: Key,
    /// The terms the caller saw, when he says so.
    pub(crate) terms: Option<u64>,
}

/// A write of a case: its body, and the key it must carry.
pub(crate) struct Keyed<T>(pub(crate) T, pub(crate) Safety);

/// A decision, or a movement of money: it must also carry the terms the caller saw.
pub(crate) struct Decided<T>(pub(crate) T, pub(crate) Safety);

/// A write of something that is no case: it must carry the version the caller saw.
pub(crate) struct Versioned<T>(pub(crate) T, pub(crate) u64);

impl<T: DeserializeOwned> FromRequest<ApiState> for Versioned<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, api: &ApiState) -> Result<Self, Problem> {
        idempotency_key(request.headers())?;
        let version = if_match(request.headers())?;
        Ok(Self(read(request, api).await?.0, version))
    }
}

impl<T: DeserializeOwned> FromRequest<ApiState> for Body<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, api: &ApiState) -> Result<Self, Problem> {
        idempotency_key(request.headers())?;
        Ok(Self(read(request, api).await?.0))
    }
}

impl<T: DeserializeOwned> FromRequest<ApiState> for Keyed<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, api: &ApiState) -> Result<Self, Problem> {
        let key = idempotency_key(request.headers())?.ok_or(Fault::IdempotencyKeyRequired)?;
        let terms = request
            .headers()
            .contains_key(IF_MATCH)
            .then(|| if_match(request.headers()))
            .transpose()?;
        let (dto, request) = read(request, api).await?;
        Ok(Self(
            dto,
            Safety {
                key: Key { key, request },
                terms,
            },
        ))
    }
}

impl<T: DeserializeOwned> FromRequest<ApiState> for Decided<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, api: &ApiState) -> Result<Self, Problem> {
        let key = idempotency_key(request.headers())?.ok_or(Fault::IdempotencyKeyRequired)?;
        let terms = Some(if_match(request.headers())?);
        let (dto, request) = read(request, api).await?;
        Ok(Self(
            dto,
            Safety {
                key: Key { key, request },
                terms,
            },
        ))
    }
}

/// The body as `T`, and the digest of the whole request.
async fn read<T: DeserializeOwned>(request: Request, api: &ApiState) -> Result<(T, Digest), Problem> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let json = is_json(request.headers());
    let bytes = Bytes::from_request(request, api)
        .await
        .map_err(|fault| unread(&fault, api))?;
    if !json && !bytes.is_empty() {
        return Err(Fault::WrongContentType.into());
    }
    let digest = Digest::of(&[method.as_str().as_bytes(), path.as_bytes(), &bytes]);
    // A request without a body is one that leaves everything out.
    let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
    Ok((parse(text)?, digest))
}

fn unread(fault: &BytesRejection, api: &ApiState) -> Problem {
    if fault.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Fault::BodyTooLarge {
            limit_bytes: api.options.body_limit_bytes,
        }
        .into()
    } else {
        Fault::MalformedJson {
            reason: "the body could not be read to its end".to_owned(),
        }
        .into()
    }
}

/// Whether the request says that it carries a mail.
pub(crate) fn is_mail(headers: &HeaderMap) -> bool {
    essence(headers) == "message/rfc822"
}

/// Whether the request says that it carries JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let essence = essence(headers);
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The type of the body, as the request says.
fn essence(headers: &HeaderMap) -> String {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    // First whether it is JSON at all, so that a cut-off body is not taken for one that lacks a field.
    serde_json::from_slice::<IgnoredAny>(text).map_err(|fault| unparsed(".", &fault))?;
    let mut json = serde_json::Deserializer::from_slice(text);
    serde_path_to_error::deserialize(&mut json)
        .map_err(|fault| unparsed(&fault.path().to_string(), fault.inner()))
}

fn unparsed(path: &str, fault: &serde_json::Error) -> Problem {
    let text = fault.to_string();
    // The place is said by the path; line and column only stand in the way.
    let reason = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(reason, _)| reason)
        .to_owned();
    match fault.classify() {
        Category::Data => Problem::invalid(&field(path, &reason), reason),
        Category::Io | Category::Syntax | Category::Eof => Fault::MalformedJson { reason: text }.into(),
    }
}

/// The field's path; one that is missing or stands twice is named by the reason alone.
fn field(path: &str, reason: &str) -> String {
    let named = ["missing field `", "duplicate field `"]
        .into_iter()
        .find_map(|words| reason.strip_prefix(words)?.strip_suffix('`'));
    match (path, named) {
        (".", Some(named)) => named.to_owned(),
        (path, Some(named)) => format!("{path}.{named}"),
        (".", None) => "body".to_owned(),
        (path, None) => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_by_its_path() {
        assert_eq!(field(".", "missing field `kind`"), "kind");
        assert_eq!(field("lines[0]", "missing field `sku`"), "lines[0].sku");
        assert_eq!(field(".", "duplicate field `kind`"), "kind");
        assert_eq!(field("lines[0].price", "invalid type: string"), "lines[0].price");
        assert_eq!(field(".", "invalid type: null"), "body");
    }
}
