//! Proves that the books are right: every chain unbroken, every case and ledger what its events
//! make of it, every clock with its deadline, every anchor what it says.
//!
//! Memory is bounded: orders are read a page at a time with their cases and events.
//! Must not know: how findings are shown. Tests: `tests/it/verify.rs`, `amends-sim/tests/it`.

use std::collections::BTreeMap;

use amends_domain::case::Case;
use amends_domain::digest::Digest;
use amends_domain::event::{Event, chain};
use amends_domain::evolve::{State, evolve};
use amends_domain::ids::{CaseId, OrderId, ShopId};
use amends_domain::ledger::OrderLedger;
use amends_domain::order::Order;
use amends_store::{
    Anchor, CaseHistory, DueDeadline, EventRow, OrderHistory, Orphans, Position, anchor_link,
};
use serde::Serialize;

use crate::desk::Desk;
use crate::error::AppError;

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
        let order = history.order.order.id;
        let mut looked = verify_order(shop, &history);
        for _ in 0..READ_AGAIN_MAX {
            if looked.findings.is_empty() {
                break;
            }
            for again in desk.store.order_histories(shop, &[order]).await? {
                looked = verify_order(shop, &again);
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

fn verify_order(shop: ShopId, history: &OrderHistory) -> Verified {
    let OrderHistory { order, cases } = history;
    let mut verified = Verified {
        orders: 1,
        ..Verified::default()
    };
    let replayed = replay(shop, &order.order, cases, &mut verified);
    if replayed.ledger != order.ledger {
        verified.push(
            shop,
            order.order.id,
            "the stored ledger is not what the events make".to_owned(),
        );
    }
    if let Err(fault) = order.ledger.check() {
        verified.push(shop, order.order.id, fault.to_string());
    }
    verified.paid_out_minor += order.ledger.paid_out();
    for CaseHistory { row, deadlines, .. } in cases {
        if replayed.cases.get(&row.case.id) != Some(&row.case) {
            verified.push(
                shop,
                row.case.id,
                "the stored case is not what its events make".to_owned(),
            );
        }
        verify_clocks(shop, &row.case, deadlines, &mut verified);
    }
    verified
}

struct Replayed {
    ledger: OrderLedger,
    cases: BTreeMap<CaseId, Case>,
}

/// Replays all events of an order's cases in the sequence they were committed in.
fn replay(shop: ShopId, order: &Order, cases: &[CaseHistory], verified: &mut Verified) -> Replayed {
    let mut heads: BTreeMap<CaseId, (Digest, u64)> = BTreeMap::new();
    let mut replayed = Replayed {
        ledger: OrderLedger::open(order),
        cases: BTreeMap::new(),
    };
    let mut events: Vec<(CaseId, &EventRow)> = cases
        .iter()
        .flat_map(|case| case.events.iter().map(|event| (case.row.case.id, event)))
        .collect();
    events.sort_by_key(|(_, event)| (event.commit_id, event.ordinal));
    for (case, row) in events {
        verified.events += 1;
        let (head, seq) = heads.entry(case).or_insert((Digest::ZERO, 0));
        let expected = chain(
            *head,
            case,
            row.seq,
            row.at.millis(),
            &row.actor,
            row.version,
            &row.body,
        );
        if row.seq != *seq + 1 || row.hash != expected {
            verified.push(shop, case, format!("the chain breaks at event {}", row.seq));
        }
        (*head, *seq) = (row.hash, row.seq);
        match Event::decode(row.version, &row.body) {
            Ok(event) => {
                let ledger = replayed.ledger.clone();
                let mut state = State {
                    case: replayed.cases.remove(&case),
                    ledger: Some(ledger),
                };
                evolve(&mut state, &event, row.at);
                replayed.ledger = state.ledger.unwrap_or(replayed.ledger);
                replayed.cases.extend(state.case.map(|state| (case, state)));
            }
            Err(fault) => verified.push(shop, case, format!("event {}: {fault}", row.seq)),
        }
    }
    for CaseHistory { row, .. } in cases {
        verified.cases += 1;
        let head = heads.get(&row.case.id).map(|(head, _)| *head);
        if head != Some(row.head) {
            verified.push(
                shop,
                row.case.id,
                "the chain does not end at the case's head".to_owned(),
            );
        }
    }
    replayed
}

/// Every running clock has its deadlines and every deadline its clock; an open case has an owner.
fn verify_clocks(shop: ShopId, case: &Case, deadlines: &[DueDeadline], verified: &mut Verified) {
    let mut expected: Vec<(String, u32, i64)> = Vec::new();
    for (clock, run) in &case.clocks {
        expected.push((
            format!("{}/expiry", clock.code()),
            run.generation,
            run.due_at.millis(),
        ));
        if let Some(warn_at) = run.warn_at {
            expected.push((
                format!("{}/warning", clock.code()),
                run.generation,
                warn_at.millis(),
            ));
        }
    }
    let row = |row: &DueDeadline| {
        (
            format!("{}/{}", row.clock.code(), row.stage.code()),
            row.generation,
            row.due_at.millis(),
        )
    };
    let mut stored: Vec<(String, u32, i64)> = deadlines.iter().map(row).collect();
    expected.sort();
    stored.sort();
    if expected != stored {
        verified.push(
            shop,
            case.id,
            format!("its clocks ask for deadlines {expected:?}, stored are {stored:?}"),
        );
    }
    if !case.is_closed() && case.clocks.is_empty() && case.escalated_to.is_none() {
        verified.push(
            shop,
            case.id,
            "it is open, and no clock and nobody watches it".to_owned(),
        );
    }
}

/// Walks the shop's stream once and compares every anchor with the heads as they were then.
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
            }
            heads.insert(row.case, (row.seq, row.hash));
            after = row.position();
        }
        if page.is_empty() {
            for anchor in anchors.by_ref() {
                verified.compare(shop, &anchor, previous, &heads);
                previous = anchor.root;
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
