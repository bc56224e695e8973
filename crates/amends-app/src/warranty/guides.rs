//! Guides to what a shop sells: a film or a leaflet by its address, the shop's own words, or both (WAR-3).
//!
//! Must not know: when they are sent. Tests: `amends-api/tests/it/warranty.rs`.

pub use amends_store::GuideRow;

use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason, words_within};

/// Longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 100;
/// Longest address, in characters.
pub const ADDRESS_CHARS_MAX: usize = 500;
/// Longest text, in characters.
pub const BODY_CHARS_MAX: usize = 2_000;
/// Longest page.
pub const GUIDES_PAGE_MAX: u32 = 100;

/// Writes a guide in the place of the version that was read; 0 for the first.
pub async fn guide_put(desk: &Desk, staff: &Staff, row: GuideRow) -> Result<GuideRow, AppError> {
    staff.require(Right::Lead)?;
    check(&row)?;
    let version = row.version;
    if desk.store.guide_write(staff.shop, &row).await? {
        let version = version + 1;
        return Ok(GuideRow { version, ..row });
    }
    let sku = row.sku.as_str();
    let there = desk.store.guides_for(staff.shop, [sku]).await?;
    let version = there.first().map_or(0, |there| there.version);
    Err(AppError::VersionDiffers { version })
}

fn check(row: &GuideRow) -> Result<(), AppError> {
    words_within("sku", &row.sku, TITLE_CHARS_MAX)?;
    words_within("title", &row.title, TITLE_CHARS_MAX)?;
    if row.address.is_empty() && row.body.trim().is_empty() {
        let (field, reason) = ("body", Reason::Empty);
        return Err(AppError::Invalid { field, reason });
    }
    if !row.body.is_empty() {
        words_within("body", &row.body, BODY_CHARS_MAX)?;
    }
    if row.address.is_empty() {
        return Ok(());
    }
    words_within("address", &row.address, ADDRESS_CHARS_MAX)?;
    // A buyer is sent to no page that somebody on the way can change.
    let rest = row.address.strip_prefix("https://");
    let whole = rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace));
    if whole && !row.address.contains(char::is_control) {
        return Ok(());
    }
    let (field, reason) = ("address", Reason::NotSecure);
    Err(AppError::Invalid { field, reason })
}

/// Takes a guide away.
pub async fn guide_remove(desk: &Desk, staff: &Staff, sku: &str) -> Result<(), AppError> {
    staff.require(Right::Lead)?;
    if sku.contains('\0') || !desk.store.guide_remove(staff.shop, sku).await? {
        return Err(AppError::NotFound { what: "guide" });
    }
    Ok(())
}

/// The guides of a shop by code, those behind `after`.
pub async fn guides_list(desk: &Desk, staff: &Staff, after: &str) -> Result<Vec<GuideRow>, AppError> {
    staff.require(Right::Read)?;
    let after = after.trim_matches('\0');
    Ok(desk.store.guides_list(staff.shop, after, GUIDES_PAGE_MAX).await?)
}
