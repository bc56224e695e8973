//! Bodies of commands about remedies: offering, choosing, and the steps of what was agreed.
//!
//! Must not know: what is allowed. Tests: `tests/it/remedies.rs`, `tests/it/naughty.rs`.

use amends_app::orders::draft::required;
use amends_domain::command::Pick;
use amends_domain::policy::ClauseId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::values::MoneyDto;
use crate::problem::Problem;

/// Options to put before the buyer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferBody {
    /// One to three of them.
    pub(crate) picks: Vec<PickBody>,
    /// What he is told beside them.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// An option; amounts within what its clause allows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PickBody {
    /// The remedy's clause.
    #[schema(value_type = String, example = "REM-PARTIAL")]
    clause: ClauseId,
    /// What is refunded of what was paid; without it the least the clause allows.
    #[serde(default)]
    amount: Option<MoneyDto>,
    /// Money on top; without it the least the clause allows.
    #[serde(default)]
    compensation: Option<MoneyDto>,
    /// What is sent in exchange; without it the same again.
    #[serde(default)]
    replacement_sku: Option<String>,
}

impl PickBody {
    pub(crate) fn pick(self) -> Result<Pick, Problem> {
        if let Some(sku) = &self.replacement_sku {
            required("replacement_sku", sku)?;
        }
        Ok(Pick {
            clause: self.clause,
            amount: self.amount.map(|money| money.0),
            compensation: self.compensation.map(|money| money.0),
            replacement_sku: self.replacement_sku,
        })
    }
}

/// The option the buyer takes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChooseBody {
    /// Of which offer.
    pub(crate) offer: u32,
    /// Which option, from 1.
    pub(crate) option: u32,
}

/// The buyer takes none of the options.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeclineOfferBody {
    /// Of which offer.
    pub(crate) offer: u32,
    /// What he would rather have.
    #[serde(default)]
    pub(crate) wish: Option<MoneyDto>,
    /// What he says.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// A step that was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompleteStepBody {
    /// Which, from 1.
    pub(crate) step: u32,
    /// Where it can be looked up.
    pub(crate) reference: String,
}

/// The goods were tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndTrialBody {
    /// Whether the trouble is gone.
    pub(crate) worked: bool,
    /// What the buyer says.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// What the case was judged without.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupplyBody {
    /// Whether the goods are intact.
    #[serde(default)]
    pub(crate) goods_intact: Option<bool>,
    /// Photos and videos there are now.
    #[serde(default)]
    pub(crate) photos: Option<u32>,
}
