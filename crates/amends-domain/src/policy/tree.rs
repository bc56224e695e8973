//! The tree of reasons: groups and what stands below them.
//!
//! A reason without a priority of its own has that of the nearest group above it. Must not know:
//! packs. Tests: `tests/it/packs.rs`.

use super::fault::{Circle, SetFault};
use super::pack::{Priority, Reason};
use super::set::{PolicySet, nearest};

impl PolicySet {
    /// A reason's code and those of the groups above it, from itself upwards; empty when there is
    /// no such reason.
    pub fn reason_path(&self, code: &str) -> Vec<&str> {
        path(self.reasons(), code).0
    }

    /// How urgent a reason is: as it says itself, or as the nearest group above it does.
    pub fn reason_priority(&self, code: &str) -> Option<Priority> {
        self.reason_path(code)
            .into_iter()
            .find_map(|code| self.reason(code)?.priority)
    }
}

/// The way up from a code, and whether it ends; a circle is left where it closes.
fn path<'a>(reasons: &'a [Reason], code: &str) -> (Vec<&'a str>, bool) {
    let find = |code: &str| reasons.iter().find(|reason| reason.code == code);
    let mut way: Vec<&str> = Vec::new();
    let mut next = find(code);
    while let Some(reason) = next {
        if way.contains(&reason.code.as_str()) {
            return (way, false);
        }
        way.push(&reason.code);
        next = reason.parent.as_deref().and_then(find);
    }
    (way, true)
}

/// Every fault of the tree, each with the code of the reason it stands at.
pub(super) fn faults(reasons: &[Reason]) -> Vec<(String, SetFault)> {
    let mut faults = Vec::new();
    let codes = || reasons.iter().map(|reason| reason.code.as_str());
    for reason in reasons {
        if let Some(parent) = &reason.parent
            && !codes().any(|code| code == parent)
        {
            let fault = SetFault::UnknownParent {
                reason: reason.code.clone(),
                parent: parent.clone(),
                nearest: nearest(codes().filter(|code| *code != reason.code), parent),
            };
            faults.push((reason.code.clone(), fault));
            continue;
        }
        let (way, ends) = path(reasons, &reason.code);
        // A circle is told once, at the first of its reasons.
        let least = way.iter().min().copied();
        if ends {
            let own = |code: &&str| reasons.iter().find(|known| known.code == **code)?.priority;
            if !way.iter().any(|code| own(code).is_some()) {
                faults.push((reason.code.clone(), SetFault::NoPriority(reason.code.clone())));
            }
        } else if least == Some(reason.code.as_str()) && reason_closes(reasons, &way) {
            let mut circle: Vec<String> = way.iter().map(|code| (*code).to_owned()).collect();
            circle.push(reason.code.clone());
            faults.push((reason.code.clone(), SetFault::ReasonCycle(Circle(circle))));
        }
    }
    faults
}

/// Whether the last of a way stands below its first, and not below one in between.
fn reason_closes(reasons: &[Reason], way: &[&str]) -> bool {
    let last = way
        .last()
        .and_then(|last| reasons.iter().find(|reason| reason.code == *last));
    last.and_then(|last| last.parent.as_deref()) == way.first().copied()
}
