//! Gives buyers who were known before the index of their mail address, by which a mail finds them.
//!
//! Must not know: mails. Tests: `amends-api/tests/it/mails.rs`.

use crate::desk::Desk;
use crate::error::AppError;

/// Gives some of them theirs; returns how many. Asked again, more.
pub async fn buyers_index(desk: &Desk) -> Result<usize, AppError> {
    let mut done = 0;
    for shop in desk.store.shops_list().await? {
        let buyers = desk.store.buyers_without_email_index(shop.id).await?;
        let mut indexes = Vec::with_capacity(buyers.len());
        for buyer in buyers {
            let Some((key, sealed)) = buyer.key_wrapped.zip(buyer.sealed) else {
                continue;
            };
            let identity = desk.vault.open(shop.id, buyer.id, &key, &sealed);
            let identity = identity.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
            indexes.push((buyer.id, desk.vault.email_index(shop.id, &identity.email)));
        }
        if !indexes.is_empty() {
            desk.store.buyers_set_email_index(shop.id, &indexes).await?;
        }
        done += indexes.len();
    }
    Ok(done)
}
