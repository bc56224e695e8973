//! Imports the orders of a file: every one is looked at before any is written, and every fault is
//! told.
//!
//! Must not know: file forms. Tests: `amends/tests/it/imports.rs`.

use amends_domain::facts::Product;
use amends_domain::order::Order;
use amends_store::{OrderRow, ProductRow};

use super::draft::OrderDraft;
use super::file::faults::Faults;
use super::mapping::{Moments, OrdersRead, ReadOrder};
use super::order_import::{LOOKED_UP, Plan, known};
use crate::ShopRow;
use crate::desk::Desk;
use crate::error::AppError;

/// What an import of a file did, in numbers of orders, but for the last two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct FileImported {
    /// All of the file.
    pub orders: usize,
    /// Not known before.
    pub new: usize,
    /// Known, and got further since.
    pub moved_on: usize,
    /// Known as they are.
    pub already_there: usize,
    /// Rows the mapping leaves out.
    pub passed_over: usize,
    /// Buyers of the file who bought nothing in it and were not known before.
    pub buyers_alone: usize,
}

/// Imports a file that reads well into a shop: all of it, or nothing when there are faults.
pub async fn order_file_import(
    desk: &Desk,
    shop: &ShopRow,
    read: &OrdersRead,
) -> Result<Result<FileImported, Faults>, AppError> {
    let (mut plan, mut faults) = (Plan::default(), Faults::default());
    for chunk in read.orders.chunks(LOOKED_UP) {
        let mut known = known(desk, shop.id, chunk.iter().map(|order| &order.draft)).await?;
        for ReadOrder {
            place,
            draft,
            moments,
        } in chunk
        {
            let known: Option<OrderRow> = known.remove(&draft.number);
            let planned = match (&known, moments) {
                (Some(row), Moments::Supposed) => {
                    let draft = with_moments_of(draft, &row.order);
                    plan.add(desk, shop.id, &draft, known).await
                }
                _ => plan.add(desk, shop.id, draft, known).await,
            };
            if let Err(fault) = planned {
                faults.add_app(place, fault)?;
            }
        }
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    for identity in &read.buyers {
        let (_, row) = plan.buyer(desk, shop.id, identity).await?;
        plan.buyers.extend(row);
    }
    let now = desk.clock.now();
    let product = |product: &Product| ProductRow {
        product: product.clone(),
        updated_at: now,
    };
    let products: Vec<ProductRow> = read.products.iter().map(product).collect();
    plan.write(desk, shop.id, &products).await?;
    let (orders, new, moved_on) = (read.orders.len(), plan.imports.len(), plan.moved.len());
    Ok(Ok(FileImported {
        orders,
        new,
        moved_on,
        already_there: orders - new - moved_on,
        passed_over: read.passed_over,
        buyers_alone: plan.buyers.len(),
    }))
}

/// The draft of an order whose file says no moments, with those that are known of it.
fn with_moments_of(draft: &OrderDraft, known: &Order) -> OrderDraft {
    OrderDraft {
        placed_at: known.placed_at,
        paid_at: known.paid_at,
        dispatched_at: known.dispatched_at,
        delivered_at: known.delivered_at,
        cancelled_at: known.cancelled_at,
        ..draft.clone()
    }
}
