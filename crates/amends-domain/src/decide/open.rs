//! Opening a case: what is claimed is checked against the ledger, every right is looked at and
//! explained, and the decision clock starts.
//!
//! A request that no right supports is still a request: the shop may grant it.
//! Must not know: who may open; that is `permission`. Tests: `tests/it/open.rs`.

use std::collections::BTreeSet;

use super::goods::parcel_within;
use super::judge::Asked;
use super::{Deciding, level, review, talk};
use crate::actor::Actor;
use crate::case::assessment::{Assessment, Severity};
use crate::case::clock::Clock;
use crate::case::{Claim, Declared, Kind};
use crate::command::{LineUnits, OpenCase};
use crate::event::{Event, Opened};
use crate::facts::{Earlier, Facts, Product};
use crate::ids::{BuyerId, LineId};
use crate::ledger::{OrderLedger, UnitRef};
use crate::money::Money;
use crate::order::{Order, OrderPhase};
use crate::policy::pack::Reason;
use crate::refusal::Refusal;

pub(super) fn open(deciding: &mut Deciding<'_>, open: &OpenCase) -> Result<(), Refusal> {
    let buyer = buyer(deciding, open)?;
    check_phase(deciding.facts.order.as_ref(), open)?;
    followed_once(deciding, open)?;
    let mut needed = open.kind.needs_clocks().iter().copied();
    if let Some(clock) = needed.find(|clock| deciding.policy.clock(*clock).is_none()) {
        return Err(Refusal::KindNotOffered {
            kind: open.kind,
            clock,
        });
    }
    check_reason(deciding, open)?;
    let (claim, repeats) = claim(deciding, open)?;
    if let Some(parcel) = &open.refused_parcel {
        parcel_within(parcel)?;
    }
    let declared = Declared {
        goods_intact: open.goods_intact,
        photos: open.photos,
        returns_last_90_days: deciding.facts.returns_last_90_days,
        repeats: u32::try_from(repeats.len()).unwrap_or(u32::MAX),
        parcel_refused: open.refused_parcel.is_some(),
        channel: open.channel,
    };
    let asked = Asked {
        kind: open.kind,
        reason: &open.reason,
        units: &claim.units,
        amount: claim.amount,
        declared: Some(declared),
        liability: None,
        assessment: Assessment::default(),
        severity: Severity::default(),
        rejected_units: 0,
        at: deciding.envelope.at,
    };
    let judged = deciding.view().judged(&asked);
    let facts = deciding.facts;
    let event = Event::Opened(Box::new(Opened {
        case: deciding.envelope.case,
        kind: open.kind,
        order: facts.order.as_ref().map(|order| order.id),
        buyer,
        reason: open.reason.clone(),
        currency: deciding.money(0).currency(),
        claim,
        photos: open.photos,
        policy: deciding.policy.hash(),
        right: judged.right,
        entitlement: judged.entitlement,
        return_freight: judged.return_freight,
        explanations: judged.explanations,
        text: open.text,
        declared: Some(declared),
        repeats: repeats.first().map(|earlier| earlier.case),
        refused_parcel: open.refused_parcel.clone(),
        priority: deciding.policy.reason_priority(&open.reason),
    }));
    deciding.push(event);
    begin(deciding, open);
    level::judge(deciding);
    Ok(())
}

/// The clocks that run from the opening on.
fn begin(deciding: &mut Deciding<'_>, open: &OpenCase) {
    if open.kind == Kind::UnpaidOrder {
        deciding.start(Clock::OrderLetter);
        return;
    }
    deciding.start(Clock::Decision);
    deciding.start(Clock::ClosureGoal);
    if let Some(given) = open.review {
        review::received(deciding, given);
    } else if !deciding.envelope.actor.is_shops_own() {
        talk::reply_due(deciding);
    }
}

/// Who asks: whose order it is, or, without one, who says so. Only a question or a complaint that names
/// no goods needs no order.
fn buyer(deciding: &Deciding<'_>, open: &OpenCase) -> Result<BuyerId, Refusal> {
    let order = deciding.facts.order.as_ref();
    let actor = match deciding.envelope.actor {
        Actor::Buyer(buyer) => Some(buyer),
        _ => None,
    };
    let owner = order.map(|order| order.buyer);
    if let (Some(actor), Some(owner)) = (actor, owner)
        && actor != owner
    {
        return Err(Refusal::NotForYou { actor: "buyer" });
    }
    let for_another = open.replacement_sku.is_some() && open.kind != Kind::Exchange;
    let at_the_door = open.refused_parcel.is_some() && open.kind != Kind::ReturnAndRefund;
    // A rescue answers a review, and names no goods: what the buyer may ask for stays his to ask.
    let rescue = open.kind == Kind::ReviewRescue;
    let review = rescue != open.review.is_some() || (rescue && !open.lines.is_empty());
    // An unpaid order is followed up as a whole.
    let part = open.kind == Kind::UnpaidOrder && !open.lines.is_empty();
    if for_another || at_the_door || review || part {
        return Err(Refusal::WrongKind { kind: open.kind });
    }
    if order.is_none() && (open.kind.is_decided() || open.kind.is_shops_own() || !open.lines.is_empty()) {
        return Err(Refusal::OrderNeeded);
    }
    owner.or(actor).or(open.buyer).ok_or(Refusal::OrderNeeded)
}

/// What the shop opens of its own accord has reasons of its own, which nobody chooses who asks for something.
fn check_reason(deciding: &Deciding<'_>, open: &OpenCase) -> Result<(), Refusal> {
    let given = open.reason.as_str();
    let own = open.kind == Kind::UnpaidOrder;
    let fits = |reason: &&Reason| reason.own == own;
    if deciding.policy.reason(given).as_ref().is_some_and(fits) {
        return Ok(());
    }
    let reasons = deciding.policy.reasons().iter().filter(fits);
    Err(Refusal::UnknownReason {
        given: given.to_owned(),
        known: reasons.map(|reason| reason.code.clone()).collect(),
    })
}

/// What is claimed, and which closed cases were about the same. A question or a complaint may name lines,
/// and claims them then; it asks for no amount.
fn claim<'a>(deciding: &Deciding<'a>, open: &OpenCase) -> Result<(Claim, Vec<&'a Earlier>), Refusal> {
    let (Some(order), Some(ledger)) = (&deciding.facts.order, &deciding.state.ledger) else {
        let nothing = Claim {
            units: Vec::new(),
            amount: 0,
            replacement: None,
        };
        return Ok((nothing, Vec::new()));
    };
    let units = if open.lines.is_empty() && !open.kind.is_decided() {
        Vec::new()
    } else {
        claim_units(order, ledger, &open.lines)?
    };
    let repeats = repeats(deciding, open, &units)?;
    let amount = claim_amount(open, order, ledger, &units)?;
    let sku = open.replacement_sku.as_deref();
    let replacement = replacement(deciding, sku, order, &units)?;
    let claim = Claim {
        units,
        amount,
        replacement,
    };
    Ok((claim, repeats))
}

/// Closed cases that were about these units, the latest first (INT-5). The same trouble again is
/// answered with what was done about it, unless the buyer says that it is another.
fn repeats<'a>(
    deciding: &Deciding<'a>,
    open: &OpenCase,
    units: &[UnitRef],
) -> Result<Vec<&'a Earlier>, Refusal> {
    let facts: &'a Facts = deciding.facts;
    let about = |earlier: &&Earlier| earlier.units.iter().any(|unit| units.contains(unit));
    let before: Vec<&Earlier> = facts.earlier.iter().filter(about).collect();
    let settled = |earlier: &&&Earlier| earlier.reason == open.reason && earlier.outcome.settles();
    match before.iter().find(settled) {
        Some(earlier) if !open.new_fault => Err(Refusal::SettledBefore {
            case: earlier.case,
            outcome: earlier.outcome,
        }),
        _ => Ok(before),
    }
}

/// Goods come back once they were delivered, or when the parcel was refused at the door.
fn check_phase(order: Option<&Order>, open: &OpenCase) -> Result<(), Refusal> {
    let Some(order) = order else { return Ok(()) };
    match order.phase() {
        OrderPhase::Cancelled if open.kind.is_decided() || open.kind == Kind::UnpaidOrder => {
            Err(Refusal::OrderCancelled)
        }
        OrderPhase::Unpaid if open.kind.is_decided() => Err(Refusal::OrderUnpaid),
        // Nothing is to be paid for it.
        OrderPhase::Unpaid if order.paid().minor() == 0 && open.kind == Kind::UnpaidOrder => {
            Err(Refusal::OrderPaid)
        }
        OrderPhase::Unpaid => Ok(()),
        _ if open.kind == Kind::UnpaidOrder => Err(Refusal::OrderPaid),
        OrderPhase::Dispatched if open.refused_parcel.is_some() => Ok(()),
        OrderPhase::Paid | OrderPhase::Dispatched if open.kind.returns_goods() => Err(Refusal::NotDelivered),
        _ => Ok(()),
    }
}

/// An order's payment is followed up by one case at a time.
fn followed_once(deciding: &Deciding<'_>, open: &OpenCase) -> Result<(), Refusal> {
    let followed_by = deciding
        .state
        .ledger
        .as_ref()
        .and_then(|ledger| ledger.followed_by);
    match followed_by.filter(|_| open.kind == Kind::UnpaidOrder) {
        Some(case) => Err(Refusal::PaymentFollowed { case }),
        None => Ok(()),
    }
}

/// Takes the lowest free units of every line asked about; those for which nothing is left come last.
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
        let mut free: Vec<u32> = ledger.free_units(entry.line).collect();
        free.sort_by_key(|unit| ledger.left_for(&[(entry.line, *unit)]) == 0);
        let mut taken: Vec<u32> = free.into_iter().take(wanted).collect();
        taken.sort_unstable();
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
    if open.kind == Kind::UnpaidOrder {
        return if open.amount.is_some() {
            Err(Refusal::AmountOnExchange)
        } else {
            Ok(order.paid().minor())
        };
    }
    if !open.kind.asks_money() {
        return if open.amount.is_some() {
            Err(Refusal::AmountOnExchange)
        } else {
            Ok(0)
        };
    }
    // Whoever keeps what he got says how much would make up for it: granted by itself, it must not be all.
    if open.kind == Kind::Compensation && open.amount.is_none() && order.phase() == OrderPhase::Delivered {
        return Err(Refusal::AmountNeeded);
    }
    let most = most(ledger, units);
    // Freight was used up by a delivery; without an amount it is only asked while nothing was sent, or
    // when what was sent was lost or refused at the door.
    let lost_or_refused = open.kind == Kind::Compensation || open.refused_parcel.is_some();
    let undelivered = lost_or_refused && order.phase() == OrderPhase::Dispatched;
    let usual = if order.phase() == OrderPhase::Paid || undelivered {
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

/// What is asked for in exchange: a product of the shop, or the same again at what was paid for it.
pub(super) fn replacement(
    deciding: &Deciding<'_>,
    sku: Option<&str>,
    order: &Order,
    units: &[UnitRef],
) -> Result<Option<Product>, Refusal> {
    let Some(sku) = sku else { return Ok(None) };
    let same = |(line, _): &UnitRef| order.line(*line).is_some_and(|line| line.sku == sku);
    if units.iter().all(same) {
        return Ok(None);
    }
    let mut products = deciding.facts.products.iter();
    match products.find(|product| product.sku == sku) {
        None => Err(Refusal::UnknownProduct { sku: sku.to_owned() }),
        Some(product) if product.price.currency() != order.currency => Err(Refusal::WrongCurrency {
            given: product.price.currency(),
            order: order.currency,
        }),
        Some(product) => Ok(Some(product.clone())),
    }
}
