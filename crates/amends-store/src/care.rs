//! Segments of buyers and the mails that are written to them.
//!
//! Must not know: texts, what a condition means, how anything is sent. Tests: `amends-api/tests/it/care.rs`.

pub(crate) mod letters;
pub(crate) mod people;

use std::collections::BTreeMap;

use amends_domain::ids::{BuyerId, CareId, SegmentId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, Tx, args};
use crate::error::StoreError;

/// Most segments and mails read at once.
const READ_MAX: u32 = 200;

/// A segment 人群: a saved condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentRow {
    /// Its id.
    pub id: SegmentId,
    /// What it is called.
    pub name: String,
    /// The condition, as JSON.
    pub condition: String,
    /// Counts every write, from 1.
    pub version: u64,
    /// When it was written last.
    pub changed_at: Moment,
}

/// How far a care mail has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CareMailState {
    /// It is being written.
    Draft,
    /// It was confirmed, and its letters are being written.
    Planning,
    /// Its letters go.
    Sending,
    /// It was called off, and what has not left is taken back.
    Cancelling,
    /// It was called off.
    Cancelled,
    /// All of its letters are settled.
    Done,
}

impl CareMailState {
    /// Every state.
    pub const ALL: &[Self] = &[
        Self::Draft,
        Self::Planning,
        Self::Sending,
        Self::Cancelling,
        Self::Cancelled,
        Self::Done,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Planning => "planning",
            Self::Sending => "sending",
            Self::Cancelling => "cancelling",
            Self::Cancelled => "cancelled",
            Self::Done => "done",
        }
    }

    /// A state by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }
}

/// A care mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareMailRow {
    /// Its id.
    pub id: CareId,
    /// Counts every write of the draft, from 1.
    pub version: u64,
    /// How far it has come.
    pub state: CareMailState,
    /// The one buyer it is for.
    pub buyer: Option<BuyerId>,
    /// Its subject; none once the one buyer it is for was erased.
    pub subject: Option<String>,
    /// Its text; likewise.
    pub body: Option<String>,
    /// To whom and when, as JSON.
    pub draft: String,
    /// What was confirmed, as JSON.
    pub plan: Option<String>,
    /// When it was begun.
    pub created_at: Moment,
    /// By whom, as `amends_domain::event::actor_text` writes it.
    pub created_by: String,
    /// When it was confirmed.
    pub confirmed_at: Option<Moment>,
    /// By whom.
    pub confirmed_by: Option<String>,
    /// When all of it was settled.
    pub ended_at: Option<Moment>,
    /// Up to which buyer its letters are written; empty before the first.
    pub planned_to: String,
    /// When there is something to do for it again.
    pub due_at: Moment,
}

const SEGMENT: &str = "SELECT segment_id, name, condition, version, changed_at FROM care_segments";
const MAIL_COLUMNS: &str = "care_id, version, state, buyer_id, subject, body, draft, plan, created_at, \
    created_by, confirmed_at, confirmed_by, ended_at, planned_to, due_at";

fn segment(mut row: Row) -> Result<SegmentRow, StoreError> {
    Ok(SegmentRow {
        id: row.parsed()?,
        name: row.text()?,
        condition: row.text()?,
        version: row.count()?,
        changed_at: row.moment()?,
    })
}

fn mail(mut row: Row) -> Result<CareMailRow, StoreError> {
    Ok(CareMailRow {
        id: row.parsed()?,
        version: row.count()?,
        state: row.named(CareMailState::named)?,
        buyer: row.parsed_or_none()?,
        subject: row.text_or_none()?,
        body: row.text_or_none()?,
        draft: row.text()?,
        plan: row.text_or_none()?,
        created_at: row.moment()?,
        created_by: row.text()?,
        confirmed_at: row.moment_or_none()?,
        confirmed_by: row.text_or_none()?,
        ended_at: row.moment_or_none()?,
        planned_to: row.text()?,
        due_at: row.moment()?,
    })
}

/// Adds to the counts of a mail, each name once and in the order of names, so that nobody waits in a circle.
async fn count_up(
    tx: &mut Tx,
    shop: ShopId,
    care: CareId,
    counts: &BTreeMap<String, u64>,
) -> Result<(), StoreError> {
    const UP: &str = "INSERT INTO care_counts (shop_id, care_id, name, value) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (shop_id, care_id, name) DO UPDATE SET value = care_counts.value + excluded.value";
    for (name, value) in counts {
        tx.execute(UP, args![shop, care, name.as_str(), *value]).await?;
    }
    Ok(())
}

impl Store {
    /// The shop's segments by name; at most 200.
    pub async fn segments(&self, shop: ShopId) -> Result<Vec<SegmentRow>, StoreError> {
        let query = format!("{SEGMENT} WHERE shop_id = $1 ORDER BY name LIMIT $2");
        let rows = self.db().fetch(&query, args![shop, READ_MAX]).await?;
        rows.into_iter().map(segment).collect()
    }

    /// A segment by its id.
    pub async fn segment_get(&self, shop: ShopId, id: SegmentId) -> Result<Option<SegmentRow>, StoreError> {
        let query = format!("{SEGMENT} WHERE shop_id = $1 AND segment_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(segment).transpose()
    }

    /// Writes a segment in the place of the version before; `false`, and nothing written, when another has
    /// its name, or somebody wrote it meanwhile.
    pub async fn segment_put(&self, shop: ShopId, row: &SegmentRow) -> Result<bool, StoreError> {
        const INSERT: &str = "INSERT INTO care_segments (shop_id, segment_id, name, condition, version, changed_at) \
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        const UPDATE: &str = "UPDATE care_segments SET name = $3, condition = $4, version = $5, changed_at = $6 \
            WHERE shop_id = $1 AND segment_id = $2 AND version = $5 - 1 AND NOT EXISTS (SELECT 1 \
            FROM care_segments o WHERE o.shop_id = $1 AND o.name = $3 AND o.segment_id <> $2)";
        let values = args![
            shop,
            row.id,
            row.name.as_str(),
            row.condition.as_str(),
            row.version,
            row.changed_at
        ];
        let statement = if row.version == 1 { INSERT } else { UPDATE };
        Ok(self.db().execute(statement, values).await? == 1)
    }

    /// Removes a segment; mails that were confirmed keep their own condition.
    pub async fn segment_remove(&self, shop: ShopId, id: SegmentId) -> Result<bool, StoreError> {
        const REMOVE: &str = "DELETE FROM care_segments WHERE shop_id = $1 AND segment_id = $2";
        Ok(self.db().execute(REMOVE, args![shop, id]).await? == 1)
    }

    /// The shop's care mails, latest first, before one; at most 200.
    pub async fn care_mails(
        &self,
        shop: ShopId,
        before: Option<CareId>,
        limit: u32,
    ) -> Result<Vec<CareMailRow>, StoreError> {
        let query = format!(
            "SELECT {MAIL_COLUMNS} FROM care_mails WHERE shop_id = $1 AND care_id < $2 \
             ORDER BY care_id DESC LIMIT $3"
        );
        // Behind every id.
        let before = before.map_or_else(|| "care_~".to_owned(), |id| id.to_string());
        let rows = self
            .db()
            .fetch(&query, args![shop, before, limit.min(READ_MAX)])
            .await?;
        rows.into_iter().map(mail).collect()
    }

    /// A care mail by its id.
    pub async fn care_mail_get(&self, shop: ShopId, id: CareId) -> Result<Option<CareMailRow>, StoreError> {
        let query = format!("SELECT {MAIL_COLUMNS} FROM care_mails WHERE shop_id = $1 AND care_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(mail).transpose()
    }

    /// Writes a draft in the place of the version before; `false`, and nothing written, when somebody wrote
    /// it meanwhile, or it is no draft any more.
    pub async fn care_mail_put(&self, shop: ShopId, row: &CareMailRow) -> Result<bool, StoreError> {
        const INSERT: &str = "INSERT INTO care_mails (shop_id, care_id, version, state, buyer_id, subject, body, \
            draft, created_at, created_by) VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9) \
            ON CONFLICT DO NOTHING";
        const UPDATE: &str = "UPDATE care_mails SET version = $3, buyer_id = $4, subject = $5, body = $6, \
            draft = $7 WHERE shop_id = $1 AND care_id = $2 AND version = $3 - 1 AND state = 'draft'";
        let mut values = args![
            shop,
            row.id,
            row.version,
            row.buyer,
            row.subject.clone(),
            row.body.clone(),
            row.draft.as_str()
        ];
        let statement = if row.version == 1 {
            values.extend(args![row.created_at, row.created_by.as_str()]);
            INSERT
        } else {
            UPDATE
        };
        Ok(self.db().execute(statement, values).await? == 1)
    }

    /// Confirms a draft of this version: from now on its letters are written. `false` when somebody wrote it
    /// meanwhile, or it is no draft any more.
    pub async fn care_mail_confirm(
        &self,
        shop: ShopId,
        (id, version): (CareId, u64),
        plan: &str,
        (at, by): (Moment, &str),
    ) -> Result<bool, StoreError> {
        const CONFIRM: &str = "UPDATE care_mails SET state = 'planning', plan = $4, confirmed_at = $5, \
            confirmed_by = $6, due_at = $5 \
            WHERE shop_id = $1 AND care_id = $2 AND version = $3 AND state = 'draft'";
        let values = args![shop, id, version, plan, at, by];
        Ok(self.db().execute(CONFIRM, values).await? == 1)
    }

    /// Calls a mail off; `false` when it is not to be called off any more.
    pub async fn care_mail_cancel(&self, shop: ShopId, id: CareId, at: Moment) -> Result<bool, StoreError> {
        const CANCEL: &str = "UPDATE care_mails SET \
            state = CASE WHEN state = 'draft' THEN 'cancelled' ELSE 'cancelling' END, \
            ended_at = CASE WHEN state = 'draft' THEN $3 ELSE ended_at END, due_at = $3 \
            WHERE shop_id = $1 AND care_id = $2 AND state IN ('draft', 'planning', 'sending')";
        Ok(self.db().execute(CANCEL, args![shop, id, at]).await? == 1)
    }

    /// Mails of all shops for which there is something to do, the most overdue first; at most 200.
    pub async fn care_working(
        &self,
        now: Moment,
        limit: u32,
    ) -> Result<Vec<(ShopId, CareMailRow)>, StoreError> {
        let query = format!(
            "SELECT shop_id, {MAIL_COLUMNS} FROM care_mails \
             WHERE state IN ('planning', 'sending', 'cancelling') AND due_at <= $1 ORDER BY due_at, care_id LIMIT $2"
        );
        let rows = self.db().fetch(&query, args![now, limit.min(READ_MAX)]).await?;
        rows.into_iter()
            .map(|mut row| Ok((row.parsed()?, mail(row)?)))
            .collect()
    }

    /// How many buyers came to what, by name.
    pub async fn care_counts(&self, shop: ShopId, id: CareId) -> Result<BTreeMap<String, u64>, StoreError> {
        const COUNTS: &str = "SELECT name, value FROM care_counts WHERE shop_id = $1 AND care_id = $2";
        let rows = self.db().fetch(COUNTS, args![shop, id]).await?;
        rows.into_iter()
            .map(|mut row| Ok((row.text()?, row.count()?)))
            .collect()
    }
}
