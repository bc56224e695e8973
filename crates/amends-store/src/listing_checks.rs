//! Listings to be checked 商品页自查 (ABU-2): a case's finding said that the listing invited the claim.
//!
//! The committer writes them beside the finding. Must not know: what a finding is. Tests:
//! `amends-api/tests/it/abuse.rs`.

use amends_domain::ids::{CaseId, PersonId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most read at once.
const READ_MAX: u32 = 200;

/// A listing to be checked, or that was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRow {
    /// The case that says so.
    pub case: CaseId,
    /// Its number.
    pub number: i64,
    /// The stock-keeping code.
    pub sku: String,
    /// What the product is called, where the shop knows it.
    pub title: Option<String>,
    /// Since when.
    pub opened_at: Moment,
    /// When it was done.
    pub done_at: Option<Moment>,
    /// By whom.
    pub done_by: Option<PersonId>,
    /// What came of it.
    pub note: Option<String>,
}

/// Which are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CheckFilter {
    /// Those that are done, or those that aren't.
    pub done: Option<bool>,
    /// Of one case.
    pub case: Option<CaseId>,
    /// Those opened before this moment.
    pub before: Option<Moment>,
}

fn check(mut row: Row) -> Result<CheckRow, StoreError> {
    Ok(CheckRow {
        case: row.parsed()?,
        number: row.int()?,
        sku: row.text()?,
        title: row.text_or_none()?,
        opened_at: row.moment()?,
        done_at: row.moment_or_none()?,
        done_by: row.parsed_or_none()?,
        note: row.text_or_none()?,
    })
}

impl Store {
    /// Listings of a shop that are to be checked or were, the latest first; at most 200.
    pub async fn listing_checks(
        &self,
        shop: ShopId,
        filter: CheckFilter,
        limit: u32,
    ) -> Result<Vec<CheckRow>, StoreError> {
        let mut values = args![shop];
        let mut conditions = vec!["k.shop_id = $1".to_owned()];
        if let Some(case) = filter.case {
            values.push(case.into());
            conditions.push(format!("k.case_id = ${}", values.len()));
        }
        if let Some(before) = filter.before {
            values.push(before.into());
            conditions.push(format!("k.opened_at < ${}", values.len()));
        }
        conditions.extend(filter.done.map(|done| {
            let is = if done { "IS NOT NULL" } else { "IS NULL" };
            format!("k.done_at {is}")
        }));
        values.push(limit.min(READ_MAX).into());
        let query = format!(
            "SELECT k.case_id, c.number, k.sku, p.title, k.opened_at, k.done_at, k.done_by, k.note \
             FROM listing_checks k JOIN cases c ON c.shop_id = k.shop_id AND c.case_id = k.case_id \
             LEFT JOIN products p ON p.shop_id = k.shop_id AND p.sku = k.sku \
             WHERE {} ORDER BY k.opened_at DESC, k.case_id, k.sku LIMIT ${}",
            conditions.join(" AND "),
            values.len()
        );
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(check).collect()
    }

    /// Ends a check; `false` when there is none that is open.
    pub async fn listing_check_done(
        &self,
        shop: ShopId,
        case: CaseId,
        sku: &str,
        by: PersonId,
        note: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        const DONE: &str = "UPDATE listing_checks SET done_at = $4, done_by = $5, note = $6 \
            WHERE shop_id = $1 AND case_id = $2 AND sku = $3 AND done_at IS NULL";
        let mut tx = self.db().begin().await?;
        let done = tx.execute(DONE, args![shop, case, sku, at, by, note]).await?;
        tx.commit().await?;
        Ok(done == 1)
    }
}
