//! What events make of the payment of an unpaid order, and of its dispatch.
//!
//! Must not know: who may do so. Tests: `tests/it/trade.rs`.

use crate::case::trade::Reminder;
use crate::case::{Case, Outcome};
use crate::event::Event;
use crate::time::Moment;

pub(super) fn evolve(case: &mut Case, event: &Event, at: Moment) {
    let Some(trade) = case.trade.as_deref_mut() else {
        return;
    };
    match event {
        Event::OrderLetterSent => trade.letter_at = Some(at),
        Event::OrderLetterAnswered => trade.answered_at = Some(at),
        Event::PaymentReminded { pay_by } => trade.reminder = Some(Reminder { at, pay_by: *pay_by }),
        Event::PaymentRecorded(payment) => trade.payments.push(payment.clone()),
        Event::OrderDispatched(sent) => {
            trade.dispatched_at = Some(at);
            trade.parcel.clone_from(&sent.parcel);
        }
        Event::Closed {
            outcome: Outcome::Withdrawn,
        } => trade.given_up = !trade.is_paid(),
        Event::NonPaymentReported(_) => trade.reported_at = Some(at),
        _ => {}
    }
}
