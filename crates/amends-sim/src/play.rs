//! Plays a return from application to closure, and a complaint with three options; tells what happens as
//! it happens.
//!
//! The shop inspects but forgets to refund: the clock does it. Must not know: where lines are
//! printed. Tests: `tests/it/play.rs`.

mod complaint;

use amends_app::caller::{Buyer, Caller};
use amends_app::cases::case_command::{Given, case_command};
use amends_app::cases::case_open::{CaseOpen, case_open};
use amends_app::cases::case_read::{case_get, case_timeline};
use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::runners::pass_time;
use amends_domain::case::{Channel, Kind, MoneyState, Parcel};
use amends_domain::command::{Command, LineFinding, LineUnits};
use amends_domain::ids::{CaseId, LineId, OrderId};
use amends_domain::order::Order;
use amends_domain::time::Zone;

use crate::buyers::Act;
use crate::narrate::Narrator;
use crate::seed::{SHOP_CURRENCY, SeededShop};
pub(crate) use complaint::picks;

const HOUR: i64 = 3_600_000;
/// Days a stubborn provider is waited for.
const REFUND_TRIES_MAX: u32 = 10;

/// A play on one order.
pub struct Play<'a> {
    /// The desk, on a clock that can be moved.
    pub desk: &'a Desk,
    /// Whose shop.
    pub shop: &'a SeededShop,
    /// The shop's wall.
    pub zone: Zone,
    /// Takes each line.
    pub say: &'a mut dyn FnMut(&str),
}

impl Play<'_> {
    /// Returns the first line of an order without giving a reason.
    pub async fn play_return(&mut self, order: OrderId) -> Result<CaseId, AppError> {
        let order = self.order(order).await?;
        let line = order.lines.first().ok_or(AppError::NotFound { what: "line" })?;
        let buyer = Caller::Buyer(Buyer {
            shop: self.shop.shop,
            order: order.id,
            buyer: order.buyer,
        });
        // An agent's limit is in the shop's currency; for another one the owner decides.
        let seat = if order.currency == SHOP_CURRENCY {
            &self.shop.agent
        } else {
            &self.shop.admin
        };
        let agent = Caller::Staff(seat.clone());
        let case = case_open(self.desk, &buyer, no_reason(order.id, line.id), None)
            .await?
            .case;
        let mut told = self.tell(case, 0).await?;
        self.after_hours(5).await?;
        self.give(&agent, case, Command::Approve { compensation: None })
            .await?;
        told = self.tell(case, told).await?;
        self.after_hours(30).await?;
        let parcel = Parcel {
            carrier: "顺丰".to_owned(),
            waybill: "SF0000000001".to_owned(),
        };
        self.give(&buyer, case, Command::ShipReturn { parcel }).await?;
        told = self.tell(case, told).await?;
        self.after_hours(52).await?;
        let findings = vec![LineFinding {
            line: line.id,
            accepted: 1,
            rejected: 0,
            missing: 0,
        }];
        self.give(
            &agent,
            case,
            Command::Inspect {
                findings,
                return_freight: None,
                text: None,
                evidence: Vec::new(),
            },
        )
        .await?;
        told = self.tell(case, told).await?;
        self.after_hours(72).await?;
        told = self.tell(case, told).await?;
        self.tell_ended(case, told).await?;
        Ok(case)
    }

    async fn tell_ended(&mut self, case: CaseId, told: u64) -> Result<(), AppError> {
        self.see_paid(case, told).await?;
        self.tell_ledger(case).await
    }

    /// The order that is played on, once its line is told.
    async fn order(&mut self, order: OrderId) -> Result<Order, AppError> {
        let row = self.desk.store.order_by_id(self.shop.shop, order).await?;
        let order = row.ok_or(AppError::NotFound { what: "order" })?.order;
        let title = order.lines.first().map_or("", |line| line.title.as_str());
        let (number, paid) = (&order.number, order.paid());
        (self.say)(&format!("订单 {number}：{title}，实付 {paid}"));
        Ok(order)
    }

    /// Where the provider refused, the owner asks again until it pays.
    async fn see_paid(&mut self, case: CaseId, mut told: u64) -> Result<(), AppError> {
        let owner = Caller::Staff(self.shop.admin.clone());
        for _ in 0..REFUND_TRIES_MAX {
            let view = case_get(self.desk, &owner, case).await?;
            if view.row.case.is_closed() {
                break;
            }
            if view.row.case.money == Some(MoneyState::Failed) {
                self.give(&owner, case, Command::Refund).await?;
            }
            self.after_hours(24).await?;
            told = self.tell(case, told).await?;
        }
        Ok(())
    }

    async fn give(&self, caller: &Caller, case: CaseId, command: Command) -> Result<(), AppError> {
        self.act(caller, case, Act::plain(command)).await
    }

    async fn act(&self, caller: &Caller, case: CaseId, act: Act) -> Result<(), AppError> {
        let given = Given {
            text: act.text,
            build: act.build,
            if_terms: None,
            key: None,
        };
        case_command(self.desk, caller, case, given).await.map(|_| ())
    }

    /// Lets time pass, and with it whatever falls due at its own moment.
    async fn after_hours(&self, hours: i64) -> Result<(), AppError> {
        let until = self.desk.clock.now().plus_millis(hours * HOUR);
        pass_time(self.desk, until).await
    }

    async fn tell(&mut self, case: CaseId, after: u64) -> Result<u64, AppError> {
        let staff = Caller::Staff(self.shop.agent.clone());
        let view = case_get(self.desk, &staff, case).await?;
        let narrator = Narrator {
            policy: &view.policy,
            currency: view.row.case.currency,
            zone: &self.zone,
        };
        let mut last = after;
        for entry in case_timeline(self.desk, &staff, case, after).await? {
            last = entry.row.seq;
            let at = narrator.moment(entry.row.at);
            for (index, line) in narrator.tell(&entry.event).into_iter().enumerate() {
                let stamp = if index == 0 {
                    at.as_str()
                } else {
                    "                   "
                };
                (self.say)(&format!("  {stamp}  {line}"));
            }
            if let Some(words) = &entry.text {
                (self.say)(&format!("                     “{words}”"));
            }
        }
        Ok(last)
    }

    async fn tell_ledger(&mut self, case: CaseId) -> Result<(), AppError> {
        let staff = Caller::Staff(self.shop.agent.clone());
        let order = case_get(self.desk, &staff, case).await?.row.case.order;
        let Some(order) = order else { return Ok(()) };
        let row = self.desk.store.order_by_id(self.shop.shop, order).await?;
        let row = row.ok_or(AppError::NotFound { what: "order" })?;
        let refunded = row.ledger.refund_total();
        let money = |minor| {
            amends_domain::money::Money::new(minor, row.order.currency).map(|money| money.to_string())
        };
        let refunded = money(refunded).unwrap_or_default();
        (self.say)(&format!(
            "  账目：实付 {}，已退 {refunded}，账平",
            row.order.paid()
        ));
        row.ledger
            .check()
            .map_err(|fault| AppError::Inconsistent(fault.to_string()))
    }
}

/// One unit, intact, without a reason.
fn no_reason(order: OrderId, line: LineId) -> CaseOpen {
    CaseOpen {
        order: Some(order),
        buyer: None,
        kind: Kind::ReturnAndRefund,
        reason: "no_reason".to_owned(),
        lines: vec![LineUnits { line, units: 1 }],
        amount: None,
        replacement_sku: None,
        goods_intact: Some(true),
        photos: 0,
        text: Some("没有拆吊牌，想退掉，谢谢。".to_owned()),
        new_fault: false,
        refused_parcel: None,
        channel: Channel::Page,
    }
}
