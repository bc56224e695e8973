//! Every free text takes every string of the big list of naughty strings: it comes back unchanged,
//! or is refused with a reason; never is it the service's fault.

use std::fs;
use std::path::PathBuf;

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, delivered_order, serve, yuan};
use crate::place::on_both;

fn naughty_strings() -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/naughty_strings.json");
    let strings: Vec<String> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    assert!(strings.len() > 500);
    strings
}

/// The body when it was taken; none when it was refused as it may be.
#[track_caller]
fn taken(answer: &Answer, text: &str) -> Option<Value> {
    if answer.is_success() {
        return Some(serde_json::from_str(&answer.text).unwrap_or_default());
    }
    let (status, code) = answer.problem();
    let expected = [
        "invalid",
        "text_length",
        "unknown_reason",
        "unknown_refusal_reason",
    ];
    assert!(
        status == 422 && expected.contains(&code.as_str()),
        "{text:?}: {}",
        answer.text
    );
    None
}

fn escaped(text: &str) -> String {
    let bytes = text.bytes().flat_map(|byte| {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap();
        ['%', digit(byte >> 4), digit(byte & 15)]
    });
    bytes.collect()
}

#[tokio::test]
async fn orders_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        for (at, text) in naughty_strings().iter().enumerate() {
            let number = format!("{at} {text}");
            let order = json!({
                "number": number, "buyer": { "nickname": text, "name": text, "phone": text, "email": text, "address": text },
                "buyer_tier": text, "region": text, "payment_method": text, "paid_at": "2025-12-30T10:00:00Z",
                "lines": [{ "sku": text, "title": text, "category": text, "units": 1, "price": yuan(100) }],
            });
            let answer = Ask::post("/api/v1/orders", &order).token(desk.token(Role::Machine)).of(&desk.app).await;
            let Some(_) = taken(&answer, text) else {
                assert!(text.is_empty(), "{text:?}: {}", answer.text);
                continue;
            };
            let path = format!("/api/v1/orders?number={}", escaped(&number));
            let order = desk.get(Role::Agent, &path).await.ok(200)["orders"][0].clone();
            let line = &order["lines"][0];
            for value in [&order["buyer_tier"], &order["region"], &order["payment_method"], &line["sku"], &line["title"], &line["category"]] {
                assert_eq!(value, text);
            }
            assert_eq!(order["number"], json!(number));
            let buyer = desk.get(Role::Agent, &format!("/api/v1/buyers/{}", order["buyer"].as_str().unwrap())).await;
            // Nicknames are told apart without regard to case and surrounding space.
            let nickname = buyer.ok(200)["nickname"].as_str().unwrap().to_owned();
            assert_eq!(nickname.trim().to_lowercase(), text.trim().to_lowercase());
        }
    })
    .await;
}

async fn returning(desk: &Fixture) -> String {
    let order = desk.order(&delivered_order("N1")).await;
    let link = desk.link(&order).await;
    let body = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 1,
        "lines": [{ "line": desk.line(&order).await, "units": 1 }] });
    let case = desk.buyer_opens(&link, body).await;
    desk.act(Role::Agent, &case, "approve", json!({})).await.ok(200);
    case
}

/// The entry a command left in the timeline.
async fn entry(desk: &Fixture, case: &str, accepted: &Value) -> Value {
    let before = accepted["seq"].as_u64().unwrap() - 1;
    let path = format!("/api/v1/cases/{case}/timeline?after={before}");
    desk.get(Role::Agent, &path).await.ok(200)["entries"][0].clone()
}

#[tokio::test]
async fn cases_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        let case = returning(&desk).await;
        for (at, text) in naughty_strings().iter().enumerate() {
            let write = |action: &str, body: Value| {
                let path = format!("/api/v1/cases/{case}/{action}");
                Ask::post(path, &body)
                    .token(desk.token(Role::Agent))
                    .key(&format!("{action} {at}"))
                    .of(&desk.app)
            };
            for action in ["messages", "notes"] {
                match taken(&write(action, json!({ "text": text })).await, text) {
                    Some(accepted) => assert_eq!(entry(&desk, &case, &accepted).await["text"], *text),
                    None => assert!(text.is_empty(), "{text:?}"),
                }
            }
            let parcel = json!({ "carrier": text, "waybill": text });
            match taken(&write("ship-return", parcel.clone()).await, text) {
                Some(accepted) => {
                    let shipped = desk
                        .get(Role::Agent, &format!("/api/v1/cases/{case}"))
                        .await
                        .ok(200);
                    assert_eq!(shipped["tracks"]["goods"]["parcel"], parcel, "{accepted}");
                }
                None => assert!(text.trim().is_empty() || text.chars().count() > 64, "{text:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn codes_names_and_queries_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        let case = returning(&desk).await;
        let order = desk.case(&case).await["order"].clone();
        let line = desk.line(order.as_str().unwrap()).await;
        for (at, text) in naughty_strings().iter().enumerate() {
            let open = json!({ "order": order, "kind": "exchange", "reason": text,
                "replacement_sku": text, "lines": [{ "line": line, "units": 1 }], "text": text });
            let open = Ask::post("/api/v1/cases", &open)
                .token(desk.token(Role::Agent))
                .key(&format!("open {at}"));
            assert_eq!(taken(&open.of(&desk.app).await, text), None);
            let label = Ask::post("/api/v1/tokens", &json!({ "role": "agent", "label": text }));
            taken(&label.token(desk.token(Role::Admin)).of(&desk.app).await, text);
            let address =
                Ask::method("PUT", "/api/v1/shop/settings").json(&json!({ "return_address": text }));
            let answer = address.token(desk.token(Role::Admin)).of(&desk.app).await;
            assert_eq!(taken(&answer, text).unwrap()["return_address"], *text);
            for path in [
                "orders?number=",
                "cases?after=",
                "cases?order=",
                "events?after=",
                "cases/",
                "policy/",
                "buyer/order?link=",
            ] {
                let answer = desk
                    .get(Role::Admin, &format!("/api/v1/{path}{}", escaped(text)))
                    .await;
                assert!(answer.status < 500, "{path} {text:?}: {}", answer.text);
            }
            // Every password costs real work, so only some of them are tried.
            if at % 40 == 0 {
                let body = json!({ "login": text, "password": text, "shop": text });
                let status = Ask::post("/api/v1/sessions", &body).of(&desk.app).await.status;
                assert!(status == 401 || status == 422, "{text:?}: {status}");
            }
        }
        let listed = desk.get(Role::Admin, "/api/v1/tokens").await.ok(200);
        let labels: Vec<&str> = listed["tokens"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|token| token["label"].as_str())
            .collect();
        for text in naughty_strings().iter().filter(|text| !text.is_empty()) {
            assert!(labels.contains(&text.as_str()), "{text:?}");
        }
    })
    .await;
}

/// What shop and buyer say to each other over a refusal reaches the other side as it was written.
#[tokio::test]
async fn refusals_and_renewals_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        for (at, text) in naughty_strings().iter().enumerate() {
            let order = desk.order(&delivered_order(&format!("R{at}"))).await;
            let (link, line) = (desk.link(&order).await, desk.line(&order).await);
            let open = json!({ "kind": "refund_only", "reason": "quality", "text": text,
                "lines": [{ "line": line, "units": 1 }] });
            let opening = Ask::post("/api/v1/buyer/cases", &open)
                .link(&link)
                .key(&format!("open {at}"));
            let Some(opened) = taken(&opening.of(&desk.app).await, text) else {
                assert!(text.is_empty(), "{text:?}");
                continue;
            };
            let case = opened["case"].as_str().unwrap();
            let refusal = json!({ "reason": "no_fault_found", "text": text });
            desk.act(Role::Agent, case, "refuse", refusal).await.ok(200);
            desk.buyer_acts(&link, case, "renew", json!({ "text": text }))
                .await
                .ok(200);
            let path = format!("/api/v1/buyer/cases/{case}/timeline");
            let seen = Ask::get(path).link(&link).of(&desk.app).await.ok(200);
            let said: Vec<(&str, &Value)> = seen["entries"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|entry| !entry["text"].is_null())
                .map(|entry| (entry["type"].as_str().unwrap(), &entry["text"]))
                .collect();
            let text = json!(text);
            assert_eq!(said, [("opened", &text), ("refused", &text), ("renewed", &text)]);
        }
    })
    .await;
}

/// A reference is looked up later in another system: it is kept to the letter.
#[tokio::test]
async fn payment_references_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut dearer = delivered_order("P");
        dearer["lines"] = json!([{ "sku": "DEARER", "title": "大码", "units": 1, "price": yuan(90_000) }]);
        dearer["discount"] = yuan(0);
        desk.order(&dearer).await;
        for (at, text) in naughty_strings().iter().enumerate() {
            let order = desk.order(&delivered_order(&format!("P{at}"))).await;
            let (link, line) = (desk.link(&order).await, desk.line(&order).await);
            let open = json!({ "kind": "exchange", "reason": "not_as_described", "replacement_sku": "DEARER",
                "lines": [{ "line": line, "units": 1 }] });
            let case = desk.buyer_opens(&link, open).await;
            desk.act(Role::Admin, &case, "approve", json!({})).await.ok(200);
            let found = json!({ "findings": [{ "line": line, "accepted": 1 }] });
            desk.act(Role::Admin, &case, "inspect", found).await.ok(200);
            let paid = json!({ "amount": desk.case(&case).await["difference"], "reference": text });
            match taken(
                &desk.act(Role::Machine, &case, "pay-difference", paid).await,
                text,
            ) {
                Some(accepted) => {
                    assert_eq!(entry(&desk, &case, &accepted).await["data"]["reference"], *text);
                }
                None => assert!(text.trim().is_empty() || text.chars().count() > 128, "{text:?}"),
            }
        }
    })
    .await;
}
