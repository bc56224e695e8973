//! Policy sets: the packs a shop lives under, resolved into one list of clauses and hashed. How packs
//! are resolved stands in `resolve`.
//!
//! A case pins the hash of the set it was opened under. The set's text is JSON, immutable once
//! published, and `PolicySet::parse` of it gives the same set for ever.
//! Must not know: where sets are stored. Tests: `tests/it/policy.rs`.

use serde::{Deserialize, Serialize};

use super::condition::{Finding, Verdict};
use super::evidence::EvidenceTerms;
use super::fault::SetFault;
use super::pack::{Cause, Layer, Reason, RefusalReason};
use super::remedy::{EstimateTerms, LevelTerms, RemedyTerms, Violation};
use super::signal::SignalTerms;
use super::{Bound, BoundTerms, Clause, ClauseId, ClockTerms, Explanation, RightTerms, Terms};
use crate::case::Kind;
use crate::case::clock::Clock;
use crate::digest::Digest;
use crate::facts::{FactName, FactValue};
use crate::money::Currency;

/// Which packs went into a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackName {
    /// The pack.
    pub id: String,
    /// Its revision.
    pub revision: String,
    /// Its layer.
    pub layer: Layer,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SetText {
    pub(super) packs: Vec<PackName>,
    pub(super) reasons: Vec<Reason>,
    pub(super) refusal_reasons: Vec<RefusalReason>,
    /// Absent where there is none, so that the hash of a set stored before stays what it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) causes: Vec<Cause>,
    pub(super) clauses: Vec<Clause>,
}

/// The word nearest to one that is not known.
pub(super) fn nearest<'w>(known: impl Iterator<Item = &'w str>, word: &str) -> String {
    let distance = |known: &&str| strsim::damerau_levenshtein(known, word);
    known.min_by_key(distance).unwrap_or_default().to_owned()
}

/// A resolved set with its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySet {
    hash: Digest,
    content: SetText,
}

impl PolicySet {
    /// Reads a set back from its stored text.
    pub fn parse(text: &str) -> Result<Self, SetFault> {
        let content = serde_json::from_str(text).map_err(|fault| SetFault::Text(fault.to_string()))?;
        let set = Self::sealed(content);
        match set.faults().into_iter().next() {
            Some((_, fault)) => Err(fault),
            None => Ok(set),
        }
    }

    /// Puts its seal under a text.
    pub(super) fn sealed(content: SetText) -> Self {
        let mut set = Self {
            hash: Digest::ZERO,
            content,
        };
        set.hash = Digest::of(&[set.text().as_bytes()]);
        set
    }

    /// What no set does without: reasons, each clock and each bound once.
    pub(super) fn faults(&self) -> Vec<(Option<ClauseId>, SetFault)> {
        let mut faults = Vec::new();
        if self.content.reasons.is_empty() {
            faults.push((None, SetFault::NoReasons));
        }
        self.check_clocks(&mut faults);
        self.check_bounds(&mut faults);
        faults
    }

    /// Each clock is measured once and ends in what it can end in.
    fn check_clocks(&self, faults: &mut Vec<(Option<ClauseId>, SetFault)>) {
        for clock in Clock::ALL {
            let mut measured = self.clocks().filter(|(_, terms)| terms.clock == *clock);
            let Some((first, _)) = measured.next() else {
                if Clock::REQUIRED.contains(clock) {
                    faults.push((None, SetFault::ClockMissing(*clock)));
                }
                continue;
            };
            for (second, _) in measured {
                let fault = SetFault::ClockTwice {
                    clock: *clock,
                    first: first.clone(),
                    second: second.clone(),
                };
                faults.push((Some(second.clone()), fault));
            }
        }
        for (clause, terms) in self.clocks() {
            if !terms.clock.outcomes().contains(&terms.on_expiry) {
                let fault = SetFault::Outcome {
                    clause: clause.clone(),
                    clock: terms.clock,
                    on_expiry: terms.on_expiry,
                    possible: terms.clock.outcomes(),
                };
                faults.push((Some(clause.clone()), fault));
            }
        }
    }

    /// Each bound is set once.
    fn check_bounds(&self, faults: &mut Vec<(Option<ClauseId>, SetFault)>) {
        for bound in Bound::ALL {
            let mut setting = self.bounds().filter(|(_, terms)| terms.bound == *bound);
            let Some((first, _)) = setting.next() else {
                if Bound::REQUIRED.contains(bound) {
                    faults.push((None, SetFault::BoundMissing(*bound)));
                }
                continue;
            };
            for (second, _) in setting {
                let fault = SetFault::BoundTwice {
                    bound: *bound,
                    first: first.clone(),
                    second: second.clone(),
                };
                faults.push((Some(second.clone()), fault));
            }
        }
    }

    /// The set's hash, which cases pin.
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// The text the hash is of.
    pub fn text(&self) -> String {
        serde_json::to_string(&self.content).unwrap_or_default()
    }

    /// The packs it was made of.
    pub fn packs(&self) -> &[PackName] {
        &self.content.packs
    }

    /// Reasons a buyer may choose from.
    pub fn reasons(&self) -> &[Reason] {
        &self.content.reasons
    }

    /// A reason by code.
    pub fn reason(&self, code: &str) -> Option<&Reason> {
        self.content.reasons.iter().find(|reason| reason.code == code)
    }

    /// Reasons a shop may refuse with.
    pub fn refusal_reasons(&self) -> &[RefusalReason] {
        &self.content.refusal_reasons
    }

    /// What a trouble can turn out to come from.
    pub fn causes(&self) -> &[Cause] {
        &self.content.causes
    }

    /// Causes that can lie behind a reason.
    pub fn causes_of(&self, reason: &str) -> impl Iterator<Item = &Cause> {
        let path = self.reason_path(reason);
        self.causes().iter().filter(move |cause| {
            let behind = |reason: &String| path.contains(&reason.as_str());
            cause.reasons.is_empty() || cause.reasons.iter().any(behind)
        })
    }

    /// Every clause.
    pub fn clauses(&self) -> &[Clause] {
        &self.content.clauses
    }

    /// A clause by id.
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.content.clauses.iter().find(|clause| clause.id == *id)
    }

    fn clocks(&self) -> impl Iterator<Item = (&ClauseId, &ClockTerms)> {
        self.content
            .clauses
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Clock(terms) => Some((&clause.id, terms)),
                _ => None,
            })
    }

    /// The clause that measures a clock; every set has one for each of [`Clock::REQUIRED`].
    pub fn clock(&self, clock: Clock) -> Option<(&ClauseId, &ClockTerms)> {
        self.clocks().find(|(_, terms)| terms.clock == clock)
    }

    pub(super) fn bounds(&self) -> impl Iterator<Item = (&ClauseId, &BoundTerms)> {
        self.content
            .clauses
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Bound(terms) => Some((&clause.id, terms)),
                _ => None,
            })
    }

    /// A bound with the clause that sets it; every set has one for each of [`Bound::REQUIRED`].
    pub fn bound(&self, bound: Bound) -> Option<(&ClauseId, i64)> {
        let mut setting = self.bounds().filter(|(_, terms)| terms.bound == bound);
        setting.next().map(|(clause, terms)| (clause, terms.at_most))
    }

    /// The same for an amount, in minor units of this currency; nothing when it is set in another.
    pub fn bound_in(&self, bound: Bound, currency: Currency) -> Option<(&ClauseId, i64)> {
        let mut setting = self.bounds().filter(|(_, terms)| terms.bound == bound);
        let (clause, terms) = setting.next()?;
        let same = terms.currency.is_none_or(|of| of == currency);
        Some((clause, if same { terms.at_most } else { 0 }))
    }

    /// A right by its clause.
    pub fn right(&self, id: &ClauseId) -> Option<&RightTerms> {
        match &self.clause(id)?.terms {
            Terms::Right(terms) => Some(terms),
            _ => None,
        }
    }

    /// Judges every right that supports this kind of request; each explains itself.
    pub fn explain(&self, kind: Kind, value: &impl Fn(FactName) -> Option<FactValue>) -> Vec<Explanation> {
        let explain = |clause: &Clause| match &clause.terms {
            Terms::Right(terms) if terms.kinds.contains(&kind) => {
                let mut findings: Vec<Finding> = Vec::new();
                let verdict: Verdict = terms.when.judge(value, &mut findings);
                Some(Explanation {
                    clause: clause.id.clone(),
                    verdict,
                    findings,
                })
            }
            _ => None,
        };
        self.content.clauses.iter().filter_map(explain).collect()
    }

    /// Estimates, in the order of the set.
    pub fn estimates(&self) -> impl Iterator<Item = &EstimateTerms> {
        self.content
            .clauses
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Estimate(terms) => Some(terms),
                _ => None,
            })
    }

    /// What disputes need to be shown, in the order of the set.
    pub fn evidence(&self) -> impl Iterator<Item = (&ClauseId, &EvidenceTerms)> {
        self.content
            .clauses
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Evidence(terms) => Some((&clause.id, terms)),
                _ => None,
            })
    }

    /// Signs of abuse, in the order of the set.
    pub fn signals(&self) -> impl Iterator<Item = (&ClauseId, &SignalTerms)> {
        self.content
            .clauses
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Signal(terms) => Some((&clause.id, terms)),
                _ => None,
            })
    }

    /// Levels, in the order of the set.
    pub fn levels(&self) -> impl Iterator<Item = (&ClauseId, &LevelTerms)> {
        self.content
            .clauses
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Level(terms) => Some((&clause.id, terms)),
                _ => None,
            })
    }

    /// Remedies, in the order of the set.
    pub fn remedies(&self) -> impl Iterator<Item = (&ClauseId, &RemedyTerms)> {
        self.content
            .clauses
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Remedy(terms) => Some((&clause.id, terms.as_ref())),
                _ => None,
            })
    }

    /// What is deducted for a violation, with the clause that says so.
    pub fn violation(&self, violation: Violation) -> Option<(&ClauseId, u32)> {
        self.content
            .clauses
            .iter()
            .find_map(|clause| match &clause.terms {
                Terms::Violation(terms) if terms.violation == violation => Some((&clause.id, terms.points)),
                _ => None,
            })
    }
}
