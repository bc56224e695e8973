//! The desk over HTTP: routes, DTOs, their description, errors in the caller's language.
//!
//! Must not know: SQL, what a command is allowed to do. Tests: `tests/it/`.

mod api;
mod body;
mod credential;
mod dto;
mod frame;
mod headers;
mod language;
mod limiter;
mod metrics;
mod options;
mod params;
mod problem;
mod router;
mod slots;
mod state;
mod texts;

pub use options::ApiOptions;
pub use router::{openapi, router};
