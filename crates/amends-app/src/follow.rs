//! Following along: waits until there may be something new to read, without asking all the time.
//!
//! Must not know: what is read, who reads. Tests: `amends-api/tests/it/stream.rs`.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use crate::desk::Desk;

/// How often a follower looks although this node committed nothing: another node may have, and a
/// credential may have ended. People take two seconds for at once, and it is one query for each.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a follower rests between two looks: a shop that commits without pause wakes each of its
/// readers ten times a second, not a thousand times.
const REST: Duration = Duration::from_millis(100);

/// Somebody who reads on.
pub struct Follower {
    batches: watch::Receiver<u64>,
    presences: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
}

impl Follower {
    /// Made before the first look, so that nothing falls in between.
    pub fn of(desk: &Desk) -> Self {
        Self {
            batches: desk.committer.batches(),
            presences: desk.presences.changes(),
            stopping: desk.stopping.subscribe(),
        }
    }

    /// Whether to look on at once: not when the service is about to stop.
    pub fn goes_on(&self) -> bool {
        !*self.stopping.borrow()
    }

    /// Waits until it is time to look again; `false` when the service is about to stop, or nothing
    /// is committed on this node any more.
    pub async fn news(&mut self) -> bool {
        let (batches, presences) = (&mut self.batches, &mut self.presences);
        let committed = async {
            sleep(REST).await;
            tokio::select! {
                changed = batches.changed() => changed.is_ok(),
                changed = presences.changed() => changed.is_ok(),
                () = sleep(LOOK_EVERY) => true,
            }
        };
        tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stopping| *stopping) => false,
            news = committed => news,
        }
    }
}
