//! Anchors: once a day, on each shop's wall, one digest over the heads of the chains that grew since
//! the last.
//!
//! Kept outside by `amends export`, it shows a tail that was cut or a case that was removed.
//! Must not know: where anchors are kept. Tests: `amends-sim/tests/it/year.rs`,
//! `amends-api/tests/it/runners.rs`.

use amends_domain::ids::ShopId;
use amends_domain::time::{Moment, Zone};

use crate::desk::Desk;
use crate::error::AppError;

/// The day on a shop's wall, `2026-03-01`.
fn day(at: Moment, zone: &Zone) -> String {
    at.day_in(zone.tz()).to_string()
}

/// Anchors a shop's chains under today's name; a day is anchored once.
pub async fn anchor_write(desk: &Desk, shop: ShopId) -> Result<(), AppError> {
    let row = desk.shop(shop).await?;
    let zone = Zone::named(&row.time_zone);
    let zone = zone.ok_or_else(|| AppError::Inconsistent(format!("time zone {}", row.time_zone)))?;
    let now = desk.clock.now();
    desk.store.anchor_write(shop, &day(now, &zone), now).await?;
    Ok(())
}

/// Anchors every shop whose day is not anchored yet. One that cannot be anchored is told, and stops
/// no other.
pub async fn anchors_run(desk: &Desk) -> Result<(), AppError> {
    for shop in desk.store.shops_list().await? {
        if let Err(fault) = anchor_write(desk, shop.id).await {
            tracing::warn!(shop = %shop.id, %fault, "a shop's chains could not be anchored");
        }
    }
    Ok(())
}
