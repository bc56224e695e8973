//! Lengths in every unit: tables over holidays, weekends, make-up days and changed clocks, and what
//! holds for all of them. Must not know: how a calendar is written.

use std::sync::Arc;

use amends_domain::time::{Calendar, Length, Moment, OnDays, OpeningHours, ShopTime, Zone};
use jiff::Timestamp;
use jiff::civil::Time;
use proptest::prelude::*;

use crate::calendar::CN;
use crate::harness::{PACKS, demo_set, set_of};
use crate::language::check_under;

pub(crate) fn at(text: &str) -> Moment {
    Moment::from_millis(text.parse::<Timestamp>().unwrap().as_millisecond())
}

fn shop(zone: &str, hours: OpeningHours) -> ShopTime {
    let calendar = if zone == "Asia/Shanghai" {
        Calendar::parse(CN).unwrap()
    } else {
        Calendar::default()
    };
    ShopTime::new(Zone::named(zone).unwrap(), Arc::new(calendar), hours)
}

fn nine_to_six(on_days: OnDays) -> OpeningHours {
    OpeningHours::new(9 * 60, 18 * 60, on_days).unwrap()
}

/// A moment of a table: the shop's wall in these years has no other offset but New York's, which is written.
fn wall(text: &str) -> Moment {
    if text.len() > 16 {
        at(&text.replace(' ', "T"))
    } else {
        at(&format!("{}:00+08:00", text.replace(' ', "T")))
    }
}

#[track_caller]
fn falls_due(time: &ShopTime, rows: &[(&str, &str, &str)]) {
    for (length, from, due) in rows {
        let parsed: Length = length.parse().unwrap();
        assert_eq!(
            parsed.due_after(wall(from), time),
            wall(due),
            "{length} from {from}"
        );
    }
}

#[test]
fn elapsed_time_and_calendar_days_know_no_holidays() {
    let rows = [
        ("48h", "2026-03-01 10:00", "2026-03-03 10:00"),
        ("30min", "2026-03-01 23:45", "2026-03-02 00:15"),
        ("1min", "2026-12-31 23:59", "2027-01-01 00:00"),
        ("10000min", "2026-03-01 00:00", "2026-03-07 22:40"),
        ("7d", "2026-03-01 00:00", "2026-03-09 00:00"),
        ("7d", "2026-03-01 23:59", "2026-03-09 00:00"),
        ("10d", "2026-02-20 12:00", "2026-03-03 00:00"),
    ];
    for hours in [OpeningHours::ALWAYS, nine_to_six(OnDays::WorkingDays)] {
        falls_due(&shop("Asia/Shanghai", hours), &rows);
    }
}

#[test]
fn working_days_leap_spring_festival_and_count_make_up_days() {
    falls_due(
        &shop("Asia/Shanghai", nine_to_six(OnDays::EveryDay)),
        &[
            // Friday, then the worked Saturday 14, then nothing to Tuesday 24.
            ("1wd", "2026-02-13 10:00", "2026-02-15 00:00"),
            ("2wd", "2026-02-13 10:00", "2026-02-25 00:00"),
            ("3wd", "2026-02-13 10:00", "2026-02-26 00:00"),
            ("1wd", "2026-02-18 10:00", "2026-02-25 00:00"),
            // The worked Saturday 28 is one of them.
            ("4wd", "2026-02-24 23:59", "2026-03-01 00:00"),
            ("5wd", "2026-02-24 00:00", "2026-03-03 00:00"),
            // After the last year that is known, weekdays.
            ("3wd", "2026-12-30 10:00", "2027-01-05 00:00"),
        ],
    );
}

#[test]
fn working_hours_are_those_in_which_the_shop_is_open() {
    falls_due(
        &shop("Asia/Shanghai", nine_to_six(OnDays::WorkingDays)),
        &[
            ("2wh", "2026-03-06 10:00", "2026-03-06 12:00"),
            ("2wh", "2026-03-06 16:00", "2026-03-06 18:00"),
            // Friday afternoon to Monday; Friday evening, Saturday and Monday before nine are all alike.
            ("3wh", "2026-03-06 16:00", "2026-03-09 10:00"),
            ("1wh", "2026-03-06 18:00", "2026-03-09 10:00"),
            ("1wh", "2026-03-07 12:00", "2026-03-09 10:00"),
            ("1wh", "2026-03-09 08:59", "2026-03-09 10:00"),
            ("9wh", "2026-03-09 09:00", "2026-03-09 18:00"),
            ("10wh", "2026-03-09 09:00", "2026-03-10 10:00"),
            // The worked Saturday, and over the festival.
            ("9wh", "2026-02-13 17:00", "2026-02-14 17:00"),
            ("11wh", "2026-02-13 17:00", "2026-02-24 10:00"),
        ],
    );
    falls_due(
        &shop("Asia/Shanghai", nine_to_six(OnDays::EveryDay)),
        &[("3wh", "2026-03-06 16:00", "2026-03-07 10:00")],
    );
}

#[test]
fn a_changed_clock_makes_the_night_shift_shorter_or_longer_and_no_working_day() {
    let night = OpeningHours::new(0, 6 * 60, OnDays::EveryDay).unwrap();
    falls_due(
        &shop("America/New_York", night),
        &[
            // 8 March has no 02:00 to 03:00: five hours till six.
            ("5wh", "2026-03-08 00:00-05:00", "2026-03-08 06:00-04:00"),
            ("6wh", "2026-03-08 00:00-05:00", "2026-03-09 01:00-04:00"),
            // 1 November has 01:00 to 02:00 twice: seven hours.
            ("7wh", "2026-11-01 00:00-04:00", "2026-11-01 06:00-05:00"),
            ("1d", "2026-03-07 12:00-05:00", "2026-03-09 00:00-04:00"),
            ("24h", "2026-03-07 12:00-05:00", "2026-03-08 13:00-04:00"),
        ],
    );
    falls_due(
        &shop("America/New_York", nine_to_six(OnDays::WorkingDays)),
        &[
            ("9wh", "2026-03-06 17:00-05:00", "2026-03-09 17:00-04:00"),
            ("1wd", "2026-03-06 17:00-05:00", "2026-03-10 00:00-04:00"),
            ("1wd", "2026-10-30 17:00-04:00", "2026-11-03 00:00-05:00"),
        ],
    );
}

#[test]
fn a_warning_is_counted_back_in_the_unit_it_is_written_in() {
    let time = shop("Asia/Shanghai", nine_to_six(OnDays::WorkingDays));
    for (length, due, warn) in [
        ("15min", "2026-03-01 00:05", "2026-02-28 23:50"),
        ("12h", "2026-03-02 10:00", "2026-03-01 22:00"),
        ("2d", "2026-03-11 00:00", "2026-03-09 00:00"),
        // Monday 24:00: a working day before it is Monday 00:00, two are Friday 00:00.
        ("1wd", "2026-03-10 00:00", "2026-03-09 00:00"),
        ("2wd", "2026-03-10 00:00", "2026-03-06 00:00"),
        ("1wd", "2026-03-09 15:00", "2026-03-06 15:00"),
        ("1wd", "2026-02-25 00:00", "2026-02-24 00:00"),
        ("2wd", "2026-02-25 00:00", "2026-02-14 00:00"),
        ("2wh", "2026-03-09 10:00", "2026-03-06 17:00"),
        ("1wh", "2026-03-09 10:00", "2026-03-09 09:00"),
        ("4wh", "2026-03-10 00:00", "2026-03-09 14:00"),
        ("4wh", "2026-03-08 12:00", "2026-03-06 14:00"),
    ] {
        let length: Length = length.parse().unwrap();
        assert_eq!(
            length.before(wall(due), &time),
            wall(warn),
            "{length} before {due}"
        );
    }
}

#[test]
fn a_last_day_off_rolls_over_to_the_end_of_the_next_working_day() {
    let time = shop("Asia/Shanghai", nine_to_six(OnDays::EveryDay));
    for (due, rolled) in [
        // The end of Friday stays, that of Saturday becomes that of Monday.
        ("2026-03-07 00:00", "2026-03-07 00:00"),
        ("2026-03-08 00:00", "2026-03-10 00:00"),
        ("2026-03-08 10:00", "2026-03-10 00:00"),
        ("2026-03-09 00:00", "2026-03-10 00:00"),
        ("2026-03-09 10:00", "2026-03-09 10:00"),
        // The end of a worked Saturday stays.
        ("2026-02-15 00:00", "2026-02-15 00:00"),
        ("2026-02-15 00:01", "2026-02-25 00:00"),
        ("2026-10-05 00:00", "2026-10-09 00:00"),
    ] {
        assert_eq!(time.roll_over(wall(due)), wall(rolled), "{due}");
    }
}

#[test]
fn the_shop_knows_its_hours() {
    let time = shop("Asia/Shanghai", nine_to_six(OnDays::WorkingDays));
    for (moment, minute, open) in [
        ("2026-03-06 08:59", 539, false),
        ("2026-03-06 09:00", 540, true),
        ("2026-03-06 17:59", 1079, true),
        ("2026-03-06 18:00", 1080, false),
        ("2026-03-07 12:00", 720, false),
        ("2026-02-28 12:00", 720, true),
        ("2026-02-16 00:00", 0, false),
    ] {
        assert_eq!(time.minutes_of_day(wall(moment)), minute, "{moment}");
        assert_eq!(time.in_working_hours(wall(moment)), open, "{moment}");
    }
    for (from, to, days) in [
        ("2026-02-13 23:59", "2026-02-13 00:00", 0),
        ("2026-02-13 23:59", "2026-02-14 00:00", 1),
        ("2026-02-13 12:00", "2026-02-24 00:00", 2),
        ("2026-02-24 00:00", "2026-02-13 12:00", -2),
    ] {
        assert_eq!(
            time.working_days_between(wall(from), wall(to)),
            days,
            "{from} to {to}"
        );
    }
}

fn packs_with(from: &str, to: &str) -> Vec<String> {
    assert!(PACKS.iter().any(|pack| pack.contains(from)), "{from}");
    PACKS.iter().map(|pack| pack.replace(from, to)).collect()
}

#[test]
fn a_clause_may_roll_over_a_day_off() {
    let decision = "clock = \"decision\"\nlength = \"48h\"";
    let rolling = packs_with(decision, &format!("{decision}\nholidays = \"roll_over\""));
    // Day 0 is a Sunday: day 7 is the next one, and day 8 ends as day 9 begins.
    check_under(
        set_of(&rolling),
        "5 10:00 buyer open refund_only quality dress×1; 9 00:00 wait",
        "
        5 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 9 00:00
        8 12:00  decision warning → warned of decision
        9 00:00  decision expiry → decision over (CLK-2: approve), approved [CLK-2], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 11 00:00
        A: refund_on_the_way; ordered; clocks refund_execution 11 00:00
        ledger: held 190.59
        ",
    );
    let counted = packs_with(decision, &format!("{decision}\nholidays = \"counted\""));
    assert_eq!(
        set_of(&counted).hash(),
        demo_set().hash(),
        "saying the usual says nothing"
    );
}

const ZONES: [&str; 7] = [
    "Asia/Shanghai",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kathmandu",
];

fn shops() -> impl Strategy<Value = ShopTime> {
    let on_days = prop_oneof![Just(OnDays::WorkingDays), Just(OnDays::EveryDay)];
    let span = (0..=1_380_u16, 60..=1_440_u16).prop_map(|(from, long)| (from, (from + long).min(1_440)));
    let zone = prop::sample::select(&ZONES[..]);
    (zone, span, on_days)
        .prop_map(|(zone, (from, to), on_days)| shop(zone, OpeningHours::new(from, to, on_days).unwrap()))
}

/// From 2022 to 2027, to the millisecond: a year more than the calendar on both sides.
fn moments() -> impl Strategy<Value = Moment> {
    (1_640_995_200_000..1_830_297_600_000_i64).prop_map(Moment::from_millis)
}

fn lengths() -> impl Strategy<Value = fn(u32) -> Length> {
    prop::sample::select(vec![
        Length::Minutes as fn(u32) -> Length,
        Length::Hours,
        Length::Days,
        Length::WorkingHours,
        Length::WorkingDays,
    ])
}

proptest! {
    #[test]
    fn later_starts_and_longer_lengths_fall_due_no_earlier(
        time in shops(), length in lengths(), from in moments(), later in 0..400_000_000_i64,
        count in 1..60_u32, more in 0..60_u32,
    ) {
        let due = length(count).due_after(from, &time);
        prop_assert!(due > from);
        prop_assert!(due <= length(count).due_after(from.plus_millis(later), &time));
        prop_assert!(due <= length(count + more).due_after(from, &time));
        prop_assert!(length(count).before(due, &time) <= due);
    }

    #[test]
    fn working_days_end_at_the_midnight_after_one(time in shops(), from in moments(), count in 1..60_u32) {
        let due = Length::WorkingDays(count).due_after(from, &time);
        let tz = time.zone().tz();
        let last = due.plus_millis(-1).day_in(tz);
        prop_assert!(time.calendar().works(last));
        let midnight = last.tomorrow().unwrap().to_datetime(Time::midnight()).to_zoned(tz.clone()).unwrap();
        prop_assert_eq!(midnight.timestamp().as_millisecond(), due.millis());
        // Day by day, without any arithmetic on ranks.
        let mut counted = 0;
        let mut day = from.day_in(tz);
        while day < last {
            day = day.tomorrow().unwrap();
            counted += u32::from(time.calendar().works(day));
        }
        prop_assert_eq!(counted, count);
        prop_assert_eq!(time.roll_over(due), due);
    }

    #[test]
    fn working_hours_end_while_open_or_at_closing_time(
        time in shops(), from in moments(), count in 1..60_u32,
    ) {
        let due = Length::WorkingHours(count).due_after(from, &time);
        prop_assert!(time.in_working_hours(due.plus_millis(-1)));
        let start = Length::WorkingHours(count).before(due, &time);
        prop_assert!(start >= from, "the way back is as long as the way there");
        prop_assert_eq!(Length::WorkingHours(count).due_after(start, &time), due);
        prop_assert!(time.in_working_hours(start));
    }

    #[test]
    fn rolling_over_never_moves_back(time in shops(), due in moments()) {
        let rolled = time.roll_over(due);
        prop_assert!(rolled >= due);
        prop_assert!(time.calendar().works(rolled.plus_millis(-1).day_in(time.zone().tz())));
        prop_assert_eq!(time.roll_over(rolled), rolled);
    }

    #[test]
    fn a_shop_that_set_nothing_counts_working_hours_as_hours(from in moments(), count in 1..1_000_u32) {
        for zone in ZONES {
            let time = ShopTime::of(Zone::named(zone).unwrap());
            let hours = Length::Hours(count).due_after(from, &time);
            prop_assert_eq!(Length::WorkingHours(count).due_after(from, &time), hours);
            prop_assert!(time.in_working_hours(from));
        }
    }

    #[test]
    fn no_length_however_long_stops_the_shop(time in shops(), length in lengths(), millis in -1..221_845_392_000_001_i64) {
        let from = Moment::from_millis(millis);
        for count in [0, 10_000, u32::MAX] {
            let due = length(count).due_after(from, &time);
            let warn = length(count).before(due, &time);
            prop_assert!(from <= due && warn <= due);
        }
    }
}
