//! Visits of buyers beside any case over the wire.
//!
//! Must not know: keys, when the next is due. Tests: `tests/it/visits.rs`.

use amends_app::buyers::visits::{
    BuyerVisitOutcome, BuyerVisitRow, PlannedVisit, Suggested, VisitDraft, VisitTold, VisitView,
};
use amends_domain::ids::{BuyerId, VisitId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::event::named;
use super::order_draft::IdentityDto;
use super::values::At;
use super::words::{BuyerVisitKind, VisitEnding};

/// A visit of a buyer.
#[derive(Serialize, ToSchema)]
#[schema(as = BuyerVisit)]
pub(crate) struct BuyerVisitDto {
    /// Its id.
    #[schema(value_type = String)]
    id: VisitId,
    /// Whom.
    #[schema(value_type = String)]
    buyer: BuyerId,
    /// Why he is called.
    kind: BuyerVisitKind,
    /// When.
    due_at: At,
    /// In how many days again; nothing where it does not repeat.
    every_days: Option<u32>,
    /// Who planned it: `person` with `id` and `role`, or `deadlines` where his tier did.
    #[schema(value_type = Option<Object>)]
    planned_by: Option<Value>,
    /// When it ended; nothing while it is planned.
    done_at: Option<At>,
    /// Who ended it.
    #[schema(value_type = Option<Object>)]
    done_by: Option<Value>,
    /// What became of it.
    outcome: Option<VisitEnding>,
    /// How satisfied he is, 1 to 5.
    score: Option<u8>,
}

/// A visit with what was said.
#[derive(Serialize, ToSchema)]
#[schema(as = BuyerVisitTold)]
pub(crate) struct BuyerVisitToldDto {
    #[serde(flatten)]
    visit: BuyerVisitDto,
    /// What was said; nothing for whoever may not read it, and once the buyer was erased.
    text: Option<String>,
}

/// Visits of a buyer.
#[derive(Serialize, ToSchema)]
#[schema(as = BuyerVisits)]
pub(crate) struct BuyerVisitsDto {
    /// The planned one first, then the latest; at most 200.
    pub(crate) visits: Vec<BuyerVisitToldDto>,
}

/// A planned visit with who is called.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedVisit)]
pub(crate) struct PlannedVisitDto {
    #[serde(flatten)]
    visit: BuyerVisitDto,
    /// Who he is, masked.
    who: IdentityDto,
    /// By his book the shop leaves him alone meanwhile.
    blocked: bool,
}

/// Planned visits.
#[derive(Serialize, ToSchema)]
#[schema(as = PlannedVisits)]
pub(crate) struct PlannedVisitsDto {
    /// The earliest first, at most 200.
    pub(crate) visits: Vec<PlannedVisitDto>,
}

/// Somebody who never complained, to be called all the same.
#[derive(Serialize, ToSchema)]
#[schema(as = SuggestedVisit)]
pub(crate) struct SuggestedVisitDto {
    /// Whom.
    #[schema(value_type = String)]
    buyer: BuyerId,
    /// Who he is, masked.
    who: IdentityDto,
    /// When his last order arrived.
    delivered_at: At,
}

/// Buyers to be called who never complained.
#[derive(Serialize, ToSchema)]
#[schema(as = SuggestedVisits)]
pub(crate) struct SuggestedVisitsDto {
    /// The latest arrivals first, at most 50.
    pub(crate) buyers: Vec<SuggestedVisitDto>,
}

/// A visit to be planned.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VisitPlanBody)]
pub(crate) struct VisitPlanBody {
    /// Why he is called.
    kind: BuyerVisitKind,
    /// When: today or later.
    due_at: At,
    /// In how many days again, 1 to 730; without it, it does not repeat.
    #[serde(default)]
    every_days: Option<u32>,
    /// The buyer asked for it himself, though he said before that he wants no calls.
    #[serde(default)]
    wished: bool,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallOutcome {
    /// He was talked to.
    Reached,
    /// He did not answer.
    NotReached,
    /// He does not want to be called: he is not again.
    Declined,
}

/// What came of a visit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VisitDoneBody)]
pub(crate) struct VisitDoneBody {
    /// How it ended.
    outcome: CallOutcome,
    /// How satisfied he is, 1 to 5; only of who was reached.
    #[serde(default)]
    score: Option<u8>,
    /// What was said, at most 10,000 characters. Kept sealed.
    #[serde(default)]
    text: String,
    /// When he is called next, where that was agreed. Without it a visit that repeats comes again by itself, the
    /// next day where nobody answered.
    #[serde(default)]
    next_at: Option<At>,
}

/// A visit that ended, and the next one.
#[derive(Serialize, ToSchema)]
#[schema(as = VisitDone)]
pub(crate) struct VisitDoneDto {
    /// The visit.
    visit: BuyerVisitDto,
    /// The one that follows it.
    next: Option<BuyerVisitDto>,
}

fn actor(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().map(|actor| named(actor, false))
}

impl BuyerVisitDto {
    pub(crate) fn of(row: &BuyerVisitRow) -> Self {
        let end = row.end.as_ref();
        Self {
            done_at: end.map(|end| end.at.into()),
            done_by: end.and_then(|end| actor(&end.by)),
            outcome: end.map(|end| end.outcome.into()),
            score: end.and_then(|end| end.score),
            id: row.id,
            buyer: row.buyer,
            kind: row.kind.into(),
            due_at: row.due_at.into(),
            every_days: row.every_days,
            planned_by: actor(&row.planned_by),
        }
    }
}

impl BuyerVisitToldDto {
    pub(crate) fn of(view: VisitView) -> Self {
        Self {
            visit: BuyerVisitDto::of(&view.row),
            text: view.text,
        }
    }
}

impl PlannedVisitDto {
    pub(crate) fn of(planned: PlannedVisit) -> Self {
        Self {
            visit: BuyerVisitDto::of(&planned.row),
            who: IdentityDto::of(planned.who),
            blocked: planned.blocked,
        }
    }
}

impl SuggestedVisitDto {
    pub(crate) fn of(suggested: Suggested) -> Self {
        Self {
            buyer: suggested.buyer,
            who: IdentityDto::of(suggested.who),
            delivered_at: suggested.delivered_at.into(),
        }
    }
}

impl VisitPlanBody {
    pub(crate) fn draft(&self) -> VisitDraft {
        VisitDraft {
            kind: self.kind.into(),
            due_at: self.due_at.0,
            every_days: self.every_days,
            wished: self.wished,
        }
    }
}

impl VisitDoneBody {
    pub(crate) fn told(self) -> VisitTold {
        VisitTold {
            outcome: match self.outcome {
                CallOutcome::Reached => BuyerVisitOutcome::Reached,
                CallOutcome::NotReached => BuyerVisitOutcome::NotReached,
                CallOutcome::Declined => BuyerVisitOutcome::Declined,
            },
            score: self.score,
            text: self.text,
            next_at: self.next_at.map(|at| at.0),
        }
    }
}

impl VisitDoneDto {
    pub(crate) fn of((row, next): (BuyerVisitRow, Option<BuyerVisitRow>)) -> Self {
        Self {
            visit: BuyerVisitDto::of(&row),
            next: next.as_ref().map(BuyerVisitDto::of),
        }
    }
}
