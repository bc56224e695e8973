//! Orders that are not paid yet over HTTP: the letter, the payments, the parcel, the report; what an import says of
//! them; the payment log and the plan against delays.

use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::Target;
use amends_app::notices::Couriers;
use amends_app::notices::mail::mail_named;
use amends_app::orders::file::cells::Reading;
use amends_app::orders::file::{FileText, Form};
use amends_app::orders::mapping::{Beside, Mapping};
use amends_app::orders::order_file::{FileImported, order_file_import};
use amends_domain::actor::Role;
use amends_domain::time::Zone;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, Folder, Paying, delivered_order, paid_order, serve_telling, yuan};
use crate::place::on_both;

/// A served desk that mails into a folder.
struct Shop {
    desk: Fixture,
    _mail: Folder,
}

/// Placed an hour before the clock starts: 2 × 199.00 + 189.99 − 10.00 + 8.00 freight.
fn unpaid_order(number: &str) -> Value {
    let mut order = paid_order(number);
    order["buyer"]["email"] = json!("xiaoman@example.com");
    order["placed_at"] = json!("2025-12-31T23:00:00+08:00");
    order["lines"][0]["listing"] =
        json!({ "title": "碎花连衣裙", "address": "https://shop.example/dress-m" });
    order.as_object_mut().unwrap().remove("paid_at");
    order
}

const OWED: i64 = 2 * 19_900 + 18_999 - 1_000 + 800;

fn paid(minor: i64, reference: &str) -> Value {
    json!({ "way": "bank_transfer", "bank": "招商银行", "amount": yuan(minor), "discount": yuan(1_000), "reference": reference })
}

impl Shop {
    async fn new(target: &Target) -> Self {
        let mail = Folder::fresh();
        let couriers = Couriers {
            mail: Some(mail_named("folder", &mail.0).unwrap()),
            sms: None,
        };
        let options = ApiOptions {
            manual_clock: true,
            ..ApiOptions::default()
        };
        let desk = serve_telling(target, options, Arc::new(Paying), couriers).await;
        Self { desk, _mail: mail }
    }

    /// Changes one of the shop's settings.
    async fn set(&self, name: &str, value: Value) -> Answer {
        let shop = self.desk.get(Role::Admin, "/api/v1/shop").await.ok(200);
        let mut settings = shop["settings"].clone();
        settings[name] = value;
        let put = Ask::method("PUT", "/api/v1/shop/settings").json(&settings);
        put.token(self.desk.token(Role::Admin)).of(&self.desk.app).await
    }

    /// The case that follows up an order.
    async fn followed(&self, order: &str) -> Option<String> {
        let cases = self
            .desk
            .get(Role::Agent, "/api/v1/cases?kind=unpaid_order")
            .await;
        let cases = cases.ok(200);
        let cases = cases["cases"].as_array().unwrap();
        let found = cases.iter().find(|case| case["order"] == order);
        found.map(|case| case["id"].as_str().unwrap().to_owned())
    }

    /// Hands in an order that is known already; returns its id.
    async fn again(&self, order: &Value) -> String {
        let ask = Ask::post("/api/v1/orders", order).token(self.desk.token(Role::Machine));
        let answer = ask.of(&self.desk.app).await.ok(200);
        answer["orders"][0].as_str().unwrap().to_owned()
    }

    async fn begun(&self, number: &str) -> (String, String) {
        let order = self.desk.order(&unpaid_order(number)).await;
        let case = self
            .followed(&order)
            .await
            .expect("an unpaid order is followed up");
        (order, case)
    }

    async fn act(&self, role: Role, case: &str, action: &str, body: Value) -> Answer {
        self.desk.act(role, case, action, body).await
    }

    /// What the buyer was told of a code, in words.
    async fn text(&self, case: &str, code: &str) -> String {
        self.desk.hours_pass(0).await;
        let notices = self.desk.notices(case).await;
        let told = notices.iter().rev().find(|notice| notice["code"] == code);
        let told = told.unwrap_or_else(|| panic!("{code} in {notices:?}"));
        assert_ne!(told["state"], "failed", "{told}");
        told["text"].as_str().unwrap_or_default().to_owned()
    }

    async fn trade(&self, case: &str) -> Value {
        self.desk.case(case).await["tracks"]["trade"].clone()
    }
}

/// The order letter, filled from the order and the settings, without who the buyer is.
async fn letter_says_what_is_owed(shop: &Shop, case: &str) {
    let letter = shop.text(case, "order_letter").await;
    for part in [
        "U1",
        "碎花连衣裙（DRESS-M）× 2\n  https://shop.example/dress-m",
        "电热水壶（KETTLE）× 1\n应付总额",
        "585.99 元",
        "含运费",
        "招商银行：6225 8888 0000 1234",
        "1 天 内寄出",
    ] {
        assert!(letter.contains(part), "{part} in {letter}");
    }
    // Nothing of it is the buyer's own: who he is stands in no stored text.
    assert!(!letter.contains("张小满") && !letter.contains("杭州"), "{letter}");
}

/// What came in is put down by who may, once each, until nothing is owed.
async fn pays_in_two_parts(shop: &Shop, case: &str) {
    shop.act(Role::Agent, case, "record-payment", paid(OWED, "CMB-1"))
        .await
        .refused(403, "not_for_you");
    shop.act(Role::Supervisor, case, "record-payment", paid(0, "CMB-1"))
        .await
        .refused(422, "invalid");
    shop.act(
        Role::Supervisor,
        case,
        "record-payment",
        paid(OWED - 800, "CMB-1"),
    )
    .await
    .ok(200);
    let told = shop.text(case, "payment_received").await;
    assert!(told.contains("还差 8.00 元") && !told.contains("多收"), "{told}");
    shop.act(Role::Agent, case, "dispatch-order", json!({}))
        .await
        .refused(409, "not_now");
    shop.act(Role::Supervisor, case, "record-payment", paid(800, "CMB-1"))
        .await
        .refused(409, "payment_known");
    shop.act(Role::Supervisor, case, "record-payment", paid(800, "CMB-2"))
        .await
        .ok(200);
}

fn note_says_how_to_take_it_in(told: &str) {
    for words in ["YT2002", "一般 7 天内送到", "先验货再签收"] {
        assert!(told.contains(words), "{words} in {told}");
    }
}

#[tokio::test]
async fn an_unpaid_order_is_followed_from_its_letter_to_its_parcel() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let account = json!([{ "bank": "招商银行", "account": "6225 8888 0000 1234", "holder": "演示店铺" }]);
        shop.set("pay_accounts", account).await.ok(200);
        let (order, case) = shop.begun("U1").await;
        let seen = shop.desk.case(&case).await;
        assert_eq!(
            (&seen["status"], &seen["reason"]["title"]),
            (&json!("awaiting_payment"), &json!("拍下未付款"))
        );
        assert_eq!(seen["tracks"]["trade"]["owed"], yuan(OWED));
        shop.act(Role::Agent, &case, "send-order-letter", json!({}))
            .await
            .ok(200);
        letter_says_what_is_owed(&shop, &case).await;
        let link = shop.desk.link(&order).await;
        shop.desk
            .buyer_acts(&link, &case, "messages", json!({ "text": "收到，下午去付" }))
            .await
            .ok(200);
        let clocks = shop.desk.case(&case).await["clocks"].to_string();
        assert!(
            clocks.contains("payment_reminder") && !clocks.contains("payment_call"),
            "{clocks}"
        );

        pays_in_two_parts(&shop, &case).await;
        let now = shop
            .desk
            .get(Role::Agent, &format!("/api/v1/orders/{order}"))
            .await
            .ok(200);
        assert_eq!(now["phase"], "paid");
        shop.act(Role::Agent, &case, "dispatch-order", json!({ "carrier": "圆通" }))
            .await
            .refused(422, "invalid");
        let parcel = json!({ "carrier": "圆通", "waybill": "YT2002" });
        shop.act(Role::Agent, &case, "dispatch-order", parcel)
            .await
            .ok(200);
        let told = shop.text(&case, "order_dispatched").await;
        note_says_how_to_take_it_in(&told);
        let seen = shop.desk.case(&case).await;
        assert_eq!(
            (&seen["status"], &seen["tracks"]["request"]["outcome"]),
            (&json!("closed"), &json!("dispatched"))
        );
        let codes: Vec<String> = shop
            .desk
            .notices(&case)
            .await
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(
            codes,
            [
                "order_letter",
                "payment_received",
                "payment_received",
                "order_dispatched"
            ]
        );
        let found = shop
            .desk
            .get(Role::Agent, "/api/v1/search?q=YT2002")
            .await
            .ok(200);
        assert_eq!(found["cases"][0]["case"]["id"], case.as_str(), "{found}");
    })
    .await;
}

#[tokio::test]
async fn the_payment_log_tells_ways_and_banks_apart() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let (_, first) = shop.begun("U2").await;
        let (_, second) = shop.begun("U3").await;
        shop.act(Role::Supervisor, &first, "record-payment", paid(OWED, "CMB-1"))
            .await
            .ok(200);
        // The same money is not another order's, too.
        shop.act(Role::Supervisor, &second, "record-payment", paid(OWED, "CMB-1"))
            .await
            .refused(409, "payment_known");
        let alipay = json!({ "way": "alipay", "amount": yuan(OWED + 500), "reference": "CMB-1" });
        shop.act(Role::Machine, &second, "record-payment", alipay)
            .await
            .ok(200);
        let log = shop.desk.get(Role::Auditor, "/api/v1/payments").await.ok(200);
        let sums = log["sums"].as_array().unwrap();
        let told = |at: usize| {
            (
                &sums[at]["way"],
                &sums[at]["bank"],
                &sums[at]["percent"],
                &sums[at]["discounted"],
            )
        };
        assert_eq!(told(0), (&json!("alipay"), &json!(""), &json!(50), &json!(0)));
        assert_eq!(
            told(1),
            (&json!("bank_transfer"), &json!("招商银行"), &json!(49), &json!(1))
        );
        assert_eq!(log["latest"].as_array().unwrap().len(), 2);
        assert_eq!(log["latest"][0]["reference"], "CMB-1");
        let none = shop
            .desk
            .get(Role::Agent, "/api/v1/payments?until=2025-12-01T00:00:00Z")
            .await
            .ok(200);
        assert_eq!((&none["sums"], &none["latest"]), (&json!([]), &json!([])));
        // Five yuan too much: somebody who may send money is called, and the buyer is told.
        let seen = shop.desk.case(&second).await;
        assert_eq!(
            (&seen["escalated_to"], &seen["tracks"]["trade"]["to_return"]),
            (&json!("supervisor"), &yuan(500))
        );
        assert!(
            shop.text(&second, "payment_received")
                .await
                .contains("多收的 5.00 元")
        );
    })
    .await;
}

#[tokio::test]
async fn who_does_not_pay_is_reminded_and_reported_once_his_time_is_over() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let (order, case) = shop.begun("U4").await;
        shop.act(Role::Agent, &case, "send-order-letter", json!({}))
            .await
            .ok(200);
        shop.desk.hours_pass(4 * 24).await;
        assert_eq!(
            shop.desk.case(&case).await["escalated_to"],
            "agent",
            "nobody answered: call"
        );
        let missed = json!({ "way": "phone", "reached": false, "text": "没人接" });
        shop.act(Role::Agent, &case, "log-contact", missed).await.ok(200);
        let late = json!({ "pay_by": "2026-01-20T00:00:00+08:00" });
        shop.act(Role::Agent, &case, "remind-payment", late)
            .await
            .refused(422, "pay_by_out_of_time");
        let in_time = json!({ "pay_by": "2026-01-08T00:00:00+08:00" });
        shop.act(Role::Agent, &case, "remind-payment", in_time)
            .await
            .ok(200);
        let told = shop.text(&case, "payment_reminder").await;
        assert!(told.contains("请在 2026年1月7日 24:00 前付款"), "{told}");
        for threat in ["差评", "投诉", "举报", "申报", "警告", "黑名单"] {
            assert!(!told.contains(threat), "{threat} in {told}");
        }
        shop.act(Role::Agent, &case, "report-non-payment", json!({}))
            .await
            .refused(409, "report_early");
        shop.desk.hours_pass(8 * 24).await;
        let said = json!({ "text": "平台已受理" });
        shop.act(Role::Agent, &case, "report-non-payment", said)
            .await
            .ok(200);
        let link = shop.desk.link(&order).await;
        let path = format!("/api/v1/buyer/cases/{case}/timeline");
        let seen = Ask::get(path)
            .link(&link)
            .of(&shop.desk.app)
            .await
            .ok(200)
            .to_string();
        assert!(
            !seen.contains("non_payment") && !seen.contains("平台已受理"),
            "{seen}"
        );
        // It comes after all: it is put down, and the goods are due.
        shop.act(Role::Supervisor, &case, "record-payment", paid(OWED, "L-1"))
            .await
            .ok(200);
        assert!(
            shop.desk.case(&case).await["clocks"]
                .to_string()
                .contains("order_dispatch")
        );
        shop.act(Role::Agent, &case, "dispatch-order", json!({}))
            .await
            .ok(200);
        assert_eq!(shop.trade(&case).await["outstanding"], yuan(0));
    })
    .await;
}

#[tokio::test]
async fn what_an_import_says_of_an_unpaid_order_is_put_down_once() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let (order, case) = shop.begun("U5").await;
        assert_eq!(
            shop.again(&unpaid_order("U5")).await,
            order,
            "known, and unpaid as before"
        );
        let mut moved = unpaid_order("U5");
        moved["paid_at"] = json!("2025-12-31T23:30:00+08:00");
        assert_eq!(shop.again(&moved).await, order);
        let trade = shop.trade(&case).await;
        assert_eq!(
            (&trade["outstanding"], &trade["payments"][0]["reference"]),
            (&yuan(0), &json!("U5"))
        );
        assert_eq!(shop.desk.case(&case).await["status"], "awaiting_dispatch");
        moved["dispatched_at"] = json!("2025-12-31T23:45:00+08:00");
        shop.again(&moved).await;
        assert_eq!(shop.desk.case(&case).await["status"], "closed");
        shop.again(&moved).await;
        assert_eq!(shop.trade(&case).await["payments"].as_array().unwrap().len(), 1);
        // What is neither paid nor placed at any time is no order, nor what left unpaid.
        let mut lost = unpaid_order("U6");
        lost.as_object_mut().unwrap().remove("placed_at");
        let post = async |order: &Value| {
            let ask = Ask::post("/api/v1/orders", order).token(shop.desk.token(Role::Machine));
            ask.of(&shop.desk.app).await
        };
        post(&lost).await.refused(422, "invalid");
        let mut left = unpaid_order("U6");
        left["dispatched_at"] = json!("2025-12-31T23:45:00+08:00");
        post(&left).await.refused(422, "invalid");
    })
    .await;
}

/// Imports a table from the command line, as `amends import orders` does.
async fn from_the_command_line(shop: &Shop, rows: &str) -> FileImported {
    let desk = &shop.desk.desk;
    let row = desk.store.shops_list().await.unwrap().remove(0);
    let reading = Reading {
        zone: Zone::named(&row.time_zone).unwrap(),
        currency: row.currency,
        now: desk.clock.now(),
    };
    let head = "订单编号,买家昵称,商家编码,商品标题,数量,单价,运费,下单时间,付款时间,发货时间";
    let file = FileText {
        text: format!("{head}\n{rows}\n"),
        form: Form::Csv,
    };
    let mapping = Mapping::named("amends").unwrap().unwrap();
    let read = mapping.read(&file, &Beside::default(), &reading).unwrap();
    let read = read.unwrap_or_else(|faults| panic!("{faults}"));
    let done = order_file_import(desk, &row, &read).await.unwrap();
    done.unwrap_or_else(|faults| panic!("{faults}"))
}

#[tokio::test]
async fn what_the_command_line_says_of_an_unpaid_order_is_followed_too() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let rows = |paid: &str, sent: &str| {
            format!("C1,小满,S,连衣裙,1,100,8,2025-12-31 22:00,{paid},{sent}\nC2,阿宁,S,连衣裙,1,100,8,,2025-12-31 22:00,")
        };
        assert_eq!(from_the_command_line(&shop, &rows("", "")).await.new, 2);
        let cases = shop.desk.get(Role::Agent, "/api/v1/cases?kind=unpaid_order").await.ok(200);
        assert_eq!(cases["cases"].as_array().unwrap().len(), 1, "C2 was paid: {cases}");
        let case = cases["cases"][0]["id"].as_str().unwrap();
        assert_eq!(shop.trade(case).await["outstanding"], yuan(10_800));
        from_the_command_line(&shop, &rows("2025-12-31 23:00", "")).await;
        assert_eq!(shop.desk.case(case).await["status"], "awaiting_dispatch");
        from_the_command_line(&shop, &rows("2025-12-31 23:00", "2025-12-31 23:30")).await;
        assert_eq!(shop.desk.case(case).await["status"], "closed");
        let known = from_the_command_line(&shop, &rows("2025-12-31 23:00", "2025-12-31 23:30")).await;
        assert_eq!((known.already_there, known.moved_on), (2, 0));
    })
    .await;
}

#[tokio::test]
async fn a_buyer_opens_no_follow_up_and_asks_nothing_back_of_what_he_did_not_pay() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let (order, case) = shop.begun("U7").await;
        let (link, line) = (shop.desk.link(&order).await, shop.desk.line(&order).await);
        let seen = Ask::get("/api/v1/buyer/order")
            .link(&link)
            .of(&shop.desk.app)
            .await
            .ok(200);
        assert_eq!(seen["phase"], "unpaid");
        let reasons = seen["reasons"].to_string();
        assert!(
            !reasons.contains("unpaid") && reasons.contains("quality"),
            "{reasons}"
        );
        let open = async |body: Value| {
            let ask = Ask::post("/api/v1/buyer/cases", &body).link(&link).key("k");
            ask.of(&shop.desk.app).await
        };
        open(json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] }))
            .await
            .refused(409, "order_unpaid");
        open(json!({ "kind": "unpaid_order", "reason": "unpaid" }))
            .await
            .refused(403, "not_for_you");
        let again = json!({ "kind": "unpaid_order", "reason": "unpaid", "order": order });
        let ask = Ask::post("/api/v1/cases", &again)
            .token(shop.desk.token(Role::Agent))
            .key("again");
        ask.of(&shop.desk.app).await.refused(409, "payment_followed");
        shop.desk
            .buyer_acts(&link, &case, "withdraw", json!({}))
            .await
            .ok(200);
        assert_eq!(
            shop.desk.case(&case).await["tracks"]["request"]["outcome"],
            "withdrawn"
        );
        let told = shop.text(&case, "closed").await;
        assert!(told.contains("订单已为您取消"), "{told}");
        // Whoever gave it up is not followed by the next import.
        shop.again(&unpaid_order("U7")).await;
        assert_eq!(shop.desk.case(&case).await["status"], "closed");
    })
    .await;
}

#[tokio::test]
async fn a_holiday_ahead_is_told_and_the_plan_against_delays_names_its_clauses() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        shop.set("calendar", json!("cn")).await.ok(200);
        let (order, case) = shop.begun("U8").await;
        let plan = shop.desk.get(Role::Agent, "/api/v1/delay-plan").await.ok(200);
        assert_eq!(plan["notice_days"], 7);
        assert_eq!(
            (&plan["holiday"]["from"], &plan["holiday"]["until"]),
            (
                &json!("2025-12-31T16:00:00.000Z"),
                &json!("2026-01-03T16:00:00.000Z")
            )
        );
        let clauses = plan["clauses"].to_string();
        for id in [
            "REM-3-LATE",
            "REM-3-LOST",
            "REM-LOCAL",
            "REM-GOODWILL",
            "REM-LOST",
        ] {
            assert!(clauses.contains(&format!("\"{id}\"")), "{id} in {clauses}");
        }
        assert!(
            !clauses.contains("REM-EXCHANGE") && !clauses.contains("ELG-1\""),
            "{clauses}"
        );
        // Its buyer sees it on his order's page, too; not once the order is there.
        let seen = async |order: &str| {
            let link = shop.desk.link(order).await;
            let ask = Ask::get("/api/v1/buyer/order").link(&link);
            ask.of(&shop.desk.app).await.ok(200)["holiday"].clone()
        };
        assert_eq!(seen(&order).await, plan["holiday"]);
        let arrived = shop.desk.order(&delivered_order("U9")).await;
        assert_eq!(seen(&arrived).await, Value::Null);
        shop.act(Role::Agent, &case, "send-order-letter", json!({}))
            .await
            .ok(200);
        let letter = shop.text(&case, "order_letter").await;
        assert!(letter.contains("2026年1月1日 至 2026年1月3日 放假"), "{letter}");
        assert!(!letter.contains("账户"), "there is no account to name: {letter}");
        shop.desk.hours_pass(20 * 24).await;
        let plan = shop.desk.get(Role::Agent, "/api/v1/delay-plan").await.ok(200);
        assert_eq!(
            plan.get("holiday"),
            None,
            "Spring Festival is more than a week away"
        );
        shop.set(
            "pay_accounts",
            json!([{ "bank": "", "account": "1", "holder": "x" }]),
        )
        .await
        .refused(422, "invalid");
    })
    .await;
}
