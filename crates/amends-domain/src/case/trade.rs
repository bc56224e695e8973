//! The trade contact of an order that is not paid yet 待付款跟进: the order letter, the reminder, the payments
//! that came in, the dispatch (FUP-7, CLK-16, CLK-18).
//!
//! Must not know: what is written to the buyer, how long anybody waits. Tests: `tests/it/trade.rs`.

use serde::{Deserialize, Serialize};

use super::{Case, Parcel, Request};
use crate::order::Order;
use crate::time::Moment;

/// Most payments of one order.
pub const PAYMENTS_MAX: usize = 20;
/// Longest name of a bank, in characters.
pub const BANK_CHARS_MAX: usize = 64;

/// By which way money came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentWay {
    /// 支付宝.
    Alipay,
    /// 微信支付.
    Wechat,
    /// A transfer between accounts 银行转账.
    BankTransfer,
    /// A credit or debit card 银行卡.
    Card,
    /// A postal order 邮局汇款.
    PostalOrder,
    /// Another way.
    Other,
}

impl PaymentWay {
    /// Every way.
    pub const ALL: &[PaymentWay] = &[
        Self::Alipay,
        Self::Wechat,
        Self::BankTransfer,
        Self::Card,
        Self::PostalOrder,
        Self::Other,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Alipay => "alipay",
            Self::Wechat => "wechat",
            Self::BankTransfer => "bank_transfer",
            Self::Card => "card",
            Self::PostalOrder => "postal_order",
            Self::Other => "other",
        }
    }

    /// A way by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|way| way.code() == code)
    }
}

/// A payment that came in, as the payment log keeps it (FUP-7: time, bank, amount, discount).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// When the money arrived.
    pub paid_at: Moment,
    /// By which way.
    pub way: PaymentWay,
    /// Of which bank, where one says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
    /// How much, in minor units.
    pub amount: i64,
    /// What the order had been sold below its list price, in minor units: for the log alone, since what is
    /// owed has it taken off already.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub discount: i64,
    /// Where it can be looked up; the same of one way is the same payment.
    pub reference: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(minor: &i64) -> bool {
    *minor == 0
}

/// A reminder with the day by which to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// When it went.
    pub at: Moment,
    /// By when to pay, as the buyer was told.
    pub pay_by: Moment,
}

/// How far the payment of an order got, and its dispatch.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Trade {
    /// What is owed for the order, freight included, in minor units.
    pub owed: i64,
    /// When the order letter went, the last time.
    pub letter_at: Option<Moment>,
    /// When the buyer answered it, or was reached.
    pub answered_at: Option<Moment>,
    /// The last reminder.
    pub reminder: Option<Reminder>,
    /// What came in, in order.
    pub payments: Vec<Payment>,
    /// When it was reported that the buyer does not pay.
    pub reported_at: Option<Moment>,
    /// When the goods left.
    pub dispatched_at: Option<Moment>,
    /// By which parcel, where it is known.
    pub parcel: Option<Parcel>,
    /// It was given up before it was paid: what comes in all the same goes back.
    pub given_up: bool,
}

impl Trade {
    /// The follow-up of an order for which this much is owed.
    pub fn of(owed: i64) -> Self {
        Self {
            owed,
            ..Self::default()
        }
    }

    /// What came in, in minor units.
    pub fn received(&self) -> i64 {
        let amounts = self.payments.iter().map(|payment| payment.amount);
        amounts.fold(0, i64::saturating_add)
    }

    /// What is still to come, in minor units.
    pub fn outstanding(&self) -> i64 {
        self.owed.saturating_sub(self.received()).max(0)
    }

    /// Whether everything owed has come in.
    pub fn is_paid(&self) -> bool {
        self.outstanding() == 0
    }

    /// When the payment arrived with which everything owed was there.
    pub fn paid_at(&self) -> Option<Moment> {
        let arrived = self.payments.iter().map(|payment| payment.paid_at).max();
        arrived.filter(|_| self.is_paid())
    }

    /// Whether the order letter is still to be sent.
    pub fn wants_letter(&self) -> bool {
        !self.is_paid() && self.letter_at.is_none()
    }

    /// Whether the buyer has the order letter and has not answered it.
    pub fn wants_answer(&self) -> bool {
        let waits = self.answered_at.is_none() && self.reminder.is_none();
        !self.is_paid() && self.letter_at.is_some() && waits
    }

    /// Whether the buyer answered, and neither paid nor was reminded.
    pub fn wants_reminder(&self) -> bool {
        !self.is_paid() && self.answered_at.is_some() && self.reminder.is_none()
    }

    /// Whether the buyer was reminded and has not paid.
    pub fn is_reminded(&self) -> bool {
        !self.is_paid() && self.reminder.is_some()
    }

    /// Whether what was paid is still to be sent.
    pub fn wants_dispatch(&self) -> bool {
        self.is_paid() && self.dispatched_at.is_none()
    }
}

/// What the follow-up of an order makes of it: paid and sent, as far as it was not known to be. Nothing where
/// it is known already; one that was given up stays unpaid.
pub fn order_after(order: &Order, case: &Case) -> Option<Order> {
    let trade = case.trade.as_deref()?;
    let after = Order {
        paid_at: order.paid_at.or(trade.paid_at().filter(|_| !trade.given_up)),
        dispatched_at: order.dispatched_at.or(trade.dispatched_at),
        ..order.clone()
    };
    (after != *order).then_some(after)
}

impl Case {
    /// Whether it follows up an order of which this holds.
    pub fn trade_waits(&self, holds: impl FnOnce(&Trade) -> bool) -> bool {
        self.trade.as_deref().is_some_and(holds)
    }

    /// What came in for its order and is not owed, in minor units: more than the sum, or anything for an order
    /// that was given up or reported before it was paid.
    pub fn money_to_return(&self) -> i64 {
        let Some(trade) = self.trade.as_deref() else {
            return 0;
        };
        let received = trade.received();
        match self.request {
            Request::Closed(_) if trade.given_up => received,
            Request::Closed(_) if !trade.is_paid() => received,
            _ => received.saturating_sub(trade.owed).max(0),
        }
    }
}
