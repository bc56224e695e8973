//! Policy sets: the packs a shop lives under, resolved into one list of clauses and hashed.
//!
//! A case pins the hash of the set it was opened under. The set's text is JSON, immutable once
//! published, and `PolicySet::parse` of it gives the same set for ever.
//! Must not know: where sets are stored. Tests: `tests/it/policy.rs`.

use serde::{Deserialize, Serialize};

use super::condition::{Finding, Verdict};
use super::pack::{Layer, Pack, Reason, RefusalReason};
use super::remedy::{EstimateTerms, LevelTerms, RemedyTerms, Violation};
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
struct SetText {
    packs: Vec<PackName>,
    reasons: Vec<Reason>,
    refusal_reasons: Vec<RefusalReason>,
    clauses: Vec<Clause>,
}

/// A resolved set with its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySet {
    hash: Digest,
    content: SetText,
}

/// Why packs do not make a set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetFault {
    /// One clause id in two packs.
    #[error("clause {clause} stands in {first} and again in {second}; give the later one an id of its own")]
    ClauseTwice {
        /// The clause.
        clause: ClauseId,
        /// The pack that has it.
        first: String,
        /// The pack that has it again.
        second: String,
    },
    /// One clock measured by two clauses.
    #[error("clauses {first} and {second} both measure the clock {clock:?}")]
    ClockTwice {
        /// The clock.
        clock: Clock,
        /// One clause.
        first: ClauseId,
        /// The other.
        second: ClauseId,
    },
    /// A clock the flow cannot do without.
    #[error("no clause measures the clock {0:?}, without which a case could wait for ever")]
    ClockMissing(Clock),
    /// An outcome the clock cannot have.
    #[error("clause {clause}: the clock {clock:?} cannot end in {on_expiry:?}; it can end in {possible:?}")]
    Outcome {
        /// The clause.
        clause: ClauseId,
        /// The clock.
        clock: Clock,
        /// As written.
        on_expiry: crate::case::clock::Expiry,
        /// What it can end in.
        possible: &'static [crate::case::clock::Expiry],
    },
    /// One bound set by two clauses.
    #[error("clauses {first} and {second} both bound {bound:?}")]
    BoundTwice {
        /// The bound.
        bound: Bound,
        /// One clause.
        first: ClauseId,
        /// The other.
        second: ClauseId,
    },
    /// A bound nobody sets.
    #[error("no clause bounds {0:?}, which must be neither unlimited nor nothing by omission")]
    BoundMissing(Bound),
    /// An amount without a currency, or a count with one.
    #[error("clause {clause}: {bound:?} {wants}")]
    BoundCurrency {
        /// The clause.
        clause: ClauseId,
        /// The bound.
        bound: Bound,
        /// What it should say.
        wants: &'static str,
    },
    /// A condition names a word its fact never has, so that it could never be met, or never fail.
    #[error("clause {clause}: {fact} has no word {word:?}; the nearest is {nearest:?}")]
    UnknownWord {
        /// The clause.
        clause: ClauseId,
        /// The fact.
        fact: &'static str,
        /// As written.
        word: String,
        /// The nearest known word.
        nearest: String,
    },
    /// Figures of a remedy or an estimate that make no sense.
    #[error("clause {clause}: {wants}")]
    Figures {
        /// The clause.
        clause: ClauseId,
        /// What it should say.
        wants: &'static str,
    },
    /// No reason at all.
    #[error("no pack gives a reason a buyer could choose")]
    NoReasons,
    /// A stored text that is not a set.
    #[error("this is not the text of a policy set: {0}")]
    Text(String),
}

impl PolicySet {
    /// Layers packs: law, platform, shop; a right added anywhere is a right.
    pub fn resolve(packs: &[Pack]) -> Result<Self, SetFault> {
        let mut packs: Vec<&Pack> = packs.iter().collect();
        packs.sort_by_key(|pack| pack.layer);
        let mut clauses: Vec<(&str, &Clause)> = Vec::new();
        let mut reasons: Vec<Reason> = Vec::new();
        let mut refusal_reasons: Vec<RefusalReason> = Vec::new();
        for pack in &packs {
            for clause in &pack.clauses {
                if let Some((first, _)) = clauses.iter().find(|(_, known)| known.id == clause.id) {
                    return Err(SetFault::ClauseTwice {
                        clause: clause.id.clone(),
                        first: (*first).to_owned(),
                        second: pack.id.clone(),
                    });
                }
                clauses.push((&pack.id, clause));
            }
            for reason in &pack.reasons {
                reasons.retain(|known| known.code != reason.code);
                reasons.push(reason.clone());
            }
            for reason in &pack.refusal_reasons {
                refusal_reasons.retain(|known| known.code != reason.code);
                refusal_reasons.push(reason.clone());
            }
        }
        let names = packs.iter().map(|pack| PackName {
            id: pack.id.clone(),
            revision: pack.revision.clone(),
            layer: pack.layer,
        });
        let clauses = clauses.into_iter().map(|(_, clause)| clause.clone()).collect();
        let set = Self::checked(SetText {
            packs: names.collect(),
            reasons,
            refusal_reasons,
            clauses,
        })?;
        set.check_words()?;
        set.check_currencies()?;
        set.check_figures()?;
        Ok(set)
    }

    /// An amount names its currency. Asked of packs alone: stored sets without one stay readable.
    fn check_currencies(&self) -> Result<(), SetFault> {
        for (clause, terms) in self.bounds() {
            if terms.bound.is_amount() != terms.currency.is_some() {
                return Err(SetFault::BoundCurrency {
                    clause: clause.clone(),
                    bound: terms.bound,
                    wants: if terms.bound.is_amount() {
                        "bounds an amount and needs its currency, such as currency = \"CNY\""
                    } else {
                        "bounds a number of times, which has no currency"
                    },
                });
            }
        }
        Ok(())
    }

    /// Remedies and estimates name the currency of what they give, and no more than a whole.
    fn check_figures(&self) -> Result<(), SetFault> {
        for clause in self.clauses() {
            let wants = match &clause.terms {
                Terms::Remedy(terms) => terms.wants(),
                Terms::Estimate(terms) => terms.wants(),
                _ => None,
            };
            if let Some(wants) = wants {
                return Err(SetFault::Figures {
                    clause: clause.id.clone(),
                    wants,
                });
            }
        }
        Ok(())
    }

    /// Words are checked once the layers are together: a law names reasons that a platform lists.
    fn check_words(&self) -> Result<(), SetFault> {
        let reasons: Vec<&str> = self.reasons().iter().map(|reason| reason.code.as_str()).collect();
        for clause in self.clauses() {
            let conditions = clause.terms.conditions();
            for (fact, word) in conditions.iter().flat_map(|condition| condition.words()) {
                let known = match fact {
                    FactName::Reason => Some(reasons.clone()),
                    fact => fact.words(),
                };
                let Some(known) = known else { continue };
                if !known.contains(&word) {
                    let distance = |known: &&&str| strsim::damerau_levenshtein(known, word);
                    let nearest = known.iter().min_by_key(distance);
                    return Err(SetFault::UnknownWord {
                        clause: clause.id.clone(),
                        fact: fact.text(),
                        word: word.to_owned(),
                        nearest: nearest.map_or_else(String::new, |nearest| (*nearest).to_owned()),
                    });
                }
            }
        }
        Ok(())
    }

    /// Reads a set back from its stored text.
    pub fn parse(text: &str) -> Result<Self, SetFault> {
        let content = serde_json::from_str(text).map_err(|fault| SetFault::Text(fault.to_string()))?;
        Self::checked(content)
    }

    fn checked(content: SetText) -> Result<Self, SetFault> {
        let text = serde_json::to_string(&content).map_err(|fault| SetFault::Text(fault.to_string()))?;
        let set = Self {
            hash: Digest::of(&[text.as_bytes()]),
            content,
        };
        if set.content.reasons.is_empty() {
            return Err(SetFault::NoReasons);
        }
        set.check_clocks()?;
        set.check_bounds()?;
        Ok(set)
    }

    /// Each clock is measured once and ends in what it can end in.
    fn check_clocks(&self) -> Result<(), SetFault> {
        for clock in Clock::ALL {
            let required = Clock::REQUIRED.contains(clock);
            let mut measured = self.clocks().filter(|(_, terms)| terms.clock == *clock);
            let Some((first, terms)) = measured.next() else {
                if required {
                    return Err(SetFault::ClockMissing(*clock));
                }
                continue;
            };
            if let Some((second, _)) = measured.next() {
                return Err(SetFault::ClockTwice {
                    clock: *clock,
                    first: first.clone(),
                    second: second.clone(),
                });
            }
            if !clock.outcomes().contains(&terms.on_expiry) {
                return Err(SetFault::Outcome {
                    clause: first.clone(),
                    clock: *clock,
                    on_expiry: terms.on_expiry,
                    possible: clock.outcomes(),
                });
            }
        }
        Ok(())
    }

    /// Each bound is set once.
    fn check_bounds(&self) -> Result<(), SetFault> {
        for bound in Bound::ALL {
            let mut setting = self.bounds().filter(|(_, terms)| terms.bound == *bound);
            let Some((first, _)) = setting.next() else {
                if Bound::REQUIRED.contains(bound) {
                    return Err(SetFault::BoundMissing(*bound));
                }
                continue;
            };
            if let Some((second, _)) = setting.next() {
                return Err(SetFault::BoundTwice {
                    bound: *bound,
                    first: first.clone(),
                    second: second.clone(),
                });
            }
        }
        Ok(())
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

    /// A reason with its groups, itself first.
    pub fn reason_path(&self, code: &str) -> Vec<&str> {
        self.reason(code)
            .map(|reason| reason.code.as_str())
            .into_iter()
            .collect()
    }

    /// Reasons a shop may refuse with.
    pub fn refusal_reasons(&self) -> &[RefusalReason] {
        &self.content.refusal_reasons
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

    /// The clause that measures a clock; every set has one for each.
    pub fn clock(&self, clock: Clock) -> Option<(&ClauseId, &ClockTerms)> {
        self.clocks().find(|(_, terms)| terms.clock == clock)
    }

    fn bounds(&self) -> impl Iterator<Item = (&ClauseId, &BoundTerms)> {
        self.content
            .clauses
            .iter()
            .filter_map(|clause| match &clause.terms {
                Terms::Bound(terms) => Some((&clause.id, terms)),
                _ => None,
            })
    }

    /// A bound with the clause that sets it; every set has one for each.
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
