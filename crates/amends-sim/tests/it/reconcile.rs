//! The provider's books and ours: a difference of one refund is found.

use amends_app::Target;
use amends_app::payments::{Payments as _, RefundRequest};
use amends_domain::money::{Currency, Money};
use amends_sim::reconcile::reconcile;
use amends_sim::seed::seed_shop;
use amends_sim::simulate::{Plan, Simulation};

use crate::fixture::desk;

const PLAN: Plan = Plan {
    seed: 31,
    days: 24,
    orders: 640,
    cases_per_thousand: 400,
};

#[tokio::test]
async fn a_payment_that_no_event_tells_of_is_found() {
    let fixture = desk(&Target::SqliteMemory, PLAN.seed).await;
    let shop = seed_shop(&fixture.desk, "shop", "a long password").await.unwrap();
    let simulation = Simulation::new(&fixture.desk, &shop, fixture.provider.clone(), PLAN);
    let report = simulation.run().await.unwrap();
    assert_eq!(report.findings, []);
    assert!(report.unasked > 0, "{report:?}");

    let key = "case_00000000000000000000000000000000-1".to_owned();
    let amount = Money::new(100, Currency::CNY).unwrap();
    let (attempt, about) = (1, format!("refund {key}"));
    let request = RefundRequest { key, attempt, amount };
    fixture.provider.refund(&request).await;
    let found = reconcile(&fixture.desk, shop.shop, &fixture.provider)
        .await
        .unwrap();
    assert_eq!((found.len(), &found[0].about), (1, &about));

    // Books that know nothing of what our events say was paid differ in every one of them.
    let other = desk(&Target::SqliteMemory, 1).await.provider;
    let found = reconcile(&fixture.desk, shop.shop, &other).await.unwrap();
    assert!(found.len() > 10, "{found:?}");
}
