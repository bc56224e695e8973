//! Sends a care mail's letters within the policy's hours, a few at a time.
//!
//! Each is given out in the transaction that has seen once more that its buyer may get it. Nothing is sent
//! inside a transaction, so a letter may leave twice when a node dies in between; its id is the same. Must
//! not know: who confirmed it. Tests: `amends-api/tests/it/care.rs`.

use amends_domain::effect::backoff_millis;
use amends_domain::ids::{BuyerId, ShopId};
use amends_store::{CareLetterRow, CareLetterState, CareMailRow, ShopRow};
use tokio::task::JoinSet;

use super::opt_out::{WayOut, way_out_sign};
use super::{CareHead, CarePlan, zone};
use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::NoticeChannel;
use crate::notices::care::{CareWords, care_text};
use crate::notices::deliver::{ATTEMPTS_MAX, send};
use crate::notices::mail::{Letter, Sent};
use crate::shops::settings::ShopSettings;
use crate::vault::Identity;

/// Most letters in flight at once.
const CLAIM_MAX: u32 = 8;
/// How long a claim keeps other nodes away, in milliseconds: longer than a letter may take to leave.
const LEASE_MILLIS: i64 = 120_000;

/// How long a mail waits when this node has no way for mail, in milliseconds.
const UNCONNECTED_MILLIS: i64 = 60_000;

/// What letters of one mail are written from.
struct Writing {
    shop: ShopRow,
    page_address: String,
    head: CareHead,
    plan: CarePlan,
    subject: String,
    body: String,
}

/// Sends some letters of a mail, or says when it has something to do again.
pub(super) async fn send_some(desk: &Desk, shop: ShopId, row: &CareMailRow) -> Result<(), AppError> {
    let (plan, now) = (CarePlan::parse(row)?, desk.clock.now());
    let opens_at = plan.care.contact_from(now, &zone(desk, shop).await?);
    if opens_at > now {
        return Ok(desk.store.care_rest((shop, row.id), now, opens_at).await?);
    }
    if desk.couriers.mail.is_none() {
        // Another node may have a way for mail; nothing is tried in vain here.
        let later = now.plus_millis(UNCONNECTED_MILLIS);
        return Ok(desk.store.care_rest((shop, row.id), now, later).await?);
    }
    let rules = plan.rules();
    let claimed = desk
        .store
        .care_claim(
            (shop, row.id),
            (now, plan.care.since(now)),
            (CLAIM_MAX, LEASE_MILLIS),
            move |buyer| rules.left_out(buyer),
        )
        .await?;
    if claimed.letters.is_empty() && claimed.left_out == 0 {
        return Ok(desk.store.care_rest((shop, row.id), now, now).await?);
    }
    let stored = desk.shop(shop).await?;
    let writing = Writing {
        page_address: ShopSettings::parse(&stored.settings)?.notices.page_address,
        shop: stored,
        head: CareHead::parse(row)?,
        plan,
        subject: row.subject.clone().unwrap_or_default(),
        body: row.body.clone().unwrap_or_default(),
    };
    let mut flying: JoinSet<(CareLetterRow, Sent)> = JoinSet::new();
    for letter in claimed.letters {
        match write(desk, &writing, row, letter.buyer).await? {
            Ok(mail) => {
                let couriers = desk.couriers.clone();
                flying.spawn(async move { (letter, send(&couriers, NoticeChannel::Mail, &mail).await) });
            }
            Err(why) => settle(desk, shop, row, letter, Sent::Refused(why)).await?,
        }
    }
    while let Some(landed) = flying.join_next().await {
        // One that did not land is tried again once its lease is over.
        if let Ok((letter, sent)) = landed {
            settle(desk, shop, row, letter, sent).await?;
        }
    }
    Ok(())
}

/// A letter to a buyer, or why there can be none.
async fn write(
    desk: &Desk,
    writing: &Writing,
    row: &CareMailRow,
    buyer: BuyerId,
) -> Result<Result<Letter, String>, AppError> {
    let shop = writing.shop.id;
    let identity = identity(desk, shop, buyer).await?;
    let address = identity.email.trim().to_owned();
    if address.is_empty() || writing.body.is_empty() {
        return Ok(Err("no_address".to_owned()));
    }
    let way = WayOut {
        shop,
        care: row.id,
        buyer,
    };
    let token = way_out_sign(&desk.vault, &way);
    let page = &writing.page_address;
    let text = care_text(&CareWords {
        language: writing.head.language,
        shop: &writing.shop.name,
        name: &identity.nickname,
        body: &writing.body,
        suggests: writing.plan.suggests.as_deref(),
        page: &format!("{page}/portal#opt-out={token}"),
    })?;
    Ok(Ok(Letter {
        id: format!("{}.{buyer}", row.id),
        shop: writing.shop.name.clone(),
        address,
        subject: writing.subject.clone(),
        text,
        at: row.confirmed_at.unwrap_or(row.created_at),
        opt_out: format!("{page}/api/v1/care/opt-out?token={token}"),
    }))
}

/// Who a buyer is; nobody once he was erased.
async fn identity(desk: &Desk, shop: ShopId, buyer: BuyerId) -> Result<Identity, AppError> {
    let row = desk.store.buyer_get(shop, buyer).await?;
    let sealed = row.and_then(|row| row.key_wrapped.zip(row.sealed));
    let Some((key_wrapped, sealed)) = sealed else {
        return Ok(Identity::default());
    };
    desk.vault
        .open(shop, buyer, &key_wrapped, &sealed)
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))
}

/// Writes down what became of a letter.
async fn settle(
    desk: &Desk,
    shop: ShopId,
    row: &CareMailRow,
    mut letter: CareLetterRow,
    sent: Sent,
) -> Result<(), AppError> {
    let now = desk.clock.now();
    letter.attempts += 1;
    let (state, why) = match sent {
        Sent::Gone => (CareLetterState::Sent, None),
        Sent::Refused(why) => (CareLetterState::Failed, Some(why)),
        Sent::Later(why) if letter.attempts >= ATTEMPTS_MAX => (CareLetterState::Failed, Some(why)),
        Sent::Later(why) => (CareLetterState::Queued, Some(why)),
    };
    let at = if state == CareLetterState::Queued {
        now.plus_millis(backoff_millis(letter.attempts - 1))
    } else {
        now
    };
    desk.store
        .care_settle((shop, row.id), letter, state, at, why.as_deref())
        .await?;
    Ok(())
}
