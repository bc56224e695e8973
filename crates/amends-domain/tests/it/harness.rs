//! The world the tests play in: one order, its ledger, several cases, a clock that is only counted,
//! and a payment provider that answers when told to.
//!
//! Every accepted command is decided twice, evolved again from its events, stored and read back, and
//! followed by [`crate::invariants`]. Must not know: the language scenarios are written in.

use std::collections::BTreeMap;

use amends_domain::actor::{Actor, Authority, Envelope, Role};
use amends_domain::case::clock::{Clock, Stage};
use amends_domain::case::trade::order_after;
use amends_domain::case::{Case, Request};
use amends_domain::command::Command;
use amends_domain::cover::Cover;
use amends_domain::effect::{Effect, effect_of};
use amends_domain::event::Event;
use amends_domain::facts::{Earlier, Facts, Product};
use amends_domain::ids::{BuyerId, CaseId, LineId, OrderId, PersonId};
use amends_domain::ledger::OrderLedger;
use amends_domain::money::{Currency, Money};
use amends_domain::order::{DraftLine, Order, OrderLine, settle_units};
use amends_domain::policy::pack::Pack;
use amends_domain::policy::set::PolicySet;
use amends_domain::refusal::Refusal;
use amends_domain::time::{Moment, ShopTime, Zone};
use amends_domain::{Possible, State, decide, evolve};

use crate::invariants;

/// The packs of the demo shop, as they lie in `content/policies`.
pub(crate) const PACKS: [&str; 3] = [
    include_str!("../../../../content/policies/cn-law.toml"),
    include_str!("../../../../content/policies/taobao.toml"),
    include_str!("../../../../content/policies/demo-shop.toml"),
];

/// What goes beyond returns: rights of the other kinds, replies, promises, levels and remedies.
pub(crate) const BEYOND: [&str; 3] = [
    include_str!("../../../../content/policies/taobao-service.toml"),
    include_str!("../../../../content/policies/taobao-disputes.toml"),
    include_str!("../../../../content/policies/service.toml"),
];

/// Everything that comes with the program.
pub(crate) fn whole_set() -> PolicySet {
    set_of(&[&PACKS[..], &BEYOND[..]].concat())
}

/// Midnight of day 0, the day of delivery, in the shop's time: 2026-03-01T00:00+08:00.
pub(crate) const DAY_ZERO_MILLIS: i64 = 1_772_294_400_000;
const MINUTE_MILLIS: i64 = 60_000;

/// A set of these pack texts.
pub(crate) fn set_of(texts: &[impl AsRef<str>]) -> PolicySet {
    let packs: Vec<Pack> = texts
        .iter()
        .map(|text| Pack::parse(text.as_ref()).unwrap())
        .collect();
    PolicySet::resolve(&packs).unwrap()
}

/// The demo shop's set.
pub(crate) fn demo_set() -> PolicySet {
    set_of(&PACKS)
}

pub(crate) fn moment(day: i64, minutes: i64) -> Moment {
    Moment::from_millis(DAY_ZERO_MILLIS + (day * 24 * 60 + minutes) * MINUTE_MILLIS)
}

pub(crate) fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::CNY).unwrap()
}

/// One line of an order, as a test writes it.
#[derive(Debug, Clone)]
pub(crate) struct Bought {
    pub(crate) name: String,
    pub(crate) units: u32,
    pub(crate) price: i64,
    pub(crate) no_reason_excluded: bool,
    pub(crate) category: String,
    /// Units that left the shop, where it kept a record.
    pub(crate) sent: Option<u32>,
}

impl Bought {
    pub(crate) fn of(name: &str, units: u32, price: i64) -> Self {
        Self {
            name: name.to_owned(),
            units,
            price,
            no_reason_excluded: false,
            category: "clothing".to_owned(),
            sent: None,
        }
    }
}

/// How far the order of a test got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Got {
    Unpaid,
    Paid,
    Dispatched,
    Delivered,
    Cancelled,
}

fn bytes_of(number: u8) -> [u8; 10] {
    [number; 10]
}

/// An order paid on day -3, dispatched on day -2 and delivered on day 0 at 08:00, as far as it got; one that is
/// not paid was placed on day 0 at 08:00.
pub(crate) fn order(lines: &[Bought], discount: i64, freight: i64, got: Got) -> Order {
    let draft: Vec<DraftLine> = lines
        .iter()
        .map(|line| DraftLine {
            sku: line.name.clone(),
            title: line.name.clone(),
            category: line.category.clone(),
            no_reason_excluded: line.no_reason_excluded,
            units: line.units,
            price: yuan(line.price),
            discount: yuan(0),
            units_dispatched: line.sent,
        })
        .collect();
    let paid = settle_units(&draft, yuan(discount), yuan(freight)).unwrap();
    let line = |((number, line), unit_paid_minor): ((u8, &Bought), Vec<i64>)| OrderLine {
        id: LineId::new(moment(-3, 0), bytes_of(number)),
        sku: line.name.clone(),
        title: line.name.clone(),
        category: line.category.clone(),
        no_reason_excluded: line.no_reason_excluded,
        unit_paid_minor,
        units_dispatched: line.sent,
    };
    Order {
        id: OrderId::new(moment(-3, 0), bytes_of(1)),
        number: "20260226-1".to_owned(),
        buyer: buyer(1),
        currency: Currency::CNY,
        lines: (1..).zip(lines).zip(paid).map(line).collect(),
        freight_paid_minor: freight,
        payment_method: "alipay".to_owned(),
        region: "浙江".to_owned(),
        buyer_tier: String::new(),
        placed_at: (got == Got::Unpaid).then(|| moment(0, 8 * 60)),
        paid_at: (got != Got::Unpaid).then(|| moment(-3, 0)),
        dispatched_at: matches!(got, Got::Dispatched | Got::Delivered).then(|| moment(-2, 0)),
        delivered_at: (got == Got::Delivered).then(|| moment(0, 8 * 60)),
        cancelled_at: (got == Got::Cancelled).then(|| moment(-2, 0)),
    }
}

pub(crate) fn buyer(number: u8) -> BuyerId {
    BuyerId::new(moment(-9, 0), bytes_of(number))
}

pub(crate) fn person(role: Role) -> Actor {
    // Another person in each role; the agent is number seven.
    let number = Role::ALL.iter().zip(7_u8..).find(|(known, _)| **known == role);
    Actor::Person {
        id: PersonId::new(moment(-9, 0), bytes_of(number.map_or(7, |(_, number)| number))),
        role,
    }
}

/// A case in the world, with everything that ever happened to it.
#[derive(Debug, Clone)]
pub(crate) struct Tracked {
    pub(crate) id: CaseId,
    pub(crate) case: Option<Case>,
    pub(crate) log: Vec<(Moment, Event)>,
    /// What the provider was asked, in order.
    pub(crate) asks: Vec<Effect>,
    /// Deadlines that have been told; telling them again must do nothing.
    told: Vec<(Clock, Stage, u32)>,
}

/// A deadline that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Waiting {
    pub(crate) at: Moment,
    pub(crate) label: char,
    pub(crate) clock: Clock,
    pub(crate) stage: Stage,
    pub(crate) generation: u32,
}

/// A command as it was given, and what it came to: for the store's tests, which give it again.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) envelope: Envelope,
    pub(crate) command: Command,
    pub(crate) came_to: Result<Vec<Event>, Refusal>,
}

/// One order and everything about it.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// Every command that was given, as it was decided.
    pub(crate) given: Vec<Given>,
    pub(crate) policy: PolicySet,
    pub(crate) order: Order,
    pub(crate) ledger: OrderLedger,
    pub(crate) cases: BTreeMap<char, Tracked>,
    /// Every event of every case, as they came.
    pub(crate) history: Vec<(char, Moment, Event)>,
    pub(crate) products: Vec<Product>,
    pub(crate) now: Moment,
    /// What agents may grant.
    pub(crate) agent_limit: Option<Money>,
    /// What supervisors may grant; of the rest, mediators and machines may grant nothing.
    pub(crate) supervisor_limit: Option<Money>,
    /// The shop's system has handed in no order.
    pub(crate) without_order: bool,
    pub(crate) time: ShopTime,
    /// Until when the buyer stands on the block list.
    pub(crate) blocked_until: Option<Moment>,
    /// Covers of the order's lines.
    pub(crate) covers: Vec<Cover>,
}

impl World {
    pub(crate) fn new(policy: PolicySet, order: Order) -> Self {
        let ledger = OrderLedger::open(&order);
        // Midnight of the day of delivery; of an unpaid order the moment it was placed.
        let now = match order.paid_at {
            Some(paid) => paid.plus_millis(3 * 24 * 60 * MINUTE_MILLIS),
            None => order.since(),
        };
        Self {
            given: Vec::new(),
            policy,
            order,
            ledger,
            cases: BTreeMap::new(),
            history: Vec::new(),
            products: Vec::new(),
            now,
            agent_limit: None,
            supervisor_limit: None,
            without_order: false,
            time: ShopTime::of(Zone::named("Asia/Shanghai").unwrap()),
            blocked_until: None,
            covers: Vec::new(),
        }
    }

    /// A case by its label; opened or not.
    pub(crate) fn tracked(&mut self, label: char) -> &mut Tracked {
        let number = u8::try_from(u32::from(label)).unwrap();
        self.cases.entry(label).or_insert_with(|| Tracked {
            id: CaseId::new(moment(0, 0), bytes_of(number)),
            case: None,
            log: Vec::new(),
            asks: Vec::new(),
            told: Vec::new(),
        })
    }

    pub(crate) fn case(&self, label: char) -> Option<&Case> {
        self.cases.get(&label)?.case.as_ref()
    }

    /// The order's ledger, as a command is decided on it.
    pub(crate) fn ledger(&self) -> Option<OrderLedger> {
        (!self.without_order).then(|| self.ledger.clone())
    }

    /// Remedies as the shop sees them, the ones that can be offered first.
    pub(crate) fn remedies(&self, case: &Case) -> Vec<Possible> {
        let state = State {
            case: Some(case.clone()),
            ledger: self.ledger(),
        };
        let facts = self.facts(&Command::Withdraw);
        amends_domain::remedies(&state, &facts, &self.policy, self.now)
    }

    /// The most that any right allows on top, in percent.
    pub(crate) fn compensation_percent(&self) -> u32 {
        let rights = self
            .policy
            .clauses()
            .iter()
            .filter_map(|clause| self.policy.right(&clause.id));
        rights
            .filter_map(|terms| terms.compensation_percent_max)
            .max()
            .unwrap_or(0)
    }

    pub(crate) fn facts(&self, command: &Command) -> Facts {
        let skus: Vec<&str> = match command {
            Command::Open(open) => open.replacement_sku.iter().map(String::as_str).collect(),
            Command::Offer { picks, .. } => picks
                .iter()
                .filter_map(|pick| pick.replacement_sku.as_deref())
                .collect(),
            _ => Vec::new(),
        };
        // What the shop opens of its own accord is no request: it does not count against whoever wrote it.
        let asks = |case: &Case| !case.kind.is_shops_own();
        let opened = self.cases.values();
        let opened = opened.filter(|tracked| tracked.case.as_ref().is_some_and(asks));
        let mut closed: Vec<(Moment, Earlier)> = self
            .cases
            .values()
            .filter_map(|tracked| {
                let case = tracked.case.as_ref()?;
                let Request::Closed(outcome) = case.request else {
                    return None;
                };
                let earlier = Earlier {
                    case: case.id,
                    units: case.settled_units().to_vec(),
                    reason: case.reason.clone(),
                    outcome,
                };
                Some((case.closed_at?, earlier))
            })
            .collect();
        closed.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        Facts {
            time: self.time.clone(),
            order: Some(self.order.clone()).filter(|_| !self.without_order),
            returns_last_90_days: u32::try_from(opened.count()).unwrap(),
            products: self
                .products
                .iter()
                .filter(|product| skus.contains(&product.sku.as_str()))
                .cloned()
                .collect(),
            earlier: closed.into_iter().map(|(_, earlier)| earlier).collect(),
            covers: self.covers.clone(),
            buyer_blocked: self.blocked_until.is_some_and(|until| self.now < until),
            payment_on: self.payment_on(command),
        }
    }

    /// The case that has the payment on record that a command brings.
    fn payment_on(&self, command: &Command) -> Option<CaseId> {
        let Command::RecordPayment { way, reference, .. } = command else {
            return None;
        };
        let cases = self.cases.values().filter_map(|tracked| tracked.case.as_ref());
        let has = |case: &&Case| {
            let payments = case.trade.iter().flat_map(|trade| &trade.payments);
            payments
                .into_iter()
                .any(|one| one.way == *way && one.reference == *reference)
        };
        cases.into_iter().find(has).map(|case| case.id)
    }

    pub(crate) fn envelope(&self, case: CaseId, actor: Actor, if_terms: Option<u64>) -> Envelope {
        let refund_limit = match actor {
            Actor::Person { role, .. } => match role {
                Role::Agent => self.agent_limit,
                Role::Supervisor => self.supervisor_limit,
                Role::Manager | Role::Admin => None,
                Role::Auditor | Role::Mediator | Role::Machine => Some(yuan(0)),
            },
            _ => None,
        };
        Envelope {
            case,
            actor,
            authority: Authority { refund_limit },
            at: self.now,
            if_terms,
        }
    }

    /// Gives a command and, when it is accepted, proves everything that must hold of it.
    pub(crate) fn give(
        &mut self,
        label: char,
        actor: Actor,
        command: &Command,
        if_terms: Option<u64>,
    ) -> Result<Vec<Event>, Refusal> {
        let before = State {
            case: self.tracked(label).case.clone(),
            ledger: self.ledger(),
        };
        let envelope = self.envelope(self.cases[&label].id, actor, if_terms);
        let facts = self.facts(command);
        let decided = decide(&before, &facts, &self.policy, &envelope, command);
        let again = decide(&before, &facts, &self.policy, &envelope, command);
        assert_eq!(decided, again, "the same input gave two decisions");
        self.given.push(Given {
            envelope,
            command: command.clone(),
            came_to: decided
                .as_ref()
                .map(|decision| decision.events.clone())
                .map_err(Clone::clone),
        });
        let decision = decided?;

        let mut replayed = before;
        let mut asks = Vec::new();
        for event in &decision.events {
            let bytes = event.encode();
            let read = Event::decode(Event::VERSION, &bytes).unwrap();
            assert_eq!(&read, event, "an event reads back as another");
            assert_eq!(read.encode(), bytes, "an event is written in two ways");
            evolve(&mut replayed, &read, self.now);
            asks.extend(replayed.case.as_ref().and_then(|case| effect_of(&read, case)));
        }
        assert_eq!(
            replayed, decision.state,
            "evolving the events gives another state"
        );

        let now = self.now;
        let tracked = self.tracked(label);
        tracked.case.clone_from(&replayed.case);
        tracked.asks.extend(asks);
        tracked
            .log
            .extend(decision.events.iter().map(|event| (now, event.clone())));
        self.history
            .extend(decision.events.iter().map(|event| (label, now, event.clone())));
        let followed = replayed.case.as_ref();
        if let Some(after) = followed.and_then(|case| order_after(&self.order, case)) {
            self.order = after;
        }
        if let Some(ledger) = replayed.ledger {
            self.ledger = ledger;
        }
        invariants::check(self);
        Ok(decision.events)
    }

    /// The deadline that is due next.
    pub(crate) fn next_deadline(&self) -> Option<Waiting> {
        let runs = self.cases.iter().flat_map(|(label, tracked)| {
            let clocks = tracked.case.iter().flat_map(|case| &case.clocks);
            clocks.map(move |(clock, run)| (*label, *clock, run))
        });
        runs.flat_map(|(label, clock, run)| {
            let waiting = move |at, stage| Waiting {
                at,
                label,
                clock,
                stage,
                generation: run.generation,
            };
            let warning = run.warn_at.map(|at| waiting(at, Stage::Warning));
            warning.into_iter().chain([waiting(run.due_at, Stage::Expiry)])
        })
        .min()
    }

    /// Tells one deadline: too early, in time, and again. Only the one in time does anything.
    pub(crate) fn tell(&mut self, waiting: Waiting) -> Vec<Event> {
        let command = Command::DeadlinePassed {
            clock: waiting.clock,
            stage: waiting.stage,
            generation: waiting.generation,
        };
        let label = waiting.label;
        if self.now < waiting.at {
            self.now = waiting.at.plus_millis(-1);
            let early = self.give(label, Actor::Deadlines, &command, None).unwrap();
            assert!(early.is_empty(), "{command:?} took effect too early: {early:?}");
            self.now = waiting.at;
        }
        let events = self.give(label, Actor::Deadlines, &command, None).unwrap();
        assert!(!events.is_empty(), "{command:?} was due and did nothing");
        let told = &mut self.tracked(label).told;
        told.push((waiting.clock, waiting.stage, waiting.generation));
        for (clock, stage, generation) in told.clone() {
            let again = Command::DeadlinePassed {
                clock,
                stage,
                generation,
            };
            let events = self.give(label, Actor::Deadlines, &again, None).unwrap();
            assert!(events.is_empty(), "{again:?} took effect twice: {events:?}");
        }
        events
    }

    /// Moves time forward, telling every deadline on the way in its order.
    pub(crate) fn advance(&mut self, to: Moment, told: &mut impl FnMut(&World, Waiting, &[Event])) {
        while let Some(waiting) = self.next_deadline().filter(|waiting| waiting.at <= to) {
            let events = self.tell(waiting);
            told(self, waiting, &events);
        }
        self.now = self.now.max(to);
    }
}
