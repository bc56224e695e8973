//! The request's track: granted, declined, asked again, taken back, ruled on.
//!
//! Must not know: how `decide` is divided. The language is in `language`.

use crate::harness::set_of;
use crate::language::{check, check_under};
use crate::policy::packs_with;

#[test]
fn refund_only_approved_is_ordered_at_once_and_closes_when_paid() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider paid
        1 09:00 buyer follow_up 5
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 12:05
        1 09:00  buyer follow_up → -follow_up, follow_up_recorded
        A: closed refunded; paid 190.59; clocks none
        ledger: goods 190.59
        ",
    );
}

#[test]
fn a_refused_request_is_renewed_for_less() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×2 photos 2
        0 12:00 agent refuse no_fault_found
        1 09:00 buyer renew 100.00
        1 10:00 agent approve
        1 10:01 provider paid
        ",
        "
        0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused no_fault_found (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        1 09:00  buyer renew → -refusal_answer, renewed 100.00 by no right (not_met), return freight buyer, +decision till 3 09:00
        1 10:00  agent approve → -decision, approved [], refund_due #1 100.00 (dress#1 50.00, dress#2 50.00), refund_ordered #1, +refund_execution till 3 10:00
        1 10:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 3 10:01
        A: closed refunded; paid 100.00; clocks follow_up 3 10:01
        ledger: goods 100.00
        ",
    );
}

#[test]
fn a_refusal_nobody_answers_stands_after_seven_counted_days() {
    check(
        "
        0 10:00 buyer open refund_only regret dress×1
        0 12:00 agent refuse used
        9 00:00 wait
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        7 00:00  refusal_answer warning → warned of refusal_answer
        8 00:00  refusal_answer expiry → refusal_answer over (HOU-1: close), closed refused
        A: closed refused; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn the_platform_rules_for_the_buyer() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 1
        0 12:00 agent refuse no_fault_found
        1 09:00 buyer ask
        2 09:00 mediator rule buyer
        2 09:01 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused no_fault_found (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        1 09:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 5 00:00
        2 09:00  mediator rule → -ruling, ruled for_buyer, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 4 09:00
        2 09:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 09:01
        A: closed refunded; paid 190.59; clocks follow_up 4 09:01
        ledger: goods 190.59
        ",
    );
}

#[test]
fn the_platform_rules_for_the_shop() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 1
        0 12:00 agent refuse used
        1 09:00 buyer ask
        2 09:00 supervisor rule shop
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        1 09:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 5 00:00
        2 09:00  supervisor rule → -ruling, ruled for_shop, closed refused
        A: closed refused; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn the_platform_rules_in_part_of_what_was_asked() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 photos 1
        0 12:00 agent refuse amount_unfounded
        1 09:00 buyer ask
        2 09:00 mediator rule part 300.00
        3 09:00 buyer ship SF 1001
        5 09:00 agent inspect dress=1/0/1
        5 10:00 agent refund
        5 10:01 provider paid
        ",
        "
        0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused amount_unfounded (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        1 09:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 5 00:00
        2 09:00  mediator rule → -ruling, ruled in_part, approved [ELG-2], +return_shipment till 13 00:00
        3 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 9 00:00
        5 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; missing: dress#2, refund_due #1 150.00 (dress#1 150.00), +refund_execution till 7 09:00
        5 10:00  agent refund → refund_ordered #1
        5 10:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 7 10:01
        A: closed refunded; paid 150.00; clocks follow_up 7 10:01
        ledger: goods 150.00; dress 1 back
        ",
    );
}

#[test]
fn a_shop_that_thinks_better_of_it_settles_a_dispute() {
    check(
        "
        0 10:00 buyer open refund_only quality belt×1
        0 12:00 agent refuse no_fault_found
        1 09:00 buyer ask
        1 10:00 agent approve
        1 10:01 mediator rule shop
        1 10:02 provider paid
        ",
        "
        0 10:00  buyer open → opened 46.82 for belt#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused no_fault_found (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        1 09:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 5 00:00
        1 10:00  agent approve → -ruling, approved [], refund_due #1 46.82 (belt#1 46.82), refund_ordered #1, +refund_execution till 3 10:00
        1 10:01  mediator rule → ✗ not_now: this cannot be done while the case is RefundOnTheWay
        1 10:02  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 3 10:02
        A: closed refunded; paid 46.82; clocks follow_up 3 10:02
        ledger: goods 46.82
        ",
    );
}

#[test]
fn unanswered_requests_are_approved_after_48_hours_with_a_warning_before() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        1 22:00 wait
        2 09:59 wait
        2 10:00 wait
        2 10:05 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        1 22:00  decision warning → warned of decision
        2 10:00  decision expiry → decision over (CLK-2: approve), approved [CLK-2], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 4 10:00
        2 10:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 10:05
        A: closed refunded; paid 190.59; clocks follow_up 4 10:05
        ledger: goods 190.59
        ",
    );
}

#[test]
fn an_auto_approved_return_waits_for_the_buyer() {
    check(
        "
        0 10:00 buyer open return_and_refund no_reason dress×1 intact
        2 10:00 wait
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-1, return freight buyer, +decision till 2 10:00
        1 22:00  decision warning → warned of decision
        2 10:00  decision expiry → decision over (CLK-2: approve), approved [CLK-2], +return_shipment till 13 00:00
        A: awaiting_return; no money; clocks return_shipment 13 00:00
        ledger:
        ",
    );
}

#[test]
fn before_dispatch_everything_goes_back_with_the_freight() {
    check(
        "
        order dress 2 × 199.50, belt 1 × 49.00, discount 20.00, freight 12.00, paid
        0 10:00 buyer open refund_only regret dress×2 belt×1
        0 11:00 agent approve
        0 11:01 provider paid
        ",
        "
        0 10:00  buyer open → opened 440.00 for dress#1 dress#2 belt#1 by TB-UNSHIPPED, return freight buyer, +decision till 2 10:00
        0 11:00  agent approve → -decision, approved [TB-UNSHIPPED], refund_due #1 440.00 (dress#1 190.59, dress#2 190.59, belt#1 46.82, freight 12.00), refund_ordered #1, +refund_execution till 2 11:00
        0 11:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 11:01
        A: closed refunded; paid 440.00; clocks follow_up 2 11:01
        ledger: goods 428.00 freight 12.00
        ",
    );
}

#[test]
fn before_dispatch_a_part_goes_back_without_the_freight() {
    check(
        "
        order dress 2 × 199.50, belt 1 × 49.00, discount 20.00, freight 12.00, paid
        0 10:00 buyer open refund_only regret dress×1
        0 11:00 agent approve
        0 11:01 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by TB-UNSHIPPED, return freight buyer, +decision till 2 10:00
        0 11:00  agent approve → -decision, approved [TB-UNSHIPPED], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 11:00
        0 11:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 11:01
        A: closed refunded; paid 190.59; clocks follow_up 2 11:01
        ledger: goods 190.59
        ",
    );
}

#[test]
fn after_delivery_freight_is_only_paid_back_when_it_is_asked_for() {
    check(
        "
        0 10:00 buyer open refund_only not_received dress×2 belt×1
        0 11:00 buyer withdraw
        0 12:00 buyer B.open refund_only not_received dress×2 belt×1 amount 440.00
        0 13:00 agent B.approve
        0 13:01 provider B.paid
        ",
        "
        0 10:00  buyer open → opened 428.00 for dress#1 dress#2 belt#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  buyer withdraw → -decision, closed withdrawn
        0 12:00  buyer B.open → opened 440.00 for dress#1 dress#2 belt#1 by no right (not_met), return freight buyer, +decision till 2 12:00
        0 13:00  agent B.approve → -decision, approved [], refund_due #1 440.00 (dress#1 190.59, dress#2 190.59, belt#1 46.82, freight 12.00), refund_ordered #1, +refund_execution till 2 13:00
        0 13:01  provider B.paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 13:01
        A: closed withdrawn; no money; clocks none
        B: closed refunded; paid 440.00; clocks follow_up 2 13:01
        ledger: goods 428.00 freight 12.00
        ",
    );
}

#[test]
fn a_partial_amount_is_spread_over_the_units_to_the_fen() {
    check(
        "
        0 10:00 buyer open refund_only not_as_described dress×2 belt×1 amount 100.01
        0 11:00 agent approve
        0 11:01 provider paid
        ",
        "
        0 10:00  buyer open → opened 100.01 for dress#1 dress#2 belt#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  agent approve → -decision, approved [], refund_due #1 100.01 (dress#1 44.53, dress#2 44.53, belt#1 10.95), refund_ordered #1, +refund_execution till 2 11:00
        0 11:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 11:01
        A: closed refunded; paid 100.01; clocks follow_up 2 11:01
        ledger: goods 100.01
        ",
    );
}

#[test]
fn a_request_can_be_withdrawn_until_the_goods_are_on_their_way() {
    check(
        "
        0 10:00 buyer open return_and_refund no_reason dress×1 intact
        0 11:00 agent approve
        0 12:00 buyer withdraw
        0 13:00 buyer B.open return_and_refund no_reason dress×2 intact
        0 14:00 agent B.approve
        0 15:00 buyer B.ship SF 1001
        0 16:00 buyer B.withdraw
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-1, return freight buyer, +decision till 2 10:00
        0 11:00  agent approve → -decision, approved [ELG-1], +return_shipment till 11 00:00
        0 12:00  buyer withdraw → -return_shipment, closed withdrawn
        0 13:00  buyer B.open → opened 381.18 for dress#1 dress#2 by ELG-1, return freight buyer, +decision till 2 13:00
        0 14:00  agent B.approve → -decision, approved [ELG-1], +return_shipment till 11 00:00
        0 15:00  buyer B.ship → -return_shipment, return_shipped, +receipt_confirmation till 6 00:00
        0 16:00  buyer B.withdraw → ✗ not_now: this cannot be done while the case is ReturnOnTheWay
        A: closed withdrawn; no money; clocks none
        B: return_on_the_way; no money; clocks receipt_confirmation 6 00:00
        ledger:
        ",
    );
}

#[test]
fn texts_do_not_change_the_terms_an_agent_has_seen() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 10:01 buyer message
        0 10:02 agent note
        0 10:03 agent approve seen 1
        0 10:04 agent approve seen 2
        0 10:05 provider paid
        0 10:06 buyer message
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 10:01  buyer message → text_added
        0 10:02  agent note → text_added
        0 10:03  agent approve → ✗ stale_terms: the case has changed: seen 1, now 2
        0 10:04  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 10:04
        0 10:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 10:05
        0 10:06  buyer message → text_added
        A: closed refunded; paid 190.59; clocks follow_up 2 10:05
        ledger: goods 190.59
        ",
    );
}

#[test]
fn a_withdrawn_dispute_ends_with_the_case() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 2
        0 12:00 agent refuse no_fault_found
        1 09:00 buyer ask
        1 10:00 buyer withdraw
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused no_fault_found (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        1 09:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 5 00:00
        1 10:00  buyer withdraw → -ruling, closed withdrawn
        A: closed withdrawn; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn a_request_renewed_for_less_is_judged_again_as_of_when_it_was_opened() {
    let limited = packs_with(
        "\"days_since_receipt <= 15d\", \"evidence.photos >= 1\"",
        "\"days_since_receipt <= 15d\", \"evidence.photos >= 1\", \"amount_asked <= 150.00 CNY\", \"returns_last_90_days = 0\"",
    );
    check_under(
        set_of(&limited),
        "
        14 10:00 buyer open return_and_refund quality dress×1 photos 1
        14 11:00 agent refuse amount_unfounded
        17 10:00 buyer renew 150.00
        17 11:00 agent approve comp 40.00
        18 10:00 buyer ship SF 1001
        19 10:00 agent inspect dress=1/0/0 freight 10.00
        ",
        "
        14 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 16 10:00
        14 11:00  agent refuse → -decision, refused amount_unfounded (next: renew ask_intervention withdraw), +refusal_answer till 22 00:00
        17 10:00  buyer renew → -refusal_answer, renewed 150.00 by ELG-2 (met), return freight shop, +decision till 19 10:00
        17 11:00  agent approve → -decision, approved [ELG-2] +40.00, +return_shipment till 28 00:00
        18 10:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 24 00:00
        19 10:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; return freight 10.00, refund_due #1 200.00 (dress#1 150.00, return freight 10.00, compensation 40.00), +refund_execution till 21 10:00
        A: awaiting_refund; due; clocks refund_execution 21 10:00
        ledger: held 200.00; dress 1 back
        ",
    );
}

#[test]
fn a_request_renewed_for_more_may_lose_its_right() {
    let limited = packs_with(
        "\"days_since_receipt <= 15d\", \"evidence.photos >= 1\"",
        "\"days_since_receipt <= 15d\", \"evidence.photos >= 1\", \"amount_asked <= 150.00 CNY\"",
    );
    check_under(
        set_of(&limited),
        "
        10 10:00 buyer open return_and_refund quality dress×1 amount 100.00 photos 1
        10 11:00 agent refuse amount_unfounded
        11 10:00 buyer renew
        11 10:01 agent refuse amount_unfounded
        11 10:02 buyer renew 190.59
        11 11:00 agent approve comp 1.00
        ",
        "
        10 10:00  buyer open → opened 100.00 for dress#1 by ELG-2, return freight shop, +decision till 12 10:00
        10 11:00  agent refuse → -decision, refused amount_unfounded (next: renew ask_intervention withdraw), +refusal_answer till 18 00:00
        11 10:00  buyer renew → -refusal_answer, renewed 100.00, +decision till 13 10:00
        11 10:01  agent refuse → -decision, refused amount_unfounded (next: renew ask_intervention withdraw), +refusal_answer till 19 00:00
        11 10:02  buyer renew → -refusal_answer, renewed 190.59 by no right (not_met), return freight buyer, +decision till 13 10:02
        11 11:00  agent approve → ✗ compensation_without_clause: compensation of 1.00 CNY, at most 0.00 CNY
        A: awaiting_decision; no money; clocks decision 13 10:02
        ledger:
        ",
    );
}
