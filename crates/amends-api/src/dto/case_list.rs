//! Pages of cases over the wire, and the cursors between them.
//!
//! Must not know: how they are found. Tests: `tests/it/cases.rs`.

use amends_app::cases::{CaseCursor, CaseRow, CaseSort, CasesPage, ViewCounts};
use amends_domain::ids::{CaseId, OrderId};
use serde::Serialize;
use utoipa::ToSchema;

use super::case::told;
use super::values::{At, MoneyDto};
use super::words::{Kind, Status};

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseSummary {
    /// Its id.
    #[schema(value_type = String)]
    id: CaseId,
    /// Its number in the shop.
    number: i64,
    /// What the buyer asks for.
    kind: Kind,
    /// The one word.
    status: Status,
    /// The order it is about.
    #[schema(value_type = Option<String>)]
    order: Option<OrderId>,
    /// The reason's code.
    reason: String,
    /// What is claimed.
    amount: MoneyDto,
    /// When it was opened.
    opened_at: At,
    /// When it closed.
    closed_at: Option<At>,
    /// When the first of its clocks ends.
    next_due_at: Option<At>,
    /// Raised by what changes a decision.
    terms: u64,
}

/// A page of cases.
#[derive(Serialize, ToSchema)]
pub(crate) struct CasesPageDto {
    /// In the order that was asked for.
    pub(crate) cases: Vec<CaseSummary>,
    /// How many there are on all pages, exactly; where it was asked for.
    pub(crate) total: Option<u64>,
    /// For `after`, when there are more.
    pub(crate) next: Option<String>,
}

impl CaseSummary {
    pub(crate) fn of(row: &CaseRow, for_buyer: bool) -> Self {
        let case = &row.case;
        Self {
            id: case.id,
            number: row.number,
            kind: case.kind.into(),
            status: told(case.status().into(), for_buyer),
            order: case.order,
            reason: case.reason.clone(),
            amount: MoneyDto::of(case.claim.amount, case.currency),
            opened_at: case.opened_at.into(),
            closed_at: case.closed_at.map(At),
            next_due_at: row.next_due_at.map(At),
            terms: case.terms,
        }
    }
}

impl CasesPageDto {
    pub(crate) fn of(page: &CasesPage, total: Option<u64>, for_buyer: bool) -> Self {
        Self {
            cases: page
                .rows
                .iter()
                .map(|row| CaseSummary::of(row, for_buyer))
                .collect(),
            total,
            next: page.next.as_ref().map(cursor_text),
        }
    }
}

fn cursor_text(cursor: &CaseCursor) -> String {
    format!("{}.{}.{}", cursor.sort.code(), cursor.key_ms, cursor.case)
}

/// A cursor as a reader sends it back.
pub(crate) fn cursor_of(text: &str) -> Option<CaseCursor> {
    let mut parts = text.splitn(3, '.');
    Some(CaseCursor {
        sort: CaseSort::named(parts.next()?)?,
        key_ms: parts.next()?.parse().ok()?,
        case: parts.next()?.parse().ok()?,
    })
}

/// How many open cases each saved view has, exactly.
#[derive(Serialize, ToSchema)]
#[schema(as = ViewCounts)]
pub(crate) struct ViewCountsDto {
    /// All of them.
    open: u64,
    /// Of the caller.
    mine: u64,
    /// Of nobody.
    unassigned: u64,
    /// Due within two hours from now.
    due_soon: u64,
    /// Due before now.
    overdue: u64,
    /// The platform was asked to step in and has not ruled.
    disputed: u64,
    /// Somebody higher must look.
    escalated: u64,
    /// Of high value, where it was said from which amount on.
    high_value: Option<u64>,
    /// Waiting for the buyer.
    awaiting_buyer: u64,
}

impl ViewCountsDto {
    pub(crate) fn of(counts: &ViewCounts, high_value_minor: Option<i64>) -> Self {
        Self {
            open: counts.open,
            mine: counts.mine,
            unassigned: counts.unassigned,
            due_soon: counts.due_soon,
            overdue: counts.overdue,
            disputed: counts.disputed,
            escalated: counts.escalated,
            high_value: high_value_minor.map(|_| counts.high_value),
            awaiting_buyer: counts.awaiting_buyer,
        }
    }
}
