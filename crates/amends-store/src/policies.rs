//! Policy sets published for a shop, and which is in force from when.
//!
//! Sets never change. A publication replaces what was planned, not what was in force before it.
//! Must not know: what a policy says, how packs become a set. Tests: `tests/it/policies.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::ShopId;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;

use crate::Store;
use crate::db::args;
use crate::error::StoreError;

/// From when on a set is in force; to the beginning of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyPeriod {
    /// Its first moment.
    pub from: Moment,
    /// The set.
    pub hash: Digest,
}

pub(crate) const INSERT_POLICY: &str = "INSERT INTO policy_sets (shop_id, hash, text, published_at) \
    VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

pub(crate) const POLICY_TEXT: &str = "SELECT text FROM policy_sets WHERE shop_id = $1 AND hash = $2";

impl Store {
    /// Publishes sets, each in force from its moment on, and drops what was planned from the first of
    /// these moments on; `false` when there is no such shop. All of it, or nothing.
    pub async fn policy_publish(
        &self,
        shop: ShopId,
        sets: &[(Moment, &PolicySet)],
        at: Moment,
    ) -> Result<bool, StoreError> {
        // Holds the shop's row, so that of two publications one comes after the other.
        const HOLD: &str = "UPDATE shops SET policy_hash = policy_hash WHERE shop_id = $1";
        // What was in force before there were periods stays so for the time before them.
        const FIRST: &str = "INSERT INTO policy_periods (shop_id, from_at, hash, published_at) \
            SELECT s.shop_id, 0, s.policy_hash, s.created_at FROM shops s \
            WHERE s.shop_id = $1 AND s.policy_hash IS NOT NULL \
            AND NOT EXISTS (SELECT 1 FROM policy_periods p WHERE p.shop_id = $1)";
        const DROP: &str = "DELETE FROM policy_periods WHERE shop_id = $1 AND from_at >= $2";
        const INSERT: &str = "INSERT INTO policy_periods (shop_id, from_at, hash, published_at) \
            VALUES ($1, $2, $3, $4)";
        const SET: &str = "UPDATE shops SET policy_hash = $2 WHERE shop_id = $1";
        let mut tx = self.db().begin().await?;
        if tx.execute(HOLD, args![shop]).await? == 0 {
            return Ok(false);
        }
        if let Some((from, first)) = sets.first() {
            tx.execute(FIRST, args![shop]).await?;
            tx.execute(DROP, args![shop, *from]).await?;
            for (from, set) in sets {
                tx.execute(INSERT_POLICY, args![shop, set.hash(), set.text(), at])
                    .await?;
                tx.execute(INSERT, args![shop, *from, set.hash(), at]).await?;
            }
            tx.execute(SET, args![shop, first.hash()]).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The set in force at a moment: that of the newest period begun, or the one the shop's row names.
    pub async fn policy_in_force(&self, shop: ShopId, at: Moment) -> Result<Option<Digest>, StoreError> {
        const IN_FORCE: &str = "SELECT COALESCE((SELECT p.hash FROM policy_periods p \
            WHERE p.shop_id = s.shop_id AND p.from_at <= $2 ORDER BY p.from_at DESC LIMIT 1), s.policy_hash) \
            FROM shops s WHERE s.shop_id = $1";
        let row = self.db().fetch_first(IN_FORCE, args![shop, at]).await?;
        row.map_or(Ok(None), |mut row| row.digest_or_none())
    }

    /// Every period of a shop, the first first; none before anything was published for it.
    pub async fn policy_periods(&self, shop: ShopId) -> Result<Vec<PolicyPeriod>, StoreError> {
        const LIST: &str = "SELECT from_at, hash FROM policy_periods WHERE shop_id = $1 ORDER BY from_at";
        let rows = self.db().fetch(LIST, args![shop]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(PolicyPeriod {
                    from: row.moment()?,
                    hash: row.digest()?,
                })
            })
            .collect()
    }

    /// A published policy set by its hash.
    pub async fn policy_set(&self, shop: ShopId, hash: Digest) -> Result<Option<PolicySet>, StoreError> {
        let row = self.db().fetch_first(POLICY_TEXT, args![shop, hash]).await?;
        row.map(|mut row| parse_policy(&row.text()?, hash)).transpose()
    }
}

/// Reads a stored set and holds it against the hash it is known by.
pub(crate) fn parse_policy(text: &str, hash: Digest) -> Result<PolicySet, StoreError> {
    let set = PolicySet::parse(text).map_err(|fault| StoreError::corrupt("policy_sets.text", fault))?;
    if set.hash() == hash {
        Ok(set)
    } else {
        Err(StoreError::corrupt(
            "policy_sets.text",
            "its hash is not the one it is kept under",
        ))
    }
}
