//! Orders as a shop system hands them in, and who bought.
//!
//! Must not know: how a discount is spread. Tests: `tests/it/orders.rs`.

use amends_app::orders::draft::{Alongside, OrderDraft};
use amends_app::vault::Identity;
use amends_domain::ids::OrderId;
use amends_domain::money::{Currency, Money};
use amends_domain::order::DraftLine;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::listing::ListingBody;
use super::values::{At, MoneyDto};
use super::warranty::CoverBody;

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
    /// When it was ordered; needed of an order that is not paid yet.
    #[serde(default)]
    placed_at: Option<At>,
    /// When it was paid; left out while its payment is outstanding.
    #[serde(default)]
    paid_at: Option<At>,
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
    /// Units that left the shop, by its own dispatch record; 0 to 1,000.
    #[serde(default)]
    units_dispatched: Option<u32>,
    /// Covers sold or given with it; one of a kind.
    #[serde(default)]
    covers: Vec<CoverBody>,
    /// What its product's page said; a line that has a snapshot keeps it.
    #[serde(default)]
    listing: Option<ListingBody>,
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
            units_dispatched: line.units_dispatched,
        };
        let mut lines = self.lines;
        let alongside = lines.iter_mut().map(|line| Alongside {
            covers: line.covers.drain(..).map(CoverBody::draft).collect(),
            listing: line.listing.take().map(ListingBody::draft),
        });
        OrderDraft {
            alongside: alongside.collect(),
            number: self.number,
            buyer: self.buyer.identity(),
            buyer_tier: self.buyer_tier,
            region: self.region,
            payment_method: self.payment_method,
            lines: lines.into_iter().map(line).collect(),
            discount: money(self.discount),
            freight: money(self.freight),
            paid: self.paid.map(|money| money.0),
            placed_at: self.placed_at.map(|at| at.0),
            paid_at: self.paid_at.map(|at| at.0),
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
