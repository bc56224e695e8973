//! Evolving: what an event makes of a case and its order's ledger. Total, and blind to policy.
//!
//! Must not know: facts, policies, refusals. Tests: `tests/it/flow.rs`, `tests/it/properties.rs`.

mod cover;
mod handling;
mod recourse;
mod remedies;
mod reviews;
mod trade;

use std::collections::{BTreeMap, BTreeSet};

use crate::case::assessment::{Assessment, Severity};
use crate::case::clock::ClockRun;
use crate::case::trade::Trade;
use crate::case::{
    Care, Case, Dispute, Goods, Kind, MoneyState, Outcome, Refund, RefusalGiven, Request, Ruling, Statement,
};
use crate::event::{Because, Event, Judged, Opened};
use crate::ledger::{OrderLedger, UnitRef};
use crate::time::Moment;

/// What a command is decided on and what its events change: a case, and the ledger of its order.
/// Both are locked and versioned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The case; absent before it is opened.
    pub case: Option<Case>,
    /// The ledger of the order it is about.
    pub ledger: Option<OrderLedger>,
}

/// Applies one event that happened at `at`.
pub fn evolve(state: &mut State, event: &Event, at: Moment) {
    if let Event::Opened(opened) = event {
        if let Some(ledger) = &mut state.ledger {
            ledger.claim(opened.case, &opened.claim.units);
            if opened.kind == Kind::UnpaidOrder {
                ledger.followed_by = Some(opened.case);
            }
        }
        state.case = Some(case_opened(opened, at));
        return;
    }
    let Some(case) = &mut state.case else { return };
    case.seq += 1;
    case.terms += u64::from(event.changes_terms());
    if let Some(ledger) = &mut state.ledger {
        if let Event::Inspected { accepted, .. } = event {
            case.compensation = compensation_for(case, accepted, ledger);
        }
        evolve_ledger(ledger, case, event);
    }
    evolve_clocks(case, event);
    evolve_evidence(case, event);
    evolve_request(case, event, at);
    evolve_dispute(case, event, at);
    evolve_goods(case, event);
    evolve_money(case, event);
    evolve_care(case, event);
    remedies::evolve(case, event);
    handling::evolve(case, event, at);
    recourse::evolve(case, event, at);
    cover::evolve(case, event, at);
    reviews::evolve(case, event, at);
    trade::evolve(case, event, at);
    evolve_calls(case, event);
}

fn case_opened(opened: &Opened, at: Moment) -> Case {
    Case {
        id: opened.case,
        kind: opened.kind,
        order: opened.order,
        buyer: opened.buyer,
        reason: opened.reason.clone(),
        currency: opened.currency,
        claim: opened.claim.clone(),
        policy: opened.policy,
        right: opened.right.clone(),
        entitlement: opened.entitlement,
        return_freight: opened.return_freight,
        declared: opened.declared,
        opened_at: at,
        seq: 1,
        terms: 1,
        request: Request::Applied,
        goods: None,
        pickup: None,
        evidence_asked: BTreeSet::new(),
        reviews: Vec::new(),
        money: None,
        dispute: None,
        dispute_by: None,
        statements: Vec::new(),
        round_from: 0,
        asked_before_ruling: None,
        care: None,
        clocks: BTreeMap::new(),
        generation: 0,
        compensation: 0,
        return_freight_due: 0,
        accepted: Vec::new(),
        to_send_back: Vec::new(),
        refund: None,
        refunded_before: 0,
        paid_by_hand: BTreeSet::new(),
        difference: 0,
        renewals: 0,
        escalated_to: None,
        called_by: BTreeSet::new(),
        refusal: None,
        closed_at: None,
        assignee: None,
        tags: BTreeSet::new(),
        assessment: Assessment::default(),
        severity: Severity::default(),
        liability: None,
        passed: None,
        reply_due: false,
        offer: None,
        agreed: None,
        steps: Vec::new(),
        buyer_pays: None,
        trial: None,
        promises: BTreeMap::new(),
        arrival_awaited: false,
        reopenings: 0,
        first_asked: None,
        given_back: 0,
        repeats: opened.repeats,
        refused_parcel: opened.refused_parcel.clone(),
        priority: opened.priority,
        exception: None,
        recourses: BTreeMap::new(),
        abuse: None,
        trade: (opened.kind == Kind::UnpaidOrder).then(|| Box::new(Trade::of(opened.claim.amount))),
        cover_claim: None,
        visit: None,
    }
}

/// Of the compensation, what falls to the units that were accepted.
fn compensation_for(case: &Case, accepted: &[UnitRef], ledger: &OrderLedger) -> i64 {
    let claimed = i128::from(ledger.paid_for(&case.claim.units));
    if claimed == 0 {
        return 0;
    }
    let share = i128::from(case.compensation) * i128::from(ledger.paid_for(accepted)) / claimed;
    i64::try_from(share).unwrap_or(0)
}

fn evolve_ledger(ledger: &mut OrderLedger, case: &Case, event: &Event) {
    let breakdown = case.refund.as_ref().map(|refund| &refund.breakdown);
    match event {
        Event::Inspected { accepted, .. } => ledger.mark_returned(accepted),
        Event::RefundDue { breakdown, .. } => {
            ledger.hold(breakdown);
            ledger.compensate(breakdown.compensation, case.compensated_units());
        }
        Event::DifferenceNetted {
            compensation,
            return_freight,
        } => {
            ledger.pay_difference(compensation + return_freight, &case.accepted);
            ledger.compensate(*compensation, &case.accepted);
        }
        // What was paid twice is in the ledger once: the second is owed to the shop, not by it.
        Event::RefundPaid { .. } | Event::RefundRecorded { .. } => {
            if let Some(breakdown) = breakdown {
                ledger.post(breakdown);
            }
        }
        Event::DifferencePaid { amount, .. } if case.kind == Kind::Repair => ledger.pay_repair(*amount),
        // What was paid for a repair that does not succeed goes back with the goods.
        Event::ConvertedToRefund { .. } if case.repair_is_paid() => {
            ledger.give_up_repair(case.difference, &case.accepted);
        }
        Event::DifferencePaid { amount, .. } => ledger.pay_difference(*amount, &case.accepted),
        Event::ReplacementReceived => ledger.mark_replaced(case.sent_units()),
        // It goes back to him, or has come back to him.
        Event::RepairedReceived | Event::RepairDeclined => ledger.mark_back(&case.accepted),
        Event::BoughtBack { units, .. } | Event::RejectionOverruled { units, .. } => {
            ledger.mark_returned(units);
        }
        Event::Reopened { units, .. } => ledger.claim(case.id, units),
        Event::Closed { .. } => {
            ledger.release(case.id);
            ledger.followed_by = ledger.followed_by.filter(|by| *by != case.id);
        }
        _ => cover::evolve_use(ledger, case, event),
    }
}

fn evolve_clocks(case: &mut Case, event: &Event) {
    match event {
        Event::ClockStarted { clock, run } => {
            case.generation = case.generation.max(run.generation);
            case.clocks.insert(*clock, run.clone());
        }
        Event::ClockStopped { clock } | Event::ClockExpired { clock, .. } => {
            case.clocks.remove(clock);
        }
        Event::ClockWarned { clock } => {
            if let Some(ClockRun { warn_at, .. }) = case.clocks.get_mut(clock) {
                *warn_at = None;
            }
        }
        _ => {}
    }
}

/// What was asked for is asked until it is shown, or until it no longer matters.
fn evolve_evidence(case: &mut Case, event: &Event) {
    let shown = case.declared.map_or(0, |declared| declared.photos);
    match event {
        Event::EvidenceAsked { kinds, .. } => case.evidence_asked.extend(kinds),
        Event::Supplied { declared, .. } if declared.photos > shown => {
            case.evidence_asked.retain(|kind| !kind.is_picture());
        }
        Event::Approved { .. } | Event::Refused { .. } | Event::Closed { .. } => case.evidence_asked.clear(),
        _ => {}
    }
}

fn evolve_request(case: &mut Case, event: &Event, at: Moment) {
    match event {
        Event::Approved { compensation, .. } => {
            case.request = Request::Approved;
            case.compensation = *compensation;
            case.refusal = None;
            // Granted while the platform was asked: the parties settled it themselves.
            case.dispute = case
                .dispute
                .filter(|dispute| matches!(dispute, Dispute::Ruled(_)));
        }
        Event::Refused { reason, text, .. } => {
            case.request = Request::Refused;
            case.refusal = Some(RefusalGiven {
                reason: reason.clone(),
                text: *text,
            });
        }
        Event::Renewed { amount, judged, .. } => {
            case.request = Request::Applied;
            case.claim.amount = *amount;
            case.renewals += 1;
            case.refusal = None;
            judged_again(case, judged.as_deref());
        }
        Event::Supplied { judged, declared } => {
            case.declared = Some(*declared);
            judged_again(case, judged.as_deref());
        }
        Event::Found { judged, finding } => {
            case.liability = Some(finding.clone());
            judged_again(case, judged.as_deref());
        }
        Event::Closed { outcome } => {
            case.request = Request::Closed(*outcome);
            case.closed_at = Some(at);
        }
        _ => {}
    }
}

/// What happens before the platform.
fn evolve_dispute(case: &mut Case, event: &Event, at: Moment) {
    match event {
        Event::InterventionAsked { by, .. } => {
            case.dispute = Some(Dispute::Asked);
            case.dispute_by = Some(*by);
            case.round_from = case.statements.len();
        }
        Event::InterventionWithdrawn => {
            case.dispute = None;
            case.dispute_by = None;
            case.round_from = case.statements.len();
        }
        Event::StatementSubmitted { by, text, evidence } => case.statements.push(Statement {
            by: *by,
            at,
            text: *text,
            evidence: evidence.clone(),
        }),
        Event::Ruled { ruling, .. } => {
            case.dispute = Some(Dispute::Ruled(*ruling));
            // A part of what returned goods are worth is not a part of the whole claim.
            if let (Ruling::InPart { amount }, Request::Refused) = (ruling, &case.request) {
                case.asked_before_ruling = Some(case.claim.amount);
                case.claim.amount = *amount;
            }
        }
        Event::Appealed { .. } => {
            case.round_from = case.statements.len();
            if let Some(Dispute::Ruled(ruling)) = case.dispute {
                case.dispute = Some(Dispute::Appealed(ruling));
            }
            if let Some(asked) = case.asked_before_ruling.take() {
                case.claim.amount = asked;
            }
        }
        _ => {}
    }
}

fn judged_again(case: &mut Case, judged: Option<&Judged>) {
    if let Some(judged) = judged {
        case.right.clone_from(&judged.right);
        case.entitlement = judged.entitlement;
        case.return_freight = judged.return_freight;
    }
}

fn evolve_goods(case: &mut Case, event: &Event) {
    match event {
        Event::Approved { .. } if case.kind.returns_goods() && !case.claim.units.is_empty() => {
            case.goods = Some(Goods::ToShip);
        }
        Event::PickupBooked { pickup } => case.pickup = Some(pickup.clone()),
        Event::ReturnShipped { parcel } => {
            case.goods = Some(Goods::OnTheWay(parcel.clone()));
            case.pickup = None;
        }
        Event::Inspected {
            accepted,
            rejected,
            return_freight,
            ..
        } => {
            case.goods = Some(Goods::Inspected);
            case.accepted.clone_from(accepted);
            case.to_send_back.clone_from(rejected);
            case.return_freight_due = *return_freight;
            case.pickup = None;
        }
        Event::SentBack { .. } | Event::BoughtBack { .. } | Event::RejectionOverruled { .. } => {
            case.to_send_back.clear();
        }
        Event::ReplacementDue => case.goods = Some(Goods::ReplacementToShip),
        Event::ReplacementShipped { parcel } => case.goods = Some(Goods::ReplacementOnTheWay(parcel.clone())),
        Event::ReplacementReceived => case.goods = Some(Goods::ReplacementReceived),
        Event::RepairDue => case.goods = Some(Goods::InRepair),
        Event::RepairDeclined => {
            case.goods = Some(Goods::Inspected);
            case.to_send_back.append(&mut case.accepted);
        }
        Event::RepairedShipped { parcel } => case.goods = Some(Goods::RepairedOnTheWay(parcel.clone())),
        Event::RepairedReceived => case.goods = Some(Goods::RepairedReceived),
        Event::ConvertedToRefund { .. } => {
            case.goods = case.kind.returns_goods().then_some(Goods::Inspected);
        }
        Event::Closed { outcome } => {
            case.pickup = None;
            if matches!(outcome, Outcome::NotShipped | Outcome::Withdrawn) {
                case.goods = None;
            }
        }
        _ => {}
    }
}

fn evolve_money(case: &mut Case, event: &Event) {
    match event {
        Event::RefundDue {
            refund, breakdown, ..
        } => {
            case.money = Some(MoneyState::Due);
            case.refunded_before = case.refund_total();
            case.refund = Some(Refund {
                number: *refund,
                attempt: 0,
                breakdown: breakdown.clone(),
                by_hand: false,
            });
        }
        Event::RefundOrdered { .. } => refund_asked(case, 1),
        Event::RefundRetried { attempt, .. } => refund_asked(case, *attempt),
        Event::RefundFailed { .. } => case.money = Some(MoneyState::Failed),
        Event::RefundUnknown { .. } => case.money = Some(MoneyState::Unknown),
        Event::RefundPaid { .. } => refund_paid(case),
        Event::RefundRecorded { refund: number, .. } => {
            refund_paid(case);
            case.paid_by_hand.insert(*number);
            if let Some(refund) = &mut case.refund {
                refund.by_hand = true;
            }
        }
        Event::RefundPaidTwice { refund, .. } => {
            case.paid_by_hand.remove(refund);
        }
        Event::DifferenceOwed { amount } => {
            case.difference = *amount;
            case.money = Some(MoneyState::DifferenceOwed);
        }
        Event::DifferenceNetted {
            compensation,
            return_freight,
        } => {
            case.compensation -= compensation;
            case.return_freight_due -= return_freight;
        }
        Event::DifferencePaid { .. } => case.money = Some(MoneyState::DifferencePaid),
        Event::RepairDeclined => {
            case.money = None;
            case.buyer_pays = None;
        }
        Event::ConvertedToRefund { amount } => {
            remedies::remember_first_asked(case);
            // What was agreed beside goods that can't be had falls away with them.
            case.steps.retain(|step| step.done.is_some());
            if case.kind == Kind::Reissue {
                case.kind = Kind::RefundOnly;
            } else {
                case.kind = Kind::ReturnAndRefund;
                // What was not accepted is no longer asked for: the amount is for what was.
                case.claim.units.clone_from(&case.accepted);
            }
            case.claim.amount = *amount;
            case.buyer_pays = None;
            case.money = None;
        }
        _ => {}
    }
}

fn refund_paid(case: &mut Case) {
    case.money = Some(MoneyState::Paid);
    let given_back = |refund: &Refund| refund.breakdown.given_back();
    case.given_back += case.refund.as_ref().map_or(0, given_back);
}

fn refund_asked(case: &mut Case, attempt: u32) {
    case.money = Some(MoneyState::Ordered);
    if let Some(refund) = &mut case.refund {
        refund.attempt = attempt;
    }
}

fn evolve_care(case: &mut Case, event: &Event) {
    match event {
        Event::FollowUpDue => case.care = Some(Care::Due),
        Event::FollowUpRecorded { score, .. } => {
            case.care = Some(Care::Done { score: *score });
        }
        _ => {}
    }
}

/// Somebody is called, or the last cause to call him was handled by what just happened.
fn evolve_calls(case: &mut Case, event: &Event) {
    match event {
        Event::Escalated { to, because } => {
            // Whoever is called already stays called: a reminder does not send him away.
            case.escalated_to = case.escalated_to.max(Some(*to));
            case.called_by.insert(*because);
        }
        Event::PassedUp { to, passed_for, .. } => {
            case.escalated_to = case.escalated_to.max(Some(*to));
            case.called_by.insert(Because::Passed(*passed_for));
        }
        _ => {}
    }
    if let Event::ClockStarted { clock, .. } = event {
        // It runs anew: whoever was called because it had ended waits for it again.
        case.called_by.remove(&Because::ClockExpired(*clock));
    }
    let mut standing = case.called_by.clone();
    standing.retain(|because| case.is_called_by(*because));
    case.called_by = standing;
    if case.called_by.is_empty() {
        case.escalated_to = None;
    }
}
