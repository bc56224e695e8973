//! The status of each refusal: 409 for the state of things, 422 for what was sent, 403 for who asks.
//!
//! Must not know: texts. Tests: `texts/tests.rs`.

use amends_domain::policy::condition::Verdict;
use amends_domain::refusal::Refusal;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Problem;

#[expect(clippy::too_many_lines, reason = "a line for each refusal, and nothing else")]
pub(super) fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NoSuchCase => StatusCode::NOT_FOUND,
        Refusal::NotForYou { .. }
        | Refusal::AbuseSettledByAnother { .. }
        | Refusal::GoodwillNeedsSupervisor { .. }
        | Refusal::AboveAuthority { .. } => StatusCode::FORBIDDEN,
        Refusal::StaleTerms { .. } => StatusCode::PRECONDITION_FAILED,
        Refusal::CaseExists
        | Refusal::CaseClosed
        | Refusal::NotNow { .. }
        | Refusal::RepairTaken { .. }
        | Refusal::NotCovered { .. }
        | Refusal::OrderCancelled
        | Refusal::NotDelivered
        | Refusal::ReportEarly { .. }
        | Refusal::OrderUnpaid
        | Refusal::OrderPaid
        | Refusal::PaymentFollowed { .. }
        | Refusal::PaymentKnown { .. }
        | Refusal::NotInHand { .. }
        | Refusal::NothingToRefund { .. }
        | Refusal::AboveWhatIsLeft { .. }
        | Refusal::TooManyRenewals { .. }
        | Refusal::FreightIsBuyers
        | Refusal::WrongDifference { .. }
        | Refusal::KindNotOffered { .. }
        | Refusal::EvidenceLate { .. }
        | Refusal::RecourseLate { .. }
        | Refusal::CarrierNotLiable { .. }
        | Refusal::BuyerFirst
        | Refusal::RatingLate { .. }
        | Refusal::NoSuchReview { .. }
        | Refusal::ReviewNotUnchanged { .. }
        | Refusal::NothingToPublish { .. }
        | Refusal::ReviewsOpen { .. }
        | Refusal::NotMeasured { .. }
        | Refusal::SettledBefore { .. }
        | Refusal::RightStands { .. }
        | Refusal::ProofMustNotBeAsked { .. }
        | Refusal::RemedyNotMet { .. }
        | Refusal::OfferReplaced { .. }
        | Refusal::NoSuchStep { .. }
        | Refusal::NoSuchPromise { .. }
        | Refusal::PromisePassed { .. }
        | Refusal::PromisesOpen { .. }
        | Refusal::TooManyReopenings { .. }
        | Refusal::TooMany { .. }
        | Refusal::WrongKind { .. } => StatusCode::CONFLICT,
        Refusal::OrderNeeded
        | Refusal::UnknownReason { .. }
        | Refusal::UnknownRefusalReason { .. }
        | Refusal::UnknownCause { .. }
        | Refusal::AmountNeeded
        | Refusal::UnknownLine { .. }
        | Refusal::NoUnits
        | Refusal::WrongCurrency { .. }
        | Refusal::AmountOnExchange
        | Refusal::UnknownProduct { .. }
        | Refusal::InspectionDoesNotAddUp { .. }
        | Refusal::RejectionUnproven
        | Refusal::AbuseUngrounded
        | Refusal::AboveFreightBound { .. }
        | Refusal::AboveCarrierLiability { .. }
        | Refusal::AboveWhatIsAsked { .. }
        | Refusal::RecourseUnproven
        | Refusal::UnknownCover { .. }
        | Refusal::AboveCover { .. }
        | Refusal::VisitOutOfTime { .. }
        | Refusal::VisitOutsideHours
        | Refusal::CompensationWithoutClause { .. }
        | Refusal::SharesDoNotAddUp { .. }
        | Refusal::NoSuchRemedy { .. }
        | Refusal::RemedyAmount { .. }
        | Refusal::OptionsCount { .. }
        | Refusal::NoSuchOption { .. }
        | Refusal::PickupOutOfTime { .. }
        | Refusal::PayByOutOfTime { .. }
        | Refusal::PaymentOutOfTime { .. }
        | Refusal::PromiseInPast { .. }
        | Refusal::PromiseTooFar { .. }
        | Refusal::NotUpward { .. }
        | Refusal::WrongScore
        | Refusal::TextLength { .. } => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let mut facts = serde_json::to_value(&refusal).unwrap_or_default();
        if let Value::Object(facts) = &mut facts {
            facts.remove("code");
            if let Refusal::RemedyNotMet { explanation } = &refusal {
                let open = explanation
                    .findings
                    .iter()
                    .filter(|one| one.verdict != Verdict::Met);
                let conditions: Vec<&str> = open.map(|one| one.condition.as_str()).collect();
                facts.insert("clause".to_owned(), json!(explanation.clause));
                facts.insert("unmet".to_owned(), json!(conditions));
            }
        }
        Self::new(status(&refusal), refusal.code(), facts)
    }
}
