//! What must hold after every accepted command, whatever came before.
//!
//! Clocks, ways out and claims are here; money and goods in `books`, replies, promises, offers and steps
//! in `words`. Must not know: scenarios, policies' figures.

// With their paths, so that the store's tests can play the same stories.
#[path = "invariants/books.rs"]
mod books;
#[path = "invariants/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet};

use amends_domain::actor::{Authority, Role};
use amends_domain::case::abuse::AbuseState;
use amends_domain::case::clock::Clock;
use amends_domain::case::cover::ClaimStage;
use amends_domain::case::promise::PromiseState;
use amends_domain::case::recourse::{Addressee, ParcelFault, RecourseStage};
use amends_domain::case::{Care, Case, Dispute, Goods, MoneyState, Outcome, Parcel, Request, Ruling};
use amends_domain::command::{Command, LineFinding, TextKind};
use amends_domain::event::{Because, Event};
use amends_domain::ledger::UnitRef;
use amends_domain::policy::set::PolicySet;
use amends_domain::{State, decide};

use crate::harness::{Tracked, World, person, yuan};
use crate::language::text;

pub(crate) use books::rebuilt;

/// Proves them all.
pub(crate) fn check(world: &World) {
    world.ledger.check().unwrap();
    for (label, tracked) in &world.cases {
        let Some(case) = &tracked.case else { continue };
        assert_eq!(case.seq, u64::try_from(tracked.log.len()).unwrap());
        assert!(case.terms <= case.seq);
        clocks_belong(*label, case, &world.policy);
        words::kept(*label, case, tracked);
        way_out(*label, case, tracked);
        somebody_can_act(world, *label, tracked, case);
    }
    units_are_claimed_once(world);
    books::money_adds_up(world);
    books::goods_add_up(world);
    books::covers_pay_within_bounds(world);
}

/// What a clock waits for; it runs for this and for nothing else.
#[expect(clippy::too_many_lines, reason = "a line for each clock, and nothing else")]
fn awaited(case: &Case, clock: Clock) -> bool {
    let refused = case.request == Request::Refused;
    let asked = matches!(case.dispute, Some(Dispute::Asked | Dispute::Appealed(_)));
    let open = !case.is_closed();
    // A refusal, or returned goods that were not accepted, can be ruled on.
    let disputed = refused || (case.request == Request::Approved && !case.to_send_back.is_empty());
    match clock {
        Clock::Decision => case.request == Request::Applied && case.trial.is_none() && case.trade.is_none(),
        Clock::RefusalAnswer => refused && case.dispute.is_none() && case.trial.is_none(),
        Clock::Ruling | Clock::Evidence => disputed && asked,
        Clock::Appeal => refused && matches!(case.dispute, Some(Dispute::Ruled(_))),
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
        Clock::SendBack => open && !case.to_send_back.is_empty() && !asked,
        Clock::FollowUp => case.care == Some(Care::Due),
        Clock::FirstReply | Clock::ReplyTarget => case.reply_due,
        Clock::Repair => open && case.goods == Some(Goods::InRepair),
        Clock::UpwardAnswer => case.passed.is_some(),
        Clock::Promise => case
            .promises
            .values()
            .any(|promise| promise.state == PromiseState::Open),
        Clock::MoneyArrival => case.arrival_awaited,
        Clock::ClosureGoal => open && case.trade.is_none(),
        Clock::Trial => case.trial.is_some(),
        Clock::OfferAnswer => case.open_offer().is_some(),
        Clock::RemedyStep => steps_alone_are_left(case),
        Clock::BuyerContact => open && case.exception.as_ref().is_some_and(|exception| !exception.told),
        Clock::LogisticsAppeal => {
            case.exception.is_some() && !case.recourses.contains_key(&Addressee::Platform)
        }
        Clock::CarrierClaim => {
            let carriers = [ParcelFault::Delay, ParcelFault::Loss, ParcelFault::Damage];
            let owes = case
                .exception
                .as_ref()
                .is_some_and(|one| carriers.contains(&one.fault));
            owes && !case.recourses.contains_key(&Addressee::Carrier)
        }
        Clock::AppealProgress => in_the_hands_of(case, Addressee::Platform),
        Clock::ClaimProgress => in_the_hands_of(case, Addressee::Carrier),
        Clock::ReviewContact => case
            .reviews
            .iter()
            .any(|one| one.contacted_at.is_none() && one.outcome.is_none()),
        Clock::ServiceRating => !open && matches!(case.care, Some(Care::Due | Care::Done { score: None })),
        Clock::OrderLetter
        | Clock::PaymentCall
        | Clock::PaymentReminder
        | Clock::NonPayment
        | Clock::OrderDispatch => payment_awaited(case, clock),
        Clock::OrderRating => false,
        Clock::CoverAnswer => {
            use ClaimStage::{Made, Repaired};
            claimed(case, |stage| matches!(stage, Made | Repaired { .. }))
        }
        Clock::CoverRepair => claimed(case, |stage| matches!(stage, ClaimStage::Ordered { .. })),
        Clock::Visit => case.visit.is_some_and(|visit| visit.outcome.is_none()),
    }
}

/// Before everything owed is there, one thing is waited for at a time; then the dispatch, unless the buyer gave
/// the order up.
fn payment_awaited(case: &Case, clock: Clock) -> bool {
    let Some(trade) = case.trade.as_deref() else {
        return false;
    };
    let came_in: i64 = trade.payments.iter().map(|payment| payment.amount).sum();
    let given_up = case.request == Request::Closed(Outcome::Withdrawn);
    if came_in >= trade.owed {
        return clock == Clock::OrderDispatch && trade.dispatched_at.is_none() && !given_up;
    }
    let next = match (trade.letter_at, trade.answered_at, trade.reminder) {
        (None, ..) => Clock::OrderLetter,
        (Some(_), None, None) => Clock::PaymentCall,
        (Some(_), Some(_), None) => Clock::PaymentReminder,
        (Some(_), _, Some(_)) => Clock::NonPayment,
    };
    clock == next && !case.is_closed()
}

/// A claim on a cover stands where it is asked for.
fn claimed(case: &Case, stands: impl Fn(&ClaimStage) -> bool) -> bool {
    case.cover_claim
        .as_ref()
        .is_some_and(|claim| stands(&claim.stage))
}

/// Goods and money are where they belong, and something given beside them is not.
fn steps_alone_are_left(case: &Case) -> bool {
    use Goods::{Inspected, RepairedReceived, ReplacementReceived};
    let money = matches!(
        case.money,
        None | Some(MoneyState::Paid | MoneyState::DifferencePaid)
    );
    let goods = matches!(
        case.goods,
        None | Some(Inspected | ReplacementReceived | RepairedReceived)
    );
    let came_back = !case.kind.returns_goods() || !case.accepted.is_empty();
    let undone = case.steps.iter().any(|step| step.done.is_none());
    case.request == Request::Approved && money && goods && came_back && case.to_send_back.is_empty() && undone
}

/// Somebody was asked, and neither he nor the shop has come to an end with it.
fn in_the_hands_of(case: &Case, to: Addressee) -> bool {
    use RecourseStage::{Filed, Granted, MoreWanted};
    let recourse = case.recourses.get(&to);
    recourse.is_some_and(|one| matches!(one.stage, Filed | MoreWanted | Granted { .. }))
}

/// Clocks whose end is put on record alone: another one watches the same.
fn only_reports(clock: Clock) -> bool {
    // Nobody has to hand anything in, and nobody has to rate.
    matches!(
        clock,
        Clock::ReplyTarget
            | Clock::ClosureGoal
            | Clock::Evidence
            | Clock::LogisticsAppeal
            | Clock::ServiceRating
    )
}

fn clocks_belong(label: char, case: &Case, policy: &PolicySet) {
    for (clock, run) in &case.clocks {
        let (clause, terms) = policy.clock(*clock).unwrap();
        assert_eq!(
            (&run.clause, run.owner),
            (clause, terms.owner),
            "{label}: {clock:?} is somebody else's"
        );
        assert!(
            !case.is_closed() || clock.outlives_closure(),
            "{label}: {clock:?} runs on a closed case"
        );
        assert!(
            awaited(case, *clock),
            "{label}: {clock:?} waits for nothing in {case:?}"
        );
        assert!(run.generation <= case.generation);
        // A promise may have passed before its clock could be told.
        assert!(run.started_at < run.due_at || *clock == Clock::Promise);
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

/// What calls for somebody higher, by the event before.
fn cause(label: char, before: Option<&Event>, because: Because) -> Because {
    match before {
        Some(Event::PromiseBroken { .. }) => Because::PromiseBroken,
        _ if matches!(
            because,
            Because::Dissatisfied | Because::MoneyToReturn | Because::VisitMissed
        ) =>
        {
            because
        }
        Some(Event::AbuseContested { .. }) => Because::AbuseContested,
        Some(Event::ClockExpired { clock, .. }) => Because::ClockExpired(*clock),
        Some(Event::RefundFailed { .. }) => Because::RefundFailed,
        Some(Event::RefundPaidTwice { .. }) => Because::RefundPaidTwice,
        other => panic!("{label}: escalated after {other:?}"),
    }
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
            let cause = cause(label, before, *because);
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
        Because::MoneyToReturn => not_owed(case) > 0,
        Because::Passed(_) => case.passed.is_some(),
        Because::Dissatisfied | Because::VisitMissed => case.reply_due,
        Because::AbuseContested => contested(case),
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
    assert!(
        escalated || !contested(case),
        "{label}: what the buyer contests is forgotten"
    );
    assert!(
        escalated || not_owed(case) == 0,
        "{label}: money that is not owed is forgotten"
    );
    let twice = called.contains(&Because::RefundPaidTwice);
    assert!(
        !twice || escalated,
        "{label}: money that went out twice is forgotten"
    );
}

/// What came in for an order beyond what is owed for it, or for one that came to nothing.
fn not_owed(case: &Case) -> i64 {
    let Some(trade) = case.trade.as_deref() else {
        return 0;
    };
    let came_in: i64 = trade.payments.iter().map(|payment| payment.amount).sum();
    let to_nothing = case.is_closed() && (trade.given_up || came_in < trade.owed);
    if to_nothing {
        came_in
    } else {
        (came_in - trade.owed).max(0)
    }
}

/// The buyer contests what was noted, and waits for somebody higher.
fn contested(case: &Case) -> bool {
    let abuse = case.abuse.as_deref();
    abuse.is_some_and(|abuse| abuse.state == AbuseState::Contested)
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
            text: None,
        },
        Command::Inspect {
            findings: case.claim.units.iter().map(finding).collect(),
            return_freight: None,
            text: None,
            evidence: Vec::new(),
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
        Command::DispatchOrder { parcel: None },
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
