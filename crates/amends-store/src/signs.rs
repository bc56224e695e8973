//! What signals of abuse are looked up from (ABU-1): a buyer's cases and orders of a period, and the accounts
//! that share his telephone or his address. Every look goes by an index and ends at a bound, however large the
//! shop.
//!
//! Must not know: from when on something is a signal. Tests: `tests/it/signs.rs`.

use amends_domain::case::Case;
use amends_domain::ids::{BuyerId, CaseId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, args};
use crate::error::StoreError;

/// Most cases of a buyer that are looked at, and most orders that are counted.
const CASES_MAX: u32 = 200;
const ORDERS_MAX: u32 = 1_000;
/// Most ends of clocks of those cases.
const ENDS_MAX: u32 = 2_000;
/// Most accounts that are counted, of how many of them cases are named, and how many of each.
const ACCOUNTS_MAX: u32 = 50;
const ACCOUNTS_NAMED: usize = 10;
const CASES_NAMED: u32 = 3;

/// A case of a buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// The case.
    pub case: Case,
    /// Its number.
    pub number: i64,
    /// Versions and bytes of the events by which its clocks ended.
    pub ends: Vec<(i64, Vec<u8>)>,
}

/// Accounts that share something with a buyer's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountsRow {
    /// How many there are, counted up to fifty.
    pub accounts: u32,
    /// The latest cases of some of them, with their numbers.
    pub cases: Vec<(CaseId, i64)>,
}

fn claim(mut row: Row) -> Result<ClaimRow, StoreError> {
    Ok(ClaimRow {
        number: row.int()?,
        case: row.json()?,
        ends: Vec::new(),
    })
}

impl Store {
    /// Cases a buyer opened since a moment, the latest first; at most 200.
    pub async fn claims_of_buyer(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        since: Moment,
    ) -> Result<Vec<ClaimRow>, StoreError> {
        const CASES: &str = "SELECT number, state FROM cases \
            WHERE shop_id = $1 AND buyer_id = $2 AND opened_at >= $3 ORDER BY opened_at DESC LIMIT $4";
        const ENDS: &str = "SELECT e.case_id, e.version, e.body FROM \
            (SELECT case_id FROM cases WHERE shop_id = $1 AND buyer_id = $2 AND opened_at >= $3 \
            ORDER BY opened_at DESC LIMIT $4) c \
            JOIN events e ON e.shop_id = $1 AND e.case_id = c.case_id \
            WHERE e.type = 'clock_expired' LIMIT $5";
        let rows = self
            .db()
            .fetch(CASES, args![shop, buyer, since, CASES_MAX])
            .await?;
        let mut claims: Vec<ClaimRow> = rows.into_iter().map(claim).collect::<Result<_, _>>()?;
        let ends = args![shop, buyer, since, CASES_MAX, ENDS_MAX];
        for mut row in self.db().fetch(ENDS, ends).await? {
            let case: CaseId = row.parsed()?;
            let end = (row.int()?, row.bytes()?);
            if let Some(claim) = claims.iter_mut().find(|claim| claim.case.id == case) {
                claim.ends.push(end);
            }
        }
        Ok(claims)
    }

    /// When a buyer placed each of his orders since a moment, the latest first; at most 1,000.
    pub async fn orders_of_buyer_since(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        since: Moment,
    ) -> Result<Vec<Moment>, StoreError> {
        const ORDERS: &str = "SELECT placed_at FROM orders \
            WHERE shop_id = $1 AND buyer_id = $2 AND placed_at >= $3 ORDER BY placed_at DESC LIMIT $4";
        let rows = self
            .db()
            .fetch(ORDERS, args![shop, buyer, since, ORDERS_MAX])
            .await?;
        rows.into_iter().map(|mut row| row.moment()).collect()
    }

    /// Other buyers with the same telephone, by its blind index.
    pub async fn accounts_by_phone(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        index: &[u8],
    ) -> Result<AccountsRow, StoreError> {
        const SAME: &str = "SELECT buyer_id FROM buyers \
            WHERE shop_id = $1 AND phone_index = $2 AND buyer_id <> $3 LIMIT $4";
        self.accounts(SAME, shop, buyer, index).await
    }

    /// Other buyers with the same address, by its blind index.
    pub async fn accounts_by_address(
        &self,
        shop: ShopId,
        buyer: BuyerId,
        index: &[u8],
    ) -> Result<AccountsRow, StoreError> {
        const SAME: &str = "SELECT buyer_id FROM buyers \
            WHERE shop_id = $1 AND address_index = $2 AND buyer_id <> $3 LIMIT $4";
        self.accounts(SAME, shop, buyer, index).await
    }

    async fn accounts(
        &self,
        same: &str,
        shop: ShopId,
        buyer: BuyerId,
        index: &[u8],
    ) -> Result<AccountsRow, StoreError> {
        if index.is_empty() {
            return Ok(AccountsRow::default());
        }
        let rows = self
            .db()
            .fetch(same, args![shop, index, buyer, ACCOUNTS_MAX])
            .await?;
        let others: Vec<BuyerId> = rows
            .into_iter()
            .map(|mut row| row.parsed())
            .collect::<Result<_, _>>()?;
        let accounts = u32::try_from(others.len()).unwrap_or(ACCOUNTS_MAX);
        let cases = self
            .cases_of_some(shop, others.get(..ACCOUNTS_NAMED).unwrap_or(&others))
            .await?;
        Ok(AccountsRow { accounts, cases })
    }

    async fn cases_of_some(
        &self,
        shop: ShopId,
        buyers: &[BuyerId],
    ) -> Result<Vec<(CaseId, i64)>, StoreError> {
        if buyers.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = args![shop, CASES_NAMED];
        let mut parts = Vec::with_capacity(buyers.len());
        for buyer in buyers {
            values.push((*buyer).into());
            parts.push(format!(
                "SELECT case_id, number FROM (SELECT case_id, number FROM cases \
                 WHERE shop_id = $1 AND buyer_id = ${} ORDER BY opened_at DESC LIMIT $2) AS latest",
                values.len()
            ));
        }
        let rows = self.db().fetch(&parts.join(" UNION ALL "), values).await?;
        rows.into_iter()
            .map(|mut row| Ok((row.parsed()?, row.int()?)))
            .collect()
    }
}
