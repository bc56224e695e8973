//! Plans of a shop: written by who leads it, read by everybody, with what they came to.
//!
//! Must not know: SQL, HTTP. Tests: `amends-api/tests/it/warranty.rs`.

use amends_domain::ids::PlanId;
use amends_domain::plan::{Plan, loss_ratio};
use amends_domain::time::Moment;
pub use amends_store::PlanRow;
use amends_store::{PlanFigures, PlanWritten};

use super::WarrantyFault;
use crate::caller::{Right, Staff};
use crate::cases::case_closures::period;
use crate::desk::Desk;
use crate::error::AppError;

/// Whether a plan is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selling {
    /// It is sold and given.
    On,
    /// It is not any more; covers made of it stand.
    Ended,
}

/// What a plan came to, with its loss ratio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSum {
    /// The figures.
    pub figures: PlanFigures,
    /// What was settled of the premiums, in whole percent 赔付率; none where nothing was paid for it.
    pub loss_percent: Option<i64>,
}

/// What the plans of a shop came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSums {
    /// Covers sold or given from then on.
    pub from: Moment,
    /// And before.
    pub until: Moment,
    /// One row a plan and currency.
    pub plans: Vec<PlanSum>,
}

/// Writes a new plan.
pub async fn plan_add(desk: &Desk, staff: &Staff, plan: Plan) -> Result<PlanRow, AppError> {
    staff.require(Right::Lead)?;
    let id = desk.random.id(desk.clock.now());
    write(desk, staff, id, 0, plan, Selling::On).await
}

/// Writes a plan in the place of the version that was read. Covers that were made of it stay as they are.
pub async fn plan_put(
    desk: &Desk,
    staff: &Staff,
    id: PlanId,
    version: u64,
    plan: Plan,
    selling: Selling,
) -> Result<PlanRow, AppError> {
    staff.require(Right::Lead)?;
    let known = desk.store.plan_get(staff.shop, id).await?;
    let known = known.ok_or(AppError::NotFound { what: "plan" })?;
    if known.version != version {
        let version = known.version;
        return Err(AppError::VersionDiffers { version });
    }
    write(desk, staff, id, version, plan, selling).await
}

async fn write(
    desk: &Desk,
    staff: &Staff,
    id: PlanId,
    version: u64,
    plan: Plan,
    selling: Selling,
) -> Result<PlanRow, AppError> {
    plan.check().map_err(WarrantyFault::Plan)?;
    let row = PlanRow {
        id,
        version,
        plan,
        ended_at: (selling == Selling::Ended).then(|| desk.clock.now()),
    };
    match desk.store.plan_write(staff.shop, &row).await? {
        PlanWritten::Done(version) => Ok(PlanRow { version, ..row }),
        PlanWritten::Stale => Err(AppError::Busy),
    }
}

/// The plans of a shop, the newest first.
pub async fn plans_list(desk: &Desk, staff: &Staff) -> Result<Vec<PlanRow>, AppError> {
    staff.require(Right::Read)?;
    Ok(desk.store.plans_list(staff.shop).await?)
}

/// What covers that were sold or given from one moment until before another came to by now; of the last thirty
/// days, where nothing is said.
pub async fn plan_sums(
    desk: &Desk,
    staff: &Staff,
    from: Option<Moment>,
    until: Option<Moment>,
) -> Result<PlanSums, AppError> {
    staff.require(Right::Read)?;
    let (from, until) = period(desk, from, until)?;
    let figures = desk.store.plan_figures(staff.shop, from, until).await?;
    let sum = |figures: PlanFigures| PlanSum {
        loss_percent: loss_ratio(figures.premiums, figures.settled),
        figures,
    };
    Ok(PlanSums {
        from,
        until,
        plans: figures.into_iter().map(sum).collect(),
    })
}
