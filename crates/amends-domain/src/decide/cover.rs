//! Claims on covers: checked against what was sold, ordered from one provider, repaired, settled (WAR-2).
//!
//! Nothing of it is the buyer's money, and nothing the shop owes him waits for it.
//! Must not know: what is done about the goods themselves. Tests: `tests/it/cover.rs`.

use super::{Deciding, in_currency, measured, not_now, pieces_within, text_within};
use crate::case::Case;
use crate::case::clock::Clock;
use crate::case::cover::{ClaimStage, CoverClaim};
use crate::case::liability::Fault;
use crate::command::{CoverRequest, REFERENCE_CHARS_MAX};
use crate::cover::{Cover, Gap, PROVIDER_CHARS_MAX, Trouble};
use crate::digest::TextRef;
use crate::event::{CoverClaimed, CoverSettled, Event, RepairOrdered, RepairReported};
use crate::money::Money;
use crate::policy::Payer;
use crate::refusal::Refusal;

/// Claims on a cover: one claim of a case at a time.
pub(super) fn claim(deciding: &mut Deciding<'_>, case: &Case, asked: &CoverRequest) -> Result<(), Refusal> {
    if case.open_cover_claim().is_some() {
        return Err(not_now(case));
    }
    measured(deciding, Clock::CoverAnswer)?;
    measured(deciding, Clock::CoverRepair)?;
    if asked.amount.is_zero() {
        return Err(Refusal::AmountNeeded);
    }
    let cover = cover_of(deciding, case, asked)?.clone();
    in_currency(case, Some(asked.amount))?;
    if let Some(gap) = gap(deciding, case, &cover, asked.trouble) {
        return Err(Refusal::NotCovered { gap });
    }
    let at_most = cover.reach.left(deciding.view().use_of(cover.id));
    if let Some(at_most) = at_most.filter(|at_most| asked.amount.minor() > *at_most) {
        return Err(Refusal::AboveCover {
            asked: asked.amount,
            at_most: deciding.money(at_most),
        });
    }
    pieces_within(&asked.evidence)?;
    deciding.push(Event::CoverClaimed(Box::new(CoverClaimed {
        cover: cover.id,
        line: cover.line,
        plan: cover.plan,
        trouble: asked.trouble,
        asked: asked.amount.minor(),
        at_most,
        insurer: cover.insurer,
        text: asked.text,
        evidence: asked.evidence.clone(),
    })));
    deciding.start(Clock::CoverAnswer);
    Ok(())
}

/// A cover of what the case is about, or was at first.
fn cover_of<'a>(deciding: &Deciding<'a>, case: &Case, asked: &CoverRequest) -> Result<&'a Cover, Refusal> {
    let units = case.first_asked().claim.units;
    let mut covers = deciding.facts.covers.iter();
    let found = covers.find(|one| one.id == asked.cover && units.iter().any(|(line, _)| *line == one.line));
    found.ok_or(Refusal::UnknownCover { cover: asked.cover })
}

/// Why a cover is not for a trouble: it is judged as of the case's opening, since nobody loses a cover by the
/// time that handling took, and nobody is covered afterwards for what has happened.
fn gap(deciding: &Deciding<'_>, case: &Case, cover: &Cover, trouble: Trouble) -> Option<Gap> {
    let order = deciding.facts.order.as_ref();
    let period = order.and_then(|order| cover.period(order, deciding.facts.time.zone()));
    let (Some(period), opened_at) = (period, case.opened_at) else {
        return Some(Gap::NotYet);
    };
    let freight_is_his = case.kind.returns_goods() && case.return_freight == Payer::Buyer;
    let found = case.liability.as_ref().and_then(|finding| finding.fault);
    let no_fault = trouble == Trouble::Fault && found == Some(Fault::Refuted);
    if opened_at < period.from {
        Some(Gap::NotYet)
    } else if !period.holds(opened_at) {
        Some(Gap::Over)
    } else if cover.plan.covers() != trouble || no_fault {
        Some(Gap::OtherTrouble)
    } else if trouble == Trouble::ReturnFreight && !freight_is_his {
        Some(Gap::FreightNotHis)
    } else if !cover.reach.admits(deciding.view().use_of(cover.id)) {
        Some(Gap::UsedUp)
    } else {
        None
    }
}

/// The open claim.
fn standing(case: &Case) -> Result<&CoverClaim, Refusal> {
    case.open_cover_claim().ok_or_else(|| not_now(case))
}

/// Whoever has the order keeps it: a second provider cannot claim the same repair.
fn taken_by_another(claim: &CoverClaim, provider: &str) -> Result<(), Refusal> {
    match &claim.stage {
        ClaimStage::Ordered { provider: first } | ClaimStage::Repaired { provider: first, .. }
            if first != provider =>
        {
            Err(Refusal::RepairTaken {
                provider: first.clone(),
            })
        }
        _ => Ok(()),
    }
}

/// The insurer orders the repair from one provider.
pub(super) fn order(
    deciding: &mut Deciding<'_>,
    case: &Case,
    provider: &str,
    reference: &str,
) -> Result<(), Refusal> {
    let claim = standing(case)?;
    taken_by_another(claim, provider)?;
    if claim.stage != ClaimStage::Made || !claim.plan.needs_provider() {
        return Err(not_now(case));
    }
    text_within("provider", provider, PROVIDER_CHARS_MAX)?;
    text_within("reference", reference, REFERENCE_CHARS_MAX)?;
    deciding.stop(Clock::CoverAnswer);
    deciding.push(Event::RepairOrdered(RepairOrdered {
        provider: provider.to_owned(),
        reference: reference.to_owned(),
    }));
    deciding.start(Clock::CoverRepair);
    Ok(())
}

/// The provider has repaired; his fee is within what was asked.
pub(super) fn report(
    deciding: &mut Deciding<'_>,
    case: &Case,
    provider: &str,
    fee: Money,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    let claim = standing(case)?;
    taken_by_another(claim, provider)?;
    if !matches!(claim.stage, ClaimStage::Ordered { .. }) {
        return Err(not_now(case));
    }
    within_what_was_asked(deciding, case, fee, claim.asked)?;
    deciding.stop(Clock::CoverRepair);
    deciding.push(Event::RepairReported(RepairReported {
        provider: provider.to_owned(),
        fee: fee.minor(),
        text,
    }));
    deciding.start(Clock::CoverAnswer);
    Ok(())
}

fn within_what_was_asked(
    deciding: &Deciding<'_>,
    case: &Case,
    given: Money,
    asked: i64,
) -> Result<(), Refusal> {
    if given.is_zero() {
        return Err(Refusal::AmountNeeded);
    }
    in_currency(case, Some(given))?;
    if given.minor() > asked {
        let asked = deciding.money(asked);
        return Err(Refusal::AboveWhatIsAsked { given, asked });
    }
    Ok(())
}

/// The insurer declines it: what law and policy ask of the shop stays as it is.
pub(super) fn decline(deciding: &mut Deciding<'_>, case: &Case, text: TextRef) -> Result<(), Refusal> {
    if standing(case)?.stage != ClaimStage::Made {
        return Err(not_now(case));
    }
    deciding.stop(Clock::CoverAnswer);
    deciding.push(Event::CoverDeclined { text });
    Ok(())
}

/// The insurer pays: the provider's fee, or a return's freight.
pub(super) fn settle(
    deciding: &mut Deciding<'_>,
    case: &Case,
    amount: Money,
    reference: &str,
) -> Result<(), Refusal> {
    let claim = standing(case)?;
    let owed = match &claim.stage {
        ClaimStage::Repaired { fee, .. } => *fee,
        ClaimStage::Made if !claim.plan.needs_provider() => claim.asked,
        _ => return Err(not_now(case)),
    };
    within_what_was_asked(deciding, case, amount, owed)?;
    text_within("reference", reference, REFERENCE_CHARS_MAX)?;
    deciding.stop(Clock::CoverAnswer);
    deciding.push(Event::CoverSettled(CoverSettled {
        amount: amount.minor(),
        reference: reference.to_owned(),
    }));
    Ok(())
}

/// It is not worth it, or no longer.
pub(super) fn drop(deciding: &mut Deciding<'_>, case: &Case, text: TextRef) -> Result<(), Refusal> {
    standing(case)?;
    deciding.stop(Clock::CoverAnswer);
    deciding.stop(Clock::CoverRepair);
    deciding.push(Event::CoverDropped { text });
    Ok(())
}
