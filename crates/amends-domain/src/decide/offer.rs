//! Offering: one to three remedies are put before the buyer, he answers, and the steps of what was agreed
//! are done (REM).
//!
//! Must not know: what a remedy may give or costs; that is `remedy`. Tests: `tests/it/remedies.rs`.

use super::judge::Asked;
use super::remedy::{
    Asks, can_be_carried_out, compensation_range, cost, explained, gives_something, granted, plan,
    refund_range, suits, units,
};
use super::{Deciding, abuse, in_currency, level, money, not_now, open, request, talk, text_within};
use crate::case::clock::Clock;
use crate::case::remedy::{OPTIONS_MAX, Offered};
use crate::case::{Case, MoneyState, Request};
use crate::command::{Pick, REFERENCE_CHARS_MAX};
use crate::digest::TextRef;
use crate::event::Event;
use crate::money::Money;
use crate::policy::ClauseId;
use crate::policy::condition::Verdict;
use crate::policy::remedy::Range;
use crate::refusal::Refusal;

/// An offer is made while the request is open, or while units wait to go back; not any more while the
/// platform was asked to rule.
fn may_offer(case: &Case) -> bool {
    match case.request {
        Request::Applied | Request::Refused => case.trial.is_none() && !case.is_before_platform(),
        Request::Approved => {
            case.keeps_rejected()
                && matches!(case.money, None | Some(MoneyState::Paid))
                && !case.is_before_platform()
        }
        Request::Closed(_) => false,
    }
}

pub(super) fn offer(
    deciding: &mut Deciding<'_>,
    case: &Case,
    picks: &[Pick],
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if !may_offer(case) {
        return Err(not_now(case));
    }
    if deciding.policy.clock(Clock::OfferAnswer).is_none() {
        return Err(Refusal::NotMeasured {
            clock: Clock::OfferAnswer,
        });
    }
    if picks.is_empty() || picks.len() > OPTIONS_MAX {
        return Err(Refusal::OptionsCount {
            given: picks.len(),
            at_most: OPTIONS_MAX,
        });
    }
    let options = picks
        .iter()
        .map(|pick| picked(deciding, case, pick))
        .collect::<Result<Vec<_>, _>>()?;
    let given = |option: &Offered| granted(deciding.view(), case, &option.plan);
    let dearest = options.iter().map(given).max();
    deciding.within_authority(dearest.unwrap_or(0))?;
    let number = case.offer.as_ref().map_or(0, |offer| offer.number) + 1;
    deciding.stop(Clock::OfferAnswer);
    deciding.push(Event::Offered {
        offer: number,
        options,
        text,
    });
    deciding.start(Clock::OfferAnswer);
    talk::replied(deciding);
    level::answered_by_deciding(deciding);
    Ok(())
}

fn picked(deciding: &Deciding<'_>, case: &Case, pick: &Pick) -> Result<Offered, Refusal> {
    let view = deciding.view();
    let found = view.policy.remedies().find(|(clause, _)| **clause == pick.clause);
    let Some((clause, terms)) = found.filter(|(_, terms)| suits(case, terms)) else {
        return Err(Refusal::NoSuchRemedy {
            clause: pick.clause.clone(),
        });
    };
    can_be_carried_out(view, case, terms)?;
    let request = view.request(&Asked::of(case));
    let explanation = explained(view, clause, terms, &request);
    if explanation.verdict != Verdict::Met {
        return Err(Refusal::RemedyNotMet {
            explanation: Box::new(explanation),
        });
    }
    if terms.route.is_some() && units(case).is_empty() {
        return Err(Refusal::NoUnits);
    }
    in_currency(case, pick.amount)?;
    in_currency(case, pick.compensation)?;
    let replacement = match (&deciding.facts.order, pick.replacement_sku.as_deref()) {
        (Some(order), sku) => open::replacement(deciding, sku, order, units(case))?,
        (None, _) => None,
    };
    let asks = Asks {
        amount: within(deciding, clause, pick.amount, refund_range(view, case, terms))?,
        compensation: within(
            deciding,
            clause,
            pick.compensation,
            compensation_range(view, case, terms),
        )?,
        replacement,
    };
    let plan = plan(view, case, terms, &asks);
    gives_something(view, clause, terms, &plan)?;
    if abuse::is_goodwill(deciding, case, terms, &plan) {
        abuse::goodwill_allowed(deciding, case)?;
    }
    let cost = cost(view, case, &plan, &request);
    Ok(Offered {
        remedy: terms.remedy,
        explanation,
        plan,
        cost,
    })
}

fn within(
    deciding: &Deciding<'_>,
    clause: &ClauseId,
    asked: Option<Money>,
    range: Range,
) -> Result<Option<i64>, Refusal> {
    let Some(asked) = asked else { return Ok(None) };
    let (least, most) = (deciding.money(range.least), deciding.money(range.most));
    if asked.minor() < range.least || asked.minor() > range.most {
        return Err(Refusal::RemedyAmount {
            clause: clause.clone(),
            asked,
            least,
            most,
        });
    }
    Ok(Some(asked.minor()))
}

/// The buyer takes an option, and what was agreed begins at once (REM-7).
pub(super) fn choose(
    deciding: &mut Deciding<'_>,
    case: &Case,
    offer: u32,
    option: u32,
) -> Result<(), Refusal> {
    let chosen = answered(case, offer)?;
    let at = usize::try_from(option)
        .ok()
        .and_then(|option| option.checked_sub(1));
    let Some(chosen) = at.and_then(|at| chosen.get(at)).cloned() else {
        return Err(Refusal::NoSuchOption { option });
    };
    let clause = chosen.clause().clone();
    deciding.stop(Clock::OfferAnswer);
    if case.request == Request::Approved {
        deciding.stop(Clock::SendBack);
        deciding.push(Event::BoughtBack {
            clause,
            units: case.to_send_back.clone(),
            amount: chosen.plan.amount,
        });
        money::refund_due(deciding);
        deciding.close_if_done();
        return Ok(());
    }
    let (compensation, on_trial) = (chosen.plan.compensation, chosen.plan.trial.is_some());
    deciding.push(Event::Agreed {
        clause: clause.clone(),
        remedy: chosen.remedy,
        plan: chosen.plan,
    });
    if on_trial {
        // The buyer's windows stop while he tries; nothing of his runs out meanwhile (REM-10).
        for clock in [Clock::Decision, Clock::RefusalAnswer] {
            deciding.stop(clock);
        }
        deciding.push(Event::TrialStarted);
        deciding.start(Clock::Trial);
        return Ok(());
    }
    request::grant(deciding, vec![clause], compensation);
    Ok(())
}

fn answered(case: &Case, number: u32) -> Result<&[Offered], Refusal> {
    let offer = case.open_offer().filter(|_| !case.is_before_platform());
    match offer {
        Some(offer) if offer.number == number => Ok(&offer.options),
        Some(offer) => Err(Refusal::OfferReplaced { now: offer.number }),
        None => Err(not_now(case)),
    }
}

pub(super) fn decline(
    deciding: &mut Deciding<'_>,
    case: &Case,
    offer: u32,
    wish: Option<Money>,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    answered(case, offer)?;
    in_currency(case, wish)?;
    deciding.stop(Clock::OfferAnswer);
    deciding.push(Event::OfferDeclined {
        offer,
        wish: wish.map(|wish| wish.minor()),
        text,
    });
    talk::reply_due(deciding);
    Ok(())
}

pub(super) fn complete_step(
    deciding: &mut Deciding<'_>,
    case: &Case,
    step: u32,
    reference: &str,
) -> Result<(), Refusal> {
    let at = usize::try_from(step).ok().and_then(|step| step.checked_sub(1));
    let due = at.and_then(|at| case.steps.get(at));
    if case.request != Request::Approved || due.is_none_or(|step| step.done.is_some()) {
        return Err(Refusal::NoSuchStep { step });
    }
    text_within("reference", reference, REFERENCE_CHARS_MAX)?;
    deciding.stop(Clock::RemedyStep);
    deciding.push(Event::StepDone {
        step,
        reference: reference.to_owned(),
    });
    deciding.close_if_done();
    Ok(())
}
