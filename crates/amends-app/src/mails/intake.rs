//! Takes a mail in, once, and makes of it what becomes of it.
//!
//! First it is written down, sealed; then it is carried to its case. What a crash leaves in between is
//! taken up again, by whoever brings the same mail or by the runner.
//! Must not know: how mails come. Tests: `amends-api/tests/it/mails.rs`.

use amends_domain::ids::{MailId, ShopId};
use amends_store::{MailIdent, MailRow, MailState};
use sha2::{Digest as _, Sha256};

use super::MailView;
use super::carry::{To, carry, settle};
use super::fate::{Fate, fate};
use super::incoming::IncomingMail;
use super::known::known;
use super::sealed::{MailContent, content_seal, key_new, raw_keep, raw_open, view};
use crate::caller::{Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;

/// How old a mail is of which nothing was made before the runner takes it up: whoever brought it is done
/// by then, or gone.
const LEFT_MILLIS: i64 = 5 * 60_000;
/// Most of them in one run.
const LEFT_MAX: u32 = 20;

/// Takes a mail in that somebody hands over.
pub async fn mail_take_in(desk: &Desk, staff: &Staff, raw: &[u8]) -> Result<MailView, AppError> {
    staff.require(Right::Mails)?;
    take_in(desk, staff.shop, raw).await
}

/// Takes a mail in. The same again is the one that was taken in before.
pub(super) async fn take_in(desk: &Desk, shop: ShopId, raw: &[u8]) -> Result<MailView, AppError> {
    let mail = IncomingMail::read(raw)?;
    let ident = ident(desk, shop, &mail, raw);
    let row = match desk.store.mail_by_ident(shop, &ident.ident).await? {
        Some(row) => row,
        None => write_down(desk, shop, &mail, raw, &ident).await?,
    };
    go_on(desk, row).await
}

/// Takes up mails of which nothing was made; returns how many.
pub async fn mails_go_on(desk: &Desk) -> Result<usize, AppError> {
    let before = desk.clock.now().plus_millis(-LEFT_MILLIS);
    let left = desk.store.mails_left(before, LEFT_MAX).await?;
    let mut done = 0;
    for row in left {
        let mail = row.id;
        match go_on(desk, row).await {
            Ok(_) => done += 1,
            Err(AppError::Store(fault)) => return Err(fault.into()),
            // It may be mended, and holds up no other.
            Err(fault) => tracing::warn!(%mail, %fault, "nothing could be made of a mail"),
        }
    }
    Ok(done)
}

fn ident(desk: &Desk, shop: ShopId, mail: &IncomingMail, raw: &[u8]) -> MailIdent {
    let shop_text = shop.to_string();
    let sign = |of: &[u8], what: &[u8]| desk.vault.sign("mail-ident", &[shop_text.as_bytes(), of, what]);
    let ident = if let Some(id) = &mail.message_id {
        sign(b"id", id.as_bytes())
    } else {
        sign(b"bytes", Sha256::digest(raw).as_slice())
    };
    MailIdent {
        ident,
        sender_index: mail
            .from
            .as_deref()
            .map(|from| desk.vault.email_index(shop, from)),
    }
}

async fn write_down(
    desk: &Desk,
    shop: ShopId,
    mail: &IncomingMail,
    raw: &[u8],
    ident: &MailIdent,
) -> Result<MailRow, AppError> {
    let at = desk.clock.now();
    let id: MailId = desk.random.id(at);
    let (key, key_wrapped) = key_new(desk, shop, id)?;
    let row = MailRow {
        shop,
        id,
        state: MailState::Arrived,
        why: None,
        buyer: None,
        case: None,
        key_wrapped: Some(key_wrapped),
        sealed: Some(content_seal(desk, &key, &MailContent::of(mail))?),
        raw: Some(raw_keep(desk, shop, &key, raw).await?),
        at,
        settled_at: None,
        settled_by: None,
        request: None,
        erased_at: None,
    };
    Ok(desk.store.mail_insert(&row, ident).await?)
}

/// Makes of a mail what becomes of it, unless that was done.
async fn go_on(desk: &Desk, row: MailRow) -> Result<MailView, AppError> {
    if row.state != MailState::Arrived {
        return view(desk, row);
    }
    // The bytes that were written down, whatever somebody brings under the same id.
    let Some(raw) = raw_open(desk, &row).await? else {
        return view(desk, row);
    };
    let mail = IncomingMail::read(&raw)?;
    drop(raw);
    let known = known(desk, row.shop, &mail).await?;
    let (buyer, to) = match fate(&known) {
        Fate::Message { buyer, case } => (buyer, To::Case(case)),
        Fate::Consultation { buyer, order } => (buyer, To::Consultation { order, reason: None }),
        Fate::Parked(why) => return put(desk, row, &mail, MailState::Parked, why.code()).await,
        Fate::Ignored(why) => return put(desk, row, &mail, MailState::Ignored, why.code()).await,
    };
    match carry(desk, row.clone(), &mail, buyer, to, None).await {
        // The rules do not let it in there: somebody must look.
        Err(AppError::Refused(refusal)) => put(desk, row, &mail, MailState::Parked, refusal.code()).await,
        carried => carried,
    }
}

async fn put(
    desk: &Desk,
    row: MailRow,
    mail: &IncomingMail,
    state: MailState,
    why: &str,
) -> Result<MailView, AppError> {
    let row = MailRow {
        state,
        why: Some(why.to_owned()),
        ..row
    };
    settle(desk, row, MailState::Arrived, &MailContent::of(mail), None).await
}
