//! What runs by itself on a served desk: one thing that hangs or fails stops no other.

use std::sync::Arc;
use std::time::Duration;

use amends_api::ApiOptions;
use amends_app::anchors::anchors_run;
use amends_app::payments::{Payments, RefundRequest};
use amends_app::runners::run_forever;
use amends_app::{Store, Target};
use amends_domain::actor::Role;
use amends_domain::command::PaymentAnswer;
use serde_json::json;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::Notify;

use crate::fixture::{HOUR_MS, paid_order, serve, serve_paying};

/// Says that it was asked, and never answers.
#[derive(Default)]
struct Hung(Notify);

#[async_trait::async_trait]
impl Payments for Hung {
    async fn refund(&self, _: &RefundRequest) -> PaymentAnswer {
        self.0.notify_one();
        std::future::pending().await
    }

    async fn refund_status(&self, request: &RefundRequest) -> PaymentAnswer {
        self.refund(request).await
    }
}

#[tokio::test]
async fn a_provider_that_never_answers_stops_no_clock() {
    let hung = Arc::new(Hung::default());
    let desk = serve_paying(&Target::SqliteMemory, ApiOptions::default(), hung.clone()).await;
    let mut cases = Vec::new();
    for number in ["R1", "R2"] {
        let order = desk.order(&paid_order(number)).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        cases.push(desk.buyer_opens(&link, body).await);
    }
    let asked = desk.act(Role::Admin, &cases[0], "approve", json!({})).await;
    asked.ok(200);
    let asked = desk.act(Role::Admin, &cases[0], "refund", json!({})).await;
    assert!(asked.status == 200 || asked.status == 409, "{}", asked.text);
    let told = async {
        // First the provider hangs; then the other case's clock comes to its end.
        hung.0.notified().await;
        let far = desk.desk.clock.now().plus_millis(60 * 24 * HOUR_MS);
        desk.desk.clock.move_to(far);
        while desk.told(&cases[1]).await.len() < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = run_forever(&desk.desk) => panic!("it runs until it is dropped"),
        told = tokio::time::timeout(Duration::from_secs(20), told) => told.unwrap(),
    }
}

#[tokio::test]
async fn a_shop_whose_time_zone_is_unknown_keeps_no_other_from_its_anchor() {
    let folder = std::env::temp_dir().join(format!("amends-api-zones-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("amends.sqlite");
    let desk = serve(&Target::SqliteFile(file.clone())).await;
    let (other, _) = desk.other_shop().await;
    let mut connection = SqliteConnectOptions::new()
        .filename(&file)
        .connect()
        .await
        .unwrap();
    let store: &Store = &desk.desk.store;
    for shop in store.shops_list().await.unwrap() {
        let zone = if shop.id == other {
            "Asia/Shanghai"
        } else {
            "Mars/Olympus"
        };
        sqlx::query("UPDATE shops SET time_zone = $1 WHERE shop_id = $2")
            .bind(zone)
            .bind(shop.id.to_string())
            .execute(&mut connection)
            .await
            .unwrap();
    }
    anchors_run(&desk.desk).await.unwrap();
    assert_eq!(store.anchors_list(other).await.unwrap().len(), 1);
    std::fs::remove_dir_all(&folder).ok();
}
