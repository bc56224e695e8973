//! The policy packs and calendars that come with the program, and the set a new shop starts under.
//!
//! A shop changes them by publishing packs of its own. Must not know: what the clauses say.
//! Tests: `amends-domain/tests/it/policy.rs`.

use amends_domain::policy::dates::latest;
use amends_domain::policy::pack::Pack;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Calendar;
use amends_store::Calendars;

use crate::error::AppError;

/// The packs by file name.
pub const PACKS: &[(&str, &str)] = &[
    (
        "cn-law.toml",
        include_str!("../../../content/policies/cn-law.toml"),
    ),
    (
        "taobao.toml",
        include_str!("../../../content/policies/taobao.toml"),
    ),
    (
        "demo-shop.toml",
        include_str!("../../../content/policies/demo-shop.toml"),
    ),
    (
        "taobao-1.toml",
        include_str!("../../../content/policies/taobao-1.toml"),
    ),
    (
        "taobao-service.toml",
        include_str!("../../../content/policies/taobao-service.toml"),
    ),
    (
        "taobao-disputes.toml",
        include_str!("../../../content/policies/taobao-disputes.toml"),
    ),
    (
        "service.toml",
        include_str!("../../../content/policies/service.toml"),
    ),
    (
        "reviews.toml",
        include_str!("../../../content/policies/reviews.toml"),
    ),
    ("trade.toml", include_str!("../../../content/policies/trade.toml")),
];

/// The calendars that come with the program.
const CALENDARS: &[&str] = &[include_str!("../../../content/calendars/cn.toml")];

/// Reads the calendars that come with the program.
pub fn calendars() -> Result<Calendars, AppError> {
    let parse = |text: &&str| {
        Calendar::parse(text).map_err(|fault| AppError::Inconsistent(format!("a calendar: {fault}")))
    };
    Ok(Calendars::new(
        CALENDARS.iter().map(parse).collect::<Result<Vec<_>, _>>()?,
    ))
}

/// Reads the packs that come with the program, every revision.
pub fn starting_packs() -> Result<Vec<Pack>, AppError> {
    let parse = |(name, text): &(&str, &str)| {
        Pack::parse(text).map_err(|fault| AppError::Inconsistent(format!("pack {name}: {fault}")))
    };
    PACKS.iter().map(parse).collect()
}

/// The newest revisions of the packs that come with the program, resolved.
pub fn starting_policy() -> Result<PolicySet, AppError> {
    PolicySet::examine(&latest(&starting_packs()?))
        .map_err(|faults| AppError::Inconsistent(faults.iter().map(ToString::to_string).collect()))
}
