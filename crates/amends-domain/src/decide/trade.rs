//! Following up an order that is not paid yet: order letter, reminder, payments, dispatch, report (CLK-16,
//! CLK-18).
//!
//! Nothing here threatens: who does not pay is reminded, and reported once his time is over.
//! Must not know: words. Tests: `tests/it/trade.rs`.

use super::goods::parcel_within;
use super::{Deciding, in_currency, not_now, text_within};
use crate::actor::Role;
use crate::case::clock::Clock;
use crate::case::trade::{BANK_CHARS_MAX, PAYMENTS_MAX, Payment, PaymentWay, Trade};
use crate::case::{Case, Outcome, Parcel};
use crate::command::REFERENCE_CHARS_MAX;
use crate::digest::TextRef;
use crate::event::{Because, Dispatched, Event, Reported};
use crate::ledger::OrderLedger;
use crate::money::Money;
use crate::order::{Order, OrderPhase};
use crate::refusal::Refusal;
use crate::time::Moment;

/// Clocks that wait for the buyer's money.
const FOR_MONEY: [Clock; 4] = [
    Clock::OrderLetter,
    Clock::PaymentCall,
    Clock::PaymentReminder,
    Clock::NonPayment,
];

fn followed(case: &Case) -> Result<&Trade, Refusal> {
    let trade = case.trade.as_deref();
    trade.ok_or(Refusal::WrongKind { kind: case.kind })
}

/// An order for which money is still to come.
fn unpaid(case: &Case) -> Result<&Trade, Refusal> {
    let trade = followed(case)?;
    if trade.is_paid() {
        return Err(not_now(case));
    }
    Ok(trade)
}

/// Sends the letter; once more, where the first one did not get there, and its answer is waited for anew.
pub(super) fn send_letter(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    unpaid(case)?;
    deciding.stop(Clock::OrderLetter);
    deciding.stop(Clock::PaymentCall);
    deciding.push(Event::OrderLetterSent);
    if deciding.follows(Trade::wants_answer) {
        deciding.start(Clock::PaymentCall);
    }
    Ok(())
}

/// The buyer wrote, or was reached: nobody has to call him, and he is reminded should he not pay.
pub(super) fn answered(deciding: &mut Deciding<'_>) {
    let open = deciding.state.case.as_ref().is_some_and(|case| !case.is_closed());
    if open && deciding.follows(Trade::wants_answer) {
        deciding.stop(Clock::PaymentCall);
        deciding.push(Event::OrderLetterAnswered);
        deciding.start(Clock::PaymentReminder);
    }
}

/// Reminds of the payment, with a day that leaves no less time than passes until it may be reported.
pub(super) fn remind(deciding: &mut Deciding<'_>, case: &Case, pay_by: Moment) -> Result<(), Refusal> {
    if unpaid(case)?.letter_at.is_none() {
        return Err(not_now(case));
    }
    let clock = Clock::NonPayment;
    let earliest = deciding.envelope.at;
    let terms = deciding.policy.clock(clock);
    let length = deciding.view().clock_length(clock);
    let (Some((_, terms)), Some((length, _))) = (terms, length) else {
        return Err(Refusal::NotMeasured { clock });
    };
    let latest = terms.due_after(length, earliest, &deciding.facts.time);
    if pay_by <= earliest || pay_by > latest {
        return Err(Refusal::PayByOutOfTime { earliest, latest });
    }
    for clock in [Clock::PaymentCall, Clock::PaymentReminder, Clock::NonPayment] {
        deciding.stop(clock);
    }
    deciding.push(Event::PaymentReminded { pay_by });
    deciding.start(clock);
    Ok(())
}

/// A payment as it is handed in.
pub(super) struct Received<'a> {
    pub(super) paid_at: Moment,
    pub(super) way: PaymentWay,
    pub(super) bank: Option<&'a str>,
    pub(super) amount: Money,
    pub(super) discount: Option<Money>,
    pub(super) reference: &'a str,
}

/// Puts a payment down, whenever it comes: what is short is waited for, what is too much or too late calls
/// somebody, and nothing that came in is lost.
pub(super) fn record(
    deciding: &mut Deciding<'_>,
    case: &Case,
    received: &Received<'_>,
) -> Result<(), Refusal> {
    let trade = followed(case)?;
    let (amount, reference) = (received.amount, received.reference);
    if amount.minor() == 0 {
        return Err(Refusal::AmountNeeded);
    }
    let same = |payment: &Payment| payment.way == received.way && payment.reference == reference;
    let here = trade.payments.iter().any(same).then_some(case.id);
    if let Some(case) = here.or(deciding.facts.payment_on) {
        return Err(Refusal::PaymentKnown {
            reference: reference.to_owned(),
            case,
        });
    }
    in_currency(case, Some(amount))?;
    in_currency(case, received.discount)?;
    let earliest = deciding.facts.order.as_ref().map(Order::since);
    let (earliest, latest) = (earliest.unwrap_or(case.opened_at), deciding.envelope.at);
    if received.paid_at < earliest || received.paid_at > latest {
        return Err(Refusal::PaymentOutOfTime { earliest, latest });
    }
    if trade.payments.len() >= PAYMENTS_MAX {
        let (what, at_most) = ("payments", PAYMENTS_MAX);
        return Err(Refusal::TooMany { what, at_most });
    }
    if let Some(bank) = received.bank {
        text_within("bank", bank, BANK_CHARS_MAX)?;
    }
    text_within("reference", reference, REFERENCE_CHARS_MAX)?;
    let waited = !trade.is_paid();
    deciding.push(Event::PaymentRecorded(Payment {
        paid_at: received.paid_at,
        way: received.way,
        bank: received.bank.map(str::to_owned),
        amount: amount.minor(),
        discount: received.discount.map_or(0, |discount| discount.minor()),
        reference: reference.to_owned(),
    }));
    if waited && deciding.follows(Trade::is_paid) {
        for clock in FOR_MONEY {
            deciding.stop(clock);
        }
        let case = deciding.state.case.as_ref();
        if case.is_some_and(|case| Clock::OrderDispatch.waits_in(case)) {
            deciding.start(Clock::OrderDispatch);
        }
    }
    give_back(deciding);
    Ok(())
}

/// What is not owed goes back, and somebody who may send money sees to it.
pub(super) fn give_back(deciding: &mut Deciding<'_>) {
    let to_return = deciding.state.case.as_ref().map_or(0, Case::money_to_return);
    if to_return > 0 {
        deciding.push(Event::Escalated {
            to: Role::Supervisor,
            because: Because::MoneyToReturn,
        });
    }
}

/// What was paid is sent, and the follow-up is over.
pub(super) fn dispatch(
    deciding: &mut Deciding<'_>,
    case: &Case,
    parcel: Option<&Parcel>,
) -> Result<(), Refusal> {
    followed(case)?;
    if !Clock::OrderDispatch.waits_in(case) || called_off(deciding) {
        return Err(not_now(case));
    }
    if let Some(parcel) = parcel {
        parcel_within(parcel)?;
    }
    deciding.stop(Clock::OrderDispatch);
    deciding.push(Event::OrderDispatched(Dispatched {
        parcel: parcel.cloned(),
    }));
    if !case.is_closed() {
        deciding.close(Outcome::Dispatched);
    }
    Ok(())
}

/// A person reports, never a clock: and only once the time is over that the buyer was given.
pub(super) fn report(deciding: &mut Deciding<'_>, case: &Case, text: Option<TextRef>) -> Result<(), Refusal> {
    if !unpaid(case)?.is_reminded() {
        return Err(not_now(case));
    }
    if let Some(run) = case.clocks.get(&Clock::NonPayment) {
        return Err(Refusal::ReportEarly { due_at: run.due_at });
    }
    deciding.push(Event::NonPaymentReported(Reported { text }));
    deciding.close(Outcome::Unpaid);
    give_back(deciding);
    Ok(())
}

/// An order is given up before it is paid; after that, it is called off or refunded first.
pub(super) fn give_up(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    if followed(case)?.is_paid() && !called_off(deciding) {
        return Err(not_now(case));
    }
    deciding.stop(Clock::OrderDispatch);
    deciding.close(Outcome::Withdrawn);
    give_back(deciding);
    Ok(())
}

/// Nothing is to be sent any more: the shop's system says so, or everything that was paid went back.
fn called_off(deciding: &Deciding<'_>) -> bool {
    let order = deciding.facts.order.as_ref();
    let cancelled = order.is_some_and(|order| order.phase() == OrderPhase::Cancelled);
    let ledger = deciding.state.ledger.as_ref();
    cancelled || ledger.is_none_or(OrderLedger::is_given_back)
}

impl Deciding<'_> {
    /// Whether the case as it is by now follows up an order of which this holds.
    fn follows(&self, holds: impl FnOnce(&Trade) -> bool) -> bool {
        self.state
            .case
            .as_ref()
            .is_some_and(|case| case.trade_waits(holds))
    }
}
