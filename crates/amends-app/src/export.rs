//! Exports: events in the sequence they were committed in, and anchors, as JSON lines.
//!
//! Positions in the database are left out, so that the same shop on another database exports the
//! same bytes. Must not know: files. Tests: `amends-sim/tests/it`.

use std::io::Write;

use amends_domain::ids::ShopId;
use amends_store::Position;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::desk::Desk;
use crate::error::AppError;

const PAGE: u32 = 2_000;

#[derive(Serialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Record<'a> {
    Event {
        case: String,
        seq: u64,
        at: String,
        actor: &'a RawValue,
        version: i64,
        event: &'a RawValue,
        hash: String,
    },
    Anchor {
        shop: String,
        day: &'a str,
        cases: u64,
        root: String,
        previous: String,
    },
}

fn unreadable(fault: impl std::fmt::Display) -> AppError {
    AppError::Inconsistent(format!("an event cannot be exported: {fault}"))
}

fn write_line(out: &mut impl Write, record: &Record<'_>) -> Result<(), AppError> {
    serde_json::to_writer(&mut *out, record).map_err(unreadable)?;
    out.write_all(b"\n").map_err(unreadable)
}

/// Writes every event of a shop; returns how many.
pub async fn events_write(desk: &Desk, shop: ShopId, out: &mut impl Write) -> Result<u64, AppError> {
    let mut after = Position::default();
    let mut count = 0;
    loop {
        let page = desk.store.events_after(shop, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(count) };
        after = Position {
            commit: last.commit_id,
            ordinal: last.ordinal,
        };
        for row in &page {
            let body = std::str::from_utf8(&row.body).map_err(unreadable)?;
            let record = Record::Event {
                case: row.case.to_string(),
                seq: row.seq,
                at: row.at.to_string(),
                actor: serde_json::from_str(&row.actor).map_err(unreadable)?,
                version: row.version,
                event: serde_json::from_str(body).map_err(unreadable)?,
                hash: row.hash.to_string(),
            };
            write_line(out, &record)?;
            count += 1;
        }
    }
}

/// Writes every anchor of a shop; returns how many.
pub async fn anchors_write(desk: &Desk, shop: ShopId, out: &mut impl Write) -> Result<u64, AppError> {
    let mut count = 0;
    for anchor in desk.store.anchors_list(shop).await? {
        let record = Record::Anchor {
            shop: shop.to_string(),
            day: &anchor.day,
            cases: anchor.cases,
            root: anchor.root.to_string(),
            previous: anchor.previous.to_string(),
        };
        write_line(out, &record)?;
        count += 1;
    }
    Ok(count)
}
