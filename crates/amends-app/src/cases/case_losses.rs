//! What carriers cost a shop: parcels that went wrong, what their buyers got, what came back (DSP-6).
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/recourses.rs`.

use amends_domain::time::Moment;
use amends_store::CarrierLosses;

use super::case_closures::period;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// What was noticed between two moments, by carrier.
pub struct LossesView {
    /// From when on.
    pub from: Moment,
    /// Until before when.
    pub until: Moment,
    /// The dearest carrier first.
    pub carriers: Vec<CarrierLosses>,
}

/// What was noticed from one moment until before another; of the last thirty days, where nothing is said.
pub async fn case_losses(
    desk: &Desk,
    staff: &Staff,
    from: Option<Moment>,
    until: Option<Moment>,
) -> Result<LossesView, AppError> {
    staff.require(Right::Read)?;
    let (from, until) = period(desk, from, until)?;
    let carriers = desk.store.carrier_losses(staff.shop, from, until).await?;
    Ok(LossesView {
        from,
        until,
        carriers,
    })
}
