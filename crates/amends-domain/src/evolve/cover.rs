//! What events make of a claim on a cover, of how far the cover is used, and of a visit.
//!
//! Must not know: who may do so. Tests: `tests/it/cover.rs`, `tests/it/visit.rs`.

use crate::case::Case;
use crate::case::cover::{ClaimStage, CoverClaim};
use crate::case::visit::Visit;
use crate::event::{Event, VisitBooked};
use crate::ledger::OrderLedger;
use crate::time::Moment;

pub(super) fn evolve(case: &mut Case, event: &Event, at: Moment) {
    match event {
        Event::CoverClaimed(claimed) => {
            case.cover_claim = Some(Box::new(CoverClaim {
                cover: claimed.cover,
                line: claimed.line,
                plan: claimed.plan,
                trouble: claimed.trouble,
                asked: claimed.asked,
                stage: ClaimStage::Made,
                made_at: at,
            }));
        }
        Event::RepairOrdered(ordered) => {
            let provider = ordered.provider.clone();
            stage(case, ClaimStage::Ordered { provider });
        }
        Event::RepairReported(reported) => {
            let (provider, fee) = (reported.provider.clone(), reported.fee);
            stage(case, ClaimStage::Repaired { provider, fee });
        }
        Event::CoverDeclined { .. } => stage(case, ClaimStage::Declined),
        Event::CoverSettled(settled) => {
            let amount = settled.amount;
            stage(case, ClaimStage::Settled { amount });
        }
        Event::CoverDropped { .. } => stage(case, ClaimStage::Dropped),
        Event::VisitBooked(VisitBooked { from, until }) => {
            case.visit = Some(Visit {
                from: *from,
                until: *until,
                outcome: None,
            });
        }
        Event::VisitEnded(ended) => {
            if let Some(visit) = &mut case.visit {
                visit.outcome = Some(ended.outcome);
            }
        }
        _ => {}
    }
}

fn stage(case: &mut Case, stage: ClaimStage) {
    if let Some(claim) = &mut case.cover_claim {
        claim.stage = stage;
    }
}

/// What is claimed of a cover is held until it is settled, and given back when nothing comes of it.
pub(super) fn evolve_use(ledger: &mut OrderLedger, case: &Case, event: &Event) {
    if let Event::CoverClaimed(claimed) = event {
        let used = ledger.covers.entry(claimed.cover).or_default();
        used.claims += 1;
        used.held += claimed.asked;
        return;
    }
    let Some(claim) = case.open_cover_claim() else {
        return;
    };
    let Some(used) = ledger.covers.get_mut(&claim.cover) else {
        return;
    };
    match event {
        Event::CoverSettled(settled) => {
            used.held -= claim.asked;
            used.settled += settled.amount;
        }
        Event::CoverDeclined { .. } | Event::CoverDropped { .. } => {
            used.held -= claim.asked;
            used.claims = used.claims.saturating_sub(1);
        }
        _ => {}
    }
}
