//! How long cases took from their request to their closure, beside the goal the shop has set itself
//! (CLK-17).
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/closures.rs`.

use amends_domain::case::clock::Clock;
use amends_domain::policy::ClauseId;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::{Length, Moment};
use amends_store::Closures;

use crate::caller::{Caller, Right};
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::shops::shop_read::policy_current;

/// How far back is looked when nothing is said, in milliseconds: thirty days.
const USUAL_MILLIS: i64 = 30 * 86_400_000;

/// What closed between two moments.
pub struct ClosuresView {
    /// From when on.
    pub from: Moment,
    /// Until before when.
    pub until: Moment,
    /// By kind.
    pub kinds: Vec<Closures>,
    /// The set that has the goal now, where one has it.
    pub policy: PolicySet,
}

impl ClosuresView {
    /// How many there are, and what they took on the mean, in milliseconds; nothing without any.
    pub fn mean(closures: &[Closures]) -> (u64, Option<i64>) {
        let closed: u64 = closures.iter().map(|kind| kind.closed).sum();
        let took: i64 = closures.iter().map(|kind| kind.took_millis).sum();
        let mean = i64::try_from(closed)
            .ok()
            .and_then(|closed| took.checked_div(closed));
        (closed, mean)
    }

    /// The goal, with the clause that sets it.
    pub fn goal(&self) -> Option<(&ClauseId, Length)> {
        let (clause, terms) = self.policy.clock(Clock::ClosureGoal)?;
        Some((clause, terms.length))
    }
}

/// What closed from one moment until before another; of the last thirty days, where nothing is said.
pub async fn case_closures(
    desk: &Desk,
    caller: &Caller,
    from: Option<Moment>,
    until: Option<Moment>,
) -> Result<ClosuresView, AppError> {
    if let Caller::Staff(staff) = caller {
        staff.require(Right::Read)?;
    }
    let (from, until) = period(desk, from, until)?;
    let kinds = desk.store.closures(caller.shop(), from, until).await?;
    let policy = policy_current(desk, caller).await?;
    Ok(ClosuresView {
        from,
        until,
        kinds,
        policy,
    })
}

/// From one moment until before another; the last thirty days, where nothing is said.
pub(crate) fn period(
    desk: &Desk,
    from: Option<Moment>,
    until: Option<Moment>,
) -> Result<(Moment, Moment), AppError> {
    // What happens at this very moment is among it.
    let until = until.unwrap_or(desk.clock.now().plus_millis(1));
    let from = from.unwrap_or(until.plus_millis(-USUAL_MILLIS));
    if from >= until {
        return Err(AppError::Invalid {
            field: "until",
            reason: Reason::Before { earlier: "from" },
        });
    }
    Ok((from, until))
}
