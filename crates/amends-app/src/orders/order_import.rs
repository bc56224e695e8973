//! Imports orders, one or a file of them: all or nothing.
//!
//! An order whose number is known must be the same order of the same buyer; only its moments may have
//! moved on.
//! Must not know: file forms. Tests: `amends-api/tests/it/orders.rs`.

use std::collections::{HashMap, HashSet};

use amends_domain::facts::Product;
use amends_domain::ids::{BuyerId, OrderId, PersonId, ShopId};
use amends_domain::ledger::OrderLedger;
use amends_domain::order::{Order, OrderLine};
use amends_store::{
    BuyerRow, CoverRow, Imported as Inserted, OrderImport, OrderListing, OrderMoments, OrderRow, OrdersFile,
    ProductRow,
};

use super::draft::{Alongside, OrderDraft, in_order};
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::reviews::take_in::reviews_match_arrived;
use crate::trade::follow::trade_follow;
use crate::vault::Identity;
use crate::warranty::covers::{KnownPlans, covers_made, known_plans};

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
    imported(desk, staff.shop, drafts, Some(staff.person)).await
}

/// Imports orders from the command line.
pub async fn orders_import(desk: &Desk, shop: ShopId, drafts: &[OrderDraft]) -> Result<Imported, AppError> {
    imported(desk, shop, drafts, None).await
}

async fn imported(
    desk: &Desk,
    shop: ShopId,
    drafts: &[OrderDraft],
    by: Option<PersonId>,
) -> Result<Imported, AppError> {
    let mut plan = Plan {
        by,
        ..Plan::default()
    };
    let mut imported = Imported::default();
    let mut numbers: HashSet<&str> = HashSet::new();
    for chunk in drafts.chunks(LOOKED_UP) {
        let mut known = known(desk, shop, chunk.iter()).await?;
        for draft in chunk {
            if !numbers.insert(&draft.number) {
                let value = draft.number.clone();
                return Err(AppError::Invalid {
                    field: "number",
                    reason: Reason::Twice { value },
                });
            }
            let known = known.remove(&draft.number);
            imported.orders.push(plan.add(desk, shop, draft, known).await?);
        }
    }
    imported.new = plan.imports.len();
    plan.write(desk, shop, &[]).await?;
    Ok(imported)
}

/// How many orders are looked up at once.
pub(super) const LOOKED_UP: usize = 500;

/// Those of the drafts' orders that are there, by number.
pub(super) async fn known(
    desk: &Desk,
    shop: ShopId,
    drafts: impl Iterator<Item = &OrderDraft>,
) -> Result<HashMap<String, OrderRow>, AppError> {
    // No database text holds U+0000; the draft is refused for it in its own words.
    let numbers = drafts
        .map(|draft| draft.number.as_str())
        .filter(|number| !number.contains('\0'));
    let rows = desk.store.orders_by_numbers(shop, numbers).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.order.number.clone(), row))
        .collect())
}

/// What an import will write.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) imports: Vec<OrderImport>,
    pub(super) moved: Vec<OrderMoments>,
    pub(super) buyers: Vec<BuyerRow>,
    fresh_buyers: HashMap<Vec<u8>, BuyerId>,
    /// Who hands them in: in whose name unpaid orders are followed up; nobody of the shop from the command line.
    by: Option<PersonId>,
    /// Known orders that were not paid when they came, as they stand in the drafts.
    unpaid: Vec<Order>,
    /// Read when the first order brings a cover.
    plans: Option<KnownPlans>,
    /// What product pages said of lines, of new orders and of known ones.
    listings: Vec<OrderListing>,
}

impl Plan {
    /// Plans one order; its id.
    pub(super) async fn add(
        &mut self,
        desk: &Desk,
        shop: ShopId,
        draft: &OrderDraft,
        known: Option<OrderRow>,
    ) -> Result<OrderId, AppError> {
        let (buyer, row) = self.buyer_of(desk, shop, draft, known.as_ref()).await?;
        let order = draft.settle(buyer, desk.clock.now(), &desk.random)?;
        if let Some(known) = known {
            self.moved.extend(moved_on(&known.order, &order)?);
            self.listings.extend(listings(&known.order, draft)?);
            let id = known.order.id;
            if known.order.placed_at.is_some() {
                self.unpaid.push(Order { id, ..order });
            }
            Ok(id)
        } else {
            let id = order.id;
            let covers = self.covers(desk, shop, draft, &order).await?;
            self.listings.extend(listings(&order, draft)?);
            self.imports.push(import(order, draft, row, covers));
            Ok(id)
        }
    }

    /// Covers that come along with a new order; one that is known has its own.
    async fn covers(
        &mut self,
        desk: &Desk,
        shop: ShopId,
        draft: &OrderDraft,
        order: &Order,
    ) -> Result<Vec<CoverRow>, AppError> {
        if draft.alongside.iter().all(|line| line.covers.is_empty()) {
            return Ok(Vec::new());
        }
        let known = match self.plans.take() {
            Some(known) => known,
            None => known_plans(desk, shop).await?,
        };
        let covers = covers_made(desk, &known, order, &draft.alongside);
        self.plans = Some(known);
        covers
    }

    async fn buyer_of(
        &mut self,
        desk: &Desk,
        shop: ShopId,
        draft: &OrderDraft,
        known: Option<&OrderRow>,
    ) -> Result<(BuyerId, Option<BuyerRow>), AppError> {
        if let Some(known) = known {
            let index = desk.vault.nickname_index(shop, &draft.buyer.nickname);
            let buyer = desk.store.buyer_get(shop, known.order.buyer).await?;
            // An erased buyer has no index left to be told from others by.
            let known_index = buyer.and_then(|buyer| buyer.nickname_index);
            if known_index.is_some_and(|known| known != index) {
                return Err(differs(&known.order));
            }
            return Ok((known.order.buyer, None));
        }
        self.buyer(desk, shop, &draft.buyer).await
    }

    /// A buyer by nickname, and his row when he is new.
    pub(super) async fn buyer(
        &mut self,
        desk: &Desk,
        shop: ShopId,
        identity: &Identity,
    ) -> Result<(BuyerId, Option<BuyerRow>), AppError> {
        let index = desk.vault.nickname_index(shop, &identity.nickname);
        if let Some(buyer) = self.fresh_buyers.get(&index) {
            return Ok((*buyer, None));
        }
        if let Some(row) = desk.store.buyer_by_nickname_index(shop, &index).await? {
            return Ok((row.id, None));
        }
        let at = desk.clock.now();
        let id: BuyerId = desk.random.id(at);
        let sealed = desk
            .vault
            .seal(shop, id, identity, &desk.random)
            .map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
        self.fresh_buyers.insert(index, id);
        let row = BuyerRow {
            id,
            key_wrapped: Some(sealed.key_wrapped),
            sealed: Some(sealed.identity),
            nickname_index: Some(sealed.nickname_index).filter(|index| !index.is_empty()),
            phone_index: Some(sealed.phone_index).filter(|index| !index.is_empty()),
            email_index: Some(sealed.email_index),
            address_index: Some(sealed.address_index),
            erased_at: None,
            created_at: at,
        };
        Ok((id, Some(row)))
    }

    /// Writes all of it, or nothing.
    pub(super) async fn write(
        &self,
        desk: &Desk,
        shop: ShopId,
        products: &[ProductRow],
    ) -> Result<(), AppError> {
        let file = OrdersFile {
            orders: &self.imports,
            moments: &self.moved,
            buyers: &self.buyers,
            products,
            listings: &self.listings,
        };
        match desk.store.orders_file_insert(shop, file).await? {
            Inserted::Written => {
                let numbers = self.imports.iter().map(|import| import.order.number.as_str());
                reviews_match_arrived(desk, shop, numbers).await?;
                let new = self.imports.iter().map(|import| &import.order);
                trade_follow(desk, shop, self.by, new.chain(&self.unpaid)).await
            }
            // Another import was faster; asked again, this one finds its orders known.
            Inserted::SameNumbers(_) => Err(AppError::Busy),
        }
    }
}

/// What pages said of an order's lines; taken when it was bought where nothing else is said.
fn listings(order: &Order, draft: &OrderDraft) -> Result<Vec<OrderListing>, AppError> {
    let mut rows = Vec::new();
    for (line, Alongside { listing, .. }) in order.lines.iter().zip(&draft.alongside) {
        if let Some(page) = listing {
            let taken_at = page.taken_at.unwrap_or_else(|| order.since());
            rows.push(OrderListing {
                order: order.id,
                row: page.listing.of_line(line.id, taken_at)?,
            });
        }
    }
    Ok(rows)
}

fn import(order: Order, draft: &OrderDraft, buyer: Option<BuyerRow>, covers: Vec<CoverRow>) -> OrderImport {
    let product = |line: &amends_domain::order::DraftLine| ProductRow {
        product: Product {
            sku: line.sku.clone(),
            title: line.title.clone(),
            price: line.price,
        },
        updated_at: order.since(),
    };
    let products = draft.lines.iter().map(product).collect();
    OrderImport {
        ledger: OrderLedger::open(&order),
        order,
        buyer,
        products,
        covers,
    }
}

fn differs(known: &Order) -> AppError {
    AppError::OrderDiffers {
        number: known.number.clone(),
    }
}

/// How far the draft says it got, when everything that money and rights depend on is as it is known. Region,
/// tier and payment method are as they were when the order was first imported. Nothing when nothing of
/// it is new.
fn moved_on(known: &Order, draft: &Order) -> Result<Option<OrderMoments>, AppError> {
    let same_line = |(known, draft): (&OrderLine, &OrderLine)| {
        known.sku == draft.sku
            && known.unit_paid_minor == draft.unit_paid_minor
            && known.category == draft.category
            && known.no_reason_excluded == draft.no_reason_excluded
    };
    let same_lines =
        known.lines.len() == draft.lines.len() && known.lines.iter().zip(&draft.lines).all(same_line);
    let same_sums = known.freight_paid_minor == draft.freight_paid_minor && known.currency == draft.currency;
    // Of an order that was followed up here the desk knows itself when it was paid.
    let other = |at| known.placed_at.is_none() && known.paid_at.is_some_and(|known| known != at);
    if !same_lines || !same_sums || draft.paid_at.is_some_and(other) {
        return Err(differs(known));
    }
    in_order(
        known.since(),
        draft.dispatched_at.or(known.dispatched_at),
        draft.delivered_at.or(known.delivered_at),
    )?;
    let paid_at = draft.paid_at.filter(|_| known.paid_at.is_none());
    let moved = [
        (known.paid_at, paid_at),
        (known.dispatched_at, draft.dispatched_at),
        (known.delivered_at, draft.delivered_at),
        (known.cancelled_at, draft.cancelled_at),
    ];
    let later = moved
        .iter()
        .any(|(known, draft)| draft.is_some() && draft != known);
    let left = |order: &Order| -> Vec<Option<u32>> {
        order.lines.iter().map(|line| line.units_dispatched).collect()
    };
    let units_dispatched = left(draft);
    let counted = units_dispatched
        .iter()
        .zip(left(known))
        .any(|(draft, known)| draft.is_some() && *draft != known);
    Ok((later || counted).then_some(OrderMoments {
        order: known.id,
        paid_at,
        dispatched_at: draft.dispatched_at,
        delivered_at: draft.delivered_at,
        cancelled_at: draft.cancelled_at,
        units_dispatched,
    }))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use amends_domain::money::{Currency, Money};
    use amends_domain::order::DraftLine;
    use amends_domain::time::Moment;
    use amends_store::{Store, Target};

    use super::*;
    use crate::clock::Clock;
    use crate::payments::ByHand;
    use crate::random::Random;
    use crate::vault::Vault;

    const PAID_AT: i64 = 1_772_330_400_000;

    async fn desk() -> (Desk, ShopId) {
        let store = Store::connect(&Target::SqliteMemory).await.unwrap();
        store.migrate().await.unwrap();
        let (random, vault) = (Random::seeded(1), Vault::new([1; 32]));
        let shop = random.id(Moment::from_millis(PAID_AT));
        let desk = Desk::start(store, Clock::System, random, vault, Arc::new(ByHand));
        (desk, shop)
    }

    fn draft() -> OrderDraft {
        let yuan = |minor| Money::new(minor, Currency::CNY).unwrap();
        OrderDraft {
            alongside: Vec::new(),
            number: "A1".to_owned(),
            buyer: Identity {
                nickname: "Xiao-Man".to_owned(),
                ..Identity::default()
            },
            buyer_tier: String::new(),
            region: "浙江".to_owned(),
            payment_method: "alipay".to_owned(),
            lines: vec![DraftLine {
                sku: "SHIRT-M".to_owned(),
                title: "衬衫".to_owned(),
                category: "apparel".to_owned(),
                no_reason_excluded: false,
                units: 2,
                price: yuan(10_000),
                discount: yuan(0),
                units_dispatched: None,
            }],
            discount: yuan(0),
            freight: yuan(0),
            paid: None,
            placed_at: None,
            paid_at: Some(Moment::from_millis(PAID_AT)),
            dispatched_at: Some(Moment::from_millis(PAID_AT + 2)),
            delivered_at: None,
            cancelled_at: None,
        }
    }

    async fn check(change: impl FnOnce(&mut OrderDraft), expected: Result<usize, &str>) {
        let (desk, shop) = desk().await;
        orders_import(&desk, shop, &[draft()]).await.unwrap();
        let mut again = draft();
        change(&mut again);
        let told = orders_import(&desk, shop, &[again]).await;
        let told = told.map(|imported| imported.new).map_err(|fault| match fault {
            AppError::Invalid { field, .. } => field,
            other => other.code(),
        });
        assert_eq!(told, expected);
    }

    #[tokio::test]
    async fn a_known_number_is_the_same_order_or_it_is_told() {
        let at = |millis| Some(Moment::from_millis(PAID_AT + millis));
        check(|_| {}, Ok(0)).await;
        check(|draft| draft.buyer.nickname = " xiao-man".to_owned(), Ok(0)).await;
        check(|draft| draft.region = "江苏".to_owned(), Ok(0)).await;
        check(|draft| draft.delivered_at = at(3), Ok(0)).await;
        for change in [
            (|draft| draft.buyer.nickname = "别人".to_owned()) as fn(&mut OrderDraft),
            |draft| draft.lines[0].sku = "SHIRT-L".to_owned(),
            |draft| draft.lines[0].units = 1,
            |draft| draft.lines[0].category = "food".to_owned(),
            |draft| draft.lines[0].no_reason_excluded = true,
        ] {
            check(change, Err("order_differs")).await;
        }
    }

    #[tokio::test]
    async fn moments_out_of_order_name_their_field() {
        let at = |millis| Some(Moment::from_millis(PAID_AT + millis));
        check(|draft| draft.dispatched_at = at(-1), Err("dispatched_at")).await;
        check(|draft| draft.delivered_at = at(1), Err("delivered_at")).await;
        let known_left_later = |draft: &mut OrderDraft| {
            (draft.dispatched_at, draft.delivered_at) = (None, at(1));
        };
        check(known_left_later, Err("delivered_at")).await;
        let never_left = |draft: &mut OrderDraft| {
            draft.number = "A2".to_owned();
            (draft.dispatched_at, draft.delivered_at) = (None, at(-1));
        };
        check(never_left, Err("delivered_at")).await;
    }

    #[tokio::test]
    async fn one_nickname_written_two_ways_is_one_buyer() {
        let (desk, shop) = desk().await;
        let mut other = draft();
        other.number = "A2".to_owned();
        other.buyer.nickname = "XIAO-MAN ".to_owned();
        let imported = orders_import(&desk, shop, &[draft(), other]).await.unwrap();
        let mut buyers = Vec::new();
        for order in imported.orders {
            let row = desk.store.order_by_id(shop, order).await.unwrap().unwrap();
            buyers.push(row.order.buyer);
        }
        assert_eq!(buyers[0], buyers[1]);
    }
}
