//! Effective dates: which revision of a pack is in force on a civil day of the shop.
//!
//! A period begins with its first day and ends before its last; without a date it is open. A gap is
//! fine: on those days the pack is absent. Must not know: what day it is.
//! Tests: `tests/it/packs.rs`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer};

use super::fault::{PlacedFault, SetFault};
use super::pack::Pack;
use crate::time::{Moment, Zone};

/// A civil day, on the wall of the shop.
pub type Day = Date;

/// Reads a day, and says how one is written.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let day = text.parse().map_err(|_| {
        let text: String = text.chars().take(32).collect();
        D::Error::custom(format!(
            "{text:?} is not a day there is; write one like \"2025-01-01\""
        ))
    });
    day.map(Some)
}

impl Pack {
    /// Whether it is in force on a day.
    pub fn in_force_on(&self, day: Date) -> bool {
        self.effective_from.is_none_or(|from| from <= day)
            && self.effective_until.is_none_or(|until| day < until)
    }

    /// Its period as people read it.
    pub fn period(&self) -> String {
        match (self.effective_from, self.effective_until) {
            (None, None) => "without dates".to_owned(),
            (Some(from), None) => format!("from {from}"),
            (None, Some(until)) => format!("until {until}"),
            (Some(from), Some(until)) => format!("from {from} until {until}"),
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        let begins_before_the_end_of =
            |one: &Self, two: &Self| match (one.effective_from, two.effective_until) {
                (Some(from), Some(until)) => from < until,
                _ => true,
            };
        begins_before_the_end_of(self, other) && begins_before_the_end_of(other, self)
    }
}

/// The packs in force on a day, in the order they came in.
pub fn in_force(packs: &[Pack], day: Date) -> Vec<&Pack> {
    packs.iter().filter(|pack| pack.in_force_on(day)).collect()
}

/// The packs in force once every change that is dated has come.
pub fn latest(packs: &[Pack]) -> Vec<&Pack> {
    in_force(packs, Date::MAX)
}

/// When a day begins on the shop's wall.
pub fn begins(day: Date, zone: &Zone) -> Moment {
    let midnight = day.to_zoned(zone.tz().clone());
    // Only at the ends of the calendar is there no midnight.
    midnight.map_or(Moment::from_millis(i64::MAX), |midnight| {
        Moment::from_millis(midnight.timestamp().as_millisecond())
    })
}

/// The days after `day` on which other packs come into force than the day before.
pub fn changes_after(packs: &[Pack], day: Date) -> BTreeSet<Date> {
    packs
        .iter()
        .flat_map(|pack| [pack.effective_from, pack.effective_until])
        .flatten()
        .filter(|change| *change > day)
        .collect()
}

/// Revisions of one pack that would be in force together.
pub fn overlaps(packs: &[Pack]) -> Vec<PlacedFault> {
    let mut faults = Vec::new();
    for (at, second) in packs.iter().enumerate() {
        for first in packs.iter().take(at) {
            if first.id == second.id && first.overlaps(second) {
                faults.push(PlacedFault {
                    pack: Some(second.name()),
                    clause: None,
                    fault: SetFault::PeriodsOverlap {
                        pack: second.id.clone(),
                        first: first.revision.clone(),
                        first_period: first.period(),
                        second: second.revision.clone(),
                        second_period: second.period(),
                    },
                });
            }
        }
    }
    faults
}
