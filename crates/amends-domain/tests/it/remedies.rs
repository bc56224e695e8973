//! Remedies: options with their costs, what is refused, the buyer's answer, and what was agreed to its end.
//!
//! Must not know: clocks of returns. The language is in `language`.

use crate::language::check_whole;

#[test]
fn three_options_stand_side_by_side_with_what_they_cost() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, delivered
        0 10:00 buyer open return_and_refund quality lamp×1 photos 1
        0 10:05 agent offer REM-RETURN | REM-EXCHANGE | REM-PARTIAL amount 25.00
        0 10:10 buyer choose 3
        0 10:11 provider paid
        ",
        "
        0 10:00  buyer open → opened 100.00 for lamp#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-RETURN return_and_refund 100.00 freight shop costs 78.00 | REM-EXCHANGE exchange freight shop costs 86.00 | REM-PARTIAL refund_only 25.00 costs 25.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed partial_refund (REM-PARTIAL), -decision, approved [REM-PARTIAL], refund_due #1 25.00 (lamp#1 25.00), refund_ordered #1, +refund_execution till 2 10:10
        0 10:11  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 2 10:11
        A: closed refunded; paid 25.00; clocks follow_up 2 10:11
        ledger: goods 25.00
        ",
    );
}

#[test]
fn what_is_not_met_or_unknown_is_not_offered_and_says_why() {
    check_whole(
        "
        order lamp 1 × 100.00, delivered
        20 10:00 buyer open return_and_refund quality lamp×1 photos 1
        20 10:05 agent offer REM-RETURN
        20 10:06 agent offer REM-RETURN-10
        20 10:07 agent offer REM-TRIAL
        20 10:08 agent offer REM-PARTIAL | REM-RETURN | REM-EXCHANGE | REM-KEEP
        ",
        "
        20 10:00  buyer open → opened 100.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 22 10:00, +closure_goal till 24 00:00, reply_due, +first_reply till 21 10:00, +reply_target till 20 12:00
        20 10:05  agent offer → ✗ remedy_not_met: clause REM-RETURN is NotMet: days_since_receipt <= 15d
        20 10:06  agent offer → ✗ remedy_not_met: clause REM-RETURN-10 is NotMet: fault = confirmed; days_since_receipt <= 15d
        20 10:07  agent offer → ✗ remedy_not_met: clause REM-TRIAL is NotMet: category in [skincare, food, appliance]
        20 10:08  agent offer → ✗ options_count: 4 options, 1 to 3 can be offered at once
        A: awaiting_decision; no money; clocks decision 22 10:00, first_reply 21 10:00, reply_target 20 12:00, closure_goal 24 00:00
        ledger:
        ",
    );
}

#[test]
fn an_offer_that_was_replaced_is_not_taken() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, delivered
        0 10:00 buyer open return_and_refund quality lamp×1 photos 1
        0 10:05 agent offer REM-PARTIAL
        0 10:06 agent offer REM-PARTIAL amount 20.00
        0 10:07 buyer choose 1 #1
        0 10:08 buyer choose 2 #2
        0 10:09 buyer choose 1 #2
        0 10:10 provider paid
        ",
        "
        0 10:00  buyer open → opened 100.00 for lamp#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-PARTIAL refund_only 10.00 costs 10.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:06  agent offer → -offer_answer, offered #2: REM-PARTIAL refund_only 20.00 costs 20.00, +offer_answer till 2 10:06
        0 10:07  buyer choose → ✗ offer_replaced: this offer was replaced by number 2
        0 10:08  buyer choose → ✗ no_such_option: there is no option 2
        0 10:09  buyer choose → -offer_answer, agreed partial_refund (REM-PARTIAL), -decision, approved [REM-PARTIAL], refund_due #1 20.00 (lamp#1 20.00), refund_ordered #1, +refund_execution till 2 10:09
        0 10:10  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 2 10:10
        A: closed refunded; paid 20.00; clocks follow_up 2 10:10
        ledger: goods 20.00
        ",
    );
}

#[test]
fn a_declined_offer_waits_for_another_nearer_the_wish() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, delivered
        0 10:00 buyer open return_and_refund quality lamp×1 photos 1
        0 10:05 agent offer REM-PARTIAL
        0 10:10 buyer decline 太少 wish 50.00
        0 10:11 buyer choose 1
        0 10:15 agent offer REM-PARTIAL middle
        2 10:15 wait
        2 11:00 agent message 方案您看了吗
        2 11:30 buyer choose 1
        ",
        "
        0 10:00  buyer open → opened 100.00 for lamp#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-PARTIAL refund_only 10.00 costs 10.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer decline → -offer_answer, offer_declined #1 wish 50.00, reply_due, +first_reply till 1 10:10, +reply_target till 0 12:10
        0 10:11  buyer choose → ✗ not_now: this cannot be done while the case is AwaitingDecision
        0 10:15  agent offer → offered #2: REM-PARTIAL refund_only 30.00 costs 30.00, +offer_answer till 2 10:15, -first_reply, -reply_target, replied
        1 22:00  decision warning → warned of decision
        1 22:15  offer_answer warning → warned of offer_answer
        2 10:00  decision expiry → decision over (CLK-2: approve), -offer_answer, approved [CLK-2], +return_shipment till 13 00:00
        2 11:00  agent message → text_added
        2 11:30  buyer choose → ✗ not_now: this cannot be done while the case is AwaitingReturn
        A: awaiting_return; no money; clocks return_shipment 13 00:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn an_unanswered_offer_does_not_stop_the_platforms_clock() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1 photos 1
        0 10:05 agent offer REM-PARTIAL
        2 10:00 wait
        2 10:01 buyer choose 1
        ",
        "
        0 10:00  buyer open → opened 100.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-PARTIAL refund_only 10.00 costs 10.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        1 22:00  decision warning → warned of decision
        1 22:05  offer_answer warning → warned of offer_answer
        2 10:00  decision expiry → decision over (CLK-2: approve), -offer_answer, approved [CLK-2], refund_due #1 100.00 (lamp#1 100.00), refund_ordered #1, +refund_execution till 4 10:00
        2 10:01  buyer choose → ✗ not_now: this cannot be done while the case is RefundOnTheWay
        A: refund_on_the_way; ordered; clocks refund_execution 4 10:00, closure_goal 4 00:00
        ledger: held 100.00
        ",
    );
}

#[test]
fn an_option_is_not_taken_once_the_request_was_granted() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, delivered
        0 10:00 buyer open return_and_refund quality lamp×1 photos 1
        0 10:05 agent offer REM-PARTIAL
        0 10:06 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect lamp=0/1/0
        2 09:05 buyer choose 1
        2 10:00 agent send_back SF 2001
        ",
        "
        0 10:00  buyer open → opened 100.00 for lamp#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-PARTIAL refund_only 10.00 costs 10.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:06  agent approve → -decision, -offer_answer, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected not ok: lamp#1, +send_back till 4 09:00
        2 09:05  buyer choose → ✗ not_now: this cannot be done while the case is AwaitingSendBack
        2 10:00  agent send_back → -send_back, sent_back, -closure_goal, closed nothing_accepted
        A: closed nothing_accepted; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn an_option_falls_away_with_a_refusal() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1 photos 1
        0 10:05 agent offer REM-PARTIAL
        0 10:06 agent refuse amount_unfounded
        0 10:07 buyer choose 1
        0 10:10 agent offer REM-PARTIAL amount 30.00
        0 10:15 buyer choose 1
        ",
        "
        0 10:00  buyer open → opened 100.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-PARTIAL refund_only 10.00 costs 10.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:06  agent refuse → -decision, -offer_answer, refused amount_unfounded (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        0 10:07  buyer choose → ✗ not_now: this cannot be done while the case is Refused
        0 10:10  agent offer → offered #2: REM-PARTIAL refund_only 30.00 costs 30.00, +offer_answer till 2 10:10
        0 10:15  buyer choose → -offer_answer, agreed partial_refund (REM-PARTIAL), -refusal_answer, approved [REM-PARTIAL], refund_due #1 30.00 (lamp#1 30.00), refund_ordered #1, +refund_execution till 2 10:15
        A: refund_on_the_way; ordered; clocks refund_execution 2 10:15, closure_goal 4 00:00
        ledger: held 30.00
        ",
    );
}

#[test]
fn a_reissue_is_sent_and_received() {
    check_whole(
        "
        order socks 3 × 25.00 sent 2 in clothing, delivered
        0 10:00 buyer open refund_only missing_parts socks×1
        0 10:05 agent offer REM-REISSUE
        0 10:10 buyer choose 1
        0 15:00 agent ship_replacement SF 2001
        2 10:00 buyer confirm
        ",
        "
        0 10:00  buyer open → opened 25.00 for socks#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-REISSUE reissue costs 33.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed reissue (REM-REISSUE), -decision, approved [REM-REISSUE], replacement_due, +replacement_dispatch till 2 10:10
        0 15:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 16 00:00
        2 10:00  buyer confirm → -replacement_receipt, replacement_received, -closure_goal, closed reissued, follow_up_due, +follow_up till 4 10:00
        A: closed reissued; no money; clocks follow_up 4 10:00
        ledger:; socks 1 replaced
        ",
    );
}

#[test]
fn a_return_with_a_tenth_on_top_is_bounded_by_its_own_clause() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, delivered
        0 10:00 buyer open complaint quality lamp×1 photos 1
        0 10:05 agent find maker 100 fault confirmed
        0 10:06 agent offer REM-RETURN-10 comp 30.01
        0 10:07 agent offer REM-RETURN-10 comp 30.00
        0 10:10 buyer choose 1
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect lamp=1/0/0 freight 8.00
        2 09:05 agent refund
        2 09:06 provider paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent find → found maker 100% fault confirmed by no right (not_met), return freight buyer
        0 10:06  agent offer → ✗ remedy_amount: 30.01 CNY asked, clause REM-RETURN-10 allows 10.00 CNY to 30.00 CNY
        0 10:07  agent offer → offered #1: REM-RETURN-10 return_and_refund 100.00 +30.00 freight shop costs 108.00, +offer_answer till 2 10:07, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed return_and_refund (REM-RETURN-10), -decision, approved [REM-RETURN-10] +30.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: lamp#1; return freight 8.00, refund_due #1 138.00 (lamp#1 100.00, return freight 8.00, compensation 30.00), +refund_execution till 4 09:00
        2 09:05  agent refund → refund_ordered #1
        2 09:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 4 09:06
        A: closed refunded; paid 138.00; clocks follow_up 4 09:06
        ledger: goods 100.00 return freight 8.00 compensation 30.00; lamp 1 back
        ",
    );
}

#[test]
fn of_what_was_agreed_on_top_the_part_that_came_back_is_paid() {
    check_whole(
        "
        order phone 2 × 1000.00 in electronics, delivered
        0 10:00 buyer open return_and_refund quality phone×2 photos 1
        0 10:05 agent offer REM-REFUND-50
        0 10:10 buyer choose 1
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect phone=1/0/1
        2 09:05 agent refund
        2 09:06 provider paid
        ",
        "
        0 10:00  buyer open → opened 2000.00 for phone#1 phone#2 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00, assessed medium [LVL-VALUE]
        0 10:05  agent offer → offered #1: REM-REFUND-50 return_and_refund 2000.00 +50.00 freight shop costs 1458.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed goodwill (REM-REFUND-50), -decision, approved [REM-REFUND-50] +50.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: phone#1; missing: phone#2, refund_due #1 1025.00 (phone#1 1000.00, compensation 25.00), +refund_execution till 4 09:00
        2 09:05  agent refund → refund_ordered #1
        2 09:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 4 09:06
        A: closed refunded; paid 1025.00; clocks follow_up 4 09:06
        ledger: goods 1000.00 compensation 25.00; phone 1 back
        ",
    );
}

#[test]
fn steps_come_once_goods_and_money_have_moved_and_before_it_closes() {
    check_whole(
        "
        order dress 1 × 399.00 in clothing, delivered
        0 10:00 buyer open return_and_refund not_as_described dress×1
        0 10:05 agent offer REM-COUPON-50
        0 10:10 buyer choose 1
        8 09:00 buyer ship SF 1001
        9 09:00 agent inspect dress=1/0/0
        9 09:05 agent refund
        9 09:06 provider paid
        11 10:00 wait
        11 10:30 supervisor step 1 COUPON
        11 10:31 supervisor step 1 COUPON
        ",
        "
        0 10:00  buyer open → opened 399.00 for dress#1 by LAW-24, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-COUPON-50 return_and_refund 399.00 and coupon freight buyer costs 329.30, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed coupon (REM-COUPON-50), -decision, approved [REM-COUPON-50], +return_shipment till 11 00:00
        4 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        8 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 14 00:00
        9 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, refund_due #1 399.00 (dress#1 399.00), +refund_execution till 11 09:00
        9 09:05  agent refund → refund_ordered #1
        9 09:06  provider paid → -refund_execution, refund_paid #1, +remedy_step till 11 09:06
        10 21:06  remedy_step warning → warned of remedy_step
        11 09:06  remedy_step expiry → remedy_step over (SVC-STEP: escalate), escalated to supervisor
        11 10:30  supervisor step → step_done 1, closed refunded, follow_up_due, +follow_up till 13 10:30
        11 10:31  supervisor step → ✗ case_closed: the case is closed
        A: closed refunded; paid 399.00; clocks follow_up 13 10:30
        ledger: goods 399.00; dress 1 back
        ",
    );
}

#[test]
fn a_step_may_be_done_early() {
    check_whole(
        "
        order dress 1 × 399.00 in clothing, delivered
        0 10:00 buyer open return_and_refund not_as_described dress×1
        0 10:05 agent offer REM-COUPON-50
        0 10:10 buyer choose 1
        0 10:15 agent step 1 COUPON
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 09:05 agent refund
        2 09:06 provider paid
        ",
        "
        0 10:00  buyer open → opened 399.00 for dress#1 by LAW-24, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-COUPON-50 return_and_refund 399.00 and coupon freight buyer costs 329.30, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed coupon (REM-COUPON-50), -decision, approved [REM-COUPON-50], +return_shipment till 11 00:00
        0 10:15  agent step → step_done 1
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, refund_due #1 399.00 (dress#1 399.00), +refund_execution till 4 09:00
        2 09:05  agent refund → refund_ordered #1
        2 09:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 4 09:06
        A: closed refunded; paid 399.00; clocks follow_up 4 09:06
        ledger: goods 399.00; dress 1 back
        ",
    );
}

#[test]
fn steps_fall_away_when_nothing_could_be_accepted() {
    check_whole(
        "
        order dress 1 × 399.00 in clothing, delivered
        0 10:00 buyer open return_and_refund not_as_described dress×1
        0 10:05 agent offer REM-COUPON-50
        0 10:10 buyer choose 1
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=0/0/1
        ",
        "
        0 10:00  buyer open → opened 399.00 for dress#1 by LAW-24, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-COUPON-50 return_and_refund 399.00 and coupon freight buyer costs 329.30, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed coupon (REM-COUPON-50), -decision, approved [REM-COUPON-50], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected missing: dress#1, -closure_goal, closed nothing_accepted
        A: closed nothing_accepted; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn steps_fall_away_when_an_exchange_becomes_a_refund() {
    check_whole(
        "
        order phone 1 × 1000.00 in electronics, delivered
        0 10:00 buyer open return_and_refund quality phone×1 photos 1
        0 10:05 agent offer REM-NEW-COVER
        0 10:10 buyer choose 1
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect phone=1/0/0
        2 10:00 agent convert
        2 10:05 agent refund
        2 10:06 provider paid
        ",
        "
        0 10:00  buyer open → opened 1000.00 for phone#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00, assessed medium [LVL-VALUE]
        0 10:05  agent offer → offered #1: REM-NEW-COVER exchange and warranty freight shop costs 746.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed warranty (REM-NEW-COVER), -decision, approved [REM-NEW-COVER], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: phone#1, replacement_due, +replacement_dispatch till 4 09:00
        2 10:00  agent convert → -replacement_dispatch, converted_to_refund 1000.00, refund_due #1 1000.00 (phone#1 1000.00), +refund_execution till 4 10:00
        2 10:05  agent refund → refund_ordered #1
        2 10:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 4 10:06
        A: closed refunded; paid 1000.00; clocks follow_up 4 10:06
        ledger: goods 1000.00; phone 1 back
        ",
    );
}

#[test]
fn a_trial_that_worked_settles_it() {
    check_whole(
        "
        order cream 1 × 168.00 in skincare, delivered
        0 10:00 buyer open return_and_refund quality cream×1 photos 1
        0 10:05 agent offer REM-TRIAL
        0 10:10 buyer choose 1
        0 10:11 agent approve
        0 10:12 agent offer REM-RETURN
        8 00:00 wait
        8 09:00 agent trial worked
        ",
        "
        0 10:00  buyer open → opened 168.00 for cream#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-TRIAL compensation costs 0.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed trial (REM-TRIAL), -decision, trial_started, +trial till 8 00:00
        0 10:11  agent approve → ✗ not_now: this cannot be done while the case is OnTrial
        0 10:12  agent offer → ✗ not_now: this cannot be done while the case is OnTrial
        4 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        7 00:00  trial warning → warned of trial
        8 00:00  trial expiry → trial over (CLK-19: remind), escalated to agent
        8 09:00  agent trial → trial worked, closed resolved, follow_up_due, +follow_up till 10 09:00
        A: closed resolved; no money; clocks follow_up 10 09:00
        ledger:
        ",
    );
}

#[test]
fn a_trial_that_failed_binds_nobody() {
    check_whole(
        "
        order cream 1 × 168.00 in skincare, delivered
        0 10:00 buyer open return_and_refund quality cream×1 photos 1
        0 10:05 agent offer REM-TRIAL
        0 10:10 buyer choose 1
        3 09:00 buyer trial failed
        3 09:10 agent approve comp 50.41
        3 09:11 agent approve comp 50.40
        ",
        "
        0 10:00  buyer open → opened 168.00 for cream#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-TRIAL compensation costs 0.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed trial (REM-TRIAL), -decision, trial_started, +trial till 8 00:00
        3 09:00  buyer trial → -trial, trial failed, reply_due, +first_reply till 4 09:00, +reply_target till 3 11:00, +decision till 5 09:00
        3 09:10  agent approve → ✗ compensation_without_clause: compensation of 50.41 CNY, at most 50.40 CNY
        3 09:11  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-2] +50.40, +return_shipment till 14 00:00
        A: awaiting_return; no money; clocks return_shipment 14 00:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn a_refused_buyer_who_tries_has_his_windows_stand_still() {
    check_whole(
        "
        order cream 1 × 168.00 in skincare, delivered
        20 10:00 buyer open return_and_refund quality cream×1
        20 10:05 agent refuse past_window
        20 10:10 agent offer REM-TRIAL
        20 10:15 buyer choose 1
        26 10:00 agent trial failed
        ",
        "
        20 10:00  buyer open → opened 168.00 for cream#1 by no right (not_met), return freight buyer, +decision till 22 10:00, +closure_goal till 24 00:00, reply_due, +first_reply till 21 10:00, +reply_target till 20 12:00
        20 10:05  agent refuse → -first_reply, -reply_target, replied, -decision, refused past_window (next: renew ask_intervention withdraw), +refusal_answer till 28 00:00
        20 10:10  agent offer → offered #1: REM-TRIAL compensation costs 0.00, +offer_answer till 22 10:10
        20 10:15  buyer choose → -offer_answer, agreed trial (REM-TRIAL), -refusal_answer, trial_started, +trial till 28 00:00
        24 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        26 10:00  agent trial → -trial, trial failed, +refusal_answer till 34 00:00
        A: refused; no money; clocks refusal_answer 34 00:00
        ledger:
        ",
    );
}

#[test]
fn spoiled_returns_are_bought_back_and_nothing_else_is_offered_for_them() {
    check_whole(
        "
        order dress 2 × 200.00 in clothing, delivered
        1 10:00 buyer open return_and_refund not_as_described dress×2
        1 10:05 agent approve
        2 09:00 buyer ship SF 1001
        3 09:00 agent inspect dress=1/1/0
        3 09:01 agent offer REM-BUYBACK
        3 09:05 agent refund
        3 09:06 provider paid
        3 09:10 agent offer REM-RETURN
        3 09:11 agent offer REM-EXCHANGE
        3 09:12 agent offer REM-BUYBACK amount 140.01
        3 09:13 agent offer REM-BUYBACK amount 140.00
        3 10:00 buyer choose 1
        3 10:05 agent refund
        3 10:06 provider paid
        ",
        "
        1 10:00  buyer open → opened 400.00 for dress#1 dress#2 by LAW-24, return freight shop, +decision till 3 10:00, +closure_goal till 5 00:00, reply_due, +first_reply till 2 10:00, +reply_target till 1 12:00
        1 10:05  agent approve → -first_reply, -reply_target, replied, -decision, approved [LAW-24], +return_shipment till 12 00:00
        2 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        3 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; not ok: dress#2, +send_back till 5 09:00, refund_due #1 200.00 (dress#1 200.00), +refund_execution till 5 09:00
        3 09:01  agent offer → ✗ not_now: this cannot be done while the case is AwaitingRefund
        3 09:05  agent refund → refund_ordered #1
        3 09:06  provider paid → -refund_execution, refund_paid #1
        3 09:10  agent offer → ✗ no_such_remedy: there is no remedy REM-RETURN for this case
        3 09:11  agent offer → ✗ no_such_remedy: there is no remedy REM-EXCHANGE for this case
        3 09:12  agent offer → ✗ remedy_amount: 140.01 CNY asked, clause REM-BUYBACK allows 60.00 CNY to 140.00 CNY
        3 09:13  agent offer → offered #1: REM-BUYBACK return_and_refund 140.00 freight buyer costs 80.00, +offer_answer till 5 09:13
        3 10:00  buyer choose → -offer_answer, -send_back, bought_back 140.00 (REM-BUYBACK), refund_due #2 140.00 (dress#2 140.00), +refund_execution till 5 10:00
        3 10:05  agent refund → refund_ordered #2
        3 10:06  provider paid → -refund_execution, refund_paid #2, -closure_goal, closed refunded, follow_up_due, +follow_up till 5 10:06
        A: closed refunded; paid 140.00; clocks follow_up 5 10:06
        ledger: goods 340.00; dress 2 back
        ",
    );
}

#[test]
fn sending_back_ends_the_offer_to_buy_back() {
    check_whole(
        "
        order dress 1 × 200.00 in clothing, delivered
        1 10:00 buyer open return_and_refund not_as_described dress×1
        1 10:05 agent approve
        2 09:00 buyer ship SF 1001
        3 09:00 agent inspect dress=0/1/0
        3 09:10 agent offer REM-BUYBACK
        3 10:00 agent send_back SF 2001
        ",
        "
        1 10:00  buyer open → opened 200.00 for dress#1 by LAW-24, return freight shop, +decision till 3 10:00, +closure_goal till 5 00:00, reply_due, +first_reply till 2 10:00, +reply_target till 1 12:00
        1 10:05  agent approve → -first_reply, -reply_target, replied, -decision, approved [LAW-24], +return_shipment till 12 00:00
        2 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        3 09:00  agent inspect → -receipt_confirmation, inspected not ok: dress#1, +send_back till 5 09:00
        3 09:10  agent offer → offered #1: REM-BUYBACK return_and_refund 60.00 freight buyer costs 0.00, +offer_answer till 5 09:10
        3 10:00  agent send_back → -send_back, -offer_answer, sent_back, -closure_goal, closed nothing_accepted
        A: closed nothing_accepted; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn a_paid_repair_leaves_once_it_is_paid_for_what_came() {
    check_whole(
        "
        order tablet 2 × 999.00 in electronics, delivered
        60 10:00 buyer open repair quality tablet×2 photos 1
        60 10:05 agent find buyer 100 fault refuted
        60 10:10 agent offer REM-REPAIR-PAID
        60 10:20 buyer choose 1
        61 09:00 buyer ship SF 1001
        62 09:00 agent inspect tablet=1/0/1
        62 10:00 agent ship_repaired SF 2001
        62 11:00 supervisor pay_difference 40.00
        64 10:00 agent ship_repaired SF 2001
        66 10:00 buyer confirm
        66 10:10 agent step 1 WARRANTY
        ",
        "
        60 10:00  buyer open → opened 0.00 for tablet#1 tablet#2 by ELG-6, return freight shop, +decision till 62 10:00, +closure_goal till 64 00:00, reply_due, +first_reply till 61 10:00, +reply_target till 60 12:00, assessed medium [LVL-VALUE]
        60 10:05  agent find → found buyer 100% fault refuted by no right (not_met), return freight buyer
        60 10:10  agent offer → offered #1: REM-REPAIR-PAID repair buyer pays 80.00 and warranty freight buyer costs -72.00, +offer_answer till 62 10:10, -first_reply, -reply_target, replied
        60 10:20  buyer choose → -offer_answer, agreed paid_repair (REM-REPAIR-PAID), -decision, approved [REM-REPAIR-PAID], +return_shipment till 71 00:00
        61 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 67 00:00
        62 09:00  agent inspect → -receipt_confirmation, inspected ok: tablet#1; missing: tablet#2, repair_due, +repair till 83 00:00, difference_owed 40.00
        62 10:00  agent ship_repaired → ✗ not_now: this cannot be done while the case is AwaitingDifference
        62 11:00  supervisor pay_difference → difference_paid 40.00
        64 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        64 10:00  agent ship_repaired → -repair, repaired_shipped, +replacement_receipt till 80 00:00
        66 10:00  buyer confirm → -replacement_receipt, repaired_received, +remedy_step till 68 10:00
        66 10:10  agent step → -remedy_step, step_done 1, closed repaired, follow_up_due, +follow_up till 68 10:10
        A: closed repaired; difference_paid; clocks follow_up 68 10:10
        ledger: repairs 40.00
        ",
    );
}

#[test]
fn a_higher_model_costs_the_buyer_half_the_gap_and_a_cheaper_one_gives_him_the_whole() {
    check_whole(
        "
        order phone 1 × 1000.00 in electronics, delivered
        product pro 1501.00
        product mini 800.00
        0 10:00 buyer open return_and_refund quality phone×1 photos 1
        0 10:05 agent offer REM-HIGHER for pro | REM-HIGHER for mini | REM-EXCHANGE for pro
        0 10:10 buyer choose 2
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect phone=1/0/0
        2 10:00 agent refund
        2 10:01 provider paid
        2 11:00 agent ship_replacement SF 2001
        4 10:00 buyer confirm
        ",
        "
        0 10:00  buyer open → opened 1000.00 for phone#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00, assessed medium [LVL-VALUE]
        0 10:05  agent offer → offered #1: REM-HIGHER exchange buyer pays 250.50 freight shop costs 966.50 | REM-HIGHER exchange freight shop costs 716.00 | REM-EXCHANGE exchange freight shop costs 716.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed higher_model (REM-HIGHER), -decision, approved [REM-HIGHER], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: phone#1, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 200.00 (phone#1 200.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:01  provider paid → -refund_execution, refund_paid #1
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        4 10:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 10:00
        A: closed exchanged; paid 200.00; clocks follow_up 6 10:00
        ledger: goods 200.00; phone 1 replaced
        ",
    );
}

#[test]
fn authority_counts_what_is_let_off_and_what_is_given_beside() {
    check_whole(
        "
        order phone 1 × 1000.00 in electronics, delivered
        product pro 1500.00
        product mini 800.00
        limit 200.00
        limit supervisor 249.99
        0 10:00 buyer open return_and_refund quality phone×1 photos 1
        0 10:05 agent offer REM-HIGHER for pro
        0 10:06 supervisor offer REM-HIGHER for pro
        0 10:07 agent offer REM-EXCHANGE for mini
        0 10:08 agent offer REM-EXCHANGE for pro
        0 10:09 agent offer REM-NEW-COVER
        0 10:10 agent offer REM-RETURN
        ",
        "
        0 10:00  buyer open → opened 1000.00 for phone#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00, assessed medium [LVL-VALUE]
        0 10:05  agent offer → ✗ above_authority: 250.00 CNY is above the limit of 200.00 CNY; a supervisor may grant it
        0 10:06  supervisor offer → ✗ above_authority: 250.00 CNY is above the limit of 249.99 CNY; a manager may grant it
        0 10:07  agent offer → offered #1: REM-EXCHANGE exchange freight shop costs 716.00, +offer_answer till 2 10:07, -first_reply, -reply_target, replied
        0 10:08  agent offer → -offer_answer, offered #2: REM-EXCHANGE exchange freight shop costs 716.00, +offer_answer till 2 10:08
        0 10:09  agent offer → -offer_answer, offered #3: REM-NEW-COVER exchange and warranty freight shop costs 746.00, +offer_answer till 2 10:09
        0 10:10  agent offer → ✗ above_authority: 1000.00 CNY is above the limit of 200.00 CNY; a supervisor may grant it
        A: awaiting_choice; no money; clocks decision 2 10:00, closure_goal 4 00:00, offer_answer 2 10:09
        ledger:
        ",
    );
}

#[test]
fn goods_come_back_only_from_who_has_them() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, dispatched
        0 10:00 buyer open refund_only quality lamp×1
        0 10:05 agent offer REM-RETURN
        0 10:06 agent offer REM-PARTIAL
        ",
        "
        0 10:00  buyer open → opened 100.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → ✗ not_delivered: the order has not been delivered, so nothing can be returned or exchanged yet
        0 10:06  agent offer → ✗ remedy_not_met: clause REM-PARTIAL is Unknown: days_since_receipt <= 15d
        A: awaiting_decision; no money; clocks decision 2 10:00, first_reply 1 10:00, reply_target 0 12:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn goodwill_for_the_same_goods_is_had_once() {
    check_whole(
        "
        order lamp 1 × 100.00 in home, delivered
        0 10:00 buyer open complaint service lamp×1
        0 10:05 agent offer REM-GOODWILL comp 20.00
        0 10:10 buyer choose 1
        0 10:11 provider paid
        1 10:00 buyer B.open complaint service lamp×1 new_fault
        1 10:05 agent B.offer REM-GOODWILL-GRAVE comp 40.01
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-GOODWILL compensation +20.00 costs 20.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed goodwill (REM-GOODWILL), -decision, approved [REM-GOODWILL] +20.00, refund_due #1 20.00 (compensation 20.00), refund_ordered #1, +refund_execution till 2 10:10
        0 10:11  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed compensated, follow_up_due, +follow_up till 2 10:11
        1 10:00  buyer B.open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 3 10:00, +closure_goal till 5 00:00, reply_due, +first_reply till 2 10:00, +reply_target till 1 12:00, assessed medium [LVL-REPEAT], passed_up to supervisor for severity, +upward_answer till 4 00:00
        1 10:05  agent B.offer → ✗ remedy_amount: 40.01 CNY asked, clause REM-GOODWILL-GRAVE allows 0.00 CNY to 40.00 CNY
        A: closed compensated; paid 20.00; clocks follow_up 2 10:11
        B: awaiting_answer; no money; clocks decision 3 10:00, first_reply 2 10:00, reply_target 1 12:00, upward_answer 4 00:00, closure_goal 5 00:00; with supervisor
        ledger: compensation 20.00
        ",
    );
}
