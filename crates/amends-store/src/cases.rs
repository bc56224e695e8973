//! Cases as they are now, the queue, and a case's events and texts.
//!
//! Must not know: how a case comes about; the committer writes it. Tests: `tests/it/flow.rs`,
//! `tests/it/statements.rs`.

use std::fmt::Write as _;

use amends_domain::case::{Case, Kind};
use amends_domain::digest::Digest;
use amends_domain::ids::{BuyerId, CaseId, OrderId, ShopId, TextId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Batched, Kind as Column, Row, Rows, Value, args};
use crate::error::StoreError;
use crate::stream::{EVENT_COLUMNS, EventRow, event_row};

/// Most cases of one page.
const PAGE_MAX: u32 = 200;
/// Most events or texts read at once.
const READ_MAX: u32 = 1_000;

/// A case as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub case: Case,
    /// Its number in the shop, from 1.
    pub number: i64,
    /// The last link of its chain of events.
    pub head: Digest,
    /// When the first of its clocks ends.
    pub next_due_at: Option<Moment>,
}

/// Which cases a page shows; every condition that is given must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Open ones, or closed ones.
    pub open: Option<bool>,
    /// Of one kind.
    pub kind: Option<Kind>,
    /// About one order.
    pub order: Option<OrderId>,
    /// Of one buyer.
    pub buyer: Option<BuyerId>,
}

/// Where a page of cases goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseCursor {
    /// When the last one on the page is due.
    pub next_due_at: Option<Moment>,
    /// The last one on the page.
    pub case: CaseId,
}

/// A page of cases: the most urgent first, those that wait for nobody last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasesPage {
    /// The cases.
    pub rows: Vec<CaseRow>,
    /// How many there are on all pages.
    pub total: u64,
    /// Where the next page begins, when there is one.
    pub next: Option<CaseCursor>,
}

/// A message, note or reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// Its id.
    pub id: TextId,
    /// The case it belongs to.
    pub case: CaseId,
    /// Who wrote it, as `amends_domain::event::actor_text` writes it.
    pub author: String,
    /// What it says; none once erased.
    pub body: Option<String>,
    /// What it was salted with; none once erased.
    pub salt: Option<Vec<u8>>,
    /// When it was written.
    pub at: Moment,
    /// When it was erased.
    pub erased_at: Option<Moment>,
}

const CASE_COLUMNS: &str = "state, number, head, next_due_at";

pub(crate) fn case_row(row: &mut Row) -> Result<CaseRow, StoreError> {
    Ok(CaseRow {
        case: row.json()?,
        number: row.int()?,
        head: row.digest()?,
        next_due_at: row.moment_or_none()?,
    })
}

pub(crate) fn text_row(mut row: Row) -> Result<TextRow, StoreError> {
    Ok(TextRow {
        id: row.parsed()?,
        case: row.parsed()?,
        author: row.text()?,
        body: row.text_or_none()?,
        salt: row.bytes_or_none()?,
        at: row.moment()?,
        erased_at: row.moment_or_none()?,
    })
}

static TEXTS_BY_IDS: Batched = Batched::new(
    &[("shop_id", Column::Text), ("text_id", Column::Text)],
    "SELECT t.text_id, t.case_id, t.author, t.body, t.salt, t.at, t.erased_at FROM v \
     JOIN texts t ON t.shop_id = v.shop_id AND t.text_id = v.text_id ORDER BY t.at, t.text_id",
);

/// A filter as conditions and their values, `$1` being the shop.
fn conditions(shop: ShopId, filter: &CaseFilter) -> (String, Vec<Value>) {
    let (mut text, mut values) = (String::from("shop_id = $1"), args![shop]);
    match filter.open {
        Some(true) => text.push_str(" AND closed_at IS NULL"),
        Some(false) => text.push_str(" AND closed_at IS NOT NULL"),
        None => {}
    }
    let columns = [
        ("kind", filter.kind.map(|kind| Value::from(kind.code()))),
        ("order_id", filter.order.map(Value::from)),
        ("buyer_id", filter.buyer.map(Value::from)),
    ];
    for (column, value) in columns {
        if let Some(value) = value {
            values.push(value);
            // Writing to a String cannot fail.
            let _ = write!(text, " AND {column} = ${}", values.len());
        }
    }
    (text, values)
}

/// What comes after a cursor in the order `next_due_at NULLS LAST, case_id`.
fn beyond(cursor: &CaseCursor, values: &mut Vec<Value>) -> String {
    values.push(cursor.case.into());
    let case = values.len();
    let Some(due) = cursor.next_due_at else {
        return format!(" AND next_due_at IS NULL AND case_id > ${case}");
    };
    values.push(due.into());
    let due = values.len();
    format!(
        " AND (next_due_at > ${due} OR (next_due_at = ${due} AND case_id > ${case}) OR next_due_at IS NULL)"
    )
}

impl Store {
    /// A case by its id.
    pub async fn case_by_id(&self, shop: ShopId, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
        let query = format!("SELECT {CASE_COLUMNS} FROM cases WHERE shop_id = $1 AND case_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(|mut row| case_row(&mut row)).transpose()
    }

    /// A case by its number.
    pub async fn case_by_number(&self, shop: ShopId, number: i64) -> Result<Option<CaseRow>, StoreError> {
        let query = format!("SELECT {CASE_COLUMNS} FROM cases WHERE shop_id = $1 AND number = $2");
        let row = self.db().fetch_first(&query, args![shop, number]).await?;
        row.map(|mut row| case_row(&mut row)).transpose()
    }

    /// A page of cases, at most 200, with the exact count of all that fit the filter.
    pub async fn cases_page(
        &self,
        shop: ShopId,
        filter: &CaseFilter,
        after: Option<CaseCursor>,
        limit: u32,
    ) -> Result<CasesPage, StoreError> {
        let limit = limit.clamp(1, PAGE_MAX);
        let (fits, values) = conditions(shop, filter);
        let count = format!("SELECT COUNT(*) FROM cases WHERE {fits}");
        let total = self.db().fetch_one(&count, values.clone()).await?.count()?;
        let mut values = values;
        let beyond = after
            .map(|cursor| beyond(&cursor, &mut values))
            .unwrap_or_default();
        values.push(limit.into());
        let query = format!(
            "SELECT {CASE_COLUMNS} FROM cases WHERE {fits}{beyond} \
             ORDER BY next_due_at NULLS LAST, case_id LIMIT ${}",
            values.len()
        );
        let rows = self.db().fetch(&query, values).await?;
        let rows: Vec<CaseRow> = rows
            .into_iter()
            .map(|mut row| case_row(&mut row))
            .collect::<Result<_, _>>()?;
        let full = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
        let next = rows.last().filter(|_| full).map(|row| CaseCursor {
            next_due_at: row.next_due_at,
            case: row.case.id,
        });
        Ok(CasesPage { rows, total, next })
    }

    /// Events of a case after `after_seq`, in order; at most 1,000.
    pub async fn events_of_case(
        &self,
        shop: ShopId,
        case: CaseId,
        after_seq: u64,
        limit: u32,
    ) -> Result<Vec<EventRow>, StoreError> {
        let query = format!(
            "SELECT {EVENT_COLUMNS} FROM events WHERE shop_id = $1 AND case_id = $2 AND seq > $3 \
             ORDER BY seq LIMIT $4"
        );
        let values = args![shop, case, after_seq, limit.min(READ_MAX)];
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(event_row).collect()
    }

    /// Texts by their ids, oldest first; ids that are not the shop's are left out.
    pub async fn texts_by_ids(&self, shop: ShopId, ids: &[TextId]) -> Result<Vec<TextRow>, StoreError> {
        let mut rows = Rows::default();
        for id in ids {
            rows.push([shop.into(), (*id).into()]);
        }
        let rows = TEXTS_BY_IDS.read(self.db(), rows).await?;
        rows.into_iter().map(text_row).collect()
    }
}
