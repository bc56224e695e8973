//! Who may give which command. The API asks the same question earlier; here it is final.
//!
//! Must not know: sessions, shops. Tests: `tests/it/refusals.rs`.

use crate::actor::{Actor, Envelope, Role};
use crate::case::assessment::PassedFor;
use crate::case::recourse::ParcelFault;
use crate::case::{Case, Kind, Side};
use crate::command::{Command, OpenCase, TextKind};
use crate::refusal::Refusal;

pub(super) fn check(command: &Command, envelope: &Envelope, case: Option<&Case>) -> Result<(), Refusal> {
    let allowed = match envelope.actor {
        Actor::Buyer(buyer) => {
            case.is_none_or(|case| case.buyer == buyer)
                && buyer_may(command)
                && speaks_for(command, case, Side::Buyer)
        }
        Actor::Person { role, .. } => role_may(role, command) && lets_go_of_its_own(command, case),
        Actor::Deadlines => clock_may(command),
        Actor::Outbox => matches!(command, Command::AnswerPayment { .. }),
    };
    if allowed {
        Ok(())
    } else {
        Err(Refusal::NotForYou {
            actor: name(&envelope.actor),
        })
    }
}

/// Time that passed, over a clock of a case or over a parcel that should have arrived (CLK-15); and what an import
/// from the command line says of an unpaid order (CLK-16).
fn clock_may(command: &Command) -> bool {
    matches!(
        command,
        Command::DeadlinePassed { .. }
            | Command::Open(OpenCase {
                kind: Kind::Consultation | Kind::UnpaidOrder,
                ..
            })
            | Command::RecordPayment { .. }
            | Command::DispatchOrder { .. }
            | Command::NoteException {
                fault: ParcelFault::Delay,
                ..
            }
    )
}

fn buyer_may(command: &Command) -> bool {
    matches!(command, Command::Open(OpenCase { kind, review: None, .. }) if !kind.is_shops_own())
        || matches!(
            command,
            Command::Renew { .. }
                | Command::Withdraw
                | Command::BookPickup { .. }
                | Command::ShipReturn { .. }
                | Command::ConfirmReplacement
                | Command::AskIntervention { .. }
                | Command::WithdrawIntervention
                | Command::SubmitStatement { .. }
                | Command::Appeal { .. }
                | Command::ContestAbuse { .. }
                | Command::RecordFollowUp { .. }
                | Command::AddText {
                    kind: TextKind::Message,
                    ..
                }
                | Command::Choose { .. }
                | Command::DeclineOffer { .. }
                | Command::EndTrial { .. }
                | Command::Supply { .. }
                | Command::ConfirmArrival
                | Command::PassUp {
                    to: Role::Supervisor,
                    passed_for: PassedFor::BuyerDemand,
                    ..
                }
        )
}

/// A buyer speaks for himself alone.
fn speaks_for(command: &Command, case: Option<&Case>, side: Side) -> bool {
    match command {
        Command::AskIntervention { by, .. }
        | Command::SubmitStatement { by, .. }
        | Command::Appeal { by, .. } => *by == side,
        Command::WithdrawIntervention => asked_by(case).is_none_or(|by| by == side),
        _ => true,
    }
}

/// What a buyer asked the platform for, nobody of the shop takes back: it would be in his name. Nor does it
/// end a request that lies before the platform, and with it a ruling.
fn lets_go_of_its_own(command: &Command, case: Option<&Case>) -> bool {
    match command {
        Command::WithdrawIntervention => asked_by(case).is_none_or(|by| by == Side::Shop),
        Command::Withdraw => !case.is_some_and(Case::is_before_platform),
        _ => true,
    }
}

/// Before sides were told apart, only buyers asked.
fn asked_by(case: Option<&Case>) -> Option<Side> {
    let case = case.filter(|case| case.dispute.is_some())?;
    Some(case.dispute_by.unwrap_or_default())
}

fn role_may(role: Role, command: &Command) -> bool {
    match role {
        Role::Auditor => false,
        Role::Mediator => matches!(command, Command::Rule { .. } | Command::AddText { .. }),
        Role::Machine => matches!(
            command,
            Command::Open(_)
                | Command::BookPickup { .. }
                | Command::ShipReturn { .. }
                | Command::SendBack { .. }
                | Command::ShipReplacement { .. }
                | Command::ConfirmReplacement
                | Command::PayDifference { .. }
                | Command::AddText { .. }
                | Command::LogContact { .. }
                | Command::ShipRepaired { .. }
                | Command::CompleteStep { .. }
                | Command::Supply { .. }
                | Command::ConfirmArrival
                | Command::ReceiveReview(_)
                | Command::EndReview { .. }
                | Command::PublishExplanation { .. }
                | Command::SendOrderLetter
                | Command::RecordPayment { .. }
                | Command::DispatchOrder { .. }
                | Command::Tag { .. }
                | Command::NoteException { .. }
                | Command::AnswerRecourse { .. }
                | Command::OrderRepair { .. }
                | Command::ReportRepair { .. }
                | Command::DeclineCover { .. }
                | Command::BookVisit { .. }
                | Command::EndVisit { .. }
        ),
        Role::Agent => !machine_only(command) && !supervisor_only(command) && !buyer_only(command),
        Role::Supervisor | Role::Manager | Role::Admin => !machine_only(command) && !buyer_only(command),
    }
}

fn machine_only(command: &Command) -> bool {
    matches!(
        command,
        Command::AnswerPayment { .. } | Command::DeadlinePassed { .. }
    )
}

/// Nobody of the shop speaks for a buyer against the shop's own finding.
fn buyer_only(command: &Command) -> bool {
    matches!(command, Command::ContestAbuse { .. })
}

/// What is recorded by hand nobody else vouches for: money that went out or came in; a platform's
/// ruling is entered once. And nobody finds abuse who handles the case alone.
fn supervisor_only(command: &Command) -> bool {
    matches!(
        command,
        Command::RecordRefund { .. }
            | Command::PayDifference { .. }
            | Command::Rule { .. }
            | Command::ReceiveRecourse { .. }
            | Command::RecordPayment { .. }
            | Command::SettleCover { .. }
            | Command::NoteAbuse { .. }
            | Command::SettleAbuse { .. }
    )
}

/// What an actor is called in a refusal.
pub(super) fn name(actor: &Actor) -> &'static str {
    match actor {
        Actor::Buyer(_) => "buyer",
        Actor::Person { role, .. } => role.code(),
        Actor::Deadlines => "deadlines",
        Actor::Outbox => "outbox",
    }
}

/// Whom to ask for what is above one's own authority.
pub(super) fn next_above(actor: &Actor) -> &'static str {
    match actor {
        Actor::Person {
            role: Role::Agent, ..
        } => Role::Supervisor.code(),
        Actor::Person {
            role: Role::Supervisor,
            ..
        } => Role::Manager.code(),
        _ => Role::Admin.code(),
    }
}
