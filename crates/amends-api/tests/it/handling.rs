//! How a case is handled: promises, the ladder, whose it is, marks, findings.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::evidence::chat;
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;
use crate::stories::{Story, begun};

async fn disputed<'a>(desk: &'a Fixture, number: &str) -> Story<'a> {
    let open = json!({ "kind": "return_and_refund", "reason": "quality", "text": "衣服开线了" });
    begun(desk, &delivered_order(number), 1, open).await
}

async fn agent(story: &Story<'_>, action: &str, body: Value) -> Answer {
    story.desk.act(Role::Agent, &story.case, action, body).await
}

#[tokio::test]
async fn a_promise_is_watched_moved_in_time_and_kept_late() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = disputed(&desk, "P1").await;
        let promise = |hour: u32| json!({ "text": "今天给您寄新的", "due_at": format!("2026-01-01T{hour:02}:00:00+08:00") });
        agent(&story, "make-promise", promise(2)).await.ok(200);
        for (action, body, status, code) in [
            ("make-promise", json!({ "text": "x", "due_at": "2025-12-31T00:00:00Z" }), 422, "promise_in_past"),
            ("make-promise", json!({ "text": "x", "due_at": "2026-12-31T00:00:00Z" }), 422, "promise_too_far"),
            ("make-promise", json!({ "text": "x", "due_at": "明天" }), 422, "invalid"),
            ("keep-promise", json!({ "promise": 2 }), 409, "no_such_promise"),
        ] {
            agent(&story, action, body).await.refused(status, code);
        }
        let moved = json!({ "promise": 1, "text": "抱歉，要晚一小时", "due_at": "2026-01-01T03:00:00+08:00" });
        agent(&story, "move-promise", moved).await.ok(200);
        let seen = story.buyer_sees("").await;
        let expected = json!([{ "promise": 1, "text": "今天给您寄新的", "due_at": "2025-12-31T19:00:00.000Z",
            "moved": 1, "state": "open" }]);
        assert_eq!(seen["promises"], expected);
        desk.hours_pass(3).await;
        let view = story.view().await;
        assert_eq!(
            (&view["promises"][0]["state"], &view["escalated_to"]),
            (&json!("broken"), &json!("supervisor"))
        );
        let late = json!({ "promise": 1, "text": "x", "due_at": "2026-01-02T03:00:00+08:00" });
        agent(&story, "move-promise", late).await.refused(409, "promise_passed");
        agent(&story, "keep-promise", json!({ "promise": 1 })).await.ok(200);
        let view = story.view().await;
        assert_eq!(view["promises"][0]["state"], "kept_late");
        let told = story.buyer_sees("/timeline").await.to_string();
        assert!(told.contains("要晚一小时"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn a_buyer_asks_for_somebody_higher_and_is_answered() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = disputed(&desk, "U1").await;
        let demand = json!({ "text": "我要找你们主管" });
        let asked = desk
            .buyer_acts(&story.link, &story.case, "pass-up", demand.clone())
            .await;
        asked.ok(200);
        let view = story.view().await;
        assert_eq!(
            (&view["passed"], &view["priority"]),
            (
                &json!({ "to": "supervisor", "for": "buyer_demand" }),
                &json!("high")
            )
        );
        let again = desk.buyer_acts(&story.link, &story.case, "pass-up", demand).await;
        again.refused(409, "not_now");
        let answer = json!({ "text": "主管已联系买家" });
        agent(&story, "answer-passed", answer.clone())
            .await
            .refused(403, "not_for_you");
        let higher = desk
            .act(Role::Supervisor, &story.case, "answer-passed", answer)
            .await;
        higher.ok(200);
        assert_eq!(story.view().await["passed"], Value::Null);
        let told = story.buyer_sees("/timeline").await.to_string();
        assert!(!told.contains("主管已联系"), "{told}");

        let wrong = json!({ "to": "agent", "for": "other" });
        agent(&story, "pass-up", wrong).await.refused(422, "not_upward");
        let up = json!({ "to": "manager", "for": "repetition", "text": "第三次了" });
        agent(&story, "pass-up", up).await.ok(200);
        let by_decision = desk.act(Role::Manager, &story.case, "approve", json!({})).await;
        by_decision.ok(200);
        assert_eq!(story.view().await["passed"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_heated_case_shows_its_buyer_a_name_and_a_direct_line() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = disputed(&desk, "U2").await;
        assert_eq!(story.buyer_sees("").await.get("contact"), None);
        agent(&story, "assess", json!({ "heat": "high" })).await.ok(200);
        let line = "0571-0000-0000 转 8";
        let seen = story.buyer_sees("").await;
        assert_eq!(seen["contact"], json!({ "name": null, "line": line }));
        let people = desk.get(Role::Supervisor, "/api/v1/people").await.ok(200);
        let mut people = people["people"].as_array().unwrap().iter();
        let chief = people
            .find(|person| person["role"] == "supervisor")
            .unwrap()
            .clone();
        agent(&story, "assign", json!({ "to": chief["id"] }))
            .await
            .ok(200);
        let seen = story.buyer_sees("").await;
        assert_eq!(seen["contact"], json!({ "name": "主管", "line": line }));
        agent(&story, "withdraw", json!({})).await.ok(200);
        assert_eq!(story.buyer_sees("").await.get("contact"), None);
    })
    .await;
}

#[tokio::test]
async fn a_case_is_handed_to_whoever_handles_cases_and_marked() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = disputed(&desk, "H1").await;
        let people = desk.get(Role::Admin, "/api/v1/people").await.ok(200);
        let person = |login: &str| {
            let people = people["people"].as_array().unwrap();
            let person = people.iter().find(|person| person["login"] == login).unwrap();
            person["id"].as_str().unwrap().to_owned()
        };
        let (xiao_man, xiao_er) = (person("xiao-man"), person("xiao-er"));
        let assign = async |to: Value| agent(&story, "assign", json!({ "to": to })).await;
        assign(json!(xiao_man)).await.ok(200);
        assert_eq!(story.view().await["assignee"], json!(xiao_man));
        let listed = desk
            .get(Role::Agent, &format!("/api/v1/cases?assignee={xiao_man}"))
            .await;
        assert_eq!(listed.ok(200)["cases"].as_array().unwrap().len(), 1);
        let mediator = assign(json!(xiao_er)).await.refused(422, "invalid");
        assert_eq!(
            (&mediator["facts"]["field"], &mediator["facts"]["rule"]),
            (&json!("to"), &json!("no_handler"))
        );
        let disable = Ask::post(
            format!("/api/v1/people/{}/disable", person("zhu-guan")),
            &json!({}),
        );
        disable.token(desk.token(Role::Admin)).of(&desk.app).await.ok(204);
        assign(json!(person("zhu-guan"))).await.refused(422, "invalid");
        let nobody = "person_00000000000000000000000000000000";
        let missing = assign(json!(nobody)).await;
        assert!(missing.status == 404 || missing.status == 422, "{}", missing.text);
        assign(Value::Null).await.ok(200);
        assert_eq!(story.view().await["assignee"], Value::Null);

        agent(&story, "tag", json!({ "add": ["老客户", "破损"] }))
            .await
            .ok(200);
        agent(&story, "tag", json!({ "add": ["已拍照"], "remove": ["破损"] }))
            .await
            .ok(200);
        assert_eq!(story.view().await["tags"], json!(["已拍照", "老客户"]));
        let many: Vec<String> = (0..21).map(|number| number.to_string()).collect();
        let many = agent(&story, "tag", json!({ "add": many }))
            .await
            .refused(409, "too_many");
        assert_eq!(
            many["detail"],
            "最多可以有 20 个标签。请先去掉一些不需要的，再重新提交。"
        );
        let long = json!({ "add": ["字".repeat(33)] });
        agent(&story, "tag", long).await.refused(422, "text_length");
    })
    .await;
}

#[tokio::test]
async fn a_finding_names_the_cases_own_evidence() {
    on_both(async |target| {
        let desk = serve(target).await;
        // After the law's seven days the platform's fifteen ask for a photo.
        let mut draft = delivered_order("F1");
        draft["paid_at"] = json!("2025-12-18T10:00:00+08:00");
        draft["dispatched_at"] = json!("2025-12-18T20:00:00+08:00");
        draft["delivered_at"] = json!("2025-12-20T09:00:00+08:00");
        let open = json!({ "kind": "return_and_refund", "reason": "quality" });
        let (story, other) = (begun(&desk, &draft, 1, open).await, disputed(&desk, "F2").await);
        let piece = async |story: &Story<'_>| {
            let piece = chat(&format!("/api/v1/buyer/cases/{}/evidence", story.case));
            let piece = piece.link(&story.link).key("piece").of(&desk.app).await.ok(201);
            piece["id"].clone()
        };
        let (own, foreign) = (piece(&story).await, piece(&other).await);
        let find = |evidence: &Value, percent: u32| {
            json!({ "shares": [{ "party": "carrier", "percent": percent }], "fault": "confirmed",
                "grounds": "外箱破损，内件受潮", "evidence": [evidence, evidence] })
        };
        agent(&story, "find", find(&foreign, 100))
            .await
            .refused(404, "not_found");
        agent(&story, "find", find(&own, 90))
            .await
            .refused(422, "shares_do_not_add_up");
        agent(&story, "find", find(&own, 100)).await.ok(200);
        let expected = json!({ "shares": [{ "party": "carrier", "percent": 100 }], "fault": "confirmed",
            "goods_intact": null, "grounds": "外箱破损，内件受潮", "evidence": [own], "third_party": false });
        assert_eq!(story.view().await["liability"], expected);
        let told = story.buyer_sees("/timeline").await.to_string();
        assert!(!told.contains("受潮") && !told.contains("carrier"), "{told}");

        assert_eq!(story.view().await["entitlement"], "not_met");
        let supplied = desk
            .buyer_acts(&story.link, &story.case, "supply", json!({ "photos": 2 }))
            .await;
        supplied.ok(200);
        assert_eq!(story.view().await["entitlement"], "met");
        agent(&story, "assess", json!({ "heat": "high" })).await.ok(200);
        let view = story.view().await;
        assert_eq!(
            (
                &view["severity"],
                &view["passed"]["to"],
                &view["assessment"]["heat"]
            ),
            (&json!("high"), &json!("supervisor"), &json!("high"))
        );
    })
    .await;
}
