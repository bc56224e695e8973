//! Acts about remedies, findings, promises and how a case is handled, from numbers.
//!
//! Must not know: what should come of them. Tests: `properties`.

use std::collections::BTreeSet;

use amends_domain::actor::Role;
use amends_domain::case::assessment::{Assessment, Grade, Nature, PassedFor};
use amends_domain::case::liability::{Fault, Liability, Party, Share};
use amends_domain::case::recourse::{Addressee, Carriage, ParcelFault, RecourseAnswer};
use amends_domain::case::remedy::Offered;
use amends_domain::case::review::{GivenReview, PoorRating, ReviewCause, ReviewOutcome};
use amends_domain::case::trade::PaymentWay;
use amends_domain::case::visit::VisitOutcome;
use amends_domain::case::{Case, ContactWay, Goods, Request};
use amends_domain::command::{Command, CoverRequest, Pick, TextKind};
use amends_domain::cover::Trouble;
use amends_domain::ids::PersonId;
use amends_domain::policy::ClauseId;
use amends_domain::policy::condition::Verdict;
use amends_domain::refusal::Refusal;
use amends_domain::{State, decide};

use super::Step;
use super::acts::{nth, parcel, some_amount, text};
use crate::harness::{World, moment, person, yuan};
use crate::language::warranty::cover_id;
use crate::language::{piece, review_id};

/// The number of the last act.
pub(super) const LAST: u8 = 47;

/// Acts of this room that fit where the case is.
pub(super) fn fitting(case: &Case) -> Vec<u8> {
    let mut verbs = vec![32, 39];
    let open = matches!(case.request, Request::Applied | Request::Refused);
    let waits = case.open_offer().is_none();
    if waits && (open && case.trial.is_none() || !case.to_send_back.is_empty()) {
        verbs.extend([20, 20, 20, 20, 20, 20]);
    }
    if open {
        verbs.extend([25, 26, 27, 28, 30, 31]);
    }
    if case.open_offer().is_some() {
        verbs.extend([21; 16]);
        verbs.push(22);
    }
    if case.steps.iter().any(|step| step.done.is_none()) {
        verbs.extend([23, 23]);
    }
    if case.trial.is_some() {
        verbs.extend([24, 24, 24]);
    }
    if case.passed.is_some() {
        verbs.extend([29, 28]);
    }
    if case.promises.values().any(|made| made.state.is_to_be_kept()) {
        verbs.extend([33, 33, 34]);
    }
    match case.goods {
        Some(Goods::InRepair) => verbs.extend([37, 37, 14, 4]),
        Some(Goods::RepairedOnTheWay(_)) => verbs.extend([13, 13]),
        _ => {}
    }
    if !case.kind.is_decided() {
        verbs.extend([38, 20, 20]);
    }
    verbs.extend([41, 45, 46]);
    verbs.extend(after_the_carrier(case));
    verbs.extend(about_payment(case));
    if !case.reviews.is_empty() {
        verbs.extend([40, 40, 40, 39]);
    }
    verbs
}

/// Acts about what went wrong on the way, covers and visits, also once the case is closed.
pub(super) fn after_the_carrier(case: &Case) -> Vec<u8> {
    let mut verbs = Vec::new();
    if case.exception.is_some() {
        verbs.push(42);
    }
    if case.recourses.values().any(|one| one.stage.is_open()) {
        verbs.extend([43, 43, 44]);
    }
    if case.open_cover_claim().is_some() {
        verbs.extend([45, 45, 45]);
    }
    if case.booked_visit().is_some() {
        verbs.push(46);
    }
    verbs
}

/// Acts about an order that was not paid, also once the case is closed.
pub(super) fn about_payment(case: &Case) -> Vec<u8> {
    case.trade.iter().flat_map(|_| [45; 8]).collect()
}

fn remedies(world: &World, case: &Case) -> Vec<Offered> {
    let found = world.remedies(case).into_iter();
    found.map(|possible| possible.offered).collect()
}

/// A review, by a number.
pub(super) fn some_review(m: u32) -> GivenReview {
    GivenReview {
        review: review_id(&(m % 3).to_string()),
        rating: nth(&[PoorRating::Middling, PoorRating::Bad], m / 3),
        cause: nth(
            &[None, Some(ReviewCause::Goods), Some(ReviewCause::Service)],
            m / 6,
        ),
        text: m.is_multiple_of(2).then(text),
    }
}

/// Everything that is done about a review.
fn about_review(n: u32, m: u32) -> Command {
    let review = review_id(&(m % 3).to_string());
    match n % 8 {
        0 => Command::ReceiveReview(some_review(m)),
        1 => Command::JudgeReview {
            review,
            cause: nth(ReviewCause::ALL, m),
        },
        2 | 3 => Command::EndReview {
            review,
            outcome: nth(ReviewOutcome::ALL, m / 3),
        },
        4 => Command::ExplainReview { review, text: text() },
        5 => Command::PublishExplanation { review },
        _ => Command::LogContact {
            way: ContactWay::Phone,
            reached: m.is_multiple_of(2),
            text: text(),
        },
    }
}

/// Whatever is shown as met can be offered by who has no limit, while anything can be offered at all.
pub(super) fn what_is_shown_can_be_offered(world: &World, label: char) {
    let Some(case) = world.case(label) else { return };
    let state = State {
        case: Some(case.clone()),
        ledger: world.ledger(),
    };
    let envelope = world.envelope(case.id, person(Role::Manager), None);
    for one in remedies(world, case) {
        let pick = Pick {
            clause: one.clause().clone(),
            amount: None,
            compensation: None,
            replacement_sku: None,
        };
        let command = Command::Offer {
            picks: vec![pick],
            text: None,
        };
        let facts = world.facts(&command);
        match decide(&state, &facts, &world.policy, &envelope, &command) {
            Err(Refusal::NotNow { .. } | Refusal::NotMeasured { .. }) => return,
            other => assert_eq!(
                other.is_ok(),
                one.explanation.verdict == Verdict::Met,
                "{}: {other:?}",
                one.clause()
            ),
        }
    }
}

fn offer(world: &World, case: &Case, step: Step) -> Command {
    let mut there = remedies(world, case);
    if step.turn < 240 {
        there.retain(|one| one.explanation.verdict == Verdict::Met);
    }
    let mut picks = Vec::new();
    for at in 0..=step.n % 3 {
        let bits = step.m >> (8 * at);
        let Some(one) = there.get(bits as usize % there.len().max(1)) else {
            break;
        };
        let skus = [None, None, None, Some("pin"), Some("scarf"), Some("coat")];
        picks.push(Pick {
            clause: one.clause().clone(),
            amount: some_amount(bits / 4, one.plan.amount).filter(|_| bits.is_multiple_of(5)),
            compensation: some_amount(bits / 8, one.plan.compensation * 2).filter(|_| bits.is_multiple_of(3)),
            replacement_sku: nth(&skus, bits / 16).map(str::to_owned),
        });
    }
    if picks.is_empty() {
        picks.push(Pick {
            clause: ClauseId::try_from("REM-RETURN".to_owned()).unwrap(),
            amount: None,
            compensation: None,
            replacement_sku: None,
        });
    }
    Command::Offer { picks, text: None }
}

fn finding(step: Step) -> Liability {
    let (n, m) = (step.n, step.m);
    let share = |party, percent| Share { party, percent };
    let first = n % 101;
    Liability {
        shares: match m % 4 {
            0 => Vec::new(),
            1 | 2 => vec![share(nth(Party::ALL, n), 100)],
            _ => vec![share(Party::Shop, first), share(Party::Carrier, 100 - first)],
        },
        cause: None,
        fault: nth(&[None, Some(Fault::Confirmed), Some(Fault::Refuted)], n / 7),
        goods_intact: nth(&[None, Some(true), Some(false)], n / 21),
        grounds: text(),
        evidence: Vec::new(),
        third_party: n.is_multiple_of(2),
    }
}

fn grade(n: u32) -> Option<Grade> {
    Grade::ALL.get(n as usize % 4).copied()
}

fn some_promise(case: Option<&Case>, n: u32) -> u32 {
    let made = case.map_or(0, |case| u32::try_from(case.promises.len()).unwrap());
    n % (made + 1) + u32::from(made > 0)
}

/// An act, by its number.
pub(super) fn command(world: &World, case: Option<&Case>, verb: u8, step: Step) -> Command {
    let (n, m) = (step.n, step.m);
    let last = case.and_then(|case| case.offer.as_ref());
    let number = last.map_or(1, |offer| offer.number) + u32::from(n.is_multiple_of(17));
    match (verb, case) {
        (20, Some(case)) => offer(world, case, step),
        (21, _) => Command::Choose {
            offer: number,
            option: 1 + m % last.map_or(1, |offer| u32::try_from(offer.options.len()).unwrap()),
        },
        (22, _) => Command::DeclineOffer {
            offer: number,
            wish: some_amount(m, 30_000),
            text: None,
        },
        (23, _) => Command::CompleteStep {
            step: 1 + m % 2,
            reference: "STEP".to_owned(),
        },
        (24, _) => Command::EndTrial {
            worked: m.is_multiple_of(2),
            text: None,
        },
        (25, _) => Command::Supply {
            goods_intact: nth(&[None, Some(true), Some(false)], m),
            photos: (n % 2 == 0).then_some(n % 5),
        },
        (26, _) => Command::Find {
            finding: finding(step),
        },
        (27, _) => Command::Assess {
            assessment: Assessment {
                nature: Nature::ALL.get(n as usize % 9).copied(),
                impact: grade(m),
                heat: grade(m / 4),
                spread: grade(m / 16),
            },
        },
        (32, _) => Command::MakePromise {
            text: text(),
            due_at: world.now.plus_millis(i64::from(n % 4_000) * 60_000),
        },
        (33, _) => Command::KeepPromise {
            promise: some_promise(case, n),
        },
        (34, _) => Command::MovePromise {
            promise: some_promise(case, n),
            due_at: world.now.plus_millis(i64::from(m % 4_000) * 60_000),
            text: text(),
        },
        _ => handling(world, verb, step),
    }
}

/// Everything about a claim on a cover.
fn about_cover(n: u32, m: u32) -> Command {
    let provider = nth(&["快修", "快修", "快修", "别家"], m).to_owned();
    let amount = yuan(i64::from(m % 6_000));
    match n % 8 {
        0 | 1 => Command::ClaimCover(CoverRequest {
            cover: cover_id(nth(&[1, 2, 3, 4], n / 8)),
            trouble: nth(Trouble::ALL, m),
            amount,
            text: text(),
            evidence: Vec::new(),
        }),
        2 | 3 => Command::OrderRepair {
            provider,
            reference: "PO".to_owned(),
        },
        4 | 5 => Command::ReportRepair {
            provider,
            fee: amount,
            text: None,
        },
        6 if m.is_multiple_of(3) => Command::DeclineCover { text: text() },
        6 if m.is_multiple_of(7) => Command::DropCover { text: text() },
        _ => Command::SettleCover {
            amount,
            reference: "PAID".to_owned(),
        },
    }
}

/// A visit that is booked, or what became of one.
fn about_visit(world: &World, n: u32, m: u32) -> Command {
    if n.is_multiple_of(2) {
        return Command::EndVisit {
            outcome: nth(VisitOutcome::ALL, m),
            text: None,
        };
    }
    let from = world.now.plus_millis(i64::from(m % 4_000) * 60_000);
    Command::BookVisit {
        from,
        until: from.plus_millis(i64::from(n % 300) * 60_000),
    }
}

/// Everything about a parcel with which something went wrong.
fn recourse(verb: u8, step: Step) -> Command {
    let (n, m) = (step.n, step.m);
    let to = nth(Addressee::ALL, n);
    let amount = |most: u32| yuan(i64::from(m % most));
    match (verb, n % 4) {
        (41, _) => Command::NoteException {
            fault: nth(ParcelFault::ALL, n),
            parcel: parcel(m % 2),
            text: None,
        },
        (42, _) => Command::FileRecourse {
            to,
            amount: (m % 3 > 0).then(|| amount(6_000)),
            carriage: Carriage {
                insured: (n % 5 == 0).then(|| yuan(5_000)),
                freight: (n % 3 == 0).then(|| yuan(1_200)),
            },
            text: text(),
            evidence: if n % 9 == 0 { Vec::new() } else { vec![piece()] },
        },
        (43, 0) => Command::SupplementRecourse {
            to,
            text: text(),
            evidence: Vec::new(),
        },
        (43, _) => Command::AnswerRecourse {
            to,
            answer: match m % 4 {
                0 => RecourseAnswer::MoreWanted,
                1 => RecourseAnswer::Declined,
                _ => RecourseAnswer::Granted {
                    amount: (n % 5 > 0).then(|| amount(3_000)),
                },
            },
            text: None,
        },
        (_, 0) => Command::DropRecourse { to, text: text() },
        _ => Command::ReceiveRecourse {
            to,
            amount: amount(3_000),
            reference: "CLAIM".to_owned(),
        },
    }
}

/// Everything about an order that is not paid.
fn payment(world: &World, step: Step) -> Command {
    let (n, m) = (step.n, step.m);
    let hours = |hours: u32| world.now.plus_millis(i64::from(hours) * 3_600_000);
    match n % 8 {
        0 | 1 => Command::SendOrderLetter,
        2 => Command::RemindPayment {
            pay_by: hours(m % 200),
        },
        3 => Command::ReportNonPayment { text: None },
        4 | 5 => Command::DispatchOrder {
            parcel: m.is_multiple_of(2).then(|| parcel(m)),
        },
        _ => Command::RecordPayment {
            paid_at: world.now.plus_millis(i64::from(m % 3) * -60_000),
            way: nth(PaymentWay::ALL, m),
            bank: m.is_multiple_of(4).then(|| "ICBC".to_owned()),
            amount: some_amount(m / 7, world.order.paid().minor()).unwrap_or(world.order.paid()),
            discount: None,
            reference: (m % 40).to_string(),
        },
    }
}

fn handling(world: &World, verb: u8, step: Step) -> Command {
    let (n, m) = (step.n, step.m);
    match verb {
        28 => Command::PassUp {
            to: nth(
                &[
                    Role::Supervisor,
                    Role::Supervisor,
                    Role::Manager,
                    Role::Admin,
                    Role::Agent,
                ],
                m,
            ),
            passed_for: nth(PassedFor::ALL, n),
            text: None,
        },
        29 => Command::AnswerPassed { text: text() },
        30 => Command::Assign {
            to: (n % 3 > 0).then(|| PersonId::new(moment(-9, 0), [7; 10])),
        },
        31 => Command::Tag {
            add: BTreeSet::from([format!("t{}", n % 25)]),
            remove: BTreeSet::from([format!("t{}", m % 25)]),
        },
        35 => Command::ConfirmArrival,
        36 => Command::Reopen { text: text() },
        37 => Command::ShipRepaired { parcel: parcel(n) },
        38 => Command::Resolve { text: text() },
        41..=44 => recourse(verb, step),
        45 => payment(world, step),
        46 => about_cover(n, m),
        47 => about_visit(world, n, m),
        39 => Command::AddText {
            kind: TextKind::Message,
            text: text(),
        },
        40 => about_review(n, m),
        _ => Command::PayDifference {
            amount: yuan(8_000),
            reference: "D".to_owned(),
        },
    }
}
