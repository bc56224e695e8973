//! Reading everything back, order by order, so that it can be proven in bounded memory.
//!
//! Must not know: what makes a history right; the caller replays and compares.
//! Tests: `tests/it/statements.rs`.

use std::collections::BTreeMap;

use amends_domain::ids::{CaseId, OrderId, ShopId};

use crate::Store;
use crate::cases::{CASE_COLUMNS, CaseRow, case_row};
use crate::db::{Batched, Kind, Row, Rows, args};
use crate::error::StoreError;
use crate::orders::{ORDER_COLUMNS, OrderRow, order_row};
use crate::stream::{EventRow, event_row};

/// An order with its cases and all their events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderHistory {
    /// The order and its ledger.
    pub order: OrderRow,
    /// Its cases in the order they were opened, each with its events in order.
    pub cases: Vec<(CaseRow, Vec<EventRow>)>,
}

/// Rows that belong to nothing. All zero is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Events of a case that is not there.
    pub events: u64,
    /// Deadlines of a case that is not there.
    pub deadlines: u64,
    /// Effects of an event that is not there.
    pub outbox: u64,
    /// Cases of an order that is not there.
    pub cases: u64,
}

static CASES_OF_ORDERS: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("order_id", Kind::Text)],
    "SELECT c.order_id, c.state, c.number, c.head, c.next_due_at FROM v \
     JOIN cases c ON c.shop_id = v.shop_id AND c.order_id = v.order_id ORDER BY c.number",
);

static EVENTS_OF_CASES: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("case_id", Kind::Text)],
    "SELECT e.case_id, e.seq, e.at, e.actor, e.type, e.version, e.body, e.hash, e.commit_id, e.ordinal FROM v \
     JOIN events e ON e.shop_id = v.shop_id AND e.case_id = v.case_id ORDER BY e.case_id, e.seq",
);

impl Store {
    /// The next orders after `after` by id, each with its cases and all their events. Orders and
    /// cases are read one after the other: what is written meanwhile may show in one and not yet in
    /// the other, so a difference is read again before it is believed.
    pub async fn events_by_order(
        &self,
        shop: ShopId,
        after: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderHistory>, StoreError> {
        let query = format!(
            "SELECT {ORDER_COLUMNS} FROM orders WHERE shop_id = $1 AND order_id > $2 ORDER BY order_id LIMIT $3"
        );
        let after = after.map(|order| order.to_string()).unwrap_or_default();
        let rows = self.db().fetch(&query, args![shop, after, limit]).await?;
        let orders: Vec<OrderRow> = rows
            .into_iter()
            .map(|mut row| order_row(&mut row))
            .collect::<Result<_, _>>()?;

        let mut keys = Rows::default();
        for row in &orders {
            keys.push([shop.into(), row.order.id.into()]);
        }
        let cases = CASES_OF_ORDERS.read(self.db(), keys).await?;
        let cases = cases
            .into_iter()
            .map(|mut row| Ok((row.parsed()?, case_row(&mut row)?)));
        self.histories(shop, orders, cases.collect::<Result<_, StoreError>>()?)
            .await
    }

    async fn histories(
        &self,
        shop: ShopId,
        orders: Vec<OrderRow>,
        cases: Vec<(OrderId, CaseRow)>,
    ) -> Result<Vec<OrderHistory>, StoreError> {
        let mut keys = Rows::default();
        for (_, row) in &cases {
            keys.push([shop.into(), row.case.id.into()]);
        }
        let mut events: BTreeMap<CaseId, Vec<EventRow>> = BTreeMap::new();
        for row in EVENTS_OF_CASES.read(self.db(), keys).await? {
            let event = event_row(row)?;
            events.entry(event.case).or_default().push(event);
        }
        let mut of_order: BTreeMap<OrderId, Vec<(CaseRow, Vec<EventRow>)>> = BTreeMap::new();
        for (order, case) in cases {
            let events = events.remove(&case.case.id).unwrap_or_default();
            of_order.entry(order).or_default().push((case, events));
        }
        let history = |order: OrderRow| OrderHistory {
            cases: of_order.remove(&order.order.id).unwrap_or_default(),
            order,
        };
        Ok(orders.into_iter().map(history).collect())
    }

    /// Cases of a shop that are about no order, after `after` by id, with their events.
    pub async fn cases_without_order(
        &self,
        shop: ShopId,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let query = format!(
            "SELECT {CASE_COLUMNS} FROM cases WHERE shop_id = $1 AND order_id IS NULL AND case_id > $2 \
             ORDER BY case_id LIMIT $3"
        );
        let after = after.map(|case| case.to_string()).unwrap_or_default();
        let rows = self.db().fetch(&query, args![shop, after, limit]).await?;
        rows.into_iter().map(|mut row| case_row(&mut row)).collect()
    }

    /// Counts rows of a shop that belong to nothing.
    pub async fn orphans(&self, shop: ShopId) -> Result<Orphans, StoreError> {
        const COUNT: &str = "SELECT \
            (SELECT COUNT(*) FROM events e WHERE e.shop_id = $1 AND NOT EXISTS \
              (SELECT 1 FROM cases c WHERE c.shop_id = e.shop_id AND c.case_id = e.case_id)), \
            (SELECT COUNT(*) FROM deadlines d WHERE d.shop_id = $1 AND NOT EXISTS \
              (SELECT 1 FROM cases c WHERE c.shop_id = d.shop_id AND c.case_id = d.case_id)), \
            (SELECT COUNT(*) FROM outbox x WHERE x.shop_id = $1 AND NOT EXISTS \
              (SELECT 1 FROM events e WHERE e.shop_id = x.shop_id AND e.case_id = x.case_id AND e.seq = x.seq)), \
            (SELECT COUNT(*) FROM cases c WHERE c.shop_id = $1 AND c.order_id IS NOT NULL AND NOT EXISTS \
              (SELECT 1 FROM orders o WHERE o.shop_id = c.shop_id AND o.order_id = c.order_id))";
        let mut row: Row = self.db().fetch_one(COUNT, args![shop]).await?;
        Ok(Orphans {
            events: row.count()?,
            deadlines: row.count()?,
            outbox: row.count()?,
            cases: row.count()?,
        })
    }
}
