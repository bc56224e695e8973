//! What `amends bench commit` measures: returns driven through the committer by many callers, and
//! beside them the same rows written in bulk by the same statements.
//!
//! Every command is a real one: decided, hashed, keyed, committed. The limit leaves only deciding
//! and loading out, and commits ten thousand commands at once.
//! Must not know: how figures are shown. Tests: none; it is run by hand.

mod care;
mod looks;
mod queue;
mod signals;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use amends_domain::actor::{Actor, Authority, Envelope, Role};
use amends_domain::case::{Kind, Parcel};
use amends_domain::command::{Command, LineFinding, LineUnits, OpenCase, PaymentAnswer};
use amends_domain::digest::Digest;
use amends_domain::ids::{BuyerId, CaseId, LineId, OrderId, PersonId, ShopId};
use amends_domain::ledger::OrderLedger;
use amends_domain::money::Currency;
use amends_domain::order::{Order, OrderLine};
use amends_domain::time::Moment;
use amends_store::{IdempotencyKey, OrderImport, Submission};
use tokio::task::JoinSet;

use crate::clock::Stopwatch;
use crate::desk::Desk;
use crate::error::AppError;

pub use self::care::Planned;
pub use self::looks::LookedUp;
pub use self::signals::Gathered;

/// Commands in one transaction of the limit.
pub const BULK_COMMANDS: usize = 10_000;
/// Commands of one return, from application to closure.
const STEPS: usize = 6;
/// Orders inserted in one transaction while preparing.
const ORDERS_PER_INSERT: usize = 5_000;

/// What callers achieved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Commands committed a second.
    pub commands_per_s: u64,
    /// Median answer, in microseconds.
    pub p50_us: u64,
    /// The answer ninety-nine in a hundred are faster than, in microseconds.
    pub p99_us: u64,
}

/// A bench on one shop.
pub struct Bench {
    desk: Arc<Desk>,
    shop: ShopId,
    agent: PersonId,
    buyer: BuyerId,
}

fn per_second(count: usize, elapsed: Duration) -> u64 {
    let count = u128::try_from(count).unwrap_or(0) * 1_000_000;
    u64::try_from(count / elapsed.as_micros().max(1)).unwrap_or(u64::MAX)
}

impl Bench {
    /// A bench on a shop that has its policy.
    pub fn new(desk: Arc<Desk>, shop: ShopId) -> Self {
        let at = desk.clock.now();
        let (agent, buyer) = (desk.random.id(at), desk.random.id(at));
        Self {
            desk,
            shop,
            agent,
            buyer,
        }
    }

    /// Commands a second that the database takes in bulk: the six steps of ten thousand returns,
    /// each step in one transaction.
    pub async fn limit(&self) -> Result<u64, AppError> {
        let returns = self.returns(BULK_COMMANDS).await?;
        let mut taken = Duration::ZERO;
        for step in 0..STEPS {
            let commands: Vec<Submission> = returns.iter().map(|one| self.submission(one, step)).collect();
            let bulk = self.desk.store.bulk_record(&commands).await?;
            let watch = Stopwatch::start();
            self.desk.store.bulk_write(bulk).await?;
            taken += watch.elapsed();
        }
        Ok(per_second(STEPS * BULK_COMMANDS, taken))
    }

    /// Lets callers drive returns, each its own, until the time is up or `returns` are done.
    pub async fn callers(
        self: &Arc<Self>,
        callers: usize,
        time: Duration,
        returns: usize,
    ) -> Result<Measured, AppError> {
        let work = Arc::new((self.returns(returns).await?, AtomicUsize::new(0)));
        let watch = Stopwatch::start();
        let mut calling = JoinSet::new();
        for _ in 0..callers {
            let (bench, work) = (Arc::clone(self), Arc::clone(&work));
            calling.spawn(async move { bench.call(&work.0, &work.1, watch, time).await });
        }
        let mut answers: Vec<u64> = Vec::new();
        while let Some(called) = calling.join_next().await {
            let called = called.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
            answers.extend(called?);
        }
        let commands_per_s = per_second(answers.len(), watch.elapsed());
        answers.sort_unstable();
        let at = |percent: usize| answers.get(answers.len() * percent / 100).copied().unwrap_or(0);
        Ok(Measured {
            commands_per_s,
            p50_us: at(50),
            p99_us: at(99),
        })
    }

    async fn call(
        &self,
        returns: &[Return],
        next: &AtomicUsize,
        watch: Stopwatch,
        time: Duration,
    ) -> Result<Vec<u64>, AppError> {
        let mut answers = Vec::new();
        while let Some(one) = returns.get(next.fetch_add(1, Ordering::Relaxed)) {
            for step in 0..STEPS {
                if watch.elapsed() >= time {
                    return Ok(answers);
                }
                let asked = Stopwatch::start();
                self.desk.committer.submit(self.submission(one, step)).await?;
                answers.push(u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX));
            }
        }
        Ok(answers)
    }

    /// Makes delivered orders of two units, one for each return.
    async fn returns(&self, count: usize) -> Result<Vec<Return>, AppError> {
        let now = self.desk.clock.now();
        let mut returns = Vec::with_capacity(count);
        let mut imports = Vec::new();
        for _ in 0..count {
            let (order, line): (OrderId, LineId) = (self.desk.random.id(now), self.desk.random.id(now));
            returns.push(Return {
                case: self.desk.random.id(now),
                order,
                line,
            });
            let order = delivered_order(order, line, self.buyer, now);
            imports.push(OrderImport {
                covers: Vec::new(),
                ledger: OrderLedger::open(&order),
                order,
                buyer: None,
                products: Vec::new(),
            });
        }
        for part in imports.chunks(ORDERS_PER_INSERT) {
            self.desk.store.orders_insert(self.shop, part, &[]).await?;
        }
        Ok(returns)
    }

    fn submission(&self, one: &Return, step: usize) -> Submission {
        let (actor, command) = self.step(one, step);
        let at = self.desk.clock.now();
        let envelope = Envelope {
            case: one.case,
            actor,
            authority: Authority::default(),
            at,
            if_terms: None,
        };
        let key = format!("{}/{step}", one.case);
        let body = Digest::of(&[key.as_bytes()]);
        let key = Some(IdempotencyKey {
            scope: "bench".to_owned(),
            key,
            body,
        });
        Submission {
            shop: self.shop,
            envelope,
            order: Some(one.order),
            command,
            key,
            texts: Vec::new(),
            outbox: None,
        }
    }

    fn step(&self, one: &Return, step: usize) -> (Actor, Command) {
        let buyer = Actor::Buyer(self.buyer);
        let agent = Actor::Person {
            id: self.agent,
            role: Role::Agent,
        };
        match step {
            0 => (buyer, Command::Open(open(one.line))),
            1 => (agent, Command::Approve { compensation: None }),
            2 => (
                buyer,
                Command::ShipReturn {
                    parcel: Parcel {
                        carrier: "顺丰".to_owned(),
                        waybill: "1".to_owned(),
                    },
                },
            ),
            3 => {
                let findings = vec![LineFinding {
                    line: one.line,
                    accepted: 1,
                    rejected: 0,
                    missing: 0,
                }];
                (
                    agent,
                    Command::Inspect {
                        findings,
                        return_freight: None,
                        text: None,
                        evidence: Vec::new(),
                    },
                )
            }
            4 => (agent, Command::Refund),
            _ => {
                let answer = PaymentAnswer::Paid {
                    reference: "1".to_owned(),
                };
                (
                    Actor::Outbox,
                    Command::AnswerPayment {
                        refund: 1,
                        attempt: 1,
                        answer,
                    },
                )
            }
        }
    }
}

/// A return to be driven.
struct Return {
    case: CaseId,
    order: OrderId,
    line: LineId,
}

fn open(line: LineId) -> OpenCase {
    OpenCase {
        lines: vec![LineUnits { line, units: 1 }],
        goods_intact: Some(true),
        photos: 2,
        ..OpenCase::about(Kind::ReturnAndRefund, "quality")
    }
}

fn delivered_order(id: OrderId, line: LineId, buyer: BuyerId, now: Moment) -> Order {
    const DAY: i64 = 86_400_000;
    let line = OrderLine {
        id: line,
        sku: "SKU".to_owned(),
        title: "商品".to_owned(),
        category: "clothing".to_owned(),
        no_reason_excluded: false,
        unit_paid_minor: vec![19_950, 19_950],
        units_dispatched: None,
    };
    Order {
        id,
        number: id.to_string(),
        buyer,
        currency: Currency::CNY,
        lines: vec![line],
        freight_paid_minor: 0,
        payment_method: "alipay".to_owned(),
        region: "浙江".to_owned(),
        buyer_tier: String::new(),
        placed_at: None,
        paid_at: Some(now.plus_millis(-3 * DAY)),
        dispatched_at: Some(now.plus_millis(-2 * DAY)),
        delivered_at: Some(now.plus_millis(-DAY)),
        cancelled_at: None,
    }
}
