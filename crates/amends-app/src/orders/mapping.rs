//! Mappings: files of other systems read into order drafts, with bad rows reported by line.
//!
//! `amends-jsonl`: one order a line, see [`super::draft`]. `tau-retail`: the order file of the
//! tau-bench retail shop, a JSON object of orders by number; it has no moments, so they are counted
//! back from the moment of import: paid three days before, dispatched two, delivered one. Its
//! statuses `pending` and `processed` are *paid*; item prices are what was paid, in US dollars.
//! Must not know: databases. Tests: beside the code.

use std::collections::BTreeMap;

use amends_domain::money::{Currency, Money};
use amends_domain::order::DraftLine;
use amends_domain::time::Moment;
use serde::Deserialize;

use super::draft::{JsonOrder, OrderDraft};
use crate::vault::Identity;

/// Largest file, in bytes.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A known mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapping {
    /// Our own form.
    AmendsJsonl,
    /// The order file of tau-bench's retail shop.
    TauRetail,
}

impl Mapping {
    /// Every mapping with its name.
    pub const ALL: &[(&str, Mapping)] = &[
        ("amends-jsonl", Self::AmendsJsonl),
        ("tau-retail", Self::TauRetail),
    ];

    /// A mapping by name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, mapping)| *mapping)
    }

    /// Reads a file. Either every row is good, or nothing is and each bad row is named.
    pub fn read(self, text: &str, now: Moment) -> Result<Vec<OrderDraft>, Vec<BadRow>> {
        if text.len() > FILE_BYTES_MAX {
            let reason = format!("the file has more than {FILE_BYTES_MAX} bytes; split it");
            return Err(vec![BadRow {
                row: "file".to_owned(),
                reason,
            }]);
        }
        let rows = match self {
            Self::AmendsJsonl => jsonl(text),
            Self::TauRetail => tau(text, now),
        };
        let (mut drafts, mut bad) = (Vec::new(), Vec::new());
        for (row, draft) in rows {
            match draft {
                Ok(draft) => drafts.push(draft),
                Err(reason) => bad.push(BadRow { row, reason }),
            }
        }
        if bad.is_empty() { Ok(drafts) } else { Err(bad) }
    }
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Where: `line 12`, or an order's number.
    pub row: String,
    /// What is wrong.
    pub reason: String,
}

type Row = (String, Result<OrderDraft, String>);

fn jsonl(text: &str) -> Vec<Row> {
    let read = |line: &str| {
        let order: JsonOrder = serde_json::from_str(line).map_err(|fault| fault.to_string())?;
        order.into_draft()
    };
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| (format!("line {}", at + 1), read(line)))
        .collect()
}

#[derive(Deserialize)]
struct TauOrder {
    order_id: String,
    user_id: String,
    address: BTreeMap<String, String>,
    items: Vec<TauItem>,
    status: String,
}

#[derive(Deserialize)]
struct TauItem {
    name: String,
    product_id: String,
    item_id: String,
    price: serde_json::Number,
}

const USD: &str = "USD";
const DAY_MILLIS: i64 = 86_400_000;

fn tau(text: &str, now: Moment) -> Vec<Row> {
    // Each order on its own, so that one bad order does not hide the others.
    let orders: BTreeMap<String, serde_json::Value> = match serde_json::from_str(text) {
        Ok(orders) => orders,
        Err(fault) => return vec![("file".to_owned(), Err(fault.to_string()))],
    };
    let read = |value| {
        let order: TauOrder = serde_json::from_value(value).map_err(|fault| fault.to_string())?;
        tau_draft(order, now)
    };
    orders
        .into_iter()
        .map(|(number, value)| (number, read(value)))
        .collect()
}

fn tau_draft(order: TauOrder, now: Moment) -> Result<OrderDraft, String> {
    let currency: Currency = USD.parse().map_err(|fault| format!("{fault}"))?;
    let days_ago = |days: i64| now.plus_millis(-days * DAY_MILLIS);
    let (delivered, cancelled) = match order.status.as_str() {
        "delivered" => (true, false),
        "cancelled" => (false, true),
        "pending" | "processed" => (false, false),
        other => {
            return Err(format!(
                "status {other:?} is not pending, processed, delivered or cancelled"
            ));
        }
    };
    let lines = order.items.iter().map(|item| {
        Ok(DraftLine {
            sku: item.item_id.clone(),
            title: item.name.clone(),
            category: item.product_id.clone(),
            no_reason_excluded: false,
            units: 1,
            price: Money::parse(&item.price.to_string(), currency).map_err(|fault| fault.to_string())?,
            discount: Money::zero(currency),
        })
    });
    let address = ["address1", "address2", "city", "state", "zip", "country"];
    let address: Vec<&str> = address
        .iter()
        .filter_map(|part| order.address.get(*part))
        .map(String::as_str)
        .collect();
    Ok(OrderDraft {
        number: order.order_id,
        buyer: Identity {
            nickname: order.user_id,
            address: address.join(", "),
            ..Identity::default()
        },
        buyer_tier: String::new(),
        region: order.address.get("state").cloned().unwrap_or_default(),
        payment_method: String::new(),
        lines: lines.collect::<Result<_, String>>()?,
        discount: Money::zero(currency),
        freight: Money::zero(currency),
        paid: None,
        paid_at: days_ago(3),
        dispatched_at: delivered.then(|| days_ago(2)),
        delivered_at: delivered.then(|| days_ago(1)),
        cancelled_at: cancelled.then(|| days_ago(2)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_named_and_nothing_is_half_read() {
        let good = r#"{"number":"A1","currency":"CNY","buyer":{"nickname":"小满"},"lines":[{"sku":"S","title":"裙","units":1,"price":"399.00"}],"paid_at":"2026-03-01T00:00:00Z"}"#;
        let text = format!("{good}\n\n{{\"number\":1}}\n{good}\nnot json\n");
        let bad = Mapping::AmendsJsonl
            .read(&text, Moment::from_millis(0))
            .unwrap_err();
        assert_eq!(
            bad.iter().map(|row| row.row.as_str()).collect::<Vec<_>>(),
            ["line 3", "line 5"]
        );
        assert_eq!(
            Mapping::AmendsJsonl
                .read(good, Moment::from_millis(0))
                .unwrap()
                .len(),
            1
        );
    }

    #[test]
    fn the_retail_shop_reads() {
        let text = r##"{"#W1":{"order_id":"#W1","user_id":"mei","address":{"state":"TX","zip":"1"},"items":[{"name":"Boots","product_id":"7","item_id":"8","price":244.34,"options":{}}],"status":"delivered","fulfillments":[]}}"##;
        let drafts = Mapping::TauRetail
            .read(text, Moment::from_millis(10 * DAY_MILLIS))
            .unwrap();
        assert_eq!(drafts[0].lines[0].price.to_string(), "244.34 USD");
        assert_eq!(drafts[0].delivered_at, Some(Moment::from_millis(9 * DAY_MILLIS)));
        let strange = text.replace("delivered", "lost");
        assert_eq!(
            Mapping::TauRetail
                .read(&strange, Moment::from_millis(0))
                .unwrap_err()[0]
                .row,
            "#W1"
        );
    }
}
