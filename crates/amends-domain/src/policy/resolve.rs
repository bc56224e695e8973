//! Packs made into a set: layered, replaced, held against the floors, checked together.
//!
//! Every mistake is found, not just the first. Must not know: where packs come from.
//! Tests: `tests/it/policy.rs`, `tests/it/packs.rs`.

use jiff::civil::Date;

use super::fault::{Held, PlacedFault, SetFault};
use super::floor::{self, FloorTerms, Floored, Standing};
use super::pack::{Cause, Layer, Pack, Reason, RefusalReason};
use super::set::{PolicySet, SetText, nearest};
use super::{BoundTerms, Clause, ClauseId, Terms, dates, remedy, replacing, tree};
use crate::facts::FactName;
use crate::time::Length;

/// A clause with the pack it stands in.
#[derive(Clone, Copy)]
pub(super) struct Layered<'p> {
    pub(super) pack: &'p Pack,
    pub(super) clause: &'p Clause,
}

impl Layered<'_> {
    pub(super) fn fault(&self, fault: SetFault) -> PlacedFault {
        PlacedFault {
            pack: Some(self.pack.name()),
            clause: Some(self.clause.id.clone()),
            fault,
        }
    }
}

impl PolicySet {
    /// Layers packs, whatever their dates: law, platform, shop; a right added anywhere is a right.
    pub fn resolve(packs: &[Pack]) -> Result<Self, SetFault> {
        let packs: Vec<&Pack> = packs.iter().collect();
        Self::examine(&packs).map_err(first)
    }

    /// Layers of each pack the revision in force on a day in the shop's time.
    pub fn resolve_on(packs: &[Pack], day: Date) -> Result<Self, SetFault> {
        match dates::overlaps(packs).into_iter().next() {
            Some(overlap) => Err(overlap.fault),
            None => Self::examine(&dates::in_force(packs, day)).map_err(first),
        }
    }

    /// Layers packs, whatever their dates, or says every mistake.
    pub fn examine(packs: &[&Pack]) -> Result<Self, Vec<PlacedFault>> {
        let mut packs: Vec<&Pack> = packs.to_vec();
        packs.sort_by_key(|pack| pack.layer);
        let mut faults = Vec::new();
        let all = layered(&packs, &mut faults);
        let kept = replacing::replace(all, &mut faults);
        let set = Self::sealed(SetText {
            packs: packs.iter().map(|pack| pack.name()).collect(),
            reasons: merged(packs.iter().flat_map(|pack| &pack.reasons), |reason: &Reason| {
                &reason.code
            }),
            refusal_reasons: merged(
                packs.iter().flat_map(|pack| &pack.refusal_reasons),
                |reason: &RefusalReason| &reason.code,
            ),
            causes: merged(packs.iter().flat_map(|pack| &pack.causes), |cause: &Cause| {
                &cause.code
            }),
            clauses: kept.iter().map(|layered| layered.clause.clone()).collect(),
        });
        let mut found: Vec<(Option<ClauseId>, SetFault)> = set.faults();
        found.extend(set.unknown_words());
        found.extend(set.wrong_currencies());
        found.extend(set.unsound());
        let place = |(clause, fault): (Option<ClauseId>, SetFault)| {
            let of = |id: &ClauseId| kept.iter().find(|layered| layered.clause.id == *id);
            match clause.as_ref().and_then(of) {
                Some(layered) => layered.fault(fault),
                None => fault.into(),
            }
        };
        faults.extend(found.into_iter().map(place));
        for (code, fault) in tree::faults(set.reasons()) {
            let has = |pack: &&&Pack| pack.reasons.iter().any(|reason| reason.code == code);
            faults.push(PlacedFault {
                pack: packs.iter().rfind(has).map(|pack| pack.name()),
                clause: None,
                fault,
            });
        }
        for (code, fault) in set.causes_of_nothing() {
            let has = |pack: &&&Pack| pack.causes.iter().any(|cause| cause.code == code);
            faults.push(PlacedFault {
                pack: packs.iter().rfind(has).map(|pack| pack.name()),
                clause: None,
                fault,
            });
        }
        undercut(&kept, &mut faults);
        if faults.is_empty() { Ok(set) } else { Err(faults) }
    }

    /// An amount names its currency. Asked of packs alone: stored sets without one stay readable.
    fn wrong_currencies(&self) -> Vec<(Option<ClauseId>, SetFault)> {
        let wrong = |(clause, terms): (&ClauseId, &BoundTerms)| {
            let fault = SetFault::BoundCurrency {
                clause: clause.clone(),
                bound: terms.bound,
                wants: if terms.bound.is_amount() {
                    "bounds an amount and needs its currency, such as currency = \"CNY\""
                } else {
                    "bounds a number of times, which has no currency"
                },
            };
            (terms.bound.is_amount() != terms.currency.is_some()).then(|| (Some(clause.clone()), fault))
        };
        self.bounds().filter_map(wrong).collect()
    }

    /// Clauses that say what cannot be. Asked of packs alone, so that stored sets stay readable.
    fn unsound(&self) -> Vec<(Option<ClauseId>, SetFault)> {
        let unsound = |clause: &Clause| {
            let why = remedy::unsound(&clause.terms)?;
            let fault = SetFault::Unsound {
                clause: clause.id.clone(),
                why,
            };
            Some((Some(clause.id.clone()), fault))
        };
        self.clauses().iter().filter_map(unsound).collect()
    }

    /// Causes that lie behind a reason nobody lists, each with its code.
    fn causes_of_nothing(&self) -> Vec<(String, SetFault)> {
        let reasons = || self.reasons().iter().map(|reason| reason.code.as_str());
        let mut faults = Vec::new();
        for cause in self.causes() {
            let unknown = |reason: &&String| !reasons().any(|known| known == reason.as_str());
            for reason in cause.reasons.iter().filter(unknown) {
                let fault = SetFault::CauseOfUnknownReason {
                    cause: cause.code.clone(),
                    reason: reason.clone(),
                    nearest: nearest(reasons(), reason),
                };
                faults.push((cause.code.clone(), fault));
            }
        }
        faults
    }

    /// Words are checked once the layers are together: a law names reasons that a platform lists.
    fn unknown_words(&self) -> Vec<(Option<ClauseId>, SetFault)> {
        let reasons: Vec<&str> = self.reasons().iter().map(|reason| reason.code.as_str()).collect();
        let causes: Vec<&str> = self.causes().iter().map(|cause| cause.code.as_str()).collect();
        let mut faults = Vec::new();
        for clause in self.clauses() {
            let conditions = clause.terms.conditions();
            for (fact, word) in conditions.iter().flat_map(|when| when.words()) {
                let known = match fact {
                    FactName::Reason => reasons.clone(),
                    FactName::Cause => causes.clone(),
                    fact => fact.words().unwrap_or_default(),
                };
                // Words of the shop's own have no list; without any reason, that alone is told.
                if known.is_empty() || known.contains(&word) {
                    continue;
                }
                let fault = SetFault::UnknownWord {
                    clause: clause.id.clone(),
                    fact: fact.text(),
                    word: word.to_owned(),
                    nearest: nearest(known.iter().copied(), word),
                };
                faults.push((Some(clause.id.clone()), fault));
            }
        }
        faults
    }
}

fn first(faults: Vec<PlacedFault>) -> SetFault {
    let nothing = || SetFault::Text("no fault was named".to_owned());
    faults
        .into_iter()
        .next()
        .map_or_else(nothing, |fault| fault.fault)
}

/// Every clause of the packs, an id only once.
fn layered<'p>(packs: &[&'p Pack], faults: &mut Vec<PlacedFault>) -> Vec<Layered<'p>> {
    let mut all: Vec<Layered<'p>> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    for pack in packs.iter().copied() {
        for clause in &pack.clauses {
            let layered = Layered { pack, clause };
            match known.insert(&clause.id, &pack.id) {
                None => all.push(layered),
                Some(first) => faults.push(layered.fault(SetFault::ClauseTwice {
                    clause: clause.id.clone(),
                    first: first.clone(),
                    second: pack.id.clone(),
                })),
            }
        }
    }
    all
}

/// Of those with one code the last, in the order they came in.
fn merged<'p, T: Clone + 'p>(all: impl Iterator<Item = &'p T>, code: fn(&T) -> &String) -> Vec<T> {
    let mut merged: Vec<T> = Vec::new();
    for one in all {
        merged.retain(|known| code(known) != code(one));
        merged.push(one.clone());
    }
    merged
}

/// Holds every figure against the floors of the layers above it.
fn undercut(all: &[Layered<'_>], faults: &mut Vec<PlacedFault>) {
    for floor in all {
        let Terms::Floor(terms) = &floor.clause.terms else {
            continue;
        };
        if floor.pack.layer == Layer::Shop {
            faults.push(floor.fault(SetFault::FloorOfShop(floor.clause.id.clone())));
            continue;
        }
        if let Floored::Compensation(right, _) = &terms.on
            && !all.iter().any(|layered| is_right(layered, right))
        {
            faults.push(floor.fault(SetFault::FloorUnknownRight {
                floor: floor.clause.id.clone(),
                right: right.clone(),
            }));
        }
        for layered in all.iter().filter(|layered| layered.pack.layer > floor.pack.layer) {
            faults.extend(below(floor, terms, layered).map(|fault| layered.fault(fault)));
        }
    }
}

fn is_right(layered: &Layered<'_>, id: &ClauseId) -> bool {
    layered.clause.id == *id && matches!(layered.clause.terms, Terms::Right(_))
}

/// What is wrong with a clause under a floor.
fn below(floor: &Layered<'_>, terms: &FloorTerms, layered: &Layered<'_>) -> Option<SetFault> {
    let (standing, figure, actual) = match (&layered.clause.terms, &terms.on) {
        (Terms::Clock(clock), Floored::Clock(of, limit)) if clock.clock == *of => {
            // A special case is held against it as well: the worst of all counts.
            let special = clock.unless.iter().filter_map(|special| special.length);
            let standing = |length: &Length| floor::length_to(*length, terms.side, *limit);
            let worst = special
                .chain([clock.length])
                .max_by_key(|length| match standing(length) {
                    Standing::Kept => 0,
                    Standing::Unclear => 1,
                    Standing::Undercut => 2,
                })
                .unwrap_or(clock.length);
            (standing(&worst), of.code().to_owned(), worst.to_string())
        }
        (Terms::Bound(bound), Floored::Bound(of, limit, currency)) if bound.bound == *of => (
            floor::bound_to(bound, terms.side, *limit, *currency),
            of.code().to_owned(),
            floor::figure(bound.at_most, bound.currency),
        ),
        (Terms::Right(right), Floored::Compensation(of, limit)) if layered.clause.id == *of => {
            let percent = right.compensation_percent_max.unwrap_or(0);
            (
                floor::percent_to(percent, terms.side, *limit),
                "compensation_percent_max".to_owned(),
                format!("{percent} %"),
            )
        }
        _ => return None,
    };
    let held = || {
        Box::new(Held {
            clause: layered.clause.id.clone(),
            figure,
            actual,
            against: floor.clause.id.clone(),
            source_of: floor.clause.source.clone(),
            side: terms.side,
            limit: terms.on.limit(),
        })
    };
    match standing {
        Standing::Kept => None,
        Standing::Undercut => Some(SetFault::BelowFloor(held())),
        Standing::Unclear => Some(SetFault::Unclear(held())),
    }
}
