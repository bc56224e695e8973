//! Reads a shop: what it is called, its current figures, and the policy in force.
//!
//! Must not know: languages. Tests: `amends-api/tests/it/shop.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::ShopId;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;
use amends_store::ShopRow;

use super::settings::ShopSettings;
use crate::caller::{Caller, Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// Longest part of a calendar's name that is shown when there is none of it.
const CALENDAR_CHARS_SHOWN: usize = 32;

/// A shop with its settings read.
pub struct ShopView {
    /// As stored, with the policy in force.
    pub row: ShopRow,
    /// Its settings.
    pub settings: ShopSettings,
}

/// The caller's shop.
pub async fn shop_get(desk: &Desk, staff: &Staff) -> Result<ShopView, AppError> {
    staff.require(Right::Read)?;
    let mut row = desk.shop(staff.shop).await?;
    row.policy = policy_in_force(desk, staff.shop).await?;
    let settings = ShopSettings::parse(&row.settings)?;
    Ok(ShopView { row, settings })
}

/// What the caller's shop is called.
pub async fn shop_name(desk: &Desk, caller: &Caller) -> Result<String, AppError> {
    Ok(desk.shop(caller.shop()).await?.name)
}

/// Replaces the shop's settings.
pub async fn shop_settings_set(desk: &Desk, staff: &Staff, settings: &ShopSettings) -> Result<(), AppError> {
    staff.require(Right::Manage)?;
    if let Some(value) = settings.calendar.as_ref().filter(|id| !desk.calendars.has(id)) {
        return Err(AppError::Invalid {
            field: "calendar",
            reason: Reason::NoCalendar {
                value: value.chars().take(CALENDAR_CHARS_SHOWN).collect(),
                known: desk.calendars.ids(),
            },
        });
    }
    if desk.store.shop_set_settings(staff.shop, &settings.text()).await? {
        Ok(())
    } else {
        Err(AppError::NotFound { what: "shop" })
    }
}

/// The set that cases opened now are judged by.
pub async fn policy_current(desk: &Desk, caller: &Caller) -> Result<PolicySet, AppError> {
    let hash = policy_in_force(desk, caller.shop())
        .await?
        .ok_or(AppError::NotFound { what: "policy" })?;
    policy_get(desk, caller, hash).await
}

/// A set, and from when on it holds.
pub struct SetPeriod {
    /// Its first moment; none of what a shop began with.
    pub from: Option<Moment>,
    /// The set.
    pub set: PolicySet,
}

/// Every set that was or will be in force for cases opened then, the first first.
pub async fn policy_sets(desk: &Desk, caller: &Caller) -> Result<Vec<SetPeriod>, AppError> {
    let periods = desk.store.policy_periods(caller.shop()).await?;
    let mut sets = Vec::with_capacity(periods.len());
    for period in &periods {
        sets.push(SetPeriod {
            from: Some(period.from),
            set: policy_get(desk, caller, period.hash).await?,
        });
    }
    if sets.is_empty() {
        let set = policy_current(desk, caller).await?;
        sets.push(SetPeriod { from: None, set });
    }
    Ok(sets)
}

/// The hash of that set.
pub async fn policy_in_force(desk: &Desk, shop: ShopId) -> Result<Option<Digest>, AppError> {
    Ok(desk.store.policy_in_force(shop, desk.clock.now()).await?)
}

/// The set that a shop's cases opened now are judged by; none where it has published none.
pub(crate) async fn policy_set_in_force(desk: &Desk, shop: ShopId) -> Result<Option<PolicySet>, AppError> {
    match policy_in_force(desk, shop).await? {
        Some(hash) => Ok(desk.store.policy_set(shop, hash).await?),
        None => Ok(None),
    }
}

/// The first of these reasons that the policy knows, else the first that is asked for: what a case is filed under
/// that the shop opens by itself.
pub(crate) fn reason_for(policy: &PolicySet, wanted: &[&str]) -> String {
    let known = wanted.iter().find(|reason| policy.reason(reason).is_some());
    let asked = || policy.reasons().iter().find(|reason| !reason.own);
    let asked = || asked().map(|reason| reason.code.clone()).unwrap_or_default();
    known.map_or_else(asked, |reason| (*reason).to_owned())
}

/// A set published for the shop, in force or not.
pub async fn policy_get(desk: &Desk, caller: &Caller, hash: Digest) -> Result<PolicySet, AppError> {
    if let Caller::Staff(staff) = caller {
        staff.require(Right::Read)?;
    }
    desk.store
        .policy_set(caller.shop(), hash)
        .await?
        .ok_or(AppError::NotFound { what: "policy" })
}
