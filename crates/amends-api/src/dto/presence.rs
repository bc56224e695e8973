//! Who is at a case, over the wire.
//!
//! Must not know: how long somebody counts as there. Tests: `tests/it/stream.rs`.

use std::collections::BTreeMap;

use amends_app::presence::Present;
use amends_domain::ids::{CaseId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::Presence;

/// What somebody does at a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PresenceBody {
    /// What he does; absent when he leaves it.
    #[serde(default)]
    pub(crate) state: Option<Presence>,
}

/// Everybody who is at a case.
#[derive(Serialize)]
pub(crate) struct CasePresenceDto {
    case: CaseId,
    people: Vec<PresentDto>,
}

#[derive(Serialize)]
struct PresentDto {
    id: PersonId,
    name: String,
    state: Presence,
}

/// Cases where somebody came, went or did something else than was told before.
pub(crate) fn presence_news(
    told: &BTreeMap<CaseId, Vec<Present>>,
    here: &BTreeMap<CaseId, Vec<Present>>,
) -> Vec<CasePresenceDto> {
    let of = |people: Option<&Vec<Present>>| -> Vec<(PersonId, amends_app::presence::Presence)> {
        let people = people.into_iter().flatten();
        people.map(|present| (present.person, present.presence)).collect()
    };
    let mut cases: Vec<&CaseId> = told.keys().chain(here.keys()).collect();
    cases.sort_unstable();
    cases.dedup();
    cases
        .into_iter()
        .filter(|case| of(told.get(case)) != of(here.get(case)))
        .map(|case| CasePresenceDto {
            case: *case,
            people: here.get(case).into_iter().flatten().map(present).collect(),
        })
        .collect()
}

fn present(present: &Present) -> PresentDto {
    PresentDto {
        id: present.person,
        name: present.name.clone(),
        state: present.presence.into(),
    }
}
