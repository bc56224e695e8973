//! A draft of an order as a shop system hands it in, bounded and parsed.
//!
//! The JSON form is the documented mapping `amends-jsonl`: amounts are texts (`"199.50"`) in the
//! order's currency, moments RFC 3339 or the time on the shop's wall.
//! Must not know: files, databases. Tests: beside the code.

use amends_domain::ids::{BuyerId, LineId, OrderId, PlanId};
use amends_domain::money::Money;
use amends_domain::order::{DraftLine, Order, OrderFault, OrderLine, settle_units};
use amends_domain::time::Moment;
use serde::Deserialize;

use super::file::cells::{self, Reading};
use super::file::faults::Wrong;
use super::listing::{Listing, ListingDraft};
use crate::error::{AppError, Reason};
use crate::random::Random;
use crate::vault::Identity;
use crate::warranty::covers::CoverDraft;

/// Longest short text (number, code, title, name …), in characters.
pub const SHORT_CHARS_MAX: usize = 500;

/// An order to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderDraft {
    /// The number shop and buyer know it by.
    pub number: String,
    /// Who bought; the nickname tells buyers apart.
    pub buyer: Identity,
    /// The buyer's tier.
    pub buyer_tier: String,
    /// Province or region of the address.
    pub region: String,
    /// How it was paid.
    pub payment_method: String,
    /// What was bought, at list prices.
    pub lines: Vec<DraftLine>,
    /// What comes along with the lines, in their order; nothing at all where it is empty.
    pub alongside: Vec<Alongside>,
    /// A discount on the order as a whole; its currency is the order's.
    pub discount: Money,
    /// Freight paid.
    pub freight: Money,
    /// What was paid in all, when the shop system says so; it is checked.
    pub paid: Option<Money>,
    /// When it was ordered, where that is known; of an order that is not paid yet it must be.
    pub placed_at: Option<Moment>,
    /// When it was paid; none while its payment is outstanding.
    pub paid_at: Option<Moment>,
    /// When it left.
    pub dispatched_at: Option<Moment>,
    /// When it arrived.
    pub delivered_at: Option<Moment>,
    /// When it was called off.
    pub cancelled_at: Option<Moment>,
}

/// What comes along with a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alongside {
    /// Covers sold with it.
    pub covers: Vec<CoverDraft>,
    /// What its product's page said.
    pub listing: Option<ListingDraft>,
}

impl OrderDraft {
    /// What was paid for each unit of each line, in minor units, when the draft holds together:
    /// texts, moments and sums.
    pub fn unit_prices(&self) -> Result<Vec<Vec<i64>>, AppError> {
        self.check_texts()?;
        self.check_moments()?;
        let currency = self.discount.currency();
        if self.freight.currency() != currency {
            return Err(OrderFault::Currencies(currency, self.freight.currency()).into());
        }
        let units = settle_units(&self.lines, self.discount, self.freight)?;
        let goods: i64 = units.iter().flatten().sum();
        let computed = Money::clamped(goods.saturating_add(self.freight.minor()), currency);
        match self.paid {
            Some(paid) if paid != computed => Err(OrderFault::Paid { paid, computed }.into()),
            _ => Ok(units),
        }
    }

    /// Settles the draft into an order of a known buyer.
    pub fn settle(&self, buyer: BuyerId, at: Moment, random: &Random) -> Result<Order, AppError> {
        let units = self.unit_prices()?;
        let lines = self
            .lines
            .iter()
            .zip(units)
            .map(|(line, unit_paid_minor)| OrderLine {
                id: random.id::<LineId>(at),
                sku: line.sku.clone(),
                title: line.title.clone(),
                category: line.category.clone(),
                no_reason_excluded: line.no_reason_excluded,
                unit_paid_minor,
                units_dispatched: line.units_dispatched,
            });
        Ok(Order {
            id: random.id::<OrderId>(at),
            number: self.number.clone(),
            buyer,
            currency: self.discount.currency(),
            lines: lines.collect(),
            freight_paid_minor: self.freight.minor(),
            payment_method: self.payment_method.clone(),
            region: self.region.clone(),
            buyer_tier: self.buyer_tier.clone(),
            placed_at: self.placed_at,
            paid_at: self.paid_at,
            dispatched_at: self.dispatched_at,
            delivered_at: self.delivered_at,
            cancelled_at: self.cancelled_at,
        })
    }

    /// What is not paid was placed at least, and is still here.
    fn check_moments(&self) -> Result<(), AppError> {
        let left = self.dispatched_at.or(self.delivered_at).is_some();
        let Some(first) = self.paid_at.or(self.placed_at.filter(|_| !left)) else {
            return Err(AppError::Invalid {
                field: "paid_at",
                reason: Reason::Empty,
            });
        };
        if self.placed_at.is_some_and(|placed| placed > first) {
            return Err(AppError::Invalid {
                field: "paid_at",
                reason: Reason::Before { earlier: "placed_at" },
            });
        }
        in_order(first, self.dispatched_at, self.delivered_at)
    }

    fn check_texts(&self) -> Result<(), AppError> {
        required("number", &self.number)?;
        required("buyer.nickname", &self.buyer.nickname)?;
        for text in [
            &self.buyer_tier,
            &self.region,
            &self.payment_method,
            &self.buyer.name,
            &self.buyer.address,
        ] {
            bounded("order", text)?;
        }
        bounded("buyer.phone", &self.buyer.phone)?;
        bounded("buyer.email", &self.buyer.email)?;
        for line in &self.lines {
            required("lines.sku", &line.sku)?;
            bounded("lines.title", &line.title)?;
            bounded("lines.category", &line.category)?;
        }
        Ok(())
    }
}

/// Refuses an order that left before it was paid, or arrived before it left.
pub(crate) fn in_order(
    paid_at: Moment,
    dispatched_at: Option<Moment>,
    delivered_at: Option<Moment>,
) -> Result<(), AppError> {
    let invalid = |field, earlier| {
        let reason = Reason::Before { earlier };
        Err(AppError::Invalid { field, reason })
    };
    if dispatched_at.is_some_and(|at| at < paid_at) {
        return invalid("dispatched_at", "paid_at");
    }
    match delivered_at {
        Some(at) if at < paid_at => invalid("delivered_at", "paid_at"),
        Some(at) if dispatched_at.is_some_and(|left| at < left) => invalid("delivered_at", "dispatched_at"),
        _ => Ok(()),
    }
}

/// Refuses an empty or overlong text.
pub fn required(field: &'static str, text: &str) -> Result<(), AppError> {
    if text.is_empty() {
        return Err(AppError::Invalid {
            field,
            reason: Reason::Empty,
        });
    }
    bounded(field, text)
}

/// Refuses an overlong text, and one with U+0000, which no database text holds.
pub fn bounded(field: &'static str, text: &str) -> Result<(), AppError> {
    if text.chars().count() > SHORT_CHARS_MAX {
        return Err(AppError::Invalid {
            field,
            reason: Reason::TooLong {
                chars_max: SHORT_CHARS_MAX,
            },
        });
    }
    if text.contains('\0') {
        return Err(AppError::Invalid {
            field,
            reason: Reason::Null,
        });
    }
    Ok(())
}

/// One line of an `amends-jsonl` file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JsonOrder {
    number: String,
    currency: String,
    buyer: Identity,
    #[serde(default)]
    buyer_tier: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    payment_method: String,
    lines: Vec<JsonLine>,
    #[serde(default)]
    discount: Option<String>,
    #[serde(default)]
    freight: Option<String>,
    #[serde(default)]
    paid: Option<String>,
    #[serde(default)]
    placed_at: Option<String>,
    #[serde(default)]
    paid_at: Option<String>,
    #[serde(default)]
    dispatched_at: Option<String>,
    #[serde(default)]
    delivered_at: Option<String>,
    #[serde(default)]
    cancelled_at: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonLine {
    sku: String,
    title: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    no_reason_excluded: bool,
    units: u32,
    price: String,
    #[serde(default)]
    discount: Option<String>,
    #[serde(default)]
    units_dispatched: Option<u32>,
    #[serde(default)]
    covers: Vec<JsonCover>,
    #[serde(default)]
    listing: Option<Listing>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonCover {
    plan: PlanId,
    months: u32,
    #[serde(default)]
    premium: Option<String>,
}

fn brought(
    covers: Vec<JsonCover>,
    listing: Option<Listing>,
    mut premium: impl FnMut(&str) -> Money,
) -> Alongside {
    let cover = |cover: JsonCover| CoverDraft {
        plan: cover.plan,
        months: cover.months,
        premium: cover.premium.map(|text| premium(&text)),
    };
    Alongside {
        covers: covers.into_iter().map(cover).collect(),
        listing: listing.map(|listing| ListingDraft {
            listing,
            taken_at: None,
        }),
    }
}

/// A field and what is wrong with it.
pub(crate) type FieldFault = (String, Wrong);

impl JsonOrder {
    /// How many lines it has.
    pub(crate) fn lines(&self) -> usize {
        self.lines.len()
    }

    /// Parses its texts; every fault is told.
    pub(crate) fn into_draft(self, reading: &Reading) -> Result<OrderDraft, Vec<FieldFault>> {
        let currency =
            cells::currency(&self.currency).map_err(|wrong| vec![("currency".to_owned(), wrong)])?;
        let zero = Money::zero(currency);
        let mut wrongs: Vec<FieldFault> = Vec::new();
        let mut money = |field: &dyn Fn() -> String, text: &str| {
            cells::money(text, currency).unwrap_or_else(|wrong| {
                wrongs.push((field(), wrong));
                zero
            })
        };
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut alongside = Vec::with_capacity(self.lines.len());
        for (at, line) in self.lines.into_iter().enumerate() {
            let price = money(&|| format!("lines[{at}].price"), &line.price);
            let discount = line.discount.as_ref();
            let discount = discount.map_or(zero, |text| money(&|| format!("lines[{at}].discount"), text));
            let premium = |text: &str| money(&|| format!("lines[{at}].covers.premium"), text);
            alongside.push(brought(line.covers, line.listing, premium));
            lines.push(DraftLine {
                sku: line.sku,
                title: line.title,
                category: line.category,
                no_reason_excluded: line.no_reason_excluded,
                units: line.units,
                price,
                discount,
                units_dispatched: line.units_dispatched,
            });
        }
        let mut amount =
            |field: &str, text: &Option<String>| text.as_ref().map(|text| money(&|| field.to_owned(), text));
        let discount = amount("discount", &self.discount);
        let freight = amount("freight", &self.freight);
        let paid = amount("paid", &self.paid);
        let mut moment = |field: &str, text: &str| {
            cells::moment(text, reading).unwrap_or_else(|wrong| {
                wrongs.push((field.to_owned(), wrong));
                reading.now
            })
        };
        let mut reached = |field, text: Option<String>| text.map(|text| moment(field, &text));
        let placed_at = reached("placed_at", self.placed_at);
        let paid_at = reached("paid_at", self.paid_at);
        let dispatched_at = reached("dispatched_at", self.dispatched_at);
        let delivered_at = reached("delivered_at", self.delivered_at);
        let cancelled_at = reached("cancelled_at", self.cancelled_at);
        if !wrongs.is_empty() {
            return Err(wrongs);
        }
        Ok(OrderDraft {
            number: self.number,
            buyer: self.buyer,
            buyer_tier: self.buyer_tier,
            region: self.region,
            payment_method: self.payment_method,
            lines,
            alongside,
            discount: discount.unwrap_or(zero),
            freight: freight.unwrap_or(zero),
            paid,
            placed_at,
            paid_at,
            dispatched_at,
            delivered_at,
            cancelled_at,
        })
    }
}
