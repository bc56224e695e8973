//! Kinds of request beyond returns: repair, reissue, compensation, consultation, complaint.
//!
//! Must not know: which remedy is offered. The language is in `language`.

use crate::language::check_whole;

#[test]
fn a_repair_is_free_and_comes_back_within_working_days() {
    check_whole(
        "
        shop 09:00-18:00 working_days
        order tablet 1 × 999.00 in electronics, delivered
        61 10:00 buyer open repair quality tablet×1 photos 1
        61 10:10 agent approve
        62 09:00 buyer ship SF 1001
        63 10:00 agent inspect tablet=1/0/0 freight 18.00
        63 10:05 agent refund
        63 10:06 provider paid
        80 10:00 agent ship_repaired SF 2001
        83 10:00 buyer confirm
        84 10:00 buyer B.open return_and_refund quality tablet×1 photos 1
        84 10:01 buyer B.open return_and_refund quality tablet×1 photos 1 new_fault
        ",
        "
        61 10:00  buyer open → opened 0.00 for tablet#1 by ELG-6, return freight shop, +decision till 63 10:00, +closure_goal till 65 00:00, reply_due, +first_reply till 62 10:00, +reply_target till 61 22:00
        61 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-6], +return_shipment till 72 00:00
        62 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 68 00:00
        63 10:00  agent inspect → -receipt_confirmation, inspected ok: tablet#1; return freight 18.00, repair_due, +repair till 86 00:00, refund_due #1 18.00 (return freight 18.00), +refund_execution till 65 10:00
        63 10:05  agent refund → refund_ordered #1
        63 10:06  provider paid → -refund_execution, refund_paid #1
        65 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        74 00:00  repair warning → warned of repair
        80 10:00  agent ship_repaired → -repair, repaired_shipped, +replacement_receipt till 96 00:00
        83 10:00  buyer confirm → -replacement_receipt, repaired_received, closed repaired, follow_up_due, +follow_up till 85 10:00
        84 10:00  follow_up warning → warned of follow_up
        84 10:00  buyer B.open → ✗ settled_before: case_019ca4fa680071418141414141414141 settled this before (Repaired); say that it is a new fault if it is one
        84 10:01  buyer B.open → opened 999.00 for tablet#1 by no right (not_met), return freight buyer, +decision till 86 10:01, +closure_goal till 88 00:00, reply_due, +first_reply till 85 10:01, +reply_target till 84 22:01, assessed medium [LVL-REPEAT], passed_up to supervisor for severity, +upward_answer till 87 00:00
        A: closed repaired; paid 18.00; clocks follow_up 85 10:00
        B: awaiting_decision; no money; clocks decision 86 10:01, first_reply 85 10:01, reply_target 84 22:01, upward_answer 87 00:00, closure_goal 88 00:00; with supervisor
        ledger: return freight 18.00
        ",
    );
}

#[test]
fn a_repair_that_takes_too_long_calls_a_supervisor() {
    check_whole(
        "
        order tablet 1 × 999.00 in electronics, delivered
        61 10:00 buyer open repair quality tablet×1 photos 1
        61 10:10 agent approve
        62 09:00 buyer ship SF 1001
        63 10:00 agent inspect tablet=1/0/0
        90 10:00 wait
        90 10:30 supervisor ship_repaired SF 2001
        ",
        "
        61 10:00  buyer open → opened 0.00 for tablet#1 by ELG-6, return freight shop, +decision till 63 10:00, +closure_goal till 65 00:00, reply_due, +first_reply till 62 10:00, +reply_target till 61 12:00
        61 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-6], +return_shipment till 72 00:00
        62 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 68 00:00
        63 10:00  agent inspect → -receipt_confirmation, inspected ok: tablet#1, repair_due, +repair till 83 00:00
        65 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        73 00:00  repair warning → warned of repair
        83 00:00  repair expiry → repair over (CLK-6: escalate), escalated to supervisor
        90 10:30  supervisor ship_repaired → repaired_shipped, +replacement_receipt till 106 00:00
        A: repaired_on_the_way; no money; clocks replacement_receipt 106 00:00
        ledger:; tablet 1 back
        ",
    );
}

#[test]
fn what_cannot_be_repaired_is_refunded() {
    check_whole(
        "
        order tablet 1 × 999.00 in electronics, delivered
        61 10:00 buyer open repair quality tablet×1 photos 1
        61 10:10 agent approve
        62 09:00 buyer ship SF 1001
        63 10:00 agent inspect tablet=1/0/0
        64 10:00 agent convert
        64 10:05 agent refund
        64 10:06 provider paid
        ",
        "
        61 10:00  buyer open → opened 0.00 for tablet#1 by ELG-6, return freight shop, +decision till 63 10:00, +closure_goal till 65 00:00, reply_due, +first_reply till 62 10:00, +reply_target till 61 12:00
        61 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-6], +return_shipment till 72 00:00
        62 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 68 00:00
        63 10:00  agent inspect → -receipt_confirmation, inspected ok: tablet#1, repair_due, +repair till 83 00:00
        64 10:00  agent convert → -repair, converted_to_refund 999.00, refund_due #1 999.00 (tablet#1 999.00), +refund_execution till 66 10:00
        64 10:05  agent refund → refund_ordered #1
        64 10:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 66 10:06
        A: closed refunded; paid 999.00; clocks follow_up 66 10:06
        ledger: goods 999.00; tablet 1 back
        ",
    );
}

#[test]
fn what_was_paid_for_a_repair_that_fails_comes_back_with_the_goods() {
    check_whole(
        "
        order tablet 1 × 999.00 in electronics, delivered
        61 10:00 buyer open repair quality tablet×1 photos 1
        61 10:05 agent find buyer 100 fault refuted
        61 10:10 agent offer REM-REPAIR-PAID
        61 10:20 buyer choose 1
        62 09:00 buyer ship SF 1001
        63 10:00 agent inspect tablet=1/0/0
        63 11:00 supervisor pay_difference 80.00
        64 10:00 supervisor convert
        64 10:05 supervisor refund
        64 10:06 provider paid
        ",
        "
        61 10:00  buyer open → opened 0.00 for tablet#1 by ELG-6, return freight shop, +decision till 63 10:00, +closure_goal till 65 00:00, reply_due, +first_reply till 62 10:00, +reply_target till 61 12:00
        61 10:05  agent find → found buyer 100% fault refuted by no right (not_met), return freight buyer
        61 10:10  agent offer → offered #1: REM-REPAIR-PAID repair buyer pays 80.00 and warranty freight buyer costs -72.00, +offer_answer till 63 10:10, -first_reply, -reply_target, replied
        61 10:20  buyer choose → -offer_answer, agreed paid_repair (REM-REPAIR-PAID), -decision, approved [REM-REPAIR-PAID], +return_shipment till 72 00:00
        62 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 68 00:00
        63 10:00  agent inspect → -receipt_confirmation, inspected ok: tablet#1, repair_due, +repair till 83 00:00, difference_owed 80.00
        63 11:00  supervisor pay_difference → difference_paid 80.00
        64 10:00  supervisor convert → -repair, converted_to_refund 1079.00, refund_due #1 1079.00 (tablet#1 1079.00), +refund_execution till 66 10:00
        64 10:05  supervisor refund → refund_ordered #1
        64 10:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 66 10:06
        A: closed refunded; paid 1079.00; clocks follow_up 66 10:06
        ledger: goods 1079.00 difference 80.00; tablet 1 back
        ",
    );
}

#[test]
fn a_repair_nobody_pays_for_goes_back_as_it_is() {
    check_whole(
        "
        order tablet 1 × 999.00 in electronics, delivered
        61 10:00 buyer open repair quality tablet×1 photos 1
        61 10:05 agent find buyer 100 fault refuted
        61 10:10 agent offer REM-REPAIR-PAID
        61 10:20 buyer choose 1
        62 09:00 buyer ship SF 1001
        63 10:00 agent inspect tablet=1/0/0
        64 10:00 buyer withdraw
        64 10:01 buyer withdraw
        64 10:05 agent convert
        64 15:00 agent send_back SF 2001
        ",
        "
        61 10:00  buyer open → opened 0.00 for tablet#1 by ELG-6, return freight shop, +decision till 63 10:00, +closure_goal till 65 00:00, reply_due, +first_reply till 62 10:00, +reply_target till 61 12:00
        61 10:05  agent find → found buyer 100% fault refuted by no right (not_met), return freight buyer
        61 10:10  agent offer → offered #1: REM-REPAIR-PAID repair buyer pays 80.00 and warranty freight buyer costs -72.00, +offer_answer till 63 10:10, -first_reply, -reply_target, replied
        61 10:20  buyer choose → -offer_answer, agreed paid_repair (REM-REPAIR-PAID), -decision, approved [REM-REPAIR-PAID], +return_shipment till 72 00:00
        62 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 68 00:00
        63 10:00  agent inspect → -receipt_confirmation, inspected ok: tablet#1, repair_due, +repair till 83 00:00, difference_owed 80.00
        64 10:00  buyer withdraw → -repair, repair_declined, +send_back till 66 10:00
        64 10:01  buyer withdraw → ✗ not_now: this cannot be done while the case is AwaitingSendBack
        64 10:05  agent convert → ✗ not_now: this cannot be done while the case is AwaitingSendBack
        64 15:00  agent send_back → -send_back, sent_back, -closure_goal, closed nothing_accepted
        A: closed nothing_accepted; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn nothing_to_repair_came() {
    check_whole(
        "
        order tablet 1 × 999.00 in electronics, delivered
        61 10:00 buyer open repair quality tablet×1 photos 1
        61 10:10 agent approve
        62 09:00 buyer ship SF 1001
        63 10:00 agent inspect tablet=0/0/1
        ",
        "
        61 10:00  buyer open → opened 0.00 for tablet#1 by ELG-6, return freight shop, +decision till 63 10:00, +closure_goal till 65 00:00, reply_due, +first_reply till 62 10:00, +reply_target till 61 12:00
        61 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-6], +return_shipment till 72 00:00
        62 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 68 00:00
        63 10:00  agent inspect → -receipt_confirmation, inspected missing: tablet#1, -closure_goal, closed nothing_accepted
        A: closed nothing_accepted; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn what_the_dispatch_record_lacks_is_sent() {
    check_whole(
        "
        order socks 3 × 25.00 sent 2 in clothing, delivered
        0 10:00 buyer open reissue missing_parts socks×1
        0 10:05 agent refuse no_fault_found
        0 10:10 agent approve
        0 15:00 machine ship_replacement SF 2001
        2 10:00 machine confirm
        ",
        "
        0 10:00  buyer open → opened 0.00 for socks#1 by ELG-12, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent refuse → ✗ right_stands: clause ELG-12 supports this request: refusing it costs 12 points (VIO-1)
        0 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-12], replacement_due, +replacement_dispatch till 2 10:10
        0 15:00  machine ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 16 00:00
        2 10:00  machine confirm → -replacement_receipt, replacement_received, -closure_goal, closed reissued, follow_up_due, +follow_up till 4 10:00
        A: closed reissued; no money; clocks follow_up 4 10:00
        ledger:; socks 1 replaced
        ",
    );
}

#[test]
fn without_a_dispatch_record_it_is_unknown_and_with_one_it_is_not_met() {
    check_whole(
        "
        order socks 3 × 25.00 in clothing, delivered
        0 10:00 buyer open reissue missing_parts socks×1
        order socks 3 × 25.00 sent 3 in clothing, delivered
        0 10:00 buyer open reissue missing_parts socks×1
        ",
        "
        0 10:00  buyer open → opened 0.00 for socks#1 by no right (unknown), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:00  buyer open → opened 0.00 for socks#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        A: awaiting_decision; no money; clocks decision 2 10:00, first_reply 1 10:00, reply_target 0 12:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn what_cannot_be_sent_again_is_refunded() {
    check_whole(
        "
        order socks 3 × 25.00 sent 2 in clothing, delivered
        0 10:00 buyer open reissue missing_parts socks×1
        0 10:10 agent approve
        1 10:00 agent convert
        1 10:05 agent refund
        1 10:06 provider paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for socks#1 by ELG-12, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-12], replacement_due, +replacement_dispatch till 2 10:10
        1 10:00  agent convert → -replacement_dispatch, converted_to_refund 25.00, refund_due #1 25.00 (socks#1 25.00), +refund_execution till 3 10:00
        1 10:05  agent refund → refund_ordered #1
        1 10:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 3 10:06
        A: closed refunded; paid 25.00; clocks follow_up 3 10:06
        ledger: goods 25.00
        ",
    );
}

#[test]
fn a_lost_parcel_is_paid_with_its_freight() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, freight 15.00, dispatched
        8 10:00 buyer open compensation lost lamp×1
        8 10:05 buyer withdraw
        9 10:00 buyer open compensation lost lamp×1
        9 10:05 buyer B.open compensation lost lamp×1
        9 10:10 agent B.approve
        9 10:11 provider B.paid
        ",
        "
        8 10:00  buyer open → opened 144.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 10 10:00, +closure_goal till 12 00:00, reply_due, +first_reply till 9 10:00, +reply_target till 8 12:00
        8 10:05  buyer withdraw → -first_reply, -reply_target, replied, -decision, -closure_goal, closed withdrawn
        9 10:00  buyer open → ✗ case_exists: this case is already open
        9 10:05  buyer B.open → opened 144.00 for lamp#1 by REM-3-LOST, return freight shop, +decision till 11 10:05, +closure_goal till 13 00:00, reply_due, +first_reply till 10 10:05, +reply_target till 9 12:05, assessed medium [LVL-REPEAT], passed_up to supervisor for severity, +upward_answer till 12 00:00
        9 10:10  agent B.approve → -first_reply, -reply_target, replied, -decision, approved [REM-3-LOST], refund_due #1 144.00 (lamp#1 129.00, freight 15.00), refund_ordered #1, +refund_execution till 11 10:10
        9 10:11  provider B.paid → -refund_execution, refund_paid #1, -upward_answer, -closure_goal, closed compensated, follow_up_due, +follow_up till 11 10:11
        A: closed withdrawn; no money; clocks none
        B: closed compensated; paid 144.00; clocks follow_up 11 10:11
        ledger: goods 129.00 freight 15.00
        ",
    );
}

#[test]
fn a_parcel_refused_at_the_door_is_on_its_way_already() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, freight 15.00, dispatched
        0 10:00 buyer open return_and_refund damaged lamp×1 photos 1 parcel SF9
        0 10:05 agent approve
        2 10:00 agent inspect lamp=1/0/0
        2 10:05 agent refund
        2 10:06 provider paid
        ",
        "
        0 10:00  buyer open → opened 144.00 for lamp#1 by ELG-11, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-11], return_shipped, +receipt_confirmation till 6 00:00
        2 10:00  agent inspect → -receipt_confirmation, inspected ok: lamp#1, refund_due #1 144.00 (lamp#1 129.00, freight 15.00), +refund_execution till 4 10:00
        2 10:05  agent refund → refund_ordered #1
        2 10:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 4 10:06
        A: closed refunded; paid 144.00; clocks follow_up 4 10:06
        ledger: goods 129.00 freight 15.00; lamp 1 back
        ",
    );
}

#[test]
fn a_refused_parcel_may_be_exchanged_without_being_sent_by_the_buyer() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, freight 15.00, delivered
        0 10:00 buyer open return_and_refund damaged lamp×1 photos 1 parcel SF9
        0 10:05 agent offer REM-EXCHANGE
        0 10:10 buyer choose 1
        2 10:00 agent inspect lamp=1/0/0
        2 15:00 agent ship_replacement SF 2001
        ",
        "
        0 10:00  buyer open → opened 129.00 for lamp#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-EXCHANGE exchange freight shop costs 106.30, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed exchange (REM-EXCHANGE), -decision, approved [REM-EXCHANGE], return_shipped, +receipt_confirmation till 6 00:00
        2 10:00  agent inspect → -receipt_confirmation, inspected ok: lamp#1, replacement_due, +replacement_dispatch till 4 10:00
        2 15:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        A: replacement_on_the_way; no money; clocks replacement_receipt 18 00:00, closure_goal 4 00:00
        ledger:; lamp 1 back
        ",
    );
}

#[test]
fn the_warranty_ends_with_the_day_twelve_months_after_delivery() {
    check_whole(
        "
        order tablet 2 × 999.00 in electronics, delivered
        365 23:59 buyer open repair quality tablet×1
        366 00:00 buyer B.open repair quality tablet×1
        ",
        "
        365 23:59  buyer open → opened 0.00 for tablet#1 by ELG-6, return freight shop, +decision till 367 23:59, +closure_goal till 369 00:00, reply_due, +first_reply till 366 23:59, +reply_target till 366 01:59
        366 00:00  buyer B.open → opened 0.00 for tablet#2 by no right (not_met), return freight buyer, +decision till 368 00:00, +closure_goal till 370 00:00, reply_due, +first_reply till 367 00:00, +reply_target till 366 02:00
        A: awaiting_decision; no money; clocks decision 367 23:59, first_reply 366 23:59, reply_target 366 01:59, closure_goal 369 00:00
        B: awaiting_decision; no money; clocks decision 368 00:00, first_reply 367 00:00, reply_target 366 02:00, closure_goal 370 00:00
        ledger:
        ",
    );
}

#[test]
fn past_the_window_a_fault_is_still_repaired_free() {
    check_whole(
        "
        order bag 1 × 359.00 in bags, delivered
        16 10:00 buyer open repair quality bag×1
        16 10:05 agent refuse past_window
        16 10:10 agent approve
        ",
        "
        16 10:00  buyer open → opened 0.00 for bag#1 by ELG-7, return freight shop, +decision till 18 10:00, +closure_goal till 20 00:00, reply_due, +first_reply till 17 10:00, +reply_target till 16 12:00
        16 10:05  agent refuse → ✗ right_stands: clause ELG-7 supports this request: refusing it costs 12 points (VIO-1)
        16 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-7], +return_shipment till 27 00:00
        A: awaiting_return; no money; clocks return_shipment 27 00:00, closure_goal 20 00:00
        ledger:
        ",
    );
}

#[test]
fn a_question_needs_no_order_and_is_never_granted_by_itself() {
    check_whole(
        "
        order none
        0 10:00 buyer open consultation usage
        2 10:00 wait
        2 10:30 supervisor resolve 说明书第三页
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 12:00  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        1 08:00  first_reply warning → warned of first_reply
        1 10:00  first_reply expiry → first_reply over (CLK-1: escalate), escalated to supervisor
        1 22:00  decision warning → warned of decision
        2 10:00  decision expiry → decision over (CLK-2: escalate), escalated to supervisor
        2 10:30  supervisor resolve → replied, resolved, -closure_goal, closed resolved, follow_up_due, +follow_up till 4 10:30
        A: closed resolved; no money; clocks follow_up 4 10:30
        ledger:
        ",
    );
}

#[test]
fn a_complaint_may_name_goods_and_holds_them_meanwhile() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint quality lamp×1
        0 10:05 buyer B.open return_and_refund quality lamp×1 photos 1
        0 10:10 agent resolve 已说明
        0 10:15 buyer B.open return_and_refund quality lamp×1 photos 1 new_fault
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  buyer B.open → ✗ not_in_hand: 1 units asked of line line_019c9587540071018101010101010101, 0 in hand
        0 10:10  agent resolve → -first_reply, -reply_target, replied, resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 10:10
        0 10:15  buyer B.open → opened 129.00 for lamp#1 by ELG-2, return freight shop, +decision till 2 10:15, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:15, +reply_target till 0 12:15, assessed medium [LVL-REPEAT], passed_up to supervisor for severity, +upward_answer till 3 00:00
        A: closed resolved; no money; clocks follow_up 2 10:10
        B: awaiting_decision; no money; clocks decision 2 10:15, first_reply 1 10:15, reply_target 0 12:15, upward_answer 3 00:00, closure_goal 4 00:00; with supervisor
        ledger:
        ",
    );
}

#[test]
fn of_two_units_the_one_that_something_is_left_of_is_taken() {
    check_whole(
        "
        order lamp 2 × 129.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1
        0 10:05 agent approve
        0 10:06 provider paid
        1 10:00 buyer B.open refund_only quality lamp×1
        ",
        "
        0 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent approve → -first_reply, -reply_target, replied, -decision, approved [], refund_due #1 129.00 (lamp#1 129.00), refund_ordered #1, +refund_execution till 2 10:05
        0 10:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 2 10:06
        1 10:00  buyer B.open → opened 129.00 for lamp#2 by no right (not_met), return freight buyer, +decision till 3 10:00, +closure_goal till 5 00:00, reply_due, +first_reply till 2 10:00, +reply_target till 1 12:00
        A: closed refunded; paid 129.00; clocks follow_up 2 10:06
        B: awaiting_decision; no money; clocks decision 3 10:00, first_reply 2 10:00, reply_target 1 12:00, closure_goal 5 00:00
        ledger: goods 129.00
        ",
    );
}
