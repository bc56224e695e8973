//! Promises to a buyer: each is a deadline of its own (CLK-11).
//!
//! Must not know: what was promised; the words are a text. Tests: `tests/it/talk.rs`.

use serde::{Deserialize, Serialize};

use crate::digest::TextRef;
use crate::time::Moment;

/// Most promises of one case.
pub const PROMISES_MAX: usize = 100;

/// What became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// Still to be kept.
    Open,
    /// Kept in time.
    Kept,
    /// Its moment passed, and it is still to be kept.
    Broken,
    /// Kept too late.
    KeptLate,
}

impl PromiseState {
    /// Whether the buyer still waits for it.
    pub fn is_to_be_kept(self) -> bool {
        matches!(self, Self::Open | Self::Broken)
    }
}

/// A promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What was promised, in words.
    pub text: TextRef,
    /// By when.
    pub due_at: Moment,
    /// How often it was put off, the buyer being told before it passed.
    pub moved: u32,
    /// What became of it.
    pub state: PromiseState,
}
