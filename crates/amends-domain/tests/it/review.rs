//! Bad and middling reviews: what may be done about them, and above all that nothing a buyer gets hangs on one
//! (REV-4). How they run is told by the stories called `rev-…`.
//!
//! Must not know: words.

use amends_domain::case::clock::Clock;
use amends_domain::case::review::REVIEWS_MAX;
use amends_domain::command::Command;
use amends_domain::event::Event;
use amends_domain::facts::FactName;
use amends_domain::policy::set::PolicySet;
use amends_domain::refusal::Refusal;

use crate::harness::{BEYOND, PACKS, set_of};
use crate::language::{Story, review_id};

/// Everything that comes along, with what a shop does about reviews beside it. It is a pack of its own here,
/// since its window for ratings runs on after every case.
pub(crate) fn reviewed_set() -> PolicySet {
    set_of(&[&PACKS[..], &BEYOND[..], &[REVIEWS]].concat())
}

const REVIEWS: &str = include_str!("../../../../content/policies/reviews.toml");

/// What a case gives its buyer, once it was played.
fn given(acts: &str) -> Vec<Event> {
    let mut story = Story::new(reviewed_set());
    story.play(acts);
    let about_review = |event: &Event| {
        matches!(
            event,
            Event::ReviewReceived(_)
                | Event::ReviewJudged { .. }
                | Event::ReviewEnded { .. }
                | Event::ReviewExplained { .. }
                | Event::ExplanationPublished { .. }
        )
    };
    let history = story.world.history.into_iter();
    history
        .map(|(_, _, event)| event)
        .filter(|event| !about_review(event))
        .collect()
}

/// Every way to give something is the same whatever became of the review, and whether it was said already.
#[test]
fn what_a_buyer_gets_is_the_same_whatever_becomes_of_his_review() {
    let opened = "0 10:00 machine open review_rescue service review 1 bad service; 0 10:01 agent contact phone reached";
    let remedy = "0 10:05 agent offer REV-2-SORRY comp 20.00 | REV-2-GIFT; 0 10:06 buyer choose 1; 0 10:07 provider paid";
    let none = given(&format!("{opened};{remedy}"));
    assert!(
        none.iter().any(|event| matches!(event, Event::RefundPaid { .. })),
        "{none:?}"
    );
    for outcome in ["revised", "unchanged", "withdrawn"] {
        let first = given(&format!("{opened}; 0 10:02 agent end 1 {outcome};{remedy}"));
        assert_eq!(first, none, "{outcome} before the remedy");
    }
    let returns = "0 09:00 buyer open return_and_refund quality dress×1 photos 1;";
    let way = "1 09:00 agent approve; 1 10:00 buyer ship SF 1; 2 10:00 agent inspect dress=1/0/0; 2 10:01 agent refund; 2 10:02 provider paid";
    let without = given(&format!("{returns}{way}"));
    let clockless = |events: Vec<Event>| -> Vec<Event> {
        let told = |event: &Event| {
            !matches!(
                event,
                Event::ClockStarted { .. }
                    | Event::ClockStopped { .. }
                    | Event::ClockExpired { .. }
                    | Event::Escalated { .. }
            )
        };
        events.into_iter().filter(told).collect()
    };
    let with = given(&format!("{returns} 0 09:30 machine review 1 bad goods; {way}"));
    assert_eq!(clockless(with), clockless(without));
}

/// No condition of a policy can ask for a review, so that no clause can tie anything to one.
#[test]
fn no_condition_can_name_a_review() {
    for fact in FactName::ALL {
        let name = fact.text();
        let about = ["review", "rating", "star", "score"]
            .iter()
            .any(|word| name.contains(word));
        assert!(!about, "{name}");
    }
}

/// A review changes no decision: whoever decides need not have seen it.
#[test]
fn a_review_makes_no_decision_stale() {
    let mut story = Story::new(reviewed_set());
    story.play("0 10:00 buyer open refund_only quality dress×1");
    let terms = story.world.case('A').unwrap().terms;
    story.play("0 10:01 machine review 1 bad; 0 10:02 agent judge 1 goods; 0 10:03 agent end 1 unchanged; 0 10:04 agent explain 1");
    assert_eq!(story.world.case('A').unwrap().terms, terms);
    story.play(&format!("0 10:05 agent approve seen {terms}"));
    assert!(story.last.unwrap().is_ok());
}

#[test]
fn a_contact_is_due_within_the_hours_alone() {
    for (came, due) in [
        ("0 08:59", "0 09:30"),
        ("0 09:00", "0 09:30"),
        ("0 12:00", "0 12:30"),
        ("0 20:30", "0 21:00"),
        ("0 20:45", "1 09:15"),
        ("0 21:00", "1 09:30"),
        ("0 23:59", "1 09:30"),
        ("1 03:00", "1 09:30"),
    ] {
        let mut story = Story::new(reviewed_set());
        story.play(&format!("{came} machine open review_rescue quality review 1 bad"));
        let run = &story.world.case('A').unwrap().clocks[&Clock::ReviewContact];
        assert_eq!(crate::trace::when(run.due_at), due, "{came}");
    }
}

#[test]
fn a_case_takes_so_many_reviews_and_no_more() {
    let mut story = Story::new(reviewed_set());
    story.play("0 10:00 machine open review_rescue quality review 0 bad");
    for number in 1..REVIEWS_MAX {
        story.play(&format!("0 10:01 machine review {number} bad"));
        assert!(story.last.as_ref().unwrap().is_ok(), "{number}");
    }
    story.play(&format!("0 10:02 machine review {REVIEWS_MAX} bad"));
    let last = story.last.clone().unwrap();
    assert!(
        matches!(last, Err(Refusal::TooMany { what: "reviews", .. })),
        "{last:?}"
    );
    // One that is known is known, however many there are.
    story.play("0 10:03 machine review 3 bad");
    assert_eq!(story.last, Some(Ok(Vec::new())));
}

#[test]
fn what_stands_in_public_is_not_written_again() {
    let mut story = Story::new(reviewed_set());
    story.play(
        "0 10:00 machine open review_rescue quality review 1 bad; 0 10:01 agent end 1 unchanged
         0 10:02 agent explain 1; 0 10:03 agent explain 1; 0 10:04 agent publish 1",
    );
    let case = story.world.case('A').unwrap();
    let reply = case.review(review_id("1")).unwrap().reply.unwrap();
    assert_eq!(reply.published_at, Some(story.world.now));
    let again = Command::ExplainReview {
        review: review_id("1"),
        text: crate::language::text(),
    };
    let refused = story
        .world
        .give('A', crate::language::actor("agent"), &again, None);
    assert!(
        matches!(refused, Err(Refusal::NothingToPublish { .. })),
        "{refused:?}"
    );
}
