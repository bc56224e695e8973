//! The request's track: granted, declined, asked again, taken back, ruled on.
//!
//! Must not know: how `decide` is divided. The language is in `language`.

use crate::language::check;

#[test]
fn refund_only_approved_is_ordered_at_once_and_closes_when_paid() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider paid
        1 09:00 buyer follow_up 5
        ",
        "
        ",
    );
}

#[test]
fn a_refused_request_is_renewed_for_less() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×2 photos 2
        0 12:00 agent refuse no_fault_found
        1 09:00 buyer renew 100.00
        1 10:00 agent approve
        1 10:01 provider paid
        ",
        "
        ",
    );
}

#[test]
fn a_refusal_nobody_answers_stands_after_seven_counted_days() {
    check(
        "
        0 10:00 buyer open refund_only regret dress×1
        0 12:00 agent refuse used
        9 00:00 wait
        ",
        "
        ",
    );
}

#[test]
fn the_platform_rules_for_the_buyer() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 1
        0 12:00 agent refuse no_fault_found
        1 09:00 buyer ask
        2 09:00 mediator rule buyer
        2 09:01 provider paid
        ",
        "
        ",
    );
}

#[test]
fn the_platform_rules_for_the_shop() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 1
        0 12:00 agent refuse used
        1 09:00 buyer ask
        2 09:00 supervisor rule shop
        ",
        "
        ",
    );
}

#[test]
fn the_platform_rules_in_part_of_what_was_asked() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×2 photos 1
        0 12:00 agent refuse amount_unfounded
        1 09:00 buyer ask
        2 09:00 mediator rule part 300.00
        3 09:00 buyer ship SF 1001
        5 09:00 agent inspect dress=1/0/1
        5 10:00 agent refund
        5 10:01 provider paid
        ",
        "
        ",
    );
}

#[test]
fn a_shop_that_thinks_better_of_it_settles_a_dispute() {
    check(
        "
        0 10:00 buyer open refund_only quality belt×1
        0 12:00 agent refuse no_fault_found
        1 09:00 buyer ask
        1 10:00 agent approve
        1 10:01 mediator rule shop
        1 10:02 provider paid
        ",
        "
        ",
    );
}

#[test]
fn unanswered_requests_are_approved_after_48_hours_with_a_warning_before() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        1 22:00 wait
        2 09:59 wait
        2 10:00 wait
        2 10:05 provider paid
        ",
        "
        ",
    );
}

#[test]
fn an_auto_approved_return_waits_for_the_buyer() {
    check(
        "
        0 10:00 buyer open return_and_refund no_reason dress×1 intact
        2 10:00 wait
        ",
        "
        ",
    );
}

#[test]
fn before_dispatch_everything_goes_back_with_the_freight() {
    check(
        "
        order dress 2 × 199.50, belt 1 × 49.00, discount 20.00, freight 12.00, paid
        0 10:00 buyer open refund_only regret dress×2 belt×1
        0 11:00 agent approve
        0 11:01 provider paid
        ",
        "
        ",
    );
}

#[test]
fn before_dispatch_a_part_goes_back_without_the_freight() {
    check(
        "
        order dress 2 × 199.50, belt 1 × 49.00, discount 20.00, freight 12.00, paid
        0 10:00 buyer open refund_only regret dress×1
        0 11:00 agent approve
        0 11:01 provider paid
        ",
        "
        ",
    );
}

#[test]
fn after_delivery_freight_is_only_paid_back_when_it_is_asked_for() {
    check(
        "
        0 10:00 buyer open refund_only not_received dress×2 belt×1
        0 11:00 buyer withdraw
        0 12:00 buyer B.open refund_only not_received dress×2 belt×1 amount 440.00
        0 13:00 agent B.approve
        0 13:01 provider B.paid
        ",
        "
        ",
    );
}

#[test]
fn a_partial_amount_is_spread_over_the_units_to_the_fen() {
    check(
        "
        0 10:00 buyer open refund_only not_as_described dress×2 belt×1 amount 100.01
        0 11:00 agent approve
        0 11:01 provider paid
        ",
        "
        ",
    );
}

#[test]
fn a_request_can_be_withdrawn_until_the_goods_are_on_their_way() {
    check(
        "
        0 10:00 buyer open return_and_refund no_reason dress×1 intact
        0 11:00 agent approve
        0 12:00 buyer withdraw
        0 13:00 buyer B.open return_and_refund no_reason dress×2 intact
        0 14:00 agent B.approve
        0 15:00 buyer B.ship SF 1001
        0 16:00 buyer B.withdraw
        ",
        "
        ",
    );
}

#[test]
fn texts_do_not_change_the_terms_an_agent_has_seen() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 10:01 buyer message
        0 10:02 agent note
        0 10:03 agent approve seen 1
        0 10:04 agent approve seen 2
        0 10:05 provider paid
        0 10:06 buyer message
        ",
        "
        ",
    );
}

#[test]
fn a_withdrawn_dispute_ends_with_the_case() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 2
        0 12:00 agent refuse no_fault_found
        1 09:00 buyer ask
        1 10:00 buyer withdraw
        ",
        "
        ",
    );
}
