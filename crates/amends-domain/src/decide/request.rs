//! The request's track: granting, declining, asking again, taking back.
//!
//! Must not know: how goods and money move afterwards. Tests: `tests/it/flow.rs`.

use super::judge::Asked;
use super::{Deciding, abuse, goods, in_currency, level, money, not_now, open, talk, trade};
use crate::actor::Actor;
use crate::case::clock::Clock;
use crate::case::{Case, Goods, Kind, MoneyState, Outcome, Request};
use crate::digest::TextRef;
use crate::event::{Event, NextStep};
use crate::money::Money;
use crate::policy::remedy::Violation;
use crate::policy::{Bound, ClauseId};
use crate::refusal::Refusal;

/// Grants what is asked; also after a refusal, when the shop thinks better of it.
pub(super) fn approve(
    deciding: &mut Deciding<'_>,
    case: &Case,
    compensation: Option<Money>,
) -> Result<(), Refusal> {
    if !case.kind.is_decided() {
        return Err(Refusal::WrongKind { kind: case.kind });
    }
    if !matches!(case.request, Request::Applied | Request::Refused) || case.trial.is_some() {
        return Err(not_now(case));
    }
    if case.right.is_none() {
        abuse::goodwill_allowed(deciding, case)?;
    }
    let compensation = compensation_within(deciding, case, compensation)?;
    let granted = money::granted(case, deciding.state.ledger.as_ref());
    deciding.within_authority(granted + compensation)?;
    talk::replied(deciding);
    level::answered_by_deciding(deciding);
    grant(deciding, case.right.iter().cloned().collect(), compensation);
    Ok(())
}

/// What follows from a grant, whoever gave it.
pub(super) fn grant(deciding: &mut Deciding<'_>, basis: Vec<ClauseId>, compensation: i64) {
    for clock in [
        Clock::Decision,
        Clock::RefusalAnswer,
        Clock::Ruling,
        Clock::Evidence,
        Clock::Appeal,
        Clock::OfferAnswer,
    ] {
        deciding.stop(clock);
    }
    deciding.push(Event::Approved { basis, compensation });
    let Some(case) = &deciding.state.case else { return };
    let goods_move = !case.claim.units.is_empty();
    match (case.kind, case.refused_parcel.clone()) {
        // It is on its way already, by the carrier it came with (ELG-11).
        (kind, Some(parcel)) if kind.returns_goods() && goods_move => {
            deciding.push(Event::ReturnShipped { parcel });
            deciding.start(Clock::ReceiptConfirmation);
        }
        (kind, None) if kind.returns_goods() && goods_move => deciding.start(Clock::ReturnShipment),
        (Kind::Reissue, _) if goods_move => {
            deciding.push(Event::ReplacementDue);
            deciding.start(Clock::ReplacementDispatch);
            money::refund_due(deciding);
        }
        _ => {
            money::refund_at_once(deciding);
            // Another case may have been paid what was left; then nothing waits here any more.
            deciding.close_if_done();
        }
    }
}

fn compensation_within(deciding: &Deciding<'_>, case: &Case, asked: Option<Money>) -> Result<i64, Refusal> {
    let Some(asked) = asked else { return Ok(0) };
    in_currency(case, Some(asked))?;
    let ledger = deciding.state.ledger.as_ref();
    let at_most = ledger.map_or(0, |ledger| {
        let left = money::compensation_left(deciding, case, ledger, &case.claim.units);
        left.min(money::room(case, ledger))
    });
    if asked.minor() > at_most {
        let percent = money::compensation_percent(deciding, case);
        let clause = case.right.clone().filter(|_| percent > 0);
        return Err(Refusal::CompensationWithoutClause {
            asked,
            at_most: deciding.money(at_most),
            clause,
        });
    }
    Ok(asked.minor())
}

pub(super) fn refuse(
    deciding: &mut Deciding<'_>,
    case: &Case,
    reason: &str,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if !case.kind.is_decided() {
        return Err(Refusal::WrongKind { kind: case.kind });
    }
    if case.request != Request::Applied || case.trial.is_some() {
        return Err(not_now(case));
    }
    let known = deciding.policy.refusal_reasons();
    if !known.iter().any(|entry| entry.code == reason) {
        let known = known.iter().map(|entry| entry.code.clone()).collect();
        return Err(Refusal::UnknownRefusalReason {
            given: reason.to_owned(),
            known,
        });
    }
    right_does_not_stand(deciding, case)?;
    talk::replied(deciding);
    level::answered_by_deciding(deciding);
    deciding.stop(Clock::Decision);
    deciding.stop(Clock::OfferAnswer);
    let mut next = vec![NextStep::AskIntervention, NextStep::Withdraw];
    if renewals_left(deciding, case).is_ok() {
        next.insert(0, NextStep::Renew);
    }
    deciding.push(Event::Refused {
        reason: reason.to_owned(),
        text,
        next,
    });
    deciding.start(Clock::RefusalAnswer);
    Ok(())
}

/// What a buyer has a right to is not refused where a platform deducts points for it (VIO-1). A shop
/// that has found otherwise puts its finding on record first, and the right is judged anew.
fn right_does_not_stand(deciding: &Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    let violation = deciding.policy.violation(Violation::ServiceRefused);
    match (&case.right, violation) {
        (Some(right), Some((clause, points))) => Err(Refusal::RightStands {
            right: right.clone(),
            violation: clause.clone(),
            points,
        }),
        _ => Ok(()),
    }
}

fn renewals_left(deciding: &Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    match deciding.policy.bound(Bound::Renewals) {
        Some((clause, at_most)) if i64::from(case.renewals) >= at_most => Err(Refusal::TooManyRenewals {
            at_most,
            clause: clause.clone(),
        }),
        _ => Ok(()),
    }
}

pub(super) fn renew(
    deciding: &mut Deciding<'_>,
    case: &Case,
    amount: Option<Money>,
    text: Option<TextRef>,
) -> Result<(), Refusal> {
    if case.request != Request::Refused || case.dispute.is_some() || case.trial.is_some() {
        return Err(not_now(case));
    }
    let most = deciding
        .state
        .ledger
        .as_ref()
        .map_or(0, |ledger| open::most(ledger, &case.claim.units));
    let amount = match case.kind {
        kind if kind.asks_money() => {
            open::amount_within(amount, case.claim.amount.min(most), most, case.currency)?
        }
        _ if amount.is_some() => return Err(Refusal::AmountOnExchange),
        _ => 0,
    };
    renewals_left(deciding, case)?;
    deciding.stop(Clock::RefusalAnswer);
    let judged = if amount == case.claim.amount {
        None
    } else {
        let asked = Asked {
            amount,
            ..Asked::of(case)
        };
        deciding.view().judged_again(&asked)
    };
    deciding.push(Event::Renewed { amount, text, judged });
    deciding.start(Clock::Decision);
    if matches!(deciding.envelope.actor, Actor::Buyer(_)) {
        talk::reply_due(deciding);
    }
    Ok(())
}

/// A buyer can let go until the goods or the money are on their way; of a repair that he was to pay for,
/// until he has paid.
pub(super) fn withdraw(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    if case.trade.is_some() {
        return trade::give_up(deciding, case);
    }
    match (&case.request, &case.goods) {
        (Request::Applied | Request::Refused, _) | (Request::Approved, Some(Goods::ToShip)) => {
            deciding.close(Outcome::Withdrawn);
            Ok(())
        }
        (Request::Approved, Some(Goods::InRepair)) if case.money == Some(MoneyState::DifferenceOwed) => {
            deciding.stop(Clock::Repair);
            deciding.stop(Clock::SendBack);
            deciding.push(Event::RepairDeclined);
            deciding.start(Clock::SendBack);
            Ok(())
        }
        _ => Err(not_now(case)),
    }
}

/// Receipt taken as confirmed when its clock ended: everything claimed counts as accepted.
pub(super) fn confirm_receipt(deciding: &mut Deciding<'_>, case: &Case) {
    goods::inspected(deciding, goods::Found::all_accepted(case.claim.units.clone()));
}
