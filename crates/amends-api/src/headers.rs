//! The two headers that make writes safe: `Idempotency-Key` and `If-Match`.
//!
//! Must not know: which routes require them. Tests: `tests/it/safety.rs`.

use amends_app::cases::case_command::KEY_CHARS_MAX;
use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;
use utoipa::IntoParams;

use crate::problem::{Fault, Problem};

/// The header's name.
pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The caller's key, when he sent one.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let text = value.to_str().map(str::trim).unwrap_or_default();
    if text.is_empty() || text.len() > KEY_CHARS_MAX {
        let reason = format!("must have 1 to {KEY_CHARS_MAX} visible ASCII characters");
        return Err(Problem::invalid("Idempotency-Key", reason));
    }
    Ok(Some(text.to_owned()))
}

/// The terms the caller saw: a strong entity tag that is a number.
pub(crate) fn if_match(headers: &HeaderMap) -> Result<u64, Problem> {
    let value = headers.get(IF_MATCH).ok_or(Fault::IfMatchRequired)?;
    let text = value.to_str().map(str::trim).unwrap_or_default();
    let quoted = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    quoted.and_then(|terms| terms.parse().ok()).ok_or_else(|| {
        Problem::invalid(
            "If-Match",
            "must be the ETag of the case as it was read, such as \"5\"",
        )
    })
}

/// The header of a write of a case.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes the header")]
pub(crate) struct KeyHeader {
    /// Makes repeating the request harmless: a fresh one for each action, the same when retried.
    #[param(rename = "Idempotency-Key", max_length = 200)]
    idempotency_key: String,
}

/// The header of a write of something that is no case.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes the header")]
pub(crate) struct VersionHeader {
    /// The `ETag` of what was read; `"0"` where nothing was written yet.
    #[param(rename = "If-Match", example = "\"5\"")]
    if_match: String,
}

/// The headers of a decision, or of a movement of money.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes the headers")]
pub(crate) struct DecisionHeaders {
    /// Makes repeating the request harmless: a fresh one for each action, the same when retried.
    #[param(rename = "Idempotency-Key", max_length = 200)]
    idempotency_key: String,
    /// The `ETag` of the case as it was read.
    #[param(rename = "If-Match", example = "\"5\"")]
    if_match: String,
}
