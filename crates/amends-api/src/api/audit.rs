//! The audit: who gave which command when.
//!
//! Must not know: SQL. Tests: `tests/it/audit.rs`, `tests/it/walk.rs`.

use amends_app::audit::{AUDIT_MAX, AuditFilter, audit_page};
use amends_domain::ids::CaseId;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::credential::{Audit, StaffCaller};
use crate::dto::audit::{AuditEntryDto, AuditPageDto, audit_actor};
use crate::dto::event::{position_of, position_text};
use crate::dto::values::At;
use crate::params::Params;
use crate::problem::Problem;
use crate::state::ApiState;

/// Entries on a page when nothing else is said.
const PAGE_USUAL: u32 = 50;

/// Which entries to show. Every condition that is given must hold.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// On one case.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    case: Option<CaseId>,
    /// By somebody: a person's, a token's or a buyer's id, `deadlines` or `outbox`.
    #[serde(default)]
    actor: Option<String>,
    /// Then or later.
    #[serde(default)]
    from: Option<At>,
    /// Before.
    #[serde(default)]
    until: Option<At>,
    /// The `next` of the page before.
    #[serde(default)]
    before: Option<String>,
    /// Most entries; 1 to 200, usually 50.
    #[serde(default)]
    limit: Option<u32>,
}

/// Who gave which command when, the newest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "events", params(AuditQuery), responses((status = 200, body = AuditPageDto)))]
pub(crate) async fn audit(
    State(api): State<ApiState>,
    caller: StaffCaller<Audit>,
    Params(query): Params<AuditQuery>,
) -> Result<Json<AuditPageDto>, Problem> {
    let nobody = || {
        Problem::invalid(
            "actor",
            "must be an id of a person, a token or a buyer, deadlines, or outbox",
        )
    };
    let actor = query.actor.map(|text| audit_actor(&text).ok_or_else(nobody));
    let nowhere = || Problem::invalid("before", "must be the next of the page before");
    let before = query.before.map(|text| position_of(&text).ok_or_else(nowhere));
    let filter = AuditFilter {
        case: query.case,
        actor: actor.transpose()?,
        from: query.from.map(|at| at.0),
        until: query.until.map(|at| at.0),
    };
    let limit = query.limit.unwrap_or(PAGE_USUAL).min(AUDIT_MAX);
    let (rows, next) = audit_page(&api.desk, &caller.0, &filter, before.transpose()?, limit).await?;
    Ok(Json(AuditPageDto {
        entries: rows.into_iter().map(AuditEntryDto::of).collect(),
        next: next.map(position_text),
    }))
}
