//! What everybody who handles cases has in hand, for whoever shares it out.
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/board.rs`.

use amends_domain::actor::Role;
use amends_domain::ids::PersonId;
use amends_store::Workload;

use super::case_queue::SOON_MILLIS;
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// Somebody, and what he has in hand.
pub struct InHand {
    /// Who, with name and role; nobody for what is nobody's.
    pub person: Option<(PersonId, String, Role)>,
    /// How much.
    pub workload: Workload,
}

/// Everybody who handles cases and may sign in, or still has some; nobody's cases first, then by name.
pub async fn cases_workload(desk: &Desk, staff: &Staff) -> Result<Vec<InHand>, AppError> {
    staff.require(Right::Handle)?;
    let now = desk.clock.now();
    let mut rows = desk
        .store
        .workload(staff.shop, now, now.plus_millis(SOON_MILLIS))
        .await?;
    let mut taken = |person: Option<PersonId>| {
        let at = rows.iter().position(|row| row.person == person);
        at.map(|at| rows.swap_remove(at)).unwrap_or(Workload {
            person,
            open: 0,
            overdue: 0,
            due_soon: 0,
            awaiting_shop: 0,
            escalated: 0,
        })
    };
    let mut in_hand = vec![InHand {
        person: None,
        workload: taken(None),
    }];
    let mut members = desk.store.members_of(staff.shop).await?;
    members.sort_by(|one, other| one.display_name.cmp(&other.display_name));
    for member in members {
        let workload = taken(Some(member.person));
        let there = member.role.handles_cases() && member.disabled_at.is_none();
        if there || workload.open > 0 {
            in_hand.push(InHand {
                person: Some((member.person, member.display_name, member.role)),
                workload,
            });
        }
    }
    Ok(in_hand)
}
