//! Covers 保障: what a plan that was sold or given with a line of an order promises, from when until when,
//! and how far it reaches (WAR-1).
//!
//! A cover is as it was sold: no later plan, price or policy changes it.
//! Must not know: cases, who claims. Tests: `tests/it/cover.rs`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{CoverId, LineId};
use crate::order::Order;
use crate::time::{Moment, Zone, months_over};

/// Longest name of a provider or an insurer, in characters.
pub const PROVIDER_CHARS_MAX: usize = 64;

/// What a plan promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// Faults are repaired beyond the maker's own warranty 延保.
    ExtendedWarranty,
    /// What the buyer broke himself is repaired 意外保、碎屏险.
    Accident,
    /// What is at fault is replaced instead of repaired 只换不修.
    ReplaceNotRepair,
    /// The freight of a return is paid that the buyer would bear 运费险.
    ReturnFreight,
}

impl PlanKind {
    /// Every kind.
    pub const ALL: &[PlanKind] = &[
        Self::ExtendedWarranty,
        Self::Accident,
        Self::ReplaceNotRepair,
        Self::ReturnFreight,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::ExtendedWarranty => "extended_warranty",
            Self::Accident => "accident",
            Self::ReplaceNotRepair => "replace_not_repair",
            Self::ReturnFreight => "return_freight",
        }
    }

    /// A kind by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The trouble it is for.
    pub fn covers(self) -> Trouble {
        match self {
            Self::ExtendedWarranty | Self::ReplaceNotRepair => Trouble::Fault,
            Self::Accident => Trouble::Accident,
            Self::ReturnFreight => Trouble::ReturnFreight,
        }
    }

    /// Whether somebody repairs or replaces for it; otherwise money alone is paid.
    pub fn needs_provider(self) -> bool {
        self != Self::ReturnFreight
    }
}

/// What a claim on a cover is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The goods are at fault by themselves.
    Fault,
    /// The buyer dropped them, broke the screen, spilled water 意外.
    Accident,
    /// A return's freight that the buyer bears.
    ReturnFreight,
}

impl Trouble {
    /// Every trouble.
    pub const ALL: &[Trouble] = &[Self::Fault, Self::Accident, Self::ReturnFreight];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Accident => "accident",
            Self::ReturnFreight => "return_freight",
        }
    }
}

/// Why a cover is not for a trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// It had not begun when the case was opened, or was given later.
    NotYet,
    /// It was over when the case was opened.
    Over,
    /// It is for another trouble, or the fault it is for was looked for and is not there.
    OtherTrouble,
    /// The freight of this return is not the buyer's to bear.
    FreightNotHis,
    /// All its claims were made, or all of it was paid.
    UsedUp,
}

impl Gap {
    /// Every gap.
    pub const ALL: &[Gap] = &[
        Self::NotYet,
        Self::Over,
        Self::OtherTrouble,
        Self::FreightNotHis,
        Self::UsedUp,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotYet => "not_yet",
            Self::Over => "over",
            Self::OtherTrouble => "other_trouble",
            Self::FreightNotHis => "freight_not_his",
            Self::UsedUp => "used_up",
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How far a cover reaches; what is not bounded has no end but the cover's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// Most that is paid for one claim, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_claim: Option<i64>,
    /// Most that is paid for all of them, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_all: Option<i64>,
    /// Most claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<u32>,
}

/// What was claimed of a cover so far, by every case of its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CoverUse {
    /// Claims that are open or were settled.
    pub claims: u32,
    /// Asked by those that are open, in minor units.
    pub held: i64,
    /// Settled, in minor units.
    pub settled: i64,
}

impl Reach {
    /// Whether another claim can be made.
    pub fn admits(&self, used: CoverUse) -> bool {
        self.claims.is_none_or(|claims| used.claims < claims) && self.left(used).is_none_or(|left| left > 0)
    }

    /// The most that one more claim may ask, in minor units; nothing where nothing bounds it.
    pub fn left(&self, used: CoverUse) -> Option<i64> {
        let in_all = self.in_all.map(|all| (all - used.held - used.settled).max(0));
        match (self.per_claim, in_all) {
            (Some(one), Some(left)) => Some(one.min(left)),
            (one, left) => one.or(left),
        }
    }
}

/// A plan with a line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Its id.
    pub id: CoverId,
    /// The line.
    pub line: LineId,
    /// What it promises.
    pub plan: PlanKind,
    /// For how many months.
    pub months: u32,
    /// Months after delivery for which somebody else answers, the maker or the shop: it begins after them.
    pub after_months: u32,
    /// When it was sold or given.
    pub given_at: Moment,
    /// Who repairs for it.
    pub provider: String,
    /// Who pays for it, where that is somebody else.
    pub insurer: Option<String>,
    /// How far it reaches.
    pub reach: Reach,
}

/// From when until when a cover holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// From when on.
    pub from: Moment,
    /// Before when; not known yet where it counts from a delivery that has not been.
    pub until: Option<Moment>,
}

impl Period {
    /// Whether a moment lies in it.
    pub fn holds(&self, at: Moment) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

impl Cover {
    /// When it holds. What repairs begins with the delivery, or when the months before it are over, and never
    /// before it was given; nothing while the order has not arrived. Return freight is covered from the sale on.
    pub fn period(&self, order: &Order, zone: &Zone) -> Option<Period> {
        if !self.plan.needs_provider() {
            let delivered = order.delivered_at;
            return Some(Period {
                from: self.given_at,
                until: delivered.map(|at| months_over(at, self.months, zone)),
            });
        }
        let delivered = order.delivered_at?;
        let begins = if self.after_months == 0 {
            delivered
        } else {
            months_over(delivered, self.after_months, zone)
        };
        let from = begins.max(self.given_at);
        // Counted from the last day that was not covered, so that a year ends on the day it began.
        let until = months_over(from.plus_millis(-1), self.months, zone);
        Some(Period {
            from,
            until: Some(until),
        })
    }

    /// Whether it holds at a moment.
    pub fn in_force(&self, order: &Order, zone: &Zone, at: Moment) -> bool {
        self.period(order, zone).is_some_and(|period| period.holds(at))
    }
}
