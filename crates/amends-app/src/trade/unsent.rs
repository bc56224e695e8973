//! Paid orders that wait to be sent, and by when each is to leave (CLK-18); and what is said to be sent and no
//! carrier has seen, before a platform takes it for a fake dispatch 虚假发货 (VIO-2).
//!
//! Must not know: JSON, SQL. Tests: `amends-api/tests/it/unsent.rs`.

use std::collections::HashMap;

use amends_domain::case::clock::Clock;
use amends_domain::ids::OrderId;
use amends_domain::order::{Order, OrderPhase};
use amends_domain::policy::set::PolicySet;
use amends_domain::policy::{Bound, ClauseId};
use amends_domain::time::Moment;
use amends_store::ParcelRow;

use crate::caller::{Caller, Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::shop_read::policy_current;

/// Orders that are named.
const NAMED: u32 = 100;
const HOUR_MILLIS: i64 = 3_600_000;

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

/// A parcel that is said to be sent, and that no carrier has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Its order's number.
    pub number: String,
    /// The parcel.
    pub parcel: ParcelRow,
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
    /// Parcels that no carrier has seen in time, the oldest first.
    pub unseen: Vec<Unseen>,
    /// The clause that says what is in time.
    pub unseen_clause: Option<ClauseId>,
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
        unseen: unseen(desk, staff, &policy).await?,
        unseen_clause: policy.bound(Bound::ScanHours).map(|(clause, _)| clause.clone()),
        count,
        first: rows.into_iter().map(unsent).collect(),
        clause: terms.map(|(clause, _)| clause.clone()),
        policy,
    })
}

async fn unseen(desk: &Desk, staff: &Staff, policy: &PolicySet) -> Result<Vec<Unseen>, AppError> {
    let Some((_, hours)) = policy.bound(Bound::ScanHours) else {
        return Ok(Vec::new());
    };
    let before = desk.clock.now().plus_millis(-hours.saturating_mul(HOUR_MILLIS));
    let rows = desk.store.parcels_unseen(staff.shop, before, NAMED).await?;
    let orders: Vec<OrderId> = rows.iter().map(|row| row.order).collect();
    let orders = desk.store.orders_by_ids(staff.shop, &orders).await?;
    // What arrived or was called off all the same is nobody's trouble.
    let is_open = |order: &&Order| matches!(order.phase(), OrderPhase::Paid | OrderPhase::Dispatched);
    let numbers: HashMap<OrderId, &str> = orders
        .iter()
        .filter(is_open)
        .map(|order| (order.id, order.number.as_str()))
        .collect();
    let named = rows.into_iter().filter_map(|parcel| {
        let number = (*numbers.get(&parcel.order)?).to_owned();
        Some(Unseen { number, parcel })
    });
    Ok(named.collect())
}
