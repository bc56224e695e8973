//! Orders over the wire, as the ledger has them.
//!
//! Must not know: how money moves. Tests: `tests/it/orders.rs`.

use amends_app::orders::order_read::OrderRow;
use amends_domain::ids::{BuyerId, CaseId, LineId, OrderId};
use amends_domain::ledger::{Account, OrderLedger};
use amends_domain::money::Currency;
use amends_domain::order::{Order, OrderLine};
use serde::Serialize;
use utoipa::ToSchema;

use super::values::{At, MoneyDto};
use super::words::OrderPhase;

/// An order with its ledger.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderDto {
    /// Its id.
    #[schema(value_type = String)]
    id: OrderId,
    /// The number shop and buyer know it by.
    number: String,
    /// Who bought.
    #[schema(value_type = String)]
    buyer: BuyerId,
    /// How far it got.
    phase: OrderPhase,
    /// Lines with the accounts of their units.
    lines: Vec<OrderLineDto>,
    /// Everything that was paid, or is to be.
    paid: MoneyDto,
    /// Freight paid.
    freight_paid: MoneyDto,
    /// Freight refunded, return freight reimbursed, compensation.
    freight: AccountDto,
    /// Return freight reimbursed.
    return_freight: AccountDto,
    /// Compensation on top.
    compensation: AccountDto,
    /// Differences paid for dearer replacements.
    difference_paid: MoneyDto,
    /// How it was paid.
    payment_method: String,
    /// Province or region of the address.
    region: String,
    /// The buyer's tier.
    buyer_tier: String,
    /// When it was ordered, where that is known beside its payment.
    placed_at: Option<At>,
    /// When it was paid; nothing while its payment is outstanding.
    paid_at: Option<At>,
    /// When it left.
    dispatched_at: Option<At>,
    /// When it was delivered.
    delivered_at: Option<At>,
    /// When it was called off.
    cancelled_at: Option<At>,
}

/// A line of an order.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderLineDto {
    /// Its id.
    #[schema(value_type = String)]
    id: LineId,
    /// The shop's stock-keeping code.
    sku: String,
    /// What the buyer saw.
    title: String,
    /// The shop's category.
    category: String,
    /// Excluded from the seven-day return.
    no_reason_excluded: bool,
    /// Units that left the shop, by its own dispatch record, where it has one.
    units_dispatched: Option<u32>,
    /// One account a unit.
    units: Vec<UnitDto>,
}

/// One bought unit.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnitDto {
    /// What was paid for it.
    paid: MoneyDto,
    /// Ordered to be refunded, not yet known to have arrived.
    held: MoneyDto,
    /// Refunded.
    refunded: MoneyDto,
    /// The open case that has claimed it.
    #[schema(value_type = Option<String>)]
    claimed_by: Option<CaseId>,
    /// It is back with the shop for good.
    returned: bool,
    /// How often it was replaced.
    replaced: u32,
}

/// A component that has no units.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountDto {
    /// Ordered, not yet known to have arrived.
    held: MoneyDto,
    /// Done.
    posted: MoneyDto,
}

/// Orders found.
#[derive(Serialize, ToSchema)]
pub(crate) struct Orders {
    /// None or one: numbers are unique in a shop.
    pub(crate) orders: Vec<OrderDto>,
}

fn account(account: Account, currency: Currency) -> AccountDto {
    AccountDto {
        held: MoneyDto::of(account.held, currency),
        posted: MoneyDto::of(account.posted, currency),
    }
}

fn line(line: &OrderLine, ledger: &OrderLedger) -> OrderLineDto {
    let money = |minor| MoneyDto::of(minor, ledger.currency);
    let units = (0..line.units())
        .filter_map(|unit| ledger.unit((line.id, unit)))
        .map(|unit| UnitDto {
            paid: money(unit.paid),
            held: money(unit.held),
            refunded: money(unit.refunded),
            claimed_by: unit.claim,
            returned: unit.returned,
            replaced: unit.replaced,
        });
    OrderLineDto {
        id: line.id,
        sku: line.sku.clone(),
        title: line.title.clone(),
        category: line.category.clone(),
        no_reason_excluded: line.no_reason_excluded,
        units_dispatched: line.units_dispatched,
        units: units.collect(),
    }
}

impl OrderDto {
    pub(crate) fn of(row: OrderRow) -> Self {
        let OrderRow { order, ledger, .. } = row;
        let money = |minor| MoneyDto::of(minor, order.currency);
        Self {
            phase: order.phase().into(),
            lines: order.lines.iter().map(|entry| line(entry, &ledger)).collect(),
            paid: order.paid().into(),
            freight_paid: money(ledger.freight_paid),
            freight: account(ledger.freight, order.currency),
            return_freight: account(ledger.return_freight, order.currency),
            compensation: account(ledger.compensation, order.currency),
            difference_paid: money(ledger.difference_paid),
            placed_at: order.placed_at.map(At),
            paid_at: order.paid_at.map(At),
            dispatched_at: order.dispatched_at.map(At),
            delivered_at: order.delivered_at.map(At),
            cancelled_at: order.cancelled_at.map(At),
            id: order.id,
            number: order.number,
            buyer: order.buyer,
            payment_method: order.payment_method,
            region: order.region,
            buyer_tier: order.buyer_tier,
        }
    }
}

/// A line as its buyer sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct BuyerLineDto {
    /// Its id.
    #[schema(value_type = String)]
    id: LineId,
    /// What was bought.
    title: String,
    /// The shop's stock-keeping code.
    sku: String,
    /// Units bought.
    units: u32,
    /// Units that can be asked about now.
    in_hand: u32,
    /// What was paid for all its units.
    paid: MoneyDto,
}

/// Lines of an order as its buyer sees them.
pub(crate) fn buyer_lines(order: &Order, ledger: &OrderLedger) -> Vec<BuyerLineDto> {
    let lines = order.lines.iter().map(|line| BuyerLineDto {
        id: line.id,
        title: line.title.clone(),
        sku: line.sku.clone(),
        units: line.units(),
        in_hand: u32::try_from(ledger.free_units(line.id).count()).unwrap_or(u32::MAX),
        paid: MoneyDto::of(line.unit_paid_minor.iter().sum(), order.currency),
    });
    lines.collect()
}
