//! The money's track: one number a refund, asked as often as needed, paid once.
//!
//! Must not know: the provider; its answers are told here in any order.

use crate::language::check;

#[test]
fn an_answer_that_comes_twice_counts_once() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider paid
        0 12:06 provider paid
        0 12:07 provider declined
        0 12:08 provider unknown
        0 12:09 provider try_again
        ",
        "
        ",
    );
}

#[test]
fn an_answer_that_never_comes_calls_a_supervisor() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        2 12:00 wait
        2 12:01 supervisor refund
        2 12:02 supervisor record HAND-1
        9 10:00 provider paid
        ",
        "
        ",
    );
}

#[test]
fn unknown_is_asked_about_and_never_paid_again_meanwhile() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider unknown
        0 12:06 agent refund
        0 12:07 supervisor record HAND-1
        0 12:08 provider unknown
        0 12:30 provider paid
        ",
        "
        ",
    );
}

#[test]
fn unknown_turns_out_to_have_failed() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider unknown
        0 12:30 provider try_again
        0 12:40 provider paid #1.1
        ",
        "
        ",
    );
}

#[test]
fn trying_again_ends_at_its_bound_and_calls_a_supervisor() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider try_again
        0 12:06 provider try_again
        0 12:07 provider try_again #1.1
        0 12:08 provider try_again
        0 12:09 provider try_again
        0 12:10 provider try_again
        0 12:11 provider try_again
        0 13:00 agent refund
        0 13:01 provider try_again
        0 14:00 agent refund
        0 14:01 provider paid
        ",
        "
        ",
    );
}

#[test]
fn a_declined_refund_is_tried_again_by_hand() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider declined
        0 12:06 provider declined
        0 13:00 agent refund
        0 13:01 provider declined #1.1
        0 13:02 provider paid
        ",
        "
        ",
    );
}

#[test]
fn paid_is_believed_even_after_it_failed() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider declined
        0 12:06 provider paid
        0 12:07 supervisor record HAND-1
        ",
        "
        ",
    );
}

#[test]
fn a_refund_paid_by_hand_is_recorded_only_after_it_failed() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 11:00 supervisor record HAND-1
        0 12:00 agent approve
        0 12:01 supervisor record HAND-1
        0 12:05 provider declined
        0 12:06 agent record HAND-1
        0 12:07 supervisor record HAND-1
        0 12:08 supervisor record HAND-1
        0 12:09 provider paid
        ",
        "
        ",
    );
}

#[test]
fn answers_about_refunds_that_are_not_there_do_nothing() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 11:00 provider paid #1.1
        0 12:00 agent approve
        0 12:01 provider paid #2.1
        0 12:02 provider declined #1.2
        0 12:03 provider declined #1.0
        0 12:04 provider paid #1.9
        ",
        "
        ",
    );
}

#[test]
fn a_refund_due_is_not_paid_before_it_is_ordered() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 09:01 provider paid #1.1
        2 09:02 agent refund
        2 09:03 agent refund
        2 09:04 provider paid
        ",
        "
        ",
    );
}

#[test]
fn a_failed_refund_outlives_its_clock_with_a_supervisor() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider declined
        2 12:00 wait
        5 12:00 supervisor record HAND-1
        ",
        "
        ",
    );
}
