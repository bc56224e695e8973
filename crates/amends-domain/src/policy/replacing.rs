//! Clauses in the place of others: a shop's or platform's own length, bound or outcome for one of a
//! lower layer, as kind as that one asks.
//!
//! Rights are never replaced: they add up. Must not know: where packs come from.
//! Tests: `tests/it/packs.rs`.

use std::collections::BTreeSet;

use super::fault::{Circle, Held, PlacedFault, SetFault};
use super::floor::{self, Side, Standing};
use super::resolve::Layered;
use super::{Clause, ClauseId, Terms};

fn find<'a, 'p>(all: &'a [Layered<'p>], id: &ClauseId) -> Option<&'a Layered<'p>> {
    all.iter().find(|layered| layered.clause.id == *id)
}

/// Takes out the clauses that others stand in place of; says what is wrong with those.
pub(super) fn replace<'p>(all: Vec<Layered<'p>>, faults: &mut Vec<PlacedFault>) -> Vec<Layered<'p>> {
    let mut replaced: BTreeSet<&ClauseId> = BTreeSet::new();
    for layered in &all {
        let Some(target) = &layered.clause.replaces else {
            continue;
        };
        match target_of(&all, layered, target) {
            Err(fault) => faults.push(layered.fault(fault)),
            Ok(old) => {
                if replaced.insert(&old.clause.id) {
                    faults.extend(unkind(&all, layered, old));
                } else {
                    let first = all
                        .iter()
                        .find(|other| other.clause.replaces.as_ref() == Some(target));
                    faults.push(layered.fault(SetFault::ReplacedTwice {
                        target: target.clone(),
                        first: first.map_or(&layered.clause.id, |first| &first.clause.id).clone(),
                        second: layered.clause.id.clone(),
                    }));
                }
            }
        }
    }
    let replaced: BTreeSet<ClauseId> = replaced.into_iter().cloned().collect();
    all.into_iter()
        .filter(|layered| !replaced.contains(&layered.clause.id))
        .collect()
}

/// The clause to be replaced, when it may be.
fn target_of<'a, 'p>(
    all: &'a [Layered<'p>],
    layered: &Layered<'p>,
    target: &ClauseId,
) -> Result<&'a Layered<'p>, SetFault> {
    let clause = layered.clause.id.clone();
    let Some(old) = find(all, target) else {
        return Err(SetFault::ReplacesUnknown {
            clause,
            target: target.clone(),
        });
    };
    if let Some(circle) = circle(all, layered.clause) {
        return Err(SetFault::ReplaceCycle(circle));
    }
    if old.pack.layer >= layered.pack.layer {
        return Err(SetFault::ReplacesUpwards {
            clause,
            target: target.clone(),
        });
    }
    let alike = match (&layered.clause.terms, &old.clause.terms) {
        (Terms::Clock(new), Terms::Clock(old)) => new.clock == old.clock,
        (Terms::Bound(new), Terms::Bound(old)) => new.bound == old.bound,
        _ => false,
    };
    if alike {
        Ok(old)
    } else {
        Err(SetFault::ReplacesOther {
            clause,
            target: target.clone(),
        })
    }
}

/// The circle a clause is part of.
fn circle(all: &[Layered<'_>], clause: &Clause) -> Option<Circle> {
    let mut way = vec![clause.id.to_string()];
    let mut next = clause.replaces.as_ref();
    while let Some(target) = next {
        way.push(target.to_string());
        if *target == clause.id {
            return Some(Circle(way));
        }
        // Each clause replaces one at most: a longer way is a circle of others, told there.
        if way.len() > all.len() {
            return None;
        }
        next = find(all, target).and_then(|layered| layered.clause.replaces.as_ref());
    }
    None
}

/// Whether a clause is as kind as every clause below that it takes the place of, near or far.
fn unkind(all: &[Layered<'_>], new: &Layered<'_>, nearest: &Layered<'_>) -> Vec<PlacedFault> {
    let mut faults = Vec::new();
    let mut old = Some(nearest);
    let mut steps = all.len();
    while let Some(layered) = old
        && steps > 0
    {
        faults.extend(against(new.clause, layered.clause).map(|fault| new.fault(fault)));
        let target = layered.clause.replaces.as_ref();
        old = target.and_then(|target| find(all, target));
        steps -= 1;
    }
    faults
}

fn against(new: &Clause, old: &Clause) -> Option<SetFault> {
    let (side, standing, what, actual, limit) = match (&new.terms, &old.terms) {
        (Terms::Clock(mine), Terms::Clock(theirs)) => {
            let side = Side::from(theirs.kinder?);
            if mine.on_expiry != theirs.on_expiry {
                return Some(SetFault::OtherOutcome {
                    clause: new.id.clone(),
                    actual: mine.on_expiry,
                    target: old.id.clone(),
                    expected: theirs.on_expiry,
                });
            }
            (
                side,
                floor::length_to(mine.length, side, theirs.length),
                mine.clock.code(),
                mine.length.to_string(),
                theirs.length.to_string(),
            )
        }
        (Terms::Bound(mine), Terms::Bound(theirs)) => {
            let side = Side::from(theirs.kinder?);
            (
                side,
                floor::bound_to(mine, side, theirs.at_most, theirs.currency),
                mine.bound.code(),
                floor::figure(mine.at_most, mine.currency),
                floor::figure(theirs.at_most, theirs.currency),
            )
        }
        _ => return None,
    };
    let held = || {
        Box::new(Held {
            clause: new.id.clone(),
            figure: what.to_owned(),
            actual,
            against: old.id.clone(),
            source_of: old.source.clone(),
            side,
            limit,
        })
    };
    match standing {
        Standing::Kept => None,
        Standing::Undercut => Some(SetFault::LessKind(held())),
        Standing::Unclear => Some(SetFault::Unclear(held())),
    }
}
