//! What pictures look like: size, sharpness, and a perceptual hash, by the digest of their bytes.
//!
//! Must not know: how a picture is read. Tests: `amends-api/tests/it/evidence.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, ShopId};

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// A picture, measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureRow {
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// 0 to 100.
    pub sharpness: u32,
    /// Its perceptual hash: pictures that look alike differ in few bits.
    pub look: u64,
}

fn picture(mut row: Row) -> Result<PictureRow, StoreError> {
    Ok(PictureRow {
        sha256: row.digest()?,
        width: row.count32()?,
        height: row.count32()?,
        sharpness: row.count32()?,
        look: row.int()?.cast_unsigned(),
    })
}

impl Store {
    /// Keeps what a picture looks like.
    pub async fn picture_insert(&self, shop: ShopId, row: &PictureRow) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO pictures (shop_id, sha256, width, height, sharpness, look) \
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let values = args![
            shop,
            row.sha256,
            row.width,
            row.height,
            row.sharpness,
            row.look.cast_signed()
        ];
        self.db().execute(INSERT, values).await?;
        Ok(())
    }

    /// Forgets what a picture looked like whose bytes are gone.
    pub async fn picture_remove(&self, shop: ShopId, sha256: Digest) -> Result<(), StoreError> {
        const REMOVE: &str = "DELETE FROM pictures WHERE shop_id = $1 AND sha256 = $2";
        self.db().execute(REMOVE, args![shop, sha256]).await?;
        Ok(())
    }

    /// What the pictures of a case look like.
    pub async fn pictures_of_case(&self, shop: ShopId, case: CaseId) -> Result<Vec<PictureRow>, StoreError> {
        const OF_CASE: &str = "SELECT DISTINCT p.sha256, p.width, p.height, p.sharpness, p.look FROM evidence e \
            JOIN pictures p ON p.shop_id = e.shop_id AND p.sha256 = e.sha256 \
            WHERE e.shop_id = $1 AND e.case_id = $2 AND e.erased_at IS NULL";
        let rows = self.db().fetch(OF_CASE, args![shop, case]).await?;
        rows.into_iter().map(picture).collect()
    }
}
