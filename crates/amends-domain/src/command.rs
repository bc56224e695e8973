//! Commands: everything that can be asked of a case, as typed values.
//!
//! Must not know: whether it is allowed; `decide` says so. Tests: `tests/it/flow.rs`.

use serde::{Deserialize, Serialize};

use crate::case::clock::{Clock, Stage};
use crate::case::{Kind, Parcel, Ruling};
use crate::digest::TextRef;
use crate::ids::LineId;
use crate::money::Money;

/// Longest name of a carrier, in characters.
pub const CARRIER_CHARS_MAX: usize = 64;
/// Longest waybill number, in characters.
pub const WAYBILL_CHARS_MAX: usize = 64;
/// Longest reference to a payment, in characters.
pub const REFERENCE_CHARS_MAX: usize = 128;

/// A command on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Open a case.
    Open(OpenCase),
    /// Grant what is asked.
    Approve {
        /// Compensation on top, where a clause allows it.
        compensation: Option<Money>,
    },
    /// Decline, with a reason.
    Refuse {
        /// A code of the policy's list.
        reason: String,
        /// In the shop's own words.
        text: Option<TextRef>,
    },
    /// Ask again after a refusal.
    Renew {
        /// Another amount, or the same.
        amount: Option<Money>,
        /// What the buyer says.
        text: Option<TextRef>,
    },
    /// Take the request back.
    Withdraw,
    /// The return is on its way.
    ShipReturn {
        /// Its parcel.
        parcel: Parcel,
    },
    /// The return has been received and looked at.
    Inspect {
        /// What was found, line by line.
        findings: Vec<LineFinding>,
        /// The buyer's return freight, where the shop bears it.
        return_freight: Option<Money>,
        /// What is recorded about it.
        text: Option<TextRef>,
    },
    /// Units not accepted are on their way back.
    SendBack {
        /// Their parcel.
        parcel: Parcel,
    },
    /// Pay the refund now, or try again after a failure.
    Refund,
    /// The refund was paid outside the provider, after the provider said no for good.
    RecordRefund {
        /// Where it can be looked up.
        reference: String,
    },
    /// The provider has answered.
    AnswerPayment {
        /// Which refund of the case.
        refund: u32,
        /// Which attempt.
        attempt: u32,
        /// What it said.
        answer: PaymentAnswer,
    },
    /// The buyer has paid the difference.
    PayDifference {
        /// How much.
        amount: Money,
        /// Where it can be looked up.
        reference: String,
    },
    /// The replacement is on its way.
    ShipReplacement {
        /// Its parcel.
        parcel: Parcel,
    },
    /// The replacement has arrived.
    ConfirmReplacement,
    /// The exchange becomes a refund, because the replacement cannot be had.
    ConvertToRefund,
    /// Ask the platform to step in.
    AskIntervention {
        /// Why.
        text: Option<TextRef>,
    },
    /// The platform's ruling.
    Rule {
        /// What it is.
        ruling: Ruling,
    },
    /// The buyer was asked afterwards.
    RecordFollowUp {
        /// 1 to 5.
        score: Option<u8>,
        /// What he said.
        text: Option<TextRef>,
    },
    /// A message or note is put on record.
    AddText {
        /// For whom.
        kind: TextKind,
        /// The text.
        text: TextRef,
    },
    /// A deadline has passed.
    DeadlinePassed {
        /// Whose.
        clock: Clock,
        /// Warning or end.
        stage: Stage,
        /// Of which start of the clock.
        generation: u32,
    },
}

/// What opening a case needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCase {
    /// What is asked for.
    pub kind: Kind,
    /// A reason of the policy's tree.
    pub reason: String,
    /// Lines and units.
    pub lines: Vec<LineUnits>,
    /// The amount; without it, everything that can be asked.
    pub amount: Option<Money>,
    /// The stock-keeping code asked for in exchange; without it, the same.
    pub replacement_sku: Option<String>,
    /// Whether the goods are intact, as the buyer says.
    pub goods_intact: Option<bool>,
    /// Photos and videos handed in.
    pub photos: u32,
    /// What the buyer says.
    pub text: Option<TextRef>,
}

/// Units of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineUnits {
    /// The line.
    pub line: LineId,
    /// How many.
    pub units: u32,
}

/// What an inspection found on a line; the three add up to the units claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFinding {
    /// The line.
    pub line: LineId,
    /// Taken back.
    pub accepted: u32,
    /// Received but not taken back; they go back to the buyer.
    pub rejected: u32,
    /// Not in the parcel.
    pub missing: u32,
}

/// What a provider said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentAnswer {
    /// Paid.
    Paid {
        /// The provider's own number.
        reference: String,
    },
    /// Not paid, and asking again may help.
    TryAgain {
        /// The provider's word for it.
        code: String,
    },
    /// Not paid, and asking again will not help.
    Declined {
        /// The provider's word for it.
        code: String,
    },
    /// It cannot be told whether it was paid.
    Unknown,
}

/// Who a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    /// Between buyer and shop.
    Message,
    /// Inside the shop.
    Note,
}
