//! Deciding a batch in memory, command after command: each sees what the ones before it did.
//!
//! Must not know: databases. Tests: `tests/it/committer.rs`.

use std::collections::HashMap;
use std::sync::Arc;

use amends_domain::case::trade::order_after;
use amends_domain::case::{Case, Request};
use amends_domain::command::Command;
use amends_domain::digest::Digest;
use amends_domain::effect::effect_of;
use amends_domain::event::{Event, actor_text};
use amends_domain::facts::{Earlier, Facts, Product};
use amends_domain::ids::{BuyerId, ShopId};
use amends_domain::policy::set::PolicySet;
use amends_domain::refusal::Refusal;
use amends_domain::time::Moment;
use amends_domain::{Decision, State, decide, evolve};

use super::load::{
    CaseKey, CaseSlot, Loaded, OrderKey, OrderSlot, Policies, buyer_of, counts_from, payment_of, skus,
};
use super::names::command_name;
use super::writes::{AuditEntry, Deadline, EventEntry, Writes};
use super::{CommitError, Committed, IdempotencyKey, Submission};
use crate::error::StoreError;

/// What a command of the batch came to, before anything is written.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// It stands; for a case opened in this batch the number is still to come.
    Accepted(Committed),
    /// It does not, or it was there before.
    Known(Result<Committed, CommitError>),
    /// It is the same as an earlier command of the batch.
    SameAs(usize),
}

/// A batch, decided.
pub(super) struct Plan {
    pub(super) outcomes: Vec<Outcome>,
    pub(super) writes: Writes,
}

/// Decides a batch; afterwards `loaded` is as it will stand in the database.
pub(super) fn plan(batch: &[&Submission], loaded: Loaded, policies: &Policies) -> Result<Plan, StoreError> {
    let mut planning = Planning {
        loaded,
        policies,
        writes: Writes::default(),
        opened: HashMap::new(),
        firsts: HashMap::new(),
    };
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(batch.len());
    for (at, submission) in batch.iter().enumerate() {
        let outcome = planning.command(at, submission, &outcomes);
        outcomes.push(outcome);
    }
    let Planning {
        loaded, mut writes, ..
    } = planning;
    writes.settle(loaded)?;
    Ok(Plan { outcomes, writes })
}

struct Planning<'a> {
    loaded: Loaded,
    policies: &'a Policies,
    writes: Writes,
    /// When this batch opened cases, by buyer.
    opened: HashMap<(ShopId, BuyerId), Vec<Moment>>,
    /// The batch's first command under each key.
    firsts: HashMap<(ShopId, String, String), (usize, Digest)>,
}

impl Planning<'_> {
    fn command(&mut self, at: usize, submission: &Submission, before: &[Outcome]) -> Outcome {
        if let Some(key) = &submission.key {
            if let Some(known) = self.known(submission.shop, key, before) {
                return known;
            }
            let name = (submission.shop, key.scope.clone(), key.key.clone());
            self.firsts.insert(name, (at, key.body));
        }
        match self.decide(submission) {
            Ok(committed) => Outcome::Accepted(committed),
            Err(error) => Outcome::Known(Err(error)),
        }
    }

    /// What became of this key earlier, in the database or in this batch. A key whose first command
    /// was declined is free: nothing was committed under it.
    fn known(&self, shop: ShopId, key: &IdempotencyKey, before: &[Outcome]) -> Option<Outcome> {
        let name = (shop, key.scope.clone(), key.key.clone());
        if let Some(stored) = self.loaded.keys.get(&name) {
            return Some(Outcome::Known(if stored.body == key.body {
                Ok(stored.committed)
            } else {
                Err(CommitError::KeyReused)
            }));
        }
        let (first, body) = self.firsts.get(&name)?;
        let accepted = matches!(before.get(*first), Some(Outcome::Accepted(_)));
        if *body == key.body {
            Some(Outcome::SameAs(*first))
        } else {
            accepted.then_some(Outcome::Known(Err(CommitError::KeyReused)))
        }
    }

    fn decide(&mut self, submission: &Submission) -> Result<Committed, CommitError> {
        let key: CaseKey = (submission.shop, submission.envelope.case);
        let order = match &submission.command {
            Command::Open(_) => submission.order,
            _ => self.loaded.cases.get(&key).and_then(|slot| slot.order),
        };
        let order = order.map(|order| (submission.shop, order));
        let policy = self.policy(submission, order)?;
        let facts = self.facts(submission, order)?;
        let before = self.take_state(key, order);
        let decided = decide(
            &before,
            &facts,
            &policy,
            &submission.envelope,
            &submission.command,
        );
        self.put_facts(order, facts);
        match decided {
            Ok(decision) => {
                if let Err(fault) = ledger_holds(&before, &decision.state) {
                    self.put_state(key, order, before);
                    return Err(fault.into());
                }
                let committed = self.accept(submission, key, order, &before, decision);
                Ok(committed)
            }
            Err(refusal) => {
                self.put_state(key, order, before);
                Err(CommitError::Refused(refusal))
            }
        }
    }

    /// The set the command is judged by: the case's own, or for a new one the shop's current.
    fn policy(
        &self,
        submission: &Submission,
        order: Option<OrderKey>,
    ) -> Result<Arc<PolicySet>, CommitError> {
        let shop = submission.shop;
        let hash = if let Command::Open(_) = submission.command {
            let facts = self.loaded.shops.get(&shop).ok_or(CommitError::OrderNotFound)?;
            if order.is_some_and(|order| !self.loaded.orders.contains_key(&order)) {
                return Err(CommitError::OrderNotFound);
            }
            let missing = || StoreError::corrupt("shops.policy_hash", "the shop has no policy set yet");
            *facts.policies.get(&submission.envelope.at).ok_or_else(missing)?
        } else {
            let slot = self.loaded.cases.get(&(shop, submission.envelope.case));
            let case = slot.and_then(|slot| slot.case.as_ref());
            case.ok_or(CommitError::Refused(Refusal::NoSuchCase))?.policy
        };
        let missing =
            || StoreError::corrupt("policy_sets", format!("the set {hash} of shop {shop} is missing"));
        Ok(self.policies.get(shop, hash).ok_or_else(missing)?.clone())
    }

    /// Takes the order's facts and fills in what belongs to this command alone.
    fn facts(&mut self, submission: &Submission, order: Option<OrderKey>) -> Result<Facts, CommitError> {
        let unknown_zone = || StoreError::corrupt("shops.time_zone", "no time zone of that name is known");
        let buyer = buyer_of(submission, &self.loaded).map(|buyer| (submission.shop, buyer));
        let until = buyer.and_then(|buyer| self.loaded.blocked.get(&buyer));
        let buyer_blocked = until.is_some_and(|until| submission.envelope.at < *until);
        let Some(order) = order else {
            let time = self
                .loaded
                .shops
                .get(&submission.shop)
                .and_then(|shop| shop.time.clone());
            return Ok(Facts {
                time: time.ok_or_else(unknown_zone)?,
                order: None,
                returns_last_90_days: 0,
                products: self.products(submission),
                earlier: Vec::new(),
                buyer_blocked,
                payment_on: None,
                covers: Vec::new(),
            });
        };
        let products = self.products(submission);
        let earlier = match submission.command {
            Command::Open(_) => self.earlier(order),
            _ => Vec::new(),
        };
        let missing = || StoreError::corrupt("orders", format!("order {} of a case is missing", order.1));
        let slot = self.loaded.orders.get_mut(&order).ok_or_else(missing)?;
        let mut facts = slot.facts.take().ok_or_else(unknown_zone)?;
        facts.products = products;
        facts.earlier = earlier;
        facts.buyer_blocked = buyer_blocked;
        let brought = payment_of(submission);
        facts.payment_on = brought.and_then(|key| self.loaded.payments.get(&key)).copied();
        facts.returns_last_90_days = 0;
        if let Command::Open(_) = &submission.command {
            let since = counts_from(submission.envelope.at);
            let stored = self.loaded.opened.get(&(order.0, slot.buyer, since)).copied();
            let here = self
                .opened
                .get(&(order.0, slot.buyer))
                .map_or(0, |opened| opened.iter().filter(|at| **at >= since).count());
            facts.returns_last_90_days = stored.unwrap_or(0) + u32::try_from(here).unwrap_or(u32::MAX);
        }
        Ok(facts)
    }

    /// Products the command names.
    fn products(&self, submission: &Submission) -> Vec<Product> {
        let found = |sku: &str| self.loaded.products.get(&(submission.shop, sku.to_owned()));
        skus(&submission.command).filter_map(found).cloned().collect()
    }

    /// Closed cases about an order, as the commands of this batch before have left them.
    fn earlier(&self, order: OrderKey) -> Vec<Earlier> {
        let here = self.loaded.cases.iter().filter(|(key, _)| key.0 == order.0);
        let here = here.filter_map(|(_, slot)| slot.case.as_ref());
        let here: Vec<&Case> = here.filter(|case| case.order == Some(order.1)).collect();
        let stored = self.loaded.closed.get(&order).into_iter().flatten();
        let stored = stored.filter(|case| !here.iter().any(|known| known.id == case.id));
        let mut closed: Vec<&Case> = stored.chain(here.iter().copied()).collect();
        closed.sort_by_key(|case| std::cmp::Reverse((case.closed_at, case.id)));
        let earlier = |case: &Case| match case.request {
            Request::Closed(outcome) => Some(Earlier {
                case: case.id,
                units: case.settled_units().to_vec(),
                reason: case.reason.clone(),
                outcome,
            }),
            _ => None,
        };
        closed.into_iter().filter_map(earlier).collect()
    }

    fn put_facts(&mut self, order: Option<OrderKey>, facts: Facts) {
        if let Some(slot) = order.and_then(|order| self.loaded.orders.get_mut(&order)) {
            slot.facts = Some(facts);
        }
    }

    fn take_state(&mut self, key: CaseKey, order: Option<OrderKey>) -> State {
        let slot = order.and_then(|order| self.loaded.orders.get_mut(&order));
        State {
            case: self.loaded.cases.get_mut(&key).and_then(|slot| slot.case.take()),
            ledger: slot.and_then(|slot| slot.ledger.take()),
        }
    }

    fn put_state(&mut self, key: CaseKey, order: Option<OrderKey>, state: State) {
        if let Some(slot) = self.loaded.cases.get_mut(&key) {
            slot.case = state.case;
        }
        if let Some(slot) = order.and_then(|order| self.loaded.orders.get_mut(&order)) {
            slot.ledger = state.ledger;
        }
    }

    /// Takes a decision over into the batch.
    fn accept(
        &mut self,
        submission: &Submission,
        key: CaseKey,
        order: Option<OrderKey>,
        before: &State,
        decision: Decision,
    ) -> Committed {
        let Decision { events, state } = decision;
        let ledger_changed = state.ledger != before.ledger;
        let slot = self.loaded.cases.entry(key).or_insert_with(|| CaseSlot {
            order: submission.order,
            case: None,
            head: Digest::ZERO,
            stored: None,
            dirty: false,
            stale: Vec::new(),
            place: self.writes.events.len(),
        });
        slot.dirty |= !events.is_empty();
        let first_seq = before.case.as_ref().map_or(0, |case| case.seq) + 1;
        let actor = actor_text(&submission.envelope.actor);
        slot.head = self.writes.events(&EventEntry {
            case: key,
            first_seq,
            at: submission.envelope.at,
            actor: &actor,
            events: &events,
            head: slot.head,
        });
        let (seq, terms) = state.case.as_ref().map_or((0, 0), |case| (case.seq, case.terms));
        note_stale(submission, &state, slot);
        self.write_effects(submission, before, &events, &state);
        // What the shop opens of its own accord is no request: it counts against nobody.
        if let (Command::Open(open), Some(case)) = (&submission.command, &state.case)
            && !open.kind.is_shops_own()
        {
            let opened = self.opened.entry((key.0, case.buyer)).or_default();
            opened.push(case.opened_at);
        }
        if let Some(key) = order
            && let Some(order) = self.loaded.orders.get_mut(&key)
        {
            order.dirty |= ledger_changed;
            note_trade(order, &state);
            self.writes.payments(submission, key, &events);
        }
        // A later command of the batch finds it on record, too.
        if let Some(brought) = payment_of(submission) {
            self.loaded.payments.insert(brought, key.1);
        }
        let number = self.loaded.cases.get(&key).and_then(|slot| slot.stored.as_ref());
        let committed = Committed {
            case: key.1,
            number: number.map_or(0, |stored| stored.number),
            seq,
            terms,
            events: u32::try_from(events.len()).unwrap_or(u32::MAX),
            replayed: false,
        };
        self.writes.beside(AuditEntry {
            submission,
            command: command_name(&submission.command),
            actor,
            first_seq: (!events.is_empty()).then_some(first_seq),
            committed,
        });
        self.put_state(key, order, state);
        committed
    }

    /// Effects are told with the case as it was right after their event, so it is evolved again;
    /// only the few commands that have effects pay for it.
    fn write_effects(&mut self, submission: &Submission, before: &State, events: &[Event], after: &State) {
        let Some(last) = &after.case else { return };
        if !events.iter().any(|event| effect_of(event, last).is_some()) {
            return;
        }
        let at = submission.envelope.at;
        let mut state = before.clone();
        for event in events {
            evolve(&mut state, event, at);
            if let Some(case) = &state.case
                && let Some(effect) = effect_of(event, case)
            {
                self.writes
                    .effect((submission.shop, case.id), case.seq, &effect, at);
            }
        }
    }
}

/// The order is as its follow-up leaves it.
fn note_trade(slot: &mut OrderSlot, state: &State) {
    let (Some(case), Some(facts)) = (&state.case, &mut slot.facts) else {
        return;
    };
    let after = facts.order.as_ref().and_then(|order| order_after(order, case));
    if after.is_some() {
        facts.order = after;
        slot.moved = true;
    }
}

/// A ledger that a command changed must still add up: else either the rules are wrong or what was
/// stored, and money must not move on it.
fn ledger_holds(before: &State, after: &State) -> Result<(), StoreError> {
    match &after.ledger {
        Some(ledger) if after.ledger != before.ledger => ledger
            .check()
            .map_err(|fault| StoreError::corrupt(&format!("the ledger of order {}", ledger.order), fault)),
        _ => Ok(()),
    }
}

/// A deadline that led to nothing, because its clock is not running, must not be told for ever.
fn note_stale(submission: &Submission, state: &State, slot: &mut CaseSlot) {
    let (
        Command::DeadlinePassed {
            clock,
            stage,
            generation,
        },
        Some(case),
    ) = (&submission.command, &state.case)
    else {
        return;
    };
    let told = Deadline {
        clock: *clock,
        stage: *stage,
        generation: *generation,
        due_at: Moment::from_millis(0),
    };
    if !super::writes::deadlines_of(case)
        .iter()
        .any(|running| running.is_same(&told))
    {
        slot.stale.push(told);
    }
}
