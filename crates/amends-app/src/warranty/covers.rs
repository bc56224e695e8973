//! Covers: a plan sold or given with a line of an order, with the import or afterwards.
//!
//! Whoever gives one for less than its price leads the shop: it costs as money does. Must not know: SQL, HTTP.
//! Tests: `amends-api/tests/it/warranty.rs`.

use std::collections::BTreeMap;

use amends_domain::cover::{Cover, Period};
use amends_domain::ids::{LineId, OrderId, PlanId, ShopId};
use amends_domain::money::Money;
use amends_domain::order::Order;
use amends_domain::plan::{Plan, Sold};
use amends_domain::policy::Bound;
use amends_domain::time::{Moment, Zone};
pub use amends_store::CoverRow;
use amends_store::{OrderCover, PlanRow};

use super::WarrantyFault;
use crate::caller::{Buyer, Right, Staff};
use crate::cases::case_read::policy_set;
use crate::desk::Desk;
use crate::error::{AppError, Reason};
use crate::orders::draft::Alongside;

/// A cover to be sold or given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverDraft {
    /// Of which plan.
    pub plan: PlanId,
    /// For how many months.
    pub months: u32,
    /// What is paid for it; the plan's price where nothing is said, nothing where it is given.
    pub premium: Option<Money>,
}

/// A cover with when it holds, and how far it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverView {
    /// The cover.
    pub row: CoverRow,
    /// When it holds; none while the order has not arrived.
    pub period: Option<Period>,
    /// What one more claim may ask, in minor units; none where nothing bounds it.
    pub left: Option<i64>,
    /// Whether it holds now and another claim can be made.
    pub usable: bool,
}

/// Sells or gives a cover with a line of an order that is there.
pub async fn cover_give(
    desk: &Desk,
    staff: &Staff,
    order: OrderId,
    line: LineId,
    draft: &CoverDraft,
) -> Result<CoverRow, AppError> {
    staff.require(Right::Orders)?;
    let row = desk.store.order_by_id(staff.shop, order).await?;
    let order = row.ok_or(AppError::NotFound { what: "order" })?.order;
    if order.cancelled_at.is_some() {
        return Err(WarrantyFault::OrderCancelled.into());
    }
    let bought = order.line(line).ok_or(AppError::NotFound { what: "line" })?;
    let plan = desk.store.plan_get(staff.shop, draft.plan).await?;
    let plan = plan.ok_or(AppError::NotFound { what: "plan" })?;
    let warranty_months = warranty_months(desk, staff.shop).await?;
    let at = desk.clock.now();
    let made = made(desk, &plan, draft, (line, &bought.sku), at, warranty_months)?;
    if plan.plan.premium(&bought.sku, draft.months) > Some(made.premium.minor()) {
        staff.require(Right::Lead)?;
    }
    if made.premium.currency() != order.currency {
        let reason = Reason::Other(format!("the order is in {}", order.currency));
        let field = "premium";
        return Err(AppError::Invalid { field, reason });
    }
    let there = desk.store.covers_of_order(staff.shop, order.id).await?;
    let zone = zone(desk, staff.shop).await?;
    if there
        .iter()
        .any(|one| overlaps(&one.cover, &made.cover, &order, &zone))
    {
        return Err(WarrantyFault::Covered.into());
    }
    let cover = OrderCover {
        order: order.id,
        row: made,
    };
    if desk.store.cover_add(staff.shop, &cover, there.len()).await? {
        Ok(cover.row)
    } else {
        Err(AppError::Busy)
    }
}

/// The cover that a draft makes; nobody is asked whether it may be given.
fn made(
    desk: &Desk,
    plan: &PlanRow,
    draft: &CoverDraft,
    (line, sku): (LineId, &str),
    at: Moment,
    warranty_months: u32,
) -> Result<CoverRow, AppError> {
    if plan.ended_at.is_some() {
        return Err(WarrantyFault::PlanEnded.into());
    }
    let Plan { name, currency, .. } = &plan.plan;
    let months = draft.months;
    let price = plan.plan.premium(sku, months);
    let price = price.ok_or_else(|| WarrantyFault::NotOffered {
        months,
        sku: sku.to_owned(),
    })?;
    let premium = draft.premium.unwrap_or(Money::clamped(price, *currency));
    if premium.currency() != *currency {
        let reason = Reason::Other(format!("the plan is priced in {currency}"));
        let field = "premium";
        return Err(AppError::Invalid { field, reason });
    }
    let id = desk.random.id(desk.clock.now());
    let sold = Sold { id, line, months, at };
    Ok(CoverRow {
        plan: plan.id,
        name: name.clone(),
        premium,
        cover: plan.plan.cover(&sold, warranty_months),
    })
}

/// Covers that an import brings with the lines of a new order; sold when it was paid.
pub(crate) fn covers_made(
    desk: &Desk,
    known: &KnownPlans,
    order: &Order,
    drafts: &[Alongside],
) -> Result<Vec<CoverRow>, AppError> {
    let mut covers: Vec<CoverRow> = Vec::new();
    for (line, drafts) in order.lines.iter().zip(drafts) {
        for draft in &drafts.covers {
            let plan = known.plans.get(&draft.plan);
            let plan = plan.ok_or(WarrantyFault::NoSuchPlan)?;
            let of = (line.id, line.sku.as_str());
            let row = made(desk, plan, draft, of, order.since(), known.warranty_months)?;
            if row.premium.currency() != order.currency {
                let reason = Reason::Other(format!("the order is in {}", order.currency));
                let field = "lines.covers.premium";
                return Err(AppError::Invalid { field, reason });
            }
            if covers
                .iter()
                .any(|one| (one.cover.line, one.cover.plan) == (row.cover.line, row.cover.plan))
            {
                return Err(WarrantyFault::Covered.into());
            }
            covers.push(row);
        }
    }
    Ok(covers)
}

/// What an import needs to know of plans.
#[derive(Debug)]
pub(crate) struct KnownPlans {
    plans: BTreeMap<PlanId, PlanRow>,
    warranty_months: u32,
}

/// Plans of a shop that an import may name.
pub(crate) async fn known_plans(desk: &Desk, shop: ShopId) -> Result<KnownPlans, AppError> {
    let plans = desk.store.plans_list(shop).await?;
    Ok(KnownPlans {
        plans: plans.into_iter().map(|row| (row.id, row)).collect(),
        warranty_months: warranty_months(desk, shop).await?,
    })
}

/// How long the shop or the maker answers for faults, by the policy in force; not at all where it says nothing.
async fn warranty_months(desk: &Desk, shop: ShopId) -> Result<u32, AppError> {
    let Some(hash) = desk.store.policy_in_force(shop, desk.clock.now()).await? else {
        return Ok(0);
    };
    let policy = policy_set(desk, shop, hash).await?;
    let bound = policy.bound(Bound::WarrantyMonths);
    Ok(bound
        .and_then(|(_, months)| u32::try_from(months).ok())
        .unwrap_or(0))
}

async fn zone(desk: &Desk, shop: ShopId) -> Result<Zone, AppError> {
    let row = desk.shop(shop).await?;
    Zone::named(&row.time_zone).ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))
}

/// Whether two covers of one kind and line hold at the same time; of one whose period is not known yet, ever.
fn overlaps(there: &Cover, new: &Cover, order: &Order, zone: &Zone) -> bool {
    let ended = |period: Option<Period>| {
        let until = period.and_then(|period| period.until);
        until.is_some_and(|until| until <= new.given_at)
    };
    (there.line, there.plan) == (new.line, new.plan) && !ended(there.period(order, zone))
}

/// The covers of an order as the shop sees them.
pub async fn order_covers(desk: &Desk, staff: &Staff, order: OrderId) -> Result<Vec<CoverView>, AppError> {
    staff.require(Right::Read)?;
    views(desk, staff.shop, order).await
}

/// The covers of an order as its buyer sees them.
pub async fn buyer_covers(desk: &Desk, buyer: &Buyer) -> Result<Vec<CoverView>, AppError> {
    views(desk, buyer.shop, buyer.order).await
}

async fn views(desk: &Desk, shop: ShopId, order: OrderId) -> Result<Vec<CoverView>, AppError> {
    let row = desk.store.order_by_id(shop, order).await?;
    let order = row.ok_or(AppError::NotFound { what: "order" })?;
    let (ledger, order) = (order.ledger, order.order);
    let zone = zone(desk, shop).await?;
    let now = desk.clock.now();
    let view = |row: CoverRow| {
        let used = ledger.covers.get(&row.cover.id).copied().unwrap_or_default();
        let period = row.cover.period(&order, &zone);
        CoverView {
            left: row.cover.reach.left(used),
            usable: period.is_some_and(|period| period.holds(now)) && row.cover.reach.admits(used),
            period,
            row,
        }
    };
    let rows = desk.store.covers_of_order(shop, order.id).await?;
    Ok(rows.into_iter().map(view).collect())
}
