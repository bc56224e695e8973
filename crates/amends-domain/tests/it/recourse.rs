//! What goes wrong on the way, beside the stories `flw-…` and `dsp-carrier-…`: who is asked when, and how
//! far it gets.

use amends_domain::case::recourse::{Addressee, RecourseStage, SUPPLEMENTS_MAX};

use crate::harness::whole_set;
use crate::language::Story;

/// A lost parcel whose buyer has been paid.
const PAID: &str = "order camera 1 × 299.00 in electronics, freight 10.00, dispatched
5 10:00 buyer open refund_only not_received camera×1
5 10:01 agent exception loss SF 1001
5 10:02 agent approve
5 10:03 provider paid
5 10:04 agent file carrier 30.00 freight 10.00";

fn played(acts: &str) -> Story {
    let mut story = Story::new(whole_set());
    story.play(PAID);
    story.play(acts);
    story
}

/// Where a recourse ends up, or the code of the refusal of the last act.
fn end(acts: &str) -> String {
    let story = played(acts);
    if let Some(Err(refusal)) = &story.last {
        return refusal.code().to_owned();
    }
    let case = story.world.case('A').unwrap();
    let recourse = case.recourses[&Addressee::Carrier];
    format!("{} {}", recourse.stage.code(), recourse.received)
}

#[test]
fn a_claim_comes_to_its_end_whichever_way_the_carrier_turns() {
    let supplements: String = (0..SUPPLEMENTS_MAX)
        .map(|_| "5 11:00 agent supplement carrier;")
        .collect();
    for (acts, expected) in [
        ("", "filed 0"),
        ("6 10:00 agent answered carrier more_wanted", "more_wanted 0"),
        (
            "6 10:00 agent answered carrier more_wanted; 6 11:00 agent supplement carrier",
            "filed 0",
        ),
        ("6 10:00 agent answered carrier declined", "declined 0"),
        (
            "6 10:00 agent answered carrier declined; 6 11:00 agent file carrier 20.00 freight 10.00",
            "filed 0",
        ),
        ("6 10:00 agent answered carrier granted", "amount_needed"),
        ("6 10:00 agent answered carrier granted 25.00", "granted 0"),
        (
            "6 10:00 agent answered carrier granted 25.00; 7 10:00 supervisor received carrier 10.00",
            "granted 1000",
        ),
        (
            "6 10:00 agent answered carrier granted 25.00; 7 10:00 supervisor received carrier 10.00; 8 10:00 supervisor received carrier 15.00",
            "settled 2500",
        ),
        (
            "6 10:00 agent answered carrier granted 25.00; 7 10:00 supervisor received carrier 25.00; 8 10:00 agent file carrier 5.00 freight 10.00",
            "not_now",
        ),
        (
            "6 10:00 agent answered carrier granted 25.00; 7 10:00 agent drop carrier",
            "dropped 0",
        ),
        (
            "6 10:00 agent drop carrier; 6 10:01 agent answered carrier declined",
            "not_now",
        ),
        ("6 10:00 agent received carrier 1.00", "not_for_you"),
        (
            &format!("{supplements} 5 11:00 agent supplement carrier"),
            "too_many",
        ),
    ] {
        assert_eq!(end(acts), expected, "{acts}");
    }
}

#[test]
fn the_carrier_is_asked_for_what_he_owes_where_no_amount_is_named() {
    let mut story = Story::new(whole_set());
    story.play(&PAID.replace("file carrier 30.00 freight 10.00", "file carrier freight 10.00"));
    let asked = |story: &Story| story.world.case('A').unwrap().recourses[&Addressee::Carrier].asked;
    assert_eq!(asked(&story), 3_000);
    let mut story = Story::new(whole_set());
    story.play(&PAID.replace("30.00 freight 10.00", "insured 280.00 freight 10.00"));
    assert_eq!(asked(&story), 28_000, "insured, the freight says nothing");
}

#[test]
fn a_delay_that_turns_out_a_loss_begins_anew_and_keeps_what_was_filed() {
    let story = {
        let mut story = Story::new(whole_set());
        story.play(
            "order camera 1 × 299.00 in electronics, dispatched
            5 10:00 buyer open complaint late camera×1
            5 10:01 machine exception delay SF 1001
            5 10:02 agent message 慢了，已经在催
            5 10:03 agent file platform
            6 10:00 agent exception loss SF 1001",
        );
        story
    };
    let case = story.world.case('A').unwrap();
    let exception = case.exception.as_ref().unwrap();
    assert!(!exception.told, "of the loss the buyer hasn't heard yet");
    let filed = case.recourses[&Addressee::Platform].stage;
    assert_eq!(filed, RecourseStage::Filed);
}
