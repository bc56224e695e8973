//! The committer: what is handed in, what comes back, and the queue in between.
//!
//! One task takes whatever waits, decides all of it in memory, writes it in one transaction and
//! answers. Nobody waits for a timer: a lone command is a batch of one, and while one batch is
//! being written the next one gathers.
//! Must not know: the rules; `amends_domain::decide` is asked. Tests: `tests/it/flow.rs`,
//! `tests/it/committer.rs`, `tests/it/race.rs`.

mod load;
mod names;
mod plan;
mod round;
mod task;
mod writes;

use amends_domain::actor::Envelope;
use amends_domain::command::Command;
use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, OrderId, ShopId, TextId};
use amends_domain::refusal::Refusal;
use amends_domain::time::Moment;
use tokio::sync::{mpsc, oneshot, watch};

use crate::Store;
use crate::error::StoreError;
use crate::shop_time::Calendars;
pub(crate) use names::status_name;
pub(crate) use round::{Planner, Rejected};
pub(crate) use task::TRIES_LOCKED;
pub(crate) use writes::{Writes, next_due_at};

/// A command, with everything that is committed together with it.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The shop.
    pub shop: ShopId,
    /// What comes around the command; its case is a fresh id for [`Command::Open`].
    pub envelope: Envelope,
    /// The order a case is opened on; other commands find theirs through the case.
    pub order: Option<OrderId>,
    /// The command.
    pub command: Command,
    /// Makes repeating it harmless.
    pub key: Option<IdempotencyKey>,
    /// Texts the command refers to, written when it is accepted.
    pub texts: Vec<NewText>,
    /// An effect this command is the answer to: settled with it, also when nothing else changes.
    pub outbox: Option<OutboxDone>,
}

/// What makes repeating a command harmless: the same key is the same command, for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose key it is: keys of two actors never meet.
    pub scope: String,
    /// The key, as its owner chose it.
    pub key: String,
    /// Digest of everything that was asked.
    pub body: Digest,
}

/// A text to be kept outside the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewText {
    /// Its id.
    pub id: TextId,
    /// What its digest is salted with.
    pub salt: Vec<u8>,
    /// What it says.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Moment,
}

/// An effect, known by the event it followed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutboxDone {
    /// The event's case.
    pub case: CaseId,
    /// Its place there.
    pub seq: u64,
}

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// The case.
    pub case: CaseId,
    /// Its number in the shop.
    pub number: i64,
    /// Its events after the command.
    pub seq: u64,
    /// Its terms after the command.
    pub terms: u64,
    /// Events this command wrote; 0 when there was nothing left to do.
    pub events: u32,
    /// It had been committed before under the same key; nothing was written now.
    pub replayed: bool,
}

/// Why a command was not committed. Nothing of it was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The rules decline it.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Its key was used for something else.
    #[error("this idempotency key was used for another request; use a fresh one")]
    KeyReused,
    /// A case cannot be opened on an order the shop does not have.
    #[error("the shop has no such order; import it first")]
    OrderNotFound,
    /// Too many commands wait.
    #[error("too many commands are waiting; try again in a moment")]
    Busy,
    /// The committer was stopped before this command's turn came.
    #[error("the service is stopping; nothing was written")]
    Stopped,
    /// The database could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Limits of a committer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitSettings {
    /// Most commands of one transaction.
    pub batch_max: usize,
    /// Most commands waiting; beyond it the answer is [`CommitError::Busy`].
    pub queue_max: usize,
}

impl Default for CommitSettings {
    fn default() -> Self {
        Self {
            batch_max: 256,
            queue_max: 4096,
        }
    }
}

/// A command in the queue, and where its answer goes.
struct Queued {
    submission: Submission,
    answer: oneshot::Sender<Result<Committed, CommitError>>,
}

/// A handle on the committing task. The task ends when every handle is gone or [`Committer::stop`]
/// is called.
#[derive(Clone)]
pub struct Committer {
    queue: mpsc::Sender<Queued>,
    stopping: watch::Sender<bool>,
    batches: watch::Receiver<u64>,
}

impl Committer {
    pub(crate) fn start(store: Store, settings: CommitSettings, calendars: Calendars) -> Self {
        let (queue, waiting) = mpsc::channel(settings.queue_max.max(1));
        let (stopping, stopped) = watch::channel(false);
        let (done, batches) = watch::channel(0);
        let told = task::Told { stopped, done };
        let batch_max = settings.batch_max.max(1);
        let engine = store.engine();
        let planner = Planner::new(store, calendars);
        tokio::spawn(task::run(planner, engine, waiting, told, batch_max));
        Self {
            queue,
            stopping,
            batches,
        }
    }

    /// Commits a command. Once it is queued it is carried out, whether or not the caller waits.
    pub async fn submit(&self, submission: Submission) -> Result<Committed, CommitError> {
        let (answer, answered) = oneshot::channel();
        let queued = Queued { submission, answer };
        self.queue.try_send(queued).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => CommitError::Busy,
            mpsc::error::TrySendError::Closed(_) => CommitError::Stopped,
        })?;
        answered.await.unwrap_or(Err(CommitError::Stopped))
    }

    /// Counts the batches this committer has seen to their end, from now on: whoever waits for a
    /// change then finds what was committed. It closes when the task ends.
    pub fn batches(&self) -> watch::Receiver<u64> {
        let mut batches = self.batches.clone();
        batches.mark_unchanged();
        batches
    }

    /// Whether the task is alive: `false` once it was stopped, or ended by a defect. Then nothing is
    /// committed on this node any more.
    pub fn is_running(&self) -> bool {
        !self.queue.is_closed()
    }

    /// Finishes the batch that is being written, answers [`CommitError::Stopped`] to everything
    /// that waits, and returns when the task has ended.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        self.queue.closed().await;
    }
}
