//! What people may grant: one limit for all the refunds of a case, in one currency, and for every way
//! there is to grant something.
//!
//! Must not know: where limits are kept.

use crate::language::check;

#[test]
fn a_ruling_entered_by_a_supervisor_stays_within_his_limit() {
    check(
        "
        limit supervisor 100.00
        0 10:00 buyer open refund_only quality dress×1
        0 11:00 agent refuse used
        0 12:00 buyer ask
        0 12:01 supervisor rule buyer
        0 12:02 supervisor rule part 100.01
        0 12:03 supervisor rule part 100.00
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  agent refuse → -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        0 12:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 4 00:00
        0 12:01  supervisor rule → ✗ above_authority: 190.59 CNY is above the limit of 100.00 CNY; a manager may grant it
        0 12:02  supervisor rule → ✗ above_authority: 100.01 CNY is above the limit of 100.00 CNY; a manager may grant it
        0 12:03  supervisor rule → -ruling, ruled in_part, approved [], refund_due #1 100.00 (dress#1 100.00), refund_ordered #1, +refund_execution till 2 12:03
        A: refund_on_the_way; ordered; clocks refund_execution 2 12:03
        ledger: held 100.00
        ",
    );
}

#[test]
fn a_ruling_for_the_shop_grants_nothing() {
    check(
        "
        limit supervisor 0.00
        0 10:00 buyer open refund_only quality dress×1
        0 11:00 agent refuse used
        0 12:00 buyer ask
        0 12:01 supervisor rule shop
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  agent refuse → -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        0 12:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 4 00:00
        0 12:01  supervisor rule → -ruling, ruled for_shop, closed refused
        A: closed refused; no money; clocks none
        ledger:
        ",
    );
}

#[test]
fn an_exchange_ruled_for_the_buyer_counts_what_it_gives_back() {
    check(
        "
        product pin 1.00
        limit supervisor 189.58
        0 10:00 buyer open exchange quality dress×1 photos 1 for pin
        0 11:00 agent refuse used
        0 12:00 buyer ask
        0 12:01 supervisor rule buyer
        0 12:02 manager rule buyer
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 11:00  agent refuse → -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        0 12:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 4 00:00
        0 12:01  supervisor rule → ✗ above_authority: 189.59 CNY is above the limit of 189.58 CNY; a manager may grant it
        0 12:02  manager rule → -ruling, ruled for_buyer, approved [ELG-2], +return_shipment till 11 00:00
        A: awaiting_return; no money; clocks return_shipment 11 00:00
        ledger:
        ",
    );
}

#[test]
fn the_platforms_ruling_is_above_the_shops_limits() {
    check(
        "
        limit supervisor 100.00
        0 10:00 buyer open refund_only quality dress×1
        0 11:00 agent refuse used
        0 12:00 buyer ask
        0 12:01 mediator rule buyer
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 11:00  agent refuse → -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        0 12:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 4 00:00
        0 12:01  mediator rule → -ruling, ruled for_buyer, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:01
        A: refund_on_the_way; ordered; clocks refund_execution 2 12:01
        ledger: held 190.59
        ",
    );
}

#[test]
fn a_limit_is_for_all_refunds_of_a_case_together() {
    check(
        "
        product scarf 100.00
        limit 190.59
        limit supervisor 209.58
        0 10:00 buyer open exchange quality dress×1 photos 1 for scarf
        0 12:00 agent approve comp 20.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:00 agent refund
        2 10:05 provider paid
        2 11:00 agent convert
        2 11:01 supervisor convert
        2 11:02 manager convert
        2 11:03 supervisor refund
        2 11:04 manager refund
        2 11:05 provider declined
        2 11:06 supervisor record HAND-1
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +20.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 110.59 (dress#1 90.59, compensation 20.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:05  provider paid → -refund_execution, refund_paid #1
        2 11:00  agent convert → ✗ above_authority: 210.59 CNY is above the limit of 190.59 CNY; a supervisor may grant it
        2 11:01  supervisor convert → ✗ above_authority: 210.59 CNY is above the limit of 209.58 CNY; a manager may grant it
        2 11:02  manager convert → -replacement_dispatch, converted_to_refund 100.00, refund_due #2 100.00 (dress#1 100.00), +refund_execution till 4 11:02
        2 11:03  supervisor refund → ✗ above_authority: 210.59 CNY is above the limit of 209.58 CNY; a manager may grant it
        2 11:04  manager refund → refund_ordered #2
        2 11:05  provider declined → refund_failed #2.1, escalated to supervisor
        2 11:06  supervisor record → ✗ above_authority: 210.59 CNY is above the limit of 209.58 CNY; a manager may grant it
        A: refund_in_trouble; failed; clocks refund_execution 4 11:02; with supervisor
        ledger: goods 90.59 compensation 20.00 held 100.00; dress 1 back
        ",
    );
}

#[test]
fn a_limit_in_another_currency_grants_nothing() {
    check(
        "
        limit 500.00USD
        limit supervisor 500.00
        0 10:00 buyer open refund_only quality dress×1
        0 12:00 agent approve
        0 12:01 supervisor approve
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → ✗ above_authority: 190.59 CNY is above the limit of 0.00 CNY; a supervisor may grant it
        0 12:01  supervisor approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:01
        A: refund_on_the_way; ordered; clocks refund_execution 2 12:01
        ledger: held 190.59
        ",
    );
}
