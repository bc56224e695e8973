//! What of a case's handling names something beside the case: whom it is handed to, and the pieces of
//! evidence that a finding rests on. Both must be the shop's own.
//!
//! Must not know: whether it is allowed; the domain decides. Tests: `amends-api/tests/it/handling.rs`.

use amends_domain::case::liability::{Fault, Liability, Share};
use amends_domain::command::Command;
use amends_domain::ids::{CaseId, EvidenceId, PersonId, ShopId};
use amends_store::Committed;

use super::case_command::{Given, Key, Told, case_command, case_told};
use crate::caller::Caller;
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::evidence::evidence_named;

/// What was found, before its grounds are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFind {
    /// Who is liable.
    pub shares: Vec<Share>,
    /// What it came from.
    pub cause: Option<String>,
    /// Whether the fault is there.
    pub fault: Option<Fault>,
    /// Whether the goods are intact.
    pub goods_intact: Option<bool>,
    /// On which grounds.
    pub grounds: String,
    /// The pieces of evidence it rests on.
    pub evidence: Vec<EvidenceId>,
    /// A third party looked at it.
    pub third_party: bool,
}

/// Hands a case to somebody who handles cases, or to nobody.
pub async fn case_assign(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    to: Option<PersonId>,
    if_terms: Option<u64>,
    key: Option<Key>,
) -> Result<Committed, AppError> {
    handler(desk, caller.shop(), to).await?;
    let given = Given {
        text: None,
        build: move |_| Command::Assign { to },
        if_terms,
        key,
    };
    case_command(desk, caller, case, given).await
}

/// Whether a case can be handed to somebody: he belongs to the shop, handles cases, and was not barred.
pub(super) async fn handler(desk: &Desk, shop: ShopId, to: Option<PersonId>) -> Result<(), AppError> {
    let Some(person) = to else { return Ok(()) };
    let members = desk.store.members_of(shop).await?;
    let member = members.into_iter().find(|member| member.person == person);
    let member = member.ok_or(AppError::NotFound { what: "person" })?;
    if member.role.handles_cases() && member.disabled_at.is_none() {
        Ok(())
    } else {
        Err(AppError::Invalid {
            field: "to",
            reason: Reason::NoHandler,
        })
    }
}

/// Puts down who is liable, and what was found of the goods.
pub async fn case_find(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    find: CaseFind,
    if_terms: Option<u64>,
    key: Option<Key>,
) -> Result<Committed, AppError> {
    let CaseFind {
        shares,
        cause,
        fault,
        goods_intact,
        grounds: text,
        evidence,
        third_party,
    } = find;
    let evidence = evidence_named(desk, caller, case, evidence).await?;
    let build = move |grounds| Command::Find {
        finding: Liability {
            shares,
            cause,
            fault,
            goods_intact,
            grounds,
            evidence,
            third_party,
        },
    };
    let told = Told {
        text,
        build,
        if_terms,
        key,
    };
    case_told(desk, caller, case, told).await
}
