//! What goes wrong on the way 物流异常, and what the shop asks of others for it 追偿: the platform, which judges
//! the shop by it (DSP-4), and the carrier, who owes for it (DSP-6). The two are told apart, and neither is
//! the buyer's concern: he is paid first (FLW-5).
//!
//! Must not know: what the buyer is owed. Tests: `tests/it/recourse.rs`.

use serde::{Deserialize, Serialize};

use super::{Case, Goods, MoneyState, Parcel, Request};
use crate::money::Money;
use crate::time::Moment;

/// Most supplements to one recourse.
pub const SUPPLEMENTS_MAX: u32 = 20;

/// What went wrong with a parcel (FLW-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelFault {
    /// It takes longer than it should 延误.
    Delay,
    /// It is lost 丢失.
    Loss,
    /// It was damaged 破损.
    Damage,
    /// Something else was in it 发错货.
    WrongItem,
    /// It went by another carrier than agreed 发错快递.
    WrongCarrier,
}

impl ParcelFault {
    /// Every fault.
    pub const ALL: &[ParcelFault] = &[
        Self::Delay,
        Self::Loss,
        Self::Damage,
        Self::WrongItem,
        Self::WrongCarrier,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Delay => "delay",
            Self::Loss => "loss",
            Self::Damage => "damage",
            Self::WrongItem => "wrong_item",
            Self::WrongCarrier => "wrong_carrier",
        }
    }

    /// Whether a carrier can owe for it (《快递暂行条例》第二十七条 names delay, loss and damage); what was
    /// packed wrong, or handed to another one, is the shop's.
    pub fn is_carriers(self) -> bool {
        matches!(self, Self::Delay | Self::Loss | Self::Damage)
    }
}

/// A parcel with which something went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelException {
    /// What.
    pub fault: ParcelFault,
    /// Which parcel.
    pub parcel: Parcel,
    /// When it was noticed.
    pub noticed_at: Moment,
    /// The buyer heard of it from the shop (CLK-15: contact first).
    pub told: bool,
}

/// Of whom the shop asks something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    /// The platform: that the exception isn't counted against the shop 物流申诉 (DSP-4).
    Platform,
    /// The carrier: what he owes for the parcel 快递索赔 (DSP-6).
    Carrier,
}

impl Addressee {
    /// Both.
    pub const ALL: &[Addressee] = &[Self::Platform, Self::Carrier];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Carrier => "carrier",
        }
    }

    /// An addressee by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|to| to.code() == code)
    }
}

/// How a parcel was carried: what a carrier owes depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Carriage {
    /// The value it was insured for 保价, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insured: Option<Money>,
    /// What the shop paid for carrying it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freight: Option<Money>,
}

/// Where a recourse stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecourseStage {
    /// It was handed in, or supplemented since, and waits for an answer.
    Filed,
    /// More is wanted before it is answered.
    MoreWanted,
    /// It was granted, and this much is still to come, in minor units.
    Granted {
        /// What was granted.
        amount: i64,
    },
    /// It was granted, and all of it has come.
    Settled,
    /// It was declined; it may be filed again with more to show.
    Declined,
    /// The shop let go of it.
    Dropped,
}

impl RecourseStage {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::MoreWanted => "more_wanted",
            Self::Granted { .. } => "granted",
            Self::Settled => "settled",
            Self::Declined => "declined",
            Self::Dropped => "dropped",
        }
    }

    /// Whether somebody has still to answer, to supplement or to pay.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Filed | Self::MoreWanted | Self::Granted { .. })
    }
}

/// What the shop asks of somebody for a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recourse {
    /// What was asked, in minor units; 0 where no money is asked.
    pub asked: i64,
    /// Where it stands.
    pub stage: RecourseStage,
    /// When it was filed, the last time.
    pub filed_at: Moment,
    /// How often it was supplemented.
    pub supplements: u32,
    /// What came in, in minor units.
    pub received: i64,
}

/// What was answered to a recourse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecourseAnswer {
    /// More is wanted.
    MoreWanted,
    /// It is granted; without money where none was asked.
    Granted {
        /// How much.
        amount: Option<Money>,
    },
    /// It is declined.
    Declined,
}

impl Case {
    /// Whether the buyer still waits for what he asked or was granted: nobody else is asked for money
    /// before he has it.
    pub fn buyer_waits(&self) -> bool {
        use MoneyState::{Due, Failed, Ordered, Unknown};
        match self.request {
            Request::Closed(_) => false,
            Request::Applied | Request::Refused => true,
            Request::Approved => {
                matches!(self.money, Some(Due | Ordered | Unknown | Failed))
                    || matches!(self.goods, Some(Goods::ReplacementToShip | Goods::InRepair))
            }
        }
    }

    /// Whether a carrier may owe for what went wrong.
    pub fn is_carriers(&self) -> bool {
        self.exception
            .as_ref()
            .is_some_and(|exception| exception.fault.is_carriers())
    }

    /// Whether somebody is asked and has not come to an end with it.
    pub fn recourse_is_open(&self, to: Addressee) -> bool {
        self.recourses
            .get(&to)
            .is_some_and(|recourse| recourse.stage.is_open())
    }
}
