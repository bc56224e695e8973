//! What the queue filters and sorts by, taken from a case as it is.
//!
//! Must not know: statements. Tests: `tests/it/queue.rs`.

use std::collections::BTreeSet;

use amends_domain::case::{Care, Case};
use amends_domain::event::{Event, ExceptionNoted};
use amends_domain::policy::ClauseId;
use amends_domain::time::Moment;

use super::next_due_at;
use crate::cases::queue::{Awaiting, due_order, list_text, priority_code, severity_code};
use crate::db::Value;

/// The queue's columns of a case.
#[derive(Debug, Clone)]
pub(super) struct QueueColumns {
    pub(super) queue_due_at: Value,
    pub(super) changed_at: Value,
    pub(super) assignee: Value,
    pub(super) priority: Value,
    pub(super) severity: Value,
    pub(super) awaiting: Value,
    pub(super) value_minor: Value,
    pub(super) disputed: Value,
    pub(super) escalated_to: Value,
    pub(super) tags: Value,
    pub(super) clauses: Value,
    pub(super) follow_up_due: Value,
    pub(super) follow_up_score: Value,
}

/// Reads the queue's columns from a case.
pub(super) fn queue_columns(case: &Case, changed_at: Moment) -> QueueColumns {
    QueueColumns {
        queue_due_at: due_order(next_due_at(case)).into(),
        changed_at: changed_at.into(),
        assignee: case.assignee.into(),
        priority: priority_code(case.priority()).into(),
        severity: severity_code(case.severity).into(),
        awaiting: Awaiting::of(case).map(|who| who.code().to_owned()).into(),
        value_minor: case.claim.amount.into(),
        disputed: i64::from(case.is_before_platform()).into(),
        escalated_to: case.escalated_to.map(|role| role.code().to_owned()).into(),
        tags: list_text(case.tags.iter().map(String::as_str)).into(),
        clauses: list_text(clauses_of(case)).into(),
        follow_up_due: i64::from(case.care == Some(Care::Due)).into(),
        follow_up_score: follow_up_score(case).map(i64::from).into(),
    }
}

/// What its buyer answered when he was asked how it went.
fn follow_up_score(case: &Case) -> Option<u8> {
    match case.care {
        Some(Care::Done { score }) => score,
        _ => None,
    }
}

/// The clauses a case rests on: that of its right, of the agreed remedy, and of every clock that runs.
fn clauses_of(case: &Case) -> BTreeSet<&str> {
    let clocks = case.clocks.values().map(|run| &run.clause);
    let clauses = case.right.iter().chain(&case.agreed).chain(clocks);
    clauses.map(ClauseId::as_str).collect()
}

/// The waybill an event brings.
pub(super) fn waybill_of(event: &Event) -> Option<&str> {
    match event {
        Event::ReturnShipped { parcel, .. }
        | Event::SentBack { parcel, .. }
        | Event::ReplacementShipped { parcel, .. }
        | Event::RepairedShipped { parcel }
        | Event::ExceptionNoted(ExceptionNoted { parcel, .. }) => Some(&parcel.waybill),
        Event::OrderDispatched(sent) => sent.parcel.as_ref().map(|parcel| parcel.waybill.as_str()),
        _ => None,
    }
}
