//! Orders and their buyers.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{delivered_order, paid_order, serve, yuan};
use crate::place::on_both;

#[tokio::test]
async fn orders_come_in_all_or_none_and_may_move_on() {
    on_both(async |target| {
        let desk = serve(target).await;
        let send = |body: Value| {
            Ask::post("/api/v1/orders", &body)
                .token(desk.token(Role::Machine))
                .of(&desk.app)
        };
        let both = send(json!([paid_order("A1"), paid_order("A2")])).await.ok(201);
        assert_eq!(
            (both["orders"].as_array().unwrap().len(), &both["new"]),
            (2, &json!(2))
        );
        // The same again is the same; what moved on is taken over.
        let again = send(delivered_order("A1")).await.ok(200);
        assert_eq!(
            (&again["orders"][0], &again["new"]),
            (&both["orders"][0], &json!(0))
        );
        let found = desk.get(Role::Auditor, "/api/v1/orders?number=A1").await.ok(200);
        assert_eq!(found["orders"][0]["phase"], "delivered");
        assert_eq!(
            found["orders"][0]["paid"],
            yuan(2 * 19_900 + 18_999 - 1_000 + 800)
        );
        let none = desk.get(Role::Auditor, "/api/v1/orders?number=%00").await.ok(200);
        assert_eq!(none["orders"], json!([]));

        let mut differs = paid_order("A1");
        differs["lines"][0]["units"] = json!(1);
        send(json!([paid_order("A3"), differs]))
            .await
            .refused(409, "order_differs");
        let mut mistyped = paid_order("A4");
        mistyped["lines"][1]["price"]["currency"] = json!("cny");
        let problem = send(json!([paid_order("A3"), mistyped]))
            .await
            .refused(422, "invalid");
        assert_eq!(problem["facts"]["field"], "[1].lines[1].price");
        let mut unpaid = paid_order("A5");
        unpaid["paid"] = yuan(1);
        let problem = send(unpaid).await.refused(422, "order_invalid");
        assert_eq!(problem["facts"]["computed"], yuan(58_599));
        send(json!([])).await.refused(422, "invalid");
        let none = desk.get(Role::Agent, "/api/v1/orders?number=A3").await.ok(200);
        assert_eq!(none["orders"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_dispatch_record_that_comes_later_tells_what_was_sent_short() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("A1")).await;
        let seen = async || {
            desk.get(Role::Agent, &format!("/api/v1/orders/{order}"))
                .await
                .ok(200)
        };
        let line = seen().await["lines"][0].clone();
        assert_eq!(line["units_dispatched"], Value::Null);
        let link = desk.link(&order).await;
        let open = json!({
            "kind": "reissue", "reason": "missing_parts",
            "lines": [{ "line": line["id"], "units": 1 }],
        });
        let case = desk.buyer_opens(&link, open.clone()).await;
        assert_eq!(desk.case(&case).await["entitlement"], "unknown");
        let withdrawn = desk.buyer_acts(&link, &case, "withdraw", json!({})).await;
        withdrawn.ok(200);

        let mut counted = delivered_order("A1");
        counted["lines"][0]["units_dispatched"] = json!(1);
        let again = Ask::post("/api/v1/orders", &counted).token(desk.token(Role::Machine));
        assert_eq!(again.of(&desk.app).await.ok(200)["orders"][0], order);
        assert_eq!(seen().await["lines"][0]["units_dispatched"], 1);
        let once_more = Ask::post("/api/v1/buyer/cases", &open).link(&link).key("again");
        let opened = once_more.of(&desk.app).await.ok(201);
        let case = opened["case"].as_str().unwrap();
        assert_eq!(desk.case(case).await["entitlement"], "met");
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_an_order_has_its_own_words() {
    let desk = serve(&amends_app::Target::SqliteMemory).await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut order = paid_order("A1");
        change(&mut order);
        order
    };
    for (order, title) in [
        (with(&|order| order["lines"] = json!([])), "订单的商品行数不对"),
        (
            with(&|order| order["lines"][0]["units"] = json!(0)),
            "商品件数不对",
        ),
        (
            with(&|order| order["freight"]["currency"] = json!("USD")),
            "一笔订单只能用一种币种",
        ),
        (
            with(&|order| order["discount"] = yuan(9_000_000)),
            "优惠比商品金额还高",
        ),
        (
            with(&|order| order["lines"][0]["price"] = yuan(900_000_000_000)),
            "订单总额超过了上限",
        ),
        (with(&|order| order["paid"] = yuan(1)), "实付金额对不上"),
    ] {
        let ask = Ask::post("/api/v1/orders", &order).token(desk.token(Role::Machine));
        assert_eq!(
            ask.of(&desk.app).await.refused(422, "order_invalid")["title"],
            title
        );
    }
}

#[tokio::test]
async fn a_buyer_is_shown_masked_and_can_be_forgotten() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("B1")).await;
        let link = desk.link(&order).await;
        let line = desk.line(&order).await;
        let body = json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }],
            "text": "我的电话 13800001234" });
        let case = desk.buyer_opens(&link, body).await;
        let order = desk
            .get(Role::Agent, &format!("/api/v1/orders/{order}"))
            .await
            .ok(200);
        let path = format!("/api/v1/buyers/{}", order["buyer"].as_str().unwrap());
        let buyer = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!(
            (&buyer["name"], &buyer["phone"]),
            (&json!("张**"), &json!("138****1234"))
        );
        assert_eq!(buyer["address"], "***");
        Ask::method("DELETE", &path)
            .token(desk.token(Role::Admin))
            .of(&desk.app)
            .await
            .ok(204);
        let buyer = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!((&buyer["nickname"], &buyer["name"]), (&json!(""), &json!("")));
        let timeline = desk
            .get(Role::Agent, &format!("/api/v1/cases/{case}/timeline"))
            .await;
        assert!(!timeline.text.contains("13800001234"));
        assert_eq!(timeline.ok(200)["entries"][0]["type"], "opened");
    })
    .await;
}
