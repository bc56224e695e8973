//! The audit read back: who gave which command when, and what it wrote.
//!
//! Must not know: what a command means. Tests: `tests/it/audit.rs`.

use amends_domain::ids::{BuyerId, CaseId, PersonId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, Value, args};
use crate::error::StoreError;
use crate::stream::Position;

/// Most entries read at once.
const READ_MAX: u32 = 200;

/// Who gave a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditActor {
    /// Somebody of the shop or a token, in whatever role.
    Person(PersonId),
    /// A buyer.
    Buyer(BuyerId),
    /// The runner of due clocks.
    Deadlines,
    /// The bearer of a provider's answers.
    Outbox,
}

impl AuditActor {
    /// How the actor's text begins, as `amends_domain::event::actor_text` writes it: a person's role comes
    /// behind.
    fn beginning(self) -> String {
        match self {
            Self::Person(id) => format!("{{\"person\":{{\"id\":\"{id}\""),
            Self::Buyer(id) => format!("{{\"buyer\":\"{id}\""),
            Self::Deadlines => "\"deadlines\"".to_owned(),
            Self::Outbox => "\"outbox\"".to_owned(),
        }
    }
}

/// Which entries to read; what is left out does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of one case.
    pub case: Option<CaseId>,
    /// Of one actor.
    pub actor: Option<AuditActor>,
    /// Then or later.
    pub from: Option<Moment>,
    /// Before.
    pub until: Option<Moment>,
}

/// A command that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the shop's audit.
    pub position: Position,
    /// When.
    pub at: Moment,
    /// Who, as `amends_domain::event::actor_text` writes it.
    pub actor: String,
    /// The command's name.
    pub command: String,
    /// On which case.
    pub case: CaseId,
    /// Its first and its last event there; none when there was nothing left to do.
    pub events: Option<(i64, i64)>,
    /// The key it came under.
    pub key: Option<String>,
}

fn audit(mut row: Row) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        position: Position {
            commit: row.int()?,
            ordinal: row.int()?,
        },
        at: row.moment()?,
        actor: row.text()?,
        command: row.text()?,
        case: row.parsed()?,
        events: row.int_or_none()?.zip(row.int_or_none()?),
        key: row.text_or_none()?,
    })
}

impl Store {
    /// Entries of a shop's audit before a position, or from its end, the newest first; at most 200.
    pub async fn audit_page(
        &self,
        shop: ShopId,
        filter: &AuditFilter,
        before: Option<Position>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let mut values = args![shop];
        let mut place = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        let mut conditions = vec!["shop_id = $1".to_owned()];
        if let Some(case) = filter.case {
            conditions.push(format!("case_id = {}", place(case.into())));
        }
        if let Some(actor) = filter.actor.map(AuditActor::beginning) {
            let length = i64::try_from(actor.len()).unwrap_or(i64::MAX);
            let (length, beginning) = (place(length.into()), place(actor.into()));
            conditions.push(format!(
                "SUBSTR(actor, 1, CAST({length} AS INTEGER)) = {beginning}"
            ));
        }
        if let Some(from) = filter.from {
            conditions.push(format!("at >= {}", place(from.into())));
        }
        if let Some(until) = filter.until {
            conditions.push(format!("at < {}", place(until.into())));
        }
        if let Some(before) = before {
            let (commit, ordinal) = (place(before.commit.into()), place(before.ordinal.into()));
            conditions.push(format!("(commit_id, ordinal) < ({commit}, {ordinal})"));
        }
        let limit = place(limit.min(READ_MAX).into());
        let query = format!(
            "SELECT commit_id, ordinal, at, actor, command, case_id, first_seq, last_seq, key FROM audit \
             WHERE {} ORDER BY commit_id DESC, ordinal DESC LIMIT {limit}",
            conditions.join(" AND ")
        );
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(audit).collect()
    }
}
