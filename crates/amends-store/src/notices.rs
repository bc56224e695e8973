//! Notices: what is to be told to buyers and people of the shop, shared out among nodes by leases,
//! and what became of it.
//!
//! Must not know: addresses in clear, texts' templates, how anything is sent.
//! Tests: `amends-api/tests/it/notices.rs`.

use amends_domain::ids::{CaseId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, Tx, args};
use crate::error::StoreError;
use crate::stream::Position;

/// Most notices taken at once.
const CLAIM_MAX: u32 = 1_000;
/// Most notices of one case, or shops, that are read at once.
const READ_MAX: u32 = 1_000;
/// The ordinal that no event has: a cursor there is behind all of its commit.
const WHOLE: i64 = i64::MAX;

/// A shop whose events have not all been told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// The shop.
    pub shop: ShopId,
    /// Up to where they are told.
    pub told: Position,
    /// The last commit there was; what was read to its end is told up to here, whole.
    pub upto_commit: i64,
}

impl Behind {
    /// Where a reader stands who has read everything there was, with this event the last of it.
    pub fn end(&self, last: Option<Position>) -> Position {
        let commit = last.map_or(self.upto_commit, |last| last.commit.max(self.upto_commit));
        Position {
            commit,
            ordinal: WHOLE,
        }
    }
}

/// By which way a notice goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeChannel {
    /// Mail.
    Mail,
    /// A short message 短信 to a telephone.
    Sms,
}

impl NoticeChannel {
    /// Every channel.
    pub const ALL: &[Self] = &[Self::Mail, Self::Sms];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    /// A channel by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|channel| channel.code() == code)
    }
}

/// How far a notice has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeState {
    /// It waits, or is tried again.
    Queued,
    /// It was handed over to the mail server or the telephone service.
    Sent,
    /// It will not be sent; the error says why.
    Failed,
    /// Whom it is for has no address on this channel.
    NoAddress,
}

impl NoticeState {
    /// Every state.
    pub const ALL: &[Self] = &[Self::Queued, Self::Sent, Self::Failed, Self::NoAddress];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::NoAddress => "no_address",
        }
    }

    /// A state by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }
}

/// A notice on one channel, known by the event it follows from, its code and the channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// The shop.
    pub shop: ShopId,
    /// The case.
    pub case: CaseId,
    /// The event's place in the case.
    pub seq: u64,
    /// Which notice it is.
    pub code: String,
    /// By which way it goes.
    pub channel: NoticeChannel,
    /// Whom it is for, as the desk writes it down.
    pub recipient: String,
    /// The tag of its language.
    pub language: String,
    /// Its subject; none on a channel without subjects, or once erased.
    pub subject: Option<String>,
    /// Its text, without greeting; none when it could not be written, or once erased.
    pub body: Option<String>,
    /// How far it has come.
    pub state: NoticeState,
    /// Where it went, masked; none before it was tried.
    pub address: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was queued.
    pub at: Moment,
    /// When it is tried next.
    pub due_at: Moment,
    /// When it came to its end.
    pub settled_at: Option<Moment>,
    /// What went wrong last.
    pub error: Option<String>,
}

const COLUMNS: &str = "shop_id, case_id, seq, code, channel, recipient, language, subject, body, state, \
    address, attempts, at, due_at, settled_at, error";

fn notice(mut row: Row) -> Result<NoticeRow, StoreError> {
    Ok(NoticeRow {
        shop: row.parsed()?,
        case: row.parsed()?,
        seq: row.count()?,
        code: row.text()?,
        channel: row.named(NoticeChannel::named)?,
        recipient: row.text()?,
        language: row.text()?,
        subject: row.text_or_none()?,
        body: row.text_or_none()?,
        state: row.named(NoticeState::named)?,
        address: row.text_or_none()?,
        attempts: row.count32()?,
        at: row.moment()?,
        due_at: row.moment()?,
        settled_at: row.moment_or_none()?,
        error: row.text_or_none()?,
    })
}

/// Queues notices; one that is there already stays as it is.
pub(crate) async fn insert_notices(tx: &mut Tx, notices: &[NoticeRow]) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO notices ({COLUMNS}) VALUES \
         ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING"
    );
    for row in notices {
        let values = args![
            row.shop,
            row.case,
            row.seq,
            row.code.as_str(),
            row.channel.code(),
            row.recipient.as_str(),
            row.language.as_str(),
            row.subject.clone(),
            row.body.clone(),
            row.state.code(),
            row.address.clone(),
            row.attempts,
            row.at,
            row.due_at,
            row.settled_at,
            row.error.clone()
        ];
        tx.execute(&insert, values).await?;
    }
    Ok(())
}

impl Store {
    /// Shops with events that nobody has been told of yet, at most 1,000.
    pub async fn notices_behind(&self) -> Result<Vec<Behind>, StoreError> {
        // Counted before the events are read: whatever was committed by then is visible.
        const BEHIND: &str = "SELECT c.shop_id, COALESCE(n.commit_id, 0), COALESCE(n.ordinal, 0), c.value \
            FROM counters c LEFT JOIN notice_cursors n ON n.shop_id = c.shop_id \
            WHERE c.name = 'commit' AND (c.value > COALESCE(n.commit_id, 0) OR n.ordinal < $1) \
            ORDER BY c.shop_id LIMIT $2";
        let rows = self.db().fetch(BEHIND, args![WHOLE, READ_MAX]).await?;
        let behind = |mut row: Row| {
            Ok(Behind {
                shop: row.parsed()?,
                told: Position {
                    commit: row.int()?,
                    ordinal: row.int()?,
                },
                upto_commit: row.int()?,
            })
        };
        rows.into_iter().map(behind).collect()
    }

    /// Queues what the events between two positions of a shop come to, and moves its cursor, in one
    /// transaction; `false` when somebody else has moved it meanwhile, and nothing was written. A notice
    /// that is there already stays as it is.
    pub async fn notices_tell(
        &self,
        shop: ShopId,
        (from, to): (Position, Position),
        notices: &[NoticeRow],
    ) -> Result<bool, StoreError> {
        const BEGIN: &str = "INSERT INTO notice_cursors (shop_id, commit_id, ordinal) VALUES ($1, 0, 0) \
            ON CONFLICT DO NOTHING";
        const MOVE: &str = "UPDATE notice_cursors SET commit_id = $4, ordinal = $5 \
            WHERE shop_id = $1 AND commit_id = $2 AND ordinal = $3";
        let mut tx = self.db().begin().await?;
        tx.execute(BEGIN, args![shop]).await?;
        let values = args![shop, from.commit, from.ordinal, to.commit, to.ordinal];
        if tx.execute(MOVE, values).await? != 1 {
            return Ok(false);
        }
        insert_notices(&mut tx, notices).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes due notices of all shops, earliest first, for `lease_millis`: until then no other node
    /// is given them.
    pub async fn notices_claim(
        &self,
        now: Moment,
        limit: u32,
        lease_millis: i64,
    ) -> Result<Vec<NoticeRow>, StoreError> {
        // Materialized, as with deadlines: else more than the limit may be taken.
        let claim = self.engine().text(
            "WITH due AS MATERIALIZED ( \
               SELECT shop_id, case_id, seq, code, channel FROM notices \
               WHERE settled_at IS NULL AND due_at <= $1 AND lease_until <= $1 \
               ORDER BY due_at, case_id, seq, code, channel LIMIT $3 {FOR UPDATE SKIP LOCKED}) \
             UPDATE notices SET lease_until = $2 \
             WHERE (shop_id, case_id, seq, code, channel) IN ( \
               SELECT shop_id, case_id, seq, code, channel FROM due) \
             RETURNING ",
        );
        let claim = format!("{claim}{COLUMNS}");
        let values = args![now, now.plus_millis(lease_millis), limit.min(CLAIM_MAX)];
        let rows = self.db().execute_returning(&claim, values).await?;
        let mut due: Vec<NoticeRow> = rows.into_iter().map(notice).collect::<Result<_, _>>()?;
        due.sort_by(|one, other| {
            let key = |row: &NoticeRow| (row.due_at, row.case, row.seq);
            (key(one), &one.code, one.channel).cmp(&(key(other), &other.code, other.channel))
        });
        Ok(due)
    }

    /// Writes down how far a notice has come, and ends its lease; `false` when it was settled before.
    pub async fn notice_mark(&self, row: &NoticeRow) -> Result<bool, StoreError> {
        const MARK: &str = "UPDATE notices SET state = $6, address = $7, attempts = $8, due_at = $9, \
            settled_at = $10, error = $11, lease_until = 0 \
            WHERE shop_id = $1 AND case_id = $2 AND seq = $3 AND code = $4 AND channel = $5 \
            AND settled_at IS NULL";
        let values = args![
            row.shop,
            row.case,
            row.seq,
            row.code.as_str(),
            row.channel.code(),
            row.state.code(),
            row.address.clone(),
            row.attempts,
            row.due_at,
            row.settled_at,
            row.error.clone()
        ];
        Ok(self.db().execute(MARK, values).await? == 1)
    }

    /// Notices of one case, oldest first; at most 1,000.
    pub async fn notices_of_case(&self, shop: ShopId, case: CaseId) -> Result<Vec<NoticeRow>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS} FROM notices WHERE shop_id = $1 AND case_id = $2 \
             ORDER BY seq, code, channel LIMIT $3"
        );
        let rows = self.db().fetch(&query, args![shop, case, READ_MAX]).await?;
        rows.into_iter().map(notice).collect()
    }
}
