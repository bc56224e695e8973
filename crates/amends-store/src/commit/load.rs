//! Loading what a batch is decided on: orders and cases, locked, each by one query; then the facts.
//!
//! Locks are taken in one order everywhere, orders before cases and each by key, so that two nodes
//! cannot wait for each other. SQLite holds its one write lock already.
//! Must not know: what is decided. Tests: `tests/it/committer.rs`, `tests/it/race.rs`.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use amends_domain::actor::Actor;
use amends_domain::case::Case;
use amends_domain::case::trade::PaymentWay;
use amends_domain::command::Command;
use amends_domain::digest::Digest;
use amends_domain::facts::{Facts, Product};
use amends_domain::ids::{BuyerId, CaseId, OrderId, ShopId};
use amends_domain::ledger::OrderLedger;
use amends_domain::money::Money;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::{Moment, ShopTime};

use super::writes::{Deadline, deadlines_of};
use super::{Committed, IdempotencyKey, Submission};
use crate::db::{Batched, Kind, Row, Rows, Tx, Value, args};
use crate::error::StoreError;
use crate::payments::PAYMENT_ON;
use crate::policies::{POLICY_TEXT, parse_policy};
use crate::shop_time::Calendars;

/// How far back earlier cases of a buyer count.
const NINETY_DAYS_MILLIS: i64 = 90 * 24 * 60 * 60 * 1_000;
/// Most parsed policy sets kept; a shop has few, and those of closed cases are not asked for.
const POLICIES_MAX: usize = 512;

pub(super) type CaseKey = (ShopId, CaseId);
pub(super) type OrderKey = (ShopId, OrderId);
pub(super) type PaymentKey = (ShopId, PaymentWay, String);

/// A shop as far as deciding needs it.
pub(super) struct ShopFacts {
    /// None while its time zone is one nobody knows.
    pub(super) time: Option<ShopTime>,
    /// The set in force at each moment a case is opened.
    pub(super) policies: HashMap<Moment, Digest>,
}

/// An order in the batch: what it was when loaded, and its ledger as the batch has it.
pub(super) struct OrderSlot {
    /// Its order is always there; counts and products are set for each command.
    pub(super) facts: Option<Facts>,
    pub(super) buyer: BuyerId,
    /// Away only while a command is being decided.
    pub(super) ledger: Option<OrderLedger>,
    pub(super) version: u64,
    pub(super) dirty: bool,
    /// The order itself got further: it was paid, or sent.
    pub(super) moved: bool,
}

/// A case in the batch.
pub(super) struct CaseSlot {
    pub(super) order: Option<OrderId>,
    /// Away only while a command is being decided.
    pub(super) case: Option<Case>,
    pub(super) head: Digest,
    /// None while the case has not been written.
    pub(super) stored: Option<StoredCase>,
    pub(super) dirty: bool,
    /// Deadlines to be removed although no clock of the case ended: they were stale.
    pub(super) stale: Vec<Deadline>,
    /// Orders the cases a batch opens, so that their numbers follow the order they came in.
    pub(super) place: usize,
}

/// What the row of a case holds.
pub(super) struct StoredCase {
    pub(super) number: i64,
    pub(super) version: u64,
    pub(super) deadlines: Vec<Deadline>,
}

/// What was committed under a key.
pub(super) struct StoredKey {
    pub(super) body: Digest,
    pub(super) committed: Committed,
}

/// Everything a batch is decided on.
#[derive(Default)]
pub(super) struct Loaded {
    pub(super) shops: HashMap<ShopId, ShopFacts>,
    pub(super) orders: HashMap<OrderKey, OrderSlot>,
    pub(super) cases: HashMap<CaseKey, CaseSlot>,
    pub(super) keys: HashMap<(ShopId, String, String), StoredKey>,
    pub(super) products: HashMap<(ShopId, String), Product>,
    /// Cases of a buyer opened from a moment on.
    pub(super) opened: HashMap<(ShopId, BuyerId, Moment), u32>,
    /// Closed cases of the orders that cases are opened on, the latest first.
    pub(super) closed: HashMap<OrderKey, Vec<Case>>,
    /// Until when buyers stand on the block list.
    pub(super) blocked: HashMap<(ShopId, BuyerId), Moment>,
    /// Which case has a payment on record, by its way and reference.
    pub(super) payments: HashMap<PaymentKey, CaseId>,
}

/// Parsed policy sets; they never change, so they are read once.
#[derive(Default)]
pub(super) struct Policies(HashMap<(ShopId, Digest), Arc<PolicySet>>);

impl Policies {
    pub(super) fn get(&self, shop: ShopId, hash: Digest) -> Option<&Arc<PolicySet>> {
        self.0.get(&(shop, hash))
    }
}

/// From when on a buyer's earlier cases count.
pub(super) fn counts_from(at: Moment) -> Moment {
    at.plus_millis(-NINETY_DAYS_MILLIS)
}

static LOCK_ORDERS: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("order_id", Kind::Text),
        ("case_id", Kind::Text),
    ],
    "SELECT o.shop_id, o.order_id, o.order_json, o.ledger_json, o.version FROM ( \
       SELECT shop_id, order_id FROM v WHERE order_id IS NOT NULL \
       UNION SELECT c.shop_id, c.order_id FROM v JOIN cases c ON c.shop_id = v.shop_id AND c.case_id = v.case_id \
     ) k JOIN orders o ON o.shop_id = k.shop_id AND o.order_id = k.order_id \
     ORDER BY o.shop_id, o.order_id {FOR UPDATE OF o}",
);

static LOCK_CASES: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("case_id", Kind::Text)],
    "SELECT c.shop_id, c.case_id, c.number, c.version, c.head, c.state FROM v \
     JOIN cases c ON c.shop_id = v.shop_id AND c.case_id = v.case_id \
     ORDER BY c.shop_id, c.case_id {FOR UPDATE OF c}",
);

static KEYS: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("scope", Kind::Text),
        ("key", Kind::Text),
    ],
    "SELECT i.shop_id, i.scope, i.key, i.body, i.case_id, i.number, i.seq, i.terms, i.events FROM v \
     JOIN idempotency i ON i.shop_id = v.shop_id AND i.scope = v.scope AND i.key = v.key",
);

static SHOPS: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("at", Kind::Int)],
    "SELECT s.shop_id, v.at, s.time_zone, s.settings, COALESCE((SELECT p.hash FROM policy_periods p \
       WHERE p.shop_id = s.shop_id AND p.from_at <= v.at ORDER BY p.from_at DESC LIMIT 1), s.policy_hash) \
     FROM v JOIN shops s ON s.shop_id = v.shop_id",
);

static PRODUCTS: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("sku", Kind::Text)],
    "SELECT p.shop_id, p.sku, p.title, p.price_minor, p.currency FROM v \
     JOIN products p ON p.shop_id = v.shop_id AND p.sku = v.sku",
);

static OPENED: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("buyer_id", Kind::Text),
        ("since", Kind::Int),
    ],
    "SELECT v.shop_id, v.buyer_id, v.since, (SELECT COUNT(*) FROM cases c \
       WHERE c.shop_id = v.shop_id AND c.buyer_id = v.buyer_id AND c.opened_at >= v.since \
       AND c.kind NOT IN ('review_rescue', 'unpaid_order')) FROM v",
);

// `closed_at` is never the same as the state says something else: both are written together.
static CLOSED: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("order_id", Kind::Text)],
    "SELECT c.shop_id, c.order_id, c.state FROM v \
     JOIN cases c ON c.shop_id = v.shop_id AND c.order_id = v.order_id AND c.closed_at IS NOT NULL \
     ORDER BY c.closed_at DESC, c.case_id",
);

static BLOCKED: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("buyer_id", Kind::Text)],
    "SELECT b.shop_id, b.buyer_id, MAX(b.until_at) FROM v \
     JOIN blocks b ON b.shop_id = v.shop_id AND b.buyer_id = v.buyer_id AND b.lifted_at IS NULL \
     GROUP BY b.shop_id, b.buyer_id",
);

static COVERS: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("order_id", Kind::Text)],
    "SELECT c.shop_id, c.order_id, c.cover_json FROM v \
     JOIN covers c ON c.shop_id = v.shop_id AND c.order_id = v.order_id ORDER BY c.cover_id",
);

/// Products a command names.
pub(super) fn skus(command: &Command) -> impl Iterator<Item = &str> {
    let open = match command {
        Command::Open(open) => open.replacement_sku.as_deref(),
        _ => None,
    };
    let picks = match command {
        Command::Offer { picks, .. } => picks.as_slice(),
        _ => &[],
    };
    let picked = picks.iter().filter_map(|pick| pick.replacement_sku.as_deref());
    open.into_iter().chain(picked)
}

/// Locks and loads everything the batch may touch.
pub(super) async fn load(
    tx: &mut Tx,
    batch: &[&Submission],
    calendars: &Calendars,
    policies: &mut Policies,
) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded::default();
    load_shops(tx, batch, calendars, &mut loaded).await?;
    lock_orders(tx, batch, &mut loaded).await?;
    lock_cases(tx, batch, &mut loaded).await?;
    load_covers(tx, &mut loaded).await?;
    // Keys come after the locks: whoever held them before us may have used one of ours.
    load_keys(tx, batch, &mut loaded).await?;
    load_products(tx, batch, &mut loaded).await?;
    load_opened(tx, batch, &mut loaded).await?;
    load_closed(tx, batch, &mut loaded).await?;
    load_blocked(tx, batch, &mut loaded).await?;
    load_payments(tx, batch, &mut loaded).await?;
    load_policies(tx, &loaded, policies).await?;
    Ok(loaded)
}

async fn load_shops(
    tx: &mut Tx,
    batch: &[&Submission],
    calendars: &Calendars,
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    // A case is opened under what is in force then: each moment of an opening is asked for.
    let mut wanted: BTreeSet<(ShopId, Moment)> = BTreeSet::new();
    let mut shops: BTreeSet<ShopId> = BTreeSet::new();
    for submission in batch {
        let opens = matches!(submission.command, Command::Open(_));
        if shops.insert(submission.shop) || opens {
            wanted.insert((submission.shop, submission.envelope.at));
        }
    }
    let mut rows = Rows::default();
    for (shop, at) in wanted {
        rows.push([shop.into(), at.into()]);
    }
    for mut row in SHOPS.fetch(tx, rows).await? {
        let (shop, at) = (row.parsed()?, row.moment()?);
        let (zone, settings) = (row.text()?, row.text()?);
        let policy = row.digest_or_none()?;
        let facts = loaded.shops.entry(shop).or_insert_with(|| ShopFacts {
            time: calendars.shop_time(&zone, &settings),
            policies: HashMap::new(),
        });
        facts.policies.extend(policy.map(|policy| (at, policy)));
    }
    Ok(())
}

async fn lock_orders(tx: &mut Tx, batch: &[&Submission], loaded: &mut Loaded) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for submission in batch {
        match (&submission.command, submission.order) {
            (Command::Open(_), Some(order)) => {
                rows.push([submission.shop.into(), order.into(), Value::Text(None)]);
            }
            (Command::Open(_), None) => {}
            _ => rows.push([
                submission.shop.into(),
                Value::Text(None),
                submission.envelope.case.into(),
            ]),
        }
    }
    for mut row in LOCK_ORDERS.fetch(tx, rows).await? {
        let (key, slot) = order_slot(&mut row, loaded)?;
        loaded.orders.insert(key, slot);
    }
    Ok(())
}

fn order_slot(row: &mut Row, loaded: &Loaded) -> Result<(OrderKey, OrderSlot), StoreError> {
    let key: OrderKey = (row.parsed()?, row.parsed()?);
    let order: amends_domain::order::Order = row.json()?;
    let buyer = order.buyer;
    let time = loaded.shops.get(&key.0).and_then(|shop| shop.time.clone());
    let facts = time.map(|time| Facts {
        time,
        order: Some(order),
        returns_last_90_days: 0,
        products: Vec::new(),
        earlier: Vec::new(),
        buyer_blocked: false,
        payment_on: None,
        covers: Vec::new(),
    });
    let slot = OrderSlot {
        facts,
        buyer,
        ledger: Some(row.json()?),
        version: row.count()?,
        dirty: false,
        moved: false,
    };
    Ok((key, slot))
}

/// What was sold or given with the lines of the orders; how far it is used stands in their ledgers.
async fn load_covers(tx: &mut Tx, loaded: &mut Loaded) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for (shop, order) in loaded.orders.keys() {
        rows.push([(*shop).into(), (*order).into()]);
    }
    for mut row in COVERS.fetch(tx, rows).await? {
        let key: OrderKey = (row.parsed()?, row.parsed()?);
        let cover = row.json()?;
        let slot = loaded.orders.get_mut(&key);
        if let Some(facts) = slot.and_then(|slot| slot.facts.as_mut()) {
            facts.covers.push(cover);
        }
    }
    Ok(())
}

async fn lock_cases(tx: &mut Tx, batch: &[&Submission], loaded: &mut Loaded) -> Result<(), StoreError> {
    let keys: BTreeSet<CaseKey> = batch
        .iter()
        .map(|submission| (submission.shop, submission.envelope.case))
        .collect();
    let mut rows = Rows::default();
    for (shop, case) in keys {
        rows.push([shop.into(), case.into()]);
    }
    for mut row in LOCK_CASES.fetch(tx, rows).await? {
        let key: CaseKey = (row.parsed()?, row.parsed()?);
        let (number, version, head) = (row.int()?, row.count()?, row.digest()?);
        let case: Case = row.json()?;
        if case.seq != version || case.id != key.1 {
            return Err(StoreError::corrupt(
                "cases.state",
                "it is not the state of its own row",
            ));
        }
        let slot = CaseSlot {
            order: case.order,
            stored: Some(StoredCase {
                number,
                version,
                deadlines: deadlines_of(&case),
            }),
            case: Some(case),
            head,
            dirty: false,
            stale: Vec::new(),
            place: 0,
        };
        loaded.cases.insert(key, slot);
    }
    Ok(())
}

async fn load_keys(tx: &mut Tx, batch: &[&Submission], loaded: &mut Loaded) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for submission in batch {
        if let Some(IdempotencyKey { scope, key, .. }) = &submission.key {
            rows.push([submission.shop.into(), scope.as_str().into(), key.as_str().into()]);
        }
    }
    for mut row in KEYS.fetch(tx, rows).await? {
        let key = (row.parsed()?, row.text()?, row.text()?);
        let stored = StoredKey {
            body: row.digest()?,
            committed: Committed {
                case: row.parsed()?,
                number: row.int()?,
                seq: row.count()?,
                terms: row.count()?,
                events: row.count32()?,
                replayed: true,
            },
        };
        loaded.keys.insert(key, stored);
    }
    Ok(())
}

async fn load_products(tx: &mut Tx, batch: &[&Submission], loaded: &mut Loaded) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for submission in batch {
        for sku in skus(&submission.command) {
            rows.push([submission.shop.into(), sku.into()]);
        }
    }
    for mut row in PRODUCTS.fetch(tx, rows).await? {
        let (shop, sku, title) = (row.parsed()?, row.text()?, row.text()?);
        let price = Money::new(row.int()?, row.parsed()?);
        let price = price.map_err(|fault| StoreError::corrupt("products.price_minor", fault))?;
        let key = (shop, sku.clone());
        loaded.products.insert(key, Product { sku, title, price });
    }
    Ok(())
}

async fn load_opened(tx: &mut Tx, batch: &[&Submission], loaded: &mut Loaded) -> Result<(), StoreError> {
    let mut wanted = BTreeSet::new();
    for submission in batch {
        if let (Command::Open(_), Some(order)) = (&submission.command, submission.order)
            && let Some(slot) = loaded.orders.get(&(submission.shop, order))
        {
            wanted.insert((submission.shop, slot.buyer, counts_from(submission.envelope.at)));
        }
    }
    let mut rows = Rows::default();
    for (shop, buyer, since) in wanted {
        rows.push([shop.into(), buyer.into(), since.into()]);
    }
    for mut row in OPENED.fetch(tx, rows).await? {
        let key = (row.parsed()?, row.parsed()?, row.moment()?);
        loaded.opened.insert(key, row.count32()?);
    }
    Ok(())
}

async fn load_closed(tx: &mut Tx, batch: &[&Submission], loaded: &mut Loaded) -> Result<(), StoreError> {
    let opened_on = |submission: &&Submission| match (&submission.command, submission.order) {
        (Command::Open(_), Some(order)) => Some((submission.shop, order)),
        _ => None,
    };
    let orders: BTreeSet<OrderKey> = batch.iter().filter_map(opened_on).collect();
    let mut rows = Rows::default();
    for (shop, order) in orders {
        rows.push([shop.into(), order.into()]);
    }
    for mut row in CLOSED.fetch(tx, rows).await? {
        let key: OrderKey = (row.parsed()?, row.parsed()?);
        loaded.closed.entry(key).or_default().push(row.json()?);
    }
    Ok(())
}

/// Who a command is about: whose case or order it is, or who asks where there is none.
pub(super) fn buyer_of(submission: &Submission, loaded: &Loaded) -> Option<BuyerId> {
    let case = loaded.cases.get(&(submission.shop, submission.envelope.case));
    let of_case = case.and_then(|slot| slot.case.as_ref()).map(|case| case.buyer);
    let Command::Open(open) = &submission.command else {
        return of_case;
    };
    let order = submission.order.map(|order| (submission.shop, order));
    let of_order = order
        .and_then(|order| loaded.orders.get(&order))
        .map(|slot| slot.buyer);
    let asks = match submission.envelope.actor {
        Actor::Buyer(buyer) => Some(buyer),
        _ => open.buyer,
    };
    of_order.or(asks)
}

async fn load_blocked(tx: &mut Tx, batch: &[&Submission], loaded: &mut Loaded) -> Result<(), StoreError> {
    let about = |submission: &&Submission| Some((submission.shop, buyer_of(submission, loaded)?));
    let buyers: BTreeSet<(ShopId, BuyerId)> = batch.iter().filter_map(about).collect();
    let mut rows = Rows::default();
    for (shop, buyer) in buyers {
        rows.push([shop.into(), buyer.into()]);
    }
    for mut row in BLOCKED.fetch(tx, rows).await? {
        loaded
            .blocked
            .insert((row.parsed()?, row.parsed()?), row.moment()?);
    }
    Ok(())
}

/// The payment a command brings.
pub(super) fn payment_of(submission: &Submission) -> Option<PaymentKey> {
    match &submission.command {
        Command::RecordPayment { way, reference, .. } => Some((submission.shop, *way, reference.clone())),
        _ => None,
    }
}

async fn load_payments(tx: &mut Tx, batch: &[&Submission], loaded: &mut Loaded) -> Result<(), StoreError> {
    let brought: BTreeSet<PaymentKey> = batch
        .iter()
        .filter_map(|submission| payment_of(submission))
        .collect();
    let mut rows = Rows::default();
    // No database text holds U+0000; what has one is refused by the rules, and never stored.
    for (shop, way, reference) in brought.iter().filter(|(.., text)| !text.contains('\0')) {
        rows.push([(*shop).into(), way.code().into(), reference.as_str().into()]);
    }
    for mut row in PAYMENT_ON.fetch(tx, rows).await? {
        let key = (row.parsed()?, row.named(PaymentWay::named)?, row.text()?);
        loaded.payments.insert(key, row.parsed()?);
    }
    Ok(())
}

async fn load_policies(tx: &mut Tx, loaded: &Loaded, policies: &mut Policies) -> Result<(), StoreError> {
    let current = loaded
        .shops
        .iter()
        .flat_map(|(shop, facts)| facts.policies.values().map(|policy| (*shop, *policy)));
    let pinned = loaded
        .cases
        .iter()
        .filter_map(|((shop, _), slot)| Some((*shop, slot.case.as_ref()?.policy)));
    let missing: BTreeSet<(ShopId, Digest)> = current
        .chain(pinned)
        .filter(|key| !policies.0.contains_key(key))
        .collect();
    for (shop, hash) in missing {
        if policies.0.len() >= POLICIES_MAX {
            policies.0.clear();
        }
        // One that is not there is told of when a command asks for it.
        if let Some(mut row) = tx.fetch_first(POLICY_TEXT, args![shop, hash]).await? {
            let set = parse_policy(&row.text()?, hash)?;
            policies.0.insert((shop, hash), Arc::new(set));
        }
    }
    Ok(())
}
