//! What a caller can do with a case now: every command is put to the rules as a trial, so that the
//! list can never say something else than the rules do.
//!
//! Must not know: buttons. Tests: `amends-api/tests/it/stories.rs`.

use amends_domain::actor::Envelope;
use amends_domain::case::{Case, Parcel, Ruling};
use amends_domain::command::{Command, LineFinding, TextKind};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::facts::Facts;
use amends_domain::ids::TextId;
use amends_domain::money::Money;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::{Moment, ShopTime, Zone};
use amends_domain::{State, decide};

use super::case_command::authority;
use super::case_read::CaseView;
use crate::caller::Caller;
use crate::desk::Desk;
use crate::error::AppError;

/// The actions a caller can take, by the names of their use cases, in a fixed order.
pub async fn case_next(desk: &Desk, caller: &Caller, view: &CaseView) -> Result<Vec<&'static str>, AppError> {
    let case = &view.row.case;
    let order = match case.order {
        Some(order) => desk.store.order_by_id(caller.shop(), order).await?,
        None => None,
    };
    let shop = desk.shop(caller.shop()).await?;
    let zone =
        Zone::named(&shop.time_zone).ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))?;
    let (order, ledger) = order.map_or((None, None), |row| (Some(row.order), Some(row.ledger)));
    // No trial opens a case, so nothing looks at earlier cases or at products.
    let facts = Facts {
        time: ShopTime::of(zone),
        order,
        returns_last_90_days: 0,
        replacement: None,
    };
    let at = desk.clock.now();
    let authority = authority(desk, caller).await?;
    let envelope = Envelope {
        case: case.id,
        actor: caller.actor(),
        authority,
        at,
        if_terms: None,
    };
    let state = State {
        case: Some(case.clone()),
        ledger,
    };
    let may = |command: &Command| decide(&state, &facts, &view.policy, &envelope, command).is_ok();
    let trials = trials(case, &view.policy, at);
    Ok(trials
        .into_iter()
        .filter(|(_, command)| may(command))
        .map(|(name, _)| name)
        .collect())
}

/// One command for each action, with arguments that only the case's state can decline.
fn trials(case: &Case, policy: &PolicySet, at: Moment) -> Vec<(&'static str, Command)> {
    let amount = None;
    let text = None;
    let said = TextRef {
        id: TextId::new(at, [0; 10]),
        digest: Digest::ZERO,
    };
    let say = |kind| Command::AddText { kind, text: said };
    let reason = policy
        .refusal_reasons()
        .first()
        .map(|reason| reason.code.clone())
        .unwrap_or_default();
    let mut trials = vec![
        ("approve", Command::Approve { compensation: None }),
        ("refuse", Command::Refuse { reason, text }),
    ];
    trials.extend(of_goods(case));
    trials.extend(of_money(case));
    trials.extend([
        ("renew", Command::Renew { amount, text }),
        ("withdraw", Command::Withdraw),
        ("intervention", Command::AskIntervention { text }),
        (
            "rule",
            Command::Rule {
                ruling: Ruling::ForShop,
            },
        ),
        ("follow_up", Command::RecordFollowUp { score: None, text }),
        ("message", say(TextKind::Message)),
        ("note", say(TextKind::Note)),
    ]);
    trials
}

fn of_goods(case: &Case) -> [(&'static str, Command); 6] {
    let parcel = Parcel {
        carrier: "-".to_owned(),
        waybill: "-".to_owned(),
    };
    let findings = all_accepted(case);
    let (return_freight, text) = (None, None);
    [
        (
            "ship_return",
            Command::ShipReturn {
                parcel: parcel.clone(),
            },
        ),
        (
            "inspect",
            Command::Inspect {
                findings,
                return_freight,
                text,
            },
        ),
        (
            "send_back",
            Command::SendBack {
                parcel: parcel.clone(),
            },
        ),
        ("ship_replacement", Command::ShipReplacement { parcel }),
        ("confirm_replacement", Command::ConfirmReplacement),
        ("convert_to_refund", Command::ConvertToRefund),
    ]
}

fn of_money(case: &Case) -> [(&'static str, Command); 3] {
    let amount = Money::new(case.difference, case.currency).unwrap_or(Money::zero(case.currency));
    let reference = "-".to_owned();
    [
        ("refund", Command::Refund),
        (
            "record_refund",
            Command::RecordRefund {
                reference: reference.clone(),
            },
        ),
        ("pay_difference", Command::PayDifference { amount, reference }),
    ]
}

fn all_accepted(case: &Case) -> Vec<LineFinding> {
    let mut findings: Vec<LineFinding> = Vec::new();
    for (line, _) in &case.claim.units {
        match findings.iter_mut().find(|finding| finding.line == *line) {
            Some(finding) => finding.accepted += 1,
            None => findings.push(LineFinding {
                line: *line,
                accepted: 1,
                rejected: 0,
                missing: 0,
            }),
        }
    }
    findings
}
