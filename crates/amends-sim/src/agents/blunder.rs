//! What people do by mistake: the wrong button, the wrong sum, twice the same.
//!
//! Must not know: what the desk answers. Tests: `tests/it/`.

use std::collections::BTreeSet;

use amends_domain::case::Kind;
use amends_domain::command::{Command, LineFinding, TextKind};
use amends_domain::money::Money;

use super::Desk;
use crate::buyers::{Act, parcel};
use crate::chance::Chance;
use crate::words;

pub(super) fn blunder(chance: &mut Chance, desk: &Desk<'_>) -> Act {
    let case = desk.case;
    let line = case.claim.units.first().map(|(line, _)| *line);
    let text = "误操作";
    match chance.between(0, 15) {
        0 => Act::plain(Command::Approve {
            compensation: Money::new(9_999_999, case.currency).ok(),
        }),
        1 => Act::plain(Command::Refund),
        2 => Act::plain(Command::RecordRefund {
            reference: "误点".to_owned(),
        }),
        3 => Act::plain(Command::ShipReplacement {
            parcel: parcel(chance),
        }),
        4 => Act::texted("不存在的原因", |text| Command::Refuse {
            reason: "随便".to_owned(),
            text,
        }),
        5 if case.kind != Kind::RefundOnly => {
            let findings = line.map(|line| LineFinding {
                line,
                accepted: 99,
                rejected: 0,
                missing: 0,
            });
            Act::plain(Command::Inspect {
                findings: findings.into_iter().collect(),
                return_freight: None,
                text: None,
                evidence: Vec::new(),
            })
        }
        6 => Act::plain(Command::CompleteStep {
            step: 9,
            reference: text.to_owned(),
        }),
        7 => Act::plain(Command::KeepPromise { promise: 99 }),
        8 => Act::plain(Command::Offer {
            picks: Vec::new(),
            text: None,
        }),
        9 => Act::plain(Command::ShipRepaired {
            parcel: parcel(chance),
        }),
        10 => Act::said(text, |text| Command::Reopen { text }),
        11 => Act::said(text, |text| Command::Resolve { text }),
        12 => Act::plain(Command::ConvertToRefund),
        13 => Act::plain(Command::Tag {
            add: BTreeSet::from([" ".to_owned()]),
            remove: BTreeSet::new(),
        }),
        _ => Act::words(words::line(chance, words::NOTES, desk.goods), TextKind::Note),
    }
}
