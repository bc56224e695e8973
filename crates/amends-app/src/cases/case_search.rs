//! Finds cases and orders by what somebody has in hand: a case's number, an order's number or its
//! beginning, a waybill, a buyer's whole nickname, words of a message or note.
//!
//! Nicknames are found whole only: identities are sealed, and the blind index knows no parts. Nothing
//! of an identity is in the answer.
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/queue.rs`.

use std::collections::BTreeSet;

use amends_domain::ids::{CaseId, OrderId};
use amends_store::{CaseRow, OrderRow};

use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// Longest search, in characters.
pub const QUERY_CHARS_MAX: usize = 100;
/// Most cases, and most orders, of one answer.
pub const FOUND_MAX: usize = 20;
/// Shortest beginning of an order's number that is searched for; shorter ones are numbers themselves.
const START_CHARS_MIN: usize = 3;

/// What led to a case or an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// The case's own number.
    CaseNumber,
    /// The order's number, or its beginning.
    OrderNumber,
    /// A parcel's waybill.
    Waybill,
    /// The buyer's nickname.
    Nickname,
    /// Words of a message or note.
    Text,
}

/// A case that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCase {
    /// By what.
    pub by: FoundBy,
    /// The case.
    pub row: CaseRow,
    /// The message or note, where words of it were looked for.
    pub text: Option<String>,
}

/// An order that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOrder {
    /// By what.
    pub by: FoundBy,
    /// The order.
    pub row: OrderRow,
}

/// What a search found: numbers before names before words, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// At most 20.
    pub cases: Vec<FoundCase>,
    /// At most 20.
    pub orders: Vec<FoundOrder>,
    seen_cases: BTreeSet<CaseId>,
    seen_orders: BTreeSet<OrderId>,
}

impl Found {
    fn cases(&mut self, by: FoundBy, rows: impl IntoIterator<Item = CaseRow>) {
        let texted = rows.into_iter().map(|row| (row, None));
        self.texted(by, texted);
    }

    fn texted(&mut self, by: FoundBy, rows: impl IntoIterator<Item = (CaseRow, Option<String>)>) {
        for (row, text) in rows {
            if self.cases.len() < FOUND_MAX && self.seen_cases.insert(row.case.id) {
                self.cases.push(FoundCase { by, row, text });
            }
        }
    }

    fn orders(&mut self, by: FoundBy, rows: impl IntoIterator<Item = OrderRow>) {
        for row in rows {
            if self.orders.len() < FOUND_MAX && self.seen_orders.insert(row.order.id) {
                self.orders.push(FoundOrder { by, row });
            }
        }
    }
}

fn limit() -> u32 {
    u32::try_from(FOUND_MAX).unwrap_or(u32::MAX)
}

/// Looks in everything that can be searched.
pub async fn search(desk: &Desk, staff: &Staff, query: &str) -> Result<Found, AppError> {
    staff.require(Right::Read)?;
    let query = query.trim();
    if query.is_empty() || query.chars().count() > QUERY_CHARS_MAX || query.contains('\0') {
        return Err(AppError::Invalid {
            field: "q",
            reason: Reason::Length {
                chars_max: QUERY_CHARS_MAX,
            },
        });
    }
    let mut found = Found::default();
    let number = query.strip_prefix(['#', '＃']);
    if let Ok(number) = number.unwrap_or(query).parse::<i64>() {
        let row = desk.store.case_by_number(staff.shop, number).await?;
        found.cases(FoundBy::CaseNumber, row);
    }
    if number.is_some() {
        return Ok(found);
    }
    by_order(desk, staff, query, &mut found).await?;
    let rows = desk.store.cases_by_waybill(staff.shop, query, limit()).await?;
    found.cases(FoundBy::Waybill, rows);
    by_nickname(desk, staff, query, &mut found).await?;
    let rows = desk.store.cases_by_words(staff.shop, query, limit()).await?;
    found.texted(
        FoundBy::Text,
        rows.into_iter().map(|(row, text)| (row, Some(text))),
    );
    Ok(found)
}

async fn by_order(desk: &Desk, staff: &Staff, query: &str, found: &mut Found) -> Result<(), AppError> {
    let orders = if query.chars().count() < START_CHARS_MIN {
        let order = desk.store.order_by_number(staff.shop, query).await?;
        order.into_iter().collect()
    } else {
        desk.store
            .orders_by_number_start(staff.shop, query, limit())
            .await?
    };
    with_cases(desk, staff, FoundBy::OrderNumber, orders, found).await
}

async fn by_nickname(desk: &Desk, staff: &Staff, query: &str, found: &mut Found) -> Result<(), AppError> {
    let index = desk.vault.nickname_index(staff.shop, query);
    let orders = desk
        .store
        .orders_by_nickname_index(staff.shop, &index, limit())
        .await?;
    with_cases(desk, staff, FoundBy::Nickname, orders, found).await
}

/// Adds orders with the cases about them.
async fn with_cases(
    desk: &Desk,
    staff: &Staff,
    by: FoundBy,
    orders: Vec<OrderRow>,
    found: &mut Found,
) -> Result<(), AppError> {
    let ids: Vec<OrderId> = orders.iter().map(|row| row.order.id).collect();
    let cases = desk.store.cases_of_orders(staff.shop, &ids, limit()).await?;
    found.cases(by, cases);
    found.orders(by, orders);
    Ok(())
}
