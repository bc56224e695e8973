//! Proves that files are what was handed in: each piece of evidence is there, and its bytes have its digest (DSP-1).
//!
//! Memory is bounded: pieces are read a page at a time, files a part at a time.
//! Must not know: what a file shows. Tests: `amends/tests/it/tampering.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{EvidenceId, ShopId};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncReadExt as _;

use super::{FINDINGS_MAX, Verified};
use crate::blobs::Blobs;
use crate::desk::Desk;
use crate::error::AppError;

const PIECES_PER_PAGE: u32 = 500;
const PART_BYTES: usize = 64 * 1024;

/// Verifies the files of one shop; what was erased has none.
pub async fn verify_files(desk: &Desk, shop: ShopId) -> Result<Verified, AppError> {
    let blobs = desk.blobs()?;
    let mut verified = Verified::default();
    let mut after: Option<EvidenceId> = None;
    loop {
        let page = desk.store.evidence_kept(shop, after, PIECES_PER_PAGE).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (piece, digest) in page {
            verified.files += 1;
            match digest_of(blobs, shop, digest).await? {
                Some(found) if found == digest => {}
                Some(_) => verified.push(shop, piece, "its file is not what was handed in".to_owned()),
                None => verified.push(shop, piece, "its file is gone".to_owned()),
            }
        }
        if verified.findings.len() >= FINDINGS_MAX {
            break;
        }
    }
    Ok(verified)
}

/// The digest of what lies there now; none where nothing does.
async fn digest_of(blobs: &Blobs, shop: ShopId, digest: Digest) -> Result<Option<Digest>, AppError> {
    let Some(mut file) = blobs.open(shop, digest).await? else {
        return Ok(None);
    };
    let mut hasher = Sha256::new();
    let mut part = vec![0; PART_BYTES];
    loop {
        let count = file.read(&mut part).await;
        let count = count.map_err(|fault| AppError::Blobs {
            reason: fault.to_string(),
        })?;
        if count == 0 {
            let bytes: [u8; 32] = hasher.finalize().into();
            return Ok(Some(Digest::from(bytes)));
        }
        hasher.update(part.get(..count).unwrap_or_default());
    }
}
