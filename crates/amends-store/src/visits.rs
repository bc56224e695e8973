//! Visits 回访 of buyers beside any case: planned, due, done; whom nobody has called yet, and whose tier wants a
//! visit. One buyer has one planned at a time, by an index that says so.
//!
//! Must not know: keys and what is sealed, when the next is due. Tests: `amends-api/tests/it/visits.rs`.

use amends_domain::ids::{BuyerId, ShopId, VisitId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, Tx, args};
use crate::error::StoreError;

/// Most visits read at once.
const READ_MAX: u32 = 200;

/// Why a buyer is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuyerVisitKind {
    /// It is his time again.
    Regular,
    /// He never complained, and is asked how it is all the same.
    Proactive,
}

/// What became of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuyerVisitOutcome {
    /// He was talked to.
    Reached,
    /// He did not answer.
    NotReached,
    /// He does not want to be called.
    Declined,
    /// The shop called it off.
    CalledOff,
}

impl BuyerVisitKind {
    fn code(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Proactive => "proactive",
        }
    }

    fn named(code: &str) -> Option<Self> {
        [Self::Regular, Self::Proactive]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

impl BuyerVisitOutcome {
    fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NotReached => "not_reached",
            Self::Declined => "declined",
            Self::CalledOff => "called_off",
        }
    }

    fn named(code: &str) -> Option<Self> {
        [Self::Reached, Self::NotReached, Self::Declined, Self::CalledOff]
            .into_iter()
            .find(|outcome| outcome.code() == code)
    }
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerVisitRow {
    /// Its id.
    pub id: VisitId,
    /// Whom.
    pub buyer: BuyerId,
    /// Why he is called.
    pub kind: BuyerVisitKind,
    /// When.
    pub due_at: Moment,
    /// In how many days again; none where it does not repeat.
    pub every_days: Option<u32>,
    /// Who planned it, as `amends_domain::event::actor_text` writes it.
    pub planned_by: String,
    /// How it ended; none while it is planned.
    pub end: Option<VisitEnd>,
}

/// How a visit ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitEnd {
    /// When.
    pub at: Moment,
    /// By whom, as `amends_domain::event::actor_text` writes it.
    pub by: String,
    /// What became of it.
    pub outcome: BuyerVisitOutcome,
    /// How satisfied he is, 1 to 5.
    pub score: Option<u8>,
    /// What was said, sealed under his key; none once he was erased.
    pub sealed: Option<Vec<u8>>,
}

/// What became of planning a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitPlanned {
    /// It is planned.
    Planned,
    /// He has one planned already: this.
    Already(Box<BuyerVisitRow>),
    /// There is no such buyer, or he was erased.
    Gone,
}

/// What became of ending a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitEnded {
    /// It is ended, and the next one planned where there is one.
    Ended,
    /// It was ended before, or its buyer was erased.
    Before,
}

/// A planned visit with who is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalledBuyer {
    /// The visit.
    pub visit: BuyerVisitRow,
    /// His key, wrapped.
    pub key_wrapped: Option<Vec<u8>>,
    /// Who he is, sealed.
    pub identity: Option<Vec<u8>>,
    /// The shop does not call him any more.
    pub blocked: bool,
}

/// Somebody who never complained and whom nobody has called lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedBuyer {
    /// Who.
    pub buyer: BuyerId,
    /// When his last order arrived.
    pub delivered_at: Moment,
    /// His key, wrapped.
    pub key_wrapped: Option<Vec<u8>>,
    /// Who he is, sealed.
    pub identity: Option<Vec<u8>>,
}

/// Somebody whose tier is visited and who has no visit planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedVisit {
    /// Who.
    pub buyer: BuyerId,
    /// When his last visit ended.
    pub last_at: Option<Moment>,
}

const VISIT: &str = "v.visit_id, v.buyer_id, v.kind, v.due_at, v.every_days, v.planned_by, v.done_at, v.done_by, \
    v.outcome, v.score, v.sealed";

/// That nothing speaks against calling `b`, a row of buyers: the shop does not leave him alone, he wants to be
/// written to and called, and he is not on the block list. `$2` is now.
const MAY_BE_CALLED: &str = "b.erased_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM buyer_books k WHERE k.shop_id = b.shop_id AND k.buyer_id = b.buyer_id \
     AND k.blocked <> 0) \
    AND NOT EXISTS (SELECT 1 FROM blocks l WHERE l.shop_id = b.shop_id AND l.buyer_id = b.buyer_id \
     AND l.lifted_at IS NULL AND l.until_at > $2) \
    AND NOT EXISTS (SELECT 1 FROM care_opt_outs w WHERE w.shop_id = b.shop_id AND w.buyer_id = b.buyer_id) \
    AND NOT EXISTS (SELECT 1 FROM care_opt_outs w WHERE w.shop_id = b.shop_id AND w.email_index = b.email_index) \
    AND NOT EXISTS (SELECT 1 FROM buyer_visits v WHERE v.shop_id = b.shop_id AND v.buyer_id = b.buyer_id \
     AND v.done_at IS NULL) \
    AND COALESCE((SELECT v.outcome FROM buyer_visits v WHERE v.shop_id = b.shop_id AND v.buyer_id = b.buyer_id \
     AND v.done_at IS NOT NULL AND v.outcome <> 'called_off' ORDER BY v.done_at DESC, v.visit_id DESC LIMIT 1), '') \
     <> 'declined'";

fn visit(row: &mut Row) -> Result<BuyerVisitRow, StoreError> {
    let (id, buyer) = (row.parsed()?, row.parsed()?);
    let (kind, due_at) = (row.named(BuyerVisitKind::named)?, row.moment()?);
    let every_days = row.int_or_none()?.and_then(|days| u32::try_from(days).ok());
    let planned_by = row.text()?;
    let (at, by, outcome) = (row.moment_or_none()?, row.text_or_none()?, row.text_or_none()?);
    let score = row.int_or_none()?.and_then(|score| u8::try_from(score).ok());
    let sealed = row.bytes_or_none()?;
    let outcome = outcome.map(|code| {
        BuyerVisitOutcome::named(&code)
            .ok_or_else(|| StoreError::corrupt("buyer_visits", "an outcome nobody knows"))
    });
    let end = match (at, by, outcome.transpose()?) {
        (Some(at), Some(by), Some(outcome)) => Some(VisitEnd {
            at,
            by,
            outcome,
            score,
            sealed,
        }),
        _ => None,
    };
    Ok(BuyerVisitRow {
        id,
        buyer,
        kind,
        due_at,
        every_days,
        planned_by,
        end,
    })
}

impl Store {
    /// Plans a visit, unless its buyer has one planned.
    pub async fn visit_plan(&self, shop: ShopId, row: &BuyerVisitRow) -> Result<VisitPlanned, StoreError> {
        let mut tx = self.db().begin().await?;
        if !held(&mut tx, shop, row.buyer).await? {
            return Ok(VisitPlanned::Gone);
        }
        if insert(&mut tx, shop, row).await? {
            tx.commit().await?;
            return Ok(VisitPlanned::Planned);
        }
        let open = format!(
            "SELECT {VISIT} FROM buyer_visits v WHERE v.shop_id = $1 AND v.buyer_id = $2 AND v.done_at IS NULL"
        );
        let known = tx.fetch_first(&open, args![shop, row.buyer]).await?;
        let mut known =
            known.ok_or_else(|| StoreError::corrupt("buyer_visits", "a plan just met is not there"))?;
        Ok(VisitPlanned::Already(Box::new(visit(&mut known)?)))
    }

    /// A visit.
    pub async fn visit_get(&self, shop: ShopId, id: VisitId) -> Result<Option<BuyerVisitRow>, StoreError> {
        let query = format!("SELECT {VISIT} FROM buyer_visits v WHERE v.shop_id = $1 AND v.visit_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(|mut row| visit(&mut row)).transpose()
    }

    /// Visits planned for then or earlier, the earliest first; at most 200.
    pub async fn visits_open(
        &self,
        shop: ShopId,
        until: Moment,
        limit: u32,
    ) -> Result<Vec<CalledBuyer>, StoreError> {
        let query = format!(
            "SELECT {VISIT}, b.key_wrapped, b.sealed, COALESCE(k.blocked, 0) FROM buyer_visits v \
             JOIN buyers b ON b.shop_id = v.shop_id AND b.buyer_id = v.buyer_id AND b.erased_at IS NULL \
             LEFT JOIN buyer_books k ON k.shop_id = v.shop_id AND k.buyer_id = v.buyer_id \
             WHERE v.shop_id = $1 AND v.done_at IS NULL AND v.due_at <= $2 ORDER BY v.due_at, v.visit_id LIMIT $3"
        );
        let values = args![shop, until, limit.min(READ_MAX)];
        let rows = self.db().fetch(&query, values).await?;
        let read = |mut row: Row| {
            Ok(CalledBuyer {
                visit: visit(&mut row)?,
                key_wrapped: row.bytes_or_none()?,
                identity: row.bytes_or_none()?,
                blocked: row.int()? != 0,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Visits of a buyer: the planned one, then those that ended, the latest first; at most 200.
    pub async fn visits_of_buyer(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        limit: u32,
    ) -> Result<Vec<BuyerVisitRow>, StoreError> {
        let query = format!(
            "SELECT {VISIT} FROM buyer_visits v WHERE v.shop_id = $1 AND v.buyer_id = $2 \
             ORDER BY CASE WHEN v.done_at IS NULL THEN 0 ELSE 1 END, v.done_at DESC, v.visit_id DESC LIMIT $3"
        );
        let values = args![shop, buyer, limit.min(READ_MAX)];
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(|mut row| visit(&mut row)).collect()
    }

    /// Whether a buyer said at his last visit that he wants none.
    pub async fn visits_declined(&self, shop: ShopId, buyer: BuyerId) -> Result<bool, StoreError> {
        const LAST: &str = "SELECT outcome FROM buyer_visits WHERE shop_id = $1 AND buyer_id = $2 \
            AND done_at IS NOT NULL AND outcome <> 'called_off' ORDER BY done_at DESC, visit_id DESC LIMIT 1";
        let row = self.db().fetch_first(LAST, args![shop, buyer]).await?;
        let last = row.map(|mut row| row.text()).transpose()?;
        Ok(last.as_deref() == Some(BuyerVisitOutcome::Declined.code()))
    }

    /// Ends a planned visit and plans the next one, in one transaction; who comes second changes nothing.
    pub async fn visit_end(
        &self,
        shop: ShopId,
        (id, buyer): (VisitId, BuyerId),
        end: &VisitEnd,
        next: Option<&BuyerVisitRow>,
    ) -> Result<VisitEnded, StoreError> {
        const END: &str = "UPDATE buyer_visits SET done_at = $3, done_by = $4, outcome = $5, score = $6, sealed = $7 \
            WHERE shop_id = $1 AND visit_id = $2 AND done_at IS NULL";
        let mut tx = self.db().begin().await?;
        if !held(&mut tx, shop, buyer).await? {
            return Ok(VisitEnded::Before);
        }
        let values = args![
            shop,
            id,
            end.at,
            end.by.as_str(),
            end.outcome.code(),
            end.score.map(i64::from),
            end.sealed.clone()
        ];
        if tx.execute(END, values).await? != 1 {
            return Ok(VisitEnded::Before);
        }
        if let Some(next) = next {
            insert(&mut tx, shop, next).await?;
        }
        tx.commit().await?;
        Ok(VisitEnded::Ended)
    }

    /// Buyers whose order arrived between two moments, who have never opened a case, have no visit planned and
    /// none since the first, and against whose being called nothing speaks. The latest arrival first; at most 200.
    pub async fn visits_suggested(
        &self,
        shop: ShopId,
        (since, now): (Moment, Moment),
        limit: u32,
    ) -> Result<Vec<SuggestedBuyer>, StoreError> {
        // Walked by arrival from the latest on, each buyer looked up by indexes; of several orders of one buyer
        // the latest stands for him. SQLite, which has no statistics, would else sort the whole time, or walk all
        // arrivals for each order: hence the index by its name, the shop by its value and the order of the last join.
        let query = format!(
            "SELECT o.buyer_id, r.delivered_at, b.key_wrapped, b.sealed \
             FROM rating_reminders r [INDEXED BY rating_reminders_by_arrival] \
             JOIN orders o ON o.shop_id = $1 AND o.order_id = r.order_id \
             JOIN buyers b ON b.shop_id = $1 AND b.buyer_id = o.buyer_id \
             WHERE r.shop_id = $1 AND r.delivered_at >= $3 AND r.delivered_at <= $2 AND {MAY_BE_CALLED} \
             AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.shop_id = b.shop_id AND c.buyer_id = b.buyer_id) \
             AND NOT EXISTS (SELECT 1 FROM buyer_visits v WHERE v.shop_id = b.shop_id AND v.buyer_id = b.buyer_id \
              AND v.done_at >= $3) \
             AND NOT EXISTS (SELECT 1 FROM orders p CROSS JOIN rating_reminders q \
              WHERE p.shop_id = o.shop_id AND p.buyer_id = o.buyer_id \
              AND q.shop_id = p.shop_id AND q.order_id = p.order_id AND q.delivered_at <= $2 \
              AND (q.delivered_at > r.delivered_at \
               OR (q.delivered_at = r.delivered_at AND q.order_id > r.order_id))) \
             ORDER BY r.delivered_at DESC, r.order_id DESC LIMIT $4"
        );
        let query = self.engine().text(&query).into_owned();
        let values = args![shop, now, since, limit.min(READ_MAX)];
        let rows = self.db().fetch(&query, values).await?;
        let read = |mut row: Row| {
            Ok(SuggestedBuyer {
                buyer: row.parsed()?,
                delivered_at: row.moment()?,
                key_wrapped: row.bytes_or_none()?,
                identity: row.bytes_or_none()?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Buyers of a tier who have no visit planned and against whose being called nothing speaks; at most 200.
    pub async fn visits_wanted(
        &self,
        shop: ShopId,
        tier: &str,
        now: Moment,
        limit: u32,
    ) -> Result<Vec<WantedVisit>, StoreError> {
        let query = format!(
            "SELECT b.buyer_id, (SELECT MAX(v.done_at) FROM buyer_visits v WHERE v.shop_id = b.shop_id \
              AND v.buyer_id = b.buyer_id) \
             FROM buyer_books d JOIN buyers b ON b.shop_id = d.shop_id AND b.buyer_id = d.buyer_id \
             WHERE d.shop_id = $1 AND d.tier = $3 AND {MAY_BE_CALLED} ORDER BY d.buyer_id LIMIT $4"
        );
        let values = args![shop, now, tier, limit.min(READ_MAX)];
        let rows = self.db().fetch(&query, values).await?;
        let read = |mut row: Row| {
            Ok(WantedVisit {
                buyer: row.parsed()?,
                last_at: row.moment_or_none()?,
            })
        };
        rows.into_iter().map(read).collect()
    }
}

/// Holds a buyer, so that nothing is planned for him and nothing written about him while he is erased; `false`
/// where there is none any more.
async fn held(tx: &mut Tx, shop: ShopId, buyer: BuyerId) -> Result<bool, StoreError> {
    let held = tx.engine().text(
        "SELECT buyer_id FROM buyers WHERE shop_id = $1 AND buyer_id = $2 AND erased_at IS NULL {FOR UPDATE}",
    );
    let held = held.into_owned();
    Ok(tx.fetch_first(&held, args![shop, buyer]).await?.is_some())
}

/// Puts a planned visit in; `false` where its buyer has one.
async fn insert(tx: &mut Tx, shop: ShopId, row: &BuyerVisitRow) -> Result<bool, StoreError> {
    const INSERT: &str = "INSERT INTO buyer_visits (shop_id, visit_id, buyer_id, kind, due_at, every_days, planned_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values = args![
        shop,
        row.id,
        row.buyer,
        row.kind.code(),
        row.due_at,
        row.every_days.map(i64::from),
        row.planned_by.as_str()
    ];
    Ok(tx.execute(INSERT, values).await? == 1)
}
