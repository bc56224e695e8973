//! Remedies over HTTP: what there is, offering and choosing to the end, repair, a complaint, opening again.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, delivered_order, serve, yuan};
use crate::place::on_both;
use crate::stories::{Story, begun};

async fn remedies(desk: &Fixture, role: Role, case: &str) -> Vec<Value> {
    let path = format!("/api/v1/cases/{case}/remedies");
    let found = desk.get(role, &path).await.ok(200);
    found["remedies"].as_array().unwrap().clone()
}

fn named<'a>(remedies: &'a [Value], clause: &str) -> &'a Value {
    let mut remedies = remedies.iter();
    remedies.find(|one| one["clause"]["id"] == clause).unwrap()
}

async fn faulty<'a>(desk: &'a Fixture, draft: &Value) -> Story<'a> {
    let open = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 2 });
    begun(desk, draft, 1, open).await
}

#[tokio::test]
async fn every_remedy_is_explained_costed_and_says_who_may_grant_it() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = faulty(&desk, &delivered_order("R1")).await;
        let found = remedies(&desk, Role::Agent, &story.case).await;
        let verdicts: Vec<&str> = found.iter().map(|one| one["verdict"].as_str().unwrap()).collect();
        let met = verdicts.iter().take_while(|verdict| **verdict == "met").count();
        assert!(met > 1 && !verdicts[met..].contains(&"met"), "{verdicts:?}");
        let partial = named(&found, "REM-PARTIAL");
        assert_eq!(
            (&partial["remedy"], &partial["clause"]["title"]),
            (&json!("partial_refund"), &json!("商品留用，退一部分货款"))
        );
        assert!(
            partial["findings"]
                .as_array()
                .unwrap()
                .contains(&json!({ "condition": "rejected_units = 0", "verdict": "met", "actual": "0" }))
        );
        let amount = partial["plan"]["amount"]["minor"].as_i64().unwrap();
        assert!(amount > 1_500 && amount < 1_990, "{partial}");
        assert_eq!(
            (&partial["plan"]["route"], &partial["plan"]["done_in"]),
            (&json!("refund_only"), &json!("2h"))
        );
        assert_eq!(partial["cost"]["goods_minor"], amount);
        let parts = [
            "goods_minor",
            "compensation_minor",
            "freight_minor",
            "extras_minor",
        ];
        for one in &found {
            let cost = |name: &str| one["cost"][name].as_i64().unwrap();
            let sum: i64 = parts.into_iter().map(cost).sum();
            assert_eq!(cost("total_minor"), sum - cost("residual_minor"), "{one}");
            assert_eq!(
                one["authority"].is_null(),
                one["verdict"] != "met" || !one["hindrance"].is_null(),
                "{one}"
            );
        }
        assert_eq!(partial["authority"], json!({ "granted": true }));
        let seen = remedies(&desk, Role::Auditor, &story.case).await;
        assert_eq!(
            named(&seen, "REM-PARTIAL")["authority"],
            json!({ "granted": false, "role": "agent" })
        );

        for (price, role) in [(90_000, "supervisor"), (900_000, "manager")] {
            let mut dear = delivered_order(&format!("R{price}"));
            dear["lines"][0]["price"] = yuan(price);
            let dear = faulty(&desk, &dear).await;
            let found = remedies(&desk, Role::Agent, &dear.case).await;
            let expected = json!({ "granted": false, "role": role });
            assert_eq!(named(&found, "REM-RETURN")["authority"], expected, "{price}");
            let offer = json!({ "picks": [{ "clause": "REM-RETURN" }] });
            let offered = desk.act(Role::Agent, &dear.case, "offer", offer).await;
            offered.refused(403, "above_authority");
        }
    })
    .await;
}

#[tokio::test]
async fn an_offer_is_answered_by_the_buyer_to_its_end() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = faulty(&desk, &delivered_order("O1")).await;
        story
            .check(
                r#"agent offer {"picks":[{"clause":"REM-PARTIAL"},{"clause":"REM-EXCHANGE"}],"text":"两种办法您看哪种方便"} awaiting_choice
                   buyer decline-offer {"offer":1,"wish":{"minor":4000,"currency":"CNY"},"text":"退四十就算了"} awaiting_decision
                "#,
            )
            .await;
        let found = remedies(&desk, Role::Agent, &story.case).await;
        let partial = named(&found, "REM-PARTIAL");
        let least = partial["plan"]["amount"]["minor"].as_i64().unwrap();
        assert_eq!(partial["amount"]["least"]["minor"], least);
        assert_eq!(
            partial["middle"],
            json!({ "amount": yuan(i64::midpoint(least, 4_000)), "compensation": yuan(0) })
        );
        story
            .check(
                r#"agent offer {"picks":[{"clause":"REM-PARTIAL","amount":{"minor":4000,"currency":"CNY"}}]} awaiting_choice"#,
            )
            .await;
        let offer = story.view().await["offer"].clone();
        assert_eq!((&offer["number"], &offer["open"]), (&json!(2), &json!(true)));
        assert_eq!(offer["options"][0]["cost"]["total_minor"], 4_000);
        assert!(offer["options"][0]["findings"].is_array());
        let seen = story.buyer_sees("").await;
        let option = &seen["offer"]["options"][0];
        assert_eq!((&option["option"], &option["plan"]["amount"]), (&json!(1), &yuan(4_000)));
        assert!(option.get("cost").is_none() && option.get("findings").is_none(), "{option}");
        for private in ["severity", "tags", "assignee", "liability", "priority", "passed"] {
            assert!(seen.get(private).is_none(), "{private}");
        }
        assert!(seen["next"].as_array().unwrap().contains(&json!("choose")));

        let choose = |offer: u32, option: u32| json!({ "offer": offer, "option": option });
        let without = Ask::post(format!("/api/v1/buyer/cases/{}/choose", story.case), &choose(2, 1));
        let without = without.link(&story.link).key("k").of(&desk.app).await;
        without.refused(428, "if_match_required");
        for (body, status, code) in [
            (choose(1, 1), 409, "offer_replaced"),
            (choose(2, 2), 422, "no_such_option"),
        ] {
            let answer = desk.buyer_acts(&story.link, &story.case, "choose", body).await;
            answer.refused(status, code);
        }
        story
            .check(
                r#"buyer choose {"offer":2,"option":1} refund_on_the_way
                   clock 0 closed"#,
            )
            .await;
        let view = story.view().await;
        assert_eq!(view["agreed"]["id"], "REM-PARTIAL");
        assert_eq!(view["refund"]["total"], yuan(4_000));
        let timeline = story.buyer_sees("/timeline").await;
        let entries = timeline["entries"].as_array().unwrap();
        let said = |name: &str| entries.iter().find(|entry| entry["type"] == name).unwrap();
        assert_eq!(said("offered")["text"], "两种办法您看哪种方便");
        assert_eq!(said("offered")["data"], json!({ "offer": 1 }));
        assert_eq!(said("offer_declined")["text"], "退四十就算了");
        assert!(!timeline.to_string().contains("cost"), "{timeline}");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_offered_says_why() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = faulty(&desk, &delivered_order("W1")).await;
        let pick = |pick: Value| json!({ "picks": [pick] });
        for (body, status, code) in [
            (json!({ "picks": [] }), 422, "options_count"),
            (pick(json!({ "clause": "REM-X" })), 422, "no_such_remedy"),
            (pick(json!({ "clause": "REM-LOST" })), 422, "no_such_remedy"),
            (
                pick(json!({ "clause": "REM-REPAIR-FREE" })),
                409,
                "remedy_not_met",
            ),
            (
                pick(json!({ "clause": "REM-PARTIAL", "amount": yuan(19_000) })),
                422,
                "remedy_amount",
            ),
            (
                pick(json!({ "clause": "REM-EXCHANGE", "replacement_sku": "NO" })),
                422,
                "unknown_product",
            ),
            (
                pick(json!({ "clause": "REM-EXCHANGE", "replacement_sku": "" })),
                422,
                "invalid",
            ),
            (pick(json!({ "clause": "什么" })), 422, "invalid"),
        ] {
            let answer = desk.act(Role::Agent, &story.case, "offer", body).await;
            answer.refused(status, code);
        }
        let body = pick(json!({ "clause": "REM-REPAIR-FREE" }));
        let answer = desk.act(Role::Agent, &story.case, "offer", body).await;
        let problem = answer.refused(409, "remedy_not_met");
        assert_eq!(problem["clauses"], json!(["REM-REPAIR-FREE"]));
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .contains("days_since_receipt > 15d"),
            "{problem}"
        );

        let refuse = json!({ "reason": "used" });
        let refused = desk.act(Role::Agent, &story.case, "refuse", refuse).await;
        let problem = refused.refused(409, "right_stands");
        assert_eq!(problem["clauses"], json!(["ELG-2", "VIO-1"]));
        assert!(problem["detail"].as_str().unwrap().contains("12 分"), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn a_kettle_is_repaired_and_comes_back() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut draft = delivered_order("K1");
        draft["lines"].as_array_mut().unwrap().remove(0);
        let open = json!({ "kind": "repair", "reason": "quality", "text": "水壶不加热" });
        let story = begun(&desk, &draft, 1, open).await;
        story
            .check(
                r#"agent   approve     {}                                            awaiting_return
                   buyer   ship-return {"carrier":"顺丰","waybill":"SF1"}            return_on_the_way
                   agent   inspect     {"findings":[{"line":"LINE","accepted":1}]}   awaiting_repair
                   machine ship-repaired {"carrier":"顺丰","waybill":"SF2"}          repaired_on_the_way
                   buyer   confirm-replacement {}                                    closed"#,
            )
            .await;
        assert_eq!(story.view().await["tracks"]["request"]["outcome"], "repaired");
    })
    .await;
}

#[tokio::test]
async fn a_complaint_without_an_order_is_settled_and_opened_again() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("C1")).await;
        let read = desk.get(Role::Agent, &format!("/api/v1/orders/{order}")).await;
        let buyer = read.ok(200)["buyer"].clone();
        let open = json!({ "buyer": buyer, "kind": "complaint", "reason": "service", "text": "客服态度不好", "channel": "phone" });
        let opened = Ask::post("/api/v1/cases", &open)
            .token(desk.token(Role::Agent))
            .key("open")
            .of(&desk.app)
            .await;
        let case = opened.ok(201)["case"].as_str().unwrap().to_owned();
        let link = desk.link(&order).await;
        let story = Story {
            desk: &desk,
            link,
            line: String::new(),
            case,
        };
        let view = story.view().await;
        assert_eq!((&view["order"], &view["channel"]), (&Value::Null, &json!("phone")));
        let early = desk
            .act(Role::Agent, &story.case, "complete-step", json!({ "step": 1, "reference": "P" }))
            .await;
        early.refused(409, "no_such_step");
        story
            .check(
                r#"agent   offer {"picks":[{"clause":"REM-POINTS"}]}             awaiting_choice
                   agent   choose {"offer":1,"option":1}                         awaiting_steps"#,
            )
            .await;
        let step = story.view().await["steps"][0].clone();
        assert_eq!(
            step,
            json!({ "step": 1, "extra": "points", "count": 500, "cost": yuan(500), "done": false })
        );
        story
            .check(
                r#"machine complete-step {"step":1,"reference":"积分 20260101"}  closed
                   agent   reopen {"text":"买家说积分没有到"}                    awaiting_answer"#,
            )
            .await;
        assert_eq!(story.view().await["reopenings"], 1);
        let promise = json!({ "text": "今天下班前给您答复", "due_at": "2026-01-01T18:00:00+08:00" });
        desk.act(Role::Agent, &story.case, "make-promise", promise).await.ok(200);
        let resolve = json!({ "text": "积分已补发，给您添麻烦了" });
        let early = desk.act(Role::Agent, &story.case, "resolve", resolve).await;
        early.refused(409, "promises_open");
        story
            .check(
                r#"agent keep-promise {"promise":1}                              awaiting_answer
                   agent resolve {"text":"积分已补发，给您添麻烦了"}             closed
                   agent reopen {"text":"还有问题"}                              awaiting_answer
                   agent resolve {"text":"都处理好了"}                           closed"#,
            )
            .await;
        assert_eq!(story.view().await["tracks"]["request"]["outcome"], "resolved");
        let often = desk.act(Role::Agent, &story.case, "reopen", json!({ "text": "再开" })).await;
        often.refused(409, "too_many_reopenings");
    })
    .await;
}

#[tokio::test]
async fn a_trial_that_did_not_help_goes_on_where_it_stopped() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut draft = delivered_order("T1");
        draft["lines"][0]["category"] = json!("skincare");
        let story = faulty(&desk, &draft).await;
        story
            .check(
                r#"agent offer     {"picks":[{"clause":"REM-TRIAL"}]}         awaiting_choice
                   buyer choose    {"offer":1,"option":1}                     on_trial
                   buyer end-trial {"worked":false,"text":"还是过敏"}         awaiting_decision
                   agent offer     {"picks":[{"clause":"REM-TRIAL"}]}         awaiting_choice
                   buyer choose    {"offer":2,"option":1}                     on_trial"#,
            )
            .await;
        assert_eq!(story.view().await["trial"], "2025-12-31T16:00:00.000Z");
        story.check(r#"buyer end-trial {"worked":true} closed"#).await;
    })
    .await;
}
