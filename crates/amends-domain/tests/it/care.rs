//! Care mail: whom a condition means, who is left out and why, and the hours.

use amends_domain::care::{CareBuyer, CareRules, Condition, LeftOut};
use amends_domain::policy::care::{CareTerms, SuggestionTerms};
use amends_domain::time::{Moment, Zone};
use proptest::prelude::*;

use crate::harness::demo_set;

const CARE: CareTerms = CareTerms {
    mails_max: 2,
    within_days: 30,
    from_hour: 9,
    until_hour: 20,
    score_min: 3,
};
const SUGGESTION: SuggestionTerms = SuggestionTerms { score_min: 4 };

fn known() -> CareBuyer {
    CareBuyer {
        tier: Some("vip".to_owned()),
        tags: ["老客".to_owned(), "爱拍照".to_owned()].into(),
        orders: 3,
        last_order_at: Some(Moment::from_millis(1_000)),
        last_score: Some(4),
        has_address: true,
        ..CareBuyer::default()
    }
}

fn words<const N: usize>(words: [&str; N]) -> std::collections::BTreeSet<String> {
    words.into_iter().map(str::to_owned).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one row a condition")]
fn a_condition_means_whom_all_of_it_holds() {
    let at = Moment::from_millis;
    for (condition, holds) in [
        (Condition::default(), true),
        (
            Condition {
                tiers: words(["vip", "gold"]),
                ..Condition::default()
            },
            true,
        ),
        (
            Condition {
                tiers: words(["gold"]),
                ..Condition::default()
            },
            false,
        ),
        (
            Condition {
                tags: words(["老客"]),
                ..Condition::default()
            },
            true,
        ),
        (
            Condition {
                tags: words(["老客", "挑剔"]),
                ..Condition::default()
            },
            false,
        ),
        (
            Condition {
                ordered_from: Some(at(1_000)),
                ..Condition::default()
            },
            true,
        ),
        (
            Condition {
                ordered_before: Some(at(1_000)),
                ..Condition::default()
            },
            false,
        ),
        (
            Condition {
                ordered_from: Some(at(1_001)),
                ..Condition::default()
            },
            false,
        ),
        (
            Condition {
                orders_min: Some(3),
                orders_max: Some(3),
                ..Condition::default()
            },
            true,
        ),
        (
            Condition {
                orders_max: Some(2),
                ..Condition::default()
            },
            false,
        ),
        (
            Condition {
                satisfied: Some(true),
                ..Condition::default()
            },
            true,
        ),
        (
            Condition {
                satisfied: Some(false),
                ..Condition::default()
            },
            false,
        ),
    ] {
        assert_eq!(condition.holds(&known(), 4), holds, "{condition:?}");
    }
}

#[test]
fn who_never_answered_or_ordered_is_meant_by_nothing_that_asks_for_it() {
    let at = Moment::from_millis;
    let stranger = CareBuyer::default();
    for satisfied in [true, false] {
        let condition = Condition {
            satisfied: Some(satisfied),
            ..Condition::default()
        };
        assert!(!condition.holds(&stranger, 4), "who never answered is neither");
    }
    let ordered = Condition {
        ordered_before: Some(at(9_000)),
        ..Condition::default()
    };
    assert!(!ordered.holds(&stranger, 4) && ordered.asks_orders());
}

#[test]
fn each_reason_to_leave_a_buyer_out_is_met_and_the_first_is_told() {
    let rules = CareRules {
        care: CARE,
        suggestion: Some(SUGGESTION),
    };
    let all = CareBuyer {
        opted_out: true,
        blocked: true,
        open_case: true,
        last_score: Some(1),
        mails: 9,
        ..CareBuyer::default()
    };
    let mut buyer = all;
    for (why, mend) in [
        (
            LeftOut::OptedOut,
            (|buyer: &mut CareBuyer| buyer.opted_out = false) as fn(&mut CareBuyer),
        ),
        (LeftOut::Blocked, |buyer| buyer.blocked = false),
        (LeftOut::NoAddress, |buyer| buyer.has_address = true),
        (LeftOut::OpenCase, |buyer| buyer.open_case = false),
        (LeftOut::Unsatisfied, |buyer| buyer.last_score = Some(3)),
        (LeftOut::NotSatisfied, |buyer| buyer.last_score = Some(4)),
        (LeftOut::Capped, |buyer| buyer.mails = 1),
    ] {
        assert_eq!(rules.left_out(&buyer), Some(why));
        assert_eq!(LeftOut::named(why.code()), Some(why));
        mend(&mut buyer);
    }
    assert_eq!(rules.left_out(&buyer), None);
    let unasked = CareBuyer {
        last_score: None,
        ..buyer
    };
    assert_eq!(rules.left_out(&unasked), Some(LeftOut::NotSatisfied));
    let plain = CareRules {
        suggestion: None,
        ..rules
    };
    assert_eq!(plain.left_out(&unasked), None);
}

#[test]
fn nobody_is_written_to_outside_the_hours() {
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let at = |text: &str| {
        let stamp: jiff::Timestamp = text.parse().unwrap();
        Moment::from_millis(stamp.as_millisecond())
    };
    for (asked, goes) in [
        ("2026-01-01T00:00:00+08:00", "2026-01-01T09:00:00+08:00"),
        ("2026-01-01T08:59:59+08:00", "2026-01-01T09:00:00+08:00"),
        ("2026-01-01T09:00:00+08:00", "2026-01-01T09:00:00+08:00"),
        ("2026-01-01T19:59:59+08:00", "2026-01-01T19:59:59+08:00"),
        ("2026-01-01T20:00:00+08:00", "2026-01-02T09:00:00+08:00"),
    ] {
        assert_eq!(CARE.contact_from(at(asked), &zone), at(goes), "{asked}");
    }
}

#[test]
fn the_packs_that_come_along_say_how_often_and_to_whom() {
    let set = crate::harness::whole_set();
    let (care, terms) = set.care().unwrap();
    assert_eq!(care.to_string(), "FUP-5");
    assert!(terms.mails_max > 0 && terms.within_days > 0 && terms.from_hour < terms.until_hour);
    let (suggestion, terms) = set.suggestion().unwrap();
    assert_eq!(suggestion.to_string(), "FUP-6");
    assert!((1..=5).contains(&terms.score_min));
    // A set without such clauses lets no mail go.
    assert!(demo_set().care().is_none() && demo_set().suggestion().is_none());
}

fn anybody() -> impl Strategy<Value = CareBuyer> {
    let flags = any::<[bool; 4]>();
    let score = prop::option::of(1..=5_u8);
    (flags, score, 0..5_u32).prop_map(
        |([opted_out, blocked, open_case, has_address], last_score, mails)| CareBuyer {
            opted_out,
            blocked,
            open_case,
            has_address,
            last_score,
            mails,
            ..CareBuyer::default()
        },
    )
}

proptest! {
    /// Whatever the figures of a policy: a mail goes only to whom nothing speaks against.
    #[test]
    fn a_mail_goes_only_to_whom_nothing_speaks_against(
        buyer in anybody(), mails_max in 1..5_u32, score_min in 1..=5_u8, suggests in prop::option::of(1..=5_u8),
    ) {
        let care = CareTerms { mails_max, score_min, ..CARE };
        let suggestion = suggests.map(|score_min| SuggestionTerms { score_min });
        let rules = CareRules { care, suggestion };
        if rules.left_out(&buyer).is_none() {
            prop_assert!(!buyer.opted_out && !buyer.blocked && !buyer.open_case && buyer.has_address);
            prop_assert!(buyer.mails < mails_max);
            prop_assert!(buyer.last_score.is_none_or(|score| score >= score_min));
            prop_assert!(suggests.is_none_or(|min| buyer.last_score.is_some_and(|score| score >= min)));
        }
        // One more mail, or none of the suggestion, never takes a reason away or brings one.
        let one_more = CareBuyer { mails: buyer.mails + 1, ..buyer.clone() };
        prop_assert!(rules.left_out(&buyer).is_none() || rules.left_out(&one_more).is_some());
        let plain = CareRules { suggestion: None, ..rules };
        prop_assert!(rules.left_out(&buyer).is_some() || plain.left_out(&buyer).is_none());
    }

    /// From whatever moment on, it goes within the hours, and no later than a day after.
    #[test]
    fn it_goes_within_the_hours(at in 0..4_000_000_000_000_i64) {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let at = Moment::from_millis(at);
        let goes = CARE.contact_from(at, &zone);
        prop_assert!(goes >= at && goes <= at.plus_millis(86_400_000));
        prop_assert_eq!(CARE.contact_from(goes, &zone), goes);
    }
}
