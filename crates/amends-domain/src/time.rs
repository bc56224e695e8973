//! Moments and lengths of time, and the one place that turns a length into a due moment.
//!
//! `48h` is elapsed hours. `10d` is calendar days in the shop's time zone, counted from the next day
//! (《网络购买商品七日无理由退货暂行办法》第十条) to 24:00 of the last (《民法典》第二百零三条).
//! Nothing else parses.
//! Must not know: what a clock is for; what time it is now. Tests: beside the code.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// From epoch milliseconds, held inside the years 1970–9000.
    pub const fn from_millis(millis: i64) -> Self {
        const LAST: i64 = 221_845_392_000_000;
        Self(if millis < 0 {
            0
        } else if millis > LAST {
            LAST
        } else {
            millis
        })
    }

    /// Epoch milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This moment moved by elapsed milliseconds.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The calendar day on a shop's wall.
    pub fn day_in(self, zone: &TimeZone) -> Date {
        self.timestamp().to_zoned(zone.clone()).date()
    }

    /// The time of day on a shop's wall, `hh:mm:ss`.
    pub fn time_in(self, zone: &TimeZone) -> String {
        self.timestamp()
            .to_zoned(zone.clone())
            .strftime("%H:%M:%S")
            .to_string()
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.timestamp())
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A shop's time zone by IANA name.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Looks a name such as `Asia/Shanghai` up in the bundled tables.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The library's own zone.
    pub fn tz(&self) -> &TimeZone {
        &self.0
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.iana_name().unwrap_or("UTC"))
    }
}

/// A length of time as policies write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Length {
    /// Elapsed hours.
    Hours(u32),
    /// Calendar days, counted from the next day to 24:00 shop time.
    Days(u32),
}

/// Why a text is not a length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a length: write hours like \"48h\" or calendar days like \"10d\"")]
pub struct LengthError(pub String);

impl FromStr for Length {
    type Err = LengthError;
    fn from_str(text: &str) -> Result<Self, LengthError> {
        let fault = || LengthError(text.chars().take(32).collect());
        let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(fault)?;
        let (count, unit) = text.split_at(unit_at);
        let count: u32 = count
            .parse()
            .ok()
            .filter(|count| (1..=10_000).contains(count))
            .ok_or_else(fault)?;
        match unit {
            "h" => Ok(Self::Hours(count)),
            "d" => Ok(Self::Days(count)),
            _ => Err(fault()),
        }
    }
}

impl TryFrom<String> for Length {
    type Error = LengthError;
    fn try_from(text: String) -> Result<Self, LengthError> {
        text.parse()
    }
}

impl From<Length> for String {
    fn from(length: Length) -> String {
        length.to_string()
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(count) => write!(f, "{count}h"),
            Self::Days(count) => write!(f, "{count}d"),
        }
    }
}

const HOUR_MILLIS: i64 = 3_600_000;
const DAY_HOURS: i64 = 24;

impl Length {
    /// When a length that starts at `from` is over.
    pub fn due_after(self, from: Moment, zone: &Zone) -> Moment {
        match self {
            Self::Hours(count) => from.plus_millis(i64::from(count) * HOUR_MILLIS),
            Self::Days(count) => {
                let midnight = from.day_in(zone.tz()).checked_add((i64::from(count) + 1).days());
                let due = midnight.and_then(|day| day.to_zoned(zone.tz().clone()));
                let millis = due.map_or(
                    from.plus_millis(i64::from(count) * DAY_HOURS * HOUR_MILLIS)
                        .millis(),
                    |due| due.timestamp().as_millisecond(),
                );
                Moment::from_millis(millis)
            }
        }
    }

    /// The moment this length before `due`: for early warnings, counted in elapsed time.
    pub fn before(self, due: Moment) -> Moment {
        let hours = match self {
            Self::Hours(count) => i64::from(count),
            Self::Days(count) => i64::from(count) * DAY_HOURS,
        };
        due.plus_millis(-hours * HOUR_MILLIS)
    }
}

/// Whole calendar days from one moment's day to another's on the shop's wall; the day itself is 0.
pub fn days_between(from: Moment, to: Moment, zone: &Zone) -> i64 {
    let span = from.day_in(zone.tz()).until(to.day_in(zone.tz()));
    span.map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        let stamp: Timestamp = text.parse().unwrap_or_else(|fault| unreachable!("{fault}"));
        Moment::from_millis(stamp.as_millisecond())
    }

    fn shanghai() -> Zone {
        Zone::named("Asia/Shanghai").unwrap_or_else(|| unreachable!("bundled"))
    }

    #[test]
    fn lengths_fall_due() {
        for (length, from, due) in [
            ("48h", "2026-03-01T10:00:00+08:00", "2026-03-03T10:00:00+08:00"),
            ("7d", "2026-03-01T00:00:00+08:00", "2026-03-09T00:00:00+08:00"),
            ("7d", "2026-03-01T23:59:59+08:00", "2026-03-09T00:00:00+08:00"),
            ("10d", "2026-02-20T12:00:00+08:00", "2026-03-03T00:00:00+08:00"),
        ] {
            let length: Length = length.parse().unwrap_or_else(|fault| unreachable!("{fault}"));
            assert_eq!(
                length.due_after(at(from), &shanghai()),
                at(due),
                "{length} from {from}"
            );
        }
    }

    #[test]
    fn nothing_else_parses() {
        for text in [
            "", "h", "48", "0h", "-1d", "1.5h", "48 h", "2w", "10001h", "４８h",
        ] {
            assert!(text.parse::<Length>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_are_counted_on_the_shops_wall() {
        let zone = shanghai();
        assert_eq!(
            days_between(at("2026-03-01T15:59:00Z"), at("2026-03-01T16:01:00Z"), &zone),
            1
        );
        assert_eq!(
            days_between(
                at("2026-01-31T00:00:00+08:00"),
                at("2026-03-01T00:00:00+08:00"),
                &zone
            ),
            29
        );
    }
}
