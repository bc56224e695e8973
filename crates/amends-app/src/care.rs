//! Care mail 关怀邮件: segments of buyers, mails written to them, confirmed by a person, sent within the
//! policy's hours and as often as it allows, with a way out in each (FUP-5, FUP-6).
//!
//! Must not know: JSON over the wire, SQL. Tests: `amends-api/tests/it/care.rs`.

pub mod mails;
pub mod opt_out;
mod people;
pub mod preview;
pub mod segments;
mod send;

use amends_domain::care::{CareRules, Condition, LeftOut};
use amends_domain::ids::{BuyerId, CareId, SegmentId, ShopId};
use amends_domain::policy::ClauseId;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::{Moment, Zone};
use amends_store::CareMailRow;
pub use amends_store::CareMailState;
pub use people::plan_window;
use serde::{Deserialize, Serialize};

use crate::caller::Staff;
use crate::cases::case_read::policy_set;
use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::language::Language;
use crate::shops::shop_read::policy_in_force;

/// Most mails looked at in one run.
const WORKING_MAX: u32 = 20;

/// Why a care mail cannot go as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CareFault {
    /// The policy in force has no clause on it, so that nothing says how often and when.
    #[error("the policy in force has no clause on care mail")]
    NoClause,
    /// The policy in force lets no goods be suggested.
    #[error("the policy in force has no clause on suggesting goods")]
    NoSuggestion,
    /// The settings have no address of the pages, so that there would be no way out.
    #[error("without page_address in the settings a mail would have no way out")]
    NoPage,
    /// It is no draft any more, or over.
    #[error("this care mail is {state}")]
    State {
        /// Its state.
        state: &'static str,
    },
    /// The one buyer it is for is left out.
    #[error("the buyer is left out: {}", why.code())]
    LeftOut {
        /// Why.
        why: LeftOut,
        /// The clause it rests on.
        clause: ClauseId,
    },
    /// More segments than a shop may have.
    #[error("a shop has at most {at_most} segments")]
    TooManySegments {
        /// How many.
        at_most: usize,
    },
}

impl CareFault {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoClause => "care_no_clause",
            Self::NoSuggestion => "care_no_suggestion",
            Self::NoPage => "care_no_page",
            Self::State { .. } => "care_state",
            Self::LeftOut { .. } => "care_left_out",
            Self::TooManySegments { .. } => "care_too_many_segments",
        }
    }
}

/// To whom a mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// To a segment.
    Segment(SegmentId),
    /// To one buyer.
    Buyer(BuyerId),
}

/// A mail as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareDraft {
    /// Its subject, one line.
    pub subject: String,
    /// Its text, without greeting and closing.
    pub body: String,
    /// To whom, in which language, and when.
    pub head: CareHead,
}

/// To whom, in which language, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareHead {
    /// To whom.
    pub to: Audience,
    /// The language it is written in.
    pub language: Language,
    /// The product it suggests, by its stock-keeping code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggests: Option<String>,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_from: Option<Moment>,
}

/// What was confirmed: it stays so, whatever becomes of segment and policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CarePlan {
    pub(crate) condition: Condition,
    pub(crate) only: Option<BuyerId>,
    /// The policy's figures, and from which score on a buyer counts as satisfied.
    pub(crate) care: amends_domain::policy::care::CareTerms,
    pub(crate) suggestion: Option<amends_domain::policy::care::SuggestionTerms>,
    pub(crate) satisfied_from: u8,
    /// What the suggested product is called.
    pub(crate) suggests: Option<String>,
}

impl CarePlan {
    pub(crate) fn rules(&self) -> CareRules {
        CareRules {
            care: self.care,
            suggestion: self.suggestion,
        }
    }

    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn parse(row: &CareMailRow) -> Result<Self, AppError> {
        let plan = row.plan.as_deref().unwrap_or_default();
        serde_json::from_str(plan)
            .map_err(|fault| AppError::Inconsistent(format!("a care mail's plan: {fault}")))
    }
}

impl CareHead {
    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn parse(row: &CareMailRow) -> Result<Self, AppError> {
        serde_json::from_str(&row.draft)
            .map_err(|fault| AppError::Inconsistent(format!("a care mail's head: {fault}")))
    }
}

/// The policy by which care mail is judged now.
async fn policy(desk: &Desk, shop: ShopId) -> Result<PolicySet, AppError> {
    let hash = policy_in_force(desk, shop).await?.ok_or(CareFault::NoClause)?;
    policy_set(desk, shop, hash).await
}

/// What a mail would be confirmed as now.
async fn plan_of(desk: &Desk, staff: &Staff, set: &PolicySet, head: &CareHead) -> Result<CarePlan, AppError> {
    let (_, care) = set.care().ok_or(CareFault::NoClause)?;
    let suggestion = set.suggestion().map(|(_, terms)| *terms);
    let (condition, only) = match head.to {
        Audience::Buyer(buyer) => (Condition::default(), Some(buyer)),
        Audience::Segment(id) => (segments::condition_of(desk, staff.shop, id).await?, None),
    };
    let mut suggests = None;
    if let Some(sku) = &head.suggests {
        suggestion.ok_or(CareFault::NoSuggestion)?;
        let title = desk.store.product_title(staff.shop, sku).await?;
        suggests = Some(title.ok_or(AppError::NotFound { what: "product" })?);
    }
    Ok(CarePlan {
        condition,
        only,
        care: *care,
        satisfied_from: suggestion.map_or(care.score_min, |terms| terms.score_min),
        suggestion: suggestion.filter(|_| suggests.is_some()),
        suggests,
    })
}

/// A shop's wall clock.
async fn zone(desk: &Desk, shop: ShopId) -> Result<Zone, AppError> {
    let row = desk.shop(shop).await?;
    Zone::named(&row.time_zone).ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))
}

/// Does what is due for care mails by the desk's clock, a piece of each: writes letters, sends some, takes
/// some back. Returns for which mails.
pub async fn care_run(desk: &Desk) -> Result<Vec<CareId>, AppError> {
    let working = desk.store.care_working(desk.clock.now(), WORKING_MAX).await?;
    let mut done = Vec::with_capacity(working.len());
    for (shop, row) in working {
        match row.state {
            CareMailState::Planning => {
                plan_window(desk, shop, &row).await?;
            }
            CareMailState::Sending => send::send_some(desk, shop, &row).await?,
            CareMailState::Cancelling => {
                desk.store.care_take_back(shop, row.id, desk.clock.now()).await?;
            }
            CareMailState::Draft | CareMailState::Cancelled | CareMailState::Done => continue,
        }
        done.push(row.id);
    }
    Ok(done)
}
