//! The queue: pages of cases by filter and sort, exact counts, and the counts of saved views.
//!
//! What is open is read from one index that holds every column a filter asks for. Open and closed
//! cases stand in indexes of their own, so a page of both is put together from one page of each.
//! Must not know: how a case gets its columns; the committer writes them. Tests: `tests/it/queue.rs`.

use amends_domain::actor::Role;
use amends_domain::case::assessment::Severity;
use amends_domain::case::{Care, Case, Kind, Status};
use amends_domain::ids::{BuyerId, CaseId, OrderId, PersonId, ShopId};
use amends_domain::policy::ClauseId;
use amends_domain::policy::pack::Priority;
use amends_domain::time::Moment;

use super::{CASE_COLUMNS, CaseRow, case_row};
use crate::Store;
use crate::commit::status_name;
use crate::db::{Row, Value, args};
use crate::error::StoreError;

/// Most cases of one page.
const PAGE_MAX: u32 = 200;

/// Who must act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaiting {
    /// The shop.
    Shop,
    /// The buyer.
    Buyer,
    /// The platform.
    Platform,
    /// The payment provider.
    Provider,
}

impl Awaiting {
    /// Who must act next, so that the case goes on; none once nobody has to.
    pub fn of(case: &Case) -> Option<Self> {
        match case.status() {
            Status::AwaitingDecision
            | Status::ReturnOnTheWay
            | Status::AwaitingRefund
            | Status::RefundInTrouble
            | Status::AwaitingReplacement
            | Status::AwaitingAnswer
            | Status::AwaitingRepair
            | Status::AwaitingSteps
            | Status::AwaitingDispatch
            | Status::AwaitingSendBack => Some(Self::Shop),
            Status::Refused
            | Status::AwaitingChoice
            | Status::OnTrial
            | Status::RepairedOnTheWay
            | Status::AwaitingReturn
            | Status::AwaitingDifference
            | Status::AwaitingPayment
            | Status::ReplacementOnTheWay => Some(Self::Buyer),
            Status::AwaitingRuling => Some(Self::Platform),
            Status::RefundOnTheWay => Some(Self::Provider),
            Status::Closed => (case.care == Some(Care::Due) || case.reply_due).then_some(Self::Shop),
        }
    }

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Buyer => "buyer",
            Self::Platform => "platform",
            Self::Provider => "provider",
        }
    }
}

/// Whose a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    /// Nobody's yet.
    Nobody,
    /// Somebody's.
    Person(PersonId),
}

/// To whom a case was escalated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscalatedTo {
    /// To anybody.
    Anybody,
    /// To a role.
    Role(Role),
}

/// Which cases are meant; every condition that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Open ones, or closed ones.
    pub open: Option<bool>,
    /// In one of these; empty is any.
    pub statuses: Vec<Status>,
    /// Of one kind.
    pub kind: Option<Kind>,
    /// For one reason.
    pub reason: Option<String>,
    /// Of one priority.
    pub priority: Option<Priority>,
    /// Of one severity.
    pub severity: Option<Severity>,
    /// Of one person, or of nobody.
    pub assignee: Option<Assignee>,
    /// Escalated, to anybody or to one role.
    pub escalated_to: Option<EscalatedTo>,
    /// Waiting for one of the four.
    pub awaiting: Option<Awaiting>,
    /// The platform was asked to step in and has not ruled.
    pub disputed: Option<bool>,
    /// Opened then or later.
    pub opened_from: Option<Moment>,
    /// Opened before.
    pub opened_until: Option<Moment>,
    /// Due then or later.
    pub due_from: Option<Moment>,
    /// Due before.
    pub due_before: Option<Moment>,
    /// With a tag.
    pub tag: Option<String>,
    /// About one order.
    pub order: Option<OrderId>,
    /// Of one buyer.
    pub buyer: Option<BuyerId>,
    /// Claiming so much or more, in minor units.
    pub value_from_minor: Option<i64>,
    /// Resting on a clause.
    pub clause: Option<ClauseId>,
    /// Whether the buyer is still to be asked how it went.
    pub follow_up_due: Option<bool>,
}

/// What a page is sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CaseSort {
    /// The most urgent first; those that wait for nobody last.
    #[default]
    Due,
    /// The newest first.
    Opened,
    /// What changed last first.
    Changed,
}

impl CaseSort {
    /// Every sort.
    pub const ALL: &[CaseSort] = &[Self::Due, Self::Opened, Self::Changed];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Opened => "opened",
            Self::Changed => "changed",
        }
    }

    /// A sort by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|sort| sort.code() == code)
    }

    fn column(self) -> &'static str {
        match self {
            Self::Due => "queue_due_at",
            Self::Opened => "opened_at",
            Self::Changed => "changed_at",
        }
    }

    fn ascends(self) -> bool {
        self == Self::Due
    }
}

/// Where a page of cases goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseCursor {
    /// What it is a page of: another sort has other places.
    pub sort: CaseSort,
    /// What the last one on the page is sorted by, in epoch milliseconds.
    pub key_ms: i64,
    /// The last one on the page.
    pub case: CaseId,
}

/// A page of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasesPage {
    /// The cases.
    pub rows: Vec<CaseRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<CaseCursor>,
}

/// What the saved views are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewsAsked {
    /// Whose are `mine`.
    pub person: PersonId,
    /// The time now.
    pub now: Moment,
    /// Until when is `due_soon`.
    pub soon: Moment,
    /// From which amount on a case is of high value, in minor units; without it none is.
    pub high_value_minor: Option<i64>,
}

/// How many open cases each saved view has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ViewCounts {
    /// All of them.
    pub open: u64,
    /// Of the person who asks.
    pub mine: u64,
    /// Of nobody.
    pub unassigned: u64,
    /// Due from now until soon.
    pub due_soon: u64,
    /// Due before now.
    pub overdue: u64,
    /// The platform was asked to step in.
    pub disputed: u64,
    /// Somebody higher must look.
    pub escalated: u64,
    /// Of high value.
    pub high_value: u64,
    /// Waiting for the buyer.
    pub awaiting_buyer: u64,
}

/// When a case is due as its column keeps it.
pub(crate) fn due_order(due_at: Option<Moment>) -> i64 {
    due_at.map_or(i64::MAX, Moment::millis)
}

/// A severity as its column keeps it, the least first.
pub(crate) fn severity_code(severity: Severity) -> i64 {
    match severity {
        Severity::Low => 0,
        Severity::Medium => 1,
        Severity::High => 2,
        Severity::Critical => 3,
    }
}

/// A priority as its column keeps it.
pub(crate) fn priority_code(priority: Priority) -> i64 {
    match priority {
        Priority::High => 1,
        Priority::Medium => 2,
        Priority::Low => 3,
    }
}

/// Tags or clauses as their column keeps them.
pub(crate) fn list_text<'a>(entries: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for entry in entries {
        text.push('\n');
        text.push_str(entry);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Conditions and their values, `$1` being the shop.
struct Conditions {
    text: String,
    values: Vec<Value>,
}

impl Conditions {
    fn of(shop: ShopId, filter: &CaseFilter) -> Self {
        let mut all = Self {
            text: String::from("shop_id = $1"),
            values: args![shop],
        };
        all.state(filter);
        all.equal(filter);
        all.range(filter);
        all
    }

    /// A condition without a value.
    fn and(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }

    /// A condition on one value, which stands where the question mark is.
    fn with(&mut self, condition: &str, value: impl Into<Value>) {
        let place = self.place(value);
        self.and(&condition.replace('?', &place));
    }

    fn place(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn state(&mut self, filter: &CaseFilter) {
        match filter.open {
            Some(true) => self.and("closed_at IS NULL"),
            Some(false) => self.and("closed_at IS NOT NULL"),
            None => {}
        }
        match filter.assignee {
            Some(Assignee::Nobody) => self.and("assignee IS NULL"),
            Some(Assignee::Person(person)) => self.with("assignee = ?", person),
            None => {}
        }
        match filter.escalated_to {
            Some(EscalatedTo::Anybody) => self.and("escalated_to IS NOT NULL"),
            Some(EscalatedTo::Role(role)) => self.with("escalated_to = ?", role.code()),
            None => {}
        }
        match filter.follow_up_due {
            Some(true) => self.and("follow_up_due = 1"),
            Some(false) => self.and("follow_up_due = 0"),
            None => {}
        }
        if !filter.statuses.is_empty() {
            let statuses = filter.statuses.iter();
            let places: Vec<String> = statuses.map(|status| self.place(status_name(*status))).collect();
            self.and(&format!("status IN ({})", places.join(", ")));
        }
    }

    fn equal(&mut self, filter: &CaseFilter) {
        let columns = [
            ("order_id = ?", filter.order.map(Value::from)),
            ("buyer_id = ?", filter.buyer.map(Value::from)),
            ("kind = ?", filter.kind.map(|kind| Value::from(kind.code()))),
            ("reason = ?", filter.reason.as_deref().map(Value::from)),
            (
                "priority = ?",
                filter
                    .priority
                    .map(|priority| Value::from(priority_code(priority))),
            ),
            (
                "severity = ?",
                filter
                    .severity
                    .map(|severity| Value::from(severity_code(severity))),
            ),
            ("awaiting = ?", filter.awaiting.map(|who| Value::from(who.code()))),
            (
                "disputed = ?",
                filter.disputed.map(|disputed| Value::from(i64::from(disputed))),
            ),
            (
                "{strpos}[instr](tags, ?) > 0",
                filter.tag.as_ref().map(|tag| Value::from(format!("\n{tag}\n"))),
            ),
            (
                "{strpos}[instr](clauses, ?) > 0",
                filter
                    .clause
                    .as_ref()
                    .map(|clause| Value::from(format!("\n{clause}\n"))),
            ),
        ];
        for (condition, value) in columns {
            if let Some(value) = value {
                self.with(condition, value);
            }
        }
    }

    fn range(&mut self, filter: &CaseFilter) {
        let columns = [
            ("opened_at >= ?", filter.opened_from.map(Moment::millis)),
            ("opened_at < ?", filter.opened_until.map(Moment::millis)),
            ("queue_due_at >= ?", filter.due_from.map(Moment::millis)),
            ("queue_due_at < ?", filter.due_before.map(Moment::millis)),
            ("value_minor >= ?", filter.value_from_minor),
        ];
        for (condition, value) in columns {
            if let Some(value) = value {
                self.with(condition, value);
            }
        }
    }

    /// What comes after a cursor.
    fn beyond(&mut self, cursor: &CaseCursor) {
        let (key, case) = (self.place(cursor.key_ms), self.place(cursor.case));
        let direction = if cursor.sort.ascends() { '>' } else { '<' };
        let column = cursor.sort.column();
        self.and(&format!("({column}, case_id) {direction} ({key}, {case})"));
    }
}

/// Where a page of cases is read from.
struct Source {
    /// The table; SQLite, which keeps no figures of how values are spread, is told which index to take.
    table: &'static str,
    /// Whether the table's rows are looked at only once the page is known: the index holds every column
    /// asked for, in another order than the page has.
    rows_last: bool,
}

impl Source {
    fn of(filter: &CaseFilter, sort: CaseSort) -> Self {
        let at_once = |table| Self {
            table,
            rows_last: false,
        };
        if filter.order.is_some() || filter.buyer.is_some() {
            // The name of an order or a buyer leads to a few rows by itself.
            return at_once("cases");
        }
        let all_open = CaseFilter {
            open: Some(true),
            ..CaseFilter::default()
        };
        if filter.follow_up_due == Some(true) {
            return at_once("cases[ INDEXED BY cases_to_ask]");
        }
        match (filter.open, sort) {
            (Some(true), CaseSort::Due) if filter.clause.is_some() => {
                at_once("cases[ INDEXED BY cases_open_clauses]")
            }
            (Some(true), CaseSort::Due) => at_once("cases[ INDEXED BY cases_queue]"),
            (Some(true), CaseSort::Changed) if *filter == all_open => {
                at_once("cases[ INDEXED BY cases_open_by_changed]")
            }
            // Most of the newest are open.
            (Some(true), CaseSort::Opened) if *filter == all_open => {
                at_once("cases[ INDEXED BY cases_by_opened]")
            }
            (Some(true), _) => Self {
                table: "cases[ INDEXED BY cases_queue]",
                rows_last: true,
            },
            (_, CaseSort::Opened) => at_once("cases[ INDEXED BY cases_by_opened]"),
            (Some(false), CaseSort::Due) => at_once("cases[ INDEXED BY cases_closed_by_due]"),
            (Some(false), CaseSort::Changed) => at_once("cases[ INDEXED BY cases_closed_by_changed]"),
            (None, _) => at_once("cases"),
        }
    }
}

/// A case with what it is sorted by.
struct Placed {
    key_ms: i64,
    row: CaseRow,
}

fn placed(mut row: Row) -> Result<Placed, StoreError> {
    let key_ms = row.int()?;
    Ok(Placed {
        key_ms,
        row: case_row(&mut row)?,
    })
}

impl Store {
    /// A page of cases, at most 200. A cursor of another sort is not this page's: the caller asks
    /// with the sort the cursor has.
    pub async fn cases_page(
        &self,
        shop: ShopId,
        filter: &CaseFilter,
        sort: CaseSort,
        after: Option<CaseCursor>,
        limit: u32,
    ) -> Result<CasesPage, StoreError> {
        let limit = limit.clamp(1, PAGE_MAX);
        let mut found = match (filter.open, sort) {
            (None, CaseSort::Due | CaseSort::Changed) => {
                let half = |open| CaseFilter {
                    open: Some(open),
                    ..filter.clone()
                };
                let mut found = self.cases_sorted(shop, &half(true), sort, after, limit).await?;
                found.extend(self.cases_sorted(shop, &half(false), sort, after, limit).await?);
                found.sort_by_key(|placed| (placed.key_ms, placed.row.case.id));
                if !sort.ascends() {
                    found.reverse();
                }
                found
            }
            _ => self.cases_sorted(shop, filter, sort, after, limit).await?,
        };
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        found.truncate(limit);
        let next = found
            .last()
            .filter(|_| found.len() == limit)
            .map(|last| CaseCursor {
                sort,
                key_ms: last.key_ms,
                case: last.row.case.id,
            });
        let rows = found.into_iter().map(|placed| placed.row).collect();
        Ok(CasesPage { rows, next })
    }

    async fn cases_sorted(
        &self,
        shop: ShopId,
        filter: &CaseFilter,
        sort: CaseSort,
        after: Option<CaseCursor>,
        limit: u32,
    ) -> Result<Vec<Placed>, StoreError> {
        let mut conditions = Conditions::of(shop, filter);
        if let Some(cursor) = after {
            conditions.beyond(&CaseCursor { sort, ..cursor });
        }
        let (column, source) = (sort.column(), Source::of(filter, sort));
        let table = source.table;
        let direction = if sort.ascends() { "" } else { " DESC" };
        let limit = conditions.place(limit);
        let Conditions { text, values } = conditions;
        let order = format!("ORDER BY {column}{direction}, case_id{direction}");
        let query = if source.rows_last {
            format!(
                "SELECT {column}, {CASE_COLUMNS} FROM cases WHERE shop_id = $1 AND case_id IN \
                 (SELECT case_id FROM {table} WHERE {text} {order} LIMIT {limit}) {order}"
            )
        } else {
            format!("SELECT {column}, {CASE_COLUMNS} FROM {table} WHERE {text} {order} LIMIT {limit}")
        };
        let query = self.db().engine().text(&query).into_owned();
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(placed).collect()
    }

    /// How many cases fit a filter, exactly.
    pub async fn cases_count(&self, shop: ShopId, filter: &CaseFilter) -> Result<u64, StoreError> {
        let Conditions { text, values } = Conditions::of(shop, filter);
        let table = match filter.open {
            Some(true) => Source::of(filter, CaseSort::Due).table,
            _ if filter.follow_up_due == Some(true) => Source::of(filter, CaseSort::Due).table,
            _ => "cases",
        };
        let query = format!("SELECT COUNT(*) FROM {table} WHERE {text}");
        let query = self.db().engine().text(&query).into_owned();
        self.db().fetch_one(&query, values).await?.count()
    }

    /// How many open cases each saved view has, exactly, in one pass.
    pub async fn cases_views(&self, shop: ShopId, asked: &ViewsAsked) -> Result<ViewCounts, StoreError> {
        const VIEWS: &str = "SELECT COUNT(*), COUNT(*) FILTER (WHERE assignee = $2), \
            COUNT(*) FILTER (WHERE assignee IS NULL), \
            COUNT(*) FILTER (WHERE queue_due_at >= $3 AND queue_due_at < $4), \
            COUNT(*) FILTER (WHERE queue_due_at < $3), COUNT(*) FILTER (WHERE disputed = 1), \
            COUNT(*) FILTER (WHERE escalated_to IS NOT NULL), COUNT(*) FILTER (WHERE value_minor >= $5), \
            COUNT(*) FILTER (WHERE awaiting = 'buyer') \
            FROM cases[ INDEXED BY cases_queue] WHERE shop_id = $1 AND closed_at IS NULL";
        let query = self.db().engine().text(VIEWS).into_owned();
        let values = args![shop, asked.person, asked.now, asked.soon, asked.high_value_minor];
        let mut row = self.db().fetch_one(&query, values).await?;
        Ok(ViewCounts {
            open: row.count()?,
            mine: row.count()?,
            unassigned: row.count()?,
            due_soon: row.count()?,
            overdue: row.count()?,
            disputed: row.count()?,
            escalated: row.count()?,
            high_value: row.count()?,
            awaiting_buyer: row.count()?,
        })
    }
}
