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
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-1, return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-1], +return_shipment till 11 00:00
        9 00:00  return_shipment warning → warned of return_shipment
        11 00:00  return_shipment expiry → return_shipment over (CLK-3: close), closed not_shipped
        11 00:01  buyer ship → ✗ case_closed: the case is closed
        A: closed not_shipped; no money; clocks none
        ledger:
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
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-1, return freight buyer, +decision till 2 10:00
        0 23:59  agent approve → -decision, approved [ELG-1], +return_shipment till 11 00:00
        9 00:00  return_shipment warning → warned of return_shipment
        11 00:00  return_shipment expiry → return_shipment over (CLK-3: close), closed not_shipped
        A: closed not_shipped; no money; clocks none
        ledger:
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
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        2 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        7 00:00  receipt_confirmation warning → warned of receipt_confirmation
        8 00:00  receipt_confirmation expiry → receipt_confirmation over (CLK-4a: confirm), inspected ok: dress#1, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 10 00:00
        9 12:00  refund_execution warning → warned of refund_execution
        10 00:00  refund_execution expiry → refund_execution over (CLK-4b: refund), refund_ordered #1, +refund_execution till 12 00:00
        10 00:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 12 00:05
        11 00:05  follow_up warning → warned of follow_up
        12 00:05  follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        A: closed refunded; paid 190.59; clocks none; with supervisor
        ledger: goods 190.59; dress 1 back
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
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        1 09:00  buyer ask → -refusal_answer, intervention_asked, +ruling till 5 00:00
        4 00:00  ruling warning → warned of ruling
        5 00:00  ruling expiry → ruling over (CLK-7: escalate), escalated to supervisor
        5 09:00  supervisor rule → ruled for_buyer, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 7 09:00
        5 09:01  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 7 09:01
        A: closed refunded; paid 190.59; clocks follow_up 7 09:01
        ledger: goods 190.59
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
        0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        2 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 8 00:00
        3 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; not ok: dress#2, +send_back till 5 09:00, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 5 09:00
        3 10:00  agent refund → refund_ordered #1
        3 10:05  provider paid → -refund_execution, refund_paid #1
        4 21:00  send_back warning → warned of send_back
        5 09:00  send_back expiry → send_back over (HOU-3: escalate), escalated to supervisor
        6 09:00  agent send_back → sent_back, closed refunded, follow_up_due, +follow_up till 8 09:00
        A: closed refunded; paid 190.59; clocks follow_up 8 09:00
        ledger: goods 190.59; dress 1 back
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
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider paid → -refund_execution, refund_paid #1, closed refunded, follow_up_due, +follow_up till 2 12:05
        1 12:05  follow_up warning → warned of follow_up
        2 12:05  follow_up expiry → follow_up over (CLK-9: escalate), escalated to supervisor
        3 09:00  agent follow_up → follow_up_recorded
        A: closed refunded; paid 190.59; clocks none
        ledger: goods 190.59
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
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent refuse → -decision, refused used (next: renew ask_intervention withdraw), +refusal_answer till 8 00:00
        1 09:00  buyer renew → -refusal_answer, renewed 190.59, +decision till 3 09:00
        2 10:00  clock deadline → nothing
        2 10:01  clock deadline → nothing
        2 10:02  clock deadline → nothing
        2 10:03  clock deadline → nothing
        2 21:00  decision warning → warned of decision
        2 21:00  clock deadline → nothing
        3 09:00  decision expiry → decision over (CLK-2: approve), approved [CLK-2], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 5 09:00
        A: refund_on_the_way; ordered; clocks refund_execution 5 09:00
        ledger: held 190.59
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
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        0 13:00  buyer withdraw → -return_shipment, closed withdrawn
        20 00:01  clock deadline → nothing
        A: closed withdrawn; no money; clocks none
        ledger:
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
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00
        3 21:00  replacement_dispatch warning → warned of replacement_dispatch
        4 09:00  replacement_dispatch expiry → replacement_dispatch over (CLK-5: escalate), escalated to supervisor
        4 10:00  agent ship_replacement → replacement_shipped, +replacement_receipt till 20 00:00
        A: replacement_on_the_way; no money; clocks replacement_receipt 20 00:00
        ledger:; dress 1 back
        ",
    );
}

#[test]
fn a_provider_silent_about_a_refund_ordered_by_itself_is_watched() {
    check(
        "
        0 10:00 buyer open return_and_refund quality dress×1 photos 2
        0 12:00 agent approve
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        5 09:00 provider unknown
        6 09:00 wait
        9 10:00 provider paid
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 09:00
        3 21:00  refund_execution warning → warned of refund_execution
        4 09:00  refund_execution expiry → refund_execution over (CLK-4b: refund), refund_ordered #1, +refund_execution till 6 09:00
        5 09:00  provider unknown → refund_unknown #1.1
        5 21:00  refund_execution warning → warned of refund_execution
        6 09:00  refund_execution expiry → refund_execution over (CLK-4b: escalate), escalated to supervisor
        9 10:00  provider paid → refund_paid #1, closed refunded, follow_up_due, +follow_up till 11 10:00
        A: closed refunded; paid 190.59; clocks follow_up 11 10:00
        ledger: goods 190.59; dress 1 back
        ",
    );
}

#[test]
fn what_was_escalated_is_done_and_nobody_is_called_any_more() {
    check(
        "
        0 10:00 buyer open exchange quality dress×1 photos 1
        0 12:00 agent approve comp 20.00
        1 09:00 buyer ship SF 1001
        2 09:00 agent inspect dress=1/0/0
        2 10:00 agent refund
        2 10:01 provider declined
        2 10:02 supervisor refund
        2 10:03 provider paid
        ",
        "
        0 10:00  buyer open → opened 0.00 for dress#1 by ELG-2, return freight shop, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [ELG-2] +20.00, +return_shipment till 11 00:00
        1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
        2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1, replacement_due, +replacement_dispatch till 4 09:00, refund_due #1 20.00 (compensation 20.00), +refund_execution till 4 09:00
        2 10:00  agent refund → refund_ordered #1
        2 10:01  provider declined → refund_failed #1.1, escalated to supervisor
        2 10:02  supervisor refund → refund_retried #1.2 at once, -refund_execution, +refund_execution till 4 10:02
        2 10:03  provider paid → -refund_execution, refund_paid #1
        A: awaiting_replacement; paid 20.00; clocks replacement_dispatch 4 09:00
        ledger: compensation 20.00; dress 1 back
        ",
    );
}

#[test]
fn a_failed_refund_ordered_again_stays_with_the_supervisor_until_it_is_paid() {
    check(
        "
        0 10:00 buyer open refund_only quality dress×1 photos 2
        0 12:00 agent approve
        0 12:05 provider declined
        0 12:06 supervisor refund
        ",
        "
        0 10:00  buyer open → opened 190.59 for dress#1 by no right (not_met), return freight buyer, +decision till 2 10:00
        0 12:00  agent approve → -decision, approved [], refund_due #1 190.59 (dress#1 190.59), refund_ordered #1, +refund_execution till 2 12:00
        0 12:05  provider declined → refund_failed #1.1, escalated to supervisor
        0 12:06  supervisor refund → refund_retried #1.2 at once, -refund_execution, +refund_execution till 2 12:06
        A: refund_on_the_way; ordered; clocks refund_execution 2 12:06; with supervisor
        ledger: held 190.59
        ",
    );
}

/// Two causes; whichever is handled, the other stands.
const TWO_CAUSES: &str = "
    0 10:00 buyer open return_and_refund quality dress×2 photos 2
    0 12:00 agent approve
    1 09:00 buyer ship SF 1001
    2 09:00 agent inspect dress=1/1/0
    3 10:00 agent refund
    3 10:01 provider declined
";

const TWO_CAUSES_TRACE: &str = "
    0 10:00  buyer open → opened 381.18 for dress#1 dress#2 by ELG-2, return freight shop, +decision till 2 10:00
    0 12:00  agent approve → -decision, approved [ELG-2], +return_shipment till 11 00:00
    1 09:00  buyer ship → -return_shipment, return_shipped, +receipt_confirmation till 7 00:00
    2 09:00  agent inspect → -receipt_confirmation, inspected ok: dress#1; not ok: dress#2, +send_back till 4 09:00, refund_due #1 190.59 (dress#1 190.59), +refund_execution till 4 09:00
    3 10:00  agent refund → refund_ordered #1
    3 10:01  provider declined → refund_failed #1.1, escalated to supervisor
    3 21:00  refund_execution warning → warned of refund_execution
    3 21:00  send_back warning → warned of send_back
    4 09:00  refund_execution expiry → refund_execution over (CLK-4b: refund), escalated to supervisor
    4 09:00  send_back expiry → send_back over (HOU-3: escalate), escalated to supervisor
";

#[test]
fn of_two_causes_the_one_not_handled_stands() {
    for (last, line, end) in [
        (
            "5 09:00 supervisor record HAND-1",
            "5 09:00  supervisor record → refund_recorded #1",
            "A: awaiting_send_back; paid 190.59 by hand; clocks none; with supervisor
            ledger: goods 190.59; dress 1 back",
        ),
        (
            "5 09:00 agent send_back YTO 77",
            "5 09:00  agent send_back → sent_back",
            "A: refund_in_trouble; failed; clocks none; with supervisor
            ledger: held 190.59; dress 1 back",
        ),
        (
            "5 09:00 supervisor refund",
            "5 09:00  supervisor refund → refund_retried #1.2 at once, +refund_execution till 7 09:00",
            "A: refund_on_the_way; ordered; clocks refund_execution 7 09:00; with supervisor
            ledger: held 190.59; dress 1 back",
        ),
    ] {
        check(
            &format!("{TWO_CAUSES}{last}"),
            &format!("{TWO_CAUSES_TRACE}{line}\n{end}"),
        );
    }
}
