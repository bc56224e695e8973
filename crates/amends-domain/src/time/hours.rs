//! Opening hours: one span of the day, on working days or on every day.
//!
//! Must not know: zones, moments, which days are worked. Tests: beside the code.

use serde::{Deserialize, Serialize};

use super::DAY_MINUTES;

/// Days on which a shop opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDays {
    /// The working days of its calendar.
    WorkingDays,
    /// Every day: somebody is on duty at weekends and holidays too.
    EveryDay,
}

/// When a shop is open, in minutes of the day on its wall. The end is not open any more; 1440 is 24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Span", into = "Span")]
pub struct OpeningHours {
    from_minute: u16,
    to_minute: u16,
    on_days: OnDays,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    from_minute: u16,
    to_minute: u16,
    on_days: OnDays,
}

/// Why two minutes are no opening hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "open from minute {from_minute} to {to_minute} is not within one day: \
     write minutes from 0 to 1440, the end at least 60 after the start"
)]
pub struct HoursError {
    /// The first minute.
    pub from_minute: u16,
    /// The minute of the end.
    pub to_minute: u16,
}

impl OpeningHours {
    /// Shortest opening, in minutes: shorter ones would make a length in working hours endless.
    pub const MINUTES_MIN: u16 = 60;

    /// Every day, all day long: an hour of opening is an hour on the clock.
    pub const ALWAYS: Self = Self {
        from_minute: 0,
        to_minute: DAY_MINUTES,
        on_days: OnDays::EveryDay,
    };

    /// Opening hours within one day, an hour at least.
    pub fn new(from_minute: u16, to_minute: u16, on_days: OnDays) -> Result<Self, HoursError> {
        let long_enough = to_minute.checked_sub(from_minute) >= Some(Self::MINUTES_MIN);
        if long_enough && to_minute <= DAY_MINUTES {
            Ok(Self {
                from_minute,
                to_minute,
                on_days,
            })
        } else {
            Err(HoursError {
                from_minute,
                to_minute,
            })
        }
    }

    /// The first open minute of the day.
    pub fn from_minute(self) -> u16 {
        self.from_minute
    }

    /// The minute from which it is closed; 1440 is 24:00.
    pub fn to_minute(self) -> u16 {
        self.to_minute
    }

    /// On which days.
    pub fn on_days(self) -> OnDays {
        self.on_days
    }
}

impl TryFrom<Span> for OpeningHours {
    type Error = HoursError;
    fn try_from(span: Span) -> Result<Self, HoursError> {
        Self::new(span.from_minute, span.to_minute, span.on_days)
    }
}

impl From<OpeningHours> for Span {
    fn from(hours: OpeningHours) -> Self {
        Self {
            from_minute: hours.from_minute,
            to_minute: hours.to_minute,
            on_days: hours.on_days,
        }
    }
}

/// Hours of every day, as policies write them: `09:00-21:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayHours(OpeningHours);

/// Why a text is no hours of the day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not hours of the day: write \"09:00-21:00\", within one day and an hour at least")]
pub struct DayHoursError(pub String);

impl DayHours {
    /// As opening hours of every day.
    pub fn hours(self) -> OpeningHours {
        self.0
    }
}

impl TryFrom<String> for DayHours {
    type Error = DayHoursError;
    fn try_from(text: String) -> Result<Self, DayHoursError> {
        let minute = |time: &str| -> Option<u16> {
            let (hour, minute) = time.split_once(':').filter(|_| time.len() == 5)?;
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            if !digits(hour) || !digits(minute) {
                return None;
            }
            let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
            (minute < 60).then_some(hour * 60 + minute)
        };
        let span = text.split_once('-');
        let span = span.and_then(|(from, to)| Some((minute(from)?, minute(to)?)));
        let hours = span.and_then(|(from, to)| OpeningHours::new(from, to, OnDays::EveryDay).ok());
        hours
            .map(Self)
            .ok_or_else(|| DayHoursError(text.chars().take(32).collect()))
    }
}

impl From<DayHours> for String {
    fn from(hours: DayHours) -> String {
        let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}-{}", time(hours.0.from_minute), time(hours.0.to_minute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_hours_lie_within_a_day_and_last_an_hour() {
        for (from_minute, to_minute, fits) in [
            (540, 1080, true),
            (0, 1440, true),
            (1380, 1440, true),
            (0, 60, true),
            (0, 59, false),
            (540, 540, false),
            (1080, 540, false),
            (600, 1441, false),
        ] {
            let hours = OpeningHours::new(from_minute, to_minute, OnDays::WorkingDays);
            assert_eq!(hours.is_ok(), fits, "{from_minute} to {to_minute}");
        }
    }

    #[test]
    fn stored_opening_hours_are_checked_when_read() {
        let text = r#"{"from_minute":540,"to_minute":1080,"on_days":"working_days"}"#;
        let hours: OpeningHours = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&hours).unwrap(), text);
        for wrong in [
            text.replace("1080", "30"),
            text.replace("1080", "-1"),
            text.replace("working_days", "sundays"),
        ] {
            assert!(serde_json::from_str::<OpeningHours>(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn hours_of_the_day_are_written_as_they_were_read() {
        for text in ["09:00-21:00", "00:00-24:00", "08:30-09:30"] {
            let hours = DayHours::try_from(text.to_owned()).unwrap();
            assert_eq!(String::from(hours), text);
            assert_eq!(hours.hours().on_days(), OnDays::EveryDay);
        }
        for text in [
            "",
            "9:00-21:00",
            "09:00",
            "21:00-09:00",
            "09:00-09:59",
            "09:00-24:01",
            "09:60-21:00",
            "+9:00-21:00",
        ] {
            assert!(DayHours::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
