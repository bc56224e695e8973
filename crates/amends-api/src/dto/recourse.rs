//! What went wrong with a parcel, and what the shop asks of others for it, as they are read and written.
//!
//! Must not know: what is allowed. Tests: `tests/it/recourses.rs`, `tests/it/naughty.rs`.

use amends_domain::case::Case;
use amends_domain::case::recourse::{Carriage, RecourseAnswer, RecourseStage};
use amends_domain::ids::EvidenceId;
use amends_domain::money::Money;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case_write::ParcelDto;
use super::values::{At, MoneyDto};
use super::words::{Addressee, ParcelFault};
use crate::problem::Problem;

/// A parcel with which something went wrong.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExceptionDto {
    /// What.
    fault: ParcelFault,
    /// Which parcel.
    parcel: ParcelDto,
    /// When it was noticed.
    noticed_at: At,
    /// Whether the buyer heard of it from the shop.
    told: bool,
    /// Whether a carrier can owe for it.
    carriers: bool,
    /// What is asked of others for it, the platform first.
    recourses: Vec<RecourseDto>,
}

/// What the shop asks of somebody for a parcel.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecourseDto {
    /// Of whom.
    to: Addressee,
    /// Where it stands: `filed`, `more_wanted`, `granted`, `settled`, `declined` or `dropped`.
    stage: &'static str,
    /// How much is asked, where money is.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<MoneyDto>,
    /// How much was granted, while it is still to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    granted: Option<MoneyDto>,
    /// What came in.
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<MoneyDto>,
    /// When it was filed, the last time.
    filed_at: At,
    /// How often it was supplemented.
    supplements: u32,
}

impl ExceptionDto {
    /// A case's exception, where it has one.
    pub(crate) fn of(case: &Case) -> Option<Self> {
        let exception = case.exception.as_ref()?;
        let some = |minor: i64| (minor > 0).then(|| MoneyDto::of(minor, case.currency));
        let recourses = case.recourses.iter().map(|(to, recourse)| RecourseDto {
            to: (*to).into(),
            stage: recourse.stage.code(),
            asked: some(recourse.asked),
            granted: match recourse.stage {
                RecourseStage::Granted { amount } => some(amount),
                _ => None,
            },
            received: some(recourse.received),
            filed_at: recourse.filed_at.into(),
            supplements: recourse.supplements,
        });
        Some(Self {
            fault: exception.fault.into(),
            parcel: ParcelDto::of(&exception.parcel),
            noticed_at: exception.noticed_at.into(),
            told: exception.told,
            carriers: exception.fault.is_carriers(),
            recourses: recourses.collect(),
        })
    }
}

/// Something went wrong with a parcel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExceptionBody {
    /// What.
    pub(crate) fault: ParcelFault,
    /// Its carrier.
    pub(crate) carrier: String,
    /// Its number.
    pub(crate) waybill: String,
    /// What is known of it; the shop's own record.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// What is filed with the platform or the carrier.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileRecourseBody {
    /// Of whom it is asked.
    pub(crate) to: Addressee,
    /// How much; of a carrier without it what he owes at most.
    #[serde(default)]
    pub(crate) amount: Option<MoneyDto>,
    /// The value the parcel was insured for.
    #[serde(default)]
    insured: Option<MoneyDto>,
    /// What the shop paid for carrying it.
    #[serde(default)]
    freight: Option<MoneyDto>,
    /// What it says; 1 to 10,000 characters.
    pub(crate) text: String,
    /// The pieces of evidence it rests on, of this case; one at least.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub(crate) evidence: Vec<EvidenceId>,
}

impl FileRecourseBody {
    pub(crate) fn carriage(&self) -> Carriage {
        let money = |money: &Option<MoneyDto>| money.as_ref().map(|MoneyDto(money)| *money);
        Carriage {
            insured: money(&self.insured),
            freight: money(&self.freight),
        }
    }
}

/// What is added to it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupplementRecourseBody {
    /// Of whom it is asked.
    pub(crate) to: Addressee,
    /// What it says; 1 to 10,000 characters.
    pub(crate) text: String,
    /// The pieces of evidence that are new, of this case.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub(crate) evidence: Vec<EvidenceId>,
}

/// What was answered to a recourse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RecourseAnswerWord {
    /// More is wanted.
    MoreWanted,
    /// It is granted.
    Granted,
    /// It is declined.
    Declined,
}

/// What the platform or the carrier answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerRecourseBody {
    /// Who answered.
    pub(crate) to: Addressee,
    /// What.
    answer: RecourseAnswerWord,
    /// What is granted, where money was asked.
    #[serde(default)]
    amount: Option<MoneyDto>,
    /// In which words.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

impl AnswerRecourseBody {
    pub(crate) fn answer(&self) -> Result<RecourseAnswer, Problem> {
        let amount: Option<Money> = self.amount.as_ref().map(|MoneyDto(money)| *money);
        match (self.answer, amount) {
            (RecourseAnswerWord::Granted, amount) => Ok(RecourseAnswer::Granted { amount }),
            (RecourseAnswerWord::MoreWanted, None) => Ok(RecourseAnswer::MoreWanted),
            (RecourseAnswerWord::Declined, None) => Ok(RecourseAnswer::Declined),
            (_, Some(_)) => Err(Problem::invalid("amount", "only what is granted has one")),
        }
    }
}

/// Money that came in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiveRecourseBody {
    /// From whom.
    pub(crate) to: Addressee,
    /// How much.
    pub(crate) amount: MoneyDto,
    /// Where it can be looked up.
    pub(crate) reference: String,
}

/// Why it is let go of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DropRecourseBody {
    /// Of whom it was asked.
    pub(crate) to: Addressee,
    /// 1 to 10,000 characters.
    pub(crate) text: String,
}
