//! Opening a case: what is claimed is checked against the ledger, every right is looked at and
//! explained, and the decision clock starts.
//!
//! A request that no right supports is still a request: the shop may grant it.
//! Must not know: who may open; that is `permission`. Tests: `tests/it/open.rs`.

use std::collections::BTreeSet;

use super::Deciding;
use crate::actor::Actor;
use crate::case::clock::Clock;
use crate::case::{Case, Claim, Declared, Kind};
use crate::command::{LineUnits, OpenCase};
use crate::event::{Event, Judged, Opened};
use crate::facts::{Product, RequestFacts};
use crate::ids::LineId;
use crate::ledger::{OrderLedger, UnitRef};
use crate::money::Money;
use crate::order::{Order, OrderPhase};
use crate::policy::condition::Verdict;
use crate::policy::set::PolicySet;
use crate::policy::{Explanation, Payer, RightTerms};
use crate::refusal::Refusal;
use crate::time::Moment;

pub(super) fn open(deciding: &mut Deciding<'_>, open: &OpenCase) -> Result<(), Refusal> {
    let facts = deciding.facts;
    let (Some(order), Some(ledger)) = (&facts.order, &deciding.state.ledger) else {
        return Err(Refusal::OrderNeeded);
    };
    if let Actor::Buyer(buyer) = deciding.envelope.actor
        && buyer != order.buyer
    {
        return Err(Refusal::NotForYou { actor: "buyer" });
    }
    check_phase(order, open.kind)?;
    if open.replacement_sku.is_some() && open.kind != Kind::Exchange {
        return Err(Refusal::WrongKind { kind: open.kind });
    }
    if deciding.policy.reason(&open.reason).is_none() {
        let known = deciding
            .policy
            .reasons()
            .iter()
            .map(|reason| reason.code.clone())
            .collect();
        return Err(Refusal::UnknownReason {
            given: open.reason.clone(),
            known,
        });
    }
    let units = claim_units(order, ledger, &open.lines)?;
    let amount = claim_amount(open, order, ledger, &units)?;
    let declared = Declared {
        goods_intact: open.goods_intact,
        photos: open.photos,
        returns_last_90_days: facts.returns_last_90_days,
    };
    let asked = Asked {
        kind: open.kind,
        reason: &open.reason,
        units: &units,
        amount,
        declared,
        at: deciding.envelope.at,
    };
    let judged = judged(deciding, &asked);
    let replacement = replacement(deciding, open, order, &units)?;
    let event = Event::Opened(Box::new(Opened {
        case: deciding.envelope.case,
        kind: open.kind,
        order: Some(order.id),
        buyer: order.buyer,
        reason: open.reason.clone(),
        currency: order.currency,
        claim: Claim {
            units,
            amount,
            replacement,
        },
        photos: open.photos,
        policy: deciding.policy.hash(),
        right: judged.right,
        entitlement: judged.entitlement,
        return_freight: judged.return_freight,
        explanations: judged.explanations,
        text: open.text,
        declared: Some(declared),
    }));
    deciding.push(event);
    deciding.start(Clock::Decision);
    Ok(())
}

fn check_phase(order: &Order, kind: Kind) -> Result<(), Refusal> {
    match order.phase() {
        OrderPhase::Cancelled => Err(Refusal::OrderCancelled),
        OrderPhase::Paid | OrderPhase::Dispatched if kind.returns_goods() => Err(Refusal::NotDelivered),
        _ => Ok(()),
    }
}

/// Takes the lowest free units of every line asked about.
fn claim_units(order: &Order, ledger: &OrderLedger, asked: &[LineUnits]) -> Result<Vec<UnitRef>, Refusal> {
    if let Some(entry) = asked.iter().find(|entry| order.line(entry.line).is_none()) {
        return Err(Refusal::UnknownLine { line: entry.line });
    }
    let distinct: BTreeSet<LineId> = asked.iter().map(|entry| entry.line).collect();
    if asked.is_empty() || distinct.len() != asked.len() || asked.iter().any(|entry| entry.units == 0) {
        return Err(Refusal::NoUnits);
    }
    let mut units = Vec::new();
    for entry in asked {
        let wanted = usize::try_from(entry.units).unwrap_or(usize::MAX);
        let taken: Vec<u32> = ledger.free_units(entry.line).take(wanted).collect();
        if taken.len() < wanted {
            let in_hand = u32::try_from(taken.len()).unwrap_or(u32::MAX);
            return Err(Refusal::NotInHand {
                line: entry.line,
                asked: entry.units,
                in_hand,
            });
        }
        units.extend(taken.into_iter().map(|unit| (entry.line, unit)));
    }
    Ok(units)
}

/// The most that can be asked for these units: what is left of them and, when nothing else of the
/// order is left, the freight.
pub(super) fn most(ledger: &OrderLedger, units: &[UnitRef]) -> i64 {
    ledger.left_for(units)
        + if ledger.all_but(units) {
            ledger.freight_left()
        } else {
            0
        }
}

fn claim_amount(
    open: &OpenCase,
    order: &Order,
    ledger: &OrderLedger,
    units: &[UnitRef],
) -> Result<i64, Refusal> {
    if open.kind == Kind::Exchange {
        return if open.amount.is_some() {
            Err(Refusal::AmountOnExchange)
        } else {
            Ok(0)
        };
    }
    let most = most(ledger, units);
    // Freight was used up by a delivery; without an amount it is only asked while nothing was sent.
    let usual = if order.phase() == OrderPhase::Paid {
        most
    } else {
        ledger.left_for(units)
    };
    amount_within(open.amount, usual, most, order.currency)
}

/// Checks an asked amount against what is left, both in minor units.
pub(super) fn amount_within(
    asked: Option<Money>,
    usual: i64,
    most: i64,
    currency: crate::money::Currency,
) -> Result<i64, Refusal> {
    let left = Money::new(most, currency).unwrap_or(Money::zero(currency));
    let amount = match asked {
        Some(money) if money.currency() != currency => {
            return Err(Refusal::WrongCurrency {
                given: money.currency(),
                order: currency,
            });
        }
        _ if most == 0 => 0,
        Some(money) if money.minor() > most => return Err(Refusal::AboveWhatIsLeft { asked: money, left }),
        Some(money) => money.minor(),
        None => usual,
    };
    if amount == 0 {
        Err(Refusal::NothingToRefund { left })
    } else {
        Ok(amount)
    }
}

/// What the exchange asks for: a product of the shop, or the same again at what was paid for it.
fn replacement(
    deciding: &Deciding<'_>,
    open: &OpenCase,
    order: &Order,
    units: &[UnitRef],
) -> Result<Option<Product>, Refusal> {
    match &open.replacement_sku {
        None => Ok(None),
        Some(sku) => {
            let same = |(line, _): &UnitRef| order.line(*line).is_some_and(|line| line.sku == *sku);
            if units.iter().all(same) {
                return Ok(None);
            }
            let product = deciding
                .facts
                .replacement
                .as_ref()
                .filter(|product| product.sku == *sku);
            match product {
                None => Err(Refusal::UnknownProduct { sku: sku.clone() }),
                Some(product) if product.price.currency() != order.currency => Err(Refusal::WrongCurrency {
                    given: product.price.currency(),
                    order: order.currency,
                }),
                Some(product) => Ok(Some(product.clone())),
            }
        }
    }
}

/// What is judged of a request.
struct Asked<'a> {
    kind: Kind,
    reason: &'a str,
    units: &'a [UnitRef],
    amount: i64,
    declared: Declared,
    /// As of when.
    at: Moment,
}

fn judged(deciding: &Deciding<'_>, asked: &Asked<'_>) -> Judged {
    let mut lines: Vec<LineId> = asked.units.iter().map(|(line, _)| *line).collect();
    lines.dedup();
    let ledger = deciding.state.ledger.as_ref();
    let left = ledger.map_or(0, |ledger| ledger.left_for(asked.units));
    let request = RequestFacts {
        kind: asked.kind.code(),
        reason: asked.reason,
        lines: &lines,
        goods_value: deciding.money(left),
        amount_asked: deciding.money(asked.amount),
        goods_intact: asked.declared.goods_intact,
        photos: asked.declared.photos,
        returns_last_90_days: asked.declared.returns_last_90_days,
        now: asked.at,
    };
    let explanations = deciding
        .policy
        .explain(asked.kind, &|name| deciding.facts.value(name, &request));
    let right = supporting_right(deciding.policy, &explanations);
    Judged {
        right: right.map(|right| right.clause.clone()),
        entitlement: entitlement(&explanations),
        return_freight: return_freight(deciding.policy, &explanations),
        explanations,
    }
}

/// Judges a request once more, for another amount: as of when it was opened, since a buyer who was
/// refused loses no right by the time that took. Not where the order is not at hand, or for a case
/// that did not keep what it was judged by.
pub(super) fn judged_again(deciding: &Deciding<'_>, case: &Case, amount: i64) -> Option<Judged> {
    deciding.facts.order.as_ref()?;
    let asked = Asked {
        kind: case.kind,
        reason: &case.reason,
        units: &case.claim.units,
        amount,
        declared: case.declared?,
        at: case.opened_at,
    };
    Some(judged(deciding, &asked))
}

/// Rights that are met, in the order of the set.
fn met<'a>(
    policy: &'a PolicySet,
    explanations: &'a [Explanation],
) -> impl Iterator<Item = (&'a Explanation, &'a RightTerms)> {
    explanations
        .iter()
        .filter(|explanation| explanation.verdict == Verdict::Met)
        .filter_map(|explanation| Some((explanation, policy.right(&explanation.clause)?)))
}

/// The right that supports the request: of those that are met the kindest, since a layer only adds
/// to what the one below it grants; among equals the first.
fn supporting_right<'a>(policy: &'a PolicySet, explanations: &'a [Explanation]) -> Option<&'a Explanation> {
    let kindness = |terms: &RightTerms| {
        (
            terms.return_freight == Payer::Shop,
            terms.compensation_percent_max,
        )
    };
    met(policy, explanations)
        .reduce(|best, next| {
            if kindness(next.1) > kindness(best.1) {
                next
            } else {
                best
            }
        })
        .map(|(explanation, _)| explanation)
}

/// The shop bears the return's freight when any right that is met says so.
fn return_freight(policy: &PolicySet, explanations: &[Explanation]) -> Payer {
    let shop = met(policy, explanations).any(|(_, terms)| terms.return_freight == Payer::Shop);
    if shop { Payer::Shop } else { Payer::Buyer }
}

fn entitlement(explanations: &[Explanation]) -> Verdict {
    let any = |verdict| {
        explanations
            .iter()
            .any(|explanation| explanation.verdict == verdict)
    };
    if any(Verdict::Met) {
        Verdict::Met
    } else if any(Verdict::Unknown) {
        Verdict::Unknown
    } else {
        Verdict::NotMet
    }
}
