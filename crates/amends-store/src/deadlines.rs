//! Deadlines: which are due, shared out among nodes by leases. The committer writes and removes them.
//!
//! Must not know: what follows from one; it is fed to the committer as a command.
//! Tests: `tests/it/flow.rs`, `tests/it/statements.rs`.

use amends_domain::case::clock::{Clock, Stage};
use amends_domain::ids::{CaseId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most deadlines taken at once.
const CLAIM_MAX: u32 = 1_000;

/// A deadline. It stays until the command it leads to is committed, so it may be told twice; a
/// stale generation changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDeadline {
    /// The shop.
    pub shop: ShopId,
    /// The case.
    pub case: CaseId,
    /// Its clock.
    pub clock: Clock,
    /// Warning or end.
    pub stage: Stage,
    /// Of which start of the clock.
    pub generation: u32,
    /// When it is due.
    pub due_at: Moment,
}

const COLUMNS: &str = "shop_id, case_id, clock, stage, generation, due_at";

pub(crate) fn stage_named(code: &str) -> Option<Stage> {
    [Stage::Warning, Stage::Expiry]
        .into_iter()
        .find(|stage| stage.code() == code)
}

pub(crate) fn deadline(mut row: Row) -> Result<DueDeadline, StoreError> {
    Ok(DueDeadline {
        shop: row.parsed()?,
        case: row.parsed()?,
        clock: row.named(Clock::named)?,
        stage: row.named(stage_named)?,
        generation: row.count32()?,
        due_at: row.moment()?,
    })
}

impl Store {
    /// Takes due deadlines of all shops, earliest first, for `lease_millis`: until then no other
    /// node is given them. Ordered by moment, case, clock and stage.
    pub async fn deadlines_claim(
        &self,
        now: Moment,
        limit: u32,
        lease_millis: i64,
    ) -> Result<Vec<DueDeadline>, StoreError> {
        // Materialized: run twice by the planner, a query that skips what is locked finds other rows
        // the second time, and more than the limit would be taken.
        let claim = self.engine().text(
            "WITH due AS MATERIALIZED ( \
               SELECT shop_id, case_id, clock, stage, generation FROM deadlines \
               WHERE due_at <= $1 AND lease_until <= $1 \
               ORDER BY due_at, case_id, clock, stage LIMIT $3 {FOR UPDATE SKIP LOCKED}) \
             UPDATE deadlines SET lease_until = $2 \
             WHERE (shop_id, case_id, clock, stage, generation) IN ( \
               SELECT shop_id, case_id, clock, stage, generation FROM due) \
             RETURNING shop_id, case_id, clock, stage, generation, due_at",
        );
        let values = args![now, now.plus_millis(lease_millis), limit.min(CLAIM_MAX)];
        let rows = self.db().execute_returning(&claim, values).await?;
        let mut due: Vec<DueDeadline> = rows.into_iter().map(deadline).collect::<Result<_, _>>()?;
        due.sort_by_key(|due| (due.due_at, due.case, due.clock.code(), due.stage.code()));
        Ok(due)
    }

    /// Deadlines of one case, by moment.
    pub async fn deadlines_of_case(
        &self,
        shop: ShopId,
        case: CaseId,
    ) -> Result<Vec<DueDeadline>, StoreError> {
        let query = format!(
            "SELECT {COLUMNS} FROM deadlines WHERE shop_id = $1 AND case_id = $2 ORDER BY due_at, clock, stage"
        );
        let rows = self.db().fetch(&query, args![shop, case]).await?;
        rows.into_iter().map(deadline).collect()
    }
}
