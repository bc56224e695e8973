//! For whoever keeps the service running: is it up, can it work, how much goes through.
//!
//! Must not know: shops. Tests: `tests/it/system.rs`.

use amends_app::error::AppError;
use amends_app::health::{counts, ready};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::router::openapi;
use crate::state::ApiState;

/// The process is up.
#[utoipa::path(get, path = "/healthz", tag = "system", responses((status = 200, content_type = "text/plain", body = String)))]
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers, and its tables are of this program's version.
#[utoipa::path(get, path = "/readyz", tag = "system", responses((status = 200, content_type = "text/plain", body = String)))]
pub(crate) async fn readyz(State(api): State<ApiState>) -> Result<&'static str, Problem> {
    ready(&api.desk, &api.readiness).await?;
    Ok("ready\n")
}

/// Figures in the text form of Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "system", responses((status = 200, content_type = "text/plain", body = String)))]
pub(crate) async fn metrics(State(api): State<ApiState>) -> Result<Response, Problem> {
    let counts = counts(&api.desk).await?;
    let metrics = api
        .metrics
        .as_ref()
        .ok_or_else(|| AppError::Inconsistent("metrics clash".to_owned()))?;
    let text = metrics
        .text(&counts)
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

/// This description.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "system", responses((status = 200, body = Object)))]
pub(crate) async fn openapi_json() -> Response {
    ([(CONTENT_TYPE, "application/json")], openapi()).into_response()
}
