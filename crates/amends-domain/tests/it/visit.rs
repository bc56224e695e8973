//! Visits beside the stories `war-visit-…`: which slots can be booked, and what a visit leaves behind.

use amends_domain::case::clock::Clock;
use amends_domain::case::visit::VisitOutcome;

use crate::harness::{moment, whole_set};
use crate::language::Story;

fn played(acts: &str) -> Story {
    let mut story = Story::new(whole_set());
    story.play("shop 09:00-18:00 every_day");
    story.play(
        "order tv 1 × 2999.00 in appliance, delivered; 20 10:00 buyer open repair quality tv×1 photos 1",
    );
    story.play(acts);
    story
}

#[test]
fn a_slot_lies_ahead_within_the_hours_of_one_day() {
    for (slot, expected) in [
        ("21 09:00 21 11:00", "booked"),
        ("21 16:00 21 18:00", "booked"),
        ("20 10:02 20 12:00", "booked"),
        ("20 10:01 20 12:00", "visit_out_of_time"),
        ("21 11:00 21 11:00", "visit_out_of_time"),
        ("60 10:00 60 12:00", "visit_out_of_time"),
        ("21 08:59 21 11:00", "visit_outside_hours"),
        ("21 17:00 21 18:01", "visit_outside_hours"),
        ("21 10:00 22 10:00", "visit_outside_hours"),
    ] {
        let story = played(&format!("20 10:01 agent visit {slot}"));
        let code = story
            .last
            .unwrap()
            .err()
            .map_or("booked", |refusal| refusal.code());
        assert_eq!(code, expected, "{slot}");
    }
}

#[test]
fn its_clock_ends_with_the_slot_and_starts_anew_with_another() {
    let story = played("20 10:01 agent visit 21 10:00 21 12:00; 20 10:05 agent visit 22 14:00 22 16:00");
    let case = story.world.case('A').unwrap();
    assert_eq!(case.clocks[&Clock::Visit].due_at, moment(22, 16 * 60));
    assert_eq!(
        case.booked_visit().map(|visit| visit.from),
        Some(moment(22, 14 * 60))
    );
}

#[test]
fn a_missed_visit_is_owed_a_word_and_a_kept_one_is_not() {
    for (outcome, word, waits) in [
        (VisitOutcome::Done, "done", false),
        (VisitOutcome::Missed, "missed", true),
    ] {
        let story = played(&format!(
            "20 10:01 agent visit 21 10:00 21 12:00; 21 11:00 agent visited {word}"
        ));
        let case = story.world.case('A').unwrap();
        assert_eq!(case.visit.and_then(|visit| visit.outcome), Some(outcome));
        assert_eq!((case.reply_due, case.escalated_to.is_some()), (waits, waits));
        assert!(!case.clocks.contains_key(&Clock::Visit));
    }
}
