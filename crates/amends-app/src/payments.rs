//! The payment port: how a refund leaves the desk.
//!
//! A provider is asked under a key that never changes, and must pay once however often it is asked.
//! Real provider and simulator are two things, hence a trait.
//! Must not know: cases. Tests: `amends-api/tests/it/refunds.rs`, `amends-sim/tests/it`.

use amends_domain::command::PaymentAnswer;
use amends_domain::money::Money;

/// A refund to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// The provider's key for it: the same for every attempt.
    pub key: String,
    /// How often it was asked for, this time included.
    pub attempt: u32,
    /// What to pay.
    pub amount: Money,
}

/// A payment provider.
#[async_trait::async_trait]
pub trait Payments: Send + Sync {
    /// Asks for a refund; *unknown* when no answer came.
    async fn refund(&self, request: &RefundRequest) -> PaymentAnswer;
    /// Asks what became of one.
    async fn refund_status(&self, request: &RefundRequest) -> PaymentAnswer;
}

/// No provider: a person pays in the shop's own payment tool and records it here. Every refund is
/// answered with a final no, which brings the case before a supervisor.
#[derive(Debug, Clone, Copy)]
pub struct ByHand;

#[async_trait::async_trait]
impl Payments for ByHand {
    async fn refund(&self, _request: &RefundRequest) -> PaymentAnswer {
        PaymentAnswer::Declined {
            code: "by_hand".to_owned(),
        }
    }

    async fn refund_status(&self, _request: &RefundRequest) -> PaymentAnswer {
        PaymentAnswer::Declined {
            code: "by_hand".to_owned(),
        }
    }
}
