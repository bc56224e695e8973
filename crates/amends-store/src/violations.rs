//! The ledger of violations: points that a platform deducted, and what was stopped before it could.
//!
//! Must not know: what is a violation. Tests: `amends-api/tests/it/violations.rs`, on both databases.

use amends_domain::ids::{CaseId, PersonId, ShopId};
use amends_domain::policy::ClauseId;
use amends_domain::policy::remedy::Violation;
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationRow {
    /// The platform's own number; of what was stopped what, who, where and when.
    pub reference: String,
    /// When.
    pub at: Moment,
    /// Whether it was stopped before it was said or done.
    pub prevented: bool,
    /// Of what kind.
    pub violation: Violation,
    /// The clause that says so, where one does.
    pub clause: Option<ClauseId>,
    /// Points deducted, or that would have been.
    pub points: u32,
    /// The case, where there is one.
    pub case: Option<CaseId>,
    /// Who said or did it, or put it down.
    pub person: PersonId,
    /// What caused it, in the shop's words.
    pub note: Option<String>,
}

/// Points and how often, by kind and whether it was stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViolationSum {
    /// Of what kind.
    pub violation: Violation,
    /// Whether it was stopped.
    pub prevented: bool,
    /// How often.
    pub count: u64,
    /// Points together.
    pub points: u64,
}

const COLUMNS: &str = "reference, at, prevented, violation, clause, points, case_id, person_id, note";

fn kind(code: &str) -> Option<Violation> {
    Violation::ALL.iter().copied().find(|one| one.code() == code)
}

fn entry(mut row: Row) -> Result<ViolationRow, StoreError> {
    let clause =
        |text: String| ClauseId::try_from(text).map_err(|fault| StoreError::corrupt("a clause", fault));
    Ok(ViolationRow {
        reference: row.text()?,
        at: row.moment()?,
        prevented: row.int()? != 0,
        violation: row.named(kind)?,
        clause: row.text_or_none()?.map(clause).transpose()?,
        points: row.count32()?,
        case: row.parsed_or_none()?,
        person: row.parsed()?,
        note: row.text_or_none()?,
    })
}

impl Store {
    /// Puts an entry down; false where its reference is known, and nothing changes.
    pub async fn violation_add(&self, shop: ShopId, row: &ViolationRow) -> Result<bool, StoreError> {
        const ADD: &str = "INSERT INTO violations (shop_id, reference, at, prevented, violation, clause, points, \
            case_id, person_id, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
            ON CONFLICT (shop_id, reference) DO NOTHING";
        let values = args![
            shop,
            row.reference.as_str(),
            row.at,
            i64::from(row.prevented),
            row.violation.code(),
            row.clause.as_ref().map(|clause| clause.as_str().to_owned()),
            i64::from(row.points),
            row.case,
            row.person,
            row.note.clone()
        ];
        Ok(self.db().execute(ADD, values).await? == 1)
    }

    /// What there is of a reference.
    pub async fn violation_by_reference(
        &self,
        shop: ShopId,
        reference: &str,
    ) -> Result<Option<ViolationRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM violations WHERE shop_id = $1 AND reference = $2");
        let found = self.db().fetch_first(&sql, args![shop, reference]).await?;
        found.map(entry).transpose()
    }

    /// Sums by kind, of what came from one moment on and before another.
    pub async fn violation_sums(
        &self,
        shop: ShopId,
        from: Moment,
        until: Moment,
    ) -> Result<Vec<ViolationSum>, StoreError> {
        const SUMS: &str = "SELECT violation, prevented, COUNT(*), CAST(SUM(points) AS BIGINT) FROM violations \
            WHERE shop_id = $1 AND at >= $2 AND at < $3 GROUP BY violation, prevented ORDER BY violation, prevented";
        let rows = self.db().fetch(SUMS, args![shop, from, until]).await?;
        let sum = |mut row: Row| {
            Ok(ViolationSum {
                violation: row.named(kind)?,
                prevented: row.int()? != 0,
                count: row.count()?,
                points: row.count()?,
            })
        };
        rows.into_iter().map(sum).collect()
    }

    /// The newest entries of that time.
    pub async fn violations_latest(
        &self,
        shop: ShopId,
        from: Moment,
        until: Moment,
        limit: u32,
    ) -> Result<Vec<ViolationRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM violations WHERE shop_id = $1 AND at >= $2 AND at < $3 \
             ORDER BY at DESC, reference LIMIT $4"
        );
        let rows = self.db().fetch(&sql, args![shop, from, until, limit]).await?;
        rows.into_iter().map(entry).collect()
    }
}
