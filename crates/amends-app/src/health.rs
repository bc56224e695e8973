//! Whether the desk can work, and how much it has before it: for whoever keeps it running.
//!
//! Must not know: how it is shown. Tests: `amends-api/tests/it/system.rs`.

use std::sync::OnceLock;

pub use amends_store::Counts;
use amends_store::{CommitError, StoreError};

use crate::desk::Desk;
use crate::error::AppError;

/// The version of the tables that this node found when it was first asked; it migrated them before
/// it began to serve. A later program that migrates them further makes this one unfit.
#[derive(Debug, Default)]
pub struct Readiness(OnceLock<i64>);

impl Readiness {
    fn check(&self, found: i64) -> Result<(), StoreError> {
        let known = *self.0.get_or_init(|| found);
        let advice = match found {
            0 => "there are none yet; run migrations first",
            found if found != known => "another version of the program has been here; run that one",
            _ => return Ok(()),
        };
        Err(StoreError::Schema { found, known, advice })
    }
}

/// Asks whether this node still commits and is not about to stop, then the database for an answer, and whether its tables are
/// still those this node serves from.
pub async fn ready(desk: &Desk, readiness: &Readiness) -> Result<(), AppError> {
    if !desk.committer.is_running() || *desk.stopping.borrow() {
        return Err(CommitError::Stopped.into());
    }
    Ok(readiness.check(desk.store.schema_version().await?)?)
}

/// How much there is, over all shops.
pub async fn counts(desk: &Desk) -> Result<Counts, AppError> {
    Ok(desk.store.counts(desk.clock.now()).await?)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use amends_store::{Store, Target};

    use super::*;
    use crate::clock::Clock;
    use crate::payments::ByHand;
    use crate::random::Random;
    use crate::vault::Vault;

    #[tokio::test]
    async fn a_node_whose_committer_has_ended_is_not_ready() {
        let store = Store::connect(&Target::SqliteMemory).await.unwrap();
        store.migrate().await.unwrap();
        let (random, vault) = (Random::seeded(1), Vault::new([1; 32]));
        let desk = Desk::start(store, Clock::System, random, vault, Arc::new(ByHand));
        let readiness = Readiness::default();
        assert!(ready(&desk, &readiness).await.is_ok());
        desk.committer.clone().stop().await;
        let told = ready(&desk, &readiness).await;
        assert_eq!(told.map_err(|fault| fault.code()), Err("busy"));
    }

    #[test]
    fn tables_of_another_version_are_not_served_from() {
        let readiness = Readiness::default();
        assert!(readiness.check(3).is_ok() && readiness.check(3).is_ok());
        assert_eq!(
            readiness.check(4).map_err(|fault| fault.code()),
            Err("store_schema")
        );
        assert!(Readiness::default().check(0).is_err());
    }
}
