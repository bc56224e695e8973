//! Effects: what the outside world must be asked because of an event. The store writes them to the
//! outbox in the event's transaction; nothing outside is called inside it.
//!
//! Must not know: how they are carried out. Tests: `tests/it/money.rs`.

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::event::Event;
use crate::money::Money;

/// Something to ask of the outside world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Pay a refund; `key` is the same for every attempt.
    SendRefund {
        /// The provider's key for it.
        key: String,
        /// Its number in the case.
        refund: u32,
        /// Which attempt.
        attempt: u32,
        /// What to pay.
        amount: Money,
    },
    /// Find out what became of a refund.
    QueryRefund {
        /// The provider's key for it.
        key: String,
        /// Its number in the case.
        refund: u32,
        /// Which attempt.
        attempt: u32,
        /// What was to be paid.
        amount: Money,
    },
}

/// What follows from an event, given the case after it.
pub fn effect_of(event: &Event, case: &Case) -> Option<Effect> {
    let refund = case.refund.as_ref()?;
    let key = format!("{}-{}", case.id, refund.number);
    let amount = Money::new(refund.breakdown.total(), case.currency).ok()?;
    match event {
        Event::RefundOrdered { .. } => Some(Effect::SendRefund {
            key,
            refund: refund.number,
            attempt: 1,
            amount,
        }),
        Event::RefundRetried { attempt, .. } => Some(Effect::SendRefund {
            key,
            refund: refund.number,
            attempt: *attempt,
            amount,
        }),
        Event::RefundUnknown { attempt, .. } => Some(Effect::QueryRefund {
            key,
            refund: refund.number,
            attempt: *attempt,
            amount,
        }),
        _ => None,
    }
}
