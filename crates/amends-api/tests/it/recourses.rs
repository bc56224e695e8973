//! What went wrong with a parcel over HTTP: the buyer hears first and is paid first, then the platform and
//! the carrier are asked, and none of it is the buyer's to see.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::evidence::picture_taken;
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;
use crate::stories::{Story, begun};

/// A cup that came broken; the fault of the parcel is noted.
async fn broken<'a>(desk: &'a Fixture, number: &str) -> Story<'a> {
    let open = json!({ "kind": "refund_only", "reason": "damaged" });
    let story = begun(desk, &delivered_order(number), 1, open).await;
    let noted = json!({ "fault": "damage", "carrier": "YTO", "waybill": "2002", "text": "外箱压扁" });
    desk.act(Role::Agent, &story.case, "exception", noted)
        .await
        .ok(200);
    story
}

async fn exception(story: &Story<'_>) -> Value {
    story.view().await["tracks"]["exception"].clone()
}

fn claim(minor: i64, evidence: &Value) -> Value {
    json!({
        "to": "carrier",
        "amount": { "minor": minor, "currency": "CNY" },
        "freight": { "minor": 1_200, "currency": "CNY" },
        "text": "运输途中损坏，请按约定赔付",
        "evidence": [evidence],
    })
}

#[tokio::test]
async fn the_buyer_is_paid_first_then_the_carrier_is_asked_until_the_money_is_there() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = broken(&desk, "R1").await;
        let case = &story.case;
        let picture = picture_taken(&desk, case).await;
        let seen = exception(&story).await;
        assert_eq!((&seen["fault"], &seen["told"]), (&json!("damage"), &json!(false)));
        desk.act(Role::Agent, case, "file-recourse", claim(3_600, &picture))
            .await
            .refused(409, "buyer_first");
        desk.act(Role::Agent, case, "approve", json!({})).await.ok(200);
        assert_eq!(exception(&story).await["told"], true, "a decision is an answer");
        desk.hours_pass(0).await;
        assert_eq!(story.view().await["status"], "closed");
        let unshown = json!({ "to": "carrier", "freight": { "minor": 1_200, "currency": "CNY" }, "text": "请赔付" });
        desk.act(Role::Agent, case, "file-recourse", unshown)
            .await
            .refused(422, "recourse_unproven");
        let above = desk
            .act(Role::Agent, case, "file-recourse", claim(3_601, &picture))
            .await
            .refused(422, "above_carrier_liability");
        assert!(above["detail"].as_str().unwrap().contains("36.00"), "{above}");
        desk.act(Role::Agent, case, "file-recourse", claim(3_600, &picture))
            .await
            .ok(200);
        let granted = json!({ "to": "carrier", "answer": "granted", "amount": { "minor": 3_000, "currency": "CNY" } });
        desk.act(Role::Agent, case, "answer-recourse", granted).await.ok(200);
        let received = json!({ "to": "carrier", "amount": { "minor": 3_000, "currency": "CNY" }, "reference": "YTO-77" });
        desk.act(Role::Agent, case, "receive-recourse", received.clone())
            .await
            .refused(403, "not_for_you");
        desk.act(Role::Supervisor, case, "receive-recourse", received)
            .await
            .ok(200);
        let recourse = exception(&story).await["recourses"][0].clone();
        assert_eq!(
            (&recourse["to"], &recourse["stage"], &recourse["received"]["minor"]),
            (&json!("carrier"), &json!("settled"), &json!(3_000))
        );
        let losses = desk.get(Role::Auditor, "/api/v1/cases/losses").await.ok(200);
        let of = &losses["carriers"][0];
        assert_eq!(
            (&of["carrier"], &of["damages"], &of["losses"], &of["open"]),
            (&json!("YTO"), &json!(1), &json!(0), &json!(0))
        );
        assert_eq!(
            (&of["asked"]["minor"], &of["received"]["minor"]),
            (&json!(3_600), &json!(3_000))
        );
        assert!(of["paid"]["minor"].as_i64() > Some(0), "{of}");
        // What the shop has open with others is nothing of the buyer's.
        let told = story.buyer_sees("").await.to_string() + &story.buyer_sees("/timeline").await.to_string();
        for word in ["recourse", "exception", "carrier_claim", "logistics_appeal", "外箱压扁", "YTO"] {
            assert!(!told.contains(word), "{word} in {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_appeal_over_a_parcel_is_supplemented_and_watched() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = broken(&desk, "R2").await;
        let case = &story.case;
        let picture = picture_taken(&desk, case).await;
        let filed = json!({ "to": "platform", "text": "轨迹、沟通和打包照片", "evidence": [picture] });
        desk.act(Role::Agent, case, "file-recourse", filed.clone())
            .await
            .ok(200);
        desk.act(Role::Agent, case, "file-recourse", filed)
            .await
            .refused(409, "not_now");
        let with_amount =
            json!({ "to": "platform", "answer": "declined", "amount": { "minor": 1, "currency": "CNY" } });
        desk.act(Role::Agent, case, "answer-recourse", with_amount)
            .await
            .refused(422, "invalid");
        desk.hours_pass(4 * 24).await;
        let view = story.view().await;
        let wanted = json!({ "to": "platform", "answer": "more_wanted", "text": "请补中转站说明" });
        desk.act(Role::Agent, case, "answer-recourse", wanted)
            .await
            .ok(200);
        let more = json!({ "to": "platform", "text": "附说明", "evidence": [] });
        desk.act(Role::Agent, case, "supplement-recourse", more)
            .await
            .ok(200);
        let clocks = story.view().await["clocks"].to_string();
        assert!(
            clocks.contains("appeal_progress") && !clocks.contains("logistics_appeal"),
            "{clocks}"
        );
        assert!(
            view["escalated_to"].is_string(),
            "nobody had answered for four days"
        );
        let let_go = json!({ "to": "platform", "text": "不影响评分，不再跟进" });
        desk.act(Role::Agent, case, "drop-recourse", let_go).await.ok(200);
        assert_eq!(exception(&story).await["recourses"][0]["stage"], "dropped");
    })
    .await;
}
