//! Letters of a care mail, one for each buyer: written in batches, shared out among nodes by leases, and
//! stopped by whoever opts out.
//!
//! A letter is given out in the transaction that has seen that its buyer still wants it; who opts out holds
//! his own row meanwhile, so that one comes after the other. Must not know: addresses, texts, how anything
//! is sent. Tests: `amends-api/tests/it/care.rs`.

use std::collections::BTreeMap;

use amends_domain::care::{CareBuyer, LeftOut};
use amends_domain::ids::{BuyerId, CareId, ShopId};
use amends_domain::time::Moment;

use super::count_up;
use super::people::about_to_go;
use crate::Store;
use crate::db::{Batched, Kind, Rows, Tx, args};
use crate::error::StoreError;

/// Most letters given out at once.
const CLAIM_MAX: u32 = 100;
/// Most letters taken back at once.
const CANCEL_MAX: u32 = 5_000;
/// Most buyers of one address whose letters are stopped at once; the others' are stopped when they would go.
const SHARED_MAX: u32 = 100;

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CareLetterState {
    /// It waits, or is tried again.
    Queued,
    /// It was handed over to the mail server.
    Sent,
    /// It will not be sent.
    Failed,
}

impl CareLetterState {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}

/// A letter that was given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CareLetterRow {
    /// Whom it is for.
    pub buyer: BuyerId,
    /// How often it was tried.
    pub attempts: u32,
}

/// Letters given out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CareClaimed {
    /// To be sent now.
    pub letters: Vec<CareLetterRow>,
    /// Not to be sent any more, and settled.
    pub left_out: u64,
}

/// What a window of buyers comes to.
#[derive(Debug, Clone)]
pub struct CarePlanned {
    /// Up to which buyer it goes; where it ended before.
    pub to: String,
    /// Who gets a letter.
    pub buyers: Vec<BuyerId>,
    /// How many of which name.
    pub counts: BTreeMap<String, u64>,
    /// When the letters may go.
    pub due_at: Moment,
    /// Whether it was the last one.
    pub is_last: bool,
}

/// Somebody who wants no care mail any more.
#[derive(Debug, Clone, Copy)]
pub struct OptOut<'a> {
    /// Who.
    pub buyer: BuyerId,
    /// By the link of which mail; none where the shop wrote it down for him.
    pub care: Option<CareId>,
    /// When.
    pub at: Moment,
    /// Who gave it, as `amends_domain::event::actor_text` writes it.
    pub given_by: &'a str,
}

/// What an opt-out came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptedOut {
    /// Since when he wants none.
    pub at: Moment,
    /// Letters that were stopped by it.
    pub stopped: u64,
    /// Letters that were leaving already.
    pub leaving: u64,
}

static LETTERS: Batched = Batched::new(
    &[
        ("shop_id", Kind::Text),
        ("care_id", Kind::Text),
        ("buyer_id", Kind::Text),
        ("due_at", Kind::Int),
    ],
    "INSERT INTO care_letters (shop_id, care_id, buyer_id, state, due_at) \
     SELECT shop_id, care_id, buyer_id, 'queued', due_at FROM v WHERE true ON CONFLICT DO NOTHING",
);

/// The name under which those are counted that a letter was written for and that no longer get it.
fn late(why: LeftOut) -> String {
    format!("late.{}", why.code())
}

impl Store {
    /// Writes the letters of a window and moves on, in one transaction; `false`, and nothing written, when
    /// somebody else did, or the mail was called off.
    pub async fn care_plan(
        &self,
        shop: ShopId,
        care: CareId,
        from: &str,
        planned: &CarePlanned,
    ) -> Result<bool, StoreError> {
        const MOVE: &str = "UPDATE care_mails SET planned_to = $4, state = $5, due_at = $6 \
            WHERE shop_id = $1 AND care_id = $2 AND planned_to = $3 AND state = 'planning'";
        const GO_ON: &str = "UPDATE care_mails SET planned_to = $4 \
            WHERE shop_id = $1 AND care_id = $2 AND planned_to = $3 AND state = 'planning'";
        let mut tx = self.db().begin().await?;
        let mut values = args![shop, care, from, planned.to.as_str()];
        let moved = if planned.is_last {
            values.extend(args!["sending", planned.due_at]);
            tx.execute(MOVE, values).await?
        } else {
            tx.execute(GO_ON, values).await?
        };
        if moved != 1 {
            return Ok(false);
        }
        let mut rows = Rows::default();
        for buyer in &planned.buyers {
            rows.push([shop.into(), care.into(), (*buyer).into(), planned.due_at.into()]);
        }
        LETTERS.execute(&mut tx, rows).await?;
        count_up(&mut tx, shop, care, &planned.counts).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Gives out letters that may go, for `lease_millis`. Each buyer is judged once more in the same
    /// transaction; who is left out now has his letter settled.
    pub async fn care_claim(
        &self,
        (shop, care): (ShopId, CareId),
        (now, since): (Moment, Moment),
        (limit, lease_millis): (u32, i64),
        judge: impl Fn(&CareBuyer) -> Option<LeftOut> + Send,
    ) -> Result<CareClaimed, StoreError> {
        const LEFT: &str = "UPDATE care_letters SET state = 'left_out', why = $4, settled_at = $5, lease_until = 0 \
            WHERE shop_id = $1 AND care_id = $2 AND buyer_id = $3";
        const LEASE: &str = "UPDATE care_letters SET lease_until = $4, due_at = $4 \
            WHERE shop_id = $1 AND care_id = $2 AND buyer_id = $3 RETURNING attempts";
        let mut tx = self.db().begin().await?;
        let buyers = due(&mut tx, (shop, care), now, limit).await?;
        let mut claimed = CareClaimed::default();
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (buyer, known) in about_to_go(&mut tx, shop, &buyers, since, now).await? {
            if let Some(why) = judge(&known) {
                tx.execute(LEFT, args![shop, care, buyer, why.code(), now])
                    .await?;
                *counts.entry(late(why)).or_default() += 1;
                claimed.left_out += 1;
                continue;
            }
            let until = now.plus_millis(lease_millis);
            for mut row in tx.fetch(LEASE, args![shop, care, buyer, until]).await? {
                let attempts = row.count32()?;
                claimed.letters.push(CareLetterRow { buyer, attempts });
            }
        }
        count_up(&mut tx, shop, care, &counts).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Writes down what became of a letter, and ends its lease; one that waits is due again at `at`.
    pub async fn care_settle(
        &self,
        (shop, care): (ShopId, CareId),
        letter: CareLetterRow,
        state: CareLetterState,
        at: Moment,
        why: Option<&str>,
    ) -> Result<(), StoreError> {
        const SETTLE: &str = "UPDATE care_letters SET state = $4, attempts = $5, due_at = $6, settled_at = $7, \
            why = $8, lease_until = 0 WHERE shop_id = $1 AND care_id = $2 AND buyer_id = $3 \
            AND settled_at IS NULL";
        let settled_at = (state != CareLetterState::Queued).then_some(at);
        let values = args![
            shop,
            care,
            letter.buyer,
            state.code(),
            letter.attempts,
            at,
            settled_at,
            why.map(str::to_owned)
        ];
        let mut tx = self.db().begin().await?;
        let settled = tx.execute(SETTLE, values).await?;
        if settled == 1 && settled_at.is_some() {
            let counts = BTreeMap::from([(state.code().to_owned(), 1)]);
            count_up(&mut tx, shop, care, &counts).await?;
        }
        tx.commit().await
    }

    /// Says when a mail that is being sent has something to do again: not before `opens_at`, and once no
    /// letter waits, never.
    pub async fn care_rest(
        &self,
        (shop, care): (ShopId, CareId),
        now: Moment,
        opens_at: Moment,
    ) -> Result<(), StoreError> {
        const NEXT: &str = "SELECT due_at FROM care_letters \
            WHERE shop_id = $1 AND care_id = $2 AND settled_at IS NULL ORDER BY due_at, buyer_id LIMIT 1";
        const DONE: &str = "UPDATE care_mails SET state = 'done', ended_at = $3 \
            WHERE shop_id = $1 AND care_id = $2 AND state = 'sending'";
        const LATER: &str = "UPDATE care_mails SET due_at = $3 \
            WHERE shop_id = $1 AND care_id = $2 AND state = 'sending'";
        let mut tx = self.db().begin().await?;
        let next = tx.fetch_first(NEXT, args![shop, care]).await?;
        let (statement, at) = match next {
            Some(mut row) => (LATER, row.moment()?.max(opens_at)),
            None => (DONE, now),
        };
        tx.execute(statement, args![shop, care, at]).await?;
        tx.commit().await
    }

    /// Takes letters of a mail that was called off back, at most 5,000; the mail is over when none waits.
    pub async fn care_take_back(&self, shop: ShopId, care: CareId, now: Moment) -> Result<(), StoreError> {
        const BACK: &str = "WITH open AS MATERIALIZED (SELECT buyer_id FROM care_letters \
            WHERE shop_id = $1 AND care_id = $2 AND settled_at IS NULL ORDER BY due_at, buyer_id LIMIT $4) \
            UPDATE care_letters SET state = 'cancelled', settled_at = $3, lease_until = 0 \
            WHERE shop_id = $1 AND care_id = $2 AND buyer_id IN (SELECT buyer_id FROM open) \
            AND settled_at IS NULL";
        const OVER: &str = "UPDATE care_mails SET state = 'cancelled', ended_at = $3 \
            WHERE shop_id = $1 AND care_id = $2 AND state = 'cancelling'";
        let mut tx = self.db().begin().await?;
        let taken = tx.execute(BACK, args![shop, care, now, CANCEL_MAX]).await?;
        if taken == 0 {
            tx.execute(OVER, args![shop, care, now]).await?;
        } else {
            let counts = BTreeMap::from([("cancelled".to_owned(), taken)]);
            count_up(&mut tx, shop, care, &counts).await?;
        }
        tx.commit().await
    }

    /// Writes down that a buyer wants no care mail, and stops what waits for him and for whoever shares his
    /// address. None when there is no such buyer. Once it returns, no letter to him is given out.
    pub async fn care_opt_out(&self, shop: ShopId, out: &OptOut<'_>) -> Result<Option<OptedOut>, StoreError> {
        const ADDRESS: &str = "SELECT email_index FROM buyers WHERE shop_id = $1 AND buyer_id = $2";
        const INSERT: &str = "INSERT INTO care_opt_outs (shop_id, buyer_id, email_index, at, given_by) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        const SINCE: &str = "SELECT at FROM care_opt_outs WHERE shop_id = $1 AND buyer_id = $2";
        let mut tx = self.db().begin().await?;
        let Some(mut row) = tx.fetch_first(ADDRESS, args![shop, out.buyer]).await? else {
            return Ok(None);
        };
        let address = row.bytes_or_none()?.filter(|index| !index.is_empty());
        let buyers = sharing(&mut tx, shop, out.buyer, address.clone()).await?;
        let values = args![shop, out.buyer, address, out.at, out.given_by];
        let is_new = tx.execute(INSERT, values).await? == 1;
        let since = tx.fetch_first(SINCE, args![shop, out.buyer]).await?;
        let since = since.map_or(Ok(out.at), |mut row| row.moment())?;
        let mut stopped: BTreeMap<CareId, u64> = BTreeMap::new();
        let mut leaving = 0;
        for buyer in buyers {
            leaving += stop(&mut tx, shop, buyer, out.at, &mut stopped).await?;
        }
        if let Some(care) = out.care.filter(|_| is_new) {
            stopped.entry(care).or_default();
        }
        for (care, count) in &stopped {
            let mut counts = BTreeMap::new();
            if *count > 0 {
                counts.insert(late(LeftOut::OptedOut), *count);
            }
            if is_new && out.care == Some(*care) {
                counts.insert("opt_outs".to_owned(), 1);
            }
            count_up(&mut tx, shop, *care, &counts).await?;
        }
        tx.commit().await?;
        let stopped = stopped.values().sum();
        Ok(Some(OptedOut {
            at: since,
            stopped,
            leaving,
        }))
    }

    /// Takes an opt-out back, with that of whoever shares the address; `false` when there was none.
    pub async fn care_opt_in(&self, shop: ShopId, buyer: BuyerId) -> Result<bool, StoreError> {
        const OWN: &str = "DELETE FROM care_opt_outs WHERE shop_id = $1 AND buyer_id = $2";
        const OF_ADDRESS: &str = "DELETE FROM care_opt_outs WHERE shop_id = $1 AND email_index = \
            (SELECT email_index FROM buyers WHERE shop_id = $1 AND buyer_id = $2)";
        let mut tx = self.db().begin().await?;
        let mut taken = 0;
        for statement in [OF_ADDRESS, OWN] {
            taken += tx.execute(statement, args![shop, buyer]).await?;
        }
        tx.commit().await?;
        Ok(taken > 0)
    }

    /// Since when a buyer, or whoever shares his address, wants no care mail.
    pub async fn care_opted_out(&self, shop: ShopId, buyer: BuyerId) -> Result<Option<Moment>, StoreError> {
        const SINCE: &str = "SELECT at FROM care_opt_outs WHERE shop_id = $1 AND buyer_id = $2 \
            UNION ALL SELECT o.at FROM buyers b JOIN care_opt_outs o \
            ON o.shop_id = b.shop_id AND o.email_index = b.email_index \
            WHERE b.shop_id = $1 AND b.buyer_id = $2 ORDER BY 1 LIMIT 1";
        let row = self.db().fetch_first(SINCE, args![shop, buyer]).await?;
        row.map(|mut row| row.moment()).transpose()
    }
}

/// Buyers whose letters of a mail that is being sent are due, held.
async fn due(
    tx: &mut Tx,
    (shop, care): (ShopId, CareId),
    now: Moment,
    limit: u32,
) -> Result<Vec<BuyerId>, StoreError> {
    // Held against being called off.
    let sending = tx.engine().text(
        "SELECT care_id FROM care_mails WHERE shop_id = $1 AND care_id = $2 AND state = 'sending' {FOR SHARE}",
    );
    let sending = sending.into_owned();
    if tx.fetch_first(&sending, args![shop, care]).await?.is_none() {
        return Ok(Vec::new());
    }
    let due = tx.engine().text(
        "SELECT buyer_id FROM care_letters WHERE shop_id = $1 AND care_id = $2 AND settled_at IS NULL \
         AND due_at <= $3 ORDER BY due_at, buyer_id LIMIT $4 {FOR UPDATE SKIP LOCKED}",
    );
    let due = due.into_owned();
    let rows = tx
        .fetch(&due, args![shop, care, now, limit.min(CLAIM_MAX)])
        .await?;
    rows.into_iter().map(|mut row| row.parsed()).collect()
}

/// A buyer and whoever shares his address, held in the order of ids.
async fn sharing(
    tx: &mut Tx,
    shop: ShopId,
    buyer: BuyerId,
    address: Option<Vec<u8>>,
) -> Result<Vec<BuyerId>, StoreError> {
    let hold = tx.engine().text(
        "SELECT buyer_id FROM buyers WHERE shop_id = $1 AND buyer_id IN (SELECT buyer_id FROM buyers \
         WHERE shop_id = $1 AND email_index = $3 UNION SELECT CAST($2 AS TEXT)) \
         ORDER BY buyer_id LIMIT $4 {FOR UPDATE}",
    );
    let hold = hold.into_owned();
    let rows = tx.fetch(&hold, args![shop, buyer, address, SHARED_MAX]).await?;
    rows.into_iter().map(|mut row| row.parsed()).collect()
}

/// Stops what waits for a buyer; returns how many letters were leaving already. One that is being given out
/// just now is not waited for: whoever gives it out waits for this transaction and then sees it.
async fn stop(
    tx: &mut Tx,
    shop: ShopId,
    buyer: BuyerId,
    at: Moment,
    stopped: &mut BTreeMap<CareId, u64>,
) -> Result<u64, StoreError> {
    const STOP: &str = "UPDATE care_letters SET state = 'left_out', why = 'opted_out', settled_at = $4 \
        WHERE shop_id = $1 AND care_id = $2 AND buyer_id = $3";
    const LEAVING: &str = "SELECT COUNT(*) FROM care_letters [INDEXED BY care_letters_by_buyer] WHERE shop_id = $1 AND buyer_id = $2 \
        AND settled_at IS NULL AND lease_until > $3";
    let waiting = tx.engine().text(
        "SELECT care_id FROM care_letters [INDEXED BY care_letters_by_buyer] \
         WHERE shop_id = $1 AND buyer_id = $2 AND settled_at IS NULL \
         AND lease_until <= $3 ORDER BY care_id {FOR UPDATE SKIP LOCKED}",
    );
    let waiting = waiting.into_owned();
    for mut row in tx.fetch(&waiting, args![shop, buyer, at]).await? {
        let care: CareId = row.parsed()?;
        tx.execute(STOP, args![shop, care, buyer, at]).await?;
        *stopped.entry(care).or_default() += 1;
    }
    let leaving = tx.engine().text(LEAVING).into_owned();
    let leaving = tx.fetch_first(&leaving, args![shop, buyer, at]).await?;
    leaving.map_or(Ok(0), |mut row| row.count())
}
