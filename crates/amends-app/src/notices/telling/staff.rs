//! What people of the shop are told: what waits for them, what ran out, what was decided over them.
//!
//! Must not know: who is where; a role stands for whoever has it. Tests: as its parent's.

use amends_domain::actor::{Actor, Role};
use amends_domain::case::Side;
use amends_domain::case::assessment::PassedFor;
use amends_domain::case::clock::{Clock, Expiry, Owner};
use amends_domain::case::review::PoorRating;
use amends_domain::event::{Because, Event};

use super::{Happening, Told};
use crate::notices::{Arg, Recipient};

pub(super) fn told(happening: &Happening<'_>) -> Vec<Told> {
    let of = |code, to| happening.notice(code, to);
    match happening.event {
        Event::ClockWarned { clock } => warned(happening, *clock),
        Event::ClockExpired {
            clock,
            clause,
            outcome,
        } => {
            // What goes to somebody higher, he is told; what is only counted, or ends as it should, nobody.
            let silent = matches!(outcome, Expiry::Escalate | Expiry::Report)
                || matches!(clock, Clock::MoneyArrival | Clock::Appeal | Clock::ServiceRating);
            let ran = happening.ran(*clock).filter(|_| !silent);
            ran.map_or_else(Vec::new, |run| {
                of("deadline_passed", happening.handler())
                    .word("clock", clock.code())
                    .moment("due", Some(run.due_at))
                    .word("outcome", outcome_word(*outcome))
                    .clause(Some(clause))
                    .one()
            })
        }
        Event::ReviewReceived(given) => of("review_received", happening.handler())
            .word("rating", rating_word(given.rating))
            .with(
                "cause",
                given.cause.map(|cause| Arg::Words(cause.code().to_owned())),
            )
            .with("text", given.text.and_then(|text| happening.text(text.id)))
            .moment("due", happening.due(Clock::ReviewContact))
            .one(),
        // Whoever is reminded has just read that the clock ended.
        Event::Escalated { to, because } if *to != Role::Agent => {
            let (word, clock) = because_word(*because);
            of("escalated", Recipient::Role(*to))
                .word("because", word)
                .with("clock", clock.map(|clock| Arg::Words(clock.code().to_owned())))
                .moment("due", happening.known.answered_by)
                .one()
        }
        Event::PassedUp { to, passed_for, .. } => of("escalated", Recipient::Role(*to))
            .word("because", passed_word(*passed_for))
            .moment("due", happening.due(Clock::UpwardAnswer))
            .one(),
        Event::RefundFailed { code, .. } => of("refund_failed", happening.handler())
            .with("amount", Arg::Money(happening.refund()))
            .with("cause", Arg::Text(code.clone()))
            .one(),
        Event::OfferDeclined { wish, text, .. } => of("offer_declined", happening.handler())
            .with("wish", wish.map(|minor| Arg::Money(happening.money(minor))))
            .with("text", text.and_then(|text| happening.text(text.id)))
            .one(),
        Event::Reopened { .. } => of("reopened_case", happening.handler())
            .moment("due", happening.due(Clock::Decision))
            .one(),
        Event::Assigned { to: Some(to) } if !is(happening.actor, *to) => {
            let next = happening.after.clocks.values().map(|run| run.due_at).min();
            of("handed_over", Recipient::Person(*to))
                .with("from", happening.known.person.clone().map(Arg::Text))
                .moment("due", next)
                .one()
        }
        _ => Vec::new(),
    }
}

/// What calls for somebody higher, in a word, and the clock that ended.
fn because_word(because: Because) -> (&'static str, Option<Clock>) {
    let word = match because {
        Because::ClockExpired(clock) => return ("clock_expired", Some(clock)),
        Because::RefundFailed => "refund_failed",
        Because::RefundPaidTwice => "refund_paid_twice",
        Because::MoneyToReturn => "money_to_return",
        Because::PromiseBroken => "promise_broken",
        Because::Dissatisfied => "dissatisfied",
        Because::AbuseContested => "abuse_contested",
        Because::VisitMissed => "visit_missed",
        Because::Passed(passed_for) => passed_word(passed_for),
    };
    (word, None)
}

fn is(actor: Actor, person: amends_domain::ids::PersonId) -> bool {
    matches!(actor, Actor::Person { id, .. } if id == person)
}

/// The warning of a clock goes to who must act before it ends.
fn warned(happening: &Happening<'_>, clock: Clock) -> Vec<Told> {
    let Some(run) = happening.ran(clock) else {
        return Vec::new();
    };
    if clock == Clock::Evidence && happening.after.has_stated(Side::Shop) {
        return Vec::new();
    }
    let to = match run.owner {
        Owner::Agent => happening.handler(),
        Owner::Supervisor => {
            let passed = happening.after.passed.map(|passed| passed.to);
            Recipient::Role(passed.unwrap_or(Role::Supervisor))
        }
        Owner::Buyer | Owner::Platform => return Vec::new(),
    };
    if clock == Clock::Promise {
        let next = happening.before.and_then(|case| case.next_promise());
        return happening
            .notice("promise_near", to)
            .with(
                "promise",
                next.and_then(|(_, promise)| happening.text(promise.text.id)),
            )
            .moment("due", Some(run.due_at))
            .one();
    }
    happening
        .notice("deadline_near", to)
        .word("clock", clock.code())
        .moment("due", Some(run.due_at))
        .one()
}

fn outcome_word(outcome: Expiry) -> &'static str {
    match outcome {
        Expiry::Approve => "approve",
        Expiry::Close => "close",
        Expiry::Confirm => "confirm",
        Expiry::Refund => "refund",
        Expiry::Escalate => "escalate",
        Expiry::Remind => "remind",
        Expiry::Report => "report",
    }
}

fn rating_word(rating: PoorRating) -> &'static str {
    match rating {
        PoorRating::Middling => "middling",
        PoorRating::Bad => "bad",
    }
}

fn passed_word(passed_for: PassedFor) -> &'static str {
    match passed_for {
        PassedFor::Authority => "authority",
        PassedFor::Severity => "severity",
        PassedFor::Repetition => "repeated",
        PassedFor::BuyerDemand => "buyer_asked",
        PassedFor::Other => "other",
    }
}
