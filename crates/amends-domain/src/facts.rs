//! Facts: everything a decision may look at beside the case and the ledger, and the short list of
//! named facts that policies may compare.
//!
//! Facts are loaded in the transaction that decides; the values a decision used are written into
//! its events. Must not know: where facts come from. Tests: `tests/it/policy.rs`.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::case::assessment::{Assessment, Grade, Nature, Severity};
use crate::case::liability::{Fault, Liability, Party};
use crate::case::{Channel, Declared, Kind, Outcome};
use crate::cover::{Cover, PlanKind};
use crate::ids::{CaseId, LineId};
use crate::ledger::UnitRef;
use crate::money::Money;
use crate::order::{Order, OrderPhase};
use crate::time::{HOUR_MILLIS, Moment, ShopTime, Zone, days_between};

/// The typed snapshot a command is decided on.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The shop's time: zone, calendar and working hours.
    pub time: ShopTime,
    /// The order, when the case has one.
    pub order: Option<Order>,
    /// Earlier cases of the same buyer, of every kind, opened in the last ninety days.
    pub returns_last_90_days: u32,
    /// Products the command names, of those the shop sells.
    pub products: Vec<Product>,
    /// Closed cases about the same order, the latest first.
    pub earlier: Vec<Earlier>,
    /// The buyer stands on the shop's block list now (ABU-3).
    pub buyer_blocked: bool,
    /// Another case that has the payment on record that the command brings.
    pub payment_on: Option<CaseId>,
    /// Covers of the order's lines, as they were sold or given (WAR-1).
    pub covers: Vec<Cover>,
}

/// A closed case as far as a repeat needs it (INT-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The case.
    pub case: CaseId,
    /// The units it was about.
    pub units: Vec<UnitRef>,
    /// Its reason.
    pub reason: String,
    /// How it ended.
    pub outcome: Outcome,
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
    /// Hours, written `24h`.
    Hours,
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
    /// Hours begun since delivery: 24 up to and including the minute 24 hours after it.
    HoursSinceReceipt = "hours_since_receipt": Hours;
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
    /// Closed cases about the same units before.
    Repeats = "repeats": Count;
    /// Units that came back, were not accepted, and are still with the shop.
    RejectedUnits = "rejected_units": Count;
    /// Months begun since delivery: 12 up to and including the day twelve months after it.
    MonthsSinceReceipt = "months_since_receipt": Count;
    /// How the buyer paid, as the shop's system says.
    PaymentMethod = "payment_method": Word;
    /// `page`, `chat`, `email`, `phone` or `file`.
    Channel = "channel": Word;
    /// The buyer refused the parcel at the door.
    ParcelRefused = "parcel_refused": Flag;
    /// Fewer units were dispatched than bought, by the shop's own record; unknown without one.
    ShortShipped = "short_shipped": Flag;
    /// Freight there and back as estimated; unknown where no clause estimates it.
    TwoWayFreight = "two_way_freight": Money;
    /// The same in percent of the goods' value, rounded up.
    FreightPercent = "freight_percent": Count;
    /// Parties found liable: `maker`, `shop`, `carrier`, `buyer`, `platform`, `force_majeure`.
    Liable = "liable": Word;
    /// `confirmed` or `refuted`; unknown until somebody has looked.
    Fault = "fault": Word;
    /// The claimed fault was looked for and is not there.
    FaultRefuted = "fault_refuted": Flag;
    /// What the trouble turned out to come from: a cause of the packs; unknown until it is found.
    Cause = "cause": Word;
    /// What lies behind a complaint: `defect`, `subjective`, `misuse`, `expectation`, `outside`.
    Nature = "nature": Word;
    /// `low`, `medium` or `high`: how hard it hits the buyer.
    Impact = "impact": Word;
    /// `low`, `medium` or `high`: how heated he is.
    Heat = "heat": Word;
    /// `low`, `medium` or `high`: how likely it spreads.
    Spread = "spread": Word;
    /// `low`, `medium`, `high` or `critical`, as the levels say.
    Severity = "severity": Word;
    /// It is now within the shop's working hours.
    InWorkingHours = "in_working_hours": Flag;
    /// The buyer stands on the shop's block list now; no right and no clock may ask.
    BuyerBlocked = "buyer_blocked": Flag;
    /// All that is asked about was under an extended warranty when the case was opened.
    CoverExtendedWarranty = "cover.extended_warranty": Flag;
    /// All that is asked about was under an accident cover then.
    CoverAccident = "cover.accident": Flag;
    /// All that is asked about is to be replaced instead of repaired, by a cover of then.
    CoverReplaceNotRepair = "cover.replace_not_repair": Flag;
    /// An insurance pays the freight of a return of all that is asked about.
    CoverReturnFreight = "cover.return_freight": Flag;
}

impl FactName {
    /// Finds a fact by the name policies write.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fact| fact.text() == text)
    }

    /// The words it can have; none where they are the shop's own, or the reasons of its packs.
    pub fn words(self) -> Option<Vec<&'static str>> {
        Some(match self {
            Self::Kind => Kind::ALL.iter().map(|kind| kind.code()).collect(),
            Self::OrderPhase => OrderPhase::ALL.iter().map(|phase| phase.code()).collect(),
            Self::Channel => Channel::ALL.iter().map(|channel| channel.code()).collect(),
            Self::Liable => Party::ALL.iter().map(|party| party.code()).collect(),
            Self::Fault => Fault::ALL.iter().map(|fault| fault.code()).collect(),
            Self::Nature => Nature::ALL.iter().map(|nature| nature.code()).collect(),
            Self::Impact | Self::Heat | Self::Spread => Grade::ALL.iter().map(|grade| grade.code()).collect(),
            Self::Severity => Severity::ALL.iter().map(|severity| severity.code()).collect(),
            _ => return None,
        })
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
    /// Hours.
    Hours(i64),
    /// A number of things.
    Count(i64),
    /// Words, such as every category asked about.
    Words(BTreeSet<String>),
    /// A word with those it belongs to, itself first: a reason and its groups.
    Path(Vec<String>),
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
            Self::Hours(hours) => write!(f, "{hours}h"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Path(path) => f.write_str(path.first().map_or("", String::as_str)),
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
    pub lines: Vec<LineId>,
    /// What is still refundable for them.
    pub goods_value: Money,
    /// What is asked for.
    pub amount_asked: Money,
    /// What was declared; none of a case that did not keep it.
    pub declared: Option<Declared>,
    /// The reason's groups, from the nearest.
    pub reason_groups: Vec<String>,
    /// What was found.
    pub liability: Option<&'a Liability>,
    /// What was noted.
    pub assessment: Assessment,
    /// How grave it is.
    pub severity: Severity,
    /// Units not accepted and still with the shop.
    pub rejected_units: usize,
    /// Freight there and back, as estimated.
    pub two_way_freight: Option<Money>,
    /// What covers are in force for every line asked about, and not used up.
    pub covered: BTreeSet<PlanKind>,
    /// The moment that days are counted to.
    pub now: Moment,
    /// The moment on the shop's clock: a case is judged as of its opening, but talked about now.
    pub clock: Moment,
}

impl Facts {
    /// The value of a named fact for a request; `None` is *unknown*.
    pub fn value(&self, name: FactName, request: &RequestFacts<'_>) -> Option<FactValue> {
        let covered = |plan: PlanKind| FactValue::Flag(request.covered.contains(&plan));
        match name {
            FactName::GoodsValue => Some(FactValue::Money(request.goods_value)),
            FactName::AmountAsked => Some(FactValue::Money(request.amount_asked)),
            FactName::Kind => Some(FactValue::word(request.kind)),
            FactName::Reason => {
                let groups = request.reason_groups.iter().cloned();
                Some(FactValue::Path(
                    std::iter::once(request.reason.to_owned()).chain(groups).collect(),
                ))
            }
            FactName::RejectedUnits => Some(FactValue::Count(
                i64::try_from(request.rejected_units).unwrap_or(i64::MAX),
            )),
            FactName::TwoWayFreight => request.two_way_freight.map(FactValue::Money),
            FactName::FreightPercent => {
                let (freight, goods) = (request.two_way_freight?.minor(), request.goods_value.minor());
                let percent = freight
                    .saturating_mul(100)
                    .saturating_add(goods - 1)
                    .checked_div(goods)?;
                Some(FactValue::Count(percent))
            }
            FactName::CoverExtendedWarranty => Some(covered(PlanKind::ExtendedWarranty)),
            FactName::CoverAccident => Some(covered(PlanKind::Accident)),
            FactName::CoverReplaceNotRepair => Some(covered(PlanKind::ReplaceNotRepair)),
            FactName::CoverReturnFreight => Some(covered(PlanKind::ReturnFreight)),
            FactName::BuyerBlocked => Some(FactValue::Flag(self.buyer_blocked)),
            FactName::InWorkingHours => Some(FactValue::Flag(self.time.in_working_hours(request.clock))),
            _ => self
                .of_order(name, request)
                .or_else(|| of_declared(name, request))
                .or_else(|| of_finding(name, request)),
        }
    }

    /// What the order says.
    fn of_order(&self, name: FactName, request: &RequestFacts<'_>) -> Option<FactValue> {
        let order = self.order.as_ref()?;
        let days_since = |from| FactValue::Days(days_between(from, request.now, self.time.zone()));
        let lines = || order.lines.iter().filter(|line| request.lines.contains(&line.id));
        let known_word = |text: &str| (!text.is_empty()).then(|| FactValue::word(text));
        match name {
            FactName::DaysSinceReceipt => order.delivered_at.map(days_since),
            FactName::HoursSinceReceipt => {
                let hours = hours_begun(order.delivered_at?, request.now);
                Some(FactValue::Hours(hours))
            }
            FactName::DaysSinceDispatch => order.dispatched_at.map(days_since),
            FactName::DaysSincePayment => order.paid_at.map(days_since),
            FactName::MonthsSinceReceipt => {
                let months = months_begun(order.delivered_at?, request.now, self.time.zone());
                Some(FactValue::Count(months))
            }
            FactName::Category => {
                let words: BTreeSet<_> = lines().map(|line| line.category.clone()).collect();
                // Never judged on the other lines alone: the missing one might turn it.
                let known = !words.is_empty() && !words.contains("");
                known.then_some(FactValue::Words(words))
            }
            FactName::OrderPhase => Some(FactValue::word(order.phase().code())),
            FactName::BuyerTier => known_word(&order.buyer_tier),
            FactName::Region => known_word(&order.region),
            FactName::PaymentMethod => known_word(&order.payment_method),
            FactName::NoReasonExcluded => Some(FactValue::Flag(lines().any(|line| line.no_reason_excluded))),
            FactName::ShortShipped => {
                let short: Option<Vec<bool>> = lines()
                    .map(|line| Some(line.units_dispatched? < line.units()))
                    .collect();
                let short = short.filter(|lines| !lines.is_empty())?;
                Some(FactValue::Flag(short.into_iter().any(|short| short)))
            }
            _ => None,
        }
    }
}

/// What was declared, and found of it since.
fn of_declared(name: FactName, request: &RequestFacts<'_>) -> Option<FactValue> {
    let declared = request.declared?;
    let count = |count: u32| FactValue::Count(i64::from(count));
    match name {
        FactName::GoodsIntact => {
            let found = request.liability.and_then(|finding| finding.goods_intact);
            found.or(declared.goods_intact).map(FactValue::Flag)
        }
        FactName::EvidencePhotos => Some(count(declared.photos)),
        FactName::ReturnsLast90Days => Some(count(declared.returns_last_90_days)),
        FactName::Repeats => Some(count(declared.repeats)),
        FactName::Channel => Some(FactValue::word(declared.channel.code())),
        FactName::ParcelRefused => Some(FactValue::Flag(declared.parcel_refused)),
        _ => None,
    }
}

/// What was found and noted.
fn of_finding(name: FactName, request: &RequestFacts<'_>) -> Option<FactValue> {
    let grade = |grade: Option<Grade>| grade.map(|grade| FactValue::word(grade.code()));
    let fault = request.liability.and_then(|finding| finding.fault);
    match name {
        FactName::Liable => {
            let shares = &request.liability?.shares;
            let parties = shares.iter().map(|share| share.party.code().to_owned());
            let parties: BTreeSet<String> = parties.collect();
            (!parties.is_empty()).then_some(FactValue::Words(parties))
        }
        FactName::Cause => request.liability?.cause.as_deref().map(FactValue::word),
        FactName::Fault => fault.map(|fault| FactValue::word(fault.code())),
        FactName::FaultRefuted => Some(FactValue::Flag(fault == Some(Fault::Refuted))),
        FactName::Nature => request
            .assessment
            .nature
            .map(|nature| FactValue::word(nature.code())),
        FactName::Impact => grade(request.assessment.impact),
        FactName::Heat => grade(request.assessment.heat),
        FactName::Spread => grade(request.assessment.spread),
        FactName::Severity => Some(FactValue::word(request.severity.code())),
        _ => None,
    }
}

/// Hours begun from one moment to another: 0 at the moment itself, 1 up to and including one hour after it.
fn hours_begun(from: Moment, to: Moment) -> i64 {
    let passed = to.millis().saturating_sub(from.millis());
    let whole = passed.div_euclid(HOUR_MILLIS);
    whole + i64::from(passed.rem_euclid(HOUR_MILLIS) > 0)
}

/// Months begun from one day to another on the shop's wall: 0 on the day itself, 1 up to and including
/// the same day of the next month.
fn months_begun(from: Moment, to: Moment, zone: &Zone) -> i64 {
    let (from, to) = (from.day_in(zone.tz()), to.day_in(zone.tz()));
    let Ok(span) = from.until((jiff::Unit::Month, to)) else {
        return 0;
    };
    let whole = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
    whole + i64::from(span.get_days() > 0)
}
