//! Noting abuse on a case: what a finding names must be the case's own — the buyer's messages, pieces of
//! evidence.
//!
//! Must not know: whether it is allowed; the domain decides. Tests: `amends-api/tests/it/abuse.rs`.

use std::collections::BTreeSet;

use amends_domain::actor::Actor;
use amends_domain::case::abuse::{RestsOn, SignalKind};
use amends_domain::command::Command;
use amends_domain::ids::{CaseId, EvidenceId, ShopId, TextId};
use amends_store::Committed;

use crate::caller::Caller;
use crate::cases::case_command::{Key, Told, case_told};
use crate::cases::case_read::history;
use crate::desk::Desk;
use crate::error::AppError;
use crate::evidence::evidence_named;

/// What was found, before its grounds are stored.
pub struct AbuseNote {
    /// On which grounds; the buyer reads them.
    pub grounds: String,
    /// Signals it rests on.
    pub signals: BTreeSet<SignalKind>,
    /// Messages of the buyer.
    pub messages: Vec<TextId>,
    /// Pieces of evidence.
    pub evidence: Vec<EvidenceId>,
    /// Listings that invited it.
    pub listings: BTreeSet<String>,
}

/// Notes abuse on a case.
pub async fn case_note_abuse(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    note: AbuseNote,
    if_terms: Option<u64>,
    key: Option<Key>,
) -> Result<Committed, AppError> {
    let evidence = evidence_named(desk, caller, case, note.evidence).await?;
    let messages = messages_named(desk, caller.shop(), case, note.messages).await?;
    let rests_on = RestsOn {
        signals: note.signals,
        messages,
        evidence,
    };
    let listings = note.listings;
    let told = Told {
        text: note.grounds,
        build: move |grounds| Command::NoteAbuse {
            grounds,
            rests_on,
            listings,
        },
        if_terms,
        key,
    };
    case_told(desk, caller, case, told).await
}

/// Messages that are the buyer's own on this case, each once.
async fn messages_named(
    desk: &Desk,
    shop: ShopId,
    case: CaseId,
    mut named: Vec<TextId>,
) -> Result<Vec<TextId>, AppError> {
    if named.is_empty() {
        return Ok(named);
    }
    let told = history(desk, shop, case).await?;
    let mut left: BTreeSet<TextId> = told
        .iter()
        .filter(|(row, _)| {
            serde_json::from_str::<Actor>(&row.actor).is_ok_and(|actor| matches!(actor, Actor::Buyer(_)))
        })
        .filter_map(|(_, event)| Some(event.text()?.id))
        .collect();
    if named.iter().any(|id| !left.contains(id)) {
        return Err(AppError::NotFound { what: "message" });
    }
    named.retain(|id| left.remove(id));
    Ok(named)
}
