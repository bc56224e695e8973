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
        0 11:06 buyer C.open refund_only regret belt×1
        ",
        "
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
        1 10:00 buyer B.open return_and_refund quality dress×1 photos 1
        1 11:00 agent B.approve
        2 09:00 buyer B.ship SF 1001
        3 09:00 agent B.inspect dress=1/0/0
        3 09:30 agent B.refund
        3 09:31 provider B.paid
        ",
        "
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
        ",
    );
}
