//! Sweeping: what was handed in and never came to a case, and bytes that nothing wants any more.
//!
//! Must not know: tables, paths. Tests: `amends-api/tests/it/evidence.rs`.

use amends_domain::time::Moment;

use crate::desk::Desk;
use crate::error::AppError;

/// How long a piece waits for its case: who applies is done with it on the same day.
const WAITING_MILLIS: i64 = 24 * 3_600_000;
/// How old bytes are before they are taken for orphans. Between a file and its row lie seconds.
const ORPHAN_MILLIS: i64 = 3_600_000;
/// How old an unfinished file is before it is taken for what a crash left behind: no upload goes on
/// for so long.
const UNFINISHED_MILLIS: i64 = 24 * 3_600_000;

/// What was swept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Pieces that never came to a case.
    pub pieces: u64,
    /// Blobs that nothing wanted.
    pub blobs: u64,
    /// Files that were never finished.
    pub unfinished: u64,
}

/// Sweeps. Pieces age on the desk's clock, files on the machine's: `wall` is its now.
pub async fn evidence_sweep(desk: &Desk, wall: Moment) -> Result<Swept, AppError> {
    let mut swept = Swept::default();
    let waited = desk.clock.now().plus_millis(-WAITING_MILLIS);
    loop {
        let pieces = desk.store.evidence_prune(waited).await?;
        if pieces == 0 {
            break;
        }
        swept.pieces += pieces;
    }
    let Some(blobs) = &desk.blobs else {
        return Ok(swept);
    };
    let before = wall.plus_millis(-ORPHAN_MILLIS);
    for shop in blobs.shops().await? {
        for digest in blobs.written_before(shop, before).await? {
            if desk.store.evidence_wants(shop, digest).await? {
                continue;
            }
            let name = desk
                .random
                .bytes::<16>()
                .map(|byte| format!("{byte:02x}"))
                .concat();
            let Some(condemned) = blobs.condemn(shop, digest, before, &name).await? else {
                continue;
            };
            // Somebody may have handed in the same content in between. Who does so from now on puts
            // a file of his own in its place.
            if desk.store.evidence_wants(shop, digest).await? {
                condemned.spare().await?;
            } else {
                desk.store.picture_remove(shop, digest).await?;
                condemned.remove().await?;
                swept.blobs += 1;
            }
        }
    }
    let before = wall.plus_millis(-UNFINISHED_MILLIS);
    swept.unfinished = blobs.forget_unfinished(before).await?;
    Ok(swept)
}
