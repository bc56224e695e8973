//! Pruning: removes what has done its work and nobody asks for any more, a piece at a time.
//!
//! Must not know: what is past its time; the store says. Tests: `amends-store/tests/it/statements.rs`.

pub use amends_store::Pruned;

use crate::clock::wall_now;
use crate::desk::Desk;
use crate::error::AppError;
use crate::evidence::evidence_sweep;

/// Most pieces of one run; what is left is for the next.
const PIECES_MAX: u32 = 1_000;

/// Removes sessions and settled effects of more than 30 days ago, and idempotency keys and
/// mails that nothing came of, of more than 90 days ago; then evidence that never came to a case, and bytes that nothing wants. Commands are committed between the pieces.
pub async fn prune_run(desk: &Desk) -> Result<Pruned, AppError> {
    let mut sum = Pruned::default();
    for _ in 0..PIECES_MAX {
        let pruned = desk.store.prune(desk.clock.now()).await?;
        if pruned.is_empty() {
            break;
        }
        sum.sessions += pruned.sessions;
        sum.outbox += pruned.outbox;
        sum.keys += pruned.keys;
        sum.mails += pruned.mails;
    }
    evidence_sweep(desk, wall_now()).await?;
    if let Some(inbox) = &desk.inbox {
        inbox.tidy(desk).await?;
    }
    Ok(sum)
}
