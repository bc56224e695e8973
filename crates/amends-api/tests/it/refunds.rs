//! Refunds that do not go smoothly: no provider, and one that misbehaves.

use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::payments::ByHand;
use amends_domain::actor::Role;
use amends_sim::payments::SimulatedPayments;
use serde_json::json;

use crate::ask::Ask;
use crate::fixture::{paid_order, serve_paying};
use crate::place::on_both;

const OPTIONS: ApiOptions = ApiOptions {
    manual_clock: true,
    body_limit_bytes: 1_048_576,
    sign_in_per_minute: 10,
    sign_in_per_minute_peer: 1_000,
    secure_cookies: false,
};

#[tokio::test]
async fn without_a_provider_a_supervisor_pays_and_records_it() {
    on_both(async |target| {
        let desk = serve_paying(target, OPTIONS, Arc::new(ByHand)).await;
        let order = desk.order(&paid_order("H1")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        desk.act(Role::Agent, &case, "approve", json!({})).await.ok(200);
        desk.hours_pass(0).await;
        let view = desk.case(&case).await;
        assert_eq!(
            (&view["status"], &view["escalated_to"]),
            (&json!("refund_in_trouble"), &json!("supervisor"))
        );
        // What is between shop and provider is not the buyer's worry.
        let path = format!("/api/v1/buyer/cases/{case}");
        let seen = Ask::get(&path).link(&link).of(&desk.app).await.ok(200);
        assert_eq!(
            (&seen["status"], &seen["tracks"]["money"]),
            (&json!("refund_on_the_way"), &json!("ordered"))
        );
        assert_eq!(seen.get("escalated_to"), None);
        let timeline = Ask::get(format!("{path}/timeline"))
            .link(&link)
            .of(&desk.app)
            .await;
        assert!(
            !timeline.text.contains("failed") && !timeline.text.contains("by_hand"),
            "{}",
            timeline.text
        );

        let record = json!({ "reference": "支付宝 2026010112345" });
        let denied = desk
            .act(Role::Agent, &case, "record-refund", record.clone())
            .await;
        assert_eq!(
            denied.refused(403, "not_for_you")["facts"],
            json!({ "actor": "agent" })
        );
        desk.act(Role::Supervisor, &case, "record-refund", record)
            .await
            .ok(200);
        assert_eq!(desk.case(&case).await["status"], "closed");
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_misbehaves_is_asked_until_it_is_settled() {
    on_both(async |target| {
        let provider = Arc::new(SimulatedPayments::new(11));
        let desk = serve_paying(target, OPTIONS, provider.clone()).await;
        let mut cases = Vec::new();
        for number in 0..20 {
            let order = desk.order(&paid_order(&format!("M{number}"))).await;
            let (link, line) = (desk.link(&order).await, desk.line(&order).await);
            let body =
                json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 2 }] });
            cases.push(desk.buyer_opens(&link, body).await);
        }
        desk.hours_pass(47).await;
        desk.hours_pass(47).await;
        let (mut paid, mut paid_minor) = (0, 0);
        for case in &cases {
            let view = desk.case(case).await;
            let settled = ["closed", "refund_in_trouble"].contains(&view["status"].as_str().unwrap());
            assert!(settled, "{view}");
            if view["status"] == "closed" {
                paid += 1;
                paid_minor += view["refund"]["total"]["minor"].as_i64().unwrap();
            }
        }
        let books = provider.books();
        assert_eq!((books.paid, books.paid_minor), (paid, paid_minor));
        assert!(books.asked > books.paid && paid > 10, "{books:?}");
    })
    .await;
}
