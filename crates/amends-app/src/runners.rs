//! Runs what is due: continuously on the machine's clock, or step by step on a manual one.
//!
//! Must not know: what a deadline or an effect does. Tests: `amends-sim/tests/it`.

use std::time::Duration;

use amends_domain::ids::CaseId;
use amends_domain::time::Moment;

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
    let Some(next) = deadline.into_iter().chain(effect).min().filter(|next| *next <= until) else {
        desk.clock.move_to(until);
        return Ok(None);
    };
    desk.clock.move_to(next);
    let stepped = Stepped { deadlines: deadlines_run(desk).await?, effects: outbox_run(desk).await? };
    if stepped == Stepped::default() {
        // Somebody else holds the lease; waiting would stand still on a clock nobody moves.
        return Err(AppError::Inconsistent(format!("what is due at {next} is held by another runner")));
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

/// Runs what is due until it is dropped. A fault is told and survived: what was due stays due.
pub async fn run_forever(desk: &Desk) {
    loop {
        let ran = async { Ok::<_, AppError>(deadlines_run(desk).await?.len() + outbox_run(desk).await?.len()) }.await;
        match ran {
            Ok(0) => tokio::time::sleep(TICK).await,
            Ok(_) => {}
            Err(fault) => {
                tracing::warn!(%fault, "what is due could not be run");
                tokio::time::sleep(TICK).await;
            }
        }
    }
}
