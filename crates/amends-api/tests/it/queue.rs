//! The queue's filters, counts and cursors, and the search, over HTTP.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;

/// Opens a return of one unit on a fresh order; returns the case.
async fn opened(desk: &Fixture, number: &str) -> String {
    let order = desk.order(&delivered_order(number)).await;
    let line = desk.line(&order).await;
    let body = json!({ "order": order, "kind": "return_and_refund", "reason": "quality", "photos": 1,
        "lines": [{ "line": line, "units": 1 }] });
    let answer = Ask::post("/api/v1/cases", &body)
        .token(desk.token(Role::Agent))
        .key(number)
        .of(&desk.app)
        .await;
    answer.ok(201)["case"].as_str().unwrap().to_owned()
}

async fn list(desk: &Fixture, query: &str) -> Value {
    desk.get(Role::Agent, &format!("/api/v1/cases?{query}"))
        .await
        .ok(200)
}

fn ids(page: &Value) -> Vec<&str> {
    let cases = page["cases"].as_array().unwrap();
    cases.iter().map(|case| case["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_queue_is_filtered_and_its_views_are_counted() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (first, second) = (opened(&desk, "A1").await, opened(&desk, "A2").await);
        desk.act(Role::Agent, &second, "approve", json!({})).await.ok(200);
        let third = opened(&desk, "A3").await;
        desk.act(Role::Agent, &third, "withdraw", json!({})).await.ok(200);
        let table = [
            ("open=true", vec![&first, &second]),
            ("open=true&status=awaiting_return", vec![&second]),
            ("status=awaiting_decision,closed", vec![&first, &third]),
            ("reason=quality&open=false", vec![&third]),
            ("awaiting=buyer", vec![&second]),
            ("awaiting=shop&open=true", vec![&first]),
            ("assignee=me", vec![]),
            (
                "open=true&assignee=nobody&priority=high&severity=low",
                vec![&first, &second],
            ),
            ("escalated_to=anybody", vec![]),
            ("disputed=true", vec![]),
            ("open=true&value_from_minor=19000", vec![&first, &second]),
            ("value_from_minor=20000", vec![]),
            ("overdue=true", vec![]),
            ("due_within_hours=47", vec![]),
            ("due_within_hours=48&open=true", vec![&first]),
            ("due_before=2030-01-01T00:00:00Z&open=true", vec![&first, &second]),
            (
                "opened_until=2026-01-01T00:00:00Z&opened_from=2025-01-01T00:00:00Z",
                vec![&first, &second, &third],
            ),
            ("tag=vip", vec![]),
            ("clause=CLK-2", vec![&first]),
            ("clause=SVC-SHIP-FAR&open=true", vec![&second]),
            ("clause=CLK", vec![]),
            ("follow_up_due=true", vec![]),
            ("follow_up_due=false&open=false", vec![&third]),
        ];
        for (query, expected) in table {
            let page = list(&desk, &format!("{query}&count=true")).await;
            let mut found = ids(&page);
            found.sort_unstable();
            let mut expected: Vec<&str> = expected.into_iter().map(String::as_str).collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{query}");
            assert_eq!(page["total"], expected.len(), "{query}");
        }
        assert_eq!(list(&desk, "").await["total"], Value::Null);
        let counts = async |query: &str| {
            let path = format!("/api/v1/cases/counts{query}");
            desk.get(Role::Auditor, &path).await.ok(200)
        };
        let expected = json!({ "open": 2, "mine": 0, "unassigned": 2, "due_soon": 0, "overdue": 0,
            "disputed": 0, "escalated": 0, "high_value": 2, "awaiting_buyer": 1 });
        assert_eq!(counts("?high_value_minor=19000").await, expected);
        assert_eq!(counts("").await["high_value"], Value::Null);
        desk.hours_pass(47).await;
        assert_eq!(counts("").await["due_soon"], 1);
        assert_eq!(ids(&list(&desk, "due_within_hours=2").await), [&first]);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_belongs_to_its_sort_and_odd_questions_are_refused() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (first, second) = (opened(&desk, "B1").await, opened(&desk, "B2").await);
        let page = list(&desk, "sort=opened&limit=1").await;
        let next = page["next"].as_str().unwrap();
        let rest = list(&desk, &format!("sort=opened&limit=1&after={next}")).await;
        let mut both = [ids(&page), ids(&rest)].concat();
        both.sort_unstable();
        let mut expected = [first.as_str(), second.as_str()];
        expected.sort_unstable();
        assert_eq!(both, expected);
        let ask = async |query: &str| desk.get(Role::Agent, &format!("/api/v1/cases?{query}")).await;
        for query in [
            &format!("sort=changed&after={next}"),
            &format!("after={next}"),
            "after=due.1",
            "after=due.x.case_1",
            "status=open",
            "status=",
            "assignee=mei",
            "escalated_to=nobody",
            "overdue=true&due_within_hours=2",
            "due_within_hours=99999",
            "due_before=tomorrow",
            "severity=-1",
            "tag=%00",
            "reason=%00",
            "clause=",
            "clause=%00",
            "follow_up_due=due",
            "count=1",
        ] {
            ask(query).await.refused(422, "invalid");
        }
    })
    .await;
}

#[tokio::test]
async fn search_finds_what_people_have_in_hand() {
    on_both(async |target| {
        let desk = serve(target).await;
        let case = opened(&desk, "TB20260001").await;
        desk.act(Role::Agent, &case, "approve", json!({})).await.ok(200);
        let parcel = json!({ "carrier": "顺丰", "waybill": "SF-10 20" });
        desk.act(Role::Agent, &case, "ship-return", parcel).await.ok(200);
        let note = json!({ "text": "買家說拉鍊壞了" });
        desk.act(Role::Agent, &case, "notes", note).await.ok(200);
        desk.order(&delivered_order("TB20260002")).await;
        let search = async |token: &str, words: &str| {
            let coded: Vec<String> = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let ask = Ask::get(format!("/api/v1/search?q={}", coded.concat()));
            ask.token(token).of(&desk.app).await
        };
        let (_, foreign) = desk.other_shop().await;
        for (words, by, cases, orders) in [
            ("#1", "case_number", 1, 0),
            ("TB20260001", "order_number", 1, 1),
            ("TB2026", "order_number", 1, 2),
            ("sf1020", "waybill", 1, 0),
            ("小满TB20260001", "nickname", 1, 1),
            (" 小满TB20260002 ", "nickname", 0, 1),
            ("小满", "", 0, 0),
            ("拉链坏了", "text", 1, 0),
            ("张小满", "", 0, 0),
            ("13800001234", "", 0, 0),
        ] {
            let found = search(desk.token(Role::Auditor), words).await.ok(200);
            let (in_cases, in_orders) = (
                found["cases"].as_array().unwrap(),
                found["orders"].as_array().unwrap(),
            );
            assert_eq!((in_cases.len(), in_orders.len()), (cases, orders), "{words}");
            assert!(
                in_cases.iter().chain(in_orders).all(|one| one["by"] == by),
                "{words} {found}"
            );
            let text = found.to_string();
            assert!(!text.contains("小满") && !text.contains("1380000"), "{text}");
            let nothing = search(&foreign, words).await.ok(200);
            assert_eq!(nothing, json!({ "cases": [], "orders": [] }), "{words}");
        }
        let found = search(desk.token(Role::Agent), "拉鍊").await.ok(200);
        assert_eq!(found["cases"][0]["excerpt"], "買家說拉鍊壞了");
        for words in ["", " ", "\0", &"字".repeat(101)] {
            search(desk.token(Role::Agent), words)
                .await
                .refused(422, "invalid");
        }
    })
    .await;
}
