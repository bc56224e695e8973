//! Plans a shop sells or gives, and what they came to over a time.
//!
//! Must not know: what a plan promises. Tests: `amends-api/tests/it/warranty.rs`, on both databases.

use amends_domain::ids::{PlanId, ShopId};
use amends_domain::money::Currency;
use amends_domain::plan::Plan;
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most plans read at once; a shop has a handful.
const PLANS_MAX: i64 = 200;

/// A plan as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// Its id.
    pub id: PlanId,
    /// Raised by every change; 0 before it is written the first time.
    pub version: u64,
    /// What it says.
    pub plan: Plan,
    /// Since when it is sold no more.
    pub ended_at: Option<Moment>,
}

/// What became of a plan that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanWritten {
    /// It stands, in this version.
    Done(u64),
    /// Somebody else changed it since it was read.
    Stale,
}

/// What the covers of one plan came to in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFigures {
    /// Which plan.
    pub plan: PlanId,
    /// Of the amounts.
    pub currency: Currency,
    /// Covers sold or given.
    pub covers: u64,
    /// What was paid for them, in minor units.
    pub premiums: i64,
    /// Claims made.
    pub claims: u64,
    /// Claims that are open.
    pub open: u64,
    /// What those ask, in minor units.
    pub open_asked: i64,
    /// What insurers or providers paid, in minor units.
    pub settled: i64,
}

fn plan(mut row: Row) -> Result<PlanRow, StoreError> {
    Ok(PlanRow {
        id: row.parsed()?,
        version: row.count()?,
        plan: row.json()?,
        ended_at: row.moment_or_none()?,
    })
}

impl Store {
    /// Writes a plan over the version it was read in; the first time over 0.
    pub async fn plan_write(&self, shop: ShopId, row: &PlanRow) -> Result<PlanWritten, StoreError> {
        const INSERT: &str = "INSERT INTO plans (shop_id, plan_id, version, plan_json, ended_at) \
            VALUES ($1, $2, 1, $3, $4) ON CONFLICT DO NOTHING";
        const UPDATE: &str = "UPDATE plans SET plan_json = $3, ended_at = $4, version = version + 1 \
            WHERE shop_id = $1 AND plan_id = $2 AND version = $5";
        let text = serde_json::to_string(&row.plan)
            .map_err(|fault| StoreError::corrupt("a plan to be stored", fault))?;
        let version = i64::try_from(row.version).unwrap_or(i64::MAX);
        let written = if version == 0 {
            let values = args![shop, row.id, text, row.ended_at];
            self.db().execute(INSERT, values).await?
        } else {
            let values = args![shop, row.id, text, row.ended_at, version];
            self.db().execute(UPDATE, values).await?
        };
        Ok(if written == 1 {
            PlanWritten::Done(row.version + 1)
        } else {
            PlanWritten::Stale
        })
    }

    /// A plan.
    pub async fn plan_get(&self, shop: ShopId, id: PlanId) -> Result<Option<PlanRow>, StoreError> {
        const GET: &str = "SELECT plan_id, version, plan_json, ended_at FROM plans \
            WHERE shop_id = $1 AND plan_id = $2";
        let row = self.db().fetch_first(GET, args![shop, id]).await?;
        row.map(plan).transpose()
    }

    /// The plans of a shop, the newest first.
    pub async fn plans_list(&self, shop: ShopId) -> Result<Vec<PlanRow>, StoreError> {
        const LIST: &str = "SELECT plan_id, version, plan_json, ended_at FROM plans \
            WHERE shop_id = $1 ORDER BY plan_id DESC LIMIT $2";
        let rows = self.db().fetch(LIST, args![shop, PLANS_MAX]).await?;
        rows.into_iter().map(plan).collect()
    }

    /// What covers that were sold or given from `from` on and before `until` came to by now: their premiums, and
    /// what was claimed of them, whenever it was.
    pub async fn plan_figures(
        &self,
        shop: ShopId,
        from: Moment,
        until: Moment,
    ) -> Result<Vec<PlanFigures>, StoreError> {
        const FIGURES: &str = "SELECT c.plan_id, c.currency, CAST(COUNT(*) AS BIGINT), \
            CAST(SUM(c.premium_minor) AS BIGINT), CAST(SUM(c.claims) AS BIGINT), CAST(SUM(c.open) AS BIGINT), \
            CAST(SUM(c.open_asked) AS BIGINT), CAST(SUM(c.settled) AS BIGINT) FROM ( \
              SELECT v.plan_id, v.currency, v.premium_minor, COUNT(k.case_id) AS claims, \
                COALESCE(SUM(k.open), 0) AS open, COALESCE(SUM(k.open * k.asked_minor), 0) AS open_asked, \
                COALESCE(SUM(k.settled_minor), 0) AS settled \
              FROM covers v LEFT JOIN cover_claims k ON k.shop_id = v.shop_id AND k.order_id = v.order_id \
                AND k.cover_id = v.cover_id \
              WHERE v.shop_id = $1 AND v.given_at >= $2 AND v.given_at < $3 \
              GROUP BY v.plan_id, v.currency, v.premium_minor, v.cover_id \
            ) c GROUP BY c.plan_id, c.currency ORDER BY c.plan_id DESC, c.currency LIMIT $4";
        let rows = self.db().fetch(FIGURES, args![shop, from, until, PLANS_MAX]);
        rows.await?.into_iter().map(figures).collect()
    }
}

fn figures(mut row: Row) -> Result<PlanFigures, StoreError> {
    Ok(PlanFigures {
        plan: row.parsed()?,
        currency: row.parsed()?,
        covers: row.count()?,
        premiums: row.int()?,
        claims: row.count()?,
        open: row.count()?,
        open_asked: row.int()?,
        settled: row.int()?,
    })
}
