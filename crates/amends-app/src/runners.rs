//! Runs what is due: continuously on the machine's clock, or step by step on a manual one.
//!
//! Must not know: what a deadline or an effect does. Tests: `amends-sim/tests/it`.

use std::time::Duration;

use amends_domain::ids::CaseId;
use amends_domain::time::Moment;

use crate::anchors::anchors_run;
use crate::deadlines::deadlines_run;
use crate::desk::Desk;
use crate::error::AppError;
use crate::outbox::outbox_run;

/// What one step did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stepped {
    /// Cases whose deadlines were fed.
    pub deadlines: Vec<CaseId>,
    /// Cases whose effects were carried out.
    pub effects: Vec<CaseId>,
}

/// Moves a manual clock to the next moment something is due, no later than `until`, and runs it;
/// `None` when nothing is due by then, and the clock stands at `until`.
pub async fn step_to(desk: &Desk, until: Moment) -> Result<Option<Stepped>, AppError> {
    let deadline = desk.store.next_deadline_at().await?;
    let effect = desk.store.next_outbox_at().await?;
    let Some(next) = deadline
        .into_iter()
        .chain(effect)
        .min()
        .filter(|next| *next <= until)
    else {
        desk.clock.move_to(until);
        return Ok(None);
    };
    desk.clock.move_to(next);
    let mut stepped = Stepped::default();
    if deadline.is_some_and(|deadline| deadline <= next) {
        stepped.deadlines = deadlines_run(desk).await?;
    }
    if effect.is_some_and(|effect| effect <= next) {
        stepped.effects = outbox_run(desk).await?;
    }
    if stepped == Stepped::default() {
        // Somebody else holds the lease; waiting would stand still on a clock nobody moves.
        return Err(AppError::Inconsistent(format!(
            "what is due at {next} is held by another runner"
        )));
    }
    Ok(Some(stepped))
}

/// Moves a manual clock to `until`, running everything due on the way at its own moment.
pub async fn pass_time(desk: &Desk, until: Moment) -> Result<(), AppError> {
    while step_to(desk, until).await?.is_some() {}
    Ok(())
}

/// How often a served desk looks for what is due.
const TICK: Duration = Duration::from_secs(1);

/// How often it looks whether a shop's day wants its anchor, in milliseconds.
const ANCHOR_MILLIS: i64 = 10 * 60_000;

/// Runs what is due until it is dropped. A fault is told and survived: what was due stays due.
pub async fn run_forever(desk: &Desk) {
    let mut anchor_at = desk.clock.now();
    loop {
        let ran = run_due(desk, &mut anchor_at).await;
        if let Err(fault) = &ran {
            tracing::warn!(%fault, "what is due could not be run");
        }
        if ran.unwrap_or(0) == 0 {
            tokio::time::sleep(TICK).await;
        }
    }
}

async fn run_due(desk: &Desk, anchor_at: &mut Moment) -> Result<usize, AppError> {
    let now = desk.clock.now();
    if *anchor_at <= now {
        *anchor_at = now.plus_millis(ANCHOR_MILLIS);
        anchors_run(desk).await?;
    }
    Ok(deadlines_run(desk).await?.len() + outbox_run(desk).await?.len())
}
