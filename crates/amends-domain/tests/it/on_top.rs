//! What is granted on top: compensation for what was accepted, once for every unit, and what of it
//! goes towards a dearer replacement.
//!
//! Must not know: the ledger's inside.

use crate::language::check;

#[test]
fn compensation_is_for_the_units_that_were_accepted() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 belt×1 photos 1
        0 12:00 agent approve comp 30.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/1 belt=0/0/1
        2 10:00 agent refund
        2 10:05 provider paid
        ",
        "
        0 10:00  buyer open → opened 428.00 for dress#1 dress#2 belt#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +30.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; missing: dress#2 belt#1, refund_due #1 203.94 (dress#1 190.59, compensation 13.35), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 10:05
        A: closed refunded; paid 203.94; clocks follow_up 4 10:05
        ledger: goods 190.59 compensation 13.35; dress 1 back
        ",
    );
}

#[test]
fn compensation_for_a_unit_is_had_once_however_often_it_is_exchanged() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 1
        0 12:00 agent approve comp 50.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:00 agent refund
        2 10:05 provider paid
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        4 10:00 buyer B.open exchange quality dress×1 photos 1 new_fault
        4 11:00 agent B.approve comp 7.18
        4 11:01 agent B.approve comp 7.17
        5 09:00 buyer B.ship SF 1002
        6 09:00 agent B.inspect dress=1/0/0
        6 10:00 agent B.refund
        6 10:01 provider B.paid
        6 11:00 agent B.ship_replacement SF 2002
        7 09:00 buyer B.confirm
        7 09:01 buyer C.open return_and_refund quality dress×2 photos 1 new_fault
        7 10:00 agent C.approve comp 57.19
        7 10:01 agent C.approve comp 57.18
        8 09:00 buyer C.ship SF 1003
        8 10:00 agent C.inspect dress=1/0/1
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +50.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 50.00 (compensation 50.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 09:00
        4 10:00  buyer B.open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 6 10:00
        4 11:00  agent B.approve → ✗ compensation_without_clause: compensation of 7.18 CNY, at most 7.17 CNY
        4 11:01  agent B.approve → -decision, approved [ELG-2] +7.17, +return_shipment till 15 00:00
        5 09:00  follow_up warning → warned of follow_up
        5 09:00  buyer B.ship → -return_shipment, return_shipped, +receipt_confirmation till 11 00:00
        6 09:00  follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        6 09:00  agent B.inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 8 09:00, refund_due #1 7.17 (compensation 7.17), +refund_execution till 8 09:00
        6 10:00  agent B.refund → refund_ordered #1
        6 10:01  provider B.paid → -refund_execution, refund_paid #1
        6 11:00  agent B.ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 22 00:00
        7 09:00  buyer B.confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 9 09:00
        7 09:01  buyer C.open → opened 381.18 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 9 09:01
        7 10:00  agent C.approve → ✗ compensation_without_clause: compensation of 57.19 CNY, at most 57.18 CNY
        7 10:01  agent C.approve → -decision, approved [ELG-2] +57.18, +return_shipment till 18 00:00
        8 09:00  B.follow_up warning → warned of follow_up
        8 09:00  buyer C.ship → -return_shipment, return_shipped, +receipt_confirmation till 14 00:00
        8 10:00  agent C.inspect → -receipt_confirmation, inspected ok: dress#1; missing: dress#2, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 10 10:00
        A: closed exchanged; paid 50.00; clocks none; with supervisor
        B: closed exchanged; paid 7.17; clocks follow_up 9 09:00
        C: awaiting_refund; due; clocks refund_execution 10 10:00
        ledger: compensation 57.17 held 190.59; dress 1 back; dress 2 replaced
        ",
    );
}

#[test]
fn what_was_netted_against_a_difference_comes_back_with_the_goods() {
    check(
        "
        product coat 200.59
        0 10:00 buyer open exchange quality dress×1 photos 1 for coat
        0 12:00 agent approve comp 8.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0 freight 5.00
        2 10:00 agent refund
        2 10:05 provider paid
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        5 09:00 buyer B.open return_and_refund no_reason dress×1 intact
        5 10:00 agent B.approve
        6 09:00 buyer B.ship SF 1002
        7 09:00 agent B.inspect dress=1/0/0
        7 09:30 agent B.refund
        7 09:31 provider B.paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +8.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; return freight 5.00, replacement_due, +replacement_dispatch till 4 09:00, difference_netted 10.00 (compensation 8.00, return freight 2.00), refund_due #1 3.00 (return freight 3.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1
        2 11:00  agent ship_replacement → -replacement_dispatch, replacement_shipped, +replacement_receipt till 18 00:00
        4 09:00  buyer confirm → -replacement_receipt, replacement_received, closed exchanged, follow_up_due, +follow_up till 6 09:00
        5 09:00  follow_up warning → warned of follow_up
        5 09:00  buyer B.open → opened 200.59 for dress#1 by ELG-1, return freight buyer, +decision till 7 09:00
        5 10:00  agent B.approve → -decision, approved [ELG-1], +return_shipment till 16 00:00
        6 09:00  follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        6 09:00  buyer B.ship → -return_shipment, return_shipped, +receipt_confirmation till 12 00:00
        7 09:00  agent B.inspect → -receipt_confirmation, inspected ok: dress#1, refund_due #1 200.59 (dress#1 200.59), +refund_execution till 9 09:00
        7 09:30  agent B.refund → refund_ordered #1
        7 09:31  provider B.paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 9 09:31
        A: closed exchanged; paid 3.00; clocks none; with supervisor
        B: closed refunded; paid 200.59; clocks follow_up 9 09:31
        ledger: goods 200.59 return freight 3.00 difference 10.00; dress 1 back; dress 1 replaced
        ",
    );
}

#[test]
fn what_was_netted_is_not_paid_on_top_again_when_converted() {
    check(
        "
        product coat 200.59
        0 10:00 buyer open exchange quality dress×1 photos 1 for coat
        0 12:00 agent approve comp 4.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 11:00 agent convert
        2 11:01 agent refund
        2 11:02 provider paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +4.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, difference_netted 4.00 (compensation 4.00, return freight 0.00), difference_owed 6.00
        2 11:00  agent convert → -replacement_dispatch, converted_to_refund 194.59, refund_due #1 194.59 (dress#1 194.59), +refund_execution till 4 11:00
        2 11:01  agent refund → refund_ordered #1
        2 11:02  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 11:02
        A: closed refunded; paid 194.59; clocks follow_up 4 11:02
        ledger: goods 194.59 difference 4.00; dress 1 back
        ",
    );
}
