//! What events are made of: the opening with its judgement, a refused buyer's next steps, why somebody
//! higher is called, and how the follow-up of a payment ends.
//!
//! Must not know: what becomes of them. Tests: `tests/it/golden.rs`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::case::abuse::RestsOn;
use crate::case::assessment::PassedFor;
use crate::case::clock::Clock;
use crate::case::{Claim, Declared, Kind, Parcel};
use crate::digest::{Digest, TextRef};
use crate::ids::{BuyerId, CaseId, OrderId, PersonId};
use crate::money::Currency;
use crate::policy::condition::Verdict;
use crate::policy::pack::Priority;
use crate::policy::{ClauseId, Explanation, Payer};

/// How what was paid left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatched {
    /// By which parcel, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<Parcel>,
}

/// What was reported of a buyer who does not pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextRef>,
}

/// What opening a case fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The case.
    pub case: CaseId,
    /// What is asked for.
    pub kind: Kind,
    /// The order it is about.
    pub order: Option<OrderId>,
    /// The buyer.
    pub buyer: BuyerId,
    /// The reason's code.
    pub reason: String,
    /// Currency of every amount.
    pub currency: Currency,
    /// What is claimed.
    pub claim: Claim,
    /// Photos and videos handed in.
    pub photos: u32,
    /// The policy set it is judged by.
    pub policy: Digest,
    /// The clause that supports it, when one is met.
    pub right: Option<ClauseId>,
    /// Whether any right supports it.
    pub entitlement: Verdict,
    /// Who bears the return's freight.
    pub return_freight: Payer,
    /// Each right looked at, with the values it saw.
    pub explanations: Vec<Explanation>,
    /// What the buyer says.
    pub text: Option<TextRef>,
    /// What else it was judged by; absent from the first bytes of version 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Declared>,
    /// The closed case that settled the same units before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<CaseId>,
    /// The parcel that was refused at the door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_parcel: Option<Parcel>,
    /// How urgent its reason is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

/// What a request is entitled to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The clause that supports it, when one is met.
    pub right: Option<ClauseId>,
    /// Whether any right supports it.
    pub entitlement: Verdict,
    /// Who bears the return's freight.
    pub return_freight: Payer,
    /// Each right looked at, with the values it saw.
    pub explanations: Vec<Explanation>,
}

/// What a refused buyer can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// Ask again, with more or for less.
    Renew,
    /// Ask the platform to step in.
    AskIntervention,
    /// Let it go.
    Withdraw,
}

/// Why somebody higher must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// A clock ended.
    ClockExpired(Clock),
    /// A refund failed for good.
    RefundFailed,
    /// A refund was paid by hand and by the provider.
    RefundPaidTwice,
    /// Somebody passed it upward.
    Passed(PassedFor),
    /// A promise to the buyer was not kept.
    PromiseBroken,
    /// The buyer was asked how it went, and is not satisfied (FUP-1).
    Dissatisfied,
    /// The buyer contests abuse that was noted.
    AbuseContested,
    /// More came in for an order than is owed for it: it goes back outside.
    MoneyToReturn,
    /// Nobody came to a visit that was agreed, and the buyer waits for a word.
    VisitMissed,
}

/// Abuse as it was noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbuseNoted {
    /// By whom.
    pub by: PersonId,
    /// In which role.
    pub role: Role,
    /// On which grounds.
    pub grounds: TextRef,
    /// What it rests on.
    pub rests_on: RestsOn,
    /// Listings that invited it, by their stock-keeping codes.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub listings: BTreeSet<String>,
    /// The clause about it, where the set has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
}
