//! Remedies: which there are for a case and what each costs, putting one to three before the buyer, his
//! answer, and the steps of what was agreed (REM).
//!
//! Must not know: any figure; clauses have them. Tests: `tests/it/remedies.rs`.

use super::judge::{Asked, View};
use super::{Deciding, in_currency, level, money, not_now, open, request, talk, text_within};
use crate::case::clock::Clock;
use crate::case::remedy::{Cost, Extra, OPTIONS_MAX, Offered, Plan};
use crate::case::{Case, Dispute, Kind, MoneyState, Request};
use crate::command::{Pick, REFERENCE_CHARS_MAX};
use crate::digest::TextRef;
use crate::event::Event;
use crate::facts::{Product, RequestFacts};
use crate::ledger::UnitRef;
use crate::money::Money;
use crate::order::{Order, OrderPhase};
use crate::policy::condition::Verdict;
use crate::policy::remedy::{Estimate, Range, RemedyTerms};
use crate::policy::{ClauseId, Explanation, Payer};
use crate::refusal::Refusal;

/// Every remedy of the set for this kind of case, each explained, planned and costed with the least it
/// gives: those that can be offered first, each group in the order of the set.
pub(super) fn all(view: View<'_>, case: &Case) -> Vec<Offered> {
    let request = view.request(&Asked::of(case));
    let offered = |(clause, terms): (&ClauseId, &RemedyTerms)| {
        let explanation = explained(view, clause, terms, &request);
        let plan = plan(view, case, terms, &Asks::default());
        let cost = cost(view, case, &plan, &request);
        Offered {
            remedy: terms.remedy,
            explanation,
            plan,
            cost,
        }
    };
    let mut found: Vec<Offered> = view
        .policy
        .remedies()
        .filter(|(_, terms)| suits(case, terms))
        .map(offered)
        .collect();
    found.sort_by_key(|offered| match offered.explanation.verdict {
        Verdict::Met => 0,
        Verdict::Unknown => 1,
        Verdict::NotMet => 2,
    });
    found
}

/// Whether a remedy is one for this case at all, whatever its conditions say.
fn suits(case: &Case, terms: &RemedyTerms) -> bool {
    let same_money = !terms.names_amounts() || terms.currency == Some(case.currency);
    // While units wait to go back, all that is left to agree on is that they stay for less.
    let on_top = terms.compensation.is_some() || terms.compensation_percent.is_some();
    let buys_back = terms.route == Some(Kind::ReturnAndRefund)
        && terms.refund_percent.is_some()
        && terms.extras.is_empty()
        && !(on_top || terms.trial);
    terms.kinds.contains(&case.kind) && same_money && (case.to_send_back.is_empty() || buys_back)
}

fn explained(
    view: View<'_>,
    clause: &ClauseId,
    terms: &RemedyTerms,
    request: &RequestFacts<'_>,
) -> Explanation {
    let mut findings = Vec::new();
    let value = |name| view.facts.value(name, request);
    Explanation {
        clause: clause.clone(),
        verdict: terms.when.judge(&value, &mut findings),
        findings,
    }
}

/// What an agent asked of a remedy, beyond the least it gives; in minor units.
#[derive(Default)]
struct Asks {
    amount: Option<i64>,
    compensation: Option<i64>,
    replacement: Option<Product>,
}

/// Units a remedy is about: those that were not accepted while any wait, else those claimed.
fn units(case: &Case) -> &[UnitRef] {
    if case.to_send_back.is_empty() {
        &case.claim.units
    } else {
        &case.to_send_back
    }
}

fn percent_of(amount: i64, percent: i64) -> i64 {
    let part = i128::from(amount) * i128::from(percent) / 100;
    i64::try_from(part).unwrap_or(i64::MAX)
}

/// What a remedy may refund: the whole of what is left without a percentage, or what was asked where
/// that is less.
fn refund_range(view: View<'_>, case: &Case, terms: &RemedyTerms) -> Range {
    let Some(ledger) = view
        .state
        .ledger
        .as_ref()
        .filter(|_| terms.route.is_some_and(Kind::asks_money))
    else {
        return Range { least: 0, most: 0 };
    };
    let left = ledger.left_for(units(case));
    // A part was asked of goods that were to be kept; who gives them back has all of it back.
    let all_comes_back = terms.route.is_some_and(Kind::returns_goods) && !case.kind.returns_goods();
    let freight = if terms.refund_freight && ledger.all_but(units(case)) {
        ledger.freight_left()
    } else {
        0
    };
    match terms.refund_percent {
        Some(range) => Range {
            least: percent_of(left, range.least),
            most: percent_of(left, range.most),
        },
        // As much of the goods as was asked, and the freight where the remedy says so.
        None if case.claim.amount > 0 && case.to_send_back.is_empty() && !all_comes_back => {
            let asked = if terms.refund_freight {
                case.claim.amount.min(left) + freight
            } else {
                case.claim.amount.min(left + ledger.freight_left())
            };
            Range {
                least: asked,
                most: asked.max(left + freight),
            }
        }
        None => Range {
            least: left + freight,
            most: left + freight,
        },
    }
}

/// What a remedy may give on top: its amount and its percentage together, less what these units had.
fn compensation_range(view: View<'_>, case: &Case, terms: &RemedyTerms) -> Range {
    let fixed = terms.compensation.unwrap_or(Range { least: 0, most: 0 });
    let percent = terms.compensation_percent.unwrap_or(Range { least: 0, most: 0 });
    let ledger = view.state.ledger.as_ref();
    let paid = ledger.map_or(0, |ledger| ledger.paid_for(units(case)));
    let about = if case.claim.units.is_empty() {
        case.compensated_units()
    } else {
        units(case)
    };
    // Where no goods are named, what the case itself paid on top counts.
    let had = if about.is_empty() {
        case.refund_total() - case.given_back
    } else {
        ledger.map_or(0, |ledger| ledger.compensated(about))
    };
    let room = ledger.map_or(0, |ledger| money::room(case, ledger));
    let of = |fixed: i64, percent: i64| (fixed + percent_of(paid, percent) - had).clamp(0, room);
    Range {
        least: of(fixed.least, percent.least),
        most: of(fixed.most, percent.most),
    }
}

/// What a product costs more than what is left of the goods; below zero where it costs less.
fn gap(view: View<'_>, case: &Case, product: &Product) -> i64 {
    let count = i64::try_from(units(case).len()).unwrap_or(0);
    let ledger = view.state.ledger.as_ref();
    let left = ledger.map_or(0, |ledger| ledger.left_for(units(case)));
    product.price.minor().saturating_mul(count) - left
}

fn plan(view: View<'_>, case: &Case, terms: &RemedyTerms, asks: &Asks) -> Plan {
    let route = terms.route.unwrap_or(Kind::Compensation);
    let replacement = asks.replacement.clone();
    let gap = replacement.as_ref().map_or(0, |product| gap(view, case, product));
    let of_gap = terms
        .gap_percent
        .filter(|_| gap > 0)
        .map(|percent| percent_of(gap, i64::from(percent)));
    Plan {
        route,
        amount: asks
            .amount
            .unwrap_or_else(|| refund_range(view, case, terms).least),
        compensation: asks
            .compensation
            .unwrap_or_else(|| compensation_range(view, case, terms).least),
        return_freight: terms.return_freight,
        replacement,
        buyer_pays: terms.buyer_pays.or(of_gap),
        extras: terms.extras.clone(),
        trial: view
            .clock_length(Clock::Trial)
            .map(|(length, _)| length)
            .filter(|_| terms.trial),
        done_in: terms.done_in,
    }
}

fn cost(view: View<'_>, case: &Case, plan: &Plan, request: &RequestFacts<'_>) -> Cost {
    let ledger = view.state.ledger.as_ref();
    let paid = ledger.map_or(0, |ledger| ledger.paid_for(units(case)));
    let count = i64::try_from(units(case).len()).unwrap_or(0);
    let one_way = view.estimate(Estimate::OneWayFreight, request).unwrap_or(0);
    let sent_out = match (plan.route, &plan.replacement) {
        (Kind::Exchange | Kind::Reissue, Some(product)) => product.price.minor().saturating_mul(count),
        (Kind::Exchange | Kind::Reissue, None) => paid,
        _ => 0,
    };
    let ways_out = i64::from(matches!(
        plan.route,
        Kind::Exchange | Kind::Reissue | Kind::Repair
    ));
    let comes_back = plan.route.returns_goods() && case.to_send_back.is_empty();
    let ways_back = i64::from(comes_back && plan.return_freight == Payer::Shop);
    // What was bought back for less is with the shop, too; a repaired unit goes out again.
    let kept = plan.route == Kind::Exchange || plan.route == Kind::ReturnAndRefund;
    let residual = view.estimate(Estimate::ResidualPercent, request).unwrap_or(0);
    // What is agreed, or the whole gap to another product: paid by him, or back to him.
    let gap = plan
        .replacement
        .as_ref()
        .map_or(0, |product| gap(view, case, product));
    Cost {
        goods: plan.amount + sent_out - plan.buyer_pays.unwrap_or(gap),
        compensation: plan.compensation,
        freight: one_way.saturating_mul(ways_out + ways_back),
        extras: plan.extras.iter().map(Extra::cost).sum(),
        residual: if kept { percent_of(paid, residual) } else { 0 },
    }
}

/// An offer is made while the request is open, or while units wait to go back; not any more while the
/// platform was asked to rule.
fn may_offer(case: &Case) -> bool {
    match case.request {
        Request::Applied | Request::Refused => case.trial.is_none() && case.dispute != Some(Dispute::Asked),
        Request::Approved => {
            !case.to_send_back.is_empty() && matches!(case.money, None | Some(MoneyState::Paid))
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

/// What a remedy gives away, as authority counts it (REM-6): of a dearer product what the buyer is let off,
/// of a cheaper one what he gets back.
fn granted(view: View<'_>, case: &Case, plan: &Plan) -> i64 {
    let extras: i64 = plan.extras.iter().map(Extra::cost).sum();
    let product = plan.replacement.as_ref();
    let gap = product.map_or(0, |product| gap(view, case, product));
    let let_off = if gap > 0 {
        gap - plan.buyer_pays.unwrap_or(gap)
    } else {
        -gap
    };
    plan.amount + plan.compensation + extras + let_off
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
    gives_something(deciding, clause, terms, &plan)?;
    let cost = cost(view, case, &plan, &request);
    Ok(Offered {
        remedy: terms.remedy,
        explanation,
        plan,
        cost,
    })
}

/// Goods and money move only where there is an order, goods come back only from a buyer who has them, and
/// whatever would otherwise wait for ever is measured.
fn can_be_carried_out(view: View<'_>, case: &Case, terms: &RemedyTerms) -> Result<(), Refusal> {
    let pays = terms.compensation.is_some() || terms.compensation_percent.is_some();
    if view.state.ledger.is_none() && (terms.route.is_some() || pays) {
        return Err(Refusal::OrderNeeded);
    }
    let phase = view.facts.order.as_ref().map(Order::phase);
    let comes_back = terms.route.is_some_and(Kind::returns_goods) && case.refused_parcel.is_none();
    if comes_back && phase != Some(OrderPhase::Delivered) {
        return Err(Refusal::NotDelivered);
    }
    let steps = (!terms.extras.is_empty()).then_some(Clock::RemedyStep);
    let trial = terms.trial.then_some(Clock::Trial);
    let route = terms.route.and_then(Kind::needs_clock);
    match [steps, trial, route]
        .into_iter()
        .flatten()
        .find(|clock| view.clock_length(*clock).is_none())
    {
        Some(clock) => Err(Refusal::NotMeasured { clock }),
        None => Ok(()),
    }
}

/// An option whose money these goods had already is none.
fn gives_something(
    deciding: &Deciding<'_>,
    clause: &ClauseId,
    terms: &RemedyTerms,
    plan: &Plan,
) -> Result<(), Refusal> {
    let moves = terms.route.is_some() || terms.trial || !terms.extras.is_empty();
    if moves || plan.compensation > 0 {
        return Ok(());
    }
    Err(Refusal::RemedyAmount {
        clause: clause.clone(),
        asked: deciding.money(terms.compensation.map_or(0, |range| range.least)),
        least: deciding.money(0),
        most: deciding.money(0),
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
    let offer = case.open_offer().filter(|_| case.dispute != Some(Dispute::Asked));
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
