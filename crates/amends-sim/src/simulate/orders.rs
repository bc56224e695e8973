//! Orders on their way, and the buyers who ask for something on them.
//!
//! Must not know: what becomes of a case. Tests: `tests/it/`.

use amends_app::OrderMoments;
use amends_app::caller::{Buyer, Caller};
use amends_app::cases::case_open::{CaseOpen, case_open};
use amends_app::error::AppError;
use amends_domain::ids::OrderId;
use amends_domain::time::Moment;

use super::{HOUR, Simulation, Step};
use crate::buyers;
use crate::seed::Course;

impl Simulation<'_> {
    pub(super) fn plan_order(&mut self, order: OrderId, paid_at: Moment, course: Course) {
        let dispatched = paid_at.plus_millis(course.dispatch_hours * HOUR);
        let delivered = dispatched.plus_millis(course.delivery_hours * HOUR);
        if self.chance.between(0, 1_000) >= self.plan.cases_per_thousand {
            // Nobody looks at it on the way: it moves with the day's others.
            self.courses
                .push((delivered, moments(order, dispatched, Some(delivered))));
            return;
        }
        self.plan_step(dispatched, Step::Moved(moments(order, dispatched, None)));
        let (from, wait) = if course.lost {
            (dispatched, self.chance.between(24, 24 * 14))
        } else {
            self.plan_step(
                delivered,
                Step::Moved(moments(order, dispatched, Some(delivered))),
            );
            match self.chance.weighted(&[14, 12, 62, 12]) {
                0 => (paid_at, self.chance.between(1, course.dispatch_hours.max(2))),
                1 => (dispatched, self.chance.between(1, course.delivery_hours.max(2))),
                2 => (delivered, self.chance.between(2, 24 * 14)),
                _ => (delivered, self.chance.between(24 * 16, 24 * 70)),
            }
        };
        self.plan_step(from.plus_millis(wait * HOUR), Step::Apply(order));
        if self.chance.percent(7) {
            let wait = self.chance.between(2, 24 * 20);
            self.plan_step(paid_at.plus_millis(wait * HOUR), Step::Call(order));
        }
    }

    /// Tells the desk in one go of the orders that arrived since yesterday.
    pub(super) async fn orders_moved(&mut self, now: Moment) -> Result<(), AppError> {
        let arrived: Vec<OrderMoments> = self
            .courses
            .extract_if(.., |(delivered, _)| *delivered <= now)
            .map(|(_, moved)| moved)
            .collect();
        self.desk
            .store
            .orders_insert(self.shop.shop, &[], &arrived)
            .await?;
        Ok(())
    }

    pub(super) async fn apply(&mut self, order: OrderId) -> Result<(), AppError> {
        let row = self.desk.store.order_by_id(self.shop.shop, order).await?;
        let row = row.ok_or(AppError::NotFound { what: "order" })?;
        let now = self.desk.clock.now();
        let open = buyers::application(&mut self.chance, &row.order, now);
        let caller = Caller::Buyer(Buyer {
            shop: self.shop.shop,
            order,
            buyer: row.order.buyer,
        });
        self.open(&caller, open).await?;
        if self.chance.percent(15) {
            let later = now.plus_millis(self.chance.between(0, 300) * HOUR);
            self.plan_step(later, Step::Apply(order));
        }
        Ok(())
    }

    /// Somebody calls, and an agent writes it down in his name.
    pub(super) async fn call(&mut self, order: OrderId) -> Result<(), AppError> {
        let row = self.desk.store.order_by_id(self.shop.shop, order).await?;
        let row = row.ok_or(AppError::NotFound { what: "order" })?;
        let open = buyers::call(&mut self.chance, row.order.buyer);
        let caller = Caller::Staff(self.shop.agent.clone());
        self.open(&caller, open).await
    }

    async fn open(&mut self, caller: &Caller, open: CaseOpen) -> Result<(), AppError> {
        let opened = case_open(self.desk, caller, open, None).await;
        if let Ok(committed) = self.tally(opened)? {
            self.report.cases += 1;
            self.opened.push(committed.case);
            self.plan_asides(committed.case);
            self.await_next(committed.case).await?;
        }
        Ok(())
    }
}

fn moments(order: OrderId, dispatched: Moment, delivered: Option<Moment>) -> OrderMoments {
    OrderMoments {
        order,
        paid_at: None,
        dispatched_at: Some(dispatched),
        delivered_at: delivered,
        cancelled_at: None,
        units_dispatched: Vec::new(),
    }
}
