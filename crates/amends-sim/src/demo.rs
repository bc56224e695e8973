//! The demo shop: two returns played and told, one on the shop's own order and one on an order of
//! another shop's file, imported through its mapping, and a complaint with three options; then some weeks
//! of a simulated shop, a few stories written by hand that stand open today,
//! and what stands in the other rooms.
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
use amends_domain::ids::OrderId;
use amends_domain::money::Currency;
use amends_domain::time::{Moment, Zone};

use crate::bought::Bought;
use crate::payments::SimulatedPayments;
use crate::play::Play;
use crate::rooms::rooms_make;
use crate::seed::{SeededShop, seed_shop};
use crate::simulate::{Plan, Simulation};
use crate::stories;

/// The demo shop's name.
pub const NAME: &str = "圆满示例店";
/// Everybody's password in it.
pub const PASSWORD: &str = "yuanman-demo";
/// How far before now the demo begins, in days.
pub const DAYS_BEFORE: i64 = 60;

const TAU_ORDERS: &str = include_str!("../../../testdata/tau-retail/orders.json");
const DAY: i64 = 86_400_000;
/// Orders of the simulated weeks.
const ORDERS: u64 = 300;
/// Of a thousand orders, how many buyers ask for something: more than usual, so that there is something to see.
const CASES_PER_THOUSAND: i64 = 560;

/// Makes the demo shop on an empty database, telling what is played as it is played; its time ends at
/// `until`.
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
    play.play_complaint(complained_order(desk, &shop).await?).await?;
    // Last, so that its open cases are those of today.
    let left = until.millis() - stories::LENGTH_MILLIS - desk.clock.now().millis();
    let plan = Plan {
        seed,
        days: u32::try_from(left / DAY).unwrap_or(0),
        orders: ORDERS,
        cases_per_thousand: CASES_PER_THOUSAND,
    };
    Simulation::new(desk, &shop, provider, plan).run().await?;
    stories::stories_make(desk, &shop, until).await?;
    rooms_make(desk, &shop).await?;
    pass_time(desk, until).await?;
    Ok(shop)
}

/// A dress that turned out too small, delivered yesterday.
async fn own_order(desk: &Desk, shop: &SeededShop) -> Result<OrderId, AppError> {
    let bought = Bought {
        number: "DEMO-0001",
        nickname: "晚风同学",
        skus: &["DRESS-S", "SCARF"],
        discount: 1_000,
        ..Bought::default()
    };
    bought.import(desk, shop).await
}

/// Earbuds that fall silent; the better model is another buyer's, so that the shop is known to sell it.
async fn complained_order(desk: &Desk, shop: &SeededShop) -> Result<OrderId, AppError> {
    let other = Bought {
        number: "DEMO-0003",
        nickname: "青柠不加糖",
        skus: &["EARBUD-PRO"],
        ..Bought::default()
    };
    other.import(desk, shop).await?;
    let bought = Bought {
        number: "DEMO-0002",
        nickname: "南山又下雨了",
        skus: &["EARBUD"],
        ..Bought::default()
    };
    bought.import(desk, shop).await
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
