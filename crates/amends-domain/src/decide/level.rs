//! How grave a case is, who handles it, and passing it upward (INT-6, FLW-6, CLK-10).
//!
//! Must not know: who is on duty. Tests: `tests/it/level.rs`.

use super::judge::Asked;
use super::{Deciding, not_now};
use crate::actor::{Actor, Role};
use crate::case::assessment::{Assessment, PassedFor, Severity};
use crate::case::clock::Clock;
use crate::case::{Case, TAG_CHARS_MAX, TAGS_MAX, tag_fits};
use crate::digest::TextRef;
use crate::event::Event;
use crate::ids::PersonId;
use crate::policy::Explanation;
use crate::policy::condition::Verdict;
use crate::refusal::Refusal;
use std::collections::BTreeSet;

/// Judges the case by the set's levels; one that is graver than before is passed to whom it belongs.
pub(super) fn judge(deciding: &mut Deciding<'_>) {
    if let Some(case) = deciding.state.case.clone() {
        noted(deciding, &case, case.assessment);
    }
}

pub(super) fn assess(deciding: &mut Deciding<'_>, case: &Case, assessment: Assessment) {
    let known = case.assessment;
    let noted_now = Assessment {
        nature: assessment.nature.or(known.nature),
        impact: assessment.impact.or(known.impact),
        heat: assessment.heat.or(known.heat),
        spread: assessment.spread.or(known.spread),
    };
    noted(deciding, case, noted_now);
}

fn noted(deciding: &mut Deciding<'_>, case: &Case, assessment: Assessment) {
    let view = deciding.view();
    let asked = Asked {
        assessment,
        ..Asked::of(case)
    };
    let request = view.request(&asked);
    let (mut severity, mut level) = (Severity::default(), Role::Agent);
    let mut explanations = Vec::new();
    for (clause, terms) in deciding.policy.levels() {
        let mut findings = Vec::new();
        let value = |name| deciding.facts.value(name, &request);
        if terms.when.judge(&value, &mut findings) == Verdict::Met {
            severity = severity.max(terms.severity);
            level = level.max(terms.level);
            explanations.push(Explanation {
                clause: clause.clone(),
                verdict: Verdict::Met,
                findings,
            });
        }
    }
    if assessment == case.assessment && severity == case.severity {
        return;
    }
    deciding.push(Event::Assessed {
        assessment,
        severity,
        explanations,
    });
    let waiting = case.passed.map_or(Role::Agent, |passed| passed.to);
    if severity > case.severity && level > waiting && !answers_for(&deciding.envelope.actor, level) {
        passed(deciding, level, PassedFor::Severity, None);
    }
}

/// Whether somebody of this rank acts himself.
fn answers_for(actor: &Actor, level: Role) -> bool {
    matches!(actor, Actor::Person { role, .. } if role.handles_cases() && *role >= level)
}

pub(super) fn pass_up(
    deciding: &mut Deciding<'_>,
    case: &Case,
    to: Role,
    passed_for: PassedFor,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if case.passed.is_some_and(|passed| passed.to >= to) {
        return Err(not_now(case));
    }
    if !to.handles_cases() || to == Role::Agent {
        return Err(Refusal::NotUpward { to });
    }
    passed(deciding, to, passed_for, text);
    Ok(())
}

fn passed(deciding: &mut Deciding<'_>, to: Role, passed_for: PassedFor, text: Option<TextRef>) {
    deciding.stop(Clock::UpwardAnswer);
    deciding.push(Event::PassedUp { to, passed_for, text });
    deciding.start(Clock::UpwardAnswer);
}

/// Whoever it was passed to answers, or somebody above him.
pub(super) fn answer_passed(deciding: &mut Deciding<'_>, case: &Case, text: TextRef) -> Result<(), Refusal> {
    let Some(passed) = case.passed else {
        return Err(not_now(case));
    };
    if !answers_for(&deciding.envelope.actor, passed.to) {
        return Err(Refusal::NotForYou {
            actor: super::permission::name(&deciding.envelope.actor),
        });
    }
    deciding.stop(Clock::UpwardAnswer);
    deciding.push(Event::PassedAnswered { text: Some(text) });
    Ok(())
}

/// A decision by somebody it was passed to is his answer.
pub(super) fn answered_by_deciding(deciding: &mut Deciding<'_>) {
    let passed = deciding.state.case.as_ref().and_then(|case| case.passed);
    if passed.is_some_and(|passed| answers_for(&deciding.envelope.actor, passed.to)) {
        deciding.stop(Clock::UpwardAnswer);
        deciding.push(Event::PassedAnswered { text: None });
    }
}

/// Who is called when whoever it was passed to does not answer.
pub(super) fn above(case: &Case) -> Role {
    match case.passed.map(|passed| passed.to) {
        Some(Role::Supervisor) => Role::Manager,
        Some(_) => Role::Admin,
        None => Role::Supervisor,
    }
}

pub(super) fn assign(deciding: &mut Deciding<'_>, case: &Case, to: Option<PersonId>) {
    if case.assignee != to {
        deciding.push(Event::Assigned { to });
    }
}

pub(super) fn tag(
    deciding: &mut Deciding<'_>,
    case: &Case,
    add: &BTreeSet<String>,
    remove: &BTreeSet<String>,
) -> Result<(), Refusal> {
    let kept = case.tags.difference(remove).cloned();
    let tags: BTreeSet<String> = kept.chain(add.iter().cloned()).collect();
    if tags.len() > TAGS_MAX {
        return Err(Refusal::TooMany {
            what: "tags",
            at_most: TAGS_MAX,
        });
    }
    for tag in add {
        if !tag_fits(tag) {
            return Err(Refusal::TextLength {
                field: "tag",
                max: TAG_CHARS_MAX,
            });
        }
    }
    if tags != case.tags {
        deciding.push(Event::Tagged { tags });
    }
    Ok(())
}
