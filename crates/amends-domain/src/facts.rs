//! Facts: everything a decision may look at beside the case and the ledger, and the short list of
//! named facts that policies may compare.
//!
//! Facts are loaded in the transaction that decides; the values a decision used are written into
//! its events. Must not know: where facts come from. Tests: `tests/it/policy.rs`.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::order::Order;
use crate::time::{ShopTime, days_between};

/// The typed snapshot a command is decided on.
#[derive(Debug, Clone)]
pub struct Facts {
    /// What the shop's days and hours are counted by.
    pub time: ShopTime,
    /// The order, when the case has one.
    pub order: Option<Order>,
    /// Earlier cases of the same buyer, of every kind, opened in the last ninety days.
    pub returns_last_90_days: u32,
    /// The product asked for in exchange, when the command names one the shop sells.
    pub replacement: Option<Product>,
}

/// A product as far as an exchange needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The shop's stock-keeping code.
    pub sku: String,
    /// What the buyer sees.
    pub title: String,
    /// Price of one unit.
    pub price: Money,
}

/// The unit a fact carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Money, written `300.00 CNY`.
    Money,
    /// Whole calendar days, written `7d`.
    Days,
    /// A number of things, written `3`.
    Count,
    /// One or several words from a list, written `no_reason`.
    Word,
    /// `true` or `false`.
    Flag,
}

macro_rules! fact_names {
    ($($(#[$doc:meta])* $name:ident = $text:literal: $kind:ident;)*) => {
        /// A fact that conditions may name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FactName { $($(#[$doc])* $name,)* }

        impl FactName {
            /// Every fact, in the order the documentation lists them.
            pub const ALL: &[FactName] = &[$(FactName::$name,)*];

            /// The name as policies write it.
            pub fn text(self) -> &'static str {
                match self { $(FactName::$name => $text,)* }
            }

            /// The unit it carries.
            pub fn kind(self) -> FactKind {
                match self { $(FactName::$name => FactKind::$kind,)* }
            }
        }
    };
}

fact_names! {
    /// What was paid for the units asked about and is still refundable.
    GoodsValue = "goods_value": Money;
    /// What the buyer asks for.
    AmountAsked = "amount_asked": Money;
    /// Calendar days since delivery, the day of delivery being 0.
    DaysSinceReceipt = "days_since_receipt": Days;
    /// Calendar days since dispatch.
    DaysSinceDispatch = "days_since_dispatch": Days;
    /// Calendar days since payment.
    DaysSincePayment = "days_since_payment": Days;
    /// The kind of request.
    Kind = "kind": Word;
    /// The reason given.
    Reason = "reason": Word;
    /// Categories of the lines asked about; unknown when that of any of them is.
    Category = "category": Word;
    /// `paid`, `dispatched`, `delivered` or `cancelled`.
    OrderPhase = "order_phase": Word;
    /// The buyer's tier.
    BuyerTier = "buyer_tier": Word;
    /// The region of the address.
    Region = "region": Word;
    /// A line asked about is marked as excluded from the no-reason return.
    NoReasonExcluded = "no_reason_excluded": Flag;
    /// Goods are intact, as the buyer declared: in this version his word alone is used.
    GoodsIntact = "goods_intact": Flag;
    /// Photos or videos handed in.
    EvidencePhotos = "evidence.photos": Count;
    /// Earlier cases of the buyer in ninety days, of every kind and not of returns alone.
    ReturnsLast90Days = "returns_last_90_days": Count;
}

impl FactName {
    /// Finds a fact by the name policies write.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fact| fact.text() == text)
    }

    /// The known name nearest to a mistyped one.
    pub fn nearest(text: &str) -> &'static str {
        let distance = |fact: &&FactName| strsim::damerau_levenshtein(fact.text(), text);
        Self::ALL
            .iter()
            .min_by_key(distance)
            .map_or("", |fact| fact.text())
    }
}

/// A fact's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// An amount.
    Money(Money),
    /// Whole days.
    Days(i64),
    /// A number of things.
    Count(i64),
    /// Words: the reason, or every category asked about.
    Words(BTreeSet<String>),
    /// Yes or no.
    Flag(bool),
}

impl FactValue {
    /// A single word.
    pub fn word(text: &str) -> Self {
        Self::Words(BTreeSet::from([text.to_owned()]))
    }
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(money) => write!(f, "{money}"),
            Self::Days(days) => write!(f, "{days}d"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Words(words) => {
                for (at, word) in words.iter().enumerate() {
                    write!(f, "{}{word}", if at == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
        }
    }
}

/// What the request itself adds to the facts.
#[derive(Debug, Clone)]
pub struct RequestFacts<'a> {
    /// The kind's code.
    pub kind: &'static str,
    /// The reason's code.
    pub reason: &'a str,
    /// Lines asked about.
    pub lines: &'a [crate::ids::LineId],
    /// What is still refundable for them.
    pub goods_value: Money,
    /// What is asked for.
    pub amount_asked: Money,
    /// Whether the goods are intact, when known.
    pub goods_intact: Option<bool>,
    /// Photos and videos handed in.
    pub photos: u32,
    /// The buyer's earlier cases in ninety days.
    pub returns_last_90_days: u32,
    /// The moment of judging.
    pub now: crate::time::Moment,
}

impl Facts {
    /// The value of a named fact for a request; `None` is *unknown*.
    pub fn value(&self, name: FactName, request: &RequestFacts<'_>) -> Option<FactValue> {
        let zone = self.time.zone();
        let days_since = |from| Some(FactValue::Days(days_between(from, request.now, zone)));
        let order = self.order.as_ref();
        let lines = || {
            order
                .into_iter()
                .flat_map(|order| &order.lines)
                .filter(|line| request.lines.contains(&line.id))
        };
        let known_word = |text: &str| (!text.is_empty()).then(|| FactValue::word(text));
        match name {
            FactName::GoodsValue => Some(FactValue::Money(request.goods_value)),
            FactName::AmountAsked => Some(FactValue::Money(request.amount_asked)),
            FactName::DaysSinceReceipt => days_since(order?.delivered_at?),
            FactName::DaysSinceDispatch => days_since(order?.dispatched_at?),
            FactName::DaysSincePayment => days_since(order?.paid_at),
            FactName::Kind => Some(FactValue::word(request.kind)),
            FactName::Reason => Some(FactValue::word(request.reason)),
            FactName::Category => {
                let words: BTreeSet<_> = lines().map(|line| line.category.clone()).collect();
                // Never judged on the other lines alone: the missing one might turn it.
                let known = !words.is_empty() && !words.contains("");
                known.then_some(FactValue::Words(words))
            }
            FactName::OrderPhase => Some(FactValue::word(order?.phase().code())),
            FactName::BuyerTier => known_word(&order?.buyer_tier),
            FactName::Region => known_word(&order?.region),
            FactName::NoReasonExcluded => {
                order?;
                Some(FactValue::Flag(lines().any(|line| line.no_reason_excluded)))
            }
            FactName::GoodsIntact => request.goods_intact.map(FactValue::Flag),
            FactName::EvidencePhotos => Some(FactValue::Count(i64::from(request.photos))),
            FactName::ReturnsLast90Days => Some(FactValue::Count(i64::from(request.returns_last_90_days))),
        }
    }
}
