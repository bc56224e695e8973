//! One round: a batch loaded, decided and written in one transaction, or told why not.
//!
//! Must not know: queues, answers, how often to try. Tests: `tests/it/committer.rs`.

use std::collections::HashSet;

use amends_domain::command::Command;

use super::load::{self, CaseKey, OrderKey, Policies};
use super::plan::{Outcome, Plan, plan};
use super::writes::{Numbers, Stale, WriteFault, Writes};
use super::{CommitError, Committed, Submission};
use crate::Store;
use crate::error::StoreError;
use crate::shop_time::Calendars;

/// What turns batches into transactions; keeps policy sets between them.
pub(crate) struct Planner {
    store: Store,
    calendars: Calendars,
    policies: Policies,
}

/// Why a batch as a whole was not committed. Nothing of it was written.
pub(super) enum RoundFault {
    /// Rows changed under it: these commands must be decided again, by place in the batch.
    Stale(Vec<bool>),
    /// The database could not; it may be asked again.
    Store(StoreError),
    /// The connection broke while committing: nobody knows whether the batch was written.
    Unknown(StoreError),
}

impl From<StoreError> for RoundFault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Why commands could not be decided ahead of being written.
#[derive(Debug)]
pub(crate) struct Rejected(pub(crate) Vec<CommitError>);

impl Planner {
    pub(crate) fn new(store: Store, calendars: Calendars) -> Self {
        Self {
            store,
            calendars,
            policies: Policies::default(),
        }
    }

    /// Commits a batch; one answer a command, in order.
    pub(super) async fn round(
        &mut self,
        batch: &[&Submission],
    ) -> Result<Vec<Result<Committed, CommitError>>, RoundFault> {
        let mut tx = self.store.db().begin().await?;
        let loaded = load::load(&mut tx, batch, &self.calendars, &mut self.policies).await?;
        let orders: Vec<Option<OrderKey>> = batch
            .iter()
            .map(|submission| order_of(submission, &loaded))
            .collect();
        let Plan { outcomes, writes } = plan(batch, loaded, &self.policies)?;
        if writes.commands() == 0 {
            return Ok(answers(&outcomes, &Numbers::new(), batch));
        }
        let numbers = match writes.write(&mut tx).await {
            Ok(numbers) => numbers,
            Err(WriteFault::Store(error)) => return Err(error.into()),
            Err(WriteFault::Stale(stale)) => {
                return Err(RoundFault::Stale(leaving(&stale, batch, &orders, &outcomes)));
            }
        };
        match tx.commit().await {
            Ok(()) => Ok(answers(&outcomes, &numbers, batch)),
            Err(error @ StoreError::Unavailable { .. }) => Err(RoundFault::Unknown(error)),
            Err(error) => Err(error.into()),
        }
    }

    /// Decides a batch and returns its rows instead of writing them.
    pub(crate) async fn record(
        &mut self,
        batch: &[&Submission],
    ) -> Result<Result<Writes, Rejected>, StoreError> {
        let mut tx = self.store.db().begin().await?;
        let loaded = load::load(&mut tx, batch, &self.calendars, &mut self.policies).await?;
        let Plan { outcomes, writes } = plan(batch, loaded, &self.policies)?;
        let declined: Vec<CommitError> = answers(&outcomes, &Numbers::new(), batch)
            .into_iter()
            .filter_map(Result::err)
            .collect();
        Ok(if declined.is_empty() {
            Ok(writes)
        } else {
            Err(Rejected(declined))
        })
    }

    /// Writes recorded rows in one transaction, by the statements every batch is written by.
    pub(crate) async fn write(&self, writes: Writes) -> Result<(), StoreError> {
        let mut tx = self.store.db().begin().await?;
        match writes.write(&mut tx).await {
            Ok(_) => tx.commit().await,
            Err(WriteFault::Store(error)) => Err(error),
            Err(WriteFault::Stale(_)) => Err(StoreError::Locked {
                reason: "rows changed since they were recorded".to_owned(),
            }),
        }
    }
}

fn order_of(submission: &Submission, loaded: &load::Loaded) -> Option<OrderKey> {
    let case = loaded.cases.get(&(submission.shop, submission.envelope.case));
    let order = match submission.command {
        Command::Open(_) => submission.order,
        _ => case.and_then(|slot| slot.order),
    };
    order.map(|order| (submission.shop, order))
}

fn answers(
    outcomes: &[Outcome],
    numbers: &Numbers,
    batch: &[&Submission],
) -> Vec<Result<Committed, CommitError>> {
    let numbered = |committed: &Committed, at: usize| {
        let shop = batch.get(at).map(|submission| submission.shop);
        let number = shop.and_then(|shop| numbers.get(&(shop, committed.case)));
        let number = number.copied().unwrap_or(committed.number);
        Committed { number, ..*committed }
    };
    let mut answers: Vec<Result<Committed, CommitError>> = Vec::with_capacity(outcomes.len());
    for (at, outcome) in outcomes.iter().enumerate() {
        let answer = match outcome {
            Outcome::Accepted(committed) => Ok(numbered(committed, at)),
            Outcome::Known(known) => known.clone(),
            // The first of the same key stands earlier in the batch.
            Outcome::SameAs(first) => match answers.get(*first) {
                Some(Ok(committed)) => Ok(Committed {
                    replayed: true,
                    ..*committed
                }),
                Some(Err(error)) => Err(error.clone()),
                None => Err(CommitError::Stopped),
            },
        };
        answers.push(answer);
    }
    answers
}

/// Which commands must be decided again: those on stale rows, and every later one that saw what
/// those did, because it is on the same case or order or shares their key.
fn leaving(
    stale: &Stale,
    batch: &[&Submission],
    orders: &[Option<OrderKey>],
    outcomes: &[Outcome],
) -> Vec<bool> {
    let mut left_cases: HashSet<CaseKey> = stale.cases.iter().copied().collect();
    let mut left_orders: HashSet<OrderKey> = stale.orders.iter().copied().collect();
    let mut leaving: Vec<bool> = Vec::with_capacity(batch.len());
    for ((submission, order), outcome) in batch.iter().zip(orders).zip(outcomes) {
        let case = (submission.shop, submission.envelope.case);
        let follows = matches!(outcome, Outcome::SameAs(first) if leaving.get(*first) == Some(&true));
        let leaves = follows
            || (stale.keys && submission.key.is_some())
            || left_cases.contains(&case)
            || order.is_some_and(|order| left_orders.contains(&order));
        if leaves {
            left_cases.insert(case);
            left_orders.extend(order);
        }
        leaving.push(leaves);
    }
    // Should nothing be found although a guard failed, all of it is looked at again.
    if leaving.contains(&true) {
        leaving
    } else {
        vec![true; batch.len()]
    }
}
