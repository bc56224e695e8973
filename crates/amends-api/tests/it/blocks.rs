//! The block list over HTTP: who may put somebody on it and for how long, what it changes, that it ends by
//! itself, and that a blocked buyer keeps his rights.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;
use crate::stories::{Story, begun};

const IN_TIME: &str = "2026-02-01T00:00:00Z";

async fn asks<'a>(desk: &'a Fixture, order: &str, reason: &str) -> Story<'a> {
    let mut order = delivered_order(order);
    order["buyer"]["nickname"] = json!("老面孔");
    let open = json!({ "kind": "return_and_refund", "reason": reason, "goods_intact": true });
    begun(desk, &order, 1, open).await
}

async fn block(desk: &Fixture, role: Role, buyer: &Value, until: &str) -> Answer {
    let body = json!({ "buyer": buyer, "reason": "三次以差评索要钱款", "until": until });
    Ask::post("/api/v1/blocks", &body)
        .token(desk.token(role))
        .of(&desk.app)
        .await
}

async fn list(desk: &Fixture, more: &str) -> Vec<Value> {
    let told = desk
        .get(Role::Agent, &format!("/api/v1/blocks{more}"))
        .await
        .ok(200);
    assert_eq!(
        (&told["days_max"], &told["clause"]),
        (&json!(180), &json!("ABU-BLOCK"))
    );
    told["blocks"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_blocked_buyer_may_apply_his_rights_stay_and_his_case_goes_to_a_supervisor() {
    on_both(async |target| {
        let desk = serve(target).await;
        let before = asks(&desk, "K1", "regret").await;
        let buyer = before.view().await["buyer"].clone();
        block(&desk, Role::Supervisor, &buyer, IN_TIME).await.ok(201);
        assert_eq!(before.view().await["blocked_until"], "2026-02-01T00:00:00.000Z");
        assert_eq!(before.buyer_sees("").await.get("blocked_until"), None);

        let right = asks(&desk, "K2", "no_reason").await;
        let view = right.view().await;
        assert_eq!(view["right"]["id"], "ELG-1", "{view}");
        assert_eq!(view["passed"]["to"], "supervisor");
        assert_eq!(view["severity"], "medium");
        desk.act(Role::Agent, &right.case, "approve", json!({}))
            .await
            .ok(200);

        // Goodwill is a supervisor's, on what he had asked before, too.
        desk.act(Role::Agent, &before.case, "approve", json!({}))
            .await
            .refused(403, "goodwill_needs_supervisor");
        let seen = format!("/api/v1/cases/{}", before.case);
        let next = desk.get(Role::Agent, &seen).await.ok(200)["next"].clone();
        assert!(!next.as_array().unwrap().contains(&json!("approve")), "{next}");
        desk.act(Role::Supervisor, &before.case, "approve", json!({}))
            .await
            .ok(200);
    })
    .await;
}

#[tokio::test]
async fn a_block_ends_by_itself_and_may_be_lifted_and_nothing_of_it_is_forgotten() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = asks(&desk, "K3", "regret").await;
        let buyer = story.view().await["buyer"].clone();
        let added = block(&desk, Role::Supervisor, &buyer, "2026-01-01T00:00:00Z")
            .await
            .ok(201);
        assert_eq!(
            (&added["stands"], &added["clause"]),
            (&json!(true), &json!("ABU-BLOCK"))
        );
        block(&desk, Role::Manager, &buyer, IN_TIME)
            .await
            .refused(409, "already_blocked");
        let refused = desk.act(Role::Agent, &story.case, "approve", json!({})).await;
        refused.refused(403, "goodwill_needs_supervisor");
        // The clock of the tests starts at eight hours before that.
        desk.hours_pass(9).await;
        assert_eq!(list(&desk, "").await, Vec::<Value>::new());
        desk.act(Role::Agent, &story.case, "approve", json!({}))
            .await
            .ok(200);

        let again = block(&desk, Role::Admin, &buyer, IN_TIME).await.ok(201);
        let path = format!("/api/v1/blocks/{}/lift", again["id"].as_str().unwrap());
        let lift = async |role, reason: &str| {
            let body = json!({ "reason": reason });
            Ask::post(&path, &body)
                .token(desk.token(role))
                .of(&desk.app)
                .await
        };
        lift(Role::Agent, "误会").await.refused(403, "forbidden");
        lift(Role::Supervisor, " ").await.refused(422, "invalid");
        let lifted = lift(Role::Supervisor, "买家说明了情况").await.ok(200);
        assert_eq!(
            (&lifted["stands"], &lifted["lift_reason"]),
            (&json!(false), &json!("买家说明了情况"))
        );
        lift(Role::Supervisor, "再来一次").await.refused(404, "not_found");
        assert_eq!(list(&desk, "").await, Vec::<Value>::new());
        let all = list(&desk, &format!("?all=true&buyer={}", buyer.as_str().unwrap())).await;
        assert_eq!(all.len(), 2);
        assert_eq!(all[0]["id"], again["id"], "the newest first");
        assert!(all.iter().all(|one| one["reason"] == "三次以差评索要钱款"));
        let before = format!("?all=true&before={}", again["id"].as_str().unwrap());
        assert_eq!(list(&desk, &before).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_blocked_without_a_reason_or_beyond_the_clause() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = asks(&desk, "K4", "regret").await;
        let buyer = story.view().await["buyer"].clone();
        for until in ["2025-12-31T15:59:00Z", "2026-12-31T00:00:00Z"] {
            let refused = block(&desk, Role::Supervisor, &buyer, until).await;
            let refused = refused.refused(422, "block_until");
            assert!(refused["detail"].as_str().unwrap().contains("180"), "{refused}");
        }
        block(&desk, Role::Agent, &buyer, IN_TIME)
            .await
            .refused(403, "forbidden");
        let unknown = json!("buyer_0123456789abcdef0123456789abcdef");
        block(&desk, Role::Supervisor, &unknown, IN_TIME)
            .await
            .refused(404, "not_found");
        let body = json!({ "buyer": buyer, "reason": "", "until": IN_TIME });
        let ask = Ask::post("/api/v1/blocks", &body).token(desk.token(Role::Supervisor));
        ask.of(&desk.app).await.refused(422, "invalid");
        assert_eq!(list(&desk, "?all=true").await, Vec::<Value>::new());
    })
    .await;
}

#[tokio::test]
async fn who_is_forgotten_leaves_no_words_on_the_list() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = asks(&desk, "K5", "regret").await;
        let buyer = story.view().await["buyer"].clone();
        block(&desk, Role::Supervisor, &buyer, IN_TIME).await.ok(201);
        let path = format!("/api/v1/buyers/{}", buyer.as_str().unwrap());
        let erase = Ask::method("DELETE", path).token(desk.token(Role::Admin));
        erase.of(&desk.app).await.ok(204);
        let all = list(&desk, "?all=true").await;
        assert_eq!((all.len(), all[0].get("reason")), (1, None));
    })
    .await;
}
