//! The dispute's track: who asked the platform to step in, what each side handed in, how it was ruled.
//!
//! Must not know: what a ruling moves. Tests: `tests/it/dispute.rs`.

use serde::{Deserialize, Serialize};

use crate::digest::TextRef;
use crate::ids::EvidenceId;
use crate::time::Moment;

/// Most statements of one side in one case: it says what it has to say, and supplements it.
pub const STATEMENTS_MAX: usize = 20;

/// Where a dispute stands (DSP-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispute {
    /// The platform was asked to step in.
    Asked,
    /// The platform has ruled; while the request is still refused, the ruling may be appealed against.
    Ruled(Ruling),
    /// It was asked to look once more at what it had ruled. What it rules now is final.
    Appealed(Ruling),
}

/// A ruling 仲裁结果.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// As the buyer asked.
    ForBuyer,
    /// The refusal stands.
    ForShop,
    /// A part of what was asked, in minor units.
    InPart {
        /// What is granted.
        amount: i64,
    },
}

/// A side of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The buyer 买家.
    #[default]
    Buyer,
    /// The shop 商家.
    Shop,
}

impl Side {
    /// Both.
    pub const ALL: &[Side] = &[Self::Buyer, Self::Shop];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Shop => "shop",
        }
    }

    /// Left out of stored events in which only the buyer could ask, so that their bytes stay what they were.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands a reference to skip_serializing_if"
    )]
    pub(crate) fn is_buyer(&self) -> bool {
        *self == Self::Buyer
    }
}

/// What a side handed in 举证.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Who.
    pub by: Side,
    /// When.
    pub at: Moment,
    /// What it says.
    pub text: TextRef,
    /// The pieces of evidence it rests on.
    pub evidence: Vec<EvidenceId>,
}
