//! Signs of abuse: how much each weighs, and from when on it is one (ABU-1).
//!
//! Must not know: how they are seen. Tests: `tests/it/signals.rs`.

use serde::{Deserialize, Serialize};

use crate::case::abuse::SignalKind;
use crate::case::assessment::Grade;

/// A sign and its figures. Of what no clause speaks, nothing is pointed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalTerms {
    /// Which.
    pub signal: SignalKind,
    /// How much it weighs.
    pub weight: Grade,
    /// Of how many days claims and orders are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// From how many on: claims, other accounts, or pictures; one without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// And from which share of his orders on, in whole percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
}

impl SignalTerms {
    /// What of it cannot be, though each field is well written.
    pub(super) fn unsound(&self) -> Option<&'static str> {
        let counts = self.signal == SignalKind::ClaimFrequency;
        if (self.days.is_some(), self.percent.is_some()) != (counts, counts) {
            Some("claim_frequency, and no other, says days, at_least and percent")
        } else if (counts && self.at_least.is_none()) || self.at_least == Some(0) || self.days == Some(0) {
            Some("a sign is one from some number on, over some days")
        } else if self.signal.is_words() && self.at_least.is_some() {
            Some("words are a sign as they stand; at_least is for what is counted")
        } else if self.percent.is_some_and(|percent| percent > 100) {
            Some("a share is 0 to 100 percent")
        } else {
            None
        }
    }
}
