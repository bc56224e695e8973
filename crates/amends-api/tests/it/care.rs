//! Care mail: who gets it, who is left out and why, the hours and the cap of the policy, and the way out.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::Target;
use amends_app::care::care_run;
use amends_app::care::opt_out::care_opt_out;
use amends_app::notices::Couriers;
use amends_app::notices::mail::{Letter, Mail, Sent, mail_named};
use amends_domain::actor::Role;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::ask::{Answer, Ask};
use crate::books::{book_put, buyer_of, settings};
use crate::fixture::{Fixture, Folder, Paying, delivered_order, serve_telling};
use crate::place::on_both;

/// A mail server that keeps what it takes.
#[derive(Default)]
struct Kept(Mutex<Vec<Letter>>);

#[async_trait::async_trait]
impl Mail for Kept {
    async fn send(&self, letter: &Letter) -> Sent {
        self.0.lock().await.push(letter.clone());
        Sent::Gone
    }

    fn address(&self) -> Option<String> {
        None
    }
}

/// A desk whose mails are kept.
struct Shop {
    desk: Fixture,
    kept: Arc<Kept>,
}

impl Shop {
    async fn at(target: &Target) -> Self {
        let kept = Arc::new(Kept::default());
        let couriers = Couriers {
            mail: Some(kept.clone()),
            sms: None,
        };
        let desk = serving(target, couriers).await;
        Self { desk, kept }
    }

    async fn ask(&self, role: Role, method: &str, path: &str, body: &Value) -> Answer {
        let ask = Ask::method(method, format!("/api/v1/care/{path}")).json(body);
        ask.token(self.desk.token(role)).of(&self.desk.app).await
    }

    /// A care mail of this form; its id.
    async fn draft(&self, body: &Value) -> String {
        let made = self.ask(Role::Supervisor, "POST", "mails", body).await.ok(201);
        made["id"].as_str().unwrap().to_owned()
    }

    async fn mail(&self, id: &str) -> Value {
        let ask = Ask::get(format!("/api/v1/care/mails/{id}")).token(self.desk.token(Role::Manager));
        ask.of(&self.desk.app).await.ok(200)
    }

    async fn confirm(&self, role: Role, id: &str) -> Answer {
        let version = self.mail(id).await["version"].as_u64().unwrap();
        let ask = Ask::post(format!("/api/v1/care/mails/{id}/confirm"), &json!({}));
        ask.terms(version)
            .token(self.desk.token(role))
            .of(&self.desk.app)
            .await
    }

    /// A segment of everybody with a tag; its id.
    async fn segment(&self, name: &str, condition: &Value) -> String {
        let body = json!({ "name": name, "condition": condition });
        let made = self.ask(Role::Manager, "POST", "segments", &body).await.ok(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// Care mails that left, as addresses.
    async fn addresses(&self) -> Vec<String> {
        let letters = self.kept.0.lock().await;
        let care = letters.iter().filter(|letter| !letter.opt_out.is_empty());
        let mut addresses: Vec<String> = care.map(|letter| letter.address.clone()).collect();
        addresses.sort();
        addresses
    }

    /// The way out of the mail that went to an address.
    async fn token(&self, address: &str) -> String {
        let letters = self.kept.0.lock().await;
        let care = |letter: &&Letter| letter.address == address && !letter.opt_out.is_empty();
        let letter = letters.iter().rfind(care).unwrap();
        letter.opt_out.split_once("token=").unwrap().1.to_owned()
    }

    /// Buyers of one segment who all got a care mail; the segment, and the way out of each.
    async fn runners(&self, count: usize) -> (String, Vec<String>) {
        self.desk.hours_pass(10).await;
        let address = |number: usize| format!("race-{number:02}@example.com");
        for number in 0..count {
            let buyer = buyer_of(&self.desk, &format!("R{number}"), &address(number)).await;
            let book = json!({ "content": {}, "tags": ["赛跑"] });
            book_put(&self.desk, Role::Agent, &buyer, 0, &book).await.ok(200);
        }
        let segment = self.segment("赛跑", &json!({ "tags": ["赛跑"] })).await;
        let first = self.draft(&hello(("segment", &segment))).await;
        self.confirm(Role::Admin, &first).await.ok(200);
        self.desk.hours_pass(1).await;
        let mut tokens = Vec::new();
        for number in 0..count {
            tokens.push(self.token(&address(number)).await);
        }
        (segment, tokens)
    }

    /// A buyer whose only case closed with this score.
    async fn asked(&self, number: &str, email: &str, score: u64) -> String {
        let desk = &self.desk;
        let mut order = delivered_order(number);
        order["buyer"]["email"] = json!(email);
        let order = desk.order(&order).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        desk.act(Role::Agent, &case, "approve", json!({})).await.ok(200);
        desk.hours_pass(1).await;
        let follow_up = desk
            .act(Role::Agent, &case, "follow-up", json!({ "score": score }))
            .await;
        follow_up.ok(200);
        desk.case(&case).await["buyer"].as_str().unwrap().to_owned()
    }
}

async fn serving(target: &Target, couriers: Couriers) -> Fixture {
    let options = ApiOptions {
        manual_clock: true,
        ..ApiOptions::default()
    };
    let desk = serve_telling(target, options, Arc::new(Paying), couriers).await;
    settings(&desk, |settings| {
        settings["notices"]["page_address"] = json!("https://care.shop.example");
        settings["tiers"] = json!([{ "code": "vip", "title": "VIP 会员", "discount_percent": 20 }]);
    })
    .await;
    desk
}

fn hello(to: (&str, &str)) -> Value {
    json!({ to.0: to.1, "subject": "入冬了，给您提个醒",
        "body": "天冷了，羊毛衫最好平铺晾干，别挂着晒。有不清楚的，回复这封邮件就行。", "language": "zh-CN" })
}

#[tokio::test]
async fn a_mail_goes_to_its_segment_within_the_hours_and_says_who_is_left_out() {
    on_both(async |target| {
        let shop = Shop::at(target).await;
        let desk = &shop.desk;
        let mut buyers = Vec::new();
        for (number, email) in [("C1", "one@example.com"), ("C2", "two@example.com"), ("C3", "")] {
            let buyer = buyer_of(desk, number, email).await;
            book_put(
                desk,
                Role::Agent,
                &buyer,
                0,
                &json!({ "content": {}, "tags": ["老客"] }),
            )
            .await
            .ok(200);
            buyers.push(buyer);
        }
        let blocked = json!({ "content": {}, "tags": ["老客"], "blocked": true });
        book_put(desk, Role::Agent, &buyers[1], 1, &blocked).await.ok(200);
        buyer_of(desk, "C4", "not-meant@example.com").await;

        let segment = shop.segment("老客", &json!({ "tags": ["老客"] })).await;
        let taken = json!({ "name": "老客", "condition": {} });
        shop.ask(Role::Manager, "POST", "segments", &taken)
            .await
            .refused(409, "taken");
        let id = shop.draft(&hello(("segment", &segment))).await;
        let preview = shop
            .ask(
                Role::Supervisor,
                "POST",
                &format!("mails/{id}/preview"),
                &json!({}),
            )
            .await;
        let preview = preview.ok(200);
        assert_eq!(
            (&preview["meant"], &preview["gets"]),
            (&json!(3), &json!(1)),
            "{preview}"
        );
        assert_eq!(preview["left_out"], json!({ "blocked": 1, "no_address": 1 }));
        assert_eq!(preview["first"][0]["identity"]["email"], "***");
        assert_eq!(preview["is_whole"], true);
        // The clock stands at midnight: nobody is written to before nine.
        assert_eq!(preview["goes_from"], "2026-01-01T01:00:00.000Z");
        assert!(preview["text"].as_str().unwrap().contains("退订"), "{preview}");

        shop.confirm(Role::Supervisor, &id)
            .await
            .refused(403, "forbidden");
        let confirmed = shop.confirm(Role::Manager, &id).await.ok(200);
        assert_eq!(confirmed["state"], "planning");
        desk.hours_pass(8).await;
        assert_eq!(shop.addresses().await, Vec::<String>::new(), "not in the night");
        desk.hours_pass(2).await;
        assert_eq!(shop.addresses().await, ["one@example.com"]);
        let done = shop.mail(&id).await;
        assert_eq!(
            (&done["state"], &done["planned"], &done["sent"]),
            (&json!("done"), &json!(1), &json!(1))
        );
        assert_eq!(done["left_out"], json!({ "blocked": 1, "no_address": 1 }));
        assert!(done["confirmed_by"].is_object());
        shop.confirm(Role::Manager, &id).await.refused(409, "care_state");
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_more_than_the_policy_allows_nor_while_a_case_is_open() {
    on_both(async |target| {
        let shop = Shop::at(target).await;
        let desk = &shop.desk;
        let buyer = buyer_of(desk, "C1", "one@example.com").await;
        desk.hours_pass(10).await;
        let first = shop.draft(&hello(("buyer", &buyer))).await;
        shop.confirm(Role::Admin, &first).await.ok(200);
        desk.hours_pass(1).await;
        assert_eq!(shop.addresses().await.len(), 1);
        // Two confirmed at once when only one more may go: one goes.
        let mut ids = Vec::new();
        for _ in 0..2 {
            let id = shop.draft(&hello(("buyer", &buyer))).await;
            shop.confirm(Role::Admin, &id).await.ok(200);
            ids.push(id);
        }
        desk.hours_pass(1).await;
        let (one, other) = (shop.mail(&ids[0]).await, shop.mail(&ids[1]).await);
        let sum = |name: &str| one[name].as_u64().unwrap() + other[name].as_u64().unwrap();
        let capped = json!({ "capped": 1 });
        let is_capped = |mail: &Value| mail["left_out"] == capped || mail["left_out_late"] == capped;
        assert_eq!(sum("sent"), 1, "{one} {other}");
        assert!(is_capped(&one) != is_capped(&other), "{one} {other}");
        let id = shop.draft(&hello(("buyer", &buyer))).await;
        let problem = shop.confirm(Role::Admin, &id).await.refused(409, "care_left_out");
        assert_eq!(
            (&problem["facts"]["why"], &problem["clauses"]),
            (&json!("capped"), &json!(["FUP-5"]))
        );
        // Thirty days later both are out of the count.
        desk.hours_pass(24 * 30).await;
        shop.confirm(Role::Admin, &id).await.ok(200);
        desk.hours_pass(24).await;
        assert_eq!(shop.addresses().await.len(), 3);

        let path = format!("/api/v1/buyers/{buyer}/history");
        let order = desk.get(Role::Agent, &path).await.ok(200)["orders"][0]["id"].clone();
        let order = order.as_str().unwrap();
        desk.hours_pass(24 * 31).await;
        let id = shop.draft(&hello(("buyer", &buyer))).await;
        let ask = json!({ "kind": "complaint", "reason": "quality", "text": "掉色" });
        let link = desk.link(order).await;
        let (line, later) = (
            desk.line(order).await,
            shop.draft(&hello(("buyer", &buyer))).await,
        );
        shop.confirm(Role::Admin, &later).await.ok(200);
        let mut ask = ask;
        ask["lines"] = json!([{ "line": line, "units": 1 }]);
        desk.buyer_opens(&link, ask).await;
        let problem = shop.confirm(Role::Admin, &id).await.refused(409, "care_left_out");
        assert_eq!(problem["facts"]["why"], "open_case");
        // Confirmed before he complained, and not sent all the same.
        desk.hours_pass(24).await;
        let later = shop.mail(&later).await;
        let never = later["left_out"] == json!({ "open_case": 1 })
            || later["left_out_late"] == json!({ "open_case": 1 });
        assert!(never && later["sent"] == 0, "{later}");
    })
    .await;
}

#[tokio::test]
async fn goods_are_suggested_to_satisfied_buyers_alone() {
    on_both(async |target| {
        let shop = Shop::at(target).await;
        let desk = &shop.desk;
        let happy = shop.asked("S1", "happy@example.com", 5).await;
        let middling = shop.asked("S2", "middling@example.com", 3).await;
        let unhappy = shop.asked("S3", "unhappy@example.com", 1).await;
        let unasked = buyer_of(desk, "S4", "unasked@example.com").await;
        let segment = shop.segment("所有买家", &json!({})).await;
        let mut body = hello(("segment", &segment));
        body["suggests"] = json!("KETTLE");
        let id = shop.draft(&body).await;
        let preview = shop
            .ask(Role::Manager, "POST", &format!("mails/{id}/preview"), &json!({}))
            .await;
        let preview = preview.ok(200);
        assert_eq!(preview["gets"], 1, "{preview}");
        assert_eq!(
            preview["left_out"],
            json!({ "not_satisfied": 2, "unsatisfied": 1 })
        );
        assert!(
            preview["text"].as_str().unwrap().contains("电热水壶"),
            "{preview}"
        );

        for (buyer, why) in [
            (&middling, "not_satisfied"),
            (&unhappy, "unsatisfied"),
            (&unasked, "not_satisfied"),
        ] {
            let mut body = hello(("buyer", buyer));
            body["suggests"] = json!("KETTLE");
            let id = shop.draft(&body).await;
            let problem = shop
                .confirm(Role::Manager, &id)
                .await
                .refused(409, "care_left_out");
            assert_eq!(problem["facts"]["why"], why);
            let clause = if why == "not_satisfied" { "FUP-6" } else { "FUP-5" };
            assert_eq!(problem["clauses"], json!([clause]));
        }
        let standing = async |buyer: &str| {
            let path = format!("/api/v1/buyers/{buyer}/care");
            desk.get(Role::Agent, &path).await.ok(200)
        };
        assert_eq!(standing(&happy).await["suggests_left_out"], Value::Null);
        assert_eq!(standing(&middling).await["suggests_left_out"], "not_satisfied");
        assert_eq!(standing(&middling).await["left_out"], Value::Null);
        let mut unknown = hello(("buyer", &happy));
        unknown["suggests"] = json!("NO-SUCH");
        shop.ask(Role::Manager, "POST", "mails", &unknown)
            .await
            .refused(404, "not_found");

        shop.confirm(Role::Manager, &id).await.ok(200);
        desk.hours_pass(12).await;
        assert_eq!(shop.addresses().await, ["happy@example.com"]);
    })
    .await;
}

#[tokio::test]
async fn the_way_out_needs_no_sign_in_takes_effect_at_once_and_holds_for_the_address() {
    on_both(async |target| {
        let shop = Shop::at(target).await;
        let desk = &shop.desk;
        let buyer = buyer_of(desk, "C1", "one@example.com").await;
        let shares = buyer_of(desk, "C2", "One@Example.com").await;
        desk.hours_pass(10).await;
        let first = shop.draft(&hello(("buyer", &buyer))).await;
        shop.confirm(Role::Admin, &first).await.ok(200);
        desk.hours_pass(1).await;
        let token = shop.token("one@example.com").await;
        let path = format!("/api/v1/care/opt-out?token={token}");
        let seen = Ask::get(&path).of(&desk.app).await.ok(200);
        assert_eq!(
            (&seen["shop"], &seen["opted_out_at"]),
            (&json!("演示店铺"), &Value::Null)
        );

        // Planned for later, then he opts out by his mail program's one click.
        let mut later = hello(("buyer", &buyer));
        later["send_from"] = json!("2026-01-03T10:00:00+08:00");
        let later = shop.draft(&later).await;
        shop.confirm(Role::Admin, &later).await.ok(200);
        desk.hours_pass(1).await;
        assert_eq!(shop.mail(&later).await["planned"], 1);
        let click = Ask::method("POST", &path)
            .raw("List-Unsubscribe=One-Click")
            .header("content-type", "application/x-www-form-urlencoded");
        let done = click.of(&desk.app).await.ok(200);
        assert_eq!((&done["stopped"], &done["leaving"]), (&json!(1), &json!(0)));
        let again = Ask::method("POST", &path).of(&desk.app).await.ok(200);
        assert_eq!(
            (&again["opted_out_at"], &again["stopped"]),
            (&done["opted_out_at"], &json!(0))
        );

        for buyer in [&buyer, &shares] {
            let id = shop.draft(&hello(("buyer", buyer))).await;
            let problem = shop.confirm(Role::Admin, &id).await.refused(409, "care_left_out");
            assert_eq!(problem["facts"]["why"], "opted_out");
            let book = desk
                .get(Role::Agent, &format!("/api/v1/buyers/{buyer}/book"))
                .await
                .ok(200);
            assert!(book["opted_out_at"].is_string());
        }
        desk.hours_pass(24 * 4).await;
        assert_eq!(shop.addresses().await.len(), 1, "nothing after the way out");
        let later = shop.mail(&later).await;
        assert_eq!(
            (&later["state"], &later["left_out_late"]),
            (&json!("done"), &json!({ "opted_out": 1 }))
        );
        assert_eq!(shop.mail(&first).await["opt_outs"], 1);

        for bad in ["", "v1", "v1.a.b.c.d", &token[..token.len() - 2]] {
            let path = format!("/api/v1/care/opt-out?token={bad}");
            Ask::method("POST", path)
                .of(&desk.app)
                .await
                .refused(401, "link_tampered");
        }
    })
    .await;
}

#[tokio::test]
async fn a_wish_to_get_none_outlasts_being_forgotten_and_only_the_buyer_takes_it_back() {
    on_both(async |target| {
        let shop = Shop::at(target).await;
        let desk = &shop.desk;
        let buyer = buyer_of(desk, "C1", "one@example.com").await;
        desk.hours_pass(10).await;
        let id = shop.draft(&hello(("buyer", &buyer))).await;
        shop.confirm(Role::Admin, &id).await.ok(200);
        desk.hours_pass(1).await;
        let path = format!(
            "/api/v1/care/opt-out?token={}",
            shop.token("one@example.com").await
        );
        let standing = async |buyer: &str| {
            let path = format!("/api/v1/buyers/{buyer}/care");
            desk.get(Role::Agent, &path).await.ok(200)["left_out"].clone()
        };
        // He tells the shop in a chat, and thinks better of it.
        let told = Ask::method("POST", format!("/api/v1/buyers/{buyer}/opt-out")).json(&json!({}));
        told.token(desk.token(Role::Agent)).of(&desk.app).await.ok(204);
        assert_eq!(standing(&buyer).await, "opted_out");
        Ask::method("DELETE", &path).of(&desk.app).await.ok(204);
        assert_eq!(standing(&buyer).await, Value::Null);
        Ask::method("POST", &path).of(&desk.app).await.ok(200);

        // Forgotten and bought again under the same address.
        let forget = Ask::method("DELETE", format!("/api/v1/buyers/{buyer}"));
        forget.token(desk.token(Role::Admin)).of(&desk.app).await.ok(204);
        let anew = buyer_of(desk, "C9", "one@example.com").await;
        assert_eq!(standing(&anew).await, "opted_out");
    })
    .await;
}

#[tokio::test]
async fn an_opt_out_in_a_race_with_the_mail_loses_nothing_and_no_mail_goes_afterwards() {
    on_both(async |target| {
        let shop = Shop::at(target).await;
        let desk = &shop.desk;
        let (segment, tokens) = shop.runners(12).await;
        let second = shop.draft(&hello(("segment", &segment))).await;
        shop.confirm(Role::Admin, &second).await.ok(200);
        care_run(&desk.desk).await.unwrap();
        assert_eq!(shop.mail(&second).await["planned"], 12);
        shop.kept.0.lock().await.clear();

        // Two nodes send while everybody opts out.
        let sending = async { while !care_run(&desk.desk).await.unwrap().is_empty() {} };
        let also = async { while !care_run(&desk.desk).await.unwrap().is_empty() {} };
        let leaving = async {
            let mut answers = Vec::new();
            for (number, token) in tokens.iter().enumerate() {
                let answer = care_opt_out(&desk.desk, token).await.unwrap();
                let address = format!("race-{number:02}@example.com");
                let left = shop
                    .addresses()
                    .await
                    .into_iter()
                    .filter(|to| *to == address)
                    .count();
                answers.push((address, answer, left));
            }
            answers
        };
        let ((), (), answers) = tokio::join!(sending, also, leaving);
        // What one of the two found in the other's hands it looks at again a moment later.
        desk.hours_pass(1).await;
        let stopped: u64 = answers.iter().map(|(_, answer, _)| answer.stopped).sum();
        let mail = shop.mail(&second).await;
        let late = mail["left_out_late"]["opted_out"].as_u64().unwrap_or_default();
        let sent = mail["sent"].as_u64().unwrap();
        assert_eq!((sent + late, &mail["state"]), (12, &json!("done")), "{mail}");
        assert!(stopped <= late, "{stopped} of {late}");
        let letters = shop.addresses().await;
        assert_eq!(letters.len() as u64, sent, "each letter once");
        // What had not left when an opt-out was answered never leaves, unless it was told to be leaving.
        for (address, answer, left) in &answers {
            let in_all = letters.iter().filter(|to| *to == address).count();
            assert!(
                in_all == *left || answer.leaving == 1,
                "{address}: {left}, then {in_all}"
            );
        }

        // Everybody is out: the next goes to nobody.
        let third = shop.draft(&hello(("segment", &segment))).await;
        shop.confirm(Role::Admin, &third).await.ok(200);
        desk.hours_pass(1).await;
        assert_eq!(shop.mail(&third).await["left_out"], json!({ "opted_out": 12 }));
        assert_eq!(shop.addresses().await.len() as u64, sent);
    })
    .await;
}

#[tokio::test]
async fn what_must_not_be_said_or_has_no_way_out_is_not_confirmed_and_what_is_called_off_does_not_go() {
    on_both(async |target| {
        let shop = Shop::at(target).await;
        let desk = &shop.desk;
        let buyer = buyer_of(desk, "C1", "one@example.com").await;
        let mut body = hello(("buyer", &buyer));
        body["body"] = json!("您先把差评删了，我们再退款");
        let id = shop.draft(&body).await;
        let preview = shop
            .ask(Role::Manager, "POST", &format!("mails/{id}/preview"), &json!({}))
            .await;
        preview.refused(422, "violation");
        shop.confirm(Role::Manager, &id).await.refused(422, "violation");

        // Somebody wrote it anew meanwhile.
        let write = Ask::method("PUT", format!("/api/v1/care/mails/{id}")).json(&hello(("buyer", &buyer)));
        let write = write.token(desk.token(Role::Supervisor)).terms(1);
        write.of(&desk.app).await.ok(200);
        let stale = Ask::post(format!("/api/v1/care/mails/{id}/confirm"), &json!({})).terms(1);
        let stale = stale.token(desk.token(Role::Admin)).of(&desk.app).await;
        stale.refused(412, "version_differs");

        let set = |address: &'static str| {
            settings(desk, move |settings| {
                settings["notices"]["page_address"] = json!(address);
            })
        };
        set("").await;
        shop.confirm(Role::Admin, &id).await.refused(409, "care_no_page");
        set("https://care.shop.example").await;

        shop.confirm(Role::Admin, &id).await.ok(200);
        care_run(&desk.desk).await.unwrap();
        let path = format!("mails/{id}/cancel");
        shop.ask(Role::Supervisor, "POST", &path, &json!({}))
            .await
            .refused(403, "forbidden");
        shop.ask(Role::Manager, "POST", &path, &json!({})).await.ok(200);
        desk.hours_pass(24).await;
        let mail = shop.mail(&id).await;
        assert_eq!(
            (&mail["state"], &mail["cancelled"], &mail["sent"]),
            (&json!("cancelled"), &json!(1), &json!(0))
        );
        assert!(shop.addresses().await.is_empty());
        shop.ask(Role::Manager, "POST", &path, &json!({}))
            .await
            .refused(409, "care_state");

        for bad in [
            json!({ "buyer": buyer, "subject": "", "body": "x", "language": "zh-CN" }),
            json!({ "buyer": buyer, "subject": "一\n二", "body": "x", "language": "zh-CN" }),
            json!({ "buyer": buyer, "subject": "x", "body": " ", "language": "zh-CN" }),
            json!({ "buyer": buyer, "subject": "x", "body": "x\u{0}", "language": "zh-CN" }),
            json!({ "buyer": buyer, "subject": "x", "body": "x", "language": "fr" }),
            json!({ "subject": "x", "body": "x", "language": "zh-CN" }),
            json!({ "buyer": buyer, "subject": "x".repeat(101), "body": "x", "language": "en" }),
        ] {
            shop.ask(Role::Manager, "POST", "mails", &bad)
                .await
                .refused(422, "invalid");
        }
        // A shop whose policy says nothing of care mail sends none.
        let (_, stranger) = desk.other_shop().await;
        let ask = Ask::get(format!("/api/v1/care/mails/{id}")).token(&stranger);
        ask.of(&desk.app).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn a_care_mail_says_to_mail_programs_how_to_opt_out() {
    on_both(async |target| {
        let folder = Folder::fresh();
        let couriers = Couriers {
            mail: Some(mail_named("folder", &folder.0).unwrap()),
            sms: None,
        };
        let desk = serving(target, couriers).await;
        let kept = Arc::new(Kept::default());
        let shop = Shop { desk, kept };
        let buyer = buyer_of(&shop.desk, "C1", "one@example.com").await;
        let id = shop.draft(&hello(("buyer", &buyer))).await;
        shop.confirm(Role::Admin, &id).await.ok(200);
        shop.desk.hours_pass(10).await;
        let mail = fs::read_to_string(Path::new(&folder.0).join(format!("mail/{id}.{buyer}.eml"))).unwrap();
        let unfolded = mail.replace("\r\n ", " ");
        let line = |name: &str| {
            unfolded
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .map(str::to_owned)
        };
        assert_eq!(
            line("List-Unsubscribe-Post: ").as_deref(),
            Some("List-Unsubscribe=One-Click")
        );
        let out = line("List-Unsubscribe: ").unwrap();
        let out = out
            .trim()
            .strip_prefix("<https://care.shop.example")
            .unwrap()
            .strip_suffix('>')
            .unwrap();
        Ask::method("POST", out.replace(' ', ""))
            .of(&shop.desk.app)
            .await
            .ok(200);
    })
    .await;
}
