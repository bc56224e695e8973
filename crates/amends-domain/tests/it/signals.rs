//! Signals: from when on something is one, and what is never counted against a buyer.
//!
//! Must not know: how words are read.

use amends_domain::case::Case;
use amends_domain::case::abuse::SignalKind;
use amends_domain::ids::{CaseId, EvidenceId, TextId};
use amends_domain::signals::{
    Seen, SeenAccounts, SeenClaim, SeenPicture, SeenWords, Signal, counts_as_claim, days_counted, signals,
};
use proptest::prelude::*;

use crate::harness::{moment, whole_set};
use crate::language::Story;

fn case(number: u8) -> CaseId {
    CaseId::new(moment(0, 0), [number; 10])
}

fn seen_of(seen: &Seen) -> Vec<Signal> {
    signals(&whole_set(), moment(100, 0), seen)
}

fn only(seen: &Seen) -> Option<Signal> {
    let mut found = seen_of(seen);
    assert!(found.len() < 2, "{found:?}");
    found.pop()
}

/// Claims and orders on these days.
fn often(claims: &[i64], orders: &[i64]) -> Seen {
    Seen {
        claims: claims
            .iter()
            .zip(1..)
            .map(|(day, number)| SeenClaim {
                case: case(number),
                at: moment(*day, 0),
            })
            .collect(),
        orders: orders.iter().map(|day| moment(*day, 0)).collect(),
        ..Seen::default()
    }
}

#[test]
fn nothing_seen_is_no_signal() {
    assert_eq!(seen_of(&Seen::default()), []);
    assert_eq!(days_counted(&whole_set()), Some(90));
}

/// Claims, orders, then the share where it is a signal: five at least, half of the orders at least, within
/// ninety days.
#[test]
fn claims_are_a_signal_from_a_number_and_a_share_on() {
    let days = |count: i64| -> Vec<i64> { (0..count).map(|n| 90 - n).collect() };
    for (claims, orders, percent) in [
        (4, 4, None),
        (5, 10, Some(50)),
        (5, 11, None),
        (5, 5, Some(100)),
        (6, 4, Some(100)),
        (5, 0, Some(100)),
        (0, 0, None),
    ] {
        let signal = only(&often(&days(claims), &days(orders)));
        assert_eq!(
            signal.map(|one| one.percent.unwrap()),
            percent,
            "{claims} of {orders}"
        );
    }
    let long_ago = often(&[9, 8, 7, 6, 5], &[9, 8, 7, 6, 5]);
    assert_eq!(seen_of(&long_ago), [], "more than ninety days ago");
    let signal = only(&often(&[90, 89, 88, 87, 86, 3], &[90, 89, 88, 87, 86])).unwrap();
    assert_eq!((signal.count, signal.orders, signal.days), (5, Some(5), Some(90)));
    assert_eq!(signal.cases.len(), 5);
}

#[test]
fn accounts_are_a_signal_from_some_number_on_and_name_their_cases() {
    let accounts = |accounts| SeenAccounts {
        accounts,
        cases: vec![case(9)],
    };
    for (count, fits) in [(1, false), (2, true)] {
        let signal = only(&Seen {
            same_phone: accounts(count),
            ..Seen::default()
        });
        assert_eq!(signal.is_some(), fits);
        assert!(signal.is_none_or(|one| one.cases == [case(9)] && one.count == count));
    }
    for (count, fits) in [(2, false), (3, true)] {
        let signal = only(&Seen {
            same_address: accounts(count),
            ..Seen::default()
        });
        assert_eq!(signal.is_some(), fits);
    }
}

#[test]
fn words_and_pictures_say_where_they_are() {
    let words = SeenWords {
        signal: SignalKind::Extortion,
        text: TextId::new(moment(0, 0), [5; 10]),
        words: "不给钱就差评".to_owned(),
        from: 2,
        to: 8,
    };
    let piece = EvidenceId::new(moment(0, 0), [7; 10]);
    let picture = |number| SeenPicture {
        piece,
        other: case(number),
    };
    let found = seen_of(&Seen {
        words: vec![words.clone()],
        pictures: vec![picture(2), picture(3), picture(2)],
        ..Seen::default()
    });
    let [extortion, photo] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        (extortion.kind, &extortion.words),
        (SignalKind::Extortion, &vec![words])
    );
    assert_eq!((photo.kind, photo.count), (SignalKind::PhotoReused, 1));
    assert_eq!(
        (&photo.cases, &photo.pieces),
        (&vec![case(2), case(3)], &vec![piece])
    );
}

#[test]
fn of_what_no_clause_speaks_nothing_is_pointed_out() {
    let seen = often(&[90, 89, 88, 87, 86], &[]);
    assert_eq!(signals(&crate::harness::demo_set(), moment(100, 0), &seen), []);
}

/// What a case was led to, and whether it then counts against its buyer.
#[test]
fn what_was_not_his_fault_or_granted_by_a_clock_is_not_counted() {
    for (acts, granted_by_clock, counts) in [
        ("", false, true),
        ("", true, false),
        ("2 11:00 buyer withdraw", false, false),
        ("2 11:00 agent find fault confirmed", false, false),
        ("2 11:00 agent find fault refuted", false, true),
        ("2 11:00 agent find shop 70 buyer 30", false, false),
        ("2 11:00 agent find carrier 100", false, false),
        ("2 11:00 agent find buyer 100", false, true),
        ("2 11:00 agent approve", false, true),
    ] {
        let mut story = Story::new(whole_set());
        story.play(&format!("2 10:00 buyer open refund_only regret dress×1; {acts}"));
        let case: &Case = story.world.case('A').unwrap();
        assert_eq!(counts_as_claim(case, granted_by_clock), counts, "{acts}");
    }
    for acts in ["buyer open complaint service", "buyer open consultation usage"] {
        let mut story = Story::new(whole_set());
        story.play(&format!("2 10:00 {acts}"));
        assert!(!counts_as_claim(story.world.case('A').unwrap(), false), "{acts}");
    }
    let mut story = Story::new(whole_set());
    story.play(
        "2 10:00 buyer open refund_only regret dress×1; 2 11:00 agent refuse used; 2 12:00 buyer ask; \
         2 13:00 mediator rule buyer",
    );
    let ruled = story.world.case('A').unwrap();
    assert!(!counts_as_claim(ruled, false), "the platform ruled for him");
}

proptest! {
    /// More orders never make a signal of claims, more claims never unmake one, and nothing before the period
    /// changes anything.
    #[test]
    fn a_frequency_grows_with_claims_and_falls_with_orders(
        claims in prop::collection::vec(0_i64..120, 0..12),
        orders in prop::collection::vec(0_i64..120, 0..24),
        more in 20_i64..100,
    ) {
        let is = |claims: &[i64], orders: &[i64]| !seen_of(&often(claims, orders)).is_empty();
        let before = is(&claims, &orders);
        let more_orders: Vec<i64> = orders.iter().copied().chain([more]).collect();
        let more_claims: Vec<i64> = claims.iter().copied().chain([more]).collect();
        prop_assert!(before || !is(&claims, &more_orders));
        prop_assert!(!before || is(&more_claims, &orders));
        let of_old: Vec<i64> = claims.iter().copied().chain([1]).collect();
        prop_assert_eq!(before, is(&of_old, &orders));
    }
}
