//! The order file of ECom-Bench's shop: platform, shop and buyer, each an object, around orders by
//! number, in Chinese. Its products file has the titles, its logistics file the moments.
//!
//! The state of an order says how far it got; the logistics file, where it has the order, when. Where
//! it has not, moments are counted back from the import as for tau-retail. What came back (已退货) is
//! taken in as called off: its money went back before this desk knew it.
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
use super::super::file::faults::{Faults, Place, Wrong};
use super::collect::Collector;
use super::tau::Reached;
use super::{Beside, Moments};
use crate::vault::Identity;

#[derive(Deserialize)]
struct EcomOrder {
    #[serde(rename = "订单ID")]
    number: String,
    #[serde(rename = "用户ID")]
    user: String,
    #[serde(rename = "订单状态")]
    state: String,
    #[serde(rename = "订单总金额")]
    total: serde_json::Number,
    #[serde(rename = "订单商品列表")]
    items: Vec<EcomItem>,
    #[serde(rename = "收货地址")]
    address: EcomAddress,
    #[serde(rename = "支付方式")]
    payment_method: String,
}

#[derive(Deserialize)]
struct EcomItem {
    #[serde(rename = "商品ID")]
    product: String,
    #[serde(rename = "单价")]
    price: serde_json::Number,
    #[serde(rename = "数量")]
    units: u32,
}

#[derive(Deserialize)]
struct EcomAddress {
    #[serde(rename = "收件人姓名")]
    name: String,
    #[serde(rename = "电话号码")]
    phone: String,
    #[serde(rename = "省份")]
    province: String,
    #[serde(rename = "城市")]
    city: String,
    #[serde(rename = "区县")]
    district: String,
    #[serde(rename = "详细地址")]
    street: String,
}

#[derive(Deserialize)]
struct EcomProduct {
    #[serde(rename = "商品ID")]
    id: String,
    #[serde(rename = "商品名称")]
    title: String,
    #[serde(rename = "商品价格")]
    price: serde_json::Number,
}

#[derive(Deserialize)]
struct EcomParcel {
    #[serde(rename = "实际送达时间")]
    delivered: Option<String>,
    #[serde(rename = "物流轨迹")]
    track: Vec<EcomEvent>,
}

#[derive(Deserialize)]
struct EcomEvent {
    #[serde(rename = "时间")]
    at: String,
    // One event of the source has its state under another name.
    #[serde(rename = "状态", alias = "status")]
    state: String,
}

type Field = (String, Wrong);

/// How far an order got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Got {
    Paid,
    Dispatched,
    Delivered,
    ReturnedBefore,
}

impl Got {
    const KNOWN: &str = "已付款, 处理中, 已发货, 运输中, 已送达, 已签收, 已退货";

    fn of(state: &str) -> Option<Self> {
        match state {
            "已付款" | "处理中" => Some(Self::Paid),
            "已发货" | "运输中" => Some(Self::Dispatched),
            "已送达" | "已签收" => Some(Self::Delivered),
            "已退货" => Some(Self::ReturnedBefore),
            _ => None,
        }
    }
}

/// How deep orders and parcels stand: below platform, shop and buyer.
const BELOW_BUYER: usize = 3;
/// How deep products stand: below platform and shop.
const BELOW_SHOP: usize = 2;

pub(super) fn read(text: &str, beside: &Beside, reading: &Reading, into: &mut Collector) {
    let orders: Vec<(String, EcomOrder)> = leaves(text, BELOW_BUYER, "", &mut into.faults);
    let products = beside
        .products
        .as_ref()
        .map(|file| products(&file.text, &mut into.faults));
    let parcels: Option<BTreeMap<String, EcomParcel>> = beside.logistics.as_ref().map(|file| {
        let parcels = leaves(&file.text, BELOW_BUYER, "logistics", &mut into.faults);
        parcels.into_iter().collect()
    });
    for (number, order) in orders {
        if into.lines(order.items.len()).is_break() {
            return;
        }
        let parcel = parcels.as_ref().and_then(|parcels| parcels.get(&number));
        match draft(order, products.as_ref(), parcel, reading) {
            Ok((draft, moments)) => into.order(Place::Entry(number), draft, moments),
            Err((field, wrong)) => into.faults.add(Place::Entry(number), field, wrong),
        }
    }
    for product in products.unwrap_or_default().into_values() {
        into.product(product);
    }
}

fn products(text: &str, faults: &mut Faults) -> BTreeMap<String, Product> {
    let mut good = BTreeMap::new();
    let read: Vec<(String, EcomProduct)> = leaves(text, BELOW_SHOP, "products", faults);
    for (key, EcomProduct { id, title, price }) in read {
        match cells::money(&price.to_string(), Currency::CNY) {
            Ok(price) => drop(good.insert(
                id.clone(),
                Product {
                    sku: id,
                    title,
                    price,
                },
            )),
            Err(wrong) => faults.add(Place::Entry(key), "products: 商品价格", wrong),
        }
    }
    good
}

fn draft(
    order: EcomOrder,
    products: Option<&BTreeMap<String, Product>>,
    parcel: Option<&EcomParcel>,
    reading: &Reading,
) -> Result<(OrderDraft, Moments), Field> {
    let Some(got) = Got::of(&order.state) else {
        let (word, known) = (order.state, Got::KNOWN);
        return Err(("订单状态".to_owned(), Wrong::Word { word, known }));
    };
    let (reached, moments) = match parcel {
        Some(parcel) => (stated(got, parcel, reading)?, Moments::Stated),
        None => (supposed(got, reading.now), Moments::Supposed),
    };
    let zero = Money::zero(Currency::CNY);
    let lines = order.items.into_iter().enumerate().map(|(at, item)| {
        let field = |name: &str| format!("订单商品列表[{at}].{name}");
        let title = match products {
            None => item.product.clone(),
            Some(products) => products
                .get(&item.product)
                .map(|product| product.title.clone())
                .ok_or_else(|| {
                    let reason = format!("{:?} is not in the products file", item.product);
                    (field("商品ID"), Wrong::Order(reason))
                })?,
        };
        Ok(DraftLine {
            sku: item.product,
            title,
            category: String::new(),
            no_reason_excluded: false,
            units: item.units,
            price: cells::money(&item.price.to_string(), Currency::CNY)
                .map_err(|wrong| (field("单价"), wrong))?,
            discount: zero,
            units_dispatched: None,
        })
    });
    let lines: Vec<DraftLine> = lines.collect::<Result<_, Field>>()?;
    let paid = cells::money(&order.total.to_string(), Currency::CNY)
        .map_err(|wrong| ("订单总金额".to_owned(), wrong))?;
    let address = order.address;
    let draft = OrderDraft {
        alongside: Vec::new(),
        number: order.number,
        buyer: Identity {
            nickname: order.user,
            name: address.name,
            phone: address.phone,
            address: [
                address.province.as_str(),
                &address.city,
                &address.district,
                &address.street,
            ]
            .concat(),
            ..Identity::default()
        },
        buyer_tier: String::new(),
        region: address.province,
        payment_method: order.payment_method,
        discount: discount(&lines, paid)?,
        lines,
        freight: zero,
        paid: Some(paid),
        placed_at: None,
        paid_at: Some(reached.paid),
        dispatched_at: reached.dispatched,
        delivered_at: reached.delivered,
        cancelled_at: reached.cancelled,
    };
    Ok((draft, moments))
}

/// What is missing from the total is the order's discount.
fn discount(lines: &[DraftLine], paid: Money) -> Result<Money, Field> {
    let listed = lines
        .iter()
        .map(|line| line.price.minor().saturating_mul(i64::from(line.units)))
        .fold(0, i64::saturating_add);
    Money::new(listed.saturating_sub(paid.minor()), Currency::CNY).map_err(|_| {
        let listed = Money::clamped(listed, Currency::CNY).to_string();
        let paid = paid.to_string();
        ("订单总金额".to_owned(), Wrong::PaidTooMuch { paid, listed })
    })
}

fn supposed(got: Got, now: Moment) -> Reached {
    match got {
        Got::Paid => Reached::paid(now),
        Got::Dispatched => Reached::dispatched(now),
        Got::Delivered => Reached::delivered(now),
        Got::ReturnedBefore => {
            let delivered = Reached::delivered(now);
            let cancelled = delivered.delivered;
            Reached {
                cancelled,
                ..delivered
            }
        }
    }
}

/// Moments of the parcel, no further than the order's state goes: paid when the parcel was begun,
/// dispatched with its first sign of moving, delivered as the parcel says.
fn stated(got: Got, parcel: &EcomParcel, reading: &Reading) -> Result<Reached, Field> {
    let track = |at: usize| format!("logistics: 物流轨迹[{at}].时间");
    let mut begun = None;
    let mut moving = None;
    let mut arrived = None;
    for (at, event) in parcel.track.iter().enumerate() {
        let when = cells::moment(&event.at, reading).map_err(|wrong| (track(at), wrong))?;
        match event.state.as_str() {
            "已创建" | "已付款" => begun = begun.or(Some(when)),
            "已签收" | "已送达" => arrived = Some(when),
            _ => moving = moving.or(Some(when)),
        }
    }
    let field = |name: &str| format!("logistics: {name}");
    let delivered = parcel.delivered.as_ref().map(|text| cells::moment(text, reading));
    let delivered = delivered
        .transpose()
        .map_err(|wrong| (field("实际送达时间"), wrong))?
        .or(arrived);
    let needed = |moment: Option<Moment>, name| moment.ok_or_else(|| (field(name), Wrong::Missing));
    let mut reached = Reached {
        paid: needed(begun.or(moving), "物流轨迹")?,
        dispatched: None,
        delivered: None,
        cancelled: None,
    };
    if got != Got::Paid {
        reached.dispatched = Some(needed(moving.or(delivered), "物流轨迹")?);
    }
    if matches!(got, Got::Delivered | Got::ReturnedBefore) {
        reached.delivered = Some(needed(delivered, "实际送达时间")?);
    }
    if got == Got::ReturnedBefore {
        reached.cancelled = reached.delivered;
    }
    Ok(reached)
}
