//! Stable names of commands and states, as the audit and the queue's columns keep them.
//!
//! Must not know: what they lead to. Tests: beside the code.

use amends_domain::case::Status;
use amends_domain::command::Command;

/// The name the audit keeps; the same as the command's own in JSON.
#[expect(clippy::too_many_lines, reason = "a line for each command, and nothing else")]
pub(super) fn command_name(command: &Command) -> &'static str {
    match command {
        Command::Open(_) => "open",
        Command::Approve { .. } => "approve",
        Command::Refuse { .. } => "refuse",
        Command::Renew { .. } => "renew",
        Command::Withdraw => "withdraw",
        Command::AskEvidence { .. } => "ask_evidence",
        Command::LogContact { .. } => "log_contact",
        Command::BookPickup { .. } => "book_pickup",
        Command::ShipReturn { .. } => "ship_return",
        Command::Inspect { .. } => "inspect",
        Command::SendBack { .. } => "send_back",
        Command::Refund => "refund",
        Command::RecordRefund { .. } => "record_refund",
        Command::AnswerPayment { .. } => "answer_payment",
        Command::PayDifference { .. } => "pay_difference",
        Command::ShipReplacement { .. } => "ship_replacement",
        Command::ConfirmReplacement => "confirm_replacement",
        Command::ConvertToRefund => "convert_to_refund",
        Command::AskIntervention { .. } => "ask_intervention",
        Command::WithdrawIntervention => "withdraw_intervention",
        Command::SubmitStatement { .. } => "submit_statement",
        Command::Rule { .. } => "rule",
        Command::Appeal { .. } => "appeal",
        Command::NoteException { .. } => "note_exception",
        Command::FileRecourse { .. } => "file_recourse",
        Command::SupplementRecourse { .. } => "supplement_recourse",
        Command::AnswerRecourse { .. } => "answer_recourse",
        Command::ReceiveRecourse { .. } => "receive_recourse",
        Command::DropRecourse { .. } => "drop_recourse",
        Command::NoteAbuse { .. } => "note_abuse",
        Command::ContestAbuse { .. } => "contest_abuse",
        Command::SettleAbuse { .. } => "settle_abuse",
        Command::RecordFollowUp { .. } => "record_follow_up",
        Command::AddText { .. } => "add_text",
        Command::DeadlinePassed { .. } => "deadline_passed",
        Command::ShipRepaired { .. } => "ship_repaired",
        Command::Resolve { .. } => "resolve",
        Command::Offer { .. } => "offer",
        Command::Choose { .. } => "choose",
        Command::DeclineOffer { .. } => "decline_offer",
        Command::CompleteStep { .. } => "complete_step",
        Command::EndTrial { .. } => "end_trial",
        Command::Supply { .. } => "supply",
        Command::Find { .. } => "find",
        Command::Assess { .. } => "assess",
        Command::PassUp { .. } => "pass_up",
        Command::AnswerPassed { .. } => "answer_passed",
        Command::Assign { .. } => "assign",
        Command::Tag { .. } => "tag",
        Command::MakePromise { .. } => "make_promise",
        Command::KeepPromise { .. } => "keep_promise",
        Command::MovePromise { .. } => "move_promise",
        Command::ConfirmArrival => "confirm_arrival",
        Command::Reopen { .. } => "reopen",
        Command::ReceiveReview(_) => "receive_review",
        Command::JudgeReview { .. } => "judge_review",
        Command::EndReview { .. } => "end_review",
        Command::ExplainReview { .. } => "explain_review",
        Command::PublishExplanation { .. } => "publish_explanation",
        Command::SendOrderLetter => "send_order_letter",
        Command::RemindPayment { .. } => "remind_payment",
        Command::RecordPayment { .. } => "record_payment",
        Command::DispatchOrder { .. } => "dispatch_order",
        Command::ReportNonPayment { .. } => "report_non_payment",
        Command::ClaimCover(_) => "claim_cover",
        Command::OrderRepair { .. } => "order_repair",
        Command::ReportRepair { .. } => "report_repair",
        Command::DeclineCover { .. } => "decline_cover",
        Command::SettleCover { .. } => "settle_cover",
        Command::DropCover { .. } => "drop_cover",
        Command::BookVisit { .. } => "book_visit",
        Command::EndVisit { .. } => "end_visit",
    }
}

/// The status as its column keeps it; the same as in JSON.
pub(crate) fn status_name(status: Status) -> &'static str {
    match status {
        Status::AwaitingDecision => "awaiting_decision",
        Status::Refused => "refused",
        Status::AwaitingRuling => "awaiting_ruling",
        Status::AwaitingReturn => "awaiting_return",
        Status::ReturnOnTheWay => "return_on_the_way",
        Status::AwaitingRefund => "awaiting_refund",
        Status::RefundOnTheWay => "refund_on_the_way",
        Status::RefundInTrouble => "refund_in_trouble",
        Status::AwaitingDifference => "awaiting_difference",
        Status::AwaitingReplacement => "awaiting_replacement",
        Status::ReplacementOnTheWay => "replacement_on_the_way",
        Status::AwaitingSendBack => "awaiting_send_back",
        Status::AwaitingAnswer => "awaiting_answer",
        Status::AwaitingChoice => "awaiting_choice",
        Status::OnTrial => "on_trial",
        Status::AwaitingRepair => "awaiting_repair",
        Status::RepairedOnTheWay => "repaired_on_the_way",
        Status::AwaitingSteps => "awaiting_steps",
        Status::AwaitingPayment => "awaiting_payment",
        Status::AwaitingDispatch => "awaiting_dispatch",
        Status::Closed => "closed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_json() {
        for command in [
            Command::Withdraw,
            Command::Refund,
            Command::Approve { compensation: None },
        ] {
            let json = serde_json::to_string(&command).unwrap();
            assert!(
                json.contains(&format!("\"{}\"", command_name(&command))),
                "{json}"
            );
        }
        for status in [
            Status::AwaitingDecision,
            Status::ReplacementOnTheWay,
            Status::Closed,
        ] {
            assert_eq!(serde_json::to_value(status).unwrap(), status_name(status));
        }
    }
}
