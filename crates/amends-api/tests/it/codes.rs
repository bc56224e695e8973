//! A buyer without a link: his order's number, the end of his telephone, and a code that is sent to him.

use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::Target;
use amends_app::notices::Couriers;
use amends_app::notices::sms::SmsFolder;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, Folder, Paying, delivered_order, serve_telling};
use crate::place::on_both;

struct Shop {
    desk: Fixture,
    sent: Folder,
}

impl Shop {
    async fn new(target: &Target) -> Self {
        let sent = Folder::fresh();
        let couriers = Couriers {
            mail: None,
            sms: Some(Arc::new(SmsFolder::new(sent.0.join("sms")))),
        };
        let options = ApiOptions {
            manual_clock: true,
            sign_in_per_minute: 1_000,
            sign_in_per_minute_peer: 1_000,
            ..ApiOptions::default()
        };
        let desk = serve_telling(target, options, Arc::new(Paying), couriers).await;
        let mut order = delivered_order("K1");
        order["buyer"]["phone"] = json!("+86 138 0000 5678");
        desk.order(&order).await;
        Self { desk, sent }
    }

    async fn asks(&self, number: &str, tail: &str) {
        let body = json!({ "order_number": number, "phone_tail": tail });
        let asked = Ask::post("/api/v1/buyer/codes", &body).of(&self.desk.app).await;
        asked.ok(202);
    }

    /// The codes that were sent, the latest last; waits for as many as there must be.
    async fn codes(&self, count: usize) -> Vec<String> {
        let folder = self.sent.0.join("sms");
        for _ in 0..10_000 {
            let files = std::fs::read_dir(&folder).into_iter().flatten();
            let mut letters: Vec<Value> = files
                .filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok())
                .filter_map(|text| serde_json::from_str(&text).ok())
                .collect();
            if letters.len() >= count {
                letters.sort_by_key(|letter| letter["at_ms"].as_i64());
                return letters.iter().map(code_of).collect();
            }
            tokio::task::yield_now().await;
        }
        panic!("{count} codes were not sent");
    }

    async fn redeems(&self, tail: &str, code: &str) -> Answer {
        let body = json!({ "order_number": "K1", "phone_tail": tail, "code": code });
        Ask::post("/api/v1/buyer/codes/redeem", &body)
            .of(&self.desk.app)
            .await
    }
}

fn code_of(letter: &Value) -> String {
    assert_eq!(letter["to"], "+86 138 0000 5678");
    let text = letter["text"].as_str().unwrap();
    assert!(
        text.starts_with("【演示店铺】") && text.contains("10 分钟内有效"),
        "{text}"
    );
    text.chars().filter(char::is_ascii_digit).take(6).collect()
}

fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

#[tokio::test]
async fn a_buyer_comes_to_his_order_by_a_code_that_counts_once() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        shop.asks("K1", "5678").await;
        let code = shop.codes(1).await.remove(0);
        shop.redeems("5678", other_than(&code))
            .await
            .refused(401, "code_wrong");
        shop.redeems("1234", &code).await.refused(401, "code_wrong");
        let redeemed = shop.redeems("5678", &code).await.ok(200);
        let link = redeemed["token"].as_str().unwrap();
        let order = Ask::get("/api/v1/buyer/order")
            .link(link)
            .of(&shop.desk.app)
            .await
            .ok(200);
        assert_eq!(order["number"], "K1");
        shop.redeems("5678", &code).await.refused(401, "code_wrong");
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_whether_an_order_is_there_and_guessing_ends() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        for (number, tail) in [("K2", "5678"), ("K1", "0000"), ("K1", ""), ("K1", "00005678")] {
            shop.asks(number, tail).await;
        }
        shop.asks("K1", "5678").await;
        let codes = shop.codes(1).await;
        assert_eq!(codes.len(), 1, "{codes:?}");
        for _ in 0..5 {
            shop.redeems("5678", other_than(&codes[0]))
                .await
                .refused(401, "code_wrong");
        }
        shop.redeems("5678", &codes[0]).await.refused(401, "code_wrong");

        // A new code begins anew, and lasts for ten minutes.
        let clock = &shop.desk.desk.clock;
        clock.move_to(clock.now().plus_millis(60_000));
        shop.asks("K1", "5678").await;
        let code = shop.codes(2).await.remove(1);
        clock.move_to(clock.now().plus_millis(600_000));
        shop.redeems("5678", &code).await.refused(401, "code_wrong");
    })
    .await;
}
