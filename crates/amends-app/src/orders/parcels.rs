//! Parcels that should have arrived: each is found as soon as its carrier's normal time is over, and its buyer
//! hears from the shop before he asks (CLK-15). Each step is harmless when repeated.
//!
//! Must not know: what a case does about it. Tests: `amends-api/tests/it/parcels.rs`.

use std::collections::BTreeMap;

use amends_domain::actor::{Actor, Authority, Envelope};
use amends_domain::case::recourse::ParcelFault;
use amends_domain::case::{Kind, Parcel};
use amends_domain::command::{Command, OpenCase};
use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, OrderId};
use amends_domain::policy::Bound;
use amends_domain::policy::set::PolicySet;
use amends_domain::refusal::Refusal;
use amends_domain::time::Moment;
pub use amends_store::ParcelRow;
use amends_store::{IdempotencyKey, ShopRow, Submission};

use crate::caller::{Buyer, Right, Staff};
use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::settings::ShopSettings;
use crate::shops::shop_read::{policy_set_in_force, reason_for};

/// Most parcels seen to in one run.
const DUE_MAX: u32 = 50;
/// Reasons that a late parcel is filed under, the first that the shop's policy knows.
const REASONS: [&str; 2] = ["late", "logistics"];
const DAY_MILLIS: i64 = 86_400_000;

/// How many days carriers take: by the shop's settings, else by the policy's clause.
pub(crate) struct Transit {
    by_carrier: BTreeMap<String, u8>,
    otherwise: Option<u64>,
}

impl Transit {
    pub(crate) fn of(settings: &ShopSettings, policy: Option<&PolicySet>) -> Self {
        let bound = policy.and_then(|policy| policy.bound(Bound::TransitDays));
        Self {
            by_carrier: settings.transit_days.clone(),
            otherwise: bound.and_then(|(_, days)| u64::try_from(days).ok()),
        }
    }

    /// Those of one carrier; none where neither says any.
    pub(crate) fn days(&self, carrier: &str) -> Option<u64> {
        let own = self.by_carrier.get(carrier);
        own.map(|days| u64::from(*days)).or(self.otherwise)
    }
}

/// Until when a parcel should have arrived; none where nothing says how long its carrier takes.
pub(super) async fn due_at(
    desk: &Desk,
    shop: &ShopRow,
    carrier: &str,
    sent_at: Moment,
) -> Result<Option<Moment>, AppError> {
    let settings = ShopSettings::parse(&shop.settings)?;
    let policy = policy_set_in_force(desk, shop.id).await?;
    let days = Transit::of(&settings, policy.as_ref()).days(carrier);
    let days = days.map(|days| i64::try_from(days).unwrap_or(i64::MAX));
    Ok(days.map(|days| sent_at.plus_millis(days.saturating_mul(DAY_MILLIS))))
}

/// The parcels of a buyer's order.
pub async fn buyer_parcels(desk: &Desk, buyer: &Buyer) -> Result<Vec<ParcelRow>, AppError> {
    Ok(desk.store.parcels_of_order(buyer.shop, buyer.order).await?)
}

/// The parcels of an order.
pub async fn parcels(desk: &Desk, staff: &Staff, order: OrderId) -> Result<Vec<ParcelRow>, AppError> {
    staff.require(Right::Read)?;
    let found = desk.store.order_by_id(staff.shop, order).await?;
    found.ok_or(AppError::NotFound { what: "order" })?;
    Ok(desk.store.parcels_of_order(staff.shop, order).await?)
}

/// Sees to what should have arrived by now; returns to how many parcels.
pub async fn parcels_run(desk: &Desk) -> Result<usize, AppError> {
    let due = desk.store.parcels_due(desk.clock.now(), DUE_MAX).await?;
    for row in &due {
        let case = match see_to(desk, row).await {
            // It would be declined again each time, and keep those behind it from being seen to.
            Err(AppError::Refused(refusal)) => {
                tracing::warn!(%refusal, "nothing can be done about a late parcel");
                None
            }
            seen => seen?,
        };
        desk.store.parcel_settle(row, case).await?;
    }
    Ok(due.len())
}

/// Brings a late parcel to an open case of its order, or opens one; none where nothing is to be done.
async fn see_to(desk: &Desk, row: &ParcelRow) -> Result<Option<CaseId>, AppError> {
    let Some(order) = desk.store.order_by_id(row.shop, row.order).await? else {
        return Ok(None);
    };
    if order.order.delivered_at.is_some() || order.order.cancelled_at.is_some() {
        return Ok(None);
    }
    for open in desk.store.cases_open_of_order(row.shop, row.order).await? {
        // What is known of it already is more than that it is late.
        let known = open.case.exception.as_ref();
        if known.is_some_and(|known| known.parcel.waybill == row.waybill) {
            return Ok(Some(open.case.id));
        }
        match give(desk, row, open.case.id, None, note(row), "noted").await {
            Ok(case) => return Ok(Some(case)),
            // It lives under older rules: another takes it.
            Err(AppError::Refused(Refusal::NotMeasured { .. })) => {}
            Err(fault) => return Err(fault),
        }
    }
    open_case(desk, row).await
}

async fn open_case(desk: &Desk, row: &ParcelRow) -> Result<Option<CaseId>, AppError> {
    let Some(policy) = policy_set_in_force(desk, row.shop).await? else {
        return Ok(None);
    };
    let command = Command::Open(OpenCase::about(Kind::Consultation, reason_for(&policy, &REASONS)));
    let case: CaseId = desk.random.id(desk.clock.now());
    let case = match give(desk, row, case, Some(row.order), command, "opened").await {
        Ok(case) => case,
        // The shop's policy has no questions handled.
        Err(AppError::Refused(Refusal::KindNotOffered { .. })) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    match give(desk, row, case, None, note(row), "noted").await {
        // Where nothing measures when its buyer is to hear, it still lies before somebody.
        Ok(_) | Err(AppError::Refused(Refusal::NotMeasured { .. })) => Ok(Some(case)),
        Err(fault) => Err(fault),
    }
}

fn note(row: &ParcelRow) -> Command {
    Command::NoteException {
        fault: ParcelFault::Delay,
        parcel: Parcel {
            carrier: row.carrier.clone(),
            waybill: row.waybill.clone(),
        },
        text: None,
    }
}

/// Gives a command about a parcel under a key of its own, once, also where two nodes see to it; returns the case
/// it came to.
async fn give(
    desk: &Desk,
    row: &ParcelRow,
    case: CaseId,
    order: Option<OrderId>,
    command: Command,
    step: &str,
) -> Result<CaseId, AppError> {
    let submission = Submission {
        shop: row.shop,
        envelope: Envelope {
            case,
            actor: Actor::Deadlines,
            authority: Authority::default(),
            at: desk.clock.now(),
            if_terms: None,
        },
        order,
        command,
        key: Some(IdempotencyKey {
            scope: row.order.to_string(),
            key: format!("parcel {step} {}", Digest::of(&[row.waybill.as_bytes()])),
            body: Digest::of(&[b"parcel", row.waybill.as_bytes()]),
        }),
        texts: Vec::new(),
        outbox: None,
    };
    Ok(desk.committer.submit(submission).await?.case)
}
