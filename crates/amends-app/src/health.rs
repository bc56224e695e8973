//! Whether the desk can work, and how much it has before it: for whoever keeps it running.
//!
//! Must not know: how it is shown. Tests: `amends-api/tests/it/system.rs`.

pub use amends_store::Counts;

use crate::desk::Desk;
use crate::error::AppError;

/// Asks the database for an answer, and whether its tables are of this program's version.
pub async fn ready(desk: &Desk) -> Result<(), AppError> {
    let found = desk.store.schema_version().await?;
    if found == 0 {
        return Err(AppError::Inconsistent(
            "the database has no tables yet: run migrations first".to_owned(),
        ));
    }
    Ok(())
}

/// How much there is, over all shops.
pub async fn counts(desk: &Desk) -> Result<Counts, AppError> {
    Ok(desk.store.counts(desk.clock.now()).await?)
}
