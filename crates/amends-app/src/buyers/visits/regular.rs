//! Regular visits by tier: whoever has a tier that the shop visits, and no visit planned, gets one planned. Each step
//! is harmless when repeated.
//!
//! Must not know: who is left alone; the store says. Tests: `amends-api/tests/it/visits.rs`.

use amends_domain::actor::Actor;
use amends_domain::digest::Digest;
use amends_domain::event::actor_text;
use amends_domain::time::Moment;
use amends_store::{BuyerVisitKind, BuyerVisitRow, ShopRow, VisitPlanned, WantedVisit};

use super::DAY_MILLIS;
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::settings::ShopSettings;

/// Most visits planned in one tier at once.
const PLAN_MAX: u32 = 200;

/// Plans what is missing in every shop; returns how many visits that were.
pub async fn visits_run(desk: &Desk) -> Result<usize, AppError> {
    let mut planned = 0;
    for shop in desk.store.shops_list().await? {
        planned += of_shop(desk, &shop).await?;
    }
    Ok(planned)
}

async fn of_shop(desk: &Desk, shop: &ShopRow) -> Result<usize, AppError> {
    let (now, mut planned) = (desk.clock.now(), 0);
    for tier in ShopSettings::parse(&shop.settings)?.tiers {
        let Some(pause) = tier.visit_days else { continue };
        let wanted = desk
            .store
            .visits_wanted(shop.id, &tier.code, now, PLAN_MAX)
            .await?;
        for one in wanted {
            let row = BuyerVisitRow {
                id: desk.random.id(now),
                buyer: one.buyer,
                kind: BuyerVisitKind::Regular,
                due_at: due_at(one, pause, now),
                every_days: Some(pause),
                planned_by: actor_text(&Actor::Deadlines),
                end: None,
            };
            let is_new = desk.store.visit_plan(shop.id, &row).await? == VisitPlanned::Planned;
            planned += usize::from(is_new);
        }
    }
    Ok(planned)
}

/// So long after the last visit; whoever has had none lately gets a day of his own within that time, so that a whole
/// tier does not come due at once.
fn due_at(wanted: WantedVisit, pause: u32, now: Moment) -> Moment {
    let pause = i64::from(pause.max(1));
    let again = wanted.last_at.map(|last| last.plus_millis(pause * DAY_MILLIS));
    if let Some(again) = again.filter(|again| *again > now) {
        return again;
    }
    let digest = Digest::of(&[wanted.buyer.to_string().as_bytes()]);
    let drawn = digest.bytes().iter().take(4);
    let drawn = drawn.fold(0, |sum: i64, byte| sum * 256 + i64::from(*byte));
    now.plus_millis((1 + drawn % pause) * DAY_MILLIS)
}
