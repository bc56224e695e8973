//! Random histories: several cases on one order, several actors, any order of things, a provider that
//! answers late, twice or not at all. The invariants are proved after every step by the harness.
//!
//! Must not know: which command may follow which; most steps are sensible, some are not.

use amends_domain::actor::{Actor, Role};
use amends_domain::case::{Case, Channel, Dispute, Goods, Kind, MoneyState, Parcel, Request, Ruling};
use amends_domain::command::{Command, LineFinding, LineUnits, OpenCase, PaymentAnswer, TextKind};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::effect::Effect;
use amends_domain::event::Event;
use amends_domain::facts::Product;
use amends_domain::ids::TextId;
use amends_domain::ledger::UnitAccount;
use amends_domain::money::Money;
use amends_domain::policy::set::PolicySet;
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::harness::{Bought, Got, PACKS, World, buyer, demo_set, moment, order, person, set_of, yuan};
use crate::invariants;

/// One act, as numbers; what they mean depends on where the case is.
#[derive(Debug, Clone, Copy)]
struct Step {
    case: u8,
    /// Below 200 a sensible act, above any.
    turn: u8,
    verb: u8,
    n: u32,
    m: u32,
    /// Minutes that pass before it.
    wait: i64,
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let wait = prop_oneof![16 => 0..90_i64, 3 => 0..3_000_i64, 1 => 0..30_000_i64];
    let step = (
        0..5_u8,
        any::<u8>(),
        any::<u8>(),
        any::<u32>(),
        any::<u32>(),
        wait,
    );
    let step = step.prop_map(|(case, turn, verb, n, m, wait)| Step {
        case,
        turn,
        verb,
        n,
        m,
        wait,
    });
    prop::collection::vec(step, 1..most)
}

/// The demo shop's policy, and one under which nothing ends by itself and everything calls a person.
fn policies() -> [PolicySet; 2] {
    let outcomes = ["approve", "close", "confirm", "refund"];
    let escalating = PACKS.map(|pack| {
        outcomes.iter().fold(pack.to_owned(), |pack, outcome| {
            let ends = format!("on_expiry = \"{outcome}\"");
            pack.replace(&ends, "on_expiry = \"escalate\"")
        })
    });
    [demo_set(), set_of(&escalating)]
}

fn world() -> impl Strategy<Value = World> {
    let policies = policies();
    let line = (1..4_u32, 0..30_000_i64);
    let lines = prop::collection::vec(line, 1..4);
    let got = prop_oneof![1 => Just(Got::Paid), 1 => Just(Got::Dispatched), 6 => Just(Got::Delivered)];
    let limit = prop::option::weighted(0.3, 0..40_000_i64);
    (lines, 0..=100_i64, 0..2_000_i64, got, limit, 0..4_usize).prop_map(
        move |(lines, percent, freight, got, limit, policy)| {
            let names = ["dress", "belt", "gift"];
            let total: i64 = lines.iter().map(|(units, price)| i64::from(*units) * price).sum();
            let bought: Vec<Bought> = names
                .iter()
                .zip(&lines)
                .map(|(name, (units, price))| Bought::of(name, *units, *price))
                .collect();
            // Every discount once in a while, small ones mostly.
            let discount = total * percent * percent / 10_000;
            let mut world = World::new(
                policies[policy / 3].clone(),
                order(&bought, discount, freight, got),
            );
            world.agent_limit = limit.map(yuan);
            world.supervisor_limit = limit.filter(|limit| limit % 2 == 0).map(|limit| yuan(limit * 2));
            for (sku, price) in [("pin", 1), ("scarf", 5_000), ("coat", 29_900)] {
                world.products.push(Product {
                    sku: sku.to_owned(),
                    title: sku.to_owned(),
                    price: yuan(price),
                });
            }
            world
        },
    )
}

fn text() -> TextRef {
    TextRef {
        id: TextId::new(moment(0, 0), [5; 10]),
        digest: Digest::of(&[b"text"]),
    }
}

fn parcel(n: u32) -> Parcel {
    Parcel {
        carrier: "SF".to_owned(),
        waybill: n.to_string(),
    }
}

fn some_amount(n: u32, most: i64) -> Option<Money> {
    match n % 6 {
        0..=2 => None,
        3 => Some(yuan(i64::from(n / 6) % (most.max(0) + 1))),
        4 => Some(yuan(most.max(0))),
        _ => Some(yuan(most.max(0) + i64::from(n / 6 % 3))),
    }
}

const KINDS: [Kind; 5] = [
    Kind::RefundOnly,
    Kind::ReturnAndRefund,
    Kind::ReturnAndRefund,
    Kind::Exchange,
    Kind::Exchange,
];
const REASONS: [&str; 6] = [
    "quality",
    "quality",
    "not_as_described",
    "no_reason",
    "damaged",
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
fn nth<T: Copy>(list: &[T], n: u32) -> T {
    list[n as usize % list.len()]
}

/// Some lines, with units that are free, or nearly.
fn some_lines(world: &World, step: Step) -> Vec<LineUnits> {
    let m = step.m;
    let mut lines = Vec::new();
    for (at, line) in (0_u32..).zip(&world.order.lines) {
        let first_of_none = at == 0 && m.is_multiple_of(8);
        if m >> at & 1 == 0 && !first_of_none {
            continue;
        }
        let free = u32::try_from(world.ledger.free_units(line.id).count()).unwrap();
        let units = (m >> (4 + 4 * at)) % (free + 1);
        lines.push(LineUnits {
            line: line.id,
            units: if step.turn < 230 { units.max(1) } else { units },
        });
    }
    lines
}

/// What is left of the free units that these lines would claim.
fn left_of(world: &World, lines: &[LineUnits]) -> i64 {
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
    let kind = nth(&KINDS, n);
    let exchange = kind == Kind::Exchange;
    let lines = some_lines(world, step);
    let with_freight = n.is_multiple_of(7);
    let freight = if with_freight {
        world.ledger.freight_left()
    } else {
        0
    };
    let most = left_of(world, &lines) + freight;
    OpenCase {
        kind,
        reason: nth(&REASONS, n / 5).to_owned(),
        lines,
        amount: some_amount(n / 30, most).filter(|_| !exchange),
        replacement_sku: nth(&SKUS, n / 30).filter(|_| exchange).map(str::to_owned),
        goods_intact: nth(&[None, Some(true), Some(false)], n / 210),
        photos: n / 630 % 3,
        text: None,
        buyer: None,
        new_fault: true,
        refused_parcel: None,
        channel: Channel::Page,
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
        Request::Applied => verbs.extend([1, 1, 1, 1, 2, 2, 2, 4]),
        Request::Refused if case.dispute == Some(Dispute::Asked) => verbs.extend([16, 16, 1, 4]),
        Request::Refused => verbs.extend([3, 3, 15, 15, 1, 4]),
        Request::Approved => {}
        Request::Closed(_) if !case.paid_by_hand.is_empty() => return vec![10],
        Request::Closed(_) => return vec![17, 10, 18],
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
    if verbs.is_empty() {
        verbs.push(18);
    }
    verbs
}

fn command(world: &World, label: char, step: Step) -> Command {
    let case = world.case(label);
    let (n, m) = (step.n, step.m);
    let verb = if step.turn < 200 {
        let fitting = fitting(case);
        fitting[usize::from(step.verb) % fitting.len()]
    } else {
        step.verb % 20
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
            text: None,
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
        15 => Command::AskIntervention { text: None },
        16 => Command::Rule {
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
        18 => Command::AddText {
            kind: TextKind::Note,
            text: text(),
        },
        _ => Command::DeadlinePassed {
            clock: amends_domain::case::clock::Clock::ALL[n as usize % 10],
            stage: amends_domain::case::clock::Stage::Expiry,
            generation: m % 20,
        },
    }
}

/// Who would usually do it; now and then somebody else.
fn actor(command: &Command, step: Step) -> Actor {
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
        Command::Open(_) | Command::Renew { .. } | Command::Withdraw | Command::ShipReturn { .. } => {
            Actor::Buyer(buyer(1))
        }
        Command::Rule { .. } if step.m.is_multiple_of(2) => person(Role::Mediator),
        Command::RecordRefund { .. } | Command::PayDifference { .. } | Command::Rule { .. } => {
            person(Role::Supervisor)
        }
        _ if step.turn.is_multiple_of(4) => person(Role::Supervisor),
        _ => person(Role::Agent),
    }
}

/// Plays the steps; deadlines are told in time, or pile up and are told in a heap.
fn play(world: &mut World, steps: &[Step]) {
    for step in steps {
        let to = world.now.plus_millis(step.wait * 60_000);
        if step.turn % 5 == 4 {
            world.now = to;
        } else {
            world.advance(to, &mut |_, _, _| {});
        }
        let label = char::from(b'A' + step.case);
        let command = command(world, label, *step);
        let seen = world.case(label).map_or(0, |case| case.terms);
        let if_terms = match step.turn % 8 {
            0 => Some(seen),
            1 if step.m % 8 == 0 => Some(seen + 1),
            _ => None,
        };
        let before = (world.case(label).cloned(), world.ledger.clone());
        if world
            .give(label, actor(&command, *step), &command, if_terms)
            .is_err()
        {
            assert_eq!(before, (world.case(label).cloned(), world.ledger.clone()));
        }
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
fn supervised(case: &Case, choice: u32) -> Command {
    let pick = choice.is_multiple_of(2);
    match (&case.request, &case.goods, case.money) {
        (Request::Applied, ..) => Command::Approve { compensation: None },
        (Request::Refused, ..) if case.dispute.is_none() => Command::Withdraw,
        (Request::Refused, ..) => Command::Rule {
            ruling: if pick { Ruling::ForBuyer } else { Ruling::ForShop },
        },
        (_, _, Some(MoneyState::Due)) => Command::Refund,
        (_, _, Some(MoneyState::Failed)) if pick => Command::Refund,
        (_, _, Some(MoneyState::Failed | MoneyState::Unknown)) => Command::RecordRefund {
            reference: "HAND".to_owned(),
        },
        (_, Some(Goods::ReplacementToShip), Some(MoneyState::DifferenceOwed)) => Command::ConvertToRefund,
        (_, Some(Goods::ReplacementToShip), _) if pick => Command::ConvertToRefund,
        (_, Some(Goods::ReplacementToShip), _) => Command::ShipReplacement { parcel: parcel(1) },
        (_, Some(Goods::ReplacementOnTheWay(_)), _) => Command::ConfirmReplacement,
        (_, Some(Goods::ToShip), _) if pick => Command::Withdraw,
        (_, Some(Goods::ToShip | Goods::OnTheWay(_)), _) => Command::Inspect {
            findings: accepted(case),
            return_freight: None,
            text: None,
        },
        _ => Command::SendBack { parcel: parcel(2) },
    }
}

/// Lets every clock run out, the provider pay what it was not silent about, and people act: every case
/// must end.
fn drain(world: &mut World, choices: &[u32]) {
    let labels: Vec<char> = world.cases.keys().copied().collect();
    for round in 0..120_usize {
        let choice = choices[round % choices.len()];
        let asked = labels.iter().copied().find(|label| {
            let money = world.case(*label).and_then(|case| case.money);
            money == Some(MoneyState::Ordered)
                || money == Some(MoneyState::Unknown) && choice.is_multiple_of(5)
        });
        let events = if let Some(label) =
            asked.filter(|_| !choice.is_multiple_of(3) || world.next_deadline().is_none())
        {
            let refund = world.case(label).unwrap().refund.clone().unwrap();
            let command = Command::AnswerPayment {
                refund: refund.number,
                attempt: refund.attempt,
                answer: PaymentAnswer::Paid {
                    reference: "P".to_owned(),
                },
            };
            world.give(label, Actor::Outbox, &command, None).unwrap()
        } else if let Some(waiting) = world.next_deadline() {
            world.tell(waiting)
        } else {
            let open = labels
                .iter()
                .find(|label| world.case(**label).is_some_and(|case| !case.is_closed()));
            let Some(label) = open else { return };
            let case = world.case(*label).unwrap();
            assert!(case.escalated_to.is_some(), "{label} has no way out: {case:?}");
            let command = supervised(case, choice);
            world.give(*label, person(Role::Manager), &command, None).unwrap()
        };
        assert!(!events.is_empty());
    }
    panic!("the cases do not end: {:?}", world.cases);
}

fn bytes(world: &World) -> Vec<Vec<u8>> {
    world.history.iter().map(|(_, _, event)| event.encode()).collect()
}

proptest! {
    #![proptest_config(Config { cases: Config::default().cases * 4, failure_persistence: None, ..Config::default() })]

    /// Whatever happens, nothing is paid or returned twice, and every case comes to an end.
    #[test]
    fn any_history_keeps_the_books_and_has_a_way_out(
        mut world in world(),
        steps in steps(48),
        choices in prop::collection::vec(any::<u32>(), 1..24),
    ) {
        play(&mut world, &steps);
        drain(&mut world, &choices);
        invariants::rebuilt(&world);
        let ledger = &world.ledger;
        let held: i64 = ledger.lines.iter().flat_map(|line| &line.units).map(|unit| unit.held).sum();
        prop_assert_eq!((held, ledger.freight.held, ledger.return_freight.held, ledger.compensation.held), (0, 0, 0, 0));
        prop_assert!(ledger.refund_total() <= world.order.paid().minor() + ledger.difference_paid);
        prop_assert!(ledger.lines.iter().flat_map(|line| &line.units).all(|unit| unit.claim.is_none()));
    }

    /// The same acts give the same bytes.
    #[test]
    fn the_same_acts_give_the_same_bytes(world in world(), steps in steps(24)) {
        let (mut once, mut again) = (world.clone(), world);
        play(&mut once, &steps);
        play(&mut again, &steps);
        prop_assert_eq!(bytes(&once), bytes(&again));
    }

    /// Refunded unit by unit, in any order and in any parts, the whole comes back to the fen, and the
    /// freight once.
    #[test]
    fn any_way_of_refunding_everything_gives_back_what_was_paid(
        world in world(),
        parts in prop::collection::vec((any::<u32>(), any::<u32>()), 0..12),
    ) {
        let mut world = world;
        let mut label = 'A';
        for (n, m) in parts.iter().copied().map(Some).chain([None]).map(Option::unwrap_or_default) {
            let last = label == char::from(b'A' + u8::try_from(parts.len()).unwrap());
            let lines = world.order.lines.iter().zip(0_u32..);
            let lines: Vec<LineUnits> = lines
                .filter(|(_, at)| last || m >> at & 1 == 1)
                .map(|(line, at)| {
                    let units = line.units();
                    LineUnits { line: line.id, units: if last { units } else { m >> (4 * at + 4) & 15 }.clamp(1, units) }
                })
                .collect();
            let whole = world.order.paid().minor() - world.ledger.refund_total();
            let command = Command::Open(OpenCase {
                kind: Kind::RefundOnly,
                reason: "quality".to_owned(),
                lines,
                amount: if last { Some(yuan(whole)) } else { some_amount(n, whole) },
                replacement_sku: None,
                goods_intact: None,
                photos: 0,
                text: None,
                buyer: None,
                new_fault: true,
                refused_parcel: None,
                channel: Channel::Page,
            });
            let opened = world.give(label, Actor::Buyer(buyer(1)), &command, None);
            if last && whole > 0 {
                prop_assert!(opened.is_ok(), "{opened:?}");
            }
            if opened.is_ok() {
                let approve = Command::Approve { compensation: None };
                world.give(label, person(Role::Manager), &approve, None).unwrap();
                let paid = Command::AnswerPayment { refund: 1, attempt: 1, answer: PaymentAnswer::Paid { reference: "P".to_owned() } };
                let events = world.give(label, Actor::Outbox, &paid, None).unwrap();
                let closed = events.iter().any(|event| matches!(event, Event::Closed { .. }));
                prop_assert!(closed, "{events:?}");
            }
            label = char::from_u32(u32::from(label) + 1).unwrap();
        }
        prop_assert_eq!(world.ledger.refund_total(), world.order.paid().minor());
        prop_assert_eq!(world.ledger.freight.posted, world.order.freight_paid_minor);
        for line in &world.order.lines {
            for (at, paid) in (0..).zip(&line.unit_paid_minor) {
                prop_assert_eq!(world.ledger.unit((line.id, at)).unwrap().refunded, *paid);
            }
        }
    }
}
