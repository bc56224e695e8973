//! What events about covers and visits say.
//!
//! Must not know: what becomes of them. Tests: `tests/it/golden.rs`.

use serde::{Deserialize, Serialize};

use crate::case::visit::VisitOutcome;
use crate::cover::{PlanKind, Trouble};
use crate::digest::TextRef;
use crate::ids::{CoverId, EvidenceId, LineId};
use crate::time::Moment;

/// A claim as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverClaimed {
    /// On which cover.
    pub cover: CoverId,
    /// Of which line.
    pub line: LineId,
    /// What the cover promises.
    pub plan: PlanKind,
    /// What it is made for.
    pub trouble: Trouble,
    /// What is asked, in minor units.
    pub asked: i64,
    /// The most it could ask, in minor units, where anything bounded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    /// Who is asked, where it is not the provider himself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insurer: Option<String>,
    /// What it says.
    pub text: TextRef,
    /// The pieces of evidence it rests on.
    pub evidence: Vec<EvidenceId>,
}

/// A repair as the insurer ordered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairOrdered {
    /// From whom; from nobody else at the same time.
    pub provider: String,
    /// Where the order can be looked up.
    pub reference: String,
}

/// A repair as its provider reported it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairReported {
    /// Who repaired.
    pub provider: String,
    /// His fee, in minor units.
    pub fee: i64,
    /// What was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextRef>,
}

/// What the insurer paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverSettled {
    /// How much, in minor units.
    pub amount: i64,
    /// Where it can be looked up.
    pub reference: String,
}

/// A slot that was agreed with the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitBooked {
    /// It begins.
    pub from: Moment,
    /// It ends.
    pub until: Moment,
}

/// What became of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitEnded {
    /// Whether it took place.
    pub outcome: VisitOutcome,
    /// What was done, or why nobody came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextRef>,
}
