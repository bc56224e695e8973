//! Who is liable 责任判定, for which share, on which grounds and evidence (LIA-1, LIA-2).
//!
//! Must not know: what follows from it; rights and remedies compare it. Tests: `tests/it/finding.rs`.

use serde::{Deserialize, Serialize};

use crate::digest::TextRef;
use crate::ids::EvidenceId;

/// Most pieces of evidence that one finding names.
pub const FINDING_EVIDENCE_MAX: usize = 60;

/// Who may be liable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The maker 厂家: a defect.
    Maker,
    /// The shop 店铺: wrong item, poor packing, wrong description, late dispatch, service.
    Shop,
    /// The carrier 物流: damage, loss, delay.
    Carrier,
    /// The buyer 买家: misuse, misunderstanding, regret.
    Buyer,
    /// The platform 平台.
    Platform,
    /// Nobody: force majeure 不可抗力.
    ForceMajeure,
}

impl Party {
    /// Every party.
    pub const ALL: &[Party] = &[
        Self::Maker,
        Self::Shop,
        Self::Carrier,
        Self::Buyer,
        Self::Platform,
        Self::ForceMajeure,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Maker => "maker",
            Self::Shop => "shop",
            Self::Carrier => "carrier",
            Self::Buyer => "buyer",
            Self::Platform => "platform",
            Self::ForceMajeure => "force_majeure",
        }
    }
}

/// A party's share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Who.
    pub party: Party,
    /// In whole percent.
    pub percent: u32,
}

/// What was found of the fault that the buyer claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It is there.
    Confirmed,
    /// It is not.
    Refuted,
}

impl Fault {
    /// Both.
    pub const ALL: &[Fault] = &[Self::Confirmed, Self::Refuted];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Refuted => "refuted",
        }
    }
}

/// A finding. Without shares it says what was found of the goods alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Liability {
    /// Who is liable; the shares make a hundred percent. Empty while nobody can tell.
    pub shares: Vec<Share>,
    /// What it came from: a cause of the policy's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Whether the fault is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    /// Whether the goods are intact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods_intact: Option<bool>,
    /// On which grounds.
    pub grounds: TextRef,
    /// The pieces of evidence it rests on.
    pub evidence: Vec<EvidenceId>,
    /// A third party looked at it 第三方鉴定.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub third_party: bool,
}
