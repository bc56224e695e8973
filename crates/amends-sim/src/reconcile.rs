//! Compares the provider's books with ours, refund by refund: what it paid we say is paid or still
//! ask about, what we say it paid it paid, and the amounts are equal.
//!
//! Ours is read from the events alone, not from what the desk makes of them.
//! Must not know: how payments come about. Tests: `tests/it/reconcile.rs`, `tests/it/year.rs`.

use std::collections::BTreeMap;

use amends_app::Position;
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::verify::Finding;
use amends_domain::event::Event;
use amends_domain::ids::{CaseId, ShopId};

use crate::payments::SimulatedPayments;

const PAGE: u32 = 1_000;

/// How far one of our refunds has come, by its last event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Due, and the provider not asked.
    Due,
    /// Asked for, unknown, or declined: the provider may have paid, and we do not say that it has.
    Open,
    /// Paid by the provider.
    Paid,
    /// Paid by hand after the provider declined.
    ByHand,
    /// Paid by hand and by the provider.
    Twice,
}

/// The case and number a provider's key stands for.
pub fn refund_of_key(key: &str) -> Result<(CaseId, u32), AppError> {
    let parts = key
        .rsplit_once('-')
        .and_then(|(case, refund)| Some((case.parse().ok()?, refund.parse().ok()?)));
    parts.ok_or_else(|| AppError::Inconsistent(format!("the provider's key {key} is none of ours")))
}

/// What differs between the provider's books and the events of a shop.
pub async fn reconcile(
    desk: &Desk,
    shop: ShopId,
    provider: &SimulatedPayments,
) -> Result<Vec<Finding>, AppError> {
    let ours = refunds(desk, shop).await?;
    let theirs: BTreeMap<String, (i64, bool)> = provider
        .entries()
        .into_iter()
        .map(|(key, minor, paid)| (key, (minor, paid)))
        .collect();
    let mut findings = Vec::new();
    let mut push = |about: &str, what: String| {
        findings.push(Finding {
            shop,
            about: format!("refund {about}"),
            what,
        });
    };
    for (key, (minor, told)) in &ours {
        let booked = theirs.get(key);
        let paid = booked.is_some_and(|(_, paid)| *paid);
        if let Some((booked, _)) = booked
            && booked != minor
        {
            push(key, format!("we asked for {minor}, the provider booked {booked}"));
        }
        let fits = match told {
            Told::Due | Told::ByHand => !paid,
            Told::Open => true,
            Told::Paid | Told::Twice => paid,
        };
        if !fits {
            let books = if paid { "paid" } else { "not paid" };
            push(
                key,
                format!("the provider's books say {books}, our events end with {told:?}"),
            );
        }
    }
    for key in theirs.keys().filter(|key| !ours.contains_key(*key)) {
        push(
            key,
            "the provider was asked for it, and no event orders it".to_owned(),
        );
    }
    Ok(findings)
}

/// Every refund of our events by its key: minor units and how far it has come.
async fn refunds(desk: &Desk, shop: ShopId) -> Result<BTreeMap<String, (i64, Told)>, AppError> {
    let mut refunds: BTreeMap<String, (i64, Told)> = BTreeMap::new();
    let mut after = Position::default();
    loop {
        let page = desk.store.events_after(shop, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(refunds);
        };
        after = last.position();
        for row in &page {
            let event = Event::decode(row.version, &row.body)
                .map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
            let (refund, told) = match &event {
                Event::RefundDue {
                    refund, breakdown, ..
                } => {
                    let key = format!("{}-{refund}", row.case);
                    refunds.insert(key, (breakdown.total(), Told::Due));
                    continue;
                }
                Event::RefundOrdered { refund }
                | Event::RefundRetried { refund, .. }
                | Event::RefundUnknown { refund, .. }
                | Event::RefundFailed { refund, .. } => (refund, Told::Open),
                Event::RefundPaid { refund, .. } => (refund, Told::Paid),
                Event::RefundRecorded { refund, .. } => (refund, Told::ByHand),
                Event::RefundPaidTwice { refund, .. } => (refund, Told::Twice),
                _ => continue,
            };
            if let Some(known) = refunds.get_mut(&format!("{}-{refund}", row.case)) {
                known.1 = told;
            }
        }
    }
}
