//! What is known of buyers when a care mail is planned, and once more when it goes: a window of them at a
//! time, each fact from an index.
//!
//! Must not know: who is left out; the domain says. Tests: `amends-api/tests/it/care.rs`.

use amends_domain::care::{CareBuyer, Condition};
use amends_domain::ids::{BuyerId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::books::tags_of;
use crate::db::{Row, Tx, Value, args};
use crate::error::StoreError;

/// Most buyers read at once.
const WINDOW_MAX: u32 = 10_000;

/// Where to look for buyers.
#[derive(Debug, Clone, Copy)]
pub struct CareSource<'a> {
    /// Which are meant. It says where to begin; whether it holds, the domain judges.
    pub condition: &'a Condition,
    /// Only this one.
    pub only: Option<BuyerId>,
    /// Since when mails count.
    pub since: Moment,
}

/// The facts of `b`, a row of buyers, beside `k`, his book. `$1` is since when mails count, `{mails}` which.
/// SQLite, which has no statistics, would walk all letters of the shop: hence the index by its name.
fn facts(with_orders: bool, mails: &str) -> String {
    let orders = if with_orders {
        "(SELECT COUNT(*) FROM orders o WHERE o.shop_id = b.shop_id AND o.buyer_id = b.buyer_id), \
         (SELECT MAX(o.placed_at) FROM orders o WHERE o.shop_id = b.shop_id AND o.buyer_id = b.buyer_id)"
    } else {
        "CAST(0 AS BIGINT), CAST(NULL AS BIGINT)"
    };
    format!(
        "b.buyer_id, CAST(CASE WHEN LENGTH(b.email_index) > 0 THEN 1 ELSE 0 END AS BIGINT), k.tier, \
         COALESCE(k.tags, ''), COALESCE(k.blocked, 0), {orders}, \
         (SELECT c.follow_up_score FROM cases c WHERE c.shop_id = b.shop_id AND c.buyer_id = b.buyer_id \
          AND c.follow_up_score IS NOT NULL ORDER BY c.follow_up_at DESC LIMIT 1), \
         CAST(CASE WHEN EXISTS (SELECT 1 FROM cases c WHERE c.shop_id = b.shop_id AND c.buyer_id = b.buyer_id \
          AND c.closed_at IS NULL) THEN 1 ELSE 0 END AS BIGINT), \
         CAST(CASE WHEN EXISTS (SELECT 1 FROM care_opt_outs o WHERE o.shop_id = b.shop_id \
          AND o.buyer_id = b.buyer_id) OR EXISTS (SELECT 1 FROM care_opt_outs o WHERE o.shop_id = b.shop_id \
          AND o.email_index = b.email_index) THEN 1 ELSE 0 END AS BIGINT), \
         (SELECT COUNT(*) FROM care_letters l [INDEXED BY care_letters_by_buyer] \
          WHERE l.shop_id = b.shop_id AND l.buyer_id = b.buyer_id AND l.due_at >= $1 AND {mails})"
    )
}

const BOOK: &str = "LEFT JOIN buyer_books k ON k.shop_id = b.shop_id AND k.buyer_id = b.buyer_id";

fn person(mut row: Row) -> Result<(BuyerId, CareBuyer), StoreError> {
    let id = row.parsed()?;
    let has_address = row.int()? != 0;
    Ok((
        id,
        CareBuyer {
            has_address,
            tier: row.text_or_none()?,
            tags: tags_of(&row.text()?),
            blocked: row.int()? != 0,
            orders: row.count()?,
            last_order_at: row.moment_or_none()?,
            last_score: row.int_or_none()?.and_then(|score| u8::try_from(score).ok()),
            open_case: row.int()? != 0,
            opted_out: row.int()? != 0,
            mails: row.count32()?,
        },
    ))
}

impl Store {
    /// The next buyers behind one, by id, at most 10,000; fewer than asked for are the last. A single tier
    /// or a tag is looked up in its own index.
    pub async fn care_window(
        &self,
        shop: ShopId,
        source: &CareSource<'_>,
        after: &str,
        limit: u32,
    ) -> Result<Vec<(BuyerId, CareBuyer)>, StoreError> {
        let facts = facts(source.condition.asks_orders(), "l.state IN ('queued', 'sent')");
        let mut values = args![source.since, shop, after, limit.min(WINDOW_MAX)];
        let one_tier = source
            .condition
            .tiers
            .first()
            .filter(|_| source.condition.tiers.len() == 1);
        let (from, by) = if let Some(only) = source.only {
            values.push(only.into());
            (
                "buyers b",
                "b.shop_id = $2 AND b.buyer_id > $3 AND b.buyer_id = $5",
            )
        } else if let Some(tier) = one_tier {
            values.push(tier.as_str().into());
            (
                "buyer_books d JOIN buyers b ON b.shop_id = d.shop_id AND b.buyer_id = d.buyer_id",
                "d.shop_id = $2 AND d.buyer_id > $3 AND d.tier = $5",
            )
        } else if let Some(tag) = source.condition.tags.first() {
            values.push(tag.as_str().into());
            (
                "buyer_tags d JOIN buyers b ON b.shop_id = d.shop_id AND b.buyer_id = d.buyer_id",
                "d.shop_id = $2 AND d.buyer_id > $3 AND d.tag = $5",
            )
        } else {
            ("buyers b", "b.shop_id = $2 AND b.buyer_id > $3")
        };
        let order = if from.starts_with("buyers") { "b" } else { "d" };
        let query = format!(
            "SELECT {facts} FROM {from} {BOOK} WHERE {by} AND b.erased_at IS NULL \
             ORDER BY {order}.buyer_id LIMIT $4"
        );
        let query = self.engine().text(&query).into_owned();
        let rows = self.db().fetch(&query, values).await?;
        rows.into_iter().map(person).collect()
    }
}

/// The same of the buyers of letters about to go, held until the transaction ends: who opts out meanwhile
/// waits, and who did is seen. Of mails those count that left or are leaving.
pub(super) async fn about_to_go(
    tx: &mut Tx,
    shop: ShopId,
    buyers: &[BuyerId],
    since: Moment,
    now: Moment,
) -> Result<Vec<(BuyerId, CareBuyer)>, StoreError> {
    if buyers.is_empty() {
        return Ok(Vec::new());
    }
    let places = |from: usize| {
        let places: Vec<String> = (from..from + buyers.len()).map(|at| format!("${at}")).collect();
        places.join(", ")
    };
    let ids = || buyers.iter().copied().map(Value::from);
    let hold = format!(
        "SELECT buyer_id FROM buyers WHERE shop_id = $1 AND buyer_id IN ({}) ORDER BY buyer_id {{FOR UPDATE}}",
        places(2)
    );
    let hold = tx.engine().text(&hold).into_owned();
    let values = args![shop].into_iter().chain(ids()).collect();
    tx.fetch(&hold, values).await?;
    let facts = facts(
        false,
        "(l.state = 'sent' OR (l.state = 'queued' AND l.lease_until > $3))",
    );
    let query = format!(
        "SELECT {facts} FROM buyers b {BOOK} WHERE b.shop_id = $2 AND b.buyer_id IN ({}) \
         ORDER BY b.buyer_id",
        places(4)
    );
    let query = tx.engine().text(&query).into_owned();
    let values = args![since, shop, now].into_iter().chain(ids()).collect();
    let rows = tx.fetch(&query, values).await?;
    rows.into_iter().map(person).collect()
}
