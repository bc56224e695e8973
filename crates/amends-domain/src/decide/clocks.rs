//! Deadlines that have passed. A stale one (another generation, or a clock that was stopped) does
//! nothing, so a deadline may be told any number of times.
//!
//! Must not know: how deadlines are stored or found due. Tests: `tests/it/clocks.rs`.

use super::{Deciding, dispute, goods, level, money, request, talk};
use crate::actor::Role;
use crate::case::clock::{Clock, Expiry, Stage};
use crate::case::{Case, Outcome, Side};
use crate::event::{Because, Event};

pub(super) fn passed(deciding: &mut Deciding<'_>, case: &Case, clock: Clock, stage: Stage, generation: u32) {
    let Some(run) = case.clocks.get(&clock).filter(|run| run.generation == generation) else {
        return;
    };
    let now = deciding.envelope.at;
    match stage {
        Stage::Warning => {
            if run.warn_at.is_some_and(|warn_at| warn_at <= now) {
                deciding.push(Event::ClockWarned { clock });
            }
        }
        Stage::Expiry => {
            if run.due_at <= now {
                expired(deciding, case, clock, run.on_expiry);
            }
        }
    }
}

fn expired(deciding: &mut Deciding<'_>, case: &Case, clock: Clock, outcome: Expiry) {
    let Some(clause) = case.clocks.get(&clock).map(|run| run.clause.clone()) else {
        return;
    };
    // Who has spoken has said what he wanted to say: the end of the time calls nobody.
    let outcome = if clock == Clock::Evidence && case.has_stated(Side::Shop) {
        Expiry::Report
    } else {
        outcome
    };
    deciding.push(Event::ClockExpired {
        clock,
        clause: clause.clone(),
        outcome,
    });
    match (clock, outcome) {
        (Clock::Decision, Expiry::Approve) => request::grant(deciding, vec![clause], 0),
        (Clock::ReturnShipment, Expiry::Close) => deciding.close(Outcome::NotShipped),
        (Clock::RefusalAnswer, Expiry::Close) => deciding.close(Outcome::Refused),
        (Clock::ReceiptConfirmation, Expiry::Confirm) => request::confirm_receipt(deciding, case),
        (Clock::ReplacementReceipt, Expiry::Confirm) => goods::sent_out_received(deciding),
        (Clock::MoneyArrival, Expiry::Confirm) => deciding.push(Event::MoneyArrived),
        (Clock::Appeal, Expiry::Confirm) => dispute::appeal_passed(deciding, case),
        (Clock::Promise, _) => talk::promise_passed(deciding),
        // Who did not rate in time rates no more; what can't be filed any more is not filed.
        (Clock::ServiceRating, _) | (_, Expiry::Report) | (Clock::LogisticsAppeal, Expiry::Close) => {}
        (_, Expiry::Remind) => deciding.push(Event::Escalated {
            to: Role::Agent,
            because: Because::ClockExpired(clock),
        }),
        (Clock::UpwardAnswer, _) => deciding.push(Event::Escalated {
            to: level::above(case),
            because: Because::ClockExpired(clock),
        }),
        // Ordered by itself, and from now on watched: a provider may never answer.
        (Clock::RefundExecution, Expiry::Refund) if money::order_if_due(deciding) => deciding.start(clock),
        _ => deciding.push(Event::Escalated {
            to: Role::Supervisor,
            because: Because::ClockExpired(clock),
        }),
    }
}
