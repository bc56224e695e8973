//! The order of a link: what can be asked about, why, and what rights there are.
//!
//! Must not know: staff. Tests: `tests/it/stories.rs`.

use amends_app::buyers::buyer_access::buyer_order as read_order;
use amends_app::orders::parcels::buyer_parcels;
use amends_app::shops::shop_read::{policy_current, shop_name};
use amends_app::trade::plan::order_holiday;
use amends_app::warranty::covers::buyer_covers;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::credential::BuyerCaller;
use crate::dto::order::{BuyerLineDto, buyer_lines};
use crate::dto::parcels::BuyerParcelDto;
use crate::dto::policy::{ClauseTermsDto, ReasonDto, reasons, rights};
use crate::dto::trade_plan::HolidayDto;
use crate::dto::values::{At, MoneyDto};
use crate::dto::warranty::BuyerCoverDto;
use crate::dto::words::OrderPhase;
use crate::language::Language;
use crate::problem::Problem;
use crate::state::ApiState;

/// An order as its buyer sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct BuyerOrder {
    /// The name of the shop.
    shop: String,
    /// The number he knows it by.
    number: String,
    /// How far it got.
    phase: OrderPhase,
    /// What was bought, and what of it can be asked about now.
    lines: Vec<BuyerLineDto>,
    /// Covers that came with it.
    covers: Vec<BuyerCoverDto>,
    /// Everything that was paid.
    paid: MoneyDto,
    /// When it was delivered.
    delivered_at: Option<At>,
    /// Its parcels, as far as their carriers report them.
    parcels: Vec<BuyerParcelDto>,
    /// The holiday ahead, while the order is not there yet: it may take longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    holiday: Option<HolidayDto>,
    /// Reasons to choose from.
    reasons: Vec<ReasonDto>,
    /// Rights, and under what conditions each applies.
    rights: Vec<ClauseTermsDto>,
    /// The desk's now; countdowns run from it.
    now: At,
}

/// The order of the link.
#[utoipa::path(get, path = "/api/v1/buyer/order", tag = "buyer", responses((status = 200, body = BuyerOrder)))]
pub(crate) async fn buyer_order(
    State(api): State<ApiState>,
    caller: BuyerCaller,
    language: Language,
) -> Result<Json<BuyerOrder>, Problem> {
    let row = read_order(&api.desk, &caller.0).await?;
    let caller_order = caller.0;
    let caller = caller.caller();
    let policy = policy_current(&api.desk, &caller).await?;
    let shop = shop_name(&api.desk, &caller).await?;
    let covers = buyer_covers(&api.desk, &caller_order).await?;
    let parcels = buyer_parcels(&api.desk, &caller_order).await?;
    let holiday = order_holiday(&api.desk, &caller_order, &policy, &row.order).await?;
    let order = &row.order;
    Ok(Json(BuyerOrder {
        shop,
        number: order.number.clone(),
        phase: order.phase().into(),
        lines: buyer_lines(order, &row.ledger),
        covers: covers.into_iter().map(BuyerCoverDto::of).collect(),
        paid: order.paid().into(),
        delivered_at: order.delivered_at.map(At),
        parcels: parcels.into_iter().map(BuyerParcelDto::of).collect(),
        holiday: holiday.map(HolidayDto::of),
        reasons: reasons(&policy, language)
            .into_iter()
            .filter(ReasonDto::can_be_chosen)
            .collect(),
        rights: rights(&policy, language),
        now: api.desk.clock.now().into(),
    }))
}
