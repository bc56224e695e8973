//! A shop's time: its zone, its calendar and its opening hours, and what is counted by them.
//!
//! Must not know: lengths, clocks, policies. Tests: `tests/it/calendar.rs`.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Calendar, DayHours, HOUR_MILLIS, Length, MINUTE_MILLIS, Moment, OnDays, OpeningHours, Zone};

/// What a shop's days and hours are counted by. Always the current one: a case pins its lengths, not
/// the calendar they are counted on. Clones share the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopTime {
    zone: Zone,
    calendar: Arc<Calendar>,
    hours: OpeningHours,
}

/// From when to when, in epoch milliseconds; empty where a clock put forward swallows it.
type Opening = (i64, i64);

impl ShopTime {
    /// A shop with a calendar and opening hours.
    pub fn new(zone: Zone, calendar: Arc<Calendar>, hours: OpeningHours) -> Self {
        Self {
            zone,
            calendar,
            hours,
        }
    }

    /// A shop that has set nothing but its zone: working days are Monday to Friday, which is an
    /// assumption in every year, and it is open every day all day long, so `wh` is `h`.
    pub fn of(zone: Zone) -> Self {
        Self::new(zone, Arc::default(), OpeningHours::ALWAYS)
    }

    /// Its time zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Its calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Its opening hours.
    pub fn hours(&self) -> OpeningHours {
        self.hours
    }

    /// Minutes of the day on its wall, from 0 to 1439.
    pub fn minutes_of_day(&self, moment: Moment) -> u16 {
        let time = moment.timestamp().to_zoned(self.zone.tz().clone()).time();
        u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
    }

    /// Whether it is open.
    pub fn in_working_hours(&self, moment: Moment) -> bool {
        let day = moment.day_in(self.zone.tz());
        let (opens, closes) = self.opening(day);
        self.opens_on(day) && (opens..closes).contains(&moment.millis())
    }

    /// How many working days come after the day of `from`, up to and with that of `to`.
    pub fn working_days_between(&self, from: Moment, to: Moment) -> i64 {
        let day = |moment: Moment| moment.day_in(self.zone.tz());
        self.calendar.working_days_between(day(from), day(to))
    }

    /// Whether the calendar covers every year from one moment to another, so that nothing counted
    /// between them was assumed.
    pub fn covers(&self, from: Moment, to: Moment) -> bool {
        let year = |moment: Moment| moment.day_in(self.zone.tz()).year();
        let asked = year(from)..=year(to);
        let known = self.calendar.years().map(|(year, _)| year);
        known.filter(|year| asked.contains(year)).count() == asked.count()
    }

    /// A due moment whose last day is a day off moves to 24:00 of the next working day, any other stays
    /// (《民法典》第二百零三条). The last day of a moment at midnight is the one that ends there.
    #[must_use]
    pub fn roll_over(&self, due: Moment) -> Moment {
        let last = due.plus_millis(-1).day_in(self.zone.tz());
        if self.calendar.works(last) {
            due
        } else {
            self.zone.end_of(self.calendar.working_day_after(last, 1))
        }
    }

    /// When a length is over that runs and ends within these hours alone. Minutes and hours are counted in
    /// them; what is longer ends when they begin next, unless it ends in them.
    pub(crate) fn due_within(&self, length: Length, from: Moment, hours: DayHours) -> Moment {
        let within = Self::new(self.zone.clone(), Arc::clone(&self.calendar), hours.hours());
        let (millis, hours) = match length {
            Length::Minutes(count) => (i64::from(count) * MINUTE_MILLIS, count / 60 + 1),
            Length::Hours(count) => (i64::from(count) * HOUR_MILLIS, count),
            longer => return within.next_opening(longer.due_after(from, self)),
        };
        within.after_open(from, millis, days_at_most(hours))
    }

    /// The next holiday that begins within so many days, or goes on: from when until when.
    pub fn next_holiday(&self, now: Moment, within_days: u32) -> Option<(Moment, Moment)> {
        let today = now.day_in(self.zone.tz());
        let (first, last) = self.calendar.next_holiday(today, within_days)?;
        Some((self.zone.moment_at(first, 0), self.zone.end_of(last)))
    }

    /// The moment itself while it is open, else the next opening.
    fn next_opening(&self, moment: Moment) -> Moment {
        if self.in_working_hours(moment) {
            return moment;
        }
        let day = moment.day_in(self.zone.tz());
        let today = self.opens_on(day).then(|| self.opening(day).0);
        let opens = today.filter(|opens| *opens >= moment.millis());
        Moment::from_millis(opens.unwrap_or_else(|| self.opening(self.next_open(day)).0))
    }

    /// When so many open hours have passed; at closing time rather than at the next opening.
    pub(super) fn after_open_hours(&self, from: Moment, hours: u32) -> Moment {
        self.after_open(from, i64::from(hours) * HOUR_MILLIS, days_at_most(hours))
    }

    fn after_open(&self, from: Moment, millis: i64, days: u32) -> Moment {
        let mut left = millis;
        let mut day = from.day_in(self.zone.tz());
        if !self.opens_on(day) {
            day = self.next_open(day);
        }
        let mut reached = from;
        for _ in 0..days {
            let (opens, closes) = self.opening(day);
            let starts = opens.max(from.millis());
            let open = (closes - starts).max(0);
            if open >= left {
                return Moment::from_millis(starts + left);
            }
            left -= open;
            reached = Moment::from_millis(closes).max(from);
            day = self.next_open(day);
        }
        reached
    }

    /// When so many open hours were still to come; at the opening rather than at the last closing time.
    pub(super) fn before_open_hours(&self, due: Moment, hours: u32) -> Moment {
        let mut left = i64::from(hours) * HOUR_MILLIS;
        let mut day = due.day_in(self.zone.tz());
        if !self.opens_on(day) {
            day = self.last_open(day);
        }
        let mut reached = due;
        for _ in 0..days_at_most(hours) {
            let (opens, closes) = self.opening(day);
            let ends = closes.min(due.millis());
            let open = (ends - opens).max(0);
            if open >= left {
                return Moment::from_millis(ends - left);
            }
            left -= open;
            reached = Moment::from_millis(opens).min(due);
            day = self.last_open(day);
        }
        reached
    }

    fn opening(&self, day: Date) -> Opening {
        let at = |minute| self.zone.moment_at(day, minute).millis();
        (at(self.hours.from_minute()), at(self.hours.to_minute()))
    }

    fn opens_on(&self, day: Date) -> bool {
        self.hours.on_days() == OnDays::EveryDay || self.calendar.works(day)
    }

    fn next_open(&self, day: Date) -> Date {
        match self.hours.on_days() {
            OnDays::EveryDay => day.tomorrow().unwrap_or(day),
            OnDays::WorkingDays => self.calendar.working_day_after(day, 1),
        }
    }

    fn last_open(&self, day: Date) -> Date {
        match self.hours.on_days() {
            OnDays::EveryDay => day.yesterday().unwrap_or(day),
            OnDays::WorkingDays => self.calendar.working_day_before(day, 1),
        }
    }
}

/// An open day has an hour at least, but where a clock is put forward; never two such days in a row.
fn days_at_most(hours: u32) -> u32 {
    hours.saturating_mul(2).saturating_add(3)
}
