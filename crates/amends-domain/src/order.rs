//! An order as the desk knows it: what was bought, what was paid for each unit, how far it got.
//!
//! A draft (what a shop system hands in) is settled into an order by spreading its discount over
//! lines and units without losing a fen.
//! Must not know: cases, who asks. Tests: beside the code and `tests/it/ledger.rs`.

use serde::{Deserialize, Serialize};

use crate::ids::{BuyerId, LineId, OrderId};
use crate::money::{Currency, Money, allocate};
use crate::time::Moment;

/// Most lines on one order.
pub const LINES_MAX: usize = 200;
/// Most units on one line; wholesale quantities are sold as packs.
pub const UNITS_MAX: u32 = 1_000;

/// How far an order got, derived from its moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderPhase {
    /// Ordered, its payment still to come.
    Unpaid,
    /// Paid, still with the shop.
    Paid,
    /// With the carrier.
    Dispatched,
    /// With the buyer.
    Delivered,
    /// Called off before dispatch.
    Cancelled,
}

impl OrderPhase {
    /// Every phase.
    pub const ALL: &[OrderPhase] = &[
        Self::Unpaid,
        Self::Paid,
        Self::Dispatched,
        Self::Delivered,
        Self::Cancelled,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Paid => "paid",
            Self::Dispatched => "dispatched",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Its id.
    pub id: LineId,
    /// The shop's stock-keeping code, colour and size included.
    pub sku: String,
    /// What the buyer saw.
    pub title: String,
    /// The shop's category, which policies may name.
    pub category: String,
    /// Marked on the listing as excluded from the seven-day no-reason return.
    pub no_reason_excluded: bool,
    /// What was paid for each unit after all discounts, in minor units; its length is the quantity.
    pub unit_paid_minor: Vec<i64>,
    /// Units that left the shop, by its own dispatch record, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units_dispatched: Option<u32>,
}

impl OrderLine {
    /// Units bought.
    pub fn units(&self) -> u32 {
        u32::try_from(self.unit_paid_minor.len()).unwrap_or(u32::MAX)
    }
}

/// An order. Immutable but for the moments it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// The number the shop and buyer know it by.
    pub number: String,
    /// Who bought.
    pub buyer: BuyerId,
    /// The currency of every amount in it.
    pub currency: Currency,
    /// Lines in the shop's order.
    pub lines: Vec<OrderLine>,
    /// Freight the buyer paid, in minor units, after discounts.
    pub freight_paid_minor: i64,
    /// How the buyer paid (`alipay`, `credit_card` …); free text of the shop's system.
    pub payment_method: String,
    /// Province or region of the address; part of no identity.
    pub region: String,
    /// The buyer's tier in the shop's loyalty scheme, empty when none.
    pub buyer_tier: String,
    /// When it was ordered, where that is known beside its payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<Moment>,
    /// When it was paid; none while its payment is outstanding.
    pub paid_at: Option<Moment>,
    /// When it left the shop.
    pub dispatched_at: Option<Moment>,
    /// When it was delivered and signed for 签收.
    pub delivered_at: Option<Moment>,
    /// When it was called off.
    pub cancelled_at: Option<Moment>,
}

impl Order {
    /// How far it got.
    pub fn phase(&self) -> OrderPhase {
        if self.cancelled_at.is_some() {
            OrderPhase::Cancelled
        } else if self.delivered_at.is_some() {
            OrderPhase::Delivered
        } else if self.dispatched_at.is_some() {
            OrderPhase::Dispatched
        } else if self.paid_at.is_some() {
            OrderPhase::Paid
        } else {
            OrderPhase::Unpaid
        }
    }

    /// Since when it waits to be sent: when it was paid, until it left, arrived or was called off.
    pub fn unsent_since(&self) -> Option<Moment> {
        self.paid_at.filter(|_| self.phase() == OrderPhase::Paid)
    }

    /// When it was ordered, as far as that is known: else when it was paid. Nothing else of an order comes
    /// before it.
    pub fn since(&self) -> Moment {
        self.placed_at.or(self.paid_at).unwrap_or(Moment::from_millis(0))
    }

    /// A line by id.
    pub fn line(&self, id: LineId) -> Option<&OrderLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// Everything the buyer paid, or is to pay; [`settle_units`] keeps it within what money can be.
    pub fn paid(&self) -> Money {
        let goods: i64 = self.lines.iter().flat_map(|line| &line.unit_paid_minor).sum();
        Money::clamped(goods.saturating_add(self.freight_paid_minor), self.currency)
    }
}

/// A line as a shop system hands it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// The shop's stock-keeping code.
    pub sku: String,
    /// What the buyer saw.
    pub title: String,
    /// The shop's category.
    pub category: String,
    /// Excluded from the seven-day no-reason return.
    pub no_reason_excluded: bool,
    /// Units bought.
    pub units: u32,
    /// List price of one unit.
    pub price: Money,
    /// Discount on this line as a whole.
    pub discount: Money,
    /// Units that left the shop, by its own dispatch record, where it has one.
    pub units_dispatched: Option<u32>,
}

/// Why a draft is not an order. Each names what is wrong so that a file's line can be mended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderFault {
    /// No line, or more than [`LINES_MAX`].
    #[error("an order has 1 to {LINES_MAX} lines, this one has {0}")]
    Lines(usize),
    /// No unit, or more than [`UNITS_MAX`].
    #[error("a line has 1 to {UNITS_MAX} units, {sku:?} has {units}")]
    Units {
        /// The line's code.
        sku: String,
        /// What was given.
        units: u32,
    },
    /// Two currencies in one order.
    #[error("all amounts of an order are in one currency: {0} and {1}")]
    Currencies(Currency, Currency),
    /// The discount is larger than what it is taken from.
    #[error("a discount of {discount} on {of}")]
    Discount {
        /// The discount.
        discount: Money,
        /// What it is taken from.
        of: Money,
    },
    /// A sum above the limit of [`Money::MAX_MINOR`].
    #[error("the order's total is above the limit")]
    TooLarge,
    /// What was paid is not lines less discounts plus freight.
    #[error("paid {paid}, but lines less discounts plus freight make {computed}")]
    Paid {
        /// As handed in.
        paid: Money,
        /// As computed.
        computed: Money,
    },
}

/// What one line's units cost after the line's own discount and its share of the order's.
fn line_total(line: &DraftLine) -> Result<i64, OrderFault> {
    if !(1..=UNITS_MAX).contains(&line.units) {
        return Err(OrderFault::Units {
            sku: line.sku.clone(),
            units: line.units,
        });
    }
    if line.discount.currency() != line.price.currency() {
        return Err(OrderFault::Currencies(
            line.price.currency(),
            line.discount.currency(),
        ));
    }
    let listed = Money::new(
        line.price.minor().saturating_mul(i64::from(line.units)),
        line.price.currency(),
    )
    .map_err(|_| OrderFault::TooLarge)?;
    if line.discount > listed {
        return Err(OrderFault::Discount {
            discount: line.discount,
            of: listed,
        });
    }
    Ok(listed.minor() - line.discount.minor())
}

/// Spreads an order-wide discount over lines in proportion to their totals, then every line over
/// its units; returns what was paid for each unit. The sum is exact. The whole order, freight
/// included, must be within what money can be, since all of it may have to go back at once.
pub fn settle_units(
    lines: &[DraftLine],
    order_discount: Money,
    freight: Money,
) -> Result<Vec<Vec<i64>>, OrderFault> {
    if !(1..=LINES_MAX).contains(&lines.len()) {
        return Err(OrderFault::Lines(lines.len()));
    }
    let currency = order_discount.currency();
    if let Some(line) = lines.iter().find(|line| line.price.currency() != currency) {
        return Err(OrderFault::Currencies(currency, line.price.currency()));
    }
    let totals = lines.iter().map(line_total).collect::<Result<Vec<_>, _>>()?;
    let sum = Money::new(totals.iter().sum(), currency).map_err(|_| OrderFault::TooLarge)?;
    if order_discount > sum {
        return Err(OrderFault::Discount {
            discount: order_discount,
            of: sum,
        });
    }
    let paid = sum.minor() - order_discount.minor();
    if freight.currency() != currency {
        return Err(OrderFault::Currencies(currency, freight.currency()));
    }
    Money::new(paid + freight.minor(), currency).map_err(|_| OrderFault::TooLarge)?;
    // Paid parts rather than discount parts are allocated, so that no part can turn negative.
    let paid = allocate(paid, &totals);
    Ok(paid
        .iter()
        .zip(lines)
        .map(|(total, line)| allocate(*total, &vec![1; usize::try_from(line.units).unwrap_or(0)]))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(units: u32, price_minor: i64) -> DraftLine {
        let money = |minor| Money::new(minor, Currency::CNY).unwrap_or(Money::zero(Currency::CNY));
        DraftLine {
            sku: "S".into(),
            title: "T".into(),
            category: String::new(),
            no_reason_excluded: false,
            units,
            price: money(price_minor),
            discount: money(0),
            units_dispatched: None,
        }
    }

    #[test]
    fn a_discount_is_spread_to_the_fen() {
        let discount = Money::new(1_000, Currency::CNY).unwrap_or(Money::zero(Currency::CNY));
        let units = settle_units(
            &[line(3, 3_333), line(1, 1)],
            discount,
            Money::zero(Currency::CNY),
        );
        let units = units.unwrap_or_default();
        assert_eq!(units.iter().flatten().sum::<i64>(), 3 * 3_333 + 1 - 1_000);
        assert!(units[0].iter().max() <= units[0].iter().min().map(|least| least + 1).as_ref());
    }

    #[test]
    fn an_order_with_its_freight_is_within_what_money_can_be() {
        let money = |minor| Money::new(minor, Currency::CNY).unwrap_or(Money::zero(Currency::CNY));
        let none = Money::zero(Currency::CNY);
        let most = [line(1, Money::MAX_MINOR - 5)];
        assert!(settle_units(&most, none, money(5)).is_ok());
        assert_eq!(settle_units(&most, none, money(6)), Err(OrderFault::TooLarge));
        assert!(settle_units(&most, money(1), money(6)).is_ok());
    }
}
