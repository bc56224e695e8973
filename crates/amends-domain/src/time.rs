//! Time as a shop sees it: moments, its zone, and the rooms below for lengths, calendars and opening hours.
//!
//! Must not know: what a clock is for; what time it is now.
//! Tests: beside the code, and `tests/it/calendar.rs`.

mod calendar;
mod hours;
mod length;
mod shop_time;

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

pub use calendar::Calendar;
pub use calendar::file::{CALENDAR_BYTES_MAX, CalendarFault, YEARS_MAX};
pub use hours::{DayHours, DayHoursError, HoursError, OnDays, OpeningHours};
pub use length::{Length, LengthError};
pub use shop_time::ShopTime;

pub(crate) const HOUR_MILLIS: i64 = 3_600_000;
const MINUTE_MILLIS: i64 = 60_000;
/// Minutes of a day on the wall: 24:00 as a minute.
const DAY_MINUTES: u16 = 24 * 60;

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

    /// When the wall shows this minute of a day; minute 1440 is 24:00, the midnight after it. Where a
    /// clock is put forward over that time, as much later; where it is put back, the first of the two.
    fn moment_at(&self, day: Date, minute: u16) -> Moment {
        let (day, minute) = if minute < DAY_MINUTES {
            (Ok(day), minute)
        } else {
            (day.tomorrow(), 0)
        };
        let wall = day.and_then(|day| {
            let midnight = day.to_datetime(jiff::civil::Time::midnight());
            midnight.checked_add(i64::from(minute).minutes())
        });
        let there = wall.and_then(|wall| wall.to_zoned(self.0.clone()));
        let millis = there.map_or(i64::MAX, |there| there.timestamp().as_millisecond());
        Moment::from_millis(millis)
    }

    /// 24:00 of a day.
    fn end_of(&self, day: Date) -> Moment {
        self.moment_at(day, DAY_MINUTES)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.iana_name().unwrap_or("UTC"))
    }
}

/// Whole calendar days from one moment's day to another's on the shop's wall; the day itself is 0.
pub fn days_between(from: Moment, to: Moment, zone: &Zone) -> i64 {
    let span = from.day_in(zone.tz()).until(to.day_in(zone.tz()));
    span.map_or(0, |span| i64::from(span.get_days()))
}

/// When so many calendar months are over: 24:00 of the same day of the last of them, on the shop's wall.
pub fn months_over(from: Moment, months: u32, zone: &Zone) -> Moment {
    let day = from.day_in(zone.tz());
    let last = day.checked_add(i64::from(months).months());
    zone.end_of(last.unwrap_or(Date::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::from_millis(text.parse::<Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn days_are_counted_on_the_shops_wall() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        for (from, to, days) in [
            ("2026-03-01T15:59:00Z", "2026-03-01T16:01:00Z", 1),
            ("2026-01-31T00:00:00+08:00", "2026-03-01T00:00:00+08:00", 29),
        ] {
            assert_eq!(days_between(at(from), at(to), &zone), days, "{from} to {to}");
        }
    }

    #[test]
    fn a_minute_the_wall_leaves_out_or_shows_twice_has_one_moment() {
        let (forward, back) = (jiff::civil::date(2026, 3, 8), jiff::civil::date(2026, 11, 1));
        let zone = Zone::named("America/New_York").unwrap();
        for (day, minute, moment) in [
            (forward, 90, "2026-03-08T01:30:00-05:00"),
            (forward, 150, "2026-03-08T03:30:00-04:00"),
            (back, 90, "2026-11-01T01:30:00-04:00"),
            (back, 1440, "2026-11-02T00:00:00-05:00"),
        ] {
            assert_eq!(zone.moment_at(day, minute), at(moment), "{day} {minute}");
        }
    }
}
