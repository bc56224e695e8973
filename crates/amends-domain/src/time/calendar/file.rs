//! Calendars: reading one from TOML, with mistakes named by line.
//!
//! `format = 1` stays readable for ever. Must not know: files, which calendar a shop uses.
//! Tests: `tests/it/calendar.rs`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{Calendar, number, weekdays};
use crate::policy::Title;

/// Largest calendar text, in bytes.
pub const CALENDAR_BYTES_MAX: usize = 262_144;
/// Most years in one calendar.
pub const YEARS_MAX: usize = 200;
/// Longest source of a year, in bytes.
const SOURCE_BYTES_MAX: usize = 500;

/// A mistake in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct CalendarFault {
    /// Line in the text, from 1; 0 when the calendar as a whole is meant.
    pub line: usize,
    /// What is wrong and what would be right.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Spanned<u32>,
    id: Spanned<String>,
    title: Title,
    #[serde(default, rename = "year")]
    years: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    #[serde(rename = "year")]
    of: Spanned<i64>,
    /// The notice it comes from.
    source: Spanned<String>,
    #[serde(default)]
    off: Vec<Spanned<Datetime>>,
    #[serde(default)]
    worked: Vec<Spanned<Datetime>>,
}

impl Calendar {
    /// Reads a calendar's text.
    pub fn parse(text: &str) -> Result<Self, CalendarFault> {
        Reading { text }.calendar()
    }
}

struct Reading<'a> {
    text: &'a str,
}

impl Reading<'_> {
    fn calendar(&self) -> Result<Calendar, CalendarFault> {
        if self.text.len() > CALENDAR_BYTES_MAX {
            let bytes = self.text.len();
            return Err(whole(format!(
                "a calendar has at most {CALENDAR_BYTES_MAX} bytes, this one {bytes}"
            )));
        }
        let file: File = toml::from_str(self.text).map_err(|fault| CalendarFault {
            line: fault.span().map_or(0, |span| self.line(span.start)),
            reason: fault.message().to_owned(),
        })?;
        let format = *file.format.get_ref();
        if format != 1 {
            let reason = format!("format {format} is not known; this version reads format 1");
            return Err(self.fault(&file.format, reason));
        }
        self.check_id(&file.id)?;
        if file.years.is_empty() || file.years.len() > YEARS_MAX {
            return Err(whole(format!("a calendar has 1 to {YEARS_MAX} years")));
        }
        let mut calendar = Calendar {
            id: file.id.into_inner(),
            title: Some(file.title),
            ..Calendar::default()
        };
        let mut listed = BTreeSet::new();
        for year in &file.years {
            self.add(&mut calendar, &mut listed, year)?;
        }
        calendar.off.sort_unstable();
        calendar.worked.sort_unstable();
        for year in &file.years {
            self.check_worked(&calendar, &year.of)?;
        }
        Ok(calendar)
    }

    fn add(
        &self,
        calendar: &mut Calendar,
        listed: &mut BTreeSet<Date>,
        year: &Year,
    ) -> Result<(), CalendarFault> {
        let of = i16::try_from(*year.of.get_ref()).unwrap_or_default();
        if !(1970..=9000).contains(&of) {
            return Err(self.fault(&year.of, "a year is from 1970 to 9000".to_owned()));
        }
        let source = year.source.get_ref();
        if source.trim().is_empty() || source.len() > SOURCE_BYTES_MAX {
            let reason = format!("a source names the notice, in 1 to {SOURCE_BYTES_MAX} bytes");
            return Err(self.fault(&year.source, reason));
        }
        if calendar.years.insert(of, source.clone()).is_some() {
            return Err(self.fault(&year.of, format!("{of} is here twice")));
        }
        for written in &year.off {
            let day = self.day(written, of, listed)?;
            if falls_on_weekday(day) {
                calendar.off.push(number(day));
            }
        }
        for written in &year.worked {
            let day = self.day(written, of, listed)?;
            if falls_on_weekday(day) {
                let reason = format!("{day} is worked anyway; a make-up day is a Saturday or Sunday");
                return Err(self.fault(written, reason));
            }
            calendar.worked.push(number(day));
        }
        Ok(())
    }

    /// A day as it is written, in its year and for the first time.
    fn day(
        &self,
        written: &Spanned<Datetime>,
        year: i16,
        listed: &mut BTreeSet<Date>,
    ) -> Result<Date, CalendarFault> {
        let text = written.get_ref();
        let day: Option<Date> = text.to_string().parse().ok();
        let day = day.filter(|_| text.time.is_none());
        let Some(day) = day else {
            return Err(self.fault(
                written,
                format!("{text} is not a day; write one like {year}-05-01"),
            ));
        };
        let before = day.year() + 1 == year && day.month() == 12;
        if day.year() != year && !before {
            let reason = format!("{day} is neither in {year} nor in the December before");
            return Err(self.fault(written, reason));
        }
        if listed.insert(day) {
            Ok(day)
        } else {
            Err(self.fault(written, format!("{day} is here twice")))
        }
    }

    fn check_id(&self, id: &Spanned<String>) -> Result<(), CalendarFault> {
        let text = id.get_ref();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=32).contains(&text.len()) && text.bytes().all(plain) {
            return Ok(());
        }
        let reason = format!("{text:?} is not a calendar's id: 1 to 32 small letters, digits and -");
        Err(self.fault(id, reason))
    }

    /// A year in which nobody works is a mistake, and a deadline counted in it would run away.
    fn check_worked(&self, calendar: &Calendar, year: &Spanned<i64>) -> Result<(), CalendarFault> {
        let of = i16::try_from(*year.get_ref()).unwrap_or_default();
        let ends = Date::new(of, 12, 31).and_then(|end| Ok((Date::new(of - 1, 12, 31)?, end)));
        let works = ends.is_ok_and(|(before, end)| calendar.working_days_between(before, end) > 0);
        if works {
            Ok(())
        } else {
            Err(self.fault(year, format!("{of} has no working day")))
        }
    }

    fn fault<T>(&self, at: &Spanned<T>, reason: String) -> CalendarFault {
        CalendarFault {
            line: self.line(at.span().start),
            reason,
        }
    }

    fn line(&self, offset: usize) -> usize {
        let before = self.text.bytes().take(offset);
        before.filter(|byte| *byte == b'\n').count() + 1
    }
}

fn whole(reason: String) -> CalendarFault {
    CalendarFault { line: 0, reason }
}

fn falls_on_weekday(day: Date) -> bool {
    let day = number(day);
    weekdays(day) > weekdays(day - 1)
}
