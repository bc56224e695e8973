//! The audit over the wire: who gave which command when.
//!
//! Must not know: how it is found. Tests: `tests/it/audit.rs`.

use amends_app::audit::{AuditActor, AuditRow};
use amends_domain::ids::CaseId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::event::{named, position_text};
use super::values::At;

/// A page of the audit.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditPage)]
pub(crate) struct AuditPageDto {
    /// The newest first.
    pub(crate) entries: Vec<AuditEntryDto>,
    /// For `before`, when there are more.
    pub(crate) next: Option<String>,
}

/// A command that was accepted.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(crate) struct AuditEntryDto {
    /// Its place in the shop's audit.
    #[schema(example = "1042-0")]
    position: String,
    /// When.
    at: At,
    /// Who: one of `buyer`, `person` (with `id` and `role`), `deadlines`, `outbox`.
    #[schema(value_type = Object)]
    actor: Value,
    /// What.
    #[schema(example = "approve")]
    command: String,
    /// On which case.
    #[schema(value_type = String)]
    case: CaseId,
    /// Its first event there; none when there was nothing left to do.
    first_seq: Option<i64>,
    /// Its last event there.
    last_seq: Option<i64>,
    /// The key it came under.
    key: Option<String>,
}

impl AuditEntryDto {
    pub(crate) fn of(row: AuditRow) -> Self {
        let actor = serde_json::from_str(&row.actor).unwrap_or_default();
        Self {
            position: position_text(row.position),
            at: row.at.into(),
            actor: named(actor, false),
            command: row.command,
            case: row.case,
            first_seq: row.events.map(|(first, _)| first),
            last_seq: row.events.map(|(_, last)| last),
            key: row.key,
        }
    }
}

/// Who, as a reader asks for him.
pub(crate) fn audit_actor(text: &str) -> Option<AuditActor> {
    match text {
        "deadlines" => Some(AuditActor::Deadlines),
        "outbox" => Some(AuditActor::Outbox),
        id => {
            let person = id.parse().ok().map(AuditActor::Person);
            person.or_else(|| id.parse().ok().map(AuditActor::Buyer))
        }
    }
}
