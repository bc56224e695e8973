//! Plans, covers, claims on them, visits and guides, as they are read and written.
//!
//! Must not know: what is allowed. Tests: `tests/it/warranty.rs`, `tests/it/naughty.rs`.

use amends_app::warranty::covers::{CoverDraft, CoverRow, CoverView};
use amends_app::warranty::guides::GuideRow;
use amends_app::warranty::plans::{PlanRow, PlanSum, Selling};
use amends_domain::case::Case;
use amends_domain::case::cover::ClaimStage;
use amends_domain::cover::Reach;
use amends_domain::ids::{CoverId, EvidenceId, LineId, PlanId};
use amends_domain::money::Currency;
use amends_domain::plan::{Plan, Price};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::{At, MoneyDto};
use super::words::{PlanKind, Trouble, VisitOutcome};
use crate::problem::Problem;

/// How far one cover reaches; what is not bounded has no end but the cover's own.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReachDto {
    /// Most that is paid for one claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    per_claim: Option<MoneyDto>,
    /// Most that is paid for all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    in_all: Option<MoneyDto>,
    /// Most claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claims: Option<u32>,
}

/// A price of a plan.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PriceDto {
    /// For how many months.
    months: u32,
    /// For this product alone; for every other without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sku: Option<String>,
    /// The premium.
    premium: MoneyDto,
}

/// A plan as it is written.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanBody {
    /// What it promises.
    kind: PlanKind,
    /// What buyers know it by; 1 to 64 characters.
    name: String,
    /// Who repairs, replaces or pays; 1 to 64 characters.
    provider: String,
    /// Who bears the cost, where that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    insurer: Option<String>,
    /// Months after delivery for which others answer; an extended warranty begins after them. Without it, as long
    /// as the policy says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after_months: Option<u32>,
    /// How far one cover reaches.
    reach: ReachDto,
    /// 1 to 500 prices, by length and product, in one currency.
    prices: Vec<PriceDto>,
    /// It is sold no more; covers made of it stand.
    #[serde(default)]
    ended: bool,
}

impl PlanBody {
    /// Whether it is sold.
    pub(crate) fn selling(&self) -> Selling {
        if self.ended { Selling::Ended } else { Selling::On }
    }

    /// The plan; all of its amounts are in the currency of its first price.
    pub(crate) fn plan(self) -> Result<Plan, Problem> {
        let currency = self.prices.first().map(|price| price.premium.0.currency());
        let currency = currency.unwrap_or(Currency::CNY);
        let minor = |field: &'static str, money: MoneyDto| -> Result<i64, Problem> {
            if money.0.currency() == currency {
                Ok(money.0.minor())
            } else {
                let reason = format!("all amounts of a plan are in {currency}");
                Err(Problem::invalid(field, reason))
            }
        };
        let bound = |field, money: Option<MoneyDto>| money.map(|money| minor(field, money)).transpose();
        let reach = Reach {
            per_claim: bound("reach.per_claim", self.reach.per_claim)?,
            in_all: bound("reach.in_all", self.reach.in_all)?,
            claims: self.reach.claims,
        };
        let price = |price: PriceDto| {
            Ok(Price {
                months: price.months,
                sku: price.sku,
                premium: minor("prices.premium", price.premium)?,
            })
        };
        Ok(Plan {
            kind: self.kind.into(),
            name: self.name,
            provider: self.provider,
            insurer: self.insurer,
            after_months: self.after_months,
            reach,
            currency,
            prices: self
                .prices
                .into_iter()
                .map(price)
                .collect::<Result<_, Problem>>()?,
        })
    }

    fn of(plan: Plan, ended: bool) -> Self {
        let money = |minor| MoneyDto::of(minor, plan.currency);
        let price = |price: Price| PriceDto {
            months: price.months,
            sku: price.sku,
            premium: money(price.premium),
        };
        Self {
            kind: plan.kind.into(),
            name: plan.name,
            provider: plan.provider,
            insurer: plan.insurer,
            after_months: plan.after_months,
            reach: reach(plan.reach, plan.currency),
            prices: plan.prices.into_iter().map(price).collect(),
            ended,
        }
    }
}

fn reach(reach: Reach, currency: Currency) -> ReachDto {
    let money = |minor| MoneyDto::of(minor, currency);
    ReachDto {
        per_claim: reach.per_claim.map(money),
        in_all: reach.in_all.map(money),
        claims: reach.claims,
    }
}

/// A plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoverPlanDto {
    /// Its id.
    #[schema(value_type = String)]
    id: PlanId,
    /// Raised by every change; for `If-Match`.
    pub(crate) version: u64,
    #[serde(flatten)]
    plan: PlanBody,
}

impl CoverPlanDto {
    pub(crate) fn of(row: PlanRow) -> Self {
        Self {
            id: row.id,
            version: row.version,
            plan: PlanBody::of(row.plan, row.ended_at.is_some()),
        }
    }
}

/// The plans of a shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlansDto {
    /// The newest first.
    pub(crate) plans: Vec<CoverPlanDto>,
}

/// What plans came to.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanSumsDto {
    /// Covers sold or given then or later.
    pub(crate) from: At,
    /// And before.
    pub(crate) until: At,
    /// One row a plan and currency.
    pub(crate) plans: Vec<PlanSumDto>,
}

/// What the covers of one plan came to by now.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanSumDto {
    /// Which plan.
    #[schema(value_type = String)]
    plan: PlanId,
    /// Covers sold or given.
    covers: u64,
    /// What was paid for them.
    premiums: MoneyDto,
    /// Claims made.
    claims: u64,
    /// Claims that are open.
    open: u64,
    /// What those ask.
    open_asked: MoneyDto,
    /// What insurers or providers paid.
    settled: MoneyDto,
    /// What was settled of the premiums, in whole percent rounded up; nothing where nothing was paid for them.
    loss_percent: Option<i64>,
}

impl PlanSumDto {
    pub(crate) fn of(sum: PlanSum) -> Self {
        let figures = sum.figures;
        let money = |minor| MoneyDto::of(minor, figures.currency);
        Self {
            plan: figures.plan,
            covers: figures.covers,
            premiums: money(figures.premiums),
            claims: figures.claims,
            open: figures.open,
            open_asked: money(figures.open_asked),
            settled: money(figures.settled),
            loss_percent: sum.loss_percent,
        }
    }
}

/// A cover to be sold or given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoverBody {
    /// Of which plan.
    #[schema(value_type = String)]
    plan: PlanId,
    /// For how many months; one of the plan's prices.
    months: u32,
    /// What is paid for it; the plan's price without it. Less than that only who leads the shop gives.
    #[serde(default)]
    premium: Option<MoneyDto>,
}

impl CoverBody {
    pub(crate) fn draft(self) -> CoverDraft {
        CoverDraft {
            plan: self.plan,
            months: self.months,
            premium: self.premium.map(|MoneyDto(money)| money),
        }
    }
}

/// A cover of a line.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoverDto {
    /// Its id.
    #[schema(value_type = String)]
    id: CoverId,
    /// The plan it was made of.
    #[schema(value_type = String)]
    plan: PlanId,
    /// What that was called.
    name: String,
    /// The line.
    #[schema(value_type = String)]
    line: LineId,
    /// What it promises.
    kind: PlanKind,
    /// For how many months.
    months: u32,
    /// When it was sold or given.
    given_at: At,
    /// Who repairs, replaces or pays.
    provider: String,
    /// Who bears the cost, where that is somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    insurer: Option<String>,
    /// What was paid for it.
    premium: MoneyDto,
    /// How far it reaches.
    reach: ReachDto,
}

impl CoverDto {
    pub(crate) fn of(row: CoverRow) -> Self {
        let CoverRow {
            plan,
            name,
            premium,
            cover,
        } = row;
        Self {
            id: cover.id,
            plan,
            name,
            line: cover.line,
            kind: cover.plan.into(),
            months: cover.months,
            given_at: cover.given_at.into(),
            provider: cover.provider,
            insurer: cover.insurer,
            reach: reach(cover.reach, premium.currency()),
            premium: premium.into(),
        }
    }
}

/// A cover with when it holds.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoverViewDto {
    #[serde(flatten)]
    cover: CoverDto,
    /// From when on it holds; nothing while the order has not arrived.
    from: Option<At>,
    /// Before when.
    until: Option<At>,
    /// The most that one more claim may ask, where anything bounds it.
    left: Option<MoneyDto>,
    /// It holds now, and another claim can be made.
    usable: bool,
}

/// The covers of an order.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoversDto {
    /// The first sold first.
    pub(crate) covers: Vec<CoverViewDto>,
}

impl CoverViewDto {
    pub(crate) fn of(view: CoverView) -> Self {
        let currency = view.row.premium.currency();
        Self {
            from: view.period.map(|period| period.from.into()),
            until: view.period.and_then(|period| period.until).map(At),
            left: view.left.map(|minor| MoneyDto::of(minor, currency)),
            usable: view.usable,
            cover: CoverDto::of(view.row),
        }
    }
}

/// A cover as its buyer sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct BuyerCoverDto {
    /// What it is called.
    name: String,
    /// The line.
    #[schema(value_type = String)]
    line: LineId,
    /// What it promises.
    kind: PlanKind,
    /// From when on it holds; nothing while the order has not arrived.
    from: Option<At>,
    /// Before when.
    until: Option<At>,
    /// It holds now, and another claim can be made.
    usable: bool,
}

impl BuyerCoverDto {
    pub(crate) fn of(view: CoverView) -> Self {
        Self {
            name: view.row.name,
            line: view.row.cover.line,
            kind: view.row.cover.plan.into(),
            from: view.period.map(|period| period.from.into()),
            until: view.period.and_then(|period| period.until).map(At),
            usable: view.usable,
        }
    }
}

/// A claim on a cover.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoverClaimDto {
    /// On which cover.
    #[schema(value_type = String)]
    cover: CoverId,
    /// Of which line.
    #[schema(value_type = String)]
    line: LineId,
    /// What the cover promises.
    plan: PlanKind,
    /// What it is made for.
    trouble: Trouble,
    /// Where it stands: `made`, `ordered`, `repaired`, `settled`, `declined` or `dropped`.
    stage: &'static str,
    /// When it was made.
    made_at: At,
    /// Who has the repair.
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
    /// What was asked; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<MoneyDto>,
    /// The provider's fee, until it is settled; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    fee: Option<MoneyDto>,
    /// What was paid: for staff, and to the buyer where it was his freight.
    #[serde(skip_serializing_if = "Option::is_none")]
    settled: Option<MoneyDto>,
}

impl CoverClaimDto {
    /// A case's last claim. What insurer and provider settle between them is none of the buyer's.
    pub(crate) fn of(case: &Case, for_buyer: bool) -> Option<Self> {
        use amends_domain::cover::Trouble::ReturnFreight;
        let claim = case.cover_claim.as_deref()?;
        let money = |minor| MoneyDto::of(minor, case.currency);
        let for_staff = |minor| (!for_buyer).then(|| money(minor));
        let mut told = Self {
            cover: claim.cover,
            line: claim.line,
            plan: claim.plan.into(),
            trouble: claim.trouble.into(),
            stage: claim.stage.code(),
            made_at: claim.made_at.into(),
            provider: None,
            asked: for_staff(claim.asked),
            fee: None,
            settled: None,
        };
        match &claim.stage {
            ClaimStage::Ordered { provider } => told.provider = Some(provider.clone()),
            ClaimStage::Repaired { provider, fee } => {
                told.provider = Some(provider.clone());
                told.fee = for_staff(*fee);
            }
            ClaimStage::Settled { amount } if !for_buyer || claim.trouble == ReturnFreight => {
                told.settled = Some(money(*amount));
            }
            _ => {}
        }
        Some(told)
    }
}

/// A visit at the buyer's door.
#[derive(Serialize, ToSchema)]
pub(crate) struct VisitDto {
    /// The slot begins.
    from: At,
    /// The slot ends.
    until: At,
    /// What became of it, once that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<VisitOutcome>,
}

impl VisitDto {
    /// A case's last visit.
    pub(crate) fn of(case: &Case) -> Option<Self> {
        let visit = case.visit?;
        Some(Self {
            from: visit.from.into(),
            until: visit.until.into(),
            outcome: visit.outcome.map(Into::into),
        })
    }
}

/// What is claimed on a cover.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimCoverBody {
    /// Which cover, of what the case is about.
    #[schema(value_type = String)]
    pub(crate) cover: CoverId,
    /// What it is claimed for.
    pub(crate) trouble: Trouble,
    /// How much at most.
    pub(crate) amount: MoneyDto,
    /// What it says; 1 to 10,000 characters.
    pub(crate) text: String,
    /// The pieces of evidence it rests on, of this case.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub(crate) evidence: Vec<EvidenceId>,
}

/// A repair as the insurer ordered it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderRepairBody {
    /// From whom; 1 to 64 characters.
    pub(crate) provider: String,
    /// Where the order can be looked up; 1 to 128 characters.
    pub(crate) reference: String,
}

/// A repair as its provider reports it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportRepairBody {
    /// Who says so: whoever it was ordered from.
    pub(crate) provider: String,
    /// His fee; no more than was asked.
    pub(crate) fee: MoneyDto,
    /// What was done.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// What the insurer paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettleCoverBody {
    /// How much.
    pub(crate) amount: MoneyDto,
    /// Where it can be looked up; 1 to 128 characters.
    pub(crate) reference: String,
}

/// A slot that was agreed with the buyer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookVisitBody {
    /// It begins: ahead, within working hours.
    pub(crate) from: At,
    /// It ends: on the same day.
    pub(crate) until: At,
}

/// What became of a visit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndVisitBody {
    /// Whether it took place.
    pub(crate) outcome: VisitOutcome,
    /// What was done, or why nobody came.
    #[serde(default)]
    pub(crate) text: Option<String>,
}

/// A guide as it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuideBody {
    /// What it is called; 1 to 100 characters.
    title: String,
    /// Where it can be seen, a film or a leaflet: `https://…`.
    #[serde(default)]
    address: String,
    /// In the shop's own words; at most 2,000 characters.
    #[serde(default)]
    text: String,
}

impl GuideBody {
    pub(crate) fn row(self, sku: String, version: u64) -> GuideRow {
        GuideRow {
            sku,
            version,
            title: self.title,
            address: self.address,
            body: self.text,
        }
    }
}

/// A guide.
#[derive(Serialize, ToSchema)]
pub(crate) struct GuideDto {
    /// To which product, by its stock-keeping code.
    sku: String,
    /// Raised by every change; for `If-Match`.
    pub(crate) version: u64,
    /// What it is called.
    title: String,
    /// Where it can be seen; empty where it has words alone.
    address: String,
    /// In the shop's own words; empty where it has an address alone.
    text: String,
}

impl GuideDto {
    pub(crate) fn of(row: GuideRow) -> Self {
        Self {
            sku: row.sku,
            version: row.version,
            title: row.title,
            address: row.address,
            text: row.body,
        }
    }
}

/// Guides of a shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct GuidesDto {
    /// By code; at most 100, go on with `after` the last one's code.
    pub(crate) guides: Vec<GuideDto>,
}
