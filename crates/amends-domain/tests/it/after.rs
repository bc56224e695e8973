//! What comes after: answers, follow-ups, money that arrives, cases opened again.
//!
//! Must not know: how a remedy runs. The language is in `language`.

use crate::language::check_whole;

#[test]
fn a_complaint_is_settled_and_the_buyer_asked_afterwards() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 11:00 agent resolve 已道歉并调整排班
        1 11:00 wait
        1 15:00 buyer follow_up 5
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 11:00  agent resolve → -first_reply, -reply_target, replied, resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 11:00
        1 11:00  follow_up warning → warned of follow_up
        1 15:00  buyer follow_up → -follow_up, follow_up_recorded
        A: closed resolved; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn after_a_heated_case_there_are_three_days_to_ask() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:05 supervisor assess heat high
        0 11:00 supervisor resolve 已道歉
        3 12:00 supervisor follow_up 4
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  supervisor assess → assessed high [LVL-HEAT]
        0 11:00  supervisor resolve → -first_reply, -reply_target, replied, resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 4 00:00
        2 00:00  follow_up warning → warned of follow_up
        3 12:00  supervisor follow_up → -follow_up, follow_up_recorded
        A: closed resolved; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn a_case_that_is_opened_again_asks_for_what_it_did_not_get() {
    check_whole(
        "
        order lamp 2 × 100.00 in home, freight 10.00, delivered
        0 10:00 buyer open return_and_refund quality lamp×2 photos 1
        0 10:10 agent approve
        1 09:00 buyer ship SF 1001
        3 09:00 agent inspect lamp=1/0/1
        3 09:10 agent refund
        3 09:11 provider paid
        4 10:00 agent reopen 第二件找到了
        4 10:10 agent approve
        5 09:00 buyer ship SF 1002
        6 09:00 agent inspect lamp=1/0/0
        6 09:10 agent refund
        6 09:11 provider paid
        ",
        "
        0 10:00  buyer open → opened 200.00 for lamp#1 lamp#2 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        3 09:00  agent inspect → -receipt_confirmation, inspected ok: lamp#1; missing: lamp#2, refund_due #1 100.00 (lamp#1 100.00), +refund_execution till 5 09:00
        3 09:10  agent refund → refund_ordered #1
        3 09:11  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 5 09:11
        4 09:11  follow_up warning → warned of follow_up
        4 10:00  agent reopen → -follow_up, reopened 1 units 100.00 by ELG-2 (met), return freight shop, +decision till 6 10:00, +closure_goal till 8 00:00
        4 10:10  agent approve → -decision, approved [ELG-2], +return_shipment till 15 00:00
        5 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 11 00:00
        6 09:00  agent inspect → -receipt_confirmation, inspected ok: lamp#2, refund_due #2 100.00 (lamp#2 100.00), +refund_execution till 8 09:00
        6 09:10  agent refund → refund_ordered #2
        6 09:11  provider paid → -refund_execution, refund_paid #2, -closure_goal, closed refunded, follow_up_due, +follow_up till 8 09:11
        A: closed refunded; paid 100.00; clocks follow_up 8 09:11
        ledger: goods 200.00; lamp 2 back
        ",
    );
}

#[test]
fn a_complaint_opened_again_is_a_complaint_and_not_its_remedy() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service lamp×1
        0 10:05 agent offer REM-GOODWILL comp 20.00
        0 10:10 buyer choose 1
        0 10:11 provider paid
        1 10:00 agent reopen 又怠慢了
        1 10:05 agent offer REM-GOODWILL comp 20.00
        1 10:06 agent offer REM-GOODWILL
        3 10:00 wait
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent offer → offered #1: REM-GOODWILL compensation +20.00 costs 20.00, +offer_answer till 2 10:05, -first_reply, -reply_target, replied
        0 10:10  buyer choose → -offer_answer, agreed goodwill (REM-GOODWILL), -decision, approved [REM-GOODWILL] +20.00, refund_due #1 20.00 (compensation 20.00), refund_ordered #1, +refund_execution till 2 10:10
        0 10:11  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed compensated, follow_up_due, +follow_up till 2 10:11
        1 10:00  agent reopen → -follow_up, reopened 1 units 0.00 by no right (not_met), return freight buyer, +decision till 3 10:00, +closure_goal till 5 00:00
        1 10:05  agent offer → ✗ remedy_amount: 20.00 CNY asked, clause REM-GOODWILL allows 0.00 CNY to 0.00 CNY
        1 10:06  agent offer → ✗ remedy_amount: 5.00 CNY asked, clause REM-GOODWILL allows 0.00 CNY to 0.00 CNY
        2 22:00  decision warning → warned of decision
        3 10:00  decision expiry → decision over (CLK-2: escalate), escalated to supervisor
        A: awaiting_answer; no money; clocks closure_goal 5 00:00; with supervisor
        ledger: compensation 20.00
        ",
    );
}

#[test]
fn a_part_that_was_paid_is_not_asked_again() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1 amount 29.00
        0 10:05 agent approve
        0 10:06 provider paid
        1 10:00 agent reopen
        1 10:05 agent approve
        ",
        "
        0 10:00  buyer open → opened 29.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent approve → -first_reply, -reply_target, replied, -decision, approved [], refund_due #1 29.00 (lamp#1 29.00), refund_ordered #1, +refund_execution till 2 10:05
        0 10:06  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 2 10:06
        1 10:00  agent reopen → -follow_up, reopened 1 units 0.00 by no right (not_met), return freight buyer, +decision till 3 10:00, +closure_goal till 5 00:00
        1 10:05  agent approve → -decision, approved [], -closure_goal, closed refunded, follow_up_due, +follow_up till 3 10:05
        A: closed refunded; no money; clocks follow_up 3 10:05
        ledger: goods 29.00
        ",
    );
}

#[test]
fn a_case_is_opened_again_twice_at_most() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:05 agent resolve
        0 10:10 agent reopen
        0 10:15 agent resolve
        0 10:20 agent reopen
        0 10:25 agent resolve
        0 10:30 agent reopen
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent resolve → -first_reply, -reply_target, replied, resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 10:05
        0 10:10  agent reopen → -follow_up, reopened 0 units 0.00 by no right (not_met), return freight buyer, +decision till 2 10:10, +closure_goal till 4 00:00
        0 10:15  agent resolve → resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 10:15
        0 10:20  agent reopen → -follow_up, reopened 0 units 0.00 by no right (not_met), return freight buyer, +decision till 2 10:20, +closure_goal till 4 00:00
        0 10:25  agent resolve → resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 10:25
        0 10:30  agent reopen → ✗ too_many_reopenings: a closed case can be opened again 2 times
        A: closed resolved; no money; clocks follow_up 2 10:25
        ledger:
        ",
    );
}

#[test]
fn goods_another_case_has_claimed_are_not_claimed_by_opening_again() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open exchange quality lamp×1 photos 1
        0 10:05 buyer withdraw
        0 10:10 buyer B.open return_and_refund quality lamp×1 photos 1
        0 10:20 agent reopen
        0 10:21 agent approve
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by ELG-2, return freight shop, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  buyer withdraw → -first_reply, -reply_target, replied, -decision, -closure_goal, closed withdrawn
        0 10:10  buyer B.open → opened 129.00 for lamp#1 by ELG-2, return freight shop, +decision till 2 10:10, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:10, +reply_target till 0 12:10, assessed medium [LVL-REPEAT], passed_up to supervisor for severity, +upward_answer till 3 00:00
        0 10:20  agent reopen → reopened 0 units 0.00 by ELG-2 (met), return freight shop, +decision till 2 10:20, +closure_goal till 4 00:00
        0 10:21  agent approve → -decision, approved [ELG-2], -closure_goal, closed nothing_left, follow_up_due, +follow_up till 2 10:21
        A: closed nothing_left; no money; clocks follow_up 2 10:21
        B: awaiting_decision; no money; clocks decision 2 10:10, first_reply 1 10:10, reply_target 0 12:10, upward_answer 3 00:00, closure_goal 4 00:00; with supervisor
        ledger:
        ",
    );
}

#[test]
fn alipay_has_the_money_at_once_and_a_card_in_seven_working_days() {
    check_whole(
        "
        shop 09:00-18:00 working_days
        order lamp 1 × 129.00 in home, delivered, by debit_card, day -18
        -17 10:00 buyer open refund_only quality lamp×1
        -17 10:10 agent approve
        -17 10:11 provider paid
        -16 09:00 agent follow_up 5
        0 00:00 wait
        ",
        "
        -17 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till -15 10:00, +closure_goal till -13 00:00, reply_due, +first_reply till -16 10:00, +reply_target till -17 12:00
        -17 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [], refund_due #1 129.00 (lamp#1 129.00), refund_ordered #1, +refund_execution till -15 10:10
        -17 10:11  provider paid → -refund_execution, refund_paid #1, arrival_awaited, +money_arrival till 0 00:00, -closure_goal, closed refunded, follow_up_due, +follow_up till -15 10:11
        -16 09:00  agent follow_up → -follow_up, follow_up_recorded
        0 00:00  money_arrival expiry → money_arrival over (CLK-13: confirm), money_arrived
        A: closed refunded; paid 129.00; clocks none
        ledger: goods 129.00
        ",
    );
}

#[test]
fn huabei_is_not_watched() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered, by huabei
        0 10:00 buyer open refund_only quality lamp×1
        0 10:10 agent approve
        0 10:11 provider paid
        ",
        "
        0 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [], refund_due #1 129.00 (lamp#1 129.00), refund_ordered #1, +refund_execution till 2 10:10
        0 10:11  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 2 10:11
        A: closed refunded; paid 129.00; clocks follow_up 2 10:11
        ledger: goods 129.00
        ",
    );
}

#[test]
fn money_on_its_way_is_watched_over_an_opening_again() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered, by credit_card
        1 10:00 buyer open refund_only quality lamp×1 amount 29.00
        1 10:05 agent approve
        1 10:06 provider paid
        2 10:00 agent reopen
        2 10:05 buyer withdraw
        3 09:00 buyer arrived
        3 09:01 buyer arrived
        ",
        "
        1 10:00  buyer open → opened 29.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 3 10:00, +closure_goal till 5 00:00, reply_due, +first_reply till 2 10:00, +reply_target till 1 12:00
        1 10:05  agent approve → -first_reply, -reply_target, replied, -decision, approved [], refund_due #1 29.00 (lamp#1 29.00), refund_ordered #1, +refund_execution till 3 10:05
        1 10:06  provider paid → -refund_execution, refund_paid #1, arrival_awaited, +money_arrival till 11 00:00, -closure_goal, closed refunded, follow_up_due, +follow_up till 3 10:06
        2 10:00  agent reopen → -follow_up, reopened 1 units 0.00 by no right (not_met), return freight buyer, +decision till 4 10:00, +closure_goal till 6 00:00
        2 10:05  buyer withdraw → -decision, -closure_goal, closed withdrawn
        3 09:00  buyer arrived → -money_arrival, money_arrived
        3 09:01  buyer arrived → ✗ not_now: this cannot be done while the case is Closed
        A: closed withdrawn; no money; clocks none
        ledger: goods 29.00
        ",
    );
}
