//! Shops and their settings.
//!
//! Must not know: what a policy says. Tests: `tests/it/statements.rs`.

use amends_domain::actor::Role;
use amends_domain::digest::Digest;
use amends_domain::ids::ShopId;
use amends_domain::money::Currency;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;
use crate::people::{PersonRow, enrol};
use crate::policies::INSERT_POLICY;

/// A shop to be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewShop {
    /// Its id.
    pub id: ShopId,
    /// Its name, unique in the installation.
    pub name: String,
    /// IANA name of its time zone. Commands fail while it is one nobody knows.
    pub time_zone: String,
    /// The currency it usually sells in.
    pub currency: Currency,
    /// Settings as JSON; the store does not look into them.
    pub settings: String,
    /// When it was set up.
    pub at: Moment,
}

/// A shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopRow {
    /// Its id.
    pub id: ShopId,
    /// Its name.
    pub name: String,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// The currency it usually sells in.
    pub currency: Currency,
    /// The set of the latest publication, as it began; [`Store::policy_in_force`] knows what has taken
    /// force since. None before the first is chosen.
    pub policy: Option<Digest>,
    /// Settings as JSON.
    pub settings: String,
    /// When it was set up.
    pub created_at: Moment,
}

/// What became of a shop to be founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Founded {
    /// It is there, with its policy set and its owner.
    Written,
    /// Its id or name is taken; nothing was written.
    ShopTaken,
    /// The owner's id or login is taken; nothing was written.
    LoginTaken,
}

const COLUMNS: &str = "shop_id, name, time_zone, currency, policy_hash, settings, created_at";

fn shop(mut row: Row) -> Result<ShopRow, StoreError> {
    Ok(ShopRow {
        id: row.parsed()?,
        name: row.text()?,
        time_zone: row.text()?,
        currency: row.parsed()?,
        policy: row.digest_or_none()?,
        settings: row.text()?,
        created_at: row.moment()?,
    })
}

impl Store {
    /// Founds a shop under a policy set with its owner: all of it, or nothing.
    pub async fn shop_found(
        &self,
        shop: &NewShop,
        set: &PolicySet,
        owner: &PersonRow,
    ) -> Result<Founded, StoreError> {
        const INSERT: &str = "INSERT INTO shops \
            (shop_id, name, time_zone, currency, policy_hash, settings, created_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let mut tx = self.db().begin().await?;
        let values = args![
            shop.id,
            shop.name.as_str(),
            shop.time_zone.as_str(),
            shop.currency.code(),
            set.hash(),
            shop.settings.as_str(),
            shop.at
        ];
        if tx.execute(INSERT, values).await? == 0 {
            return Ok(Founded::ShopTaken);
        }
        tx.execute(INSERT_POLICY, args![shop.id, set.hash(), set.text(), shop.at])
            .await?;
        if !enrol(&mut tx, shop.id, owner, Role::Admin).await? {
            return Ok(Founded::LoginTaken);
        }
        tx.commit().await?;
        Ok(Founded::Written)
    }

    /// A shop by its name.
    pub async fn shop_by_name(&self, name: &str) -> Result<Option<ShopRow>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM shops WHERE name = $1");
        self.db()
            .fetch_first(&query, args![name])
            .await?
            .map(shop)
            .transpose()
    }

    /// A shop by its id.
    pub async fn shop_by_id(&self, id: ShopId) -> Result<Option<ShopRow>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM shops WHERE shop_id = $1");
        self.db()
            .fetch_first(&query, args![id])
            .await?
            .map(shop)
            .transpose()
    }

    /// Every shop, by name.
    pub async fn shops_list(&self) -> Result<Vec<ShopRow>, StoreError> {
        let query = format!("SELECT {COLUMNS} FROM shops ORDER BY name");
        self.db()
            .fetch(&query, args![])
            .await?
            .into_iter()
            .map(shop)
            .collect()
    }

    /// Replaces a shop's settings, JSON; `false` when there is no such shop.
    pub async fn shop_set_settings(&self, shop: ShopId, settings: &str) -> Result<bool, StoreError> {
        const SET: &str = "UPDATE shops SET settings = $2 WHERE shop_id = $1";
        Ok(self.db().execute(SET, args![shop, settings]).await? == 1)
    }
}
