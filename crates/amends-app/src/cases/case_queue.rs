//! The queue: pages of cases, how many there are, and how many each saved view has.
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/queue.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_domain::ids::{OrderId, ShopId};
use amends_domain::order::Order;
use amends_store::{CaseCursor, CaseFilter, CaseRow, CaseSort, CasesPage, ViewCounts, ViewsAsked};

use crate::caller::{Caller, Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// Longest page of the queue.
pub const PAGE_MAX: u32 = 200;
/// What is due so soon stands in a view of its own: two hours, in milliseconds.
pub const SOON_MILLIS: i64 = 2 * 3_600_000;

/// What a caller may see of what he asks for: a buyer sees his order's cases.
fn visible(caller: &Caller, filter: CaseFilter) -> Result<CaseFilter, AppError> {
    match caller {
        Caller::Staff(staff) => {
            staff.require(Right::Read)?;
            Ok(filter)
        }
        Caller::Buyer(buyer) => Ok(CaseFilter {
            order: Some(buyer.order),
            buyer: Some(buyer.buyer),
            ..filter
        }),
        Caller::Writer(writer) => Ok(CaseFilter {
            buyer: Some(writer.buyer),
            ..filter
        }),
    }
}

/// A page of cases. A cursor that a page of another sort gave is refused: its place means nothing
/// in this one.
pub async fn cases_page(
    desk: &Desk,
    caller: &Caller,
    filter: CaseFilter,
    sort: CaseSort,
    after: Option<CaseCursor>,
    limit: u32,
) -> Result<CasesPage, AppError> {
    let filter = visible(caller, filter)?;
    if let Some(cursor) = after.filter(|cursor| cursor.sort != sort) {
        return Err(AppError::Invalid {
            field: "after",
            reason: Reason::Other(format!(
                "is of a page sorted by {}, not by {}; begin again without it",
                cursor.sort.code(),
                sort.code()
            )),
        });
    }
    Ok(desk
        .store
        .cases_page(caller.shop(), &filter, sort, after, limit.clamp(1, PAGE_MAX))
        .await?)
}

/// How many cases there are on all pages, exactly.
pub async fn cases_count(desk: &Desk, caller: &Caller, filter: CaseFilter) -> Result<u64, AppError> {
    let filter = visible(caller, filter)?;
    Ok(desk.store.cases_count(caller.shop(), &filter).await?)
}

/// How many open cases each saved view has, exactly.
pub async fn cases_views(
    desk: &Desk,
    staff: &Staff,
    high_value_minor: Option<i64>,
) -> Result<ViewCounts, AppError> {
    staff.require(Right::Read)?;
    let now = desk.clock.now();
    let asked = ViewsAsked {
        person: staff.person,
        now,
        // What is due at the very end is within the hours, too.
        soon: now.plus_millis(SOON_MILLIS + 1),
        high_value_minor,
    };
    Ok(desk.store.cases_views(staff.shop, &asked).await?)
}

/// The orders that listed cases are about, each once.
pub async fn cases_orders(
    desk: &Desk,
    shop: ShopId,
    rows: impl IntoIterator<Item = &CaseRow>,
) -> Result<BTreeMap<OrderId, Order>, AppError> {
    let wanted: BTreeSet<OrderId> = rows.into_iter().filter_map(|row| row.case.order).collect();
    let wanted: Vec<OrderId> = wanted.into_iter().collect();
    let orders = desk.store.orders_by_ids(shop, &wanted).await?;
    Ok(orders.into_iter().map(|order| (order.id, order)).collect())
}
