//! Covers beside the stories `war-…`: from when until when each kind holds, how far it reaches, and that what
//! is claimed of it is held once over all cases of an order.

use amends_domain::cover::{CoverUse, Gap, PlanKind, Reach, Trouble};
use amends_domain::refusal::Refusal;

use crate::harness::whole_set;
use crate::language::Story;
use crate::trace::when;

/// When the first cover of a story holds.
fn period(acts: &str) -> String {
    let mut story = Story::new(whole_set());
    story.play(acts);
    let world = &story.world;
    let period = world.covers[0].period(&world.order, world.time.zone());
    period.map_or_else(
        || "not begun".to_owned(),
        |period| {
            let until = period.until.map_or_else(|| "open".to_owned(), when);
            format!("{} to {until}", when(period.from))
        },
    )
}

#[test]
fn each_kind_holds_from_its_day_to_its_day() {
    for (acts, expected) in [
        (
            "order tv 1 × 9.00, delivered; cover accident tv 1",
            "0 08:00 to 32 00:00",
        ),
        ("order tv 1 × 9.00, dispatched; cover accident tv 1", "not begun"),
        (
            "order tv 1 × 9.00, delivered; cover accident tv 1 given 10 10:00",
            "10 10:00 to 42 00:00",
        ),
        (
            "order tv 1 × 9.00, delivered; cover extended_warranty tv 1 after 1",
            "32 00:00 to 62 00:00",
        ),
        (
            "order tv 1 × 9.00, delivered; cover extended_warranty tv 1 after 1 given 40 09:00",
            "40 09:00 to 71 00:00",
        ),
        (
            "order tv 1 × 9.00, dispatched; cover return_freight tv 1",
            "-3 00:00 to open",
        ),
        (
            "order tv 1 × 9.00, delivered; cover return_freight tv 1",
            "-3 00:00 to 32 00:00",
        ),
    ] {
        assert_eq!(period(acts), expected, "{acts}");
    }
}

#[test]
fn a_reach_is_what_is_left_of_all_its_bounds() {
    let reach = |per_claim, in_all, claims| Reach {
        per_claim,
        in_all,
        claims,
    };
    let used = CoverUse {
        claims: 1,
        held: 300,
        settled: 500,
    };
    for (reach, left, admits) in [
        (reach(None, None, None), None, true),
        (reach(Some(400), None, Some(2)), Some(400), true),
        (reach(Some(400), Some(1_000), None), Some(200), true),
        (reach(None, Some(800), None), Some(0), false),
        (reach(None, Some(700), None), Some(0), false),
        (reach(Some(400), None, Some(1)), Some(400), false),
    ] {
        assert_eq!(
            (reach.left(used), reach.admits(used)),
            (left, admits),
            "{reach:?}"
        );
    }
}

#[test]
fn every_kind_is_for_one_trouble() {
    let of = |plan: &PlanKind| (plan.covers(), plan.needs_provider());
    let all: Vec<_> = PlanKind::ALL.iter().map(of).collect();
    assert_eq!(
        all,
        [
            (Trouble::Fault, true),
            (Trouble::Accident, true),
            (Trouble::Fault, true),
            (Trouble::ReturnFreight, false)
        ]
    );
    for plan in PlanKind::ALL {
        assert_eq!(PlanKind::named(plan.code()), Some(*plan));
    }
}

/// Two phones of one line under one cover that pays 600.00 in all.
const TWO: &str = "order phone 2 × 3999.00 in electronics, delivered
cover accident phone 12 in_all 600.00
40 10:00 buyer open repair quality phone×1 photos 1
40 10:01 buyer B.open repair quality phone×1 photos 1
40 10:02 agent claim 1 accident 400.00";

#[test]
fn two_cases_of_one_order_share_what_a_cover_pays() {
    for (acts, expected) in [
        ("40 10:03 agent B.claim 1 accident 200.01", "above_cover"),
        ("40 10:03 agent B.claim 1 accident 200.00", ""),
        (
            "40 10:03 agent B.claim 1 accident 200.00; 40 10:04 agent decline_cover; 40 10:05 agent claim 1 accident 400.00",
            "",
        ),
        (
            "40 10:03 agent order_repair 快修; 41 10:00 agent repaired 快修 100.00; 42 10:00 supervisor settle_cover 100.00; 42 10:01 agent B.claim 1 accident 500.00",
            "",
        ),
        (
            "40 10:03 agent drop_cover; 40 10:04 agent B.claim 1 accident 600.01",
            "above_cover",
        ),
    ] {
        let mut story = Story::new(whole_set());
        story.play(TWO);
        story.play(acts);
        let last = story.last.unwrap();
        let code = last.err().map_or("", |refusal| refusal.code());
        assert_eq!(code, expected, "{acts}");
    }
}

#[test]
fn what_a_cover_is_not_for_is_said() {
    let gap = |acts: &str| {
        let mut story = Story::new(whole_set());
        story.play(acts);
        match story.last {
            Some(Err(Refusal::NotCovered { gap })) => gap,
            other => panic!("{acts}: {other:?}"),
        }
    };
    let phone = "order phone 1 × 3999.00 in electronics, delivered";
    let open = "40 10:00 buyer open repair quality phone×1 photos 1";
    for (cover, then, expected) in [
        (
            "extended_warranty phone 12 after 12",
            "40 10:01 agent claim 1 fault 5.00",
            Gap::NotYet,
        ),
        (
            "accident phone 12 given 40 10:01",
            "40 10:02 agent claim 1 accident 5.00",
            Gap::NotYet,
        ),
        (
            "accident phone 1",
            "40 10:01 agent claim 1 accident 5.00",
            Gap::Over,
        ),
        (
            "accident phone 12",
            "40 10:01 agent claim 1 fault 5.00",
            Gap::OtherTrouble,
        ),
        (
            "extended_warranty phone 12",
            "40 10:01 agent find buyer 100 fault refuted; 40 10:02 agent claim 1 fault 5.00",
            Gap::OtherTrouble,
        ),
        (
            "return_freight phone 12",
            "40 10:01 agent claim 1 return_freight 5.00",
            Gap::FreightNotHis,
        ),
        (
            "accident phone 12 claims 1",
            "40 10:01 agent claim 1 accident 5.00; 40 10:02 agent order_repair 快修; 40 10:03 agent repaired 快修 5.00; \
             40 10:04 supervisor settle_cover 5.00; 40 10:05 agent claim 1 accident 5.00",
            Gap::UsedUp,
        ),
    ] {
        assert_eq!(gap(&format!("{phone}; cover {cover}; {open}; {then}")), expected);
    }
}
