//! What is found out while a case runs: shares of liability, the fault, missing facts; rights judged anew.
//!
//! Must not know: how evidence is kept. The language is in `language`.

use crate::language::check_whole;

#[test]
fn shares_make_a_whole_each_party_once() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        0 10:00 buyer open complaint damaged lamp×1
        0 10:01 agent find shop 60 carrier 30
        0 10:02 agent find carrier 50 carrier 50
        0 10:03 agent find shop 100 buyer 0
        0 10:04 agent find shop 60 carrier 40
        0 10:05 agent find maker 100 fault confirmed third_party
        ",
        "
        0 10:00  buyer open → opened 0.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 2 10:00, +closure_goal till 4 00:00, reply_due, +first_reply till 1 10:00, +reply_target till 0 12:00
        0 10:01  agent find → ✗ shares_do_not_add_up: the shares of liability make 90 percent, each party once, not 100
        0 10:02  agent find → ✗ shares_do_not_add_up: the shares of liability make 100 percent, each party once, not 100
        0 10:03  agent find → ✗ shares_do_not_add_up: the shares of liability make 100 percent, each party once, not 100
        0 10:04  agent find → found shop 60% carrier 40% by no right (not_met), return freight buyer
        0 10:05  agent find → found maker 100% fault confirmed by no right (not_met), return freight buyer
        A: awaiting_answer; no money; clocks decision 2 10:00, first_reply 1 10:00, reply_target 0 12:00, closure_goal 4 00:00
        ledger:
        ",
    );
}

#[test]
fn a_right_stands_until_it_is_found_not_to() {
    check_whole(
        "
        order dress 1 × 199.00 in clothing, delivered
        2 10:00 buyer open return_and_refund no_reason dress×1 intact
        2 10:05 agent refuse used
        2 10:06 agent find buyer 100 used
        2 10:07 agent refuse used
        ",
        "
        2 10:00  buyer open → opened 199.00 for dress#1 by ELG-1, return freight buyer, +decision till 4 10:00, +closure_goal till 6 00:00, reply_due, +first_reply till 3 10:00, +reply_target till 2 12:00
        2 10:05  agent refuse → ✗ right_stands: clause ELG-1 supports this request: refusing it costs 12 points (VIO-1)
        2 10:06  agent find → found buyer 100% by no right (not_met), return freight buyer
        2 10:07  agent refuse → -first_reply, -reply_target, replied, -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 10 00:00
        A: refused; no money; clocks refusal_answer 10 00:00, closure_goal 6 00:00
        ledger:
        ",
    );
}

#[test]
fn a_fact_that_was_missing_is_supplied() {
    check_whole(
        "
        order dress 1 × 199.00 in clothing, delivered
        2 10:00 buyer open return_and_refund no_reason dress×1
        2 10:05 agent refuse used
        2 11:00 buyer renew
        2 11:05 buyer supply intact
        2 11:06 buyer supply intact
        2 11:10 agent refuse used
        ",
        "
        2 10:00  buyer open → opened 199.00 for dress#1 by no right (unknown), return freight buyer, +decision till 4 10:00, +closure_goal till 6 00:00, reply_due, +first_reply till 3 10:00, +reply_target till 2 12:00
        2 10:05  agent refuse → -first_reply, -reply_target, replied, -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 10 00:00
        2 11:00  buyer renew → -refusal_answer, renewed 199.00, +decision till 4 11:00, reply_due, +first_reply till 3 11:00, +reply_target till 2 13:00
        2 11:05  buyer supply → supplied by ELG-1 (met), return freight buyer
        2 11:06  buyer supply → nothing
        2 11:10  agent refuse → ✗ right_stands: clause ELG-1 supports this request: refusing it costs 12 points (VIO-1)
        A: awaiting_decision; no money; clocks decision 4 11:00, first_reply 3 11:00, reply_target 2 13:00, closure_goal 6 00:00
        ledger:
        ",
    );
}

#[test]
fn photos_that_come_later_make_the_right() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        10 10:00 buyer open return_and_refund quality lamp×1
        10 10:05 agent message 方便拍张照吗
        12 09:00 buyer supply photos 2
        12 09:30 agent approve comp 10.00
        ",
        "
        10 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 12 10:00, +closure_goal till 14 00:00, reply_due, +first_reply till 11 10:00, +reply_target till 10 12:00
        10 10:05  agent message → text_added, -first_reply, -reply_target, replied
        11 22:00  decision warning → warned of decision
        12 09:00  buyer supply → supplied by ELG-2 (met), return freight shop
        12 09:30  agent approve → -decision, approved [ELG-2] +10.00, +return_shipment till 23 00:00
        A: awaiting_return; no money; clocks return_shipment 23 00:00, closure_goal 14 00:00
        ledger:
        ",
    );
}

#[test]
fn a_case_is_judged_as_of_its_opening_however_long_it_took() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        15 10:00 buyer open return_and_refund quality lamp×1
        17 09:00 buyer supply photos 1
        ",
        "
        15 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 17 10:00, +closure_goal till 19 00:00, reply_due, +first_reply till 16 10:00, +reply_target till 15 12:00
        15 12:00  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        16 08:00  first_reply warning → warned of first_reply
        16 10:00  first_reply expiry → first_reply over (CLK-1: escalate), escalated to supervisor
        16 22:00  decision warning → warned of decision
        17 09:00  buyer supply → supplied by ELG-2 (met), return freight shop
        A: awaiting_decision; no money; clocks decision 17 10:00, closure_goal 19 00:00; with supervisor
        ledger:
        ",
    );
}

#[test]
fn what_was_granted_stays_as_it_was_granted() {
    check_whole(
        "
        order dress 1 × 199.00 in clothing, delivered
        2 10:00 buyer open return_and_refund no_reason dress×1 intact
        2 10:05 agent approve
        3 10:00 agent find buyer 100 used
        ",
        "
        2 10:00  buyer open → opened 199.00 for dress#1 by ELG-1, return freight buyer, +decision till 4 10:00, +closure_goal till 6 00:00, reply_due, +first_reply till 3 10:00, +reply_target till 2 12:00
        2 10:05  agent approve → -first_reply, -reply_target, replied, -decision, approved [ELG-1], +return_shipment till 13 00:00
        3 10:00  agent find → found buyer 100%
        A: awaiting_return; no money; clocks return_shipment 13 00:00, closure_goal 6 00:00
        ledger:
        ",
    );
}

#[test]
fn a_right_found_after_the_grant_takes_the_freight_off_the_buyer() {
    check_whole(
        "
        order bag 1 × 500.00 in bags, delivered
        20 10:00 buyer open return_and_refund counterfeit bag×1
        22 10:00 wait
        22 15:00 supervisor find maker 100 fault confirmed third_party
        23 09:00 buyer ship SF 1001
        25 09:00 supervisor inspect bag=1/0/0 freight 20.00
        ",
        "
        20 10:00  buyer open → opened 500.00 for bag#1 by no right (unknown), return freight buyer, +decision till 22 10:00, +closure_goal till 24 00:00, reply_due, +first_reply till 21 10:00, +reply_target till 20 12:00, assessed high [LVL-COUNTERFEIT], passed_up to supervisor for severity, +upward_answer till 23 00:00
        20 12:00  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        21 08:00  first_reply warning → warned of first_reply
        21 10:00  first_reply expiry → first_reply over (CLK-1: escalate), escalated to supervisor
        21 22:00  decision warning → warned of decision
        22 10:00  decision expiry → decision over (CLK-2: approve), approved [CLK-2], +return_shipment till 33 00:00
        22 12:00  upward_answer warning → warned of upward_answer
        22 15:00  supervisor find → found maker 100% fault confirmed by LAW-55 (met), return freight shop
        23 00:00  upward_answer expiry → upward_answer over (CLK-10: escalate), escalated to manager
        23 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 29 00:00
        24 00:00  closure_goal expiry → closure_goal over (CLK-17: report)
        25 09:00  supervisor inspect → -receipt_confirmation, inspected ok: bag#1; return freight 20.00, refund_due #1 520.00 (bag#1 500.00, return freight 20.00), +refund_execution till 27 09:00
        A: awaiting_refund; due; clocks refund_execution 27 09:00; with manager
        ledger: held 520.00; bag 1 back
        ",
    );
}

#[test]
fn a_refuted_fault_ends_the_warranty_and_a_confirmed_one_restores_it() {
    check_whole(
        "
        order tablet 1 × 999.00 in electronics, delivered
        90 10:00 buyer open repair quality tablet×1 photos 1
        90 11:00 agent find buyer 100 fault refuted
        90 12:00 agent refuse no_fault_found
        91 10:00 supervisor find maker 100 fault confirmed third_party
        91 10:05 supervisor approve
        ",
        "
        90 10:00  buyer open → opened 0.00 for tablet#1 by ELG-6, return freight shop, +decision till 92 10:00, +closure_goal till 94 00:00, reply_due, +first_reply till 91 10:00, +reply_target till 90 12:00
        90 11:00  agent find → found buyer 100% fault refuted by no right (not_met), return freight buyer
        90 12:00  reply_target expiry → reply_target over (CLK-1-TARGET: report)
        90 12:00  agent refuse → -first_reply, replied, -decision, refused no_fault_found (next: renew ask_intervention withdraw), +refusal_answer till 98 00:00
        91 10:00  supervisor find → found maker 100% fault confirmed by ELG-6 (met), return freight shop
        91 10:05  supervisor approve → -refusal_answer, approved [ELG-6], +return_shipment till 102 00:00
        A: awaiting_return; no money; clocks return_shipment 102 00:00, closure_goal 94 00:00
        ledger:
        ",
    );
}

#[test]
fn what_a_buyer_is_asked_to_show_stays_asked_until_he_shows_it() {
    check_whole(
        "
        order lamp 1 × 129.00 in home, delivered
        10 10:00 buyer open return_and_refund quality lamp×1
        10 10:05 agent show
        10 10:05 agent show photo video test_report
        10 18:00 buyer supply photos 1
        10 18:05 agent show video
        11 09:00 agent approve
        11 09:05 agent show photo
        ",
        "
        10 10:00  buyer open → opened 129.00 for lamp#1 by no right (not_met), return freight buyer, +decision till 12 10:00, +closure_goal till 14 00:00, reply_due, +first_reply till 11 10:00, +reply_target till 10 12:00
        10 10:05  agent show → nothing
        10 10:05  agent show → evidence_asked [photo video test_report], -first_reply, -reply_target, replied
        10 18:00  buyer supply → supplied by ELG-2 (met), return freight shop
        10 18:05  agent show → evidence_asked [video]
        11 09:00  agent approve → -decision, approved [ELG-2], +return_shipment till 22 00:00
        11 09:05  agent show → evidence_asked [photo]
        A: awaiting_return; no money; clocks return_shipment 22 00:00, closure_goal 14 00:00; to show photo
        ledger:
        ",
    );
}

#[test]
fn whoever_needs_no_reason_is_asked_for_no_proof() {
    check_whole(
        "
        order dress 1 × 199.00 in clothing, delivered
        2 10:00 buyer open return_and_refund no_reason dress×1
        2 10:05 agent show photo
        2 11:05 buyer supply used
        2 11:06 agent show photo
        ",
        "
        2 10:00  buyer open → opened 199.00 for dress#1 by no right (unknown), return freight buyer, +decision till 4 10:00, +closure_goal till 6 00:00, reply_due, +first_reply till 3 10:00, +reply_target till 2 12:00
        2 10:05  agent show → ✗ proof_must_not_be_asked: ELG-1 allows no proof to be asked for
        2 11:05  buyer supply → supplied by no right (not_met), return freight buyer
        2 11:06  agent show → evidence_asked [photo], -first_reply, -reply_target, replied
        A: awaiting_decision; no money; clocks decision 4 10:00, closure_goal 6 00:00; to show photo
        ledger:
        ",
    );
}
