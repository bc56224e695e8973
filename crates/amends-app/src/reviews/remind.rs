//! Reminds buyers who forgot to rate (REV-5): once an order, after the time the shop's policy says, within the
//! hours it says, and never one who has rated, or has a case open: to him there is something else to say.
//!
//! Must not know: words, ways. Tests: `amends-api/tests/it/ratings.rs`.

use std::collections::BTreeMap;

use amends_domain::case::clock::Clock;
use amends_domain::ids::CaseId;
use amends_domain::order::Order;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::{Moment, ShopTime};
use amends_store::{ReminderDue, ShopRow};

use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::feed::notices_written;
use crate::notices::{Arg, NoticeRequest, Recipient};

/// Most orders looked at in one shop at once.
const LOOK_MAX: u32 = 200;

/// Reminds whoever is due in every shop; returns how many orders were decided.
pub async fn reminders_run(desk: &Desk) -> Result<usize, AppError> {
    let mut decided = 0;
    if desk.couriers.connected().is_empty() {
        return Ok(0);
    }
    for shop in desk.store.shops_list().await? {
        decided += of_shop(desk, &shop).await?;
    }
    Ok(decided)
}

async fn of_shop(desk: &Desk, shop: &ShopRow) -> Result<usize, AppError> {
    let now = desk.clock.now();
    let Some(hash) = desk.store.policy_in_force(shop.id, now).await? else {
        return Ok(0);
    };
    let due = desk.store.reminders_open(shop.id, now, LOOK_MAX).await?;
    let Some(policy) = desk
        .store
        .policy_set(shop.id, hash)
        .await?
        .filter(|_| !due.is_empty())
    else {
        return Ok(0);
    };
    let Some((_, terms)) = policy.clock(Clock::OrderRating) else {
        return Ok(0);
    };
    let time = desk.calendars.shop_time(&shop.time_zone, &shop.settings);
    let time = time.ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))?;
    let mut decided = 0;
    for one in due {
        let Some(order) = desk.store.order_by_id(shop.id, one.order).await? else {
            continue;
        };
        // Earlier deliveries come due earlier: the first that is not due ends it.
        if terms.due_after(terms.length, one.delivered_at, &time) > now {
            break;
        }
        if decide(desk, shop, &policy, &time, one, &order.order).await? {
            decided += 1;
        }
    }
    Ok(decided)
}

/// Decides over one; `false` where another node did.
async fn decide(
    desk: &Desk,
    shop: &ShopRow,
    policy: &PolicySet,
    time: &ShopTime,
    due: ReminderDue,
    order: &Order,
) -> Result<bool, AppError> {
    let now = desk.clock.now();
    let against = desk
        .store
        .reminder_against(shop.id, order.id, order.buyer)
        .await?;
    let outcome = if against.rated {
        "rated"
    } else if against.open_case {
        "open_case"
    } else if order.cancelled_at.is_some() {
        "cancelled"
    } else if window_over(policy, time, due.delivered_at, now) {
        "too_late"
    } else {
        "reminded"
    };
    let rows = if outcome == "reminded" {
        let goods = order.lines.first().map(|line| line.title.clone());
        let args = BTreeMap::from([
            ("order".to_owned(), Arg::Text(order.number.clone())),
            ("goods".to_owned(), Arg::Text(goods.unwrap_or_default())),
        ]);
        let request = NoticeRequest {
            shop: shop.id,
            // A reminder belongs to no case: it lies under its order's id.
            case: CaseId::from(order.id),
            seq: 0,
            code: "rate_reminder".to_owned(),
            to: Recipient::Order(order.id),
            args,
            language: None,
        };
        notices_written(desk, shop, policy, &request)?
    } else {
        Vec::new()
    };
    Ok(desk
        .store
        .reminder_settle(shop.id, order.id, outcome, now, &rows)
        .await?)
}

/// Who could not rate any more is not asked to.
fn window_over(policy: &PolicySet, time: &ShopTime, delivered_at: Moment, now: Moment) -> bool {
    let window = policy.clock(Clock::ServiceRating);
    window.is_some_and(|(_, terms)| terms.due_after(terms.length, delivered_at, time) <= now)
}
