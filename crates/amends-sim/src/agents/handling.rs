//! What people of the shop do beside the course of a case: reply, promise, find, assess, pass upward,
//! answer, open again.
//!
//! Must not know: what the desk answers. Tests: `tests/it/`.

use std::collections::BTreeSet;

use amends_domain::actor::Role;
use amends_domain::case::assessment::{Assessment, Grade, Nature, PassedFor};
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::case::liability::{Fault, Liability, Party, Share};
use amends_domain::case::promise::PromiseState;
use amends_domain::case::{Case, ContactWay, Request};
use amends_domain::command::{Command, TextKind};
use amends_domain::digest::Digest;
use amends_domain::ids::PersonId;

use super::{Desk, Seat};
use crate::aside::Aside;
use crate::buyers::Act;
use crate::catalog::TAGS;
use crate::chance::Chance;
use crate::words;

const HOUR: i64 = 3_600_000;

/// What somebody of the shop does beside the course of things; `people` may be handed a case.
pub fn beside(
    chance: &mut Chance,
    desk: &Desk<'_>,
    aside: Aside,
    people: &[PersonId],
) -> Option<(Seat, Act)> {
    let agent = |act| Some((Seat::Agent, act));
    match aside {
        Aside::Reply if chance.percent(22) => agent(promise(chance, desk)),
        Aside::Reply => {
            let text = words::replied(chance, &desk.case.reason, desk.goods);
            agent(Act::words(text, TextKind::Message))
        }
        Aside::Handle => agent(handle(chance, desk, people)),
        Aside::Assess => agent(Act::plain(Command::Assess {
            assessment: assessment(chance),
        })),
        Aside::Find => agent(find(chance, &desk.case.reason)),
        Aside::PassUp => agent(pass_up(chance, desk)),
        Aside::Answer => answer(chance, desk),
        Aside::Promise => promised(chance, desk).map(|act| (Seat::Agent, act)),
        Aside::Parcel => super::parcels::see_to_parcel(chance, desk),
        Aside::Reopen => {
            let text = words::line(chance, words::REOPENINGS, desk.goods);
            agent(Act::said(text, |text| Command::Reopen { text }))
        }
        _ => None,
    }
}

/// Whether an agent would rather see pictures before he decides: of a third of the faults shown without any.
pub fn wants_pictures(case: &Case) -> bool {
    let one_in_three = Digest::of(&[case.id.to_string().as_bytes()])
        .bytes()
        .last()
        .is_some_and(|byte| byte % 3 == 0);
    let unseen = case.declared.is_some_and(|declared| declared.photos == 0);
    let fault = ["quality", "damaged", "not_as_described"].contains(&case.reason.as_str());
    one_in_three && unseen && fault && case.request == Request::Applied && case.evidence_asked.is_empty()
}

/// Asks for them, and says what they should show.
pub fn ask_evidence() -> Act {
    Act::said(words::PICTURES_WANTED.to_owned(), |text| Command::AskEvidence {
        kinds: [EvidenceKind::Photo, EvidenceKind::Video].into(),
        text: Some(text),
    })
}

fn promise(chance: &mut Chance, desk: &Desk<'_>) -> Act {
    // One in twenty-five promises what is too far away, or past.
    let hours = [
        chance.between(4, 72),
        chance.between(800, 900),
        -chance.between(1, 5),
    ][chance.weighted(&[96, 2, 2])];
    let due_at = desk.now.plus_millis(hours * HOUR);
    let text = words::line(chance, words::PROMISES, desk.goods);
    Act::said(text, move |text| Command::MakePromise { text, due_at })
}

/// In time it is kept, or put off with a word; afterwards it is kept too late.
fn promised(chance: &mut Chance, desk: &Desk<'_>) -> Option<Act> {
    let standing =
        |(_, promise): &(&u32, &amends_domain::case::promise::Promise)| promise.state.is_to_be_kept();
    let (number, made) = desk.case.promises.iter().find(standing)?;
    let promise = *number;
    let ahead = made.state == PromiseState::Open && made.due_at > desk.now;
    if ahead && chance.percent(22) {
        let due_at = made.due_at.plus_millis(chance.between(12, 60) * HOUR);
        let text = words::line(chance, words::PROMISES_MOVED, desk.goods);
        return Some(Act::said(text, move |text| Command::MovePromise {
            promise,
            due_at,
            text,
        }));
    }
    Some(Act::plain(Command::KeepPromise { promise }))
}

fn handle(chance: &mut Chance, desk: &Desk<'_>, people: &[PersonId]) -> Act {
    match chance.weighted(&[55, 25, 20]) {
        0 => {
            let to = chance.pick(people).copied().filter(|_| !chance.percent(4));
            Act::plain(Command::Assign { to })
        }
        1 => {
            let tag = |chance: &mut Chance| chance.pick(TAGS).map(|tag| (*tag).to_owned());
            let add: BTreeSet<String> = tag(chance).into_iter().collect();
            let drop = chance.percent(20);
            let remove = desk.case.tags.iter().filter(|_| drop).cloned().collect();
            Act::plain(Command::Tag { add, remove })
        }
        // One note in three is of a call, and one call in five was taken by nobody.
        _ if desk.case.seq.is_multiple_of(3) => {
            let reached = !desk.case.seq.is_multiple_of(5);
            let text = words::line(
                chance,
                if reached {
                    words::CALLS
                } else {
                    words::CALLS_MISSED
                },
                desk.goods,
            );
            Act::said(text, move |text| Command::LogContact {
                way: ContactWay::Phone,
                reached,
                text,
            })
        }
        _ => Act::words(words::line(chance, words::NOTES, desk.goods), TextKind::Note),
    }
}

fn assessment(chance: &mut Chance) -> Assessment {
    let grade = |chance: &mut Chance| {
        let at = chance.weighted(&[45, 35, 20]);
        chance.percent(70).then(|| Grade::ALL.get(at).copied()).flatten()
    };
    Assessment {
        nature: chance.pick(Nature::ALL).copied(),
        impact: grade(chance),
        heat: grade(chance),
        spread: grade(chance).filter(|grade| *grade != Grade::High || chance.percent(50)),
    }
}

pub(super) fn find(chance: &mut Chance, reason: &str) -> Act {
    let party = match reason {
        "damaged" | "broken" | "lost" | "not_received" | "late" => Party::Carrier,
        "quality" | "defective" | "flawed" => {
            [Party::Maker, Party::Buyer, Party::Shop][chance.weighted(&[45, 38, 17])]
        }
        "usage" | "use" | "regret" | "no_reason" => Party::Buyer,
        _ => [Party::Shop, Party::Platform, Party::ForceMajeure][chance.weighted(&[80, 12, 8])],
    };
    let share = |party, percent| Share { party, percent };
    let shares = match chance.weighted(&[72, 18, 6, 4]) {
        0 => vec![share(party, 100)],
        1 if party != Party::Shop => vec![share(party, 70), share(Party::Shop, 30)],
        1 | 2 => Vec::new(),
        _ => vec![share(party, 90)],
    };
    let fault = [Some(Fault::Confirmed), Some(Fault::Refuted), None][chance.weighted(&[55, 25, 20])];
    let goods_intact = [None, Some(true), Some(false)][chance.weighted(&[70, 20, 10])];
    let third_party = chance.percent(6);
    let text = words::line(chance, words::GROUNDS, "");
    Act::said(text, move |grounds| Command::Find {
        finding: Liability {
            cause: None,
            shares,
            fault,
            goods_intact,
            grounds,
            evidence: Vec::new(),
            third_party,
        },
    })
}

fn pass_up(chance: &mut Chance, desk: &Desk<'_>) -> Act {
    let to = match desk.case.passed.map(|passed| passed.to) {
        Some(Role::Supervisor) => Role::Manager,
        Some(_) => Role::Admin,
        None => [Role::Supervisor, Role::Manager, Role::Agent][chance.weighted(&[88, 8, 4])],
    };
    let why = [
        PassedFor::Authority,
        PassedFor::Severity,
        PassedFor::Repetition,
        PassedFor::Other,
    ];
    let passed_for = chance.pick(&why).copied().unwrap_or(PassedFor::Other);
    let text = words::line(chance, words::PASSING, desk.goods);
    Act::texted(text, move |text| Command::PassUp { to, passed_for, text })
}

/// Whoever it was passed to answers in words, or by deciding; one in twenty below him tries to.
fn answer(chance: &mut Chance, desk: &Desk<'_>) -> Option<(Seat, Act)> {
    let passed = desk.case.passed?;
    let seat = match passed.to {
        _ if chance.percent(5) => Seat::Agent,
        Role::Supervisor => Seat::Supervisor,
        Role::Manager => Seat::Manager,
        _ => Seat::Owner,
    };
    if chance.percent(25)
        && let Some((_, offered)) = super::offering::offer(chance, desk)
    {
        return Some((seat, offered));
    }
    let text = words::line(chance, words::ANSWERS, desk.goods);
    Some((seat, Act::said(text, |text| Command::AnswerPassed { text })))
}
