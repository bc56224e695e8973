//! Reviews on a case 中差评: what the buyer wrote on the platform, and what the shop did about it (REV-1…REV-3).
//!
//! Nothing here, and nothing that reads it, decides what a buyer gets: a remedy never depends on a review
//! (REV-4). Good reviews come to no case, so that a case cannot hold one.
//! Must not know: what it says; the words are a text. Tests: `tests/it/review.rs`.

use serde::{Deserialize, Serialize};

use crate::digest::TextRef;
use crate::ids::ReviewId;
use crate::time::Moment;

/// Most reviews of one case: one a line of its order, and those that followed.
pub const REVIEWS_MAX: usize = 50;

/// A rating that wants an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoorRating {
    /// 中评.
    Middling,
    /// 差评.
    Bad,
}

/// What a review complains about (REV-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewCause {
    /// The goods 商品.
    Goods,
    /// The way they came 物流.
    Logistics,
    /// How the buyer was served 服务.
    Service,
}

impl ReviewCause {
    /// Every cause.
    pub const ALL: &[ReviewCause] = &[Self::Goods, Self::Logistics, Self::Service];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Goods => "goods",
            Self::Logistics => "logistics",
            Self::Service => "service",
        }
    }

    /// A cause by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.code() == code)
    }
}

/// What became of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// The buyer revised it 已修改.
    Revised,
    /// It stays as it is 未修改.
    Unchanged,
    /// The platform took it down 平台删除.
    Withdrawn,
}

impl ReviewOutcome {
    /// Every outcome.
    pub const ALL: &[ReviewOutcome] = &[Self::Revised, Self::Unchanged, Self::Withdrawn];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Revised => "revised",
            Self::Unchanged => "unchanged",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// An outcome by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|outcome| outcome.code() == code)
    }
}

/// A review as it comes to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenReview {
    /// Which.
    pub review: ReviewId,
    /// How it rates.
    pub rating: PoorRating,
    /// What it seems to be about; a person says so in the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<ReviewCause>,
    /// What it says, unless it only rates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextRef>,
}

/// What the shop says below a review in public 评价解释.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicReply {
    /// The words.
    pub text: TextRef,
    /// Since when it stands on the platform.
    pub published_at: Option<Moment>,
}

/// A review of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseReview {
    /// As it came.
    pub given: GivenReview,
    /// When it came.
    pub at: Moment,
    /// What a person says it is about.
    pub judged: Option<ReviewCause>,
    /// When the buyer was first reached about it.
    pub contacted_at: Option<Moment>,
    /// What became of it, as far as it is known.
    pub outcome: Option<ReviewOutcome>,
    /// What the shop says below it.
    pub reply: Option<PublicReply>,
}

impl CaseReview {
    /// One that has just come.
    pub fn new(given: GivenReview, at: Moment) -> Self {
        Self {
            given,
            at,
            judged: None,
            contacted_at: None,
            outcome: None,
            reply: None,
        }
    }

    /// What it is about: as a person says, else as it seems.
    pub fn cause(&self) -> Option<ReviewCause> {
        self.judged.or(self.given.cause)
    }

    /// Whether its buyer is still to be reached: nobody has, and it stands.
    pub fn wants_contact(&self) -> bool {
        self.contacted_at.is_none() && self.outcome.is_none()
    }
}
