//! The played return ends closed and paid, and tells clause, clock and yuan on the way.

use amends_app::Target;
use amends_app::verify::verify;
use amends_sim::demo::demo_make;

use crate::fixture::{START, desk};

#[tokio::test]
async fn a_return_is_told_from_application_to_closure() {
    let fixture = desk(&Target::SqliteMemory, 5).await;
    let mut told = Vec::new();
    let mut say = |line: &str| told.push(line.to_owned());
    let until = START.plus_millis(20 * 86_400_000);
    let shop = demo_make(&fixture.desk, fixture.provider.clone(), 5, until, &mut say)
        .await
        .unwrap();
    let said = |text: &str| told.iter().filter(|line| line.contains(text)).count();
    for (text, times) in [
        ("days_since_receipt <= 7d：实际 1d，满足", 2),
        ("《消费者权益保护法》第二十五条", 2),
        ("自动退款", 2),
        ("结案：已退款", 2),
        ("账平", 2),
    ] {
        assert!(said(text) >= times, "{text}: {told:#?}");
    }
    assert!(told.iter().any(|line| line.contains("USD")) && told.iter().any(|line| line.contains("CNY")));
    assert_eq!(verify(&fixture.desk, shop.shop).await.unwrap().findings, []);
}
