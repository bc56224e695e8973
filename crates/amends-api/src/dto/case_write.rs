//! Bodies of commands on cases. Field by field what the commands carry; nothing else is taken.
//!
//! Must not know: what is allowed. Tests: `tests/it/stories.rs`, `tests/it/naughty.rs`.

use amends_app::cases::Committed;
use amends_app::orders::draft::bounded;
use amends_domain::case::{Parcel, Pickup, Ruling};
use amends_domain::command::LineFinding;
use amends_domain::ids::{CaseId, EvidenceId, LineId};
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::{At, MoneyDto};
use super::words::ContactWay;
use crate::problem::Problem;

/// Nothing to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NothingBody {}

/// To grant a request.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveBody {
    /// Compensation on top, where a clause allows it.
    #[serde(default)]
    pub(crate) compensation: Option<MoneyDto>,
}

/// To decline a request.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefuseBody {
    /// A code of the policy's list.
    pub(crate) reason: String,
    /// In the shop's own words.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// To ask again after a refusal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenewBody {
    /// Another amount, or the same.
    #[serde(default)]
    pub(crate) amount: Option<MoneyDto>,
    /// What the buyer says.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// A parcel.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParcelDto {
    /// The carrier's name or code.
    pub(crate) carrier: String,
    /// The waybill number.
    pub(crate) waybill: String,
}

impl ParcelDto {
    pub(crate) fn parcel(self) -> Result<Parcel, Problem> {
        bounded("carrier", &self.carrier)?;
        bounded("waybill", &self.waybill)?;
        Ok(Parcel {
            carrier: self.carrier,
            waybill: self.waybill,
        })
    }

    pub(crate) fn of(parcel: &Parcel) -> Self {
        Self {
            carrier: parcel.carrier.clone(),
            waybill: parcel.waybill.clone(),
        }
    }
}

/// A carrier comes for the return.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PickupDto {
    /// The carrier's name or code.
    pub(crate) carrier: String,
    /// From when he may come.
    pub(crate) from: At,
    /// Until when: ahead, and before the return has to be on its way.
    pub(crate) until: At,
    /// The carrier's number of the booking.
    #[serde(default)]
    pub(crate) reference: Option<String>,
}

impl PickupDto {
    pub(crate) fn pickup(self) -> Result<Pickup, Problem> {
        bounded("carrier", &self.carrier)?;
        if let Some(reference) = &self.reference {
            bounded("reference", reference)?;
        }
        Ok(Pickup {
            carrier: self.carrier,
            from: self.from.0,
            until: self.until.0,
            reference: self.reference,
        })
    }

    pub(crate) fn of(pickup: &Pickup) -> Self {
        Self {
            carrier: pickup.carrier.clone(),
            from: At(pickup.from),
            until: At(pickup.until),
            reference: pickup.reference.clone(),
        }
    }
}

/// What an inspection found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InspectBody {
    /// Line by line; together the units claimed.
    pub(crate) findings: Vec<FindingBody>,
    /// The buyer's return freight, where the shop bears it.
    #[serde(default)]
    pub(crate) return_freight: Option<MoneyDto>,
    /// What is recorded about it; needed with units not taken back.
    #[serde(default)]
    pub(crate) text: Option<String>,
    /// The pictures of it, pieces of evidence of this case; needed with units not taken back.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub(crate) evidence: Vec<EvidenceId>,
}

/// What an inspection found on a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingBody {
    /// The line.
    #[schema(value_type = String)]
    line: LineId,
    /// Units taken back.
    accepted: u32,
    /// Units received and not taken back.
    #[serde(default)]
    rejected: u32,
    /// Units not in the parcel.
    #[serde(default)]
    missing: u32,
}

impl FindingBody {
    pub(crate) fn finding(&self) -> LineFinding {
        LineFinding {
            line: self.line,
            accepted: self.accepted,
            rejected: self.rejected,
            missing: self.missing,
        }
    }
}

/// A refund that was paid outside the provider.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordRefundBody {
    /// Where it can be looked up.
    pub(crate) reference: String,
}

/// A difference that was paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PayDifferenceBody {
    /// How much.
    pub(crate) amount: MoneyDto,
    /// Where it can be looked up.
    pub(crate) reference: String,
}

/// The platform's ruling.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleBody {
    /// How.
    ruling: RulingWord,
    /// What is granted, when it is a part.
    #[serde(default)]
    amount: Option<MoneyDto>,
    /// On which grounds, where it is known.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// How the platform rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RulingWord {
    /// As the buyer asked.
    ForBuyer,
    /// The refusal stands.
    ForShop,
    /// A part of what was asked.
    InPart,
}

impl RuleBody {
    /// The ruling, for a case in this currency.
    pub(crate) fn ruling(self, currency: amends_domain::money::Currency) -> Result<Ruling, Problem> {
        match (self.ruling, self.amount) {
            (RulingWord::ForBuyer, None) => Ok(Ruling::ForBuyer),
            (RulingWord::ForShop, None) => Ok(Ruling::ForShop),
            (RulingWord::InPart, Some(MoneyDto(amount))) if amount.currency() == currency => {
                Ok(Ruling::InPart {
                    amount: amount.minor(),
                })
            }
            (RulingWord::InPart, Some(MoneyDto(amount))) => {
                let (given, order) = (amount.currency(), currency);
                Err(amends_domain::refusal::Refusal::WrongCurrency { given, order }.into())
            }
            (RulingWord::InPart, None) => Err(Problem::invalid("amount", "a ruling in part needs it")),
            (_, Some(_)) => Err(Problem::invalid("amount", "only a ruling in part has one")),
        }
    }
}

/// A message, a note or a reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextBody {
    /// 1 to 10,000 characters.
    pub(crate) text: String,
}

/// A reason that may be left out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionalTextBody {
    /// 1 to 10,000 characters.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// What came of asking the buyer afterwards.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowUpBody {
    /// 1 to 5.
    #[serde(default)]
    pub(crate) score: Option<u8>,
    /// What he said.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// A command that was accepted. Its `ETag` is the case's terms.
#[derive(Serialize, ToSchema)]
pub(crate) struct Accepted {
    /// The case.
    #[schema(value_type = String)]
    case: CaseId,
    /// Its number in the shop.
    number: i64,
    /// Its events after the command.
    seq: u64,
    /// Its terms after the command: what `If-Match` asks for.
    terms: u64,
    /// It had been carried out before under the same key; nothing was done now.
    replayed: bool,
}

/// The `ETag` of a case: its terms.
pub(crate) fn etag(terms: u64) -> [(axum::http::HeaderName, String); 1] {
    [(ETAG, format!("\"{terms}\""))]
}

/// The answer to an accepted command.
pub(crate) fn accepted(status: StatusCode, committed: &Committed) -> Response {
    let Committed {
        case,
        number,
        seq,
        terms,
        replayed,
        ..
    } = *committed;
    (
        status,
        etag(terms),
        Json(Accepted {
            case,
            number,
            seq,
            terms,
            replayed,
        }),
    )
        .into_response()
}

/// A talk with the buyer outside this desk.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactBody {
    /// How.
    pub(crate) way: ContactWay,
    /// Whether he was reached.
    pub(crate) reached: bool,
    /// What was said, or why not; 1 to 10,000 characters.
    pub(crate) text: String,
}
