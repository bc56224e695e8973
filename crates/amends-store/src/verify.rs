//! Reading everything back, order by order, so that it can be proven in bounded memory.
//!
//! Must not know: what makes a history right; the caller replays and compares.
//! Tests: `tests/it/statements.rs`.

use std::collections::BTreeMap;

use amends_domain::case::Case;
use amends_domain::effect::Effect;
use amends_domain::ids::{CaseId, OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::cases::{CaseRow, TextRow, case_row, text_row};
use crate::commit::{next_due_at, status_name};
use crate::db::{Batched, Kind, Row, Rows, args};
use crate::deadlines::{DueDeadline, deadline};
use crate::error::StoreError;
use crate::orders::{OrderRow, order_row};
use crate::stream::{EventRow, Position, event_row};

/// An order with its cases, or one case that has no order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderHistory {
    /// The order and its ledger; none where the case says that it is about none, or about one that
    /// is not there.
    pub order: Option<OrderRow>,
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
    /// What was and is to be asked of the outside world for it.
    pub outbox: Vec<OutboxEntry>,
    /// Texts that belong to it.
    pub texts: Vec<TextRow>,
    /// Columns that say something else than the case's state.
    pub differing: Vec<&'static str>,
}

/// An effect in the outbox, settled or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// The event it follows from.
    pub seq: u64,
    /// What to do.
    pub effect: Effect,
    /// When it was settled.
    pub done_at: Option<Moment>,
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
    "SELECT c.order_id, c.buyer_id, c.kind, c.status, c.reason, c.opened_at, c.closed_at, c.next_due_at, \
     c.version, c.terms, c.state, c.number, c.head, c.next_due_at FROM v \
     JOIN cases c ON c.shop_id = v.shop_id AND c.order_id = v.order_id ORDER BY c.number",
);

static CASES_BY_IDS: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("case_id", Kind::Text)],
    "SELECT c.order_id, c.buyer_id, c.kind, c.status, c.reason, c.opened_at, c.closed_at, c.next_due_at, \
     c.version, c.terms, c.state, c.number, c.head, c.next_due_at FROM v \
     JOIN cases c ON c.shop_id = v.shop_id AND c.case_id = v.case_id ORDER BY c.number",
);

static OUTBOX_OF_CASES: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("case_id", Kind::Text)],
    "SELECT x.case_id, x.seq, x.effect, x.done_at FROM v \
     JOIN outbox x ON x.shop_id = v.shop_id AND x.case_id = v.case_id ORDER BY x.case_id, x.seq",
);

static TEXTS_OF_CASES: Batched = Batched::new(
    &[("shop_id", Kind::Text), ("case_id", Kind::Text)],
    "SELECT t.text_id, t.case_id, t.author, t.body, t.salt, t.at, t.erased_at FROM v \
     JOIN texts t ON t.shop_id = v.shop_id AND t.case_id = v.case_id",
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

/// Columns of a case that say what its state says, for searching and sorting.
struct Columns {
    order: Option<String>,
    buyer: String,
    kind: String,
    status: String,
    reason: String,
    opened_at: Moment,
    closed_at: Option<Moment>,
    next_due_at: Option<Moment>,
    version: i64,
    terms: i64,
}

impl Columns {
    fn read(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            order: row.text_or_none()?,
            buyer: row.text()?,
            kind: row.text()?,
            status: row.text()?,
            reason: row.text()?,
            opened_at: row.moment()?,
            closed_at: row.moment_or_none()?,
            next_due_at: row.moment_or_none()?,
            version: row.int()?,
            terms: row.int()?,
        })
    }

    /// Which of them say something else than the state does.
    fn differing(&self, case: &Case) -> Vec<&'static str> {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let same = [
            (
                "order_id",
                self.order == case.order.map(|order| order.to_string()),
            ),
            ("buyer_id", self.buyer == case.buyer.to_string()),
            ("kind", self.kind == case.kind.code()),
            ("status", self.status == status_name(case.status())),
            ("reason", self.reason == case.reason),
            ("opened_at", self.opened_at == case.opened_at),
            ("closed_at", self.closed_at == case.closed_at),
            ("next_due_at", self.next_due_at == next_due_at(case)),
            ("version", self.version == count(case.seq)),
            ("terms", self.terms == count(case.terms)),
        ];
        same.into_iter()
            .filter(|(_, same)| !same)
            .map(|(column, _)| column)
            .collect()
    }
}

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
        let mut of_order: BTreeMap<Option<String>, Vec<CaseHistory>> = BTreeMap::new();
        let rows = CASES_OF_ORDERS.read(self.db(), keys).await?;
        for (order, case) in self.case_histories(shop, rows).await? {
            of_order.entry(order).or_default().push(case);
        }
        let history = |order: OrderRow| OrderHistory {
            cases: of_order
                .remove(&Some(order.order.id.to_string()))
                .unwrap_or_default(),
            order: Some(order),
        };
        Ok(orders.into_iter().map(history).collect())
    }

    /// Everything kept of these cases, as of cases that have no order.
    pub async fn histories_without_order(
        &self,
        shop: ShopId,
        cases: &[CaseId],
    ) -> Result<Vec<OrderHistory>, StoreError> {
        let mut keys = Rows::default();
        for case in cases {
            keys.push([shop.into(), (*case).into()]);
        }
        let rows = CASES_BY_IDS.read(self.db(), keys).await?;
        let histories = self.case_histories(shop, rows).await?.into_iter();
        let alone = |(_, case)| OrderHistory {
            order: None,
            cases: vec![case],
        };
        Ok(histories.map(alone).collect())
    }

    /// What goes with rows of cases, each case with the order its column names.
    async fn case_histories(
        &self,
        shop: ShopId,
        rows: Vec<Row>,
    ) -> Result<Vec<(Option<String>, CaseHistory)>, StoreError> {
        let (mut cases, mut keys) = (Vec::with_capacity(rows.len()), Rows::default());
        for mut row in rows {
            let columns = Columns::read(&mut row)?;
            let case = case_row(&mut row)?;
            keys.push([shop.into(), case.case.id.into()]);
            let history = CaseHistory {
                differing: columns.differing(&case.case),
                row: case,
                events: Vec::new(),
                deadlines: Vec::new(),
                outbox: Vec::new(),
                texts: Vec::new(),
            };
            cases.push((columns.order, history));
        }
        let places: BTreeMap<CaseId, usize> = (0..)
            .zip(&cases)
            .map(|(at, (_, case))| (case.row.case.id, at))
            .collect();
        let place = |case: CaseId| places.get(&case).copied().unwrap_or(usize::MAX);
        for row in EVENTS_OF_CASES.read(self.db(), keys.clone()).await? {
            let event = event_row(row)?;
            if let Some((_, case)) = cases.get_mut(place(event.case)) {
                case.events.push(event);
            }
        }
        for row in DEADLINES_OF_CASES.read(self.db(), keys.clone()).await? {
            let due = deadline(row)?;
            if let Some((_, case)) = cases.get_mut(place(due.case)) {
                case.deadlines.push(due);
            }
        }
        for mut row in OUTBOX_OF_CASES.read(self.db(), keys.clone()).await? {
            if let Some((_, case)) = cases.get_mut(place(row.parsed()?)) {
                case.outbox.push(OutboxEntry {
                    seq: row.count()?,
                    effect: row.json()?,
                    done_at: row.moment_or_none()?,
                });
            }
        }
        for row in TEXTS_OF_CASES.read(self.db(), keys).await? {
            let text = text_row(row)?;
            if let Some((_, case)) = cases.get_mut(place(text.case)) {
                case.texts.push(text);
            }
        }
        Ok(cases)
    }

    /// Cases of a shop that no order of it has, after `after` by id.
    pub async fn cases_without_order(
        &self,
        shop: ShopId,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseId>, StoreError> {
        const IDS: &str = "SELECT c.case_id FROM cases c WHERE c.shop_id = $1 AND c.case_id > $2 AND NOT EXISTS \
            (SELECT 1 FROM orders o WHERE o.shop_id = c.shop_id AND o.order_id = c.order_id) \
            ORDER BY c.case_id LIMIT $3";
        let after = after.map(|case| case.to_string()).unwrap_or_default();
        let rows = self.db().fetch_unhurried(IDS, args![shop, after, limit]).await?;
        rows.into_iter().map(|mut row| row.parsed()).collect()
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
        let rows = self.db().fetch_unhurried(COUNT, args![shop]).await?;
        let missing = || StoreError::corrupt("a row", "it is missing");
        let mut row = rows.into_iter().next().ok_or_else(missing)?;
        Ok(Orphans {
            events: row.count()?,
            deadlines: row.count()?,
            outbox: row.count()?,
            cases: row.count()?,
        })
    }
}
