//! Parcels over HTTP: what carriers say is watched, and a late one comes to a case before its buyer asks (CLK-15).

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, paid_order, serve};
use crate::place::on_both;

/// Hands in events of an order: carrier, waybill, day and hour of January, state.
async fn tracked(desk: &Fixture, order: &str, events: &[(&str, &str, &str, &str)]) -> Answer {
    let event = |(carrier, waybill, at, state): &(&str, &str, &str, &str)| {
        json!({ "order": order, "carrier": carrier, "waybill": waybill,
            "at": format!("2026-01-{at}:00:00Z"), "state": state })
    };
    let events: Vec<Value> = events.iter().map(event).collect();
    Ask::post("/api/v1/tracking", &json!({ "events": events }))
        .token(desk.token(Role::Machine))
        .of(&desk.app)
        .await
}

async fn parcels(desk: &Fixture, order: &str) -> Value {
    let path = format!("/api/v1/orders/{order}/parcels");
    desk.get(Role::Agent, &path).await.ok(200)["parcels"].clone()
}

async fn cases_of(desk: &Fixture, order: &str) -> Vec<Value> {
    let path = format!("/api/v1/cases?order={order}");
    let answer = desk.get(Role::Agent, &path).await.ok(200);
    answer["cases"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_late_parcel_opens_a_case_before_its_buyer_asks() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("P1")).await;
        let sent = ("顺丰", "SF1", "01T02", "dispatched");
        for moved in [1, 0] {
            let taken = tracked(&desk, "P1", &[sent]).await.ok(200);
            assert_eq!(taken["orders_moved"], moved);
        }
        // Later news does not begin its time anew.
        tracked(&desk, "P1", &[("顺丰", "SF1", "03T09", "in_transit")])
            .await
            .ok(200);
        let parcel = parcels(&desk, &order).await[0].clone();
        assert_eq!(parcel["state"], "in_transit");
        assert_eq!(parcel["due_at"], "2026-01-08T02:00:00.000Z");
        let link = desk.link(&order).await;
        let seen = Ask::get("/api/v1/buyer/order").link(&link).of(&desk.app).await;
        let seen = &seen.ok(200)["parcels"][0];
        assert_eq!(
            (&seen["state"], &seen["due_at"]),
            (&parcel["state"], &parcel["due_at"])
        );

        desk.hours_pass(24 * 7).await;
        assert_eq!(cases_of(&desk, &order).await, Vec::<Value>::new());
        desk.hours_pass(11).await;
        let cases = cases_of(&desk, &order).await;
        assert_eq!(cases.len(), 1);
        let case = cases[0]["id"].as_str().unwrap();
        let view = desk.case(case).await;
        assert_eq!(
            (&view["kind"], &view["reason"]["code"]),
            (&json!("consultation"), &json!("late"))
        );
        let exception = &view["tracks"]["exception"];
        assert_eq!(exception["fault"], "delay");
        assert_eq!(exception["parcel"]["waybill"], "SF1");
        let clocks = view["clocks"].as_array().unwrap();
        let names: Vec<&str> = clocks.iter().map(|one| one["clock"].as_str().unwrap()).collect();
        assert!(names.contains(&"buyer_contact"), "{names:?}");
        // Nobody has asked: nobody waits for a reply.
        assert!(!names.contains(&"first_reply"), "{names:?}");
        let parcel = parcels(&desk, &order).await[0].clone();
        assert_eq!((&parcel["case"], &parcel["due_at"]), (&json!(case), &Value::Null));

        // It is seen to once, whatever else is said of it.
        tracked(&desk, "P1", &[("顺丰", "SF1", "09T09", "exception")])
            .await
            .ok(200);
        desk.hours_pass(48).await;
        assert_eq!(cases_of(&desk, &order).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_arrives_in_time_or_comes_back_is_nobodys_trouble() {
    on_both(async |target| {
        let desk = serve(target).await;
        for (number, end) in [("P1", "delivered"), ("P2", "returned")] {
            let order = desk.order(&paid_order(number)).await;
            let events = [
                ("顺丰", "SF1", "01T02", "dispatched"),
                ("顺丰", "SF1", "05T02", end),
            ];
            tracked(&desk, number, &events).await.ok(200);
            assert_eq!(parcels(&desk, &order).await[0]["due_at"], Value::Null);
            desk.hours_pass(24 * 10).await;
            assert_eq!(cases_of(&desk, &order).await, Vec::<Value>::new(), "{number}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_carrier_has_its_own_time_and_an_exception_none() {
    on_both(async |target| {
        let desk = serve(target).await;
        let settings = json!({ "transit_days": { "中通": 3 } });
        let put = Ask::method("PUT", "/api/v1/shop/settings").json(&settings);
        put.token(desk.token(Role::Admin)).of(&desk.app).await.ok(200);
        let order = desk.order(&paid_order("P1")).await;
        let events = [
            ("中通", "ZT1", "01T02", "dispatched"),
            ("顺丰", "SF1", "01T02", "dispatched"),
            ("韵达", "YD1", "01T03", "exception"),
            // Without a name it is not watched.
            ("", "X1", "01T02", "dispatched"),
        ];
        tracked(&desk, "P1", &events).await.ok(200);
        let rows = parcels(&desk, &order).await;
        let rows: Vec<(&Value, &Value)> = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (&row["waybill"], &row["due_at"]))
            .collect();
        let due = [
            ("SF1", "2026-01-08T02:00:00.000Z"),
            ("ZT1", "2026-01-04T02:00:00.000Z"),
            ("YD1", "2026-01-01T03:00:00.000Z"),
        ]
        .map(|(waybill, due)| (json!(waybill), json!(due)));
        assert_eq!(
            rows,
            due.iter()
                .map(|(waybill, due)| (waybill, due))
                .collect::<Vec<_>>()
        );
    })
    .await;
}

#[tokio::test]
async fn a_late_parcel_joins_what_is_open_and_takes_no_finding_back() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("P1")).await;
        tracked(&desk, "P1", &[("顺丰", "SF1", "01T02", "dispatched")])
            .await
            .ok(200);
        let link = desk.link(&order).await;
        let body = json!({ "kind": "complaint", "reason": "late", "text": "怎么还没到", "lines": [] });
        let case = desk.buyer_opens(&link, body).await;
        let lost = json!({ "fault": "loss", "carrier": "顺丰", "waybill": "SF1" });
        desk.act(Role::Agent, &case, "exception", lost).await.ok(200);
        desk.hours_pass(24 * 9).await;
        assert_eq!(cases_of(&desk, &order).await.len(), 1);
        assert_eq!(desk.case(&case).await["tracks"]["exception"]["fault"], "loss");
        assert_eq!(parcels(&desk, &order).await[0]["case"], json!(case));
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_whole() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("P1")).await;
        let good = ("顺丰", "SF1", "01T02", "dispatched");
        let long = "长".repeat(65);
        for (number, events) in [
            ("P2", vec![good]),
            ("P1", vec![good, (long.as_str(), "SF2", "01T02", "dispatched")]),
            (
                "P1",
                vec![
                    ("顺丰", "SF1", "05T02", "dispatched"),
                    ("顺丰", "SF1", "03T02", "delivered"),
                ],
            ),
            ("P1", vec![]),
        ] {
            let answer = tracked(&desk, number, &events).await;
            answer.refused(422, "invalid");
        }
        assert_eq!(parcels(&desk, &order).await, json!([]));
        for days in [0, 91] {
            let settings = json!({ "transit_days": { "中通": days } });
            let put = Ask::method("PUT", "/api/v1/shop/settings").json(&settings);
            put.token(desk.token(Role::Admin))
                .of(&desk.app)
                .await
                .refused(422, "invalid");
        }
    })
    .await;
}
