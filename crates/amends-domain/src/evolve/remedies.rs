//! What events of remedies make of a case: offers, agreements, steps, trials, and opening again.
//!
//! Must not know: which remedy is allowed. Tests: `tests/it/remedies.rs`.

use crate::case::remedy::{Extra, Offer, Plan, Step};
use crate::case::{Case, Request};
use crate::event::Event;
use crate::ledger::UnitRef;

pub(super) fn evolve(case: &mut Case, event: &Event) {
    match event {
        Event::Offered { offer, options, .. } => {
            case.offer = Some(Offer {
                number: *offer,
                options: options.clone(),
                declined: false,
                over: false,
                wish: None,
            });
        }
        Event::OfferDeclined { wish, .. } => {
            if let Some(offer) = &mut case.offer {
                offer.declined = true;
                offer.wish = *wish;
            }
        }
        Event::Agreed { clause, plan, .. } => {
            case.agreed = Some(clause.clone());
            offer_is_over(case);
            if plan.trial.is_none() {
                agreed(case, plan);
            }
        }
        Event::Approved { .. }
        | Event::Refused { .. }
        | Event::InterventionAsked { .. }
        | Event::SentBack { .. } => offer_is_over(case),
        Event::BoughtBack {
            units,
            amount,
            clause,
        } => {
            case.agreed = Some(clause.clone());
            bought_back(case, units, *amount);
        }
        Event::RejectionOverruled { units, amount } => taken_back(case, units, *amount),
        Event::StepDone { step, reference } => {
            let at = usize::try_from(*step).ok().and_then(|step| step.checked_sub(1));
            if let Some(step) = at.and_then(|at| case.steps.get_mut(at)) {
                step.done = Some(reference.clone());
            }
        }
        Event::TrialEnded { worked, .. } => {
            case.trial = None;
            // Nothing is agreed any more when it did not help.
            case.agreed = case.agreed.take().filter(|_| *worked);
        }
        Event::Closed { .. } => {
            case.trial = None;
            case.passed = None;
        }
        Event::Reopened {
            units,
            amount,
            judged,
            ..
        } => {
            reopened(case);
            case.claim.units.clone_from(units);
            case.claim.amount = *amount;
            super::judged_again(case, judged.as_deref());
        }
        _ => {}
    }
}

/// They stay for less: nothing comes on top.
fn bought_back(case: &mut Case, units: &[UnitRef], amount: i64) {
    offer_is_over(case);
    taken_back(case, units, amount);
    case.compensation = 0;
    case.return_freight_due = 0;
}

/// What was accepted is paid; from here on the case is about the units that stay after all.
fn taken_back(case: &mut Case, units: &[UnitRef], amount: i64) {
    remember_first_asked(case);
    case.claim.units = units.to_vec();
    case.accepted = units.to_vec();
    case.claim.amount = amount;
    case.money = None;
}

/// What was agreed takes the place of what was asked.
fn agreed(case: &mut Case, plan: &Plan) {
    remember_first_asked(case);
    case.kind = plan.route;
    case.claim.amount = plan.amount;
    case.claim.replacement.clone_from(&plan.replacement);
    case.return_freight = plan.return_freight;
    case.buyer_pays = plan.buyer_pays;
    let step = |extra: &Extra| Step {
        extra: extra.clone(),
        done: None,
    };
    case.steps.extend(plan.extras.iter().map(step));
}

fn offer_is_over(case: &mut Case) {
    if let Some(offer) = &mut case.offer {
        offer.over = true;
    }
}

pub(super) fn remember_first_asked(case: &mut Case) {
    if case.first_asked.is_none() {
        case.first_asked = Some(Box::new(case.first_asked()));
    }
}

/// Everything is asked anew; refunds go on counting, and what was paid stays paid.
fn reopened(case: &mut Case) {
    case.refunded_before = case.refund_total();
    if let Some(refund) = &mut case.refund {
        refund.breakdown = crate::ledger::Breakdown::default();
    }
    remember_first_asked(case);
    let first = case.first_asked();
    (case.kind, case.claim) = (first.kind, first.claim);
    case.request = Request::Applied;
    case.goods = None;
    case.money = None;
    case.dispute = None;
    case.dispute_by = None;
    case.round_from = case.statements.len();
    case.asked_before_ruling = None;
    case.care = None;
    case.refusal = None;
    offer_is_over(case);
    case.agreed = None;
    case.steps.clear();
    case.buyer_pays = None;
    case.compensation = 0;
    case.return_freight_due = 0;
    case.accepted.clear();
    case.to_send_back.clear();
    case.difference = 0;
    case.refused_parcel = None;
    case.closed_at = None;
    case.reopenings += 1;
}
