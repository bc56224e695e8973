//! Finds where a notice goes. Identities are opened here and leave only inside a letter.
//!
//! Must not know: texts, ports. Tests: `amends-api/tests/it/notices.rs`.

use amends_domain::ids::{PersonId, ShopId};

use super::mail::is_mail_address;
use super::settings::NoticeSettings;
use super::{NoticeChannel, NoticeRow, Recipient};
use crate::desk::Desk;
use crate::error::AppError;
use crate::vault::Identity;

/// Where a notice goes.
pub(super) struct Addressee {
    /// How he is greeted; empty when no name is known.
    pub(super) name: String,
    /// The address, in clear; empty when there is none on this channel.
    pub(super) address: String,
}

/// Looks a recipient up.
pub(super) async fn addressee(
    desk: &Desk,
    settings: &NoticeSettings,
    row: &NoticeRow,
    to: Recipient,
) -> Result<Addressee, AppError> {
    match to {
        Recipient::Buyer | Recipient::Order(_) => {
            let identity = buyer(desk, row, to).await?;
            let address = match row.channel {
                NoticeChannel::Mail => identity.email,
                NoticeChannel::Sms => identity.phone,
            };
            Ok(Addressee {
                name: identity.nickname,
                address: address.trim().to_owned(),
            })
        }
        Recipient::Role(role) => Ok(Addressee {
            name: String::new(),
            address: settings.staff_mail.get(&role).cloned().unwrap_or_default(),
        }),
        Recipient::Person(id) => person(desk, settings, row.shop, id).await,
    }
}

/// Who a case's buyer is, or an order's; nobody once he was erased.
async fn buyer(desk: &Desk, row: &NoticeRow, to: Recipient) -> Result<Identity, AppError> {
    let id = if let Recipient::Order(order) = to {
        let order = desk.store.order_by_id(row.shop, order).await?;
        order.ok_or(AppError::NotFound { what: "order" })?.order.buyer
    } else {
        let case = desk.store.case_by_id(row.shop, row.case).await?;
        case.ok_or(AppError::NotFound { what: "case" })?.case.buyer
    };
    let buyer = desk.store.buyer_get(row.shop, id).await?;
    let sealed = buyer.and_then(|buyer| buyer.key_wrapped.zip(buyer.sealed));
    let Some((key_wrapped, sealed)) = sealed else {
        return Ok(Identity::default());
    };
    desk.vault
        .open(row.shop, id, &key_wrapped, &sealed)
        .map_err(|fault| AppError::Inconsistent(fault.to_string()))
}

/// Somebody of the shop: his login where it is a mail address, else the address of his role. Who has
/// left or may no longer sign in has none.
async fn person(
    desk: &Desk,
    settings: &NoticeSettings,
    shop: ShopId,
    id: PersonId,
) -> Result<Addressee, AppError> {
    let of_shop = desk.store.memberships_of(id).await?;
    let membership = of_shop.into_iter().find(|membership| membership.shop == shop);
    let person = desk.store.person_by_id(id).await?;
    let person = person.filter(|person| person.disabled_at.is_none());
    let Some((membership, person)) = membership.zip(person) else {
        let (name, address) = (String::new(), String::new());
        return Ok(Addressee { name, address });
    };
    let address = if is_mail_address(&person.login) {
        person.login
    } else {
        settings
            .staff_mail
            .get(&membership.role)
            .cloned()
            .unwrap_or_default()
    };
    Ok(Addressee {
        name: person.display_name,
        address,
    })
}

/// An address as it may be shown: `x***@example.com`, `138****1234`.
pub(crate) fn masked(channel: NoticeChannel, address: &str) -> String {
    if channel == NoticeChannel::Sms {
        let phone = address.to_owned();
        return Identity {
            phone,
            ..Identity::default()
        }
        .masked()
        .phone;
    }
    let (name, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}***@{domain}")
}
