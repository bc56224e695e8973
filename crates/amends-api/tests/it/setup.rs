//! The first shop of an installation, founded in the browser.

use std::sync::Arc;

use amends_api::{ApiOptions, router};
use amends_app::Store;
use amends_app::clock::Clock;
use amends_app::desk::Desk;
use amends_app::payments::ByHand;
use amends_app::random::Random;
use amends_app::vault::Vault;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::START;
use crate::place::on_both;

fn founding(token: &str) -> Value {
    json!({ "token": token, "shop": "新店", "time_zone": "Asia/Shanghai", "currency": "CNY",
        "login": "dian-zhu", "display_name": "店主", "password": "chang-yi-dian-de" })
}

#[tokio::test]
async fn whoever_started_the_program_founds_the_first_shop_once() {
    on_both(async |target| {
        let store = Store::connect(target).await.unwrap();
        store.migrate().await.unwrap();
        let (vault, payments) = (Vault::new([7; 32]), Arc::new(ByHand));
        let mut desk = Desk::start(store, Clock::manual(START), Random::seeded(7), vault, payments);
        desk.setup_token = Some("shown-at-the-start".to_owned());
        let options = ApiOptions {
            sign_in_per_minute: 1_000,
            sign_in_per_minute_peer: 1_000,
            ..ApiOptions::default()
        };
        let app = router(Arc::new(desk), options);
        let needed = async || Ask::get("/api/v1/setup").of(&app).await.ok(200)["needed"].clone();
        let found = async |body: &Value| Ask::post("/api/v1/setup", body).of(&app).await;
        assert_eq!(needed().await, true);
        for token in ["", "shown-at-the-star", "shown-at-the-start-"] {
            found(&founding(token)).await.refused(401, "setup_token");
        }
        let mut short = founding("shown-at-the-start");
        short["password"] = json!("short");
        found(&short).await.refused(422, "invalid");
        assert_eq!(found(&founding("shown-at-the-start")).await.status, 201);
        assert_eq!(needed().await, false);
        found(&founding("shown-at-the-start"))
            .await
            .refused(401, "setup_token");

        let sign_in = json!({ "login": "dian-zhu", "password": "chang-yi-dian-de" });
        let signed_in = Ask::post("/api/v1/sessions", &sign_in).of(&app).await.ok(201);
        assert_eq!(signed_in["role"], "admin");
    })
    .await;
}
