//! A parcel with which something went wrong: that the buyer hears of it first (CLK-15), the appeal to the
//! platform (DSP-4, CLK-8) and the claim against the carrier (DSP-6).
//!
//! Must not know: what the buyer gets for it. Tests: `tests/it/recourse.rs`.

use super::goods::parcel_within;
use super::{Deciding, in_currency, measured, not_now, pieces_within, text_within};
use crate::case::clock::{Clock, Expiry};
use crate::case::recourse::{
    Addressee, Carriage, ParcelFault, RecourseAnswer, RecourseStage, SUPPLEMENTS_MAX,
};
use crate::case::{Case, Parcel};
use crate::command::REFERENCE_CHARS_MAX;
use crate::digest::TextRef;
use crate::event::{Event, ExceptionNoted, RecourseFiled};
use crate::ids::EvidenceId;
use crate::money::Money;
use crate::policy::{Bound, ClauseId};
use crate::refusal::Refusal;

/// The clock until it is filed.
fn filing(to: Addressee) -> Clock {
    match to {
        Addressee::Platform => Clock::LogisticsAppeal,
        Addressee::Carrier => Clock::CarrierClaim,
    }
}

/// The clock that watches over it from then on.
fn progress(to: Addressee) -> Clock {
    match to {
        Addressee::Platform => Clock::AppealProgress,
        Addressee::Carrier => Clock::ClaimProgress,
    }
}

/// Something went wrong with a parcel, or another thing than was thought: a delay may turn out a loss.
pub(super) fn note(
    deciding: &mut Deciding<'_>,
    case: &Case,
    fault: ParcelFault,
    parcel: &Parcel,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if case.order.is_none() {
        return Err(Refusal::OrderNeeded);
    }
    let known = case.exception.as_ref();
    if known.is_some_and(|known| known.fault == fault && known.parcel == *parcel) {
        return Err(not_now(case));
    }
    measured(deciding, Clock::BuyerContact)?;
    if fault.is_carriers() {
        measured(deciding, Clock::CarrierClaim)?;
    }
    parcel_within(parcel)?;
    for clock in [Clock::BuyerContact, Clock::LogisticsAppeal, Clock::CarrierClaim] {
        deciding.stop(clock);
    }
    deciding.push(Event::ExceptionNoted(ExceptionNoted {
        fault,
        parcel: parcel.clone(),
        text,
    }));
    if !case.is_closed() {
        deciding.start(Clock::BuyerContact);
    }
    if !case.recourses.contains_key(&Addressee::Platform) {
        deciding.start(Clock::LogisticsAppeal);
    }
    if fault.is_carriers() && !case.recourses.contains_key(&Addressee::Carrier) {
        deciding.start(Clock::CarrierClaim);
    }
    Ok(())
}

/// The buyer heard from the shop.
pub(super) fn told(deciding: &mut Deciding<'_>) {
    let case = deciding.state.case.as_ref();
    let exception = case.and_then(|case| case.exception.as_ref());
    if exception.is_some_and(|exception| !exception.told) {
        deciding.stop(Clock::BuyerContact);
        deciding.push(Event::ExceptionTold);
    }
}

/// What is handed in.
pub(super) struct Filing<'a> {
    pub(super) to: Addressee,
    pub(super) amount: Option<Money>,
    pub(super) carriage: Carriage,
    pub(super) text: TextRef,
    pub(super) evidence: &'a [EvidenceId],
}

/// Files it, once more where it was declined or let go of. The carrier is asked once the buyer has what is
/// his (FLW-5: pay the buyer first, claim after), and for no more than he owes.
pub(super) fn file(deciding: &mut Deciding<'_>, case: &Case, filing_: &Filing<'_>) -> Result<(), Refusal> {
    let Filing {
        to,
        amount,
        carriage,
        text,
        evidence,
    } = filing_;
    let to = *to;
    let Some(exception) = &case.exception else {
        return Err(not_now(case));
    };
    if case.recourse_is_open(to) || settled(case, to) {
        return Err(not_now(case));
    }
    if let Some(clause) = too_late(deciding, case, to) {
        return Err(Refusal::RecourseLate { clause });
    }
    if to == Addressee::Carrier && !exception.fault.is_carriers() {
        return Err(Refusal::CarrierNotLiable {
            fault: exception.fault,
        });
    }
    if to == Addressee::Carrier && case.buyer_waits() {
        return Err(Refusal::BuyerFirst);
    }
    measured(deciding, progress(to))?;
    let owed = match to {
        Addressee::Platform => None,
        Addressee::Carrier => owed(deciding, *carriage),
    };
    let asked = match (to, amount, &owed) {
        (_, Some(asked), _) => asked.minor(),
        (Addressee::Carrier, None, Some((_, owed))) => *owed,
        (Addressee::Carrier, None, None) => return Err(Refusal::AmountNeeded),
        (Addressee::Platform, None, _) => 0,
    };
    if to == Addressee::Carrier && asked == 0 {
        return Err(Refusal::AmountNeeded);
    }
    for money in [*amount, carriage.insured, carriage.freight] {
        in_currency(case, money)?;
    }
    if let Some((clause, at_most)) = &owed
        && asked > *at_most
    {
        return Err(Refusal::AboveCarrierLiability {
            asked: deciding.money(asked),
            at_most: deciding.money(*at_most),
            clause: clause.clone(),
        });
    }
    if evidence.is_empty() {
        return Err(Refusal::RecourseUnproven);
    }
    pieces_within(evidence)?;
    deciding.stop(filing(to));
    deciding.push(Event::RecourseFiled(RecourseFiled {
        to,
        amount: asked,
        carriage: *carriage,
        clause: owed.and_then(|(clause, _)| clause),
        text: *text,
        evidence: evidence.to_vec(),
    }));
    deciding.start(progress(to));
    Ok(())
}

fn settled(case: &Case, to: Addressee) -> bool {
    let recourse = case.recourses.get(&to);
    recourse.is_some_and(|recourse| recourse.stage == RecourseStage::Settled)
}

/// The clause after whose time nothing can be filed any more, where it is over; most only count what comes
/// late against its odds.
fn too_late(deciding: &Deciding<'_>, case: &Case, to: Addressee) -> Option<ClauseId> {
    let clock = filing(to);
    let (clause, terms) = deciding.policy.clock(clock)?;
    let over = !case.clocks.contains_key(&clock) && !case.recourses.contains_key(&to);
    (over && terms.on_expiry == Expiry::Close && deciding.view().clock_length(clock).is_some())
        .then(|| clause.clone())
}

/// What a carrier owes at most: what the parcel was insured for, otherwise so many times its freight as the
/// contract says. Unknown where neither is.
fn owed(deciding: &Deciding<'_>, carriage: Carriage) -> Option<(Option<ClauseId>, i64)> {
    if let Some(insured) = carriage.insured {
        return Some((None, insured.minor()));
    }
    let freight = carriage.freight?;
    let (clause, times) = deciding.policy.bound(Bound::UninsuredTimes)?;
    let owed = freight.minor().saturating_mul(times).min(Money::MAX_MINOR);
    Some((Some(clause.clone()), owed))
}

/// Adds to what was handed in.
pub(super) fn supplement(
    deciding: &mut Deciding<'_>,
    case: &Case,
    to: Addressee,
    text: TextRef,
    evidence: &[EvidenceId],
) -> Result<(), Refusal> {
    use RecourseStage::{Filed, MoreWanted};
    let recourse = case.recourses.get(&to);
    let Some(recourse) = recourse.filter(|one| matches!(one.stage, Filed | MoreWanted)) else {
        return Err(not_now(case));
    };
    if recourse.supplements >= SUPPLEMENTS_MAX {
        let (what, at_most) = ("supplements", SUPPLEMENTS_MAX as usize);
        return Err(Refusal::TooMany { what, at_most });
    }
    pieces_within(evidence)?;
    deciding.stop(progress(to));
    deciding.push(Event::RecourseSupplemented {
        to,
        text,
        evidence: evidence.to_vec(),
    });
    deciding.start(progress(to));
    Ok(())
}

/// What the other side said to it.
pub(super) fn answer(
    deciding: &mut Deciding<'_>,
    case: &Case,
    to: Addressee,
    answer: RecourseAnswer,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    use RecourseStage::{Filed, MoreWanted};
    let recourse = case.recourses.get(&to);
    let Some(recourse) = recourse.filter(|one| matches!(one.stage, Filed | MoreWanted)) else {
        return Err(not_now(case));
    };
    if let RecourseAnswer::Granted { amount } = answer {
        in_currency(case, amount)?;
        let granted = amount.map_or(0, |amount| amount.minor());
        if granted > recourse.asked {
            return Err(Refusal::AboveWhatIsAsked {
                given: deciding.money(granted),
                asked: deciding.money(recourse.asked),
            });
        }
        // Granting nothing of the money that was asked is declining it.
        if granted == 0 && recourse.asked > 0 {
            return Err(Refusal::AmountNeeded);
        }
    }
    deciding.stop(progress(to));
    deciding.push(Event::RecourseAnswered { to, answer, text });
    if deciding
        .state
        .case
        .as_ref()
        .is_some_and(|case| case.recourse_is_open(to))
    {
        deciding.start(progress(to));
    }
    Ok(())
}

/// Money came in.
pub(super) fn receive(
    deciding: &mut Deciding<'_>,
    case: &Case,
    to: Addressee,
    amount: Money,
    reference: &str,
) -> Result<(), Refusal> {
    let recourse = case.recourses.get(&to);
    let Some((granted, received)) = recourse.and_then(|one| match one.stage {
        RecourseStage::Granted { amount } => Some((amount, one.received)),
        _ => None,
    }) else {
        return Err(not_now(case));
    };
    in_currency(case, Some(amount))?;
    if amount.is_zero() {
        return Err(Refusal::AmountNeeded);
    }
    let left = granted - received;
    if amount.minor() > left {
        return Err(Refusal::AboveWhatIsAsked {
            given: amount,
            asked: deciding.money(left),
        });
    }
    text_within("reference", reference, REFERENCE_CHARS_MAX)?;
    if amount.minor() == left {
        deciding.stop(progress(to));
    }
    deciding.push(Event::RecourseReceived {
        to,
        amount: amount.minor(),
        reference: reference.to_owned(),
    });
    Ok(())
}

/// It is not worth it, or no longer: what was not filed yet is let go of, too.
pub(super) fn drop(
    deciding: &mut Deciding<'_>,
    case: &Case,
    to: Addressee,
    text: TextRef,
) -> Result<(), Refusal> {
    let unfiled = case.exception.is_some() && !case.recourses.contains_key(&to);
    let unfiled = unfiled && (to == Addressee::Platform || case.is_carriers());
    if !unfiled && !case.recourse_is_open(to) {
        return Err(not_now(case));
    }
    deciding.stop(filing(to));
    deciding.stop(progress(to));
    deciding.push(Event::RecourseDropped { to, text });
    Ok(())
}
