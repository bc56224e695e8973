//! Packs: reading one from TOML, with mistakes named by line.
//!
//! `format = 1` stays readable for ever. Must not know: files, which packs a shop uses.
//! Tests: `tests/it/policy.rs`.

use serde::{Deserialize, Serialize};

use super::{Clause, Title};

/// Largest pack text, in bytes.
pub const PACK_BYTES_MAX: usize = 1_048_576;
/// Most clauses in one pack.
pub const CLAUSES_MAX: usize = 2_000;

/// Whose pack it is; a set is layered in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Law: floors for everybody.
    Law,
    /// A platform's rules.
    Platform,
    /// The shop's own promises.
    Shop,
}

/// One author's clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Version of the form; 1.
    pub format: u32,
    /// The pack's name.
    pub id: String,
    /// Its revision, in the author's own counting.
    pub revision: String,
    /// Whose it is.
    pub layer: Layer,
    /// What a person reads.
    pub title: Title,
    /// Reasons a buyer may choose from.
    #[serde(default, rename = "reason")]
    pub reasons: Vec<Reason>,
    /// Reasons a shop may refuse with.
    #[serde(default, rename = "refusal_reason")]
    pub refusal_reasons: Vec<RefusalReason>,
    /// The clauses.
    #[serde(default, rename = "clause")]
    pub clauses: Vec<Clause>,
}

/// A reason of the reason tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Stable code.
    pub code: String,
    /// What a person reads.
    pub title: Title,
    /// How urgent it is.
    pub priority: Priority,
}

/// A reason of the list a refusal is chosen from; its own text comes beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalReason {
    /// Stable code.
    pub code: String,
    /// What a person reads.
    pub title: Title,
}

/// The order in which work is taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// First.
    High,
    /// Then.
    Medium,
    /// Last.
    Low,
}

/// A mistake in a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct PackFault {
    /// Line in the text, from 1; 0 when the pack as a whole is meant.
    pub line: usize,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl Pack {
    /// Reads a pack's text.
    pub fn parse(text: &str) -> Result<Self, PackFault> {
        let whole = |reason: String| PackFault { line: 0, reason };
        if text.len() > PACK_BYTES_MAX {
            return Err(whole(format!(
                "a pack has at most {PACK_BYTES_MAX} bytes, this one {}",
                text.len()
            )));
        }
        let pack: Self = toml::from_str(text).map_err(|fault| {
            let line = fault.span().map_or(0, |span| {
                text[..span.start.min(text.len())].matches('\n').count() + 1
            });
            PackFault {
                line,
                reason: fault.message().to_owned(),
            }
        })?;
        if pack.format != 1 {
            return Err(whole(format!(
                "format {} is not known; this version reads format 1",
                pack.format
            )));
        }
        if pack.clauses.len() > CLAUSES_MAX {
            return Err(whole(format!("a pack has at most {CLAUSES_MAX} clauses")));
        }
        Ok(pack)
    }
}
