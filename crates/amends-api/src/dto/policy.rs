//! Policy sets over the wire: clauses with their titles in the caller's language.
//!
//! Must not know: how a condition is judged. Tests: `tests/it/shop.rs`.

use amends_domain::digest::Digest;
use amends_domain::policy::floor::{FloorTerms, Floored, Side};
use amends_domain::policy::pack::Cause;
use amends_domain::policy::set::PolicySet;
use amends_domain::policy::{Clause, ClauseId, Terms};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::words::{Clock, Expiry, Kind, Layer, Owner, Payer, Priority, Proof};
use crate::language::Language;

/// A policy set.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyDto {
    /// Which cases pin.
    #[schema(value_type = String)]
    hash: Digest,
    /// What it was made of.
    packs: Vec<PackDto>,
    /// Reasons a buyer may choose from.
    reasons: Vec<ReasonDto>,
    /// Reasons a shop may refuse with.
    refusal_reasons: Vec<NamedDto>,
    /// What a trouble can turn out to come from.
    causes: Vec<CauseDto>,
    /// Every clause.
    clauses: Vec<ClauseTermsDto>,
}

/// A pack that went into a set.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackDto {
    /// Its name.
    id: String,
    /// Its revision.
    revision: String,
    /// Whose it is.
    layer: Layer,
}

/// A code with what a person reads.
#[derive(Serialize, ToSchema)]
pub(crate) struct NamedDto {
    /// Stable.
    pub(crate) code: String,
    /// In the caller's language.
    pub(crate) title: String,
}

/// A reason of the tree.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonDto {
    /// Stable.
    code: String,
    /// In the caller's language.
    title: String,
    /// How urgent it is: by itself, or as the group above it.
    priority: Priority,
    /// The group it stands below.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    /// The shop opens cases for it of its own accord; nobody who asks for something chooses it.
    own: bool,
}

impl ReasonDto {
    /// Whether whoever asks for something may choose it.
    pub(crate) fn can_be_chosen(&self) -> bool {
        !self.own
    }
}

/// A clause as a person reads it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClauseDto {
    /// Its id.
    #[schema(value_type = String, example = "CLK-2")]
    pub(crate) id: ClauseId,
    /// In the caller's language; empty when the set has no such clause.
    pub(crate) title: String,
    /// The law's article, the platform's rule, the house's rule.
    pub(crate) source: String,
}

/// A clause with what it says: exactly one of clock, right, bound and floor.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClauseTermsDto {
    #[serde(flatten)]
    clause: ClauseDto,
    /// The clause of a lower layer whose place it took.
    #[schema(value_type = Option<String>, example = "CLK-2")]
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<ClauseId>,
    /// How long a clock runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    clock: Option<ClockTermsDto>,
    /// A right of the buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<RightDto>,
    /// A bound on what may be paid or tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<BoundDto>,
    /// What figures of the layers below must keep to.
    #[serde(skip_serializing_if = "Option::is_none")]
    floor: Option<FloorDto>,
    /// A remedy that may be offered, as its pack writes it; amounts in minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    remedy: Option<Value>,
    /// How grave a case is and who handles it, as its pack writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    level: Option<Value>,
    /// What points are deducted for, as its pack writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    violation: Option<Value>,
    /// A figure the shop reckons with, as its pack writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    estimate: Option<Value>,
    /// What a dispute needs to be shown, as its pack writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Value>,
    /// How often and when a buyer may be written to unasked, as its pack writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    care: Option<Value>,
    /// To whom goods may be suggested, as its pack writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<Value>,
    /// A sign of abuse and its figures, as its pack writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    signal: Option<Value>,
}

/// How long a clock runs and what happens at its end.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClockTermsDto {
    /// Which clock.
    clock: Clock,
    /// Elapsed hours (`48h`) or calendar days (`10d`).
    #[schema(example = "48h")]
    length: String,
    /// Hours of the day in which alone it runs and ends, as `09:00-21:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<String>,
    /// How long before the end its owner is warned.
    warn_before: Option<String>,
    /// Who must act.
    owner: Owner,
    /// What happens otherwise.
    on_expiry: Expiry,
}

/// A right of the buyer.
#[derive(Serialize, ToSchema)]
pub(crate) struct RightDto {
    /// Kinds of request it supports.
    kinds: Vec<Kind>,
    /// What must hold: a comparison, or one of `all`, `any`, `not`.
    #[schema(value_type = Object)]
    when: Value,
    /// Who bears the return's freight.
    return_freight: Payer,
    /// Whether proof may be asked for.
    proof: Proof,
    /// Compensation on top, in whole percent of the goods' paid value.
    #[serde(skip_serializing_if = "Option::is_none")]
    compensation_percent_max: Option<u32>,
}

/// A bound.
#[derive(Serialize, ToSchema)]
pub(crate) struct BoundDto {
    /// `return_freight` (minor units), `renewals` or `refund_attempts` (times).
    bound: &'static str,
    /// Its value.
    at_most: i64,
}

/// A floor: a figure, and the limit it keeps to.
#[derive(Serialize, ToSchema)]
pub(crate) struct FloorDto {
    /// A clock, a bound, or the right whose compensation it is.
    #[schema(example = "refund_execution")]
    on: String,
    /// `at_most` or `at_least`.
    side: &'static str,
    /// With its unit.
    #[schema(example = "7d")]
    limit: String,
}

impl FloorDto {
    fn of(terms: &FloorTerms) -> Self {
        Self {
            on: match &terms.on {
                Floored::Clock(clock, _) => clock.code().to_owned(),
                Floored::Bound(bound, ..) => bound.code().to_owned(),
                Floored::Compensation(right, _) => right.to_string(),
            },
            side: match terms.side {
                Side::AtMost => "at_most",
                Side::AtLeast => "at_least",
            },
            limit: terms.on.limit(),
        }
    }
}

impl ClauseDto {
    pub(crate) fn of(policy: &PolicySet, id: &ClauseId, language: Language) -> Self {
        let clause = policy.clause(id);
        Self {
            id: id.clone(),
            title: clause
                .map(|clause| language.title(&clause.title))
                .unwrap_or_default(),
            source: clause.map(|clause| clause.source.clone()).unwrap_or_default(),
        }
    }
}

impl ClauseTermsDto {
    pub(super) fn of(policy: &PolicySet, clause: &Clause, language: Language) -> Self {
        let mut dto = Self {
            clause: ClauseDto::of(policy, &clause.id, language),
            replaces: clause.replaces.clone(),
            clock: None,
            right: None,
            bound: None,
            floor: None,
            remedy: None,
            level: None,
            violation: None,
            estimate: None,
            evidence: None,
            care: None,
            suggestion: None,
            signal: None,
        };
        match &clause.terms {
            Terms::Clock(terms) => {
                dto.clock = Some(ClockTermsDto {
                    clock: terms.clock.into(),
                    length: terms.length.to_string(),
                    within: terms.within.map(String::from),
                    warn_before: terms.warn_before.map(|length| length.to_string()),
                    owner: terms.owner.into(),
                    on_expiry: terms.on_expiry.into(),
                });
            }
            Terms::Right(terms) => {
                dto.right = Some(RightDto {
                    kinds: terms.kinds.iter().copied().map(Kind::from).collect(),
                    when: serde_json::to_value(&terms.when).unwrap_or_default(),
                    return_freight: terms.return_freight.into(),
                    proof: terms.proof.into(),
                    compensation_percent_max: terms.compensation_percent_max,
                });
            }
            Terms::Bound(terms) => {
                dto.bound = Some(BoundDto {
                    bound: terms.bound.code(),
                    at_most: terms.at_most,
                });
            }
            Terms::Floor(terms) => dto.floor = Some(FloorDto::of(terms)),
            Terms::Remedy(terms) => dto.remedy = Some(said(terms)),
            Terms::Level(terms) => dto.level = Some(said(terms)),
            Terms::Violation(terms) => dto.violation = Some(said(terms)),
            Terms::Estimate(terms) => dto.estimate = Some(said(terms)),
            Terms::Evidence(terms) => dto.evidence = Some(said(terms)),
            Terms::Care(terms) => dto.care = Some(said(terms)),
            Terms::Suggestion(terms) => dto.suggestion = Some(said(terms)),
            Terms::Signal(terms) => dto.signal = Some(said(terms)),
        }
        dto
    }
}

/// A clause's terms as its pack writes them.
fn said(terms: &impl Serialize) -> Value {
    serde_json::to_value(terms).unwrap_or_default()
}

/// What a trouble can turn out to come from.
#[derive(Serialize, ToSchema)]
pub(crate) struct CauseDto {
    /// Stable code.
    code: String,
    /// In the reader's language.
    title: String,
    /// Reasons or groups it can lie behind; any, where there is none.
    reasons: Vec<String>,
}

impl PackDto {
    pub(super) fn of(pack: &amends_domain::policy::set::PackName) -> Self {
        Self {
            id: pack.id.clone(),
            revision: pack.revision.clone(),
            layer: pack.layer.into(),
        }
    }
}

impl CauseDto {
    fn of(cause: &Cause, language: Language) -> Self {
        Self {
            code: cause.code.clone(),
            title: language.title(&cause.title),
            reasons: cause.reasons.clone(),
        }
    }
}

impl PolicyDto {
    pub(crate) fn of(policy: &PolicySet, language: Language) -> Self {
        let refusal_reasons = policy.refusal_reasons().iter();
        let refusal_reasons = refusal_reasons.map(|reason| NamedDto {
            code: reason.code.clone(),
            title: language.title(&reason.title),
        });
        let clauses = policy
            .clauses()
            .iter()
            .map(|clause| ClauseTermsDto::of(policy, clause, language));
        Self {
            hash: policy.hash(),
            packs: policy.packs().iter().map(PackDto::of).collect(),
            reasons: reasons(policy, language),
            refusal_reasons: refusal_reasons.collect(),
            causes: policy
                .causes()
                .iter()
                .map(|cause| CauseDto::of(cause, language))
                .collect(),
            clauses: clauses.collect(),
        }
    }
}

/// Reasons a buyer may choose from.
pub(crate) fn reasons(policy: &PolicySet, language: Language) -> Vec<ReasonDto> {
    let reasons = policy.reasons().iter().map(|reason| ReasonDto {
        code: reason.code.clone(),
        title: language.title(&reason.title),
        priority: policy
            .reason_priority(&reason.code)
            .unwrap_or(amends_domain::policy::pack::Priority::Medium)
            .into(),
        parent: reason.parent.clone(),
        own: reason.own,
    });
    reasons.collect()
}

/// Rights the set gives, each with its clause.
pub(crate) fn rights(policy: &PolicySet, language: Language) -> Vec<ClauseTermsDto> {
    let rights = policy
        .clauses()
        .iter()
        .filter(|clause| matches!(clause.terms, Terms::Right(_)));
    rights
        .map(|clause| ClauseTermsDto::of(policy, clause, language))
        .collect()
}
