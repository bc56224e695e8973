//! The shop's events in the order they became visible: for systems that follow along.
//!
//! Must not know: the wire. Tests: `amends-api/tests/it/events.rs`.

use amends_domain::event::Event;
pub use amends_store::{EventRow, Position};

use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// Longest page of the stream.
pub const EVENTS_MAX: u32 = 1_000;

/// Events after a position, without texts; a reader that goes on from the last one never skips.
pub async fn events_page(
    desk: &Desk,
    staff: &Staff,
    after: Position,
    limit: u32,
) -> Result<Vec<(EventRow, Event)>, AppError> {
    staff.require(Right::Stream)?;
    let rows = desk
        .store
        .events_after(staff.shop, after, limit.clamp(1, EVENTS_MAX))
        .await?;
    let decode = |row: EventRow| {
        let event = Event::decode(row.version, &row.body)
            .map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
        Ok((row, event))
    };
    rows.into_iter().map(decode).collect()
}

/// Where the stream ends for now: for who wants only what comes.
pub async fn events_end(desk: &Desk, staff: &Staff) -> Result<Position, AppError> {
    staff.require(Right::Stream)?;
    Ok(desk.store.last_position(staff.shop).await?)
}

/// What changed after a position, for whoever reads cases: which case, up to which event, and of which
/// type. What it says, the case itself tells.
pub async fn changes_page(
    desk: &Desk,
    staff: &Staff,
    after: Position,
    limit: u32,
) -> Result<Vec<EventRow>, AppError> {
    staff.require(Right::Read)?;
    let limit = limit.clamp(1, EVENTS_MAX);
    Ok(desk.store.events_after(staff.shop, after, limit).await?)
}

/// Where the changes end for now.
pub async fn changes_end(desk: &Desk, staff: &Staff) -> Result<Position, AppError> {
    staff.require(Right::Read)?;
    Ok(desk.store.last_position(staff.shop).await?)
}
