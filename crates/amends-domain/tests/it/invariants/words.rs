//! Words given to a buyer: replies, promises, offers, steps, findings. None of them is forgotten.
//!
//! Must not know: money, policies' figures. Tests: it is called after every step of every test.

use std::collections::BTreeMap;

use amends_domain::case::clock::Clock;
use amends_domain::case::promise::PromiseState;
use amends_domain::case::remedy::OPTIONS_MAX;
use amends_domain::case::{Case, Outcome, Request};
use amends_domain::event::{Because, Event};
use amends_domain::policy::condition::Verdict;

use crate::harness::Tracked;

pub(super) fn kept(label: char, case: &Case, tracked: &Tracked) {
    promises(label, case, tracked);
    replies(label, case, tracked);
    offers(label, case, tracked);
    steps(label, case);
    findings(label, case, tracked);
}

/// Every promise ever made is kept, watched, or somebody was called because it was broken.
fn promises(label: char, case: &Case, tracked: &Tracked) {
    let mut made = BTreeMap::new();
    for (at, event) in &tracked.log {
        match event {
            Event::Promised { promise, due_at, .. } => {
                assert!(due_at > at, "{label}: promised for what has passed");
                let twice = made.insert(*promise, (*due_at, PromiseState::Open));
                assert_eq!(twice, None, "{label}: two promises, one number");
            }
            Event::PromiseMoved { promise, due_at, .. } => {
                let (before, state) = made.insert(*promise, (*due_at, PromiseState::Open)).unwrap();
                assert_eq!(state, PromiseState::Open);
                assert!(before > *at, "{label}: the buyer was told too late");
            }
            Event::PromiseBroken { promise } => {
                let (due, _) = made[promise];
                assert!(due <= *at, "{label}: broken before it passed");
                made.insert(*promise, (due, PromiseState::Broken));
            }
            Event::PromiseKept { promise } => {
                let (due, _) = made[promise];
                let state = if due < *at {
                    PromiseState::KeptLate
                } else {
                    PromiseState::Kept
                };
                // What was called broken at its very moment is late.
                let state = match made[promise].1 {
                    PromiseState::Broken => PromiseState::KeptLate,
                    _ => state,
                };
                made.insert(*promise, (due, state));
            }
            _ => {}
        }
    }
    let known = case.promises.iter();
    let known: BTreeMap<_, _> = known.map(|(n, one)| (*n, (one.due_at, one.state))).collect();
    assert_eq!(known, made, "{label}: promises");
    let open = known.values().filter(|(_, state)| *state == PromiseState::Open);
    let next = open.map(|(due, _)| *due).min();
    let watched = case.clocks.get(&Clock::Promise).map(|run| run.due_at);
    assert_eq!(watched, next, "{label}: the next promise is not watched");
    let broken = known.values().any(|(_, state)| *state == PromiseState::Broken);
    assert_eq!(
        broken,
        case.called_by.contains(&Because::PromiseBroken),
        "{label}: nobody is called for a broken promise"
    );
}

/// The buyer waits for a word exactly since he asked and nobody answered.
fn replies(label: char, case: &Case, tracked: &Tracked) {
    let mut due = false;
    for (_, event) in &tracked.log {
        match event {
            Event::ReplyDue => {
                assert!(!due, "{label}: waits twice");
                due = true;
            }
            Event::Replied => {
                assert!(due, "{label}: answered, and nobody had asked");
                due = false;
            }
            _ => {}
        }
    }
    assert_eq!(case.reply_due, due, "{label}: a reply");
}

/// One to three options, each of them met; numbers count up; none stands beside a decision.
fn offers(label: char, case: &Case, tracked: &Tracked) {
    let mut last = 0;
    for (_, event) in &tracked.log {
        let Event::Offered { offer, options, .. } = event else {
            continue;
        };
        assert_eq!(*offer, last + 1, "{label}: offers are not counted");
        last = *offer;
        assert!((1..=OPTIONS_MAX).contains(&options.len()));
        for option in options {
            assert_eq!(option.explanation.verdict, Verdict::Met, "{label}: {option:?}");
            let plan = &option.plan;
            assert!(plan.amount >= 0 && plan.compensation >= 0, "{label}: {plan:?}");
            assert!(plan.buyer_pays.is_none_or(|pays| pays >= 0), "{label}: {plan:?}");
        }
    }
    let after_grant = case.request == Request::Approved && case.to_send_back.is_empty();
    assert!(
        case.open_offer().is_none() || !(case.is_closed() || after_grant),
        "{label}: an offer stands beside a decision"
    );
}

/// What was agreed is given before a case closes as settled.
fn steps(label: char, case: &Case) {
    use Outcome::{NotShipped, NothingAccepted, Refused, Withdrawn};
    let Request::Closed(outcome) = case.request else {
        return;
    };
    let fell_away = matches!(outcome, NotShipped | NothingAccepted | Refused | Withdrawn);
    let undone = case.steps.iter().any(|step| step.done.is_none());
    assert!(
        fell_away || !undone,
        "{label}: closed as {outcome:?} with {:?}",
        case.steps
    );
    assert!(
        case.trial.is_none() && case.passed.is_none(),
        "{label}: closed, and tried"
    );
}

/// Shares make a whole, and the last finding stands.
fn findings(label: char, case: &Case, tracked: &Tracked) {
    let mut last = None;
    for (_, event) in &tracked.log {
        if let Event::Found { finding, .. } = event {
            let total: u32 = finding.shares.iter().map(|share| share.percent).sum();
            assert!(finding.shares.is_empty() || total == 100, "{label}: {finding:?}");
            last = Some(finding);
        }
    }
    assert_eq!(case.liability.as_ref(), last, "{label}: the finding");
}
