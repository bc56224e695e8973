//! What clauses say beside clocks, rights and bounds: remedies, levels, violations and estimates.
//!
//! Must not know: any figure. Tests: `tests/it/remedies.rs`, `tests/it/level.rs`.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::{Payer, Terms, care};
use crate::actor::Role;
use crate::case::Kind;
use crate::case::assessment::Severity;
use crate::case::remedy::{Extra, Remedy};
use crate::facts::FactName;
use crate::money::Currency;
use crate::time::Length;

/// A remedy that may be offered (REM-1, REM-2): for which cases, when, and how it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemedyTerms {
    /// What it is.
    pub remedy: Remedy,
    /// Kinds of case it settles.
    pub kinds: Vec<Kind>,
    /// What must hold.
    pub when: Condition,
    /// How goods and money move then; without it no goods move and only money on top is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Kind>,
    /// How much is refunded of what is left of the goods, in whole percent, where the route refunds;
    /// all of it without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund_percent: Option<Range>,
    /// The order's freight is refunded, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refund_freight: bool,
    /// Money on top, in whole percent of what was paid for the goods (REM-3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation_percent: Option<Range>,
    /// Money on top as an amount, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation: Option<Range>,
    /// Of the gap to a dearer product, what the buyer pays, in whole percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap_percent: Option<u32>,
    /// What the buyer pays for it, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer_pays: Option<i64>,
    /// Who bears the return's freight.
    #[serde(default = "buyer")]
    pub return_freight: Payer,
    /// What is given beside.
    #[serde(default, rename = "extra", skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
    /// The goods are tried with corrected use first, as long as the clock of trials runs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trial: bool,
    /// How long it takes, as the buyer is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_in: Option<Length>,
    /// The currency of its amounts; in another it can't be offered. Needed where it names any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

fn buyer() -> Payer {
    Payer::Buyer
}

impl RemedyTerms {
    /// Whether it names an amount of money.
    pub fn names_amounts(&self) -> bool {
        self.compensation.is_some()
            || self.buyer_pays.is_some()
            || self.extras.iter().any(|extra| extra.cost() > 0)
    }
}

/// What of a clause cannot be, though each of its fields is well written.
pub(super) fn unsound(terms: &Terms) -> Option<&'static str> {
    match terms {
        Terms::Remedy(terms) => unsound_remedy(terms),
        Terms::Estimate(terms) => unsound_estimate(terms),
        Terms::Care(terms) => care::unsound_care(terms),
        Terms::Suggestion(terms) => care::unsound_suggestion(*terms),
        Terms::Level(terms) if !terms.level.handles_cases() => {
            Some("a level is agent, supervisor, manager or admin")
        }
        Terms::Signal(terms) => terms.unsound(),
        Terms::Right(_) | Terms::Clock(_) if asks_blocked(terms) => {
            Some("no right and no clock depends on the block list: a blocked buyer keeps his rights")
        }
        Terms::Right(terms)
            if terms.compensation_at_least.is_some() != terms.compensation_currency.is_some() =>
        {
            Some("compensation_at_least and compensation_currency stand together")
        }
        _ => None,
    }
}

fn asks_blocked(terms: &Terms) -> bool {
    let conditions = terms.conditions();
    conditions.iter().any(|when| when.names(FactName::BuyerBlocked))
}

fn unsound_remedy(terms: &RemedyTerms) -> Option<&'static str> {
    let ranges = [
        terms.refund_percent,
        terms.compensation_percent,
        terms.compensation,
    ];
    let percents = [
        terms.refund_percent.map(|range| range.most),
        terms.gap_percent.map(i64::from),
    ];
    if terms.names_amounts() != terms.currency.is_some() {
        Some("a remedy that names amounts, and no other, names their currency, such as currency = \"CNY\"")
    } else if ranges.into_iter().flatten().any(|range| !range.is_sound()) {
        Some("a range goes from the least to the most, nothing below zero")
    } else if percents.into_iter().flatten().any(|percent| percent > 100) {
        Some("more than a hundred percent of what is left, or of a gap, can't be given")
    } else if terms.buyer_pays.is_some_and(|pays| pays < 0)
        || terms.extras.iter().any(|extra| extra.cost() < 0)
    {
        Some("what it costs can't be below zero")
    } else if terms.gap_percent.is_some() && terms.buyer_pays.is_some() {
        Some("gap_percent and buyer_pays both say what the buyer pays")
    } else if terms.route.is_some_and(|route| !route.is_decided()) {
        Some("a route is a kind by which goods or money move")
    } else if terms.refund_percent.is_some() && !terms.route.is_some_and(Kind::asks_money) {
        Some("refund_percent needs a route that refunds")
    } else if terms.kinds.is_empty() {
        Some("it settles no kind of case")
    } else {
        None
    }
}

fn unsound_estimate(terms: &EstimateTerms) -> Option<&'static str> {
    let amount = terms.estimate == Estimate::OneWayFreight;
    if amount != terms.currency.is_some() {
        Some("an estimated amount, and no other, names its currency, such as currency = \"CNY\"")
    } else if terms.value < 0 || (!amount && terms.value > 100) {
        Some("an estimate is an amount from zero, or 0 to 100 percent")
    } else {
        None
    }
}

/// From the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The least, and what is offered when nothing else is said.
    pub least: i64,
    /// The most.
    pub most: i64,
}

impl Range {
    /// Whether it is a range: nothing below zero, the least not above the most.
    pub fn is_sound(self) -> bool {
        self.least >= 0 && self.least <= self.most
    }
}

/// How grave a case is that meets a condition, and who handles it (INT-6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelTerms {
    /// What must hold.
    pub when: Condition,
    /// How grave it is then.
    pub severity: Severity,
    /// Who handles it then.
    pub level: Role,
}

/// What no message to a buyer may say: a platform deducts points for it (VIO), or the shop forbids it
/// (LIA-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViolationTerms {
    /// What it is.
    pub violation: Violation,
    /// Points deducted; none where only the shop forbids it.
    pub points: u32,
}

/// What a message to a buyer may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Violation {
    /// Refusing normal after-sales service (VIO-1).
    ServiceRefused,
    /// Fake dispatch, or dispatch against a good review (VIO-2).
    FakeDispatch,
    /// A hostile attitude, improper words (VIO-3).
    Hostile,
    /// Service against a review's deletion (VIO-4).
    ReviewDemanded,
    /// The buyer pushed on to carrier or maker (LIA-5).
    PushedOn,
}

impl Violation {
    /// Every violation.
    pub const ALL: &[Violation] = &[
        Self::ServiceRefused,
        Self::FakeDispatch,
        Self::Hostile,
        Self::ReviewDemanded,
        Self::PushedOn,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::ServiceRefused => "service_refused",
            Self::FakeDispatch => "fake_dispatch",
            Self::Hostile => "hostile",
            Self::ReviewDemanded => "review_demanded",
            Self::PushedOn => "pushed_on",
        }
    }
}

/// A figure the shop reckons with where nothing is measured yet; the first that is met counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EstimateTerms {
    /// Of what.
    pub estimate: Estimate,
    /// When.
    pub when: Condition,
    /// Minor units, or whole percent.
    pub value: i64,
    /// The currency of an amount; a percentage has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// What is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Estimate {
    /// Freight of one way, in minor units.
    OneWayFreight,
    /// What goods that come back are still worth, in whole percent of what was paid.
    ResidualPercent,
}
