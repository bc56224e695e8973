//! What the shop writes to a buyer is checked before it goes; what a buyer writes never is.

use amends_domain::actor::Role;
use serde_json::json;

use crate::ask::Ask;
use crate::fixture::{paid_order, serve};
use crate::place::on_both;

const DEMAND: &str = "您先把差评删了，我们再退款";

#[tokio::test]
async fn service_against_a_review_does_not_go_out() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("W1")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        let events = desk.told(&case).await;

        let answer = desk
            .act(Role::Agent, &case, "messages", json!({ "text": DEMAND }))
            .await;
        let problem = answer.refused(422, "violation");
        assert_eq!(problem["clauses"], json!(["VIO-4"]));
        assert_eq!(problem["facts"]["points"], 24);
        assert!(
            problem["facts"]["words"].as_str().unwrap().contains("差评删了"),
            "{problem}"
        );
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .contains("评价改不改，由他自己决定"),
            "{problem}"
        );

        let promise = json!({ "text": "好评之后给您发货", "due_at": "2026-01-02T00:00:00+08:00" });
        let answer = desk.act(Role::Agent, &case, "make-promise", promise).await;
        assert_eq!(answer.refused(422, "violation")["clauses"], json!(["VIO-2"]));
        let refuse = json!({ "reason": "used", "text": "一经售出，概不退换" });
        let answer = desk.act(Role::Agent, &case, "refuse", refuse).await;
        assert_eq!(answer.refused(422, "violation")["clauses"], json!(["VIO-1"]));
        let pushed = json!({ "text": "包裹是快递弄坏的，您自己联系快递公司索赔" });
        let answer = desk.act(Role::Agent, &case, "messages", pushed).await;
        let problem = answer.refused(422, "violation");
        assert_eq!(
            (&problem["clauses"], &problem["facts"]["points"]),
            (&json!(["LIA-5"]), &json!(0))
        );
        assert_eq!(problem["title"], "不能把买家推给快递或厂家");
        assert_eq!(desk.told(&case).await, events, "nothing was written");

        // A note stays in the shop, a buyer says what he likes, and kind words go out.
        desk.act(Role::Agent, &case, "notes", json!({ "text": DEMAND }))
            .await
            .ok(200);
        desk.buyer_acts(&link, &case, "messages", json!({ "text": DEMAND }))
            .await
            .ok(200);
        let kind = json!({ "text": "不用修改评价，退款我们马上给您办。" });
        desk.act(Role::Agent, &case, "messages", kind).await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn without_such_a_clause_nothing_is_blocked() {
    on_both(async |target| {
        let desk = serve(target).await;
        let packs: Vec<_> = amends_app::content::PACKS
            .iter()
            .filter(|(name, _)| *name == "taobao.toml")
            .map(|(_, text)| amends_domain::policy::pack::Pack::parse(text).unwrap())
            .collect();
        let shop = desk.desk.store.shops_list().await.unwrap().remove(0);
        let today = amends_app::shops::policy_publish::shop_today(&desk.desk, &shop).unwrap();
        let plan = amends_app::shops::policy_publish::policy_plan(&packs, today)
            .unwrap()
            .unwrap();
        amends_app::shops::policy_publish::policy_publish(&desk.desk, &shop, &plan)
            .await
            .unwrap();
        let order = desk.order(&paid_order("W2")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        let path = format!("/api/v1/cases/{case}/messages");
        let said = Ask::post(path, &json!({ "text": DEMAND }))
            .token(desk.token(Role::Agent))
            .key("said");
        said.of(&desk.app).await.ok(200);
    })
    .await;
}

#[tokio::test]
async fn what_was_stopped_and_what_cost_points_stand_in_one_ledger() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("W3")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        for _ in 0..2 {
            desk.act(Role::Agent, &case, "messages", json!({ "text": DEMAND }))
                .await
                .refused(422, "violation");
        }
        let deduction = json!({
            "reference": "TB-2026-001", "at": "2025-12-30T08:00:00+08:00", "violation": "hostile", "points": 6,
            "case": case, "note": "客服在电话里和买家吵了起来",
        });
        let add = async |role: Role, body: &serde_json::Value| {
            let ask = Ask::post("/api/v1/violations", body).token(desk.token(role));
            ask.of(&desk.app).await
        };
        add(Role::Agent, &deduction).await.refused(403, "forbidden");
        for _ in 0..2 {
            add(Role::Supervisor, &deduction).await.ok(204);
        }
        let mut other = deduction.clone();
        other["points"] = json!(12);
        add(Role::Supervisor, &other).await.refused(409, "deduction_kept");
        other["reference"] = json!("");
        add(Role::Supervisor, &other).await.refused(422, "invalid");
        let ledger = desk
            .get(Role::Auditor, "/api/v1/violations?from=2025-12-01T00:00:00Z")
            .await
            .ok(200);
        assert_eq!((&ledger["deducted"], &ledger["prevented"]), (&json!(6), &json!(24)));
        let sums = ledger["sums"].as_array().unwrap();
        assert!(sums.iter().all(|sum| sum["count"] == 1), "trying again counts once: {sums:?}");
        let latest = ledger["latest"].as_array().unwrap();
        let noted = latest.iter().find(|one| one["prevented"] == false).unwrap();
        assert_eq!(
            (&noted["reference"], &noted["case"], &noted["note"]),
            (&json!("TB-2026-001"), &json!(case), &json!("客服在电话里和买家吵了起来"))
        );
        assert!(!ledger.to_string().contains("差评删了"), "what was stopped is not kept");
    })
    .await;
}
