//! Plans 保障方案: what a shop offers beside its goods, for how long, at which price, and who stands behind it
//! (WAR-1). Selling or giving one makes a [`Cover`], which the plan changes no more.
//!
//! Must not know: orders beyond a line's code, claims. Tests: beside the code.

use serde::{Deserialize, Serialize};

use crate::cover::{Cover, PROVIDER_CHARS_MAX, PlanKind, Reach};
use crate::ids::{CoverId, LineId};
use crate::money::{Currency, Money};
use crate::time::Moment;

/// Longest name of a plan, in characters.
pub const NAME_CHARS_MAX: usize = 64;
/// Most prices of a plan.
pub const PRICES_MAX: usize = 500;
/// Longest term of a plan that is understood as one and not as a slip of the pen, in months.
pub const LONGEST_TERM: u32 = 120;

/// A price of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// For how many months.
    pub months: u32,
    /// For this product alone, by its stock-keeping code; for every other without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The premium, in minor units.
    pub premium: i64,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What it promises.
    pub kind: PlanKind,
    /// What buyers know it by.
    pub name: String,
    /// Who repairs, replaces or pays.
    pub provider: String,
    /// Who bears the cost, where that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insurer: Option<String>,
    /// Months after delivery for which others answer; an extended warranty begins after them. Without it, as
    /// long as the shop's policy says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_months: Option<u32>,
    /// How far one cover reaches.
    pub reach: Reach,
    /// Of its amounts.
    pub currency: Currency,
    /// What it costs, by length and product.
    pub prices: Vec<Price>,
}

/// Why a plan is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// A name that is blank, too long, or holds a control character.
    #[error("{field} is 1 to {max} characters of one line")]
    Text {
        /// Which.
        field: &'static str,
        /// The longest.
        max: usize,
    },
    /// No price, or too many.
    #[error("a plan has 1 to {PRICES_MAX} prices, this one has {0}")]
    Prices(usize),
    /// A length that is none.
    #[error("a plan runs for 1 to {LONGEST_TERM} months, not for {0}")]
    Months(u32),
    /// Two prices for the same length and product.
    #[error("two prices for {months} months of {sku:?}")]
    TwoPrices {
        /// The length.
        months: u32,
        /// The product; none for every other.
        sku: Option<String>,
    },
    /// An amount or a number that can't be.
    #[error("{field} is above zero and not endless")]
    Bound {
        /// Which.
        field: &'static str,
    },
}

fn text(field: &'static str, text: &str, max: usize) -> Result<(), PlanFault> {
    let fits = (1..=max).contains(&text.chars().count());
    if fits && !text.trim().is_empty() && !text.contains(char::is_control) {
        Ok(())
    } else {
        Err(PlanFault::Text { field, max })
    }
}

fn months(months: u32) -> Result<(), PlanFault> {
    if (1..=LONGEST_TERM).contains(&months) {
        Ok(())
    } else {
        Err(PlanFault::Months(months))
    }
}

impl Plan {
    /// Refuses what is no plan.
    pub fn check(&self) -> Result<(), PlanFault> {
        text("name", &self.name, NAME_CHARS_MAX)?;
        text("provider", &self.provider, PROVIDER_CHARS_MAX)?;
        if let Some(insurer) = &self.insurer {
            text("insurer", insurer, PROVIDER_CHARS_MAX)?;
        }
        if let Some(after) = self.after_months.filter(|after| *after > 0) {
            months(after)?;
        }
        let amount = |minor: i64| (1..=Money::MAX_MINOR).contains(&minor);
        for (field, bound) in [("per_claim", self.reach.per_claim), ("in_all", self.reach.in_all)] {
            if bound.is_some_and(|minor| !amount(minor)) {
                return Err(PlanFault::Bound { field });
            }
        }
        if self.reach.claims == Some(0) {
            return Err(PlanFault::Bound { field: "claims" });
        }
        if !(1..=PRICES_MAX).contains(&self.prices.len()) {
            return Err(PlanFault::Prices(self.prices.len()));
        }
        for (at, price) in self.prices.iter().enumerate() {
            months(price.months)?;
            if let Some(sku) = &price.sku {
                text("sku", sku, NAME_CHARS_MAX)?;
            }
            if !(0..=Money::MAX_MINOR).contains(&price.premium) {
                return Err(PlanFault::Bound { field: "premium" });
            }
            let same = |other: &Price| (other.months, &other.sku) == (price.months, &price.sku);
            if self.prices[..at].iter().any(same) {
                return Err(PlanFault::TwoPrices {
                    months: price.months,
                    sku: price.sku.clone(),
                });
            }
        }
        Ok(())
    }

    /// What it costs for a product and a length: its own price before that of every other; nothing where it is
    /// not offered so.
    pub fn premium(&self, sku: &str, months: u32) -> Option<i64> {
        let priced = |of: Option<&str>| {
            self.prices
                .iter()
                .find(|price| price.months == months && price.sku.as_deref() == of)
                .map(|price| price.premium)
        };
        priced(Some(sku)).or_else(|| priced(None))
    }

    /// The cover it makes with a line; `warranty_months` is what the policy says where the plan says nothing.
    pub fn cover(&self, sold: &Sold, warranty_months: u32) -> Cover {
        let after = match self.kind {
            PlanKind::ExtendedWarranty => self.after_months.unwrap_or(warranty_months),
            PlanKind::Accident | PlanKind::ReplaceNotRepair | PlanKind::ReturnFreight => 0,
        };
        Cover {
            id: sold.id,
            line: sold.line,
            plan: self.kind,
            months: sold.months,
            after_months: after,
            given_at: sold.at,
            provider: self.provider.clone(),
            insurer: self.insurer.clone(),
            reach: self.reach,
        }
    }
}

/// A plan as it is sold or given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold {
    /// The cover's id.
    pub id: CoverId,
    /// The line.
    pub line: LineId,
    /// For how many months.
    pub months: u32,
    /// When.
    pub at: Moment,
}

/// What was settled of what was taken in, in whole percent rounded up 赔付率; nothing where nothing was taken in.
pub fn loss_ratio(premiums: i64, settled: i64) -> Option<i64> {
    let up = settled.saturating_mul(100).saturating_add(premiums - 1);
    up.checked_div(premiums)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(months: u32, sku: Option<&str>, premium: i64) -> Price {
        Price {
            months,
            sku: sku.map(str::to_owned),
            premium,
        }
    }

    fn plan() -> Plan {
        Plan {
            kind: PlanKind::ExtendedWarranty,
            name: "延保".to_owned(),
            provider: "快修".to_owned(),
            insurer: None,
            after_months: None,
            reach: Reach::default(),
            currency: Currency::CNY,
            prices: vec![
                price(12, None, 9_900),
                price(12, Some("TV"), 19_900),
                price(24, None, 15_900),
            ],
        }
    }

    #[test]
    fn a_product_has_its_own_price_or_that_of_every_other() {
        let plan = plan();
        for (sku, months, premium) in [
            ("TV", 12, Some(19_900)),
            ("FAN", 12, Some(9_900)),
            ("TV", 24, Some(15_900)),
            ("TV", 36, None),
        ] {
            assert_eq!(plan.premium(sku, months), premium, "{sku} {months}");
        }
    }

    #[test]
    fn what_is_no_plan_says_why() {
        type Change = fn(&mut Plan);
        let changed = |change: Change| {
            let mut plan = plan();
            change(&mut plan);
            plan.check()
        };
        assert_eq!(plan().check(), Ok(()));
        let cases: [(Change, PlanFault); 7] = [
            (
                |plan| plan.name = " ".to_owned(),
                PlanFault::Text {
                    field: "name",
                    max: NAME_CHARS_MAX,
                },
            ),
            (
                |plan| plan.provider = "a\0".to_owned(),
                PlanFault::Text {
                    field: "provider",
                    max: PROVIDER_CHARS_MAX,
                },
            ),
            (|plan| plan.prices.clear(), PlanFault::Prices(0)),
            (|plan| plan.prices[0].months = 0, PlanFault::Months(0)),
            (
                |plan| plan.prices[2].months = 12,
                PlanFault::TwoPrices {
                    months: 12,
                    sku: None,
                },
            ),
            (
                |plan| plan.reach.per_claim = Some(0),
                PlanFault::Bound { field: "per_claim" },
            ),
            (
                |plan| plan.prices[0].premium = -1,
                PlanFault::Bound { field: "premium" },
            ),
        ];
        for (change, fault) in cases {
            assert_eq!(changed(change), Err(fault));
        }
    }

    #[test]
    fn a_loss_ratio_is_rounded_up_and_needs_premiums() {
        for (premiums, settled, ratio) in [
            (0, 500, None),
            (1_000, 0, Some(0)),
            (1_000, 501, Some(51)),
            (1_000, 1_500, Some(150)),
        ] {
            assert_eq!(loss_ratio(premiums, settled), ratio);
        }
    }
}
