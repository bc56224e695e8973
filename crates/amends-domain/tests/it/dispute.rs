//! Before the platform (DSP-2), beside the stories `dsp-*`: who may speak for whom.

use amends_domain::case::dispute::STATEMENTS_MAX;
use amends_domain::case::{Case, Side};

use crate::harness::whole_set;
use crate::language::Story;

const REFUSED: &str = "0 10:00 buyer open refund_only regret dress×1; 0 10:01 agent refuse used";

/// What was done last is refused with this code, or done.
fn last(acts: &str) -> &'static str {
    let mut story = Story::new(whole_set());
    story.play(&format!("{REFUSED}; {acts}"));
    match story.last.unwrap() {
        Ok(_) => "done",
        Err(refusal) => refusal.code(),
    }
}

#[test]
fn each_side_speaks_for_itself_and_the_shop_for_a_buyer_who_calls() {
    for (acts, outcome) in [
        ("0 10:02 buyer ask", "done"),
        ("0 10:02 agent ask", "done"),
        ("0 10:02 agent ask shop", "done"),
        ("0 10:02 buyer ask shop", "not_for_you"),
        ("0 10:02 buyer ask; 0 10:03 buyer ask", "not_now"),
        ("0 10:02 buyer ask; 0 10:03 buyer let_go", "done"),
        ("0 10:02 buyer ask; 0 10:03 supervisor let_go", "not_for_you"),
        ("0 10:02 agent ask shop; 0 10:03 buyer let_go", "not_for_you"),
        ("0 10:02 agent ask shop; 0 10:03 agent let_go", "done"),
        (
            "0 10:02 agent ask shop; 0 10:03 agent let_go; 0 10:04 buyer ask",
            "done",
        ),
        ("0 10:02 buyer ask; 0 10:03 buyer state", "done"),
        ("0 10:02 buyer ask; 0 10:03 buyer state shop", "not_for_you"),
        ("0 10:02 buyer ask; 0 10:03 agent state shop", "done"),
        ("0 10:02 buyer ask; 0 10:03 agent state", "done"),
        ("0 10:02 buyer state", "not_now"),
        ("0 10:02 mediator rule buyer", "not_now"),
        ("0 10:02 buyer let_go", "not_now"),
        // The platform's rulings are final here: nothing is left to appeal against.
        (
            "0 10:02 buyer ask; 0 10:03 mediator rule shop; 0 10:04 buyer appeal",
            "case_closed",
        ),
        ("0 10:02 buyer ask; 0 10:03 buyer appeal", "not_now"),
        // Nobody of the shop ends for a buyer what lies before the platform.
        ("0 10:02 buyer ask; 0 10:03 agent withdraw", "not_for_you"),
        (
            "0 10:02 agent ask shop; 0 10:03 supervisor withdraw",
            "not_for_you",
        ),
        ("0 10:02 buyer ask; 0 10:03 buyer withdraw", "done"),
        (
            "0 10:02 buyer ask; 0 10:03 buyer let_go; 0 10:04 agent withdraw",
            "done",
        ),
    ] {
        assert_eq!(last(acts), outcome, "{acts}");
    }
}

#[test]
fn no_side_takes_the_others_place_to_speak() {
    let twenty = "0 10:03 buyer state; ".repeat(STATEMENTS_MAX);
    let more = |act: &str| last(&format!("0 10:02 buyer ask; {twenty}{act}"));
    assert_eq!(more("0 10:04 buyer state"), "too_many");
    assert_eq!(more("0 10:04 agent state shop"), "done");
}

fn case_of(story: &Story) -> &Case {
    story.world.case('A').unwrap()
}

/// Letting go and asking again is a new round: what was said before is still there, and counts for the first.
#[test]
fn what_was_said_stays_and_a_new_round_waits_for_new_words() {
    let mut story = Story::new(whole_set());
    story.play(&format!(
        "{REFUSED}; 0 10:02 buyer ask; 0 10:03 agent state shop; 0 10:04 buyer let_go"
    ));
    assert!(!case_of(&story).has_stated(Side::Shop));
    story.play("0 10:05 buyer ask");
    assert_eq!(case_of(&story).statements.len(), 1);
    assert!(!case_of(&story).has_stated(Side::Shop));
    story.play("0 10:06 agent state shop");
    assert!(case_of(&story).has_stated(Side::Shop));
}
