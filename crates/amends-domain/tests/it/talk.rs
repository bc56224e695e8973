//! Talk that clocks watch: first replies and the shop's own target, and promises.
//!
//! Must not know: what is said. The language is in `language`.

use crate::language::check_whole;

#[test]
fn a_request_is_answered_within_the_target_and_a_day() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open return_and_refund no_reason lamp×1 intact
        0 11:00 agent message 收到
        0 12:00 buyer message 什么时候处理
        0 13:59 agent approve
        ",
        "
        0 10:00  buyer open → opened 129.00 for lamp#1 by ELG-1, return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 11:00  agent message → text_added, -first_reply, -reply_target, replied
        0 12:00  buyer message → text_added, reply_due, +first_reply till 1 12:00, +reply_target till 0 14:00
        0 13:59  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-1], +return_shipment till 11 00:00
        A: awaiting_return; no money; clocks return_shipment 11 00:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn within_opening_hours_the_target_is_two_of_them() {
    check_whole(
        "
        shop 09:00-18:00 working_days
        order lamp 1 × 129.00 in home, delivered
        2 17:00 buyer open complaint service
        3 10:30 agent message 刚上班就给您回复
        ",
        "
        2 17:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 4 17:00, +closure_goal till 6 00:00, reply_due, +first_reply till 3 17:00, +reply_target till 3 10:00
        3 10:00  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        3 10:30  agent message → text_added, -first_reply, replied
        A: awaiting_answer; no money; clocks decision 4 17:00, closure_goal 6 00:00
        ledger:
        ",
    );
}

#[test]
fn out_of_hours_the_target_is_twelve_hours() {
    check_whole(
        "
        shop 09:00-18:00 working_days
        order lamp 1 × 129.00 in home, delivered
        2 22:00 buyer open complaint service
        3 11:00 agent message 久等了
        ",
        "
        2 22:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 4 22:00, +closure_goal till 6 00:00, reply_due, +first_reply till 3 22:00, +reply_target till 3 10:00
        3 10:00  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        3 11:00  agent message → text_added, -first_reply, replied
        A: awaiting_answer; no money; clocks decision 4 22:00, closure_goal 6 00:00
        ledger:
        ",
    );
}

#[test]
fn a_chat_that_is_silent_for_five_minutes_is_put_on_record() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open consultation usage by chat
        0 10:04 agent message 在的
        0 10:05 buyer message 怎么装
        0 10:12 agent message 稍等，给您发视频
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 10:05
        0 10:04  agent message → text_added, -first_reply, -reply_target, replied
        0 10:05  buyer message → text_added, reply_due, +first_reply till 1 10:05, +reply_target till 0 10:10
        0 10:10  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        0 10:12  agent message → text_added, -first_reply, replied
        A: awaiting_answer; no money; clocks decision 2 10:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn a_chat_out_of_hours_is_given_its_twelve_hours() {
    check_whole(
        "
        shop 09:00-18:00 working_days
        order lamp 1 × 129.00 in home, delivered
        2 22:00 buyer open consultation usage by chat
        3 09:10 agent message 您好，刚上班
        ",
        "
        2 22:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 4 22:00, +closure_goal till 6 00:00, reply_due, +first_reply till 3 22:00, +reply_target till 3 10:00
        3 09:10  agent message → text_added, -first_reply, -reply_target, replied
        A: awaiting_answer; no money; clocks decision 4 22:00, closure_goal 6 00:00
        ledger:
        ",
    );
}

#[test]
fn what_a_machine_says_is_no_reply() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:01 machine message 您好，客服稍后就到
        1 10:00 wait
        1 11:00 agent message 抱歉久等
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:01  machine message → text_added
        0 12:00  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        1 08:00  first_reply warning → warned of first_reply
        1 10:00  first_reply expiry → first_reply over (CLK-1: escalate), escalated to supervisor
        1 11:00  agent message → text_added, replied
        A: awaiting_answer; no money; clocks decision 2 10:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn a_request_that_an_agent_opens_waits_for_no_first_reply() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 agent open complaint service by phone
        0 10:30 agent resolve 已当面道歉
        ",
        "
        0 10:00  agent open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00
        0 10:30  agent resolve → resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 10:30
        A: closed resolved; no money; clocks follow_up 2 10:30
        ledger:
        ",
    );
}

#[test]
fn a_message_after_closure_is_answered_too() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:30 agent resolve 已道歉
        1 09:00 buyer message 发票呢
        2 09:00 wait
        2 10:00 supervisor message 发票已发您邮箱
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:30  agent resolve → -first_reply, -reply_target, replied, resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 10:30
        1 09:00  buyer message → text_added, reply_due, +first_reply till 2 09:00, +reply_target till 1 11:00
        1 10:30  follow_up warning → warned of follow_up
        1 11:00  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        2 07:00  first_reply warning → warned of first_reply
        2 09:00  first_reply expiry → first_reply over (CLK-1: escalate), escalated to supervisor
        2 10:00  supervisor message → text_added, replied
        A: closed resolved; no money; clocks follow_up 2 10:30
        ledger:
        ",
    );
}

#[test]
fn who_wrote_while_the_money_went_out_still_waits_for_an_answer() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1
        0 10:10 agent approve
        0 10:11 buyer message 发票要退回吗
        0 10:12 provider paid
        0 11:00 agent message 不用
        ",
        "
        0 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [], refund_due #1 129.00 (lamp#1 129.00), refund_ordered #1, +refund_execution till 2 10:10
        0 10:11  buyer message → text_added, reply_due, +first_reply till 1 10:11, +reply_target till 0 12:11
        0 10:12  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 2 10:12
        0 11:00  agent message → text_added, -first_reply, -reply_target, replied
        A: closed refunded; paid 129.00; clocks follow_up 2 10:12
        ledger: goods 129.00
        ",
    );
}

#[test]
fn a_decision_is_an_answer_and_so_is_taking_it_back() {
    check_whole(
        "
        order lamp 2 × 129.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1
        0 10:10 agent refuse no_fault_found
        0 11:00 buyer renew 60.00
        0 11:10 agent approve
        0 12:00 buyer B.open refund_only quality lamp×1 new_fault
        0 12:05 buyer B.withdraw
        ",
        "
        0 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:10  agent refuse → -first_reply, -reply_target, replied, -decision, refused no_fault_found (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        0 11:00  buyer renew → -refusal_answer, renewed 60.00 by no right (not_met), return freight buyer, +decision till 2 11:00, reply_due, +first_reply till 1 11:00, +reply_target till 0 13:00
        0 11:10  agent approve → -first_reply, -reply_target, replied, -decision, approved [], refund_due #1 60.00 (lamp#1 60.00), refund_ordered #1, +refund_execution till 2 11:10
        0 12:00  buyer B.open → opened 129.00 for lamp#2 by no right (not_met), return freight buyer, +decision till 2 12:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 12:00, +reply_target till 0 14:00
        0 12:05  buyer B.withdraw → -first_reply, -reply_target, replied, -decision, -closure_goal, closed withdrawn
        A: refund_on_the_way; ordered; clocks refund_execution 2 11:10, closure_goal 4 00:00
        B: closed withdrawn; no money; clocks none
        ledger: held 60.00
        ",
    );
}

#[test]
fn a_promise_is_kept_before_its_moment() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:05 agent promise 0 17:00 今天 17:00 前给方案
        0 16:00 agent keep 1
        0 16:01 agent resolve 方案已发
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent promise → promised #1 for 0 17:00, -first_reply, -reply_target, replied, +promise till 0 17:00
        0 16:00  agent keep → promise_kept #1, -promise
        0 16:01  agent resolve → resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 16:01
        A: closed resolved; no money; clocks follow_up 2 16:01
        ledger:
        ",
    );
}

#[test]
fn of_two_promises_the_next_one_is_watched() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:05 agent promise 1 17:00 明天给方案
        0 10:06 agent promise 0 12:00 中午前打电话
        0 11:50 agent keep 2
        0 11:55 agent move 1 2 17:00 后天给方案
        2 16:50 agent keep 1
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent promise → promised #1 for 1 17:00, -first_reply, -reply_target, replied, +promise till 1 17:00
        0 10:06  agent promise → promised #2 for 0 12:00, -promise, +promise till 0 12:00
        0 11:30  promise warning → warned of promise
        0 11:50  agent keep → promise_kept #2, -promise, +promise till 1 17:00
        0 11:55  agent move → promise_moved #1 to 2 17:00, -promise, +promise till 2 17:00
        1 22:00  decision warning → warned of decision
        2 10:00  decision expiry → decision over (CLK-2: escalate), escalated to supervisor
        2 16:30  promise warning → warned of promise
        2 16:50  agent keep → promise_kept #1, -promise
        A: awaiting_answer; no money; clocks closure_goal 4 00:00; with supervisor
        ledger:
        ",
    );
}

#[test]
fn two_promises_for_one_moment_are_broken_together_and_kept_one_by_one() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:05 agent promise 0 12:00
        0 10:06 agent promise 0 12:00
        0 12:30 agent move 1 0 18:00
        0 12:31 agent keep 1
        0 12:32 agent keep 2
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent promise → promised #1 for 0 12:00, -first_reply, -reply_target, replied, +promise till 0 12:00
        0 10:06  agent promise → promised #2 for 0 12:00
        0 11:30  promise warning → warned of promise
        0 12:00  promise expiry → promise over (CLK-11: escalate), promise_broken #1, promise_broken #2, escalated to supervisor
        0 12:30  agent move → ✗ promise_passed: promise 1 passed at 2026-03-01T04:00:00.000Z: the buyer had to be told before
        0 12:31  agent keep → promise_kept #1
        0 12:32  agent keep → promise_kept #2
        A: awaiting_answer; no money; clocks decision 2 10:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn a_promise_is_made_ahead_and_not_too_far() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:05 agent promise 0 10:05
        0 10:06 agent promise 31 00:01
        0 10:07 agent promise 31 00:00
        0 10:08 agent move 1 0 10:08
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent promise → ✗ promise_in_past: 2026-03-01T02:05:00.000Z has passed; it is 2026-03-01T02:05:00.000Z
        0 10:06  agent promise → ✗ promise_too_far: 2026-03-31T16:01:00.000Z is too far ahead; 2026-03-31T16:00:00.000Z is the latest
        0 10:07  agent promise → promised #1 for 31 00:00, -first_reply, -reply_target, replied, +promise till 31 00:00
        0 10:08  agent move → ✗ promise_in_past: 2026-03-01T02:08:00.000Z has passed; it is 2026-03-01T02:08:00.000Z
        A: awaiting_answer; no money; clocks decision 2 10:00, promise 31 00:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn a_promise_outlives_its_case() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1
        0 10:05 agent promise 1 12:00 明天中午前寄出赠品
        0 10:06 agent approve
        0 10:07 provider paid
        1 12:30 agent keep 1
        ",
        "
        0 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent promise → promised #1 for 1 12:00, -first_reply, -reply_target, replied, +promise till 1 12:00
        0 10:06  agent approve → -decision, approved [], refund_due #1 129.00 (lamp#1 129.00), refund_ordered #1, +refund_execution till 2 10:06
        0 10:07  provider paid → -refund_execution, refund_paid #1, -closure_goal, closed refunded, follow_up_due, +follow_up till 2 10:07
        1 10:07  follow_up warning → warned of follow_up
        1 11:30  promise warning → warned of promise
        1 12:00  promise expiry → promise over (CLK-11: escalate), promise_broken #1, escalated to supervisor
        1 12:30  agent keep → promise_kept #1
        A: closed refunded; paid 129.00; clocks follow_up 2 10:07
        ledger: goods 129.00
        ",
    );
}

#[test]
fn a_call_is_a_reply_once_somebody_takes_it() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:30 agent contact phone unreached 响了六声没人接
        0 11:00 agent contact phone reached 先道歉，约好下午给方案
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:30  agent contact → contact_logged by phone in vain
        0 11:00  agent contact → contact_logged by phone, -first_reply, -reply_target, replied
        A: awaiting_answer; no money; clocks decision 2 10:00, closure_goal 4 00:00
        ledger:
        ",
    );
}
