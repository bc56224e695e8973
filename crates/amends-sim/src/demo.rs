//! The demo shop: two returns played and told, one on the shop's own order and one on an order of
//! another shop's file, imported through its mapping; then some weeks of a simulated shop.
//!
//! Must not know: where lines are printed. Tests: `tests/it/play.rs`.

use std::sync::Arc;

use amends_app::desk::Desk;
use amends_app::error::AppError;
use amends_app::orders::draft::OrderDraft;
use amends_app::orders::file::cells::Reading;
use amends_app::orders::file::{FileText, Form};
use amends_app::orders::mapping::{Beside, Mapping};
use amends_app::orders::order_import::order_import;
use amends_app::runners::pass_time;
use amends_app::vault::Identity;
use amends_domain::ids::OrderId;
use amends_domain::money::{Currency, Money};
use amends_domain::order::DraftLine;
use amends_domain::time::{Moment, Zone};

use crate::payments::SimulatedPayments;
use crate::play::Play;
use crate::seed::{SeededShop, seed_shop};
use crate::simulate::{Plan, Simulation};

/// The demo shop's name.
pub const NAME: &str = "圆满示例店";
/// Everybody's password in it.
pub const PASSWORD: &str = "yuanman-demo";
/// How far before now the demo begins, in days.
pub const DAYS_BEFORE: i64 = 45;

const TAU_ORDERS: &str = include_str!("../../../testdata/tau-retail/orders.json");
const DAY: i64 = 86_400_000;
/// Orders a day of the simulated weeks.
const ORDERS_PER_DAY: u32 = 10;
/// Of a thousand orders, how many buyers ask for something: more than usual, so that there is something to see.
const CASES_PER_THOUSAND: i64 = 450;

/// Makes the demo shop on an empty database, telling the two returns as they are played; its time
/// ends at `until`.
pub async fn demo_make(
    desk: &Desk,
    provider: Arc<SimulatedPayments>,
    seed: u64,
    until: Moment,
    say: &mut dyn FnMut(&str),
) -> Result<SeededShop, AppError> {
    let shop = seed_shop(desk, NAME, PASSWORD).await?;
    let zone = Zone::named("Asia/Shanghai").ok_or(AppError::NotFound { what: "time zone" })?;
    let mut play = Play {
        desk,
        shop: &shop,
        zone,
        say,
    };
    play.play_return(own_order(desk, &shop).await?).await?;
    play.play_return(foreign_order(desk, &shop).await?).await?;
    // Last, so that its open cases are those of today.
    let left = until.millis() - desk.clock.now().millis();
    let days = u32::try_from(left / DAY).unwrap_or(0);
    let plan = Plan {
        seed,
        days,
        orders: u64::from(days * ORDERS_PER_DAY),
        cases_per_thousand: CASES_PER_THOUSAND,
    };
    Simulation::new(desk, &shop, provider, plan).run().await?;
    pass_time(desk, until).await?;
    Ok(shop)
}

/// A dress that turned out too small, delivered yesterday.
async fn own_order(desk: &Desk, shop: &SeededShop) -> Result<OrderId, AppError> {
    let now = desk.clock.now();
    let money = |minor| Money::new(minor, Currency::CNY).unwrap_or(Money::zero(Currency::CNY));
    let line = |sku: &str, title: &str, price| DraftLine {
        sku: sku.to_owned(),
        title: title.to_owned(),
        category: "clothing".to_owned(),
        no_reason_excluded: false,
        units: 1,
        price: money(price),
        discount: money(0),
        units_dispatched: None,
    };
    let draft = OrderDraft {
        number: "DEMO-0001".to_owned(),
        buyer: Identity {
            nickname: "晚风同学".to_owned(),
            phone: "13800000000".to_owned(),
            ..Identity::default()
        },
        buyer_tier: String::new(),
        region: "浙江".to_owned(),
        payment_method: "alipay".to_owned(),
        lines: vec![
            line("DRESS-S", "碎花连衣裙 S 码", 39_900),
            line("SCARF", "羊毛围巾", 12_850),
        ],
        discount: money(1_000),
        freight: money(0),
        paid: Some(money(51_750)),
        paid_at: now.plus_millis(-4 * DAY),
        dispatched_at: Some(now.plus_millis(-3 * DAY)),
        delivered_at: Some(now.plus_millis(-DAY)),
        cancelled_at: None,
    };
    let imported = order_import(desk, &shop.admin, &[draft]).await?;
    imported
        .orders
        .first()
        .copied()
        .ok_or(AppError::NotFound { what: "order" })
}

/// The first delivered order of the file.
async fn foreign_order(desk: &Desk, shop: &SeededShop) -> Result<OrderId, AppError> {
    let inconsistent = |bad: &str| AppError::Inconsistent(format!("the file of orders does not read: {bad}"));
    let file = FileText {
        text: TAU_ORDERS.to_owned(),
        form: Form::Json,
    };
    // The file has neither times nor amounts of its own kind: zone and currency play no part.
    let reading = Reading {
        zone: Zone::named("UTC").ok_or_else(|| inconsistent("UTC"))?,
        currency: Currency::CNY,
        now: desk.clock.now(),
    };
    let read = Mapping::TauRetail
        .read(&file, &Beside::default(), &reading)?
        .map_err(|faults| inconsistent(&faults.to_string()))?;
    let drafts: Vec<OrderDraft> = read.orders.into_iter().map(|order| order.draft).collect();
    let delivered = drafts.iter().position(|draft| draft.delivered_at.is_some());
    let imported = order_import(desk, &shop.admin, &drafts).await?;
    let order = delivered.and_then(|at| imported.orders.get(at));
    order.copied().ok_or(AppError::NotFound {
        what: "delivered order",
    })
}
