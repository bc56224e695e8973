//! What is kept of a claim on a cover, taken from a case as it is.
//!
//! Must not know: statements. Tests: `amends-api/tests/it/warranty.rs`.

use amends_domain::case::Case;
use amends_domain::case::cover::ClaimStage;

use crate::commit::load::CaseKey;
use crate::db::Value;

/// The row of a case's last claim, where it has one.
pub(super) fn claim_row(key: CaseKey, case: &Case) -> Option<[Value; 9]> {
    let claim = case.cover_claim.as_deref()?;
    let settled = match claim.stage {
        ClaimStage::Settled { amount } => amount,
        _ => 0,
    };
    Some([
        key.0.into(),
        key.1.into(),
        claim.made_at.into(),
        case.order?.into(),
        claim.cover.into(),
        claim.stage.code().into(),
        claim.asked.into(),
        settled.into(),
        i64::from(claim.stage.is_open()).into(),
    ])
}
