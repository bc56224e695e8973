//! How grave a case is and what kind of trouble lies behind it: told apart early, so that it reaches
//! the right hands (INT-4, INT-6).
//!
//! Must not know: which grade leads to which level; clauses say so. Tests: `tests/it/level.rs`.

use serde::{Deserialize, Serialize};

use crate::actor::Role;

/// What lies behind a complaint (INT-4). One that is nobody's fault gets an explanation, never blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// A real defect 真实缺陷.
    Defect,
    /// A matter of taste or feeling 主观不满.
    Subjective,
    /// Misunderstood or misused 误解或使用不当.
    Misuse,
    /// More was expected than was promised 期望过高.
    Expectation,
    /// The platform's or the carrier's doing 平台或物流原因.
    Outside,
}

impl Nature {
    /// Every nature.
    pub const ALL: &[Nature] = &[
        Self::Defect,
        Self::Subjective,
        Self::Misuse,
        Self::Expectation,
        Self::Outside,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Defect => "defect",
            Self::Subjective => "subjective",
            Self::Misuse => "misuse",
            Self::Expectation => "expectation",
            Self::Outside => "outside",
        }
    }
}

/// A grade of impact, heat or spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

impl Grade {
    /// Every grade.
    pub const ALL: &[Grade] = &[Self::Low, Self::Medium, Self::High];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What an agent noted of a case; what he leaves out stays unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What lies behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nature: Option<Nature>,
    /// How hard it hits the buyer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Grade>,
    /// How heated he is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heat: Option<Grade>,
    /// How likely it spreads or reaches the platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Grade>,
}

/// How grave a case is, as its clauses say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Everyday.
    #[default]
    Low,
    /// Wants care.
    Medium,
    /// Wants somebody higher.
    High,
    /// Wants him now.
    Critical,
}

impl Severity {
    /// Every severity, the least first.
    pub const ALL: &[Severity] = &[Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// Why a case was passed upward (FLW-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassedFor {
    /// More than the agent may grant (REM-6); urgent.
    Authority,
    /// Graver than an agent should handle; urgent.
    Severity,
    /// It came up again and again.
    Repetition,
    /// The buyer asks for somebody higher; urgent.
    BuyerDemand,
    /// Another reason, said in words.
    Other,
}

impl PassedFor {
    /// Every reason.
    pub const ALL: &[PassedFor] = &[
        Self::Authority,
        Self::Severity,
        Self::Repetition,
        Self::BuyerDemand,
        Self::Other,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Severity => "severity",
            Self::Repetition => "repetition",
            Self::BuyerDemand => "buyer_demand",
            Self::Other => "other",
        }
    }

    /// Whether it is marked urgent 加急.
    pub fn is_urgent(self) -> bool {
        matches!(self, Self::Authority | Self::Severity | Self::BuyerDemand)
    }
}

/// A case passed upward and not answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// To whom.
    pub to: Role,
    /// Why.
    #[serde(rename = "for")]
    pub passed_for: PassedFor,
}
