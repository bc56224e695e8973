//! The committing task: takes what waits, and sees every command through to its answer.
//!
//! Must not know: what is written. Tests: `tests/it/committer.rs`, `tests/it/faults.rs`.

use std::collections::VecDeque;

use tokio::sync::{mpsc, watch};

use super::round::{Planner, RoundFault};
use super::{CommitError, Committed, Queued, Submission};
use crate::db::Engine;
use crate::error::StoreError;

/// How often a command is decided again because rows changed under it.
const ROUNDS_MAX: u32 = 5;
/// How often a batch is tried again that met another transaction.
pub(crate) const TRIES_LOCKED: u32 = 3;
/// How often a batch is tried again whose connection was lost; each try waits for a new one.
const TRIES_UNAVAILABLE: u32 = 1;

/// Commands to be committed together.
struct Group {
    commands: Vec<Queued>,
    rounds: u32,
    tries: u32,
}

/// What the task is told from outside, and what it tells.
pub(super) struct Told {
    /// Whether it is to stop.
    pub(super) stopped: watch::Receiver<bool>,
    /// Batches that were seen to their end.
    pub(super) done: watch::Sender<u64>,
}

/// Runs until it is told to stop or nobody can submit any more. What waits then is dropped, which
/// its callers read as [`CommitError::Stopped`].
pub(super) async fn run(
    planner: Planner,
    engine: Engine,
    mut waiting: mpsc::Receiver<Queued>,
    mut told: Told,
    batch_max: usize,
) {
    let mut planner = planner;
    loop {
        let mut commands = Vec::with_capacity(batch_max.min(waiting.len().max(1)));
        tokio::select! {
            biased;
            Ok(_) = told.stopped.wait_for(|stop| *stop) => return,
            taken = waiting.recv_many(&mut commands, batch_max) => if taken == 0 { return },
        }
        commit(&mut planner, engine, commands).await;
        told.done.send_modify(|batches| *batches += 1);
    }
}

/// Commits a batch, in as many rounds as it takes.
async fn commit(planner: &mut Planner, engine: Engine, commands: Vec<Queued>) {
    let mut groups = VecDeque::from([Group {
        commands,
        rounds: 0,
        tries: 0,
    }]);
    while let Some(group) = groups.pop_front() {
        let batch: Vec<&Submission> = group.commands.iter().map(|queued| &queued.submission).collect();
        match planner.round(&batch).await {
            Ok(answers) => answer(group.commands, answers),
            Err(RoundFault::Stale(leaving)) => part(group, &leaving, &mut groups),
            Err(RoundFault::Unknown(error)) => answer_all(group.commands, &error),
            Err(RoundFault::Store(error)) if group.tries < tries_max(&error, engine) => {
                groups.push_front(Group {
                    tries: group.tries + 1,
                    ..group
                });
            }
            Err(RoundFault::Store(error)) => halve(group, &error, &mut groups),
        }
    }
}

/// How often a fault is worth another try. SQLite has waited for its lock already: whoever holds it
/// that long holds it longer.
fn tries_max(error: &StoreError, engine: Engine) -> u32 {
    match (error, engine) {
        (StoreError::Locked { .. }, Engine::Postgres) => TRIES_LOCKED,
        (StoreError::Unavailable { .. }, _) => TRIES_UNAVAILABLE,
        _ => 0,
    }
}

fn answer(commands: Vec<Queued>, answers: Vec<Result<Committed, CommitError>>) {
    for (queued, answer) in commands.into_iter().zip(answers) {
        // Whoever no longer listens has gone away; the command stands.
        let _ = queued.answer.send(answer);
    }
}

fn answer_all(commands: Vec<Queued>, error: &StoreError) {
    let answers = vec![Err(CommitError::Store(error.clone())); commands.len()];
    answer(commands, answers);
}

/// Parts a batch: what stands goes first, and then what must be decided again, in its old order.
fn part(group: Group, leaving: &[bool], groups: &mut VecDeque<Group>) {
    let (mut staying, mut left) = (Vec::new(), Vec::new());
    for (queued, leaves) in group.commands.into_iter().zip(leaving) {
        if *leaves {
            left.push(queued);
        } else {
            staying.push(queued);
        }
    }
    if group.rounds + 1 >= ROUNDS_MAX {
        let reason = "the case or its order kept changing while the command was being decided".to_owned();
        answer_all(left, &StoreError::Locked { reason });
    } else {
        groups.push_front(Group {
            commands: left,
            rounds: group.rounds + 1,
            tries: 0,
        });
    }
    if !staying.is_empty() {
        groups.push_front(Group {
            commands: staying,
            rounds: group.rounds,
            tries: 0,
        });
    }
}

/// A fault that one command may have brought in is cornered by halving; one of the database itself
/// is everybody's.
fn halve(group: Group, error: &StoreError, groups: &mut VecDeque<Group>) {
    let everybodys =
        error.is_transient() || matches!(error, StoreError::Full { .. } | StoreError::Schema { .. });
    let mut first = group.commands;
    if everybodys || first.len() == 1 {
        tracing::error!(code = error.code(), commands = first.len(), %error, "commands were not committed");
        answer_all(first, error);
        return;
    }
    let second = first.split_off(first.len() / 2);
    groups.push_front(Group {
        commands: second,
        rounds: group.rounds,
        tries: 0,
    });
    groups.push_front(Group {
        commands: first,
        rounds: group.rounds,
        tries: 0,
    });
}
