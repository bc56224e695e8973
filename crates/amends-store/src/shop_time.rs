//! A shop's time, read from its row: its zone, and of its settings the calendar and the opening hours.
//!
//! Always the current ones; a case pins none of it. Must not know: any other setting.
//! Tests: `tests/it/committer.rs`.

use std::collections::HashMap;
use std::sync::Arc;

use amends_domain::time::{Calendar, OpeningHours, ShopTime, Zone};
use serde::Deserialize;

/// The calendars that settings may name, by their ids.
#[derive(Debug, Clone, Default)]
pub struct Calendars(HashMap<String, Arc<Calendar>>);

impl Calendars {
    /// These calendars.
    pub fn new(calendars: impl IntoIterator<Item = Calendar>) -> Self {
        let named = |calendar: Calendar| (calendar.id().to_owned(), Arc::new(calendar));
        Self(calendars.into_iter().map(named).collect())
    }

    /// Whether there is one of this id.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Their ids, in order.
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.0.keys().cloned().collect();
        ids.sort_unstable();
        ids
    }

    /// A shop's time; nothing when nobody knows its zone. Without a calendar working days are Monday to
    /// Friday, without hours it is always open.
    pub fn shop_time(&self, time_zone: &str, settings: &str) -> Option<ShopTime> {
        let zone = Zone::named(time_zone)?;
        let settings: TimeSettings = serde_json::from_str(settings).unwrap_or_default();
        let calendar = settings.calendar.and_then(|id| self.0.get(&id)).cloned();
        let hours = settings.opening_hours.unwrap_or(OpeningHours::ALWAYS);
        Some(ShopTime::new(zone, calendar.unwrap_or_default(), hours))
    }
}

/// What of the settings is about time.
#[derive(Default, Deserialize)]
#[serde(default)]
struct TimeSettings {
    calendar: Option<String>,
    opening_hours: Option<OpeningHours>,
}
