//! The payment log: when money came in, by which way and bank, how much, sold for how much less.
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/trade.rs`.

pub use amends_store::{PaymentRow, PaymentSum};

use amends_domain::time::Moment;

use crate::caller::{Right, Staff};
use crate::cases::case_closures::period;
use crate::desk::Desk;
use crate::error::AppError;

/// Payments that are shown.
const LATEST: u32 = 200;

/// Sums and the newest payments of a time.
pub struct PaymentsView {
    /// From when on.
    pub from: Moment,
    /// Until before when.
    pub until: Moment,
    /// By way and bank, the greatest first.
    pub sums: Vec<PaymentSum>,
    /// The newest first.
    pub latest: Vec<PaymentRow>,
}

/// What arrived from one moment until before another; of the last thirty days, where nothing is said.
pub async fn payments_read(
    desk: &Desk,
    staff: &Staff,
    from: Option<Moment>,
    until: Option<Moment>,
) -> Result<PaymentsView, AppError> {
    staff.require(Right::Read)?;
    let (from, until) = period(desk, from, until)?;
    let sums = desk.store.payment_sums(staff.shop, from, until).await?;
    let latest = desk
        .store
        .payments_latest(staff.shop, from, until, LATEST)
        .await?;
    Ok(PaymentsView {
        from,
        until,
        sums,
        latest,
    })
}
