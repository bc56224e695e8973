//! A refusal inside an answer that is none: for one case of many, or for a remedy that has to wait.
//!
//! Must not know: what was refused. Tests: `tests/it/bulk.rs`, `tests/it/remedies.rs`.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::language::Language;
use crate::problem::Problem;
use crate::texts;

/// What was declined, and why; as in a problem of its own.
#[derive(Serialize, ToSchema)]
#[schema(as = Refused)]
pub(crate) struct RefusedDto {
    /// The stable code.
    #[schema(example = "not_now")]
    code: String,
    /// What happened, in the caller's language.
    title: String,
    /// Why, and what to do next, in the caller's language.
    detail: String,
    /// The clauses it rests on.
    clauses: Vec<String>,
    /// The typed facts behind the text.
    #[schema(value_type = Object)]
    facts: Map<String, Value>,
}

impl RefusedDto {
    pub(crate) fn of(problem: Problem, language: Language) -> Self {
        if let Some(inner) = &problem.inner {
            tracing::error!(code = problem.code, inner, "a part of a request failed");
        }
        let (title, detail) = texts::words(language, &problem);
        Self {
            code: problem.code.to_owned(),
            title,
            detail,
            clauses: problem.clauses(),
            facts: problem.facts,
        }
    }
}
