//! Orders of a CSV while their rows come in, and what becomes of them when the last has come.
//!
//! Must not know: headers of any mapping. Tests: `orders/mapping/columns/tests.rs`.

use std::collections::HashMap;

use amends_domain::money::{Currency, Money};
use amends_domain::order::{DraftLine, LINES_MAX, OrderFault};

use super::super::super::draft::OrderDraft;
use super::super::super::file::cells::{self, Reading};
use super::super::super::file::faults::{Faults, Place, Wrong};
use super::super::Moments;
use super::super::collect::Collector;
use super::Column;
use crate::vault::Identity;

/// What one row says was bought.
#[derive(Debug)]
pub(super) struct RowLine {
    pub(super) line: u64,
    /// What tells it from other rows of the order; may be empty.
    pub(super) line_number: String,
    pub(super) bought: DraftLine,
    /// What was paid for the whole line, when the row says so.
    pub(super) paid: Option<Money>,
}

impl RowLine {
    fn is_again(&self, other: &Self) -> bool {
        self.line_number == other.line_number
            && (!self.line_number.is_empty() || (&self.bought, self.paid) == (&other.bought, other.paid))
    }
}

/// A cell of the order that one of its rows filled.
#[derive(Debug)]
struct Said {
    column: Column,
    /// Under which header.
    at: usize,
    line: u64,
    text: String,
}

/// An order whose rows are coming in.
#[derive(Debug)]
pub(super) struct Gathered {
    number: String,
    first_line: u64,
    lines: Vec<RowLine>,
    said: Vec<Said>,
    rows: usize,
    /// A fault of it was counted, so that it will not be judged as a whole.
    pub(super) broken: bool,
}

impl Gathered {
    /// Keeps what a row says of the order; an earlier row that says otherwise comes back.
    pub(super) fn say(
        &mut self,
        column: Column,
        at: usize,
        line: u64,
        text: &str,
    ) -> Result<(), (String, Place)> {
        match self.said.iter().find(|said| said.column == column) {
            Some(said) if said.text == text => Ok(()),
            Some(said) => {
                self.broken = true;
                Err((said.text.chars().take(40).collect(), Place::Line(said.line)))
            }
            None => {
                let text = text.to_owned();
                self.said.push(Said {
                    column,
                    at,
                    line,
                    text,
                });
                Ok(())
            }
        }
    }

    fn said(&self, column: Column) -> Option<&Said> {
        self.said.iter().find(|said| said.column == column)
    }

    fn text(&self, column: Column) -> String {
        self.said(column).map_or(String::new(), |said| said.text.clone())
    }

    /// The order's currency as far as its rows have said it; a bad one is told when they are all in.
    pub(super) fn currency(&self, reading: &Reading) -> Currency {
        let said = self
            .said(Column::Currency)
            .map(|said| cells::currency(&said.text));
        said.and_then(Result::ok).unwrap_or(reading.currency)
    }

    /// Takes a line in. Of an order with too many only the number is kept.
    pub(super) fn line(&mut self, line: RowLine, faults: &mut Faults) {
        self.rows += 1;
        if self.rows > LINES_MAX {
            return;
        }
        if let Some(first) = self.lines.iter().find(|known| line.is_again(known)) {
            let first = Place::Line(first.line);
            faults.add(Place::Line(line.line), "", Wrong::RowTwice { first });
            self.broken = true;
            return;
        }
        self.lines.push(line);
    }
}

/// The orders of a file by their first rows.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    orders: Vec<Gathered>,
    by_number: HashMap<String, usize>,
}

impl Gathering {
    /// The order of this number, begun at this line when it is new.
    pub(super) fn order(&mut self, number: String, line: u64) -> &mut Gathered {
        let next = self.orders.len();
        let at = *self.by_number.entry(number.clone()).or_insert(next);
        if at == next {
            self.orders.push(Gathered {
                number,
                first_line: line,
                lines: Vec::new(),
                said: Vec::new(),
                rows: 0,
                broken: false,
            });
        }
        // `at` is the place of a pushed order: its own, or the last.
        let last = self.orders.len() - 1;
        &mut self.orders[at.min(last)]
    }

    /// Makes drafts of all of them.
    pub(super) fn finish(self, headers: &[String], reading: &Reading, into: &mut Collector) {
        for order in self.orders {
            let place = Place::Line(order.first_line);
            if order.rows > LINES_MAX {
                let wrong = Wrong::Order(OrderFault::Lines(order.rows).to_string());
                into.faults.add(place, "", wrong);
            } else if let Some(draft) = draft(&order, headers, reading, &mut into.faults) {
                into.order(place, draft, Moments::Stated);
            }
        }
    }
}

/// Reads the cells of an order with faults at their own lines.
struct Cells<'a> {
    order: &'a Gathered,
    headers: &'a [String],
    faults: &'a mut Faults,
    good: bool,
}

impl Cells<'_> {
    fn fault(&mut self, line: u64, header: &str, wrong: Wrong) {
        self.faults.add(Place::Line(line), header, wrong);
        self.good = false;
    }

    fn read<T>(&mut self, column: Column, parse: impl Fn(&str) -> Result<T, Wrong>) -> Option<T> {
        let said = self.order.said(column)?;
        match parse(&said.text) {
            Ok(value) => Some(value),
            Err(wrong) => {
                let header = self.headers.get(said.at).cloned().unwrap_or_default();
                self.fault(said.line, &header, wrong);
                None
            }
        }
    }

    fn needed<T>(
        &mut self,
        column: Column,
        header: &str,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        if self.order.said(column).is_none() {
            self.fault(self.order.first_line, header, Wrong::Missing);
        }
        self.read(column, parse)
    }
}

fn draft(order: &Gathered, headers: &[String], reading: &Reading, faults: &mut Faults) -> Option<OrderDraft> {
    let mut cells = Cells {
        order,
        headers,
        faults,
        good: true,
    };
    let moment = |text: &str| cells::moment(text, reading);
    let nickname = cells.needed(Column::Nickname, "nickname", |text| Ok(text.to_owned()));
    let placed_at = cells.read(Column::PlacedAt, moment);
    // What was ordered and says no payment is not paid yet.
    let paid_at = match order.said(Column::PlacedAt) {
        Some(_) => cells.read(Column::PaidAt, moment),
        None => cells.needed(Column::PaidAt, "paid_at", moment),
    };
    let dispatched_at = cells.read(Column::DispatchedAt, moment);
    let delivered_at = cells.read(Column::DeliveredAt, moment);
    let cancelled_at = cells.read(Column::CancelledAt, moment);
    let currency = cells.read(Column::Currency, cells::currency);
    let currency = currency.unwrap_or(reading.currency);
    let money = |text: &str| cells::money(text, currency);
    let discount = cells.read(Column::Discount, money);
    let freight = cells.read(Column::Freight, money);
    let paid = cells.read(Column::Paid, money);
    if !cells.good || order.broken {
        return None;
    }
    let freight = freight.unwrap_or(Money::zero(currency));
    let sums = lines_and_discount(order, discount, freight, paid);
    let (lines, discount) = match sums {
        Ok(sums) => sums,
        Err((line, wrong)) => {
            cells.fault(line, "", wrong);
            return None;
        }
    };
    Some(whole(order, nickname?, lines, |draft| {
        draft.discount = discount;
        draft.freight = freight;
        draft.paid = paid;
        draft.placed_at = placed_at;
        draft.paid_at = paid_at;
        draft.dispatched_at = dispatched_at;
        draft.delivered_at = delivered_at;
        draft.cancelled_at = cancelled_at;
    }))
}

fn whole(
    order: &Gathered,
    nickname: String,
    lines: Vec<DraftLine>,
    rest: impl FnOnce(&mut OrderDraft),
) -> OrderDraft {
    let nothing = lines.first().map_or(Money::zero(Currency::CNY), |line| {
        Money::zero(line.price.currency())
    });
    let mut draft = OrderDraft {
        alongside: Vec::new(),
        number: order.number.clone(),
        buyer: Identity {
            nickname,
            name: order.text(Column::Name),
            phone: order.text(Column::Phone),
            email: order.text(Column::Email),
            address: order.text(Column::Address),
        },
        buyer_tier: order.text(Column::BuyerTier),
        region: order.text(Column::Region),
        payment_method: order.text(Column::PaymentMethod),
        lines,
        discount: nothing,
        freight: nothing,
        paid: None,
        placed_at: None,
        paid_at: None,
        dispatched_at: None,
        delivered_at: None,
        cancelled_at: None,
    };
    rest(&mut draft);
    draft
}

fn listed_minor(line: &DraftLine) -> i64 {
    let listed = line.price.minor().saturating_mul(i64::from(line.units));
    listed.saturating_sub(line.discount.minor())
}

fn yuan(minor: i64, currency: Currency) -> String {
    Money::clamped(minor, currency).to_string()
}

/// The lines with the discount their own payment shows, and the discount of the order: as it says,
/// or else what is missing from its payment.
fn lines_and_discount(
    order: &Gathered,
    discount: Option<Money>,
    freight: Money,
    paid: Option<Money>,
) -> Result<(Vec<DraftLine>, Money), (u64, Wrong)> {
    let currency = freight.currency();
    let too_much = |line, paid: Money, listed| {
        let (paid, listed) = (paid.to_string(), yuan(listed, currency));
        Err((line, Wrong::PaidTooMuch { paid, listed }))
    };
    let mut lines = Vec::with_capacity(order.lines.len());
    for row in &order.lines {
        let mut bought = row.bought.clone();
        if let Some(paid) = row.paid {
            let listed = listed_minor(&bought);
            let Ok(off) = Money::new(listed.saturating_sub(paid.minor()), paid.currency()) else {
                return too_much(row.line, paid, listed);
            };
            bought.discount = Money::clamped(bought.discount.minor() + off.minor(), off.currency());
        }
        lines.push(bought);
    }
    if let (None, Some(paid)) = (discount, paid) {
        let listed: i64 = lines
            .iter()
            .map(listed_minor)
            .fold(freight.minor(), i64::saturating_add);
        return match Money::new(listed.saturating_sub(paid.minor()), currency) {
            Ok(discount) => Ok((lines, discount)),
            Err(_) => too_much(order.first_line, paid, listed),
        };
    }
    Ok((lines, discount.unwrap_or(Money::zero(currency))))
}
