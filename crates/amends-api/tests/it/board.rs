//! What a supervisor looks at: who has how much in hand, and what the rules were, are and will be.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::fixture::{paid_order, serve};
use crate::place::on_both;
use crate::stories::begun;

#[tokio::test]
async fn everybody_who_handles_cases_is_shown_with_what_he_has_in_hand() {
    on_both(async |target| {
        let desk = serve(target).await;
        let people = desk.get(Role::Admin, "/api/v1/people").await.ok(200);
        let people = people["people"].as_array().unwrap();
        let agent = people.iter().find(|person| person["role"] == "agent").unwrap();
        let open = || json!({ "kind": "refund_only", "reason": "regret" });
        for number in ["W1", "W2", "W3"] {
            let story = begun(&desk, &paid_order(number), 1, open()).await;
            if number != "W3" {
                let assign = json!({ "to": agent["id"] });
                desk.act(Role::Agent, &story.case, "assign", assign).await.ok(200);
            }
            if number == "W2" {
                desk.act(Role::Agent, &story.case, "withdraw", json!({}))
                    .await
                    .ok(200);
            }
        }
        let shared = async || {
            let board = desk.get(Role::Supervisor, "/api/v1/cases/workload").await.ok(200);
            board["people"].as_array().unwrap().clone()
        };
        let of = |people: &[Value], person: &Value| {
            let of = people.iter().find(|row| row["person"] == *person).unwrap();
            ["open", "overdue", "due_soon", "awaiting_shop"].map(|name| of[name].as_u64().unwrap())
        };
        desk.hours_pass(1).await;
        let board = shared().await;
        assert_eq!(board[0]["person"], Value::Null, "nobody's first");
        assert_eq!(of(&board, &Value::Null), [1, 0, 1, 1]);
        assert_eq!(of(&board, &agent["id"]), [1, 0, 1, 1]);
        assert!(
            board
                .iter()
                .any(|row| row["role"] == "supervisor" && row["open"] == 0)
        );
        assert!(board.iter().all(|row| row["role"] != "auditor"));
        // The goal of two hours passes by itself; what is due next is a day away.
        desk.hours_pass(2).await;
        assert_eq!(of(&shared().await, &agent["id"]), [1, 0, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn sets_are_listed_by_when_they_hold_and_told_apart() {
    on_both(async |target| {
        let desk = serve(target).await;
        let sets = desk.get(Role::Auditor, "/api/v1/policy/sets").await.ok(200);
        let only = &sets["sets"][0];
        assert_eq!(sets["sets"].as_array().unwrap().len(), 1);
        let packs = only["packs"].as_array().unwrap();
        assert!(
            packs
                .iter()
                .any(|pack| pack["id"] == "taobao" && pack["layer"] == "platform")
        );
        let hash = only["hash"].as_str().unwrap();
        let diff = |to: &str| format!("/api/v1/policy/diff?from={hash}&to={to}");
        let same = desk.get(Role::Agent, &diff(hash)).await.ok(200);
        assert_eq!(same["changes"], json!([]));
        let unknown = desk.get(Role::Agent, &diff(&"0".repeat(64))).await;
        unknown.refused(404, "not_found");
        desk.get(Role::Agent, &diff("later"))
            .await
            .refused(422, "invalid");
    })
    .await;
}
