//! Mails that came in: taken in once, sealed, and what became of each.
//!
//! Must not know: keys, what is sealed, whose a mail is. Tests: `tests/it/mails.rs`,
//! `amends-api/tests/it/mails.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{BuyerId, CaseId, MailId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, Value, args};
use crate::error::StoreError;

/// Most mails read at once.
const READ_MAX: u32 = 200;

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// It was taken in; nothing was made of it yet.
    Arrived,
    /// It is a message on a case.
    Attached,
    /// A consultation 咨询 was opened by it.
    Opened,
    /// Somebody of the shop must say whose it is.
    Parked,
    /// It was written by a machine: nothing comes of it.
    Ignored,
    /// Somebody of the shop put it aside.
    Discarded,
}

impl MailState {
    /// Every state.
    pub const ALL: &[Self] = &[
        Self::Arrived,
        Self::Attached,
        Self::Opened,
        Self::Parked,
        Self::Ignored,
        Self::Discarded,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Attached => "attached",
            Self::Opened => "opened",
            Self::Parked => "parked",
            Self::Ignored => "ignored",
            Self::Discarded => "discarded",
        }
    }

    /// A state by its code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    /// The shop.
    pub shop: ShopId,
    /// Its id.
    pub id: MailId,
    /// What became of it.
    pub state: MailState,
    /// Why it is parked or ignored, as a code.
    pub why: Option<String>,
    /// Whose it is; none while nobody knows.
    pub buyer: Option<BuyerId>,
    /// The case it came to.
    pub case: Option<CaseId>,
    /// Its own key, wrapped by the installation's; none once erased.
    pub key_wrapped: Option<Vec<u8>>,
    /// Sender, subject and text, sealed with that key; none once erased.
    pub sealed: Option<Vec<u8>>,
    /// SHA-256 of the mail as it came, sealed, under which it lies; none once it is settled.
    pub raw: Option<Digest>,
    /// When it was taken in.
    pub at: Moment,
    /// When it came to its end.
    pub settled_at: Option<Moment>,
    /// Who decided, as `amends_domain::event::actor_text` writes it; none where the desk did.
    pub settled_by: Option<String>,
    /// Digest of the request by which somebody decided.
    pub request: Option<Digest>,
    /// When it was erased.
    pub erased_at: Option<Moment>,
}

/// What a mail is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailIdent {
    /// Of its Message-ID, or of its bytes.
    pub ident: Vec<u8>,
    /// Blind index of its sender's address; none where it has none.
    pub sender_index: Option<Vec<u8>>,
}

/// Which mails are meant; every condition that is given must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailFilter {
    /// In one state.
    pub state: Option<MailState>,
    /// That came to one case.
    pub case: Option<CaseId>,
}

const MAIL: &str = "SELECT shop_id, mail_id, state, why, buyer_id, case_id, key_wrapped, sealed, raw_sha256, \
    at, settled_at, settled_by, request, erased_at FROM mails";

fn mail(mut row: Row) -> Result<MailRow, StoreError> {
    Ok(MailRow {
        shop: row.parsed()?,
        id: row.parsed()?,
        state: row.named(MailState::named)?,
        why: row.text_or_none()?,
        buyer: row.parsed_or_none()?,
        case: row.parsed_or_none()?,
        key_wrapped: row.bytes_or_none()?,
        sealed: row.bytes_or_none()?,
        raw: row.digest_or_none()?,
        at: row.moment()?,
        settled_at: row.moment_or_none()?,
        settled_by: row.text_or_none()?,
        request: row.digest_or_none()?,
        erased_at: row.moment_or_none()?,
    })
}

fn digest_bytes(digest: Option<Digest>) -> Option<Vec<u8>> {
    digest.map(|digest| digest.bytes().to_vec())
}

impl Store {
    /// Takes a mail in; returns the one that counts, for the same may have been there before.
    pub async fn mail_insert(&self, row: &MailRow, ident: &MailIdent) -> Result<MailRow, StoreError> {
        const INSERT: &str = "INSERT INTO mails (shop_id, mail_id, ident, sender_index, state, key_wrapped, \
            sealed, raw_sha256, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
        let values = args![
            row.shop,
            row.id,
            ident.ident.as_slice(),
            ident.sender_index.clone(),
            row.state.code(),
            row.key_wrapped.clone(),
            row.sealed.clone(),
            digest_bytes(row.raw),
            row.at
        ];
        self.db().execute(INSERT, values).await?;
        let known = self.mail_by_ident(row.shop, &ident.ident).await?;
        known.ok_or_else(|| StoreError::corrupt("mails", "a mail that was just written is not there"))
    }

    /// A mail by its ident.
    pub async fn mail_by_ident(&self, shop: ShopId, ident: &[u8]) -> Result<Option<MailRow>, StoreError> {
        let query = format!("{MAIL} WHERE shop_id = $1 AND ident = $2");
        let row = self.db().fetch_first(&query, args![shop, ident]).await?;
        row.map(mail).transpose()
    }

    /// A mail by its id.
    pub async fn mail_by_id(&self, shop: ShopId, id: MailId) -> Result<Option<MailRow>, StoreError> {
        let query = format!("{MAIL} WHERE shop_id = $1 AND mail_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(mail).transpose()
    }

    /// Mails of a shop after one of them, oldest first; at most 200.
    pub async fn mails_page(
        &self,
        shop: ShopId,
        filter: MailFilter,
        after: Option<MailId>,
        limit: u32,
    ) -> Result<Vec<MailRow>, StoreError> {
        let mut values = args![shop];
        let mut conditions = vec!["shop_id = $1".to_owned()];
        let wanted = [
            ("state =", filter.state.map(|state| Value::from(state.code()))),
            ("case_id =", filter.case.map(Value::from)),
            ("mail_id >", after.map(Value::from)),
        ];
        for (condition, value) in wanted {
            if let Some(value) = value {
                values.push(value);
                conditions.push(format!("{condition} ${}", values.len()));
            }
        }
        values.push(limit.min(READ_MAX).into());
        let query = format!(
            "{MAIL} WHERE {} ORDER BY mail_id LIMIT ${}",
            conditions.join(" AND "),
            values.len()
        );
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(mail).collect()
    }

    /// Mails of all shops of which nothing was made, taken in before `before`: a crash came in between.
    /// Oldest first; at most 200.
    pub async fn mails_left(&self, before: Moment, limit: u32) -> Result<Vec<MailRow>, StoreError> {
        let query = format!("{MAIL} WHERE state = 'arrived' AND at < $1 ORDER BY mail_id LIMIT $2");
        let rows = self
            .db()
            .fetch(&query, args![before, limit.min(READ_MAX)])
            .await?;
        rows.into_iter().map(mail).collect()
    }

    /// Writes down what became of a mail that stood in `from`; `false` when it no longer did, and nothing
    /// was written. What was erased meanwhile stays so.
    pub async fn mail_settle(&self, row: &MailRow, from: MailState) -> Result<bool, StoreError> {
        const SETTLE: &str = "UPDATE mails SET state = $4, why = $5, buyer_id = $6, case_id = $7, \
            sealed = $8, raw_sha256 = $9, settled_at = $10, settled_by = $11, request = $12 \
            WHERE shop_id = $1 AND mail_id = $2 AND state = $3 AND erased_at IS NULL";
        let values = args![
            row.shop,
            row.id,
            from.code(),
            row.state.code(),
            row.why.clone(),
            row.buyer,
            row.case,
            row.sealed.clone(),
            digest_bytes(row.raw),
            row.settled_at,
            row.settled_by.clone(),
            digest_bytes(row.request)
        ];
        Ok(self.db().execute(SETTLE, values).await? == 1)
    }
}
