//! A buyer without a link comes to his order: by its number, the end of his telephone, and a code that is
//! sent to him. Whether such an order is there, nobody is told.
//!
//! Must not know: how often may be tried; the edge counts. Tests: `amends-api/tests/it/codes.rs`.

use amends_domain::digest::Digest;
use amends_domain::time::Moment;
use amends_store::{OrderRow, ShopRow};

use super::buyer_access::LINK_MILLIS;
use super::link::{Link, link_sign};
use crate::desk::Desk;
use crate::error::AppError;
use crate::notices::NoticeChannel;
use crate::notices::code::code_letter;
use crate::notices::deliver::send;
use crate::notices::language::Language;
use crate::vault::Identity;

/// How long a code counts, in milliseconds: ten minutes.
pub const CODE_MILLIS: i64 = 600_000;
/// Most tries of one code.
const ATTEMPTS_MAX: u32 = 5;
/// Digits of a telephone that tell its owner from somebody who saw a parcel's label.
const TAIL_DIGITS: usize = 4;
/// How many codes there are: six digits.
const CODES: u32 = 1_000_000;
const PURPOSE: &str = "buyer-code-v1";

/// What a buyer knows of his order.
#[derive(Debug, Clone)]
pub struct Known {
    /// The shop's name, where the installation has several.
    pub shop: Option<String>,
    /// The order's number.
    pub order_number: String,
    /// The last four digits of his telephone.
    pub phone_tail: String,
}

/// Sends a code to whom the order belongs, if he knows it; and says nothing either way.
pub async fn code_send(desk: &Desk, known: &Known, language: Language) -> Result<(), AppError> {
    let Some((shop, row, identity)) = found(desk, known).await? else {
        return Ok(());
    };
    let bytes: [u8; 4] = desk.random.bytes();
    let code = format!("{:06}", u32::from_be_bytes(bytes) % CODES);
    let now = desk.clock.now();
    let digest = digest(desk, &shop, &row, &code);
    desk.store.code_put(shop.id, row.order.id, &digest, now).await?;
    let by_sms = desk.couriers.sms.is_some() && !identity.phone.trim().is_empty();
    let (channel, address) = if by_sms {
        (NoticeChannel::Sms, identity.phone)
    } else {
        (NoticeChannel::Mail, identity.email)
    };
    if address.trim().is_empty() {
        return Ok(());
    }
    let id = Digest::of(&[&digest, &now.millis().to_be_bytes()]);
    let letter = code_letter(&shop, address.trim().to_owned(), &code, language, id, now)?;
    // Beside the answer, so that its time says nothing.
    let couriers = desk.couriers.clone();
    tokio::spawn(async move {
        send(&couriers, channel, &letter).await;
    });
    Ok(())
}

/// A link in exchange for the code.
pub async fn code_redeem(desk: &Desk, known: &Known, code: &str) -> Result<(String, Link), AppError> {
    let wrong = || AppError::CodeWrong;
    let (shop, row, _) = found(desk, known).await?.ok_or_else(wrong)?;
    let now = desk.clock.now();
    let digest = digest(desk, &shop, &row, code.trim());
    let since = now.plus_millis(-CODE_MILLIS);
    let order = row.order.id;
    if !desk
        .store
        .code_take(shop.id, order, &digest, since, ATTEMPTS_MAX)
        .await?
    {
        return Err(wrong());
    }
    let link = Link {
        shop: shop.id,
        order,
        expires_at: Moment::plus_millis(now, LINK_MILLIS),
    };
    Ok((link_sign(&desk.vault, &link), link))
}

fn digest(desk: &Desk, shop: &ShopRow, row: &OrderRow, code: &str) -> Vec<u8> {
    let (shop, order) = (shop.id.to_string(), row.order.id.to_string());
    desk.vault
        .sign(PURPOSE, &[shop.as_bytes(), order.as_bytes(), code.as_bytes()])
}

/// The order, when it is there and its buyer's telephone ends so.
async fn found(desk: &Desk, known: &Known) -> Result<Option<(ShopRow, OrderRow, Identity)>, AppError> {
    let mut shops = desk.store.shops_list().await?;
    match &known.shop {
        Some(name) => shops.retain(|shop| shop.name == *name),
        None if shops.len() > 1 => shops.clear(),
        None => {}
    }
    let Some(shop) = shops.pop() else { return Ok(None) };
    let number = known.order_number.trim();
    if number.contains('\0') {
        return Ok(None);
    }
    let Some(row) = desk.store.order_by_number(shop.id, number).await? else {
        return Ok(None);
    };
    let buyer = desk.store.buyer_get(shop.id, row.order.buyer).await?;
    let Some((key, sealed)) = buyer.and_then(|buyer| buyer.key_wrapped.zip(buyer.sealed)) else {
        return Ok(None);
    };
    let identity = desk.vault.open(shop.id, row.order.buyer, &key, &sealed);
    let identity = identity.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let digits: String = identity.phone.chars().filter(char::is_ascii_digit).collect();
    let ends = known.phone_tail.len() == TAIL_DIGITS && digits.ends_with(&known.phone_tail);
    Ok(ends.then_some((shop, row, identity)))
}
