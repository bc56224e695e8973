//! Lengths of time as policies write them, and the one place that turns a length into a due moment.
//!
//! `30min` and `48h` are elapsed. `10d` is calendar days in the shop's time zone, counted from the next
//! day (《网络购买商品七日无理由退货暂行办法》第十条) to 24:00 of the last (《民法典》第二百零三条); `3wd` is working
//! days of the shop's calendar, counted alike. `8wh` is opening hours of the shop. Nothing else parses.
//! Must not know: what a clock is for. Tests: beside the code, and `tests/it/calendar.rs`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{HOUR_MILLIS, MINUTE_MILLIS, Moment, ShopTime};

/// Largest count of a length; what is built with more is held there where counting it would take long.
const COUNT_MAX: u32 = 10_000;
const DAY_HOURS: i64 = 24;

/// A length of time as policies write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Length {
    /// Elapsed minutes, for a chat that falls silent.
    Minutes(u32),
    /// Elapsed hours.
    Hours(u32),
    /// Calendar days, counted from the next day to 24:00 shop time.
    Days(u32),
    /// Hours in which the shop is open.
    WorkingHours(u32),
    /// Working days of the shop's calendar, counted from the next day to 24:00 shop time. A shop open at
    /// weekends gains no working days by it.
    WorkingDays(u32),
}

/// Why a text is not a length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a length: write 1 to 10000 minutes like \"30min\", hours like \"48h\", calendar days \
     like \"10d\", working days like \"3wd\" or working hours like \"8wh\""
)]
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
            .filter(|count| (1..=COUNT_MAX).contains(count))
            .ok_or_else(fault)?;
        match unit {
            "min" => Ok(Self::Minutes(count)),
            "h" => Ok(Self::Hours(count)),
            "d" => Ok(Self::Days(count)),
            "wh" => Ok(Self::WorkingHours(count)),
            "wd" => Ok(Self::WorkingDays(count)),
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
            Self::Minutes(count) => write!(f, "{count}min"),
            Self::Hours(count) => write!(f, "{count}h"),
            Self::Days(count) => write!(f, "{count}d"),
            Self::WorkingHours(count) => write!(f, "{count}wh"),
            Self::WorkingDays(count) => write!(f, "{count}wd"),
        }
    }
}

impl Length {
    /// When a length that starts at `from` is over; never before `from`.
    pub fn due_after(self, from: Moment, time: &ShopTime) -> Moment {
        let zone = time.zone();
        match self {
            Self::Minutes(count) => from.plus_millis(i64::from(count) * MINUTE_MILLIS),
            Self::Hours(count) => from.plus_millis(i64::from(count) * HOUR_MILLIS),
            Self::Days(count) => {
                let days = jiff::Span::new().days(count.min(COUNT_MAX));
                zone.end_of(from.day_in(zone.tz()).saturating_add(days))
            }
            Self::WorkingHours(count) => time.after_open_hours(from, count.min(COUNT_MAX)),
            Self::WorkingDays(count) => {
                let last = time.calendar().working_day_after(from.day_in(zone.tz()), count);
                zone.end_of(last).max(from)
            }
        }
    }

    /// The moment this length before `due`, for early warnings. Minutes, hours and calendar days are
    /// elapsed, 24 hours to a day; working hours are open ones; working days lead to the same minute of
    /// the day so many working days before. Never after `due`.
    pub fn before(self, due: Moment, time: &ShopTime) -> Moment {
        let zone = time.zone();
        match self {
            Self::Minutes(count) => due.plus_millis(-i64::from(count) * MINUTE_MILLIS),
            Self::Hours(count) => due.plus_millis(-i64::from(count) * HOUR_MILLIS),
            Self::Days(count) => due.plus_millis(-i64::from(count) * DAY_HOURS * HOUR_MILLIS),
            Self::WorkingHours(count) => time.before_open_hours(due, count.min(COUNT_MAX)),
            Self::WorkingDays(count) => {
                let day = time.calendar().working_day_before(due.day_in(zone.tz()), count);
                zone.moment_at(day, time.minutes_of_day(due)).min(due)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_units_parse_and_are_written_as_they_were_read() {
        for (text, length) in [
            ("30min", Length::Minutes(30)),
            ("48h", Length::Hours(48)),
            ("10d", Length::Days(10)),
            ("8wh", Length::WorkingHours(8)),
            ("10000wd", Length::WorkingDays(10_000)),
        ] {
            assert_eq!(text.parse(), Ok(length));
            assert_eq!(length.to_string(), text);
        }
    }

    #[test]
    fn nothing_else_parses_and_the_fault_names_all_five_units() {
        for text in [
            "",
            "h",
            "48",
            "0h",
            "0min",
            "-1d",
            "1.5h",
            "48 h",
            "2w",
            "2m",
            "3dw",
            "3WD",
            "1min30",
            "10001wd",
            "４８h",
            "3工作日",
        ] {
            let fault = text.parse::<Length>().unwrap_err().to_string();
            for unit in ["30min", "48h", "10d", "3wd", "8wh"] {
                assert!(fault.contains(unit), "{text}: {fault}");
            }
        }
    }
}
