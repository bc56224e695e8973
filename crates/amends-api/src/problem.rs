//! Errors as `application/problem+json` (RFC 9457): what is wrong, as data. The frame around every
//! request puts them into words.
//!
//! Must not know: languages. Tests: `texts/tests.rs`, `tests/it/safety.rs`.

mod app;
mod refusal;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Facts that name a clause.
const CLAUSES: &[&str] = &["clause", "right", "violation"];

/// What is wrong with a request as such, before any use case saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No such route, or no id of its kind in the path.
    UnknownRoute,
    /// A method the route does not have.
    WrongMethod,
    /// Not JSON.
    MalformedJson {
        /// What the parser says.
        reason: String,
    },
    /// A body above the limit.
    BodyTooLarge {
        /// The limit.
        limit_bytes: usize,
    },
    /// A body of another type than JSON.
    WrongContentType,
    /// A body of another type than a mail.
    MailExpected,
    /// A write of a case without a key.
    IdempotencyKeyRequired,
    /// A decision without the terms it was made on.
    IfMatchRequired,
    /// A cookie came along with something a form could have sent.
    CookieNeedsJson,
    /// A browser says that another site asks.
    CrossSite,
    /// Too many attempts to sign in.
    TooManyAttempts {
        /// How long to wait.
        retry_after_seconds: u32,
    },
    /// As many at once as one person may have.
    TooManyAtOnce {
        /// How many that is.
        at_most: u32,
    },
    /// For callers on the same machine.
    LoopbackOnly,
}

impl Fault {
    fn parts(&self) -> (StatusCode, &'static str, Value) {
        match self {
            Self::UnknownRoute => (StatusCode::NOT_FOUND, "unknown_route", json!({})),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "wrong_method", json!({})),
            Self::MalformedJson { reason } => (
                StatusCode::BAD_REQUEST,
                "malformed_json",
                json!({ "reason": reason }),
            ),
            Self::BodyTooLarge { limit_bytes } => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "body_too_large",
                json!({ "limit_bytes": limit_bytes }),
            ),
            Self::WrongContentType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "wrong_content_type",
                json!({}),
            ),
            Self::MailExpected => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "mail_expected", json!({})),
            Self::IdempotencyKeyRequired => (
                StatusCode::PRECONDITION_REQUIRED,
                "idempotency_key_required",
                json!({}),
            ),
            Self::IfMatchRequired => (StatusCode::PRECONDITION_REQUIRED, "if_match_required", json!({})),
            Self::CookieNeedsJson => (StatusCode::FORBIDDEN, "cookie_needs_json", json!({})),
            Self::CrossSite => (StatusCode::FORBIDDEN, "cross_site", json!({})),
            Self::TooManyAttempts { retry_after_seconds } => {
                let facts = json!({ "retry_after_seconds": retry_after_seconds });
                (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", facts)
            }
            Self::TooManyAtOnce { at_most } => {
                let facts = json!({ "at_most": at_most });
                (StatusCode::TOO_MANY_REQUESTS, "too_many_at_once", facts)
            }
            Self::LoopbackOnly => (StatusCode::FORBIDDEN, "loopback_only", json!({})),
        }
    }
}

/// An error on its way out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    /// The stable code.
    pub(crate) code: &'static str,
    /// Its entry in the catalogue: the code, or a finer one.
    pub(crate) text: &'static str,
    /// Typed arguments.
    pub(crate) facts: Map<String, Value>,
    pub(crate) retry_after_seconds: Option<u32>,
    /// For the log, never for the caller.
    pub(crate) inner: Option<String>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, facts: Value) -> Self {
        let facts = match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        };
        Self {
            status,
            code,
            text: code,
            facts,
            retry_after_seconds: None,
            inner: None,
        }
    }

    /// A field that does not parse or is out of bounds.
    pub(crate) fn invalid(field: &str, reason: impl Into<String>) -> Self {
        let mut problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            json!({ "field": field }),
        );
        problem
            .facts
            .insert("reason".to_owned(), Value::String(reason.into()));
        problem
    }

    /// The clauses it rests on.
    pub(crate) fn clauses(&self) -> Vec<String> {
        CLAUSES
            .iter()
            .filter_map(|name| self.facts.get(*name)?.as_str())
            .map(str::to_owned)
            .collect()
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let (status, code, facts) = fault.parts();
        let mut problem = Self::new(status, code, facts);
        if let Fault::TooManyAttempts { retry_after_seconds } = fault {
            problem.retry_after_seconds = Some(retry_after_seconds);
        }
        problem
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        // The frame finds it among the extensions and writes the body.
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// An error as it is sent, `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// `urn:amends:problem:` and the code.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// What happened, in the caller's language.
    pub(crate) title: String,
    /// The HTTP status.
    pub(crate) status: u16,
    /// The stable code.
    #[schema(example = "not_now")]
    pub(crate) code: String,
    /// Why, and what to do next, in the caller's language.
    pub(crate) detail: String,
    /// The clauses it rests on.
    pub(crate) clauses: Vec<String>,
    /// The typed facts behind the text.
    #[schema(value_type = Object)]
    pub(crate) facts: Map<String, Value>,
    /// Names the request in the service's log; on statuses from 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<String>,
}
