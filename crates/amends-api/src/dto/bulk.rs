//! One action on many cases, over the wire: which, on which, and what came of each.
//!
//! Must not know: what is allowed. Tests: `tests/it/bulk.rs`.

use std::collections::BTreeMap;

use amends_app::cases::case_bulk::{BulkAct, BulkRow, CaseBulk};
use amends_domain::command::TextKind;
use amends_domain::ids::CaseId;
use amends_domain::money::{Currency, Money};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::case_write::{ApproveBody, NothingBody, RefuseBody, TextBody};
use super::handling::{AssignBody, TagBody};
use super::refused::RefusedDto;
use super::values::MoneyDto;
use crate::language::Language;
use crate::problem::Problem;

/// One action on many cases.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkBody {
    /// What is done with each.
    action: BulkAction,
    /// With which; 1 to 200.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 200)]
    cases: Vec<CaseId>,
    /// What the body of the action's own route has.
    #[serde(default)]
    #[schema(value_type = Object, example = json!({ "reason": "used" }))]
    arguments: Map<String, Value>,
    /// The terms of each case as they were seen, by its id: one that has changed since is left alone.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, u64>)]
    terms: BTreeMap<CaseId, u64>,
    /// Whether only to say what would come of it; nothing is written then.
    #[serde(default)]
    pub(crate) preview: bool,
}

/// What can be done with many cases at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BulkAction {
    /// Grant what is asked.
    Approve,
    /// Decline, with a reason.
    Refuse,
    /// Pay the refund that is due.
    Refund,
    /// Hand them to somebody, or to nobody.
    Assign,
    /// Set and remove marks.
    Tag,
    /// Write to the buyers.
    Message,
    /// Put a note on record.
    Note,
}

/// What came of it, or would.
#[derive(Serialize, ToSchema)]
#[schema(as = Bulk)]
pub(crate) struct BulkDto {
    /// Nothing was written.
    preview: bool,
    /// How many were done, or would be.
    done: usize,
    /// How many were declined, or would be.
    refused: usize,
    /// What is paid to buyers by it, now or once goods are back: one sum for each currency.
    totals: Vec<MoneyDto>,
    /// Case by case, in the order they were named in.
    cases: Vec<BulkCaseDto>,
}

/// What came of one case: exactly one of `done` and `refused`.
#[derive(Serialize, ToSchema)]
#[schema(as = BulkCase)]
pub(crate) struct BulkCaseDto {
    /// The case.
    #[schema(value_type = String)]
    case: CaseId,
    /// What was done, or would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<BulkDoneDto>,
    /// Why it was declined, or would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<RefusedDto>,
}

/// What was done with a case.
#[derive(Serialize, ToSchema)]
#[schema(as = BulkDone)]
pub(crate) struct BulkDoneDto {
    /// Its number in the shop.
    number: i64,
    /// Its terms: after the command, or as a preview saw them.
    terms: u64,
    /// It had been carried out before under the same key; nothing was done now.
    replayed: bool,
    /// What is paid to the buyer by it, now or once his goods are back.
    pays: MoneyDto,
}

impl BulkBody {
    pub(crate) fn bulk(self) -> Result<CaseBulk, Problem> {
        let arguments = self.arguments;
        let act = match self.action {
            BulkAction::Approve => {
                let ApproveBody { compensation } = read(arguments)?;
                let compensation = compensation.map(|money| money.0);
                BulkAct::Approve { compensation }
            }
            BulkAction::Refuse => {
                let RefuseBody { reason, text } = read(arguments)?;
                BulkAct::Refuse { reason, text }
            }
            BulkAction::Refund => {
                let NothingBody {} = read(arguments)?;
                BulkAct::Refund
            }
            BulkAction::Assign => {
                let AssignBody { to } = read(arguments)?;
                BulkAct::Assign { to }
            }
            BulkAction::Tag => {
                let TagBody { add, remove } = read(arguments)?;
                BulkAct::Tag { add, remove }
            }
            BulkAction::Message => said(TextKind::Message, arguments)?,
            BulkAction::Note => said(TextKind::Note, arguments)?,
        };
        Ok(CaseBulk {
            act,
            cases: self.cases,
            terms: self.terms,
        })
    }
}

fn said(kind: TextKind, arguments: Map<String, Value>) -> Result<BulkAct, Problem> {
    let TextBody { text } = read(arguments)?;
    Ok(BulkAct::Say { kind, text })
}

/// The arguments as the body of the action's own route.
fn read<T: DeserializeOwned>(arguments: Map<String, Value>) -> Result<T, Problem> {
    serde_path_to_error::deserialize(Value::Object(arguments)).map_err(|fault| {
        let path = fault.path().to_string();
        let field = match path.as_str() {
            "." => "arguments".to_owned(),
            path => format!("arguments.{path}"),
        };
        Problem::invalid(&field, fault.inner().to_string())
    })
}

impl BulkDto {
    pub(crate) fn of(rows: Vec<BulkRow>, preview: bool, language: Language) -> Self {
        let mut totals: BTreeMap<Currency, i64> = BTreeMap::new();
        let (mut done, mut refused) = (0, 0);
        let mut cases = Vec::with_capacity(rows.len());
        for (case, outcome) in rows {
            let mut entry = BulkCaseDto {
                case,
                done: None,
                refused: None,
            };
            match outcome {
                Ok(row) => {
                    done += 1;
                    let total = totals.entry(row.pays.currency()).or_default();
                    *total = total.saturating_add(row.pays.minor());
                    entry.done = Some(BulkDoneDto {
                        number: row.number,
                        terms: row.terms,
                        replayed: row.replayed,
                        pays: row.pays.into(),
                    });
                }
                Err(fault) => {
                    refused += 1;
                    entry.refused = Some(RefusedDto::of(fault.into(), language));
                }
            }
            cases.push(entry);
        }
        let total = |(currency, minor): (Currency, i64)| Money::clamped(minor, currency).into();
        Self {
            preview,
            done,
            refused,
            totals: totals.into_iter().map(total).collect(),
            cases,
        }
    }
}
