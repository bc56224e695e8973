//! Scripts over HTTP: filled with what the case says, and honest about what it doesn't.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;
use crate::stories::begun;

async fn scripts(desk: &Fixture, case: &str) -> Vec<Value> {
    let path = format!("/api/v1/cases/{case}/scripts");
    let found = desk.get(Role::Agent, &path).await.ok(200);
    found["scripts"].as_array().unwrap().clone()
}

fn named<'a>(scripts: &'a [Value], code: &str) -> &'a Value {
    let mut scripts = scripts.iter();
    scripts.find(|one| one["code"] == code).unwrap()
}

#[tokio::test]
async fn a_script_says_what_the_case_says_and_marks_what_it_does_not() {
    on_both(async |target| {
        let desk = serve(target).await;
        let open = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 2 });
        let story = begun(&desk, &delivered_order("S1"), 1, open).await;
        let found = scripts(&desk, &story.case).await;
        let codes: Vec<&str> = found.iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(
            &codes[..2],
            ["greeting", "receipt_confirmed"],
            "in the catalogue's order"
        );

        let case = desk
            .get(Role::Agent, &format!("/api/v1/cases/{}", story.case))
            .await
            .ok(200);
        let received = named(&found, "receipt_confirmed");
        let text = received["text"].as_str().unwrap();
        let number = format!("售后单号 {}", case["number"]);
        assert!(text.contains(&number) && text.contains("质量问题"), "{text}");
        assert_eq!(received["missing"], json!([]), "{text}");
        // Until when is the agent's to say: no system can promise it for him.
        let apology = named(&found, "apology");
        assert_eq!(apology["missing"], json!(["【几点前】"]));
        assert!(apology["text"].as_str().unwrap().contains("【几点前】 前"));
        // Not approved: there is no day to send it back by.
        let steps = named(&found, "return_steps");
        assert!(
            steps["missing"]
                .as_array()
                .unwrap()
                .contains(&json!("【寄回期限】"))
        );
    })
    .await;
}
