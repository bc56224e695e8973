//! The goods' track: the return's way back, its inspection, and a replacement's way out.
//!
//! Must not know: how a request was granted. Tests: `tests/it/flow.rs`, `tests/it/exchange.rs`.

use super::{Deciding, in_currency, money, not_now, pieces_within, text_within};
use crate::case::clock::Clock;
use crate::case::{Case, Goods, Kind, MoneyState, Parcel, Pickup};
use crate::command::{CARRIER_CHARS_MAX, LineFinding, REFERENCE_CHARS_MAX, WAYBILL_CHARS_MAX};
use crate::digest::TextRef;
use crate::event::Event;
use crate::ids::{EvidenceId, LineId};
use crate::ledger::UnitRef;
use crate::money::Money;
use crate::policy::{Bound, Payer};
use crate::refusal::Refusal;

/// Checks a parcel's two names.
pub(super) fn parcel_within(parcel: &Parcel) -> Result<(), Refusal> {
    text_within("carrier", &parcel.carrier, CARRIER_CHARS_MAX)?;
    text_within("waybill", &parcel.waybill, WAYBILL_CHARS_MAX)
}

/// A carrier comes for the return: ahead, and before the return has to be on its way.
pub(super) fn book_pickup(deciding: &mut Deciding<'_>, case: &Case, pickup: &Pickup) -> Result<(), Refusal> {
    if case.goods != Some(Goods::ToShip) {
        return Err(not_now(case));
    }
    text_within("carrier", &pickup.carrier, CARRIER_CHARS_MAX)?;
    if let Some(reference) = &pickup.reference {
        text_within("reference", reference, REFERENCE_CHARS_MAX)?;
    }
    let earliest = deciding.envelope.at;
    let latest = case.clocks.get(&Clock::ReturnShipment).map(|run| run.due_at);
    let ahead = earliest < pickup.until && pickup.from < pickup.until;
    if !ahead || latest.is_some_and(|latest| latest < pickup.until) {
        return Err(Refusal::PickupOutOfTime { earliest, latest });
    }
    deciding.push(Event::PickupBooked {
        pickup: pickup.clone(),
    });
    Ok(())
}

/// The buyer ships, or mends a waybill he mistyped: the clock does not start again.
pub(super) fn ship_return(deciding: &mut Deciding<'_>, case: &Case, parcel: &Parcel) -> Result<(), Refusal> {
    if !matches!(case.goods, Some(Goods::ToShip | Goods::OnTheWay(_))) {
        return Err(not_now(case));
    }
    parcel_within(parcel)?;
    let first = case.goods == Some(Goods::ToShip);
    if first {
        deciding.stop(Clock::ReturnShipment);
    }
    deciding.push(Event::ReturnShipped {
        parcel: parcel.clone(),
    });
    if first {
        deciding.start(Clock::ReceiptConfirmation);
    }
    Ok(())
}

/// Receives and inspects in one step; also a parcel that came without a waybill. What is not taken back is
/// shown in pictures, with the reason (ELG-8).
pub(super) fn inspect(
    deciding: &mut Deciding<'_>,
    case: &Case,
    findings: &[LineFinding],
    return_freight: Option<Money>,
    text: Option<TextRef>,
    evidence: &[EvidenceId],
) -> Result<(), Refusal> {
    if !matches!(case.goods, Some(Goods::ToShip | Goods::OnTheWay(_))) {
        return Err(not_now(case));
    }
    let (mut accepted, mut rejected, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    let mut lines: Vec<LineId> = case.claim.units.iter().map(|(line, _)| *line).collect();
    lines.dedup();
    if let Some(finding) = findings.iter().find(|finding| !lines.contains(&finding.line)) {
        return Err(Refusal::UnknownLine { line: finding.line });
    }
    in_currency(case, return_freight)?;
    for line in lines {
        let units: Vec<UnitRef> = case
            .claim
            .units
            .iter()
            .copied()
            .filter(|(of, _)| *of == line)
            .collect();
        let found: Vec<&LineFinding> = findings.iter().filter(|finding| finding.line == line).collect();
        let sum = |part: fn(&LineFinding) -> u32| -> u64 {
            found.iter().map(|finding| u64::from(part(finding))).sum()
        };
        let (taken, back) = (sum(|finding| finding.accepted), sum(|finding| finding.rejected));
        let total = taken + back + sum(|finding| finding.missing);
        let claimed = u64::try_from(units.len()).unwrap_or(u64::MAX);
        if total != claimed {
            let bounded = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
            return Err(Refusal::InspectionDoesNotAddUp {
                line,
                claimed: bounded(claimed),
                found: bounded(total),
            });
        }
        for (at, unit) in (0_u64..).zip(units) {
            let list = if at < taken {
                &mut accepted
            } else if at < taken + back {
                &mut rejected
            } else {
                &mut missing
            };
            list.push(unit);
        }
    }
    if !rejected.is_empty() && (evidence.is_empty() || text.is_none()) {
        return Err(Refusal::RejectionUnproven);
    }
    pieces_within(evidence)?;
    let return_freight = freight_within(deciding, case, return_freight)?;
    let found = Found {
        accepted,
        rejected,
        missing,
        return_freight,
        text,
        evidence: evidence.to_vec(),
    };
    inspected(deciding, found);
    Ok(())
}

fn freight_within(deciding: &Deciding<'_>, case: &Case, asked: Option<Money>) -> Result<i64, Refusal> {
    let Some(asked) = asked.filter(|asked| !asked.is_zero()) else {
        return Ok(0);
    };
    if case.return_freight == Payer::Buyer {
        return Err(Refusal::FreightIsBuyers);
    }
    let bound = deciding.policy.bound_in(Bound::ReturnFreight, case.currency);
    let room = deciding
        .state
        .ledger
        .as_ref()
        .map_or(0, |ledger| money::room(case, ledger));
    let at_most = bound.map_or(0, |(_, at_most)| at_most).min(room);
    if asked.minor() > at_most {
        let clause = bound.map(|(clause, _)| clause.clone());
        return Err(Refusal::AboveFreightBound {
            asked,
            at_most: deciding.money(at_most),
            clause,
        });
    }
    Ok(asked.minor())
}

/// What an inspection found of every unit, with what is on record about it.
#[derive(Default)]
pub(super) struct Found {
    accepted: Vec<UnitRef>,
    rejected: Vec<UnitRef>,
    missing: Vec<UnitRef>,
    /// Minor units.
    return_freight: i64,
    text: Option<TextRef>,
    evidence: Vec<EvidenceId>,
}

impl Found {
    /// Everything came back as it should.
    pub(super) fn all_accepted(accepted: Vec<UnitRef>) -> Self {
        Self {
            accepted,
            ..Self::default()
        }
    }
}

/// What follows from an inspection, whoever made it.
pub(super) fn inspected(deciding: &mut Deciding<'_>, found: Found) {
    deciding.stop(Clock::ReturnShipment);
    deciding.stop(Clock::ReceiptConfirmation);
    let (any_accepted, any_rejected) = (!found.accepted.is_empty(), !found.rejected.is_empty());
    deciding.push(Event::Inspected {
        accepted: found.accepted,
        rejected: found.rejected,
        missing: found.missing,
        return_freight: found.return_freight,
        text: found.text,
        evidence: found.evidence,
    });
    if any_rejected {
        deciding.start(Clock::SendBack);
    }
    match deciding.state.case.as_ref().map(|case| case.kind) {
        Some(Kind::Exchange) if any_accepted => {
            deciding.push(Event::ReplacementDue);
            deciding.start(Clock::ReplacementDispatch);
            money::settle_difference(deciding);
        }
        Some(Kind::Repair) if any_accepted => {
            deciding.push(Event::RepairDue);
            deciding.start(Clock::Repair);
            money::settle_repair(deciding);
        }
        _ => money::refund_due(deciding),
    }
    deciding.close_if_done();
}

pub(super) fn send_back(deciding: &mut Deciding<'_>, case: &Case, parcel: &Parcel) -> Result<(), Refusal> {
    // While the platform is to say whose it is, it stays where it is.
    if case.to_send_back.is_empty() || case.is_before_platform() {
        return Err(not_now(case));
    }
    parcel_within(parcel)?;
    deciding.stop(Clock::SendBack);
    deciding.stop(Clock::OfferAnswer);
    deciding.push(Event::SentBack {
        parcel: parcel.clone(),
    });
    deciding.close_if_done();
    Ok(())
}

/// A dearer replacement leaves once its difference is paid.
pub(super) fn ship_replacement(
    deciding: &mut Deciding<'_>,
    case: &Case,
    parcel: &Parcel,
) -> Result<(), Refusal> {
    if case.goods != Some(Goods::ReplacementToShip) || case.money == Some(MoneyState::DifferenceOwed) {
        return Err(not_now(case));
    }
    parcel_within(parcel)?;
    deciding.stop(Clock::ReplacementDispatch);
    deciding.push(Event::ReplacementShipped {
        parcel: parcel.clone(),
    });
    deciding.start(Clock::ReplacementReceipt);
    Ok(())
}

/// Repaired goods leave once what the buyer agreed to pay is paid.
pub(super) fn ship_repaired(
    deciding: &mut Deciding<'_>,
    case: &Case,
    parcel: &Parcel,
) -> Result<(), Refusal> {
    if case.goods != Some(Goods::InRepair) || case.money == Some(MoneyState::DifferenceOwed) {
        return Err(not_now(case));
    }
    parcel_within(parcel)?;
    deciding.stop(Clock::Repair);
    deciding.push(Event::RepairedShipped {
        parcel: parcel.clone(),
    });
    deciding.start(Clock::ReplacementReceipt);
    Ok(())
}

pub(super) fn confirm_replacement(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    let on_the_way = Clock::ReplacementReceipt.waits_in(case);
    if !on_the_way {
        return Err(not_now(case));
    }
    sent_out_received(deciding);
    Ok(())
}

/// What was sent out is with the buyer: a replacement, or what was repaired.
pub(super) fn sent_out_received(deciding: &mut Deciding<'_>) {
    let goods = deciding.state.case.as_ref().and_then(|case| case.goods.clone());
    deciding.stop(Clock::ReplacementReceipt);
    deciding.push(match goods {
        Some(Goods::RepairedOnTheWay(_)) => Event::RepairedReceived,
        _ => Event::ReplacementReceived,
    });
    deciding.close_if_done();
}

/// The way out of an exchange whose replacement cannot be had or whose difference is never paid, of a
/// reissue that cannot be sent, and of a repair that does not succeed.
pub(super) fn convert_to_refund(deciding: &mut Deciding<'_>, case: &Case) -> Result<(), Refusal> {
    if !matches!(case.kind, Kind::Exchange | Kind::Reissue | Kind::Repair) {
        return Err(Refusal::WrongKind { kind: case.kind });
    }
    let settled = !matches!(
        case.money,
        Some(MoneyState::Due | MoneyState::Ordered | MoneyState::Unknown | MoneyState::Failed)
    );
    if !matches!(case.goods, Some(Goods::ReplacementToShip | Goods::InRepair)) || !settled {
        return Err(not_now(case));
    }
    let ledger = deciding.state.ledger.as_ref();
    let for_repair = if case.repair_is_paid() { case.difference } else { 0 };
    let amount = for_repair + ledger.map_or(0, |ledger| ledger.left_for(case.sent_units()));
    deciding.stop(Clock::ReplacementDispatch);
    deciding.stop(Clock::Repair);
    deciding.push(Event::ConvertedToRefund { amount });
    money::refund_due(deciding);
    // Asked once it is due, since something may be left to pay on top; a refusal undoes it all.
    deciding.within_authority(0)?;
    deciding.close_if_done();
    Ok(())
}
