//! The stream of a shop's events.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{paid_order, serve};
use crate::place::on_both;

#[tokio::test]
async fn a_reader_follows_the_stream_without_skipping() {
    on_both(async |target| {
        let desk = serve(target).await;
        let read = async |query: &str| {
            desk.get(Role::Machine, &format!("/api/v1/events{query}"))
                .await
                .ok(200)
        };
        assert_eq!(read("").await, json!({ "events": [], "next": "0-0" }));
        let order = desk.order(&paid_order("E1")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body = json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }],
            "text": "麻烦快一点" });
        let case = desk.buyer_opens(&link, body).await;
        desk.hours_pass(48).await;
        let mut seen: Vec<Value> = Vec::new();
        let mut after = "0-0".to_owned();
        loop {
            let page = read(&format!("?limit=3&after={after}")).await;
            let events = page["events"].as_array().unwrap().clone();
            if events.is_empty() {
                assert_eq!(page["next"], json!(after));
                break;
            }
            assert_eq!(page["next"], events.last().unwrap()["position"]);
            after = page["next"].as_str().unwrap().to_owned();
            seen.extend(events);
        }
        let names: Vec<String> = seen
            .iter()
            .map(|event| event["type"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(names, desk.told(&case).await);
        assert!(seen.iter().all(|event| event["case"] == json!(case)));
        assert!(!serde_json::to_string(&seen).unwrap().contains("麻烦快一点"));
        let (_, other) = desk.other_shop().await;
        let theirs = Ask::get("/api/v1/events")
            .token(&other)
            .of(&desk.app)
            .await
            .ok(200);
        assert_eq!(theirs["events"], json!([]));
        for after in ["x", "1", "1-", "-1-x", "1-2-3"] {
            desk.get(Role::Admin, &format!("/api/v1/events?after={after}"))
                .await
                .refused(422, "invalid");
        }
    })
    .await;
}
