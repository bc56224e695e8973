//! Imports orders, one or a file of them: all or nothing.
//!
//! An order whose number is known must be the same order; only its moments may have moved on.
//! Must not know: file forms. Tests: `amends-api/tests/it/orders.rs`.

use std::collections::{HashMap, HashSet};

use amends_domain::facts::Product;
use amends_domain::ids::{BuyerId, OrderId, ShopId};
use amends_domain::ledger::OrderLedger;
use amends_domain::order::Order;
use amends_store::{BuyerRow, Imported as Inserted, OrderImport, OrderMoments, OrderRow, ProductRow};

use super::draft::OrderDraft;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

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
    let mut moved: Vec<OrderMoments> = Vec::new();
    let mut numbers: HashSet<&str> = HashSet::new();
    let mut fresh_buyers: HashMap<String, BuyerId> = HashMap::new();
    for draft in drafts {
        let known = desk.store.order_by_number(shop, &draft.number).await?;
        if !numbers.insert(&draft.number) {
            let reason = format!("order {} stands twice in this import", draft.number);
            return Err(AppError::Invalid {
                field: "number",
                reason,
            });
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
    match desk.store.orders_insert(shop, &imports, &moved).await? {
        Inserted::Written => Ok(imported),
        // Another import was faster; asked again, this one finds its orders known.
        Inserted::SameNumbers(_) => Err(AppError::Busy),
    }
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
        product: Product {
            sku: line.sku.clone(),
            title: line.title.clone(),
            price: line.price,
        },
        updated_at: order.paid_at,
    };
    let products = draft.lines.iter().map(product).collect();
    OrderImport {
        ledger: OrderLedger::open(&order),
        order,
        buyer,
        products,
    }
}

/// The draft's moments, when everything else is as it is known.
fn moved_on(known: &Order, draft: &Order) -> Result<OrderMoments, AppError> {
    let differs = || AppError::OrderDiffers {
        number: known.number.clone(),
    };
    let same_lines = known.lines.len() == draft.lines.len()
        && known
            .lines
            .iter()
            .zip(&draft.lines)
            .all(|(a, b)| a.sku == b.sku && a.unit_paid_minor == b.unit_paid_minor);
    let same_sums = known.freight_paid_minor == draft.freight_paid_minor && known.currency == draft.currency;
    if !same_lines || !same_sums || known.paid_at != draft.paid_at {
        return Err(differs());
    }
    Ok(OrderMoments {
        order: known.id,
        dispatched_at: draft.dispatched_at,
        delivered_at: draft.delivered_at,
        cancelled_at: draft.cancelled_at,
    })
}
