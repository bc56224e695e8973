//! Signals of abuse on one case, explained: what was seen is held against the clauses that say from when on it
//! points at something (ABU-1).
//!
//! A signal decides nothing. What the shop granted by letting a clock run out, and what was not the buyer's
//! fault, is never counted against him.
//! Must not know: how words are read, how pictures and accounts are compared. Tests: `tests/it/signals.rs`.

use crate::case::abuse::SignalKind;
use crate::case::assessment::Grade;
use crate::case::dispute::Dispute;
use crate::case::liability::{Fault, Party};
use crate::case::{Case, Outcome, Request, Ruling};
use crate::ids::{CaseId, EvidenceId, TextId};
use crate::policy::ClauseId;
use crate::policy::set::PolicySet;
use crate::policy::signal::SignalTerms;
use crate::time::Moment;

/// Words of the buyer, with their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenWords {
    /// What they are a sign of.
    pub signal: SignalKind,
    /// The text they stand in.
    pub text: TextId,
    /// As they stand there.
    pub words: String,
    /// Where they begin, in characters.
    pub from: usize,
    /// Where they end.
    pub to: usize,
}

/// A claim of the buyer that counts, and when he made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenClaim {
    /// The case.
    pub case: CaseId,
    /// When it was opened.
    pub at: Moment,
}

/// Other accounts that share something with the buyer's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenAccounts {
    /// How many.
    pub accounts: u32,
    /// The latest cases of theirs.
    pub cases: Vec<CaseId>,
}

/// A picture of this case that was seen on another buyer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenPicture {
    /// The piece of this case.
    pub piece: EvidenceId,
    /// The other case.
    pub other: CaseId,
}

/// Everything that was seen of a case and its buyer, as far as anybody looked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// What he wrote.
    pub words: Vec<SeenWords>,
    /// His claims that count, the latest first.
    pub claims: Vec<SeenClaim>,
    /// When he placed each of his orders, the latest first.
    pub orders: Vec<Moment>,
    /// Accounts with the same telephone.
    pub same_phone: SeenAccounts,
    /// Accounts with the same address.
    pub same_address: SeenAccounts,
    /// Pictures of another buyer.
    pub pictures: Vec<SeenPicture>,
}

/// A signal, with everything that explains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Which.
    pub kind: SignalKind,
    /// How much it weighs.
    pub weight: Grade,
    /// The clause that says so.
    pub clause: ClauseId,
    /// How many words, claims, accounts or pictures.
    pub count: u32,
    /// Orders it is a share of.
    pub orders: Option<u32>,
    /// The share, in whole percent.
    pub percent: Option<u32>,
    /// Of how many days.
    pub days: Option<u32>,
    /// The words.
    pub words: Vec<SeenWords>,
    /// Other cases it points at.
    pub cases: Vec<CaseId>,
    /// Pieces of this case.
    pub pieces: Vec<EvidenceId>,
}

/// How far back claims and orders are asked for at all, by the clauses of a set.
pub fn days_counted(policy: &PolicySet) -> Option<u32> {
    policy.signals().filter_map(|(_, terms)| terms.days).max()
}

/// Whether a case is counted as a claim of its buyer: a question is none, nor is one he took back, one that
/// was not his fault, or one that a clock granted because nobody answered.
pub fn counts_as_claim(case: &Case, granted_by_clock: bool) -> bool {
    let taken_back = case.request == Request::Closed(Outcome::Withdrawn);
    let finding = case.liability.as_ref();
    let not_his = finding.is_some_and(|finding| {
        finding.fault == Some(Fault::Confirmed)
            || finding
                .shares
                .iter()
                .any(|share| share.party != Party::Buyer && share.percent > 0)
    });
    let ruled_for_him = matches!(
        case.dispute,
        Some(Dispute::Ruled(Ruling::ForBuyer | Ruling::InPart { .. }))
    );
    case.kind.is_decided() && !taken_back && !not_his && !ruled_for_him && !granted_by_clock
}

/// What of it points at something, in the order of the set.
pub fn signals(policy: &PolicySet, at: Moment, seen: &Seen) -> Vec<Signal> {
    let found = policy.signals();
    found
        .filter_map(|(clause, terms)| signal(clause, terms, at, seen))
        .collect()
}

fn signal(clause: &ClauseId, terms: &SignalTerms, at: Moment, seen: &Seen) -> Option<Signal> {
    let empty = Signal {
        kind: terms.signal,
        weight: terms.weight,
        clause: clause.clone(),
        count: 0,
        orders: None,
        percent: None,
        days: terms.days,
        words: Vec::new(),
        cases: Vec::new(),
        pieces: Vec::new(),
    };
    let signal = match terms.signal {
        SignalKind::OffPlatform | SignalKind::Extortion | SignalKind::Threat => {
            let words = seen.words.iter().filter(|words| words.signal == terms.signal);
            Signal {
                words: words.cloned().collect(),
                ..empty
            }
        }
        SignalKind::ClaimFrequency => return frequency(empty, terms, at, seen),
        SignalKind::SharedPhone => accounts(empty, &seen.same_phone),
        SignalKind::SharedAddress => accounts(empty, &seen.same_address),
        SignalKind::PhotoReused => {
            let (mut cases, mut pieces) = (Vec::new(), Vec::new());
            for picture in &seen.pictures {
                push_new(&mut cases, picture.other);
                push_new(&mut pieces, picture.piece);
            }
            Signal {
                cases,
                pieces,
                ..empty
            }
        }
    };
    let count = match terms.signal {
        SignalKind::PhotoReused => signal.pieces.len(),
        kind if kind.is_words() => signal.words.len(),
        _ => usize::try_from(signal.count).unwrap_or(usize::MAX),
    };
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    (count >= terms.at_least.unwrap_or(1)).then_some(Signal { count, ..signal })
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

fn accounts(signal: Signal, seen: &SeenAccounts) -> Signal {
    Signal {
        count: seen.accounts,
        cases: seen.cases.clone(),
        ..signal
    }
}

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Claims of the period against orders of the period; more claims than orders are a hundred percent.
fn frequency(signal: Signal, terms: &SignalTerms, at: Moment, seen: &Seen) -> Option<Signal> {
    let (days, at_least, percent_min) = (terms.days?, terms.at_least?, terms.percent?);
    let since = at.plus_millis(-i64::from(days).saturating_mul(DAY_MILLIS));
    let claims = seen.claims.iter().filter(|claim| claim.at >= since);
    let cases: Vec<CaseId> = claims.map(|claim| claim.case).collect();
    let orders = seen.orders.iter().filter(|placed| **placed >= since).count();
    let (count, orders) = (u32::try_from(cases.len()).ok()?, u32::try_from(orders).ok()?);
    let share = (u64::from(count) * 100)
        .checked_div(u64::from(orders))
        .unwrap_or(100);
    let percent = u32::try_from(share.min(100)).ok()?;
    (count >= at_least && percent >= percent_min).then_some(Signal {
        count,
        orders: Some(orders),
        percent: Some(percent),
        cases,
        ..signal
    })
}
