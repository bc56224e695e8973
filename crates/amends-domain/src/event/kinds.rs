//! What kind of event one is: its stable name, whether it judges rights, whether decisions made before it
//! still hold.
//!
//! Must not know: what an event makes of a case. Tests: `tests/it/golden.rs`.

use super::{Event, ExceptionNoted, RecourseFiled, RepairReported, VisitEnded};
use crate::digest::TextRef;
use crate::policy::Explanation;

impl Event {
    /// Names of the events that may judge a case's rights.
    pub const JUDGING: &[&str] = &["opened", "renewed", "supplied", "found", "reopened"];

    /// Each right as this event judged it, if it did.
    pub fn explanations(&self) -> Option<&[Explanation]> {
        match self {
            Self::Opened(opened) => Some(&opened.explanations),
            Self::Renewed { judged, .. }
            | Self::Supplied { judged, .. }
            | Self::Found { judged, .. }
            | Self::Reopened { judged, .. } => judged.as_ref().map(|judged| judged.explanations.as_slice()),
            _ => None,
        }
    }

    /// The version new events are written in.
    pub const VERSION: i64 = 1;

    /// The stable name of its type.
    #[expect(clippy::too_many_lines, reason = "a line for each event, and nothing else")]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::ClockStarted { .. } => "clock_started",
            Self::ClockStopped { .. } => "clock_stopped",
            Self::ClockWarned { .. } => "clock_warned",
            Self::ClockExpired { .. } => "clock_expired",
            Self::Approved { .. } => "approved",
            Self::Refused { .. } => "refused",
            Self::Renewed { .. } => "renewed",
            Self::EvidenceAsked { .. } => "evidence_asked",
            Self::ContactLogged { .. } => "contact_logged",
            Self::PickupBooked { .. } => "pickup_booked",
            Self::ReturnShipped { .. } => "return_shipped",
            Self::Inspected { .. } => "inspected",
            Self::SentBack { .. } => "sent_back",
            Self::RefundDue { .. } => "refund_due",
            Self::RefundOrdered { .. } => "refund_ordered",
            Self::RefundRetried { .. } => "refund_retried",
            Self::RefundFailed { .. } => "refund_failed",
            Self::RefundUnknown { .. } => "refund_unknown",
            Self::RefundPaid { .. } => "refund_paid",
            Self::RefundRecorded { .. } => "refund_recorded",
            Self::RefundPaidTwice { .. } => "refund_paid_twice",
            Self::DifferenceOwed { .. } => "difference_owed",
            Self::DifferenceNetted { .. } => "difference_netted",
            Self::DifferencePaid { .. } => "difference_paid",
            Self::ReplacementDue => "replacement_due",
            Self::ReplacementShipped { .. } => "replacement_shipped",
            Self::ReplacementReceived => "replacement_received",
            Self::ConvertedToRefund { .. } => "converted_to_refund",
            Self::InterventionAsked { .. } => "intervention_asked",
            Self::InterventionWithdrawn => "intervention_withdrawn",
            Self::StatementSubmitted { .. } => "statement_submitted",
            Self::Ruled { .. } => "ruled",
            Self::Appealed { .. } => "appealed",
            Self::ExceptionNoted(_) => "exception_noted",
            Self::ExceptionTold => "exception_told",
            Self::RecourseFiled(_) => "recourse_filed",
            Self::RecourseSupplemented { .. } => "recourse_supplemented",
            Self::RecourseAnswered { .. } => "recourse_answered",
            Self::RecourseReceived { .. } => "recourse_received",
            Self::RecourseDropped { .. } => "recourse_dropped",
            Self::Escalated { .. } => "escalated",
            Self::Closed { .. } => "closed",
            Self::FollowUpDue => "follow_up_due",
            Self::FollowUpRecorded { .. } => "follow_up_recorded",
            Self::TextAdded { .. } => "text_added",
            Self::Reopened { .. } => "reopened",
            Self::RepairDue => "repair_due",
            Self::RepairDeclined => "repair_declined",
            Self::RepairedShipped { .. } => "repaired_shipped",
            Self::RepairedReceived => "repaired_received",
            Self::Resolved { .. } => "resolved",
            Self::Offered { .. } => "offered",
            Self::OfferDeclined { .. } => "offer_declined",
            Self::Agreed { .. } => "agreed",
            Self::BoughtBack { .. } => "bought_back",
            Self::RejectionOverruled { .. } => "rejection_overruled",
            Self::StepDone { .. } => "step_done",
            Self::TrialStarted => "trial_started",
            Self::TrialEnded { .. } => "trial_ended",
            Self::Supplied { .. } => "supplied",
            Self::Found { .. } => "found",
            Self::AbuseNoted(_) => "abuse_noted",
            Self::AbuseContested { .. } => "abuse_contested",
            Self::AbuseSettled { .. } => "abuse_settled",
            Self::Assessed { .. } => "assessed",
            Self::PassedUp { .. } => "passed_up",
            Self::PassedAnswered { .. } => "passed_answered",
            Self::Assigned { .. } => "assigned",
            Self::Tagged { .. } => "tagged",
            Self::ReplyDue => "reply_due",
            Self::Replied => "replied",
            Self::Promised { .. } => "promised",
            Self::PromiseKept { .. } => "promise_kept",
            Self::PromiseMoved { .. } => "promise_moved",
            Self::PromiseBroken { .. } => "promise_broken",
            Self::ArrivalAwaited => "arrival_awaited",
            Self::MoneyArrived => "money_arrived",
            Self::ReviewReceived(_) => "review_received",
            Self::ReviewJudged { .. } => "review_judged",
            Self::ReviewEnded { .. } => "review_ended",
            Self::ReviewExplained { .. } => "review_explained",
            Self::ExplanationPublished { .. } => "explanation_published",
            Self::OrderLetterSent => "order_letter_sent",
            Self::OrderLetterAnswered => "order_letter_answered",
            Self::PaymentReminded { .. } => "payment_reminded",
            Self::PaymentRecorded(_) => "payment_recorded",
            Self::OrderDispatched(_) => "order_dispatched",
            Self::NonPaymentReported(_) => "non_payment_reported",
            Self::CoverClaimed(_) => "cover_claimed",
            Self::RepairOrdered(_) => "repair_ordered",
            Self::RepairReported(_) => "repair_reported",
            Self::CoverDeclined { .. } => "cover_declined",
            Self::CoverSettled(_) => "cover_settled",
            Self::CoverDropped { .. } => "cover_dropped",
            Self::VisitBooked(_) => "visit_booked",
            Self::VisitEnded(_) => "visit_ended",
        }
    }

    /// The text it refers to.
    pub fn text(&self) -> Option<TextRef> {
        match self {
            Self::Opened(opened) => opened.text,
            Self::Refused { text, .. }
            | Self::Renewed { text, .. }
            | Self::Inspected { text, .. }
            | Self::InterventionAsked { text, .. }
            | Self::Ruled { text, .. }
            | Self::EvidenceAsked { text, .. }
            | Self::Offered { text, .. }
            | Self::OfferDeclined { text, .. }
            | Self::TrialEnded { text, .. }
            | Self::PassedUp { text, .. }
            | Self::ExceptionNoted(ExceptionNoted { text, .. })
            | Self::RecourseAnswered { text, .. }
            | Self::PassedAnswered { text }
            | Self::FollowUpRecorded { text, .. } => *text,
            Self::ReviewReceived(given) => given.text,
            Self::NonPaymentReported(reported) => reported.text,
            Self::TextAdded { text, .. }
            | Self::ReviewExplained { text, .. }
            | Self::ContactLogged { text, .. }
            | Self::StatementSubmitted { text, .. }
            | Self::Appealed { text, .. }
            | Self::RecourseFiled(RecourseFiled { text, .. })
            | Self::RecourseSupplemented { text, .. }
            | Self::RecourseDropped { text, .. }
            | Self::AbuseContested { text }
            | Self::CoverDeclined { text }
            | Self::CoverDropped { text }
            | Self::AbuseSettled { text, .. }
            | Self::Resolved { text }
            | Self::Promised { text, .. }
            | Self::PromiseMoved { text, .. }
            | Self::Reopened { text, .. } => Some(*text),
            Self::Found { finding, .. } => Some(finding.grounds),
            Self::AbuseNoted(noted) => Some(noted.grounds),
            Self::CoverClaimed(claimed) => Some(claimed.text),
            Self::RepairReported(RepairReported { text, .. }) | Self::VisitEnded(VisitEnded { text, .. }) => {
                *text
            }
            _ => None,
        }
    }

    /// Whether a decision made before it could come out differently after it.
    pub fn changes_terms(&self) -> bool {
        if let Self::ClockStarted { clock, .. }
        | Self::ClockStopped { clock }
        | Self::ClockExpired { clock, .. } = self
        {
            return clock.changes_terms();
        }
        !matches!(
            self,
            Self::TextAdded { .. }
                | Self::ClockWarned { .. }
                | Self::FollowUpRecorded { .. }
                | Self::Assigned { .. }
                | Self::AbuseContested { .. }
                | Self::Tagged { .. }
                | Self::EvidenceAsked { .. }
                | Self::ContactLogged { .. }
                | Self::PickupBooked { .. }
                | Self::VisitBooked(_)
                | Self::ReplyDue
                | Self::Replied
                | Self::Promised { .. }
                | Self::PromiseKept { .. }
                | Self::PromiseMoved { .. }
                | Self::PromiseBroken { .. }
                | Self::ArrivalAwaited
                | Self::MoneyArrived
                | Self::ExceptionTold
                // No decision hangs on a review (REV-4).
                | Self::ReviewReceived(_)
                | Self::ReviewJudged { .. }
                | Self::ReviewEnded { .. }
                | Self::ReviewExplained { .. }
                | Self::ExplanationPublished { .. }
                | Self::OrderLetterSent
                | Self::OrderLetterAnswered
        )
    }
}
