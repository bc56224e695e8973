//! A simulated shop keeps its books: verified after every day, the same for the same seed.

use amends_app::Target;
use amends_app::export::events_write;
use amends_sim::report::Report;
use amends_sim::seed::seed_shop;
use amends_sim::simulate::{Plan, Simulation};

use crate::fixture::desk;

async fn simulated(seed: u64, plan: Plan) -> (Report, Vec<u8>) {
    let fixture = desk(&Target::SqliteMemory, seed).await;
    let shop = seed_shop(&fixture.desk, "shop", "a long password").await.unwrap();
    let plan = Plan { seed, ..plan };
    let report = Simulation::new(&fixture.desk, &shop, fixture.provider.clone(), plan)
        .run()
        .await
        .unwrap();
    let mut log = Vec::new();
    events_write(&fixture.desk, shop.shop, &mut log).await.unwrap();
    (report, log)
}

const MONTH: Plan = Plan {
    seed: 0,
    days: 30,
    orders: 700,
    cases_per_thousand: 400,
};

#[tokio::test]
async fn the_books_are_right_after_every_day() {
    let (report, _) = simulated(11, MONTH).await;
    assert_eq!(report.findings, []);
    assert_eq!(report.verified_days, 30);
    assert!(report.cases > 100, "{report:?}");
    // Bad behaviour happened and was refused, and cases ended in more than one way.
    assert!(report.refused.len() > 8, "{:?}", report.refused);
    assert!(report.ended.len() > 6, "{:?}", report.ended);
    // What the provider paid is in our ledgers; what is held there is still on its way.
    assert!(report.provider_paid_minor > 0 && report.provider_paid_minor <= report.paid_out_minor);
}

#[tokio::test]
async fn the_same_seed_tells_the_same_story_and_another_seed_another() {
    let plan = Plan {
        days: 12,
        orders: 120,
        ..MONTH
    };
    let (first, log) = simulated(21, plan).await;
    let (again, same_log) = simulated(21, plan).await;
    let (_, other_log) = simulated(22, plan).await;
    assert_eq!(first, again);
    assert!(log == same_log, "the event logs of one seed differ");
    assert!(log != other_log);
}
