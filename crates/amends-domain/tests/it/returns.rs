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
        3 09:00 agent inspect dress=1/0/1 belt=0/1/0
        3 09:30 agent refund
        3 10:05 provider paid
        3 11:00 agent send_back YTO 77
        4 09:00 buyer B.open return_and_refund quality dress×1 belt×1 photos 1
        ",
        "
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
        ",
    );
}
