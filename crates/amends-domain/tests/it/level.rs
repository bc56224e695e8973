//! How grave a case is, who handles it, and passing it upward.
//!
//! Must not know: who is on duty. The language is in `language`.

use crate::language::check_whole;

#[test]
fn dear_goods_want_care_and_stay_with_the_agent() {
    check_whole(
        "
        order phone 1 × 1000.00 in electronics, delivered
        0 10:00 buyer open complaint service phone×1
        ",
        "
        0 10:00  buyer open → opened 0.00 for phone#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00, assessed medium [LVL-VALUE]
        A: awaiting_answer; no money; clocks decision 2 10:00, first_reply 1 10:00, reply_target 0 12:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn a_heated_case_goes_to_a_supervisor_and_his_offer_is_the_answer() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint quality lamp×1 photos 1
        0 10:05 agent assess heat high
        0 10:06 agent assess heat high
        0 11:00 supervisor offer REM-PARTIAL
        0 12:00 agent assess heat low
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent assess → assessed high [LVL-HEAT], passed_up to supervisor for severity, +upward_answer till 3 00:00
        0 10:06  agent assess → nothing
        0 11:00  supervisor offer → offered #1: REM-PARTIAL refund_only 12.90 costs 12.90, +offer_answer till 2 11:00, -first_reply, -reply_target, replied, -upward_answer, passed_answered
        0 12:00  agent assess → assessed low []
        A: awaiting_choice; no money; clocks decision 2 10:00, closure_goal 4 00:00, offer_answer 2 11:00
        ledger:
        ",
    );
}

#[test]
fn one_that_may_spread_goes_to_a_manager_past_the_supervisor() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint quality lamp×1
        0 10:05 agent assess heat high
        0 10:06 supervisor assess spread high
        0 10:30 supervisor answer_up 我来
        0 10:40 manager answer_up 同意赔付
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent assess → assessed high [LVL-HEAT], passed_up to supervisor for severity, +upward_answer till 3 00:00
        0 10:06  supervisor assess → assessed critical [LVL-HEAT LVL-SPREAD], -upward_answer, passed_up to manager for severity, +upward_answer till 3 00:00
        0 10:30  supervisor answer_up → ✗ not_for_you: this is not for supervisor to do
        0 10:40  manager answer_up → -upward_answer, passed_answered
        A: awaiting_answer; no money; clocks decision 2 10:00, first_reply 1 10:00, reply_target 0 12:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn who_is_of_that_rank_himself_keeps_it() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint quality lamp×1
        0 10:05 supervisor assess impact high
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  supervisor assess → assessed high [LVL-HEAT]
        A: awaiting_answer; no money; clocks decision 2 10:00, first_reply 1 10:00, reply_target 0 12:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn a_counterfeit_claim_goes_to_a_supervisor_at_once() {
    check_whole(
        "
        order bag 1 × 500.00 in bags, delivered
        0 10:00 buyer open return_and_refund counterfeit bag×1
        0 10:30 agent approve
        0 10:31 supervisor refuse no_fault_found
        ",
        "
        0 10:00  buyer open → opened 500.00 for bag#1 by no right (unknown), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00, assessed high [LVL-COUNTERFEIT], passed_up to supervisor for severity, +upward_answer till 3 00:00
        0 10:30  agent approve → -first_reply, -reply_target, replied, -decision, approved [], +return_shipment till 11 00:00
        0 10:31  supervisor refuse → ✗ not_now: this cannot be done while the case is AwaitingReturn
        A: awaiting_return; no money; clocks return_shipment 11 00:00, upward_answer 3 00:00, closure_goal 4 00:00; with supervisor
        ledger:
        ",
    );
}

#[test]
fn a_buyer_demands_somebody_higher_once() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:10 buyer pass_up supervisor buyer_demand 叫主管
        0 10:11 buyer pass_up supervisor buyer_demand 叫主管
        0 10:20 agent pass_up manager buyer_demand
        0 10:30 manager answer_up 我来处理
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:10  buyer pass_up → passed_up to supervisor for buyer_demand, +upward_answer till 3 00:00
        0 10:11  buyer pass_up → ✗ not_now: this cannot be done while the case is AwaitingAnswer
        0 10:20  agent pass_up → -upward_answer, passed_up to manager for buyer_demand, +upward_answer till 3 00:00
        0 10:30  manager answer_up → -upward_answer, passed_answered
        A: awaiting_answer; no money; clocks decision 2 10:00, first_reply 1 10:00, reply_target 0 12:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn who_does_not_answer_in_two_days_has_the_next_called() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:05 agent message 已上报
        0 10:06 agent pass_up supervisor authority
        3 01:00 agent pass_up manager authority
        6 00:00 wait
        6 09:00 manager answer_up 同意
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent message → text_added, -first_reply, -reply_target, replied
        0 10:06  agent pass_up → passed_up to supervisor for authority, +upward_answer till 3 00:00
        1 22:00  decision warning → warned of decision
        2 10:00  decision expiry → decision over (CLK-2: escalate), escalated to supervisor
        2 12:00  upward_answer warning → warned of upward_answer
        3 00:00  upward_answer expiry → upward_answer over (CLK-10: escalate), escalated to manager
        3 01:00  agent pass_up → passed_up to manager for authority, +upward_answer till 6 00:00
        4 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        5 12:00  upward_answer warning → warned of upward_answer
        6 00:00  upward_answer expiry → upward_answer over (CLK-10: escalate), escalated to admin
        6 09:00  manager answer_up → passed_answered
        A: awaiting_answer; no money; clocks none; with admin
        ledger:
        ",
    );
}

#[test]
fn closing_a_case_ends_the_wait_above() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1
        0 10:05 agent pass_up supervisor other
        0 10:10 buyer withdraw
        ",
        "
        0 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent pass_up → passed_up to supervisor for other, +upward_answer till 3 00:00
        0 10:10  buyer withdraw → -first_reply, -reply_target, replied, -decision, -upward_answer, -closure_goal, closed withdrawn
        A: closed withdrawn; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn a_case_has_a_name_and_marks() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint service
        0 10:05 agent assign me
        0 10:06 agent assign me
        0 10:07 agent tag +加急 +老客户
        0 10:08 agent tag -加急 +生鲜
        0 10:09 agent tag +生鲜
        0 10:10 agent resolve 好了
        0 10:11 supervisor assign nobody
        0 10:12 agent tag -老客户
        ",
        "
        0 10:00  buyer open → opened 0.00 for  by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:05  agent assign → assigned
        0 10:06  agent assign → nothing
        0 10:07  agent tag → tagged [加急 老客户]
        0 10:08  agent tag → tagged [生鲜 老客户]
        0 10:09  agent tag → nothing
        0 10:10  agent resolve → -first_reply, -reply_target, replied, resolved, -decision, -closure_goal, closed resolved, follow_up_due, +follow_up till 2 10:10
        0 10:11  supervisor assign → assigned
        0 10:12  agent tag → tagged [生鲜]
        A: closed resolved; no money; clocks follow_up 2 10:10
        ledger:
        ",
    );
}

#[test]
fn the_same_goods_again_go_to_a_supervisor() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open refund_only quality lamp×1 amount 20.00
        0 10:10 buyer withdraw
        1 10:00 buyer B.open refund_only quality lamp×1 amount 20.00
        ",
        "
        0 10:00  buyer open → opened 20.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:10  buyer withdraw → -first_reply, -reply_target, replied, -decision, -closure_goal, closed withdrawn
        1 10:00  buyer B.open → opened 20.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 3 10:00, +closure_goal till 5 00:00, reply_due, +first_reply till 2 10:00, +reply_target till 1 12:00, assessed medium [LVL-REPEAT], passed_up to supervisor for severity, +upward_answer till 4 00:00
        A: closed withdrawn; no money; clocks none
        B: awaiting_decision; no money; clocks decision 3 10:00, first_reply 2 10:00, reply_target 1 12:00, upward_answer 4 00:00, closure_goal 5 00:00; with supervisor
        ledger:
        ",
    );
}
