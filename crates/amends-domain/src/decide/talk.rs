//! Talk with the buyer as far as clocks watch it: replies that are due (CLK-1) and promises (CLK-11).
//!
//! Must not know: what is said. Tests: `tests/it/talk.rs`.

use super::{Deciding, not_now, recourse, review, trade};
use crate::actor::{Actor, Role};
use crate::case::clock::Clock;
use crate::case::promise::{PROMISES_MAX, Promise};
use crate::case::{Case, ContactWay};
use crate::command::TextKind;
use crate::digest::TextRef;
use crate::event::{Because, Event};
use crate::refusal::Refusal;
use crate::time::{Length, Moment};

/// Puts a text on record. A buyer's message waits for a reply; the shop's is one.
pub(super) fn add_text(deciding: &mut Deciding<'_>, kind: TextKind, text: TextRef) {
    deciding.push(Event::TextAdded { kind, text });
    if kind == TextKind::Message {
        if matches!(deciding.envelope.actor, Actor::Buyer(_)) {
            trade::answered(deciding);
            reply_due(deciding);
        } else if deciding.envelope.actor.handles_cases() {
            replied(deciding);
        }
    }
}

/// Puts a talk outside this desk on record. Whoever was reached has had his reply; a call that nobody
/// took is none.
pub(super) fn log_contact(deciding: &mut Deciding<'_>, way: ContactWay, reached: bool, text: TextRef) {
    deciding.push(Event::ContactLogged { way, reached, text });
    if reached {
        replied(deciding);
        review::contacted(deciding);
        trade::answered(deciding);
    }
}

/// The buyer waits for a word, if anything measures how long.
pub(super) fn reply_due(deciding: &mut Deciding<'_>) {
    let due = deciding.state.case.as_ref().is_some_and(|case| case.reply_due);
    let measured = deciding.policy.clock(Clock::FirstReply).is_some();
    if !due && measured {
        deciding.push(Event::ReplyDue);
        deciding.start(Clock::FirstReply);
        deciding.start(Clock::ReplyTarget);
    }
}

/// The shop has answered, in words or by a decision.
pub(super) fn replied(deciding: &mut Deciding<'_>) {
    recourse::told(deciding);
    if deciding.state.case.as_ref().is_some_and(|case| case.reply_due) {
        deciding.stop(Clock::FirstReply);
        deciding.stop(Clock::ReplyTarget);
        deciding.push(Event::Replied);
    }
}

/// How far ahead a promise may be made.
fn furthest(deciding: &Deciding<'_>) -> Result<Length, Refusal> {
    let clock = Clock::Promise;
    let measured = deciding.policy.clock(clock);
    measured
        .map(|(_, terms)| terms.length)
        .ok_or(Refusal::NotMeasured { clock })
}

/// The moment a promise may be made for: ahead, and not further than its clause says.
fn due_within(deciding: &Deciding<'_>, furthest: Length, due_at: Moment) -> Result<(), Refusal> {
    let now = deciding.envelope.at;
    if due_at <= now {
        return Err(Refusal::PromiseInPast { due_at, now });
    }
    let latest = furthest.due_after(now, &deciding.facts.time);
    if due_at > latest {
        return Err(Refusal::PromiseTooFar { due_at, latest });
    }
    Ok(())
}

pub(super) fn make_promise(
    deciding: &mut Deciding<'_>,
    case: &Case,
    text: TextRef,
    due_at: Moment,
) -> Result<(), Refusal> {
    let furthest = furthest(deciding)?;
    due_within(deciding, furthest, due_at)?;
    if case.promises.len() >= PROMISES_MAX {
        return Err(Refusal::TooMany {
            what: "promises",
            at_most: PROMISES_MAX,
        });
    }
    let promise = case.promises.keys().next_back().map_or(1, |last| last + 1);
    deciding.push(Event::Promised {
        promise,
        text,
        due_at,
    });
    replied(deciding);
    watch_promises(deciding);
    Ok(())
}

/// A promise that is still to be kept, in time or late.
fn standing(case: &Case, number: u32) -> Result<&Promise, Refusal> {
    let promise = case.promises.get(&number);
    promise
        .filter(|promise| promise.state.is_to_be_kept())
        .ok_or(Refusal::NoSuchPromise { promise: number })
}

/// In time, or late but kept.
pub(super) fn keep_promise(deciding: &mut Deciding<'_>, case: &Case, promise: u32) -> Result<(), Refusal> {
    standing(case, promise)?;
    deciding.push(Event::PromiseKept { promise });
    watch_promises(deciding);
    Ok(())
}

/// The buyer is told before it passes, not after.
pub(super) fn move_promise(
    deciding: &mut Deciding<'_>,
    case: &Case,
    promise: u32,
    due_at: Moment,
    text: TextRef,
) -> Result<(), Refusal> {
    let furthest = furthest(deciding)?;
    let made = standing(case, promise)?;
    if made.due_at <= deciding.envelope.at {
        return Err(Refusal::PromisePassed {
            promise,
            due_at: made.due_at,
        });
    }
    due_within(deciding, furthest, due_at)?;
    deciding.push(Event::PromiseMoved {
        promise,
        due_at,
        text,
    });
    replied(deciding);
    watch_promises(deciding);
    Ok(())
}

/// One clock watches the promise that falls due next; when that changes it starts anew.
fn watch_promises(deciding: &mut Deciding<'_>) {
    let Some(case) = &deciding.state.case else { return };
    let next = case.next_promise().map(|(_, promise)| promise.due_at);
    let watched = case.clocks.get(&Clock::Promise).map(|run| run.due_at);
    if next == watched {
        return;
    }
    deciding.stop(Clock::Promise);
    if let Some(due_at) = next {
        deciding.start_until(Clock::Promise, due_at);
    }
}

/// The moment of the next promise passed: every one due by now is broken, and somebody is called.
pub(super) fn promise_passed(deciding: &mut Deciding<'_>) {
    let now = deciding.envelope.at;
    while let Some((promise, _)) = deciding
        .state
        .case
        .as_ref()
        .and_then(Case::next_promise)
        .filter(|(_, promise)| promise.due_at <= now)
    {
        deciding.push(Event::PromiseBroken { promise });
    }
    deciding.push(Event::Escalated {
        to: Role::Supervisor,
        because: Because::PromiseBroken,
    });
    watch_promises(deciding);
}

/// The money is on its way to the buyer's account: watched as long as his way of payment takes (CLK-13).
pub(super) fn watch_arrival(deciding: &mut Deciding<'_>) {
    if deciding.view().clock_length(Clock::MoneyArrival).is_some() {
        deciding.stop(Clock::MoneyArrival);
        deciding.push(Event::ArrivalAwaited);
        deciding.start(Clock::MoneyArrival);
    }
}

pub(super) fn confirm_arrival(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    if !case.arrival_awaited {
        return Err(not_now(case));
    }
    deciding.stop(Clock::MoneyArrival);
    deciding.push(Event::MoneyArrived);
    Ok(())
}
