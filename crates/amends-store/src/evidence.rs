//! Evidence: what was handed in for a case, when and by whom. The bytes lie outside the database.
//!
//! Must not know: files, what a kind or a type of content means. Tests:
//! `amends-api/tests/it/evidence.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{BuyerId, CaseId, EvidenceId, OrderId, ShopId};
use amends_domain::time::Moment;

use crate::Store;
use crate::db::{Row, Value, args};
use crate::error::StoreError;

/// Most rows removed at once, so that commands do not wait for it.
const ROWS_MAX: u32 = 1_000;
/// Most pieces named that have the same bytes.
const ELSEWHERE_MAX: u32 = 50;

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Its id.
    pub id: EvidenceId,
    /// The case it was added to; none while its buyer has not opened one.
    pub case: Option<CaseId>,
    /// The order of the link a buyer handed it in by.
    pub order: Option<OrderId>,
    /// The buyer who handed it in; none when the shop did.
    pub buyer: Option<BuyerId>,
    /// What it shows, as a code.
    pub kind: String,
    /// What its owner called the file; none when he did not say, or it was erased.
    pub file_name: Option<String>,
    /// The type of its content.
    pub media: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, under which they lie.
    pub sha256: Digest,
    /// Whether the buyer of the case may see it although the shop added it.
    pub shared: bool,
    /// Who added it, as `amends_domain::event::actor_text` writes it.
    pub added_by: String,
    /// When.
    pub added_at: Moment,
    /// When it was erased; its bytes are then removed.
    pub erased_at: Option<Moment>,
}

/// What became of a piece that was to be added to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attached {
    /// It belongs to the case now, or did already.
    Done,
    /// The case has as many as it may.
    Full,
    /// There is no such piece, or it belongs to another case.
    Gone,
}

/// A piece of one case whose bytes were handed in on another, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElsewhereRow {
    /// The piece.
    pub id: EvidenceId,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// Its case.
    pub case: CaseId,
    /// The number of its case.
    pub number: i64,
    /// The buyer of its case.
    pub buyer: BuyerId,
    /// Whether the shop added it.
    pub by_shop: bool,
    /// When it was added.
    pub added_at: Moment,
}

const EVIDENCE: &str = "SELECT evidence_id, case_id, order_id, buyer_id, kind, file_name, media, bytes, \
    sha256, shared, added_by, added_at, erased_at FROM evidence";

fn evidence(mut row: Row) -> Result<EvidenceRow, StoreError> {
    Ok(EvidenceRow {
        id: row.parsed()?,
        case: row.parsed_or_none()?,
        order: row.parsed_or_none()?,
        buyer: row.parsed_or_none()?,
        kind: row.text()?,
        file_name: row.text_or_none()?,
        media: row.text()?,
        bytes: row.count()?,
        sha256: row.digest()?,
        shared: row.int()? != 0,
        added_by: row.text()?,
        added_at: row.moment()?,
        erased_at: row.moment_or_none()?,
    })
}

impl Store {
    /// Writes a piece under its caller's key; returns the one that counts, for the same request may
    /// have been there before.
    pub async fn evidence_insert(
        &self,
        shop: ShopId,
        row: &EvidenceRow,
        scope: &str,
        key: &str,
    ) -> Result<EvidenceRow, StoreError> {
        const INSERT: &str = "INSERT INTO evidence (shop_id, evidence_id, case_id, order_id, buyer_id, kind, \
            file_name, media, bytes, sha256, shared, added_by, added_at, scope, key) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING";
        let values = args![
            shop,
            row.id,
            row.case,
            row.order,
            row.buyer,
            row.kind.as_str(),
            row.file_name.clone(),
            row.media.as_str(),
            row.bytes,
            row.sha256,
            i64::from(row.shared),
            row.added_by.as_str(),
            row.added_at,
            scope,
            key
        ];
        self.db().execute(INSERT, values).await?;
        let query = format!("{EVIDENCE} WHERE shop_id = $1 AND scope = $2 AND key = $3");
        evidence(self.db().fetch_one(&query, args![shop, scope, key]).await?)
    }

    /// Adds a piece that belongs to no case yet, unless the case has `at_most` already.
    pub async fn evidence_attach(
        &self,
        shop: ShopId,
        id: EvidenceId,
        case: CaseId,
        at_most: u32,
    ) -> Result<Attached, StoreError> {
        const COUNT: &str = "SELECT COUNT(*) FROM evidence WHERE shop_id = $1 AND case_id = $2";
        const OWN: &str = "SELECT case_id FROM evidence WHERE shop_id = $1 AND evidence_id = $2";
        const ATTACH: &str = "UPDATE evidence SET case_id = $3 WHERE shop_id = $1 AND evidence_id = $2";
        let mut tx = self.db().begin().await?;
        // Two that are added at once are counted one after the other.
        let lock = tx
            .engine()
            .text("SELECT case_id FROM cases WHERE shop_id = $1 AND case_id = $2 {FOR UPDATE}")
            .into_owned();
        tx.fetch(&lock, args![shop, case]).await?;
        let Some(mut own) = tx.fetch_first(OWN, args![shop, id]).await? else {
            return Ok(Attached::Gone);
        };
        match own.parsed_or_none::<CaseId>()? {
            Some(of) if of == case => return Ok(Attached::Done),
            Some(_) => return Ok(Attached::Gone),
            None => {}
        }
        let count = tx.fetch_first(COUNT, args![shop, case]).await?;
        let count = count.map_or(Ok(0), |mut row| row.count())?;
        if count >= u64::from(at_most) {
            return Ok(Attached::Full);
        }
        tx.execute(ATTACH, args![shop, id, case]).await?;
        tx.commit().await?;
        Ok(Attached::Done)
    }

    /// A piece by its id.
    pub async fn evidence_by_id(
        &self,
        shop: ShopId,
        id: EvidenceId,
    ) -> Result<Option<EvidenceRow>, StoreError> {
        let query = format!("{EVIDENCE} WHERE shop_id = $1 AND evidence_id = $2");
        let row = self.db().fetch_first(&query, args![shop, id]).await?;
        row.map(evidence).transpose()
    }

    /// Pieces of a shop that were not erased, with their digests, by id, those behind `after`.
    pub async fn evidence_kept(
        &self,
        shop: ShopId,
        after: Option<EvidenceId>,
        limit: u32,
    ) -> Result<Vec<(EvidenceId, Digest)>, StoreError> {
        const KEPT: &str = "SELECT evidence_id, sha256 FROM evidence \
            WHERE shop_id = $1 AND evidence_id > $2 AND erased_at IS NULL ORDER BY evidence_id LIMIT $3";
        let after = after.map_or_else(String::new, |id| id.to_string());
        let rows = self.db().fetch(KEPT, args![shop, after.as_str(), limit]).await?;
        rows.into_iter()
            .map(|mut row| Ok((row.parsed()?, row.digest()?)))
            .collect()
    }

    /// The pieces of a case, oldest first.
    pub async fn evidence_of_case(&self, shop: ShopId, case: CaseId) -> Result<Vec<EvidenceRow>, StoreError> {
        let query = format!("{EVIDENCE} WHERE shop_id = $1 AND case_id = $2 ORDER BY evidence_id");
        let rows = self.db().fetch(&query, args![shop, case]).await?;
        rows.into_iter().map(evidence).collect()
    }

    /// Pieces of other cases with one of these contents, latest first, at most 50.
    pub async fn evidence_elsewhere(
        &self,
        shop: ShopId,
        case: CaseId,
        contents: &[Digest],
    ) -> Result<Vec<ElsewhereRow>, StoreError> {
        if contents.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = args![shop, case, ELSEWHERE_MAX];
        values.extend(contents.iter().copied().map(Value::from));
        let places: Vec<String> = (4..=values.len()).map(|at| format!("${at}")).collect();
        let query = format!(
            "SELECT e.evidence_id, e.sha256, c.case_id, c.number, c.buyer_id, e.buyer_id, e.added_at \
             FROM evidence e JOIN cases c ON c.shop_id = e.shop_id AND c.case_id = e.case_id \
             WHERE e.shop_id = $1 AND e.case_id <> $2 AND e.erased_at IS NULL AND e.sha256 IN ({}) \
             ORDER BY e.added_at DESC LIMIT $3",
            places.join(", ")
        );
        let rows = self.db().fetch(&query, values).await?;
        let elsewhere = |mut row: Row| {
            Ok(ElsewhereRow {
                id: row.parsed()?,
                sha256: row.digest()?,
                case: row.parsed()?,
                number: row.int()?,
                buyer: row.parsed()?,
                by_shop: row.parsed_or_none::<BuyerId>()?.is_none(),
                added_at: row.moment()?,
            })
        };
        rows.into_iter().map(elsewhere).collect()
    }

    /// What a buyer handed in on an order and that belongs to no case yet, oldest first.
    pub async fn evidence_waiting(
        &self,
        shop: ShopId,
        order: OrderId,
        buyer: BuyerId,
    ) -> Result<Vec<EvidenceRow>, StoreError> {
        let query = format!(
            "{EVIDENCE} WHERE shop_id = $1 AND order_id = $2 AND case_id IS NULL AND buyer_id = $3 \
             AND erased_at IS NULL ORDER BY evidence_id"
        );
        let rows = self.db().fetch(&query, args![shop, order, buyer]).await?;
        rows.into_iter().map(evidence).collect()
    }

    /// Removes what a buyer handed in on an order, as long as it belongs to no case; `false` when there is
    /// none such.
    pub async fn evidence_take_back(
        &self,
        shop: ShopId,
        order: OrderId,
        buyer: BuyerId,
        id: EvidenceId,
    ) -> Result<bool, StoreError> {
        const REMOVE: &str = "DELETE FROM evidence WHERE shop_id = $1 AND order_id = $2 AND buyer_id = $3 \
            AND evidence_id = $4 AND case_id IS NULL";
        Ok(self.db().execute(REMOVE, args![shop, order, buyer, id]).await? == 1)
    }

    /// Whether bytes are still wanted: something that was not erased, or a mail that waits, lies under
    /// this digest.
    pub async fn evidence_wants(&self, shop: ShopId, sha256: Digest) -> Result<bool, StoreError> {
        const WANTS: &str = "SELECT evidence_id FROM evidence \
            WHERE shop_id = $1 AND sha256 = $2 AND erased_at IS NULL \
            UNION ALL SELECT mail_id FROM mails WHERE shop_id = $1 AND raw_sha256 = $2 LIMIT 1";
        let row = self.db().fetch_first(WANTS, args![shop, sha256]).await?;
        Ok(row.is_some())
    }

    /// Removes what was handed in before `before` and never came to a case, at most 1,000 pieces;
    /// returns how many. Asked again, more.
    pub async fn evidence_prune(&self, before: Moment) -> Result<u64, StoreError> {
        const PRUNE: &str = "WITH due AS MATERIALIZED (SELECT shop_id, evidence_id FROM evidence \
            WHERE case_id IS NULL AND added_at < $1 LIMIT $2) \
            DELETE FROM evidence WHERE case_id IS NULL \
            AND (shop_id, evidence_id) IN (SELECT shop_id, evidence_id FROM due)";
        self.db().execute(PRUNE, args![before, ROWS_MAX]).await
    }
}
