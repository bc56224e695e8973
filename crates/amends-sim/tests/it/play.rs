//! What the demo plays ends closed and paid, and tells clause, clock and yuan on the way; the shop it leaves has
//! cases wherever a case can be.

use std::collections::BTreeSet;

use amends_app::desk::Desk;
use amends_app::verify::verify;
use amends_app::{Position, Target};
use amends_domain::case::clock::Clock;
use amends_domain::case::{Case, Status};
use amends_domain::ids::ShopId;
use amends_sim::demo::{DAYS_BEFORE, demo_make};

use crate::fixture::{START, desk};

#[tokio::test]
async fn a_return_is_told_from_application_to_closure() {
    let fixture = desk(&Target::SqliteMemory, 5).await;
    let mut told = Vec::new();
    let mut say = |line: &str| told.push(line.to_owned());
    let until = START.plus_millis(DAYS_BEFORE * 86_400_000);
    let shop = demo_make(&fixture.desk, fixture.provider.clone(), 5, until, &mut say)
        .await
        .unwrap();
    let said = |text: &str| told.iter().filter(|line| line.contains(text)).count();
    for (text, times) in [
        ("days_since_receipt <= 7d：实际 1d，满足", 2),
        ("《消费者权益保护法》第二十五条", 2),
        ("自动退款", 2),
        ("结案：已退款", 2),
        ("账平", 3),
        // The complaint with three options.
        ("第 1 次提出方案，共 3 种", 1),
        ("双方约定：延保（换新机，再送一年延保 REM-NEW-COVER）", 1),
        ("约定事项第 1 项已办妥", 1),
        ("结案：已换货", 1),
    ] {
        assert!(said(text) >= times, "{text}: {told:#?}");
    }
    assert!(told.iter().any(|line| line.contains("USD")) && told.iter().any(|line| line.contains("CNY")));
    assert_eq!(verify(&fixture.desk, shop.shop).await.unwrap().findings, []);

    let cases = every_case(&fixture.desk, shop.shop).await;
    assert!(cases.len() > 100, "{}", cases.len());
    let any = |is: fn(&Case) -> bool| cases.iter().any(is);
    assert!(any(|case| case.status() == Status::OnTrial));
    assert!(any(|case| case.status() == Status::AwaitingRepair));
    assert!(any(|case| case
        .open_offer()
        .is_some_and(|offer| offer.options.len() == 3)));
    assert!(any(|case| case.status() == Status::AwaitingSteps));
    assert!(any(|case| case.passed.is_some() && case.escalated_to.is_some()));
    assert!(any(|case| case.assignee.is_some() && !case.tags.is_empty()));
    assert!(any(|case| case.arrival_awaited));
    let mut pictures = 0;
    for case in &cases {
        let pieces = fixture
            .desk
            .store
            .evidence_of_case(shop.shop, case.id)
            .await
            .unwrap();
        pictures += pieces.len();
    }
    assert!(pictures > 10, "{pictures}");
    let today = until.plus_millis(12 * 3_600_000);
    let due = cases.iter().filter_map(|case| case.clocks.get(&Clock::Promise));
    assert!(due.into_iter().any(|run| run.due_at <= today));
}

/// Every case of a shop, as its events leave it.
async fn every_case(desk: &Desk, shop: ShopId) -> Vec<Case> {
    let mut ids = BTreeSet::new();
    let mut after = Position::default();
    loop {
        let page = desk.store.events_after(shop, after, 1_000).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.position();
        ids.extend(page.iter().map(|row| row.case));
    }
    let mut cases = Vec::new();
    for id in ids {
        cases.push(desk.store.case_by_id(shop, id).await.unwrap().unwrap().case);
    }
    cases
}
