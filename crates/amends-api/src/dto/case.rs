//! A case over the wire, with everything that explains it. A buyer is shown no internal figures.
//!
//! Must not know: what may be done; it is told. Tests: `tests/it/stories.rs`.

use amends_app::cases::CaseRow;
use amends_app::cases::case_read::{CaseView, Contact};
use amends_domain::case::Case;
use amends_domain::digest::Digest;
use amends_domain::facts::Product;
use amends_domain::ids::{BuyerId, CaseId, OrderId};
use amends_domain::policy::set::PolicySet;
use serde::Serialize;
use utoipa::ToSchema;

use super::abuse::AbuseDto;
use super::case_parts::{
    ClockDto, ExplanationDto, LineUnitsDto, RefundDto, TracksDto, clock, explanation, lines, refund, tracks,
};
use super::case_write::PickupDto;
use super::event::is_inner;
use super::handling::{HandlingDto, PromiseDto, promises};
use super::policy::{ClauseDto, NamedDto};
use super::remedy::{OfferDto, StepDto, offer, steps};
use super::reviews::{CaseReviewDto, case_reviews};
use super::values::{At, MoneyDto};
use super::words::{EvidenceKind, Kind, Payer, Status, Verdict};
use crate::language::Language;

/// A case.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseDto {
    /// Its id.
    #[schema(value_type = String)]
    id: CaseId,
    /// Its number in the shop.
    number: i64,
    /// What the buyer asks for.
    kind: Kind,
    /// The one word.
    status: Status,
    /// The order it is about.
    #[schema(value_type = Option<String>)]
    order: Option<OrderId>,
    /// The buyer; for staff.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer: Option<BuyerId>,
    /// The reason.
    reason: NamedDto,
    /// When it was opened.
    opened_at: At,
    /// When it closed.
    closed_at: Option<At>,
    /// Events so far.
    seq: u64,
    /// Raised by what changes a decision; the `ETag`.
    terms: u64,
    /// The five tracks.
    tracks: TracksDto,
    /// Running clocks, the next to end first.
    clocks: Vec<ClockDto>,
    /// What is claimed.
    claim: ClaimDto,
    /// The clause that supports it, when one is met.
    right: Option<ClauseDto>,
    /// Whether any right supports it.
    entitlement: Verdict,
    /// Each right as it was judged last: at the opening, or since then by what came to light.
    explanations: Vec<ExplanationDto>,
    /// Who bears the return's freight.
    return_freight: Payer,
    /// Granted on top of the claim.
    compensation: MoneyDto,
    /// The difference the buyer owes or paid.
    difference: MoneyDto,
    /// What the buyer was asked to show and has not shown yet.
    evidence_asked: Vec<EvidenceKind>,
    /// When a carrier comes for the return.
    pickup: Option<PickupDto>,
    /// Accepted on inspection.
    accepted: Vec<LineUnitsDto>,
    /// Not accepted and still with the shop.
    to_send_back: Vec<LineUnitsDto>,
    /// The refund, once one is due.
    refund: Option<RefundDto>,
    /// Why it was refused, while it is.
    refusal: Option<NamedDto>,
    /// How often the buyer renewed it.
    renewals: u32,
    /// Options put before the buyer, the last ones.
    offer: Option<OfferDto>,
    /// The clause of the agreed remedy.
    agreed: Option<ClauseDto>,
    /// Steps of the agreed remedy beside goods and money.
    steps: Vec<StepDto>,
    /// Since when the goods are tried.
    trial: Option<At>,
    /// What was promised to the buyer.
    promises: Vec<PromiseDto>,
    /// The money was sent and is not known to have arrived.
    arrival_awaited: bool,
    /// How often it was opened again.
    reopenings: u32,
    /// The closed case that settled the same units before.
    #[schema(value_type = Option<String>)]
    repeats: Option<CaseId>,
    /// Abuse that was noted on it, the last finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    abuse: Option<AbuseDto>,
    /// What the shop keeps of it for itself; for staff.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    handling: Option<HandlingDto>,
    /// Where the return goes, once it is granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    return_address: Option<String>,
    /// Whom the buyer can turn to directly, while a heated case is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<ContactDto>,
    /// The policy set it was opened under; for staff.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<Digest>,
    /// Bad and middling reviews of it, as they came; for staff.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reviews: Vec<CaseReviewDto>,
    /// What this caller can do next.
    #[schema(example = json!(["approve", "refuse", "message", "note"]))]
    next: Vec<&'static str>,
}

/// Somebody with a name and a line of his own.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContactDto {
    /// Who has the case, once somebody has.
    name: Option<String>,
    /// His line; empty where the shop has none.
    line: String,
}

/// What is claimed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClaimDto {
    /// Units by line.
    lines: Vec<LineUnitsDto>,
    /// The amount; nothing for an exchange.
    amount: MoneyDto,
    /// What an exchange asks for; absent when it is the same again.
    replacement: Option<ProductDto>,
}

/// A product of the shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProductDto {
    /// The shop's stock-keeping code.
    sku: String,
    /// What the buyer sees.
    title: String,
    /// Price of one.
    price: MoneyDto,
}

impl ProductDto {
    pub(super) fn of(product: &Product) -> Self {
        Self {
            sku: product.sku.clone(),
            title: product.title.clone(),
            price: product.price.into(),
        }
    }
}

/// A buyer is not told that shop and provider are at odds: to him it is on its way.
pub(super) fn told(status: Status, for_buyer: bool) -> Status {
    match status {
        Status::RefundInTrouble if for_buyer => Status::RefundOnTheWay,
        status => status,
    }
}

/// A reason of the policy, or of its list of refusals, with its title.
fn reason(policy: &PolicySet, code: &str, language: Language) -> NamedDto {
    let title = policy.reason(code).map(|reason| &reason.title);
    let refusal = || {
        policy
            .refusal_reasons()
            .iter()
            .find(|reason| reason.code == code)
            .map(|reason| &reason.title)
    };
    let title = title.or_else(refusal).map(|title| language.title(title));
    NamedDto {
        code: code.to_owned(),
        title: title.unwrap_or_default(),
    }
}

/// Running clocks, the next to end first.
fn clocks(case: &Case, policy: &PolicySet, language: Language, for_buyer: bool) -> Vec<ClockDto> {
    let running = case.clocks.iter();
    let mut running: Vec<_> = running
        .filter(|(name, _)| !(for_buyer && is_inner(**name)))
        .collect();
    running.sort_by_key(|(_, run)| run.due_at);
    running
        .into_iter()
        .map(|(name, run)| clock(*name, run, policy, language))
        .collect()
}

impl CaseDto {
    pub(crate) fn of(view: CaseView, next: Vec<&'static str>, language: Language, for_buyer: bool) -> Self {
        let CaseView {
            row,
            policy,
            explanations,
            return_address,
            contact,
            blocked_until,
            texts,
        } = view;
        let CaseRow { case, number, .. } = row;
        let money = |minor| MoneyDto::of(minor, case.currency);
        let clocks = clocks(&case, &policy, language, for_buyer);
        let explanations = explanations
            .iter()
            .map(|entry| explanation(entry, &policy, language, for_buyer));
        let replacement = case.claim.replacement.as_ref().map(ProductDto::of);
        let refused = case.refusal.as_ref();
        let clause = |id| ClauseDto::of(&policy, id, language);
        Self {
            id: case.id,
            number,
            kind: case.kind.into(),
            status: told(case.status().into(), for_buyer),
            order: case.order,
            buyer: (!for_buyer).then_some(case.buyer),
            reason: reason(&policy, &case.reason, language),
            opened_at: case.opened_at.into(),
            closed_at: case.closed_at.map(At),
            seq: case.seq,
            terms: case.terms,
            tracks: tracks(&case, &texts, for_buyer),
            clocks,
            claim: ClaimDto {
                lines: lines(&case.claim.units),
                amount: money(case.claim.amount),
                replacement,
            },
            right: case.right.as_ref().map(clause),
            entitlement: case.entitlement.into(),
            explanations: explanations.collect(),
            return_freight: case.return_freight.into(),
            compensation: money(case.compensation),
            difference: money(case.difference),
            evidence_asked: case.evidence_asked.iter().copied().map(Into::into).collect(),
            pickup: case.pickup.as_ref().map(PickupDto::of),
            accepted: lines(&case.accepted),
            to_send_back: lines(&case.to_send_back),
            refund: case
                .refund
                .as_ref()
                .map(|entry| refund(entry, case.currency, for_buyer)),
            refusal: refused.map(|refusal| reason(&policy, &refusal.reason, language)),
            renewals: case.renewals,
            offer: offer(&case, &policy, language, for_buyer),
            agreed: case.agreed.as_ref().map(clause),
            steps: steps(&case, for_buyer),
            trial: case.trial.map(At),
            promises: promises(&case, &texts),
            arrival_awaited: case.arrival_awaited,
            reopenings: case.reopenings,
            repeats: case.repeats,
            abuse: AbuseDto::of(&case, &texts, &policy, language, for_buyer),
            handling: (!for_buyer).then(|| HandlingDto::of(&case, &texts, blocked_until)),
            return_address,
            contact: contact.map(|Contact { name, line }| ContactDto { name, line }),
            policy: (!for_buyer).then_some(case.policy),
            reviews: case_reviews(&case, &texts, for_buyer),
            next,
        }
    }
}
