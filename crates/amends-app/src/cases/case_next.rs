//! What a caller can do with a case now: every command is put to the rules as a trial, so that the
//! list can never say something else than the rules do.
//!
//! Must not know: buttons. Tests: `amends-api/tests/it/stories.rs`.

mod warranty;

use std::collections::BTreeSet;

use amends_domain::actor::{Envelope, Role};
use amends_domain::case::abuse::{RestsOn, SignalKind};
use amends_domain::case::assessment::{Assessment, PassedFor};
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::case::liability::Liability;
use amends_domain::case::promise::PromiseState;
use amends_domain::case::recourse::{Addressee, Carriage, ParcelFault, RecourseAnswer};
use amends_domain::case::review::{ReviewCause, ReviewOutcome};
use amends_domain::case::trade::PaymentWay;
use amends_domain::case::{Case, ContactWay, Parcel, Pickup, Ruling, Side};
use amends_domain::command::{Command, LineFinding, TextKind};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::facts::Facts;
use amends_domain::ids::{EvidenceId, ShopId, TextId};
use amends_domain::ledger::OrderLedger;
use amends_domain::money::Money;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;
use amends_domain::{State, decide};

use super::case_command::authority;
use super::case_read::CaseView;
use super::case_remedies::offer_of;
use crate::caller::Caller;
use crate::desk::Desk;
use crate::error::AppError;

/// The actions a caller can take, by the names of their use cases, in a fixed order.
pub async fn case_next(desk: &Desk, caller: &Caller, view: &CaseView) -> Result<Vec<&'static str>, AppError> {
    let case = &view.row.case;
    let (facts, ledger) = facts(desk, caller.shop(), case).await?;
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
    let side = match caller {
        Caller::Buyer(_) | Caller::Writer(_) => Side::Buyer,
        Caller::Staff(_) => Side::Shop,
    };
    let trials = trials(case, &view.policy, &facts, side, at).into_iter();
    let mut next: Vec<&'static str> = trials
        .filter(|(_, command)| may(command))
        .map(|(name, _)| name)
        .collect();
    // What can be asked of two is one action.
    // Of several reviews each is tried; what can be done stands there once.
    let mut seen = BTreeSet::new();
    next.retain(|name| seen.insert(*name));
    // Whether any remedy can be offered; which, their list says.
    let remedies = amends_domain::remedies(&state, &facts, &view.policy, at);
    if remedies.iter().any(|possible| may(&offer_of(&possible.offered))) {
        next.push("offer");
    }
    Ok(next)
}

/// What the rules look at beside the case, as it is now. Nothing here opens a case or names a product,
/// so that nothing looks at earlier cases or at products.
pub(crate) async fn facts(
    desk: &Desk,
    shop: ShopId,
    case: &Case,
) -> Result<(Facts, Option<OrderLedger>), AppError> {
    let order = match case.order {
        Some(order) => desk.store.order_by_id(shop, order).await?,
        None => None,
    };
    let covers = match case.order {
        Some(order) => desk.store.covers_of_order(shop, order).await?,
        None => Vec::new(),
    };
    let covers = covers.into_iter().map(|row| row.cover).collect();
    let blocked = desk
        .store
        .blocked_until(shop, case.buyer, desk.clock.now())
        .await?;
    let row = desk.shop(shop).await?;
    let time = desk.calendars.shop_time(&row.time_zone, &row.settings);
    let (order, ledger) = order.map_or((None, None), |row| (Some(row.order), Some(row.ledger)));
    let facts = Facts {
        time: time.ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))?,
        order,
        returns_last_90_days: 0,
        products: Vec::new(),
        earlier: Vec::new(),
        buyer_blocked: blocked.is_some(),
        payment_on: None,
        covers,
    };
    Ok((facts, ledger))
}

/// One command for each action, with arguments that only the case's state can decline.
fn trials(
    case: &Case,
    policy: &PolicySet,
    facts: &Facts,
    side: Side,
    at: Moment,
) -> Vec<(&'static str, Command)> {
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
    trials.extend(of_goods(case, at));
    trials.extend(of_money(case));
    trials.extend([
        ("renew", Command::Renew { amount, text }),
        ("withdraw", Command::Withdraw),
        ("follow_up", Command::RecordFollowUp { score: None, text }),
    ]);
    trials.extend(of_dispute(side, said));
    trials.extend(of_parcel(case, said, at));
    trials.extend(of_abuse(said));
    trials.extend(warranty::trials(case, facts, said, at));
    trials.extend(of_remedies(case));
    trials.extend(of_handling(case, said));
    trials.extend(of_reviews(case, said));
    trials.extend(of_trade(case, at));
    trials.extend(of_promises(case, said, at));
    trials.extend([("message", say(TextKind::Message)), ("note", say(TextKind::Note))]);
    trials
}

fn of_goods(case: &Case, at: Moment) -> [(&'static str, Command); 8] {
    let parcel = || Parcel {
        carrier: "-".to_owned(),
        waybill: "-".to_owned(),
    };
    let pickup = Pickup {
        carrier: "-".to_owned(),
        from: at,
        until: at.plus_millis(1),
        reference: None,
    };
    let findings = all_accepted(case);
    let (return_freight, text, evidence) = (None, None, Vec::new());
    [
        ("book_pickup", Command::BookPickup { pickup }),
        ("ship_return", Command::ShipReturn { parcel: parcel() }),
        (
            "inspect",
            Command::Inspect {
                findings,
                return_freight,
                text,
                evidence,
            },
        ),
        ("send_back", Command::SendBack { parcel: parcel() }),
        ("ship_replacement", Command::ShipReplacement { parcel: parcel() }),
        ("confirm_replacement", Command::ConfirmReplacement),
        ("convert_to_refund", Command::ConvertToRefund),
        ("ship_repaired", Command::ShipRepaired { parcel: parcel() }),
    ]
}

fn of_dispute(by: Side, said: TextRef) -> [(&'static str, Command); 5] {
    let (text, evidence) = (said, Vec::new());
    [
        ("intervention", Command::AskIntervention { by, text: None }),
        ("withdraw_intervention", Command::WithdrawIntervention),
        (
            "submit_statement",
            Command::SubmitStatement { by, text, evidence },
        ),
        (
            "rule",
            Command::Rule {
                ruling: Ruling::ForShop,
                text: None,
            },
        ),
        ("appeal", Command::Appeal { by, text }),
    ]
}

/// What went wrong on the way, and what is asked of others for it: each stands for whoever it can be asked of
/// now.
fn of_parcel(case: &Case, said: TextRef, at: Moment) -> Vec<(&'static str, Command)> {
    let shown = vec![EvidenceId::new(at, [0; 10])];
    let some = |minor| Some(Money::clamped(minor, case.currency));
    let mut trials = vec![(
        "note_exception",
        Command::NoteException {
            fault: ParcelFault::Delay,
            parcel: Parcel {
                carrier: "-".to_owned(),
                waybill: "-".to_owned(),
            },
            text: None,
        },
    )];
    for to in Addressee::ALL.iter().copied() {
        let recourse = case.recourses.get(&to);
        let asked = recourse.is_some_and(|recourse| recourse.asked > 0);
        trials.extend([
            (
                "file_recourse",
                Command::FileRecourse {
                    to,
                    amount: some(1),
                    carriage: Carriage::default(),
                    text: said,
                    evidence: shown.clone(),
                },
            ),
            (
                "supplement_recourse",
                Command::SupplementRecourse {
                    to,
                    text: said,
                    evidence: Vec::new(),
                },
            ),
            (
                "answer_recourse",
                Command::AnswerRecourse {
                    to,
                    answer: RecourseAnswer::Granted {
                        amount: some(i64::from(asked)),
                    },
                    text: None,
                },
            ),
            (
                "receive_recourse",
                Command::ReceiveRecourse {
                    to,
                    amount: Money::clamped(1, case.currency),
                    reference: "-".to_owned(),
                },
            ),
            ("drop_recourse", Command::DropRecourse { to, text: said }),
        ]);
    }
    trials
}

fn of_abuse(text: TextRef) -> [(&'static str, Command); 4] {
    let rests_on = RestsOn {
        signals: [SignalKind::Threat].into(),
        ..RestsOn::default()
    };
    [
        (
            "note_abuse",
            Command::NoteAbuse {
                grounds: text,
                rests_on,
                listings: BTreeSet::new(),
            },
        ),
        ("contest_abuse", Command::ContestAbuse { text }),
        ("uphold_abuse", Command::SettleAbuse { upheld: true, text }),
        ("lift_abuse", Command::SettleAbuse { upheld: false, text }),
    ]
}

/// An offer stands for whatever remedy there is: which can be offered, the list of remedies says.
fn of_remedies(case: &Case) -> [(&'static str, Command); 5] {
    let offer = case.offer.as_ref().map_or(1, |offer| offer.number);
    let due = case.steps.iter().position(|step| step.done.is_none());
    let step = due.and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(1);
    let text = None;
    [
        ("choose", Command::Choose { offer, option: 1 }),
        (
            "decline_offer",
            Command::DeclineOffer {
                offer,
                wish: None,
                text,
            },
        ),
        (
            "complete_step",
            Command::CompleteStep {
                step,
                reference: "-".to_owned(),
            },
        ),
        ("end_trial", Command::EndTrial { worked: true, text }),
        (
            "supply",
            Command::Supply {
                goods_intact: Some(true),
                photos: None,
            },
        ),
    ]
}

fn of_handling(case: &Case, said: TextRef) -> Vec<(&'static str, Command)> {
    let passed_for = match case.passed {
        Some(_) => PassedFor::Other,
        None => PassedFor::BuyerDemand,
    };
    let to = match case.passed.map(|passed| passed.to) {
        None => Role::Supervisor,
        Some(Role::Supervisor) => Role::Manager,
        Some(_) => Role::Admin,
    };
    vec![
        ("resolve", Command::Resolve { text: said }),
        (
            "ask_evidence",
            Command::AskEvidence {
                kinds: [EvidenceKind::Photo].into(),
                text: None,
            },
        ),
        (
            "find",
            Command::Find {
                finding: Liability {
                    shares: Vec::new(),
                    cause: None,
                    fault: None,
                    goods_intact: None,
                    grounds: said,
                    evidence: Vec::new(),
                    third_party: false,
                },
            },
        ),
        (
            "assess",
            Command::Assess {
                assessment: Assessment::default(),
            },
        ),
        (
            "pass_up",
            Command::PassUp {
                to,
                passed_for,
                text: None,
            },
        ),
        (
            "log_contact",
            Command::LogContact {
                way: ContactWay::Phone,
                reached: true,
                text: said,
            },
        ),
        ("answer_passed", Command::AnswerPassed { text: said }),
        ("assign", Command::Assign { to: None }),
        (
            "tag",
            Command::Tag {
                add: BTreeSet::new(),
                remove: BTreeSet::new(),
            },
        ),
    ]
}

/// Of the reviews, any will do that can: which, the list of them says.
fn of_reviews(case: &Case, text: TextRef) -> Vec<(&'static str, Command)> {
    let each = case.reviews.iter().flat_map(|one| {
        let review = one.given.review;
        let cause = ReviewCause::ALL
            .iter()
            .copied()
            .find(|cause| one.judged != Some(*cause));
        let outcome = ReviewOutcome::ALL
            .iter()
            .copied()
            .find(|outcome| one.outcome != Some(*outcome));
        [
            cause.map(|cause| ("judge_review", Command::JudgeReview { review, cause })),
            outcome.map(|outcome| ("end_review", Command::EndReview { review, outcome })),
            Some(("explain_review", Command::ExplainReview { review, text })),
            Some(("publish_explanation", Command::PublishExplanation { review })),
        ]
    });
    each.flatten().collect()
}

/// Each with what the rules take at this moment: a payment of a fen, a day to pay by that is near.
fn of_trade(case: &Case, at: Moment) -> [(&'static str, Command); 5] {
    [
        ("send_order_letter", Command::SendOrderLetter),
        (
            "remind_payment",
            Command::RemindPayment {
                pay_by: at.plus_millis(1),
            },
        ),
        (
            "record_payment",
            Command::RecordPayment {
                paid_at: at,
                way: PaymentWay::Other,
                bank: None,
                amount: Money::clamped(1, case.currency),
                discount: None,
                // Nobody's: control characters are let through by no form.
                reference: "\u{1}".to_owned(),
            },
        ),
        ("dispatch_order", Command::DispatchOrder { parcel: None }),
        ("report_non_payment", Command::ReportNonPayment { text: None }),
    ]
}

fn of_promises(case: &Case, said: TextRef, at: Moment) -> [(&'static str, Command); 5] {
    let open = PromiseState::Open;
    let promised = case.promises.iter().find(|(_, promise)| promise.state == open);
    let promise = promised.map_or(1, |(number, _)| *number);
    let soon = at.plus_millis(60_000);
    [
        (
            "make_promise",
            Command::MakePromise {
                text: said,
                due_at: soon,
            },
        ),
        ("keep_promise", Command::KeepPromise { promise }),
        (
            "move_promise",
            Command::MovePromise {
                promise,
                due_at: soon,
                text: said,
            },
        ),
        ("confirm_arrival", Command::ConfirmArrival),
        ("reopen", Command::Reopen { text: said }),
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
