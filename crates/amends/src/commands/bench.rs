//! `amends bench`: measurements as commands; each tells its median beside the machine's own limit.

mod commit;
mod decide;

use crate::Ended;
use crate::cli::{Bench, Place};

pub(super) async fn run(place: &Place, what: Bench) -> anyhow::Result<Ended> {
    match what {
        Bench::Commit {
            callers,
            seconds,
            rounds,
        } => commit::commit(place, &callers, seconds, rounds).await,
        Bench::Decide { seconds } => decide::decide(place, seconds),
    }
}
