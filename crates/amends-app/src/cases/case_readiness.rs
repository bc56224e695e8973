//! Whether the shop is ready to stand before the platform: what it has to show is gathered, and the rules
//! look at it.
//!
//! Must not know: what makes one lose. Tests: `amends-api/tests/it/disputes.rs`.

use std::collections::BTreeSet;

use amends_domain::State;
use amends_domain::actor::Actor;
use amends_domain::case::clock::Clock;
use amends_domain::case::evidence::EvidenceKind;
use amends_domain::case::{Case, Side};
use amends_domain::command::TextKind;
use amends_domain::event::Event;
use amends_domain::ids::{CaseId, LineId, ShopId, TextId};
use amends_domain::readiness::{ListingShown, Piece, Readiness, Shown, readiness};
use amends_language::{blame, violations};

use super::case_next::facts;
use super::case_read::{CaseView, history};
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::orders::listing::Listing;

/// Looks at every known cause of losing.
pub async fn case_readiness(desk: &Desk, staff: &Staff, view: &CaseView) -> Result<Readiness, AppError> {
    staff.require(Right::Read)?;
    let case = &view.row.case;
    let shown = Shown {
        listing: listing(desk, staff.shop, case).await?,
        pieces: pieces(desk, staff.shop, case.id).await?,
        ..talk(desk, staff.shop, case.id).await?
    };
    let (facts, ledger) = facts(desk, staff.shop, case).await?;
    let state = State {
        case: Some(case.clone()),
        ledger,
    };
    Ok(readiness(&state, &facts, &view.policy, desk.clock.now(), &shown))
}

/// What the pages of everything it is about said; none where one of them was not kept.
async fn listing(desk: &Desk, shop: ShopId, case: &Case) -> Result<Option<ListingShown>, AppError> {
    let Some(order) = case.order else { return Ok(None) };
    let kept = desk.store.listings_of_order(shop, order).await?;
    let lines: BTreeSet<LineId> = case.claim.units.iter().map(|(line, _)| *line).collect();
    let of = |line: &LineId| kept.iter().find(|row| row.line == *line);
    let of_lines: Option<Vec<_>> = lines.iter().map(of).collect();
    let Some(rows) = of_lines.filter(|rows| !rows.is_empty()) else {
        return Ok(None);
    };
    let mut shown = ListingShown {
        specification: true,
        terms: true,
    };
    for row in rows {
        let listing = Listing::read(&row.body)?;
        shown.specification &= listing.says_what_it_is();
        shown.terms &= !listing.terms.trim().is_empty();
    }
    Ok(Some(shown))
}

async fn pieces(desk: &Desk, shop: ShopId, case: CaseId) -> Result<Vec<Piece>, AppError> {
    let rows = desk.store.evidence_of_case(shop, case).await?;
    let measured = desk.store.pictures_of_case(shop, case).await?;
    let pieces = rows.into_iter().filter(|row| row.erased_at.is_none());
    let piece = |row: amends_store::EvidenceRow| Piece {
        kind: EvidenceKind::named(&row.kind).unwrap_or(EvidenceKind::Other),
        picture: measured
            .iter()
            .find(|picture| picture.sha256 == row.sha256)
            .map(|picture| (picture.width.min(picture.height), picture.sharpness)),
        by_shop: row.buyer.is_none(),
        media: row.media,
        bytes: row.bytes,
    };
    Ok(pieces.map(piece).collect())
}

/// Whether an event's text is what the shop says to its buyer, or to the platform for itself. What somebody
/// of the shop enters for a buyer who calls is the buyer's word, and what they say to each other is nobody's.
fn is_our_word(event: &Event) -> bool {
    match event {
        Event::InterventionAsked { by, .. }
        | Event::StatementSubmitted { by, .. }
        | Event::Appealed { by, .. } => *by == Side::Shop,
        Event::TextAdded { kind, .. } => *kind == TextKind::Message,
        Event::RecourseFiled(_)
        | Event::Refused { .. }
        | Event::Offered { .. }
        | Event::Resolved { .. }
        | Event::Inspected { .. }
        | Event::EvidenceAsked { .. }
        | Event::Promised { .. }
        | Event::PromiseMoved { .. }
        | Event::AbuseNoted(_)
        | Event::AbuseSettled { .. } => true,
        _ => false,
    }
}

/// What the record of the talk says of the shop.
async fn talk(desk: &Desk, shop: ShopId, case: CaseId) -> Result<Shown, AppError> {
    let mut shown = Shown::default();
    let mut said: BTreeSet<TextId> = BTreeSet::new();
    let mut ours: BTreeSet<TextId> = BTreeSet::new();
    for (row, event) in history(desk, shop, case).await? {
        if let Event::ClockExpired {
            clock: Clock::FirstReply,
            ..
        } = event
        {
            shown.late_replies += 1;
        }
        let Some(text) = event.text() else { continue };
        said.insert(text.id);
        let by_shop = serde_json::from_str::<Actor>(&row.actor).is_ok_and(|actor| actor.handles_cases());
        if by_shop && is_our_word(&event) {
            ours.insert(text.id);
        }
    }
    let wanted: Vec<TextId> = said.iter().copied().collect();
    let rows = desk.store.texts_by_ids(shop, &wanted).await?;
    let there = rows.iter().filter(|row| row.body.is_some()).count();
    shown.texts_missing = u32::try_from(said.len().saturating_sub(there)).unwrap_or(u32::MAX);
    for row in rows.iter().filter(|row| ours.contains(&row.id)) {
        let wrong = row.body.as_deref().map(is_wrong).transpose()?;
        shown.wrong_words += u32::from(wrong == Some(true));
    }
    Ok(shown)
}

/// Whether a text says what costs points, or blames the buyer instead of telling facts (TLK-2g).
fn is_wrong(text: &str) -> Result<bool, AppError> {
    let violations = violations(text).map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let blame = blame(text).map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    Ok(!violations.is_empty() || !blame.is_empty())
}
