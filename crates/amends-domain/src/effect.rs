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
        /// A person ordered it and waits for the answer.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_once: bool,
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

/// First wait before a provider is asked again, in milliseconds; it doubles.
const WAIT_MILLIS: i64 = 30_000;
/// Longest wait, in doublings of the first.
const WAIT_DOUBLINGS_MAX: u32 = 10;

impl Effect {
    /// How long to wait before carrying it out: a first attempt and one that a person ordered at
    /// once, those the desk makes by itself ever later.
    pub fn wait_millis(&self) -> i64 {
        match self {
            Self::SendRefund { attempt: 0 | 1, .. } | Self::SendRefund { at_once: true, .. } => 0,
            Self::SendRefund { attempt, .. } => backoff_millis(attempt - 2),
            Self::QueryRefund { .. } => backoff_millis(0),
        }
    }
}

/// The wait after `failures` earlier ones.
pub fn backoff_millis(failures: u32) -> i64 {
    WAIT_MILLIS << failures.min(WAIT_DOUBLINGS_MAX)
}

/// What follows from an event, given the case after it.
pub fn effect_of(event: &Event, case: &Case) -> Option<Effect> {
    let refund = case.refund.as_ref()?;
    let key = format!("{}-{}", case.id, refund.number);
    let amount = Money::clamped(refund.breakdown.total(), case.currency);
    match event {
        Event::RefundOrdered { .. } => Some(Effect::SendRefund {
            key,
            refund: refund.number,
            attempt: 1,
            amount,
            at_once: false,
        }),
        Event::RefundRetried { attempt, at_once, .. } => Some(Effect::SendRefund {
            key,
            refund: refund.number,
            attempt: *attempt,
            amount,
            at_once: *at_once,
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
