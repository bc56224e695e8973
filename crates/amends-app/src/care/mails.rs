//! Care mails: written as drafts, confirmed by a person of authority, called off.
//!
//! Must not know: JSON over the wire, SQL. Tests: `amends-api/tests/it/care.rs`.

use std::collections::BTreeMap;

use amends_domain::care::{CareRules, Condition, LeftOut};
use amends_domain::event::actor_text;
use amends_domain::ids::{BuyerId, CareId};
use amends_domain::policy::ClauseId;
use amends_domain::policy::set::PolicySet;
use amends_language::violations;
use amends_store::{CareMailRow, CareMailState, CareSource};

use super::people::window;
use super::{Audience, CareDraft, CareFault, CareHead, plan_of, policy, segments};
use crate::caller::{Right, Staff};
use crate::desk::{Desk, TEXT_CHARS_MAX};
use crate::error::{AppError, Reason};
use crate::shops::settings::ShopSettings;

/// Longest subject, in characters.
pub const SUBJECT_CHARS_MAX: usize = 100;
/// Longest page of care mails.
pub const CARE_MAILS_MAX: u32 = 100;

/// A care mail with what it came to so far.
pub struct CareMailView {
    /// As stored.
    pub row: CareMailRow,
    /// To whom and when.
    pub head: CareHead,
    /// How many buyers came to what, by name.
    pub counts: BTreeMap<String, u64>,
}

pub(super) async fn row_of(desk: &Desk, staff: &Staff, id: CareId) -> Result<CareMailRow, AppError> {
    let row = desk.store.care_mail_get(staff.shop, id).await?;
    row.ok_or(AppError::NotFound { what: "care_mail" })
}

async fn view(desk: &Desk, staff: &Staff, row: CareMailRow) -> Result<CareMailView, AppError> {
    Ok(CareMailView {
        head: CareHead::parse(&row)?,
        counts: desk.store.care_counts(staff.shop, row.id).await?,
        row,
    })
}

/// A page of care mails before one, latest first, and where the next page begins.
pub async fn care_mails_page(
    desk: &Desk,
    staff: &Staff,
    before: Option<CareId>,
    limit: u32,
) -> Result<(Vec<CareMailView>, Option<CareId>), AppError> {
    staff.require(Right::Care)?;
    let limit = limit.clamp(1, CARE_MAILS_MAX);
    let rows = desk.store.care_mails(staff.shop, before, limit).await?;
    let full = u32::try_from(rows.len()).unwrap_or(u32::MAX) >= limit;
    let next = rows.last().map(|row| row.id).filter(|_| full);
    let mut mails = Vec::with_capacity(rows.len());
    for row in rows {
        mails.push(view(desk, staff, row).await?);
    }
    Ok((mails, next))
}

/// A care mail.
pub async fn care_mail_get(desk: &Desk, staff: &Staff, id: CareId) -> Result<CareMailView, AppError> {
    staff.require(Right::Care)?;
    let row = row_of(desk, staff, id).await?;
    view(desk, staff, row).await
}

/// Saves a new draft, or another version of one.
pub async fn care_mail_put(
    desk: &Desk,
    staff: &Staff,
    of: Option<(CareId, u64)>,
    draft: CareDraft,
) -> Result<CareMailView, AppError> {
    staff.require(Right::Care)?;
    check(desk, staff, &draft).await?;
    let now = desk.clock.now();
    let (id, was) = of.unwrap_or_else(|| (desk.random.id(now), 0));
    let buyer = match draft.head.to {
        Audience::Buyer(buyer) => Some(buyer),
        Audience::Segment(_) => None,
    };
    let row = CareMailRow {
        id,
        version: was.saturating_add(1),
        state: CareMailState::Draft,
        buyer,
        subject: Some(draft.subject.trim().to_owned()),
        body: Some(draft.body),
        draft: draft.head.text(),
        plan: None,
        created_at: now,
        created_by: actor_text(&staff.actor()),
        confirmed_at: None,
        confirmed_by: None,
        ended_at: None,
        planned_to: String::new(),
        due_at: now,
    };
    if !desk.store.care_mail_put(staff.shop, &row).await? {
        let known = row_of(desk, staff, id).await?;
        return Err(not_now(&known, was));
    }
    care_mail_get(desk, staff, id).await
}

/// Why a draft of this version was not to be had.
fn not_now(known: &CareMailRow, was: u64) -> AppError {
    if known.state == CareMailState::Draft && known.version != was {
        return AppError::VersionDiffers {
            version: known.version,
        };
    }
    let state = known.state.code();
    CareFault::State { state }.into()
}

async fn check(desk: &Desk, staff: &Staff, draft: &CareDraft) -> Result<(), AppError> {
    let subject = draft.subject.trim();
    let invalid = |field, reason| Err(AppError::Invalid { field, reason });
    if !(1..=SUBJECT_CHARS_MAX).contains(&subject.chars().count()) || subject.contains(char::is_control) {
        let chars_max = SUBJECT_CHARS_MAX;
        return invalid("subject", Reason::Length { chars_max });
    }
    if draft.body.trim().is_empty() {
        return invalid("body", Reason::Empty);
    }
    if draft.body.chars().count() > TEXT_CHARS_MAX {
        let chars_max = TEXT_CHARS_MAX;
        return invalid("body", Reason::TooLong { chars_max });
    }
    if draft.body.contains('\0') {
        return invalid("body", Reason::Null);
    }
    match draft.head.to {
        Audience::Segment(id) => segments::condition_of(desk, staff.shop, id).await.map(drop)?,
        Audience::Buyer(id) => {
            let buyer = desk.store.buyer_get(staff.shop, id).await?;
            let known = buyer.filter(|row| row.erased_at.is_none());
            known.ok_or(AppError::NotFound { what: "buyer" })?;
        }
    }
    if let Some(sku) = &draft.head.suggests {
        let title = desk.store.product_title(staff.shop, sku).await?;
        title.ok_or(AppError::NotFound { what: "product" })?;
    }
    Ok(())
}

/// What the policy deducts points for does not go out (VIO-1, VIO-2, VIO-4).
pub(super) fn words_checked(set: &PolicySet, texts: &[&str]) -> Result<(), AppError> {
    for text in texts {
        for finding in violations(text).map_err(|fault| AppError::Inconsistent(fault.to_string()))? {
            if let Some((clause, points)) = set.violation(finding.violation) {
                return Err(AppError::Violation {
                    violation: finding.violation,
                    clause: clause.clone(),
                    points,
                    words: finding.words,
                });
            }
        }
    }
    Ok(())
}

/// Confirms a draft of the version somebody saw: from now on its letters are written and sent.
pub async fn care_mail_confirm(
    desk: &Desk,
    staff: &Staff,
    id: CareId,
    version: u64,
) -> Result<CareMailView, AppError> {
    staff.require(Right::CareConfirm)?;
    let row = row_of(desk, staff, id).await?;
    if row.state != CareMailState::Draft || row.version != version {
        return Err(not_now(&row, version));
    }
    let shop = desk.shop(staff.shop).await?;
    if ShopSettings::parse(&shop.settings)?
        .notices
        .page_address
        .is_empty()
    {
        return Err(CareFault::NoPage.into());
    }
    let set = policy(desk, staff.shop).await?;
    let head = CareHead::parse(&row)?;
    let plan = plan_of(desk, staff, &set, &head).await?;
    let (subject, body) = (row.subject.as_deref(), row.body.as_deref());
    words_checked(&set, &[subject.unwrap_or_default(), body.unwrap_or_default()])?;
    let now = desk.clock.now();
    if plan.only.is_some() {
        let judged = window(desk, staff.shop, &plan, "", now).await?.meant;
        let (_, left_out) = judged.first().ok_or(AppError::NotFound { what: "buyer" })?;
        if let Some(why) = *left_out {
            return Err(left_out_by(&set, why));
        }
    }
    let by = actor_text(&staff.actor());
    let done = desk
        .store
        .care_mail_confirm(staff.shop, (id, version), &plan.text(), (now, &by))
        .await?;
    if !done {
        let known = row_of(desk, staff, id).await?;
        return Err(not_now(&known, version));
    }
    care_mail_get(desk, staff, id).await
}

/// Whom goods may not be suggested to, the clause on that says; everything else, that on care mail.
fn left_out_by(set: &PolicySet, why: LeftOut) -> AppError {
    let clause = if why == LeftOut::NotSatisfied {
        set.suggestion().map(|(clause, _)| clause)
    } else {
        set.care().map(|(clause, _)| clause)
    };
    match clause.cloned() {
        Some(clause) => CareFault::LeftOut { why, clause }.into(),
        None => CareFault::NoClause.into(),
    }
}

/// Calls a mail off: what has not left does not go.
pub async fn care_mail_cancel(desk: &Desk, staff: &Staff, id: CareId) -> Result<CareMailView, AppError> {
    staff.require(Right::Care)?;
    let row = row_of(desk, staff, id).await?;
    if row.state != CareMailState::Draft {
        staff.require(Right::CareConfirm)?;
    }
    if !desk
        .store
        .care_mail_cancel(staff.shop, id, desk.clock.now())
        .await?
    {
        let state = row_of(desk, staff, id).await?.state.code();
        return Err(CareFault::State { state }.into());
    }
    care_mail_get(desk, staff, id).await
}

/// Whether a buyer may be written to now, and goods be suggested to him: in a care mail, or when he is asked
/// how it went (FUP-6).
pub struct CareStanding {
    /// Why no care mail goes to him; none when one may.
    pub left_out: Option<LeftOut>,
    /// Why no goods may be suggested to him; none when they may.
    pub suggests_left_out: Option<LeftOut>,
    /// The clause on care mail.
    pub clause: ClauseId,
    /// The clause on suggesting goods; where there is none they may be suggested to nobody.
    pub suggestion_clause: Option<ClauseId>,
}

/// How a buyer stands to care mail now.
pub async fn care_standing(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<CareStanding, AppError> {
    staff.require(Right::Read)?;
    let set = policy(desk, staff.shop).await?;
    let (clause, care) = set.care().ok_or(CareFault::NoClause)?;
    let (condition, now) = (Condition::default(), desk.clock.now());
    let source = CareSource {
        condition: &condition,
        only: Some(buyer),
        since: care.since(now),
    };
    let known = desk.store.care_window(staff.shop, &source, "", 1).await?;
    let (_, known) = known.first().ok_or(AppError::NotFound { what: "buyer" })?;
    let rules = CareRules {
        care: *care,
        suggestion: None,
    };
    let suggesting = set.suggestion();
    let with_goods = CareRules {
        suggestion: suggesting.map(|(_, terms)| *terms),
        ..rules
    };
    Ok(CareStanding {
        left_out: rules.left_out(known),
        suggests_left_out: with_goods.left_out(known),
        clause: clause.clone(),
        suggestion_clause: suggesting.map(|(clause, _)| clause.clone()),
    })
}
