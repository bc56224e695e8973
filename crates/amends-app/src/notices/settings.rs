//! A shop's settings for notices, and the hours at which a telephone may ring.
//!
//! Must not know: texts, ports. Tests: beside the code.

use std::collections::BTreeMap;

use amends_domain::actor::Role;
use amends_domain::time::{Moment, Zone};
use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::language::Language;
use super::{NoticeChannel, mail};

/// Settings for notices, stored with the shop's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeSettings {
    /// The language of whoever has not chosen one.
    pub language: Language,
    /// By which ways notices go; absent is by all that are connected, none is not at all.
    #[serde(with = "channels", skip_serializing_if = "Option::is_none")]
    pub channels: Option<Vec<NoticeChannel>>,
    /// From which hour of the shop's day short messages may go, 0 to 23.
    pub sms_from_hour: u8,
    /// Up to which hour, 1 to 24; what comes later waits for the next morning.
    pub sms_until_hour: u8,
    /// Under which address buyers reach this service, such as `https://care.shop.example`. Mails to them
    /// then carry a link to their order; empty is no link.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page_address: String,
    /// Mail addresses of roles of the shop, for whoever has none of his own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub staff_mail: BTreeMap<Role, String>,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            channels: None,
            sms_from_hour: 8,
            sms_until_hour: 22,
            page_address: String::new(),
            staff_mail: BTreeMap::new(),
        }
    }
}

/// Longest address of the pages.
const PAGE_ADDRESS_MAX: usize = 200;

/// Whether an address is one that a browser opens: of a host and perhaps a port, nothing behind it.
fn is_page_address(address: &str) -> bool {
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme));
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    address.len() <= PAGE_ADDRESS_MAX && host.is_some_and(|host| !host.is_empty() && host.chars().all(fits))
}

mod channels {
    //! Channels by their codes.

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::NoticeChannel;

    #[expect(clippy::ref_option, reason = "serde hands a field over by reference")]
    pub(super) fn serialize<S: Serializer>(
        channels: &Option<Vec<NoticeChannel>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let codes = channels.as_ref().map(|channels| {
            let codes = channels.iter().map(|channel| channel.code());
            codes.collect::<Vec<_>>()
        });
        codes.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Vec<NoticeChannel>>, D::Error> {
        let Some(codes) = Option::<Vec<String>>::deserialize(from)? else {
            return Ok(None);
        };
        let named = |code: &String| {
            NoticeChannel::named(code).ok_or_else(|| D::Error::custom(format!("{code:?} is no channel")))
        };
        codes.iter().map(named).collect::<Result<_, _>>().map(Some)
    }
}

impl NoticeSettings {
    /// Until when a short message must wait at `now`; none when it may go.
    pub(crate) fn sms_waits_until(&self, now: Moment, zone: &Zone) -> Option<Moment> {
        let local = Timestamp::from_millisecond(now.millis())
            .ok()?
            .to_zoned(zone.tz().clone());
        let hour = u8::try_from(local.hour()).unwrap_or_default();
        if (self.sms_from_hour..self.sms_until_hour).contains(&hour) {
            return None;
        }
        let day = if hour < self.sms_from_hour {
            local.date()
        } else {
            local.date().tomorrow().ok()?
        };
        let from = i8::try_from(self.sms_from_hour).ok()?;
        let morning = day.to_datetime(Time::new(from, 0, 0, 0).ok()?);
        let morning = morning.to_zoned(zone.tz().clone()).ok()?;
        Some(Moment::from_millis(morning.timestamp().as_millisecond()))
    }

    /// What is wrong with them, if anything: the field, and what would be right.
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        if self.sms_from_hour >= self.sms_until_hour || self.sms_until_hour > 24 {
            return Some((
                "sms_until_hour",
                "must be later than sms_from_hour, and at most 24",
            ));
        }
        let repeated = |channels: &Vec<NoticeChannel>| {
            let unlike: std::collections::BTreeSet<_> = channels.iter().collect();
            unlike.len() != channels.len()
        };
        if self.channels.as_ref().is_some_and(repeated) {
            return Some(("channels", "must not name a channel twice"));
        }
        if !self.page_address.is_empty() && !is_page_address(&self.page_address) {
            return Some((
                "page_address",
                "must be an address such as https://care.shop.example, without anything behind the host",
            ));
        }
        if self
            .staff_mail
            .values()
            .any(|address| !mail::is_mail_address(address))
        {
            return Some(("staff_mail", "must be mail addresses"));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_telephone_rings_in_the_night() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let at = |text: &str| {
            let stamp: Timestamp = text.parse().unwrap();
            Moment::from_millis(stamp.as_millisecond())
        };
        let usual = NoticeSettings::default();
        let always = NoticeSettings {
            sms_from_hour: 0,
            sms_until_hour: 24,
            ..NoticeSettings::default()
        };
        for (now, waits) in [
            ("2026-01-01T08:00:00+08:00", None),
            ("2026-01-01T21:59:59+08:00", None),
            ("2026-01-01T22:00:00+08:00", Some("2026-01-02T08:00:00+08:00")),
            ("2026-01-01T23:30:00+08:00", Some("2026-01-02T08:00:00+08:00")),
            ("2026-01-02T00:00:00+08:00", Some("2026-01-02T08:00:00+08:00")),
            ("2026-01-02T07:59:59+08:00", Some("2026-01-02T08:00:00+08:00")),
        ] {
            assert_eq!(usual.sms_waits_until(at(now), &zone), waits.map(at), "{now}");
            assert_eq!(always.sms_waits_until(at(now), &zone), None, "{now}");
        }
    }

    #[test]
    fn settings_read_back() {
        for channels in [None, Some(vec![]), Some(vec![NoticeChannel::Sms])] {
            let settings = NoticeSettings {
                channels,
                staff_mail: [(Role::Supervisor, "lead@shop.example".to_owned())].into(),
                ..NoticeSettings::default()
            };
            let text = serde_json::to_string(&settings).unwrap();
            assert_eq!(
                serde_json::from_str::<NoticeSettings>(&text).unwrap(),
                settings,
                "{text}"
            );
            assert_eq!(settings.fault(), None);
        }
        assert!(serde_json::from_str::<NoticeSettings>(r#"{"channels":["pigeon"]}"#).is_err());
    }
}
