//! What stands around every request: the span, the count, the security headers, and errors put into
//! the caller's language. Logs carry method, route, status and time, never what was asked.
//!
//! Must not know: routes. Tests: `tests/it/system.rs`, `tests/it/safety.rs`.

use amends_app::clock::Stopwatch;
use axum::Json;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    RETRY_AFTER, VARY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use crate::credential::is_safe;
use crate::language::Language;
use crate::problem::{Fault, Problem, ProblemBody};
use crate::state::{Api, ApiState};
use crate::texts;

/// The middleware.
pub(crate) async fn frame(State(api): State<ApiState>, request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let method = method_name(request.method());
    let path = request.extensions().get::<MatchedPath>().cloned();
    let path = path.as_ref().map_or("(none)", MatchedPath::as_str);
    let language = Language::of(request.headers());
    let span = tracing::info_span!("request", method, path);
    let response = if is_cross_site(&request) {
        Problem::from(Fault::CrossSite).into_response()
    } else {
        next.run(request).instrument(span.clone()).await
    };
    let mut response = span.in_scope(|| in_words(&api, response, language));
    secure(response.headers_mut());
    let (status, took) = (response.status().as_u16(), watch.elapsed());
    if let Some(metrics) = &api.metrics {
        metrics.answered(method, path, status, took);
    }
    span.in_scope(|| tracing::info!(status, latency_ms = took.as_millis(), "answered"));
    response
}

/// Methods we know; what else somebody makes up is one, so that labels stay few.
fn method_name(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];
    KNOWN
        .into_iter()
        .find(|known| *known == method.as_str())
        .unwrap_or("OTHER")
}

/// A browser says that a page of another site wants to change something here.
fn is_cross_site(request: &Request) -> bool {
    let site = request
        .headers()
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    !is_safe(request.method()) && site == Some("cross-site")
}

fn in_words(api: &Api, mut response: Response, language: Language) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let request_id = problem.status.is_server_error().then(|| request_id(api));
    if let Some(request_id) = &request_id {
        let inner = problem.inner.as_deref().unwrap_or_default();
        tracing::error!(request_id, code = problem.code, inner, "a request failed");
    }
    let (title, detail) = texts::words(language, &problem);
    let body = ProblemBody {
        kind: format!("urn:amends:problem:{}", problem.code),
        title,
        status: problem.status.as_u16(),
        code: problem.code.to_owned(),
        detail,
        clauses: problem.clauses(),
        facts: problem.facts,
        request_id,
    };
    // Which methods a route has, the response says already.
    let allow = response.headers_mut().remove(ALLOW);
    let mut response = (problem.status, Json(body)).into_response();
    let headers = response.headers_mut();
    if let Some(allow) = allow {
        headers.insert(ALLOW, allow);
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(VARY, HeaderValue::from_static("accept-language"));
    if let Some(seconds) = problem.retry_after_seconds {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if problem.status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn request_id(api: &Api) -> String {
    let bytes: [u8; 8] = api.desk.random.bytes();
    format!("req_{:016x}", u64::from_be_bytes(bytes))
}

fn secure(headers: &mut HeaderMap) {
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
        // A buyer's link may stand in the address.
        (REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
