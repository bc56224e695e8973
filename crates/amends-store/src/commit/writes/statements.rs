//! The statements that write a batch, one a table, and what guards them.
//!
//! Must not know: how rows came about. Tests: `tests/it/committer.rs`.

use super::{Numbers, Stale, WriteFault, Writes, opened_by_shop};
use crate::commit::load::{CaseKey, OrderKey};
use crate::db::Kind::{Bytes, Int, Text};
use crate::db::{Batched, Rows, Tx};
use crate::error::StoreError;
use crate::payments::PAYMENTS;
use crate::reviews::REVIEWS;

/// Counts a shop's writing transactions. The row stays locked until the transaction ends, so numbers
/// become visible in their own order: whoever reads by them never skips, and a case's history is in
/// order in them too.
static COMMITS: Batched = Batched::new(
    &[("shop_id", Text)],
    "INSERT INTO counters (shop_id, name, value) SELECT shop_id, 'commit', 1 FROM v WHERE true \
     ON CONFLICT (shop_id, name) DO UPDATE SET value = counters.value + 1",
);

static EVENTS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("seq", Int),
        ("at", Int),
        ("actor", Text),
        ("type", Text),
        ("version", Int),
        ("body", Bytes),
        ("hash", Bytes),
        ("ordinal", Int),
    ],
    "INSERT INTO events (shop_id, case_id, seq, at, actor, type, version, body, hash, commit_id, ordinal) \
     SELECT v.shop_id, v.case_id, v.seq, v.at, v.actor, v.type, v.version, v.body, v.hash, c.value, v.ordinal \
     FROM v JOIN counters c ON c.shop_id = v.shop_id AND c.name = 'commit'",
);

static AUDIT: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("ordinal", Int),
        ("at", Int),
        ("actor", Text),
        ("command", Text),
        ("case_id", Text),
        ("first_seq", Int),
        ("last_seq", Int),
        ("scope", Text),
        ("key", Text),
    ],
    "INSERT INTO audit (shop_id, commit_id, ordinal, at, actor, command, case_id, first_seq, last_seq, scope, key) \
     SELECT v.shop_id, c.value, v.ordinal, v.at, v.actor, v.command, v.case_id, v.first_seq, v.last_seq, v.scope, \
     v.key FROM v JOIN counters c ON c.shop_id = v.shop_id AND c.name = 'commit'",
);

static TEXTS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("text_id", Text),
        ("case_id", Text),
        ("author", Text),
        ("body", Text),
        ("salt", Bytes),
        ("at", Int),
    ],
    "INSERT INTO texts (shop_id, text_id, case_id, author, body, salt, at) \
     SELECT shop_id, text_id, case_id, author, body, salt, at FROM v",
);

static WORDS: Batched = Batched::new(
    &[("shop_id", Text), ("text_id", Text), ("words", Text)],
    "INSERT INTO text_words (shop_id, text_id, words) \
     SELECT shop_id, text_id, {array_to_tsvector(string_to_array(words, ' '))}[words] FROM v",
);

static LEDGERS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("order_id", Text),
        ("was", Int),
        ("given_back", Int),
        ("ledger", Text),
    ],
    "UPDATE orders SET ledger_json = v.ledger, version = v.was + 1, \
     unsent_since = CASE WHEN v.given_back = 0 THEN orders.unsent_since END FROM v \
     WHERE orders.shop_id = v.shop_id AND orders.order_id = v.order_id AND orders.version = v.was",
);

static CASES: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("was", Int),
        ("kind", Text),
        ("status", Text),
        ("closed_at", Int),
        ("next_due_at", Int),
        ("version", Int),
        ("terms", Int),
        ("state", Text),
        ("head", Bytes),
        ("queue_due_at", Int),
        ("changed_at", Int),
        ("assignee", Text),
        ("priority", Int),
        ("severity", Int),
        ("awaiting", Text),
        ("value_minor", Int),
        ("disputed", Int),
        ("escalated_to", Text),
        ("tags", Text),
        ("clauses", Text),
        ("follow_up_due", Int),
        ("follow_up_score", Int),
    ],
    "UPDATE cases SET kind = v.kind, status = v.status, closed_at = v.closed_at, next_due_at = v.next_due_at, \
     version = v.version, terms = v.terms, state = v.state, head = v.head, \
     queue_due_at = v.queue_due_at, changed_at = v.changed_at, assignee = v.assignee, priority = v.priority, \
     severity = v.severity, awaiting = v.awaiting, value_minor = v.value_minor, disputed = v.disputed, escalated_to = v.escalated_to, tags = v.tags, clauses = v.clauses, follow_up_due = v.follow_up_due, \
     follow_up_at = CASE WHEN v.follow_up_score IS NOT DISTINCT FROM cases.follow_up_score \
     THEN cases.follow_up_at ELSE v.changed_at END, follow_up_score = v.follow_up_score FROM v \
     WHERE cases.shop_id = v.shop_id AND cases.case_id = v.case_id AND cases.version = v.was",
);

static OPENED: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("number", Int),
        ("order_id", Text),
        ("buyer_id", Text),
        ("kind", Text),
        ("status", Text),
        ("reason", Text),
        ("opened_at", Int),
        ("closed_at", Int),
        ("next_due_at", Int),
        ("version", Int),
        ("terms", Int),
        ("state", Text),
        ("head", Bytes),
        ("queue_due_at", Int),
        ("changed_at", Int),
        ("assignee", Text),
        ("priority", Int),
        ("severity", Int),
        ("awaiting", Text),
        ("value_minor", Int),
        ("disputed", Int),
        ("escalated_to", Text),
        ("tags", Text),
        ("clauses", Text),
        ("follow_up_due", Int),
        ("follow_up_score", Int),
    ],
    "INSERT INTO cases (shop_id, case_id, number, order_id, buyer_id, kind, status, reason, opened_at, closed_at, \
     next_due_at, version, terms, state, head, \
     queue_due_at, changed_at, assignee, priority, severity, awaiting, value_minor, disputed, \
     escalated_to, tags, clauses, follow_up_due, follow_up_score) \
     SELECT shop_id, case_id, number, order_id, buyer_id, kind, status, reason, opened_at, closed_at, \
     next_due_at, version, terms, state, head, \
     queue_due_at, changed_at, assignee, priority, severity, awaiting, value_minor, disputed, \
     escalated_to, tags, clauses, follow_up_due, follow_up_score \
     FROM v WHERE true ON CONFLICT (shop_id, case_id) DO NOTHING",
);

static WAYBILLS: Batched = Batched::new(
    &[("shop_id", Text), ("waybill", Text), ("case_id", Text)],
    "INSERT INTO case_waybills (shop_id, waybill, case_id) SELECT shop_id, waybill, case_id FROM v WHERE true \
     ON CONFLICT (shop_id, waybill, case_id) DO NOTHING",
);

static EXCEPTIONS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("noticed_at", Int),
        ("carrier", Text),
        ("fault", Text),
        ("currency", Text),
        ("paid_minor", Int),
        ("asked_minor", Int),
        ("received_minor", Int),
        ("open", Int),
    ],
    "INSERT INTO exceptions (shop_id, case_id, noticed_at, carrier, fault, currency, paid_minor, asked_minor, \
     received_minor, open) SELECT shop_id, case_id, noticed_at, carrier, fault, currency, paid_minor, asked_minor, \
     received_minor, open FROM v WHERE true ON CONFLICT (shop_id, case_id) DO UPDATE SET \
     noticed_at = excluded.noticed_at, carrier = excluded.carrier, fault = excluded.fault, \
     paid_minor = excluded.paid_minor, asked_minor = excluded.asked_minor, \
     received_minor = excluded.received_minor, open = excluded.open",
);

/// An order that was paid, or sent; its row is locked since it was loaded.
static ORDERS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("order_id", Text),
        ("unsent_since", Int),
        ("order_json", Text),
    ],
    "UPDATE orders SET order_json = v.order_json, unsent_since = v.unsent_since, version = orders.version + 1 \
     FROM v WHERE orders.shop_id = v.shop_id AND orders.order_id = v.order_id",
);

/// A claim is known by its case and the moment it was made.
static COVER_CLAIMS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("made_at", Int),
        ("order_id", Text),
        ("cover_id", Text),
        ("stage", Text),
        ("asked_minor", Int),
        ("settled_minor", Int),
        ("open", Int),
    ],
    "INSERT INTO cover_claims (shop_id, case_id, made_at, order_id, cover_id, stage, asked_minor, settled_minor, \
     open) SELECT shop_id, case_id, made_at, order_id, cover_id, stage, asked_minor, settled_minor, open FROM v \
     WHERE true ON CONFLICT (shop_id, case_id, made_at) DO UPDATE SET stage = excluded.stage, \
     settled_minor = excluded.settled_minor, open = excluded.open",
);

/// A listing that one case says invited its claim is checked once.
static CHECKS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("sku", Text),
        ("opened_at", Int),
    ],
    "INSERT INTO listing_checks (shop_id, case_id, sku, opened_at) SELECT shop_id, case_id, sku, opened_at \
     FROM v WHERE true ON CONFLICT (shop_id, case_id, sku) DO NOTHING",
);

static ENDED: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("clock", Text),
        ("stage", Text),
        ("generation", Int),
    ],
    "DELETE FROM deadlines WHERE (shop_id, case_id, clock, stage, generation) IN \
     (SELECT shop_id, case_id, clock, stage, generation FROM v)",
);

static DEADLINES: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("clock", Text),
        ("stage", Text),
        ("generation", Int),
        ("due_at", Int),
    ],
    "INSERT INTO deadlines (shop_id, case_id, clock, stage, generation, due_at) \
     SELECT shop_id, case_id, clock, stage, generation, due_at FROM v WHERE true \
     ON CONFLICT (shop_id, case_id, clock, stage, generation) DO UPDATE SET due_at = excluded.due_at",
);

static OUTBOX: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("case_id", Text),
        ("seq", Int),
        ("effect", Text),
        ("due_at", Int),
    ],
    "INSERT INTO outbox (shop_id, case_id, seq, effect, due_at) \
     SELECT shop_id, case_id, seq, effect, due_at FROM v",
);

static SETTLED: Batched = Batched::new(
    &[("shop_id", Text), ("case_id", Text), ("seq", Int), ("at", Int)],
    "UPDATE outbox SET done_at = v.at FROM v WHERE outbox.shop_id = v.shop_id \
     AND outbox.case_id = v.case_id AND outbox.seq = v.seq AND outbox.done_at IS NULL",
);

static NUMBERS: Batched = Batched::new(
    &[("shop_id", Text), ("opened", Int)],
    "INSERT INTO counters (shop_id, name, value) SELECT shop_id, 'case', opened FROM v WHERE true \
     ON CONFLICT (shop_id, name) DO UPDATE SET value = counters.value + excluded.value RETURNING shop_id, value",
);

static KEYS: Batched = Batched::new(
    &[
        ("shop_id", Text),
        ("scope", Text),
        ("key", Text),
        ("body", Bytes),
        ("case_id", Text),
        ("number", Int),
        ("seq", Int),
        ("terms", Int),
        ("events", Int),
        ("at", Int),
    ],
    "INSERT INTO idempotency (shop_id, scope, key, body, case_id, number, seq, terms, events, at) \
     SELECT shop_id, scope, key, body, case_id, number, seq, terms, events, at FROM v WHERE true \
     ON CONFLICT (shop_id, scope, key) DO NOTHING",
);

static STALE_ORDERS: Batched = Batched::new(
    &[("shop_id", Text), ("order_id", Text), ("version", Int)],
    "SELECT v.shop_id, v.order_id FROM v LEFT JOIN orders o ON o.shop_id = v.shop_id AND o.order_id = v.order_id \
     WHERE o.version IS NULL OR o.version <> v.version",
);

static STALE_CASES: Batched = Batched::new(
    &[("shop_id", Text), ("case_id", Text), ("version", Int)],
    "SELECT v.shop_id, v.case_id FROM v LEFT JOIN cases c ON c.shop_id = v.shop_id AND c.case_id = v.case_id \
     WHERE c.version IS NULL OR c.version <> v.version",
);

static STALE_OPENED: Batched = Batched::new(
    &[("shop_id", Text), ("case_id", Text), ("number", Int)],
    "SELECT v.shop_id, v.case_id FROM v LEFT JOIN cases c ON c.shop_id = v.shop_id AND c.case_id = v.case_id \
     WHERE c.number IS NULL OR c.number <> v.number",
);

/// Writes a batch. The counters come late: their rows are what other nodes wait for that write to
/// the same shop.
pub(super) async fn write(mut writes: Writes, tx: &mut Tx) -> Result<Numbers, WriteFault> {
    let take = std::mem::take::<Rows>;
    update_ledgers(tx, take(&mut writes.ledgers), &writes.ledger_versions).await?;
    update_cases(tx, take(&mut writes.cases), &writes.case_versions).await?;
    TEXTS.execute(tx, take(&mut writes.texts)).await?;
    WORDS.execute(tx, take(&mut writes.words)).await?;
    REVIEWS.execute(tx, take(&mut writes.reviews)).await?;
    PAYMENTS.execute(tx, take(&mut writes.payments)).await?;
    ORDERS.execute(tx, take(&mut writes.orders)).await?;
    WAYBILLS.execute(tx, take(&mut writes.waybills)).await?;
    EXCEPTIONS.execute(tx, take(&mut writes.exceptions)).await?;
    COVER_CLAIMS.execute(tx, take(&mut writes.cover_claims)).await?;
    CHECKS.execute(tx, take(&mut writes.checks)).await?;
    ENDED.execute(tx, take(&mut writes.ended)).await?;
    DEADLINES.execute(tx, take(&mut writes.deadlines)).await?;
    OUTBOX.execute(tx, take(&mut writes.outbox)).await?;
    SETTLED.execute(tx, take(&mut writes.settled)).await?;
    let mut shops = Rows::default();
    for shop in &writes.shops {
        shops.push([(*shop).into()]);
    }
    COMMITS.execute(tx, shops).await?;
    EVENTS.execute(tx, take(&mut writes.events)).await?;
    AUDIT.execute(tx, take(&mut writes.audit)).await?;
    let numbers = numbers(tx, &writes).await?;
    insert_cases(tx, &mut writes, &numbers).await?;
    insert_keys(tx, writes, &numbers).await?;
    Ok(numbers)
}

fn all(touched: u64, expected: usize) -> bool {
    usize::try_from(touched).is_ok_and(|touched| touched == expected)
}

async fn update_ledgers(tx: &mut Tx, rows: Rows, now: &[(OrderKey, u64)]) -> Result<(), WriteFault> {
    if all(LEDGERS.execute(tx, rows).await?, now.len()) {
        return Ok(());
    }
    let mut rows = Rows::default();
    for ((shop, order), version) in now {
        rows.push([(*shop).into(), (*order).into(), (*version).into()]);
    }
    let mut stale = Stale::default();
    for mut row in STALE_ORDERS.fetch(tx, rows).await? {
        stale.orders.push((row.parsed()?, row.parsed()?));
    }
    Err(WriteFault::Stale(stale))
}

async fn update_cases(tx: &mut Tx, rows: Rows, now: &[(CaseKey, u64)]) -> Result<(), WriteFault> {
    if all(CASES.execute(tx, rows).await?, now.len()) {
        return Ok(());
    }
    let mut rows = Rows::default();
    for ((shop, case), version) in now {
        rows.push([(*shop).into(), (*case).into(), (*version).into()]);
    }
    stale_cases(tx, &STALE_CASES, rows).await
}

async fn stale_cases(tx: &mut Tx, which: &Batched, rows: Rows) -> Result<(), WriteFault> {
    let mut stale = Stale::default();
    for mut row in which.fetch(tx, rows).await? {
        stale.cases.push((row.parsed()?, row.parsed()?));
    }
    Err(WriteFault::Stale(stale))
}

async fn numbers(tx: &mut Tx, writes: &Writes) -> Result<Numbers, StoreError> {
    let mut numbers = Numbers::new();
    if writes.opened.is_empty() {
        return Ok(numbers);
    }
    let by_shop = opened_by_shop(&writes.opened);
    let mut rows = Rows::default();
    for (shop, opened) in &by_shop {
        rows.push([(*shop).into(), (*opened).into()]);
    }
    let mut next = std::collections::HashMap::new();
    for mut row in NUMBERS.fetch(tx, rows).await? {
        let (shop, last) = (row.parsed()?, row.int()?);
        next.insert(shop, last - by_shop.get(&shop).copied().unwrap_or(0));
    }
    for opened in &writes.opened {
        let last = next.entry(opened.key.0).or_insert(0);
        *last += 1;
        numbers.insert(opened.key, *last);
    }
    Ok(numbers)
}

async fn insert_cases(tx: &mut Tx, writes: &mut Writes, numbers: &Numbers) -> Result<(), WriteFault> {
    let (mut rows, mut keys) = (Rows::default(), Rows::default());
    for opened in std::mem::take(&mut writes.opened) {
        let number = numbers.get(&opened.key).copied().unwrap_or(0);
        let (shop, case) = opened.key;
        keys.push([shop.into(), case.into(), number.into()]);
        let state = opened.state;
        let queue = state.queue;
        rows.push([
            shop.into(),
            case.into(),
            number.into(),
            opened.order,
            opened.buyer,
            state.kind,
            state.status,
            opened.reason,
            opened.at.into(),
            state.closed_at,
            state.next_due_at,
            state.version.into(),
            state.terms,
            state.state,
            state.head,
            queue.queue_due_at,
            queue.changed_at,
            queue.assignee,
            queue.priority,
            queue.severity,
            queue.awaiting,
            queue.value_minor,
            queue.disputed,
            queue.escalated_to,
            queue.tags,
            queue.clauses,
            queue.follow_up_due,
            queue.follow_up_score,
        ]);
    }
    if all(OPENED.execute(tx, rows).await?, keys.len()) {
        return Ok(());
    }
    stale_cases(tx, &STALE_OPENED, keys).await
}

async fn insert_keys(tx: &mut Tx, mut writes: Writes, numbers: &Numbers) -> Result<(), WriteFault> {
    let expected = writes.keys.len();
    // In one order everywhere, so that two nodes with the same keys wait and do not deadlock.
    writes.keys.sort_by(|one, other| {
        (one.case.0, &one.scope, &one.key).cmp(&(other.case.0, &other.scope, &other.key))
    });
    let mut rows = Rows::default();
    for entry in writes.keys {
        let committed = entry.committed;
        let number = numbers.get(&entry.case).copied().unwrap_or(committed.number);
        rows.push([
            entry.case.0.into(),
            entry.scope.into(),
            entry.key.into(),
            entry.body.into(),
            committed.case.into(),
            number.into(),
            committed.seq.into(),
            committed.terms.into(),
            committed.events.into(),
            entry.at.into(),
        ]);
    }
    if all(KEYS.execute(tx, rows).await?, expected) {
        return Ok(());
    }
    Err(WriteFault::Stale(Stale {
        keys: true,
        ..Stale::default()
    }))
}
