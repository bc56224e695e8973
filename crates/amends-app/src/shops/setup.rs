//! The first shop of an installation, founded in the browser by whoever started the program: he alone has
//! read the token.
//!
//! Must not know: where the token is shown. Tests: `amends-api/tests/it/setup.rs`.

use super::shop_create::{ShopCreate, shop_create};
use crate::desk::Desk;
use crate::error::AppError;

/// Whether there is no shop yet, and somebody may found one here.
pub async fn setup_needed(desk: &Desk) -> Result<bool, AppError> {
    Ok(desk.setup_token.is_some() && desk.store.shops_list().await?.is_empty())
}

/// Founds the first shop.
pub async fn setup(desk: &Desk, token: &str, create: ShopCreate) -> Result<(), AppError> {
    let fits = desk
        .setup_token
        .as_ref()
        .is_some_and(|expected| same(expected, token));
    if !fits || !setup_needed(desk).await? {
        return Err(AppError::SetupToken);
    }
    shop_create(desk, create).await?;
    Ok(())
}

/// Compared without telling by the time how far it was right.
fn same(expected: &str, given: &str) -> bool {
    let differ = expected
        .bytes()
        .zip(given.bytes())
        .fold(0, |differ, (a, b)| differ | (a ^ b));
    differ == 0 && expected.len() == given.len()
}
