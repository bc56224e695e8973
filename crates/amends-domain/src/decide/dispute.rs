//! Before the platform: asking it to step in, letting go, handing in statements, the ruling and the appeal
//! against it (DSP-2); over a refusal, or over returned goods that were not accepted (ELG-8).
//!
//! Must not know: how goods and money move afterwards. Tests: `tests/it/dispute.rs`.

use super::{Deciding, money, not_now, open, pieces_within, request};
use crate::actor::{Actor, Role};
use crate::case::clock::Clock;
use crate::case::dispute::STATEMENTS_MAX;
use crate::case::{Case, Dispute, Kind, MoneyState, Outcome, Refund, Request, Ruling, Side};
use crate::digest::TextRef;
use crate::event::Event;
use crate::ids::EvidenceId;
use crate::ledger::UnitRef;
use crate::refusal::Refusal;

pub(super) fn ask_intervention(
    deciding: &mut Deciding<'_>,
    case: &Case,
    by: Side,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    let refused = case.request == Request::Refused && case.dispute.is_none() && case.trial.is_none();
    if !refused && !rejected_goods_may_be_disputed(case) {
        return Err(not_now(case));
    }
    deciding.stop(Clock::RefusalAnswer);
    deciding.stop(Clock::OfferAnswer);
    deciding.stop(Clock::SendBack);
    deciding.push(Event::InterventionAsked { text, by });
    deciding.start(Clock::Ruling);
    deciding.start(Clock::Evidence);
    Ok(())
}

/// Returned goods that were not accepted: once what was accepted is paid, and once (ELG-8).
fn rejected_goods_may_be_disputed(case: &Case) -> bool {
    // A request that the platform had to grant may be disputed again over what came back.
    let unruled = matches!(
        case.dispute,
        None | Some(Dispute::Ruled(Ruling::ForBuyer | Ruling::InPart { .. }))
    );
    case.kind == Kind::ReturnAndRefund
        && case.keeps_rejected()
        && matches!(case.money, None | Some(MoneyState::Paid))
        && unruled
}

/// What returned goods that were not accepted would have brought the buyer, in minor units: what was granted,
/// less what is paid of it.
fn worth_of_rejected(case: &Case) -> i64 {
    let paid = |refund: &Refund| refund.breakdown.given_back();
    (case.claim.amount - case.refund.as_ref().map_or(0, paid)).max(0)
}

/// All is as before: a refusal stands and the buyer may answer it, goods go back.
pub(super) fn withdraw(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    if !case.awaits_ruling() || matches!(case.dispute, Some(Dispute::Appealed(_))) {
        return Err(not_now(case));
    }
    deciding.stop(Clock::Ruling);
    deciding.stop(Clock::Evidence);
    deciding.push(Event::InterventionWithdrawn);
    deciding.start(if case.keeps_rejected() {
        Clock::SendBack
    } else {
        Clock::RefusalAnswer
    });
    Ok(())
}

/// What a side has to say and to show, until the clock of it has ended.
pub(super) fn submit_statement(
    deciding: &mut Deciding<'_>,
    case: &Case,
    by: Side,
    text: TextRef,
    evidence: &[EvidenceId],
) -> Result<(), Refusal> {
    if !case.awaits_ruling() {
        return Err(not_now(case));
    }
    if let Some((clause, _)) = deciding.policy.clock(Clock::Evidence)
        && !case.clocks.contains_key(&Clock::Evidence)
    {
        return Err(Refusal::EvidenceLate {
            clause: clause.clone(),
        });
    }
    // Each side has its own: none can take the other's place.
    if case.statements.iter().filter(|one| one.by == by).count() >= STATEMENTS_MAX {
        let (what, at_most) = ("statements", STATEMENTS_MAX);
        return Err(Refusal::TooMany { what, at_most });
    }
    pieces_within(evidence)?;
    deciding.push(Event::StatementSubmitted {
        by,
        text,
        evidence: evidence.to_vec(),
    });
    Ok(())
}

/// The platform's ruling is above every limit of the shop; whoever enters it for the platform stays within
/// his own. Where a clause measures the time for an appeal it is carried out when that is over, else at once.
pub(super) fn rule(
    deciding: &mut Deciding<'_>,
    case: &Case,
    ruling: Ruling,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if !case.awaits_ruling() {
        return Err(not_now(case));
    }
    let asked = if case.keeps_rejected() {
        worth_of_rejected(case)
    } else {
        case.claim.amount
    };
    if let Ruling::InPart { amount } = ruling {
        if !case.kind.asks_money() {
            return Err(Refusal::AmountOnExchange);
        }
        let part = deciding.money(amount);
        open::amount_within(Some(part), 0, asked, case.currency)?;
    }
    let granted = match ruling {
        Ruling::ForShop => 0,
        Ruling::InPart { amount } => amount,
        Ruling::ForBuyer if case.keeps_rejected() => asked,
        Ruling::ForBuyer => money::granted(case, deciding.state.ledger.as_ref()),
    };
    let platform = matches!(
        deciding.envelope.actor,
        Actor::Person {
            role: Role::Mediator,
            ..
        }
    );
    if !platform {
        deciding.within_authority(granted)?;
    }
    deciding.stop(Clock::Ruling);
    deciding.stop(Clock::Evidence);
    deciding.push(Event::Ruled { ruling, text });
    // What is ruled on returned goods is final.
    if case.dispute == Some(Dispute::Asked) && !case.keeps_rejected() {
        deciding.start(Clock::Appeal);
    }
    let is_open = |case: &Case| case.clocks.contains_key(&Clock::Appeal);
    if !deciding.state.case.as_ref().is_some_and(is_open) {
        carry_out(deciding, ruling);
    }
    Ok(())
}

/// Asks the platform to look once more: once, and in time.
pub(super) fn appeal(
    deciding: &mut Deciding<'_>,
    case: &Case,
    by: Side,
    text: TextRef,
) -> Result<(), Refusal> {
    if !case.clocks.contains_key(&Clock::Appeal) {
        return Err(not_now(case));
    }
    deciding.stop(Clock::Appeal);
    deciding.push(Event::Appealed { by, text });
    deciding.start(Clock::Ruling);
    deciding.start(Clock::Evidence);
    Ok(())
}

/// Nobody appealed in time.
pub(super) fn appeal_passed(deciding: &mut Deciding<'_>, case: &Case) {
    if let Some(Dispute::Ruled(ruling)) = case.dispute {
        carry_out(deciding, ruling);
    }
}

/// A ruling that is final is carried out at once.
fn carry_out(deciding: &mut Deciding<'_>, ruling: Ruling) {
    let Some(case) = deciding.state.case.as_ref() else {
        return;
    };
    if case.keeps_rejected() {
        let (units, worth) = (case.to_send_back.clone(), worth_of_rejected(case));
        return settle_rejected(deciding, ruling, units, worth);
    }
    let basis = case.right.iter().cloned().collect();
    match ruling {
        Ruling::ForShop => deciding.close(Outcome::Refused),
        Ruling::ForBuyer | Ruling::InPart { .. } => request::grant(deciding, basis, 0),
    }
}

/// Goods that were not accepted go back after all, or are paid for in whole or in part.
fn settle_rejected(deciding: &mut Deciding<'_>, ruling: Ruling, units: Vec<UnitRef>, worth: i64) {
    let amount = match ruling {
        Ruling::ForShop => return deciding.start(Clock::SendBack),
        Ruling::ForBuyer => worth,
        Ruling::InPart { amount } => amount,
    };
    deciding.push(Event::RejectionOverruled { units, amount });
    money::refund_due(deciding);
    deciding.close_if_done();
}
