//! The audit over HTTP: who gave which command when, page by page.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::fixture::{Fixture, paid_order, serve};
use crate::place::on_both;
use crate::stories::begun;

async fn read(desk: &Fixture, query: &str) -> Value {
    desk.get(Role::Auditor, &format!("/api/v1/audit?{query}"))
        .await
        .ok(200)
}

fn commands(page: &Value) -> Vec<&str> {
    let entries = page["entries"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| entry["command"].as_str().unwrap())
        .collect()
}

/// Every entry, read in pages of one.
async fn one_by_one(desk: &Fixture) -> Vec<Value> {
    let mut seen = Vec::new();
    let mut query = "limit=1".to_owned();
    loop {
        let page = read(desk, &query).await;
        seen.extend(page["entries"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        query = format!("limit=1&before={next}");
    }
    seen
}

#[tokio::test]
async fn the_audit_is_paged_and_filtered() {
    on_both(async |target| {
        let desk = serve(target).await;
        let open = json!({ "kind": "refund_only", "reason": "regret" });
        let story = begun(&desk, &paid_order("A1"), 1, open.clone()).await;
        desk.act(Role::Agent, &story.case, "notes", json!({ "text": "催过一次" }))
            .await
            .ok(200);
        desk.hours_pass(1).await;
        desk.act(Role::Agent, &story.case, "approve", json!({}))
            .await
            .ok(200);
        let other = begun(&desk, &paid_order("A2"), 1, open).await;

        let all = read(&desk, "").await;
        assert_eq!(commands(&all), ["open", "approve", "add_text", "open"]);
        assert_eq!(all["next"], Value::Null);
        let approval = &all["entries"][1];
        assert_eq!(
            (
                &approval["actor"]["kind"],
                &approval["actor"]["role"],
                &approval["case"]
            ),
            (&json!("person"), &json!("agent"), &json!(story.case))
        );
        assert!(
            approval["first_seq"].as_i64() < approval["last_seq"].as_i64(),
            "{approval}"
        );
        assert_eq!(approval["at"], "2025-12-31T17:00:00.000Z");
        assert_eq!(all["entries"][3]["key"], format!("open {}", story.line));

        assert_eq!(json!(one_by_one(&desk).await), all["entries"]);

        let agent = approval["actor"]["id"].as_str().unwrap();
        let buyer = desk.case(&story.case).await["buyer"].as_str().unwrap().to_owned();
        for (query, expected) in [
            (
                format!("case={}", story.case),
                vec!["approve", "add_text", "open"],
            ),
            (format!("case={}", other.case), vec!["open"]),
            (format!("actor={agent}"), vec!["approve", "add_text"]),
            (format!("actor={buyer}"), vec!["open"]),
            ("actor=deadlines".to_owned(), vec![]),
            ("actor=outbox".to_owned(), vec![]),
            ("until=2025-12-31T17:00:00Z".to_owned(), vec!["add_text", "open"]),
            (
                format!("from=2025-12-31T17:00:00Z&actor={agent}"),
                vec!["approve"],
            ),
        ] {
            assert_eq!(commands(&read(&desk, &query).await), expected, "{query}");
        }
        for query in [
            "actor=mei",
            "before=x",
            "case=1",
            "from=today",
            "limit=-1",
            "who=me",
        ] {
            let answer = desk.get(Role::Auditor, &format!("/api/v1/audit?{query}")).await;
            answer.refused(422, "invalid");
        }
    })
    .await;
}
