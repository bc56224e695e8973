//! Reads orders with their ledgers.
//!
//! Must not know: JSON. Tests: `amends-api/tests/it/orders.rs`.

use amends_domain::ids::OrderId;
pub use amends_store::OrderRow;

use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// An order by its id.
pub async fn order_get(desk: &Desk, staff: &Staff, order: OrderId) -> Result<OrderRow, AppError> {
    staff.require(Right::Read)?;
    desk.store
        .order_by_id(staff.shop, order)
        .await?
        .ok_or(AppError::NotFound { what: "order" })
}

/// An order by the number shop and buyer know it by.
pub async fn order_by_number(desk: &Desk, staff: &Staff, number: &str) -> Result<Option<OrderRow>, AppError> {
    staff.require(Right::Read)?;
    if number.contains('\0') {
        return Ok(None);
    }
    Ok(desk.store.order_by_number(staff.shop, number).await?)
}
