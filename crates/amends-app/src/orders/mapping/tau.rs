//! The order file of the tau-bench retail shop: an object of orders by number.
//!
//! It has no moments, so they are counted back from the moment of import: paid three days before,
//! dispatched two, delivered one. Its statuses `pending` and `processed` are *paid*; item prices are
//! what was paid, in US dollars. Its users file says who the buyers are, its products file what else
//! is sold.
//! Must not know: databases. Tests: beside the code and in `amends/tests/it/imports.rs`.

use std::collections::BTreeMap;

use amends_domain::facts::Product;
use amends_domain::money::{Currency, Money};
use amends_domain::order::DraftLine;
use amends_domain::time::Moment;
use serde::Deserialize;

use super::super::draft::OrderDraft;
use super::super::file::cells::{self, Reading};
use super::super::file::entries::leaves;
use super::super::file::faults::{Place, Wrong};
use super::collect::Collector;
use super::{Beside, Moments};
use crate::vault::Identity;

#[derive(Deserialize)]
struct TauOrder {
    order_id: String,
    user_id: String,
    address: TauAddress,
    items: Vec<TauItem>,
    status: String,
}

/// Parts of an address by name.
#[derive(Deserialize, Default)]
struct TauAddress(BTreeMap<String, String>);

impl TauAddress {
    fn line(&self) -> String {
        let parts = ["address1", "address2", "city", "state", "zip", "country"];
        let parts: Vec<&str> = parts
            .iter()
            .filter_map(|part| self.0.get(*part))
            .map(String::as_str)
            .collect();
        parts.join(", ")
    }
}

#[derive(Deserialize)]
struct TauItem {
    name: String,
    product_id: String,
    item_id: String,
    price: serde_json::Number,
}

#[derive(Deserialize)]
struct TauUser {
    name: TauName,
    address: TauAddress,
    email: String,
}

#[derive(Deserialize)]
struct TauName {
    first_name: String,
    last_name: String,
}

#[derive(Deserialize)]
struct TauProduct {
    name: String,
    variants: BTreeMap<String, TauVariant>,
}

#[derive(Deserialize)]
struct TauVariant {
    item_id: String,
    options: BTreeMap<String, String>,
    price: serde_json::Number,
}

/// The currency of everything in it.
const USD: &str = "USD";
const DAY_MILLIS: i64 = 86_400_000;

type Field = (String, Wrong);

/// How far an order got.
pub(super) struct Reached {
    pub(super) paid: Moment,
    pub(super) dispatched: Option<Moment>,
    pub(super) delivered: Option<Moment>,
    pub(super) cancelled: Option<Moment>,
}

impl Reached {
    /// Paid three days ago.
    pub(super) fn paid(now: Moment) -> Self {
        Self {
            paid: now.plus_millis(-3 * DAY_MILLIS),
            dispatched: None,
            delivered: None,
            cancelled: None,
        }
    }

    /// And dispatched two days ago.
    pub(super) fn dispatched(now: Moment) -> Self {
        let dispatched = Some(now.plus_millis(-2 * DAY_MILLIS));
        Self {
            dispatched,
            ..Self::paid(now)
        }
    }

    /// And delivered one day ago.
    pub(super) fn delivered(now: Moment) -> Self {
        let delivered = Some(now.plus_millis(-DAY_MILLIS));
        Self {
            delivered,
            ..Self::dispatched(now)
        }
    }

    fn cancelled(now: Moment) -> Self {
        let cancelled = Some(now.plus_millis(-2 * DAY_MILLIS));
        Self {
            cancelled,
            ..Self::paid(now)
        }
    }
}

pub(super) fn read(text: &str, beside: &Beside, reading: &Reading, into: &mut Collector) {
    let Ok(currency) = USD.parse() else {
        return;
    };
    let orders: Vec<(String, TauOrder)> = leaves(text, 0, "", &mut into.faults);
    let users: Option<BTreeMap<String, TauUser>> = beside.users.as_ref().map(|file| {
        leaves(&file.text, 0, "users", &mut into.faults)
            .into_iter()
            .collect()
    });
    for (number, order) in orders {
        if into.lines(order.items.len()).is_break() {
            return;
        }
        let place = Place::Entry(number);
        let draft = buyer(&order, users.as_ref()).and_then(|buyer| draft(order, buyer, currency, reading));
        match draft {
            Ok(draft) => into.order(place, draft, Moments::Supposed),
            Err((field, wrong)) => into.faults.add(place, field, wrong),
        }
    }
    for (id, user) in users.unwrap_or_default() {
        into.buyer(user.identity(&id));
    }
    if let Some(file) = &beside.products {
        products(&file.text, currency, into);
    }
}

impl TauUser {
    fn identity(&self, id: &str) -> Identity {
        Identity {
            nickname: id.to_owned(),
            name: format!("{} {}", self.name.first_name, self.name.last_name),
            email: self.email.clone(),
            address: self.address.line(),
            ..Identity::default()
        }
    }
}

/// Who bought: as the users file says, and without one as far as the order does.
fn buyer(order: &TauOrder, users: Option<&BTreeMap<String, TauUser>>) -> Result<Identity, Field> {
    match users {
        None => Ok(Identity {
            nickname: order.user_id.clone(),
            address: order.address.line(),
            ..Identity::default()
        }),
        Some(users) => users
            .get(&order.user_id)
            .map(|user| user.identity(&order.user_id))
            .ok_or_else(|| {
                let reason = format!("{:?} is not in the users file", order.user_id);
                ("user_id".to_owned(), Wrong::Order(reason))
            }),
    }
}

fn draft(
    order: TauOrder,
    buyer: Identity,
    currency: Currency,
    reading: &Reading,
) -> Result<OrderDraft, Field> {
    let moments = match order.status.as_str() {
        "delivered" => Reached::delivered(reading.now),
        "cancelled" => Reached::cancelled(reading.now),
        "pending" | "processed" => Reached::paid(reading.now),
        _ => {
            let (word, known) = (order.status, "pending, processed, delivered, cancelled");
            return Err(("status".to_owned(), Wrong::Word { word, known }));
        }
    };
    let lines = order.items.into_iter().enumerate().map(|(at, item)| {
        Ok(DraftLine {
            sku: item.item_id,
            title: item.name,
            category: item.product_id,
            no_reason_excluded: false,
            units: 1,
            price: cells::money(&item.price.to_string(), currency)
                .map_err(|wrong| (format!("items[{at}].price"), wrong))?,
            discount: Money::zero(currency),
            units_dispatched: None,
        })
    });
    Ok(OrderDraft {
        alongside: Vec::new(),
        number: order.order_id,
        buyer,
        buyer_tier: String::new(),
        region: order.address.0.get("state").cloned().unwrap_or_default(),
        payment_method: String::new(),
        lines: lines.collect::<Result<_, Field>>()?,
        discount: Money::zero(currency),
        freight: Money::zero(currency),
        paid: None,
        placed_at: None,
        paid_at: Some(moments.paid),
        dispatched_at: moments.dispatched,
        delivered_at: moments.delivered,
        cancelled_at: moments.cancelled,
    })
}

fn products(text: &str, currency: Currency, into: &mut Collector) {
    let products: Vec<(String, TauProduct)> = leaves(text, 0, "products", &mut into.faults);
    for (key, product) in products {
        for variant in product.variants.into_values() {
            match cells::money(&variant.price.to_string(), currency) {
                Ok(price) => {
                    let options: Vec<&str> = variant.options.values().map(String::as_str).collect();
                    let title = [&[product.name.as_str()], options.as_slice()].concat().join(", ");
                    let sku = variant.item_id;
                    into.product(Product { sku, title, price });
                }
                Err(wrong) => into
                    .faults
                    .add(Place::Entry(key.clone()), "products: price", wrong),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use amends_domain::time::Zone;

    use super::super::super::file::faults::Faults;
    use super::super::super::file::{FileText, Form};
    use super::super::Mapping;
    use super::*;

    const ORDERS: &str = r##"{"#W1":{"order_id":"#W1","user_id":"mei","address":{"state":"TX","zip":"1"},"items":[{"name":"Boots","product_id":"7","item_id":"8","price":244.34,"options":{}}],"status":"delivered","fulfillments":[]}}"##;

    fn read(text: &str, users: Option<&str>) -> Result<super::super::OrdersRead, Faults> {
        let file = |text: &str| FileText {
            text: text.to_owned(),
            form: Form::Json,
        };
        let beside = Beside {
            users: users.map(file),
            ..Beside::default()
        };
        let reading = Reading {
            zone: Zone::named("UTC").unwrap(),
            currency: Currency::CNY,
            now: Moment::from_millis(10 * DAY_MILLIS),
        };
        Mapping::TauRetail.read(&file(text), &beside, &reading).unwrap()
    }

    #[test]
    fn the_retail_shop_reads() {
        let read = read(ORDERS, None).unwrap();
        let draft = &read.orders[0].draft;
        assert_eq!(draft.lines[0].price.to_string(), "244.34 USD");
        assert_eq!(draft.delivered_at, Some(Moment::from_millis(9 * DAY_MILLIS)));
        assert_eq!(draft.buyer.address, "TX, 1");
    }

    #[test]
    fn faults_name_the_order() {
        let twice = format!("{},{}", &ORDERS[..ORDERS.len() - 1], &ORDERS[1..]);
        for (text, says) in [
            (
                ORDERS.replace("delivered", "lost"),
                "entry #W1, status: \"lost\" is not known",
            ),
            (
                ORDERS.replace("244.34", "-1"),
                "entry #W1, items[0].price: \"-1\" is negative",
            ),
            (
                ORDERS.replace("\"order_id\":\"#W1\"", "\"order_id\":7"),
                "entry #W1, order_id: invalid type",
            ),
            (twice, "entry #W1, number: order #W1 stands at entry #W1 already"),
            ("{}".to_owned(), "file: holds nothing"),
            ("[".to_owned(), "file: EOF"),
        ] {
            let told = read(&text, None).unwrap_err();
            assert!(told.first[0].to_string().starts_with(says), "{told}");
        }
    }

    #[test]
    fn the_users_file_says_who_bought() {
        let user = r#"{"name":{"first_name":"Mei","last_name":"Li"},"address":{"city":"Austin"},"email":"m@example.com"}"#;
        let users = format!(r#"{{"mei":{user},"li":{user}}}"#);
        let good = read(ORDERS, Some(&users)).unwrap();
        let buyer = &good.orders[0].draft.buyer;
        assert_eq!(
            (buyer.name.as_str(), buyer.address.as_str()),
            ("Mei Li", "Austin")
        );
        assert_eq!(good.buyers.len(), 2);
        let told = read(ORDERS, Some("{}")).unwrap_err().to_string();
        assert!(told.contains("\"mei\" is not in the users file"), "{told}");
    }
}
