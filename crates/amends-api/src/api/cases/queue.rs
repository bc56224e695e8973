//! The queue: pages of cases by filter and sort, and how many each saved view has.
//!
//! Must not know: SQL. Tests: `tests/it/queue.rs`, `tests/it/cases.rs`.

use amends_app::cases::case_queue::{PAGE_MAX, cases_count, cases_orders, cases_page, cases_views};
use amends_app::cases::{Assignee, CaseCursor, CaseFilter, EscalatedTo};
use amends_domain::ids::{BuyerId, OrderId, PersonId};
use amends_domain::policy::ClauseId;
use amends_domain::time::Moment;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::credential::{Read, StaffCaller};
use crate::dto::case_list::{CasesPageDto, ViewCountsDto, cursor_of};
use crate::dto::values::At;
use crate::dto::words::{Awaiting, CaseSort, Kind, Priority, Severity, Status};
use crate::params::{Listed, Params};
use crate::problem::Problem;
use crate::state::ApiState;

/// Cases on a page when nothing else is said.
const PAGE_USUAL: u32 = 50;
const HOUR_MILLIS: i64 = 3_600_000;
/// A year: further ahead no clock ends.
const HOURS_MAX: u32 = 8_784;

/// Which cases to show, in which order. Every condition that is given must hold.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CasesQuery {
    /// Open ones, or closed ones; both when it is not said. The queue is `open=true`.
    #[serde(default)]
    open: Option<bool>,
    /// In one of these states, with commas between.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "awaiting_decision,refused")]
    status: Option<Listed<Status>>,
    /// Of one kind.
    #[serde(default)]
    kind: Option<Kind>,
    /// For one reason, by its code.
    #[serde(default)]
    reason: Option<String>,
    /// Of one priority.
    #[serde(default)]
    priority: Option<Priority>,
    /// Of one severity.
    #[serde(default)]
    severity: Option<Severity>,
    /// `me`, `nobody`, or a person's id.
    #[serde(default)]
    assignee: Option<String>,
    /// `anybody`, or a role.
    #[serde(default)]
    escalated_to: Option<String>,
    /// Who must act next.
    #[serde(default)]
    awaiting: Option<Awaiting>,
    /// Whether the platform was asked to step in and has not ruled.
    #[serde(default)]
    disputed: Option<bool>,
    /// Opened then or later.
    #[serde(default)]
    opened_from: Option<At>,
    /// Opened before.
    #[serde(default)]
    opened_until: Option<At>,
    /// Due before; with what is overdue.
    #[serde(default)]
    due_before: Option<At>,
    /// Due from now on within so many hours; without what is overdue.
    #[serde(default)]
    due_within_hours: Option<u32>,
    /// Due before now.
    #[serde(default)]
    overdue: Option<bool>,
    /// With a tag.
    #[serde(default)]
    tag: Option<String>,
    /// About one order.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    order: Option<OrderId>,
    /// Of one buyer.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    buyer: Option<BuyerId>,
    /// Claiming so much or more, in minor units.
    #[serde(default)]
    value_from_minor: Option<i64>,
    /// Resting on a clause: its right, the agreed remedy or a clock that runs stands on it.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    clause: Option<ClauseId>,
    /// Whether the buyer is still to be asked how it went; a closed case's.
    #[serde(default)]
    follow_up_due: Option<bool>,
    /// `due` (the next deadline first, the usual), `opened` (the newest first), `changed` (what
    /// changed last first).
    #[serde(default)]
    sort: Option<CaseSort>,
    /// The `next` of the page before, in the same sort.
    #[serde(default)]
    after: Option<String>,
    /// Most cases; 1 to 200, usually 50.
    #[serde(default)]
    limit: Option<u32>,
    /// Whether to count all pages too.
    #[serde(default)]
    count: Option<bool>,
}

/// A cursor from a query.
pub(crate) fn cursor(after: Option<&str>) -> Result<Option<CaseCursor>, Problem> {
    let Some(text) = after else { return Ok(None) };
    let fault = || Problem::invalid("after", "must be the next of the page before");
    cursor_of(text).map(Some).ok_or_else(fault)
}

fn assignee(text: &str, me: PersonId) -> Result<Assignee, Problem> {
    match text {
        "me" => Ok(Assignee::Person(me)),
        "nobody" => Ok(Assignee::Nobody),
        id => id
            .parse()
            .map(Assignee::Person)
            .map_err(|_| Problem::invalid("assignee", "must be me, nobody, or a person's id")),
    }
}

fn escalated_to(text: &str) -> Result<EscalatedTo, Problem> {
    if text == "anybody" {
        return Ok(EscalatedTo::Anybody);
    }
    let role = amends_domain::actor::Role::named(text);
    role.map(EscalatedTo::Role)
        .ok_or_else(|| Problem::invalid("escalated_to", "must be anybody, or a role"))
}

fn words(listed: Option<Listed<Status>>) -> Vec<amends_domain::case::Status> {
    let words = listed.map(|Listed(words)| words).unwrap_or_default();
    words.into_iter().map(Into::into).collect()
}

/// A text that a database can compare with.
fn comparable(field: &str, text: Option<String>) -> Result<Option<String>, Problem> {
    match text {
        Some(text) if text.contains(['\0', '\n']) => {
            Err(Problem::invalid(field, "must be one line of letters"))
        }
        text => Ok(text),
    }
}

impl CasesQuery {
    /// From when until when a case is due. Only one of the three ways to say it may be taken.
    fn due(&self, now: Moment) -> Result<(Option<Moment>, Option<Moment>), Problem> {
        match (self.due_before, self.due_within_hours, self.overdue) {
            (None, None, None | Some(false)) => Ok((None, None)),
            (Some(At(before)), None, None) => Ok((None, Some(before))),
            (None, None, Some(true)) => Ok((None, Some(now))),
            (None, Some(hours), None) if hours <= HOURS_MAX => {
                // What is due at the very end is within the hours, too.
                let until = now.plus_millis(i64::from(hours) * HOUR_MILLIS + 1);
                Ok((Some(now), Some(until)))
            }
            (None, Some(_), None) => Err(Problem::invalid(
                "due_within_hours",
                format!("must be 0 to {HOURS_MAX}"),
            )),
            _ => Err(Problem::invalid(
                "due_before",
                "only one of due_before, due_within_hours and overdue may be given",
            )),
        }
    }

    fn filter(self, me: PersonId, now: Moment) -> Result<CaseFilter, Problem> {
        let (due_from, due_before) = self.due(now)?;
        Ok(CaseFilter {
            open: self.open,
            statuses: words(self.status),
            kind: self.kind.map(Into::into),
            reason: comparable("reason", self.reason)?,
            priority: self.priority.map(Into::into),
            severity: self.severity.map(Into::into),
            assignee: self.assignee.map(|text| assignee(&text, me)).transpose()?,
            escalated_to: self.escalated_to.map(|text| escalated_to(&text)).transpose()?,
            awaiting: self.awaiting.map(Into::into),
            disputed: self.disputed,
            opened_from: self.opened_from.map(|at| at.0),
            opened_until: self.opened_until.map(|at| at.0),
            due_from,
            due_before,
            tag: comparable("tag", self.tag)?,
            order: self.order,
            buyer: self.buyer,
            value_from_minor: self.value_from_minor,
            clause: self.clause,
            follow_up_due: self.follow_up_due,
        })
    }
}

/// A page of cases: the queue with `open=true`, the next deadline first.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", params(CasesQuery), responses((status = 200, body = CasesPageDto)))]
pub(crate) async fn cases(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<CasesQuery>,
) -> Result<Json<CasesPageDto>, Problem> {
    let after = cursor(query.after.as_deref())?;
    let sort = query.sort.map(Into::into).unwrap_or_default();
    let limit = query.limit.unwrap_or(PAGE_USUAL).min(PAGE_MAX);
    let counted = query.count == Some(true);
    let filter = query.filter(caller.0.person, api.desk.clock.now())?;
    let caller = caller.caller();
    let page = cases_page(&api.desk, &caller, filter.clone(), sort, after, limit).await?;
    let total = if counted {
        Some(cases_count(&api.desk, &caller, filter).await?)
    } else {
        None
    };
    let orders = cases_orders(&api.desk, caller.shop(), &page.rows).await?;
    Ok(Json(CasesPageDto::of(&page, &orders, total, false)))
}

/// What is of high value.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CountsQuery {
    /// From which amount on a case is of high value, in minor units.
    #[serde(default)]
    high_value_minor: Option<i64>,
}

/// How many open cases each saved view has, exactly.
#[utoipa::path(get, path = "/api/v1/cases/counts", tag = "cases", params(CountsQuery), responses((status = 200, body = ViewCountsDto)))]
pub(crate) async fn cases_counts(
    State(api): State<ApiState>,
    caller: StaffCaller<Read>,
    Params(query): Params<CountsQuery>,
) -> Result<Json<ViewCountsDto>, Problem> {
    let counts = cases_views(&api.desk, &caller.0, query.high_value_minor).await?;
    Ok(Json(ViewCountsDto::of(&counts, query.high_value_minor)))
}
