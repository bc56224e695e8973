//! Random histories: several cases on one order, several actors, any order of things, a provider that
//! answers late, twice or not at all. The invariants are proved after every step by the harness.
//!
//! Must not know: which command may follow which; most steps are sensible, some are not.

mod acts;
mod beyond;

use amends_domain::actor::{Actor, Role};
use amends_domain::case::{Kind, MoneyState};
use amends_domain::command::{Command, LineUnits, OpenCase, PaymentAnswer};
use amends_domain::event::Event;
use amends_domain::facts::Product;
use amends_domain::policy::set::PolicySet;
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::harness::{
    BEYOND, Bought, Got, PACKS, World, buyer, demo_set, order, person, set_of, whole_set, yuan,
};
use crate::invariants;
use crate::language::warranty;
use crate::trade::traded_set;
use acts::{actor, command, some_amount, supervised};

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
    let wait = prop_oneof![26 => 0..90_i64, 3 => 0..3_000_i64, 1 => 0..30_000_i64];
    let step = (
        // Mostly one of two cases, so that they get far; sometimes a third or fourth.
        prop_oneof![3 => 0..2_u8, 1 => 0..4_u8],
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

/// Everything that comes along, the demo shop's policy, and both once more so that nothing ends by itself
/// and everything calls a person.
fn policies() -> [PolicySet; 5] {
    let outcomes = ["approve", "close", "confirm", "refund"];
    let escalating = |pack: &&str| {
        outcomes.iter().fold((*pack).to_owned(), |pack, outcome| {
            let ends = format!("on_expiry = \"{outcome}\"");
            pack.replace(&ends, "on_expiry = \"escalate\"")
        })
    };
    let all = [&PACKS[..], &BEYOND[..]].concat();
    let escalates = |packs: &[&str]| set_of(&packs.iter().map(escalating).collect::<Vec<_>>());
    [
        whole_set(),
        demo_set(),
        escalates(&PACKS),
        escalates(&all),
        traded_set(),
    ]
}

fn world() -> impl Strategy<Value = World> {
    let policies = policies();
    let line = (1..4_u32, 0..30_000_i64);
    let lines = prop::collection::vec(line, 1..4);
    let got = prop_oneof![1 => Just(Got::Unpaid), 1 => Just(Got::Paid), 2 => Just(Got::Dispatched), 12 => Just(Got::Delivered)];
    let limit = prop::option::weighted(0.3, 0..40_000_i64);
    let policy = prop_oneof![4 => Just(0_usize), 2 => Just(1_usize), 1 => Just(2_usize), 2 => Just(3_usize), 3 => Just(4_usize)];
    (lines, 0..=100_i64, 0..2_000_i64, got, limit, policy, any::<u32>()).prop_map(
        move |(lines, percent, freight, got, limit, policy, about)| {
            let names = ["dress", "belt", "gift"];
            let total: i64 = lines.iter().map(|(units, price)| i64::from(*units) * price).sum();
            let bought: Vec<Bought> = names
                .iter()
                .zip(&lines)
                .zip([0, 3, 6])
                .map(|((name, (units, price)), shift)| {
                    let mut line = Bought::of(name, *units, *price);
                    let categories = ["clothing", "electronics", "skincare", "appliance"];
                    acts::nth(&categories, about >> shift).clone_into(&mut line.category);
                    line.sent = acts::nth(&[None, Some(*units), Some(units - 1)], about >> shift);
                    line
                })
                .collect();
            // Every discount once in a while, small ones mostly.
            let discount = total * percent * percent / 10_000;
            let mut world = World::new(policies[policy].clone(), order(&bought, discount, freight, got));
            acts::nth(&["alipay", "debit_card"], about >> 9).clone_into(&mut world.order.payment_method);
            acts::nth(&["浙江", "西藏"], about >> 10).clone_into(&mut world.order.region);
            acts::nth(&["", "vip"], about >> 11).clone_into(&mut world.order.buyer_tier);
            world.agent_limit = limit.map(yuan);
            world.supervisor_limit = limit.filter(|limit| limit % 2 == 0).map(|limit| yuan(limit * 2));
            for (sku, price) in [("pin", 1), ("scarf", 5_000), ("coat", 29_900)] {
                world.products.push(Product {
                    sku: sku.to_owned(),
                    title: sku.to_owned(),
                    price: yuan(price),
                });
            }
            for cover in [
                &["extended_warranty", "dress", "12", "per_claim", "40.00"][..],
                &["accident", "dress", "12", "claims", "2", "in_all", "60.00"],
                &["return_freight", "dress", "1", "claims", "1"],
            ] {
                let cover = warranty::cover(&world, cover);
                world.covers.push(cover);
            }
            world
        },
    )
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
        if step.verb.is_multiple_of(4) {
            beyond::what_is_shown_can_be_offered(world, label);
        }
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

/// Lets every clock run out, the provider pay what it was not silent about, and people act: every case
/// must end.
fn drain(world: &mut World, choices: &[u32]) {
    let labels: Vec<char> = world.cases.keys().copied().collect();
    for round in 0..400_usize {
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
            let command = supervised(case, &world.ledger, choice);
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
    #![proptest_config(Config { cases: Config::default().cases, failure_persistence: None, ..Config::default() })]

    /// Whatever happens, nothing is paid or returned twice, and every case comes to an end.
    #[test]
    fn any_history_keeps_the_books_and_has_a_way_out(
        mut world in world(),
        steps in steps(96),
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
        // What was not paid can't be refunded.
        world.order.paid_at = Some(world.order.since());
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
lines,
amount: if last { Some(yuan(whole)) } else { some_amount(n, whole) },
new_fault: true,
..OpenCase::about(Kind::RefundOnly, "quality")
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
