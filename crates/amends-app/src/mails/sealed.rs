//! What a mail says, as it is sealed under the mail's own key, and the mail as it came beside it.
//!
//! Must not know: what becomes of a mail. Tests: `amends-api/tests/it/mails.rs`.

use amends_domain::ids::{MailId, ShopId};
use amends_store::MailRow;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt as _;

use super::incoming::IncomingMail;
use super::{MAIL_BYTES_MAX, MailView};
use crate::desk::Desk;
use crate::error::AppError;
use crate::vault::{MailKey, VaultError};

const CONTENT: &str = "content";
const RAW: &str = "raw";

/// What a mail says. Never logged, never in an event.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailContent {
    /// Who says he wrote it.
    pub from: Option<String>,
    /// Its subject.
    pub subject: String,
    /// What was written.
    pub text: String,
    /// How many characters of quotation were cut.
    pub quoted_chars: usize,
    /// How many characters beyond the limit of texts were cut.
    pub over_chars: usize,
    /// What came along.
    pub files: Vec<MailFile>,
    /// Why it was put aside.
    pub reason: Option<String>,
}

/// A file that came along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailFile {
    /// What its owner calls it.
    pub name: Option<String>,
    /// What it is said to be.
    pub declared: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// Why it did not become evidence, as a code; none when it did, or while nothing is settled.
    pub left_out: Option<String>,
}

impl std::fmt::Debug for MailContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MailContent(…)")
    }
}

impl MailContent {
    /// What a mail says, before anything came of it.
    pub(super) fn of(mail: &IncomingMail) -> Self {
        let file = |file: &super::mime::Attachment| MailFile {
            name: file.name.as_deref().map(file_name),
            declared: file.declared.clone(),
            bytes: file
                .bytes
                .as_ref()
                .map_or(0, |bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX)),
            left_out: None,
        };
        Self {
            from: mail.from.clone(),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            quoted_chars: mail.quoted_chars,
            over_chars: mail.over_chars,
            files: mail.attachments.iter().map(file).collect(),
            reason: None,
        }
    }

    /// What the buyer says with it: his text, or the subject where there is none.
    pub(super) fn words(&self) -> &str {
        if self.text.is_empty() {
            &self.subject
        } else {
            &self.text
        }
    }
}

/// A name that a piece of evidence can have.
pub(super) fn file_name(name: &str) -> String {
    let odd = |letter: char| letter.is_control() || matches!(letter, '/' | '\\');
    let name = name.replace(odd, "_");
    name.chars().take(crate::evidence::FILE_NAME_CHARS_MAX).collect()
}

pub(super) fn closed(fault: VaultError) -> AppError {
    AppError::Inconsistent(format!("a mail: {fault}"))
}

/// A mail's key, and the same as it is stored.
pub(super) fn key_new(desk: &Desk, shop: ShopId, mail: MailId) -> Result<(MailKey, Vec<u8>), AppError> {
    desk.vault.mail_key(shop, mail, &desk.random).map_err(closed)
}

/// The key of a mail that is there; none once it was erased.
fn key_of(desk: &Desk, row: &MailRow) -> Result<Option<MailKey>, AppError> {
    let wrapped = row.key_wrapped.as_deref();
    wrapped
        .map(|wrapped| desk.vault.mail_key_open(row.shop, row.id, wrapped))
        .transpose()
        .map_err(closed)
}

pub(super) fn content_seal(desk: &Desk, key: &MailKey, content: &MailContent) -> Result<Vec<u8>, AppError> {
    let plain =
        serde_json::to_vec(content).map_err(|_| AppError::Inconsistent("a mail's content".to_owned()))?;
    key.seal(CONTENT, &plain, &desk.random).map_err(closed)
}

/// The same under the key the mail has.
pub(super) fn content_reseal(
    desk: &Desk,
    row: &MailRow,
    content: &MailContent,
) -> Result<Option<Vec<u8>>, AppError> {
    let key = key_of(desk, row)?;
    key.map(|key| content_seal(desk, &key, content)).transpose()
}

/// A mail with what it says.
pub(super) fn view(desk: &Desk, row: MailRow) -> Result<MailView, AppError> {
    let unread = |_| AppError::Inconsistent("a mail's content".to_owned());
    let content = match (key_of(desk, &row)?, &row.sealed) {
        (Some(key), Some(sealed)) => {
            let plain = key.open(CONTENT, sealed).map_err(closed)?;
            Some(serde_json::from_slice(&plain).map_err(unread)?)
        }
        _ => None,
    };
    Ok(MailView { row, content })
}

/// Puts the mail as it came beside the evidence, sealed; returns under which digest.
pub(super) async fn raw_keep(
    desk: &Desk,
    shop: ShopId,
    key: &MailKey,
    raw: &[u8],
) -> Result<amends_domain::digest::Digest, AppError> {
    let sealed = key.seal(RAW, raw, &desk.random).map_err(closed)?;
    let name = desk
        .random
        .bytes::<16>()
        .map(|byte| format!("{byte:02x}"))
        .concat();
    let mut writing = desk.blobs()?.begin(&name).await?;
    writing.write(&sealed).await?;
    Ok(desk.blobs()?.keep(shop, writing).await?.0)
}

/// The mail as it came; none once it was settled or erased.
pub(super) async fn raw_open(desk: &Desk, row: &MailRow) -> Result<Option<Vec<u8>>, AppError> {
    let (Some(key), Some(digest)) = (key_of(desk, row)?, row.raw) else {
        return Ok(None);
    };
    let missing = || AppError::Inconsistent(format!("the bytes of {} are not there", row.id));
    let file = desk.blobs()?.open(row.shop, digest).await?.ok_or_else(missing)?;
    let mut sealed = Vec::new();
    // What was sealed is a little longer than what was let in.
    let limit = u64::try_from(MAIL_BYTES_MAX)
        .unwrap_or(u64::MAX)
        .saturating_add(1_024);
    file.take(limit)
        .read_to_end(&mut sealed)
        .await
        .map_err(|fault| AppError::Blobs {
            reason: fault.to_string(),
        })?;
    key.open(RAW, &sealed).map(Some).map_err(closed)
}
