//! The audit: who gave which command when, for whoever must prove it.
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/audit.rs`.

pub use amends_store::{AuditActor, AuditFilter, AuditRow, Position};

use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// Longest page of the audit.
pub const AUDIT_MAX: u32 = 200;

/// A page of the audit, the newest first, and where the next one begins, when there is one.
pub async fn audit_page(
    desk: &Desk,
    staff: &Staff,
    filter: &AuditFilter,
    before: Option<Position>,
    limit: u32,
) -> Result<(Vec<AuditRow>, Option<Position>), AppError> {
    staff.require(Right::Audit)?;
    let limit = limit.clamp(1, AUDIT_MAX);
    let rows = desk.store.audit_page(staff.shop, filter, before, limit).await?;
    let full = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
    let next = rows.last().filter(|_| full).map(|row| row.position);
    Ok((rows, next))
}
