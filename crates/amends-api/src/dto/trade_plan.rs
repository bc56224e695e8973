//! What a shop has ready against delays, as a person reads it.
//!
//! Must not know: which clauses belong to it. Tests: `tests/it/trade.rs`.

use amends_app::trade::plan::{DelayPlan, Holiday};
use serde::Serialize;
use utoipa::ToSchema;

use super::policy::{ClauseDto, ClauseTermsDto};
use super::values::At;
use crate::language::Language;

/// What a shop has ready against delays.
#[derive(Serialize, ToSchema)]
pub(crate) struct DelayPlanDto {
    /// The holiday that buyers are to be told of now: it begins soon, or goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    holiday: Option<HolidayDto>,
    /// From how many days ahead of a holiday buyers are told; absent where the policy does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice_days: Option<i64>,
    /// The clause that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice_clause: Option<ClauseDto>,
    /// Rights and remedies of a buyer whose parcel is late or lost, in the policy's order.
    clauses: Vec<ClauseTermsDto>,
}

/// A holiday.
#[derive(Serialize, ToSchema)]
pub(crate) struct HolidayDto {
    /// When its first day begins.
    from: At,
    /// When its last day ends.
    until: At,
}

impl HolidayDto {
    pub(crate) fn of(holiday: Holiday) -> Self {
        Self {
            from: holiday.from.into(),
            until: holiday.until.into(),
        }
    }
}

impl DelayPlanDto {
    pub(crate) fn of(plan: &DelayPlan, language: Language) -> Self {
        let terms = |id| {
            let clause = plan.policy.clause(id)?;
            Some(ClauseTermsDto::of(&plan.policy, clause, language))
        };
        Self {
            holiday: plan.holiday.map(HolidayDto::of),
            notice_days: plan.notice.as_ref().map(|(_, days)| *days),
            notice_clause: plan
                .notice
                .as_ref()
                .map(|(clause, _)| ClauseDto::of(&plan.policy, clause, language)),
            clauses: plan.clauses.iter().filter_map(terms).collect(),
        }
    }
}
