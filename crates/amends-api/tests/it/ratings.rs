//! Ratings in the other direction: buyers are rated once an order, and reminded to rate once, when nothing speaks
//! against it.

use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::Target;
use amends_app::notices::Couriers;
use amends_app::notices::mail::mail_named;
use amends_app::reviews::remind::reminders_run;
use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, Folder, Paying, delivered_order, serve, serve_telling};
use crate::notices::sink::Mail;
use crate::place::on_both;
use crate::reviews::{bad, hand_in};

async fn rate(desk: &Fixture, order: &str, body: &Value) -> Answer {
    Ask::method("PUT", format!("/api/v1/orders/{order}/buyer-rating"))
        .json(body)
        .token(desk.token(Role::Agent))
        .of(&desk.app)
        .await
}

#[tokio::test]
async fn a_buyer_is_rated_once_an_order_in_fair_words() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("B1")).await;
        let path = format!("/api/v1/orders/{order}/buyer-rating");
        assert_eq!(
            desk.get(Role::Auditor, &path).await.ok(200)["rating"],
            Value::Null
        );
        rate(
            &desk,
            &order,
            &json!({ "rating": "bad", "text": "无理取闹，恶意差评" }),
        )
        .await
        .refused(422, "unfair_words");
        let fair = json!({ "rating": "good", "text": "沟通顺畅，收货及时，欢迎再来" });
        rate(&desk, &order, &fair).await.ok(200);
        rate(&desk, &order, &fair).await.ok(200);
        rate(&desk, &order, &json!({ "rating": "bad" }))
            .await
            .refused(409, "rated_before");
        let there = desk.get(Role::Auditor, &path).await.ok(200);
        assert_eq!(
            (&there["rating"]["rating"], &there["rating"]["by"]["role"]),
            (&json!("good"), &json!("agent"))
        );
        let nowhere = format!("order_{}", "0".repeat(32));
        rate(&desk, &nowhere, &fair).await.refused(404, "not_found");
    })
    .await;
}

/// A desk that mails into a folder.
async fn mailing(target: &Target, folder: &Folder) -> Fixture {
    let couriers = Couriers {
        mail: Some(mail_named("folder", &folder.0).unwrap()),
        sms: None,
    };
    let options = ApiOptions {
        manual_clock: true,
        ..ApiOptions::default()
    };
    serve_telling(target, options, Arc::new(Paying), couriers).await
}

/// What was mailed about rating, by subject.
fn reminders(folder: &Folder) -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(folder.0.join("mail"))
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>())
        .unwrap_or_default()
        .into_iter()
        .filter(|path| path.is_file())
        .map(|path| Mail::read(&std::fs::read_to_string(path).unwrap()).subject)
        .filter(|subject| subject.contains("还合心意"))
        .collect();
    found.sort();
    found
}

#[tokio::test]
async fn who_forgot_to_rate_is_reminded_once_and_who_rated_or_has_a_case_open_never() {
    on_both(async |target| {
        let folder = Folder::fresh();
        let desk = mailing(target, &folder).await;
        let order = |number: &str| {
            let mut order = delivered_order(number);
            order["buyer"]["email"] = json!(format!("{number}@example.com"));
            order
        };
        desk.order(&order("M1")).await;
        desk.order(&order("M2")).await;
        let open = desk.order(&order("M3")).await;
        let mut good = bad("M2", "M2");
        good["stars"] = json!(5);
        hand_in(&desk, &good).await.ok(201);
        let link = desk.link(&open).await;
        let line = desk.line(&open).await;
        let question = json!({ "kind": "consultation", "reason": "use", "lines": [], "text": "怎么用？" });
        assert!(line.starts_with("line_"));
        desk.buyer_opens(&link, question).await;
        // It arrived on 31 December; seven days end at midnight, and in the night nobody is written to.
        desk.hours_pass(7 * 24 + 8).await;
        desk.hours_pass(0).await;
        assert_eq!(reminders(&folder), Vec::<String>::new());
        desk.hours_pass(1).await;
        desk.hours_pass(1).await;
        let told = reminders(&folder);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("M1"), "{told:?}");
        for _ in 0..3 {
            reminders_run(&desk.desk).await.unwrap();
            desk.hours_pass(24).await;
        }
        assert_eq!(reminders(&folder), told);
    })
    .await;
}
