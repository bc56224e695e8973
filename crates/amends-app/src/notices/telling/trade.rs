//! What the buyer of an unpaid order is told 成交联系: the order letter, the reminder, that his money is here, that
//! his parcel is on its way. Politely, and never with a threat (VIO-3).
//!
//! Must not know: words, figures. Tests: `amends-api/tests/it/trade.rs`.

use std::collections::BTreeMap;

use amends_domain::case::clock::Clock;
use amends_domain::case::trade::{Payment, Trade};
use amends_domain::event::Event;
use amends_domain::order::OrderLine;
use amends_domain::time::Moment;

use super::{Happening, Notice, Told, TradeKnown};
use crate::notices::{Arg, Recipient};
use crate::shops::settings::PayAccount;

pub(super) fn told(happening: &Happening<'_>) -> Vec<Told> {
    let (Some(trade), Some(known)) = (happening.after.trade.as_deref(), &happening.known.trade) else {
        return Vec::new();
    };
    match happening.event {
        Event::OrderLetterSent => letter(happening, trade, known),
        Event::PaymentReminded { pay_by } => of_order(happening, "payment_reminder", known)
            .with("outstanding", Arg::Money(happening.money(trade.outstanding())))
            .moment("pay_by", Some(*pay_by))
            .with("accounts", accounts(&known.accounts))
            .with("note", note(known))
            .one(),
        Event::PaymentRecorded(payment) => received(happening, trade, known, payment),
        Event::OrderDispatched(sent) => {
            let of = |text: fn(&amends_domain::case::Parcel) -> &String| {
                sent.parcel.as_ref().map(|parcel| Arg::Text(text(parcel).clone()))
            };
            let carrier = sent.parcel.as_ref().map(|parcel| parcel.carrier.as_str());
            let days = carrier.and_then(|carrier| known.transit.days(carrier));
            holiday(of_order(happening, "order_dispatched", known), known)
                .with("carrier", of(|parcel| &parcel.carrier))
                .with("waybill", of(|parcel| &parcel.waybill))
                .with("days", days.map(Arg::Count))
                .one()
        }
        _ => Vec::new(),
    }
}

fn of_order(happening: &Happening<'_>, code: &'static str, known: &TradeKnown) -> Notice {
    happening
        .notice(code, Recipient::Buyer)
        .with("order", Arg::Text(known.order.number.clone()))
}

fn letter(happening: &Happening<'_>, trade: &Trade, known: &TradeKnown) -> Vec<Told> {
    let freight = known.order.freight_paid_minor;
    let bearing = if freight > 0 { "paid" } else { "free" };
    let notice = of_order(happening, "order_letter", known)
        .with(
            "goods",
            Arg::Items(known.order.lines.iter().map(|line| goods(line, known)).collect()),
        )
        .with("total", Arg::Money(happening.money(trade.owed)))
        .word("freight", bearing)
        .with(
            "freight_amount",
            (freight > 0).then(|| Arg::Money(happening.money(freight))),
        )
        .with("accounts", accounts(&known.accounts))
        .with("note", note(known))
        .with("sent", known.sent_within.map(Arg::Length));
    holiday(notice, known).one()
}

/// The money is here: what is still missing, what is too much, and when the goods leave.
fn received(happening: &Happening<'_>, trade: &Trade, known: &TradeKnown, payment: &Payment) -> Vec<Told> {
    let some = |minor: i64| (minor > 0).then(|| Arg::Money(happening.money(minor)));
    let due: Option<Moment> = happening.due(Clock::OrderDispatch);
    of_order(happening, "payment_received", known)
        .with("amount", Arg::Money(happening.money(payment.amount)))
        .moment("paid", Some(payment.paid_at))
        .with("outstanding", some(trade.outstanding()))
        .with("surplus", some(happening.after.money_to_return()))
        .moment("due", due)
        .one()
}

fn holiday(notice: Notice, known: &TradeKnown) -> Notice {
    // A midnight is told as the end of the day before: right for the last day, a day too early for the first.
    let first = |from: Moment| from.plus_millis(1);
    notice
        .moment("holiday_from", known.holiday.map(|holiday| first(holiday.from)))
        .moment("holiday_until", known.holiday.map(|holiday| holiday.until))
}

/// Colour and size stand in the shop's own code, and on the product's page.
fn goods(line: &OrderLine, known: &TradeKnown) -> BTreeMap<String, Arg> {
    let page = known.pages.get(&line.id).cloned().unwrap_or_default();
    BTreeMap::from([
        ("address".to_owned(), Arg::Text(page)),
        ("title".to_owned(), Arg::Text(line.title.clone())),
        ("sku".to_owned(), Arg::Text(line.sku.clone())),
        ("units".to_owned(), Arg::Count(u64::from(line.units()))),
    ])
}

/// What a buyer writes into the payment, where there is an account to pay it into.
fn note(known: &TradeKnown) -> Option<Arg> {
    (!known.accounts.is_empty()).then(|| Arg::Text(known.order.number.clone()))
}

fn accounts(accounts: &[PayAccount]) -> Option<Arg> {
    let account = |account: &PayAccount| {
        BTreeMap::from([
            ("bank".to_owned(), Arg::Text(account.bank.clone())),
            ("account".to_owned(), Arg::Text(account.account.clone())),
            ("holder".to_owned(), Arg::Text(account.holder.clone())),
        ])
    };
    (!accounts.is_empty()).then(|| Arg::Items(accounts.iter().map(account).collect()))
}
