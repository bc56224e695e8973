//! Cases: opening them, reading them, and every command on them by somebody of the shop.
//!
//! Must not know: what is allowed; the domain decides. Tests: `tests/it/stories.rs`, `tests/it/walk.rs`.

pub(crate) mod abuse;
pub(crate) mod bulk;
pub(crate) mod closures;
pub(crate) mod decide;
pub(crate) mod dispute;
pub(crate) mod goods;
pub(crate) mod handling;
pub(crate) mod losses;
pub(crate) mod money;
pub(crate) mod open;
pub(crate) mod promises;
pub(crate) mod queue;
pub(crate) mod read;
pub(crate) mod recourse;
pub(crate) mod remedies;
pub(crate) mod reviews;
pub(crate) mod scripts;
pub(crate) mod talk;
pub(crate) mod trade;
pub(crate) mod warranty;
pub(crate) mod workload;

use amends_app::caller::Caller;
use amends_app::cases::case_command::{Given, Told, case_command, case_told};
use amends_domain::command::Command;
use amends_domain::digest::TextRef;
use amends_domain::ids::CaseId;
use axum::http::StatusCode;
use axum::response::Response;

use crate::body::Safety;
use crate::dto::case_write::accepted;
use crate::problem::Problem;
use crate::state::Api;

/// Gives a command without a text.
pub(crate) async fn command(
    api: &Api,
    caller: &Caller,
    id: CaseId,
    safety: Safety,
    command: Command,
) -> Result<Response, Problem> {
    text_command(api, caller, id, safety, None, move |_| command).await
}

/// Gives a command that refers to what was written, if anything was.
pub(crate) async fn text_command<F>(
    api: &Api,
    caller: &Caller,
    id: CaseId,
    safety: Safety,
    text: Option<String>,
    build: F,
) -> Result<Response, Problem>
where
    F: FnOnce(Option<TextRef>) -> Command + Send,
{
    let given = Given {
        text,
        build,
        if_terms: safety.terms,
        key: Some(safety.key),
    };
    let committed = case_command(&api.desk, caller, id, given).await?;
    Ok(accepted(StatusCode::OK, &committed))
}

/// Gives a command that can't do without words.
pub(crate) async fn told_command<F>(
    api: &Api,
    caller: &Caller,
    id: CaseId,
    safety: Safety,
    text: String,
    build: F,
) -> Result<Response, Problem>
where
    F: FnOnce(TextRef) -> Command + Send,
{
    let told = Told {
        text,
        build,
        if_terms: safety.terms,
        key: Some(safety.key),
    };
    let committed = case_told(&api.desk, caller, id, told).await?;
    Ok(accepted(StatusCode::OK, &committed))
}
