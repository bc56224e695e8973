//! Lets a buyer in by his link, and shows staff who he is, masked.
//!
//! Must not know: pages. Tests: `amends-api/tests/it/buyers.rs`.

use amends_domain::ids::{BuyerId, OrderId};
use amends_store::OrderRow;

use super::link::{Link, link_sign, link_verify};
use crate::caller::{Buyer, Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::vault::Identity;

/// How long a link lasts, in milliseconds: a season of after-sales.
pub const LINK_MILLIS: i64 = 90 * 86_400_000;

/// Makes a link for the buyer of an order.
pub async fn buyer_link_create(
    desk: &Desk,
    staff: &Staff,
    order: OrderId,
) -> Result<(String, Link), AppError> {
    staff.require(Right::Orders)?;
    desk.store
        .order_by_id(staff.shop, order)
        .await?
        .ok_or(AppError::NotFound { what: "order" })?;
    let link = Link {
        shop: staff.shop,
        order,
        expires_at: desk.clock.now().plus_millis(LINK_MILLIS),
    };
    Ok((link_sign(&desk.vault, &link), link))
}

/// Who comes with a link.
pub async fn buyer_of_link(desk: &Desk, token: &str) -> Result<Buyer, AppError> {
    let link = link_verify(&desk.vault, token, desk.clock.now())?;
    let row = desk
        .store
        .order_by_id(link.shop, link.order)
        .await?
        .ok_or(AppError::NotFound { what: "order" })?;
    Ok(Buyer {
        shop: link.shop,
        order: link.order,
        buyer: row.order.buyer,
    })
}

/// The order of a link.
pub async fn buyer_order(desk: &Desk, buyer: &Buyer) -> Result<OrderRow, AppError> {
    desk.store
        .order_by_id(buyer.shop, buyer.order)
        .await?
        .ok_or(AppError::NotFound { what: "order" })
}

/// Who a buyer is, masked.
pub async fn buyer_masked(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<Identity, AppError> {
    staff.require(Right::Read)?;
    let row = desk
        .store
        .buyer_get(staff.shop, buyer)
        .await?
        .ok_or(AppError::NotFound { what: "buyer" })?;
    let (Some(key_wrapped), Some(sealed)) = (&row.key_wrapped, &row.sealed) else {
        return Ok(Identity::default());
    };
    let opened = desk.vault.open(staff.shop, buyer, key_wrapped, sealed);
    opened
        .map(|identity| identity.masked())
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))
}

/// Forgets a buyer: identity, key and every text of his cases. What happened stays, without him.
pub async fn buyer_erase(desk: &Desk, staff: &Staff, buyer: BuyerId) -> Result<(), AppError> {
    staff.require(Right::Manage)?;
    if desk
        .store
        .buyer_erase(staff.shop, buyer, desk.clock.now())
        .await?
    {
        Ok(())
    } else {
        Err(AppError::NotFound { what: "buyer" })
    }
}
