//! One of each that goes wrong with covers, visits, plans and guides.

use amends_app::buyers::visits::VisitFault;
use amends_app::error::{AppError, Reason};
use amends_app::warranty::WarrantyFault;
use amends_domain::cover::Gap;
use amends_domain::ids::CoverId;
use amends_domain::plan::PlanFault;
use amends_domain::refusal::Refusal;
use amends_domain::time::Moment;

use super::yuan;

/// Those of claims and visits.
pub(super) fn refusals() -> Vec<Refusal> {
    let (soon, late) = (Moment::from_millis(1), Moment::from_millis(2));
    vec![
        Refusal::RepairTaken {
            provider: "快修".to_owned(),
        },
        Refusal::UnknownCover {
            cover: CoverId::new(soon, [0; 10]),
        },
        Refusal::NotCovered { gap: Gap::Over },
        Refusal::AboveCover {
            asked: yuan(2),
            at_most: yuan(1),
        },
        Refusal::VisitOutOfTime {
            earliest: soon,
            latest: late,
        },
        Refusal::VisitOutsideHours,
    ]
}

/// Those about plans, covers and guides.
pub(super) fn errors() -> Vec<AppError> {
    let (months, sku) = (13, "TV".to_owned());
    let plan = |fault: PlanFault| AppError::Warranty(WarrantyFault::Plan(fault));
    vec![
        plan(PlanFault::Text {
            field: "name",
            max: 64,
        }),
        plan(PlanFault::Prices(0)),
        plan(PlanFault::Months(0)),
        plan(PlanFault::TwoPrices {
            months,
            sku: Some(sku.clone()),
        }),
        plan(PlanFault::Bound { field: "per_claim" }),
        AppError::Warranty(WarrantyFault::NoSuchPlan),
        AppError::Warranty(WarrantyFault::PlanEnded),
        AppError::Warranty(WarrantyFault::NotOffered { months, sku }),
        AppError::Warranty(WarrantyFault::Covered),
        AppError::Warranty(WarrantyFault::OrderCancelled),
        AppError::Invalid {
            field: "address",
            reason: Reason::NotSecure,
        },
    ]
}

/// Those about calling buyers.
pub(super) fn visit_errors() -> Vec<AppError> {
    let at = Moment::from_millis(1);
    let faults = [
        VisitFault::Planned { due_at: at },
        VisitFault::Done { at },
        VisitFault::Declined,
        VisitFault::Blocked,
    ];
    faults.into_iter().map(AppError::from).collect()
}
