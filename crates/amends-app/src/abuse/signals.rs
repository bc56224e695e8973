//! Signals of abuse on a case, gathered: the buyer's words, his claims, accounts that share his telephone or
//! address, pictures of others. The rules say which of it points at something.
//!
//! Nothing here is written, and nothing follows from it: a person looks and decides. Must not know: from when
//! on something is a signal. Tests: `amends-api/tests/it/abuse.rs`.

use std::collections::BTreeMap;

use amends_domain::actor::Actor;
use amends_domain::case::Case;
use amends_domain::case::clock::{Clock, Expiry};
use amends_domain::event::Event;
use amends_domain::ids::{CaseId, ShopId, TextId};
use amends_domain::policy::set::PolicySet;
use amends_domain::signals::{
    Seen, SeenAccounts, SeenClaim, SeenPicture, SeenWords, Signal, counts_as_claim, days_counted, signals,
};
use amends_domain::time::Moment;
use amends_language::signs;
use amends_store::{AccountsRow, ClaimRow};

use crate::caller::{Right, Staff};
use crate::cases::case_read::{CaseView, history};
use crate::desk::Desk;
use crate::error::AppError;
use crate::evidence::alike::evidence_alike;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Signals of a case, with the numbers of the cases they point at.
pub struct CaseSignals {
    /// In the order of the policy.
    pub signals: Vec<Signal>,
    /// Numbers of other cases.
    pub numbers: BTreeMap<CaseId, i64>,
}

/// What points at abuse on a case, each with everything that explains it.
pub async fn case_signals(desk: &Desk, staff: &Staff, view: &CaseView) -> Result<CaseSignals, AppError> {
    staff.require(Right::Read)?;
    let (case, policy) = (&view.row.case, &view.policy);
    let mut numbers = BTreeMap::from([(case.id, view.row.number)]);
    if policy.signals().next().is_none() {
        let signals = Vec::new();
        return Ok(CaseSignals { signals, numbers });
    }
    // Neither waits for another: most of the time is the way to the database and back.
    let (words, often, accounts, alike) = tokio::try_join!(
        words(desk, staff.shop, case),
        how_often(desk, staff.shop, case, policy),
        accounts(desk, staff.shop, case),
        evidence_alike(desk, staff, case),
    )?;
    let mut seen = Seen {
        words,
        claims: often.claims,
        orders: often.orders,
        same_phone: named(accounts.same_phone, &mut numbers),
        same_address: named(accounts.same_address, &mut numbers),
        ..Seen::default()
    };
    numbers.extend(often.numbers);
    for alike in alike {
        if !alike.same_buyer && !alike.other.by_shop {
            numbers.insert(alike.other.case, alike.other.number);
            seen.pictures.push(SeenPicture {
                piece: alike.piece,
                other: alike.other.case,
            });
        }
    }
    Ok(CaseSignals {
        signals: signals(policy, desk.clock.now(), &seen),
        numbers,
    })
}

/// Signs in what the buyer wrote on this case.
async fn words(desk: &Desk, shop: ShopId, case: &Case) -> Result<Vec<SeenWords>, AppError> {
    let mut his: Vec<TextId> = Vec::new();
    for (row, event) in history(desk, shop, case.id).await? {
        let actor = serde_json::from_str::<Actor>(&row.actor);
        let by_buyer = actor.is_ok_and(|actor| matches!(actor, Actor::Buyer(_)));
        his.extend(event.text().filter(|_| by_buyer).map(|text| text.id));
    }
    let mut bodies: BTreeMap<TextId, String> = BTreeMap::new();
    for row in desk.store.texts_by_ids(shop, &his).await? {
        bodies.extend(row.body.map(|body| (row.id, body)));
    }
    let mut found = Vec::new();
    for id in his {
        let Some(body) = bodies.remove(&id) else { continue };
        let here = signs(&body).map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
        found.extend(here.into_iter().map(|sign| SeenWords {
            signal: sign.sign,
            text: id,
            words: sign.words,
            from: sign.from,
            to: sign.to,
        }));
    }
    Ok(found)
}

/// Claims and orders, with the claims' numbers.
#[derive(Default)]
struct Often {
    claims: Vec<SeenClaim>,
    orders: Vec<Moment>,
    numbers: Vec<(CaseId, i64)>,
}

/// How often he claims, of how many orders, as far back as the rules count.
async fn how_often(desk: &Desk, shop: ShopId, case: &Case, policy: &PolicySet) -> Result<Often, AppError> {
    let mut often = Often::default();
    let Some(days) = days_counted(policy) else {
        return Ok(often);
    };
    let back = i64::from(days).saturating_mul(DAY_MILLIS);
    let since = desk.clock.now().plus_millis(-back);
    for row in desk.store.claims_of_buyer(shop, case.buyer, since).await? {
        if counts_as_claim(&row.case, granted_by_clock(&row)?) {
            often.numbers.push((row.case.id, row.number));
            often.claims.push(SeenClaim {
                case: row.case.id,
                at: row.case.opened_at,
            });
        }
    }
    often.orders = desk.store.orders_of_buyer_since(shop, case.buyer, since).await?;
    Ok(often)
}

/// Whether it was granted because nobody of the shop answered in time.
fn granted_by_clock(row: &ClaimRow) -> Result<bool, AppError> {
    for (version, body) in &row.ends {
        let event = Event::decode(*version, body);
        let event = event.map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
        if let Event::ClockExpired {
            clock: Clock::Decision,
            outcome: Expiry::Approve,
            ..
        } = event
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Other accounts, by what they share.
#[derive(Default)]
struct Accounts {
    same_phone: AccountsRow,
    same_address: AccountsRow,
}

/// Accounts that share his telephone or his address, by their blind indexes: neither is ever opened.
async fn accounts(desk: &Desk, shop: ShopId, case: &Case) -> Result<Accounts, AppError> {
    let Some(buyer) = desk.store.buyer_get(shop, case.buyer).await? else {
        return Ok(Accounts::default());
    };
    // Whoever gave none shares none: an empty index is never looked up.
    let (phone, address) = (
        buyer.phone_index.unwrap_or_default(),
        buyer.address_index.unwrap_or_default(),
    );
    let (same_phone, same_address) = tokio::try_join!(
        desk.store.accounts_by_phone(shop, buyer.id, &phone),
        desk.store.accounts_by_address(shop, buyer.id, &address),
    )?;
    Ok(Accounts {
        same_phone,
        same_address,
    })
}

/// Accounts as the rules see them; the numbers of their cases are put down.
fn named(row: AccountsRow, numbers: &mut BTreeMap<CaseId, i64>) -> SeenAccounts {
    numbers.extend(row.cases.iter().copied());
    SeenAccounts {
        accounts: row.accounts,
        cases: row.cases.into_iter().map(|(case, _)| case).collect(),
    }
}
