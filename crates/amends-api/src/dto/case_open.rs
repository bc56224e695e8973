//! The body that opens a case: by somebody of the shop, or by the buyer on the order of his link.
//!
//! Must not know: whether it is justified. Tests: `tests/it/safety.rs`, `tests/it/naughty.rs`.

use amends_app::cases::case_open::CaseOpen;
use amends_domain::command::LineUnits;
use amends_domain::ids::{BuyerId, LineId, OrderId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::case_write::ParcelDto;
use super::values::MoneyDto;
use super::words::{Channel, Kind};
use crate::problem::Problem;

/// A case to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseOpenBody {
    /// Who asks, where no order says so: a question or a complaint may have none. For the shop alone.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    buyer: Option<BuyerId>,
    /// On which order: the shop says it, for a buyer his link does.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    order: Option<OrderId>,
    /// What is wanted.
    kind: Kind,
    /// A reason of the policy's tree.
    reason: String,
    /// Lines and units; a question or a complaint may name none.
    #[serde(default)]
    lines: Vec<LineUnitsBody>,
    /// The amount; without it, everything that can be asked.
    #[serde(default)]
    amount: Option<MoneyDto>,
    /// The product asked for in exchange; without it, the same again.
    #[serde(default)]
    replacement_sku: Option<String>,
    /// Whether the goods are intact, as the buyer says.
    #[serde(default)]
    goods_intact: Option<bool>,
    /// Photos and videos handed in.
    #[serde(default)]
    photos: u32,
    /// What the buyer says.
    #[serde(default)]
    text: Option<String>,
    /// The same units were settled before, and this is another trouble.
    #[serde(default)]
    new_fault: bool,
    /// The parcel that was refused at the door, and comes back by itself.
    #[serde(default)]
    refused_parcel: Option<ParcelDto>,
    /// Where the request came from.
    #[serde(default)]
    channel: Option<Channel>,
}

/// Units of a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineUnitsBody {
    /// The line.
    #[schema(value_type = String)]
    line: LineId,
    /// How many.
    units: u32,
}

impl CaseOpenBody {
    /// The case on the order that the body names, or of the buyer it names.
    pub(crate) fn open(self) -> Result<CaseOpen, Problem> {
        if self.order.is_none() && self.buyer.is_none() {
            return Err(Problem::invalid("order", "missing field `order`"));
        }
        let order = self.order;
        self.on(order)
    }

    /// The case on the order of the buyer's link. A body that names one is refused, even the right
    /// one: he is not to believe that he could choose.
    pub(crate) fn open_on(self, order: OrderId) -> Result<CaseOpen, Problem> {
        if self.order.is_some() {
            return Err(Problem::invalid(
                "order",
                "is left out: the link says which order",
            ));
        }
        if self.buyer.is_some() {
            return Err(Problem::invalid("buyer", "is left out: the link says who"));
        }
        self.on(Some(order))
    }

    fn on(self, order: Option<OrderId>) -> Result<CaseOpen, Problem> {
        let refused_parcel = self.refused_parcel.map(ParcelDto::parcel).transpose()?;
        let units = self.lines.iter().map(|entry| LineUnits {
            line: entry.line,
            units: entry.units,
        });
        Ok(CaseOpen {
            order,
            kind: self.kind.into(),
            reason: self.reason,
            lines: units.collect(),
            amount: self.amount.map(|money| money.0),
            replacement_sku: self.replacement_sku,
            goods_intact: self.goods_intact,
            photos: self.photos,
            text: self.text,
            buyer: self.buyer,
            new_fault: self.new_fault,
            refused_parcel,
            channel: self.channel.map(Into::into).unwrap_or_default(),
        })
    }
}
