//! Orders with their ledgers, one by one or a file at a time, and the products shops sell.
//!
//! Must not know: how an order is made of a file's lines. Tests: `tests/it/statements.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_domain::facts::Product;
use amends_domain::ids::{OrderId, ShopId};
use amends_domain::ledger::OrderLedger;
use amends_domain::order::Order;
use amends_domain::time::Moment;

use crate::Store;
use crate::buyers::{BuyerRow, INSERT_BUYERS};
use crate::covers::{CoverRow, OrderCover, insert_covers};
use crate::db::{Batched, Kind, Row, Rows, Tx, Value, args};
use crate::error::StoreError;
use crate::guides::note_left;
use crate::listings::{OrderListing, insert_listings};
use crate::ratings::note_delivered;

/// An order with what was claimed and refunded of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// The order.
    pub order: Order,
    /// Its ledger.
    pub ledger: OrderLedger,
    /// Raised whenever either changes.
    pub version: u64,
}

/// A product a shop sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRow {
    /// The product.
    pub product: Product,
    /// When the shop last said so.
    pub updated_at: Moment,
}

/// An order of a file, with what comes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderImport {
    /// The order.
    pub order: Order,
    /// Its ledger.
    pub ledger: OrderLedger,
    /// Its buyer, when he may be new; one that is known stays as he is.
    pub buyer: Option<BuyerRow>,
    /// Products; the latest word on each is kept.
    pub products: Vec<ProductRow>,
    /// Covers sold with its lines.
    pub covers: Vec<CoverRow>,
}

/// How far a known order has got; what is not given stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrderMoments {
    /// The order.
    pub order: OrderId,
    /// When it was paid.
    pub paid_at: Option<Moment>,
    /// When it left.
    pub dispatched_at: Option<Moment>,
    /// When it arrived.
    pub delivered_at: Option<Moment>,
    /// When it was called off.
    pub cancelled_at: Option<Moment>,
    /// Units that left of each line, by the shop's dispatch record; in the order of the lines.
    pub units_dispatched: Vec<Option<u32>>,
}

/// Everything one import brings.
#[derive(Debug, Clone, Copy, Default)]
pub struct OrdersFile<'a> {
    /// New orders.
    pub orders: &'a [OrderImport],
    /// How far known ones have got.
    pub moments: &'a [OrderMoments],
    /// Buyers that are new, whether they bought or not.
    pub buyers: &'a [BuyerRow],
    /// Products, whether they were bought or not; the latest word on each is kept.
    pub products: &'a [ProductRow],
    /// What product pages said of lines, of new orders and of known ones; a line keeps the one it has.
    pub listings: &'a [OrderListing],
}

/// What became of a file of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// All of it is written.
    Written,
    /// Orders of these numbers are there already; nothing was written.
    SameNumbers(Vec<Order>),
}

/// Rows of one statement. An import of any size is a transaction of many statements, none of which
/// meets the limit of time that a single one has.
const CHUNK: usize = 2_000;

pub(crate) const ORDER_COLUMNS: &str = "order_json, ledger_json, version";

pub(crate) fn order_row(row: &mut Row) -> Result<OrderRow, StoreError> {
    Ok(OrderRow {
        order: row.json()?,
        ledger: row.json()?,
        version: row.count()?,
    })
}

static INSERT_ORDERS: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("order_id", Kind::Text),
        ("number", Kind::Text),
        ("buyer_id", Kind::Text),
        ("placed_at", Kind::Int),
        ("unsent_since", Kind::Int),
        ("order_json", Kind::Text),
        ("ledger_json", Kind::Text),
    ],
    "INSERT INTO orders (shop_id, order_id, number, buyer_id, placed_at, unsent_since, order_json, ledger_json, \
     version) SELECT shop_id, order_id, number, buyer_id, placed_at, unsent_since, order_json, ledger_json, 1 \
     FROM v WHERE true ON CONFLICT DO NOTHING",
);

static BY_NUMBERS: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("number", Kind::Text)],
    "SELECT o.order_json, o.ledger_json, o.version FROM v \
     JOIN orders o ON o.shop_id = v.shop_id AND o.number = v.number ORDER BY o.number",
);

static BY_IDS: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("order_id", Kind::Text)],
    "SELECT o.order_json FROM v JOIN orders o ON o.shop_id = v.shop_id AND o.order_id = v.order_id",
);

static UPSERT_PRODUCTS: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("sku", Kind::Text),
        ("title", Kind::Text),
        ("price_minor", Kind::Int),
        ("currency", Kind::Text),
        ("updated_at", Kind::Int),
    ],
    "INSERT INTO products (shop_id, sku, title, price_minor, currency, updated_at) \
     SELECT shop_id, sku, title, price_minor, currency, updated_at FROM v WHERE true \
     ON CONFLICT (shop_id, sku) DO UPDATE SET title = excluded.title, price_minor = excluded.price_minor, \
     currency = excluded.currency, updated_at = excluded.updated_at \
     WHERE products.updated_at <= excluded.updated_at",
);

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|fault| StoreError::corrupt("a value to be stored", fault))
}

fn push_order(rows: &mut Rows, shop: ShopId, order: &Order, ledger: &OrderLedger) -> Result<(), StoreError> {
    rows.push([
        shop.into(),
        order.id.into(),
        order.number.as_str().into(),
        order.buyer.into(),
        order.since().into(),
        unsent_since(order, ledger).into(),
        json(order)?.into(),
        json(ledger)?.into(),
    ]);
    Ok(())
}

/// Since when an order waits to be sent; what was given back waits no more.
fn unsent_since(order: &Order, ledger: &OrderLedger) -> Option<Moment> {
    order.unsent_since().filter(|_| !ledger.is_given_back())
}

/// Locks an order and records how far it got.
async fn move_order(tx: &mut Tx, shop: ShopId, moved: &OrderMoments) -> Result<(), StoreError> {
    const LOCK: &str = "SELECT order_json, ledger_json, version FROM orders \
        WHERE shop_id = $1 AND order_id = $2 {FOR UPDATE}";
    const SET: &str = "UPDATE orders SET order_json = $3, unsent_since = $4, version = version + 1 \
        WHERE shop_id = $1 AND order_id = $2";
    let lock = tx.engine().text(LOCK);
    let Some(mut row) = tx.fetch_first(&lock, args![shop, moved.order]).await? else {
        return Ok(());
    };
    let OrderRow {
        mut order, ledger, ..
    } = order_row(&mut row)?;
    order.paid_at = moved.paid_at.or(order.paid_at);
    order.dispatched_at = moved.dispatched_at.or(order.dispatched_at);
    order.delivered_at = moved.delivered_at.or(order.delivered_at);
    order.cancelled_at = moved.cancelled_at.or(order.cancelled_at);
    note_left(tx, shop, left(&order).into_iter()).await?;
    note_delivered(tx, shop, order.delivered_at.map(|at| (order.id, at)).into_iter()).await?;
    for (line, units) in order.lines.iter_mut().zip(&moved.units_dispatched) {
        line.units_dispatched = units.or(line.units_dispatched);
    }
    let text = json(&order)?;
    tx.execute(SET, args![shop, moved.order, text, unsent_since(&order, &ledger)])
        .await?;
    Ok(())
}

impl Store {
    /// Records many orders with their buyers and products, and how far known ones have got: all of
    /// it, or nothing when a number is there already or stands twice. Moments of an order that is
    /// not there change nothing.
    pub async fn orders_insert(
        &self,
        shop: ShopId,
        orders: &[OrderImport],
        moments: &[OrderMoments],
    ) -> Result<Imported, StoreError> {
        let file = OrdersFile {
            orders,
            moments,
            ..OrdersFile::default()
        };
        self.orders_file_insert(shop, file).await
    }

    /// The same with buyers and products beside the orders, in one transaction all of it.
    pub async fn orders_file_insert(
        &self,
        shop: ShopId,
        file: OrdersFile<'_>,
    ) -> Result<Imported, StoreError> {
        let twice = standing_twice(file.orders);
        if !twice.is_empty() {
            return Ok(Imported::SameNumbers(twice));
        }
        let mut tx = self.db().begin().await?;
        for chunk in file.orders.chunks(CHUNK) {
            let numbers = numbers(shop, chunk.iter().map(|import| import.order.number.as_str()));
            let known = BY_NUMBERS.fetch(&mut tx, numbers).await?;
            if !known.is_empty() {
                let known = known.into_iter().map(|mut row| Ok(order_row(&mut row)?.order));
                return Ok(Imported::SameNumbers(known.collect::<Result<_, StoreError>>()?));
            }
            write_orders(&mut tx, shop, chunk).await?;
        }
        let bought = file.orders.iter().filter_map(|import| import.buyer.as_ref());
        write_buyers(&mut tx, shop, bought.chain(file.buyers)).await?;
        let bought = file.orders.iter().flat_map(|import| &import.products);
        write_products(&mut tx, shop, bought.chain(file.products)).await?;
        // In the order of ids, as everybody locks orders.
        let moments: BTreeMap<OrderId, &OrderMoments> =
            file.moments.iter().map(|moved| (moved.order, moved)).collect();
        for moved in moments.into_values() {
            move_order(&mut tx, shop, moved).await?;
        }
        for chunk in file.listings.chunks(CHUNK) {
            insert_listings(&mut tx, shop, chunk).await?;
        }
        tx.commit().await?;
        Ok(Imported::Written)
    }

    /// The orders of these numbers, as far as they are there.
    pub async fn orders_by_numbers(
        &self,
        shop: ShopId,
        wanted: impl IntoIterator<Item = &str>,
    ) -> Result<Vec<OrderRow>, StoreError> {
        let rows = BY_NUMBERS.read(self.db(), numbers(shop, wanted)).await?;
        rows.into_iter().map(|mut row| order_row(&mut row)).collect()
    }

    /// Orders by their ids; ids that are not the shop's are left out.
    pub async fn orders_by_ids(&self, shop: ShopId, ids: &[OrderId]) -> Result<Vec<Order>, StoreError> {
        let mut rows = Rows::default();
        for id in ids {
            rows.push([shop.into(), (*id).into()]);
        }
        let rows = BY_IDS.read(self.db(), rows).await?;
        rows.into_iter().map(|mut row| row.json()).collect()
    }

    /// An order by its id.
    pub async fn order_by_id(&self, shop: ShopId, id: OrderId) -> Result<Option<OrderRow>, StoreError> {
        let query = format!("SELECT {ORDER_COLUMNS} FROM orders WHERE shop_id = $1 AND order_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(|mut row| order_row(&mut row)).transpose()
    }

    /// An order by the number the shop and the buyer know it by.
    pub async fn order_by_number(&self, shop: ShopId, number: &str) -> Result<Option<OrderRow>, StoreError> {
        let query = format!("SELECT {ORDER_COLUMNS} FROM orders WHERE shop_id = $1 AND number = $2");
        let row = self.db().fetch_first(&query, args![shop, number]).await?;
        row.map(|mut row| order_row(&mut row)).transpose()
    }
}

/// Orders whose number an earlier one of the same file has.
fn standing_twice(imports: &[OrderImport]) -> Vec<Order> {
    let mut numbers = BTreeSet::new();
    let again = imports
        .iter()
        .filter(|import| !numbers.insert(&import.order.number));
    again.map(|import| import.order.clone()).collect()
}

fn push_buyer(rows: &mut Rows, shop: ShopId, buyer: &BuyerRow) {
    let bytes = |bytes: &Option<Vec<u8>>| Value::from(bytes.clone());
    rows.push([
        shop.into(),
        buyer.id.into(),
        bytes(&buyer.key_wrapped),
        bytes(&buyer.sealed),
        bytes(&buyer.nickname_index),
        bytes(&buyer.phone_index),
        bytes(&buyer.email_index),
        bytes(&buyer.address_index),
        buyer.erased_at.into(),
        buyer.created_at.into(),
    ]);
}

fn numbers<'a>(shop: ShopId, numbers: impl IntoIterator<Item = &'a str>) -> Rows {
    let mut rows = Rows::default();
    for number in numbers {
        rows.push([shop.into(), number.into()]);
    }
    rows
}

fn covers_of(import: &OrderImport) -> impl Iterator<Item = OrderCover> + '_ {
    let order = import.order.id;
    import.covers.iter().map(move |row| OrderCover {
        order,
        row: row.clone(),
    })
}

/// When an order was with its carrier, or with its buyer at the latest; never for one that was called off.
fn left(order: &Order) -> Option<(OrderId, Moment)> {
    let left_at = order.dispatched_at.or(order.delivered_at)?;
    order.cancelled_at.is_none().then_some((order.id, left_at))
}

async fn write_orders(tx: &mut Tx, shop: ShopId, chunk: &[OrderImport]) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for import in chunk {
        push_order(&mut rows, shop, &import.order, &import.ledger)?;
    }
    let wanted = rows.len();
    let written = INSERT_ORDERS.execute(tx, rows).await?;
    if usize::try_from(written).ok() == Some(wanted) {
        let covers: Vec<OrderCover> = chunk.iter().flat_map(covers_of).collect();
        insert_covers(tx, shop, covers.iter()).await?;
        let orders = || chunk.iter().map(|import| &import.order);
        note_left(tx, shop, orders().filter_map(left)).await?;
        let arrived = orders().filter_map(|order| Some((order.id, order.delivered_at?)));
        return note_delivered(tx, shop, arrived).await;
    }
    let reason = "the same orders were written at the same time".to_owned();
    Err(StoreError::Locked { reason })
}

async fn write_buyers(
    tx: &mut Tx,
    shop: ShopId,
    buyers: impl Iterator<Item = &BuyerRow>,
) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for buyer in buyers {
        push_buyer(&mut rows, shop, buyer);
        if rows.len() == CHUNK {
            INSERT_BUYERS.execute(tx, std::mem::take(&mut rows)).await?;
        }
    }
    INSERT_BUYERS.execute(tx, rows).await?;
    Ok(())
}

async fn write_products(
    tx: &mut Tx,
    shop: ShopId,
    products: impl Iterator<Item = &ProductRow>,
) -> Result<(), StoreError> {
    let mut latest: BTreeMap<&str, &ProductRow> = BTreeMap::new();
    for row in products {
        // One key may stand in an upsert once: the latest word on a product counts.
        let known = latest.entry(&row.product.sku).or_insert(row);
        if known.updated_at <= row.updated_at {
            *known = row;
        }
    }
    let mut rows = Rows::default();
    for ProductRow { product, updated_at } in latest.into_values() {
        rows.push([
            shop.into(),
            product.sku.as_str().into(),
            product.title.as_str().into(),
            product.price.minor().into(),
            product.price.currency().code().into(),
            (*updated_at).into(),
        ]);
        if rows.len() == CHUNK {
            UPSERT_PRODUCTS.execute(tx, std::mem::take(&mut rows)).await?;
        }
    }
    UPSERT_PRODUCTS.execute(tx, rows).await?;
    Ok(())
}
