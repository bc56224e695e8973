//! Packs: what one holds, and its mistakes with their lines; `reading` reads it from TOML.
//!
//! `format = 1` stays readable for ever. Must not know: files, which packs a shop uses.
//! Tests: `tests/it/policy.rs`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::set::PackName;
use super::{Clause, ClauseId, Title};

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
    /// First day in force, in the shop's time.
    #[serde(
        default,
        deserialize_with = "super::dates::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub effective_from: Option<Date>,
    /// First day no longer in force.
    #[serde(
        default,
        deserialize_with = "super::dates::read",
        skip_serializing_if = "Option::is_none"
    )]
    pub effective_until: Option<Date>,
    /// Reasons a buyer may choose from.
    #[serde(default, rename = "reason")]
    pub reasons: Vec<Reason>,
    /// Reasons a shop may refuse with.
    #[serde(default, rename = "refusal_reason")]
    pub refusal_reasons: Vec<RefusalReason>,
    /// What a trouble can turn out to come from.
    #[serde(default, rename = "cause")]
    pub causes: Vec<Cause>,
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
    /// How urgent it is; without it as urgent as the group above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The group it stands below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The shop opens cases for it of its own accord; nobody who asks for something chooses it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
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

/// What a trouble turned out to come from 成因, as a finding names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Stable code.
    pub code: String,
    /// What a person reads.
    pub title: Title,
    /// Reasons or groups of them that it can lie behind; any, where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
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
    /// The clause it stands in, where there is one.
    pub clause: Option<String>,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// A pack's text as far as it could be read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The pack; none when there are faults.
    pub pack: Option<Pack>,
    /// Every mistake found.
    pub faults: Vec<PackFault>,
    /// Where each clause and each reason stands.
    pub lines: Lines,
}

/// Lines of a pack's text, from 1.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    pub(super) clauses: BTreeMap<String, usize>,
    pub(super) reasons: BTreeMap<String, usize>,
}

impl Lines {
    /// The line of a clause's id.
    pub fn clause(&self, id: &ClauseId) -> Option<usize> {
        self.clauses.get(id.as_str()).copied()
    }

    /// The line of a reason's code.
    pub fn reason(&self, code: &str) -> Option<usize> {
        self.reasons.get(code).copied()
    }
}

impl Pack {
    /// Reads a pack's text, or says the first mistake.
    pub fn parse(text: &str) -> Result<Self, PackFault> {
        let reading = Self::read(text);
        match (reading.pack, reading.faults.into_iter().next()) {
            (Some(pack), None) => Ok(pack),
            (_, Some(fault)) => Err(fault),
            (None, None) => Err(PackFault {
                line: 0,
                clause: None,
                reason: "this is not a pack".to_owned(),
            }),
        }
    }

    /// Reads a pack's text and says every mistake.
    pub fn read(text: &str) -> Reading {
        super::reading::read(text)
    }

    /// What a set calls it.
    pub fn name(&self) -> PackName {
        PackName {
            id: self.id.clone(),
            revision: self.revision.clone(),
            layer: self.layer,
        }
    }
}
