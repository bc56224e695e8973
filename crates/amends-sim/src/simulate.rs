//! The simulator: a shop's days on a moved clock, through the same use cases as real ones.
//!
//! One heap of steps, the store's deadlines and its outbox decide what happens next; nothing
//! happens between. The same seed gives the same events, byte for byte.
//! Must not know: which database it runs on. Tests: `tests/it/`.

mod acting;
mod next;
mod orders;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

use amends_app::anchors::anchor_write;
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::orders::order_import::order_import;
use amends_app::outbox::payment_answer;
use amends_app::runners::step_to;
use amends_app::verify::{verify, verify_since};
use amends_app::{OrderMoments, Position};
use amends_domain::case::{Case, Request, Status};
use amends_domain::ids::{CaseId, OrderId};
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;

use crate::aside::Aside;
use crate::chance::Chance;
use crate::payments::{SimulatedPayments, Unasked};
use crate::reconcile::{reconcile, refund_of_key};
use crate::report::Report;
use crate::seed::{SeededShop, seed_order};
use crate::tally::tally;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How much to simulate.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Drawn from it: everything.
    pub seed: u64,
    /// Days.
    pub days: u32,
    /// Orders over all days.
    pub orders: u64,
    /// Orders in a thousand whose buyer applies for something.
    pub cases_per_thousand: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    NewDay(u32),
    Moved(OrderMoments),
    Apply(OrderId),
    /// A call about nothing the buyer names an order for.
    Call(OrderId),
    Aside(CaseId, Aside),
    Buyer(CaseId),
    Shop(CaseId),
    Race(CaseId),
    /// The provider says something unasked, known by its place.
    Unasked(usize),
}

/// The step a case waits for, planned for where it then was; nothing where nobody will act.
#[derive(Debug, Clone, Copy)]
struct Awaited {
    token: Option<u64>,
    place: Place,
}

/// How far a case has come: while it stays there, what was planned for it stands.
type Place = (Status, Option<u32>, usize);

/// A simulation in progress.
pub struct Simulation<'a> {
    desk: &'a Desk,
    shop: &'a SeededShop,
    provider: Arc<SimulatedPayments>,
    plan: Plan,
    chance: Chance,
    start: Moment,
    steps: BinaryHeap<Reverse<(Moment, u64, Step)>>,
    tie: u64,
    /// The one step a case waits for; older ones are passed over.
    awaited: BTreeMap<CaseId, Awaited>,
    /// What is under way beside.
    asides: BTreeSet<(CaseId, Aside)>,
    /// The set that cases are judged by, once one was opened.
    policy: Option<PolicySet>,
    /// What the provider said and will say unasked.
    unasked: Vec<Unasked>,
    opened: Vec<CaseId>,
    /// Orders on their way, with the moment they arrive.
    courses: Vec<(Moment, OrderMoments)>,
    verified_upto: Position,
    report: Report,
}

impl<'a> Simulation<'a> {
    /// Prepares a simulation that starts at the desk's now.
    pub fn new(desk: &'a Desk, shop: &'a SeededShop, provider: Arc<SimulatedPayments>, plan: Plan) -> Self {
        let mut simulation = Self {
            desk,
            shop,
            provider,
            plan,
            chance: Chance::new(plan.seed),
            start: desk.clock.now(),
            steps: BinaryHeap::new(),
            tie: 0,
            awaited: BTreeMap::new(),
            asides: BTreeSet::new(),
            policy: None,
            unasked: Vec::new(),
            opened: Vec::new(),
            courses: Vec::new(),
            verified_upto: Position::default(),
            report: Report {
                days: plan.days,
                ..Report::default()
            },
        };
        for day in 0..=plan.days {
            simulation.plan_step(
                simulation.start.plus_millis(i64::from(day) * DAY),
                Step::NewDay(day),
            );
        }
        simulation
    }

    fn plan_step(&mut self, at: Moment, step: Step) -> u64 {
        self.tie += 1;
        self.steps.push(Reverse((at, self.tie, step)));
        self.tie
    }

    /// Runs to the end of the last day.
    pub async fn run(mut self) -> Result<Report, AppError> {
        while let Some(Reverse((at, tie, step))) = self.steps.pop() {
            self.advance_to(at).await?;
            match step {
                Step::NewDay(day) if day == self.plan.days => break,
                Step::NewDay(day) => self.new_day(day).await?,
                Step::Moved(moved) => {
                    self.desk
                        .store
                        .orders_insert(self.shop.shop, &[], &[moved])
                        .await?;
                }
                Step::Apply(order) => self.apply(order).await?,
                Step::Call(order) => self.call(order).await?,
                Step::Aside(case, aside) => self.aside(case, aside).await?,
                Step::Unasked(at) => self.unasked(at).await?,
                Step::Buyer(case) | Step::Shop(case) | Step::Race(case) => {
                    let waits = self
                        .awaited
                        .get(&case)
                        .is_some_and(|awaited| awaited.token == Some(tie));
                    if waits {
                        self.awaited.remove(&case);
                        self.act(case, step).await?;
                    }
                }
            }
        }
        self.finish().await
    }

    /// Lets everything fall due that falls due before `at`, in its own order and at its own moment.
    async fn advance_to(&mut self, at: Moment) -> Result<(), AppError> {
        while let Some(stepped) = step_to(self.desk, at).await? {
            self.report.deadlines += u64::try_from(stepped.deadlines.len()).unwrap_or(0);
            self.report.effects += u64::try_from(stepped.effects.len()).unwrap_or(0);
            for case in stepped.deadlines.into_iter().chain(stepped.effects) {
                self.await_next(case).await?;
            }
            for unasked in self.provider.unasked() {
                let at = self.desk.clock.now().plus_millis(unasked.hours * HOUR);
                self.plan_step(at, Step::Unasked(self.unasked.len()));
                self.unasked.push(unasked);
            }
        }
        Ok(())
    }

    async fn new_day(&mut self, day: u32) -> Result<(), AppError> {
        let now = self.desk.clock.now();
        if day > 0 {
            self.verify_day().await?;
        }
        self.orders_moved(now).await?;
        let days = u64::from(self.plan.days.max(1));
        let upto = self.plan.orders * (u64::from(day) + 1) / days;
        let mut drafts = Vec::new();
        let mut courses = Vec::new();
        while self.report.orders < upto {
            self.report.orders += 1;
            let (draft, course) = seed_order(&mut self.chance, self.report.orders, now);
            drafts.push(draft);
            courses.push(course);
        }
        let imported = order_import(self.desk, &self.shop.admin, &drafts).await?;
        for (order, course) in imported.orders.iter().zip(courses) {
            self.plan_order(*order, now, course);
        }
        Ok(())
    }

    /// Takes in what the provider says by itself, as a message of his would be.
    async fn unasked(&mut self, at: usize) -> Result<(), AppError> {
        let Some(unasked) = self.unasked.get(at) else {
            return Ok(());
        };
        let (case, refund) = refund_of_key(&unasked.key)?;
        let answer = self.provider.say(unasked);
        let taken = payment_answer(self.desk, self.shop.shop, case, refund, unasked.attempt, answer);
        let taken = taken.await;
        let _ = self.tally(taken)?;
        self.report.unasked += 1;
        self.await_next(case).await
    }

    /// Counts what was done and what was refused, with its code; only a fault stops the simulation.
    fn tally<T>(&mut self, done: Result<T, AppError>) -> Result<Result<T, &'static str>, AppError> {
        match done {
            Ok(done) => {
                self.report.accepted += 1;
                Ok(Ok(done))
            }
            Err(AppError::Refused(refusal)) => {
                let code = refusal.code();
                *self.report.refused.entry(code.to_owned()).or_default() += 1;
                Ok(Err(code))
            }
            Err(fault) => Err(fault),
        }
    }

    async fn case(&self, case: CaseId) -> Result<Case, AppError> {
        let row = self.desk.store.case_by_id(self.shop.shop, case).await?;
        row.map(|row| row.case).ok_or(AppError::NotFound { what: "case" })
    }

    /// Verifies every order that was touched since the last time, and anchors the day.
    async fn verify_day(&mut self) -> Result<(), AppError> {
        let position = self.desk.store.last_position(self.shop.shop).await?;
        let verified = verify_since(self.desk, self.shop.shop, self.verified_upto).await?;
        self.verified_upto = position;
        anchor_write(self.desk, self.shop.shop).await?;
        self.report.verified_days += 1;
        self.report.found(verified.findings);
        Ok(())
    }

    async fn finish(mut self) -> Result<Report, AppError> {
        self.verify_day().await?;
        let verified = verify(self.desk, self.shop.shop).await?;
        self.report.events = verified.events;
        self.report.paid_out_minor = verified.paid_out_minor;
        self.report.found(verified.findings);
        let counted = tally(self.desk, self.shop.shop).await?;
        self.report.found(counted.findings);
        self.report.counts = counted.counts;
        let differences = reconcile(self.desk, self.shop.shop, &self.provider).await?;
        self.report.found(differences);
        self.report.provider_paid_minor = self.provider.books().paid_minor;
        for id in std::mem::take(&mut self.opened) {
            let case = self.case(id).await?;
            *self.report.ended.entry(ended(&case)).or_default() += 1;
        }
        Ok(self.report)
    }
}

fn ended(case: &Case) -> String {
    let code = match case.request {
        Request::Closed(outcome) => serde_json::to_string(&outcome),
        _ => serde_json::to_string(&case.status()),
    };
    code.unwrap_or_default().trim_matches('"').to_owned()
}
