//! Moves a manual clock, and lets everything fall due on the way, each at its own moment.
//!
//! For the demo and for tests; a served shop's clock cannot be moved.
//! Must not know: who may ask. Tests: `amends-api/tests/it/stories.rs`.

use amends_domain::time::Moment;

use crate::deadlines::deadlines_run;
use crate::desk::Desk;
use crate::error::AppError;
use crate::outbox::outbox_run;

/// What happened on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockMoved {
    /// The desk's now.
    pub now: Moment,
    /// Deadlines fed.
    pub deadlines: usize,
    /// Effects carried out.
    pub effects: usize,
}

/// Moves the clock to a moment; one in the past only carries out what is due already.
pub async fn clock_move(desk: &Desk, to: Moment) -> Result<ClockMoved, AppError> {
    if !desk.clock.move_to(desk.clock.now()) {
        return Err(AppError::NotFound { what: "clock" });
    }
    let to = to.max(desk.clock.now());
    let (mut deadlines, mut effects) = (0, 0);
    loop {
        let deadline = desk.store.next_deadline_at().await?;
        let effect = desk.store.next_outbox_at().await?;
        let Some(next) = deadline.into_iter().chain(effect).min().filter(|next| *next <= to) else { break };
        desk.clock.move_to(next);
        let fed = deadlines_run(desk).await?.len();
        let carried = outbox_run(desk).await?.len();
        if fed + carried == 0 {
            return Err(AppError::Inconsistent(format!("what is due at {next} cannot be claimed")));
        }
        deadlines += fed;
        effects += carried;
    }
    desk.clock.move_to(to);
    Ok(ClockMoved { now: desk.clock.now(), deadlines, effects })
}
