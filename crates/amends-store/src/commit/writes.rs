//! Everything a batch writes, row by row while it is decided, then by one statement a table.
//!
//! Must not know: why. Tests: `tests/it/flow.rs`, `tests/it/committer.rs`.

mod cover;
mod exception;
mod queue;
mod statements;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use amends_domain::case::Case;
use amends_domain::case::clock::{Clock, Stage};
use amends_domain::command::Command;
use amends_domain::digest::Digest;
use amends_domain::effect::Effect;
use amends_domain::event::{Event, chain};
use amends_domain::ids::ShopId;
use amends_domain::time::Moment;

use super::load::{CaseKey, CaseSlot, Loaded, OrderKey, OrderSlot};
use super::names::status_name;
use super::{Committed, Submission};
use crate::db::{Rows, Tx, Value};
use crate::error::StoreError;
use crate::reviews::push_reviews;
use crate::search::waybill_key;
use crate::search::words::words_of;
use cover::claim_row;
use exception::exception_row;
use queue::{QueueColumns, queue_columns, waybill_of};

/// A deadline of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deadline {
    pub(super) clock: Clock,
    pub(super) stage: Stage,
    pub(super) generation: u32,
    pub(super) due_at: Moment,
}

impl Deadline {
    /// Whether both are one row.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (self.clock, self.stage, self.generation) == (other.clock, other.stage, other.generation)
    }
}

/// Deadlines a case has: the end of every running clock, and its warning while that is to come.
pub(super) fn deadlines_of(case: &Case) -> Vec<Deadline> {
    let mut deadlines = Vec::with_capacity(2 * case.clocks.len());
    for (clock, run) in &case.clocks {
        let of = |stage, due_at| Deadline {
            clock: *clock,
            stage,
            generation: run.generation,
            due_at,
        };
        deadlines.extend(run.warn_at.map(|at| of(Stage::Warning, at)));
        deadlines.push(of(Stage::Expiry, run.due_at));
    }
    deadlines
}

/// A command's events.
pub(super) struct EventEntry<'a> {
    pub(super) case: CaseKey,
    pub(super) first_seq: u64,
    pub(super) at: Moment,
    pub(super) actor: &'a str,
    pub(super) events: &'a [Event],
    /// The chain before them.
    pub(super) head: Digest,
}

/// What is kept of a command beside its events.
pub(super) struct AuditEntry<'a> {
    pub(super) submission: &'a Submission,
    pub(super) command: &'static str,
    pub(super) actor: String,
    pub(super) first_seq: Option<u64>,
    pub(super) committed: Committed,
}

/// A case to be inserted: its row but for the number.
#[derive(Debug, Clone)]
struct Opened {
    key: CaseKey,
    place: usize,
    order: Value,
    buyer: Value,
    reason: Value,
    at: Moment,
    state: StateColumns,
}

/// The columns that change with every command.
#[derive(Debug, Clone)]
struct StateColumns {
    kind: Value,
    status: Value,
    closed_at: Value,
    next_due_at: Value,
    version: u64,
    terms: Value,
    state: Value,
    head: Value,
    queue: QueueColumns,
}

/// A key to be recorded: its row, but for the number of a case that is opened with it.
#[derive(Debug, Clone)]
struct KeyEntry {
    case: CaseKey,
    scope: String,
    key: String,
    body: Digest,
    committed: Committed,
    at: Moment,
}

/// The rows of a batch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writes {
    /// Every shop of the batch, in the order their counters are locked in.
    shops: BTreeSet<ShopId>,
    pub(super) events: Rows,
    texts: Rows,
    words: Rows,
    ledgers: Rows,
    ledger_versions: Vec<(OrderKey, u64)>,
    cases: Rows,
    case_versions: Vec<(CaseKey, u64)>,
    /// When a command last changed a case.
    changed_at: HashMap<CaseKey, Moment>,
    waybills: Rows,
    exceptions: Rows,
    cover_claims: Rows,
    checks: Rows,
    opened: Vec<Opened>,
    reviews: Rows,
    payments: Rows,
    orders: Rows,
    ended: Rows,
    deadlines: Rows,
    outbox: Rows,
    settled: Rows,
    audit: Rows,
    keys: Vec<KeyEntry>,
}

/// Numbers given to the cases a batch opened.
pub(super) type Numbers = HashMap<CaseKey, i64>;

/// Why a batch was not written.
pub(super) enum WriteFault {
    /// Rows were not as they were loaded.
    Stale(Stale),
    /// The database would not.
    Store(StoreError),
}

/// What was not as it was loaded.
#[derive(Debug, Default)]
pub(super) struct Stale {
    pub(super) cases: Vec<CaseKey>,
    pub(super) orders: Vec<OrderKey>,
    /// Somebody else used one of the keys meanwhile.
    pub(super) keys: bool,
}

impl From<StoreError> for WriteFault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Writes {
    /// How many commands these rows are of.
    pub(crate) fn commands(&self) -> usize {
        self.audit.len()
    }

    fn next_ordinal(rows: &Rows) -> i64 {
        i64::try_from(rows.len()).unwrap_or(i64::MAX)
    }

    /// Adds a command's events; returns the chain after them.
    pub(super) fn events(&mut self, entry: &EventEntry<'_>) -> Digest {
        let &EventEntry {
            case,
            first_seq,
            at,
            actor,
            events,
            mut head,
        } = entry;
        self.changed_at.insert(case, at);
        for (seq, event) in (first_seq..).zip(events) {
            let body = event.encode();
            head = chain(head, case.1, seq, at.millis(), actor, Event::VERSION, &body);
            let ordinal = Self::next_ordinal(&self.events);
            if let Some(waybill) = waybill_of(event).and_then(waybill_key) {
                self.waybills.push([case.0.into(), waybill.into(), case.1.into()]);
            }
            if let Event::AbuseNoted(noted) = event {
                for sku in &noted.listings {
                    self.checks
                        .push([case.0.into(), case.1.into(), sku.as_str().into(), at.into()]);
                }
            }
            self.events.push([
                case.0.into(),
                case.1.into(),
                seq.into(),
                at.into(),
                actor.into(),
                event.name().into(),
                Event::VERSION.into(),
                body.into(),
                head.into(),
                ordinal.into(),
            ]);
        }
        head
    }

    /// Adds the payments that a command recorded for an order.
    pub(super) fn payments(&mut self, submission: &Submission, order: OrderKey, events: &[Event]) {
        let (case, at) = (submission.envelope.case, submission.envelope.at);
        for event in events {
            let (Event::PaymentRecorded(payment), Command::RecordPayment { amount, .. }) =
                (event, &submission.command)
            else {
                continue;
            };
            self.payments.push([
                order.0.into(),
                payment.way.code().into(),
                payment.reference.as_str().into(),
                case.into(),
                order.1.into(),
                payment.paid_at.into(),
                at.into(),
                payment.bank.clone().unwrap_or_default().into(),
                payment.amount.into(),
                payment.discount.into(),
                amount.currency().to_string().into(),
            ]);
        }
    }

    /// Adds an effect that follows from an event.
    pub(super) fn effect(&mut self, case: CaseKey, seq: u64, effect: &Effect, at: Moment) {
        let text = serde_json::to_string(effect).unwrap_or_default();
        let due_at = at.plus_millis(effect.wait_millis());
        self.outbox.push([
            case.0.into(),
            case.1.into(),
            seq.into(),
            text.into(),
            due_at.into(),
        ]);
    }

    /// Adds what is kept of an accepted command: the audit, its key, its texts, what it settled.
    pub(super) fn beside(&mut self, entry: AuditEntry<'_>) {
        let AuditEntry {
            submission,
            committed,
            ..
        } = entry;
        let (shop, at) = (submission.shop, submission.envelope.at);
        let key = submission.key.as_ref();
        self.shops.insert(shop);
        self.audit.push([
            shop.into(),
            Self::next_ordinal(&self.audit).into(),
            at.into(),
            entry.actor.into(),
            entry.command.into(),
            committed.case.into(),
            entry.first_seq.into(),
            entry.first_seq.map(|_| committed.seq).into(),
            key.map(|key| key.scope.clone()).into(),
            key.map(|key| key.key.clone()).into(),
        ]);
        self.keys.extend(key.map(|key| KeyEntry {
            case: (shop, committed.case),
            scope: key.scope.clone(),
            key: key.key.clone(),
            body: key.body,
            committed,
            at,
        }));
        for text in &submission.texts {
            if let Some(words) = words_of(&text.body) {
                self.words.push([shop.into(), text.id.into(), words.into()]);
            }
            self.texts.push([
                shop.into(),
                text.id.into(),
                committed.case.into(),
                text.author.as_str().into(),
                text.body.as_str().into(),
                text.salt.as_slice().into(),
                text.at.into(),
            ]);
        }
        if let Some(done) = submission.outbox {
            self.settled
                .push([shop.into(), done.case.into(), done.seq.into(), at.into()]);
        }
    }

    /// Adds the state in which the batch leaves cases, deadlines and ledgers: each row once.
    pub(super) fn settle(&mut self, loaded: Loaded) -> Result<(), StoreError> {
        let cases: BTreeMap<CaseKey, CaseSlot> = loaded.cases.into_iter().collect();
        for (key, slot) in cases {
            self.settle_case(key, slot)?;
        }
        self.opened.sort_by_key(|opened| opened.place);
        let orders: BTreeMap<OrderKey, OrderSlot> = loaded.orders.into_iter().collect();
        for (key, slot) in orders {
            let order = slot.facts.as_ref().and_then(|facts| facts.order.as_ref());
            if let Some(order) = order.filter(|_| slot.moved) {
                let text =
                    serde_json::to_string(order).map_err(|fault| StoreError::corrupt("an order", fault))?;
                let unsent_since = order.unsent_since();
                self.orders
                    .push([key.0.into(), key.1.into(), unsent_since.into(), text.into()]);
            }
            if let Some(ledger) = slot.ledger.filter(|_| slot.dirty) {
                let text =
                    serde_json::to_string(&ledger).map_err(|fault| StoreError::corrupt("a ledger", fault))?;
                let given_back = i64::from(ledger.is_given_back());
                self.ledgers.push([
                    key.0.into(),
                    key.1.into(),
                    slot.version.into(),
                    given_back.into(),
                    text.into(),
                ]);
                self.ledger_versions.push((key, slot.version + 1));
            }
        }
        Ok(())
    }

    fn settle_case(&mut self, key: CaseKey, slot: CaseSlot) -> Result<(), StoreError> {
        let Some(case) = slot.case else { return Ok(()) };
        let now = deadlines_of(&case);
        let before = slot.stored.as_ref().map_or(&[][..], |stored| &stored.deadlines);
        let ended = before
            .iter()
            .filter(|old| !now.iter().any(|new| new.is_same(old)));
        for deadline in ended.chain(&slot.stale) {
            self.ended.push(deadline_key(key, deadline));
        }
        for deadline in now.iter().filter(|new| !before.contains(new)) {
            let [shop, case, clock, stage, generation] = deadline_key(key, deadline);
            self.deadlines
                .push([shop, case, clock, stage, generation, deadline.due_at.into()]);
        }
        if !slot.dirty {
            return Ok(());
        }
        if let Some(row) = exception_row(key, &case) {
            self.exceptions.push(row);
        }
        if let Some(row) = claim_row(key, &case) {
            self.cover_claims.push(row);
        }
        push_reviews(&mut self.reviews, key.0, &case);
        let changed_at = self.changed_at.get(&key).copied().unwrap_or(case.opened_at);
        let state = state_columns(&case, slot.head, changed_at)?;
        if let Some(stored) = slot.stored {
            let queue = state.queue;
            self.case_versions.push((key, state.version));
            self.cases.push([
                key.0.into(),
                key.1.into(),
                stored.version.into(),
                state.kind,
                state.status,
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
        } else {
            self.opened.push(Opened {
                key,
                place: slot.place,
                order: case.order.into(),
                buyer: case.buyer.into(),
                reason: case.reason.into(),
                at: case.opened_at,
                state,
            });
        }
        Ok(())
    }

    /// Writes every row and gives the cases it opens their numbers. Rows that are guarded and not
    /// as expected are told; the caller must then roll back.
    pub(super) async fn write(self, tx: &mut Tx) -> Result<Numbers, WriteFault> {
        statements::write(self, tx).await
    }
}

fn deadline_key(case: CaseKey, deadline: &Deadline) -> [Value; 5] {
    [
        case.0.into(),
        case.1.into(),
        deadline.clock.code().into(),
        deadline.stage.code().into(),
        deadline.generation.into(),
    ]
}

/// When the first of a case's clocks ends.
pub(crate) fn next_due_at(case: &Case) -> Option<Moment> {
    case.clocks.values().map(|run| run.due_at).min()
}

fn state_columns(case: &Case, head: Digest, changed_at: Moment) -> Result<StateColumns, StoreError> {
    let state = serde_json::to_string(case).map_err(|fault| StoreError::corrupt("a case", fault))?;
    Ok(StateColumns {
        kind: case.kind.code().into(),
        status: status_name(case.status()).into(),
        closed_at: case.closed_at.into(),
        next_due_at: next_due_at(case).into(),
        version: case.seq,
        terms: case.terms.into(),
        state: state.into(),
        head: head.into(),
        queue: queue_columns(case, changed_at),
    })
}

/// How many cases each shop opens, in the order of shops.
fn opened_by_shop(opened: &[Opened]) -> BTreeMap<ShopId, i64> {
    let mut counts = BTreeMap::new();
    for case in opened {
        *counts.entry(case.key.0).or_insert(0) += 1;
    }
    counts
}
