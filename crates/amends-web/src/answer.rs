//! Which file answers a path, and what the browser is told beside it.
//!
//! Names of built files carry a digest of their content, so that they are kept for ever; a page never is,
//! since it names them. Must not know: where files come from.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::File;

/// The word that stands in a built page for the one of a response.
const PLACE: &str = "__CSP_NONCE__";
const KEPT_FOR_EVER: &str = "public, max-age=31536000, immutable";
const NOT_BUILT: &str = "This program was built without its web pages; its API is at /api/v1. \
    To build them too: cargo xtask web\n\
    这个程序没有带网页，只提供 /api/v1 的接口。要带上网页，请运行：cargo xtask web\n";

type Files<'f> = &'f (dyn Fn(&str) -> Option<File> + Send + Sync);

pub(crate) fn answer(
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    files: Files<'_>,
    nonce: &(dyn Fn() -> String + Send + Sync),
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        let allow = [(ALLOW, HeaderValue::from_static("GET, HEAD"))];
        return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
    }
    let name = path.trim_start_matches('/');
    if name.starts_with("assets/") {
        return asset(name, headers, files);
    }
    let is_portal = name == "portal" || name.starts_with("portal/");
    page(if is_portal { "portal.html" } else { "desk.html" }, files, nonce)
}

fn asset(name: &str, headers: &HeaderMap, files: Files<'_>) -> Response {
    let Some(plain) = files(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let squeezed = takes_brotli(headers)
        .then(|| files(&format!("{name}.br")))
        .flatten();
    let is_squeezed = squeezed.is_some();
    let bytes = squeezed.map_or(plain.bytes, |file| file.bytes);
    let mut response = Response::new(Body::from(bytes.into_owned()));
    let told = response.headers_mut();
    if let Ok(media) = HeaderValue::from_str(&plain.media) {
        told.insert(CONTENT_TYPE, media);
    }
    if is_squeezed {
        told.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    told.insert(VARY, HeaderValue::from_static("accept-encoding"));
    told.insert(CACHE_CONTROL, HeaderValue::from_static(KEPT_FOR_EVER));
    told.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Whether brotli is among what a browser takes, and not declined with `q=0`.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter();
    let mut codings = accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br")
            && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn page(name: &str, files: Files<'_>, nonce: &(dyn Fn() -> String + Send + Sync)) -> Response {
    let Some(file) = files(name) else {
        let media = [(
            CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        )];
        return (StatusCode::NOT_FOUND, media, NOT_BUILT).into_response();
    };
    let nonce = nonce();
    let text = String::from_utf8_lossy(&file.bytes).replace(PLACE, &nonce);
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; \
         style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; media-src 'self' blob:; \
         font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let mut response = Response::new(Body::from(text));
    let told = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        told.insert(CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A buyer's link may stand in the address.
        (REFERRER_POLICY, "no-referrer"),
    ] {
        told.insert(name, HeaderValue::from_static(value));
    }
    response
}
