//! Disputes as they are read and written.
//!
//! Must not know: what is allowed. Tests: `tests/it/disputes.rs`, `tests/it/naughty.rs`.

use std::collections::BTreeMap;

use amends_domain::case::{Case, Dispute, Ruling, Side, Statement};
use amends_domain::ids::{EvidenceId, TextId};
use amends_domain::policy::set::PolicySet;
use amends_domain::readiness::{Look, Readiness};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case_write::RulingWord;
use super::policy::ClauseDto;
use super::values::{At, MoneyDto};
use crate::language::Language;

/// A side of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SideWord {
    /// The buyer.
    Buyer,
    /// The shop.
    Shop,
}

impl From<Side> for SideWord {
    fn from(side: Side) -> Self {
        match side {
            Side::Buyer => Self::Buyer,
            Side::Shop => Self::Shop,
        }
    }
}

impl From<SideWord> for Side {
    fn from(side: SideWord) -> Self {
        match side {
            SideWord::Buyer => Self::Buyer,
            SideWord::Shop => Self::Shop,
        }
    }
}

/// Where a dispute stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DisputeState {
    /// The platform was asked to step in.
    Asked,
    /// The platform has ruled.
    Ruled,
    /// It was asked to look once more.
    Appealed,
}

/// The dispute's track.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisputeDto {
    state: DisputeState,
    /// Who asked the platform to step in.
    by: SideWord,
    /// How it ruled, or had ruled before the appeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    ruling: Option<RulingWord>,
    /// What was granted, when it was a part.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<MoneyDto>,
    /// What was handed in, in order; a buyer sees his own.
    statements: Vec<StatementDto>,
}

/// What a side handed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatementDto {
    by: SideWord,
    at: At,
    /// What it says; absent once it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The pieces of evidence it rests on.
    #[schema(value_type = Vec<String>)]
    evidence: Vec<EvidenceId>,
}

impl DisputeDto {
    /// A case's dispute, where it has one.
    pub(crate) fn of(case: &Case, texts: &BTreeMap<TextId, String>, for_buyer: bool) -> Option<Self> {
        let (state, ruling) = match case.dispute? {
            Dispute::Asked => (DisputeState::Asked, None),
            Dispute::Ruled(ruling) => (DisputeState::Ruled, Some(ruling)),
            Dispute::Appealed(ruling) => (DisputeState::Appealed, Some(ruling)),
        };
        let word = |ruling| match ruling {
            Ruling::ForBuyer => RulingWord::ForBuyer,
            Ruling::ForShop => RulingWord::ForShop,
            Ruling::InPart { .. } => RulingWord::InPart,
        };
        let amount = match ruling {
            Some(Ruling::InPart { amount }) => Some(MoneyDto::of(amount, case.currency)),
            _ => None,
        };
        let seen = |statement: &&Statement| !for_buyer || statement.by == Side::Buyer;
        let statement = |statement: &Statement| StatementDto {
            by: statement.by.into(),
            at: statement.at.into(),
            text: texts.get(&statement.text.id).cloned(),
            evidence: statement.evidence.clone(),
        };
        Some(Self {
            state,
            by: case.dispute_by.unwrap_or_default().into(),
            ruling: ruling.map(word),
            amount,
            statements: case.statements.iter().filter(seen).map(statement).collect(),
        })
    }
}

/// To ask the platform to step in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InterventionBody {
    /// For whom; for the shop where nothing is said.
    #[serde(default)]
    pub(crate) by: Option<SideWord>,
    /// Why.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// What somebody of the shop hands in, for the shop or on the buyer's behalf.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementBody {
    /// For whom; for the shop where nothing is said.
    #[serde(default)]
    pub(crate) by: Option<SideWord>,
    /// What it says; 1 to 10,000 characters.
    pub(crate) text: String,
    /// The pieces of evidence it rests on, of this case.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub(crate) evidence: Vec<EvidenceId>,
}

/// What a buyer hands in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnStatementBody {
    /// What it says; 1 to 10,000 characters.
    pub(crate) text: String,
    /// The pieces of evidence it rests on, of this case.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub(crate) evidence: Vec<EvidenceId>,
}

/// To ask the platform to look once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppealBody {
    /// For whom; for the shop where nothing is said.
    #[serde(default)]
    pub(crate) by: Option<SideWord>,
    /// Why; 1 to 10,000 characters.
    pub(crate) text: String,
}

/// The side that somebody of the shop speaks for.
pub(crate) fn side(by: Option<SideWord>) -> Side {
    by.map_or(Side::Shop, Side::from)
}

/// Whether the shop is ready to stand before the platform.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReadinessDto {
    /// Points at which nothing is missing, in whole percent.
    score: u32,
    /// Each known cause of losing.
    points: Vec<PointDto>,
}

/// A known cause of losing, looked at.
#[derive(Serialize, ToSchema)]
pub(crate) struct PointDto {
    /// Which: `listing`, `terms`, `rules`, `replies`, `record`, `words`, `needs`, `pictures`, `form`, `statement`, `time` or `finding`.
    point: &'static str,
    /// Whether nothing is missing there.
    ready: bool,
    /// How many things are amiss.
    amiss: u32,
    /// Kinds of evidence that are missing.
    missing: Vec<&'static str>,
    /// The clauses that ask for it.
    clauses: Vec<ClauseDto>,
    /// Until when, where a clock runs for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<At>,
    /// Who can supply it: `agent`, `supervisor`, `operations` or `warehouse`.
    supplier: &'static str,
}

impl ReadinessDto {
    pub(crate) fn of(readiness: &Readiness, policy: &PolicySet, language: Language) -> Self {
        let point = |look: &Look| PointDto {
            point: look.point.code(),
            ready: look.ready,
            amiss: look.amiss,
            missing: look.missing.iter().map(|kind| kind.code()).collect(),
            clauses: look
                .clauses
                .iter()
                .map(|clause| ClauseDto::of(policy, clause, language))
                .collect(),
            due_at: look.due_at.map(At),
            supplier: look.point.supplier().code(),
        };
        Self {
            score: readiness.score(),
            points: readiness.looks.iter().map(point).collect(),
        }
    }
}
