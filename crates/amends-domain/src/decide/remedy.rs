//! Reckoning with remedies: which there are for a case, what each may give, how it runs and what it costs.
//!
//! Must not know: any figure, since clauses have them; who offers what. Tests: `tests/it/remedies.rs`.

use super::judge::{Asked, View};
use super::money;
use crate::case::clock::Clock;
use crate::case::remedy::{Cost, Extra, Offered, Plan};
use crate::case::{Case, Kind};
use crate::facts::{Product, RequestFacts};
use crate::ledger::UnitRef;
use crate::order::{Order, OrderPhase};
use crate::policy::condition::Verdict;
use crate::policy::remedy::{Estimate, Range, RemedyTerms};
use crate::policy::{ClauseId, Explanation, Payer};
use crate::refusal::Refusal;

/// A remedy looked at for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Possible {
    /// Explained, planned and costed with the least it gives.
    pub offered: Offered,
    /// What may be refunded of what was paid, in minor units.
    pub amount: Range,
    /// What may be given on top, in minor units.
    pub compensation: Range,
    /// What would meet a buyer who declined halfway, where he said what he wants (REM-1).
    pub middle: Option<Middle>,
}

/// Halfway between what was offered last and what the buyer wants, as far as the remedy's clause allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Middle {
    /// Refunded of what was paid, in minor units.
    pub amount: i64,
    /// On top, in minor units.
    pub compensation: i64,
}

/// Every remedy of the set that could be carried out for this case: those that can be offered first, each
/// group in the order of the set.
pub(super) fn all(view: View<'_>, case: &Case) -> Vec<Possible> {
    let request = view.request(&Asked::of(case));
    let offered = |(clause, terms): (&ClauseId, &RemedyTerms)| {
        let explanation = explained(view, clause, terms, &request);
        let plan = plan(view, case, terms, &Asks::default());
        gives_something(view, clause, terms, &plan).ok()?;
        let cost = cost(view, case, &plan, &request);
        let (amount, compensation) = (
            refund_range(view, case, terms),
            compensation_range(view, case, terms),
        );
        Some(Possible {
            middle: middle(case, clause, amount, compensation),
            amount,
            compensation,
            offered: Offered {
                remedy: terms.remedy,
                explanation,
                plan,
                cost,
            },
        })
    };
    let possible = |terms: &RemedyTerms| {
        let goods = terms.route.is_none() || !units(case).is_empty();
        suits(case, terms) && goods && can_be_carried_out(view, case, terms).is_ok()
    };
    let mut found: Vec<Possible> = view
        .policy
        .remedies()
        .filter(|(_, terms)| possible(terms))
        .filter_map(offered)
        .collect();
    found.sort_by_key(|possible| match possible.offered.explanation.verdict {
        Verdict::Met => 0,
        Verdict::Unknown => 1,
        Verdict::NotMet => 2,
    });
    found
}

/// Nothing where it would be the least anyway.
fn middle(case: &Case, clause: &ClauseId, amount: Range, compensation: Range) -> Option<Middle> {
    let offer = case.offer.as_ref().filter(|offer| offer.declined)?;
    let money = |option: &Offered| option.plan.amount.saturating_add(option.plan.compensation);
    let of_clause = offer.options.iter().find(|option| option.clause() == clause);
    let last = of_clause.map(money).or(offer.options.iter().map(money).max())?;
    let halfway = last.midpoint(offer.wish?);
    let refunded = (halfway - compensation.least).clamp(amount.least, amount.most);
    let on_top = (halfway - refunded).clamp(compensation.least, compensation.most);
    let more = refunded + on_top > amount.least + compensation.least;
    more.then_some(Middle {
        amount: refunded,
        compensation: on_top,
    })
}

/// Goods and money move only where there is an order, goods come back only from a buyer who has them, and
/// whatever would otherwise wait for ever is measured.
pub(super) fn can_be_carried_out(view: View<'_>, case: &Case, terms: &RemedyTerms) -> Result<(), Refusal> {
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
    let route = terms.route.map_or(&[][..], Kind::needs_clocks).iter().copied();
    match steps
        .into_iter()
        .chain(trial)
        .chain(route)
        .find(|clock| view.clock_length(*clock).is_none())
    {
        Some(clock) => Err(Refusal::NotMeasured { clock }),
        None => Ok(()),
    }
}

/// An option whose money these goods had already is none.
pub(super) fn gives_something(
    view: View<'_>,
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
        asked: view.money(terms.compensation.map_or(0, |range| range.least)),
        least: view.money(0),
        most: view.money(0),
    })
}

/// Whether a remedy is one for this case at all, whatever its conditions say.
pub(super) fn suits(case: &Case, terms: &RemedyTerms) -> bool {
    let same_money = !terms.names_amounts() || terms.currency == Some(case.currency);
    // While units wait to go back, all that is left to agree on is that they stay for less.
    let on_top = terms.compensation.is_some() || terms.compensation_percent.is_some();
    let buys_back = terms.route == Some(Kind::ReturnAndRefund)
        && terms.refund_percent.is_some()
        && terms.extras.is_empty()
        && !(on_top || terms.trial);
    terms.kinds.contains(&case.kind) && same_money && (case.to_send_back.is_empty() || buys_back)
}

pub(super) fn explained(
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
pub(super) struct Asks {
    pub(super) amount: Option<i64>,
    pub(super) compensation: Option<i64>,
    pub(super) replacement: Option<Product>,
}

/// Units a remedy is about: those that were not accepted while any wait, else those claimed.
pub(super) fn units(case: &Case) -> &[UnitRef] {
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
pub(super) fn refund_range(view: View<'_>, case: &Case, terms: &RemedyTerms) -> Range {
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
pub(super) fn compensation_range(view: View<'_>, case: &Case, terms: &RemedyTerms) -> Range {
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

pub(super) fn plan(view: View<'_>, case: &Case, terms: &RemedyTerms, asks: &Asks) -> Plan {
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

pub(super) fn cost(view: View<'_>, case: &Case, plan: &Plan, request: &RequestFacts<'_>) -> Cost {
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

/// What a remedy gives away, as authority counts it (REM-6): of a dearer product what the buyer is let off,
/// of a cheaper one what he gets back.
pub(super) fn granted(view: View<'_>, case: &Case, plan: &Plan) -> i64 {
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
