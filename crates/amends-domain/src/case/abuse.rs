//! Abuse 恶意售后 as a person found it on a case (ABU-1, ABU-3): what it rests on, what the buyer says to it,
//! and what somebody higher made of it.
//!
//! A finding takes no right away. While it stands, what goes beyond the buyer's rights needs a supervisor.
//! Must not know: how signals are seen. Tests: `tests/it/abuse.rs`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::digest::TextRef;
use crate::ids::{EvidenceId, PersonId, TextId};
use crate::policy::ClauseId;
use crate::time::Moment;

/// Most messages that one finding names.
pub const ABUSE_MESSAGES_MAX: usize = 60;
/// Most listings that one finding has checked.
pub const ABUSE_LISTINGS_MAX: usize = 20;

/// A sign of abuse 恶意售后信号. It points at something; it decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// He wants to talk elsewhere 引导站外沟通.
    OffPlatform,
    /// Money for a review or for taking a complaint back 勒索.
    Extortion,
    /// A threat tied to money, or to people 威胁.
    Threat,
    /// Claims on many of his orders 申请频繁.
    ClaimFrequency,
    /// Other accounts with the same telephone 同电话的其他账号.
    SharedPhone,
    /// Other accounts with the same address 同地址的其他账号.
    SharedAddress,
    /// A picture that was seen on another buyer's case 盗用图片.
    PhotoReused,
}

impl SignalKind {
    /// Every kind.
    pub const ALL: &[SignalKind] = &[
        Self::OffPlatform,
        Self::Extortion,
        Self::Threat,
        Self::ClaimFrequency,
        Self::SharedPhone,
        Self::SharedAddress,
        Self::PhotoReused,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OffPlatform => "off_platform",
            Self::Extortion => "extortion",
            Self::Threat => "threat",
            Self::ClaimFrequency => "claim_frequency",
            Self::SharedPhone => "shared_phone",
            Self::SharedAddress => "shared_address",
            Self::PhotoReused => "photo_reused",
        }
    }

    /// Whether it is read from what the buyer wrote.
    pub fn is_words(self) -> bool {
        matches!(self, Self::OffPlatform | Self::Extortion | Self::Threat)
    }
}

/// What a finding rests on; something of it there always is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestsOn {
    /// Signals that were seen.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub signals: BTreeSet<SignalKind>,
    /// What the buyer wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<TextId>,
    /// Pieces of evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
}

impl RestsOn {
    /// Whether it rests on nothing.
    pub fn is_empty(&self) -> bool {
        self.signals.is_empty() && self.messages.is_empty() && self.evidence.is_empty()
    }
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbuseState {
    /// It was noted, and the buyer told.
    Noted,
    /// The buyer says that it is not so; somebody higher is to look.
    Contested,
    /// Somebody higher looked and it stands.
    Upheld,
    /// It was taken back.
    Lifted,
}

impl AbuseState {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Noted => "noted",
            Self::Contested => "contested",
            Self::Upheld => "upheld",
            Self::Lifted => "lifted",
        }
    }
}

/// A finding of abuse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abuse {
    /// Where it stands.
    pub state: AbuseState,
    /// Who noted it.
    pub by: PersonId,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: Moment,
    /// On which grounds; the buyer reads them.
    pub grounds: TextRef,
    /// What it rests on.
    pub rests_on: RestsOn,
    /// Listings that invited it, by their stock-keeping codes (ABU-2).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub listings: BTreeSet<String>,
    /// The clause about it, where the set has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    /// What the buyer says to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<TextRef>,
    /// What he was told in the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<TextRef>,
}

impl Abuse {
    /// Whether it stands: until somebody takes it back.
    pub fn stands(&self) -> bool {
        self.state != AbuseState::Lifted
    }

    /// Who looks when the buyer contests it: above whoever noted it.
    pub fn reviewer(&self) -> Role {
        match self.role {
            Role::Supervisor => Role::Manager,
            _ => Role::Admin,
        }
    }
}
