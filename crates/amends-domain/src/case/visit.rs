//! A visit at the buyer's door 上门服务, in a slot that was agreed with him (WAR-3).
//!
//! Must not know: who comes. Tests: `tests/it/visit.rs`.

use serde::{Deserialize, Serialize};

use super::Case;
use crate::time::Moment;

/// What became of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitOutcome {
    /// It took place.
    Done,
    /// Nobody came, or nobody was met.
    Missed,
}

impl VisitOutcome {
    /// Every outcome.
    pub const ALL: &[VisitOutcome] = &[Self::Done, Self::Missed];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Missed => "missed",
        }
    }
}

/// A visit, the last one of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The slot begins.
    pub from: Moment,
    /// The slot ends.
    pub until: Moment,
    /// What became of it, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<VisitOutcome>,
}

impl Case {
    /// The visit that is still to take place.
    pub fn booked_visit(&self) -> Option<&Visit> {
        self.visit.as_ref().filter(|visit| visit.outcome.is_none())
    }
}
