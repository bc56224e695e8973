//! The books: money and goods counted a second time, from events alone, and held against the ledger.
//!
//! Must not know: clocks, promises, policies' figures. Tests: it is called after every step of every test.

use std::collections::{BTreeMap, BTreeSet};

use amends_domain::case::Case;
use amends_domain::event::Event;
use amends_domain::ledger::{Breakdown, OrderLedger, UnitRef};
use amends_domain::policy::ClauseId;
use amends_domain::{State, evolve};

use crate::harness::{Tracked, World};

/// Money counted from events: what was held, what was paid, each refund once.
#[derive(Default)]
struct Counted {
    due: BTreeMap<(char, u32), Breakdown>,
    paid: BTreeSet<(char, u32)>,
    differences: i64,
    /// Compensation that went towards differences.
    netted: i64,
}

fn counted(world: &World) -> Counted {
    let mut counted = Counted::default();
    let mut by_hand = BTreeSet::new();
    for (label, _, event) in &world.history {
        match event {
            Event::RefundDue {
                refund, breakdown, ..
            } => {
                assert!(breakdown.total() > 0, "a refund of nothing");
                let twice = counted.due.insert((*label, *refund), breakdown.clone());
                assert_eq!(twice, None, "one refund number, two refunds");
            }
            Event::RefundPaid { refund, .. } | Event::RefundRecorded { refund, .. } => {
                assert!(
                    counted.paid.insert((*label, *refund)),
                    "one refund was paid twice"
                );
                if event.name() == "refund_recorded" {
                    by_hand.insert((*label, *refund));
                }
            }
            Event::RefundPaidTwice { refund, .. } => {
                let was_by_hand = by_hand.remove(&(*label, *refund));
                assert!(was_by_hand, "called paid twice, and not paid by hand before");
            }
            Event::DifferencePaid { amount, .. } => counted.differences += amount,
            Event::DifferenceNetted {
                compensation,
                return_freight,
            } => {
                assert!(compensation + return_freight > 0, "nothing was netted");
                counted.differences += compensation + return_freight;
                counted.netted += compensation;
            }
            _ => {}
        }
    }
    counted
}

pub(super) fn money_adds_up(world: &World) {
    let counted = counted(world);
    let ledger: &OrderLedger = &world.ledger;
    let sum = |paid: bool, part: &dyn Fn(&Breakdown) -> i64| -> i64 {
        let of = counted
            .due
            .iter()
            .filter(|(key, _)| counted.paid.contains(key) == paid);
        of.map(|(_, breakdown)| part(breakdown)).sum()
    };
    let units = || ledger.lines.iter().flat_map(|line| &line.units);
    for paid in [true, false] {
        let account =
            |account: amends_domain::ledger::Account| if paid { account.posted } else { account.held };
        let in_goods: i64 = units()
            .map(|unit| if paid { unit.refunded } else { unit.held })
            .sum();
        assert_eq!(in_goods, sum(paid, &goods_of));
        assert_eq!(account(ledger.freight), sum(paid, &|b| b.freight));
        assert_eq!(account(ledger.return_freight), sum(paid, &|b| b.return_freight));
        assert_eq!(account(ledger.compensation), sum(paid, &|b| b.compensation));
    }
    assert_eq!(ledger.difference_paid + ledger.repairs_paid, counted.differences);
    let bought: i64 = world.order.paid().minor();
    let refunded = sum(true, &|b| goods_of(b) + b.freight) + sum(false, &|b| goods_of(b) + b.freight);
    assert!(
        refunded <= bought + counted.differences,
        "more is refunded than was paid"
    );

    let compensated: i64 = units().map(|unit| unit.compensated).sum();
    let on_top = counted.netted + sum(true, &|b| b.compensation) + sum(false, &|b| b.compensation);
    let without_units = compensation_without_units(world, &counted);
    assert_eq!(
        compensated + without_units,
        on_top,
        "compensation is not with the units"
    );
    compensation_is_bounded(world);
    for (label, tracked) in &world.cases {
        if let Some(case) = &tracked.case {
            pays_what_it_says(*label, case, tracked, &counted);
        }
    }
}

/// What was paid on top to cases that name no goods.
fn compensation_without_units(world: &World, counted: &Counted) -> i64 {
    let nameless = |label: &char| {
        let case = world.case(*label);
        case.is_some_and(|case| case.first_asked().claim.units.is_empty())
    };
    let due = counted.due.iter().filter(|((label, _), _)| nameless(label));
    due.map(|(_, breakdown)| breakdown.compensation).sum()
}

/// The least that a right gives on top, as far as it stands behind a grant.
fn least_of(world: &World, basis: &[ClauseId]) -> i128 {
    let rights = basis.iter().filter_map(|clause| world.policy.right(clause));
    let least = rights.filter_map(|terms| terms.compensation_at_least).max();
    i128::from(least.unwrap_or(0))
}

/// Each unit had at most what rights allow in percent, or the least that they give, and what was agreed
/// about it.
fn compensation_is_bounded(world: &World) {
    let percent = i128::from(world.compensation_percent());
    let mut about: BTreeMap<char, BTreeSet<UnitRef>> = BTreeMap::new();
    let mut agreed: BTreeMap<UnitRef, i128> = BTreeMap::new();
    let mut least: BTreeMap<UnitRef, i128> = BTreeMap::new();
    for (label, _, event) in &world.history {
        match event {
            Event::Opened(opened) => about.entry(*label).or_default().extend(&opened.claim.units),
            Event::Agreed { plan, .. } => {
                for unit in about.get(label).into_iter().flatten() {
                    *agreed.entry(*unit).or_default() += i128::from(plan.compensation);
                }
            }
            Event::Approved { basis, .. } => {
                for unit in about.get(label).into_iter().flatten() {
                    let of_unit = least.entry(*unit).or_default();
                    *of_unit = (*of_unit).max(least_of(world, basis));
                }
            }
            _ => {}
        }
    }
    for line in &world.ledger.lines {
        for (at, unit) in (0..).zip(&line.units) {
            let least = 100 * least.get(&(line.line, at)).copied().unwrap_or(0);
            let more = agreed.get(&(line.line, at)).copied().unwrap_or(0);
            // To the fen: what is left over of a division is somebody's.
            assert!(
                i128::from(unit.compensated) * 100
                    < (i128::from(unit.paid) * percent).max(least) + 100 * more + 100,
                "more than {percent}% and {more} on top of {unit:?}"
            );
        }
    }
}

/// What a case paid since it was last opened, or since it is about what was bought back.
fn pays_what_it_says(label: char, case: &Case, tracked: &Tracked, counted: &Counted) {
    let mut now: Vec<&Breakdown> = Vec::new();
    let mut given_back = 0;
    let mut last = None;
    for (_, event) in &tracked.log {
        match event {
            Event::Reopened { .. } | Event::BoughtBack { .. } | Event::RejectionOverruled { .. } => {
                now.clear();
            }
            Event::RefundDue { breakdown, .. } => {
                now.push(breakdown);
                last = Some(breakdown);
            }
            Event::RefundPaid { .. } | Event::RefundRecorded { .. } => {
                given_back += last.map_or(0, |paid| goods_of(paid) + paid.freight);
            }
            _ => {}
        }
    }
    assert_eq!(case.given_back, given_back, "{label}: what was given back");
    let total: i64 = counted
        .due
        .iter()
        .filter(|((of, _), _)| *of == label)
        .map(|(_, breakdown)| breakdown.total())
        .sum();
    assert_eq!(case.refund_total(), total, "{label}: what its refunds come to");
    let comp: i64 = now.iter().map(|breakdown| breakdown.compensation).sum();
    let back: i64 = now.iter().map(|breakdown| breakdown.return_freight).sum();
    assert!(
        comp <= case.compensation,
        "{label}: compensation {comp} of {}",
        case.compensation
    );
    assert!(
        back <= case.return_freight_due,
        "{label}: return freight is paid twice"
    );
    for part in now.iter().flat_map(|breakdown| &breakdown.goods) {
        assert!(part.amount > 0);
        assert!(
            case.claim.units.contains(&(part.line, part.unit)),
            "paid for what is not claimed"
        );
    }
}

fn goods_of(breakdown: &Breakdown) -> i64 {
    breakdown.goods.iter().map(|part| part.amount).sum()
}

/// A unit comes back once, and again only after it was replaced.
pub(super) fn goods_add_up(world: &World) {
    let mut with_shop: BTreeSet<UnitRef> = BTreeSet::new();
    let mut accepted: BTreeMap<char, Vec<UnitRef>> = BTreeMap::new();
    for (label, _, event) in &world.history {
        match event {
            Event::Inspected { accepted: taken, .. } => {
                for unit in taken {
                    assert!(with_shop.insert(*unit), "{unit:?} came back twice");
                }
                accepted.insert(*label, taken.clone());
            }
            Event::BoughtBack { units, .. } | Event::RejectionOverruled { units, .. } => {
                for unit in units {
                    assert!(with_shop.insert(*unit), "{unit:?} came back twice");
                }
            }
            Event::RepairedReceived | Event::RepairDeclined => {
                for unit in &accepted[label] {
                    assert!(
                        with_shop.remove(unit),
                        "{unit:?} was repaired but never came back"
                    );
                }
            }
            // What was missing never was with the buyer.
            Event::ReplacementReceived if !accepted.contains_key(label) => {}
            Event::ReplacementReceived => {
                for unit in &accepted[label] {
                    assert!(
                        with_shop.remove(unit),
                        "{unit:?} was replaced but never came back"
                    );
                }
            }
            _ => {}
        }
    }
    for line in &world.ledger.lines {
        for (at, unit) in (0..).zip(&line.units) {
            assert_eq!(unit.returned, with_shop.contains(&(line.line, at)));
        }
    }
}

/// Everything once more from the first event, read from stored bytes: the same cases and ledger.
pub(crate) fn rebuilt(world: &World) {
    let mut history = world.history.iter();
    for given in &world.given {
        for event in given.came_to.iter().flatten() {
            let written = history.next().map(|(_, at, event)| (*at, event));
            assert_eq!(written, Some((given.envelope.at, event)), "{:?}", given.command);
        }
    }
    assert_eq!(history.next(), None, "something happened without a command");
    let mut ledger = Some(OrderLedger::open(&world.order));
    let mut cases: BTreeMap<char, Option<Case>> = BTreeMap::new();
    for (label, at, event) in &world.history {
        let event = Event::decode(Event::VERSION, &event.encode()).unwrap();
        let mut state = State {
            case: cases.remove(label).flatten(),
            ledger,
        };
        evolve(&mut state, &event, *at);
        cases.insert(*label, state.case);
        ledger = state.ledger;
    }
    assert_eq!(ledger.as_ref(), Some(&world.ledger));
    for (label, tracked) in &world.cases {
        assert_eq!(cases.get(label).cloned().flatten(), tracked.case);
    }
}

/// No cover pays more than it reaches, nor is claimed more often; what is open is held once.
pub(super) fn covers_pay_within_bounds(world: &World) {
    for cover in &world.covers {
        let used = world.ledger.covers.get(&cover.id).copied().unwrap_or_default();
        let reach = cover.reach;
        assert!(used.held >= 0 && used.settled >= 0, "below zero: {used:?}");
        assert!(
            reach.claims.is_none_or(|claims| used.claims <= claims),
            "{used:?} of {reach:?}"
        );
        let all = used.held + used.settled;
        assert!(
            reach.in_all.is_none_or(|most| all <= most),
            "{used:?} of {reach:?}"
        );
        let open = world
            .cases
            .values()
            .filter_map(|tracked| tracked.case.as_ref()?.open_cover_claim());
        let held: i64 = open
            .filter(|claim| claim.cover == cover.id)
            .map(|claim| claim.asked)
            .sum();
        assert_eq!(used.held, held, "held for no open claim");
    }
}
