//! How long cases took from request to closure, beside the goal (CLK-17).

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::fixture::{paid_order, serve};
use crate::place::on_both;
use crate::stories::begun;

const HOUR_MS: i64 = 3_600_000;

#[tokio::test]
async fn what_closed_is_counted_and_its_mean_stands_beside_the_goal() {
    on_both(async |target| {
        let desk = serve(target).await;
        let closures = async |query: &str| {
            let path = format!("/api/v1/cases/closures{query}");
            desk.get(Role::Auditor, &path).await.ok(200)
        };
        let none = closures("").await;
        assert_eq!(
            (&none["closed"], &none["mean_ms"], &none["kinds"]),
            (&json!(0), &Value::Null, &json!([]))
        );
        assert_eq!(
            (&none["goal"]["clause"]["id"], &none["goal"]["length"]),
            (&json!("CLK-17"), &json!("3d"))
        );

        // Two refunds, one answered after two hours and one after four; a question after an hour.
        let open = || json!({ "kind": "refund_only", "reason": "regret" });
        let first = begun(&desk, &paid_order("S1"), 1, open()).await;
        first
            .check("clock 2 awaiting_decision\nagent approve {} refund_on_the_way\nclock 0 closed")
            .await;
        let second = begun(&desk, &paid_order("S2"), 1, open()).await;
        second
            .check("clock 4 awaiting_decision\nagent approve {} refund_on_the_way\nclock 0 closed")
            .await;
        let question = json!({ "kind": "consultation", "reason": "usage", "text": "怎么洗不会缩水？" });
        let third = begun(&desk, &paid_order("S3"), 1, question).await;
        third
            .check("clock 1 awaiting_answer\nagent resolve {\"text\":\"冷水手洗，平铺晾干。\"} closed")
            .await;

        let all = closures("").await;
        assert_eq!(
            (&all["closed"], &all["mean_ms"]),
            (&json!(3), &json!(7 * HOUR_MS / 3))
        );
        assert_eq!(
            all["kinds"],
            json!([
                { "kind": "consultation", "closed": 1, "mean_ms": HOUR_MS },
                { "kind": "refund_only", "closed": 2, "mean_ms": 3 * HOUR_MS },
            ])
        );
        // The first closed at two, the next at six: what closed before four is the first alone.
        let early = closures("?from=2025-12-31T16:00:00Z&until=2025-12-31T20:00:00Z").await;
        assert_eq!(early["closed"], 1);
        let backwards = "/api/v1/cases/closures?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z";
        desk.get(Role::Agent, backwards).await.refused(422, "invalid");
    })
    .await;
}
