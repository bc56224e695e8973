//! One action on many cases: each is a command of its own under a key of its own, and a preview says
//! what would come of it without writing anything.
//!
//! Must not know: what the action means; the domain decides. Tests: `amends-api/tests/it/bulk.rs`.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use amends_domain::actor::Envelope;
use amends_domain::case::Case;
use amends_domain::command::{Command, TextKind};
use amends_domain::digest::{Digest, TextRef};
use amends_domain::ids::{CaseId, PersonId, TextId};
use amends_domain::money::Money;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;
use amends_domain::{State, decide};

use super::case_command::{Given, Key, Told, authority, case_command, case_told};
use super::case_handling::handler;
use super::case_next::facts;
use super::case_read::{case_row, policy_set};
use crate::caller::{Caller, Right, Staff};
use crate::desk::Desk;
use crate::error::{AppError, Reason};

/// Most cases of one request.
pub const CASES_MAX: usize = 200;
/// Longest key: each case's own is this key, a slash and the case's id.
pub const BULK_KEY_CHARS_MAX: usize = 150;

/// What is done with each case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkAct {
    /// Grant what is asked.
    Approve {
        /// Compensation on top.
        compensation: Option<Money>,
    },
    /// Decline.
    Refuse {
        /// A code of the policy's list.
        reason: String,
        /// In the shop's own words.
        text: Option<String>,
    },
    /// Pay the refund that is due.
    Refund,
    /// Hand it to somebody, or to nobody.
    Assign {
        /// To whom.
        to: Option<PersonId>,
    },
    /// Set and remove marks.
    Tag {
        /// Marks to set.
        add: BTreeSet<String>,
        /// Marks to remove.
        remove: BTreeSet<String>,
    },
    /// Put a message or a note on record.
    Say {
        /// For whom.
        kind: TextKind,
        /// What it says.
        text: String,
    },
}

/// One action on many cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseBulk {
    /// What is done.
    pub act: BulkAct,
    /// With which; one that is named twice counts once.
    pub cases: Vec<CaseId>,
    /// The terms the caller saw of them: one that has changed since is left alone.
    pub terms: BTreeMap<CaseId, u64>,
}

/// What came of a case, or would come of it.
#[derive(Debug)]
pub struct BulkDone {
    /// Its number in the shop.
    pub number: i64,
    /// Its terms: after the command, or as a preview saw them.
    pub terms: u64,
    /// It had been carried out before under the same key.
    pub replayed: bool,
    /// What is paid to the buyer by it, now or once his goods are back.
    pub pays: Money,
}

/// A case with what came of it.
pub type BulkRow = (CaseId, Result<BulkDone, AppError>);

/// Carries the action out, case by case. One that is declined does not stop the others.
pub async fn case_bulk(
    desk: &Desk,
    staff: &Staff,
    bulk: CaseBulk,
    key: &Key,
) -> Result<Vec<BulkRow>, AppError> {
    let (caller, cases) = checked(desk, staff, &bulk).await?;
    if key.key.chars().count() > BULK_KEY_CHARS_MAX {
        return Err(AppError::Invalid {
            field: "Idempotency-Key",
            reason: Reason::Length {
                chars_max: BULK_KEY_CHARS_MAX,
            },
        });
    }
    let mut rows = Vec::with_capacity(cases.len());
    for case in cases {
        let key = Key {
            key: format!("{}/{case}", key.key),
            request: key.request,
        };
        let terms = bulk.terms.get(&case).copied();
        let done = carried_out(desk, &caller, case, &bulk.act, terms, key).await;
        rows.push((case, done));
    }
    Ok(rows)
}

/// What would come of it: each case is decided as it is now, and nothing is written.
pub async fn case_bulk_preview(desk: &Desk, staff: &Staff, bulk: CaseBulk) -> Result<Vec<BulkRow>, AppError> {
    let (caller, cases) = checked(desk, staff, &bulk).await?;
    let mut policies = BTreeMap::new();
    let mut rows = Vec::with_capacity(cases.len());
    for case in cases {
        let terms = bulk.terms.get(&case).copied();
        let done = tried(desk, &caller, case, &bulk.act, terms, &mut policies).await;
        rows.push((case, done));
    }
    Ok(rows)
}

/// Checks what is the same for every case, before anything is done with the first.
async fn checked(desk: &Desk, staff: &Staff, bulk: &CaseBulk) -> Result<(Caller, Vec<CaseId>), AppError> {
    staff.require(Right::Handle)?;
    let mut named = BTreeSet::new();
    let mut cases = bulk.cases.clone();
    cases.retain(|case| named.insert(*case));
    if cases.is_empty() || cases.len() > CASES_MAX {
        return Err(AppError::Invalid {
            field: "cases",
            reason: Reason::Other(format!("must name 1 to {CASES_MAX} cases")),
        });
    }
    if let BulkAct::Assign { to } = &bulk.act {
        handler(desk, staff.shop, *to).await?;
    }
    let caller = Caller::Staff(staff.clone());
    if let Some(text) = bulk.act.text() {
        desk.text(&caller.scope(), text.to_owned(), desk.clock.now())?;
    }
    Ok((caller, cases))
}

async fn carried_out(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    act: &BulkAct,
    if_terms: Option<u64>,
    key: Key,
) -> Result<BulkDone, AppError> {
    let key = Some(key);
    let committed = if let Some(text) = act.text().map(str::to_owned) {
        let build = |text| act.command(text);
        let told = Told {
            text,
            build,
            if_terms,
            key,
        };
        case_told(desk, caller, case, told).await?
    } else {
        let build = |_| act.command(unsaid(desk.clock.now()));
        let given = Given {
            text: None,
            build,
            if_terms,
            key,
        };
        case_command(desk, caller, case, given).await?
    };
    let row = case_row(desk, caller, case).await?;
    Ok(BulkDone {
        number: committed.number,
        terms: committed.terms,
        replayed: committed.replayed,
        pays: act.pays(&row.case),
    })
}

async fn tried(
    desk: &Desk,
    caller: &Caller,
    case: CaseId,
    act: &BulkAct,
    if_terms: Option<u64>,
    policies: &mut BTreeMap<Digest, PolicySet>,
) -> Result<BulkDone, AppError> {
    let row = case_row(desk, caller, case).await?;
    let hash = row.case.policy;
    let policy = match policies.entry(hash) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(free) => free.insert(policy_set(desk, caller.shop(), hash).await?),
    };
    let (facts, ledger) = facts(desk, caller.shop(), &row.case).await?;
    let at = desk.clock.now();
    let envelope = Envelope {
        case,
        actor: caller.actor(),
        authority: authority(desk, caller).await?,
        at,
        if_terms,
    };
    let terms = row.case.terms;
    let state = State {
        case: Some(row.case),
        ledger,
    };
    let decision = decide(&state, &facts, policy, &envelope, &act.command(unsaid(at)))?;
    let after = decision.state.case.ok_or(AppError::NotFound { what: "case" })?;
    Ok(BulkDone {
        number: row.number,
        terms,
        replayed: false,
        pays: act.pays(&after),
    })
}

/// Stands for words that are not stored: which text they become makes no difference to the rules.
fn unsaid(at: Moment) -> TextRef {
    TextRef {
        id: TextId::new(at, [0; 10]),
        digest: Digest::ZERO,
    }
}

impl BulkAct {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Refuse { text, .. } => text.as_deref(),
            Self::Say { text, .. } => Some(text),
            Self::Approve { .. } | Self::Refund | Self::Assign { .. } | Self::Tag { .. } => None,
        }
    }

    /// The command; `said` stands for its words, where it has any.
    fn command(&self, said: TextRef) -> Command {
        match self {
            Self::Approve { compensation } => Command::Approve {
                compensation: *compensation,
            },
            Self::Refuse { reason, text } => Command::Refuse {
                reason: reason.clone(),
                text: text.as_ref().map(|_| said),
            },
            Self::Refund => Command::Refund,
            Self::Assign { to } => Command::Assign { to: *to },
            Self::Tag { add, remove } => Command::Tag {
                add: add.clone(),
                remove: remove.clone(),
            },
            Self::Say { kind, .. } => Command::AddText {
                kind: *kind,
                text: said,
            },
        }
    }

    /// What a case in this state pays by it.
    fn pays(&self, case: &Case) -> Money {
        let due = case.refund.as_ref().map(|refund| refund.breakdown.total());
        let asked = || {
            if case.kind.asks_money() {
                case.claim.amount + case.compensation
            } else {
                0
            }
        };
        let minor = match self {
            Self::Approve { .. } => due.unwrap_or_else(asked),
            Self::Refund => due.unwrap_or(0),
            Self::Refuse { .. } | Self::Assign { .. } | Self::Tag { .. } | Self::Say { .. } => 0,
        };
        Money::clamped(minor, case.currency)
    }
}
