//! Remedies over the wire: what there is for a case, what was offered and agreed. A buyer is not told
//! what anything costs the shop, nor what was found against its clauses.
//!
//! Must not know: which can be offered; it is told. Tests: `tests/it/remedies.rs`.

use amends_app::cases::case_remedies::{Grant, RemedyView};
use amends_domain::Possible;
use amends_domain::case::Case;
use amends_domain::case::remedy::{Cost, Extra, Offer, Offered, Plan, Step};
use amends_domain::money::Currency;
use amends_domain::policy::condition::Verdict;
use amends_domain::policy::remedy::Range;
use amends_domain::policy::set::PolicySet;
use serde::Serialize;
use utoipa::ToSchema;

use super::case::ProductDto;
use super::case_parts::{ExplanationDto, explanation};
use super::refused::RefusedDto;
use super::values::MoneyDto;
use super::words::{Kind, Payer, Remedy, Role};
use crate::language::Language;

/// Every remedy there is for a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct Remedies {
    /// Those that can be offered first, then those whose conditions are not known, then the rest.
    pub(crate) remedies: Vec<RemedyDto>,
}

/// A remedy looked at for a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct RemedyDto {
    /// What it is.
    remedy: Remedy,
    /// Its clause and each condition with the value it saw.
    #[serde(flatten)]
    explanation: ExplanationDto,
    /// How it runs with the least it gives.
    plan: PlanDto,
    /// What may be refunded of what was paid.
    amount: RangeDto,
    /// What may be given on top.
    compensation: RangeDto,
    /// What would meet the buyer halfway, after he declined an offer and said what he wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    middle: Option<MiddleDto>,
    /// What it costs the shop then.
    cost: CostDto,
    /// Who may offer it; absent while nobody may.
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<AuthorityDto>,
    /// Why nobody may, where its conditions are met.
    #[serde(skip_serializing_if = "Option::is_none")]
    hindrance: Option<RefusedDto>,
}

/// What a remedy may give.
#[derive(Serialize, ToSchema)]
pub(crate) struct RangeDto {
    /// The least, given when nothing else is said.
    least: MoneyDto,
    /// The most.
    most: MoneyDto,
}

/// Halfway between what was offered last and what the buyer wants.
#[derive(Serialize, ToSchema)]
pub(crate) struct MiddleDto {
    /// Refunded of what was paid.
    amount: MoneyDto,
    /// Given on top.
    compensation: MoneyDto,
}

/// Who may offer a remedy.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuthorityDto {
    /// Whether whoever asks may.
    granted: bool,
    /// The lowest role that may, when he may not.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
}

/// How a remedy runs.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanDto {
    /// How goods and money move.
    route: Kind,
    /// What is refunded of what was paid.
    amount: MoneyDto,
    /// Money on top.
    compensation: MoneyDto,
    /// Who bears the return's freight.
    return_freight: Payer,
    /// What is sent in exchange; absent when it is the same again.
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<ProductDto>,
    /// What the buyer pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer_pays: Option<MoneyDto>,
    /// What is given beside.
    extras: Vec<ExtraDto>,
    /// How long the goods are tried first.
    #[schema(example = "15d")]
    #[serde(skip_serializing_if = "Option::is_none")]
    trial: Option<String>,
    /// How long it takes, as the buyer is told.
    #[schema(example = "7d")]
    #[serde(skip_serializing_if = "Option::is_none")]
    done_in: Option<String>,
}

/// Something given beside goods and money.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExtraDto {
    /// What.
    #[schema(example = "coupon")]
    extra: &'static str,
    /// What a coupon is worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    worth: Option<MoneyDto>,
    /// How many points.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    /// Months of a warranty.
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
    /// What it costs the shop; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<MoneyDto>,
}

/// What a remedy costs the shop, in minor units; what it gains is below zero.
#[derive(Serialize, ToSchema)]
pub(crate) struct CostDto {
    /// The case's currency.
    #[schema(example = "CNY")]
    currency: String,
    /// Refunded, and goods sent out, less what the buyer pays.
    goods_minor: i64,
    /// Money on top.
    compensation_minor: i64,
    /// Freight back and out, as estimated.
    freight_minor: i64,
    /// Coupons, gifts and the like.
    extras_minor: i64,
    /// What goods that come back are still worth, as estimated.
    residual_minor: i64,
    /// All of it together.
    total_minor: i64,
}

/// Options put before the buyer.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferDto {
    /// Counts the case's offers from 1.
    number: u32,
    /// Whether the buyer has still to answer it.
    open: bool,
    /// He took none.
    declined: bool,
    /// What he would rather have.
    #[serde(skip_serializing_if = "Option::is_none")]
    wish: Option<MoneyDto>,
    /// One to three of them.
    options: Vec<OptionDto>,
}

/// An option of an offer.
#[derive(Serialize, ToSchema)]
pub(crate) struct OptionDto {
    /// Its place in the offer, from 1.
    option: u32,
    /// What it is.
    remedy: Remedy,
    /// The clause it rests on; for staff with each condition.
    #[serde(flatten)]
    explanation: ExplanationDto,
    /// How it runs.
    plan: PlanDto,
    /// What it costs the shop; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<CostDto>,
}

/// A step of the agreed remedy.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepDto {
    /// Its place, from 1.
    step: u32,
    /// What is to be given.
    #[serde(flatten)]
    extra: ExtraDto,
    /// Whether it was.
    done: bool,
    /// Where that can be looked up; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

impl RemedyDto {
    pub(crate) fn of(view: &RemedyView, policy: &PolicySet, currency: Currency, language: Language) -> Self {
        let Possible {
            offered,
            amount,
            compensation,
            middle,
        } = &view.possible;
        let money = |minor| MoneyDto::of(minor, currency);
        let range = |range: &Range| RangeDto {
            least: money(range.least),
            most: money(range.most),
        };
        let met = offered.explanation.verdict == Verdict::Met;
        let (authority, hindrance) = match &view.grant {
            Grant::Caller => (Some((true, None)), None),
            Grant::Role(role) => (Some((false, Some((*role).into()))), None),
            Grant::Nobody(refusal) => {
                let hindrance = met.then(|| RefusedDto::of((**refusal).clone().into(), language));
                (None, hindrance)
            }
        };
        Self {
            remedy: offered.remedy.into(),
            explanation: explanation(&offered.explanation, policy, language, false),
            plan: plan(&offered.plan, currency, false),
            amount: range(amount),
            compensation: range(compensation),
            middle: middle.map(|middle| MiddleDto {
                amount: money(middle.amount),
                compensation: money(middle.compensation),
            }),
            cost: cost(offered.cost, currency),
            authority: authority.map(|(granted, role)| AuthorityDto { granted, role }),
            hindrance,
        }
    }
}

fn plan(plan: &Plan, currency: Currency, for_buyer: bool) -> PlanDto {
    let money = |minor| MoneyDto::of(minor, currency);
    let extras = plan.extras.iter();
    PlanDto {
        route: plan.route.into(),
        amount: money(plan.amount),
        compensation: money(plan.compensation),
        return_freight: plan.return_freight.into(),
        replacement: plan.replacement.as_ref().map(ProductDto::of),
        buyer_pays: plan.buyer_pays.map(money),
        extras: extras.map(|one| extra(one, currency, for_buyer)).collect(),
        trial: plan.trial.map(|length| length.to_string()),
        done_in: plan.done_in.map(|length| length.to_string()),
    }
}

fn extra(extra: &Extra, currency: Currency, for_buyer: bool) -> ExtraDto {
    let money = |minor| MoneyDto::of(minor, currency);
    let (mut worth, mut count, mut months) = (None, None, None);
    match extra {
        Extra::Coupon { minor } => worth = Some(money(*minor)),
        Extra::Points { count: points, .. } => count = Some(*points),
        Extra::Warranty { months: longer, .. } => months = Some(*longer),
        Extra::Gift { .. } | Extra::DoorStep { .. } | Extra::LocalPurchase { .. } | Extra::Guidance => {}
    }
    ExtraDto {
        extra: extra.code(),
        worth,
        count,
        months,
        cost: (!for_buyer).then(|| money(extra.cost())),
    }
}

fn cost(cost: Cost, currency: Currency) -> CostDto {
    CostDto {
        currency: currency.to_string(),
        goods_minor: cost.goods,
        compensation_minor: cost.compensation,
        freight_minor: cost.freight,
        extras_minor: cost.extras,
        residual_minor: cost.residual,
        total_minor: cost.total(),
    }
}

fn from_one(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// The options put before the buyer, the last ones.
pub(super) fn offer(
    case: &Case,
    policy: &PolicySet,
    language: Language,
    for_buyer: bool,
) -> Option<OfferDto> {
    let offer: &Offer = case.offer.as_ref()?;
    let option = |(at, offered): (usize, &Offered)| OptionDto {
        option: from_one(at),
        remedy: offered.remedy.into(),
        explanation: explanation(&offered.explanation, policy, language, for_buyer),
        plan: plan(&offered.plan, case.currency, for_buyer),
        cost: (!for_buyer).then(|| cost(offered.cost, case.currency)),
    };
    Some(OfferDto {
        number: offer.number,
        open: case.open_offer().is_some(),
        declined: offer.declined,
        wish: offer.wish.map(|wish| MoneyDto::of(wish, case.currency)),
        options: offer.options.iter().enumerate().map(option).collect(),
    })
}

/// The steps of what was agreed.
pub(super) fn steps(case: &Case, for_buyer: bool) -> Vec<StepDto> {
    let step = |(at, step): (usize, &Step)| StepDto {
        step: from_one(at),
        extra: extra(&step.extra, case.currency, for_buyer),
        done: step.done.is_some(),
        reference: step.done.clone().filter(|_| !for_buyer),
    };
    case.steps.iter().enumerate().map(step).collect()
}
