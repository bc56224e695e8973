//! A claim on a cover 理赔: the insurer orders the repair from one provider, the provider repairs, the insurer
//! settles his fee (WAR-2). It runs beside the case and changes nothing of what the shop owes the buyer.
//!
//! Must not know: what a cover promises. Tests: `tests/it/cover.rs`.

use serde::{Deserialize, Serialize};

use super::Case;
use crate::cover::{PlanKind, Trouble};
use crate::ids::{CoverId, LineId};
use crate::time::Moment;

/// Where a claim stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimStage {
    /// It was made and waits for the insurer.
    Made,
    /// The insurer ordered the repair from one provider.
    Ordered {
        /// From whom.
        provider: String,
    },
    /// The provider has repaired, and his fee waits to be settled.
    Repaired {
        /// Who repaired.
        provider: String,
        /// His fee, in minor units.
        fee: i64,
    },
    /// The insurer has paid.
    Settled {
        /// How much, in minor units.
        amount: i64,
    },
    /// The insurer declined it.
    Declined,
    /// The shop or the buyer let go of it.
    Dropped,
}

impl ClaimStage {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Ordered { .. } => "ordered",
            Self::Repaired { .. } => "repaired",
            Self::Settled { .. } => "settled",
            Self::Declined => "declined",
            Self::Dropped => "dropped",
        }
    }

    /// Whether somebody has still to answer, to repair or to pay.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Made | Self::Ordered { .. } | Self::Repaired { .. })
    }
}

/// A claim on a cover, the last one of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverClaim {
    /// On which cover.
    pub cover: CoverId,
    /// Of which line.
    pub line: LineId,
    /// What the cover promises.
    pub plan: PlanKind,
    /// What it is made for.
    pub trouble: Trouble,
    /// What was asked, in minor units.
    pub asked: i64,
    /// Where it stands.
    pub stage: ClaimStage,
    /// When it was made.
    pub made_at: Moment,
}

impl Case {
    /// The claim on a cover that has not come to its end.
    pub fn open_cover_claim(&self) -> Option<&CoverClaim> {
        self.cover_claim.as_deref().filter(|claim| claim.stage.is_open())
    }
}
