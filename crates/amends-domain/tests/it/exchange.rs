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
        2 10:02 agent pay_difference 108.41
        2 11:00 agent ship_replacement SF 2001
        4 09:00 buyer confirm
        4 10:00 agent send_back YTO 77
        ",
        "
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
        ",
    );
}
