//! The parts of a case over the wire: tracks, clocks, explanations, money.
//!
//! Must not know: who asks. Tests: `tests/it/stories.rs`.

use std::collections::BTreeMap;

use amends_domain::case::clock::{Clock as DomainClock, ClockRun};
use amends_domain::case::{Care, Case, Goods, Refund, Request};
use amends_domain::ids::{LineId, TextId};
use amends_domain::ledger::UnitRef;
use amends_domain::money::Currency;
use amends_domain::policy::Explanation;
use amends_domain::policy::set::PolicySet;
use serde::Serialize;
use utoipa::ToSchema;

use super::case_write::ParcelDto;
use super::dispute::DisputeDto;
use super::policy::ClauseDto;
use super::recourse::ExceptionDto;
use super::trade::TradeDto;
use super::values::{At, MoneyDto};
use super::warranty::{CoverClaimDto, VisitDto};
use super::words::{Clock, Expiry, MoneyState, Outcome, Owner, Verdict};
use crate::language::Language;

/// The tracks; one a case does not need is absent.
#[derive(Serialize, ToSchema)]
pub(crate) struct TracksDto {
    /// The request.
    request: RequestDto,
    /// The goods.
    #[serde(skip_serializing_if = "Option::is_none")]
    goods: Option<GoodsDto>,
    /// The money.
    #[serde(skip_serializing_if = "Option::is_none")]
    money: Option<MoneyState>,
    /// The dispute.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispute: Option<DisputeDto>,
    /// The follow-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    care: Option<CareDto>,
    /// What went wrong with a parcel, and what is asked of others for it; the shop's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<ExceptionDto>,
    /// The payment of an unpaid order, and its dispatch.
    #[serde(skip_serializing_if = "Option::is_none")]
    trade: Option<TradeDto>,
    /// What is claimed on a cover of its goods, the last claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    cover_claim: Option<CoverClaimDto>,
    /// The visit at the buyer's door, the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    visit: Option<VisitDto>,
}

/// The request's track.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum RequestDto {
    /// Waiting for the shop's decision.
    Applied,
    /// Granted.
    Approved,
    /// Declined.
    Refused,
    /// Over.
    Closed {
        /// How it ended.
        outcome: Outcome,
    },
}

/// The goods' track.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum GoodsDto {
    /// The buyer is to ship the return.
    ToShip,
    /// The return is on its way.
    OnTheWay {
        /// Its parcel.
        parcel: ParcelDto,
    },
    /// Received and inspected.
    Inspected,
    /// The replacement is to be dispatched.
    ReplacementToShip,
    /// The replacement is on its way.
    ReplacementOnTheWay {
        /// Its parcel.
        parcel: ParcelDto,
    },
    /// The buyer has the replacement.
    ReplacementReceived,
    /// With the shop, to be repaired.
    InRepair,
    /// Repaired and on the way back.
    RepairedOnTheWay {
        /// Its parcel.
        parcel: ParcelDto,
    },
    /// The buyer has the repaired goods.
    RepairedReceived,
}

/// The follow-up's track.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum CareDto {
    /// The buyer is to be asked.
    Due,
    /// The buyer was asked.
    Done {
        /// 1 to 5, when he gave one.
        score: Option<u8>,
    },
}

/// A running clock.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClockDto {
    /// Which.
    clock: Clock,
    /// When it started.
    started_at: At,
    /// When its owner is warned.
    #[serde(skip_serializing_if = "Option::is_none")]
    warn_at: Option<At>,
    /// When it ends.
    due_at: At,
    /// Who must act.
    owner: Owner,
    /// What happens otherwise.
    on_expiry: Expiry,
    /// What measures it.
    clause: ClauseDto,
}

/// Units of a line.
#[derive(Serialize, ToSchema)]
pub(crate) struct LineUnitsDto {
    /// The line.
    #[schema(value_type = String)]
    line: LineId,
    /// How many.
    units: u32,
}

/// A clause applied to the request.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExplanationDto {
    /// The clause.
    clause: ClauseDto,
    /// What it came to.
    verdict: Verdict,
    /// Each comparison; for staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingDto>,
}

/// A comparison with the value it saw.
#[derive(Serialize, ToSchema)]
pub(crate) struct FindingDto {
    /// As the pack has it.
    #[schema(example = "days_since_receipt <= 7d")]
    condition: String,
    /// What it came to.
    verdict: Verdict,
    /// The value; absent when unknown, and then `condition` names what to supply.
    #[schema(example = "9d")]
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<String>,
}

/// A refund.
#[derive(Serialize, ToSchema)]
pub(crate) struct RefundDto {
    /// Counts the case's refunds from 1.
    number: u32,
    /// How often the provider was asked; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<u32>,
    /// All of it.
    total: MoneyDto,
    /// For goods.
    goods: MoneyDto,
    /// Freight of the order.
    freight: MoneyDto,
    /// Return freight, reimbursed.
    return_freight: MoneyDto,
    /// On top.
    compensation: MoneyDto,
}

fn money_told(money: MoneyState, for_buyer: bool) -> MoneyState {
    match money {
        MoneyState::Unknown | MoneyState::Failed if for_buyer => MoneyState::Ordered,
        money => money,
    }
}

/// The tracks of a case; a buyer does not see how a refund fares between shop and provider.
pub(super) fn tracks(case: &Case, texts: &BTreeMap<TextId, String>, for_buyer: bool) -> TracksDto {
    let money = case.money.map(|state| money_told(state.into(), for_buyer));
    TracksDto {
        request: match case.request {
            Request::Applied => RequestDto::Applied,
            Request::Approved => RequestDto::Approved,
            Request::Refused => RequestDto::Refused,
            Request::Closed(outcome) => RequestDto::Closed {
                outcome: outcome.into(),
            },
        },
        goods: case.goods.as_ref().map(goods),
        money,
        dispute: DisputeDto::of(case, texts, for_buyer),
        care: case.care.map(|care| match care {
            Care::Due => CareDto::Due,
            Care::Done { score } => CareDto::Done { score },
        }),
        exception: ExceptionDto::of(case).filter(|_| !for_buyer),
        trade: TradeDto::of(case, for_buyer),
        cover_claim: CoverClaimDto::of(case, for_buyer),
        visit: VisitDto::of(case),
    }
}

fn goods(goods: &Goods) -> GoodsDto {
    match goods {
        Goods::ToShip => GoodsDto::ToShip,
        Goods::OnTheWay(parcel) => GoodsDto::OnTheWay {
            parcel: ParcelDto::of(parcel),
        },
        Goods::Inspected => GoodsDto::Inspected,
        Goods::ReplacementToShip => GoodsDto::ReplacementToShip,
        Goods::ReplacementOnTheWay(parcel) => GoodsDto::ReplacementOnTheWay {
            parcel: ParcelDto::of(parcel),
        },
        Goods::ReplacementReceived => GoodsDto::ReplacementReceived,
        Goods::InRepair => GoodsDto::InRepair,
        Goods::RepairedOnTheWay(parcel) => GoodsDto::RepairedOnTheWay {
            parcel: ParcelDto::of(parcel),
        },
        Goods::RepairedReceived => GoodsDto::RepairedReceived,
    }
}

pub(super) fn clock(clock: DomainClock, run: &ClockRun, policy: &PolicySet, language: Language) -> ClockDto {
    ClockDto {
        clock: clock.into(),
        started_at: run.started_at.into(),
        warn_at: run.warn_at.map(At),
        due_at: run.due_at.into(),
        owner: run.owner.into(),
        on_expiry: run.on_expiry.into(),
        clause: ClauseDto::of(policy, &run.clause, language),
    }
}

/// Units counted by line, in the order lines first stand in.
pub(super) fn lines(units: &[UnitRef]) -> Vec<LineUnitsDto> {
    let mut lines: Vec<LineUnitsDto> = Vec::new();
    for (line, _) in units {
        match lines.iter_mut().find(|entry| entry.line == *line) {
            Some(entry) => entry.units += 1,
            None => lines.push(LineUnitsDto {
                line: *line,
                units: 1,
            }),
        }
    }
    lines
}

pub(super) fn explanation(
    explanation: &Explanation,
    policy: &PolicySet,
    language: Language,
    for_buyer: bool,
) -> ExplanationDto {
    let findings = explanation
        .findings
        .iter()
        .filter(|_| !for_buyer)
        .map(|finding| FindingDto {
            condition: finding.condition.clone(),
            verdict: finding.verdict.into(),
            actual: finding.actual.clone(),
        });
    ExplanationDto {
        clause: ClauseDto::of(policy, &explanation.clause, language),
        verdict: explanation.verdict.into(),
        findings: findings.collect(),
    }
}

pub(super) fn refund(refund: &Refund, currency: Currency, for_buyer: bool) -> RefundDto {
    let money = |minor| MoneyDto::of(minor, currency);
    let breakdown = &refund.breakdown;
    RefundDto {
        number: refund.number,
        attempt: (!for_buyer).then_some(refund.attempt),
        total: money(breakdown.total()),
        goods: money(breakdown.goods.iter().map(|part| part.amount).sum()),
        freight: money(breakdown.freight),
        return_freight: money(breakdown.return_freight),
        compensation: money(breakdown.compensation),
    }
}
