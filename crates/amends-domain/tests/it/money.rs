//! The money's track: one number a refund, asked as often as needed, paid once.
//!
//! Must not know: the provider; its answers are told here in any order.

use amends_domain::actor::Actor;
use amends_domain::command::{Command, PaymentAnswer, REFERENCE_CHARS_MAX};
use amends_domain::effect::Effect;
use amends_domain::event::Event;

use crate::harness::demo_set;
use crate::language::{Story, check};

#[test]
fn an_answer_that_comes_twice_counts_once() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider paid
        0 12:06 provider paid
        0 12:07 provider declined
        0 12:08 provider unknown
        0 12:09 provider try_again
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 12:05
        0 12:06  provider paid → nothing
        0 12:07  provider declined → nothing
        0 12:08  provider unknown → nothing
        0 12:09  provider try_again → nothing
        A: closed refunded; paid 190.59; clocks follow_up 2 12:05
        ledger: goods 190.59
        ",
    );
}

#[test]
fn an_answer_that_never_comes_calls_a_supervisor() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        2 12:00 wait
        2 12:01 supervisor refund
        2 12:02 supervisor record HAND-1
        9 10:00 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        2 00:00  refund_execution warning → warned of refund_execution
        2 12:00  refund_execution expiry → refund_execution over (CLK-4b: escalate), escalated to supervisor
        2 12:01  supervisor refund → ✗ not_now: this cannot be done while the case is RefundOnTheWay
        2 12:02  supervisor record → ✗ not_now: this cannot be done while the case is RefundOnTheWay
        9 10:00  provider paid → refund_paid #1, closed refunded, follow_up_due, +follow_up till 11 10:00
        A: closed refunded; paid 190.59; clocks follow_up 11 10:00
        ledger: goods 190.59
        ",
    );
}

#[test]
fn unknown_is_asked_about_and_never_paid_again_meanwhile() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider unknown
        0 12:06 agent refund
        0 12:07 supervisor record HAND-1
        0 12:08 provider unknown
        0 12:30 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider unknown → refund_unknown #1.1
        0 12:06  agent refund → ✗ not_now: this cannot be done while the case is RefundInTrouble
        0 12:07  supervisor record → ✗ not_now: this cannot be done while the case is RefundInTrouble
        0 12:08  provider unknown → nothing
        0 12:30  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 12:30
        A: closed refunded; paid 190.59; clocks follow_up 2 12:30
        ledger: goods 190.59
        ",
    );
}

#[test]
fn unknown_turns_out_to_have_failed() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider unknown
        0 12:30 provider try_again
        0 12:40 provider paid #1.1
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider unknown → refund_unknown #1.1
        0 12:30  provider try_again → refund_retried #1.2
        0 12:40  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 12:40
        A: closed refunded; paid 190.59; clocks follow_up 2 12:40
        ledger: goods 190.59
        ",
    );
}

#[test]
fn trying_again_ends_at_its_bound_and_calls_a_supervisor() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider try_again
        0 12:06 provider try_again
        0 12:07 provider try_again #1.1
        0 12:08 provider try_again
        0 12:09 provider try_again
        0 12:10 provider try_again
        0 12:11 provider try_again
        0 13:00 agent refund
        0 13:01 provider try_again
        0 14:00 agent refund
        0 14:01 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider try_again → refund_retried #1.2
        0 12:06  provider try_again → refund_retried #1.3
        0 12:07  provider try_again → nothing
        0 12:08  provider try_again → refund_retried #1.4
        0 12:09  provider try_again → refund_retried #1.5
        0 12:10  provider try_again → refund_failed #1.5, escalated to supervisor
        0 12:11  provider try_again → nothing
        0 13:00  agent refund → refund_retried #1.6 at once, -refund_execution, +refund_execution till 2 13:00
        0 13:01  provider try_again → refund_failed #1.6, escalated to supervisor
        0 14:00  agent refund → refund_retried #1.7 at once, -refund_execution, +refund_execution till 2 14:00
        0 14:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 14:01
        A: closed refunded; paid 190.59; clocks follow_up 2 14:01
        ledger: goods 190.59
        ",
    );
}

#[test]
fn a_declined_refund_is_tried_again_by_hand() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider declined
        0 12:06 provider declined
        0 13:00 agent refund
        0 13:01 provider declined #1.1
        0 13:02 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider declined → refund_failed #1.1, escalated to supervisor
        0 12:06  provider declined → nothing
        0 13:00  agent refund → refund_retried #1.2 at once, -refund_execution, +refund_execution till 2 13:00
        0 13:01  provider declined → nothing
        0 13:02  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 13:02
        A: closed refunded; paid 190.59; clocks follow_up 2 13:02
        ledger: goods 190.59
        ",
    );
}

#[test]
fn paid_is_believed_even_after_it_failed() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider declined
        0 12:06 provider paid
        0 12:07 supervisor record HAND-1
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider declined → refund_failed #1.1, escalated to supervisor
        0 12:06  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 12:06
        0 12:07  supervisor record → ✗ case_closed: the case is closed
        A: closed refunded; paid 190.59; clocks follow_up 2 12:06
        ledger: goods 190.59
        ",
    );
}

#[test]
fn a_refund_paid_by_hand_is_recorded_only_after_it_failed() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 11:00 supervisor record HAND-1
        0 12:00 agent approve
        0 12:01 supervisor record HAND-1
        0 12:05 provider declined
        0 12:06 agent record HAND-1
        0 12:07 supervisor record HAND-1
        0 12:08 supervisor record HAND-1
        0 12:09 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  supervisor record → ✗ not_now: this cannot be done while the case is AwaitingDecision
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:01  supervisor record → ✗ not_now: this cannot be done while the case is RefundOnTheWay
        0 12:05  provider declined → refund_failed #1.1, escalated to supervisor
        0 12:06  agent record → ✗ not_for_you: this is not for agent to do
        0 12:07  supervisor record → -refund_execution, refund_recorded #1, closed refunded, follow_up_due, +follow_up till 2 12:07
        0 12:08  supervisor record → ✗ case_closed: the case is closed
        0 12:09  provider paid → refund_paid_twice #1, escalated to supervisor
        A: closed refunded; paid 190.59 by hand; clocks follow_up 2 12:07; with supervisor
        ledger: goods 190.59
        ",
    );
}

#[test]
fn answers_about_refunds_that_are_not_there_do_nothing() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 11:00 provider paid #1.1
        0 12:00 agent approve
        0 12:01 provider paid #2.1
        0 12:02 provider declined #1.2
        0 12:03 provider declined #1.0
        0 12:04 provider paid #1.9
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  provider paid → nothing
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:01  provider paid → nothing
        0 12:02  provider declined → nothing
        0 12:03  provider declined → nothing
        0 12:04  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 12:04
        A: closed refunded; paid 190.59; clocks follow_up 2 12:04
        ledger: goods 190.59
        ",
    );
}

#[test]
fn a_refund_due_is_not_paid_before_it_is_ordered() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 09:01 provider paid #1.1
        2 09:02 agent refund
        2 09:03 agent refund
        2 09:04 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 09:00
        2 09:01  provider paid → nothing
        2 09:02  agent refund → refund_ordered #1
        2 09:03  agent refund → ✗ not_now: this cannot be done while the case is RefundOnTheWay
        2 09:04  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 09:04
        A: closed refunded; paid 190.59; clocks follow_up 4 09:04
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn a_failed_refund_outlives_its_clock_with_a_supervisor() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider declined
        2 12:00 wait
        5 12:00 supervisor record HAND-1
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider declined → refund_failed #1.1, escalated to supervisor
        2 00:00  refund_execution warning → warned of refund_execution
        2 12:00  refund_execution expiry → refund_execution over (CLK-4b: escalate), escalated to supervisor
        5 12:00  supervisor record → refund_recorded #1, closed refunded, follow_up_due, +follow_up till 7 12:00
        A: closed refunded; paid 190.59 by hand; clocks follow_up 7 12:00
        ledger: goods 190.59
        ",
    );
}

#[test]
fn paid_by_hand_and_by_the_provider_is_called_out_once_and_stays_called_out() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider declined
        0 12:06 agent refund
        0 12:07 provider declined
        0 12:08 supervisor record HAND-1
        0 12:09 provider declined
        0 12:10 provider unknown
        0 12:11 provider paid #1.1
        0 12:12 provider paid #1.2
        0 12:13 provider paid #1.1
        1 09:00 agent follow_up 2
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider declined → refund_failed #1.1, escalated to supervisor
        0 12:06  agent refund → refund_retried #1.2 at once, -refund_execution, +refund_execution till 2 12:06
        0 12:07  provider declined → refund_failed #1.2, escalated to supervisor
        0 12:08  supervisor record → -refund_execution, refund_recorded #1, closed refunded, follow_up_due, +follow_up till 2 12:08
        0 12:09  provider declined → nothing
        0 12:10  provider unknown → nothing
        0 12:11  provider paid → refund_paid_twice #1, escalated to supervisor
        0 12:12  provider paid → nothing
        0 12:13  provider paid → nothing
        1 09:00  agent follow_up → -follow_up, follow_up_recorded
        A: closed refunded; paid 190.59 by hand; clocks none; with supervisor
        ledger: goods 190.59
        ",
    );
}

#[test]
fn paid_twice_while_the_case_is_open_outlives_its_closing() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 photos 2
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/1/0
        2 10:00 agent refund
        2 10:01 provider declined
        2 10:02 supervisor record HAND-1
        2 10:03 provider paid
        2 11:00 agent send_back YTO 77
        ",
        "
        0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; not ok: dress#2, +send_back till 4 09:00, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:01  provider declined → refund_failed #1.1, escalated to supervisor
        2 10:02  supervisor record → -refund_execution, refund_recorded #1
        2 10:03  provider paid → refund_paid_twice #1, escalated to supervisor
        2 11:00  agent send_back → -send_back, sent_back, closed refunded, follow_up_due, +follow_up till 4 11:00
        A: closed refunded; paid 190.59 by hand; clocks follow_up 4 11:00; with supervisor
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn an_earlier_refund_paid_twice_is_called_out_after_a_conversion() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 1
        0 12:00 agent approve comp 20.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:00 agent refund
        2 10:01 provider declined
        2 10:02 supervisor record HAND-1
        2 11:00 agent convert
        2 11:01 agent refund
        2 11:02 provider paid #1.1
        2 11:03 provider paid #1.1
        2 11:04 provider paid #2.1
        2 11:05 provider paid #2.1
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +20.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 20.00 (compensation 20.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:01  provider declined → refund_failed #1.1, escalated to supervisor
        2 10:02  supervisor record → -refund_execution, refund_recorded #1
        2 11:00  agent convert → -replacement_dispatch, converted_to_refund 190.59, refund_due #2 190.59 (dress#1 190.59), +refund_execution till 4 11:00
        2 11:01  agent refund → refund_ordered #2
        2 11:02  provider paid → refund_paid_twice #1, escalated to supervisor
        2 11:03  provider paid → nothing
        2 11:04  provider paid → -refund_execution, refund_paid #2, closed refunded, follow_up_due, +follow_up till 4 11:04
        2 11:05  provider paid → nothing
        A: closed refunded; paid 190.59; clocks follow_up 4 11:04; with supervisor
        ledger: goods 190.59 compensation 20.00; dress 1 back
        ",
    );
}

#[test]
fn a_provider_silent_past_its_clock_is_given_up_and_may_still_turn_out_to_have_paid() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider unknown
        2 11:59 supervisor record HAND-1
        2 12:00 agent record HAND-1
        2 12:01 supervisor record HAND-1
        9 10:00 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider unknown → refund_unknown #1.1
        2 00:00  refund_execution warning → warned of refund_execution
        2 11:59  supervisor record → ✗ not_now: this cannot be done while the case is RefundInTrouble
        2 12:00  refund_execution expiry → refund_execution over (CLK-4b: escalate), escalated to supervisor
        2 12:00  agent record → ✗ not_for_you: this is not for agent to do
        2 12:01  supervisor record → refund_recorded #1, closed refunded, follow_up_due, +follow_up till 4 12:01
        3 12:01  follow_up warning → warned of follow_up
        4 12:01  follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        9 10:00  provider paid → refund_paid_twice #1, escalated to supervisor
        A: closed refunded; paid 190.59 by hand; clocks none; with supervisor
        ledger: goods 190.59
        ",
    );
}

#[test]
fn a_refund_ordered_again_is_waited_for_as_long_as_the_first() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        2 12:00 wait
        2 13:00 provider declined
        3 09:00 supervisor refund
        3 09:05 provider unknown
        3 09:06 supervisor record HAND-1
        5 09:00 supervisor record HAND-1
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        2 00:00  refund_execution warning → warned of refund_execution
        2 12:00  refund_execution expiry → refund_execution over (CLK-4b: escalate), escalated to supervisor
        2 13:00  provider declined → refund_failed #1.1, escalated to supervisor
        3 09:00  supervisor refund → refund_retried #1.2 at once, +refund_execution till 5 09:00
        3 09:05  provider unknown → refund_unknown #1.2
        3 09:06  supervisor record → ✗ not_now: this cannot be done while the case is RefundInTrouble
        4 21:00  refund_execution warning → warned of refund_execution
        5 09:00  refund_execution expiry → refund_execution over (CLK-4b: escalate), escalated to supervisor
        5 09:00  supervisor record → refund_recorded #1, closed refunded, follow_up_due, +follow_up till 7 09:00
        A: closed refunded; paid 190.59 by hand; clocks follow_up 7 09:00
        ledger: goods 190.59
        ",
    );
}

#[test]
fn a_providers_text_is_cut_and_believed() {
    for answer in ["paid", "declined"] {
        let mut story = Story::new(demo_set());
        story.play("0 10:00 buyer open refund_only quality dress×1; 0 12:00 agent approve");
        let long = "单".repeat(REFERENCE_CHARS_MAX + 1);
        let answer = match answer {
            "paid" => PaymentAnswer::Paid { reference: long },
            _ => PaymentAnswer::Declined { code: long },
        };
        let command = Command::AnswerPayment {
            refund: 1,
            attempt: 1,
            answer,
        };
        let events = story.world.give('A', Actor::Outbox, &command, None).unwrap();
        let text = events.iter().find_map(|event| match event {
            Event::RefundPaid { reference: text, .. } | Event::RefundFailed { code: text, .. } => Some(text),
            _ => None,
        });
        assert_eq!(text.unwrap().chars().count(), REFERENCE_CHARS_MAX);
    }
}

#[test]
fn a_person_waits_for_no_retry() {
    let mut story = Story::new(demo_set());
    story.play(
        "0 10:00 buyer open refund_only quality dress×1; 0 12:00 agent approve
        0 12:01 provider try_again; 0 12:02 provider try_again; 0 12:03 provider declined
        0 12:04 supervisor refund",
    );
    let asks = &story.world.cases[&'A'].asks;
    let waits: Vec<i64> = asks.iter().map(Effect::wait_millis).collect();
    assert_eq!(waits, [0, 30_000, 60_000, 0]);
}

#[test]
fn the_largest_refund_of_all_is_asked_for_in_full() {
    let mut story = Story::new(demo_set());
    story.play(
        "order ring 1 × 9999999999.00, freight 1.00, delivered
        0 10:00 buyer open return_and_refund quality ring×1 photos 1
        0 11:00 agent approve comp 0.01",
    );
    let refused = story.last.take().unwrap().unwrap_err();
    assert_eq!(refused.code(), "compensation_without_clause");
    story.play(
        "0 11:01 agent approve; 1 10:00 buyer ship SF 1001; 2 10:00 agent inspect ring=1/0/0 freight 0.01",
    );
    let refused = story.last.take().unwrap().unwrap_err();
    assert_eq!(refused.code(), "above_freight_bound");
    story.play("2 10:01 agent inspect ring=1/0/0; 2 10:02 agent refund");
    let asks = &story.world.cases[&'A'].asks;
    assert!(
        matches!(asks[..], [Effect::SendRefund { amount, .. }] if amount.minor() == 999_999_999_900),
        "{asks:?}"
    );
}
