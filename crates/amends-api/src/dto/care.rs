//! Segments and care mails over the wire.
//!
//! Must not know: use cases. Tests: `tests/it/care.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_app::care::mails::{CareMailView, CareStanding};
use amends_app::care::preview::{CarePreview, CareReach};
use amends_app::care::segments::Segment;
use amends_app::care::{Audience, CareDraft, CareHead, CareMailState};
use amends_app::notices::language::Language;
use amends_domain::care::Condition;
use amends_domain::ids::{BuyerId, CareId, SegmentId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::event::named;
use super::order_draft::IdentityDto;
use super::values::At;
use crate::problem::Problem;

/// Whom a segment means; what is left out does not matter.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SegmentCondition)]
pub(crate) struct ConditionDto {
    /// In one of these tiers.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    tiers: BTreeSet<String>,
    /// With all of these tags.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    tags: BTreeSet<String>,
    /// Whose last order is of then or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ordered_from: Option<At>,
    /// Whose last order is of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ordered_before: Option<At>,
    /// With so many orders or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    orders_min: Option<u32>,
    /// With so many orders or fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    orders_max: Option<u32>,
    /// Whose last answer was satisfied, or was not; who never answered is neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    satisfied: Option<bool>,
}

/// A segment as it is saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SegmentBody {
    /// What it is called, at most 50 characters; no two have one name.
    name: String,
    /// Whom it means.
    condition: ConditionDto,
}

/// To look at a condition before it is saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SegmentPreviewBody {
    /// Whom it means.
    condition: ConditionDto,
}

/// A segment.
#[derive(Serialize, ToSchema)]
#[schema(as = Segment)]
pub(crate) struct SegmentDto {
    /// Its id.
    #[schema(value_type = String)]
    id: SegmentId,
    /// What it is called.
    name: String,
    /// Whom it means.
    condition: ConditionDto,
    /// For the next write; also the `ETag`.
    pub(crate) version: u64,
    /// When it was written last.
    changed_at: At,
}

/// The shop's segments.
#[derive(Serialize, ToSchema)]
#[schema(as = Segments)]
pub(crate) struct SegmentsDto {
    /// By name.
    pub(crate) segments: Vec<SegmentDto>,
}

/// One of those who are meant.
#[derive(Serialize, ToSchema)]
#[schema(as = CarePerson)]
pub(crate) struct CarePersonDto {
    /// Who.
    #[schema(value_type = String)]
    buyer: BuyerId,
    /// As he may be shown.
    identity: IdentityDto,
    /// Why he gets no mail: `opted_out`, `blocked`, `no_address`, `open_case`, `unsatisfied`, `not_satisfied`
    /// or `capped`.
    left_out: Option<String>,
}

/// Whom a condition comes to.
#[derive(Serialize, ToSchema)]
#[schema(as = CareReach)]
pub(crate) struct CareReachDto {
    /// How many are meant.
    meant: u64,
    /// How many of them get a mail.
    gets: u64,
    /// How many do not, by why.
    left_out: BTreeMap<String, u64>,
    /// Whether every buyer was looked at; otherwise there are as many at least.
    is_whole: bool,
    /// The first ten of them.
    first: Vec<CarePersonDto>,
}

/// A mail before it is confirmed.
#[derive(Serialize, ToSchema)]
#[schema(as = CarePreview)]
pub(crate) struct CarePreviewDto {
    /// Whom it comes to.
    #[serde(flatten)]
    reach: CareReachDto,
    /// The first moment at which it may go.
    goes_from: At,
    /// The clause that says how often and when.
    clause: String,
    /// The whole of its text; the address of the way out is each buyer's own.
    text: String,
}

/// How far a care mail has come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CareMailState)]
pub(crate) enum CareMailStateDto {
    /// It is being written.
    Draft,
    /// It was confirmed, and its letters are being written.
    Planning,
    /// Its letters go.
    Sending,
    /// It was called off, and what has not left is taken back.
    Cancelling,
    /// It was called off.
    Cancelled,
    /// All of its letters are settled.
    Done,
}

impl From<CareMailState> for CareMailStateDto {
    fn from(state: CareMailState) -> Self {
        match state {
            CareMailState::Draft => Self::Draft,
            CareMailState::Planning => Self::Planning,
            CareMailState::Sending => Self::Sending,
            CareMailState::Cancelling => Self::Cancelling,
            CareMailState::Cancelled => Self::Cancelled,
            CareMailState::Done => Self::Done,
        }
    }
}

/// The language a mail is written in.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = CareLanguage)]
pub(crate) enum CareLanguage {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// Traditional Chinese.
    #[serde(rename = "zh-TW")]
    ZhTw,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl From<CareLanguage> for Language {
    fn from(language: CareLanguage) -> Self {
        match language {
            CareLanguage::ZhCn => Self::ZhCn,
            CareLanguage::ZhTw => Self::ZhTw,
            CareLanguage::En => Self::En,
        }
    }
}

impl From<Language> for CareLanguage {
    fn from(language: Language) -> Self {
        match language {
            Language::ZhCn => Self::ZhCn,
            Language::ZhTw => Self::ZhTw,
            Language::En => Self::En,
        }
    }
}

/// A care mail as it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CareMailBody {
    /// The segment it goes to …
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    segment: Option<SegmentId>,
    /// … or the one buyer.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    buyer: Option<BuyerId>,
    /// Its subject, one line of at most 100 characters.
    subject: String,
    /// Its text, without greeting and closing.
    body: String,
    /// The language it is written in.
    language: CareLanguage,
    /// The stock-keeping code of a product it suggests: to satisfied buyers alone.
    #[serde(default)]
    suggests: Option<String>,
    /// Not before.
    #[serde(default)]
    send_from: Option<At>,
}

/// A care mail.
#[derive(Serialize, ToSchema)]
#[schema(as = CareMail)]
pub(crate) struct CareMailDto {
    /// Its id.
    #[schema(value_type = String)]
    id: CareId,
    /// For the next write of the draft, and for confirming it; also the `ETag`.
    pub(crate) version: u64,
    /// How far it has come.
    state: CareMailStateDto,
    /// The segment it goes to.
    #[schema(value_type = Option<String>)]
    segment: Option<SegmentId>,
    /// The one buyer it goes to.
    #[schema(value_type = Option<String>)]
    buyer: Option<BuyerId>,
    /// Its subject; absent once the one buyer it is for was erased.
    subject: Option<String>,
    /// Its text; likewise.
    body: Option<String>,
    /// The language it is written in.
    language: CareLanguage,
    /// The stock-keeping code of a product it suggests.
    suggests: Option<String>,
    /// Not before.
    send_from: Option<At>,
    /// When it was begun.
    created_at: At,
    /// By whom: `person` with `id` and `role`.
    #[schema(value_type = Option<Object>)]
    created_by: Option<Value>,
    /// When it was confirmed.
    confirmed_at: Option<At>,
    /// By whom.
    #[schema(value_type = Option<Object>)]
    confirmed_by: Option<Value>,
    /// When all of it was settled.
    ended_at: Option<At>,
    /// How many buyers got a letter written for them.
    planned: u64,
    /// How many letters left.
    sent: u64,
    /// How many will never leave.
    failed: u64,
    /// How many were taken back when it was called off.
    cancelled: u64,
    /// How many opted out by the link in it.
    opt_outs: u64,
    /// How many got none, by why, when it was planned.
    left_out: BTreeMap<String, u64>,
    /// How many got none although a letter was written, by why.
    left_out_late: BTreeMap<String, u64>,
}

/// A page of care mails.
#[derive(Serialize, ToSchema)]
#[schema(as = CareMailsPage)]
pub(crate) struct CareMailsDto {
    /// Latest first.
    pub(crate) mails: Vec<CareMailDto>,
    /// For `before`, when there may be more.
    #[schema(value_type = Option<String>)]
    pub(crate) next: Option<CareId>,
}

/// How a buyer stands to care mail now.
#[derive(Serialize, ToSchema)]
#[schema(as = CareStanding)]
pub(crate) struct CareStandingDto {
    /// Why no care mail goes to him; absent when one may.
    left_out: Option<String>,
    /// Why no goods may be suggested to him; absent when they may.
    suggests_left_out: Option<String>,
    /// The clause on care mail.
    clause: String,
    /// The clause on suggesting goods; absent where they may be suggested to nobody.
    suggestion_clause: Option<String>,
}

impl CareStandingDto {
    pub(crate) fn of(standing: CareStanding) -> Self {
        Self {
            left_out: standing.left_out.map(|why| why.code().to_owned()),
            suggests_left_out: standing.suggests_left_out.map(|why| why.code().to_owned()),
            clause: standing.clause.to_string(),
            suggestion_clause: standing.suggestion_clause.map(|clause| clause.to_string()),
        }
    }
}

/// What a buyer sees who opens the way out of care mail.
#[derive(Serialize, ToSchema)]
#[schema(as = WayOut)]
pub(crate) struct WayOutDto {
    /// The shop's name.
    pub(crate) shop: String,
    /// Since when he wants none; absent while he gets them.
    pub(crate) opted_out_at: Option<At>,
}

/// What opting out came to.
#[derive(Serialize, ToSchema)]
#[schema(as = OptedOut)]
pub(crate) struct OptedOutDto {
    /// Since when no mail goes to him.
    pub(crate) opted_out_at: At,
    /// Letters that were stopped by it.
    pub(crate) stopped: u64,
    /// Letters that were leaving already and may still arrive.
    pub(crate) leaving: u64,
}

fn actor(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().map(|actor| named(actor, false))
}

impl ConditionDto {
    fn of(condition: Condition) -> Self {
        Self {
            tiers: condition.tiers,
            tags: condition.tags,
            ordered_from: condition.ordered_from.map(At),
            ordered_before: condition.ordered_before.map(At),
            orders_min: condition.orders_min,
            orders_max: condition.orders_max,
            satisfied: condition.satisfied,
        }
    }

    fn condition(self) -> Condition {
        Condition {
            tiers: self.tiers,
            tags: self.tags,
            ordered_from: self.ordered_from.map(|at| at.0),
            ordered_before: self.ordered_before.map(|at| at.0),
            orders_min: self.orders_min,
            orders_max: self.orders_max,
            satisfied: self.satisfied,
        }
    }
}

impl SegmentBody {
    pub(crate) fn parts(self) -> (String, Condition) {
        (self.name, self.condition.condition())
    }
}

impl SegmentPreviewBody {
    pub(crate) fn condition(self) -> Condition {
        self.condition.condition()
    }
}

impl SegmentDto {
    pub(crate) fn of(segment: Segment) -> Self {
        Self {
            id: segment.id,
            name: segment.name,
            condition: ConditionDto::of(segment.condition),
            version: segment.version,
            changed_at: segment.changed_at.into(),
        }
    }
}

impl CareReachDto {
    pub(crate) fn of(reach: CareReach) -> Self {
        let first = reach.first.into_iter().map(|person| CarePersonDto {
            buyer: person.buyer,
            identity: IdentityDto::of(person.identity),
            left_out: person.left_out.map(|why| why.code().to_owned()),
        });
        Self {
            meant: reach.meant,
            gets: reach.gets,
            left_out: reach
                .left_out
                .into_iter()
                .map(|(why, count)| (why.to_owned(), count))
                .collect(),
            is_whole: reach.is_whole,
            first: first.collect(),
        }
    }
}

impl CarePreviewDto {
    pub(crate) fn of(preview: CarePreview) -> Self {
        Self {
            reach: CareReachDto::of(preview.reach),
            goes_from: preview.goes_from.into(),
            clause: preview.clause,
            text: preview.text,
        }
    }
}

impl CareMailBody {
    pub(crate) fn draft(self) -> Result<CareDraft, Problem> {
        let to = match (self.segment, self.buyer) {
            (Some(segment), None) => Audience::Segment(segment),
            (None, Some(buyer)) => Audience::Buyer(buyer),
            _ => {
                return Err(Problem::invalid(
                    "segment",
                    "either segment or buyer must be given",
                ));
            }
        };
        Ok(CareDraft {
            subject: self.subject,
            body: self.body,
            head: CareHead {
                to,
                language: self.language.into(),
                suggests: self.suggests.filter(|sku| !sku.trim().is_empty()),
                send_from: self.send_from.map(|at| at.0),
            },
        })
    }
}

impl CareMailDto {
    pub(crate) fn of(view: CareMailView) -> Self {
        let CareMailView { row, head, counts } = view;
        let count = |name: &str| counts.get(name).copied().unwrap_or_default();
        let under = |prefix: &str| {
            let named = counts.iter();
            named
                .filter_map(|(name, count)| Some((name.strip_prefix(prefix)?.to_owned(), *count)))
                .collect::<BTreeMap<_, _>>()
        };
        let segment = match head.to {
            Audience::Segment(segment) => Some(segment),
            Audience::Buyer(_) => None,
        };
        Self {
            planned: count("planned"),
            sent: count("sent"),
            failed: count("failed"),
            cancelled: count("cancelled"),
            opt_outs: count("opt_outs"),
            left_out: under("left."),
            left_out_late: under("late."),
            id: row.id,
            version: row.version,
            state: row.state.into(),
            segment,
            buyer: row.buyer,
            subject: row.subject,
            body: row.body,
            language: head.language.into(),
            suggests: head.suggests,
            send_from: head.send_from.map(At),
            created_at: row.created_at.into(),
            created_by: actor(&row.created_by),
            confirmed_at: row.confirmed_at.map(At),
            confirmed_by: row.confirmed_by.as_deref().and_then(actor),
            ended_at: row.ended_at.map(At),
        }
    }
}
