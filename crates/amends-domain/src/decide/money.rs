//! The money's track: what is due, asking the provider, and what its answers mean.
//!
//! A refund has one number for ever, which is the provider's key for it: however often it is asked,
//! and however late or twice it answers, it pays once.
//! Must not know: the provider. Tests: `tests/it/money.rs`, `tests/it/exchange.rs`.

use super::{Deciding, in_currency, not_now, talk, text_within};
use crate::actor::Role;
use crate::case::clock::Clock;
use crate::case::{Case, Kind, MoneyState};
use crate::command::{PaymentAnswer, REFERENCE_CHARS_MAX};
use crate::event::{Because, Event};
use crate::ledger::{Breakdown, OrderLedger, UnitRef};
use crate::money::Money;
use crate::policy::Bound;
use crate::refusal::Refusal;

/// What a case pays once its goods are where they belong.
fn breakdown(case: &Case, ledger: &OrderLedger, compensation: i64) -> Breakdown {
    let paid_units = case.paid_units();
    if paid_units.is_empty() && case.kind.returns_goods() {
        // Nothing came back that could be kept: nothing is paid, not even on top.
        return Breakdown::default();
    }
    let mut breakdown = Breakdown {
        return_freight: on_top(case, case.return_freight_due, |paid| paid.return_freight),
        compensation,
        ..Breakdown::default()
    };
    if case.kind == Kind::Exchange {
        let back = exchange_back(case, ledger, paid_units);
        breakdown.goods = ledger.spread(back.max(0), paid_units);
    }
    if !case.kind.asks_money() {
        return breakdown;
    }
    let goods = case.claim.amount.min(ledger.left_for(&case.claim.units));
    let parts = ledger.spread(goods, &case.claim.units);
    breakdown.goods = parts
        .into_iter()
        .filter(|part| paid_units.contains(&(part.line, part.unit)))
        .collect();
    if paid_units.len() == case.claim.units.len() {
        breakdown.freight = (case.claim.amount - goods).min(ledger.freight_left());
    }
    breakdown
}

/// What is still due on top: a converted exchange may have paid some of it already, and does not
/// pay it again.
fn on_top(case: &Case, due: i64, part: fn(&Breakdown) -> i64) -> i64 {
    (due - case.refund.as_ref().map_or(0, |refund| part(&refund.breakdown))).max(0)
}

/// The compensation still due. What the clause leaves for the accepted units bounds it once more:
/// some of those it was granted for may have had theirs, and it is the others that were sent back.
fn compensation_due(deciding: &Deciding<'_>, case: &Case, ledger: &OrderLedger) -> i64 {
    let due = on_top(case, case.compensation, |paid| paid.compensation);
    if case.agreed.is_some() {
        // Its own clause bounded it when it was offered.
        return due.min(room(case, ledger).max(case.compensation));
    }
    let left = compensation_left(deciding, case, ledger, case.paid_units());
    due.min(left)
}

/// What the case's right leaves of compensation for these units, over all cases: its percentage, or the
/// least it gives where that is more.
pub(super) fn compensation_left(
    deciding: &Deciding<'_>,
    case: &Case,
    ledger: &OrderLedger,
    units: &[UnitRef],
) -> i64 {
    let by_percent = ledger.compensation_left(compensation_percent(deciding, case), units);
    let terms = case.right.as_ref().and_then(|right| deciding.policy.right(right));
    let at_least = terms
        .filter(|terms| terms.compensation_currency == Some(case.currency))
        .and_then(|terms| terms.compensation_at_least)
        .map_or(0, |least| least - ledger.compensated(units));
    by_percent.max(at_least)
}

/// The percentage that the case's right allows.
pub(super) fn compensation_percent(deciding: &Deciding<'_>, case: &Case) -> u32 {
    let right = case.right.as_ref().and_then(|right| deciding.policy.right(right));
    right
        .and_then(|terms| terms.compensation_percent_max)
        .unwrap_or(0)
}

/// What the buyer agreed to pay was for all units; for some of them it is a part.
fn agreed_part(case: &Case, units: &[UnitRef]) -> i64 {
    let count = |units: &[UnitRef]| i64::try_from(units.len()).unwrap_or(i64::MAX);
    let pays = case.buyer_pays.unwrap_or(0).saturating_mul(count(units));
    pays / count(&case.claim.units).max(1)
}

/// What an exchange of these units gives back; below zero it is what the buyer owes. The same again
/// costs what is left of the first.
fn exchange_back(case: &Case, ledger: &OrderLedger, units: &[UnitRef]) -> i64 {
    if case.buyer_pays.is_some() {
        return -agreed_part(case, units);
    }
    let count = i64::try_from(units.len()).unwrap_or(0);
    case.claim.replacement.as_ref().map_or(0, |product| {
        ledger.left_for(units) - product.price.minor().saturating_mul(count)
    })
}

/// What can come on top so that everything together is still an amount of money: a provider is never
/// asked for more.
pub(super) fn room(case: &Case, ledger: &OrderLedger) -> i64 {
    (Money::MAX_MINOR - ledger.paid() - case.compensation).max(0)
}

/// What granting a case pays out before anything comes on top.
pub(super) fn granted(case: &Case, ledger: Option<&OrderLedger>) -> i64 {
    match (case.kind, ledger) {
        (Kind::Exchange, Some(ledger)) => exchange_back(case, ledger, &case.claim.units).max(0),
        _ => case.claim.amount,
    }
}

/// Makes the refund due when there is anything to pay, and starts its clock.
pub(super) fn refund_due(deciding: &mut Deciding<'_>) {
    if make_due(deciding) {
        deciding.start(Clock::RefundExecution);
    }
}

/// Makes the refund due and orders it in the same breath; the clock watches the provider.
pub(super) fn refund_at_once(deciding: &mut Deciding<'_>) {
    if make_due(deciding) {
        order_if_due(deciding);
        deciding.start(Clock::RefundExecution);
    }
}

fn make_due(deciding: &mut Deciding<'_>) -> bool {
    let (Some(case), Some(ledger)) = (&deciding.state.case, &deciding.state.ledger) else {
        return false;
    };
    let breakdown = breakdown(case, ledger, compensation_due(deciding, case, ledger));
    if breakdown.total() == 0 {
        return false;
    }
    let refund = case.refund.as_ref().map_or(0, |refund| refund.number) + 1;
    let basis = case
        .agreed
        .as_ref()
        .or(case.right.as_ref())
        .into_iter()
        .cloned()
        .collect();
    deciding.push(Event::RefundDue {
        refund,
        breakdown,
        basis,
    });
    true
}

/// Orders the refund when one is due and not yet ordered; says whether it was.
pub(super) fn order_if_due(deciding: &mut Deciding<'_>) -> bool {
    let due = deciding
        .state
        .case
        .as_ref()
        .filter(|case| case.money == Some(MoneyState::Due));
    let Some(refund) = due
        .and_then(|case| case.refund.as_ref())
        .map(|refund| refund.number)
    else {
        return false;
    };
    deciding.push(Event::RefundOrdered { refund });
    true
}

/// An exchange's difference: what was granted on top goes towards it, and the buyer owes the rest; or
/// it is refunded, or there is none.
pub(super) fn settle_difference(deciding: &mut Deciding<'_>) {
    net_difference(deciding);
    let (Some(case), Some(ledger)) = (&deciding.state.case, &deciding.state.ledger) else {
        return;
    };
    let amount = -exchange_back(case, ledger, &case.accepted);
    if amount > 0 {
        deciding.push(Event::DifferenceOwed { amount });
    } else {
        refund_due(deciding);
    }
}

/// A repair that the buyer agreed to pay for waits for his money; else what comes on top is due.
pub(super) fn settle_repair(deciding: &mut Deciding<'_>) {
    let case = deciding.state.case.as_ref();
    match case.map_or(0, |case| agreed_part(case, &case.accepted)) {
        amount if amount > 0 => deciding.push(Event::DifferenceOwed { amount }),
        _ => refund_due(deciding),
    }
}

fn net_difference(deciding: &mut Deciding<'_>) {
    let (Some(case), Some(ledger)) = (&deciding.state.case, &deciding.state.ledger) else {
        return;
    };
    let owed = (-exchange_back(case, ledger, &case.accepted)).max(0);
    let compensation = owed.min(compensation_due(deciding, case, ledger));
    let return_freight = (owed - compensation).min(case.return_freight_due);
    if compensation + return_freight > 0 {
        deciding.push(Event::DifferenceNetted {
            compensation,
            return_freight,
        });
    }
}

/// Pays now, or tries again after the provider said no for good.
pub(super) fn refund(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    let Some(refund) = &case.refund else {
        return Err(not_now(case));
    };
    match case.money {
        Some(MoneyState::Due | MoneyState::Failed) => {}
        _ => return Err(not_now(case)),
    }
    deciding.within_authority(0)?;
    if !order_if_due(deciding) {
        deciding.push(Event::RefundRetried {
            refund: refund.number,
            attempt: refund.attempt + 1,
            at_once: true,
        });
        // A new order to the provider is watched for as long as the first.
        deciding.stop(Clock::RefundExecution);
        deciding.start(Clock::RefundExecution);
    }
    Ok(())
}

/// Only after the provider has said no for good, or could not say for as long as its clock ran:
/// before, paying by hand could double it.
pub(super) fn record_refund(
    deciding: &mut Deciding<'_>,
    case: &Case,
    reference: &str,
) -> Result<(), Refusal> {
    let silent = case
        .called_by
        .contains(&Because::ClockExpired(Clock::RefundExecution));
    let refund = match (&case.refund, case.money) {
        (Some(refund), Some(MoneyState::Failed)) => refund,
        (Some(refund), Some(MoneyState::Unknown)) if silent => refund,
        _ => return Err(not_now(case)),
    };
    text_within("reference", reference, REFERENCE_CHARS_MAX)?;
    deciding.within_authority(0)?;
    let recorded = Event::RefundRecorded {
        refund: refund.number,
        reference: reference.to_owned(),
    };
    paid(deciding, recorded);
    Ok(())
}

/// A provider's text, as long as a text in an event may be. It cannot be refused: the money has moved.
fn cut(text: &str) -> String {
    text.chars().take(REFERENCE_CHARS_MAX).collect()
}

/// What follows from a payment, whoever says that it was made.
fn paid(deciding: &mut Deciding<'_>, event: Event) {
    deciding.stop(Clock::RefundExecution);
    deciding.push(event);
    talk::watch_arrival(deciding);
    deciding.close_if_done();
}

/// The provider paid what was paid by hand: somebody must have one of the two back.
fn paid_twice(deciding: &mut Deciding<'_>, refund: u32, reference: &str) {
    deciding.push(Event::RefundPaidTwice {
        refund,
        reference: cut(reference),
    });
    deciding.push(Event::Escalated {
        to: Role::Supervisor,
        because: Because::RefundPaidTwice,
    });
}

/// Takes the provider's answer. One that comes twice, late or for an attempt long past changes
/// nothing, except that *paid* is believed of any attempt, since they share one number; and of a
/// refund recorded by hand, even of an exchange's before it was converted, it says *paid twice*.
pub(super) fn answer(
    deciding: &mut Deciding<'_>,
    case: &Case,
    number: u32,
    attempt: u32,
    answer: &PaymentAnswer,
) {
    if let PaymentAnswer::Paid { reference } = answer
        && case.paid_by_hand.contains(&number)
    {
        return paid_twice(deciding, number, reference);
    }
    let Some(refund) = case.refund.as_ref().filter(|refund| refund.number == number) else {
        return;
    };
    let waiting = matches!(case.money, Some(MoneyState::Ordered | MoneyState::Unknown));
    let current = waiting && refund.attempt == attempt;
    match answer {
        PaymentAnswer::Paid { reference } if waiting || case.money == Some(MoneyState::Failed) => {
            let paid_by_provider = Event::RefundPaid {
                refund: number,
                reference: cut(reference),
            };
            paid(deciding, paid_by_provider);
        }
        PaymentAnswer::TryAgain { code } if current => {
            let at_most = deciding
                .policy
                .bound(Bound::RefundAttempts)
                .map_or(0, |(_, at_most)| at_most);
            if i64::from(attempt) < at_most {
                deciding.push(Event::RefundRetried {
                    refund: number,
                    attempt: attempt + 1,
                    at_once: false,
                });
            } else {
                failed(deciding, number, attempt, code);
            }
        }
        PaymentAnswer::Declined { code } if current => failed(deciding, number, attempt, code),
        PaymentAnswer::Unknown if current && case.money == Some(MoneyState::Ordered) => {
            deciding.push(Event::RefundUnknown {
                refund: number,
                attempt,
            });
        }
        _ => {}
    }
}

fn failed(deciding: &mut Deciding<'_>, refund: u32, attempt: u32, code: &str) {
    deciding.push(Event::RefundFailed {
        refund,
        attempt,
        code: cut(code),
    });
    deciding.push(Event::Escalated {
        to: Role::Supervisor,
        because: Because::RefundFailed,
    });
}

pub(super) fn pay_difference(
    deciding: &mut Deciding<'_>,
    case: &Case,
    amount: Money,
    reference: &str,
) -> Result<(), Refusal> {
    if case.money != Some(MoneyState::DifferenceOwed) {
        return Err(not_now(case));
    }
    in_currency(case, Some(amount))?;
    let owed = deciding.money(case.difference);
    if amount != owed {
        return Err(Refusal::WrongDifference { given: amount, owed });
    }
    text_within("reference", reference, REFERENCE_CHARS_MAX)?;
    deciding.push(Event::DifferencePaid {
        amount: amount.minor(),
        reference: reference.to_owned(),
    });
    Ok(())
}
