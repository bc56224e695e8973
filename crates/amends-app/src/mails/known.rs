//! Looks up what the shop knows of a mail: who has its address, what it names, what is open.
//!
//! Must not know: what becomes of it. Tests: `amends-api/tests/it/mails.rs`.

use amends_domain::ids::{BuyerId, CaseId, OrderId, ShopId};
use amends_store::{CaseFilter, CaseRow, CaseSort};

use super::fate::{Known, KnownCase, KnownOrder};
use super::incoming::IncomingMail;
use super::named::{case_number, case_of_notice, numbers};
use crate::desk::Desk;
use crate::error::AppError;

/// Most buyers with one address that are told apart.
const WRITERS_MAX: u32 = 10;
/// Most open cases of a buyer, or on an order, that are looked at: two are several.
const OPEN_MAX: u32 = 3;
/// Most cases that a mail is taken to answer.
const ANSWERED_MAX: usize = 5;

/// Buyers with this address who were not erased.
pub(super) async fn writers(desk: &Desk, shop: ShopId, from: Option<&str>) -> Result<Vec<BuyerId>, AppError> {
    let Some(from) = from else {
        return Ok(Vec::new());
    };
    let index = desk.vault.email_index(shop, from);
    let rows = desk
        .store
        .buyers_by_email_index(shop, &index, WRITERS_MAX)
        .await?;
    let there = rows.into_iter().filter(|row| row.erased_at.is_none());
    Ok(there.map(|row| row.id).collect())
}

/// What the shop knows of a mail.
pub(super) async fn known(desk: &Desk, shop: ShopId, mail: &IncomingMail) -> Result<Known, AppError> {
    let mail_address = desk.couriers.mail.as_ref().and_then(|mail| mail.address());
    let own = mail_address.is_some_and(|own| mail.from.as_deref() == Some(own.to_lowercase().as_str()))
        || mail
            .message_id
            .as_deref()
            .is_some_and(|id| case_of_notice(id).is_some());
    let mut known = Known {
        automatic: mail.automatic,
        own,
        empty: mail.text.is_empty() && mail.subject.is_empty(),
        ..Known::default()
    };
    if own || mail.automatic {
        return Ok(known);
    }
    known.writers = writers(desk, shop, mail.from.as_deref()).await?;
    if known.writers.is_empty() {
        return Ok(known);
    }
    known.cases = named_cases(desk, shop, mail).await?;
    let found = numbers(&mail.subject, &mail.text);
    let orders = desk
        .store
        .orders_by_numbers(shop, found.iter().map(String::as_str))
        .await?;
    known.orders = orders
        .into_iter()
        .map(|row| KnownOrder {
            order: row.order.id,
            buyer: row.order.buyer,
        })
        .collect();
    for buyer in known.writers.clone() {
        known.open.extend(open(desk, shop, buyer, None).await?);
    }
    for order in known.orders.clone() {
        if known.writers.contains(&order.buyer) {
            known
                .open
                .extend(open(desk, shop, order.buyer, Some(order.order)).await?);
        }
    }
    Ok(known)
}

/// Cases that a mail names: the one it answers, else those of its thread; and the one of its subject.
async fn named_cases(
    desk: &Desk,
    shop: ShopId,
    mail: &IncomingMail,
) -> Result<Vec<Option<KnownCase>>, AppError> {
    let of = |ids: &[String]| -> Vec<CaseId> { ids.iter().filter_map(|id| case_of_notice(id)).collect() };
    let mut answered = of(&mail.in_reply_to);
    if answered.is_empty() {
        answered = of(&mail.references);
    }
    answered.dedup();
    let mut named = Vec::new();
    for case in answered.into_iter().take(ANSWERED_MAX) {
        let row = desk.store.case_by_id(shop, case).await?;
        named.push(row.as_ref().map(known_case));
    }
    if let Some(number) = case_number(&mail.subject) {
        let row = desk.store.case_by_number(shop, number).await?;
        named.push(row.as_ref().map(known_case));
    }
    Ok(named)
}

fn known_case(row: &CaseRow) -> KnownCase {
    KnownCase {
        case: row.case.id,
        buyer: row.case.buyer,
        order: row.case.order,
    }
}

async fn open(
    desk: &Desk,
    shop: ShopId,
    buyer: BuyerId,
    order: Option<OrderId>,
) -> Result<Vec<KnownCase>, AppError> {
    let filter = CaseFilter {
        open: Some(true),
        buyer: Some(buyer),
        order,
        ..CaseFilter::default()
    };
    let page = desk
        .store
        .cases_page(shop, &filter, CaseSort::Due, None, OPEN_MAX)
        .await?;
    Ok(page.rows.iter().map(known_case).collect())
}
