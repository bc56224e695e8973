//! Exchanges: the same again, dearer, cheaper, or not to be had.
//!
//! Must not know: how `decide` is divided. The language is in `language`.

use crate::language::check;

#[test]
fn the_same_again_is_shipped_and_received() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0 freight 10.00
        2 10:00 agent refund
        2 10:05 provider paid
        2 11:00 machine ship_replacement SF 2001
        4 09:00 buyer confirm
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; return freight 10.00, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 10.00 (return freight 10.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1
        2 11:00  machine ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 09:00
        A: closed exchanged; paid 10.00; clocks follow_up 6 09:00
        ledger: return freight 10.00; dress 1 replaced
        ",
    );
}

#[test]
fn a_dearer_one_leaves_once_the_difference_is_paid() {
    check(
        "
        product coat 299.00
        0 10:00 buyer open exchange quality dress×1 photos 1 for coat
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:00 agent ship_replacement SF 2001
        2 10:01 machine pay_difference 108.40
        2 10:02 machine pay_difference 108.41
        2 10:03 machine pay_difference 108.41
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, difference_owed 108.41
        2 10:00  agent ship_replacement → ✗ not_now: this cannot be done while the case is AwaitingDifference
        2 10:01  machine pay_difference → ✗ wrong_difference: 108.41 CNY is owed, not 108.40 CNY
        2 10:02  machine pay_difference → difference_paid 108.41
        2 10:03  machine pay_difference → ✗ not_now: this cannot be done while the case is AwaitingReplacement
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 09:00
        A: closed exchanged; difference_paid; clocks follow_up 6 09:00
        ledger: difference 108.41; dress 1 replaced
        ",
    );
}

#[test]
fn a_cheaper_one_pays_the_difference_back() {
    check(
        "
        product scarf 100.00
        0 10:00 buyer open exchange quality dress×2 photos 1 for scarf
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=2/0/0
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        4 09:01 agent refund
        4 09:02 provider paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1 dress#2, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 181.18 (dress#1 90.59, dress#2 90.59), +refund_execution till 4 09:00
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        3 21:00  refund_execution warning → warned of refund_execution
        4 09:00  refund_execution expiry → refund_execution over (CLK-4b: refund), refund_ordered #1, +refund_execution till 6 09:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received
        4 09:01  agent refund → ✗ not_now: this cannot be done while the case is RefundOnTheWay
        4 09:02  provider paid → -refund_execution, refund_paid #1, closed exchanged, follow_up_due, +follow_up till 6 09:02
        A: closed exchanged; paid 181.18; clocks follow_up 6 09:02
        ledger: goods 181.18; dress 2 replaced
        ",
    );
}

#[test]
fn a_replacement_is_taken_as_received_after_fifteen_days() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 1 for dress
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 11:00 agent ship_replacement SF 2001
        18 00:00 wait
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        18 00:00  replacement_receipt expiry → replacement_receipt over (HOU-2: confirm), replacement_received, closed exchanged, follow_up_due, +follow_up till 20 00:00
        A: closed exchanged; no money; clocks follow_up 20 00:00
        ledger:; dress 1 replaced
        ",
    );
}

#[test]
fn out_of_stock_becomes_a_refund() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 11:00 agent convert
        2 11:01 agent convert
        4 11:00 wait
        4 11:05 provider paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00
        2 11:00  agent convert → -replacement_dispatch, converted_to_refund 190.59, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 11:00
        2 11:01  agent convert → ✗ wrong_kind: this is not possible for a ReturnAndRefund case
        3 23:00  refund_execution warning → warned of refund_execution
        4 11:00  refund_execution expiry → refund_execution over (CLK-4b: refund), refund_ordered #1, +refund_execution till 6 11:00
        4 11:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 6 11:05
        A: closed refunded; paid 190.59; clocks follow_up 6 11:05
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn out_of_stock_after_the_difference_was_paid_gives_it_back_too() {
    check(
        "
        product coat 299.00
        0 10:00 buyer open exchange quality dress×1 photos 1 for coat
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:02 machine pay_difference 108.41
        2 11:00 agent convert
        2 11:01 agent refund
        2 11:02 provider paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, difference_owed 108.41
        2 10:02  machine pay_difference → difference_paid 108.41
        2 11:00  agent convert → -replacement_dispatch, converted_to_refund 299.00, refund_due #1 299.00 (dress#1 299.00), +refund_execution till 4 11:00
        2 11:01  agent refund → refund_ordered #1
        2 11:02  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 11:02
        A: closed refunded; paid 299.00; clocks follow_up 4 11:02
        ledger: goods 299.00 difference 108.41; dress 1 back
        ",
    );
}

#[test]
fn a_difference_never_paid_escalates_and_becomes_a_refund() {
    check(
        "
        product coat 299.00
        0 10:00 buyer open exchange quality dress×1 photos 1 for coat
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        4 09:00 wait
        4 10:00 supervisor convert
        4 10:01 supervisor refund
        4 10:02 provider paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, difference_owed 108.41
        3 21:00  replacement_dispatch warning → warned of replacement_dispatch
        4 09:00  replacement_dispatch expiry → replacement_dispatch over (CLK-5: escalate), escalated to supervisor
        4 10:00  supervisor convert → converted_to_refund 190.59, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 6 10:00
        4 10:01  supervisor refund → refund_ordered #1
        4 10:02  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 6 10:02
        A: closed refunded; paid 190.59; clocks follow_up 6 10:02
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn a_converted_exchange_pays_in_full_for_what_was_accepted() {
    check(
        "
        0 10:00 buyer open exchange quality dress×2 belt×1 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/1/0 belt=0/0/1
        2 11:00 agent convert
        2 11:01 agent refund
        2 11:02 provider paid
        2 12:00 agent send_back YTO 77
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 dress#2 belt#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; not ok: dress#2; missing: belt#1, +send_back till 4 09:00, replacement_due, +replacement_dispatch till 4 09:00
        2 11:00  agent convert → -replacement_dispatch, converted_to_refund 190.59, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 11:00
        2 11:01  agent refund → refund_ordered #1
        2 11:02  provider paid → -refund_execution, refund_paid #1
        2 12:00  agent send_back → -send_back, sent_back, closed refunded, follow_up_due, +follow_up till 4 12:00
        A: closed refunded; paid 190.59; clocks follow_up 4 12:00
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn what_was_paid_on_top_is_not_paid_again_when_converted() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 1
        0 12:00 agent approve comp 20.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0 freight 10.00
        2 10:00 agent refund
        2 10:05 provider paid
        2 11:00 agent convert
        2 11:01 agent refund
        2 11:02 provider paid
        2 11:03 provider paid #1.1
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +20.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; return freight 10.00, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 30.00 (return freight 10.00, compensation 20.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1
        2 11:00  agent convert → -replacement_dispatch, converted_to_refund 190.59, refund_due #2 190.59 (dress#1 190.59), +refund_execution till 4 11:00
        2 11:01  agent refund → refund_ordered #2
        2 11:02  provider paid → -refund_execution, refund_paid #2, closed refunded, follow_up_due, +follow_up till 4 11:02
        2 11:03  provider paid → nothing
        A: closed refunded; paid 190.59; clocks follow_up 4 11:02
        ledger: goods 190.59 return freight 10.00 compensation 20.00; dress 1 back
        ",
    );
}

#[test]
fn compensation_counts_towards_the_difference() {
    check(
        "
        product coat 200.59
        0 10:00 buyer open exchange quality dress×1 photos 1 for coat
        0 12:00 agent approve comp 4.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:02 machine pay_difference 6.00
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +4.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, difference_netted 4.00 (compensation 4.00, return freight 0.00), difference_owed 6.00
        2 10:02  machine pay_difference → difference_paid 6.00
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 09:00
        A: closed exchanged; difference_paid; clocks follow_up 6 09:00
        ledger: difference 10.00; dress 1 replaced
        ",
    );
}

#[test]
fn compensation_above_the_difference_pays_only_what_is_above() {
    check(
        "
        product coat 200.59
        0 10:00 buyer open exchange quality dress×1 photos 1 for coat
        0 12:00 agent approve comp 15.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0 freight 2.00
        2 10:00 agent refund
        2 10:05 provider paid
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +15.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; return freight 2.00, replacement_due, +replacement_dispatch till 4 09:00, difference_netted 10.00 (compensation 10.00, return freight 0.00), refund_due #1 7.00 (return freight 2.00, compensation 5.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 09:00
        A: closed exchanged; paid 7.00; clocks follow_up 6 09:00
        ledger: return freight 2.00 compensation 5.00 difference 10.00; dress 1 replaced
        ",
    );
}

#[test]
fn compensation_equal_to_the_difference_settles_it() {
    check(
        "
        product coat 200.59
        0 10:00 buyer open exchange quality dress×1 photos 1 for coat
        0 12:00 agent approve comp 10.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +10.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, difference_netted 10.00 (compensation 10.00, return freight 0.00)
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 09:00
        A: closed exchanged; no money; clocks follow_up 6 09:00
        ledger: difference 10.00; dress 1 replaced
        ",
    );
}

#[test]
fn a_part_is_exchanged_and_a_part_goes_back() {
    check(
        "
        product coat 299.00
        0 10:00 buyer open exchange quality dress×2 photos 1 for coat
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/1/0
        2 10:02 supervisor pay_difference 108.41
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        4 10:00 agent send_back YTO 77
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; not ok: dress#2, +send_back till 4 09:00, replacement_due, +replacement_dispatch till 4 09:00, difference_owed 108.41
        2 10:02  supervisor pay_difference → difference_paid 108.41
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        3 21:00  send_back warning → warned of send_back
        4 09:00  send_back expiry → send_back over (HOU-3: escalate), escalated to supervisor
        4 09:00  buyer confirm → -replacement_receipt, replacement_received
        4 10:00  agent send_back → sent_back, closed exchanged, follow_up_due, +follow_up till 6 10:00
        A: closed exchanged; difference_paid; clocks follow_up 6 10:00
        ledger: difference 108.41; dress 1 replaced
        ",
    );
}

#[test]
fn an_exchange_of_which_nothing_was_accepted_ends() {
    check(
        "
        0 10:00 buyer open exchange quality dress×2 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=0/1/1
        2 10:00 agent send_back YTO 77
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected not ok: dress#1; missing: dress#2, +send_back till 4 09:00
        2 10:00  agent send_back → -send_back, sent_back, closed nothing_accepted
        A: closed nothing_accepted; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn a_replaced_unit_can_be_claimed_again() {
    check(
        "
        product scarf 100.00
        0 10:00 buyer open exchange quality dress×1 photos 1 for scarf
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:00 agent refund
        2 10:05 provider paid
        2 10:30 buyer B.open return_and_refund no_reason dress×2 intact
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        5 09:00 buyer B.open return_and_refund no_reason dress×2 intact
        5 10:00 agent B.approve
        6 09:00 buyer B.ship SF 1002
        7 09:00 agent B.inspect dress=2/0/0
        7 09:30 agent B.refund
        7 09:31 provider B.paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 90.59 (dress#1 90.59), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1
        2 10:30  buyer B.open → ✗ not_in_hand: 2 units asked of line line_019c9587540071018101010101010101, 1 in hand
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 09:00
        5 09:00  follow_up warning → warned of follow_up
        5 09:00  buyer B.open → opened 290.59 for dress#1 dress#2 by ELG-1, return freight buyer, +decision till 7 09:00
        5 10:00  agent B.approve → -decision, approved [ELG-1], +return_shipment till 16 00:00
        6 09:00  follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        6 09:00  buyer B.ship → -return_shipment, return_shipped, +receipt_confirmation till 12 00:00
        7 09:00  agent B.inspect → -receipt_confirmation, inspected ok: dress#1 dress#2, refund_due #1 290.59 (dress#1 100.00, dress#2 190.59), +refund_execution till 9 09:00
        7 09:30  agent B.refund → refund_ordered #1
        7 09:31  provider B.paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 9 09:31
        A: closed exchanged; paid 90.59; clocks none; with supervisor
        B: closed refunded; paid 290.59; clocks follow_up 9 09:31
        ledger: goods 381.18; dress 2 back; dress 1 replaced
        ",
    );
}

#[test]
fn what_an_agent_may_not_refund_he_may_not_exchange_for_money_either() {
    check(
        "
        product pin 1.00
        limit 100.00
        0 10:00 buyer open exchange quality dress×1 photos 1 for pin
        0 12:00 agent approve
        0 12:01 supervisor approve
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → ✗ above_authority: 189.59 CNY is above the limit of 100.00 CNY; a supervisor may grant it
        0 12:01  supervisor approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        A: awaiting_return; no money; clocks return_shipment 11 00:00
        ledger:
        ",
    );
}

#[test]
fn what_an_agent_may_not_refund_he_may_not_convert_to_a_refund() {
    check(
        "
        limit 100.00
        0 10:00 buyer open exchange quality dress×1 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 11:00 agent convert
        2 11:01 supervisor convert
        2 11:02 agent refund
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00
        2 11:00  agent convert → ✗ above_authority: 190.59 CNY is above the limit of 100.00 CNY; a supervisor may grant it
        2 11:01  supervisor convert → -replacement_dispatch, converted_to_refund 190.59, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 11:01
        2 11:02  agent refund → ✗ above_authority: 190.59 CNY is above the limit of 100.00 CNY; a supervisor may grant it
        A: awaiting_refund; due; clocks refund_execution 4 11:01
        ledger: held 190.59; dress 1 back
        ",
    );
}

#[test]
fn a_converted_gift_has_nothing_left_to_pay() {
    check(
        "
        order dress 1 × 100.00, gift 1 × 0.00, delivered
        0 10:00 buyer open exchange quality gift×1 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect gift=1/0/0
        2 11:00 agent convert
        ",
        "
        0 10:00  buyer open → opened 0.00 for gift#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: gift#1, replacement_due, +replacement_dispatch till 4 09:00
        2 11:00  agent convert → -replacement_dispatch, converted_to_refund 0.00, closed nothing_left, follow_up_due, +follow_up till 4 11:00
        A: closed nothing_left; no money; clocks follow_up 4 11:00
        ledger:; gift 1 back
        ",
    );
}
