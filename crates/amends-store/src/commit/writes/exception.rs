//! What is kept of a parcel with which something went wrong, taken from a case as it is.
//!
//! Must not know: statements. Tests: `amends-api/tests/it/recourses.rs`.

use amends_domain::case::recourse::Addressee;
use amends_domain::case::{Case, MoneyState};

use crate::commit::load::CaseKey;
use crate::db::Value;

/// The row of a case's exception, where it has one.
pub(super) fn exception_row(key: CaseKey, case: &Case) -> Option<[Value; 10]> {
    let exception = case.exception.as_ref()?;
    let claim = case.recourses.get(&Addressee::Carrier);
    let paid = match case.money {
        Some(MoneyState::Paid) => case.refund_total(),
        _ => case.refunded_before,
    };
    Some([
        key.0.into(),
        key.1.into(),
        exception.noticed_at.into(),
        exception.parcel.carrier.as_str().into(),
        exception.fault.code().into(),
        case.currency.to_string().into(),
        paid.into(),
        claim.map_or(0, |claim| claim.asked).into(),
        claim.map_or(0, |claim| claim.received).into(),
        i64::from(case.recourse_is_open(Addressee::Carrier)).into(),
    ])
}
