//! What events of a case's handling make of it: who has it, how grave it is, what was promised, who
//! waits for a word.
//!
//! Must not know: who may do so. Tests: `tests/it/talk.rs`, `tests/it/level.rs`.

use crate::case::Case;
use crate::case::abuse::{Abuse, AbuseState};
use crate::case::assessment::Passed;
use crate::case::promise::{Promise, PromiseState};
use crate::event::Event;
use crate::time::Moment;

pub(super) fn evolve(case: &mut Case, event: &Event, at: Moment) {
    match event {
        Event::TrialStarted => case.trial = Some(at),
        Event::Assessed {
            assessment, severity, ..
        } => {
            case.assessment = *assessment;
            case.severity = *severity;
        }
        Event::AbuseNoted(_) | Event::AbuseContested { .. } | Event::AbuseSettled { .. } => {
            abuse(case, event, at);
        }
        Event::PassedUp { to, passed_for, .. } => {
            case.passed = Some(Passed {
                to: *to,
                passed_for: *passed_for,
            });
        }
        Event::PassedAnswered { .. } => case.passed = None,
        Event::Assigned { to } => case.assignee = *to,
        Event::Tagged { tags } => case.tags.clone_from(tags),
        Event::ReplyDue => case.reply_due = true,
        Event::Replied => case.reply_due = false,
        Event::ArrivalAwaited => case.arrival_awaited = true,
        Event::MoneyArrived => case.arrival_awaited = false,
        _ => promised(case, event, at),
    }
}

fn abuse(case: &mut Case, event: &Event, at: Moment) {
    if let Event::AbuseNoted(noted) = event {
        case.abuse = Some(Box::new(Abuse {
            state: AbuseState::Noted,
            by: noted.by,
            role: noted.role,
            at,
            grounds: noted.grounds,
            rests_on: noted.rests_on.clone(),
            listings: noted.listings.clone(),
            clause: noted.clause.clone(),
            contest: None,
            answer: None,
        }));
    }
    let Some(abuse) = &mut case.abuse else { return };
    match event {
        Event::AbuseContested { text } => {
            abuse.state = AbuseState::Contested;
            abuse.contest = Some(*text);
        }
        Event::AbuseSettled { upheld, text } => {
            abuse.state = if *upheld {
                AbuseState::Upheld
            } else {
                AbuseState::Lifted
            };
            abuse.answer = Some(*text);
        }
        _ => {}
    }
}

fn promised(case: &mut Case, event: &Event, at: Moment) {
    match event {
        Event::Promised {
            promise,
            text,
            due_at,
        } => {
            let made = Promise {
                text: *text,
                due_at: *due_at,
                moved: 0,
                state: PromiseState::Open,
            };
            case.promises.insert(*promise, made);
        }
        Event::PromiseMoved { promise, due_at, .. } => {
            if let Some(promise) = case.promises.get_mut(promise) {
                promise.due_at = *due_at;
                promise.moved += 1;
            }
        }
        Event::PromiseKept { promise } => {
            if let Some(promise) = case.promises.get_mut(promise) {
                // Its clock may not have been told yet.
                let late = promise.state == PromiseState::Broken || promise.due_at < at;
                promise.state = if late {
                    PromiseState::KeptLate
                } else {
                    PromiseState::Kept
                };
            }
        }
        Event::PromiseBroken { promise } => {
            if let Some(promise) = case.promises.get_mut(promise) {
                promise.state = PromiseState::Broken;
            }
        }
        _ => {}
    }
}
