//! Paid orders that wait to be sent, and by when each is to leave (CLK-18).
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/unsent.rs`.

use amends_domain::case::clock::Clock;
use amends_domain::ids::OrderId;
use amends_domain::policy::ClauseId;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;

use crate::caller::{Caller, Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::shop_read::policy_current;

/// Orders that are named.
const NAMED: u32 = 100;

/// An order that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// The order.
    pub order: OrderId,
    /// Its number.
    pub number: String,
    /// When it was paid.
    pub paid_at: Moment,
    /// By when it is to leave; none where the policy does not say.
    pub due_at: Option<Moment>,
    /// Whether that is over.
    pub is_late: bool,
}

/// All that wait, and the first of them.
pub struct UnsentView {
    /// How many in all.
    pub count: u64,
    /// The policy in force.
    pub policy: PolicySet,
    /// The clause that says by when an order is to leave.
    pub clause: Option<ClauseId>,
    /// The longest waiting first.
    pub first: Vec<Unsent>,
}

/// What the caller's shop has to send.
pub async fn orders_unsent(desk: &Desk, staff: &Staff) -> Result<UnsentView, AppError> {
    staff.require(Right::Read)?;
    let policy = policy_current(desk, &Caller::Staff(staff.clone())).await?;
    let shop = desk.shop(staff.shop).await?;
    let time = desk.calendars.shop_time(&shop.time_zone, &shop.settings);
    let time = time.ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))?;
    let terms = policy.clock(Clock::OrderDispatch);
    let (count, rows) = desk.store.orders_unsent(staff.shop, NAMED).await?;
    let now = desk.clock.now();
    let unsent = |row: amends_store::UnsentRow| {
        let due_at = terms.map(|(_, terms)| terms.due_after(terms.length, row.since, &time));
        Unsent {
            order: row.order,
            number: row.number,
            paid_at: row.since,
            due_at,
            is_late: due_at.is_some_and(|due_at| due_at <= now),
        }
    };
    Ok(UnsentView {
        count,
        first: rows.into_iter().map(unsent).collect(),
        clause: terms.map(|(clause, _)| clause.clone()),
        policy,
    })
}
