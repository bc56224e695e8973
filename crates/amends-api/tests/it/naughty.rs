//! Every free text takes every string of the big list of naughty strings: it comes back unchanged,
//! or is refused with a reason; never is it the service's fault.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::evidence::FILE_NAME_CHARS_MAX;
use amends_app::payments::ByHand;
use amends_app::vault::Identity;
use amends_domain::actor::Role;
use amends_domain::ids::BuyerId;
use axum::http::HeaderValue;
use serde_json::{Value, json};

use crate::accounts::secret;
use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, delivered_order, paid_order, serve, serve_paying, yuan};
use crate::place::on_both;

pub(crate) fn naughty_strings() -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/naughty_strings.json");
    let strings: Vec<String> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    assert!(strings.len() > 500);
    strings
}

/// The body when it was taken; none when it was refused as it may be.
#[track_caller]
pub(crate) fn taken(answer: &Answer, text: &str) -> Option<Value> {
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

pub(crate) fn escaped(text: &str) -> String {
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
                "number": number, "buyer": { "nickname": number, "name": text, "phone": text, "email": text, "address": text },
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
            let Identity { nickname, name, phone, email, address } = identity(&desk, &order).await;
            assert_eq!(nickname, number);
            for kept in [name, phone, email, address] {
                assert_eq!(kept, *text);
            }
            let buyer = format!("/api/v1/buyers/{}", order["buyer"].as_str().unwrap());
            assert_eq!(desk.get(Role::Agent, &buyer).await.ok(200)["nickname"], json!(number));
        }
    })
    .await;
}

/// Who an order's buyer is, unmasked as no route shows it.
async fn identity(desk: &Fixture, order: &Value) -> Identity {
    let shop = desk.desk.store.shops_list().await.unwrap()[0].id;
    let buyer: BuyerId = order["buyer"].as_str().unwrap().parse().unwrap();
    let row = desk.desk.store.buyer_get(shop, buyer).await.unwrap().unwrap();
    let (key, sealed) = (row.key_wrapped.unwrap(), row.sealed.unwrap());
    desk.desk.vault.open(shop, buyer, &key, &sealed).unwrap()
}

/// The list in parts, each for a case of its own: one that has heard everything is slow to read.
pub(crate) fn naughty_parts() -> Vec<Vec<String>> {
    naughty_strings().chunks(64).map(<[String]>::to_vec).collect()
}

/// A return on its way, and its buyer's link.
async fn returning(desk: &Fixture, number: usize) -> (String, String) {
    let order = desk.order(&delivered_order(&format!("N{number}"))).await;
    let link = desk.link(&order).await;
    let body = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 1,
        "lines": [{ "line": desk.line(&order).await, "units": 1 }] });
    let case = desk.buyer_opens(&link, body).await;
    desk.act(Role::Agent, &case, "approve", json!({})).await.ok(200);
    (case, link)
}

/// Whether a carrier and a waybill can't be called this.
pub(crate) fn no_parcel(text: &str) -> bool {
    text.trim().is_empty() || text.chars().count() > 64
}

/// What people wrote into a case, by the type of the entry that keeps it.
pub(crate) async fn written(desk: &Fixture, case: &str) -> Vec<(String, Value)> {
    let path = format!("/api/v1/cases/{case}/timeline");
    let timeline = desk.get(Role::Agent, &path).await.ok(200);
    let kept = |entry: &Value| {
        let (text, data) = (&entry["text"], &entry["data"]);
        [text, &data["parcel"], &data["reference"]]
            .into_iter()
            .find(|kept| !kept.is_null())
            .map(|kept| (entry["type"].as_str().unwrap().to_owned(), kept.clone()))
    };
    let entries = timeline["entries"].as_array().unwrap();
    entries.iter().filter_map(kept).collect()
}

/// The first text that was put on record after an event of the case.
async fn entry(desk: &Fixture, case: &str, after: u64) -> Value {
    let path = format!("/api/v1/cases/{case}/timeline?after={after}");
    let timeline = desk.get(Role::Agent, &path).await.ok(200);
    let mut entries = timeline["entries"].as_array().unwrap().iter();
    let texts = entries.find(|entry| !entry["text"].is_null());
    texts.cloned().unwrap_or_default()
}

#[tokio::test]
async fn cases_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        for (number, texts) in naughty_parts().iter().enumerate() {
            let (case, link) = returning(&desk, number).await;
            for (at, text) in texts.iter().enumerate() {
                case_takes(&desk, (&case, &link), at, text).await;
            }
        }
    })
    .await;
}

async fn case_takes(desk: &Fixture, (case, link): (&str, &str), at: usize, text: &str) {
    let ask =
        |path: &str, body: &Value| Ask::post(format!("/api/v1/{path}"), body).key(&format!("{path} {at}"));
    let by_shop = |action: &str, body: &Value| {
        ask(&format!("cases/{case}/{action}"), body).token(desk.token(Role::Agent))
    };
    let by_buyer = |action: &str, body: &Value| ask(&format!("buyer/cases/{case}/{action}"), body).link(link);
    let words = json!({ "text": text });
    for said in [
        by_shop("messages", &words),
        by_shop("notes", &words),
        by_buyer("messages", &words),
    ] {
        let before = desk.case(case).await["seq"].as_u64().unwrap();
        match taken(&said.of(&desk.app).await, text) {
            Some(_) => assert_eq!(entry(desk, case, before).await["text"], *text),
            None => assert!(text.is_empty(), "{text:?}"),
        }
    }
    let parcel = json!({ "carrier": text, "waybill": text });
    for shipped in [by_shop("ship-return", &parcel), by_buyer("ship-return", &parcel)] {
        match taken(&shipped.of(&desk.app).await, text) {
            Some(_) => assert_eq!(desk.case(case).await["tracks"]["goods"]["parcel"], parcel),
            None => assert!(no_parcel(text), "{text:?}"),
        }
    }
}

#[tokio::test]
async fn pickups_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        for (number, texts) in naughty_parts().iter().enumerate() {
            // It is never shipped: a visit can be booked again for every text.
            let (case, link) = returning(&desk, number).await;
            for (at, text) in texts.iter().enumerate() {
                let pickup = json!({ "carrier": text, "reference": text,
                    "from": "2026-01-02T01:00:00.000Z", "until": "2026-01-02T04:00:00.000Z" });
                let book = |path: &str| Ask::post(format!("/api/v1/{path}/{case}/book-pickup"), &pickup);
                let by_shop = book("cases").token(desk.token(Role::Agent));
                for (who, booked) in [("shop", by_shop), ("buyer", book("buyer/cases").link(&link))] {
                    let booked = booked.key(&format!("{who} {number} {at}")).of(&desk.app).await;
                    match taken(&booked, text) {
                        Some(_) => assert_eq!(desk.case(&case).await["pickup"], pickup),
                        None => assert!(no_parcel(text), "{text:?}"),
                    }
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn codes_names_and_queries_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (case, _) = returning(&desk, 0).await;
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
                "cases?buyer=",
                "cases?status=",
                "cases?reason=",
                "cases?assignee=",
                "cases?escalated_to=",
                "cases?tag=",
                "search?q=",
                "evidence/",
                "events?after=",
                "events/stream?after=",
                "cases/",
                "policy/",
                "buyer/order?link=",
            ] {
                let answer = desk
                    .get(Role::Admin, &format!("/api/v1/{path}{}", escaped(text)))
                    .await;
                assert!(answer.status < 500, "{path} {text:?}: {}", answer.text);
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

/// Whether a file can't be called this.
fn no_file_name(text: &str) -> bool {
    let letter = |letter: char| letter.is_control() || matches!(letter, '/' | '\\');
    text.is_empty() || text.chars().count() > FILE_NAME_CHARS_MAX || text.contains(letter)
}

/// A file keeps its name; and what is no word of a header is refused.
#[tokio::test]
async fn files_take_any_name() {
    on_both(async |target| {
        let desk = serve(target).await;
        for (at, text) in naughty_strings().iter().enumerate() {
            // A case has so many pieces at most.
            let order = desk.order(&paid_order(&format!("E{at}"))).await;
            let link = desk.link(&order).await;
            let piece = || {
                Ask::method("POST", "/api/v1/buyer/evidence")
                    .raw("买家：在吗")
                    .header("content-type", "text/plain")
                    .link(&link)
            };
            let named = piece().header("evidence-kind", "chat_record");
            let named = named
                .header("evidence-name", escaped(text))
                .key(&format!("named {at}"));
            match taken(&named.of(&desk.app).await, text) {
                Some(added) => {
                    assert_eq!(added["name"], *text);
                    let path = format!("/api/v1/buyer/evidence/{}", added["id"].as_str().unwrap());
                    let content = Ask::get(format!("{path}/content"))
                        .link(&link)
                        .of(&desk.app)
                        .await;
                    assert_eq!(content.text, "买家：在吗");
                    assert!(content.header("content-disposition").is_ascii());
                    let shown = Ask::get(path).link(&link).of(&desk.app).await.ok(200);
                    assert_eq!(shown["name"], *text);
                }
                None => assert!(no_file_name(text), "{text:?}"),
            }
            // What no header can carry never comes.
            if HeaderValue::from_str(text).is_err() {
                continue;
            }
            let kind = piece()
                .header("evidence-kind", text)
                .key("kind")
                .of(&desk.app)
                .await;
            kind.refused(422, "invalid");
            let name = piece()
                .header("evidence-kind", "other")
                .header("evidence-name", text);
            taken(&name.key(&format!("raw {at}")).of(&desk.app).await, text);
            let key = piece()
                .header("evidence-kind", "other")
                .key(text)
                .of(&desk.app)
                .await;
            assert!(key.status < 500, "{text:?}: {}", key.text);
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
            let unlisted = desk
                .act(Role::Agent, case, "refuse", json!({ "reason": text }))
                .await;
            assert_eq!(taken(&unlisted, text), None);
            let refusal = json!({ "reason": "no_fault_found", "text": text });
            desk.act(Role::Agent, case, "refuse", refusal).await.ok(200);
            let words = json!({ "text": text });
            // Each side can ask for both; they take turns.
            let (renewal, intervention) = if at % 2 == 0 {
                let renewal = desk.buyer_acts(&link, case, "renew", words.clone()).await;
                desk.act(Role::Agent, case, "refuse", json!({ "reason": "no_fault_found" }))
                    .await
                    .ok(200);
                let for_buyer = json!({ "by": "buyer", "text": text });
                (
                    renewal,
                    desk.act(Role::Agent, case, "intervention", for_buyer).await,
                )
            } else {
                let renewal = desk.act(Role::Agent, case, "renew", words.clone()).await;
                desk.act(Role::Agent, case, "refuse", json!({ "reason": "no_fault_found" }))
                    .await
                    .ok(200);
                (renewal, desk.buyer_acts(&link, case, "intervention", words).await)
            };
            renewal.ok(200);
            intervention.ok(200);
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
            assert_eq!(
                said,
                [
                    ("opened", &text),
                    ("refused", &text),
                    ("renewed", &text),
                    ("intervention_asked", &text)
                ]
            );
        }
    })
    .await;
}

/// Adds people called by each text, who then sign in to the letter; the texts that were taken.
async fn signed_in<'a>(desk: &Fixture, texts: &'a [String]) -> Vec<&'a String> {
    let mut called = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let password = format!("{text} 一个够长的密码在这里");
        let person = json!({ "login": text, "password": password, "display_name": text, "role": "agent" });
        let person = Ask::post("/api/v1/people", &person).token(desk.token(Role::Admin));
        let Some(person) = taken(&person.of(&desk.app).await, text) else {
            assert!(text.is_empty() || password.len() > 512, "{text:?}");
            continue;
        };
        let mut sign_in = json!({ "login": text, "password": password });
        let session = Ask::post("/api/v1/sessions", &sign_in);
        let signed_in = session.of(&desk.app).await;
        signed_in.ok(201);
        // A shop is looked up when the password fits, and each password costs some 20 ms of real
        // work: twice a text is bearable, three times is not.
        if at % 20 == 0 {
            sign_in["shop"] = json!(text);
            let session = Ask::post("/api/v1/sessions", &sign_in);
            session.of(&desk.app).await.refused(401, "wrong_password");
            let path = format!("/api/v1/people/{}/password", person["id"].as_str().unwrap());
            let change = async |old: &str| {
                let body = json!({ "old": old, "password": format!("{text} 另一个够长的密码在这里") });
                let ask = Ask::method("PUT", path.as_str()).json(&body);
                ask.cookie(&secret(&signed_in)).of(&desk.app).await
            };
            change(text).await.refused(401, "wrong_password");
            change(&password).await.ok(204);
        }
        called.push(text);
    }
    called
}

/// Who is added under a name signs in by it to the letter, and is shown by it.
#[tokio::test]
async fn people_take_any_name_and_password() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut texts = naughty_strings();
        texts.sort();
        texts.dedup();
        // Passwords take turns on a thread of their own each: two at a time fill two cores.
        let (these, those) = texts.split_at(texts.len() / 2);
        let (mut called, more) = tokio::join!(signed_in(&desk, these), signed_in(&desk, those));
        called.extend(more);
        assert!(called.len() > 500);
        let people = desk.get(Role::Admin, "/api/v1/people").await.ok(200);
        let people = people["people"].as_array().unwrap();
        for text in called {
            let shown = people.iter().find(|person| person["login"] == *text).unwrap();
            assert_eq!(shown["display_name"], *text);
        }
    })
    .await;
}

/// Whether a payment can't be referred to by this.
pub(crate) fn no_reference(text: &str) -> bool {
    text.trim().is_empty() || text.chars().count() > 128
}

#[tokio::test]
async fn references_of_refunds_paid_by_hand_take_any_text() {
    on_both(async |target| {
        let options = ApiOptions {
            manual_clock: true,
            ..ApiOptions::default()
        };
        let desk = serve_paying(target, options, Arc::new(ByHand)).await;
        let mut cases = Vec::new();
        for (at, text) in naughty_strings().into_iter().enumerate() {
            let order = desk.order(&paid_order(&format!("B{at}"))).await;
            let (link, line) = (desk.link(&order).await, desk.line(&order).await);
            let open =
                json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
            let case = desk.buyer_opens(&link, open).await;
            desk.act(Role::Agent, &case, "approve", json!({})).await.ok(200);
            cases.push((case, text));
        }
        // Nobody pays by itself: every one of them waits for a supervisor.
        desk.hours_pass(0).await;
        for (case, text) in &cases {
            let record = json!({ "reference": text });
            match taken(
                &desk.act(Role::Supervisor, case, "record-refund", record).await,
                text,
            ) {
                Some(_) => assert_eq!(
                    written(&desk, case).await,
                    [("refund_recorded".to_owned(), json!(text))]
                ),
                None => assert!(no_reference(text), "{text:?}"),
            }
        }
    })
    .await;
}

/// What the buyer says when all is over; it may be asked again.
#[tokio::test]
async fn follow_ups_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("F")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let open =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, open).await;
        desk.act(Role::Agent, &case, "approve", json!({})).await.ok(200);
        desk.hours_pass(0).await;
        for text in naughty_strings() {
            let words = json!({ "score": 5, "text": text });
            for told in [
                desk.act(Role::Agent, &case, "follow-up", words.clone()).await,
                desk.buyer_acts(&link, &case, "follow-up", words).await,
            ] {
                match taken(&told, &text) {
                    Some(accepted) => {
                        let before = accepted["seq"].as_u64().unwrap() - 1;
                        assert_eq!(entry(&desk, &case, before).await["text"], text);
                    }
                    None => assert!(text.is_empty(), "{text:?}"),
                }
            }
        }
    })
    .await;
}

/// A word, an id, a currency or a time that is none is named, whatever stands there instead.
#[tokio::test]
async fn what_is_no_free_text_refuses_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        let id = "line_00000000000000000000000000000000";
        for text in naughty_strings() {
            let price = json!({ "minor": 1, "currency": text });
            for (path, body) in [
                ("orders", json!({ "number": "1", "paid_at": text, "lines": [] })),
                ("orders", json!({ "number": "1", "discount": price, "lines": [] })),
                ("cases", json!({ "order": text, "kind": "exchange", "reason": "quality", "lines": [] })),
                ("cases", json!({ "kind": text, "reason": "quality", "lines": [] })),
                ("cases", json!({ "kind": "exchange", "reason": "quality", "lines": [{ "line": text, "units": 1 }] })),
                ("cases", json!({ "kind": "exchange", "reason": "quality", "lines": [{ "line": id, "units": text }] })),
                ("tokens", json!({ "role": text, "label": "erp" })),
                ("tokens", json!({ "role": "machine", "label": "erp", "expires_at": text })),
                ("people", json!({ "login": "x", "password": "x", "display_name": "x", "role": text })),
                ("shop/settings", json!({ "notices": { "language": text } })),
                ("shop/settings", json!({ "notices": { "channels": [text] } })),
                ("shop/settings", json!({ "notices": { "staff_mail": { "agent": text } } })),
                ("shop/settings", json!({ "notices": { "staff_mail": { text.as_str(): "a@shop.example" } } })),
                ("shop/settings", json!({ "refund_limit_agent": price })),
            ] {
                let method = if path == "shop/settings" { "PUT" } else { "POST" };
                let ask = Ask::method(method, format!("/api/v1/{path}")).json(&body);
                let ask = ask.token(desk.token(Role::Admin));
                let ask = if path == "cases" { ask.key("k") } else { ask };
                ask.of(&desk.app).await.refused(422, "invalid");
            }
        }
    })
    .await;
}
