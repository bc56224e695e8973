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
    let mut seen = Seen::default();
    if policy.signals().next().is_none() {
        let signals = Vec::new();
        return Ok(CaseSignals { signals, numbers });
    }
    seen.words = words(desk, staff.shop, case).await?;
    how_often(desk, staff.shop, case, policy, &mut seen, &mut numbers).await?;
    accounts(desk, staff.shop, case, &mut seen, &mut numbers).await?;
    for alike in evidence_alike(desk, staff, case).await? {
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

/// How often he claims, of how many orders, as far back as the rules count.
async fn how_often(
    desk: &Desk,
    shop: ShopId,
    case: &Case,
    policy: &PolicySet,
    seen: &mut Seen,
    numbers: &mut BTreeMap<CaseId, i64>,
) -> Result<(), AppError> {
    let Some(days) = days_counted(policy) else {
        return Ok(());
    };
    let back = i64::from(days).saturating_mul(DAY_MILLIS);
    let since = desk.clock.now().plus_millis(-back);
    for row in desk.store.claims_of_buyer(shop, case.buyer, since).await? {
        if counts_as_claim(&row.case, granted_by_clock(&row)?) {
            numbers.insert(row.case.id, row.number);
            seen.claims.push(SeenClaim {
                case: row.case.id,
                at: row.case.opened_at,
            });
        }
    }
    seen.orders = desk.store.orders_of_buyer_since(shop, case.buyer, since).await?;
    Ok(())
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

/// Accounts that share his telephone or his address, by their blind indexes: neither is ever opened.
async fn accounts(
    desk: &Desk,
    shop: ShopId,
    case: &Case,
    seen: &mut Seen,
    numbers: &mut BTreeMap<CaseId, i64>,
) -> Result<(), AppError> {
    let Some(buyer) = desk.store.buyer_get(shop, case.buyer).await? else {
        return Ok(());
    };
    let mut of = |row: AccountsRow| {
        numbers.extend(row.cases.iter().copied());
        SeenAccounts {
            accounts: row.accounts,
            cases: row.cases.into_iter().map(|(case, _)| case).collect(),
        }
    };
    if let Some(index) = &buyer.phone_index {
        let same = desk.store.accounts_by_phone(shop, buyer.id, index).await?;
        seen.same_phone = of(same);
    }
    if let Some(index) = &buyer.address_index {
        let same = desk.store.accounts_by_address(shop, buyer.id, index).await?;
        seen.same_address = of(same);
    }
    Ok(())
}
