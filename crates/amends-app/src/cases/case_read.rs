//! Reads cases: one with everything that explains it, and its timeline.
//!
//! Must not know: JSON, languages. Tests: `amends-api/tests/it`.

use std::collections::BTreeMap;

use amends_domain::case::assessment::Severity;
use amends_domain::case::{Case, Side};
use amends_domain::command::TextKind;
use amends_domain::event::Event;
use amends_domain::ids::{CaseId, ShopId, TextId};
use amends_domain::policy::Explanation;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;
use amends_store::{CaseRow, EventRow, TextRow};

use crate::caller::{Caller, Right};
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::settings::ShopSettings;

/// Longest page of a timeline.
pub const TIMELINE_MAX: u32 = 500;

/// A case with the policy it is judged by.
pub struct CaseView {
    /// The case.
    pub row: CaseRow,
    /// The set it was opened under.
    pub policy: PolicySet,
    /// Each right as it was judged last.
    pub explanations: Vec<Explanation>,
    /// Where a return goes, once it is granted.
    pub return_address: Option<String>,
    /// Whom the buyer can turn to directly, of a heated case.
    pub contact: Option<Contact>,
    /// Until when the buyer stands on the block list, if he does; for staff.
    pub blocked_until: Option<Moment>,
    /// What was promised and on which grounds somebody is liable, in words; what was erased is missing.
    pub texts: BTreeMap<TextId, String>,
}

/// Somebody with a name and a line of his own: whoever is angry need not explain himself anew (REM-7).
pub struct Contact {
    /// Who has the case, once somebody has.
    pub name: Option<String>,
    /// His line; empty where the shop has none.
    pub line: String,
}

/// One entry of a timeline.
pub struct TimelineEntry {
    /// As stored.
    pub row: EventRow,
    /// What it says.
    pub event: Event,
    /// Its text, unless it has none or it was erased.
    pub text: Option<String>,
}

/// The row of a case its caller may see.
pub(crate) async fn case_row(desk: &Desk, caller: &Caller, case: CaseId) -> Result<CaseRow, AppError> {
    if let Caller::Staff(staff) = caller {
        staff.require(Right::Read)?;
    }
    let row = desk.store.case_by_id(caller.shop(), case).await?;
    let visible = |row: &CaseRow| match caller {
        Caller::Staff(_) => true,
        Caller::Buyer(buyer) => row.case.order == Some(buyer.order),
        Caller::Writer(writer) => row.case.buyer == writer.buyer,
    };
    row.filter(visible).ok_or(AppError::NotFound { what: "case" })
}

/// A case.
pub async fn case_get(desk: &Desk, caller: &Caller, case: CaseId) -> Result<CaseView, AppError> {
    let row = case_row(desk, caller, case).await?;
    let policy = policy_set(desk, caller.shop(), row.case.policy).await?;
    let explanations = judged_last(desk, caller.shop(), case).await?;
    let settings = ShopSettings::parse(&desk.shop(caller.shop()).await?.settings)?;
    let contact = contact(desk, caller.shop(), &row.case, settings.direct_line).await?;
    let return_address = row.case.goods.as_ref().map(|_| settings.return_address);
    let texts = case_texts(desk, caller.shop(), &row.case).await?;
    let blocked_until = match caller {
        Caller::Staff(staff) => {
            let (buyer, now) = (row.case.buyer, desk.clock.now());
            desk.store.blocked_until(staff.shop, buyer, now).await?
        }
        Caller::Buyer(_) | Caller::Writer(_) => None,
    };
    Ok(CaseView {
        row,
        policy,
        explanations,
        return_address,
        contact,
        blocked_until,
        texts,
    })
}

async fn contact(desk: &Desk, shop: ShopId, case: &Case, line: String) -> Result<Option<Contact>, AppError> {
    if case.is_closed() || case.severity < Severity::High {
        return Ok(None);
    }
    let name = match case.assignee {
        Some(person) => {
            let members = desk.store.members_of(shop).await?;
            let member = members.into_iter().find(|member| member.person == person);
            member.map(|member| member.display_name)
        }
        None => None,
    };
    Ok((name.is_some() || !line.is_empty()).then_some(Contact { name, line }))
}

/// Each right as it was judged last.
async fn judged_last(desk: &Desk, shop: ShopId, case: CaseId) -> Result<Vec<Explanation>, AppError> {
    for row in desk.store.judging_events(shop, case).await? {
        let event = Event::decode(row.version, &row.body);
        let event = event.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
        if let Some(explanations) = event.explanations() {
            return Ok(explanations.to_vec());
        }
    }
    Err(AppError::Inconsistent(format!(
        "{case} does not begin with its opening"
    )))
}

/// Everything that happened in a case, in order.
pub(crate) async fn history(
    desk: &Desk,
    shop: ShopId,
    case: CaseId,
) -> Result<Vec<(EventRow, Event)>, AppError> {
    let mut told = Vec::new();
    let mut after = 0;
    // The store hands out so many at once.
    loop {
        let rows = desk.store.events_of_case(shop, case, after, u32::MAX).await?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in rows {
            let event = Event::decode(row.version, &row.body);
            let event = event.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
            told.push((row, event));
        }
    }
    Ok(told)
}

/// The words that a case refers to.
async fn case_texts(desk: &Desk, shop: ShopId, case: &Case) -> Result<BTreeMap<TextId, String>, AppError> {
    let promised = case.promises.values().map(|promise| promise.text.id);
    let grounds = case.liability.iter().map(|finding| finding.grounds.id);
    let stated = case.statements.iter().map(|statement| statement.text.id);
    let reviewed = case.reviews.iter();
    let reviewed = reviewed.flat_map(|one| {
        one.given
            .text
            .into_iter()
            .chain(one.reply.map(|reply| reply.text))
    });
    let reviewed = reviewed.map(|text| text.id);
    let abuse = case.abuse.iter().flat_map(|abuse| {
        let said = [Some(abuse.grounds), abuse.contest, abuse.answer];
        said.into_iter().flatten().map(|text| text.id)
    });
    let wanted = promised.chain(grounds).chain(stated).chain(reviewed).chain(abuse);
    let wanted: Vec<TextId> = wanted.collect();
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = desk.store.texts_by_ids(shop, &wanted).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row: TextRow| Some((row.id, row.body?)))
        .collect())
}

/// A published set.
pub async fn policy_set(
    desk: &Desk,
    shop: ShopId,
    hash: amends_domain::digest::Digest,
) -> Result<PolicySet, AppError> {
    let set = desk.store.policy_set(shop, hash).await?;
    set.ok_or_else(|| AppError::Inconsistent(format!("policy set {hash} is not there")))
}

/// What happened to a case, oldest first. A buyer sees no notes.
pub async fn case_timeline(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    after: u64,
) -> Result<Vec<TimelineEntry>, AppError> {
    Ok(case_read_on(desk, caller, case, after).await?.0)
}

/// The same for a reader who comes again, and how far was read: what he may not see is behind him, too.
pub async fn case_read_on(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    after: u64,
) -> Result<(Vec<TimelineEntry>, u64), AppError> {
    let row = case_row(desk, caller, case).await?;
    let rows = desk
        .store
        .events_of_case(caller.shop(), row.case.id, after, TIMELINE_MAX)
        .await?;
    let read_to = rows.last().map_or(after, |row| row.seq);
    let mut entries = Vec::with_capacity(rows.len());
    let mut wanted: Vec<TextId> = Vec::new();
    for row in rows {
        let event = Event::decode(row.version, &row.body)
            .map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
        wanted.extend(event.text().map(|text| text.id));
        entries.push(TimelineEntry {
            row,
            event,
            text: None,
        });
    }
    let texts = desk.store.texts_by_ids(caller.shop(), &wanted).await?;
    let mut bodies: BTreeMap<TextId, Option<String>> =
        texts.into_iter().map(|row: TextRow| (row.id, row.body)).collect();
    for entry in &mut entries {
        entry.text = entry
            .event
            .text()
            .and_then(|text| bodies.remove(&text.id))
            .flatten();
    }
    if !matches!(caller, Caller::Staff(_)) {
        entries.retain(|entry| {
            !matches!(
                entry.event,
                Event::TextAdded {
                    kind: TextKind::Note,
                    ..
                }
            )
        });
        // What an agent wrote down of a call, or wrote to the platform, is not the buyer's to read.
        for entry in entries.iter_mut().filter(|entry| {
            matches!(
                entry.event,
                Event::FollowUpRecorded { .. }
                    | Event::ContactLogged { .. }
                    | Event::InterventionAsked { by: Side::Shop, .. }
                    | Event::Appealed { by: Side::Shop, .. }
            )
        }) {
            entry.text = None;
        }
    }
    Ok((entries, read_to))
}
