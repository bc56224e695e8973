//! `amends bench`: measurements as commands; each tells its median beside the machine's own limit.

mod bundle;
mod care;
mod commit;
mod decide;
mod looks;
mod queue;
mod signals;

use crate::Ended;
use crate::cli::{Bench, Place};

pub(super) async fn run(place: &Place, what: Bench) -> anyhow::Result<Ended> {
    match what {
        Bench::Commit {
            callers,
            seconds,
            rounds,
        } => commit::commit(place, &callers, seconds, rounds).await,
        Bench::Queue { cases, open, asks } => queue::queue(place, cases, open, asks).await,
        Bench::Care { buyers } => care::care(place, buyers).await,
        Bench::Looks { pictures, asks } => looks::looks(place, pictures, asks).await,
        Bench::Signals { orders, asks } => signals::signals(place, orders, asks).await,
        Bench::Bundle => bundle::bundle(),
        Bench::Decide { seconds } => decide::decide(place, seconds),
    }
}
