//! The shop's figures and its policy.

use amends_domain::actor::Role;
use serde_json::json;

use crate::ask::Ask;
use crate::fixture::{serve, yuan};
use crate::place::on_both;

#[tokio::test]
async fn settings_are_replaced_whole_and_count_at_once() {
    on_both(async |target| {
        let desk = serve(target).await;
        let shop = desk.get(Role::Agent, "/api/v1/shop").await.ok(200);
        assert_eq!(shop["settings"]["refund_limit_agent"], yuan(50_000));
        assert_eq!(
            (&shop["now"], &shop["time_zone"]),
            (&json!("2025-12-31T16:00:00.000Z"), &json!("Asia/Shanghai"))
        );
        let put = |body: serde_json::Value| {
            Ask::method("PUT", "/api/v1/shop/settings")
                .json(&body)
                .token(desk.token(Role::Admin))
                .of(&desk.app)
        };
        let settings = json!({ "return_address": "上海市新仓", "refund_limit_agent": yuan(100) });
        // What was left out is as usual.
        let mut whole = settings.clone();
        whole["direct_line"] = json!("");
        whole["notices"] =
            json!({ "language": "zh-CN", "sms_from_hour": 8, "sms_until_hour": 22, "staff_mail": {} });
        assert_eq!(put(settings).await.ok(200), whole);
        assert_eq!(
            desk.get(Role::Agent, "/api/v1/shop").await.ok(200)["settings"],
            whole
        );
        let foreign = json!({ "refund_limit_agent": { "minor": 1, "currency": "USD" } });
        assert_eq!(
            put(foreign).await.refused(422, "invalid")["facts"]["field"],
            "refund_limit_agent"
        );
        put(json!({ "limit": 1 })).await.refused(422, "invalid");
        let unknown = put(json!({ "calendar": "mars" })).await.refused(422, "invalid");
        assert_eq!(
            (&unknown["facts"]["field"], &unknown["facts"]["known"]),
            (&json!("calendar"), &json!(["cn"]))
        );
        let detail = "没有名为“mars”的日历。可以用的有：cn。请改选一份；留空则按周一至周五算工作日。";
        assert_eq!(unknown["detail"], detail);
        assert_eq!(put(json!({ "calendar": "cn" })).await.ok(200)["calendar"], "cn");
        let tags = json!({ "tags": ["大件", "老客户", "大件"] });
        assert_eq!(put(tags).await.ok(200)["tags"], json!(["大件", "老客户"]));
        for wrong in [json!([" "]), json!(["一\n二"]), json!(["长".repeat(33)])] {
            let refused = put(json!({ "tags": wrong })).await.refused(422, "invalid");
            assert_eq!(refused["facts"]["field"], "tags");
        }
    })
    .await;
}

#[tokio::test]
async fn the_policy_is_told_in_the_callers_language() {
    on_both(async |target| {
        let desk = serve(target).await;
        let ask = |path: String| {
            Ask::get(path)
                .token(desk.token(Role::Mediator))
                .header("accept-language", "zh-TW")
        };
        let policy = ask("/api/v1/policy".to_owned()).of(&desk.app).await.ok(200);
        let hash = policy["hash"].as_str().unwrap().to_owned();
        let same = ask(format!("/api/v1/policy/{hash}")).of(&desk.app).await.ok(200);
        assert_eq!(policy, same);
        assert_eq!(
            policy["packs"][0],
            json!({ "id": "cn-law", "revision": "2026-02", "layer": "law" })
        );
        let clause = |id: &str| {
            let clauses = policy["clauses"].as_array().unwrap();
            clauses.iter().find(|clause| clause["id"] == id).unwrap().clone()
        };
        assert_eq!(clause("ELG-1")["title"], "七天無理由退貨");
        assert_eq!(clause("CLK-2")["clock"]["length"], "48h");
        assert_eq!(
            clause("HOU-4")["bound"],
            json!({ "bound": "return_freight", "at_most": 2500 })
        );
        assert_eq!(
            clause("LAW-7D-13")["floor"],
            json!({ "on": "refund_execution", "side": "at_most", "limit": "7d" })
        );
        let reasons = policy["reasons"].as_array().unwrap();
        let broken = reasons.iter().find(|reason| reason["code"] == "broken").unwrap();
        assert_eq!(
            (&broken["parent"], &broken["priority"]),
            (&json!("quality"), &json!("high"))
        );
        assert_eq!(
            clause("ELG-3")["right"]["when"]["all"][1],
            "days_since_receipt <= 15d"
        );
        let missing = ask(format!("/api/v1/policy/{}", "0".repeat(64)));
        missing.of(&desk.app).await.refused(404, "not_found");
    })
    .await;
}
