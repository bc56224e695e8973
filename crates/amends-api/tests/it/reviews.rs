//! Reviews over HTTP: taken in once, brought to a case, answered in public, and nothing given or withheld for them.

use amends_app::reviews::pursue::reviews_go_on;
use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;

pub(crate) fn bad(id: &str, order: &str) -> Value {
    json!({
        "id": id, "order_number": order, "sku": "KETTLE", "stars": 1, "text": "收到就碎了，质量太差",
        "pictures": ["https://img.example/1.jpg"],
        "scores": { "description": 1, "service": 4, "logistics": 3 },
        "at": "2026-01-01T00:00:00+08:00",
    })
}

pub(crate) async fn hand_in(desk: &Fixture, review: &Value) -> Answer {
    Ask::post("/api/v1/reviews", review)
        .token(desk.token(Role::Machine))
        .of(&desk.app)
        .await
}

async fn page(desk: &Fixture, query: &str) -> Vec<Value> {
    let answer = desk
        .get(Role::Agent, &format!("/api/v1/reviews?{query}"))
        .await
        .ok(200);
    answer["reviews"].as_array().unwrap().clone()
}

async fn steps(desk: &Fixture, query: &str) -> Vec<String> {
    let rows = page(desk, query).await;
    rows.iter()
        .map(|row| row["step"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_bad_review_opens_a_rescue_and_its_contact_waits_for_the_morning() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("R1")).await;
        let told = hand_in(&desk, &bad("T1", "R1")).await.ok(201);
        assert_eq!(
            (&told["step"], &told["rating"], &told["cause"]),
            (&json!("contact"), &json!("bad"), &json!("goods"))
        );
        assert_eq!(told["order"], json!(order));
        // It is midnight: nobody is called before nine.
        assert_eq!(told["contact_due_at"], "2026-01-01T01:30:00.000Z");
        let case = told["case"].as_str().unwrap().to_owned();
        let view = desk.case(&case).await;
        assert_eq!(
            (&view["kind"], &view["status"]),
            (&json!("review_rescue"), &json!("awaiting_answer"))
        );
        assert_eq!(view["reviews"][0]["text"], "收到就碎了，质量太差");
        assert_eq!(view["claim"]["lines"], json!([]));

        // The same again changes nothing.
        let again = hand_in(&desk, &bad("T1", "R1")).await.ok(200);
        assert_eq!((&again["case"], &again["id"]), (&told["case"], &told["id"]));
        assert_eq!(desk.case(&case).await["seq"], view["seq"]);

        desk.hours_pass(10).await;
        assert_eq!(desk.case(&case).await["escalated_to"], "agent");
        let call = json!({ "way": "phone", "reached": true, "text": "已致歉，商量补偿" });
        desk.act(Role::Agent, &case, "log-contact", call).await.ok(200);
        assert_eq!(steps(&desk, "unanswered=true").await, ["outcome"]);
        let after = desk.case(&case).await;
        assert_eq!(after["escalated_to"], Value::Null);
        assert!(after["reviews"][0]["contacted_at"].is_string());
    })
    .await;
}

#[tokio::test]
async fn a_review_of_an_unknown_order_is_refused_and_one_of_a_known_order_joins_what_is_open() {
    on_both(async |target| {
        let desk = serve(target).await;
        let refused = hand_in(&desk, &bad("T2", "NOWHERE"))
            .await
            .refused(422, "review_order_unknown");
        assert!(
            refused["detail"].as_str().unwrap().contains("NOWHERE"),
            "{refused}"
        );
        assert_eq!(page(&desk, "").await.len(), 0);

        let order = desk.order(&delivered_order("R2")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let open =
            json!({ "kind": "refund_only", "reason": "quality", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, open).await;
        let joined = hand_in(&desk, &bad("T2", "R2")).await.ok(201);
        assert_eq!(joined["case"], json!(case));
        // What the buyer asked for goes its way, and he is shown nothing of what the shop does about his review.
        let seen = Ask::get(format!("/api/v1/buyer/cases/{case}"))
            .link(&link)
            .of(&desk.app)
            .await
            .ok(200);
        assert!(
            seen.get("reviews").is_none() && !seen.to_string().contains("review_contact"),
            "{seen}"
        );
        let terms = desk.case(&case).await["terms"].as_u64().unwrap();
        let approve =
            Ask::post(format!("/api/v1/cases/{case}/approve"), &json!({})).token(desk.token(Role::Admin));
        approve.key("yes").terms(terms).of(&desk.app).await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn a_buyer_whose_review_is_rescued_still_asks_for_what_is_his() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("R3")).await;
        hand_in(&desk, &bad("T3", "R3")).await.ok(201);
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let open = json!({ "kind": "return_and_refund", "reason": "no_reason", "goods_intact": true, "lines": [{ "line": line, "units": 2 }] });
        let case = desk.buyer_opens(&link, open).await;
        assert_eq!(desk.case(&case).await["right"]["id"], "ELG-1");
        // And nobody opens a rescue without a review.
        let rescue = json!({ "kind": "review_rescue", "reason": "quality", "order": order });
        Ask::post("/api/v1/cases", &rescue)
            .token(desk.token(Role::Agent))
            .key("rescue")
            .of(&desk.app)
            .await
            .refused(409, "wrong_kind");
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
async fn a_review_that_stays_is_answered_in_words_that_may_stand_in_public() {
    on_both(async |target| {
        let desk = serve(target).await;
        desk.order(&delivered_order("R4")).await;
        let told = hand_in(&desk, &bad("T4", "R4")).await.ok(201);
        let (case, review) = (told["case"].as_str().unwrap().to_owned(), told["id"].clone());
        let explain = |text: &str| json!({ "review": review, "text": text });
        let fair = "包装没有护好，让您失望了，非常抱歉；已为您退款，缓冲也加厚了。";
        desk.act(Role::Agent, &case, "explain-review", explain(fair))
            .await
            .refused(409, "review_not_unchanged");
        desk.act(
            Role::Agent,
            &case,
            "judge-review",
            json!({ "review": review, "cause": "logistics" }),
        )
        .await
        .ok(200);
        desk.act(Role::Agent, &case, "resolve", json!({ "text": "已处理" }))
            .await
            .refused(409, "reviews_open");
        desk.act(
            Role::Agent,
            &case,
            "end-review",
            json!({ "review": review, "outcome": "unchanged" }),
        )
        .await
        .ok(200);
        for (text, code, word) in [
            ("是您自己的问题，不会用就别买", "unfair_words", "您自己的问题"),
            ("小满R4您好，已为您退款", "unfair_words", "小满R4"),
            ("已打 13800001234 联系您", "unfair_words", "13800001234"),
            ("删除差评后马上给您退款", "violation", "VIO-4"),
        ] {
            let refused = desk
                .act(Role::Agent, &case, "explain-review", explain(text))
                .await
                .refused(422, code);
            assert!(
                refused["detail"].as_str().unwrap().contains(word),
                "{text}: {refused}"
            );
        }
        desk.act(Role::Agent, &case, "explain-review", explain(fair))
            .await
            .ok(200);
        // The shop's own system fetches what waits to be published, and says so.
        let waiting = desk
            .get(Role::Machine, "/api/v1/reviews?step=reply")
            .await
            .ok(200);
        assert_eq!(waiting["reviews"][0]["reply"], fair);
        let publish = json!({ "review": review });
        desk.act(Role::Machine, &case, "publish-explanation", publish.clone())
            .await
            .ok(200);
        desk.act(Role::Agent, &case, "publish-explanation", publish)
            .await
            .refused(409, "nothing_to_publish");
        let done = desk
            .get(
                Role::Agent,
                &format!("/api/v1/reviews/{}", review.as_str().unwrap()),
            )
            .await
            .ok(200);
        assert_eq!(
            (&done["step"], &done["cause"], &done["judged"]),
            (&json!("done"), &json!("logistics"), &json!(true))
        );
        assert!(done["published_at"].is_string());
        desk.act(
            Role::Agent,
            &case,
            "resolve",
            json!({ "text": "问题已处理，感谢您指出来" }),
        )
        .await
        .ok(200);
    })
    .await;
}

#[tokio::test]
async fn a_revision_takes_the_place_of_what_stood_and_its_scores_move_along() {
    on_both(async |target| {
        let desk = serve(target).await;
        desk.order(&delivered_order("R5")).await;
        let told = hand_in(&desk, &bad("T5", "R5")).await.ok(201);
        let mut revised = bad("T5", "R5");
        revised["stars"] = json!(5);
        revised["text"] = json!("客服第二天就处理好了，改成好评");
        revised["scores"] = json!({ "description": 5, "service": 5 });
        revised["at"] = json!("2026-01-01T00:00:00.001+08:00");
        let again = hand_in(&desk, &revised).await.ok(200);
        assert_eq!(
            (&again["rating"], &again["outcome"], &again["step"]),
            (&json!("good"), &json!("revised"), &json!("done"))
        );
        let case = desk.case(told["case"].as_str().unwrap()).await;
        assert_eq!(case["reviews"][0]["outcome"], "revised");
        // What is older than what stands there changes nothing.
        hand_in(&desk, &bad("T5", "R5")).await.ok(200);
        assert_eq!(page(&desk, "rating=bad").await.len(), 0);
        let scores = "/api/v1/scores?from=2025-12-31T00:00:00%2B08:00&to=2026-01-01T00:00:00%2B08:00";
        let scores = desk.get(Role::Auditor, scores).await.ok(200);
        assert_eq!(
            scores["over_all"]["service"],
            json!({ "ratings": 1, "mean_hundredths": 500 })
        );
        assert_eq!(
            scores["over_all"]["description"],
            json!({ "ratings": 1, "mean_hundredths": 500 })
        );
        assert!(scores["over_all"].get("logistics").is_none(), "{scores}");
        let wide = "/api/v1/scores?from=2024-01-01T00:00:00%2B08:00&to=2026-01-01T00:00:00%2B08:00";
        desk.get(Role::Auditor, wide).await.refused(422, "invalid");
    })
    .await;
}

#[tokio::test]
async fn reviews_are_paged_filtered_bounded_and_erased_with_their_writer() {
    on_both(async |target| {
        let desk = serve(target).await;
        for number in 1..=3 {
            desk.order(&delivered_order(&format!("P{number}"))).await;
            let mut review = bad(&format!("P{number}"), &format!("P{number}"));
            if number == 2 {
                review["stars"] = json!(5);
            }
            hand_in(&desk, &review).await.ok(201);
        }
        let first = desk.get(Role::Agent, "/api/v1/reviews?limit=2").await.ok(200);
        let next = first["next"].as_str().unwrap();
        let rest = desk
            .get(Role::Agent, &format!("/api/v1/reviews?limit=2&after={next}"))
            .await
            .ok(200);
        assert_eq!(rest["reviews"].as_array().unwrap().len(), 1);
        assert_eq!(rest["next"], Value::Null);
        assert_eq!(steps(&desk, "rating=good").await, ["done"]);
        assert_eq!(steps(&desk, "step=contact").await, ["contact", "contact"]);
        for (field, value) in [
            ("stars", json!(6)),
            ("text", json!("长".repeat(5_001))),
            ("pictures", json!(["javascript:alert(1)"])),
            ("id", json!("")),
            ("at", json!("2027-01-01T00:00:00Z")),
        ] {
            let mut review = bad("P9", "P1");
            review[field] = value;
            hand_in(&desk, &review).await.refused(422, "invalid");
        }
        let one = &page(&desk, "step=contact").await[0];
        let erase = format!("/api/v1/buyers/{}", one["buyer"].as_str().unwrap());
        Ask::method("DELETE", erase)
            .token(desk.token(Role::Admin))
            .of(&desk.app)
            .await
            .ok(204);
        let path = format!("/api/v1/reviews/{}", one["id"].as_str().unwrap());
        let erased = desk.get(Role::Admin, &path).await.ok(200);
        assert_eq!((&erased["text"], &erased["pictures"]), (&Value::Null, &json!([])));
        let (_, other) = desk.other_shop().await;
        Ask::get(path)
            .token(&other)
            .of(&desk.app)
            .await
            .refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn what_a_crash_left_between_taking_in_and_its_case_is_taken_up_once() {
    on_both(async |target| {
        let desk = serve(target).await;
        desk.order(&delivered_order("R6")).await;
        let told = hand_in(&desk, &bad("T6", "R6")).await.ok(201);
        let seq = desk.case(told["case"].as_str().unwrap()).await["seq"].clone();
        desk.hours_pass(1).await;
        assert_eq!(reviews_go_on(&desk.desk).await.unwrap(), 0);
        assert_eq!(desk.case(told["case"].as_str().unwrap()).await["seq"], seq);
    })
    .await;
}
