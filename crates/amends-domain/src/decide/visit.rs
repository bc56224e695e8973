//! Visits at the buyer's door: a slot agreed with him, within working hours, kept or missed (WAR-3).
//!
//! Must not know: who comes. Tests: `tests/it/visit.rs`.

use super::{Deciding, measured, not_now, talk};
use crate::actor::Role;
use crate::case::Case;
use crate::case::clock::Clock;
use crate::case::visit::VisitOutcome;
use crate::digest::TextRef;
use crate::event::{Because, Event, VisitBooked, VisitEnded};
use crate::refusal::Refusal;
use crate::time::{Moment, days_between};

/// Books a slot, or another one instead: whoever waits for a word has his answer with it.
pub(super) fn book(
    deciding: &mut Deciding<'_>,
    case: &Case,
    from: Moment,
    until: Moment,
) -> Result<(), Refusal> {
    let booked = case.booked_visit();
    if booked.is_some_and(|visit| (visit.from, visit.until) == (from, until)) {
        return Err(not_now(case));
    }
    measured(deciding, Clock::FirstReply)?;
    let furthest = deciding.policy.clock(Clock::Visit);
    let furthest = furthest.map(|(_, terms)| terms.length);
    let furthest = furthest.ok_or(Refusal::NotMeasured { clock: Clock::Visit })?;
    let time = &deciding.facts.time;
    let earliest = deciding.envelope.at;
    let latest = furthest.due_after(earliest, time);
    if from <= earliest || until <= from || latest < until {
        return Err(Refusal::VisitOutOfTime { earliest, latest });
    }
    // Who comes at the very end of a day is still of that day.
    let last = until.plus_millis(-1);
    let one_day = days_between(from, last, time.zone()) == 0;
    if !one_day || !time.in_working_hours(from) || !time.in_working_hours(last) {
        return Err(Refusal::VisitOutsideHours);
    }
    deciding.stop(Clock::Visit);
    deciding.push(Event::VisitBooked(VisitBooked { from, until }));
    deciding.start_until(Clock::Visit, until);
    talk::replied(deciding);
    Ok(())
}

/// Puts down what became of it. A visit that was missed is one more time the buyer waits: he hears from
/// somebody higher.
pub(super) fn end(
    deciding: &mut Deciding<'_>,
    case: &Case,
    outcome: VisitOutcome,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    let Some(visit) = case.booked_visit() else {
        return Err(not_now(case));
    };
    if deciding.envelope.at < visit.from {
        return Err(not_now(case));
    }
    deciding.stop(Clock::Visit);
    deciding.push(Event::VisitEnded(VisitEnded { outcome, text }));
    if outcome == VisitOutcome::Missed {
        talk::reply_due(deciding);
        deciding.push(Event::Escalated {
            to: Role::Supervisor,
            because: Because::VisitMissed,
        });
    }
    Ok(())
}
