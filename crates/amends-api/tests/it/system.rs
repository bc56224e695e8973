//! The service as such: health, figures, headers, unknown addresses, the movable clock.

use amends_api::ApiOptions;
use amends_app::Target;
use amends_domain::actor::Role;
use serde_json::json;

use crate::ask::Ask;
use crate::fixture::{serve, serve_with};
use crate::place::on_both;

#[tokio::test]
async fn health_readiness_and_figures_are_told() {
    on_both(async |target| {
        let desk = serve(target).await;
        for path in ["/healthz", "/readyz"] {
            assert_eq!(Ask::get(path).of(&desk.app).await.status, 200);
        }
        desk.get(Role::Agent, "/api/v1/cases/case_00000000000000000000000000000000")
            .await
            .refused(404, "not_found");
        Ask::get("/nowhere/138-0000-1234")
            .of(&desk.app)
            .await
            .refused(404, "unknown_route");
        let figures = Ask::get("/metrics").of(&desk.app).await;
        for line in [
            "amends_shops 1",
            "amends_open_cases 0",
            r#"amends_http_requests_total{method="GET",path="/api/v1/cases/{id}",status="404"} 1"#,
            r#"amends_http_requests_total{method="GET",path="(none)",status="404"} 1"#,
            r#"amends_http_request_seconds_count{method="GET",path="/healthz"} 1"#,
        ] {
            assert!(figures.text.contains(line), "{line} in {}", figures.text);
        }
        assert!(!figures.text.contains("138-0000"));
    })
    .await;
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let desk = serve(&Target::SqliteMemory).await;
    let ok = desk.get(Role::Agent, "/api/v1/shop").await;
    let lost = Ask::get("/lost").of(&desk.app).await;
    for answer in [ok, lost] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
    let wrong = Ask::method("PATCH", "/api/v1/shop").of(&desk.app).await;
    wrong.refused(405, "wrong_method");
    assert!(wrong.header("allow").contains("GET"));
    let made_up = Ask::method("BREW", "/api/v1/shop").of(&desk.app).await;
    made_up.refused(405, "wrong_method");
    let odd = Ask::get("/api/v1/cases/%FF")
        .token(desk.token(Role::Agent))
        .of(&desk.app)
        .await;
    odd.refused(404, "unknown_route");
}

#[tokio::test]
async fn errors_speak_the_callers_language() {
    let desk = serve(&Target::SqliteMemory).await;
    for (language, tag, title) in [
        ("", "zh-CN", "请先登录"),
        ("zh-TW,zh;q=0.9", "zh-TW", "請先登入"),
        ("en-GB", "en", "Sign in first"),
    ] {
        let answer = Ask::get("/api/v1/me")
            .header("accept-language", language)
            .of(&desk.app)
            .await;
        assert_eq!(answer.refused(401, "unauthenticated")["title"], title);
        assert_eq!(answer.header("content-language"), tag);
    }
}

#[tokio::test]
async fn only_the_same_machine_moves_the_clock_and_only_where_it_can_be_moved() {
    let desk = serve(&Target::SqliteMemory).await;
    let ask = |body: serde_json::Value| Ask::post("/_clock", &body);
    let moved = ask(json!({ "advance_ms": 3_600_000 }))
        .of(&desk.app)
        .await
        .ok(200);
    assert_eq!(
        moved,
        json!({ "now": "2025-12-31T17:00:00.000Z", "deadlines": 0, "effects": 0 })
    );
    let to = json!({ "to": "2026-01-02T00:00:00+08:00" });
    assert_eq!(
        ask(to.clone()).of(&desk.app).await.ok(200)["now"],
        "2026-01-01T16:00:00.000Z"
    );
    let past = json!({ "to": "2020-01-01T00:00:00Z" });
    assert_eq!(
        ask(past).of(&desk.app).await.ok(200)["now"],
        "2026-01-01T16:00:00.000Z"
    );
    ask(json!({})).of(&desk.app).await.refused(422, "invalid");
    ask(to.clone())
        .peer("192.168.1.9:1000")
        .of(&desk.app)
        .await
        .refused(403, "loopback_only");
    ask(to.clone())
        .peer("[::ffff:127.0.0.1]:1000")
        .of(&desk.app)
        .await
        .ok(200);
    ask(to.clone())
        .header("sec-fetch-site", "cross-site")
        .of(&desk.app)
        .await
        .refused(403, "cross_site");

    let served = serve_with(&Target::SqliteMemory, ApiOptions::default()).await;
    ask(to).of(&served.app).await.refused(404, "unknown_route");
}

#[tokio::test]
async fn a_database_that_went_away_is_told_as_such() {
    let desk = serve(&Target::SqliteMemory).await;
    desk.desk.store.clone().close().await;
    let answer = Ask::get("/readyz").of(&desk.app).await;
    answer.refused(503, "store_unavailable");
    assert_eq!(answer.header("retry-after"), "10");
    assert!(!answer.text.contains("pool"), "{}", answer.text);
    assert_eq!(Ask::get("/healthz").of(&desk.app).await.status, 200);
}
