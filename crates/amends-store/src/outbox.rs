//! The outbox: what the outside world must still be asked. The committer writes and settles it.
//!
//! Must not know: how an effect is carried out. Tests: `tests/it/flow.rs`, `tests/it/statements.rs`.

use amends_domain::effect::Effect;
use amends_domain::ids::{CaseId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most effects taken at once.
const CLAIM_MAX: u32 = 1_000;

/// An effect to be carried out, known by the event it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// The shop.
    pub shop: ShopId,
    /// The case.
    pub case: CaseId,
    /// The event's place in the case.
    pub seq: u64,
    /// What to do.
    pub effect: Effect,
    /// How often it was tried without an answer.
    pub attempts: u32,
    /// When it is due.
    pub due_at: Moment,
}

fn outbox_row(mut row: Row) -> Result<OutboxRow, StoreError> {
    Ok(OutboxRow {
        shop: row.parsed()?,
        case: row.parsed()?,
        seq: row.count()?,
        effect: row.json()?,
        attempts: row.count32()?,
        due_at: row.moment()?,
    })
}

impl Store {
    /// Takes due effects of all shops, earliest first, for `lease_millis`: until then no other
    /// node is given them.
    pub async fn outbox_claim(
        &self,
        now: Moment,
        limit: u32,
        lease_millis: i64,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        // Materialized, as with deadlines: else more than the limit may be taken.
        let claim = self.engine().text(
            "WITH due AS MATERIALIZED ( \
               SELECT shop_id, case_id, seq FROM outbox \
               WHERE done_at IS NULL AND due_at <= $1 AND lease_until <= $1 \
               ORDER BY due_at, case_id, seq LIMIT $3 {FOR UPDATE SKIP LOCKED}) \
             UPDATE outbox SET lease_until = $2 \
             WHERE (shop_id, case_id, seq) IN (SELECT shop_id, case_id, seq FROM due) \
             RETURNING shop_id, case_id, seq, effect, attempts, due_at",
        );
        let values = args![now, now.plus_millis(lease_millis), limit.min(CLAIM_MAX)];
        let rows = self.db().execute_returning(&claim, values).await?;
        let mut due: Vec<OutboxRow> = rows.into_iter().map(outbox_row).collect::<Result<_, _>>()?;
        due.sort_by_key(|row| (row.due_at, row.case, row.seq));
        Ok(due)
    }

    /// Puts an effect off that got no answer, and counts the attempt; `false` when it is settled.
    pub async fn outbox_retry(
        &self,
        shop: ShopId,
        case: CaseId,
        seq: u64,
        due_at: Moment,
    ) -> Result<bool, StoreError> {
        const RETRY: &str = "UPDATE outbox SET attempts = attempts + 1, due_at = $4, lease_until = 0 \
            WHERE shop_id = $1 AND case_id = $2 AND seq = $3 AND done_at IS NULL";
        Ok(self.db().execute(RETRY, args![shop, case, seq, due_at]).await? == 1)
    }
}
