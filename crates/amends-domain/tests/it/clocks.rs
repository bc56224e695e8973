//! Clocks: when they end, what they end in, and that a stale deadline does nothing.
//!
//! Every deadline the harness tells is told early, in time and again; only the one in time counts.
//! Must not know: any length; the packs have them.

use crate::language::check;

#[test]
fn a_return_not_shipped_in_ten_counted_days_closes_at_midnight() {
    check(
        "
        0 10:00 buyer open return_and_refund no_reason dress×1 intact
        0 12:00 agent approve
        10 23:59 wait
        11 00:00 wait
        11 00:01 buyer ship SF 1001
        ",
        "
        ",
    );
}

#[test]
fn a_day_counts_from_the_next_one_however_late_it_is() {
    check(
        "
        0 10:00 buyer open return_and_refund no_reason dress×1 intact
        0 23:59 agent approve
        11 00:00 wait
        ",
        "
        ",
    );
}

#[test]
fn receipt_is_confirmed_and_the_refund_ordered_by_themselves() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        2 09:00 buyer ship SF 1001
        10 00:00 wait
        10 00:05 provider paid
        14 00:00 wait
        ",
        "
        ",
    );
}

#[test]
fn a_ruling_that_does_not_come_escalates() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent refuse used
        1 09:00 buyer ask
        5 00:00 wait
        5 09:00 supervisor rule buyer
        5 09:01 provider paid
        ",
        "
        ",
    );
}

#[test]
fn units_not_sent_back_in_time_escalate() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 photos 2
        0 12:00 agent approve
        2 09:00 buyer ship SF 1001
        3 09:00 agent inspect dress=1/1/0
        3 10:00 agent refund
        3 10:05 provider paid
        5 09:00 wait
        6 09:00 agent send_back YTO 77
        ",
        "
        ",
    );
}

#[test]
fn a_follow_up_that_is_late_calls_a_supervisor_until_it_is_made() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider paid
        2 12:05 wait
        3 09:00 agent follow_up
        ",
        "
        ",
    );
}

#[test]
fn a_decision_clock_of_an_earlier_generation_is_stale() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent refuse used
        1 09:00 buyer renew
        2 10:00 clock deadline decision expiry 1
        2 10:01 clock deadline refusal_answer expiry 2
        2 10:02 clock deadline decision expiry 4
        2 10:03 clock deadline decision expiry 3
        2 21:00 clock deadline decision warning 3
        3 09:00 wait
        ",
        "
        ",
    );
}

#[test]
fn nothing_runs_for_a_case_that_is_closed() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        0 13:00 buyer withdraw
        20 00:00 wait
        20 00:01 clock deadline return_shipment expiry 2
        ",
        "
        ",
    );
}

#[test]
fn a_replacement_not_dispatched_in_time_escalates() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 1
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        4 09:00 wait
        4 10:00 agent ship_replacement SF 2001
        ",
        "
        ",
    );
}
