//! Who gets a care mail: buyers are read a window at a time and judged by the domain, so that a million of
//! them take no more memory than a few thousand.
//!
//! Must not know: names, texts. Tests: `amends-api/tests/it/care.rs`; measured by `amends bench care`.

use std::collections::BTreeMap;

use amends_domain::care::{CareBuyer, LeftOut};
use amends_domain::ids::{BuyerId, ShopId};
use amends_domain::time::Moment;
use amends_store::{CareMailRow, CarePlanned, CareSource};

use super::{CareHead, CarePlan, zone};
use crate::desk::Desk;
use crate::error::AppError;

/// Buyers read at once.
pub(super) const WINDOW: u32 = 5_000;

/// A window of buyers who are meant, each with why he is left out.
pub(super) struct Window {
    /// Whom the condition holds.
    pub(super) meant: Vec<(BuyerId, Option<LeftOut>)>,
    /// Where the next one begins; none behind the last.
    pub(super) next: Option<String>,
}

/// Reads and judges the next window.
pub(super) async fn window(
    desk: &Desk,
    shop: ShopId,
    plan: &CarePlan,
    after: &str,
    now: Moment,
) -> Result<Window, AppError> {
    let source = CareSource {
        condition: &plan.condition,
        only: plan.only,
        since: plan.care.since(now),
    };
    let read = desk.store.care_window(shop, &source, after, WINDOW).await?;
    let full = u32::try_from(read.len()).unwrap_or(u32::MAX) >= WINDOW;
    let next = read.last().filter(|_| full).map(|(id, _)| id.to_string());
    let rules = plan.rules();
    let judged = |(id, buyer): (BuyerId, CareBuyer)| {
        let meant = plan.only.is_some() || plan.condition.holds(&buyer, plan.satisfied_from);
        meant.then(|| (id, rules.left_out(&buyer)))
    };
    Ok(Window {
        meant: read.into_iter().filter_map(judged).collect(),
        next,
    })
}

/// Writes the letters of the next window of a mail that was confirmed; `false` when it was the last, or
/// somebody else did it.
pub async fn plan_window(desk: &Desk, shop: ShopId, row: &CareMailRow) -> Result<bool, AppError> {
    let (plan, head, now) = (CarePlan::parse(row)?, CareHead::parse(row)?, desk.clock.now());
    let from = head.send_from.map_or(now, |from| from.max(now));
    let due_at = plan.care.contact_from(from, &zone(desk, shop).await?);
    let window = window(desk, shop, &plan, &row.planned_to, now).await?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut buyers = Vec::with_capacity(window.meant.len());
    for (buyer, left_out) in window.meant {
        let name = left_out.map_or_else(|| "planned".to_owned(), |why| format!("left.{}", why.code()));
        *counts.entry(name).or_default() += 1;
        if left_out.is_none() {
            buyers.push(buyer);
        }
    }
    let is_last = window.next.is_none();
    let planned = CarePlanned {
        to: window.next.unwrap_or_else(|| row.planned_to.clone()),
        buyers,
        counts,
        due_at,
        is_last,
    };
    let written = desk
        .store
        .care_plan(shop, row.id, &row.planned_to, &planned)
        .await?;
    Ok(written && !is_last)
}
