//! Texts of single cells, as people and spreadsheets write them, made into typed values.
//!
//! Must not know: columns, files. Tests: beside the code.

use amends_domain::money::{Currency, Money, MoneyError};
use amends_domain::time::{Moment, Zone};
use jiff::Timestamp;
use jiff::civil::DateTime;

use super::faults::Wrong;

/// What a value reads with: the shop's zone for times without one, its currency for amounts
/// without one, and the moment after which nothing can have happened yet.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The shop's zone.
    pub zone: Zone,
    /// The shop's currency.
    pub currency: Currency,
    /// The moment of the import.
    pub now: Moment,
}

/// 2000-01-01T00:00:00Z.
const EARLIEST: Moment = Moment::from_millis(946_684_800_000);
/// Clocks of two houses differ, and some exports have no zone: a day is allowed.
const AHEAD_MILLIS: i64 = 86_400_000;

/// The start of a text, for a message.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A cell without what spreadsheets put around it: spaces, tabs, `="…"`, a leading `'`.
pub(crate) fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let cell = cell
        .strip_prefix("=\"")
        .and_then(|cell| cell.strip_suffix('"'))
        .unwrap_or(cell);
    cell.strip_prefix('\'').unwrap_or(cell).trim()
}

/// A number of an order, or another code that must keep every digit.
pub(crate) fn code(text: &str) -> Result<String, Wrong> {
    let upper = text.to_ascii_uppercase();
    let rounded = upper.split_once("E+").is_some_and(|(head, tail)| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits(&head.replacen('.', "", 1)) && digits(tail)
    });
    if rounded {
        Err(Wrong::Rounded(short(text)))
    } else {
        Ok(text.to_owned())
    }
}

/// An amount: `399`, `399.00`, `¥399`, `1,299.00`, `399元`.
pub(crate) fn money(text: &str, currency: Currency) -> Result<Money, Wrong> {
    let fault = || Wrong::Money(short(text));
    let amount = text.trim().trim_end_matches('元').trim_end();
    let (minus, amount) = unsigned(amount);
    let amount = amount.trim_start_matches(['¥', '￥', '$']).trim_start();
    // The sign stands on either side of the currency's.
    let (minus_inside, amount) = unsigned(amount);
    let amount = without_thousands(amount).ok_or_else(fault)?;
    let money = Money::parse(&amount, currency).map_err(|problem| match problem {
        MoneyError::TooLarge => Wrong::Order(problem.to_string()),
        MoneyError::Amount(_) | MoneyError::Currency(_) => fault(),
    })?;
    if (minus || minus_inside) && !money.is_zero() {
        return Err(Wrong::Negative(short(text)));
    }
    Ok(money)
}

fn unsigned(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '−', '－']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

/// `1,299.00` as `1299.00`; `None` when the commas are not between thousands.
fn without_thousands(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut digits = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
        grouped = true;
    }
    if grouped && !(1..=3).contains(&first.len()) {
        return None;
    }
    Some(part.map_or(digits.clone(), |part| format!("{digits}.{part}")))
}

/// A currency: three capital letters, or what Chinese back offices call the yuan.
pub(crate) fn currency(text: &str) -> Result<Currency, Wrong> {
    match text {
        "人民币" | "元" | "RMB" => Ok(Currency::CNY),
        _ => text.parse().map_err(|_| Wrong::Currency(short(text))),
    }
}

/// A number of units.
pub(crate) fn count(text: &str) -> Result<u32, Wrong> {
    let some = |count: &u32| *count > 0;
    Some(whole(text)?)
        .filter(some)
        .ok_or_else(|| Wrong::Count(short(text)))
}

/// A whole number, 0 among them.
pub(crate) fn whole(text: &str) -> Result<u32, Wrong> {
    let whole = text
        .strip_suffix(".0")
        .or(text.strip_suffix(".00"))
        .unwrap_or(text);
    let digits = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    let count = whole.parse().ok().filter(|_: &u32| digits);
    count.ok_or_else(|| Wrong::Count(short(text)))
}

/// Yes or no; nothing is no.
pub(crate) fn flag(text: &str) -> Result<bool, Wrong> {
    match text.to_ascii_lowercase().as_str() {
        "是" | "true" | "yes" | "y" | "1" => Ok(true),
        "" | "否" | "false" | "no" | "n" | "0" => Ok(false),
        _ => Err(Wrong::Flag(short(text))),
    }
}

/// A moment: RFC 3339, or a day with a time of day on the shop's wall, the day written
/// `2026-03-01`, `2026/3/1` or `2026年3月1日`.
pub(crate) fn moment(text: &str, reading: &Reading) -> Result<Moment, Wrong> {
    let fault = || Wrong::Moment(short(text));
    let at = if let Ok(at) = text.parse::<Timestamp>() {
        at
    } else {
        let civil = civil(text, fault)?;
        let zoned = reading.zone.tz().to_timestamp(civil);
        // The last days that can be written down are beyond what can be counted.
        zoned.map_err(|_| Wrong::Unlikely(short(text)))?
    };
    let millis = at.as_millisecond();
    let likely = EARLIEST.millis()..=reading.now.plus_millis(AHEAD_MILLIS).millis();
    if !likely.contains(&millis) {
        return Err(Wrong::Unlikely(short(text)));
    }
    Ok(Moment::from_millis(millis))
}

fn civil(text: &str, fault: impl Fn() -> Wrong) -> Result<DateTime, Wrong> {
    let plain = text.trim().replace('日', " ").replace(['/', '年', '月'], "-");
    let (day, time) = plain
        .split_once([' ', 'T'])
        .map_or((plain.as_str(), ""), |(day, time)| (day, time.trim()));
    let day = parts::<3>(day, '-').ok_or_else(&fault)?;
    if time.is_empty() {
        return Err(Wrong::NoTimeOfDay(short(text)));
    }
    // Fractions of a second are dropped: no window is counted in them.
    let time = time.split_once('.').map_or(time, |(time, _)| time);
    let time = parts::<3>(time, ':').or_else(|| {
        let [hour, minute] = parts::<2>(time, ':')?;
        Some([hour, minute, 0])
    });
    let [hour, minute, second] = time.ok_or_else(&fault)?;
    let small = |number: i16| i8::try_from(number).map_err(|_| fault());
    DateTime::new(
        day[0],
        small(day[1])?,
        small(day[2])?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        0,
    )
    .map_err(|_| fault())
}

fn parts<const COUNT: usize>(text: &str, between: char) -> Option<[i16; COUNT]> {
    let number = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| digits)
    };
    let numbers: Option<Vec<i16>> = text.split(between).map(number).collect();
    numbers?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_people_write_them() {
        for (text, expected) in [
            ("399", Ok(39_900)),
            ("399.0", Ok(39_900)),
            ("¥399", Ok(39_900)),
            ("￥ 1,299.00", Ok(129_900)),
            ("1,234,567.8", Ok(123_456_780)),
            ("12.50元", Ok(1_250)),
            ("-0.00", Ok(0)),
            ("-5", Err("negative")),
            ("¥-5.00", Err("negative")),
            ("-¥5.00", Err("negative")),
            ("1,29", Err("not_money")),
            ("1299,000", Err("not_money")),
            (",399", Err("not_money")),
            ("1.299,00", Err("not_money")),
            ("399.001", Err("not_money")),
            ("3.99E2", Err("not_money")),
            ("三百", Err("not_money")),
            ("", Err("not_money")),
            ("99999999999", Err("order_invalid")),
        ] {
            let told = money(text, Currency::CNY).map(|money| money.minor());
            assert_eq!(told.map_err(|wrong| wrong.code()), expected, "{text}");
        }
    }

    #[test]
    fn moments_as_people_write_them() {
        let reading = Reading {
            zone: Zone::named("Asia/Shanghai").unwrap(),
            currency: Currency::CNY,
            now: Moment::from_millis(1_772_330_400_000),
        };
        let ten = Ok("2026-03-01T02:00:00.000Z".to_owned());
        for text in [
            "2026-03-01 10:00:00",
            "2026-03-01 10:00",
            "2026/3/1 10:00:00",
            "2026年3月1日 10:00",
            "2026-03-01T10:00:00",
            "2026-03-01T10:00:00.123",
            "2026-03-01T10:00:00+08:00",
            "2026-03-01T02:00:00Z",
        ] {
            let told = moment(text, &reading).map(|at| at.to_string());
            assert_eq!(told, ten, "{text}");
        }
        for (text, code) in [
            ("2026-03-01", "no_time_of_day"),
            ("2026-02-30 10:00:00", "not_a_moment"),
            ("2026-13-01 10:00:00", "not_a_moment"),
            ("01/03/2026 10:00", "not_a_moment"),
            ("2026-03-01 25:00", "not_a_moment"),
            ("46082.41", "not_a_moment"),
            ("昨天", "not_a_moment"),
            ("0000-00-00 00:00:00", "not_a_moment"),
            ("1999-12-31 10:00:00", "unlikely_moment"),
            ("2026-03-03 10:00:00", "unlikely_moment"),
            ("9999-12-31 23:59:59", "unlikely_moment"),
        ] {
            assert_eq!(
                moment(text, &reading).map_err(|wrong| wrong.code()),
                Err(code),
                "{text}"
            );
        }
    }

    #[test]
    fn what_spreadsheets_add_is_taken_off_and_what_they_lose_is_told() {
        for cell in [
            "123456789012345678",
            "=\"123456789012345678\"",
            "'123456789012345678\t",
        ] {
            assert_eq!(code(bare(cell)), Ok("123456789012345678".to_owned()));
        }
        assert_eq!(code("1.23457E+17").map_err(|wrong| wrong.code()), Err("rounded"));
        assert_eq!(code("SIZE+1"), Ok("SIZE+1".to_owned()));
        for (text, expected) in [
            ("2", Ok(2)),
            ("2.0", Ok(2)),
            ("0", Err(())),
            ("-1", Err(())),
            ("1.5", Err(())),
        ] {
            assert_eq!(count(text).map_err(drop), expected, "{text}");
        }
        assert_eq!(currency("人民币"), Ok(Currency::CNY));
        assert!(currency("cny").is_err() && currency("YUAN").is_err());
    }
}
