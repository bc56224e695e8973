//! What a shop has ready against delays 物流应急预案: the holiday ahead, and what a buyer gets whose parcel is late or
//! lost. Nothing is invented for it: they are the clauses his case would be judged by.
//!
//! Must not know: JSON, languages. Tests: `amends-api/tests/it/trade.rs`.

use amends_domain::facts::{FactName, FactValue};
use amends_domain::order::{Order, OrderPhase};
use amends_domain::policy::condition::Verdict;
use amends_domain::policy::set::PolicySet;
use amends_domain::policy::{Bound, ClauseId, Terms};
use amends_domain::time::{Moment, ShopTime};
use amends_store::ShopRow;

use crate::caller::{Buyer, Caller, Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::shop_read::policy_current;

/// Reasons by which a buyer says that his parcel is late or lost.
const LATE: [&str; 4] = ["late_dispatch", "late", "not_received", "lost"];
/// A reason that nobody has: what holds for it does not hang on the reason.
const NONE: &str = "";

/// A holiday, by its first and its last moment on the shop's wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    /// When its first day begins.
    pub from: Moment,
    /// When its last day ends.
    pub until: Moment,
}

/// What a shop has ready.
pub struct DelayPlan {
    /// The holiday that buyers are to be told of now.
    pub holiday: Option<Holiday>,
    /// From how many days ahead they are, and by which clause; nothing where the policy does not say.
    pub notice: Option<(ClauseId, i64)>,
    /// The policy in force.
    pub policy: PolicySet,
    /// Rights and remedies for a parcel that is late or lost.
    pub clauses: Vec<ClauseId>,
}

/// The plan of the caller's shop.
pub async fn delay_plan(desk: &Desk, staff: &Staff) -> Result<DelayPlan, AppError> {
    staff.require(Right::Read)?;
    let policy = policy_current(desk, &Caller::Staff(staff.clone())).await?;
    let shop = desk.shop(staff.shop).await?;
    let clauses = policy.clauses().iter();
    let clauses = clauses.filter(|clause| is_about_delay(&clause.terms));
    Ok(DelayPlan {
        holiday: holiday_ahead(desk, &shop, &policy)?,
        notice: policy
            .bound(Bound::HolidayNotice)
            .map(|(clause, days)| (clause.clone(), days)),
        clauses: clauses.map(|clause| clause.id.clone()).collect(),
        policy,
    })
}

/// The holiday that the buyer of an order is told of: only while it has not arrived.
pub async fn order_holiday(
    desk: &Desk,
    buyer: &Buyer,
    policy: &PolicySet,
    order: &Order,
) -> Result<Option<Holiday>, AppError> {
    if matches!(order.phase(), OrderPhase::Delivered | OrderPhase::Cancelled) {
        return Ok(None);
    }
    holiday_ahead(desk, &desk.shop(buyer.shop).await?, policy)
}

/// The holiday that buyers are to be told of at this moment: one that begins soon enough, or goes on.
pub(crate) fn holiday_ahead(
    desk: &Desk,
    shop: &ShopRow,
    policy: &PolicySet,
) -> Result<Option<Holiday>, AppError> {
    let time = desk.calendars.shop_time(&shop.time_zone, &shop.settings);
    let time = time.ok_or_else(|| AppError::Inconsistent("shop time zone".to_owned()))?;
    Ok(holiday_at(&time, policy, desk.clock.now()))
}

fn holiday_at(time: &ShopTime, policy: &PolicySet, now: Moment) -> Option<Holiday> {
    let (_, days) = policy.bound(Bound::HolidayNotice)?;
    let (from, until) = time.next_holiday(now, u32::try_from(days).unwrap_or_default())?;
    Some(Holiday { from, until })
}

/// Whether a clause gives something to whoever says that his parcel is late or lost, and hangs on his saying so.
fn is_about_delay(terms: &Terms) -> bool {
    let when = match terms {
        Terms::Right(right) => &right.when,
        Terms::Remedy(remedy) => &remedy.when,
        _ => return false,
    };
    let holds_for = |reason: &str| {
        let value =
            |name: FactName| (name == FactName::Reason).then(|| FactValue::Path(vec![reason.to_owned()]));
        when.judge(&value, &mut Vec::new()) != Verdict::NotMet
    };
    !holds_for(NONE) && LATE.iter().any(|reason| holds_for(reason))
}
