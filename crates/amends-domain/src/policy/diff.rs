//! What differs between two sets, clause by clause and field by field, with both texts.
//!
//! Must not know: where sets are stored. Tests: `tests/it/packs.rs`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::set::PolicySet;

/// What a change is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A pack of the set.
    Pack,
    /// A reason of the tree.
    Reason,
    /// A reason for refusals.
    RefusalReason,
    /// A cause of the list a finding chooses from.
    Cause,
    /// A clause.
    Clause,
}

impl Subject {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pack => "pack",
            Self::Reason => "reason",
            Self::RefusalReason => "refusal_reason",
            Self::Cause => "cause",
            Self::Clause => "clause",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pack => "pack",
            Self::Reason => "reason",
            Self::RefusalReason => "refusal reason",
            Self::Cause => "cause",
            Self::Clause => "clause",
        })
    }
}

/// Whether something came, went or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It stands in the other set alone.
    Added,
    /// It stands in this set alone.
    Removed,
    /// It stands in both, and not alike.
    Changed,
}

impl ChangeKind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// One field with both its texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its path, such as `terms.clock.length`.
    pub field: String,
    /// What this set says; none when it says nothing.
    pub before: Option<String>,
    /// What the other says.
    pub after: Option<String>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is of.
    pub subject: Subject,
    /// The clause's id, the reason's code, the pack's id.
    pub id: String,
    /// What happened.
    pub change: ChangeKind,
    /// Every field that is not alike.
    pub fields: Vec<FieldChange>,
}

/// As people read it: `+` came, `-` went, `~` changed; below it each field.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.change {
            ChangeKind::Added => '+',
            ChangeKind::Removed => '-',
            ChangeKind::Changed => '~',
        };
        write!(f, "{sign} {} {}", self.subject, self.id)?;
        for FieldChange { field, before, after } in &self.fields {
            match (before, after) {
                (Some(before), Some(after)) => write!(f, "\n    {field}: {before} → {after}")?,
                (Some(before), None) => write!(f, "\n  - {field}: {before}")?,
                (None, Some(after)) => write!(f, "\n  + {field}: {after}")?,
                (None, None) => {}
            }
        }
        Ok(())
    }
}

impl PolicySet {
    /// What the other set says otherwise: packs, reasons and clauses, each in the order of their
    /// names. Only the order in which things stand is no difference.
    pub fn diff(&self, other: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut compare = |subject, before: Entries, after: Entries| {
            compared(subject, &before, &after, &mut changes);
        };
        compare(
            Subject::Pack,
            entries(self.packs(), |pack| pack.id.clone()),
            entries(other.packs(), |pack| pack.id.clone()),
        );
        compare(
            Subject::Reason,
            entries(self.reasons(), |reason| reason.code.clone()),
            entries(other.reasons(), |reason| reason.code.clone()),
        );
        compare(
            Subject::RefusalReason,
            entries(self.refusal_reasons(), |reason| reason.code.clone()),
            entries(other.refusal_reasons(), |reason| reason.code.clone()),
        );
        compare(
            Subject::Cause,
            entries(self.causes(), |cause| cause.code.clone()),
            entries(other.causes(), |cause| cause.code.clone()),
        );
        compare(
            Subject::Clause,
            entries(self.clauses(), |clause| clause.id.to_string()),
            entries(other.clauses(), |clause| clause.id.to_string()),
        );
        changes
    }
}

type Fields = BTreeMap<String, String>;
type Entries = BTreeMap<String, Fields>;

fn entries<T: Serialize>(all: &[T], name: impl Fn(&T) -> String) -> Entries {
    let fields = |one: &T| {
        let mut fields = Fields::new();
        flatten("", &serde_json::to_value(one).unwrap_or_default(), &mut fields);
        (name(one), fields)
    };
    all.iter().map(fields).collect()
}

/// Fields by their path. A condition is one text: its parts have no names.
fn flatten(path: &str, value: &Value, fields: &mut Fields) {
    match value {
        Value::Object(parts) if path != "terms.right.when" => {
            for (key, part) in parts {
                let dot = if path.is_empty() { "" } else { "." };
                flatten(&format!("{path}{dot}{key}"), part, fields);
            }
        }
        _ => {
            fields.insert(path.to_owned(), readable(value));
        }
    }
}

/// A value as a pack's author would say it.
fn readable(value: &Value) -> String {
    let joined = |parts: &[Value], by: &str| parts.iter().map(readable).collect::<Vec<_>>().join(by);
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => joined(parts, ", "),
        Value::Object(join) => {
            let part = |(key, part): (&String, &Value)| match (key.as_str(), part) {
                ("all", Value::Array(parts)) => format!("({})", joined(parts, " and ")),
                ("any", Value::Array(parts)) => format!("({})", joined(parts, " or ")),
                _ => format!("{key} {}", readable(part)),
            };
            join.iter().map(part).collect::<Vec<_>>().join(", ")
        }
        _ => value.to_string(),
    }
}

fn compared(subject: Subject, before: &Entries, after: &Entries, changes: &mut Vec<Change>) {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let nothing = Fields::new();
    for name in names {
        let (old, new) = (before.get(name), after.get(name));
        let change = match (old, new) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            (Some(old), Some(new)) if old == new => continue,
            _ => ChangeKind::Changed,
        };
        let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
        let mut paths: Vec<&String> = old.keys().chain(new.keys()).collect();
        paths.sort();
        paths.dedup();
        let fields = paths
            .into_iter()
            .map(|field| FieldChange {
                field: field.clone(),
                before: old.get(field).cloned(),
                after: new.get(field).cloned(),
            })
            .filter(|field| field.before != field.after);
        changes.push(Change {
            subject,
            id: name.clone(),
            change,
            fields: fields.collect(),
        });
    }
}
