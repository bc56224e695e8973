//! Whole cases, told from the order's import to the last event.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, delivered_order, names, paid_order, serve, yuan};
use crate::place::on_both;

/// Each act: who, what, with which body; then the status and what can be done next by an agent.
async fn check(desk: &Fixture, link: &str, case: &str, acts: &[(&str, &str, Value, &str)]) {
    for (who, action, body, status) in acts {
        let answer = match *who {
            "buyer" => desk.buyer_acts(link, case, action, body.clone()).await,
            "clock" => {
                desk.hours_pass(action.parse().unwrap()).await;
                assert_eq!(desk.case(case).await["status"], *status, "after {action} hours");
                continue;
            }
            role => {
                desk.act(Role::named(role).unwrap(), case, action, body.clone())
                    .await
            }
        };
        answer.ok(200);
        assert_eq!(desk.case(case).await["status"], *status, "after {who} {action}");
    }
}

#[tokio::test]
async fn an_unanswered_request_is_approved_and_paid_by_itself() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("S1")).await;
        let link = desk.link(&order).await;
        let seen = Ask::get(format!("/api/v1/buyer/order?link={link}"))
            .of(&desk.app)
            .await
            .ok(200);
        assert_eq!((&seen["number"], &seen["phase"]), (&json!("S1"), &json!("paid")));
        assert_eq!(seen["lines"][0]["in_hand"], 2);
        assert!(
            seen["rights"]
                .as_array()
                .unwrap()
                .iter()
                .any(|right| right["id"] == "TB-UNSHIPPED")
        );
        let line = seen["lines"][0]["id"].clone();
        let body = json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }],
            "text": "拍错尺码了，还没发货，麻烦退款" });
        let case = desk.buyer_opens(&link, body).await;

        let view = desk.case(&case).await;
        assert_eq!(view["right"]["title"], "未发货，退款");
        assert_eq!(
            (&view["entitlement"], &view["number"]),
            (&json!("met"), &json!(1))
        );
        assert_eq!(view["explanations"][0]["findings"][0]["actual"], "paid");
        let clock = &view["clocks"][0];
        assert_eq!(
            (&clock["clock"], &clock["clause"]["id"]),
            (&json!("decision"), &json!("CLK-2"))
        );
        assert_eq!(
            (&clock["owner"], &clock["on_expiry"]),
            (&json!("agent"), &json!("approve"))
        );
        assert_eq!(clock["due_at"], "2026-01-02T16:00:00.000Z");

        let none = Value::Null;
        check(
            &desk,
            &link,
            &case,
            &[
                ("clock", "47", none.clone(), "awaiting_decision"),
                ("clock", "1", none.clone(), "closed"),
            ],
        )
        .await;
        let told = desk.told(&case).await;
        assert_eq!(
            told,
            [
                "opened",
                "clock_started",
                "clock_warned",
                "clock_expired",
                "approved",
                "refund_due",
                "clock_started",
                "refund_ordered",
                "clock_stopped",
                "refund_paid",
                "closed",
                "follow_up_due",
                "clock_started",
            ]
        );
        let path = format!("/api/v1/buyer/cases/{case}/timeline");
        let buyers = Ask::get(path).link(&link).of(&desk.app).await.ok(200);
        assert_eq!(
            names(&buyers),
            [
                "opened",
                "clock_expired",
                "approved",
                "refund_due",
                "refund_ordered",
                "refund_paid",
                "closed",
            ]
        );
        assert_eq!(buyers["entries"][0]["text"], "拍错尺码了，还没发货，麻烦退款");
        assert_eq!(buyers["entries"][0]["actor"], json!({ "kind": "buyer" }));

        let order = desk
            .get(Role::Agent, &format!("/api/v1/orders/{order}"))
            .await
            .ok(200);
        let unit = &order["lines"][0]["units"][0];
        assert_eq!((&unit["refunded"], &unit["held"]), (&unit["paid"], &yuan(0)));
        assert_eq!(order["lines"][0]["units"][1]["refunded"], yuan(0));
        let done = desk
            .act(
                Role::Agent,
                &case,
                "follow-up",
                json!({ "score": 5, "text": "买家很满意" }),
            )
            .await;
        done.ok(200);
        assert_eq!(
            desk.case(&case).await["tracks"]["care"],
            json!({ "state": "done", "score": 5 })
        );
    })
    .await;
}

#[tokio::test]
async fn a_return_comes_back_is_inspected_and_refunded() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("S2")).await;
        let link = desk.link(&order).await;
        let line = desk.line(&order).await;
        let body = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 2, "goods_intact": true,
            "lines": [{ "line": line, "units": 2 }] });
        let case = desk.buyer_opens(&link, body).await;
        let view = desk.case(&case).await;
        assert_eq!(view["return_freight"], "shop");
        assert_eq!(view.get("return_address"), None);

        let parcel = json!({ "carrier": "顺丰", "waybill": "SF100" });
        let findings = json!({ "findings": [{ "line": line, "accepted": 1, "rejected": 1 }],
            "return_freight": yuan(1_200), "text": "一件有穿着痕迹" });
        check(&desk, &link, &case, &[
            ("agent", "approve", json!({}), "awaiting_return"),
            ("buyer", "ship-return", parcel.clone(), "return_on_the_way"),
            ("agent", "inspect", findings, "awaiting_refund"),
            ("agent", "messages", json!({ "text": "已验货，一件符合，一件将寄回" }), "awaiting_refund"),
            ("agent", "notes", json!({ "text": "第二件领口有粉底" }), "awaiting_refund"),
            ("machine", "send-back", json!({ "carrier": "中通", "waybill": "ZT1" }), "awaiting_refund"),
            ("agent", "refund", json!({}), "refund_on_the_way"),
            ("clock", "0", Value::Null, "closed"),
        ])
        .await;
        let view = desk.case(&case).await;
        assert_eq!(view["tracks"]["request"], json!({ "state": "closed", "outcome": "refunded" }));
        assert_eq!(view["refund"]["return_freight"], yuan(1_200));
        let path = format!("/api/v1/buyer/cases/{case}");
        let seen = Ask::get(&path).link(&link).header("accept-language", "en").of(&desk.app).await.ok(200);
        assert!(seen.get("buyer").is_none() && seen.get("policy").is_none());
        assert_eq!(seen["reason"]["title"], "Quality fault");
        let timeline = Ask::get(format!("{path}/timeline")).link(&link).of(&desk.app).await;
        assert!(timeline.text.contains("已验货") && !timeline.text.contains("领口"), "{}", timeline.text);
    })
    .await;
}

#[tokio::test]
async fn a_return_address_and_next_steps_follow_the_case() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("S3")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body = json!({ "kind": "return_and_refund", "reason": "no_reason", "goods_intact": true,
            "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        let path = format!("/api/v1/buyer/cases/{case}");
        let seen = async || Ask::get(&path).link(&link).of(&desk.app).await.ok(200);
        let agents =
            async |role| desk.get(role, &format!("/api/v1/cases/{case}")).await.ok(200)["next"].clone();
        assert_eq!(seen().await["next"], json!(["withdraw", "message"]));
        assert_eq!(
            agents(Role::Agent).await,
            json!(["approve", "refuse", "withdraw", "message", "note"])
        );
        assert_eq!(agents(Role::Auditor).await, json!([]));
        desk.act(Role::Agent, &case, "refuse", json!({ "reason": "used" }))
            .await
            .ok(200);
        assert_eq!(
            seen().await["next"],
            json!(["renew", "withdraw", "intervention", "message"])
        );
        assert_eq!(seen().await["refusal"]["title"], "商品已使用，影响二次销售");
        desk.buyer_acts(&link, &case, "intervention", json!({ "text": "商品是好的" }))
            .await
            .ok(200);
        assert_eq!(agents(Role::Mediator).await, json!(["rule", "message", "note"]));
        desk.act(
            Role::Mediator,
            &case,
            "rule",
            json!({ "ruling": "in_part", "amount": yuan(10_000) }),
        )
        .await
        .ok(200);
        let seen = seen().await;
        assert_eq!(seen["return_address"], "浙江省杭州市余杭区示例路 1 号 售后仓");
        assert_eq!(seen["claim"]["amount"], yuan(10_000));
        assert_eq!(seen["next"], json!(["ship_return", "withdraw", "message"]));
    })
    .await;
}

#[tokio::test]
async fn an_exchange_for_something_dearer_waits_for_its_difference() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut dearer = paid_order("S0");
        dearer["lines"] =
            json!([{ "sku": "DRESS-L", "title": "连衣裙 大码", "units": 1, "price": yuan(25_000) }]);
        desk.order(&dearer).await;
        let mut draft = delivered_order("S4");
        draft["discount"] = yuan(0);
        let order = desk.order(&draft).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body = json!({ "kind": "exchange", "reason": "not_as_described", "replacement_sku": "DRESS-L",
            "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        let parcel = |number: &str| json!({ "carrier": "圆通", "waybill": number });
        check(
            &desk,
            &link,
            &case,
            &[
                ("supervisor", "approve", json!({}), "awaiting_return"),
                ("agent", "ship-return", parcel("YT1"), "return_on_the_way"),
                (
                    "agent",
                    "inspect",
                    json!({ "findings": [{ "line": line, "accepted": 1 }] }),
                    "awaiting_difference",
                ),
            ],
        )
        .await;
        assert_eq!(desk.case(&case).await["difference"], yuan(5_100));
        let wrong = json!({ "amount": yuan(5_000), "reference": "P1" });
        let problem = desk
            .act(Role::Machine, &case, "pay-difference", wrong)
            .await
            .refused(409, "wrong_difference");
        assert_eq!(
            problem["detail"],
            "应补差价是 51.00 元，填写的是 50.00 元。请与收款记录核对后，按 51.00 元 登记。"
        );
        check(
            &desk,
            &link,
            &case,
            &[
                (
                    "machine",
                    "pay-difference",
                    json!({ "amount": yuan(5_100), "reference": "P1" }),
                    "awaiting_replacement",
                ),
                (
                    "machine",
                    "ship-replacement",
                    parcel("YT2"),
                    "replacement_on_the_way",
                ),
                ("buyer", "confirm-replacement", json!({}), "closed"),
            ],
        )
        .await;
        assert_eq!(
            desk.case(&case).await["tracks"]["request"]["outcome"],
            "exchanged"
        );
    })
    .await;
}
