//! Visits 回访 of buyers beside any case (FUP-2, FUP-5): planned by people or by the buyer's tier, done with what was
//! said, planned again by themselves; and whom to call who never complained.
//!
//! What a buyer said is sealed under his key. Who does not want to be called is not. Must not know: JSON over the
//! wire, SQL. Tests: `amends-api/tests/it/visits.rs`.

mod regular;

use amends_domain::actor::Actor;
use amends_domain::event::actor_text;
use amends_domain::ids::{BuyerId, VisitId};
use amends_domain::time::{Moment, Zone, days_between};
pub use amends_store::{BuyerVisitKind, BuyerVisitOutcome, BuyerVisitRow};
use amends_store::{VisitEnd, VisitEnded, VisitPlanned};

use super::book::{buyer_row, key_of};
use crate::caller::{Right, Staff};
use crate::desk::{Desk, TEXT_CHARS_MAX};
use crate::error::{AppError, Reason, words_within};
use crate::shops::settings::ShopSettings;
use crate::vault::{BuyerKey, Identity};
pub use regular::visits_run;

/// How far ahead a visit may be planned, and after how long it may repeat at most, in days.
pub const LONGEST_PAUSE: u32 = 730;
/// Most visits, or buyers suggested, shown at once.
pub const VISITS_MAX: u32 = 200;
/// How long ago an order may have arrived for its buyer to be suggested, in days, at most.
pub const LONGEST_LOOK_BACK: u32 = 365;
const SUGGESTED_MAX: u32 = 50;
const SCORE_MAX: u8 = 5;
const DAY_MILLIS: i64 = 86_400_000;

/// Why a visit cannot be planned, or not be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VisitFault {
    /// The buyer has another one planned.
    #[error("this buyer has a visit planned already, for {due_at}")]
    Planned {
        /// For when.
        due_at: Moment,
    },
    /// Somebody was quicker, or called it off.
    #[error("this visit was ended at {at}")]
    Done {
        /// When.
        at: Moment,
    },
    /// The buyer said that he wants no calls.
    #[error("this buyer does not want to be called")]
    Declined,
    /// His book says that the shop leaves him alone.
    #[error("by his book the shop leaves this buyer alone")]
    Blocked,
}

impl VisitFault {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned { .. } => "visit_planned",
            Self::Done { .. } => "visit_done",
            Self::Declined => "visit_declined",
            Self::Blocked => "visit_blocked",
        }
    }
}

/// A visit to be planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitDraft {
    /// Why he is called.
    pub kind: BuyerVisitKind,
    /// When: today or later.
    pub due_at: Moment,
    /// In how many days again; none where it does not repeat.
    pub every_days: Option<u32>,
    /// The buyer asked for it himself, whatever he said before.
    pub wished: bool,
}

/// What came of a visit, as it is told.
#[derive(Clone, PartialEq, Eq)]
pub struct VisitTold {
    /// What became of it.
    pub outcome: BuyerVisitOutcome,
    /// How satisfied he is, 1 to 5; only of who was reached.
    pub score: Option<u8>,
    /// What was said.
    pub text: String,
    /// When he is called next, where that was agreed.
    pub next_at: Option<Moment>,
}

impl std::fmt::Debug for VisitTold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VisitTold(…)")
    }
}

/// A planned visit with who is called, masked.
pub struct PlannedVisit {
    /// The visit.
    pub row: BuyerVisitRow,
    /// Who he is.
    pub who: Identity,
    /// By his book the shop leaves him alone meanwhile.
    pub blocked: bool,
}

/// Somebody who never complained, to be called all the same.
pub struct Suggested {
    /// Whom.
    pub buyer: BuyerId,
    /// Who he is, masked.
    pub who: Identity,
    /// When his last order arrived.
    pub delivered_at: Moment,
}

/// A visit with what was said, for whoever may read it.
pub struct VisitView {
    /// The visit.
    pub row: BuyerVisitRow,
    /// What was said; none for whoever may not read it, where nothing was, and once he was erased.
    pub text: Option<String>,
}

/// The part of a buyer's sealed data that one visit is.
fn part(id: VisitId) -> String {
    format!("visit {id}")
}

/// Who he is, masked; nobody once he was erased.
fn masked(
    desk: &Desk,
    staff: &Staff,
    buyer: BuyerId,
    key_wrapped: Option<&[u8]>,
    sealed: Option<&[u8]>,
) -> Result<Identity, AppError> {
    let (Some(key_wrapped), Some(sealed)) = (key_wrapped, sealed) else {
        return Ok(Identity::default());
    };
    let opened = desk.vault.open(staff.shop, buyer, key_wrapped, sealed);
    opened
        .map(|identity| identity.masked())
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))
}

async fn zone(desk: &Desk, staff: &Staff) -> Result<Zone, AppError> {
    let row = desk.shop(staff.shop).await?;
    Zone::named(&row.time_zone).ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))
}

/// A day on which somebody can be called: today on the shop's wall or later, and not out of sight.
async fn within(desk: &Desk, staff: &Staff, field: &'static str, at: Moment) -> Result<(), AppError> {
    let zone = zone(desk, staff).await?;
    let ahead = days_between(desk.clock.now(), at, &zone);
    if (0..=i64::from(LONGEST_PAUSE)).contains(&ahead) {
        return Ok(());
    }
    let reason = Reason::Other(format!("today or within {LONGEST_PAUSE} days"));
    Err(AppError::Invalid { field, reason })
}

/// Plans a visit. Planned twice in the same words it is one; another one beside it there is not.
pub async fn visit_plan(
    desk: &Desk,
    staff: &Staff,
    buyer: BuyerId,
    draft: VisitDraft,
) -> Result<BuyerVisitRow, AppError> {
    staff.require(Right::Book)?;
    let gone = || AppError::NotFound { what: "buyer" };
    let known = buyer_row(desk, staff, buyer).await?;
    if known.erased_at.is_some() {
        return Err(gone());
    }
    within(desk, staff, "due_at", draft.due_at).await?;
    if draft
        .every_days
        .is_some_and(|every| !(1..=LONGEST_PAUSE).contains(&every))
    {
        return Err(AppError::Invalid {
            field: "every_days",
            reason: Reason::Other(format!("1 to {LONGEST_PAUSE}")),
        });
    }
    if !draft.wished && desk.store.visits_declined(staff.shop, buyer).await? {
        return Err(VisitFault::Declined.into());
    }
    if blocked(desk, staff, buyer).await? {
        return Err(VisitFault::Blocked.into());
    }
    let row = BuyerVisitRow {
        id: desk.random.id(desk.clock.now()),
        buyer,
        kind: draft.kind,
        due_at: draft.due_at,
        every_days: draft.every_days,
        planned_by: actor_text(&staff.actor()),
        end: None,
    };
    match desk.store.visit_plan(staff.shop, &row).await? {
        VisitPlanned::Planned => Ok(row),
        VisitPlanned::Already(there) if same(&there, &draft) => Ok(*there),
        VisitPlanned::Already(there) => Err(VisitFault::Planned { due_at: there.due_at }.into()),
        VisitPlanned::Gone => Err(gone()),
    }
}

fn same(there: &BuyerVisitRow, draft: &VisitDraft) -> bool {
    (there.kind, there.due_at, there.every_days) == (draft.kind, draft.due_at, draft.every_days)
}

async fn blocked(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<bool, AppError> {
    let book = desk.store.book_get(staff.shop, buyer).await?;
    Ok(book.is_some_and(|book| book.blocked))
}

/// Visits planned for `until` or earlier, the earliest first; all of them without it.
pub async fn visits_planned(
    desk: &Desk,
    staff: &Staff,
    until: Option<Moment>,
) -> Result<Vec<PlannedVisit>, AppError> {
    staff.require(Right::Read)?;
    let until = until.unwrap_or(Moment::from_millis(i64::MAX));
    let called = desk.store.visits_open(staff.shop, until, VISITS_MAX).await?;
    let mut planned = Vec::with_capacity(called.len());
    for one in called {
        let (key, sealed) = (one.key_wrapped.as_deref(), one.identity.as_deref());
        planned.push(PlannedVisit {
            who: masked(desk, staff, one.visit.buyer, key, sealed)?,
            row: one.visit,
            blocked: one.blocked,
        });
    }
    Ok(planned)
}

/// Buyers whose order arrived within so many days and who never complained: nobody has called them lately, and
/// nothing speaks against it. The latest arrivals first.
pub async fn visits_suggested(desk: &Desk, staff: &Staff, span: u32) -> Result<Vec<Suggested>, AppError> {
    staff.require(Right::Read)?;
    if !(1..=LONGEST_LOOK_BACK).contains(&span) {
        return Err(AppError::Invalid {
            field: "days",
            reason: Reason::Other(format!("1 to {LONGEST_LOOK_BACK}")),
        });
    }
    let now = desk.clock.now();
    let since = now.plus_millis(-i64::from(span) * DAY_MILLIS);
    let found = desk
        .store
        .visits_suggested(staff.shop, (since, now), SUGGESTED_MAX)
        .await?;
    let mut suggested = Vec::with_capacity(found.len());
    for one in found {
        let (key, sealed) = (one.key_wrapped.as_deref(), one.identity.as_deref());
        suggested.push(Suggested {
            buyer: one.buyer,
            who: masked(desk, staff, one.buyer, key, sealed)?,
            delivered_at: one.delivered_at,
        });
    }
    Ok(suggested)
}

/// Visits of a buyer, the planned one first, then the latest. Who reads what he said is written down, as with his
/// book.
pub async fn visits_of_buyer(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<Vec<VisitView>, AppError> {
    staff.require(Right::Read)?;
    let known = buyer_row(desk, staff, buyer).await?;
    let key = key_of(desk, staff, &known)?.filter(|_| staff.may(Right::Book));
    let mut views = Vec::new();
    for row in desk.store.visits_of_buyer(staff.shop, buyer, VISITS_MAX).await? {
        let text = match &key {
            Some(key) => words(key, &row)?,
            None => None,
        };
        views.push(VisitView { row, text });
    }
    if views.iter().any(|view| view.text.is_some()) {
        let book = desk.store.book_get(staff.shop, buyer).await?;
        let who = actor_text(&staff.actor());
        let version = book.map_or(0, |book| book.version);
        desk.store
            .book_looked(staff.shop, buyer, (desk.clock.now(), &who), version)
            .await?;
    }
    Ok(views)
}

/// What was said; none where nothing was.
fn words(key: &BuyerKey, row: &BuyerVisitRow) -> Result<Option<String>, AppError> {
    let Some(sealed) = row.end.as_ref().and_then(|end| end.sealed.as_deref()) else {
        return Ok(None);
    };
    let plain = key.open(&part(row.id), sealed);
    let plain = plain.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let text = String::from_utf8(plain);
    text.map(Some)
        .map_err(|_| AppError::Inconsistent("what was said at a visit".to_owned()))
}

/// Ends a visit with what came of it, and plans the next one: when it was agreed, else the day after where nobody
/// answered, else after as many days as it repeats. Who declines is not called again.
///
/// Told twice by the same person it is one; whoever comes second with something else hears so.
pub async fn visit_finish(
    desk: &Desk,
    staff: &Staff,
    id: VisitId,
    told: VisitTold,
) -> Result<(BuyerVisitRow, Option<BuyerVisitRow>), AppError> {
    staff.require(Right::Book)?;
    let missing = || AppError::NotFound { what: "visit" };
    let row = desk.store.visit_get(staff.shop, id).await?.ok_or_else(missing)?;
    check(&told)?;
    if let Some(next_at) = told.next_at {
        within(desk, staff, "next_at", next_at).await?;
    }
    let known = buyer_row(desk, staff, row.buyer).await?;
    let key = key_of(desk, staff, &known)?.ok_or_else(missing)?;
    if let Some(end) = &row.end {
        return ended_before(desk, staff, &key, &row, end, &told).await;
    }
    let end = VisitEnd {
        at: desk.clock.now(),
        by: actor_text(&staff.actor()),
        outcome: told.outcome,
        score: told.score,
        sealed: sealed(desk, &key, id, &told.text)?,
    };
    let next = next_of(desk, staff, &row, &told).await?;
    let ended = desk
        .store
        .visit_end(staff.shop, (id, row.buyer), &end, next.as_ref());
    match ended.await? {
        VisitEnded::Ended => Ok((
            BuyerVisitRow {
                end: Some(end),
                ..row
            },
            next,
        )),
        VisitEnded::Before => {
            let row = desk.store.visit_get(staff.shop, id).await?.ok_or_else(missing)?;
            let end = row.end.clone().ok_or_else(missing)?;
            ended_before(desk, staff, &key, &row, &end, &told).await
        }
    }
}

fn check(told: &VisitTold) -> Result<(), AppError> {
    let invalid = |field, reason: &str| {
        let reason = Reason::Other(reason.to_owned());
        Err(AppError::Invalid { field, reason })
    };
    let is_reached = told.outcome == BuyerVisitOutcome::Reached;
    if told
        .score
        .is_some_and(|score| !is_reached || !(1..=SCORE_MAX).contains(&score))
    {
        return invalid("score", "1 to 5, of who was reached");
    }
    if told.next_at.is_some() && told.outcome == BuyerVisitOutcome::Declined {
        return invalid("next_at", "nobody calls who declined");
    }
    if told.text.trim().is_empty() {
        return Ok(());
    }
    words_within("text", &told.text, TEXT_CHARS_MAX)
}

fn sealed(desk: &Desk, key: &BuyerKey, id: VisitId, text: &str) -> Result<Option<Vec<u8>>, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let sealed = key.seal(&part(id), text.as_bytes(), &desk.random);
    sealed
        .map(Some)
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))
}

/// The answer to whoever comes second: the same again where he said it himself, else that it was ended.
async fn ended_before(
    desk: &Desk,
    staff: &Staff,
    key: &BuyerKey,
    row: &BuyerVisitRow,
    end: &VisitEnd,
    told: &VisitTold,
) -> Result<(BuyerVisitRow, Option<BuyerVisitRow>), AppError> {
    let is_his = end.by == actor_text(&staff.actor());
    let said = words(key, row)?.unwrap_or_default();
    if !is_his || (end.outcome, end.score, said.as_str()) != (told.outcome, told.score, told.text.trim()) {
        return Err(VisitFault::Done { at: end.at }.into());
    }
    let visits = desk.store.visits_of_buyer(staff.shop, row.buyer, 1).await?;
    let next = visits.into_iter().find(|visit| visit.end.is_none());
    Ok((row.clone(), next))
}

/// The visit that follows one, if any.
async fn next_of(
    desk: &Desk,
    staff: &Staff,
    row: &BuyerVisitRow,
    told: &VisitTold,
) -> Result<Option<BuyerVisitRow>, AppError> {
    if told.outcome == BuyerVisitOutcome::Declined || blocked(desk, staff, row.buyer).await? {
        return Ok(None);
    }
    let now = desk.clock.now();
    let every_days = repeats(desk, staff, row).await?;
    let pause = match told.outcome {
        BuyerVisitOutcome::NotReached => every_days.map(|_| 1),
        _ => every_days,
    };
    let due_at = match (told.next_at, pause) {
        (Some(agreed), _) => agreed,
        // At the same time of a later day, however late it was made up for.
        (None, Some(pause)) => {
            let late = days_between(row.due_at, now, &zone(desk, staff).await?);
            row.due_at.plus_millis((late + i64::from(pause)) * DAY_MILLIS)
        }
        (None, None) => return Ok(None),
    };
    Ok(Some(BuyerVisitRow {
        id: desk.random.id(now),
        due_at,
        every_days,
        end: None,
        ..row.clone()
    }))
}

/// After how many days a visit repeats: as it was planned, or as the buyer's tier says by now where that planned it.
async fn repeats(desk: &Desk, staff: &Staff, row: &BuyerVisitRow) -> Result<Option<u32>, AppError> {
    if row.planned_by != actor_text(&Actor::Deadlines) {
        return Ok(row.every_days);
    }
    let book = desk.store.book_get(staff.shop, row.buyer).await?;
    let Some(code) = book.and_then(|book| book.tier) else {
        return Ok(None);
    };
    let settings = ShopSettings::parse(&desk.shop(staff.shop).await?.settings)?;
    let tier = settings.tiers.into_iter().find(|tier| tier.code == code);
    Ok(tier.and_then(|tier| tier.visit_days))
}

/// Calls a planned visit off; again it changes nothing. What was said at one that took place stays.
pub async fn visit_call_off(desk: &Desk, staff: &Staff, id: VisitId) -> Result<(), AppError> {
    staff.require(Right::Book)?;
    let missing = || AppError::NotFound { what: "visit" };
    let row = desk.store.visit_get(staff.shop, id).await?.ok_or_else(missing)?;
    if row.end.is_none() {
        let end = VisitEnd {
            at: desk.clock.now(),
            by: actor_text(&staff.actor()),
            outcome: BuyerVisitOutcome::CalledOff,
            score: None,
            sealed: None,
        };
        let ended = desk.store.visit_end(staff.shop, (id, row.buyer), &end, None);
        if ended.await? == VisitEnded::Ended {
            return Ok(());
        }
    }
    let row = desk.store.visit_get(staff.shop, id).await?.ok_or_else(missing)?;
    let end = row.end.ok_or_else(missing)?;
    match end.outcome {
        BuyerVisitOutcome::CalledOff => Ok(()),
        _ => Err(VisitFault::Done { at: end.at }.into()),
    }
}
