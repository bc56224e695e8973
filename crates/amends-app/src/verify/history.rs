//! One order's history: its cases replayed, and everything stored of them held against the result.
//!
//! Must not know: databases, paging. Tests: `amends/tests/it/tampering.rs`, `amends-sim/tests/it`,
//! beside the code.

use std::collections::BTreeMap;

use amends_domain::case::{Case, MoneyState};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::effect::{Effect, effect_of};
use amends_domain::event::{Event, chain};
use amends_domain::evolve::{State, evolve};
use amends_domain::ids::{CaseId, ShopId, TextId};
use amends_domain::ledger::OrderLedger;
use amends_store::{CaseHistory, DueDeadline, EventRow, OrderHistory, OutboxEntry, TextRow};

use super::Verified;

/// Replays an order's cases and compares everything that is stored of them.
pub(super) fn verify_history(shop: ShopId, history: &OrderHistory) -> Verified {
    let OrderHistory { order, cases } = history;
    let mut verified = Verified::default();
    let mut replayed = Replayed {
        ledger: order.as_ref().map(|row| OrderLedger::open(&row.order)),
        cases: BTreeMap::new(),
    };
    replayed.replay(shop, cases, &mut verified);
    if let Some(row) = order {
        verified.orders += 1;
        if replayed.ledger.as_ref() != Some(&row.ledger) {
            verified.push(
                shop,
                row.order.id,
                "the stored ledger is not what the events make".to_owned(),
            );
        }
        if let Err(fault) = row.ledger.check() {
            verified.push(shop, row.order.id, fault.to_string());
        }
        verified.paid_out_minor += row.ledger.paid_out();
    }
    for history in cases {
        verified.cases += 1;
        let none = ReplayedCase::default();
        let case = history.row.case.id;
        verify_case(
            shop,
            history,
            replayed.cases.get(&case).unwrap_or(&none),
            &mut verified,
        );
    }
    verified
}

/// A case as its events make it, with what they ask for.
struct ReplayedCase {
    case: Option<Case>,
    head: Digest,
    seq: u64,
    /// What each event asks of the outside world.
    effects: BTreeMap<u64, Effect>,
    /// Texts the events refer to.
    texts: Vec<TextRef>,
}

impl Default for ReplayedCase {
    fn default() -> Self {
        Self {
            case: None,
            head: Digest::ZERO,
            seq: 0,
            effects: BTreeMap::new(),
            texts: Vec::new(),
        }
    }
}

struct Replayed {
    ledger: Option<OrderLedger>,
    cases: BTreeMap<CaseId, ReplayedCase>,
}

impl Replayed {
    /// Replays all events of an order's cases in the sequence they were committed in.
    fn replay(&mut self, shop: ShopId, cases: &[CaseHistory], verified: &mut Verified) {
        let mut events: Vec<(CaseId, &EventRow)> = cases
            .iter()
            .flat_map(|case| case.events.iter().map(|event| (case.row.case.id, event)))
            .collect();
        events.sort_by_key(|(_, event)| (event.commit_id, event.ordinal));
        for (case, row) in events {
            verified.events += 1;
            let replayed = self.cases.entry(case).or_default();
            let expected = chain(
                replayed.head,
                case,
                row.seq,
                row.at.millis(),
                &row.actor,
                row.version,
                &row.body,
            );
            if row.seq != replayed.seq + 1 || row.hash != expected {
                verified.push(shop, case, format!("the chain breaks at event {}", row.seq));
            }
            (replayed.head, replayed.seq) = (row.hash, row.seq);
            match Event::decode(row.version, &row.body) {
                Ok(event) => {
                    if row.name != event.name() {
                        let what = format!("event {} is stored as {:?}: it is not", row.seq, row.name);
                        verified.push(shop, case, what);
                    }
                    replayed.take(&event, row, &mut self.ledger);
                }
                Err(fault) => verified.push(shop, case, format!("event {}: {fault}", row.seq)),
            }
        }
    }
}

impl ReplayedCase {
    fn take(&mut self, event: &Event, row: &EventRow, ledger: &mut Option<OrderLedger>) {
        let mut state = State {
            case: self.case.take(),
            ledger: ledger.take(),
        };
        evolve(&mut state, event, row.at);
        State {
            case: self.case,
            ledger: *ledger,
        } = state;
        let effect = self.case.as_ref().and_then(|case| effect_of(event, case));
        self.effects.extend(effect.map(|effect| (row.seq, effect)));
        self.texts.extend(event.text());
    }
}

/// Holds everything stored of a case against what its events make of it.
fn verify_case(shop: ShopId, history: &CaseHistory, replayed: &ReplayedCase, verified: &mut Verified) {
    let case = &history.row.case;
    if replayed.seq == 0 || replayed.head != history.row.head {
        verified.push(
            shop,
            case.id,
            "the chain does not end at the case's head".to_owned(),
        );
    }
    if replayed.case.as_ref() != Some(case) {
        verified.push(
            shop,
            case.id,
            "the stored case is not what its events make".to_owned(),
        );
    }
    if !history.differing.is_empty() {
        let what = format!("columns differ from its state: {}", history.differing.join(", "));
        verified.push(shop, case.id, what);
    }
    verify_clocks(shop, case, &history.deadlines, verified);
    verify_outbox(shop, history, replayed, verified);
    verify_texts(shop, history, replayed, verified);
}

/// What is asked of the outside world follows from the events, and what is still to be answered is
/// still being asked. Settled rows are pruned after a while and may be missing.
fn verify_outbox(shop: ShopId, history: &CaseHistory, replayed: &ReplayedCase, verified: &mut Verified) {
    let case = &history.row.case;
    for row in &history.outbox {
        if replayed.effects.get(&row.seq) != Some(&row.effect) {
            let what = format!("the outbox asks for something event {} does not", row.seq);
            verified.push(shop, case.id, what);
        }
    }
    if let Some(MoneyState::Ordered | MoneyState::Unknown) = case.money {
        let last = replayed.effects.last_key_value().map(|(seq, _)| *seq);
        let asked = |row: &OutboxEntry| Some(row.seq) == last && row.done_at.is_none();
        if !history.outbox.iter().any(asked) {
            let what = "its refund waits for an answer, and nothing in the outbox asks for one".to_owned();
            verified.push(shop, case.id, what);
        }
    }
}

/// Texts say what the events' digests say they said, unless they were erased.
fn verify_texts(shop: ShopId, history: &CaseHistory, replayed: &ReplayedCase, verified: &mut Verified) {
    let stored: BTreeMap<TextId, &TextRow> = history.texts.iter().map(|row| (row.id, row)).collect();
    for text in &replayed.texts {
        let told = match stored.get(&text.id) {
            None => "is missing",
            Some(row) => match (&row.body, &row.salt, row.erased_at) {
                (None, None, Some(_)) => continue,
                (Some(body), Some(salt), None) if Digest::of(&[salt, body.as_bytes()]) == text.digest => {
                    continue;
                }
                _ => "is not what was written",
            },
        };
        verified.push(shop, history.row.case.id, format!("text {} {told}", text.id));
    }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use amends_domain::actor::{Actor, Authority, Envelope, Role};
    use amends_domain::case::Kind;
    use amends_domain::case::clock::{Clock as CaseClock, Stage};
    use amends_domain::command::{Command, LineUnits, OpenCase};
    use amends_domain::ids::PersonId;
    use amends_domain::money::{Currency, Money};
    use amends_domain::order::{DraftLine, Order};
    use amends_domain::time::Moment;
    use amends_store::{OutboxDone, Store, Submission, Target};

    use super::super::verify;
    use super::*;
    use crate::accounts::people::PersonAdd;
    use crate::clock::Clock;
    use crate::content::starting_policy;
    use crate::desk::Desk;
    use crate::orders::draft::OrderDraft;
    use crate::orders::order_import::orders_import;
    use crate::payments::ByHand;
    use crate::random::Random;
    use crate::shops::settings::ShopSettings;
    use crate::shops::shop_create::{ShopCreate, shop_create};
    use crate::vault::{Identity, Vault};

    const NOW: Moment = Moment::from_millis(1_772_330_400_000);

    async fn founded() -> (Desk, ShopId) {
        let store = Store::connect(&Target::SqliteMemory).await.unwrap();
        store.migrate().await.unwrap();
        let (random, vault) = (Random::seeded(1), Vault::new([1; 32]));
        let desk = Desk::start(store, Clock::manual(NOW), random, vault, Arc::new(ByHand));
        let create = ShopCreate {
            name: "晚风小店".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            currency: Currency::CNY,
            owner: PersonAdd {
                login: "owner".to_owned(),
                password: "一个够长的密码在这里".to_owned(),
                display_name: "店主".to_owned(),
                role: Role::Admin,
            },
            policy: starting_policy().unwrap(),
            settings: ShopSettings::default(),
        };
        let (shop, _) = shop_create(&desk, create).await.unwrap();
        (desk, shop)
    }

    async fn sold(desk: &Desk, shop: ShopId) -> Order {
        let yuan = |minor| Money::new(minor, Currency::CNY).unwrap();
        let draft = OrderDraft {
            alongside: Vec::new(),
            number: "A1".to_owned(),
            buyer: Identity {
                nickname: "小满".to_owned(),
                ..Identity::default()
            },
            buyer_tier: String::new(),
            region: String::new(),
            payment_method: String::new(),
            lines: vec![DraftLine {
                sku: "SHIRT-M".to_owned(),
                title: "衬衫".to_owned(),
                category: "apparel".to_owned(),
                no_reason_excluded: false,
                units: 1,
                price: yuan(10_000),
                discount: yuan(0),
                units_dispatched: None,
            }],
            discount: yuan(0),
            freight: yuan(0),
            paid: None,
            placed_at: None,
            paid_at: Some(NOW.plus_millis(-1)),
            dispatched_at: None,
            delivered_at: None,
            cancelled_at: None,
        };
        let imported = orders_import(desk, shop, &[draft]).await.unwrap();
        let row = desk.store.order_by_id(shop, imported.orders[0]).await.unwrap();
        row.unwrap().order
    }

    #[tokio::test]
    async fn a_refund_that_nobody_asks_about_any_more_is_found() {
        let (desk, shop) = founded().await;
        let order = sold(&desk, shop).await;
        let case: CaseId = desk.random.id(NOW);
        let submit = async |actor, command, outbox| {
            let submission = Submission {
                shop,
                envelope: Envelope {
                    case,
                    actor,
                    authority: Authority::default(),
                    at: NOW,
                    if_terms: None,
                },
                order: Some(order.id),
                command,
                key: None,
                texts: Vec::new(),
                outbox,
            };
            desk.committer.submit(submission).await.unwrap()
        };
        let open = OpenCase {
            lines: vec![LineUnits {
                line: order.lines[0].id,
                units: 1,
            }],
            channel: amends_domain::case::Channel::Page,
            ..OpenCase::about(Kind::RefundOnly, "regret")
        };
        submit(Actor::Buyer(order.buyer), Command::Open(open), None).await;
        let id: PersonId = desk.random.id(NOW);
        let role = Role::Supervisor;
        let approve = Command::Approve { compensation: None };
        submit(Actor::Person { id, role }, approve, None).await;
        assert_eq!(verify(&desk, shop).await.unwrap().findings, []);

        // A deadline that is not running changes nothing; what is told with it is settled all the same.
        let nothing = Command::DeadlinePassed {
            clock: CaseClock::Ruling,
            stage: Stage::Expiry,
            generation: 9,
        };
        let seq = desk.store.outbox_claim(NOW, 1, 1).await.unwrap()[0].seq;
        submit(Actor::Deadlines, nothing, Some(OutboxDone { case, seq })).await;
        let verified = verify(&desk, shop).await.unwrap();
        let [found] = &verified.findings[..] else {
            panic!("{verified:?}")
        };
        assert!(found.what.contains("nothing in the outbox asks"), "{found:?}");
    }
}
