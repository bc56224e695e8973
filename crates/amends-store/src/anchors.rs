//! Anchors: once a day, one digest over the heads of the chains that grew since the anchor before,
//! and over that anchor. Kept elsewhere, it shows a tail that was cut off and a case that was deleted.
//!
//! Must not know: where anchors are exported to. Tests: `tests/it/statements.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Heads read at once.
const PAGE: u32 = 1_000;

/// An anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The day it stands for, `2026-03-01`.
    pub day: String,
    /// The last commit it covers.
    pub upto_commit: i64,
    /// How many cases it covers: those with an event since the anchor before.
    pub cases: u64,
    /// `previous`, and then for every case it covers, in the order of ids, the digest of what came
    /// before it with its id, the number of its last event (8 bytes, big-endian) and that event's hash.
    pub root: Digest,
    /// The root of the anchor before; zeros for the first.
    pub previous: Digest,
    /// When it was made.
    pub at: Moment,
}

const ANCHORS: &str = "SELECT day, upto_commit, cases, root, previous, at FROM anchors \
    WHERE shop_id = $1 ORDER BY upto_commit, day";

/// The last event of each case that has one between two commits. SQLite would walk every event of the
/// shop, for the sake of their order or to join them: the plus and the CROSS JOIN keep it from that.
const HEADS: &str = "SELECT e.case_id, e.seq, e.hash FROM ( \
      SELECT case_id, MAX(seq) AS seq FROM events \
      WHERE shop_id = $1 AND [+]case_id > $2 AND commit_id > $3 AND commit_id <= $4 \
      GROUP BY case_id ORDER BY case_id LIMIT $5 \
    ) h CROSS JOIN events e \
    WHERE e.shop_id = $1 AND e.case_id = h.case_id AND e.seq = h.seq ORDER BY e.case_id";

/// The root over one more case, cases taken in the order of their ids.
pub fn anchor_link(root: Digest, case: CaseId, seq: u64, head: Digest) -> Digest {
    Digest::of(&[
        root.bytes(),
        case.to_string().as_bytes(),
        &seq.to_be_bytes(),
        head.bytes(),
    ])
}

fn anchor(mut row: Row) -> Result<Anchor, StoreError> {
    Ok(Anchor {
        day: row.text()?,
        upto_commit: row.int()?,
        cases: row.count()?,
        root: row.digest()?,
        previous: row.digest()?,
        at: row.moment()?,
    })
}

impl Store {
    /// Anchors a shop's chains as they are now. A day is anchored once: asked again, it returns
    /// the anchor that is there.
    pub async fn anchor_write(&self, shop: ShopId, day: &str, at: Moment) -> Result<Anchor, StoreError> {
        const INSERT: &str = "INSERT INTO anchors (shop_id, day, upto_commit, cases, root, previous, at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let known = self.anchors_list(shop).await?;
        if let Some(known) = known.iter().find(|anchor| anchor.day == day) {
            return Ok(known.clone());
        }
        let (after, previous) = known
            .last()
            .map_or((0, Digest::ZERO), |anchor| (anchor.upto_commit, anchor.root));
        let upto_commit = self.last_commit(shop).await?;
        let (cases, root) = self.anchor_root(shop, (after, upto_commit), previous).await?;
        let values = args![shop, day, upto_commit, cases, root, previous, at];
        self.db().execute(INSERT, values).await?;
        // Another node may have been first; its anchor is the one that counts.
        let written = self
            .anchors_list(shop)
            .await?
            .into_iter()
            .find(|anchor| anchor.day == day);
        written.ok_or_else(|| StoreError::corrupt("anchors", "an anchor that was just written is missing"))
    }

    /// A shop's anchors, oldest first.
    pub async fn anchors_list(&self, shop: ShopId) -> Result<Vec<Anchor>, StoreError> {
        let rows = self.db().fetch(ANCHORS, args![shop]).await?;
        rows.into_iter().map(anchor).collect()
    }

    /// How many cases have events from after the first commit up to the last, and the root over them:
    /// what an anchor must agree with for ever.
    async fn anchor_root(
        &self,
        shop: ShopId,
        (after_commit, upto_commit): (i64, i64),
        previous: Digest,
    ) -> Result<(u64, Digest), StoreError> {
        let heads = self.db().engine().text(HEADS);
        let (mut cases, mut root, mut after) = (0, previous, String::new());
        loop {
            let values = args![shop, after.as_str(), after_commit, upto_commit, PAGE];
            let rows = self.db().fetch_unhurried(&heads, values).await?;
            if rows.is_empty() {
                return Ok((cases, root));
            }
            for mut row in rows {
                let case: CaseId = row.parsed()?;
                let (seq, hash) = (row.count()?, row.digest()?);
                after = case.to_string();
                root = anchor_link(root, case, seq, hash);
                cases += 1;
            }
        }
    }

    /// The shop's last commit; every earlier one is visible too.
    async fn last_commit(&self, shop: ShopId) -> Result<i64, StoreError> {
        const LAST: &str = "SELECT value FROM counters WHERE shop_id = $1 AND name = 'commit'";
        let row = self.db().fetch_first(LAST, args![shop]).await?;
        row.map_or(Ok(0), |mut row| row.int())
    }
}
