//! Proves that the books are right: every chain unbroken, every case and ledger what its events
//! make of it, every clock with its deadline, every anchor what it says.
//!
//! Memory is bounded: orders are read a page at a time with their cases and events.
//! Must not know: how findings are shown. Tests: `amends/tests/it/tampering.rs`, `amends-sim/tests/it`.

mod files;
mod history;

use std::collections::BTreeMap;

use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, OrderId, ShopId};
use amends_store::{Anchor, Orphans, Position, anchor_link};
use serde::Serialize;

use crate::desk::Desk;
use crate::error::AppError;
pub use files::verify_files;
use history::verify_history;

const ORDERS_PER_PAGE: u32 = 500;
/// Events read at once while anchors are compared.
const EVENTS_PER_PAGE: u32 = 1_000;
/// How often what looks wrong is read again while commands are being committed.
const READ_AGAIN_MAX: u32 = 3;
/// Findings after which a shop's check stops: more would tell nothing new.
const FINDINGS_MAX: usize = 1_000;

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The shop.
    pub shop: ShopId,
    /// What it is about: a case, an order or an anchor.
    pub about: String,
    /// What is wrong.
    pub what: String,
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Orders with at least one case.
    pub orders: u64,
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
    /// Files, where they were looked at.
    pub files: u64,
    /// Minor units paid out and held to be, over all ledgers and accounts.
    pub paid_out_minor: i64,
    /// What is wrong; empty when the books are right.
    pub findings: Vec<Finding>,
}

/// Verifies everything of one shop.
pub async fn verify(desk: &Desk, shop: ShopId) -> Result<Verified, AppError> {
    let mut verified = Verified::default();
    let mut after: Option<OrderId> = None;
    loop {
        let page = desk.store.orders_with_cases(shop, after, ORDERS_PER_PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        verify_orders(desk, shop, &page, &mut verified).await?;
        if verified.findings.len() >= FINDINGS_MAX {
            return Ok(verified);
        }
    }
    let mut after: Option<CaseId> = None;
    loop {
        let page = desk
            .store
            .cases_without_order(shop, after, ORDERS_PER_PAGE)
            .await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        for history in desk.store.histories_without_order(shop, &page).await? {
            verified.add(verify_history(shop, &history));
        }
        if verified.findings.len() >= FINDINGS_MAX {
            return Ok(verified);
        }
    }
    let orphans = desk.store.orphans(shop).await?;
    if orphans != Orphans::default() {
        verified.push(
            shop,
            "tables",
            format!("rows belong to nothing, something was removed: {orphans:?}"),
        );
    }
    verify_anchors(desk, shop, &mut verified).await?;
    Ok(verified)
}

/// Verifies the orders whose cases changed after a position: all of each, from its first event.
pub async fn verify_since(desk: &Desk, shop: ShopId, after: Position) -> Result<Verified, AppError> {
    let mut verified = Verified::default();
    let orders = desk.store.orders_touched(shop, after).await?;
    for page in orders.chunks(ORDERS_PER_PAGE as usize) {
        verify_orders(desk, shop, page, &mut verified).await?;
    }
    Ok(verified)
}

/// Verifies a page of orders. What looks wrong is read once more before it is believed: a command
/// may have been committed between reading one table and the next.
async fn verify_orders(
    desk: &Desk,
    shop: ShopId,
    orders: &[OrderId],
    verified: &mut Verified,
) -> Result<(), AppError> {
    for history in desk.store.order_histories(shop, orders).await? {
        let Some(order) = history.order.as_ref().map(|row| row.order.id) else {
            continue;
        };
        let mut looked = verify_history(shop, &history);
        for _ in 0..READ_AGAIN_MAX {
            if looked.findings.is_empty() {
                break;
            }
            for again in desk.store.order_histories(shop, &[order]).await? {
                looked = verify_history(shop, &again);
            }
        }
        verified.add(looked);
    }
    Ok(())
}

impl Verified {
    /// Adds another result to this one.
    pub fn add(&mut self, other: Verified) {
        self.orders += other.orders;
        self.cases += other.cases;
        self.events += other.events;
        self.files += other.files;
        self.paid_out_minor += other.paid_out_minor;
        self.findings.extend(other.findings);
    }

    fn push(&mut self, shop: ShopId, about: impl std::fmt::Display, what: String) {
        self.findings.push(Finding {
            shop,
            about: about.to_string(),
            what,
        });
    }
}

/// Walks the shop's stream once and compares every anchor with the heads that moved since the one before.
async fn verify_anchors(desk: &Desk, shop: ShopId, verified: &mut Verified) -> Result<(), AppError> {
    let mut anchors = desk.store.anchors_list(shop).await?.into_iter().peekable();
    let mut heads: BTreeMap<CaseId, (u64, Digest)> = BTreeMap::new();
    let (mut previous, mut after) = (Digest::ZERO, Position::default());
    while anchors.peek().is_some() {
        let page = desk.store.events_after(shop, after, EVENTS_PER_PAGE).await?;
        for row in &page {
            while let Some(anchor) = anchors.next_if(|anchor| anchor.upto_commit < row.commit_id) {
                verified.compare(shop, &anchor, previous, &heads);
                previous = anchor.root;
                heads.clear();
            }
            heads.insert(row.case, (row.seq, row.hash));
            after = row.position();
        }
        if page.is_empty() {
            for anchor in anchors.by_ref() {
                verified.compare(shop, &anchor, previous, &heads);
                previous = anchor.root;
                heads.clear();
            }
        }
    }
    Ok(())
}

impl Verified {
    fn compare(
        &mut self,
        shop: ShopId,
        anchor: &Anchor,
        previous: Digest,
        heads: &BTreeMap<CaseId, (u64, Digest)>,
    ) {
        let link =
            |root, (case, (seq, head)): (&CaseId, &(u64, Digest))| anchor_link(root, *case, *seq, *head);
        let root = heads.iter().fold(previous, link);
        let cases = u64::try_from(heads.len()).unwrap_or(u64::MAX);
        if anchor.previous != previous || anchor.root != root || anchor.cases != cases {
            let what =
                "what is stored is not what was anchored: a chain was cut, or a case removed".to_owned();
            self.push(shop, format!("anchor {}", anchor.day), what);
        }
    }
}
