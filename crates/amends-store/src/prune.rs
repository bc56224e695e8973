//! Pruning: rows that have done their work are removed once nobody asks for them any more.
//!
//! Never pruned: events, cases, orders, texts, the audit, anchors.
//! Must not know: how often. Tests: `tests/it/statements.rs`.

use amends_domain::time::Moment;

use crate::Store;
use crate::db::args;
use crate::error::StoreError;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
/// How long a session that ended, or a settled effect, can still be looked up.
const ENDED_DAYS: i64 = 30;
/// How long repeating a command under its key is harmless: beyond it the key is a new one.
const KEY_DAYS: i64 = 90;
/// How long a mail that nothing came of is kept: sent again within, it is known.
const MAIL_DAYS: i64 = 90;
/// Most rows of a table removed at once, so that commands do not wait for it.
const ROWS_MAX: u32 = 5_000;

/// How many rows were removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Sessions that ended more than 30 days ago.
    pub sessions: u64,
    /// Effects settled more than 30 days ago.
    pub outbox: u64,
    /// Idempotency keys used more than 90 days ago.
    pub keys: u64,
    /// Mails ignored or put aside more than 90 days ago.
    pub mails: u64,
}

impl Pruned {
    /// Whether nothing was removed: then nothing is left to remove.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Store {
    /// Removes what is past its time at `now`, at most 5,000 rows of each table; asked again, more.
    pub async fn prune(&self, now: Moment) -> Result<Pruned, StoreError> {
        const SESSIONS: &str = "WITH due AS MATERIALIZED (SELECT session FROM sessions \
            WHERE expires_at < $1 OR revoked_at < $1 LIMIT $2) \
            DELETE FROM sessions WHERE session IN (SELECT session FROM due)";
        const OUTBOX: &str = "WITH due AS MATERIALIZED (SELECT shop_id, case_id, seq FROM outbox \
            WHERE done_at < $1 LIMIT $2) \
            DELETE FROM outbox WHERE (shop_id, case_id, seq) IN (SELECT shop_id, case_id, seq FROM due)";
        const KEYS: &str = "WITH due AS MATERIALIZED (SELECT shop_id, scope, key FROM idempotency \
            WHERE at < $1 LIMIT $2) \
            DELETE FROM idempotency WHERE (shop_id, scope, key) IN (SELECT shop_id, scope, key FROM due)";
        const MAILS: &str = "WITH due AS MATERIALIZED (SELECT shop_id, mail_id FROM mails \
            WHERE state IN ('ignored', 'discarded') AND settled_at < $1 LIMIT $2) \
            DELETE FROM mails WHERE (shop_id, mail_id) IN (SELECT shop_id, mail_id FROM due)";
        let before = |days: i64| args![now.plus_millis(-days * DAY_MILLIS), ROWS_MAX];
        Ok(Pruned {
            sessions: self.db().execute(SESSIONS, before(ENDED_DAYS)).await?,
            outbox: self.db().execute(OUTBOX, before(ENDED_DAYS)).await?,
            keys: self.db().execute(KEYS, before(KEY_DAYS)).await?,
            mails: self.db().execute(MAILS, before(MAIL_DAYS)).await?,
        })
    }
}
