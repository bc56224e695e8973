//! Acts of random histories: which fit where a case is, and what numbers make of them.
//!
//! Must not know: what should come of them. Tests: `properties`.

use std::collections::BTreeSet;

use amends_domain::actor::{Actor, Role};
use amends_domain::case::abuse::{RestsOn, SignalKind};
use amends_domain::case::clock::{Clock, Stage};
use amends_domain::case::review::ReviewOutcome;
use amends_domain::case::trade::Trade;
use amends_domain::case::{Case, Channel, Dispute, Goods, Kind, MoneyState, Parcel, Request, Ruling, Side};
use amends_domain::command::{Command, LineFinding, LineUnits, OpenCase, PaymentAnswer, TextKind};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::effect::Effect;
use amends_domain::ids::TextId;
use amends_domain::ledger::{OrderLedger, UnitAccount};
use amends_domain::money::Money;

use super::{Step, beyond};
use crate::harness::{World, buyer, moment, person, yuan};
use crate::language::piece;

pub(super) fn text() -> TextRef {
    TextRef {
        id: TextId::new(moment(0, 0), [5; 10]),
        digest: Digest::of(&[b"text"]),
    }
}

pub(super) fn parcel(n: u32) -> Parcel {
    Parcel {
        carrier: "SF".to_owned(),
        waybill: n.to_string(),
    }
}

pub(super) fn some_amount(n: u32, most: i64) -> Option<Money> {
    match n % 6 {
        0..=2 => None,
        3 => Some(yuan(i64::from(n / 6) % (most.max(0) + 1))),
        4 => Some(yuan(most.max(0))),
        _ => Some(yuan(most.max(0) + i64::from(n / 6 % 3))),
    }
}

const KINDS: [Kind; 10] = [
    Kind::RefundOnly,
    Kind::ReturnAndRefund,
    Kind::ReturnAndRefund,
    Kind::Exchange,
    Kind::Exchange,
    Kind::Repair,
    Kind::Reissue,
    Kind::Compensation,
    Kind::Consultation,
    Kind::Complaint,
];
const REASONS: [&str; 10] = [
    "quality",
    "quality",
    "not_as_described",
    "no_reason",
    "damaged",
    "regret",
    "wrong_item",
    "not_received",
    "late_dispatch",
    "nonsense",
];
/// What an exchange may ask for; nobody sells a unicorn.
const SKUS: [Option<&str>; 7] = [
    None,
    None,
    Some("dress"),
    Some("pin"),
    Some("scarf"),
    Some("coat"),
    Some("unicorn"),
];

/// The n-th of a list, over and over.
pub(super) fn nth<T: Copy>(list: &[T], n: u32) -> T {
    list[n as usize % list.len()]
}

/// Some lines, with units that are free, or nearly.
pub(super) fn some_lines(world: &World, step: Step) -> Vec<LineUnits> {
    let m = step.m;
    let mut lines = Vec::new();
    for (at, line) in (0_u32..).zip(&world.order.lines) {
        let free = u32::try_from(world.ledger.free_units(line.id).count()).unwrap();
        let sensible = step.turn < 230;
        let first_of_none = at == 0 && m.is_multiple_of(8) || sensible && lines.is_empty();
        if m >> at & 1 == 0 && !first_of_none || sensible && free == 0 {
            continue;
        }
        let units = (m >> (4 + 4 * at)) % (free + 1);
        lines.push(LineUnits {
            line: line.id,
            units: if sensible { units.max(1) } else { units },
        });
    }
    lines
}

/// What is left of the free units that these lines would claim.
pub(super) fn left_of(world: &World, lines: &[LineUnits]) -> i64 {
    let mut left = 0;
    for line in lines {
        let free = world.ledger.free_units(line.line).take(line.units as usize);
        let units = free.filter_map(|unit| world.ledger.unit((line.line, unit)));
        left += units.map(UnitAccount::left).sum::<i64>();
    }
    left
}

fn open(world: &World, step: Step) -> OpenCase {
    let n = step.n;
    let whole = world.policy.clock(Clock::Repair).is_some();
    let rescue = n.is_multiple_of(13) && world.policy.clock(Clock::ReviewContact).is_some();
    let measured = world.policy.clock(Clock::OrderLetter).is_some();
    let unpaid = world.order.paid_at.is_none() && measured && !n.is_multiple_of(5);
    let rescue = rescue && !unpaid;
    let kind = if unpaid {
        Kind::UnpaidOrder
    } else if rescue {
        Kind::ReviewRescue
    } else {
        nth(if whole { &KINDS } else { &KINDS[..5] }, n)
    };
    let exchange = kind == Kind::Exchange;
    let mut lines = some_lines(world, step);
    if !kind.is_decided() && (n.is_multiple_of(3) || kind.is_shops_own()) {
        lines.clear();
    }
    let with_freight = n.is_multiple_of(7);
    let freight = if with_freight {
        world.ledger.freight_left()
    } else {
        0
    };
    let most = left_of(world, &lines) + freight;
    OpenCase {
        lines,
        amount: some_amount(n / 100, most).filter(|_| kind.asks_money()),
        replacement_sku: nth(&SKUS, n / 100).filter(|_| exchange).map(str::to_owned),
        goods_intact: nth(&[None, Some(true), Some(false)], n / 700),
        photos: n / 2_100 % 3,
        new_fault: !n.is_multiple_of(11),
        refused_parcel: (kind == Kind::ReturnAndRefund && n.is_multiple_of(5)).then(|| parcel(n)),
        channel: nth(Channel::ALL, n / 6_300),
        review: rescue.then(|| beyond::some_review(step.m)),
        ..OpenCase::about(kind, if unpaid { "unpaid" } else { nth(&REASONS, n / 10) })
    }
}

/// Findings that add up, or nearly.
fn findings(case: &Case, step: Step) -> Vec<LineFinding> {
    let mut lines: Vec<LineFinding> = Vec::new();
    for (at, (line, _)) in (0_u32..).zip(&case.claim.units) {
        if lines.last().is_none_or(|last| last.line != *line) {
            lines.push(LineFinding {
                line: *line,
                accepted: 0,
                rejected: 0,
                missing: 0,
            });
        }
        let last = lines.last_mut().unwrap();
        match step.m >> (2 * (at % 16)) & 3 {
            0 | 1 => last.accepted += 1,
            2 => last.rejected += 1,
            _ => last.missing += 1,
        }
    }
    if step.turn == 255 {
        lines.pop();
    }
    lines
}

/// Everything that is done about a dispute beside ruling it.
fn before_platform(n: u32) -> Command {
    let by = if n.is_multiple_of(2) {
        Side::Buyer
    } else {
        Side::Shop
    };
    match n % 5 {
        0 | 1 => Command::AskIntervention { by, text: None },
        2 => Command::WithdrawIntervention,
        3 => Command::SubmitStatement {
            by,
            text: text(),
            evidence: Vec::new(),
        },
        _ => Command::Appeal { by, text: text() },
    }
}

fn about_abuse(m: u32) -> Command {
    match m % 4 {
        0 => Command::ContestAbuse { text: text() },
        1 => Command::SettleAbuse {
            upheld: m.is_multiple_of(5),
            text: text(),
        },
        _ => Command::NoteAbuse {
            grounds: text(),
            rests_on: RestsOn {
                signals: [nth(SignalKind::ALL, m / 4)].into(),
                ..RestsOn::default()
            },
            listings: BTreeSet::new(),
        },
    }
}

fn answer(world: &World, label: char, step: Step) -> Command {
    let asks = world.cases.get(&label).map_or(&[][..], |tracked| &tracked.asks);
    // Mostly the last ask, sometimes one long past.
    let back = if step.m.is_multiple_of(4) {
        step.m as usize / 4
    } else {
        0
    };
    let ask = asks
        .len()
        .checked_sub(1)
        .map(|last| &asks[last - back % asks.len()]);
    let (refund, attempt) = match ask {
        Some(Effect::SendRefund { refund, attempt, .. } | Effect::QueryRefund { refund, attempt, .. }) => {
            (*refund, *attempt)
        }
        None => (step.n % 3, step.m % 3),
    };
    let code = || "E-7".to_owned();
    Command::AnswerPayment {
        refund,
        attempt,
        answer: match step.n % 6 {
            0 | 1 => PaymentAnswer::Paid {
                reference: "P".to_owned(),
            },
            2 | 3 => PaymentAnswer::TryAgain { code: code() },
            4 => PaymentAnswer::Declined { code: code() },
            _ => PaymentAnswer::Unknown,
        },
    }
}

/// Acts that fit where the case is, as numbers of [`command`].
fn fitting(case: Option<&Case>) -> Vec<u8> {
    let Some(case) = case else { return vec![0] };
    let mut verbs = Vec::new();
    match case.request {
        Request::Applied if !case.kind.is_decided() => verbs.push(4),
        Request::Applied => verbs.extend([1, 1, 1, 1, 2, 2, 2, 4]),
        Request::Refused if case.dispute == Some(Dispute::Asked) => verbs.extend([16, 16, 1, 4]),
        Request::Refused => verbs.extend([3, 3, 15, 15, 1, 4]),
        Request::Approved => {}
        Request::Closed(_) if !case.paid_by_hand.is_empty() => return vec![10],
        Request::Closed(_) => {
            let closed = vec![17, 10, 18, 32, 33, 34, 35, 36, 36, 36, 39, 41];
            return [
                closed,
                beyond::after_the_carrier(case),
                beyond::about_payment(case),
            ]
            .concat();
        }
    }
    match case.goods {
        Some(Goods::ToShip) => verbs.extend([5, 5, 5, 6]),
        Some(Goods::OnTheWay(_)) => verbs.extend([6, 6, 6, 5]),
        Some(Goods::ReplacementToShip) => verbs.extend([12, 12, 14]),
        Some(Goods::ReplacementOnTheWay(_)) => verbs.push(13),
        _ => {}
    }
    match case.money {
        Some(MoneyState::Due) => verbs.push(8),
        Some(MoneyState::Ordered) => verbs.extend([10, 10, 10]),
        Some(MoneyState::Unknown) => verbs.extend([9, 10, 10]),
        Some(MoneyState::Failed) => verbs.extend([8, 9, 10]),
        Some(MoneyState::DifferenceOwed) => verbs.extend([11, 11, 11, 14]),
        _ => {}
    }
    if !case.to_send_back.is_empty() {
        verbs.push(7);
    }
    verbs.extend(beyond::fitting(case));
    if verbs.is_empty() {
        verbs.push(18);
    }
    verbs
}

pub(super) fn command(world: &World, label: char, step: Step) -> Command {
    let case = world.case(label);
    let (n, m) = (step.n, step.m);
    let verb = if step.turn < 200 {
        let fitting = fitting(case);
        fitting[usize::from(step.verb) % fitting.len()]
    } else {
        step.verb % (beyond::LAST + 1)
    };
    let claimed = case.map_or(0, |case| case.claim.amount);
    match verb {
        0 => Command::Open(open(world, step)),
        1 => Command::Approve {
            compensation: (n % 3 == 0).then(|| yuan(i64::from(m % 2_000))),
        },
        2 => Command::Refuse {
            reason: if n % 9 == 0 { "because" } else { "used" }.to_owned(),
            text: None,
        },
        3 => Command::Renew {
            amount: some_amount(n, claimed),
            text: None,
        },
        4 => Command::Withdraw,
        5 => Command::ShipReturn { parcel: parcel(n) },
        6 => Command::Inspect {
            findings: case.map_or_else(Vec::new, |case| findings(case, step)),
            return_freight: (n % 3 == 0).then(|| yuan(i64::from(n / 3 % 2_600))),
            text: (n % 7 != 0).then(text),
            evidence: if n % 5 == 0 { Vec::new() } else { vec![piece()] },
        },
        7 => Command::SendBack { parcel: parcel(n) },
        8 => Command::Refund,
        9 => Command::RecordRefund {
            reference: "HAND".to_owned(),
        },
        10 => answer(world, label, step),
        11 => Command::PayDifference {
            amount: yuan(case.map_or(0, |case| case.difference) + i64::from(n % 5 == 0)),
            reference: "D".to_owned(),
        },
        12 => Command::ShipReplacement { parcel: parcel(n) },
        13 => Command::ConfirmReplacement,
        14 => Command::ConvertToRefund,
        15 => before_platform(n),
        16 => Command::Rule {
            text: None,
            ruling: match n % 3 {
                0 => Ruling::ForBuyer,
                1 => Ruling::ForShop,
                _ => Ruling::InPart {
                    amount: i64::from(m) % (claimed + 2),
                },
            },
        },
        17 => Command::RecordFollowUp {
            score: [None, Some(5), Some(6)][n as usize % 3],
            text: None,
        },
        18 if n.is_multiple_of(3) => about_abuse(m),
        18 => Command::AddText {
            kind: TextKind::Note,
            text: text(),
        },
        19 => Command::DeadlinePassed {
            clock: nth(Clock::ALL, n),
            stage: Stage::Expiry,
            generation: m % 20,
        },
        _ => beyond::command(world, case, verb, step),
    }
}

/// Who would usually do it; now and then somebody else.
pub(super) fn actor(command: &Command, step: Step) -> Actor {
    if step.turn % 16 == 15 {
        let others = [
            Actor::Buyer(buyer(1)),
            Actor::Buyer(buyer(2)),
            Actor::Deadlines,
            Actor::Outbox,
        ];
        let at = step.n as usize / 7 % (others.len() + Role::ALL.len());
        return others
            .get(at)
            .copied()
            .unwrap_or_else(|| person(Role::ALL[at - others.len()]));
    }
    match command {
        Command::AnswerPayment { .. } => Actor::Outbox,
        Command::DeadlinePassed { .. } => Actor::Deadlines,
        Command::Open(open) if open.kind.is_shops_own() => person(Role::Machine),
        Command::Open(_)
        | Command::Renew { .. }
        | Command::Withdraw
        | Command::ShipReturn { .. }
        | Command::Choose { .. }
        | Command::DeclineOffer { .. }
        | Command::ContestAbuse { .. } => Actor::Buyer(buyer(1)),
        Command::AddText {
            kind: TextKind::Message,
            ..
        } if step.m.is_multiple_of(2) => Actor::Buyer(buyer(1)),
        Command::EndTrial { .. } | Command::Supply { .. } if step.m.is_multiple_of(2) => {
            Actor::Buyer(buyer(1))
        }
        Command::SettleAbuse { .. } if !step.m.is_multiple_of(7) => person(Role::Manager),
        Command::Rule { .. } if step.m.is_multiple_of(2) => person(Role::Mediator),
        Command::RecordRefund { .. }
        | Command::PayDifference { .. }
        | Command::Rule { .. }
        | Command::ReceiveRecourse { .. }
        | Command::RecordPayment { .. }
        | Command::SettleCover { .. }
        | Command::NoteAbuse { .. }
        | Command::SettleAbuse { .. } => person(Role::Supervisor),
        _ if step.turn.is_multiple_of(4) => person(Role::Supervisor),
        _ => person(Role::Agent),
    }
}

/// Everything that was claimed, found in order.
fn accepted(case: &Case) -> Vec<LineFinding> {
    let mut found: Vec<LineFinding> = Vec::new();
    for (line, _) in &case.claim.units {
        match found.last_mut().filter(|last| last.line == *line) {
            Some(last) => last.accepted += 1,
            None => found.push(LineFinding {
                line: *line,
                accepted: 1,
                rejected: 0,
                missing: 0,
            }),
        }
    }
    found
}

/// What somebody of unlimited authority does about a case that was escalated to him.
pub(super) fn supervised(case: &Case, ledger: &OrderLedger, choice: u32) -> Command {
    let pick = choice.is_multiple_of(2);
    let undone = case.steps.iter().position(|step| step.done.is_none());
    let standing = case.promises.iter().find(|(_, made)| made.state.is_to_be_kept());
    match (&case.request, &case.goods, case.money) {
        (Request::Applied | Request::Refused, ..) if case.trial.is_some() => Command::EndTrial {
            worked: pick,
            text: None,
        },
        // What was paid and all given back is not sent any more.
        (Request::Applied, ..) if case.trade_waits(Trade::is_paid) && !ledger.is_given_back() => {
            Command::DispatchOrder { parcel: None }
        }
        (Request::Applied, ..) if case.trade.is_some() => Command::Withdraw,
        (Request::Applied, ..) if !case.kind.is_decided() => match standing {
            Some((promise, _)) => Command::KeepPromise { promise: *promise },
            None => match case.reviews.iter().find(|one| one.outcome.is_none()) {
                Some(open) => Command::EndReview {
                    review: open.given.review,
                    outcome: ReviewOutcome::Unchanged,
                },
                None => Command::Resolve { text: text() },
            },
        },
        (Request::Applied, ..) => Command::Approve { compensation: None },
        (Request::Refused, ..) if case.dispute.is_none() => Command::Withdraw,
        (Request::Refused, ..) => ruled(pick),
        (_, _, Some(MoneyState::Due)) => Command::Refund,
        (_, _, Some(MoneyState::Failed)) if pick => Command::Refund,
        (_, _, Some(MoneyState::Failed | MoneyState::Unknown)) => Command::RecordRefund {
            reference: "HAND".to_owned(),
        },
        (_, Some(Goods::ReplacementToShip | Goods::InRepair), money)
            if pick || money == Some(MoneyState::DifferenceOwed) =>
        {
            Command::ConvertToRefund
        }
        (_, Some(Goods::ReplacementToShip), _) => Command::ShipReplacement { parcel: parcel(1) },
        (_, Some(Goods::InRepair), _) => Command::ShipRepaired { parcel: parcel(3) },
        (_, Some(Goods::ReplacementOnTheWay(_) | Goods::RepairedOnTheWay(_)), _) => {
            Command::ConfirmReplacement
        }
        (_, Some(Goods::ToShip), _) if pick => Command::Withdraw,
        (_, Some(Goods::ToShip | Goods::OnTheWay(_)), _) => Command::Inspect {
            findings: accepted(case),
            return_freight: None,
            text: None,
            evidence: Vec::new(),
        },
        // Over goods it did not accept, the platform rules before anything goes back.
        _ if case.awaits_ruling() => ruled(pick),
        _ if !case.to_send_back.is_empty() => Command::SendBack { parcel: parcel(2) },
        _ => Command::CompleteStep {
            step: undone.map_or(0, |at| u32::try_from(at).unwrap() + 1),
            reference: "STEP".to_owned(),
        },
    }
}

fn ruled(for_buyer: bool) -> Command {
    Command::Rule {
        ruling: if for_buyer {
            Ruling::ForBuyer
        } else {
            Ruling::ForShop
        },
        text: None,
    }
}
