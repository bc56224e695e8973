//! Reading everything back, order by order, so that it can be proven in bounded memory.
//!
//! Must not know: what makes a history right; the caller replays and compares.
//! Tests: `tests/it/statements.rs`.

use std::collections::BTreeMap;

use amends_domain::ids::{CaseId, OrderId, ShopId};

use crate::Store;
use crate::cases::{CASE_COLUMNS, CaseRow, case_row};
use crate::db::{Batched, Kind, Row, Rows, args};
use crate::deadlines::{DueDeadline, deadline};
use crate::error::StoreError;
use crate::orders::{OrderRow, order_row};
use crate::stream::{EventRow, Position, event_row};

/// An order with its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderHistory {
    /// The order and its ledger.
    pub order: OrderRow,
    /// Its cases in the order they were opened.
    pub cases: Vec<CaseHistory>,
}

/// A case with everything that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHistory {
    /// The case as it is.
    pub row: CaseRow,
    /// Its events, in order.
    pub events: Vec<EventRow>,
    /// Its deadlines.
    pub deadlines: Vec<DueDeadline>,
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

static DEADLINES_OF_CASES: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("case_id", Kind::Text)],
    "SELECT d.shop_id, d.case_id, d.clock, d.stage, d.generation, d.due_at FROM v \
     JOIN deadlines d ON d.shop_id = v.shop_id AND d.case_id = v.case_id",
);

static ORDERS_BY_IDS: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("order_id", Kind::Text)],
    "SELECT o.order_json, o.ledger_json, o.version FROM v \
     JOIN orders o ON o.shop_id = v.shop_id AND o.order_id = v.order_id ORDER BY o.order_id",
);

impl Store {
    /// Orders that cases are about, after `after` by id.
    pub async fn orders_with_cases(
        &self,
        shop: ShopId,
        after: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderId>, StoreError> {
        const IDS: &str = "SELECT DISTINCT order_id FROM cases \
            WHERE shop_id = $1 AND order_id > $2 ORDER BY order_id LIMIT $3";
        let after = after.map(|order| order.to_string()).unwrap_or_default();
        let rows = self.db().fetch(IDS, args![shop, after, limit]).await?;
        rows.into_iter().map(|mut row| row.parsed()).collect()
    }

    /// Orders whose cases changed after a position of the shop's stream.
    pub async fn orders_touched(&self, shop: ShopId, after: Position) -> Result<Vec<OrderId>, StoreError> {
        const IDS: &str = "SELECT DISTINCT c.order_id FROM events e \
            JOIN cases c ON c.shop_id = e.shop_id AND c.case_id = e.case_id \
            WHERE e.shop_id = $1 AND (e.commit_id, e.ordinal) > ($2, $3) AND c.order_id IS NOT NULL \
            ORDER BY c.order_id";
        let rows = self
            .db()
            .fetch(IDS, args![shop, after.commit, after.ordinal])
            .await?;
        rows.into_iter().map(|mut row| row.parsed()).collect()
    }

    /// Everything kept of these orders. Tables are read one after the other: what is written
    /// meanwhile may show in one and not yet in another, so a difference is read again before it
    /// is believed.
    pub async fn order_histories(
        &self,
        shop: ShopId,
        orders: &[OrderId],
    ) -> Result<Vec<OrderHistory>, StoreError> {
        let mut keys = Rows::default();
        for order in orders {
            keys.push([shop.into(), (*order).into()]);
        }
        let rows = ORDERS_BY_IDS.read(self.db(), keys.clone()).await?;
        let orders: Vec<OrderRow> = rows
            .into_iter()
            .map(|mut row| order_row(&mut row))
            .collect::<Result<_, _>>()?;
        let mut of_order: BTreeMap<OrderId, Vec<CaseRow>> = BTreeMap::new();
        let mut case_keys = Rows::default();
        for mut row in CASES_OF_ORDERS.read(self.db(), keys).await? {
            let (order, case) = (row.parsed()?, case_row(&mut row)?);
            case_keys.push([shop.into(), case.case.id.into()]);
            of_order.entry(order).or_default().push(case);
        }
        let mut events: BTreeMap<CaseId, Vec<EventRow>> = BTreeMap::new();
        for row in EVENTS_OF_CASES.read(self.db(), case_keys.clone()).await? {
            let event = event_row(row)?;
            events.entry(event.case).or_default().push(event);
        }
        let mut deadlines: BTreeMap<CaseId, Vec<DueDeadline>> = BTreeMap::new();
        for row in DEADLINES_OF_CASES.read(self.db(), case_keys).await? {
            let due = deadline(row)?;
            deadlines.entry(due.case).or_default().push(due);
        }
        let mut case_history = |row: CaseRow| CaseHistory {
            events: events.remove(&row.case.id).unwrap_or_default(),
            deadlines: deadlines.remove(&row.case.id).unwrap_or_default(),
            row,
        };
        let mut histories = Vec::with_capacity(orders.len());
        for order in orders {
            let cases = of_order.remove(&order.order.id).unwrap_or_default();
            histories.push(OrderHistory {
                cases: cases.into_iter().map(&mut case_history).collect(),
                order,
            });
        }
        Ok(histories)
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
