//! Cases as they are now, and a case's events and texts.
//!
//! Must not know: how a case comes about; the committer writes it. Tests: `tests/it/flow.rs`,
//! `tests/it/statements.rs`.

pub(crate) mod closures;
pub(crate) mod exceptions;
pub(crate) mod queue;
pub(crate) mod workload;

use amends_domain::case::Case;
use amends_domain::digest::Digest;
use amends_domain::event::Event;
use amends_domain::ids::{CaseId, ShopId, TextId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Batched, Kind as Column, Row, Rows, args};
use crate::error::StoreError;
use crate::stream::{EVENT_COLUMNS, EventRow, event_row};

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

pub(crate) const CASE_COLUMNS: &str = "state, number, head, next_due_at";

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

    /// Events of a case that may judge its rights anew, the latest first.
    pub async fn judging_events(&self, shop: ShopId, case: CaseId) -> Result<Vec<EventRow>, StoreError> {
        let names: Vec<String> = Event::JUDGING.iter().map(|name| format!("'{name}'")).collect();
        let query = format!(
            "SELECT {EVENT_COLUMNS} FROM events WHERE shop_id = $1 AND case_id = $2 AND type IN ({}) \
             ORDER BY seq DESC LIMIT $3",
            names.join(", ")
        );
        let rows = self.db().fetch(&query, args![shop, case, READ_MAX]).await?;
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
