//! Policy: clauses as data. A pack is one author's clauses (a law, a platform, a shop); a set is the
//! packs in force for a shop, resolved, hashed, and pinned by every case opened under it.
//!
//! Must not know: any figure; those stand in the packs under `content/policies`.
//! Tests: `tests/it/policy.rs`.

pub mod care;
pub mod condition;
pub mod dates;
pub mod diff;
pub mod evidence;
pub mod fault;
pub mod floor;
pub mod pack;
mod reading;
pub mod remedy;
mod replacing;
mod resolve;
pub mod set;
pub mod signal;
mod tree;

use serde::{Deserialize, Serialize};

use crate::case::Kind;
use crate::case::clock::{Clock, Expiry, Owner};
use crate::money::Currency;
use crate::time::{DayHours, Length, Moment, ShopTime};
use care::{CareTerms, SuggestionTerms};
use condition::{Condition, Finding, Verdict};
use evidence::EvidenceTerms;
use floor::{BoundKinder, ClockKinder, FloorTerms};
use remedy::{EstimateTerms, LevelTerms, RemedyTerms, ViolationTerms};
use signal::SignalTerms;

/// A clause's stable id, such as `CLK-2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClauseId(String);

impl ClauseId {
    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ClauseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ClauseId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let fits = (1..=32).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
        if fits {
            Ok(Self(text))
        } else {
            Err(format!(
                "{text:?} is not a clause id: 1 to 32 letters, digits, - and ."
            ))
        }
    }
}

impl From<ClauseId> for String {
    fn from(id: ClauseId) -> String {
        id.0
    }
}

/// A text in the three languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// Traditional Chinese.
    #[serde(rename = "zh-TW")]
    pub zh_tw: String,
    /// English.
    pub en: String,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its id.
    pub id: ClauseId,
    /// What a person reads.
    pub title: Title,
    /// Where it comes from: a law article, a platform rule, a house rule.
    pub source: String,
    /// The clause of a lower layer whose place it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ClauseId>,
    /// What it says.
    pub terms: Terms,
}

/// What a clause says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// How long a clock runs and what happens at its end.
    Clock(ClockTerms),
    /// A right of the buyer.
    Right(RightTerms),
    /// A bound on what may be paid or tried.
    Bound(BoundTerms),
    /// A remedy that may be offered.
    Remedy(Box<RemedyTerms>),
    /// How grave a case is, and who handles it.
    Level(LevelTerms),
    /// What a platform deducts points for.
    Violation(ViolationTerms),
    /// A figure the shop reckons with.
    Estimate(EstimateTerms),
    /// What a dispute needs to be shown.
    Evidence(EvidenceTerms),
    /// How often and when a buyer may be written to unasked.
    Care(CareTerms),
    /// To whom goods may be suggested.
    Suggestion(SuggestionTerms),
    /// A sign of abuse, and from when on it is one.
    Signal(SignalTerms),
    /// What the figures of the layers below must not undercut.
    Floor(FloorTerms),
}

impl Terms {
    /// Every condition in it.
    pub fn conditions(&self) -> Vec<&Condition> {
        match self {
            Self::Clock(terms) => terms.unless.iter().map(|special| &special.when).collect(),
            Self::Right(terms) => vec![&terms.when],
            Self::Remedy(terms) => vec![&terms.when],
            Self::Level(terms) => vec![&terms.when],
            Self::Estimate(terms) => vec![&terms.when],
            Self::Evidence(terms) => vec![&terms.when],
            Self::Bound(_)
            | Self::Violation(_)
            | Self::Signal(_)
            | Self::Floor(_)
            | Self::Care(_)
            | Self::Suggestion(_) => Vec::new(),
        }
    }
}

/// A clock's figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockTerms {
    /// Which clock.
    pub clock: Clock,
    /// How long it runs; of a promise, the furthest ahead that it may be made.
    pub length: Length,
    /// Hours of the day in which alone it runs and ends (CLK-12), for a length in minutes or hours; a longer
    /// one ends when they begin next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<DayHours>,
    /// What its last day does when that is a day off.
    #[serde(default, skip_serializing_if = "Holidays::are_counted")]
    pub holidays: Holidays,
    /// Where it runs otherwise: the first whose condition is met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<ClockCase>,
    /// How long before the end its owner is warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_before: Option<Length>,
    /// Who must act.
    pub owner: Owner,
    /// What happens when nobody did.
    pub on_expiry: Expiry,
    /// Which way a clause in its place may go; without it any way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinder: Option<ClockKinder>,
}

impl ClockTerms {
    /// When a clock that starts at `from` and runs this long is over.
    pub fn due_after(&self, length: Length, from: Moment, time: &ShopTime) -> Moment {
        let due = match self.within {
            Some(hours) => time.due_within(length, from, hours),
            None => length.due_after(from, time),
        };
        match self.holidays {
            Holidays::Counted => due,
            Holidays::RollOver => time.roll_over(due),
        }
    }
}

/// What a clock does whose last day is a day off. Left out of stored clauses that say nothing, so that
/// sets keep their hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holidays {
    /// It ends then all the same: a platform's clock.
    #[default]
    Counted,
    /// It runs on to 24:00 of the next working day (《民法典》第二百零三条), whatever its unit.
    RollOver,
}

impl Holidays {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands a reference to skip_serializing_if"
    )]
    fn are_counted(&self) -> bool {
        *self == Self::Counted
    }
}

/// A clock's length in a special case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockCase {
    /// When it applies; unknown does not.
    pub when: Condition,
    /// How long it runs then; without it, it does not run at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// How long before the end its owner is warned then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_before: Option<Length>,
}

/// Who bears the freight of a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The buyer.
    Buyer,
    /// The shop.
    Shop,
}

/// A right of the buyer: which requests it supports, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightTerms {
    /// Kinds of request it supports.
    pub kinds: Vec<Kind>,
    /// What must hold.
    pub when: Condition,
    /// Who bears the return's freight.
    pub return_freight: Payer,
    /// Whether proof may be asked for.
    pub proof: Proof,
    /// Compensation it allows on top, in whole percent of the goods' paid value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation_percent_max: Option<u32>,
    /// Where the percentage comes to less than this, this may be had: minor units of the order's own
    /// currency, when that is [`RightTerms::compensation_currency`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation_at_least: Option<i64>,
    /// The currency of that amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation_currency: Option<Currency>,
}

/// Whether the shop may ask for proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// It must not.
    None,
    /// It may.
    MayBeAsked,
}

/// A bound that is neither a length of time nor a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundTerms {
    /// What is bounded.
    pub bound: Bound,
    /// Its value: minor units for amounts, a number of times for counts.
    pub at_most: i64,
    /// The currency of an amount; a count has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Which way a clause in its place may go; without it any way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinder: Option<BoundKinder>,
}

/// What a [`BoundTerms`] bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Return freight reimbursed on one case, in minor units.
    ReturnFreight,
    /// How often a refused request may be renewed.
    Renewals,
    /// How often one refund is tried before a person must look.
    RefundAttempts,
    /// How often a closed case may be opened again; never where nothing says so.
    Reopenings,
    /// How many times its freight a carrier owes for an uninsured parcel, by contract.
    UninsuredTimes,
    /// Up to which score a buyer who was asked afterwards is not satisfied; none is, where nothing says so.
    UnhappyScore,
    /// How many days a parcel takes at most, where the shop's settings say nothing else of its carrier
    /// (CLK-15); none is looked after where nothing says so.
    TransitDays,
    /// For how many months after delivery the maker or the shop answers for faults: an extended warranty begins
    /// after them.
    WarrantyMonths,
    /// For how many days a buyer may stand on the block list; none is blocked where nothing says so.
    BlockDays,
    /// How many days ahead of a holiday buyers are told that parcels take longer (FUP-9).
    HolidayNotice,
    /// Within how many hours a carrier has seen what is said to be sent; longer, and it looks like a fake dispatch
    /// 虚假发货 (VIO-2). Nothing is said of it where nothing says so.
    ScanHours,
}

impl Bound {
    /// Every bound.
    pub const ALL: &[Bound] = &[
        Self::ReturnFreight,
        Self::Renewals,
        Self::RefundAttempts,
        Self::Reopenings,
        Self::UninsuredTimes,
        Self::UnhappyScore,
        Self::TransitDays,
        Self::WarrantyMonths,
        Self::BlockDays,
        Self::HolidayNotice,
        Self::ScanHours,
    ];

    /// Bounds that every set has.
    pub const REQUIRED: &[Bound] = &[Self::ReturnFreight, Self::Renewals, Self::RefundAttempts];

    /// The stable code, as packs write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::ReturnFreight => "return_freight",
            Self::Renewals => "renewals",
            Self::RefundAttempts => "refund_attempts",
            Self::Reopenings => "reopenings",
            Self::UninsuredTimes => "uninsured_times",
            Self::UnhappyScore => "unhappy_score",
            Self::TransitDays => "transit_days",
            Self::WarrantyMonths => "warranty_months",
            Self::BlockDays => "block_days",
            Self::HolidayNotice => "holiday_notice",
            Self::ScanHours => "scan_hours",
        }
    }

    /// Whether it bounds an amount, which has a currency.
    pub fn is_amount(self) -> bool {
        self == Self::ReturnFreight
    }
}

/// A clause applied to a request: what it came to and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The clause.
    pub clause: ClauseId,
    /// Met, not met or unknown as a whole.
    pub verdict: Verdict,
    /// Each comparison with the value it saw.
    pub findings: Vec<Finding>,
}
