//! Reads mails: a page of them, and one with all it says.
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/mails.rs`.

use amends_domain::ids::MailId;

use super::sealed::view;
use super::{MailFilter, MailView};
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::NoticeChannel;
use crate::notices::recipient::masked;

/// Longest page of mails.
pub const MAILS_MAX: u32 = 200;

/// Mails after one of them, oldest first, and where the next page begins.
pub async fn mails_page(
    desk: &Desk,
    staff: &Staff,
    filter: MailFilter,
    after: Option<MailId>,
    limit: u32,
) -> Result<(Vec<MailView>, Option<MailId>), AppError> {
    staff.require(Right::Read)?;
    let limit = limit.clamp(1, MAILS_MAX);
    let rows = desk.store.mails_page(staff.shop, filter, after, limit).await?;
    let full = u32::try_from(rows.len()).unwrap_or(u32::MAX) >= limit;
    let next = rows.last().map(|row| row.id).filter(|_| full);
    let mails = rows.into_iter().map(|row| view(desk, row));
    Ok((mails.collect::<Result<_, _>>()?, next))
}

/// A sender as he may be shown to whoever need not know more: `x***@example.com`.
pub fn sender_masked(address: &str) -> String {
    masked(NoticeChannel::Mail, address)
}

/// A mail.
pub async fn mail_get(desk: &Desk, staff: &Staff, id: MailId) -> Result<MailView, AppError> {
    staff.require(Right::Read)?;
    let row = desk.store.mail_by_id(staff.shop, id).await?;
    view(desk, row.ok_or(AppError::NotFound { what: "mail" })?)
}
