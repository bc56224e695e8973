//! Events: what happened to a case, for ever. Their JSON bytes are hashed and never rewritten.
//!
//! A change of an event's form gets a new version beside the old one in [`Event::decode`]; golden
//! files keep every version readable. Events carry due moments, amounts and clause ids, so that
//! `evolve` needs nothing else.
//! Must not know: personal data and free texts; those are referenced. Tests: `tests/it/golden.rs`.

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Role};
use crate::case::clock::{Clock, ClockRun, Expiry};
use crate::case::{Claim, Declared, Kind, Outcome, Parcel, Ruling};
use crate::command::TextKind;
use crate::digest::{Digest, TextRef};
use crate::ids::{BuyerId, CaseId, OrderId};
use crate::ledger::{Breakdown, UnitRef};
use crate::money::Currency;
use crate::policy::condition::Verdict;
use crate::policy::{ClauseId, Explanation, Payer};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A case was opened.
    Opened(Box<Opened>),
    /// A clock started.
    ClockStarted {
        /// Which.
        clock: Clock,
        /// Everything it needs to end.
        run: ClockRun,
    },
    /// A clock was stopped, because what it waited for was done.
    ClockStopped {
        /// Which.
        clock: Clock,
    },
    /// A clock's owner was warned.
    ClockWarned {
        /// Which.
        clock: Clock,
    },
    /// A clock ended.
    ClockExpired {
        /// Which.
        clock: Clock,
        /// Under which clause.
        clause: ClauseId,
        /// What follows.
        outcome: Expiry,
    },
    /// The request was granted.
    Approved {
        /// The clauses it rests on.
        basis: Vec<ClauseId>,
        /// On top of the claim, in minor units.
        compensation: i64,
    },
    /// The request was declined.
    Refused {
        /// From the list.
        reason: String,
        /// In the shop's own words.
        text: Option<TextRef>,
        /// What the buyer can do.
        next: Vec<NextStep>,
    },
    /// The buyer asked again.
    Renewed {
        /// What is asked now, in minor units.
        amount: i64,
        /// What the buyer says.
        text: Option<TextRef>,
        /// What another amount is entitled to; the same amount is not judged again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        judged: Option<Box<Judged>>,
    },
    /// The buyer shipped the return.
    ReturnShipped {
        /// Its parcel.
        parcel: Parcel,
    },
    /// The return was received and looked at, or taken as such when its clock ended.
    Inspected {
        /// Taken back.
        accepted: Vec<UnitRef>,
        /// Not taken back; they go back to the buyer.
        rejected: Vec<UnitRef>,
        /// Not in the parcel.
        missing: Vec<UnitRef>,
        /// Return freight to reimburse, in minor units.
        return_freight: i64,
        /// What is recorded about it.
        text: Option<TextRef>,
    },
    /// Units not accepted were sent back.
    SentBack {
        /// Their parcel.
        parcel: Parcel,
    },
    /// A refund became due; from here on its amounts are held in the ledger.
    RefundDue {
        /// Its number in the case.
        refund: u32,
        /// What it pays.
        breakdown: Breakdown,
        /// The clauses it rests on.
        basis: Vec<ClauseId>,
    },
    /// The provider was asked to pay it.
    RefundOrdered {
        /// Its number in the case.
        refund: u32,
    },
    /// The provider is asked again, under the same number.
    RefundRetried {
        /// Its number in the case.
        refund: u32,
        /// Which attempt this is.
        attempt: u32,
        /// A person ordered it and waits for the answer.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_once: bool,
    },
    /// The provider said no.
    RefundFailed {
        /// Its number in the case.
        refund: u32,
        /// Which attempt.
        attempt: u32,
        /// The provider's word for it.
        code: String,
    },
    /// The provider could not say.
    RefundUnknown {
        /// Its number in the case.
        refund: u32,
        /// Which attempt.
        attempt: u32,
    },
    /// The provider paid the refund.
    RefundPaid {
        /// Its number in the case.
        refund: u32,
        /// The provider's number for it.
        reference: String,
    },
    /// The refund was paid outside the provider, and recorded by hand.
    RefundRecorded {
        /// Its number in the case.
        refund: u32,
        /// Where it can be looked up.
        reference: String,
    },
    /// The provider paid, too, what was recorded by hand before: the money went out twice. The
    /// ledger has it once; the second is to be had back from outside.
    RefundPaidTwice {
        /// Its number in the case.
        refund: u32,
        /// The provider's number for it.
        reference: String,
    },
    /// The replacement costs more than what comes back: the buyer owes the difference.
    DifferenceOwed {
        /// In minor units.
        amount: i64,
    },
    /// What was granted on top went towards a dearer replacement.
    DifferenceNetted {
        /// Of the compensation, in minor units.
        compensation: i64,
        /// Of the return freight, in minor units.
        return_freight: i64,
    },
    /// The buyer paid the difference.
    DifferencePaid {
        /// In minor units.
        amount: i64,
        /// Where it can be looked up.
        reference: String,
    },
    /// The replacement is to be dispatched.
    ReplacementDue,
    /// The replacement was dispatched.
    ReplacementShipped {
        /// Its parcel.
        parcel: Parcel,
    },
    /// The buyer has the replacement.
    ReplacementReceived,
    /// The exchange became a refund.
    ConvertedToRefund {
        /// In minor units.
        amount: i64,
    },
    /// The platform was asked to step in.
    InterventionAsked {
        /// Why.
        text: Option<TextRef>,
    },
    /// The platform ruled.
    Ruled {
        /// How.
        ruling: Ruling,
    },
    /// Somebody higher must look.
    Escalated {
        /// Who.
        to: Role,
        /// Why.
        because: Because,
    },
    /// The request is over; the case's claim on units ends with it.
    Closed {
        /// How.
        outcome: Outcome,
    },
    /// The follow-up is to be made.
    FollowUpDue,
    /// The buyer was asked.
    FollowUpRecorded {
        /// 1 to 5.
        score: Option<u8>,
        /// What he said.
        text: Option<TextRef>,
    },
    /// A message or note was put on record.
    TextAdded {
        /// For whom.
        kind: TextKind,
        /// The text.
        text: TextRef,
    },
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
}

/// Why stored bytes are not an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventFault {
    /// Written by a later version of the program.
    #[error("event version {0} is newer than this program")]
    Version(i64),
    /// Written by no version of the program.
    #[error("{0} is no event version: they count from 1, so this was not written by this program")]
    NoVersion(i64),
    /// Not what the version says.
    #[error("these bytes are not an event: {0}")]
    Bytes(String),
}

impl Event {
    /// The version new events are written in.
    pub const VERSION: i64 = 1;

    /// The bytes that are stored and hashed.
    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads stored bytes of any version.
    pub fn decode(version: i64, bytes: &[u8]) -> Result<Self, EventFault> {
        match version {
            1 => serde_json::from_slice(bytes).map_err(|fault| EventFault::Bytes(fault.to_string())),
            later if later > Self::VERSION => Err(EventFault::Version(later)),
            none => Err(EventFault::NoVersion(none)),
        }
    }

    /// The stable name of its type.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::ClockStarted { .. } => "clock_started",
            Self::ClockStopped { .. } => "clock_stopped",
            Self::ClockWarned { .. } => "clock_warned",
            Self::ClockExpired { .. } => "clock_expired",
            Self::Approved { .. } => "approved",
            Self::Refused { .. } => "refused",
            Self::Renewed { .. } => "renewed",
            Self::ReturnShipped { .. } => "return_shipped",
            Self::Inspected { .. } => "inspected",
            Self::SentBack { .. } => "sent_back",
            Self::RefundDue { .. } => "refund_due",
            Self::RefundOrdered { .. } => "refund_ordered",
            Self::RefundRetried { .. } => "refund_retried",
            Self::RefundFailed { .. } => "refund_failed",
            Self::RefundUnknown { .. } => "refund_unknown",
            Self::RefundPaid { .. } => "refund_paid",
            Self::RefundRecorded { .. } => "refund_recorded",
            Self::RefundPaidTwice { .. } => "refund_paid_twice",
            Self::DifferenceOwed { .. } => "difference_owed",
            Self::DifferenceNetted { .. } => "difference_netted",
            Self::DifferencePaid { .. } => "difference_paid",
            Self::ReplacementDue => "replacement_due",
            Self::ReplacementShipped { .. } => "replacement_shipped",
            Self::ReplacementReceived => "replacement_received",
            Self::ConvertedToRefund { .. } => "converted_to_refund",
            Self::InterventionAsked { .. } => "intervention_asked",
            Self::Ruled { .. } => "ruled",
            Self::Escalated { .. } => "escalated",
            Self::Closed { .. } => "closed",
            Self::FollowUpDue => "follow_up_due",
            Self::FollowUpRecorded { .. } => "follow_up_recorded",
            Self::TextAdded { .. } => "text_added",
        }
    }

    /// Whether a decision made before it could come out differently after it.
    pub fn changes_terms(&self) -> bool {
        !matches!(
            self,
            Self::TextAdded { .. } | Self::ClockWarned { .. } | Self::FollowUpRecorded { .. }
        )
    }
}

/// The next link of a case's hash chain: over the previous link and everything stored of the event.
pub fn chain(
    previous: Digest,
    case: CaseId,
    seq: u64,
    at_millis: i64,
    actor: &str,
    version: i64,
    bytes: &[u8],
) -> Digest {
    Digest::of(&[
        previous.bytes(),
        case.to_string().as_bytes(),
        &seq.to_be_bytes(),
        &at_millis.to_be_bytes(),
        actor.as_bytes(),
        &version.to_be_bytes(),
        bytes,
    ])
}

/// An actor as stored beside an event, and hashed with it.
pub fn actor_text(actor: &Actor) -> String {
    serde_json::to_string(actor).unwrap_or_default()
}
