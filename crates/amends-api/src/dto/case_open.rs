//! The bodies that open a case: by somebody of the shop, or by the buyer on the order of his link.
//!
//! Must not know: whether it is justified. Tests: `tests/it/stories.rs`, `tests/it/naughty.rs`.

use amends_app::cases::case_open::CaseOpen;
use amends_domain::command::LineUnits;
use amends_domain::ids::{LineId, OrderId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::values::MoneyDto;
use super::words::Kind;

/// A case to be opened on an order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseOpenBody {
    /// On which order.
    #[schema(value_type = String)]
    pub(crate) order: OrderId,
    /// What is wanted.
    kind: Kind,
    /// A reason of the policy's tree.
    reason: String,
    /// Lines and units.
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
}

/// A case to be opened by the buyer, on the order of his link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BuyerCaseOpenBody {
    /// What is wanted.
    kind: Kind,
    /// A reason of the list.
    reason: String,
    /// Lines and units.
    lines: Vec<LineUnitsBody>,
    /// The amount; without it, everything that can be asked.
    #[serde(default)]
    amount: Option<MoneyDto>,
    /// The product asked for in exchange; without it, the same again.
    #[serde(default)]
    replacement_sku: Option<String>,
    /// Whether the goods are intact.
    #[serde(default)]
    goods_intact: Option<bool>,
    /// Photos and videos handed in.
    #[serde(default)]
    photos: u32,
    /// What he says.
    #[serde(default)]
    text: Option<String>,
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
    pub(crate) fn open(self) -> CaseOpen {
        CaseOpen {
            order: self.order,
            kind: self.kind.into(),
            reason: self.reason,
            lines: self
                .lines
                .iter()
                .map(|entry| LineUnits {
                    line: entry.line,
                    units: entry.units,
                })
                .collect(),
            amount: self.amount.map(|money| money.0),
            replacement_sku: self.replacement_sku,
            goods_intact: self.goods_intact,
            photos: self.photos,
            text: self.text,
        }
    }
}

impl BuyerCaseOpenBody {
    pub(crate) fn open(self, order: OrderId) -> CaseOpen {
        let Self {
            kind,
            reason,
            lines,
            amount,
            replacement_sku,
            goods_intact,
            photos,
            text,
        } = self;
        CaseOpenBody {
            order,
            kind,
            reason,
            lines,
            amount,
            replacement_sku,
            goods_intact,
            photos,
            text,
        }
        .open()
    }
}
