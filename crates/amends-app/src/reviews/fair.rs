//! What the shop says in public is fair: no blame, nothing a platform deducts points for, and nothing of the
//! buyer's own (REV-3).
//!
//! Must not know: who says it. Tests: `amends-api/tests/it/reviews.rs`, `amends-language/tests/it/reviews.rs`.

use amends_domain::ids::{BuyerId, ShopId};
use amends_domain::policy::set::PolicySet;
use amends_language::{unfair, violations};

use super::ReviewFault;
use crate::desk::Desk;
use crate::error::AppError;

/// Parts of an identity shorter than this, in characters, are words of everybody.
const PART_CHARS_MIN: usize = 2;

/// Refuses words that may not stand in public.
pub(crate) async fn fair_words(
    desk: &Desk,
    shop: ShopId,
    buyer: BuyerId,
    policy: &PolicySet,
    text: &str,
) -> Result<(), AppError> {
    let inconsistent = |fault: &dyn std::fmt::Display| AppError::Inconsistent(fault.to_string());
    for finding in violations(text).map_err(|fault| inconsistent(&fault))? {
        if let Some((clause, points)) = policy.violation(finding.violation) {
            return Err(AppError::Violation {
                violation: finding.violation,
                clause: clause.clone(),
                points,
                words: finding.words,
            });
        }
    }
    let mut words = unfair(text).map_err(|fault| inconsistent(&fault))?;
    let row = desk.store.buyer_get(shop, buyer).await?;
    if let Some((key, sealed)) = row.and_then(|row| row.key_wrapped.zip(row.sealed)) {
        let identity = desk.vault.open(shop, buyer, &key, &sealed);
        let identity = identity.map_err(|fault| inconsistent(&fault))?;
        let parts = [
            identity.nickname,
            identity.name,
            identity.phone,
            identity.email,
            identity.address,
        ];
        let names_him =
            |part: &String| part.chars().count() >= PART_CHARS_MIN && text.contains(part.as_str());
        words.extend(parts.into_iter().filter(names_him));
    }
    if words.is_empty() {
        return Ok(());
    }
    words.dedup();
    Err(ReviewFault::Unfair { words }.into())
}
