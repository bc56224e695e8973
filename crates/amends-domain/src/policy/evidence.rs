//! What a dispute of a kind needs to be shown, and in which form (DSP-1, DSP-2).
//!
//! Must not know: which pieces there are. Tests: `tests/it/readiness.rs`.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use crate::case::evidence::EvidenceKind;

/// What is needed of a case that meets a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceTerms {
    /// What must hold.
    pub when: Condition,
    /// Kinds of which a piece is needed each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<EvidenceKind>,
    /// In which form pieces are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<EvidenceForm>,
}

/// In which form pieces are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceForm {
    /// Types of files, such as `image/jpeg`.
    pub media: Vec<String>,
    /// Largest piece, in bytes.
    pub bytes_max: u64,
    /// Shortest side of a picture, in pixels.
    pub side_pixels_min: u32,
    /// Least sharpness of a picture, 0 to 100.
    pub sharpness_min: u32,
}
