//! Pages of cases over the wire, and the cursors between them.
//!
//! Must not know: how they are found. Tests: `tests/it/cases.rs`.

use amends_app::cases::{CaseCursor, CaseRow, CasesPage};
use amends_domain::ids::{CaseId, OrderId};
use amends_domain::time::Moment;
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
    /// The most urgent first.
    pub(crate) cases: Vec<CaseSummary>,
    /// How many there are on all pages.
    pub(crate) total: u64,
    /// For `after`, when there are more.
    pub(crate) next: Option<String>,
}

impl CaseSummary {
    fn of(row: &CaseRow, for_buyer: bool) -> Self {
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
    pub(crate) fn of(page: &CasesPage, for_buyer: bool) -> Self {
        Self {
            cases: page
                .rows
                .iter()
                .map(|row| CaseSummary::of(row, for_buyer))
                .collect(),
            total: page.total,
            next: page.next.as_ref().map(cursor_text),
        }
    }
}

fn cursor_text(cursor: &CaseCursor) -> String {
    let due = cursor
        .next_due_at
        .map(|at| at.millis().to_string())
        .unwrap_or_default();
    format!("{due}.{}", cursor.case)
}

/// A cursor as a reader sends it back.
pub(crate) fn cursor_of(text: &str) -> Option<CaseCursor> {
    let (due, case) = text.split_once('.')?;
    let next_due_at = match due {
        "" => None,
        due => Some(Moment::from_millis(due.parse().ok()?)),
    };
    Some(CaseCursor {
        next_due_at,
        case: case.parse().ok()?,
    })
}
