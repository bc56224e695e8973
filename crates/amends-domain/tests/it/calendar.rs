//! Calendars: the one that comes with the program against the days and deadlines of `testdata/holiday-cn`,
//! and mistakes named by line.
//!
//! Must not know: how days are counted; `working_time` has the lengths.

use std::sync::Arc;

use amends_domain::time::{CALENDAR_BYTES_MAX, Calendar, Length, OpeningHours, ShopTime, Zone};
use jiff::civil::{Date, date};
use serde::Deserialize;

use crate::working_time::at;

/// The calendar of mainland China, as it lies in `content/calendars`.
pub(crate) const CN: &str = include_str!("../../../../content/calendars/cn.toml");
const DAYS: &str = include_str!("../../../../testdata/holiday-cn/days_2023_2026.csv");
const VECTORS: &str = include_str!("../../../../testdata/holiday-cn/business_day_vectors.jsonl");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    start: Date,
    start_is_workday: bool,
    business_days: u32,
    deadline: Date,
    natural_deadline: Date,
}

#[test]
fn every_deadline_of_the_vectors_is_met() {
    let calendar = Arc::new(Calendar::parse(CN).unwrap());
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let time = ShopTime::new(zone, calendar, OpeningHours::ALWAYS);
    // A vector's deadline is a day; ours is the end of that day, whenever the first one began.
    let after = |day: Date| at(&format!("{}T00:00:00+08:00", day.tomorrow().unwrap()));
    let mut seen = 0;
    for line in VECTORS.lines() {
        let vector: Vector = serde_json::from_str(line).unwrap();
        assert_eq!(
            time.calendar().works(vector.start),
            vector.start_is_workday,
            "{line}"
        );
        for hour in ["00:00:00", "12:00:00", "23:59:59.999"] {
            let from = at(&format!("{}T{hour}+08:00", vector.start));
            let working = Length::WorkingDays(vector.business_days).due_after(from, &time);
            assert_eq!(working, after(vector.deadline), "{hour} {line}");
            let natural = Length::Days(vector.business_days).due_after(from, &time);
            assert_eq!(natural, after(vector.natural_deadline), "{hour} {line}");
            assert!(time.covers(from, working));
            let last = working.plus_millis(-1);
            assert_eq!(
                time.working_days_between(from, last),
                i64::from(vector.business_days)
            );
        }
        seen += 1;
    }
    assert_eq!(seen, 373);
}

#[test]
fn every_day_of_four_years_is_worked_or_off_as_the_notices_say() {
    let calendar = Calendar::parse(CN).unwrap();
    let mut seen = 0;
    for line in DAYS.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let day: Date = cells[0].parse().unwrap();
        assert_eq!(calendar.works(day), cells[2] == "1", "{line}");
        assert!(calendar.covers(day));
        seen += 1;
    }
    assert_eq!(seen, 1_461);
    let years: Vec<i16> = calendar.years().map(|(year, _)| year).collect();
    assert_eq!(years, [2023, 2024, 2025, 2026]);
    assert!(
        calendar
            .years()
            .all(|(_, source)| source.contains("国务院办公厅") && source.contains("www.gov.cn"))
    );
    assert_eq!(calendar.title().unwrap().zh_cn, "中国法定节假日与调休");
}

#[test]
fn outside_of_its_years_a_calendar_counts_weekdays_and_says_that_it_assumes_them() {
    let (calendar, plain) = (Calendar::parse(CN).unwrap(), Calendar::default());
    let national_day = date(2027, 10, 1);
    assert!(calendar.works(national_day) && !calendar.covers(national_day));
    assert!(!calendar.works(date(2027, 10, 2)), "a Saturday");
    // Its last working day before the notice of 2023 begins; the notice itself begins in December.
    assert!(calendar.works(date(2022, 12, 30)) && !calendar.covers(date(2022, 12, 30)));
    assert!(!plain.covers(date(2026, 10, 1)) && plain.works(date(2026, 10, 1)));
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let time = ShopTime::new(zone, Arc::new(calendar), OpeningHours::ALWAYS);
    for (from, to, covered) in [
        ("2026-12-30T00:00:00+08:00", "2026-12-31T23:59:59+08:00", true),
        ("2026-12-30T00:00:00+08:00", "2027-01-01T00:00:00+08:00", false),
        ("2022-12-31T23:59:59+08:00", "2023-01-02T00:00:00+08:00", false),
        ("2023-01-01T00:00:00+08:00", "2026-01-02T00:00:00+08:00", true),
    ] {
        assert_eq!(time.covers(at(from), at(to)), covered, "{from} to {to}");
    }
}

#[test]
fn a_working_day_is_found_forwards_and_backwards() {
    let calendar = Calendar::parse(CN).unwrap();
    // 2026-02-13 is a Friday, 14 a worked Saturday, 15 to 23 Spring Festival.
    for (day, count, after, before) in [
        (date(2026, 2, 13), 1, date(2026, 2, 14), date(2026, 2, 12)),
        (date(2026, 2, 14), 1, date(2026, 2, 24), date(2026, 2, 13)),
        (date(2026, 2, 18), 1, date(2026, 2, 24), date(2026, 2, 14)),
        (date(2026, 2, 24), 2, date(2026, 2, 26), date(2026, 2, 13)),
        (date(2026, 2, 18), 0, date(2026, 2, 14), date(2026, 2, 24)),
        (date(2026, 2, 24), 0, date(2026, 2, 24), date(2026, 2, 24)),
    ] {
        assert_eq!(
            calendar.working_day_after(day, count),
            after,
            "{count} after {day}"
        );
        assert_eq!(
            calendar.working_day_before(day, count),
            before,
            "{count} before {day}"
        );
    }
    assert_eq!(calendar.working_day_after(Date::MAX, u32::MAX), Date::MAX, "held");
}

const SMALL: &str = r#"format = 1
id = "house"
title = { "zh-CN" = "一", "zh-TW" = "一", en = "one" }
[[year]]
year = 2026
source = "the house"
off = [
    2026-05-01,
]
worked = [2026-05-09]
"#;

/// What is written, the mistake in its place, its line, and what is said of it.
const MISTAKES: &str = r#"
format = 1 | format = 2 | 1 | format 2 is not known
id = "house" | id = "My House" | 2 | is not a calendar's id
id = "house" | name = "house" | 2 | unknown field `name`
zh-TW | zh-HK | 3 | zh-HK
year = 2026 | year = 1969 | 5 | from 1970 to 9000
year = 2026 | year = 99999 | 5 | from 1970 to 9000
year = 2026 | year = 2027 | 8 | neither in 2027 nor in the December before
source = "the house" | source = " " | 6 | a source names the notice
2026-05-01, | 2026-02-30, | 8 | day
2026-05-01, | "2026-05-01", | 8 | datetime
2026-05-01, | 2026-05-01T00:00:00, | 8 | is not a day
2026-05-01, | 07:30:00, | 8 | is not a day
2026-05-01, | 2025-11-30, | 8 | neither in 2026
2026-05-01, | 2026-05-01, 2026-05-01 | 8 | 2026-05-01 is here twice
2026-05-01, | 2026-05-09, | 10 | 2026-05-09 is here twice
worked = [2026-05-09] | worked = [2026-05-08] | 10 | is worked anyway
worked = [2026-05-09] | closed = [2026-05-09] | 10 | unknown field `closed`
"#;

#[test]
fn a_mistake_in_a_calendar_is_named_with_its_line() {
    Calendar::parse(SMALL).unwrap();
    for row in MISTAKES.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [from, to, line, says] = cells[..] else {
            panic!("{row}")
        };
        assert!(SMALL.contains(from), "{from}");
        let fault = Calendar::parse(&SMALL.replacen(from, to, 1)).expect_err(to);
        assert!(fault.reason.contains(says), "{to}: {fault}");
        assert_eq!(fault.line.to_string(), line, "{to}: {fault}");
    }
}

#[test]
fn a_calendar_is_bounded_and_somebody_works_in_every_year() {
    let head = &SMALL[..SMALL.find("[[year]]").unwrap()];
    let fault = |text: &str| Calendar::parse(text).unwrap_err();
    assert_eq!(fault(head).line, 0, "no year");
    let twice = format!("{SMALL}{}", SMALL.replace(head, "").replace("05-", "06-"));
    assert!(fault(&twice).reason.contains("2026 is here twice"));
    let long = format!("{SMALL}#{}", " ".repeat(CALENDAR_BYTES_MAX));
    assert!(fault(&long).reason.contains("bytes"));
    let days: Vec<String> = date(2026, 1, 1)
        .series(jiff::ToSpan::days(1))
        .take(365)
        .map(|day| day.to_string())
        .collect();
    let idle = format!(
        "{head}[[year]]\nyear = 2026\nsource = \"none\"\noff = [{}]\n",
        days.join(",")
    );
    let fault = fault(&idle);
    assert!(fault.reason.contains("no working day"), "{fault}");
    assert_eq!(fault.line, 5);
}

#[test]
fn a_holiday_is_told_with_the_weekend_beside_it() {
    let calendar = Calendar::parse(CN).unwrap();
    let day = |month, day| date(2026, month, day);
    for (from, within, told) in [
        (day(4, 1), 7, Some((day(4, 4), day(4, 6)))),
        (day(3, 27), 7, None),
        (day(2, 10), 7, Some((day(2, 15), day(2, 23)))),
        // It goes on.
        (day(2, 23), 7, Some((day(2, 15), day(2, 23)))),
        (day(2, 24), 7, None),
        // A weekend is none.
        (day(3, 6), 7, None),
        (day(9, 28), 7, Some((day(10, 1), day(10, 7)))),
        (day(9, 28), 2, None),
    ] {
        assert_eq!(calendar.next_holiday(from, within), told, "{from}");
    }
    assert_eq!(Calendar::default().next_holiday(day(2, 10), 7), None);
}
