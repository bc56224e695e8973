//! Abuse over the wire: signals with what explains them, a finding, the block list, listings to be checked. A
//! buyer is shown the finding and its grounds, never who else was looked at.
//!
//! Must not know: what is allowed. Tests: `tests/it/abuse.rs`, `tests/it/blocks.rs`.

use std::collections::{BTreeMap, BTreeSet};

use amends_app::abuse::blocks::BlockRow;
use amends_app::abuse::case_abuse::AbuseNote;
use amends_app::abuse::listing_checks::CheckRow;
use amends_app::abuse::sentences::{signal_name, signal_sentence};
use amends_app::abuse::signals::CaseSignals;
use amends_app::error::AppError;
use amends_app::notices::language::Language as Tongue;
use amends_domain::case::Case;
use amends_domain::ids::{BlockId, BuyerId, CaseId, EvidenceId, PersonId, TextId};
use amends_domain::policy::ClauseId;
use amends_domain::policy::set::PolicySet;
use amends_domain::signals::{SeenWords, Signal};
use amends_domain::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::policy::ClauseDto;
use super::values::At;
use super::words::{AbuseState, Grade, Role, SignalKind};
use crate::language::Language;

/// What points at abuse on a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignalsDto {
    /// In the order of the policy; none of them decides anything.
    signals: Vec<SignalDto>,
}

/// A sign of abuse, explained.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignalDto {
    /// Which.
    kind: SignalKind,
    /// What it is called.
    name: String,
    /// What was seen and how to take it, in a sentence.
    sentence: String,
    /// How much it weighs.
    weight: Grade,
    /// The clause that says so.
    clause: ClauseDto,
    /// How many words, claims, accounts or pictures.
    count: u32,
    /// Orders the claims are a share of.
    #[serde(skip_serializing_if = "Option::is_none")]
    orders: Option<u32>,
    /// The share, in whole percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<u32>,
    /// Of how many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    /// The buyer's words, with their place.
    words: Vec<SeenWordsDto>,
    /// Other cases it points at.
    cases: Vec<PointedCaseDto>,
    /// Pieces of evidence of this case.
    #[schema(value_type = Vec<String>)]
    pieces: Vec<EvidenceId>,
}

/// Words of the buyer.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeenWordsDto {
    /// The message they stand in, by the id of its text.
    #[schema(value_type = String)]
    message: TextId,
    /// As they stand there.
    words: String,
    /// Where they begin, in characters from 0.
    from: usize,
    /// Where they end.
    to: usize,
}

/// Another case.
#[derive(Serialize, ToSchema)]
pub(crate) struct PointedCaseDto {
    /// Its id.
    #[schema(value_type = String)]
    case: CaseId,
    /// Its number in the shop.
    number: i64,
}

/// The language of the catalogues that the desk shares with its mails.
fn tongue(language: Language) -> Tongue {
    Tongue::named(language.tag()).unwrap_or_default()
}

impl SignalsDto {
    pub(crate) fn of(found: CaseSignals, policy: &PolicySet, language: Language) -> Result<Self, AppError> {
        let CaseSignals { signals, numbers } = found;
        let signals = signals.into_iter().map(|signal| {
            Ok(SignalDto {
                name: signal_name(tongue(language), signal.kind)?,
                sentence: signal_sentence(tongue(language), &signal)?,
                ..SignalDto::bare(signal, policy, &numbers, language)
            })
        });
        Ok(Self {
            signals: signals.collect::<Result<_, AppError>>()?,
        })
    }
}

impl SignalDto {
    fn bare(signal: Signal, policy: &PolicySet, numbers: &BTreeMap<CaseId, i64>, language: Language) -> Self {
        let words = |seen: SeenWords| SeenWordsDto {
            message: seen.text,
            words: seen.words,
            from: seen.from,
            to: seen.to,
        };
        let pointed = |case: CaseId| {
            let number = *numbers.get(&case)?;
            Some(PointedCaseDto { case, number })
        };
        Self {
            kind: signal.kind.into(),
            name: String::new(),
            sentence: String::new(),
            weight: signal.weight.into(),
            clause: ClauseDto::of(policy, &signal.clause, language),
            count: signal.count,
            orders: signal.orders,
            percent: signal.percent,
            days: signal.days,
            words: signal.words.into_iter().map(words).collect(),
            cases: signal.cases.into_iter().filter_map(pointed).collect(),
            pieces: signal.pieces,
        }
    }
}

/// Abuse that was noted on a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct AbuseDto {
    /// Where it stands.
    state: AbuseState,
    /// When it was noted.
    at: At,
    /// On which grounds; absent once they were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    grounds: Option<String>,
    /// What the buyer says to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    contest: Option<String>,
    /// What he was told in the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// The clause about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<ClauseDto>,
    /// The shop's own side of it; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<AbuseInsideDto>,
}

/// Who noted abuse, what it rests on, and who may settle what the buyer contests.
#[derive(Serialize, ToSchema)]
pub(crate) struct AbuseInsideDto {
    /// Who.
    #[schema(value_type = String)]
    by: PersonId,
    /// In which role.
    role: Role,
    /// The role that settles it at least, once it is contested.
    reviewer: Role,
    /// Signals it rests on.
    signals: Vec<SignalKind>,
    /// Messages of the buyer it rests on.
    #[schema(value_type = Vec<String>)]
    messages: Vec<TextId>,
    /// Pieces of evidence it rests on.
    #[schema(value_type = Vec<String>)]
    evidence: Vec<EvidenceId>,
    /// Listings that invited it, by their stock-keeping codes.
    listings: BTreeSet<String>,
}

impl AbuseDto {
    pub(crate) fn of(
        case: &Case,
        texts: &BTreeMap<TextId, String>,
        policy: &PolicySet,
        language: Language,
        for_buyer: bool,
    ) -> Option<Self> {
        let abuse = case.abuse.as_deref()?;
        let text = |id: TextId| texts.get(&id).cloned();
        let inside = || AbuseInsideDto {
            by: abuse.by,
            role: abuse.role.into(),
            reviewer: abuse.reviewer().into(),
            signals: abuse.rests_on.signals.iter().copied().map(Into::into).collect(),
            messages: abuse.rests_on.messages.clone(),
            evidence: abuse.rests_on.evidence.clone(),
            listings: abuse.listings.clone(),
        };
        let clause = abuse.clause.as_ref().filter(|_| !for_buyer);
        Some(Self {
            state: abuse.state.into(),
            at: abuse.at.into(),
            grounds: text(abuse.grounds.id),
            contest: abuse.contest.and_then(|said| text(said.id)),
            answer: abuse.answer.and_then(|said| text(said.id)),
            clause: clause.map(|clause| ClauseDto::of(policy, clause, language)),
            inside: (!for_buyer).then(inside),
        })
    }
}

/// To note abuse: something it rests on must be named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteAbuseBody {
    /// On which grounds; the buyer reads them. 1 to 10,000 characters.
    grounds: String,
    /// Signals it rests on.
    #[serde(default)]
    signals: BTreeSet<SignalKind>,
    /// Messages of the buyer, by the ids of their texts; at most 60.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    messages: Vec<TextId>,
    /// Pieces of evidence of this case; at most 60.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    evidence: Vec<EvidenceId>,
    /// Listings of the order that invited it, by their stock-keeping codes; each becomes one to be checked.
    #[serde(default)]
    listings: BTreeSet<String>,
}

impl NoteAbuseBody {
    pub(crate) fn note(self) -> AbuseNote {
        AbuseNote {
            grounds: self.grounds,
            signals: self.signals.into_iter().map(Into::into).collect(),
            messages: self.messages,
            evidence: self.evidence,
            listings: self.listings,
        }
    }
}

/// To uphold what was noted, or to take it back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettleAbuseBody {
    /// Whether it stands.
    pub(crate) upheld: bool,
    /// What the buyer is told; 1 to 10,000 characters.
    pub(crate) text: String,
}

/// A page of the block list.
#[derive(Serialize, ToSchema)]
pub(crate) struct BlocksDto {
    /// The newest first, at most 100; go on with `before` the last one's id.
    blocks: Vec<BlockDto>,
    /// For how many days a buyer may be blocked at most; absent where no clause says so, and then none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    days_max: Option<i64>,
    /// The clause that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    clause: Option<ClauseId>,
}

/// An entry of the block list. Entries are never removed: the list is its own audit.
#[derive(Serialize, ToSchema)]
pub(crate) struct BlockDto {
    /// Its id.
    #[schema(value_type = String)]
    id: BlockId,
    /// Who is blocked.
    #[schema(value_type = String)]
    buyer: BuyerId,
    /// The case it came from.
    #[schema(value_type = Option<String>)]
    case: Option<CaseId>,
    /// Why; absent once the buyer was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// By whom.
    #[schema(value_type = String)]
    added_by: PersonId,
    /// Since when.
    added_at: At,
    /// Until when.
    until: At,
    /// The clause that bounds how long.
    clause: String,
    /// Whether it counts now.
    stands: bool,
    /// Who lifted it before its time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    lifted_by: Option<PersonId>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    lifted_at: Option<At>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    lift_reason: Option<String>,
}

impl BlockDto {
    pub(crate) fn of(row: BlockRow, now: Moment) -> Self {
        Self {
            stands: row.stands(now),
            id: row.id,
            buyer: row.buyer,
            case: row.case,
            reason: row.reason,
            added_by: row.added_by,
            added_at: row.added_at.into(),
            until: row.until_at.into(),
            clause: row.clause,
            lifted_by: row.lifted_by,
            lifted_at: row.lifted_at.map(At),
            lift_reason: row.lift_reason,
        }
    }
}

impl BlocksDto {
    pub(crate) fn of(rows: Vec<BlockRow>, bound: Option<(ClauseId, i64)>, now: Moment) -> Self {
        let (clause, days_max) = bound.unzip();
        Self {
            blocks: rows.into_iter().map(|row| BlockDto::of(row, now)).collect(),
            days_max,
            clause,
        }
    }
}

/// To put a buyer on the block list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BlockAddBody {
    /// Who.
    #[schema(value_type = String)]
    pub(crate) buyer: BuyerId,
    /// The case it comes from, of this buyer.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(crate) case: Option<CaseId>,
    /// Why; 1 to 500 characters.
    pub(crate) reason: String,
    /// Until when.
    pub(crate) until: At,
}

/// To take a buyer off it before his time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BlockLiftBody {
    /// Why; 1 to 500 characters.
    pub(crate) reason: String,
}

/// Listings to be checked, or that were.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListingChecksDto {
    /// The latest first, at most 100; go on with `before` the last one's `opened_at`.
    checks: Vec<ListingCheckDto>,
}

/// A listing that a finding says invited the claim.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListingCheckDto {
    /// The case that says so.
    #[schema(value_type = String)]
    case: CaseId,
    /// Its number.
    number: i64,
    /// The stock-keeping code.
    sku: String,
    /// What the product is called, where the shop knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Whether it was checked.
    done: bool,
    /// Since when it is to be.
    opened_at: At,
    /// When it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    done_at: Option<At>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    done_by: Option<PersonId>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl ListingChecksDto {
    pub(crate) fn of(rows: Vec<CheckRow>) -> Self {
        let check = |row: CheckRow| ListingCheckDto {
            case: row.case,
            number: row.number,
            sku: row.sku,
            title: row.title,
            done: row.done_at.is_some(),
            opened_at: row.opened_at.into(),
            done_at: row.done_at.map(At),
            done_by: row.done_by,
            note: row.note,
        };
        Self {
            checks: rows.into_iter().map(check).collect(),
        }
    }
}

/// To say that a listing was checked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListingCheckDoneBody {
    /// The case that asked for it.
    #[schema(value_type = String)]
    pub(crate) case: CaseId,
    /// The stock-keeping code.
    pub(crate) sku: String,
    /// What came of it; 1 to 500 characters.
    pub(crate) note: String,
}
