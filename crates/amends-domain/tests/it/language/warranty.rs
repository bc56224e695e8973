//! What the language says of covers and visits.
//!
//! ```text
//! cover    accident phone 12 claims 1 per_claim 800.00 by 快修 insurer 平安
//! 40 10:00 agent claim 1 accident 500.00
//! 41 10:00 agent order_repair 快修 PO-7
//! 45 10:00 agent repaired 快修 420.00
//! 50 10:00 supervisor settle_cover 420.00
//! 40 11:00 agent visit 41 10:00 41 12:00
//! ```
//!
//! Must not know: what should come of it.

use amends_domain::case::visit::VisitOutcome;
use amends_domain::command::{Command, CoverRequest};
use amends_domain::cover::{Cover, PlanKind, Reach};
use amends_domain::ids::CoverId;

use super::{at, money, named, piece, text, unquoted};
use crate::harness::{World, moment};

/// A cover of a story, by its number from 1.
pub(crate) fn cover_id(number: u8) -> CoverId {
    CoverId::new(moment(-3, 0), [number; 10])
}

/// `extended_warranty phone 12 after 12 given 30 10:00`: sold with the order where nothing else is said.
pub(crate) fn cover(world: &World, words: &[&str]) -> Cover {
    let after = |key: &str| words.iter().position(|word| *word == key).map(|at| words[at + 1]);
    let line = world.order.lines.iter().find(|line| line.sku == words[1]);
    let number = u8::try_from(world.covers.len() + 1).unwrap();
    Cover {
        id: cover_id(number),
        line: line.unwrap_or_else(|| panic!("no line {}", words[1])).id,
        plan: PlanKind::named(words[0]).unwrap_or_else(|| panic!("no plan {}", words[0])),
        months: words[2].parse().unwrap(),
        after_months: after("after").map_or(0, |months| months.parse().unwrap()),
        given_at: words
            .iter()
            .position(|word| *word == "given")
            .map_or(world.order.since(), |given| at(&words[given + 1..])),
        provider: after("by").unwrap_or("快修").to_owned(),
        insurer: after("insurer").map(str::to_owned),
        reach: Reach {
            per_claim: after("per_claim").map(|amount| money(amount).minor()),
            in_all: after("in_all").map(|amount| money(amount).minor()),
            claims: after("claims").map(|claims| claims.parse().unwrap()),
        },
    }
}

/// Commands about covers and visits.
pub(super) fn command(verb: &str, words: &[&str]) -> Option<Command> {
    let reference = |at: usize| unquoted(words.get(at).unwrap_or(&"REF-1"));
    Some(match verb {
        "claim" => Command::ClaimCover(CoverRequest {
            cover: cover_id(words[0].parse().unwrap()),
            trouble: named(words[1]),
            amount: money(words[2]),
            text: text(),
            evidence: vec![piece()],
        }),
        "order_repair" => Command::OrderRepair {
            provider: unquoted(words[0]),
            reference: reference(1),
        },
        "repaired" => Command::ReportRepair {
            provider: unquoted(words[0]),
            fee: money(words[1]),
            text: None,
        },
        "decline_cover" => Command::DeclineCover { text: text() },
        "settle_cover" => Command::SettleCover {
            amount: money(words[0]),
            reference: reference(1),
        },
        "drop_cover" => Command::DropCover { text: text() },
        "visit" => Command::BookVisit {
            from: at(words),
            until: at(&words[2..]),
        },
        "visited" => Command::EndVisit {
            outcome: named::<VisitOutcome>(words[0]),
            text: None,
        },
        _ => return None,
    })
}
