//! What people of the shop do about a parcel with which something went wrong: note it, appeal to the platform,
//! claim from the carrier, put down what came of it.
//!
//! Must not know: what the desk answers. Tests: `tests/it/`.

use amends_domain::case::Case;
use amends_domain::case::recourse::{Addressee, Carriage, ParcelFault, RecourseAnswer, RecourseStage};
use amends_domain::command::Command;
use amends_domain::money::Money;

use super::{Desk, Seat};
use crate::buyers::{Act, parcel};
use crate::chance::Chance;
use crate::words;

/// What a carrier took for a parcel, in minor units.
const FREIGHT_MINOR: i64 = 1_200;

/// What goes wrong with the parcel of a case, by its reason.
fn fault(reason: &str) -> Option<ParcelFault> {
    Some(match reason {
        "late" | "late_dispatch" => ParcelFault::Delay,
        "lost" | "not_received" => ParcelFault::Loss,
        "damaged" | "broken" => ParcelFault::Damage,
        "wrong_item" => ParcelFault::WrongItem,
        _ => return None,
    })
}

/// Whether something is left to do about its parcel.
pub fn has_parcel_to_see_to(case: &Case) -> bool {
    match &case.exception {
        None => case.order.is_some() && !case.is_closed() && fault(&case.reason).is_some(),
        Some(_) => Addressee::ALL.iter().any(|to| is_left(case, *to)),
    }
}

fn is_left(case: &Case, to: Addressee) -> bool {
    case.recourses.get(&to).map_or_else(
        || to == Addressee::Platform || case.is_carriers(),
        |one| one.stage.is_open(),
    )
}

/// The next thing somebody does about it.
pub(super) fn see_to_parcel(chance: &mut Chance, desk: &Desk<'_>) -> Option<(Seat, Act)> {
    let case = desk.case;
    if case.exception.is_none() {
        let fault = fault(&case.reason)?;
        let parcel = parcel(chance);
        let text = words::line(chance, words::EXCEPTIONS, desk.goods);
        return Some((
            Seat::Agent,
            Act::texted(text, move |text| Command::NoteException { fault, parcel, text }),
        ));
    }
    let left: Vec<Addressee> = Addressee::ALL
        .iter()
        .copied()
        .filter(|to| is_left(case, *to))
        .collect();
    let to = *chance.pick(&left)?;
    match case.recourses.get(&to) {
        None => Some(file(chance, desk, to)),
        Some(recourse) => Some(go_on(
            chance,
            desk,
            to,
            recourse.stage,
            recourse.asked,
            recourse.received,
        )),
    }
}

/// One in ten is not worth the trouble; one in twenty asks the carrier for more than he owes.
fn file(chance: &mut Chance, desk: &Desk<'_>, to: Addressee) -> (Seat, Act) {
    if chance.percent(10) {
        return drop(chance, desk, to);
    }
    let money = |minor| Money::clamped(minor, desk.case.currency);
    let amount = chance.percent(5).then(|| money(FREIGHT_MINOR * 100));
    let amount = amount.filter(|_| to == Addressee::Carrier);
    let carriage = Carriage {
        insured: None,
        freight: Some(money(FREIGHT_MINOR)),
    };
    let evidence = desk.picture.into_iter().collect();
    let text = words::line(chance, words::RECOURSES, desk.goods);
    (
        Seat::Agent,
        Act::said(text, move |text| Command::FileRecourse {
            to,
            amount,
            carriage,
            text,
            evidence,
        }),
    )
}

fn go_on(
    chance: &mut Chance,
    desk: &Desk<'_>,
    to: Addressee,
    stage: RecourseStage,
    asked: i64,
    received: i64,
) -> (Seat, Act) {
    let money = |minor| Money::clamped(minor, desk.case.currency);
    match stage {
        RecourseStage::Granted { amount } => {
            let reference = format!("快递赔付 {}", desk.case.seq);
            let amount = money(amount - received);
            (
                Seat::Supervisor,
                Act::plain(Command::ReceiveRecourse {
                    to,
                    amount,
                    reference,
                }),
            )
        }
        RecourseStage::MoreWanted => {
            let text = words::line(chance, words::SUPPLEMENTS, desk.goods);
            let act = Act::said(text, move |text| Command::SupplementRecourse {
                to,
                text,
                evidence: Vec::new(),
            });
            (Seat::Agent, act)
        }
        _ if chance.percent(8) => drop(chance, desk, to),
        _ => {
            let granted = (asked > 0).then(|| money((asked / 2).max(1)));
            let answer = [
                RecourseAnswer::MoreWanted,
                RecourseAnswer::Declined,
                RecourseAnswer::Granted { amount: granted },
            ][chance.weighted(&[25, 25, 50])];
            let act = Act::plain(Command::AnswerRecourse {
                to,
                answer,
                text: None,
            });
            (Seat::Agent, act)
        }
    }
}

fn drop(chance: &mut Chance, desk: &Desk<'_>, to: Addressee) -> (Seat, Act) {
    let text = words::line(chance, words::RECOURSES_DROPPED, desk.goods);
    (
        Seat::Agent,
        Act::said(text, move |text| Command::DropRecourse { to, text }),
    )
}
