//! The deadline runner: claims what has fallen due and feeds it to the committer as commands.
//!
//! A deadline fires at least once and takes effect once: a stale one is decided to be nothing.
//! Must not know: what a deadline does. Tests: `amends-sim/tests/it`, `amends-api/tests/it`.

use amends_domain::actor::{Actor, Authority, Envelope};
use amends_domain::command::Command;
use amends_domain::ids::CaseId;
use amends_store::{CommitError, Committed, DueDeadline, Submission};
use tokio::task::JoinSet;

use crate::desk::Desk;
use crate::error::AppError;

/// Most deadlines claimed at once.
const CLAIM_MAX: u32 = 256;
/// How long a claim keeps other nodes away, in milliseconds.
const LEASE_MILLIS: i64 = 60_000;

/// Feeds everything that is due by the desk's clock, one claim's worth; returns whose deadlines.
pub async fn deadlines_run(desk: &Desk) -> Result<Vec<CaseId>, AppError> {
    let now = desk.clock.now();
    let due = desk.store.deadlines_claim(now, CLAIM_MAX, LEASE_MILLIS).await?;
    let fed: Vec<CaseId> = due.iter().map(|deadline| deadline.case).collect();
    let mut feeding: JoinSet<Result<Committed, CommitError>> = JoinSet::new();
    for deadline in due {
        let committer = desk.committer.clone();
        let submission = submission(&deadline, now);
        feeding.spawn(async move { committer.submit(submission).await });
    }
    while let Some(outcome) = feeding.join_next().await {
        if let Ok(Err(fault)) = outcome {
            // Its lease runs out and it is claimed again.
            tracing::warn!(%fault, "a deadline could not be fed");
        }
    }
    Ok(fed)
}

fn submission(deadline: &DueDeadline, now: amends_domain::time::Moment) -> Submission {
    Submission {
        shop: deadline.shop,
        envelope: Envelope {
            case: deadline.case,
            actor: Actor::Deadlines,
            authority: Authority::default(),
            at: now,
            if_terms: None,
        },
        order: None,
        command: Command::DeadlinePassed {
            clock: deadline.clock,
            stage: deadline.stage,
            generation: deadline.generation,
        },
        key: None,
        texts: Vec::new(),
        outbox: None,
    }
}
