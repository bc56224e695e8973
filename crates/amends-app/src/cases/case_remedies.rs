//! The remedies there are for a case: each explained, planned and costed, those that can be offered
//! first (REM-1).
//!
//! Must not know: how one is chosen. Tests: `amends-api/tests/it/remedies.rs`.

use amends_domain::State;
use amends_domain::case::remedy::Offered;

use super::case_next::facts;
use super::case_read::CaseView;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// Every remedy for a case, as of now. What a remedy costs is the shop's own affair: not for buyers.
pub async fn case_remedies(desk: &Desk, staff: &Staff, view: &CaseView) -> Result<Vec<Offered>, AppError> {
    staff.require(Right::Read)?;
    let case = &view.row.case;
    let (facts, ledger) = facts(desk, staff.shop, case).await?;
    let state = State {
        case: Some(case.clone()),
        ledger,
    };
    Ok(amends_domain::remedies(
        &state,
        &facts,
        &view.policy,
        desk.clock.now(),
    ))
}
