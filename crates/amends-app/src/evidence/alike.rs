//! Pictures of a case that were handed in before on another one: the same bytes, or so nearly the same look
//! that it is one picture saved anew (ABU-1, INT-5).
//!
//! It is a sign and never a verdict: two of one lot may look alike, and a buyer may show one fault twice. A
//! person looks and decides. Must not know: how pictures are compared. Tests: `amends-api/tests/it/alike.rs`.

use std::collections::BTreeMap;

use amends_domain::case::Case;
use amends_domain::digest::Digest;
use amends_domain::ids::EvidenceId;
use amends_store::ElsewhereRow;

use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// Most contents looked up for one picture: the likest of them.
const NEAR_MAX: usize = 500;
/// Most pairs told of a case.
const PAIRS_MAX: usize = 50;

/// A piece of this case and one of another that look alike.
pub struct Alike {
    /// The piece of this case; its buyer handed it in.
    pub piece: EvidenceId,
    /// In how many of 64 bits their looks differ; none where the bytes are the same.
    pub bits: Option<u32>,
    /// The other piece and its case.
    pub other: ElsewhereRow,
    /// Whether the other case has the same buyer.
    pub same_buyer: bool,
}

/// What the buyer of a case handed in that was seen on another, likest first.
pub async fn evidence_alike(desk: &Desk, staff: &Staff, case: &Case) -> Result<Vec<Alike>, AppError> {
    staff.require(Right::Read)?;
    let pieces = desk.store.evidence_of_case(staff.shop, case.id).await?;
    let pictures = desk.store.pictures_of_case(staff.shop, case.id).await?;
    let looks: BTreeMap<Digest, u64> = pictures.into_iter().map(|row| (row.sha256, row.look)).collect();
    let mut found = Vec::new();
    for piece in pieces {
        if piece.buyer.is_none() || piece.erased_at.is_some() {
            continue;
        }
        let mut near: BTreeMap<Digest, u32> = BTreeMap::new();
        if let Some(look) = looks.get(&piece.sha256) {
            let rows = desk.store.looks_near(staff.shop, piece.sha256, *look).await?;
            near.extend(rows.into_iter().take(NEAR_MAX));
        }
        let contents: Vec<Digest> = near.keys().copied().chain([piece.sha256]).collect();
        let others = desk
            .store
            .evidence_elsewhere(staff.shop, case.id, &contents)
            .await?;
        found.extend(others.into_iter().map(|other| Alike {
            piece: piece.id,
            bits: near.get(&other.sha256).copied(),
            same_buyer: other.buyer == case.buyer,
            other,
        }));
    }
    found.sort_by_key(|alike| (alike.bits, std::cmp::Reverse(alike.other.added_at)));
    found.truncate(PAIRS_MAX);
    Ok(found)
}
