//! The stream of a shop's events in the order they became visible: for live updates and projections.
//!
//! A reader pages by position and never skips: a shop's commits are counted in a row that stays
//! locked until the commit, so no number becomes visible before a lower one.
//! Must not know: who reads. Tests: `tests/it/stream.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most events read at once.
const READ_MAX: u32 = 1_000;

/// A place in a shop's stream: after the event of this commit and ordinal. The default is before all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The commit, counted by shop.
    pub commit: i64,
    /// The place in it.
    pub ordinal: i64,
}

/// An event as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Whose it is.
    pub case: CaseId,
    /// Its place in the case, from 1.
    pub seq: u64,
    /// When it happened.
    pub at: Moment,
    /// Who made it happen, as `amends_domain::event::actor_text` writes it.
    pub actor: String,
    /// The stable name of its type.
    pub name: String,
    /// The version its bytes are of.
    pub version: i64,
    /// Its bytes, as hashed.
    pub body: Vec<u8>,
    /// The link of the case's chain that ends here.
    pub hash: Digest,
    /// The commit that brought it, counted by shop.
    pub commit_id: i64,
    /// Its place in that transaction.
    pub ordinal: i64,
}

impl EventRow {
    /// Where the stream goes on after it.
    pub fn position(&self) -> Position {
        Position {
            commit: self.commit_id,
            ordinal: self.ordinal,
        }
    }
}

pub(crate) const EVENT_COLUMNS: &str =
    "case_id, seq, at, actor, type, version, body, hash, commit_id, ordinal";

pub(crate) fn event_row(mut row: Row) -> Result<EventRow, StoreError> {
    Ok(EventRow {
        case: row.parsed()?,
        seq: row.count()?,
        at: row.moment()?,
        actor: row.text()?,
        name: row.text()?,
        version: row.int()?,
        body: row.bytes()?,
        hash: row.digest()?,
        commit_id: row.int()?,
        ordinal: row.int()?,
    })
}

impl Store {
    /// Events of a shop after a position, in order; at most 1,000. No event will ever appear
    /// before one that was returned.
    pub async fn events_after(
        &self,
        shop: ShopId,
        after: Position,
        limit: u32,
    ) -> Result<Vec<EventRow>, StoreError> {
        let query = format!(
            "SELECT {EVENT_COLUMNS} FROM events WHERE shop_id = $1 AND (commit_id, ordinal) > ($2, $3) \
             ORDER BY commit_id, ordinal LIMIT $4"
        );
        let values = args![shop, after.commit, after.ordinal, limit.min(READ_MAX)];
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(event_row).collect()
    }

    /// Where a shop's stream ends for now: what [`Store::events_after`] would return last.
    pub async fn last_position(&self, shop: ShopId) -> Result<Position, StoreError> {
        const LAST: &str = "SELECT commit_id, ordinal FROM events WHERE shop_id = $1 \
            ORDER BY commit_id DESC, ordinal DESC LIMIT 1";
        let row = self.db().fetch_first(LAST, args![shop]).await?;
        row.map_or(Ok(Position::default()), |mut row| {
            Ok(Position {
                commit: row.int()?,
                ordinal: row.int()?,
            })
        })
    }
}
