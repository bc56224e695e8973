//! Before the platform over HTTP: both sides hand in, see what is theirs, and the shop is told whether it
//! is ready.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::evidence::{photo, picture_taken};
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;
use crate::stories::{Story, begun};

/// A request without a right, refused.
async fn refused<'a>(desk: &'a Fixture, number: &str) -> Story<'a> {
    let open = json!({ "kind": "refund_only", "reason": "regret" });
    let story = begun(desk, &delivered_order(number), 1, open).await;
    story
        .check(r#"agent refuse {"reason":"used","text":"吊牌已剪"} refused"#)
        .await;
    story
}

async fn ready(desk: &Fixture, case: &str) -> Value {
    let path = format!("/api/v1/cases/{case}/readiness");
    desk.get(Role::Agent, &path).await.ok(200)
}

/// Points at which something is missing.
fn amiss(readiness: &Value) -> Vec<&str> {
    let points = readiness["points"].as_array().unwrap().iter();
    let wanting = points.filter(|point| point["ready"] == false);
    wanting.map(|point| point["point"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn both_sides_hand_in_and_each_sees_its_own_until_the_platform_rules() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = refused(&desk, "D1").await;
        story
            .check(r#"agent intervention {"text":"多次沟通无果"} awaiting_ruling"#)
            .await;
        let own = picture_taken(&desk, &story.case).await;
        let stated = json!({ "text": "发货前检查记录与吊牌照片", "evidence": [own] });
        desk.act(Role::Agent, &story.case, "statements", stated)
            .await
            .ok(200);
        // What the shop added for itself is no piece that its buyer could name.
        let foreign = json!({ "text": "这张就是证据", "evidence": [own] });
        desk.buyer_acts(&story.link, &story.case, "statements", foreign)
            .await
            .refused(404, "not_found");
        let path = format!("/api/v1/buyer/cases/{}/evidence", story.case);
        let his = photo(&path)
            .link(&story.link)
            .key("his")
            .of(&desk.app)
            .await
            .ok(201);
        let said = json!({ "text": "我只试穿过一次", "evidence": [his["id"]] });
        desk.buyer_acts(&story.link, &story.case, "statements", said)
            .await
            .ok(200);

        let dispute = story.view().await["tracks"]["dispute"].clone();
        assert_eq!(
            (&dispute["state"], &dispute["by"]),
            (&json!("asked"), &json!("shop"))
        );
        let said: Vec<_> = dispute["statements"].as_array().unwrap().iter().collect();
        assert_eq!(said.len(), 2);
        assert_eq!(
            (&said[0]["by"], &said[0]["text"], &said[0]["evidence"][0]),
            (&json!("shop"), &json!("发货前检查记录与吊牌照片"), &own)
        );
        let seen = story.buyer_sees("").await["tracks"]["dispute"].clone();
        assert_eq!(seen["statements"].as_array().unwrap().len(), 1);
        assert_eq!(seen["statements"][0]["text"], "我只试穿过一次");
        let told = story.buyer_sees("/timeline").await.to_string();
        assert!(
            !told.contains("发货前检查记录") && !told.contains("多次沟通无果"),
            "{told}"
        );

        story
            .check(r#"mediator rule {"ruling":"for_shop","text":"凭证清楚，支持商家"} closed"#)
            .await;
        let told = story.buyer_sees("/timeline").await.to_string();
        assert!(told.contains("凭证清楚"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn what_comes_after_the_time_for_it_is_declined_with_its_clause() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = refused(&desk, "D2").await;
        let asked = desk.buyer_acts(&story.link, &story.case, "intervention", json!({}));
        asked.await.ok(200);
        // Nobody takes back for the buyer what he asked for.
        desk.act(Role::Admin, &story.case, "withdraw-intervention", json!({}))
            .await
            .refused(403, "not_for_you");
        desk.hours_pass(3 * 24).await;
        let late = desk
            .act(Role::Agent, &story.case, "statements", json!({ "text": "补交" }))
            .await
            .refused(409, "evidence_late");
        assert!(late["detail"].as_str().unwrap().contains("DSP-2"), "{late}");
        assert_eq!(story.view().await["escalated_to"], "supervisor");
        assert!(amiss(&ready(&desk, &story.case).await).contains(&"time"));
        desk.buyer_acts(&story.link, &story.case, "withdraw-intervention", json!({}))
            .await
            .ok(200);
        assert_eq!(story.view().await["status"], "refused");
    })
    .await;
}

#[tokio::test]
async fn the_readiness_check_says_what_is_missing_and_who_can_supply_it() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = refused(&desk, "D3").await;
        let before = ready(&desk, &story.case).await;
        assert_eq!(amiss(&before), ["listing", "terms", "needs", "statement"]);
        assert_eq!(before["score"], 63);
        let needs = before["points"].as_array().unwrap().iter();
        let needs = needs.clone().find(|point| point["point"] == "needs").unwrap();
        assert_eq!(
            (&needs["missing"], &needs["clauses"][0]["id"]),
            (&json!(["listing_snapshot"]), &json!("DSP-1-OTHER"))
        );
        let listing = before["points"][0].clone();
        assert_eq!(listing["supplier"], "operations");

        let order = story.view().await["order"].as_str().unwrap().to_owned();
        let listing = json!({
            "title": "碎花连衣裙",
            "specification": [{ "name": "面料", "value": "棉 100%" }],
            "terms": "七天无理由退货，吊牌完好",
        });
        let put = Ask::method(
            "PUT",
            format!("/api/v1/orders/{order}/lines/{}/listing", story.line),
        )
        .json(&listing)
        .token(desk.token(Role::Admin));
        put.of(&desk.app).await.ok(204);
        story
            .check(
                r#"agent intervention {} awaiting_ruling
                   agent statements {"text":"页面写明吊牌完好，收回时吊牌已剪"} awaiting_ruling"#,
            )
            .await;
        let after = ready(&desk, &story.case).await;
        assert_eq!((amiss(&after), &after["score"]), (vec![], &json!(100)));
        // What blames the buyer instead of telling facts stands in the record, too.
        story
            .check(r#"agent messages {"text":"这明明是您自己的问题。"} awaiting_ruling"#)
            .await;
        assert_eq!(amiss(&ready(&desk, &story.case).await), ["words"]);
    })
    .await;
}
