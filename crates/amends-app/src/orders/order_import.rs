//! Imports orders, one or a file of them: all or nothing.
//!
//! An order whose number is known must be the same order; only its moments may have moved on.
//! Must not know: file forms. Tests: `amends-api/tests/it/orders.rs`.

use std::collections::HashMap;

use amends_domain::ids::{BuyerId, OrderId, ShopId};
use amends_domain::ledger::OrderLedger;
use amends_domain::facts::Product;
use amends_domain::order::Order;
use amends_store::{BuyerRow, Imported as Inserted, OrderImport, OrderRow, ProductRow};

use super::draft::OrderDraft;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// Most orders in one transaction.
const BATCH_MAX: usize = 1_000;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Ids of the orders, in the order of the drafts.
    pub orders: Vec<OrderId>,
    /// How many of them were new.
    pub new: usize,
}

/// Imports orders as somebody of the shop.
pub async fn order_import(desk: &Desk, staff: &Staff, drafts: &[OrderDraft]) -> Result<Imported, AppError> {
    staff.require(Right::Orders)?;
    orders_import(desk, staff.shop, drafts).await
}

/// Imports orders from the command line.
pub async fn orders_import(desk: &Desk, shop: ShopId, drafts: &[OrderDraft]) -> Result<Imported, AppError> {
    let mut imported = Imported::default();
    let mut imports: Vec<OrderImport> = Vec::new();
    let mut moved: Vec<Order> = Vec::new();
    let mut fresh_buyers: HashMap<String, BuyerId> = HashMap::new();
    for draft in drafts {
        let known = desk.store.order_by_number(shop, &draft.number).await?;
        let twice = imports.iter().any(|import| import.order.number == draft.number);
        if twice {
            let reason = format!("order {} stands twice in this import", draft.number);
            return Err(AppError::Invalid { field: "number", reason });
        }
        let (buyer, row) = buyer_of(desk, shop, draft, known.as_ref(), &mut fresh_buyers).await?;
        let order = draft.settle(buyer, desk.clock.now(), &desk.random)?;
        if let Some(known) = known {
            imported.orders.push(known.order.id);
            moved.push(moved_on(&known.order, &order)?);
        } else {
            imported.orders.push(order.id);
            imports.push(import(order, draft, row));
        }
    }
    imported.new = imports.len();
    for batch in imports.chunks(BATCH_MAX) {
        if let Inserted::SameNumbers(orders) = desk.store.orders_insert(shop, batch).await? {
            // Another import was faster; asked again, this one will find its orders known.
            let number = orders.first().map(|order| order.number.clone()).unwrap_or_default();
            return Err(AppError::OrderDiffers { number });
        }
    }
    for order in moved {
        let (dispatched, delivered, cancelled) = (order.dispatched_at, order.delivered_at, order.cancelled_at);
        desk.store.order_moments(shop, order.id, dispatched, delivered, cancelled).await?;
    }
    Ok(imported)
}

async fn buyer_of(
    desk: &Desk,
    shop: ShopId,
    draft: &OrderDraft,
    known: Option<&OrderRow>,
    fresh: &mut HashMap<String, BuyerId>,
) -> Result<(BuyerId, Option<BuyerRow>), AppError> {
    if let Some(known) = known {
        return Ok((known.order.buyer, None));
    }
    if let Some(buyer) = fresh.get(&draft.buyer.nickname) {
        return Ok((*buyer, None));
    }
    let index = desk.vault.nickname_index(shop, &draft.buyer.nickname);
    if let Some(row) = desk.store.buyer_by_nickname_index(shop, &index).await? {
        return Ok((row.id, None));
    }
    let at = desk.clock.now();
    let id: BuyerId = desk.random.id(at);
    let sealed = desk
        .vault
        .seal(shop, id, &draft.buyer, &desk.random)
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    fresh.insert(draft.buyer.nickname.clone(), id);
    let row = BuyerRow {
        id,
        key_wrapped: Some(sealed.key_wrapped),
        sealed: Some(sealed.identity),
        nickname_index: Some(sealed.nickname_index).filter(|index| !index.is_empty()),
        phone_index: Some(sealed.phone_index).filter(|index| !index.is_empty()),
        erased_at: None,
        created_at: at,
    };
    Ok((id, Some(row)))
}

fn import(order: Order, draft: &OrderDraft, buyer: Option<BuyerRow>) -> OrderImport {
    let product = |line: &amends_domain::order::DraftLine| ProductRow {
        product: Product { sku: line.sku.clone(), title: line.title.clone(), price: line.price },
        updated_at: order.paid_at,
    };
    let products = draft.lines.iter().map(product).collect();
    OrderImport { ledger: OrderLedger::open(&order), order, buyer, products }
}

/// The known order with the draft's moments, when everything else is the same.
fn moved_on(known: &Order, draft: &Order) -> Result<Order, AppError> {
    let differs = || AppError::OrderDiffers { number: known.number.clone() };
    let same_lines = known.lines.len() == draft.lines.len()
        && known.lines.iter().zip(&draft.lines).all(|(a, b)| a.sku == b.sku && a.unit_paid_minor == b.unit_paid_minor);
    if !same_lines || known.freight_paid_minor != draft.freight_paid_minor || known.currency != draft.currency {
        return Err(differs());
    }
    let mut order = known.clone();
    order.dispatched_at = draft.dispatched_at.or(known.dispatched_at);
    order.delivered_at = draft.delivered_at.or(known.delivered_at);
    order.cancelled_at = draft.cancelled_at.or(known.cancelled_at);
    Ok(order)
}
