//! What must hold after every accepted command, whatever came before.
//!
//! The money is counted a second time here, from events alone, and held against the ledger.
//! Must not know: scenarios, policies' figures.

use std::collections::{BTreeMap, BTreeSet};

use amends_domain::actor::{Authority, Role};
use amends_domain::case::clock::Clock;
use amends_domain::case::promise::PromiseState;
use amends_domain::case::{Care, Case, Dispute, Goods, MoneyState, Parcel, Request, Ruling};
use amends_domain::command::{Command, LineFinding, TextKind};
use amends_domain::event::{Because, Event};
use amends_domain::ledger::{Breakdown, OrderLedger, UnitRef};
use amends_domain::{State, decide, evolve};

use crate::harness::{Tracked, World, person, yuan};
use crate::language::text;

/// Proves them all.
pub(crate) fn check(world: &World) {
    world.ledger.check().unwrap();
    for (label, tracked) in &world.cases {
        let Some(case) = &tracked.case else { continue };
        assert_eq!(case.seq, u64::try_from(tracked.log.len()).unwrap());
        assert!(case.terms <= case.seq);
        clocks_belong(*label, case);
        way_out(*label, case, tracked);
        somebody_can_act(world, *label, tracked, case);
    }
    units_are_claimed_once(world);
    money_adds_up(world);
    goods_add_up(world);
}

/// What a clock waits for; it runs for this and for nothing else.
fn awaited(case: &Case, clock: Clock) -> bool {
    let refused = case.request == Request::Refused;
    let asked = case.dispute == Some(Dispute::Asked);
    let open = !case.is_closed();
    match clock {
        Clock::Decision => case.request == Request::Applied && case.trial.is_none(),
        Clock::RefusalAnswer => refused && !asked && case.trial.is_none(),
        Clock::Ruling => refused && asked,
        Clock::ReturnShipment => open && case.goods == Some(Goods::ToShip),
        Clock::ReceiptConfirmation => open && matches!(case.goods, Some(Goods::OnTheWay(_))),
        Clock::RefundExecution => {
            let unpaid = [
                MoneyState::Due,
                MoneyState::Ordered,
                MoneyState::Unknown,
                MoneyState::Failed,
            ];
            open && case.money.is_some_and(|money| unpaid.contains(&money))
        }
        Clock::ReplacementDispatch => open && case.goods == Some(Goods::ReplacementToShip),
        Clock::ReplacementReceipt => {
            let out =
                |goods: &Goods| matches!(goods, Goods::ReplacementOnTheWay(_) | Goods::RepairedOnTheWay(_));
            open && case.goods.as_ref().is_some_and(out)
        }
        Clock::SendBack => open && !case.to_send_back.is_empty(),
        Clock::FollowUp => case.care == Some(Care::Due),
        Clock::FirstReply | Clock::ReplyTarget => case.reply_due,
        Clock::Repair => open && case.goods == Some(Goods::InRepair),
        Clock::UpwardAnswer => case.passed.is_some(),
        Clock::Promise => case
            .promises
            .values()
            .any(|promise| promise.state == PromiseState::Open),
        Clock::MoneyArrival => case.arrival_awaited,
        Clock::ClosureGoal => open,
        Clock::Trial => case.trial.is_some(),
        Clock::OfferAnswer => case.open_offer().is_some(),
        Clock::RemedyStep => open && case.steps.iter().any(|step| step.done.is_none()),
    }
}

/// Clocks whose end is put on record alone: another one watches the same.
fn only_reports(clock: Clock) -> bool {
    matches!(clock, Clock::ReplyTarget | Clock::ClosureGoal)
}

fn clocks_belong(label: char, case: &Case) {
    for (clock, run) in &case.clocks {
        assert!(
            !case.is_closed() || clock.outlives_closure(),
            "{label}: {clock:?} runs on a closed case"
        );
        assert!(
            awaited(case, *clock),
            "{label}: {clock:?} waits for nothing in {case:?}"
        );
        assert!(run.generation <= case.generation && run.started_at < run.due_at);
        assert!(
            run.warn_at
                .is_none_or(|warn| run.started_at < warn && warn < run.due_at)
        );
    }
    let generations: BTreeSet<u32> = case.clocks.values().map(|run| run.generation).collect();
    assert_eq!(
        generations.len(),
        case.clocks.len(),
        "two clocks share a generation"
    );
}

/// Whatever is awaited has a clock, or its clock ended and somebody higher was called.
fn way_out(label: char, case: &Case, tracked: &Tracked) {
    let mut called = BTreeSet::new();
    let mut before: Option<&Event> = None;
    for (_, event) in &tracked.log {
        if let Event::ClockStarted { clock, .. } = event {
            called.remove(&Because::ClockExpired(*clock));
        }
        if let Event::PassedUp { passed_for, .. } = event {
            called.insert(Because::Passed(*passed_for));
        }
        if let Event::Escalated { because, .. } = event {
            let cause = match before {
                Some(Event::PromiseBroken { .. }) => Because::PromiseBroken,
                Some(Event::ClockExpired { clock, .. }) => Because::ClockExpired(*clock),
                Some(Event::RefundFailed { .. }) => Because::RefundFailed,
                Some(Event::RefundPaidTwice { .. }) => Because::RefundPaidTwice,
                other => panic!("{label}: escalated after {other:?}"),
            };
            assert_eq!(*because, cause, "{label}: escalated for another cause");
            called.insert(cause);
        }
        before = Some(event);
    }
    let escalated = case.escalated_to.is_some();
    for clock in Clock::ALL.iter().filter(|clock| awaited(case, **clock)) {
        let called = escalated
            && match (clock, case.passed) {
                (Clock::UpwardAnswer, Some(passed)) => called.contains(&Because::Passed(passed.passed_for)),
                _ => called.contains(&Because::ClockExpired(*clock)),
            };
        assert!(
            case.clocks.contains_key(clock) || called || only_reports(*clock),
            "{label}: nobody watches over {clock:?} in {case:?}"
        );
    }
    let failed = case.money == Some(MoneyState::Failed);
    assert!(!failed || escalated, "{label}: a failed refund nobody looks at");
    assert!(
        case.is_closed() || !case.clocks.is_empty() || escalated,
        "{label}: open with no way on: {case:?}"
    );
    let stands = |because: &Because| match because {
        Because::ClockExpired(clock) => awaited(case, *clock),
        Because::RefundFailed => awaited(case, Clock::RefundExecution),
        Because::RefundPaidTwice => true,
        Because::Passed(_) => case.passed.is_some(),
        Because::PromiseBroken => case
            .promises
            .values()
            .any(|promise| promise.state == PromiseState::Broken),
    };
    assert_eq!(
        escalated,
        case.called_by.iter().any(stands),
        "{label}: called for nothing, or nobody called for {:?}",
        case.called_by
    );
    let twice = called.contains(&Because::RefundPaidTwice);
    assert!(
        !twice || escalated,
        "{label}: money that went out twice is forgotten"
    );
}

/// Whoever is called can do something about it: one command at least is accepted of a supervisor who
/// has no limit. Only while the provider is being asked there is nothing to do but wait: every ask is
/// answered, if only by *unknown*, and what stays unknown is waited for as long as its clock runs.
fn somebody_can_act(world: &World, label: char, tracked: &Tracked, case: &Case) {
    let waits = match case.money {
        Some(MoneyState::Ordered) => true,
        Some(MoneyState::Unknown) => case.clocks.contains_key(&Clock::RefundExecution),
        _ => false,
    };
    if case.is_closed() || case.escalated_to.is_none() || waits {
        return;
    }
    let state = State {
        case: Some(case.clone()),
        ledger: world.ledger(),
    };
    let mut envelope = world.envelope(tracked.id, person(Role::Supervisor), None);
    envelope.authority = Authority::default();
    let accepted = |command: &Command| {
        let facts = world.facts(command);
        decide(&state, &facts, &world.policy, &envelope, command).is_ok()
    };
    assert!(
        what_a_person_can_do(case).iter().any(accepted),
        "{label}: called, and nothing can be done about {case:?}"
    );
}

/// Every command that moves a case and that a person may give.
fn what_a_person_can_do(case: &Case) -> Vec<Command> {
    let parcel = || Parcel {
        carrier: "SF".to_owned(),
        waybill: "1".to_owned(),
    };
    let reference = || "HAND".to_owned();
    let finding = |(line, _): &UnitRef| LineFinding {
        line: *line,
        accepted: 1,
        rejected: 0,
        missing: 0,
    };
    vec![
        Command::Approve { compensation: None },
        Command::Withdraw,
        Command::Rule {
            ruling: Ruling::ForShop,
        },
        Command::Inspect {
            findings: case.claim.units.iter().map(finding).collect(),
            return_freight: None,
            text: None,
        },
        Command::SendBack { parcel: parcel() },
        Command::Refund,
        Command::RecordRefund {
            reference: reference(),
        },
        Command::PayDifference {
            amount: yuan(case.difference),
            reference: reference(),
        },
        Command::ConvertToRefund,
        Command::ShipReplacement { parcel: parcel() },
        Command::ConfirmReplacement,
        Command::ShipRepaired { parcel: parcel() },
        Command::Resolve { text: text() },
        Command::EndTrial {
            worked: false,
            text: None,
        },
        Command::AnswerPassed { text: text() },
        Command::AddText {
            kind: TextKind::Message,
            text: text(),
        },
        Command::CompleteStep {
            step: case
                .steps
                .iter()
                .position(|step| step.done.is_none())
                .map_or(1, |at| u32::try_from(at).unwrap() + 1),
            reference: reference(),
        },
        Command::KeepPromise {
            promise: case
                .promises
                .iter()
                .find(|(_, promise)| promise.state == PromiseState::Broken)
                .map_or(1, |(number, _)| *number),
        },
    ]
}

fn units_are_claimed_once(world: &World) {
    let mut claimed: BTreeMap<UnitRef, char> = BTreeMap::new();
    for (label, tracked) in &world.cases {
        let open = tracked.case.as_ref().filter(|case| !case.is_closed());
        for unit in open.iter().flat_map(|case| &case.claim.units) {
            let other = claimed.insert(*unit, *label);
            assert_eq!(other, None, "{unit:?} is claimed by two cases");
            let account = world.ledger.unit(*unit).unwrap();
            assert_eq!(
                account.claim,
                Some(tracked.id),
                "{unit:?} is claimed past the ledger"
            );
        }
    }
    let in_ledger = world.ledger.lines.iter().flat_map(|line| &line.units);
    let open: BTreeSet<_> = world
        .cases
        .values()
        .filter(|tracked| tracked.case.as_ref().is_some_and(|case| !case.is_closed()))
        .map(|tracked| tracked.id)
        .collect();
    for account in in_ledger {
        assert!(
            account.claim.is_none_or(|case| open.contains(&case)),
            "a closed case holds a unit"
        );
    }
}

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

fn money_adds_up(world: &World) {
    let counted = counted(world);
    let ledger: &OrderLedger = &world.ledger;
    let goods = |breakdown: &Breakdown| breakdown.goods.iter().map(|part| part.amount).sum::<i64>();
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
        assert_eq!(in_goods, sum(paid, &goods));
        assert_eq!(account(ledger.freight), sum(paid, &|b| b.freight));
        assert_eq!(account(ledger.return_freight), sum(paid, &|b| b.return_freight));
        assert_eq!(account(ledger.compensation), sum(paid, &|b| b.compensation));
    }
    assert_eq!(ledger.difference_paid + ledger.repairs_paid, counted.differences);
    let bought: i64 = world.order.paid().minor();
    let refunded = sum(true, &|b| goods(b) + b.freight) + sum(false, &|b| goods(b) + b.freight);
    assert!(
        refunded <= bought + counted.differences,
        "more is refunded than was paid"
    );

    let compensated: i64 = units().map(|unit| unit.compensated).sum();
    let on_top = counted.netted + sum(true, &|b| b.compensation) + sum(false, &|b| b.compensation);
    assert_eq!(compensated, on_top, "compensation is not with the units");
    let percent = i128::from(world.compensation_percent());
    // What was agreed is bounded by its own clause.
    let agreed = world
        .cases
        .values()
        .filter_map(|tracked| tracked.case.as_ref())
        .any(|case| case.agreed.is_some());
    for unit in units().filter(|_| !agreed) {
        // To the fen: what is left over of a division is somebody's.
        assert!(
            i128::from(unit.compensated) * 100 < i128::from(unit.paid) * percent + 100,
            "more than {percent}% on top of {unit:?}"
        );
    }

    for (label, tracked) in &world.cases {
        let Some(case) = &tracked.case else { continue };
        if case.reopenings > 0 || bought_back(tracked) {
            continue;
        }
        let mine = || counted.due.iter().filter(|((of, _), _)| of == label);
        let comp: i64 = mine().map(|(_, breakdown)| breakdown.compensation).sum();
        let back: i64 = mine().map(|(_, breakdown)| breakdown.return_freight).sum();
        assert!(
            comp <= case.compensation,
            "{label}: compensation {comp} of {}",
            case.compensation
        );
        assert!(
            back <= case.return_freight_due,
            "{label}: return freight is paid twice"
        );
        let parts = mine().flat_map(|(_, breakdown)| &breakdown.goods);
        for part in parts {
            assert!(part.amount > 0);
            assert!(
                case.claim.units.contains(&(part.line, part.unit)),
                "paid for what is not claimed"
            );
        }
    }
}

/// Whether rejected units stayed for less: the case is about them since.
fn bought_back(tracked: &Tracked) -> bool {
    tracked
        .log
        .iter()
        .any(|(_, event)| matches!(event, Event::BoughtBack { .. }))
}

/// A unit comes back once, and again only after it was replaced.
fn goods_add_up(world: &World) {
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
            Event::BoughtBack { units, .. } => {
                for unit in units {
                    assert!(with_shop.insert(*unit), "{unit:?} came back twice");
                }
            }
            Event::RepairedReceived => {
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
