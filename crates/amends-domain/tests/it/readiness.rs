//! Whether a shop is ready to stand before the platform (DSP-3): each known cause of losing.

use amends_domain::State;
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::command::Command;
use amends_domain::readiness::{ListingShown, Piece, Point, Readiness, Shown, readiness};

use crate::harness::whole_set;
use crate::language::Story;

fn piece(kind: EvidenceKind) -> Piece {
    Piece {
        by_shop: true,
        kind,
        media: "image/jpeg".to_owned(),
        bytes: 900_000,
        picture: Some((1_080, 60)),
    }
}

/// Everything there could be for a dispute about quality.
fn everything() -> Shown {
    Shown {
        listing: Some(ListingShown {
            specification: true,
            terms: true,
        }),
        pieces: vec![piece(EvidenceKind::Photo), piece(EvidenceKind::DispatchCheck)],
        ..Shown::default()
    }
}

/// The case of these acts, looked at.
fn looked_at(acts: &str, shown: &Shown) -> Readiness {
    let policy = whole_set();
    let mut story = Story::new(whole_set());
    story.play(acts);
    let world = &story.world;
    let facts = world.facts(&Command::Withdraw);
    let state = State {
        case: world.case('A').cloned(),
        ledger: world.ledger(),
    };
    let at = world.now;
    readiness(&state, &facts, &policy, at, shown)
}

/// Codes of the points that are not ready.
fn amiss(readiness: &Readiness) -> Vec<&'static str> {
    let wanting = readiness.looks.iter().filter(|look| !look.ready);
    wanting.map(|look| look.point.code()).collect()
}

const REFUTED: &str = "5 10:00 buyer open return_and_refund quality dress×1 photos 1; \
    5 10:01 supervisor find fault refuted; 5 10:02 agent refuse no_fault_found";
const STATED: &str = "5 11:00 buyer ask; 5 12:00 agent state shop";

#[test]
fn a_shop_that_has_everything_is_ready() {
    let readiness = looked_at(&format!("{REFUTED}; {STATED}"), &everything());
    assert_eq!((amiss(&readiness), readiness.score()), (vec![], 100));
    assert_eq!(readiness.looks.len(), Point::ALL.len());
}

/// What is amiss in a case that stands before the platform, where one thing to show is otherwise.
fn amiss_with(change: impl Fn(&mut Shown)) -> Vec<&'static str> {
    let mut shown = everything();
    change(&mut shown);
    amiss(&looked_at(&format!("{REFUTED}; {STATED}"), &shown))
}

#[test]
fn each_known_cause_of_losing_is_told_apart() {
    // What the page said is evidence, too.
    let unkept = amiss_with(|shown| shown.listing = None);
    assert_eq!(unkept, ["listing", "terms", "needs"]);
    let silent = |shown: &mut Shown| {
        shown.listing = Some(ListingShown {
            specification: true,
            terms: false,
        });
    };
    assert_eq!(amiss_with(silent), ["terms"]);
    assert_eq!(amiss_with(|shown| shown.late_replies = 2), ["replies"]);
    assert_eq!(amiss_with(|shown| shown.texts_missing = 1), ["record"]);
    assert_eq!(amiss_with(|shown| shown.wrong_words = 1), ["words"]);
    assert_eq!(amiss_with(|shown| shown.pieces.truncate(1)), ["needs"]);
    for (blurred_or_small, point) in [((1_080, 3), "pictures"), ((240, 60), "pictures")] {
        let poor = amiss_with(|shown| shown.pieces[0].picture = Some(blurred_or_small));
        assert_eq!(poor, [point], "{blurred_or_small:?}");
    }
    let media = amiss_with(|shown| shown.pieces[1].media = "image/heic".to_owned());
    assert_eq!(media, ["form"]);
    assert_eq!(amiss_with(|shown| shown.pieces[1].bytes = 30_000_000), ["form"]);
}

#[test]
fn what_was_done_or_left_undone_counts_too() {
    let has_a_right = "5 10:00 buyer open return_and_refund quality dress×1 photos 1";
    let unsaid = format!("{REFUTED}; 5 11:00 buyer ask");
    let too_late = format!("{unsaid}; 8 00:00 wait");
    for (acts, points) in [
        (has_a_right, vec!["rules", "statement"]),
        (&unsaid, vec!["statement"]),
        (&too_late, vec!["statement", "time"]),
    ] {
        assert_eq!(amiss(&looked_at(acts, &everything())), points, "{acts}");
    }
}

/// A finding of abuse is looked at where one stands: it rests on something to look at, and is settled.
#[test]
fn a_finding_of_abuse_must_hold_before_it_is_handed_in() {
    let acts = format!("{REFUTED}; {STATED}");
    for (more, points) in [
        ("6 10:00 supervisor abuse extortion message", vec![]),
        ("6 10:00 supervisor abuse extortion", vec!["finding"]),
        (
            "6 10:00 supervisor abuse extortion piece; 6 11:00 buyer contest",
            vec!["finding"],
        ),
        (
            "6 10:00 supervisor abuse extortion piece; 6 11:00 buyer contest; 6 12:00 manager settle upheld",
            vec![],
        ),
        (
            "6 10:00 supervisor abuse extortion; 6 12:00 manager settle lifted",
            vec![],
        ),
    ] {
        let readiness = looked_at(&format!("{acts}; {more}"), &everything());
        assert_eq!(amiss(&readiness), points, "{more}");
    }
}

#[test]
fn what_is_needed_depends_on_the_reason_and_is_named_with_its_clause() {
    let acts = "5 10:00 buyer open refund_only lost dress×1; 5 10:01 agent refuse amount_unfounded";
    let readiness = looked_at(acts, &Shown::default());
    let needs = readiness
        .looks
        .iter()
        .find(|look| look.point == Point::Needs)
        .unwrap();
    assert_eq!(
        needs.missing,
        [EvidenceKind::PackingPhoto, EvidenceKind::LogisticsTrace]
    );
    assert_eq!(needs.clauses[0].as_str(), "DSP-1-LOGISTICS");
    assert_eq!(needs.point.supplier().code(), "warehouse");
}
