//! What is told of covers and visits: what the insurer did, when somebody comes, and that nobody came.
//!
//! Must not know: what is owed. Tests: `amends-api/tests/it/warranty.rs`.

use amends_domain::case::clock::Clock;
use amends_domain::case::visit::VisitOutcome;
use amends_domain::cover::Trouble;
use amends_domain::event::{Event, VisitBooked};

use super::{Happening, Told};
use crate::notices::{Arg, Recipient};

pub(super) fn told(happening: &Happening<'_>) -> Vec<Told> {
    let of = |code| happening.notice(code, Recipient::Buyer);
    match happening.event {
        Event::RepairOrdered(ordered) => of("cover_ordered")
            .with("provider", Arg::Text(ordered.provider.clone()))
            .moment("due", happening.due(Clock::CoverRepair))
            .one(),
        Event::CoverDeclined { .. } => of("cover_declined").one(),
        // Who repaired is paid by the insurer: of a buyer's money this is his return's freight alone.
        Event::CoverSettled(settled) if freight(happening) => of("cover_freight_paid")
            .with("amount", Arg::Money(happening.money(settled.amount)))
            .one(),
        Event::VisitBooked(VisitBooked { from, until }) => of("visit_booked")
            .moment("from", Some(*from))
            .moment("until", Some(*until))
            .one(),
        Event::VisitEnded(ended) if ended.outcome == VisitOutcome::Missed => of("visit_missed")
            .moment("due", happening.due(Clock::FirstReply))
            .one(),
        _ => Vec::new(),
    }
}

fn freight(happening: &Happening<'_>) -> bool {
    let claim = happening.after.cover_claim.as_deref();
    claim.is_some_and(|claim| claim.trouble == Trouble::ReturnFreight)
}
