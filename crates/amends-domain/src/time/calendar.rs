//! Which days are worked: Monday to Friday, unless a calendar's days off or make-up working days 调休上班
//! say otherwise.
//!
//! Working days have a rank: how many there are up to a day. Counting them is then a subtraction, and
//! finding the n-th a search among days, however long the way.
//! Must not know: zones, moments, how a calendar is written. Tests: `tests/it/calendar.rs`.

pub(super) mod file;

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, date};

use crate::policy::Title;

const EPOCH: Date = date(1970, 1, 1);
/// From the Monday of its week to 1970-01-01, a Thursday.
const EPOCH_AFTER_MONDAY: i64 = 3;
/// Farther from 1970 than any day the library knows.
const NUMBER_MAX: i64 = 4_400_000;
const WEEK_DAYS: i64 = 7;
/// No holiday is longer, in days.
const HOLIDAY_MAX: i64 = 31;
const WORKED_WEEKDAYS: i64 = 5;

/// The days that are worked. In a year it doesn't cover, and with [`Calendar::default`] in every year,
/// Monday to Friday are: an assumption, which [`Calendar::covers`] tells from knowledge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    id: String,
    title: Option<Title>,
    /// The source of each year it covers.
    years: BTreeMap<i16, String>,
    /// Days off from Monday to Friday, as days since 1970-01-01, in order.
    off: Vec<i64>,
    /// Worked Saturdays and Sundays, likewise.
    worked: Vec<i64>,
}

impl Calendar {
    /// Its name, such as `cn`; empty for the plain one.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What a person reads; the plain one has none.
    pub fn title(&self) -> Option<&Title> {
        self.title.as_ref()
    }

    /// The years it covers, each with where its days come from: the notice of the State Council.
    pub fn years(&self) -> impl Iterator<Item = (i16, &str)> {
        self.years.iter().map(|(year, source)| (*year, source.as_str()))
    }

    /// Whether it knows the days off of this day's year; else that it is worked is assumed from the weekday.
    pub fn covers(&self, day: Date) -> bool {
        self.years.contains_key(&day.year())
    }

    /// Whether a day is worked.
    pub fn works(&self, day: Date) -> bool {
        let day = number(day);
        self.rank(day) > self.rank(day - 1)
    }

    /// The next holiday that begins within so many days of a day, or goes on then: its first and its last day,
    /// weekends beside it among them. A weekend by itself is none.
    pub fn next_holiday(&self, from: Date, within_days: u32) -> Option<(Date, Date)> {
        let from = number(from);
        let last = from + i64::from(within_days);
        let ends = |off: i64| (off..=off + HOLIDAY_MAX).find(|day| !self.rests(day + 1));
        let begins = |off: i64| {
            (0..=HOLIDAY_MAX)
                .map(|back| off - back)
                .find(|day| !self.rests(day - 1))
        };
        let listed = self.off.iter().filter(|off| **off >= from - HOLIDAY_MAX);
        let spans = listed.filter_map(|off| Some((begins(*off)?, ends(*off)?)));
        let mut ahead = spans.filter(|(first, ends)| *ends >= from && *first <= last);
        ahead.next().map(|(first, ends)| (day_of(first), day_of(ends)))
    }

    fn rests(&self, day: i64) -> bool {
        self.rank(day) == self.rank(day - 1)
    }

    /// The n-th working day after a day, which itself is not counted; with 0 the last one up to it.
    pub fn working_day_after(&self, day: Date, count: u32) -> Date {
        day_of(self.first_of_rank(self.rank(number(day)) + i64::from(count)))
    }

    /// The n-th working day before a day, which itself is not counted; with 0 the first one from it on.
    pub fn working_day_before(&self, day: Date, count: u32) -> Date {
        day_of(self.first_of_rank(self.rank(number(day) - 1) + 1 - i64::from(count)))
    }

    /// How many working days come after `from`, up to and with `to`; negative when `to` is the earlier.
    pub fn working_days_between(&self, from: Date, to: Date) -> i64 {
        self.rank(number(to)) - self.rank(number(from))
    }

    /// Working days up to and with a day, from a beginning of its own.
    fn rank(&self, day: i64) -> i64 {
        let up_to = |days: &[i64]| index(days.partition_point(|listed| *listed <= day));
        weekdays(day) - up_to(&self.off) + up_to(&self.worked)
    }

    /// The first day that has this rank: a working day.
    fn first_of_rank(&self, rank: i64) -> i64 {
        // Mondays so far off that no days off or make-up days between make up for it.
        let monday = |weeks: i64| weeks * WEEK_DAYS - EPOCH_AFTER_MONDAY;
        let mut below = monday((rank - index(self.worked.len())).div_euclid(WORKED_WEEKDAYS) - 1);
        let mut reached = monday((rank + index(self.off.len())).div_euclid(WORKED_WEEKDAYS) + 1);
        while reached - below > 1 {
            let middle = below.midpoint(reached);
            if self.rank(middle) < rank {
                below = middle;
            } else {
                reached = middle;
            }
        }
        reached
    }
}

/// Days from Monday to Friday up to and with a day.
fn weekdays(day: i64) -> i64 {
    let from_monday = day + EPOCH_AFTER_MONDAY;
    let (weeks, weekday) = (
        from_monday.div_euclid(WEEK_DAYS),
        from_monday.rem_euclid(WEEK_DAYS),
    );
    weeks * WORKED_WEEKDAYS + (weekday + 1).min(WORKED_WEEKDAYS)
}

/// Days since 1970-01-01.
fn number(day: Date) -> i64 {
    EPOCH.duration_until(day).as_hours() / 24
}

/// The day of a number, held inside the years the library knows.
fn day_of(number: i64) -> Date {
    let days = Span::new().try_days(number.clamp(-NUMBER_MAX, NUMBER_MAX));
    EPOCH.saturating_add(days.unwrap_or_default())
}

/// A count of listed days, of which there are few.
fn index(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
