//! How a case is handled, over the wire: who is liable, how grave it is, who has it, promises. Most of
//! it is for staff alone.
//!
//! Must not know: what is allowed. Tests: `tests/it/handling.rs`, `tests/it/naughty.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_app::cases::case_handling::CaseFind;
use amends_domain::case::Case;
use amends_domain::case::assessment::Assessment;
use amends_domain::case::evidence;
use amends_domain::case::liability::Share;
use amends_domain::case::promise::Promise;
use amends_domain::ids::{EvidenceId, PersonId, TextId};
use amends_domain::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::At;
use super::words::{
    Channel, EvidenceKind, Fault, Grade, Nature, Party, PassedFor, Priority, PromiseState, Role, Severity,
};
use crate::problem::Problem;

/// What the shop keeps of a case for itself.
#[derive(Serialize, ToSchema)]
pub(crate) struct HandlingDto {
    /// Who is liable, once found.
    liability: Option<LiabilityDto>,
    /// What an agent noted.
    assessment: AssessmentDto,
    /// How grave it is.
    severity: Severity,
    /// In which order it is taken up.
    priority: Priority,
    /// Who handles it.
    #[schema(value_type = Option<String>)]
    assignee: Option<PersonId>,
    /// The shop's own marks.
    tags: BTreeSet<String>,
    /// It was passed upward and waits for an answer.
    passed: Option<PassedDto>,
    /// The buyer waits for a reply.
    reply_due: bool,
    /// Where the request came from.
    channel: Option<Channel>,
    /// Who must look.
    #[serde(skip_serializing_if = "Option::is_none")]
    escalated_to: Option<Role>,
    /// Until when the buyer stands on the block list.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocked_until: Option<At>,
}

/// Who is liable, and what was found of the goods.
#[derive(Serialize, ToSchema)]
pub(crate) struct LiabilityDto {
    /// Each party's share; together a hundred percent, or nobody's while nobody can tell.
    shares: Vec<ShareDto>,
    /// What it came from, by a code of the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    /// Whether the fault is there.
    fault: Option<Fault>,
    /// Whether the goods are intact.
    goods_intact: Option<bool>,
    /// On which grounds; absent when they were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    grounds: Option<String>,
    /// The pieces of evidence it rests on.
    #[schema(value_type = Vec<String>)]
    evidence: Vec<EvidenceId>,
    /// A third party looked at it.
    third_party: bool,
}

/// A party's share.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShareDto {
    /// Who.
    party: Party,
    /// In whole percent.
    percent: u32,
}

/// What the buyer is asked to show.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskEvidenceBody {
    /// At least one kind.
    kinds: BTreeSet<EvidenceKind>,
    /// What it should show, in words the buyer reads.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

impl AskEvidenceBody {
    pub(crate) fn kinds(&self) -> Result<BTreeSet<evidence::EvidenceKind>, Problem> {
        if self.kinds.is_empty() {
            return Err(Problem::invalid("kinds", "must name at least one kind"));
        }
        Ok(self.kinds.iter().copied().map(Into::into).collect())
    }
}

/// What an agent notes of a case; what he leaves out stays as it was.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssessmentDto {
    /// What lies behind it.
    #[serde(default)]
    nature: Option<Nature>,
    /// How hard it hits the buyer.
    #[serde(default)]
    impact: Option<Grade>,
    /// How heated he is.
    #[serde(default)]
    heat: Option<Grade>,
    /// How likely it spreads or reaches the platform.
    #[serde(default)]
    spread: Option<Grade>,
}

/// A case passed upward.
#[derive(Serialize, ToSchema)]
pub(crate) struct PassedDto {
    /// To whom.
    to: Role,
    /// Why.
    #[serde(rename = "for")]
    passed_for: PassedFor,
}

/// A promise to the buyer.
#[derive(Serialize, ToSchema)]
pub(crate) struct PromiseDto {
    /// Counts the case's promises from 1.
    promise: u32,
    /// What was promised; absent when it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// By when.
    due_at: At,
    /// How often it was put off.
    moved: u32,
    /// What became of it.
    state: PromiseState,
}

impl HandlingDto {
    pub(super) fn of(case: &Case, texts: &BTreeMap<TextId, String>, blocked_until: Option<Moment>) -> Self {
        let liability = case.liability.as_ref().map(|found| LiabilityDto {
            shares: found.shares.iter().copied().map(ShareDto::of).collect(),
            cause: found.cause.clone(),
            fault: found.fault.map(Into::into),
            goods_intact: found.goods_intact,
            grounds: texts.get(&found.grounds.id).cloned(),
            evidence: found.evidence.clone(),
            third_party: found.third_party,
        });
        let passed = case.passed.map(|passed| PassedDto {
            to: passed.to.into(),
            passed_for: passed.passed_for.into(),
        });
        Self {
            liability,
            assessment: AssessmentDto::of(case.assessment),
            severity: case.severity.into(),
            escalated_to: case.escalated_to.map(Role::from),
            blocked_until: blocked_until.map(At),
            priority: case.priority().into(),
            assignee: case.assignee,
            tags: case.tags.clone(),
            passed,
            reply_due: case.reply_due,
            channel: case.declared.map(|declared| declared.channel.into()),
        }
    }
}

impl ShareDto {
    fn of(share: Share) -> Self {
        Self {
            party: share.party.into(),
            percent: share.percent,
        }
    }
}

impl AssessmentDto {
    fn of(noted: Assessment) -> Self {
        Self {
            nature: noted.nature.map(Into::into),
            impact: noted.impact.map(Into::into),
            heat: noted.heat.map(Into::into),
            spread: noted.spread.map(Into::into),
        }
    }

    pub(crate) fn assessment(&self) -> Assessment {
        Assessment {
            nature: self.nature.map(Into::into),
            impact: self.impact.map(Into::into),
            heat: self.heat.map(Into::into),
            spread: self.spread.map(Into::into),
        }
    }
}

/// The promises of a case, the first made first.
pub(super) fn promises(case: &Case, texts: &BTreeMap<TextId, String>) -> Vec<PromiseDto> {
    let promise = |(number, promise): (&u32, &Promise)| PromiseDto {
        promise: *number,
        text: texts.get(&promise.text.id).cloned(),
        due_at: promise.due_at.into(),
        moved: promise.moved,
        state: promise.state.into(),
    };
    case.promises.iter().map(promise).collect()
}

/// What was found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindBody {
    /// Who is liable: shares of a hundred percent together, each party once; none while nobody can tell.
    #[serde(default)]
    shares: Vec<ShareDto>,
    /// What it came from: a cause of the policy that lies behind the case's reason.
    #[serde(default)]
    cause: Option<String>,
    /// Whether the fault is there.
    #[serde(default)]
    fault: Option<Fault>,
    /// Whether the goods are intact.
    #[serde(default)]
    goods_intact: Option<bool>,
    /// On which grounds; 1 to 10,000 characters.
    grounds: String,
    /// The pieces of evidence it rests on; all of this case.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    evidence: Vec<EvidenceId>,
    /// A third party looked at it.
    #[serde(default)]
    third_party: bool,
}

impl FindBody {
    pub(crate) fn find(self) -> CaseFind {
        let share = |share: ShareDto| Share {
            party: share.party.into(),
            percent: share.percent,
        };
        CaseFind {
            shares: self.shares.into_iter().map(share).collect(),
            cause: self.cause,
            fault: self.fault.map(Into::into),
            goods_intact: self.goods_intact,
            grounds: self.grounds,
            evidence: self.evidence,
            third_party: self.third_party,
        }
    }
}

/// A case to be passed upward.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PassUpBody {
    /// To whom: a supervisor, a manager or the owner.
    pub(crate) to: Role,
    /// Why.
    #[serde(rename = "for")]
    pub(crate) passed_for: PassedFor,
    /// In words.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// Whom to hand a case to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignBody {
    /// Somebody of the shop who handles cases; `null` hands it to nobody.
    #[schema(value_type = Option<String>)]
    pub(crate) to: Option<PersonId>,
}

/// Marks to set and to remove.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagBody {
    /// To set; 1 to 32 characters each, at most 20 on a case.
    #[serde(default)]
    pub(crate) add: BTreeSet<String>,
    /// To remove.
    #[serde(default)]
    pub(crate) remove: BTreeSet<String>,
}

/// A promise to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MakePromiseBody {
    /// What is promised; 1 to 10,000 characters.
    pub(crate) text: String,
    /// By when.
    pub(crate) due_at: At,
}

/// A promise that was kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeepPromiseBody {
    /// Which.
    pub(crate) promise: u32,
}

/// A promise that can't be kept in time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MovePromiseBody {
    /// Which.
    pub(crate) promise: u32,
    /// By when instead.
    pub(crate) due_at: At,
    /// What the buyer is told; 1 to 10,000 characters.
    pub(crate) text: String,
}
