//! What pictures look like: size, sharpness, and a perceptual hash, by the digest of their bytes.
//!
//! Must not know: how a picture is read, what follows from two that look alike. Tests:
//! `tests/it/pictures.rs`, `amends-api/tests/it/evidence.rs`.

use std::collections::BTreeSet;

use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, ShopId};

use crate::Store;
use crate::db::{Row, Value, args};
use crate::error::StoreError;

/// In how many of 64 bits two looks may differ to be called alike: saving, scaling and a little light change
/// at most six.
pub const ALIKE_BITS: u32 = 7;
/// Fewest bits of either kind in a look that tells pictures apart; a plain surface has next to none.
const TELLING_BITS: u32 = 8;
const PART_BITS: u32 = 16;

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

/// The four parts of a look, each with its number above its bits.
fn parts(look: u64) -> impl Iterator<Item = i64> {
    (0..u64::BITS / PART_BITS).map(move |at| {
        let bits = (look >> (at * PART_BITS)) & u64::from(u16::MAX);
        (bits | u64::from(at) << PART_BITS).cast_signed()
    })
}

/// Every part that differs in at most one bit from that of a look.
fn near(look: u64) -> impl Iterator<Item = i64> {
    let flips = (0..PART_BITS).map(|bit| 1_i64 << bit);
    let flips: Vec<i64> = std::iter::once(0).chain(flips).collect();
    parts(look).flat_map(move |part| flips.clone().into_iter().map(move |flip| part ^ flip))
}

/// Whether a look tells its picture from others.
fn is_telling(look: u64) -> bool {
    (TELLING_BITS..=u64::BITS - TELLING_BITS).contains(&look.count_ones())
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
        const PART: &str = "INSERT INTO looks (shop_id, part, sha256, look) VALUES ($1, $2, $3, $4) \
            ON CONFLICT DO NOTHING";
        let look = row.look.cast_signed();
        let values = args![shop, row.sha256, row.width, row.height, row.sharpness, look];
        let mut tx = self.db().begin().await?;
        tx.execute(INSERT, values).await?;
        for part in parts(row.look) {
            tx.execute(PART, args![shop, part, row.sha256, look]).await?;
        }
        tx.commit().await
    }

    /// Forgets what a picture looked like that nobody's evidence is any more.
    pub async fn picture_remove(&self, shop: ShopId, sha256: Digest) -> Result<(), StoreError> {
        const REMOVE: &str = "DELETE FROM pictures WHERE shop_id = $1 AND sha256 = $2 AND NOT EXISTS \
            (SELECT 1 FROM evidence e WHERE e.shop_id = $1 AND e.sha256 = $2 AND e.erased_at IS NULL) \
            RETURNING look";
        const PART: &str = "DELETE FROM looks WHERE shop_id = $1 AND part = $2 AND sha256 = $3";
        let mut tx = self.db().begin().await?;
        if let Some(mut row) = tx.fetch_first(REMOVE, args![shop, sha256]).await? {
            for part in parts(row.int()?.cast_unsigned()) {
                tx.execute(PART, args![shop, part, sha256]).await?;
            }
        }
        tx.commit().await
    }

    /// The contents that look like a picture, and in how many bits they differ, nearest first. Itself is not
    /// among them; of a picture that looks like a plain surface nothing is said.
    pub async fn looks_near(
        &self,
        shop: ShopId,
        sha256: Digest,
        look: u64,
    ) -> Result<Vec<(Digest, u32)>, StoreError> {
        if !is_telling(look) {
            return Ok(Vec::new());
        }
        let mut values = args![shop];
        values.extend(near(look).map(Value::from));
        let places: Vec<String> = (2..=values.len()).map(|at| format!("${at}")).collect();
        let query = format!(
            "SELECT sha256, look FROM looks WHERE shop_id = $1 AND part IN ({})",
            places.join(", ")
        );
        let mut found = BTreeSet::new();
        for mut row in self.db().fetch(&query, values).await? {
            let other = row.digest()?;
            let bits = (row.int()?.cast_unsigned() ^ look).count_ones();
            if bits <= ALIKE_BITS && other != sha256 {
                found.insert((bits, other));
            }
        }
        Ok(found.into_iter().map(|(bits, other)| (other, bits)).collect())
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
