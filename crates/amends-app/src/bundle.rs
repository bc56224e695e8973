//! The evidence bundle of a case (DSP-5): everything that was said, done and shown, gathered and written
//! into one signed archive.
//!
//! Must not know: pages and archives; `amends-bundle` does. Tests: `amends-api/tests/it/bundles.rs`.

mod gather;
mod words;

use std::fs::File;
use std::io::BufWriter;

use amends_bundle::{BundleFault, Signer};
pub use amends_bundle::{Flaw, Proved, verify as bundle_verify};
use amends_domain::ids::ShopId;
pub use gather::dossier;
use tokio::sync::Semaphore;

use crate::caller::{Right, Staff};
use crate::cases::case_read::CaseView;
use crate::desk::Desk;
use crate::error::AppError;

/// How many bundles are made at once: each takes every processor and a good deal of memory.
static MAKING: Semaphore = Semaphore::const_new(2);

/// What the key under bundles is derived for.
const PURPOSE: &str = "bundle-signing-v1";

/// The public key by which a shop's bundles are checked.
pub fn bundle_key(desk: &Desk, shop: ShopId) -> Result<String, AppError> {
    Ok(signer(desk, shop)?.key())
}

fn signer(desk: &Desk, shop: ShopId) -> Result<Signer, AppError> {
    let seed = desk.vault.sign(PURPOSE, &[shop.to_string().as_bytes()]);
    Signer::new(&seed).map_err(fault)
}

fn fault(fault: BundleFault) -> AppError {
    match fault {
        BundleFault::Io(fault) => AppError::Blobs {
            reason: fault.to_string(),
        },
        other => AppError::Inconsistent(other.to_string()),
    }
}

/// Writes a case's bundle into a file of its own, which goes away with its handle; returns it at its
/// beginning.
pub async fn bundle_make(desk: &Desk, staff: &Staff, view: &CaseView) -> Result<File, AppError> {
    staff.require(Right::Read)?;
    let dossier = dossier(desk, staff, view).await?;
    let signer = signer(desk, staff.shop)?;
    let folder = desk.blobs()?.scratch().await?;
    let name = desk
        .random
        .bytes::<16>()
        .map(|byte| format!("{byte:02x}"))
        .concat();
    let turn = MAKING.acquire().await.map_err(|_| AppError::Busy)?;
    let write = move || -> Result<File, AppError> {
        // Whoever hangs up leaves the work behind; its turn goes with it, not with him.
        let _turn = turn;
        let path = folder.join(format!("{name}.zip"));
        let io = |fault: std::io::Error| AppError::Blobs {
            reason: fault.to_string(),
        };
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(io)?;
        // Its name goes at once: whatever happens, nothing of it is left behind.
        std::fs::remove_file(&path).map_err(io)?;
        let written = amends_bundle::write(&dossier, &signer, BufWriter::new(file)).map_err(fault)?;
        let mut file = written.into_inner().map_err(|fault| io(fault.into_error()))?;
        std::io::Seek::rewind(&mut file).map_err(io)?;
        Ok(file)
    };
    tokio::task::spawn_blocking(write)
        .await
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))?
}
