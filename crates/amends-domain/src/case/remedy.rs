//! Remedies 解决方案: what is offered, what it costs, what was agreed and which steps are left (REM).
//!
//! Amounts are minor units of the case's currency. Must not know: which remedy is offered when;
//! clauses say so. Tests: `tests/it/remedies.rs`.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::facts::Product;
use crate::policy::{ClauseId, Explanation, Payer};
use crate::time::Length;

/// Most options put before a buyer at once (REM-1).
pub const OPTIONS_MAX: usize = 3;

macro_rules! remedies {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What a remedy is (REM-2); how it runs is its [`Plan`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Remedy { $($(#[$doc])* $name,)* }

        impl Remedy {
            /// Every remedy.
            pub const ALL: &[Remedy] = &[$(Self::$name,)*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

remedies! {
    /// Money back, goods stay 仅退款.
    RefundOnly = "refund_only";
    /// Goods back, money back 退货退款.
    ReturnAndRefund = "return_and_refund";
    /// A part of the money back, goods stay 部分退款.
    PartialRefund = "partial_refund";
    /// The same again or another 换货.
    Exchange = "exchange";
    /// A higher model against a part of the gap 补差换高配.
    HigherModel = "higher_model";
    /// What was missing is sent 补发.
    Reissue = "reissue";
    /// A new one from nearby on the same day 本地当日换新.
    LocalReplacement = "local_replacement";
    /// Repaired at the shop's cost 免费维修.
    Repair = "repair";
    /// Repaired at the buyer's cost 付费维修.
    PaidRepair = "paid_repair";
    /// Looked at or repaired at the door 上门服务.
    DoorStep = "door_step";
    /// A coupon 优惠券.
    Coupon = "coupon";
    /// A gift 赠品.
    Gift = "gift";
    /// Points 积分.
    Points = "points";
    /// Freight paid back 退运费.
    Freight = "freight";
    /// Money for lost work or goodwill 误工费、安抚金.
    Goodwill = "goodwill";
    /// A longer warranty 延保.
    Warranty = "warranty";
    /// Guidance on use 使用指导.
    Guidance = "guidance";
    /// Corrected use, then a call back 试用回访 (REM-10).
    Trial = "trial";
}

/// Something given beside goods and money, each a step that is tracked to its end (REM-7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Extra {
    /// A coupon of this worth.
    Coupon {
        /// Minor units.
        minor: i64,
    },
    /// A gift that costs the shop this much.
    Gift {
        /// Minor units.
        minor: i64,
    },
    /// Points.
    Points {
        /// How many.
        count: u32,
        /// What they cost the shop, in minor units.
        minor: i64,
    },
    /// A longer warranty.
    Warranty {
        /// Months.
        months: u32,
        /// What it costs the shop, in minor units.
        minor: i64,
    },
    /// Somebody comes to the door.
    DoorStep {
        /// What it costs the shop, in minor units.
        minor: i64,
    },
    /// A courier brings one bought nearby.
    LocalPurchase {
        /// What it costs the shop beyond the goods, in minor units.
        minor: i64,
    },
    /// Guidance: a call, a video, a leaflet.
    Guidance,
}

impl Extra {
    /// What it costs the shop, in minor units.
    pub fn cost(&self) -> i64 {
        match self {
            Self::Coupon { minor }
            | Self::Gift { minor }
            | Self::Points { minor, .. }
            | Self::Warranty { minor, .. }
            | Self::DoorStep { minor }
            | Self::LocalPurchase { minor } => *minor,
            Self::Guidance => 0,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Coupon { .. } => "coupon",
            Self::Gift { .. } => "gift",
            Self::Points { .. } => "points",
            Self::Warranty { .. } => "warranty",
            Self::DoorStep { .. } => "door_step",
            Self::LocalPurchase { .. } => "local_purchase",
            Self::Guidance => "guidance",
        }
    }
}

/// How a remedy runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// How goods and money move from now on.
    pub route: Kind,
    /// What is refunded of what was paid.
    pub amount: i64,
    /// Money on top.
    pub compensation: i64,
    /// Who bears the return's freight.
    pub return_freight: Payer,
    /// What is sent in exchange; without it the same again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<Product>,
    /// What the buyer pays: for a repair, or of the gap to a dearer product. Without it a gap is his.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer_pays: Option<i64>,
    /// What is given beside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
    /// How long the goods are tried before anything else is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<Length>,
    /// How long it takes, as the buyer is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_in: Option<Length>,
}

/// What a remedy costs the shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Refunded, and goods sent out, less what the buyer pays.
    pub goods: i64,
    /// Money on top.
    pub compensation: i64,
    /// Freight back and out, as estimated.
    pub freight: i64,
    /// Coupons, gifts and the like.
    pub extras: i64,
    /// What goods that come back are still worth, as estimated.
    pub residual: i64,
}

impl Cost {
    /// All of it together.
    pub fn total(self) -> i64 {
        self.goods + self.compensation + self.freight + self.extras - self.residual
    }
}

/// A remedy looked at for a case: met, not met or unknown, with its plan and its cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// What it is.
    pub remedy: Remedy,
    /// The clause and each of its conditions with the value it saw.
    pub explanation: Explanation,
    /// How it runs.
    pub plan: Plan,
    /// What it costs the shop.
    pub cost: Cost,
}

impl Offered {
    /// The clause it rests on.
    pub fn clause(&self) -> &ClauseId {
        &self.explanation.clause
    }
}

/// Options put before the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Counts the case's offers from 1.
    pub number: u32,
    /// One to three of them.
    pub options: Vec<Offered>,
    /// The buyer said no to it.
    pub declined: bool,
    /// It stands no more: taken, or overtaken by a decision.
    #[serde(default)]
    pub over: bool,
    /// What he would rather have, in minor units; the next offer seeks the middle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wish: Option<i64>,
}

/// A step of the agreed remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is to be given.
    pub extra: Extra,
    /// Where that it was can be looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<String>,
}
