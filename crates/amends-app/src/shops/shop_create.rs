//! Founds a shop: its name, its owner, its first policy set.
//!
//! Must not know: where packs' texts come from. Tests: `amends-api/tests/it/accounts.rs`.

use amends_domain::ids::{PersonId, ShopId};
use amends_domain::money::Currency;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Zone;
use amends_store::{Founded, NewShop};

use super::settings::ShopSettings;
use crate::accounts::people::{PersonAdd, person_new};
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::orders::draft::required;

/// A shop to be founded.
#[derive(Debug, Clone)]
pub struct ShopCreate {
    /// Its name, unique in the installation.
    pub name: String,
    /// Its time zone by IANA name.
    pub time_zone: String,
    /// Its currency.
    pub currency: Currency,
    /// The owner's account.
    pub owner: PersonAdd,
    /// The policy it starts under.
    pub policy: PolicySet,
    /// Its settings.
    pub settings: ShopSettings,
}

/// Founds a shop with its owner, who becomes its admin: all of it, or nothing.
pub async fn shop_create(desk: &Desk, create: ShopCreate) -> Result<(ShopId, PersonId), AppError> {
    required("name", &create.name)?;
    if Zone::named(&create.time_zone).is_none() {
        let reason = format!(
            "{:?} is not an IANA time zone such as Asia/Shanghai",
            create.time_zone
        );
        return Err(AppError::Invalid {
            field: "time_zone",
            reason: Reason::Other(reason),
        });
    }
    let owner = person_new(desk, create.owner).await?;
    let now = desk.clock.now();
    let shop: ShopId = desk.random.id(now);
    let new = NewShop {
        id: shop,
        name: create.name,
        time_zone: create.time_zone,
        currency: create.currency,
        settings: create.settings.text(),
        at: now,
    };
    match desk.store.shop_found(&new, &create.policy, &owner).await? {
        Founded::Written => Ok((shop, owner.id)),
        Founded::ShopTaken => Err(AppError::Taken { what: "shop" }),
        Founded::LoginTaken => Err(AppError::Taken { what: "login" }),
    }
}
