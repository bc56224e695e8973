//! The queue: order, filters, pages, the exact count.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;

async fn opened(desk: &Fixture, number: usize, kind: &str) -> String {
    let order = desk.order(&delivered_order(&format!("Q{number}"))).await;
    let line = desk.line(&order).await;
    let body = json!({ "order": order, "kind": kind, "reason": "quality", "photos": 1,
        "lines": [{ "line": line, "units": 1 }] });
    let key = format!("open {number}");
    let answer = Ask::post("/api/v1/cases", &body)
        .token(desk.token(Role::Agent))
        .key(&key)
        .of(&desk.app)
        .await;
    answer.ok(201)["case"].as_str().unwrap().to_owned()
}

fn ids(page: &Value) -> Vec<String> {
    let cases = page["cases"].as_array().unwrap();
    cases
        .iter()
        .map(|case| case["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_queue_is_paged_by_deadline_and_counted() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut opened_in_order = Vec::new();
        for number in 0..5 {
            let kind = if number == 2 {
                "exchange"
            } else {
                "return_and_refund"
            };
            opened_in_order.push(opened(&desk, number, kind).await);
            desk.hours_pass(1).await;
        }
        let list = async |query: &str| {
            desk.get(Role::Auditor, &format!("/api/v1/cases{query}"))
                .await
                .ok(200)
        };
        let mut seen = Vec::new();
        let mut query = "?limit=2&count=true".to_owned();
        loop {
            let page = list(&query).await;
            assert_eq!(page["total"], 5);
            seen.extend(ids(&page));
            let Some(next) = page["next"].as_str() else { break };
            query = format!("?limit=2&count=true&after={next}");
        }
        assert_eq!(seen, opened_in_order);
        assert_eq!(ids(&list("?kind=exchange").await), opened_in_order[2..3]);
        desk.act(Role::Agent, &opened_in_order[0], "withdraw", json!({}))
            .await
            .ok(200);
        assert_eq!(ids(&list("?open=false").await), opened_in_order[..1]);
        assert_eq!(list("?open=true&count=true").await["total"], 4);
        let order = desk.case(&opened_in_order[3]).await["order"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(
            ids(&list(&format!("?order={order}")).await),
            opened_in_order[3..4]
        );
        for query in [
            "?limit=x",
            "?limit=-1",
            "?sort=kind",
            "?kind=rental",
            "?open=1",
            "?order=1",
            "?after=1",
        ] {
            desk.get(Role::Agent, &format!("/api/v1/cases{query}"))
                .await
                .refused(422, "invalid");
        }
    })
    .await;
}

#[tokio::test]
async fn a_listed_case_says_what_it_is_about_and_what_is_next() {
    on_both(async |target| {
        let desk = serve(target).await;
        opened(&desk, 0, "return_and_refund").await;
        let page = desk.get(Role::Auditor, "/api/v1/cases").await.ok(200);
        let row = &page["cases"][0];
        let shown = json!({
            "order_number": row["order_number"], "title": row["title"], "units": row["units"],
            "next_clock": row["next_clock"], "priority": row["priority"], "severity": row["severity"],
            "awaiting": row["awaiting"], "assignee": row["assignee"], "tags": row["tags"],
            "reply_due": row["reply_due"], "disputed": row["disputed"], "escalated_to": row["escalated_to"],
        });
        assert_eq!(
            shown,
            json!({
                "order_number": "Q0", "title": "碎花连衣裙", "units": 1,
                "next_clock": { "clock": "decision", "owner": "agent", "on_expiry": "approve" },
                "priority": "high", "severity": "low", "awaiting": "shop", "assignee": null, "tags": [],
                "reply_due": false, "disputed": false, "escalated_to": null,
            })
        );
    })
    .await;
}

#[tokio::test]
async fn a_timeline_goes_on_where_it_was_left() {
    on_both(async |target| {
        let desk = serve(target).await;
        let case = opened(&desk, 1, "exchange").await;
        let told = async |after: &str| {
            let path = format!("/api/v1/cases/{case}/timeline{after}");
            let timeline = desk.get(Role::Agent, &path).await.ok(200);
            timeline["entries"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["seq"].as_u64().unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(told("").await, [1, 2, 3]);
        assert_eq!(told("?after=1").await, [2, 3]);
        assert_eq!(told("?after=18446744073709551615").await, [0_u64; 0]);
    })
    .await;
}
