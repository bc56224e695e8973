//! What a policy says of care mail 关怀邮件: how often, at which hours, and to whom goods may be suggested
//! (FUP-5, FUP-6).
//!
//! Must not know: any figure, who gets a mail. Tests: `tests/it/care.rs`.

use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::set::PolicySet;
use super::{ClauseId, Terms};
use crate::time::{Moment, Zone};

const DAY_MILLIS: i64 = 86_400_000;
/// Scores a buyer may give, from the least to the most.
const SCORES: std::ops::RangeInclusive<u8> = 1..=5;

/// How often a buyer may be written to unasked, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareTerms {
    /// Most care mails one buyer gets …
    pub mails_max: u32,
    /// … within so many days.
    pub within_days: u32,
    /// From which hour of the shop's day they may go, 0 to 23.
    pub from_hour: u8,
    /// Up to which hour, 1 to 24.
    pub until_hour: u8,
    /// Whose last answer was a score below this is left in peace.
    pub score_min: u8,
}

/// To whom goods may be suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestionTerms {
    /// The least score of the buyer's last answer; who never answered is not suggested anything.
    pub score_min: u8,
}

impl CareTerms {
    /// Since when mails count towards the most.
    pub fn since(&self, now: Moment) -> Moment {
        now.plus_millis(-i64::from(self.within_days) * DAY_MILLIS)
    }

    /// The first moment from `at` on at which a mail may go.
    pub fn contact_from(&self, at: Moment, zone: &Zone) -> Moment {
        self.next_opening(at, zone).unwrap_or(at)
    }

    /// When the hours begin next; none while they run.
    fn next_opening(&self, at: Moment, zone: &Zone) -> Option<Moment> {
        let local = Timestamp::from_millisecond(at.millis())
            .ok()?
            .to_zoned(zone.tz().clone());
        let hour = u8::try_from(local.hour()).ok()?;
        if (self.from_hour..self.until_hour).contains(&hour) {
            return None;
        }
        let day = if hour < self.from_hour {
            local.date()
        } else {
            local.date().tomorrow().ok()?
        };
        let from = i8::try_from(self.from_hour).ok()?;
        let morning = day.to_datetime(Time::new(from, 0, 0, 0).ok()?);
        let morning = morning.to_zoned(zone.tz().clone()).ok()?;
        Some(Moment::from_millis(morning.timestamp().as_millisecond()))
    }
}

pub(super) fn unsound_care(terms: &CareTerms) -> Option<&'static str> {
    if terms.mails_max == 0 || terms.within_days == 0 {
        Some("at least one care mail within at least one day")
    } else if terms.from_hour >= terms.until_hour || terms.until_hour > 24 {
        Some("from_hour comes before until_hour, which is at most 24")
    } else if !SCORES.contains(&terms.score_min) {
        Some("score_min is a score of 1 to 5")
    } else {
        None
    }
}

pub(super) fn unsound_suggestion(terms: SuggestionTerms) -> Option<&'static str> {
    (!SCORES.contains(&terms.score_min)).then_some("score_min is a score of 1 to 5")
}

impl PolicySet {
    /// How care mail is bounded; the uppermost layer's clause. Without one none may be sent.
    pub fn care(&self) -> Option<(&ClauseId, &CareTerms)> {
        let mut clauses = self.clauses().iter().rev();
        clauses.find_map(|clause| match &clause.terms {
            Terms::Care(terms) => Some((&clause.id, terms)),
            _ => None,
        })
    }

    /// To whom goods may be suggested; the uppermost layer's clause. Without one to nobody.
    pub fn suggestion(&self) -> Option<(&ClauseId, &SuggestionTerms)> {
        let mut clauses = self.clauses().iter().rev();
        clauses.find_map(|clause| match &clause.terms {
            Terms::Suggestion(terms) => Some((&clause.id, terms)),
            _ => None,
        })
    }
}
