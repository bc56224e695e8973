//! Listings to be checked 商品页自查, because a finding said that they invited the claim (ABU-2).
//!
//! Must not know: SQL, HTTP. Tests: `amends-api/tests/it/abuse.rs`.

use amends_domain::ids::CaseId;
use amends_domain::time::Moment;
use amends_store::CheckFilter;
pub use amends_store::CheckRow;

use super::blocks::told;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// Longest page.
pub const CHECKS_PAGE_MAX: u32 = 100;

/// Listings to be checked, or those that were, the latest first.
pub async fn listing_checks(
    desk: &Desk,
    staff: &Staff,
    done: Option<bool>,
    case: Option<CaseId>,
    before: Option<Moment>,
) -> Result<Vec<CheckRow>, AppError> {
    staff.require(Right::Read)?;
    let filter = CheckFilter { done, case, before };
    Ok(desk
        .store
        .listing_checks(staff.shop, filter, CHECKS_PAGE_MAX)
        .await?)
}

/// Ends a check, with what came of it.
pub async fn listing_check_done(
    desk: &Desk,
    staff: &Staff,
    case: CaseId,
    sku: &str,
    note: String,
) -> Result<(), AppError> {
    // Whoever keeps the product pages: nobody's rights hang on it, but a reader changes nothing.
    staff.require(Right::Orders)?;
    let note = told("note", &note)?;
    let at = desk.clock.now();
    let done = desk
        .store
        .listing_check_done(staff.shop, case, sku, staff.person, &note, at)
        .await?;
    if done {
        Ok(())
    } else {
        Err(AppError::NotFound {
            what: "listing_check",
        })
    }
}
