//! Orders that are not paid yet: what is owed, what came in, what it makes of the order. How they are followed up
//! is told by the stories called `fup-…` and `clk-16-…`.
//!
//! Must not know: words.

use amends_domain::case::trade::PaymentWay;
use amends_domain::event::Event;
use amends_domain::order::OrderPhase;
use amends_domain::policy::set::PolicySet;

use crate::harness::{BEYOND, PACKS, moment, set_of};
use crate::language::Story;

const REVIEWS: &str = include_str!("../../../../content/policies/reviews.toml");
const TRADE: &str = include_str!("../../../../content/policies/trade.toml");

/// Everything that comes along, with what a shop does about reviews and about unpaid orders.
pub(crate) fn traded_set() -> PolicySet {
    set_of(&[&PACKS[..], &BEYOND[..], &[REVIEWS, TRADE]].concat())
}

fn story(acts: &str) -> Story {
    let mut story = Story::new(traded_set());
    story.play("order dress 2 × 40.00, freight 5.00, unpaid; 0 09:00 machine open unpaid_order unpaid");
    story.play(acts);
    story
}

/// Order, claim and ledger name one sum, freight included.
#[test]
fn what_is_owed_is_what_was_ordered() {
    let story = story("");
    let case = story.world.case('A').unwrap();
    let trade = case.trade.as_deref().unwrap();
    assert_eq!((trade.owed, case.claim.amount), (8_500, 8_500));
    assert_eq!(story.world.order.paid().minor(), 8_500);
    assert_eq!(story.world.ledger.followed_by, Some(case.id));
}

/// Until everything is there the order is unpaid, whatever came in; then it was paid when the last of it came.
#[test]
fn an_order_is_paid_once_everything_owed_has_come_in() {
    let mut story = story("0 10:00 supervisor payment 80.00 alipay P1 at 0 09:30");
    assert_eq!(story.world.order.phase(), OrderPhase::Unpaid);
    let outstanding = |story: &Story| {
        story
            .world
            .case('A')
            .unwrap()
            .trade
            .as_deref()
            .unwrap()
            .outstanding()
    };
    assert_eq!(outstanding(&story), 500);
    story.play("1 10:00 supervisor payment 5.00 wechat P1 at 1 09:00");
    assert_eq!(outstanding(&story), 0);
    assert_eq!(story.world.order.phase(), OrderPhase::Paid);
    assert_eq!(story.world.order.paid_at, Some(moment(1, 9 * 60)));
    story.play("1 11:00 agent dispatch SF 1");
    assert_eq!(story.world.order.phase(), OrderPhase::Dispatched);
    assert_eq!(story.world.ledger.followed_by, None);
}

/// What was paid is the buyer's to ask back, as with any order: the follow-up stands in no way.
#[test]
fn what_was_paid_can_be_asked_back_while_it_is_to_be_sent() {
    let mut story = story("0 10:00 supervisor payment 85.00 alipay P1");
    story.play(
        "0 11:00 buyer B.open refund_only regret dress×2; 0 11:01 agent B.approve; 0 11:02 provider B.paid",
    );
    let refunded = story.world.history.iter();
    assert!(
        refunded
            .into_iter()
            .any(|(_, _, event)| matches!(event, Event::RefundPaid { .. }))
    );
    assert_eq!(story.world.ledger.refund_total(), 8_500);
}

/// A buyer who writes makes no decision stale.
#[test]
fn an_answer_makes_no_decision_stale() {
    let mut story = story("0 10:00 agent letter");
    let terms = story.world.case('A').unwrap().terms;
    story.play("0 10:05 buyer message");
    assert_eq!(story.world.case('A').unwrap().terms, terms);
}

#[test]
fn ways_are_known_by_their_codes() {
    for way in PaymentWay::ALL {
        assert_eq!(PaymentWay::named(way.code()), Some(*way));
        assert_eq!(serde_json::to_value(way).unwrap(), way.code());
    }
    assert_eq!(PaymentWay::named("cash"), None);
}
