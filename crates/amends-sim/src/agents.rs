//! What simulated people of the shop do: decide, inspect, refund, ship; sometimes badly.
//!
//! Must not know: what the desk answers. Tests: `tests/it/`.

use amends_domain::case::{Case, Kind, MoneyState, Ruling, Status};
use amends_domain::command::{Command, LineFinding, TextKind};
use amends_domain::ids::LineId;
use amends_domain::money::Money;
use amends_domain::policy::Payer;

use crate::buyers::{Act, parcel};
use crate::chance::Chance;

/// Who of the shop acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// An agent.
    Agent,
    /// A supervisor.
    Supervisor,
    /// The platform's mediator.
    Mediator,
}

/// What is done about a case, given where it is.
pub fn act(chance: &mut Chance, case: &Case) -> Option<(Seat, Act)> {
    if chance.percent(4) {
        return Some((Seat::Agent, blunder(chance, case)));
    }
    let agent = |act| Some((Seat::Agent, act));
    match case.status() {
        Status::AwaitingDecision => agent(decide(chance, case)),
        Status::AwaitingRuling => Some((Seat::Mediator, rule(chance, case))),
        Status::ReturnOnTheWay => agent(inspect(chance, case)),
        Status::AwaitingRefund => agent(Act::plain(Command::Refund)),
        Status::RefundInTrouble if case.money == Some(MoneyState::Failed) => {
            let again = if chance.percent(70) {
                Command::Refund
            } else {
                Command::RecordRefund {
                    reference: format!("手工转账 {}", case.seq),
                }
            };
            Some((Seat::Supervisor, Act::plain(again)))
        }
        Status::AwaitingDifference if chance.percent(20) => agent(Act::plain(Command::ConvertToRefund)),
        Status::AwaitingDifference => {
            let amount = Money::new(case.difference, case.currency).unwrap_or(Money::zero(case.currency));
            let paid = Command::PayDifference {
                amount,
                reference: format!("补差价 {}", case.seq),
            };
            Some((Seat::Supervisor, Act::plain(paid)))
        }
        Status::AwaitingReplacement if chance.percent(8) => agent(Act::plain(Command::ConvertToRefund)),
        Status::AwaitingReplacement => agent(Act::plain(Command::ShipReplacement {
            parcel: parcel(chance),
        })),
        Status::AwaitingSendBack => agent(Act::plain(Command::SendBack {
            parcel: parcel(chance),
        })),
        Status::Closed if case.care.is_some() => {
            let score = u8::try_from(chance.between(1, 6)).ok();
            agent(Act::texted(
                "回访：问题已解决，买家表示满意。",
                move |text| Command::RecordFollowUp { score, text },
            ))
        }
        _ => None,
    }
}

fn decide(chance: &mut Chance, case: &Case) -> Act {
    if case.right.is_none() && chance.percent(45) {
        let reason = chance
            .pick(&["used", "past_window", "no_fault_found", "amount_unfounded"])
            .copied();
        let reason = reason.unwrap_or("used").to_owned();
        return Act::texted(
            "核实后暂时不能同意，您可以补充照片再申请。",
            move |text| Command::Refuse { reason, text },
        );
    }
    let compensation = chance
        .percent(10)
        .then(|| Money::new(chance.between(1, 3_000), case.currency).ok())
        .flatten();
    Act::plain(Command::Approve { compensation })
}

fn rule(chance: &mut Chance, case: &Case) -> Act {
    let ruling = match chance.weighted(&[45, 35, 20]) {
        0 => Ruling::ForBuyer,
        1 => Ruling::ForShop,
        _ => Ruling::InPart {
            amount: (case.claim.amount / 2).max(1),
        },
    };
    Act::plain(Command::Rule { ruling })
}

fn inspect(chance: &mut Chance, case: &Case) -> Act {
    let mut lines: Vec<LineId> = case.claim.units.iter().map(|(line, _)| *line).collect();
    lines.dedup();
    let findings: Vec<LineFinding> = lines
        .into_iter()
        .map(|line| {
            let claimed = case.claim.units.iter().filter(|(of, _)| *of == line).count();
            let claimed = u32::try_from(claimed).unwrap_or(0);
            let short = if chance.percent(15) { 1.min(claimed) } else { 0 };
            let (rejected, missing) = if chance.percent(60) {
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
    Act::texted("已拆包验货。", move |text| Command::Inspect {
        findings,
        return_freight,
        text,
    })
}

/// What people do by mistake: the wrong button, the wrong sum, twice the same.
fn blunder(chance: &mut Chance, case: &Case) -> Act {
    let line = case.claim.units.first().map(|(line, _)| *line);
    match chance.between(0, 7) {
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
            })
        }
        _ => note(),
    }
}

fn note() -> Act {
    Act {
        text: Some("买家语气着急，优先跟进。".to_owned()),
        build: Box::new(|text| match text {
            Some(text) => Command::AddText {
                kind: TextKind::Note,
                text,
            },
            None => Command::Withdraw,
        }),
    }
}
