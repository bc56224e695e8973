//! What comes after: answering and settling, the follow-up, the end of a trial, opening again.
//!
//! Must not know: how a remedy runs. Tests: `tests/it/after.rs`.

use super::judge::Asked;
use super::{Deciding, level, not_now, open, review, talk};
use crate::actor::{Actor, Role};
use crate::case::clock::Clock;
use crate::case::{Case, Kind, Outcome, Request};
use crate::digest::TextRef;
use crate::event::{Because, Event};
use crate::ledger::UnitRef;
use crate::policy::Bound;
use crate::refusal::Refusal;

/// Answers a question or settles a complaint. Only with every promise kept, and the buyer told (FLW-7).
pub(super) fn resolve(deciding: &mut Deciding<'_>, case: &Case, text: TextRef) -> Result<(), Refusal> {
    // The follow-up of an unpaid order ends with its dispatch, or with its report.
    if case.kind.is_decided() || case.trade.is_some() {
        return Err(Refusal::WrongKind { kind: case.kind });
    }
    if case.request != Request::Applied || case.trial.is_some() {
        return Err(not_now(case));
    }
    let made = case.promises.values();
    let open = made.filter(|promise| promise.state.is_to_be_kept()).count();
    if open > 0 {
        return Err(Refusal::PromisesOpen { open });
    }
    if case.kind == Kind::ReviewRescue {
        review::all_ended(case)?;
    }
    talk::replied(deciding);
    level::answered_by_deciding(deciding);
    deciding.push(Event::Resolved { text });
    deciding.close(Outcome::Resolved);
    Ok(())
}

pub(super) fn follow_up(
    deciding: &mut Deciding<'_>,
    case: &Case,
    score: Option<u8>,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if case.care.is_none() {
        return Err(not_now(case));
    }
    if score.is_some_and(|score| !(1..=5).contains(&score)) {
        return Err(Refusal::WrongScore);
    }
    rating_in_time(deciding, case)?;
    deciding.stop(Clock::FollowUp);
    deciding.push(Event::FollowUpRecorded { score, text });
    let unhappy = deciding
        .policy
        .bound(Bound::UnhappyScore)
        .map(|(_, at_most)| at_most);
    if score.is_some_and(|score| unhappy.is_some_and(|at_most| i64::from(score) <= at_most)) {
        cared_for_again(deciding);
    }
    if score.is_some() {
        deciding.stop(Clock::ServiceRating);
    }
    Ok(())
}

/// Who is not satisfied hears from us again, and somebody higher looks (FUP-1: more care).
fn cared_for_again(deciding: &mut Deciding<'_>) {
    talk::reply_due(deciding);
    if deciding.state.case.as_ref().is_some_and(|case| case.reply_due) {
        deciding.push(Event::Escalated {
            to: Role::Supervisor,
            because: Because::Dissatisfied,
        });
    }
}

/// A buyer rates within the window of the platform, where a clause measures it (CLK-14); what he wrote once he
/// may correct, and whoever asks him afterwards may always put down what he said.
fn rating_in_time(deciding: &Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    let over = case.is_unrated() && !case.clocks.contains_key(&Clock::ServiceRating);
    match (
        deciding.envelope.actor,
        deciding.policy.clock(Clock::ServiceRating),
    ) {
        (Actor::Buyer(_), Some((clause, _))) if over => Err(Refusal::RatingLate {
            clause: clause.clone(),
        }),
        _ => Ok(()),
    }
}

/// The trouble is gone and the case closes, or everything goes on where it stopped.
pub(super) fn end_trial(
    deciding: &mut Deciding<'_>,
    case: &Case,
    worked: bool,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if case.trial.is_none() {
        return Err(not_now(case));
    }
    deciding.stop(Clock::Trial);
    deciding.push(Event::TrialEnded { worked, text });
    if worked {
        deciding.close(Outcome::Resolved);
        return Ok(());
    }
    if matches!(deciding.envelope.actor, Actor::Buyer(_)) {
        talk::reply_due(deciding);
    }
    if case.request == Request::Refused {
        deciding.start(Clock::RefusalAnswer);
    } else {
        deciding.start(Clock::Decision);
    }
    Ok(())
}

/// Opens a closed case again: its units that are still with the buyer are claimed anew, and it is
/// judged as of its first opening.
pub(super) fn reopen(deciding: &mut Deciding<'_>, case: &Case, text: TextRef) -> Result<(), Refusal> {
    if case.trade.is_some() {
        return Err(Refusal::WrongKind { kind: case.kind });
    }
    if !case.is_closed() {
        return Err(not_now(case));
    }
    let bound = deciding.policy.bound(Bound::Reopenings);
    let at_most = bound.map_or(0, |(_, at_most)| at_most);
    if i64::from(case.reopenings) >= at_most {
        return Err(Refusal::TooManyReopenings {
            at_most,
            clause: bound.map(|(clause, _)| clause.clone()),
        });
    }
    let ledger = deciding.state.ledger.as_ref();
    let free = |unit: &UnitRef| {
        ledger
            .and_then(|ledger| ledger.unit(*unit))
            .is_some_and(|account| account.claim.is_none() && !account.returned)
    };
    let first = case.first_asked();
    let units: Vec<UnitRef> = first.claim.units.iter().copied().filter(free).collect();
    // What it gave back already is not asked again.
    let most = ledger.map_or(0, |ledger| open::most(ledger, &units));
    let amount = (first.claim.amount - case.given_back).clamp(0, most);
    let asked = Asked {
        kind: first.kind,
        units: &units,
        amount,
        rejected_units: 0,
        ..Asked::of(case)
    };
    let judged = deciding.view().judged_again(&asked);
    // The follow-up of the first round is not made any more: the case is not over. Money that is on its
    // way is.
    deciding.stop(Clock::FollowUp);
    deciding.stop(Clock::ServiceRating);
    deciding.push(Event::Reopened {
        units,
        amount,
        text,
        judged,
    });
    deciding.start(Clock::Decision);
    deciding.start(Clock::ClosureGoal);
    let reopened = deciding.state.case.as_ref();
    if reopened.is_some_and(|case| Clock::BuyerContact.waits_in(case)) {
        deciding.start(Clock::BuyerContact);
    }
    Ok(())
}
