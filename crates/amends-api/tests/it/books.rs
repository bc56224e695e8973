//! The buyer book: written, read by whom it is for, never written over, forgotten with its buyer.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;

/// The buyer of a new order.
pub(crate) async fn buyer_of(desk: &Fixture, number: &str, email: &str) -> String {
    let mut order = delivered_order(number);
    order["buyer"]["email"] = json!(email);
    let order = desk.order(&order).await;
    let path = format!("/api/v1/orders/{order}");
    let read = desk.get(Role::Admin, &path).await.ok(200);
    read["buyer"].as_str().unwrap().to_owned()
}

/// Adds tiers to the shop's settings.
pub(crate) async fn settings(desk: &Fixture, change: impl Fn(&mut Value)) {
    let shop = desk.get(Role::Admin, "/api/v1/shop").await.ok(200);
    let mut settings = shop["settings"].clone();
    change(&mut settings);
    Ask::method("PUT", "/api/v1/shop/settings")
        .json(&settings)
        .token(desk.token(Role::Admin))
        .of(&desk.app)
        .await
        .ok(200);
}

pub(crate) async fn book_put(desk: &Fixture, role: Role, buyer: &str, version: u64, body: &Value) -> Answer {
    Ask::method("PUT", format!("/api/v1/buyers/{buyer}/book"))
        .json(body)
        .token(desk.token(role))
        .terms(version)
        .of(&desk.app)
        .await
}

fn vip() -> Value {
    json!({ "content": {
        "notes": "说话温和，喜欢先看实拍图", "job": "小学老师", "city": "杭州", "purchase_power": "high",
        "preferences": "素色、棉麻" },
      "tier": "vip", "tags": ["老客", "爱拍照"] })
}

async fn with_tiers(desk: &Fixture) {
    settings(desk, |settings| {
        settings["tiers"] = json!([{ "code": "vip", "title": "VIP 会员", "discount_percent": 20,
            "gives": "新品八折，优先发货" }]);
    })
    .await;
}

#[tokio::test]
async fn a_book_is_read_by_whom_it_is_for_and_each_look_is_written_down() {
    on_both(async |target| {
        let desk = serve(target).await;
        with_tiers(&desk).await;
        let buyer = buyer_of(&desk, "B1", "xiaoman@example.com").await;
        let path = format!("/api/v1/buyers/{buyer}/book");
        let empty = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!(
            (&empty["version"], &empty["content"]["notes"]),
            (&json!(0), &json!(""))
        );
        let written = book_put(&desk, Role::Agent, &buyer, 0, &vip()).await;
        assert_eq!(written.header("etag"), "\"1\"");
        assert_eq!(written.ok(200)["version"], 1);

        let read = desk.get(Role::Supervisor, &path).await.ok(200);
        assert_eq!(read["content"]["job"], "小学老师");
        assert_eq!(
            (&read["tier"], &read["tags"]),
            (&json!("vip"), &json!(["爱拍照", "老客"]))
        );
        // Whoever handles no cases is told what can be counted, and nothing that people wrote.
        for role in [Role::Auditor, Role::Mediator, Role::Machine] {
            let answer = desk.get(role, &path).await;
            assert!(
                !answer.text.contains("小学老师") && !answer.text.contains("棉麻"),
                "{role:?}"
            );
            assert_eq!(answer.ok(200)["content"], Value::Null);
        }
        let looks = desk.get(Role::Auditor, &format!("{path}/looks")).await.ok(200);
        let acts: Vec<(&str, &str)> = looks["looks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|look| {
                let role = look["actor"]["person"]["role"].as_str().unwrap_or_default();
                (look["act"].as_str().unwrap(), role)
            })
            .collect();
        assert_eq!(acts.len(), 2, "{looks}");
        assert!(looks.to_string().contains("\"read\"") && looks.to_string().contains("\"changed\""));
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_over_what_he_has_not_seen() {
    on_both(async |target| {
        let desk = serve(target).await;
        with_tiers(&desk).await;
        let buyer = buyer_of(&desk, "B1", "").await;
        let write = async |version, body: Value| book_put(&desk, Role::Agent, &buyer, version, &body).await;
        write(0, vip()).await.ok(200);
        let problem = write(0, json!({ "content": { "notes": "别人的备注" } })).await;
        assert_eq!(problem.refused(412, "version_differs")["facts"]["version"], 1);
        let read = desk
            .get(Role::Agent, &format!("/api/v1/buyers/{buyer}/book"))
            .await
            .ok(200);
        assert_eq!(read["content"]["notes"], "说话温和，喜欢先看实拍图");
        write(1, json!({ "content": { "notes": "看过再改" }, "blocked": true }))
            .await
            .ok(200);

        let problem = write(2, json!({ "content": {}, "tier": "gold" }))
            .await
            .refused(422, "invalid");
        assert_eq!(problem["facts"]["known"], json!(["vip"]));
        for bad in [
            json!({ "content": { "notes": "长".repeat(4_001) } }),
            json!({ "content": { "job": "长".repeat(201) } }),
            json!({ "content": {}, "tags": ["一\n二"] }),
            json!({ "content": {}, "tags": [""] }),
            json!({ "content": {}, "tags": (0..21).map(|at| at.to_string()).collect::<Vec<_>>() }),
            json!({ "content": { "purchase_power": "huge" } }),
            json!({ "content": {}, "unknown": 1 }),
        ] {
            write(2, bad).await.refused(422, "invalid");
        }
        let unversioned = Ask::method("PUT", format!("/api/v1/buyers/{buyer}/book"));
        let unversioned = unversioned.json(&vip()).token(desk.token(Role::Agent));
        unversioned.of(&desk.app).await.refused(428, "if_match_required");
    })
    .await;
}

#[tokio::test]
async fn who_is_forgotten_leaves_no_book_and_what_he_bought_is_shown_with_what_he_asked_for() {
    on_both(async |target| {
        let desk = serve(target).await;
        with_tiers(&desk).await;
        let order = desk.order(&delivered_order("B1")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body = json!({ "kind": "return_and_refund", "reason": "no_reason",
            "lines": [{ "line": line, "units": 1 }], "goods_intact": true });
        let case = desk.buyer_opens(&link, body).await;
        let buyer = desk.case(&case).await["buyer"].as_str().unwrap().to_owned();
        book_put(&desk, Role::Agent, &buyer, 0, &vip()).await.ok(200);
        let path = format!("/api/v1/buyers/{buyer}");
        let history = desk.get(Role::Auditor, &format!("{path}/history")).await.ok(200);
        assert_eq!(history["orders"][0]["number"], "B1");
        assert_eq!(history["orders"][0]["titles"], json!(["碎花连衣裙", "电热水壶"]));
        assert_eq!(
            (&history["cases"][0]["id"], &history["cases"][0]["score"]),
            (&json!(case), &Value::Null)
        );

        let forget = Ask::method("DELETE", &path).token(desk.token(Role::Admin));
        forget.of(&desk.app).await.ok(204);
        let read = desk.get(Role::Agent, &format!("{path}/book")).await;
        assert!(
            !read.text.contains("老师") && !read.text.contains("老客"),
            "{}",
            read.text
        );
        assert!(read.ok(200)["erased_at"].is_string());
        book_put(&desk, Role::Agent, &buyer, 0, &vip())
            .await
            .refused(404, "not_found");
        // Another shop knows nothing of him.
        let (_, stranger) = desk.other_shop().await;
        let ask = Ask::get(format!("{path}/book")).token(&stranger);
        ask.of(&desk.app).await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn tiers_are_the_shops_own_and_within_bounds() {
    on_both(async |target| {
        let desk = serve(target).await;
        let shop = desk.get(Role::Admin, "/api/v1/shop").await.ok(200);
        let put = async |tiers: Value| {
            let mut settings = shop["settings"].clone();
            settings["tiers"] = tiers;
            let ask = Ask::method("PUT", "/api/v1/shop/settings").json(&settings);
            ask.token(desk.token(Role::Admin)).of(&desk.app).await
        };
        let tier = |code: &str, title: &str| json!({ "code": code, "title": title });
        for bad in [
            json!([tier("VIP", "大写")]),
            json!([tier("", "没有代码")]),
            json!([tier("vip", "")]),
            json!([tier("vip", "一"), tier("vip", "二")]),
            json!([{ "code": "vip", "title": "VIP", "discount_percent": 101 }]),
            json!([{ "code": "vip", "title": "VIP", "discount_percent": -1 }]),
            json!(
                (0..21)
                    .map(|at| tier(&format!("t{at}"), "多"))
                    .collect::<Vec<_>>()
            ),
        ] {
            put(bad).await.refused(422, "invalid");
        }
        let saved = put(json!([{ "code": "vip", "title": "VIP 会员", "discount_percent": 20 }])).await;
        assert_eq!(saved.ok(200)["tiers"][0]["discount_percent"], 20);
    })
    .await;
}
