//! Pages of cases over the wire, and the cursors between them.
//!
//! Must not know: how they are found. Tests: `tests/it/cases.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_app::cases::{CaseCursor, CaseRow, CaseSort, CasesPage, ViewCounts};
use amends_domain::case::Case;
use amends_domain::ids::{CaseId, OrderId, PersonId};
use amends_domain::order::Order;
use serde::Serialize;
use utoipa::ToSchema;

use super::case::told;
use super::event::is_inner;
use super::values::{At, MoneyDto};
use super::words::{Awaiting, Clock, Expiry, Kind, Owner, Priority, Role, Severity, Status};

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
    /// That clock.
    next_clock: Option<NextClockDto>,
    /// The order's number, of a case about one.
    order_number: Option<String>,
    /// What was bought, as the buyer saw it: the first of the lines it is about.
    title: Option<String>,
    /// How many units it is about.
    units: usize,
    /// What the shop keeps of it for itself; for staff.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    handling: Option<ListedHandlingDto>,
    /// Raised by what changes a decision.
    terms: u64,
}

/// The clock of a case that ends first.
#[derive(Serialize, ToSchema)]
pub(crate) struct NextClockDto {
    /// What it measures.
    clock: Clock,
    /// Who must act before it ends.
    owner: Owner,
    /// What happens when it ends and nobody acted.
    on_expiry: Expiry,
}

/// How a listed case is handled.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListedHandlingDto {
    /// Who handles it.
    #[schema(value_type = Option<String>)]
    assignee: Option<PersonId>,
    /// In which order it is taken up.
    priority: Priority,
    /// How grave it is.
    severity: Severity,
    /// The shop's own marks.
    tags: BTreeSet<String>,
    /// Who of the shop must look.
    escalated_to: Option<Role>,
    /// Who must act next.
    awaiting: Option<Awaiting>,
    /// The buyer waits for a reply.
    reply_due: bool,
    /// Whether the platform was asked to step in and has not ruled.
    disputed: bool,
}

impl ListedHandlingDto {
    fn of(case: &Case) -> Self {
        Self {
            assignee: case.assignee,
            priority: case.priority().into(),
            severity: case.severity.into(),
            tags: case.tags.clone(),
            escalated_to: case.escalated_to.map(Into::into),
            awaiting: amends_app::cases::Awaiting::of(case).map(Into::into),
            reply_due: case.reply_due,
            disputed: case.is_before_platform(),
        }
    }
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
    pub(crate) fn of(row: &CaseRow, orders: &BTreeMap<OrderId, Order>, for_buyer: bool) -> Self {
        let case = &row.case;
        let order = case.order.and_then(|order| orders.get(&order));
        let bought = case.claim.units.first().and_then(|(line, _)| order?.line(*line));
        let shown = case
            .clocks
            .iter()
            .filter(|(clock, _)| !(for_buyer && is_inner(**clock)));
        let next_clock = shown
            .min_by_key(|(_, run)| run.due_at)
            .map(|(clock, run)| NextClockDto {
                clock: (*clock).into(),
                owner: run.owner.into(),
                on_expiry: run.on_expiry.into(),
            });
        Self {
            next_clock,
            order_number: order.map(|order| order.number.clone()),
            title: bought.map(|line| line.title.clone()),
            units: case.claim.units.len(),
            handling: (!for_buyer).then(|| ListedHandlingDto::of(case)),
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
    pub(crate) fn of(
        page: &CasesPage,
        orders: &BTreeMap<OrderId, Order>,
        total: Option<u64>,
        for_buyer: bool,
    ) -> Self {
        Self {
            cases: page
                .rows
                .iter()
                .map(|row| CaseSummary::of(row, orders, for_buyer))
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
