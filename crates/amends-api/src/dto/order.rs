//! Orders over the wire: as a shop system hands them in, and as the ledger has them.
//!
//! Must not know: how a discount is spread. Tests: `tests/it/orders.rs`.

use amends_app::orders::draft::OrderDraft;
use amends_app::orders::order_read::OrderRow;
use amends_app::vault::Identity;
use amends_domain::ids::{BuyerId, CaseId, LineId, OrderId};
use amends_domain::ledger::{Account, OrderLedger};
use amends_domain::money::{Currency, Money};
use amends_domain::order::{DraftLine, Order, OrderLine};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::{At, MoneyDto};
use super::words::OrderPhase;

/// An order as a shop system hands it in. All amounts are in one currency.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderDraftBody {
    /// The number shop and buyer know it by.
    number: String,
    /// Who bought.
    buyer: IdentityDto,
    /// The buyer's tier.
    #[serde(default)]
    buyer_tier: String,
    /// Province or region of the address.
    #[serde(default)]
    region: String,
    /// How it was paid.
    #[serde(default)]
    payment_method: String,
    /// What was bought, at list prices; 1 to 200 lines.
    lines: Vec<DraftLineBody>,
    /// A discount on the order as a whole.
    #[serde(default)]
    discount: Option<MoneyDto>,
    /// Freight paid.
    #[serde(default)]
    freight: Option<MoneyDto>,
    /// What was paid in all; checked when given.
    #[serde(default)]
    paid: Option<MoneyDto>,
    /// When it was paid.
    paid_at: At,
    /// When it left.
    #[serde(default)]
    dispatched_at: Option<At>,
    /// When it was delivered and signed for.
    #[serde(default)]
    delivered_at: Option<At>,
    /// When it was called off.
    #[serde(default)]
    cancelled_at: Option<At>,
}

/// Who a buyer is. Kept sealed; shown masked.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentityDto {
    /// The name used in the shop, which tells buyers apart.
    nickname: String,
    /// The real name.
    #[serde(default)]
    name: String,
    /// The telephone.
    #[serde(default)]
    phone: String,
    /// The mail address.
    #[serde(default)]
    email: String,
    /// Where parcels go.
    #[serde(default)]
    address: String,
}

/// A line as a shop system hands it in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftLineBody {
    /// The shop's stock-keeping code.
    sku: String,
    /// What the buyer saw.
    title: String,
    /// The shop's category.
    #[serde(default)]
    category: String,
    /// Marked on the listing as excluded from the seven-day return.
    #[serde(default)]
    no_reason_excluded: bool,
    /// 1 to 1,000.
    units: u32,
    /// List price of one unit.
    price: MoneyDto,
    /// A discount on this line as a whole.
    #[serde(default)]
    discount: Option<MoneyDto>,
}

/// What an import did.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrdersImported {
    /// Ids, in the order of what was handed in.
    #[schema(value_type = Vec<String>)]
    pub(crate) orders: Vec<OrderId>,
    /// How many were new.
    pub(crate) new: usize,
}

impl OrderDraftBody {
    pub(crate) fn draft(self) -> OrderDraft {
        // Whatever is left out is nothing in the currency of what was given.
        let given = [self.discount, self.freight, self.paid].into_iter().flatten();
        let currency = self
            .lines
            .iter()
            .map(|line| line.price)
            .chain(given)
            .map(|money| money.0.currency())
            .next();
        let zero = Money::zero(currency.unwrap_or(Currency::CNY));
        let money = |money: Option<MoneyDto>| money.map_or(zero, |money| money.0);
        let line = |line: DraftLineBody| DraftLine {
            sku: line.sku,
            title: line.title,
            category: line.category,
            no_reason_excluded: line.no_reason_excluded,
            units: line.units,
            price: line.price.0,
            discount: line
                .discount
                .map_or(Money::zero(line.price.0.currency()), |money| money.0),
        };
        OrderDraft {
            number: self.number,
            buyer: self.buyer.identity(),
            buyer_tier: self.buyer_tier,
            region: self.region,
            payment_method: self.payment_method,
            lines: self.lines.into_iter().map(line).collect(),
            discount: money(self.discount),
            freight: money(self.freight),
            paid: self.paid.map(|money| money.0),
            paid_at: self.paid_at.0,
            dispatched_at: self.dispatched_at.map(|at| at.0),
            delivered_at: self.delivered_at.map(|at| at.0),
            cancelled_at: self.cancelled_at.map(|at| at.0),
        }
    }
}

impl IdentityDto {
    fn identity(self) -> Identity {
        let Self {
            nickname,
            name,
            phone,
            email,
            address,
        } = self;
        Identity {
            nickname,
            name,
            phone,
            email,
            address,
        }
    }

    pub(crate) fn of(identity: Identity) -> Self {
        let Identity {
            nickname,
            name,
            phone,
            email,
            address,
        } = identity;
        Self {
            nickname,
            name,
            phone,
            email,
            address,
        }
    }
}

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
    /// Everything that was paid.
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
    /// When it was paid.
    paid_at: At,
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
            paid_at: order.paid_at.into(),
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
