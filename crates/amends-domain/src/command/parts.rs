//! What commands carry.
//!
//! Must not know: what is decided. Tests: those of the commands.

use serde::{Deserialize, Serialize};

use crate::case::review::GivenReview;
use crate::case::{Channel, Kind, Parcel};
use crate::cover::Trouble;
use crate::digest::TextRef;
use crate::ids::{BuyerId, CoverId, EvidenceId, LineId};
use crate::money::Money;
use crate::policy::ClauseId;

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
    /// Who asks, where no order says so.
    pub buyer: Option<BuyerId>,
    /// The buyer says that this is another trouble than the one settled before.
    pub new_fault: bool,
    /// The parcel that was refused at the door, and comes back by itself.
    pub refused_parcel: Option<Parcel>,
    /// Where the request came from.
    pub channel: Channel,
    /// The review that calls for it, of a review rescue 中差评处理 and of nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<GivenReview>,
}

impl OpenCase {
    /// A request with its kind and its reason, and nothing else: about the order as a whole, without words.
    pub fn about(kind: Kind, reason: impl Into<String>) -> Self {
        Self {
            kind,
            reason: reason.into(),
            lines: Vec::new(),
            amount: None,
            replacement_sku: None,
            goods_intact: None,
            photos: 0,
            text: None,
            buyer: None,
            new_fault: false,
            refused_parcel: None,
            channel: Channel::default(),
            review: None,
        }
    }
}

/// What is claimed on a cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverRequest {
    /// Which cover.
    pub cover: CoverId,
    /// What it is claimed for.
    pub trouble: Trouble,
    /// How much at most: what the repair, the replacement or the freight is thought to cost.
    pub amount: Money,
    /// What it says.
    pub text: TextRef,
    /// The pieces of evidence it rests on.
    pub evidence: Vec<EvidenceId>,
}

/// An option an agent picks; amounts within what its clause allows, the least it allows without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// The remedy's clause.
    pub clause: ClauseId,
    /// What is refunded of what was paid.
    pub amount: Option<Money>,
    /// Money on top.
    pub compensation: Option<Money>,
    /// What is sent in exchange; without it the same again.
    pub replacement_sku: Option<String>,
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
