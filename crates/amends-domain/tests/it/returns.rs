//! The goods' way back: what is accepted is paid for, what is not goes back to the buyer; who bears
//! the freight, and what may be paid on top.
//!
//! Must not know: how `decide` is divided. The language is in `language`.

use crate::language::check;

#[test]
fn a_return_is_inspected_refunded_and_followed_up() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        2 09:00 buyer ship SF 1001
        4 09:00 agent inspect dress=1/0/0 freight 12.00
        4 10:00 agent refund
        4 10:05 provider paid
        5 09:00 agent follow_up 4
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        2 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        4 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; return freight 12.00, refund_due #1 202.59 (dress#1 190.59, return freight 12.00), +refund_execution till 6 09:00
        4 10:00  agent refund → refund_ordered #1
        4 10:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 6 10:05
        5 09:00  agent follow_up → -follow_up, follow_up_recorded
        A: closed refunded; paid 202.59; clocks none
        ledger: goods 190.59 return freight 12.00; dress 1 back
        ",
    );
}

#[test]
fn a_carrier_is_booked_to_come_for_it_and_once_more() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 agent pickup SF 1 09:00 1 12:00
        0 20:00 buyer pickup SF 2 18:00 2 20:00 ref QJ-7
        2 19:00 buyer ship SF 1001
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        0 12:05  agent pickup → pickup_booked SF from 1 09:00 till 1 12:00
        0 20:00  buyer pickup → pickup_booked SF from 2 18:00 till 2 20:00
        2 19:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        A: return_on_the_way; no money; clocks receipt_confirmation 8 00:00
        ledger:
        ",
    );
}

#[test]
fn a_part_of_the_line_is_returned() {
    check(
        "
        order dress 5 × 99.99, discount 0.03, freight 8.00, delivered
        0 10:00 buyer open return_and_refund not_as_described dress×3
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        3 09:00 agent inspect dress=3/0/0
        3 09:30 supervisor refund
        3 10:05 provider paid
        ",
        "
        0 10:00  buyer open → opened 299.95 for dress#1 dress#2 dress#3 by LAW-24, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [LAW-24], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        3 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1 dress#2 dress#3, refund_due #1 299.95 (dress#1 99.98, dress#2 99.98, dress#3 99.99), +refund_execution till 5 09:00
        3 09:30  supervisor refund → refund_ordered #1
        3 10:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 5 10:05
        A: closed refunded; paid 299.95; clocks follow_up 5 10:05
        ledger: goods 299.95; dress 3 back
        ",
    );
}

#[test]
fn accepted_is_paid_rejected_goes_back_missing_is_neither() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 belt×1 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        3 08:00 agent inspect dress=1/0/1 belt=0/1/0 unseen
        3 08:30 agent inspect dress=1/0/1 belt=0/1/0 unsaid
        3 09:00 agent inspect dress=1/0/1 belt=0/1/0
        3 09:30 agent refund
        3 10:05 provider paid
        3 11:00 agent send_back YTO 77
        4 09:00 buyer B.open return_and_refund quality dress×1 belt×1 photos 1
        ",
        "
        0 10:00  buyer open → opened 428.00 for dress#1 dress#2 belt#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        3 08:00  agent inspect → ✗ rejection_unproven: what is not accepted is shown in pictures, with the reason
        3 08:30  agent inspect → ✗ rejection_unproven: what is not accepted is shown in pictures, with the reason
        3 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; not ok: belt#1; missing: dress#2, +send_back till 5 09:00, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 5 09:00
        3 09:30  agent refund → refund_ordered #1
        3 10:05  provider paid → -refund_execution, refund_paid #1
        3 11:00  agent send_back → -send_back, sent_back, closed refunded, follow_up_due, +follow_up till 5 11:00
        4 09:00  buyer B.open → opened 237.41 for dress#2 belt#1 by ELG-2, return freight shop, +decision till 6 09:00
        A: closed refunded; paid 190.59; clocks follow_up 5 11:00
        B: awaiting_decision; no money; clocks decision 6 09:00
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn sent_back_before_the_refund_is_paid_the_refund_closes() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        3 09:00 agent inspect dress=1/1/0
        3 11:00 machine send_back YTO 77
        3 12:00 agent refund
        3 12:05 provider paid
        ",
        "
        0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        3 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; not ok: dress#2, +send_back till 5 09:00, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 5 09:00
        3 11:00  machine send_back → -send_back, sent_back
        3 12:00  agent refund → refund_ordered #1
        3 12:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 5 12:05
        A: closed refunded; paid 190.59; clocks follow_up 5 12:05
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn nothing_accepted_pays_nothing_and_closes_once_all_is_sent_back() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 1
        0 12:00 agent approve comp 10.00
        1 09:00 buyer ship SF 1001
        3 09:00 agent inspect dress=0/1/0 freight 12.00
        3 11:00 agent send_back YTO 77
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +10.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        3 09:00  agent inspect → -receipt_confirmation, inspected not ok: dress#1; return freight 12.00, +send_back till 5 09:00
        3 11:00  agent send_back → -send_back, sent_back, closed nothing_accepted
        A: closed nothing_accepted; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn an_empty_parcel_closes_the_case() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        3 09:00 agent inspect dress=0/0/2
        ",
        "
        0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        3 09:00  agent inspect → -receipt_confirmation, inspected missing: dress#1 dress#2, closed nothing_accepted
        A: closed nothing_accepted; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn a_mistyped_waybill_is_mended_without_a_new_clock() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        2 09:00 buyer ship SF 1001
        3 09:00 buyer ship SF 1002
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        2 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        3 09:00  buyer ship → return_shipped
        A: return_on_the_way; no money; clocks receipt_confirmation 8 00:00
        ledger:
        ",
    );
}

#[test]
fn a_parcel_without_a_waybill_is_inspected_all_the_same() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        2 09:00 agent inspect dress=1/0/0
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        2 09:00  agent inspect → -return_shipment, inspected ok: dress#1, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 09:00
        A: awaiting_refund; due; clocks refund_execution 4 09:00
        ledger: held 190.59; dress 1 back
        ",
    );
}

#[test]
fn return_freight_is_the_shops_within_its_bound() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        2 09:00 buyer ship SF 1001
        4 09:00 agent inspect dress=1/0/0 freight 25.01
        4 09:01 agent inspect dress=1/0/0 freight 25.00
        4 10:00 agent refund
        4 10:05 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        2 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        4 09:00  agent inspect → ✗ above_freight_bound: return freight of 25.01 CNY, at most 25.00 CNY
        4 09:01  agent inspect → -receipt_confirmation, inspected ok: dress#1; return freight 25.00, refund_due #1 215.59 (dress#1 190.59, return freight 25.00), +refund_execution till 6 09:01
        4 10:00  agent refund → refund_ordered #1
        4 10:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 6 10:05
        A: closed refunded; paid 215.59; clocks follow_up 6 10:05
        ledger: goods 190.59 return freight 25.00; dress 1 back
        ",
    );
}

#[test]
fn return_freight_of_a_no_reason_return_is_the_buyers() {
    check(
        "
        0 10:00 buyer open return_and_refund no_reason dress×1 intact
        0 12:00 agent approve
        2 09:00 buyer ship SF 1001
        4 09:00 agent inspect dress=1/0/0 freight 0.01
        4 09:01 agent inspect dress=1/0/0 freight 0.00
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-1, return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-1], +return_shipment till 11 00:00
        2 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        4 09:00  agent inspect → ✗ freight_is_buyers: the buyer bears the return's freight
        4 09:01  agent inspect → -receipt_confirmation, inspected ok: dress#1, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 6 09:01
        A: awaiting_refund; due; clocks refund_execution 6 09:01
        ledger: held 190.59; dress 1 back
        ",
    );
}

#[test]
fn compensation_stays_within_the_percent_of_its_clause() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve comp 57.18
        0 12:01 agent approve comp 57.17
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:00 agent refund
        2 10:05 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → ✗ compensation_without_clause: compensation of 57.18 CNY, at most 57.17 CNY
        0 12:01  agent approve → -decision, approved [ELG-2] +57.17, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, refund_due #1 247.76 (dress#1 190.59, compensation 57.17), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 4 10:05
        A: closed refunded; paid 247.76; clocks follow_up 4 10:05
        ledger: goods 190.59 compensation 57.17; dress 1 back
        ",
    );
}

#[test]
fn compensation_needs_a_clause() {
    check(
        "
        0 10:00 buyer open return_and_refund not_as_described dress×1 photos 2
        0 12:00 agent approve comp 0.01
        0 12:01 agent approve comp 0.00
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by LAW-24, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → ✗ compensation_without_clause: compensation of 0.01 CNY, at most 0.00 CNY
        0 12:01  agent approve → -decision, approved [LAW-24], +return_shipment till 11 00:00
        A: awaiting_return; no money; clocks return_shipment 11 00:00
        ledger:
        ",
    );
}

#[test]
fn compensation_in_another_currency_is_refused() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve comp 1.00USD
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → ✗ wrong_currency: amounts of this order are in CNY, not in USD
        A: awaiting_decision; no money; clocks decision 2 10:00
        ledger:
        ",
    );
}

#[test]
fn above_an_agents_limit_a_supervisor_grants() {
    check(
        "
        limit 100.00
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:01 supervisor approve
        0 12:02 provider declined
        0 12:03 agent refund
        0 12:04 supervisor refund
        0 12:05 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → ✗ above_authority: 190.59 CNY is above the limit of 100.00 CNY; a supervisor may grant it
        0 12:01  supervisor approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:01
        0 12:02  provider declined → refund_failed #1.1, escalated to supervisor
        0 12:03  agent refund → ✗ above_authority: 190.59 CNY is above the limit of 100.00 CNY; a supervisor may grant it
        0 12:04  supervisor refund → refund_retried #1.2 at once, -refund_execution, +refund_execution till 2 12:04
        0 12:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 12:05
        A: closed refunded; paid 190.59; clocks follow_up 2 12:05
        ledger: goods 190.59
        ",
    );
}
