//! Sends guides ahead: once an order, as soon as it has left, so that they are there before the parcel (WAR-3).
//!
//! Must not know: words, ways. Tests: `amends-api/tests/it/warranty.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_domain::ids::{CaseId, OrderId};
use amends_domain::policy::set::PolicySet;
use amends_store::{GuideRow, ShopRow};

use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::feed::notices_written;
use crate::notices::{Arg, NoticeRequest, Recipient};

/// Most orders looked at in one shop at once.
const LOOK_MAX: u32 = 200;

/// Sends what is due in every shop; returns how many orders were decided. A node without a way for notices
/// leaves it to one that has.
pub async fn guides_run(desk: &Desk) -> Result<usize, AppError> {
    let mut decided = 0;
    if desk.couriers.connected().is_empty() {
        return Ok(0);
    }
    for shop in desk.store.shops_list().await? {
        let due = desk.store.guides_open(shop.id, LOOK_MAX).await?;
        if due.is_empty() {
            continue;
        }
        let hash = desk.store.policy_in_force(shop.id, desk.clock.now()).await?;
        let Some(hash) = hash else { continue };
        let Some(policy) = desk.store.policy_set(shop.id, hash).await? else {
            continue;
        };
        for order in due {
            decided += usize::from(decide(desk, &shop, &policy, order).await?);
        }
    }
    Ok(decided)
}

/// Decides over one order; `false` where another node did.
async fn decide(desk: &Desk, shop: &ShopRow, policy: &PolicySet, id: OrderId) -> Result<bool, AppError> {
    let row = desk.store.order_by_id(shop.id, id).await?;
    let order = row
        .map(|row| row.order)
        .filter(|order| order.cancelled_at.is_none());
    let (outcome, rows) = match order {
        None => ("cancelled", Vec::new()),
        Some(order) => {
            let skus: BTreeSet<&str> = order.lines.iter().map(|line| line.sku.as_str()).collect();
            let guides = desk.store.guides_for(shop.id, skus).await?;
            if guides.is_empty() {
                ("none", Vec::new())
            } else {
                let args = BTreeMap::from([
                    ("order".to_owned(), Arg::Text(order.number.clone())),
                    ("guides".to_owned(), Arg::Items(guides.iter().map(item).collect())),
                ]);
                let request = NoticeRequest {
                    shop: shop.id,
                    // A guide belongs to no case: it lies under its order's id.
                    case: CaseId::from(order.id),
                    seq: 0,
                    code: "guides".to_owned(),
                    to: Recipient::Order(order.id),
                    args,
                    language: None,
                };
                ("sent", notices_written(desk, shop, policy, &request)?)
            }
        }
    };
    let now = desk.clock.now();
    Ok(desk.store.guides_settle(shop.id, id, outcome, now, &rows).await?)
}

fn item(guide: &GuideRow) -> BTreeMap<String, Arg> {
    let mut item = BTreeMap::from([("title".to_owned(), Arg::Text(guide.title.clone()))]);
    for (name, text) in [("address", &guide.address), ("text", &guide.body)] {
        if !text.is_empty() {
            item.insert(name.to_owned(), Arg::Text(text.clone()));
        }
    }
    item
}
