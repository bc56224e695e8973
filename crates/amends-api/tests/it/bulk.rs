//! One action on many cases, with a preview.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, paid_order, serve, yuan};
use crate::place::on_both;

async fn bulk(desk: &Fixture, role: Role, key: &str, body: &Value) -> Answer {
    let ask = Ask::post("/api/v1/cases/bulk", body).token(desk.token(role));
    ask.key(key).of(&desk.app).await
}

/// Refunds asked for before dispatch, each on an order of its own.
async fn asked(desk: &Fixture, count: usize) -> Vec<String> {
    let mut cases = Vec::new();
    for number in 0..count {
        let order = desk.order(&paid_order(&format!("B{number}"))).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let open = json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }],
            "amount": yuan(10_000) });
        cases.push(desk.buyer_opens(&link, open).await);
    }
    cases
}

#[tokio::test]
async fn a_preview_says_what_would_come_of_it_and_writes_nothing() {
    on_both(async |target| {
        let desk = serve(target).await;
        let cases = asked(&desk, 3).await;
        desk.act(Role::Agent, &cases[2], "withdraw", json!({}))
            .await
            .ok(200);
        let before = desk.told(&cases[0]).await;
        let approve = |preview: bool| json!({ "action": "approve", "cases": cases, "preview": preview });
        let preview = bulk(&desk, Role::Agent, "b", &approve(true)).await.ok(200);
        assert_eq!(
            (
                &preview["preview"],
                &preview["done"],
                &preview["refused"],
                &preview["totals"]
            ),
            (&json!(true), &json!(2), &json!(1), &json!([yuan(20_000)]))
        );
        let rows = preview["cases"].as_array().unwrap();
        assert_eq!(rows[0]["done"]["pays"], yuan(10_000));
        let refused = &rows[2]["refused"];
        assert_eq!(
            (&refused["code"], &refused["title"]),
            (&json!("case_closed"), &json!("售后单已经结束"))
        );
        assert_eq!(desk.told(&cases[0]).await, before);

        let done = bulk(&desk, Role::Agent, "b", &approve(false)).await.ok(200);
        assert_eq!((&done["totals"], &done["done"]), (&preview["totals"], &json!(2)));
        assert_eq!(
            desk.case(&cases[0]).await["tracks"]["request"]["state"],
            "approved"
        );
        let again = bulk(&desk, Role::Agent, "b", &approve(false)).await.ok(200);
        assert_eq!(
            (&again["cases"][0]["done"]["replayed"], &again["totals"]),
            (&json!(true), &done["totals"])
        );
        let other = json!({ "action": "approve", "cases": cases[..1] });
        let other = bulk(&desk, Role::Agent, "b", &other).await.ok(200);
        assert_eq!(other["cases"][0]["refused"]["code"], "key_reused");
        desk.hours_pass(0).await;
        assert_eq!(desk.case(&cases[1]).await["status"], "closed");
    })
    .await;
}

#[tokio::test]
async fn each_case_is_judged_by_itself() {
    on_both(async |target| {
        let desk = serve(target).await;
        let cases = asked(&desk, 2).await;
        let unknown = "case_00000000000000000000000000000000";
        let tag = json!({ "action": "tag", "arguments": { "add": ["大促"] }, "cases": [cases[0], cases[0], cases[1]] });
        let tagged = bulk(&desk, Role::Agent, "tag", &tag).await.ok(200);
        assert_eq!(tagged["cases"].as_array().unwrap().len(), 2);
        assert_eq!(desk.case(&cases[1]).await["tags"], json!(["大促"]));
        let said = json!({ "action": "message", "arguments": { "text": "仓库正在加急，给您添麻烦了" }, "cases": cases });
        bulk(&desk, Role::Agent, "said", &said).await.ok(200);
        for case in &cases {
            let path = format!("/api/v1/cases/{case}/timeline");
            let told = desk.get(Role::Agent, &path).await.text;
            assert!(told.contains("仓库正在加急"), "{told}");
        }
        // The terms that were seen, of one that has changed since and of one that has not.
        let terms = desk.case(&cases[1]).await["terms"].clone();
        let refuse = json!({ "action": "refuse", "arguments": { "reason": "already_dispatched" }, "cases": cases,
            "terms": { cases[0].clone(): 99, cases[1].clone(): terms } });
        let refused = bulk(&desk, Role::Agent, "refuse", &refuse).await.ok(200);
        let codes: Vec<&Value> = refused["cases"].as_array().unwrap().iter().map(|row| &row["refused"]["code"]).collect();
        assert_eq!(codes, [&json!("stale_terms"), &json!("right_stands")]);
        // The mediator may talk, and not decide.
        let by_mediator = json!({ "action": "approve", "cases": cases, "preview": true });
        let by_mediator = bulk(&desk, Role::Mediator, "m", &by_mediator).await.ok(200);
        assert_eq!(by_mediator["cases"][0]["refused"]["code"], "not_for_you");
        let (_, foreign) = desk.other_shop().await;
        let ask = Ask::post("/api/v1/cases/bulk", &json!({ "action": "approve", "cases": cases }));
        let theirs = ask.token(&foreign).key("f").of(&desk.app).await.ok(200);
        assert_eq!((&theirs["done"], &theirs["refused"]), (&json!(0), &json!(2)));

        for (body, field) in [
            (json!({ "action": "approve", "cases": [] }), "cases"),
            (json!({ "action": "approve", "cases": (0..201).map(|n| format!("case_{n:032x}")).collect::<Vec<_>>() }), "cases"),
            (json!({ "action": "refuse", "cases": cases }), "arguments"),
            (json!({ "action": "approve", "cases": cases, "arguments": { "reason": "used" } }), "arguments"),
            (json!({ "action": "assign", "cases": cases, "arguments": { "to": 5 } }), "arguments.to"),
            (json!({ "action": "message", "cases": cases, "arguments": { "text": "" } }), "text"),
            (json!({ "action": "close", "cases": cases }), "action"),
        ] {
            let answer = bulk(&desk, Role::Agent, "wrong", &body).await;
            let problem = answer.refused(422, "invalid");
            let found = problem["facts"]["field"].as_str().unwrap();
            assert!(found.starts_with(field), "{found} {field}");
        }
        let long = json!({ "action": "refund", "cases": [unknown] });
        bulk(&desk, Role::Agent, &"k".repeat(151), &long).await.refused(422, "invalid");
        let answer = bulk(&desk, Role::Agent, "gone", &long).await;
        assert!(answer.status == 422 || answer.ok(200)["refused"] == 1);
    })
    .await;
}
