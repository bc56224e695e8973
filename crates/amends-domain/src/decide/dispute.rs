//! Before the platform: asking it to step in, letting go, handing in statements, the ruling and the appeal
//! against it (DSP-2).
//!
//! Must not know: how goods and money move afterwards. Tests: `tests/it/dispute.rs`.

use super::{Deciding, money, not_now, open, pieces_within, request};
use crate::actor::{Actor, Role};
use crate::case::clock::Clock;
use crate::case::dispute::STATEMENTS_MAX;
use crate::case::{Case, Dispute, Outcome, Request, Ruling, Side};
use crate::digest::TextRef;
use crate::event::Event;
use crate::ids::EvidenceId;
use crate::refusal::Refusal;

pub(super) fn ask_intervention(
    deciding: &mut Deciding<'_>,
    case: &Case,
    by: Side,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if case.request != Request::Refused || case.dispute.is_some() || case.trial.is_some() {
        return Err(not_now(case));
    }
    deciding.stop(Clock::RefusalAnswer);
    deciding.stop(Clock::OfferAnswer);
    deciding.push(Event::InterventionAsked { text, by });
    deciding.start(Clock::Ruling);
    deciding.start(Clock::Evidence);
    Ok(())
}

/// The refusal stands as before, and the buyer may answer it.
pub(super) fn withdraw(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    if !case.awaits_ruling() || matches!(case.dispute, Some(Dispute::Appealed(_))) {
        return Err(not_now(case));
    }
    deciding.stop(Clock::Ruling);
    deciding.stop(Clock::Evidence);
    deciding.push(Event::InterventionWithdrawn);
    deciding.start(Clock::RefusalAnswer);
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
    if let Ruling::InPart { amount } = ruling {
        if !case.kind.asks_money() {
            return Err(Refusal::AmountOnExchange);
        }
        let part = deciding.money(amount);
        open::amount_within(Some(part), 0, case.claim.amount, case.currency)?;
    }
    let granted = match ruling {
        Ruling::ForShop => 0,
        Ruling::InPart { amount } => amount,
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
    if case.dispute == Some(Dispute::Asked) {
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
    let basis = deciding.state.case.iter().filter_map(|case| case.right.clone());
    let basis = basis.collect();
    match ruling {
        Ruling::ForShop => deciding.close(Outcome::Refused),
        Ruling::ForBuyer | Ruling::InPart { .. } => request::grant(deciding, basis, 0),
    }
}
