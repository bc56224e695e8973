//! Floors: figures that the layers below must not undercut, and the one comparison of figures that
//! says which of two is kinder.
//!
//! Must not know: packs, sets. Tests: beside the code and `tests/it/packs.rs`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Bound, BoundTerms, ClauseId};
use crate::case::clock::Clock;
use crate::money::{Currency, Money};
use crate::time::Length;

/// Which way a clock's length is kinder to the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKinder {
    /// The shop's clocks: he waits less.
    Shorter,
    /// The buyer's clocks: he has more time.
    Longer,
}

/// Which way a bound is kinder to the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundKinder {
    /// The less the better.
    Lower,
    /// The more the better.
    Higher,
}

/// On which side of its limit a figure must stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It may be lower.
    AtMost,
    /// It may be higher.
    AtLeast,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AtMost => "at most",
            Self::AtLeast => "at least",
        })
    }
}

impl From<ClockKinder> for Side {
    fn from(kinder: ClockKinder) -> Self {
        match kinder {
            ClockKinder::Shorter => Self::AtMost,
            ClockKinder::Longer => Self::AtLeast,
        }
    }
}

impl From<BoundKinder> for Side {
    fn from(kinder: BoundKinder) -> Self {
        match kinder {
            BoundKinder::Lower => Self::AtMost,
            BoundKinder::Higher => Self::AtLeast,
        }
    }
}

/// A floor: a named figure with a limit, whose field (`at_most` or `at_least`) is its direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FloorText", into = "FloorText")]
pub struct FloorTerms {
    /// The figure it is on.
    pub on: Floored,
    /// On which side of the limit that figure must stay.
    pub side: Side,
}

/// What a floor is on, with its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Floored {
    /// A clock's length.
    Clock(Clock, Length),
    /// A bound, in minor units of a currency or a number of times.
    Bound(Bound, i64, Option<Currency>),
    /// The compensation of a right, named by its clause, in whole percent.
    Compensation(ClauseId, u32),
}

impl Floored {
    /// The limit as people read it.
    pub fn limit(&self) -> String {
        match self {
            Self::Clock(_, length) => length.to_string(),
            Self::Bound(_, value, currency) => figure(*value, *currency),
            Self::Compensation(_, percent) => format!("{percent} %"),
        }
    }
}

/// A bound's figure as people read it.
pub(super) fn figure(value: i64, currency: Option<Currency>) -> String {
    currency.map_or_else(
        || value.to_string(),
        |currency| Money::clamped(value, currency).to_string(),
    )
}

/// The figure of a limit: a length as text, or a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Figure {
    Length(Length),
    Number(i64),
}

// By hand and not `untagged`, so that a mistyped length keeps its own words.
impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Figure;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a length as text, or a whole number")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Figure, E> {
                text.parse().map(Figure::Length).map_err(E::custom)
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Figure, E> {
                Ok(Figure::Number(number))
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Figure, E> {
                i64::try_from(number).map(Figure::Number).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FloorText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clock: Option<Clock>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bound: Option<Bound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    compensation_of: Option<ClauseId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_most: Option<Figure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at_least: Option<Figure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<Currency>,
}

impl TryFrom<FloorText> for FloorTerms {
    type Error = String;
    fn try_from(text: FloorText) -> Result<Self, String> {
        let (side, limit) = match (text.at_most, text.at_least) {
            (Some(limit), None) => (Side::AtMost, limit),
            (None, Some(limit)) => (Side::AtLeast, limit),
            _ => return Err("a floor has just one of at_most and at_least".to_owned()),
        };
        let on = match (text.clock, text.bound, text.compensation_of, limit) {
            (Some(clock), None, None, Figure::Length(length)) => Floored::Clock(clock, length),
            (None, Some(bound), None, Figure::Number(value)) => Floored::Bound(bound, value, text.currency),
            (None, None, Some(right), Figure::Number(percent)) => {
                let percent = u32::try_from(percent).map_err(|_| format!("{percent} is no percentage"))?;
                Floored::Compensation(right, percent)
            }
            _ => {
                return Err(
                    "a floor is on just one of clock (a length like \"7d\"), bound (a number) \
                     and compensation_of (a percentage)"
                        .to_owned(),
                );
            }
        };
        let amount = matches!(&on, Floored::Bound(bound, ..) if bound.is_amount());
        match (amount, text.currency) {
            (true, None) => Err("a floor on an amount needs its currency".to_owned()),
            (false, Some(_)) => Err("only a floor on an amount has a currency".to_owned()),
            _ => Ok(Self { on, side }),
        }
    }
}

impl From<FloorTerms> for FloorText {
    fn from(terms: FloorTerms) -> Self {
        let mut text = Self {
            clock: None,
            bound: None,
            compensation_of: None,
            at_most: None,
            at_least: None,
            currency: None,
        };
        let limit = match terms.on {
            Floored::Clock(clock, length) => {
                text.clock = Some(clock);
                Figure::Length(length)
            }
            Floored::Bound(bound, value, currency) => {
                text.bound = Some(bound);
                text.currency = currency;
                Figure::Number(value)
            }
            Floored::Compensation(right, percent) => {
                text.compensation_of = Some(right);
                Figure::Number(i64::from(percent))
            }
        };
        match terms.side {
            Side::AtMost => text.at_most = Some(limit),
            Side::AtLeast => text.at_least = Some(limit),
        }
        text
    }
}

/// How a figure stands to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// At least as kind.
    Kept,
    /// Less kind.
    Undercut,
    /// Sometimes the one, sometimes the other, or never to be compared.
    Unclear,
}

const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;

/// The least and the most minutes a length may last; none where only a calendar can tell.
fn minutes(length: Length) -> Option<(u64, u64)> {
    match length {
        Length::Minutes(count) => Some((u64::from(count), u64::from(count))),
        Length::Hours(count) => Some((u64::from(count) * HOUR, u64::from(count) * HOUR)),
        // Counted from the next day: up to a day more, and an hour when the clocks go back.
        Length::Days(count) => {
            let count = u64::from(count);
            Some((count * DAY, (count + 1) * DAY + HOUR))
        }
        Length::WorkingHours(_) | Length::WorkingDays(_) => None,
    }
}

/// How a length stands to a limit. Lengths of one unit are compared by their number, those of two by
/// how long they may last: only what is so on every day of the year counts.
pub(super) fn length_to(actual: Length, side: Side, limit: Length) -> Standing {
    if std::mem::discriminant(&actual) == std::mem::discriminant(&limit) {
        return number_to(i64::from(count(actual)), side, i64::from(count(limit)));
    }
    let (Some(actual), Some(limit)) = (minutes(actual), minutes(limit)) else {
        return Standing::Unclear;
    };
    let (low, high) = match side {
        Side::AtMost => (actual, limit),
        Side::AtLeast => (limit, actual),
    };
    if low.1 <= high.0 {
        Standing::Kept
    } else if low.0 > high.1 {
        Standing::Undercut
    } else {
        Standing::Unclear
    }
}

fn count(length: Length) -> u32 {
    match length {
        Length::Minutes(count)
        | Length::Hours(count)
        | Length::Days(count)
        | Length::WorkingHours(count)
        | Length::WorkingDays(count) => count,
    }
}

fn number_to(actual: i64, side: Side, limit: i64) -> Standing {
    let kept = match side {
        Side::AtMost => actual <= limit,
        Side::AtLeast => actual >= limit,
    };
    if kept { Standing::Kept } else { Standing::Undercut }
}

/// How a bound stands to a limit; amounts are compared in one currency alone.
pub(super) fn bound_to(actual: &BoundTerms, side: Side, limit: i64, currency: Option<Currency>) -> Standing {
    if actual.currency == currency {
        number_to(actual.at_most, side, limit)
    } else {
        Standing::Unclear
    }
}

/// How a percentage stands to a limit.
pub(super) fn percent_to(actual: u32, side: Side, limit: u32) -> Standing {
    number_to(i64::from(actual), side, i64::from(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(text: &str) -> Length {
        text.parse().unwrap_or_else(|fault| unreachable!("{fault}"))
    }

    #[test]
    fn lengths_of_two_units_are_compared_by_what_is_sure() {
        use Side::{AtLeast, AtMost};
        use Standing::{Kept, Unclear, Undercut};
        for (actual, side, limit, stands) in [
            ("7d", AtMost, "7d", Kept),
            ("8d", AtMost, "7d", Undercut),
            ("48h", AtMost, "7d", Kept),
            ("168h", AtMost, "7d", Kept),
            ("169h", AtMost, "7d", Unclear),
            ("193h", AtMost, "7d", Unclear),
            ("194h", AtMost, "7d", Undercut),
            ("1d", AtMost, "49h", Kept),
            ("1d", AtMost, "48h", Unclear),
            ("1d", AtMost, "23h", Undercut),
            ("2d", AtLeast, "48h", Kept),
            ("48h", AtLeast, "1d", Unclear),
            ("49h", AtLeast, "1d", Kept),
            ("23h", AtLeast, "1d", Undercut),
            ("10d", AtLeast, "10d", Kept),
            ("9d", AtLeast, "10d", Undercut),
            ("90min", AtMost, "2h", Kept),
            ("3wd", AtMost, "5wd", Kept),
            ("3wd", AtMost, "30d", Unclear),
        ] {
            assert_eq!(
                length_to(length(actual), side, length(limit)),
                stands,
                "{actual} {side} {limit}"
            );
        }
    }
}
