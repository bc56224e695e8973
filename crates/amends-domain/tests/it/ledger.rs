//! One order, several cases: units are claimed once, freight goes back once, and every split adds up.
//!
//! Must not know: how `decide` is divided. The language is in `language`.

use crate::language::check;

#[test]
fn two_cases_take_different_units() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 1
        0 10:01 buyer B.open return_and_refund no_reason dress×1 intact
        0 10:02 buyer C.open return_and_refund no_reason dress×1 intact
        0 10:03 buyer D.open refund_only quality belt×1
        0 11:00 buyer A.withdraw
        0 11:01 buyer C.open return_and_refund no_reason dress×1 intact
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 10:01  buyer B.open → opened 190.59 for dress#2 by ELG-1, return freight buyer, +decision till 2 10:01
        0 10:02  buyer C.open → ✗ not_in_hand: 1 units asked of line line_019c9587540071018101010101010101, 0 in hand
        0 10:03  buyer D.open → opened 46.82 for belt#1 by no right (not_met), return freight buyer, +decision till 2 10:03
        0 11:00  buyer withdraw → -decision, closed withdrawn
        0 11:01  buyer C.open → opened 190.59 for dress#1 by ELG-1, return freight buyer, +decision till 2 11:01
        A: closed withdrawn; no money; clocks none
        B: awaiting_decision; no money; clocks decision 2 10:01
        C: awaiting_decision; no money; clocks decision 2 11:01
        D: awaiting_decision; no money; clocks decision 2 10:03
        ledger:
        ",
    );
}

#[test]
fn a_unit_on_its_way_back_cannot_be_claimed_again() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/1
        2 09:30 agent refund
        2 09:31 provider paid
        3 09:00 buyer B.open refund_only quality dress×2 photos 1
        3 09:01 buyer B.open refund_only quality dress×1 photos 1
        ",
        "
        0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; missing: dress#2, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 09:00
        2 09:30  agent refund → refund_ordered #1
        2 09:31  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 09:31
        3 09:00  buyer B.open → ✗ not_in_hand: 2 units asked of line line_019c9587540071018101010101010101, 1 in hand
        3 09:01  buyer B.open → opened 190.59 for dress#2 by no right (not_met), return freight buyer, +decision till 5 09:01
        A: closed refunded; paid 190.59; clocks follow_up 4 09:31
        B: awaiting_decision; no money; clocks decision 5 09:01
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn freight_goes_back_with_the_last_of_the_order_and_once() {
    check(
        "
        order dress 2 × 199.50, belt 1 × 49.00, discount 20.00, freight 12.00, paid
        0 10:00 buyer open refund_only regret dress×2
        0 10:01 buyer B.open refund_only regret belt×1 amount 58.82
        0 11:00 agent approve
        0 11:01 buyer B.open refund_only regret belt×1 amount 58.83
        0 11:02 buyer B.open refund_only regret belt×1
        0 11:03 agent B.approve
        0 11:04 provider B.paid
        0 11:05 provider paid
        0 11:06 buyer C.open refund_only regret belt×1 new_fault
        ",
        "
        0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by TB-UNSHIPPED, return freight buyer, +decision till 2 10:00
        0 10:01  buyer B.open → ✗ above_what_is_left: 58.82 CNY asked, 46.82 CNY left
        0 11:00  agent approve → -decision, approved [TB-UNSHIPPED], refund_due #1 381.18 (dress#1 190.59, dress#2 190.59), refund_ordered #1, +refund_execution till 2 11:00
        0 11:01  buyer B.open → ✗ above_what_is_left: 58.83 CNY asked, 58.82 CNY left
        0 11:02  buyer B.open → opened 58.82 for belt#1 by TB-UNSHIPPED, return freight buyer, +decision till 2 11:02
        0 11:03  agent B.approve → -decision, approved [TB-UNSHIPPED], refund_due #1 58.82 (belt#1 46.82, freight 12.00), refund_ordered #1, +refund_execution till 2 11:03
        0 11:04  provider B.paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 11:04
        0 11:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 11:05
        0 11:06  buyer C.open → ✗ nothing_to_refund: the amount must be above zero; 0.00 CNY is left
        A: closed refunded; paid 381.18; clocks follow_up 2 11:05
        B: closed refunded; paid 58.82; clocks follow_up 2 11:04
        ledger: goods 428.00 freight 12.00
        ",
    );
}

#[test]
fn what_was_refunded_in_part_can_be_refunded_for_the_rest() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 amount 90.59
        0 11:00 agent approve
        0 11:01 provider paid
        1 10:00 buyer B.open return_and_refund quality dress×1 photos 1 new_fault
        1 11:00 agent B.approve
        2 09:00 buyer B.ship SF 1001
        3 09:00 agent B.inspect dress=1/0/0
        3 09:30 agent B.refund
        3 09:31 provider B.paid
        ",
        "
        0 10:00  buyer open → opened 90.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  agent approve → -decision, approved [], refund_due #1 90.59 (dress#1 90.59), refund_ordered #1, +refund_execution till 2 11:00
        0 11:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 11:01
        1 10:00  buyer B.open → opened 100.00 for dress#1 by ELG-2, return freight shop, +decision till 3 10:00
        1 11:00  agent B.approve → -decision, approved [ELG-2], +return_shipment till 12 00:00
        1 11:01  follow_up warning → warned of follow_up
        2 09:00  buyer B.ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        2 11:01  follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        3 09:00  agent B.inspect → -receipt_confirmation, inspected ok: dress#1, refund_due #1 100.00 (dress#1 100.00), +refund_execution till 5 09:00
        3 09:30  agent B.refund → refund_ordered #1
        3 09:31  provider B.paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 5 09:31
        A: closed refunded; paid 90.59; clocks none; with supervisor
        B: closed refunded; paid 100.00; clocks follow_up 5 09:31
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn freight_two_cases_wait_for_is_paid_to_one_and_the_other_ends() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×2 belt×1
        0 11:00 agent approve
        0 11:01 provider paid
        1 10:00 buyer B.open refund_only late_dispatch dress×1 amount 12.00
        1 10:01 buyer C.open refund_only late_dispatch belt×1 amount 12.00
        1 11:00 agent B.approve
        1 11:01 provider B.paid
        1 12:00 agent C.approve
        3 12:00 wait
        ",
        "
        0 10:00  buyer open → opened 428.00 for dress#1 dress#2 belt#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  agent approve → -decision, approved [], refund_due #1 428.00 (dress#1 190.59, dress#2 190.59, belt#1 46.82), refund_ordered #1, +refund_execution till 2 11:00
        0 11:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 11:01
        1 10:00  buyer B.open → opened 12.00 for dress#1 by no right (not_met), return freight buyer, +decision till 3 10:00
        1 10:01  buyer C.open → opened 12.00 for belt#1 by no right (not_met), return freight buyer, +decision till 3 10:01
        1 11:00  agent B.approve → -decision, approved [], refund_due #1 12.00 (freight 12.00), refund_ordered #1, +refund_execution till 3 11:00
        1 11:01  follow_up warning → warned of follow_up
        1 11:01  provider B.paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 3 11:01
        1 12:00  agent C.approve → -decision, approved [], closed nothing_left, follow_up_due, +follow_up till 3 12:00
        2 11:01  follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        2 11:01  B.follow_up warning → warned of follow_up
        2 12:00  C.follow_up warning → warned of follow_up
        3 11:01  B.follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        3 12:00  C.follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        A: closed refunded; paid 428.00; clocks none; with supervisor
        B: closed refunded; paid 12.00; clocks none; with supervisor
        C: closed nothing_left; no money; clocks none; with supervisor
        ledger: goods 428.00 freight 12.00
        ",
    );
}

#[test]
fn what_is_held_for_one_case_is_not_left_for_another() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×2 belt×1 amount 440.00
        0 11:00 agent approve
        0 12:00 buyer B.open refund_only quality dress×1
        0 13:00 provider unknown
        0 13:01 buyer B.open refund_only quality belt×1
        ",
        "
        0 10:00  buyer open → opened 440.00 for dress#1 dress#2 belt#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  agent approve → -decision, approved [], refund_due #1 440.00 (dress#1 190.59, dress#2 190.59, belt#1 46.82, freight 12.00), refund_ordered #1, +refund_execution till 2 11:00
        0 12:00  buyer B.open → ✗ not_in_hand: 1 units asked of line line_019c9587540071018101010101010101, 0 in hand
        0 13:00  provider unknown → refund_unknown #1.1
        0 13:01  buyer B.open → ✗ not_in_hand: 1 units asked of line line_019c9587540072028202020202020202, 0 in hand
        A: refund_in_trouble; unknown; clocks refund_execution 2 11:00
        ledger: held 440.00
        ",
    );
}

#[test]
fn a_gift_costs_nothing_and_comes_back_with_the_rest() {
    check(
        "
        order dress 1 × 100.00, gift 1 × 0.00, freight 10.00, delivered
        0 10:00 buyer open refund_only quality gift×1
        0 11:00 buyer open return_and_refund quality dress×1 gift×1 photos 1 amount 110.00
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0 gift=0/0/1
        2 10:00 agent refund
        2 10:01 provider paid
        ",
        "
        0 10:00  buyer open → ✗ nothing_to_refund: the amount must be above zero; 0.00 CNY is left
        0 11:00  buyer open → opened 110.00 for dress#1 gift#1 by ELG-2, return freight shop, +decision till 2 11:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; missing: gift#1, refund_due #1 100.00 (dress#1 100.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 10:01
        A: closed refunded; paid 100.00; clocks follow_up 4 10:01
        ledger: goods 100.00; dress 1 back
        ",
    );
}
