//! Puts packs in force: what holds today, and what takes its place on a later day.
//!
//! Must not know: where packs' texts come from. Tests: beside the code, `amends/tests/it/policies.rs`.

use amends_domain::policy::dates::{Day, begins, changes_after, in_force, overlaps};
use amends_domain::policy::fault::PlacedFault;
use amends_domain::policy::pack::{Layer, Pack};
use amends_domain::policy::set::{PackName, PolicySet};
use amends_domain::time::{Moment, Zone};
use amends_store::ShopRow;

use crate::content::starting_packs;
use crate::desk::Desk;
use crate::error::AppError;

/// A set and the day it takes force; none for what holds today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its first day.
    pub from: Option<Day>,
    /// The set.
    pub set: PolicySet,
    /// Packs that come with the program and are no part of it, since a pack that was given has their layer.
    pub left_out: Vec<PackName>,
}

/// What packs come to from a day on, or every mistake. A layer that none of them is of on a day is filled
/// by the packs that come with the program, so that a shop can hand in its own alone, and a later
/// revision before its time.
pub fn policy_plan(given: &[Pack], today: Day) -> Result<Result<Vec<Planned>, Vec<PlacedFault>>, AppError> {
    let starting = starting_packs()?;
    let mut faults = overlaps(given);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mut days = changes_after(given, today);
    days.extend(changes_after(&starting, today));
    let mut plan: Vec<Planned> = Vec::new();
    for day in std::iter::once(today).chain(days) {
        let mut packs = in_force(given, day);
        let layers: Vec<Layer> = packs.iter().map(|pack| pack.layer).collect();
        let (out, fill): (Vec<&Pack>, Vec<&Pack>) = in_force(&starting, day)
            .into_iter()
            .partition(|pack| layers.contains(&pack.layer));
        let given_too = |name: &PackName| packs.iter().any(|pack| pack.id == name.id);
        let left_out = out.iter().map(|pack| pack.name());
        let left_out = left_out.filter(|name| !given_too(name)).collect();
        packs.extend(fill);
        match PolicySet::examine(&packs) {
            Err(found) => faults.extend(found),
            Ok(set) if plan.last().is_some_and(|last| last.set.hash() == set.hash()) => {}
            Ok(set) => plan.push(Planned {
                from: (day != today).then_some(day),
                set,
                left_out,
            }),
        }
    }
    // What is wrong on several days is told once.
    let mut told: Vec<PlacedFault> = Vec::new();
    for fault in faults {
        if !told.contains(&fault) {
            told.push(fault);
        }
    }
    Ok(if told.is_empty() { Ok(plan) } else { Err(told) })
}

/// What it is on the shop's wall today.
pub fn shop_today(desk: &Desk, shop: &ShopRow) -> Result<Day, AppError> {
    Ok(desk.clock.now().day_in(zone(shop)?.tz()))
}

fn zone(shop: &ShopRow) -> Result<Zone, AppError> {
    Zone::named(&shop.time_zone)
        .ok_or_else(|| AppError::Inconsistent(format!("time zone {}", shop.time_zone)))
}

/// Publishes a plan: its first set holds for cases opened from now on, each other from the beginning of
/// its day. Open cases keep theirs; what was planned before is dropped.
pub async fn policy_publish(desk: &Desk, shop: &ShopRow, plan: &[Planned]) -> Result<(), AppError> {
    let (now, zone) = (desk.clock.now(), zone(shop)?);
    let moment = |planned: &Planned| planned.from.map_or(now, |day| begins(day, &zone));
    let sets: Vec<(Moment, &PolicySet)> = plan
        .iter()
        .map(|planned| (moment(planned), &planned.set))
        .collect();
    if desk.store.policy_publish(shop.id, &sets, now).await? {
        Ok(())
    } else {
        Err(AppError::NotFound { what: "shop" })
    }
}

#[cfg(test)]
mod tests {
    use amends_domain::case::clock::Clock;

    use super::*;
    use crate::content::PACKS;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn platform(revision: &str, dates: &str, decision: &str) -> Pack {
        let (_, text) = PACKS[1];
        let text = text
            .replace("effective_from = \"2024-07-01\"", dates)
            .replace("revision = \"2\"", &format!("revision = \"{revision}\""))
            .replace(
                "clock = \"decision\"\nlength = \"48h\"",
                &format!("clock = \"decision\"\nlength = \"{decision}\""),
            );
        Pack::parse(&text).unwrap()
    }

    fn told(plan: &[Planned]) -> Vec<String> {
        let told = |planned: &Planned| {
            let from = planned
                .from
                .map_or_else(|| "now".to_owned(), |day| day.to_string());
            let (_, terms) = planned.set.clock(Clock::Decision).unwrap();
            format!("{from} {}", terms.length)
        };
        plan.iter().map(told).collect()
    }

    #[test]
    fn a_later_revision_lies_ready_and_what_comes_along_fills_the_days_before() {
        let later = [platform("3", "effective_from = \"2027-01-01\"", "24h")];
        let plan = |today: &str| policy_plan(&later, day(today)).unwrap().unwrap();
        assert_eq!(told(&plan("2026-03-01")), ["now 48h", "2027-01-01 24h"]);
        assert_eq!(
            told(&plan("2024-06-30")),
            ["now 72h", "2024-07-01 48h", "2027-01-01 24h"]
        );
        assert_eq!(told(&plan("2027-01-01")), ["now 24h"]);
        assert_eq!(
            told(&policy_plan(&[], day("2030-01-01")).unwrap().unwrap()),
            ["now 48h"]
        );
    }

    #[test]
    fn mistakes_of_every_day_are_told_once() {
        let late = [
            platform("3", "effective_until = \"2027-01-01\"", "16d"),
            platform("4", "effective_from = \"2027-01-01\"", "17d"),
        ];
        let faults = policy_plan(&late, day("2026-03-01")).unwrap().unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].contains("decision 16d is less kind than LAW-PUN-8"),
            "{told:?}"
        );
        assert!(told[1].contains("decision 17d"), "{told:?}");

        let overlapping = [platform("3", "", "24h"), platform("4", "", "24h")];
        let faults = policy_plan(&overlapping, day("2026-03-01")).unwrap().unwrap_err();
        assert!(
            faults[0]
                .to_string()
                .contains("revisions 3 (without dates) and 4"),
            "{faults:?}"
        );
    }
}
