//! Care mail 关怀邮件: which buyers a segment 人群 holds, and who of them is left out, and why (FUP-5, FUP-6).
//!
//! Pure: what is known of a buyer comes in, a verdict goes out. Must not know: names, addresses, texts,
//! where it is stored. Tests: `tests/it/care.rs`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::policy::care::{CareTerms, SuggestionTerms};
use crate::time::Moment;

/// What is known of a buyer when a mail is planned. Nothing of it says who he is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CareBuyer {
    /// The tier 等级 the shop gave him.
    pub tier: Option<String>,
    /// His tags 标签.
    pub tags: BTreeSet<String>,
    /// How many orders he placed.
    pub orders: u64,
    /// When he paid the last one.
    pub last_order_at: Option<Moment>,
    /// The score of the last follow-up he answered.
    pub last_score: Option<u8>,
    /// He wants no care mail 退订.
    pub opted_out: bool,
    /// The shop does not write to him 黑名单.
    pub blocked: bool,
    /// A case of his is open, or a dispute.
    pub open_case: bool,
    /// He has a mail address.
    pub has_address: bool,
    /// Care mails he got or will get within the days of the policy.
    pub mails: u32,
}

/// A saved condition over buyers 人群; what is left out does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// In one of these tiers; empty is any.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tiers: BTreeSet<String>,
    /// With all of these tags.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Whose last order is of then or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered_from: Option<Moment>,
    /// Whose last order is of before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered_before: Option<Moment>,
    /// With so many orders or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders_min: Option<u32>,
    /// With so many orders or fewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders_max: Option<u32>,
    /// Whose last answer was satisfied, or was not; who never answered is neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satisfied: Option<bool>,
}

impl Condition {
    /// Whether it asks about orders.
    pub fn asks_orders(&self) -> bool {
        self.ordered_from.is_some()
            || self.ordered_before.is_some()
            || self.orders_min.is_some()
            || self.orders_max.is_some()
    }

    /// Whether a buyer is meant; `satisfied_from` is the least score that counts as satisfied.
    pub fn holds(&self, buyer: &CareBuyer, satisfied_from: u8) -> bool {
        let tier = || buyer.tier.as_ref().is_some_and(|tier| self.tiers.contains(tier));
        let from = |from| buyer.last_order_at.is_some_and(|at| at >= from);
        let before = |before| buyer.last_order_at.is_some_and(|at| at < before);
        let is_satisfied = buyer.last_score.map(|score| score >= satisfied_from);
        (self.tiers.is_empty() || tier())
            && self.tags.is_subset(&buyer.tags)
            && self.ordered_from.is_none_or(from)
            && self.ordered_before.is_none_or(before)
            && self.orders_min.is_none_or(|min| buyer.orders >= u64::from(min))
            && self.orders_max.is_none_or(|max| buyer.orders <= u64::from(max))
            && (self.satisfied.is_none() || self.satisfied == is_satisfied)
    }
}

/// Why a buyer who is meant gets no mail, in the order in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// He wants none 已退订.
    OptedOut,
    /// The shop does not write to him 黑名单.
    Blocked,
    /// He has no mail address.
    NoAddress,
    /// A case of his is open, or a dispute.
    OpenCase,
    /// His last answer was not satisfied.
    Unsatisfied,
    /// Goods are suggested, and he never said that he was satisfied enough.
    NotSatisfied,
    /// He got as many as he may within the days of the policy.
    Capped,
}

impl LeftOut {
    /// Every reason.
    pub const ALL: &[Self] = &[
        Self::OptedOut,
        Self::Blocked,
        Self::NoAddress,
        Self::OpenCase,
        Self::Unsatisfied,
        Self::NotSatisfied,
        Self::Capped,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OptedOut => "opted_out",
            Self::Blocked => "blocked",
            Self::NoAddress => "no_address",
            Self::OpenCase => "open_case",
            Self::Unsatisfied => "unsatisfied",
            Self::NotSatisfied => "not_satisfied",
            Self::Capped => "capped",
        }
    }

    /// A reason by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|why| why.code() == code)
    }
}

/// By what a mail is bounded: the policy's care clause, and where goods are suggested, its clause for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CareRules {
    /// How often, when, and below which score not at all.
    pub care: CareTerms,
    /// Whom goods may be suggested to; none where none are.
    pub suggestion: Option<SuggestionTerms>,
}

impl CareRules {
    /// Why a buyer gets no mail; none when he gets it.
    pub fn left_out(&self, buyer: &CareBuyer) -> Option<LeftOut> {
        let below = |min: u8| buyer.last_score.is_some_and(|score| score < min);
        let unsuggested =
            |terms: SuggestionTerms| buyer.last_score.is_none_or(|score| score < terms.score_min);
        let why = [
            (buyer.opted_out, LeftOut::OptedOut),
            (buyer.blocked, LeftOut::Blocked),
            (!buyer.has_address, LeftOut::NoAddress),
            (buyer.open_case, LeftOut::OpenCase),
            (below(self.care.score_min), LeftOut::Unsatisfied),
            (self.suggestion.is_some_and(unsuggested), LeftOut::NotSatisfied),
            (buyer.mails >= self.care.mails_max, LeftOut::Capped),
        ];
        why.into_iter().find_map(|(so, why)| so.then_some(why))
    }
}
