//! The payment log: what came in for orders that were not paid when they came (FUP-7).
//!
//! Must not know: what is owed. Tests: `amends-api/tests/it/trade.rs`, on both databases.

use amends_domain::case::trade::PaymentWay;
use amends_domain::ids::{CaseId, OrderId, ShopId};
use amends_domain::money::Currency;
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Batched, Kind, Row, args};
use crate::error::StoreError;

/// A payment of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// When the money arrived.
    pub paid_at: Moment,
    /// When it was put down.
    pub recorded_at: Moment,
    /// The order.
    pub order: OrderId,
    /// Its number.
    pub order_number: String,
    /// The case that follows it up.
    pub case: CaseId,
    /// By which way.
    pub way: PaymentWay,
    /// Of which bank; empty where none is named.
    pub bank: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// Sold below its list price by so much, in minor units.
    pub discount_minor: i64,
    /// Of both.
    pub currency: Currency,
    /// Where it can be looked up.
    pub reference: String,
}

/// What came in by one way, and one bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentSum {
    /// By which way.
    pub way: PaymentWay,
    /// Of which bank; empty where none is named.
    pub bank: String,
    /// Of the amounts.
    pub currency: Currency,
    /// How often.
    pub count: u64,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// How often the order had been sold below its list price.
    pub discounted: u64,
    /// By how much in all, in minor units.
    pub discount_minor: i64,
}

/// Most ways and banks that are told apart; banks are typed.
const SUMS_MAX: i64 = 200;

/// Written with the event that records it: a reference that is there already stops the transaction.
pub(crate) static PAYMENTS: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("way", Kind::Text),
        ("reference", Kind::Text),
        ("case_id", Kind::Text),
        ("order_id", Kind::Text),
        ("paid_at", Kind::Int),
        ("recorded_at", Kind::Int),
        ("bank", Kind::Text),
        ("amount_minor", Kind::Int),
        ("discount_minor", Kind::Int),
        ("currency", Kind::Text),
    ],
    "INSERT INTO payments (shop_id, way, reference, case_id, order_id, paid_at, recorded_at, bank, amount_minor, \
     discount_minor, currency) SELECT shop_id, way, reference, case_id, order_id, paid_at, recorded_at, bank, \
     amount_minor, discount_minor, currency FROM v",
);

/// The case that has a payment on record.
pub(crate) static PAYMENT_ON: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("way", Kind::Text),
        ("reference", Kind::Text),
    ],
    "SELECT p.shop_id, p.way, p.reference, p.case_id FROM v \
     JOIN payments p ON p.shop_id = v.shop_id AND p.way = v.way AND p.reference = v.reference",
);

impl Store {
    /// Payments that arrived from one moment on and before another, the newest first.
    pub async fn payments_latest(
        &self,
        shop: ShopId,
        from: Moment,
        until: Moment,
        at_most: u32,
    ) -> Result<Vec<PaymentRow>, StoreError> {
        const LATEST: &str = "SELECT p.paid_at, p.recorded_at, p.order_id, o.number, p.case_id, p.way, p.bank, \
            p.amount_minor, p.discount_minor, p.currency, p.reference FROM payments p \
            JOIN orders o ON o.shop_id = p.shop_id AND o.order_id = p.order_id \
            WHERE p.shop_id = $1 AND p.paid_at >= $2 AND p.paid_at < $3 \
            ORDER BY p.paid_at DESC, p.reference DESC LIMIT $4";
        let values = args![shop, from, until, i64::from(at_most)];
        let rows = self.db().fetch(LATEST, values).await?;
        rows.into_iter().map(payment).collect()
    }

    /// Sums of the same time by way and bank, the greatest first.
    pub async fn payment_sums(
        &self,
        shop: ShopId,
        from: Moment,
        until: Moment,
    ) -> Result<Vec<PaymentSum>, StoreError> {
        const SUMS: &str = "SELECT way, bank, currency, COUNT(*), CAST(SUM(amount_minor) AS BIGINT), \
            CAST(SUM(CASE WHEN discount_minor > 0 THEN 1 ELSE 0 END) AS BIGINT), \
            CAST(SUM(discount_minor) AS BIGINT) FROM payments \
            WHERE shop_id = $1 AND paid_at >= $2 AND paid_at < $3 GROUP BY way, bank, currency \
            ORDER BY SUM(amount_minor) DESC, way, bank, currency LIMIT $4";
        let values = args![shop, from, until, SUMS_MAX];
        let rows = self.db().fetch(SUMS, values).await?;
        rows.into_iter().map(sum).collect()
    }
}

fn payment(mut row: Row) -> Result<PaymentRow, StoreError> {
    Ok(PaymentRow {
        paid_at: row.moment()?,
        recorded_at: row.moment()?,
        order: row.parsed()?,
        order_number: row.text()?,
        case: row.parsed()?,
        way: row.named(PaymentWay::named)?,
        bank: row.text()?,
        amount_minor: row.int()?,
        discount_minor: row.int()?,
        currency: row.parsed()?,
        reference: row.text()?,
    })
}

fn sum(mut row: Row) -> Result<PaymentSum, StoreError> {
    Ok(PaymentSum {
        way: row.named(PaymentWay::named)?,
        bank: row.text()?,
        currency: row.parsed()?,
        count: row.count()?,
        amount_minor: row.int()?,
        discounted: row.count()?,
        discount_minor: row.int()?,
    })
}
