//! What simulated people write: buyers of the demo shop, its agents and its supervisors.
//!
//! A scene has sentences of what happened and of what is wanted; together they give more messages than a
//! shop sees of one kind in a month. `{货}` stands for what people call the product. All invented.
//! Must not know: cases, commands. Tests: beside the code.

mod desk;
mod goods;
mod parcels;
mod talk;

use crate::chance::Chance;
pub use desk::{
    ANSWERS, CALLS, CALLS_MISSED, DECLINES, DEMANDS, EXCEPTIONS, FOLLOW_UPS, GROUNDS, INSPECTIONS,
    INTERVENTIONS, INTERVENTIONS_SHOP, NOTES, OFFERS, PASSING, PICTURES_WANTED, PROMISES, PROMISES_MOVED,
    RECOURSES, RECOURSES_DROPPED, REFUSALS, RENEWALS, REOPENINGS, RESOLUTIONS, STATEMENTS_BUYER,
    STATEMENTS_SHOP, SUPPLEMENTS, TRIAL_FAILED, TRIAL_WORKED, WORDS,
};

/// What people write about one kind of trouble.
#[derive(Debug, Clone, Copy)]
pub struct Scene {
    /// What happened, as a buyer tells it.
    pub says: &'static [&'static str],
    /// What he would like.
    pub wants: &'static [&'static str],
    /// How an agent begins his reply.
    pub replies: &'static [&'static str],
    /// How he goes on.
    pub next: &'static [&'static str],
}

/// Every scene.
pub const SCENES: &[Scene] = &[
    goods::REGRET,
    goods::FAULT,
    goods::DAMAGE,
    goods::DESCRIBED,
    parcels::MISSING,
    parcels::PARCEL,
    parcels::LATE,
    talk::USE,
    talk::SERVICE,
    talk::TRUST,
];

/// The scene of a reason; what is not known there is a change of mind.
pub fn scene(reason: &str) -> &'static Scene {
    match reason {
        "quality" | "flawed" | "defective" => &goods::FAULT,
        "damaged" | "broken" => &goods::DAMAGE,
        "not_as_described" | "size" | "colour" | "material" | "wrong_item" => &goods::DESCRIBED,
        "missing_parts" => &parcels::MISSING,
        "not_received" | "lost" | "logistics" => &parcels::PARCEL,
        "late" | "late_dispatch" => &parcels::LATE,
        "usage" | "use" | "install" | "maintain" => &talk::USE,
        "service" | "promise" => &talk::SERVICE,
        "counterfeit" | "false_advertising" | "production_date" => &talk::TRUST,
        _ => &goods::REGRET,
    }
}

/// One of several, with the product's name in it.
pub fn line(chance: &mut Chance, of: &[&str], goods: &str) -> String {
    chance
        .pick(of)
        .copied()
        .unwrap_or_default()
        .replace("{货}", goods)
}

/// A buyer's message about his trouble.
pub fn asked(chance: &mut Chance, reason: &str, goods: &str) -> String {
    let scene = scene(reason);
    both(chance, scene.says, scene.wants, goods)
}

/// An agent's reply to it.
pub fn replied(chance: &mut Chance, reason: &str, goods: &str) -> String {
    let scene = scene(reason);
    both(chance, scene.replies, scene.next, goods)
}

fn both(chance: &mut Chance, first: &[&str], then: &[&str], goods: &str) -> String {
    let first = line(chance, first, goods);
    let then = line(chance, then, goods);
    first + &then
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn messages(first: &[&str], then: &[&str]) -> usize {
        let all = first
            .iter()
            .flat_map(|first| then.iter().map(move |then| format!("{first}{then}")));
        all.collect::<BTreeSet<_>>().len()
    }

    #[test]
    fn every_scene_has_forty_messages_and_forty_replies() {
        for scene in SCENES {
            assert!(messages(scene.says, scene.wants) >= 40, "{:?}", scene.says);
            assert!(messages(scene.replies, scene.next) >= 40, "{:?}", scene.replies);
        }
    }
}
