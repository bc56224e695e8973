//! Follows up what an import says of unpaid orders: a case is opened for a new one, what the shop's system says
//! was paid or sent is put down on it. Each step is harmless when repeated.
//!
//! Must not know: files, words. Tests: `amends-api/tests/it/trade.rs`.

use amends_domain::actor::{Actor, Authority, Envelope, Role};
use amends_domain::case::Kind;
use amends_domain::case::trade::PaymentWay;
use amends_domain::command::{Command, OpenCase};
use amends_domain::digest::Digest;
use amends_domain::ids::{CaseId, OrderId, PersonId, ShopId};
use amends_domain::money::Money;
use amends_domain::order::{Order, OrderPhase};
use amends_domain::refusal::Refusal;
use amends_store::{CommitError, IdempotencyKey, Submission};

use crate::desk::Desk;
use crate::error::AppError;
use crate::shops::shop_read::policy_set_in_force;

/// Ways by the beginning of what shop systems call them; any other is another way.
const WAYS: &[(&str, PaymentWay)] = &[
    ("alipay", PaymentWay::Alipay),
    ("huabei", PaymentWay::Alipay),
    ("wechat", PaymentWay::Wechat),
    ("bank", PaymentWay::BankTransfer),
    ("credit_card", PaymentWay::Card),
    ("debit_card", PaymentWay::Card),
];

/// Follows up orders as an import has them, in the name of whoever handed them in; from the command line that is
/// nobody of the shop.
pub(crate) async fn trade_follow<'a>(
    desk: &Desk,
    shop: ShopId,
    by: Option<PersonId>,
    orders: impl Iterator<Item = &'a Order>,
) -> Result<(), AppError> {
    for order in orders {
        match order.phase() {
            OrderPhase::Unpaid => open(desk, shop, by, order.id).await?,
            OrderPhase::Cancelled => {}
            _ if order.placed_at.is_some() => settle(desk, shop, by, order).await?,
            _ => {}
        }
    }
    Ok(())
}

/// Opens the follow-up, once an order: whoever gave it up or reported it is not asked again.
async fn open(desk: &Desk, shop: ShopId, by: Option<PersonId>, order: OrderId) -> Result<(), AppError> {
    let policy = policy_set_in_force(desk, shop).await?;
    let policy = policy.ok_or(AppError::NotFound { what: "policy" })?;
    // A shop whose policy has no such reason does not follow up.
    let Some(reason) = policy.reasons().iter().find(|reason| reason.own) else {
        return Ok(());
    };
    let command = Command::Open(OpenCase::about(Kind::UnpaidOrder, reason.code.clone()));
    let key = IdempotencyKey {
        scope: order.to_string(),
        key: "unpaid_order".to_owned(),
        body: Digest::of(&[b"unpaid_order", order.to_string().as_bytes()]),
    };
    let case: CaseId = desk.random.id(desk.clock.now());
    match give(desk, shop, by, (case, Some(order)), command, Some(key)).await {
        Err(CommitError::Refused(
            Refusal::KindNotOffered { .. } | Refusal::OrderPaid | Refusal::PaymentFollowed { .. },
        ))
        | Ok(()) => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}

/// Puts down on the open follow-up what the shop's system says was paid, and that it was sent.
async fn settle(desk: &Desk, shop: ShopId, by: Option<PersonId>, order: &Order) -> Result<(), AppError> {
    for row in desk.store.cases_open_of_order(shop, order.id).await? {
        let case = row.case;
        let Some(trade) = case.trade.as_deref() else {
            continue;
        };
        let now = desk.clock.now();
        if let Some(paid_at) = order.paid_at.filter(|_| !trade.is_paid()) {
            let way = WAYS
                .iter()
                .find(|(name, _)| order.payment_method.starts_with(name));
            let command = Command::RecordPayment {
                paid_at: paid_at.max(order.since()).min(now),
                way: way.map_or(PaymentWay::Other, |(_, way)| *way),
                bank: None,
                amount: Money::clamped(trade.outstanding(), case.currency),
                discount: None,
                reference: order.number.clone(),
            };
            known_is_fine(give(desk, shop, by, (case.id, None), command, None).await)?;
        }
        if order.dispatched_at.is_some() && trade.dispatched_at.is_none() {
            let command = Command::DispatchOrder { parcel: None };
            known_is_fine(give(desk, shop, by, (case.id, None), command, None).await)?;
        }
    }
    Ok(())
}

/// What somebody else put down meanwhile is there.
fn known_is_fine(given: Result<(), CommitError>) -> Result<(), AppError> {
    match given {
        Ok(())
        | Err(CommitError::Refused(
            Refusal::PaymentKnown { .. } | Refusal::NotNow { .. } | Refusal::CaseClosed,
        )) => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}

async fn give(
    desk: &Desk,
    shop: ShopId,
    by: Option<PersonId>,
    (case, order): (CaseId, Option<OrderId>),
    command: Command,
    key: Option<IdempotencyKey>,
) -> Result<(), CommitError> {
    let submission = Submission {
        shop,
        envelope: Envelope {
            case,
            // As a program does: no right of his is used.
            actor: by.map_or(Actor::Deadlines, |id| Actor::Person {
                id,
                role: Role::Machine,
            }),
            authority: Authority::default(),
            at: desk.clock.now(),
            if_terms: None,
        },
        order,
        command,
        key,
        texts: Vec::new(),
        outbox: None,
    };
    desk.committer.submit(submission).await.map(|_| ())
}
