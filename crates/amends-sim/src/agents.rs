//! What simulated people of the shop do: decide, offer, inspect, refund, repair, ship; sometimes badly.
//!
//! Must not know: what the desk answers. Tests: `tests/it/`.

mod blunder;
mod handling;
mod offering;
mod parcels;

use amends_domain::case::remedy::Offered;
use amends_domain::case::{Case, Kind, MoneyState, Ruling, Side, Status};
use amends_domain::command::{Command, LineFinding, TextKind};
use amends_domain::ids::{EvidenceId, LineId};
use amends_domain::money::Money;
use amends_domain::policy::Payer;
use amends_domain::time::Moment;

use crate::buyers::{Act, end_trial, parcel};
use crate::chance::Chance;
use crate::words;
pub use handling::{ask_evidence, beside, wants_pictures};
pub use parcels::has_parcel_to_see_to;

/// Who of the shop acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// An agent.
    Agent,
    /// A supervisor.
    Supervisor,
    /// A manager.
    Manager,
    /// The owner.
    Owner,
    /// The platform's mediator.
    Mediator,
}

/// What somebody of the shop sees before he acts.
pub struct Desk<'a> {
    /// The case.
    pub case: &'a Case,
    /// What can be offered, where somebody looked.
    pub remedies: &'a [Offered],
    /// What people call the goods.
    pub goods: &'a str,
    /// A picture of what came back, where somebody took one.
    pub picture: Option<EvidenceId>,
    /// Now.
    pub now: Moment,
}

/// Whether whoever acts next looks at the remedies first.
pub fn looks_at_remedies(case: &Case) -> bool {
    matches!(
        case.status(),
        Status::AwaitingDecision
            | Status::AwaitingAnswer
            | Status::AwaitingChoice
            | Status::Refused
            | Status::AwaitingSendBack
    )
}

/// Whether whoever acts next takes a picture of what came back.
pub fn takes_a_picture(case: &Case) -> bool {
    case.status() == Status::ReturnOnTheWay
}

/// What is done about a case, given where it is.
pub fn act(chance: &mut Chance, desk: &Desk<'_>) -> Option<(Seat, Act)> {
    let case = desk.case;
    if chance.percent(4) {
        return Some((Seat::Agent, blunder::blunder(chance, desk)));
    }
    let agent = |act| Some((Seat::Agent, act));
    match case.status() {
        Status::AwaitingDecision => Some(decide(chance, desk)),
        Status::AwaitingAnswer => Some(answer(chance, desk)),
        Status::AwaitingChoice => Some(remind(chance, desk)),
        Status::Refused if chance.percent(15) => {
            let text = words::line(chance, words::INTERVENTIONS_SHOP, desk.goods);
            let by = Side::Shop;
            agent(Act::texted(text, move |text| Command::AskIntervention {
                by,
                text,
            }))
        }
        Status::Refused => offering::offer(chance, desk),
        Status::AwaitingRuling if !case.has_stated(Side::Shop) && chance.percent(60) => {
            let text = words::line(chance, words::STATEMENTS_SHOP, desk.goods);
            agent(Act::said(text, |text| Command::SubmitStatement {
                by: Side::Shop,
                text,
                evidence: Vec::new(),
            }))
        }
        Status::AwaitingRuling => Some((Seat::Mediator, rule(chance, case))),
        Status::ReturnOnTheWay => agent(inspect(chance, desk)),
        Status::AwaitingRefund => agent(Act::plain(Command::Refund)),
        Status::RefundInTrouble if case.money == Some(MoneyState::Failed) => {
            let again = if chance.percent(70) {
                Command::Refund
            } else {
                record_refund(case)
            };
            Some((Seat::Supervisor, Act::plain(again)))
        }
        Status::RefundInTrouble => Some((Seat::Supervisor, Act::plain(record_refund(case)))),
        Status::AwaitingDifference if chance.percent(20) => agent(Act::plain(Command::ConvertToRefund)),
        Status::AwaitingDifference => {
            let amount = Money::clamped(case.difference, case.currency);
            let reference = format!("补差价 {}", case.seq);
            Some((
                Seat::Supervisor,
                Act::plain(Command::PayDifference { amount, reference }),
            ))
        }
        Status::AwaitingReplacement if chance.percent(8) => agent(Act::plain(Command::ConvertToRefund)),
        Status::AwaitingReplacement => agent(Act::plain(Command::ShipReplacement {
            parcel: parcel(chance),
        })),
        Status::AwaitingRepair if chance.percent(22) => agent(Act::plain(Command::ConvertToRefund)),
        Status::AwaitingRepair => agent(Act::plain(Command::ShipRepaired {
            parcel: parcel(chance),
        })),
        Status::AwaitingSendBack => Some(send_back(chance, desk)),
        Status::AwaitingSteps => agent(complete_step(case)),
        Status::OnTrial => agent(end_trial(chance)),
        Status::Closed if case.care.is_some() => {
            let score = u8::try_from(chance.between(1, 6)).ok();
            let text = words::line(chance, words::FOLLOW_UPS, desk.goods);
            agent(Act::texted(text, move |text| Command::RecordFollowUp {
                score,
                text,
            }))
        }
        _ => None,
    }
}

fn record_refund(case: &Case) -> Command {
    Command::RecordRefund {
        reference: format!("手工转账 {}", case.seq),
    }
}

fn decide(chance: &mut Chance, desk: &Desk<'_>) -> (Seat, Act) {
    let case = desk.case;
    // Before a repair somebody looks whose doing it was.
    if case.kind == Kind::Repair && case.liability.is_none() && chance.percent(60) {
        return (Seat::Agent, handling::find(chance, &case.reason));
    }
    let likely = if offering::has_special(desk) { 85 } else { 42 };
    if chance.percent(likely)
        && let Some(offered) = offering::offer(chance, desk)
    {
        return offered;
    }
    let entitled = case.right.is_some();
    // One in twenty refuses what the buyer has a right to.
    if chance.percent(if entitled { 5 } else { 45 }) {
        let reason = chance
            .pick(&["used", "past_window", "no_fault_found", "amount_unfounded"])
            .copied();
        let reason = reason.unwrap_or("used").to_owned();
        let text = words::line(chance, words::REFUSALS, desk.goods);
        return (
            Seat::Agent,
            Act::texted(text, move |text| Command::Refuse { reason, text }),
        );
    }
    let compensation = chance
        .percent(10)
        .then(|| Money::new(chance.between(1, 3_000), case.currency).ok())
        .flatten();
    let seat = if chance.percent(12) {
        Seat::Supervisor
    } else {
        Seat::Agent
    };
    (seat, Act::plain(Command::Approve { compensation }))
}

/// A question or a complaint: options, an answer, or a word to go on with.
fn answer(chance: &mut Chance, desk: &Desk<'_>) -> (Seat, Act) {
    if chance.percent(55)
        && let Some(offered) = offering::offer(chance, desk)
    {
        return offered;
    }
    if chance.percent(18) {
        let text = words::replied(chance, &desk.case.reason, desk.goods);
        return (Seat::Agent, Act::words(text, TextKind::Message));
    }
    let text = words::line(chance, words::RESOLUTIONS, desk.goods);
    (Seat::Agent, Act::said(text, |text| Command::Resolve { text }))
}

/// The buyer has not answered an offer: another one, a word, or the request is decided.
fn remind(chance: &mut Chance, desk: &Desk<'_>) -> (Seat, Act) {
    let offered = offering::offer(chance, desk).filter(|_| chance.percent(45));
    match offered {
        Some(offered) => offered,
        None if desk.case.kind.is_decided() && chance.percent(70) => {
            let compensation = None;
            (Seat::Supervisor, Act::plain(Command::Approve { compensation }))
        }
        None => answer(chance, desk),
    }
}

/// What was not accepted goes back, or stays for less where the buyer may agree.
fn send_back(chance: &mut Chance, desk: &Desk<'_>) -> (Seat, Act) {
    if desk.case.open_offer().is_none()
        && chance.percent(60)
        && let Some(offered) = offering::offer(chance, desk)
    {
        return offered;
    }
    let parcel = parcel(chance);
    (Seat::Agent, Act::plain(Command::SendBack { parcel }))
}

fn complete_step(case: &Case) -> Act {
    let due = case.steps.iter().position(|step| step.done.is_none());
    let step = due.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(1);
    Act::plain(Command::CompleteStep {
        step,
        reference: format!("办理单 {}-{step}", case.seq),
    })
}

fn rule(chance: &mut Chance, case: &Case) -> Act {
    let ruling = match chance.weighted(&[45, 35, 20]) {
        0 => Ruling::ForBuyer,
        1 => Ruling::ForShop,
        _ => Ruling::InPart {
            amount: (case.claim.amount / 2).max(1),
        },
    };
    Act::plain(Command::Rule { ruling, text: None })
}

fn inspect(chance: &mut Chance, desk: &Desk<'_>) -> Act {
    let case = desk.case;
    let mut lines: Vec<LineId> = case.claim.units.iter().map(|(line, _)| *line).collect();
    lines.dedup();
    let findings: Vec<LineFinding> = lines
        .into_iter()
        .map(|line| {
            let claimed = case.claim.units.iter().filter(|(of, _)| *of == line).count();
            let claimed = u32::try_from(claimed).unwrap_or(0);
            let short = if chance.percent(34) { 1.min(claimed) } else { 0 };
            let (rejected, missing) = if chance.percent(70) {
                (short, 0)
            } else {
                (0, short)
            };
            LineFinding {
                line,
                accepted: claimed - short,
                rejected,
                missing,
            }
        })
        .collect();
    let freight = case.return_freight == Payer::Shop && chance.percent(60);
    let return_freight = freight
        .then(|| Money::new(chance.between(500, 3_000), case.currency).ok())
        .flatten();
    // One in ten forgets the picture.
    let evidence = desk.picture.filter(|_| chance.percent(90)).into_iter().collect();
    let text = words::line(chance, words::INSPECTIONS, "");
    Act::texted(text, move |text| Command::Inspect {
        findings,
        return_freight,
        text,
        evidence,
    })
}
