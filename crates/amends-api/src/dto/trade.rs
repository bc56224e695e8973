//! Unpaid orders and the payment log, as they are read and written.
//!
//! Must not know: what is owed. Tests: `tests/it/trade.rs`, `tests/it/naughty.rs`.

use amends_app::trade::log::{PaymentRow, PaymentSum, PaymentsView};
use amends_domain::case::trade::Payment;
use amends_domain::case::{Case, Parcel};
use amends_domain::command::Command;
use amends_domain::ids::{CaseId, OrderId};
use amends_domain::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case_write::ParcelDto;
use super::values::{At, MoneyDto};
use super::words::PaymentWay;
use crate::problem::Problem;

/// How far the payment of an unpaid order got, and its dispatch.
#[derive(Serialize, ToSchema)]
pub(crate) struct TradeDto {
    /// What is owed for the order, freight included.
    owed: MoneyDto,
    /// What came in.
    received: MoneyDto,
    /// What is still to come.
    outstanding: MoneyDto,
    /// What came in and is not owed; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    to_return: Option<MoneyDto>,
    /// When the order letter went.
    #[serde(skip_serializing_if = "Option::is_none")]
    letter_at: Option<At>,
    /// When the buyer answered it, or was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at: Option<At>,
    /// When he was reminded.
    #[serde(skip_serializing_if = "Option::is_none")]
    reminded_at: Option<At>,
    /// By when to pay, as the last reminder says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pay_by: Option<At>,
    /// When everything owed had come in.
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_at: Option<At>,
    /// When it was reported that he does not pay; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    reported_at: Option<At>,
    /// When the goods left.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispatched_at: Option<At>,
    /// By which parcel, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    parcel: Option<ParcelDto>,
    /// What came in, one by one.
    payments: Vec<TradePaymentDto>,
}

/// A payment of an order.
#[derive(Serialize, ToSchema)]
pub(crate) struct TradePaymentDto {
    /// When it arrived.
    paid_at: At,
    /// By which way.
    way: PaymentWay,
    /// Of which bank, where one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    bank: Option<String>,
    /// How much.
    amount: MoneyDto,
    /// Where it can be looked up.
    reference: String,
}

impl TradeDto {
    /// The follow-up of a case, where it is one.
    pub(crate) fn of(case: &Case, for_buyer: bool) -> Option<Self> {
        let trade = case.trade.as_deref()?;
        let money = |minor| MoneyDto::of(minor, case.currency);
        let payment = |payment: &Payment| TradePaymentDto {
            paid_at: payment.paid_at.into(),
            way: payment.way.into(),
            bank: payment.bank.clone(),
            amount: money(payment.amount),
            reference: payment.reference.clone(),
        };
        let to_return = Some(case.money_to_return()).filter(|minor| *minor > 0 && !for_buyer);
        Some(Self {
            owed: money(trade.owed),
            received: money(trade.received()),
            outstanding: money(trade.outstanding()),
            to_return: to_return.map(money),
            letter_at: trade.letter_at.map(At),
            answered_at: trade.answered_at.map(At),
            reminded_at: trade.reminder.map(|reminder| reminder.at.into()),
            pay_by: trade.reminder.map(|reminder| reminder.pay_by.into()),
            paid_at: trade.paid_at().map(At),
            reported_at: trade.reported_at.filter(|_| !for_buyer).map(At),
            dispatched_at: trade.dispatched_at.map(At),
            parcel: trade.parcel.as_ref().map(ParcelDto::of),
            payments: trade.payments.iter().map(payment).collect(),
        })
    }
}

/// A reminder to pay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemindPaymentBody {
    /// By when to pay: ahead, and no later than it may be reported.
    pub(crate) pay_by: At,
}

/// A payment that came in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordPaymentBody {
    /// When it arrived; now when it is not said.
    #[serde(default)]
    pub(crate) paid_at: Option<At>,
    /// By which way.
    way: PaymentWay,
    /// Of which bank; at most 64 characters.
    #[serde(default)]
    bank: Option<String>,
    /// How much; above zero.
    amount: MoneyDto,
    /// What the order had been sold below its list price, for the log.
    #[serde(default)]
    discount: Option<MoneyDto>,
    /// Where it can be looked up; at most 128 characters. The same of one way is the same payment.
    reference: String,
}

impl RecordPaymentBody {
    pub(crate) fn command(self, now: At) -> Result<Command, Problem> {
        let MoneyDto(amount) = self.amount;
        if amount.minor() == 0 {
            return Err(Problem::invalid("amount", "must be above zero"));
        }
        for (field, text) in [
            ("bank", self.bank.as_deref()),
            ("reference", Some(&*self.reference)),
        ] {
            amends_app::orders::draft::bounded(field, text.unwrap_or_default())?;
        }
        Ok(Command::RecordPayment {
            paid_at: self.paid_at.unwrap_or(now).0,
            way: self.way.into(),
            bank: self.bank,
            amount,
            discount: self.discount.map(|MoneyDto(discount)| discount),
            reference: self.reference,
        })
    }
}

/// What was sent. Its parcel, where it is known, has a carrier and a waybill.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DispatchOrderBody {
    /// The carrier's name or code.
    #[serde(default)]
    carrier: Option<String>,
    /// The waybill number.
    #[serde(default)]
    waybill: Option<String>,
}

impl DispatchOrderBody {
    pub(crate) fn parcel(self) -> Result<Option<Parcel>, Problem> {
        match (self.carrier, self.waybill) {
            (None, None) => Ok(None),
            (Some(carrier), Some(waybill)) => ParcelDto { carrier, waybill }.parcel().map(Some),
            _ => Err(Problem::invalid(
                "waybill",
                "a parcel has a carrier and a waybill",
            )),
        }
    }
}

/// What was reported to the platform.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportNonPaymentBody {
    /// The shop's own record of it.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// The payment log of a time.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaymentsDto {
    /// Then or later.
    from: At,
    /// And before.
    until: At,
    /// By way and bank, the greatest first.
    sums: Vec<PaymentSumDto>,
    /// The newest payments, two hundred at most.
    latest: Vec<PaymentDto>,
}

/// What came in by one way and one bank.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaymentSumDto {
    /// By which way.
    way: PaymentWay,
    /// Of which bank; empty where none is named.
    bank: String,
    /// How often.
    count: u64,
    /// How much.
    amount: MoneyDto,
    /// Of everything in this currency, in whole percent.
    percent: u8,
    /// How often the order had been sold below its list price.
    discounted: u64,
    /// By how much in all.
    discount: MoneyDto,
}

/// A payment of the log.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaymentDto {
    /// When it arrived.
    paid_at: At,
    /// When it was put down.
    recorded_at: At,
    /// The order.
    #[schema(value_type = String)]
    order: OrderId,
    /// Its number.
    order_number: String,
    /// The case that follows it up.
    #[schema(value_type = String)]
    case: CaseId,
    /// By which way.
    way: PaymentWay,
    /// Of which bank; empty where none is named.
    bank: String,
    /// How much.
    amount: MoneyDto,
    /// What the order had been sold below its list price.
    discount: MoneyDto,
    /// Where it can be looked up.
    reference: String,
}

impl PaymentsDto {
    pub(crate) fn of(view: PaymentsView) -> Self {
        let total = |currency: Currency| -> i64 {
            let of = view.sums.iter().filter(|sum| sum.currency == currency);
            of.map(|sum| sum.amount_minor).sum()
        };
        let sum = |sum: &PaymentSum| PaymentSumDto {
            way: sum.way.into(),
            bank: sum.bank.clone(),
            count: sum.count,
            amount: MoneyDto::of(sum.amount_minor, sum.currency),
            percent: percent(sum.amount_minor, total(sum.currency)),
            discounted: sum.discounted,
            discount: MoneyDto::of(sum.discount_minor, sum.currency),
        };
        Self {
            from: view.from.into(),
            until: view.until.into(),
            sums: view.sums.iter().map(sum).collect(),
            latest: view.latest.into_iter().map(payment).collect(),
        }
    }
}

/// A part of a whole in percent, rounded down; 0 of nothing.
fn percent(part: i64, whole: i64) -> u8 {
    let percent = i128::from(part) * 100 / i128::from(whole.max(1));
    u8::try_from(percent.clamp(0, 100)).unwrap_or_default()
}

fn payment(row: PaymentRow) -> PaymentDto {
    let money = |minor| MoneyDto::from(Money::clamped(minor, row.currency));
    PaymentDto {
        paid_at: row.paid_at.into(),
        recorded_at: row.recorded_at.into(),
        order: row.order,
        case: row.case,
        way: row.way.into(),
        amount: money(row.amount_minor),
        discount: money(row.discount_minor),
        order_number: row.order_number,
        bank: row.bank,
        reference: row.reference,
    }
}
