//! Orders that were paid and have not left: who has to send what by when.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, delivered_order, paid_order, serve};
use crate::place::on_both;

async fn unsent(desk: &Fixture) -> (u64, Vec<(String, bool)>) {
    let view = desk.get(Role::Agent, "/api/v1/orders/unsent").await.ok(200);
    let told = |order: &Value| {
        assert!(order["due_at"].as_str() > order["paid_at"].as_str(), "{order}");
        (
            order["number"].as_str().unwrap().to_owned(),
            order["late"] == true,
        )
    };
    let orders = view["orders"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(view["clause"]["id"], "CLK-18");
    (view["count"].as_u64().unwrap(), orders)
}

async fn again(desk: &Fixture, order: &Value) {
    let ask = Ask::post("/api/v1/orders", order).token(desk.token(Role::Machine));
    ask.of(&desk.app).await.ok(200);
}

#[tokio::test]
async fn what_was_paid_waits_to_be_sent_until_it_leaves() {
    on_both(async |target| {
        let desk = serve(target).await;
        assert_eq!(unsent(&desk).await, (0, Vec::new()));
        // Paid on 30 December: to leave by the end of the 31st, an hour before the clock starts.
        let mut early = paid_order("S1");
        early["paid_at"] = json!("2025-12-30T10:00:00+08:00");
        desk.order(&early).await;
        let mut last = paid_order("S2");
        last["paid_at"] = json!("2025-12-31T23:00:00+08:00");
        desk.order(&last).await;
        desk.order(&delivered_order("S3")).await;
        let waiting = |named: &[(&str, bool)]| {
            let named: Vec<(String, bool)> = named
                .iter()
                .map(|(name, late)| ((*name).to_owned(), *late))
                .collect();
            (named.len() as u64, named)
        };
        assert_eq!(unsent(&desk).await, waiting(&[("S1", true), ("S2", false)]));
        desk.hours_pass(24).await;
        assert_eq!(unsent(&desk).await, waiting(&[("S1", true), ("S2", true)]));
        // What was given back is not sent any more.
        let back = desk.order(&paid_order("S4")).await;
        let link = desk.link(&back).await;
        let view = desk
            .get(Role::Admin, &format!("/api/v1/orders/{back}"))
            .await
            .ok(200);
        let lines = view["lines"].as_array().unwrap().iter();
        let lines: Vec<Value> = lines
            .map(|line| json!({ "line": line["id"], "units": line["units"].as_array().unwrap().len() }))
            .collect();
        let ask = json!({ "kind": "refund_only", "reason": "regret", "lines": lines });
        let case = desk.buyer_opens(&link, ask).await;
        assert_eq!(unsent(&desk).await.0, 3);
        desk.act(Role::Admin, &case, "approve", json!({})).await.ok(200);
        assert_eq!(unsent(&desk).await, waiting(&[("S1", true), ("S2", true)]));
        // One leaves, the other is called off.
        early["dispatched_at"] = json!("2026-01-01T12:00:00+08:00");
        again(&desk, &early).await;
        assert_eq!(unsent(&desk).await, waiting(&[("S2", true)]));
        last["cancelled_at"] = json!("2026-01-01T13:00:00+08:00");
        again(&desk, &last).await;
        assert_eq!(unsent(&desk).await, waiting(&[]));
    })
    .await;
}

async fn unseen(desk: &Fixture) -> Vec<String> {
    let view = desk.get(Role::Agent, "/api/v1/orders/unsent").await.ok(200);
    assert_eq!(view["unseen_clause"]["id"], "VIO-2-SCAN");
    let told = |parcel: &Value| format!("{} {}", parcel["number"], parcel["waybill"]).replace('"', "");
    let mut told: Vec<String> = view["unseen"].as_array().unwrap().iter().map(told).collect();
    // Both left at the same moment.
    told.sort();
    told
}

async fn tracked(desk: &Fixture, order: &str, waybill: &str, at: &str, state: &str) {
    let event = json!({ "order": order, "carrier": "中通", "waybill": waybill, "at": at, "state": state });
    let ask = Ask::post("/api/v1/tracking", &json!({ "events": [event] }));
    ask.token(desk.token(Role::Machine)).of(&desk.app).await.ok(200);
}

#[tokio::test]
async fn what_is_said_to_be_sent_is_seen_by_its_carrier_within_a_day_or_named() {
    on_both(async |target| {
        let desk = serve(target).await;
        desk.order(&paid_order("F1")).await;
        desk.order(&paid_order("F2")).await;
        tracked(&desk, "F1", "ZT1", "2025-12-31T10:00:00+08:00", "dispatched").await;
        tracked(&desk, "F2", "ZT2", "2025-12-31T10:00:00+08:00", "dispatched").await;
        desk.hours_pass(9).await;
        assert_eq!(unseen(&desk).await, Vec::<String>::new(), "23 hours");
        desk.hours_pass(1).await;
        assert_eq!(unseen(&desk).await, ["F1 ZT1", "F2 ZT2"]);
        // One is picked up, the other's order is called off.
        tracked(&desk, "F1", "ZT1", "2026-01-01T10:00:00+08:00", "in_transit").await;
        assert_eq!(unseen(&desk).await, ["F2 ZT2"]);
        let mut off = paid_order("F2");
        off["cancelled_at"] = json!("2026-01-01T10:00:00+08:00");
        again(&desk, &off).await;
        assert_eq!(unseen(&desk).await, Vec::<String>::new());
    })
    .await;
}
