//! What is told of a dispute and of abuse that was noted, to its buyer and to whoever handles the case.
//!
//! Must not know: who may do what. Tests: as its parent's.

use amends_domain::case::clock::Clock;
use amends_domain::case::{Ruling, Side};
use amends_domain::event::Event;

use super::{Happening, Notice, Told};
use crate::notices::{Arg, Recipient};

pub(super) fn told(happening: &Happening<'_>) -> Vec<Told> {
    let buyer = |code| happening.notice(code, Recipient::Buyer);
    let handler = |code| happening.notice(code, happening.handler());
    let by_shop = happening.actor.handles_cases();
    let notices = match happening.event {
        Event::InterventionAsked { by, .. } => {
            let clause = happening.clock(Clock::Ruling).map(|run| &run.clause);
            let received = heard(happening, buyer("intervention_received")).clause(clause);
            // Whoever asked for the shop knows.
            let asked = (*by == Side::Buyer).then(|| heard(happening, handler("intervention_asked")));
            vec![Some(received), asked]
        }
        Event::InterventionWithdrawn if by_shop => {
            let due = happening.due(Clock::RefusalAnswer);
            vec![Some(buyer("intervention_dropped").moment("due", due))]
        }
        Event::InterventionWithdrawn => vec![Some(handler("intervention_dropped_case"))],
        Event::StatementSubmitted {
            by: Side::Buyer,
            text,
            ..
        } => {
            let notice = handler("statement_handed_in").with("text", happening.text(text.id));
            vec![Some(notice.moment("evidence", happening.due(Clock::Evidence)))]
        }
        Event::AbuseNoted(noted) => {
            let text = happening.text(noted.grounds.id);
            vec![Some(buyer("abuse_noted").with("text", text))]
        }
        Event::AbuseSettled { upheld, text } => {
            let finding = if *upheld { "upheld" } else { "lifted" };
            let text = happening.text(text.id);
            vec![Some(
                buyer("abuse_settled").word("finding", finding).with("text", text),
            )]
        }
        Event::Ruled { ruling, .. } => {
            let ruled = |notice| Some(ruled(happening, notice, *ruling));
            vec![ruled(buyer("ruled")), ruled(handler("ruling"))]
        }
        Event::Appealed { text, .. } => {
            let case = heard(happening, handler("appealed_case"));
            let text = happening.text(text.id);
            vec![
                Some(heard(happening, buyer("appealed"))),
                Some(case.with("text", text)),
            ]
        }
        _ => Vec::new(),
    };
    notices.into_iter().flatten().flat_map(Notice::one).collect()
}

/// Until when evidence is taken, and when the platform rules.
fn heard(happening: &Happening<'_>, notice: Notice) -> Notice {
    notice
        .moment("evidence", happening.due(Clock::Evidence))
        .moment("due", happening.due(Clock::Ruling))
}

fn ruled(happening: &Happening<'_>, notice: Notice, ruling: Ruling) -> Notice {
    let notice = notice.moment("appeal", happening.due(Clock::Appeal));
    match ruling {
        Ruling::ForBuyer => notice.word("ruling", "for_buyer"),
        Ruling::ForShop => notice.word("ruling", "for_shop"),
        Ruling::InPart { amount } => notice
            .word("ruling", "in_part")
            .with("amount", Arg::Money(happening.money(amount))),
    }
}
