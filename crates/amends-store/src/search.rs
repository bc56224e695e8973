//! Finding cases and orders by what people have in hand: an order's number, a waybill, a nickname,
//! words of a message or note.
//!
//! Must not know: what was typed in; the caller has taken it apart. Tests: `tests/it/queue.rs`.

pub(crate) mod words;

use amends_domain::ids::{OrderId, ShopId};

use crate::Store;
use crate::cases::{CASE_COLUMNS, CaseRow, case_row};
use crate::db::{Batched, Kind, Row, Rows, args};
use crate::error::StoreError;
use crate::orders::{ORDER_COLUMNS, OrderRow, order_row};

/// Most rows of one search.
const FOUND_MAX: u32 = 100;
/// What sorts after everything that begins the same.
const LAST_LETTER: char = char::MAX;

/// A waybill as it is looked up: capitals and digits, without spaces, hyphens or anything else.
/// None where nothing is left.
pub(crate) fn waybill_key(waybill: &str) -> Option<String> {
    let letters = waybill.chars().map(words::half_width);
    let letters = letters.filter(|letter| letter.is_alphanumeric());
    let key: String = letters.flat_map(char::to_uppercase).collect();
    (!key.is_empty()).then_some(key)
}

static CASES_OF_ORDERS: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("order_id", Kind::Text),
        ("most", Kind::Int),
    ],
    "SELECT c.state, c.number, c.head, c.next_due_at FROM v \
     JOIN cases c ON c.shop_id = v.shop_id AND c.order_id = v.order_id \
     ORDER BY c.number DESC LIMIT (SELECT MAX(most) FROM v)",
);

fn cases(rows: Vec<Row>) -> Result<Vec<CaseRow>, StoreError> {
    rows.into_iter().map(|mut row| case_row(&mut row)).collect()
}

fn orders(rows: Vec<Row>) -> Result<Vec<OrderRow>, StoreError> {
    rows.into_iter().map(|mut row| order_row(&mut row)).collect()
}

impl Store {
    /// Orders whose number begins so, the shortest number of one beginning first; at most 100.
    pub async fn orders_by_number_start(
        &self,
        shop: ShopId,
        start: &str,
        limit: u32,
    ) -> Result<Vec<OrderRow>, StoreError> {
        let query = format!(
            "SELECT {ORDER_COLUMNS} FROM orders WHERE shop_id = $1 AND number{{ COLLATE \"C\"}} >= $2 \
             AND number{{ COLLATE \"C\"}} < $3 ORDER BY number{{ COLLATE \"C\"}} LIMIT $4"
        );
        let query = self.db().engine().text(&query).into_owned();
        let values = args![shop, start, format!("{start}{LAST_LETTER}"), limit.min(FOUND_MAX)];
        orders(self.db().fetch(&query, values).await?)
    }

    /// Orders of every buyer with this nickname, the newest first; at most 100.
    pub async fn orders_by_nickname_index(
        &self,
        shop: ShopId,
        index: &[u8],
        limit: u32,
    ) -> Result<Vec<OrderRow>, StoreError> {
        // Both databases would rather walk all orders: by their moment, but a sum is in no index; or by
        // their buyer, but SQLite keeps to the order of a CROSS JOIN.
        const FOUND: &str = "SELECT o.order_json, o.ledger_json, o.version FROM buyers b CROSS JOIN orders o \
            WHERE b.shop_id = $1 AND b.nickname_index = $2 \
            AND o.shop_id = b.shop_id AND o.buyer_id = b.buyer_id \
            ORDER BY o.placed_at + 0 DESC, o.order_id LIMIT $3";
        let values = args![shop, index, limit.min(FOUND_MAX)];
        orders(self.db().fetch(FOUND, values).await?)
    }

    /// Cases about these orders, the newest first; at most 100.
    pub async fn cases_of_orders(
        &self,
        shop: ShopId,
        ids: &[OrderId],
        limit: u32,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let mut rows = Rows::default();
        for order in ids {
            rows.push([shop.into(), (*order).into(), limit.min(FOUND_MAX).into()]);
        }
        cases(CASES_OF_ORDERS.read(self.db(), rows).await?)
    }

    /// Cases one of whose parcels has this waybill, the newest first; at most 100. Letter case,
    /// spaces and hyphens do not matter.
    pub async fn cases_by_waybill(
        &self,
        shop: ShopId,
        waybill: &str,
        limit: u32,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let Some(key) = waybill_key(waybill) else {
            return Ok(Vec::new());
        };
        // A sum is in no index: SQLite would rather walk all cases by their number.
        let query = format!(
            "SELECT {CASE_COLUMNS} FROM cases WHERE shop_id = $1 AND case_id IN \
             (SELECT case_id FROM case_waybills WHERE shop_id = $1 AND waybill = $2) \
             ORDER BY number + 0 DESC LIMIT $3"
        );
        let values = args![shop, key, limit.min(FOUND_MAX)];
        cases(self.db().fetch(&query, values).await?)
    }

    /// Cases with a message or note that has all these words, and that text; the text written last
    /// first, at most 100. Traditional and simplified characters find each other.
    pub async fn cases_by_words(
        &self,
        shop: ShopId,
        text: &str,
        limit: u32,
    ) -> Result<Vec<(CaseRow, String)>, StoreError> {
        const FOUND: &str = "SELECT c.state, c.number, c.head, c.next_due_at, t.body FROM text_words w \
            JOIN texts t ON t.shop_id = w.shop_id AND t.text_id = w.text_id \
            JOIN cases c ON c.shop_id = t.shop_id AND c.case_id = t.case_id \
            WHERE {w.words @@ CAST($2 AS TSQUERY)}[w.text_words MATCH $2] AND w.shop_id = $1 \
            AND t.body IS NOT NULL ORDER BY t.text_id DESC LIMIT $3";
        let engine = self.db().engine();
        let Some(query) = words::query_of(engine, text) else {
            return Ok(Vec::new());
        };
        let values = args![shop, query, limit.min(FOUND_MAX)];
        let rows = self.db().fetch(&engine.text(FOUND), values).await?;
        rows.into_iter()
            .map(|mut row| Ok((case_row(&mut row)?, row.text()?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waybill_is_found_however_it_is_written() {
        for text in ["sf-1234 5678", " SF12345678", "ＳＦ１２３４５６７８"] {
            assert_eq!(waybill_key(text).as_deref(), Some("SF12345678"), "{text}");
        }
        assert_eq!(waybill_key(" -…"), None);
    }
}
