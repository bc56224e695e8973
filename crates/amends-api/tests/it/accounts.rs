//! Signing in and out, people, tokens.

use amends_api::ApiOptions;
use amends_app::Target;
use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, PASSWORD, serve, serve_with};
use crate::place::on_both;

async fn sign_in(desk: &Fixture, login: &str, password: &str) -> Answer {
    Ask::post(
        "/api/v1/sessions",
        &json!({ "login": login, "password": password }),
    )
    .of(&desk.app)
    .await
}

pub(crate) fn secret(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie");
    let pair = cookie.split(';').next().unwrap();
    pair.strip_prefix("amends_session=").unwrap().to_owned()
}

async fn me(desk: &Fixture, secret: &str) -> Answer {
    Ask::get("/api/v1/me").cookie(secret).of(&desk.app).await
}

#[tokio::test]
async fn a_session_begins_and_ends() {
    on_both(async |target| {
        let desk = serve(target).await;
        let answer = sign_in(&desk, "xiao-man", PASSWORD).await;
        assert_eq!(answer.ok(201)["role"], "agent");
        let cookie = answer.header("set-cookie");
        for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Secure") && !answer.text.contains(&secret(&answer)));
        let (one, other) = (
            secret(&answer),
            secret(&sign_in(&desk, "xiao-man", PASSWORD).await),
        );
        let who = me(&desk, &one).await.ok(200);
        assert_eq!(
            (&who["shop_name"], &who["role"]),
            (&json!("演示店铺"), &json!("agent"))
        );
        let third = secret(&sign_in(&desk, "xiao-man", PASSWORD).await);

        let end = |path: &str, secret: &str| {
            let json = "application/json";
            Ask::method("DELETE", path)
                .cookie(secret)
                .header("content-type", json)
                .of(&desk.app)
        };
        let ended = end("/api/v1/sessions/current", &one).await;
        assert!(ended.header("set-cookie").contains("Max-Age=0"));
        ended.ok(204);
        me(&desk, &one).await.refused(401, "unauthenticated");
        me(&desk, &other).await.ok(200);
        end("/api/v1/sessions", &other).await.ok(204);
        me(&desk, &other).await.refused(401, "unauthenticated");
        me(&desk, &third).await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_guesser_is_slowed_down_and_told_nothing() {
    let options = ApiOptions {
        sign_in_per_minute: 3,
        secure_cookies: true,
        ..ApiOptions::default()
    };
    let desk = serve_with(&Target::SqliteMemory, options).await;
    let good = sign_in(&desk, "xiao-man", PASSWORD).await;
    assert!(good.header("set-cookie").contains("; Secure"));
    let wrong = sign_in(&desk, "xiao-man", "not the password")
        .await
        .refused(401, "wrong_password");
    let nobody = sign_in(&desk, "nobody", "not the password")
        .await
        .refused(401, "wrong_password");
    assert_eq!(wrong, nobody);
    sign_in(&desk, "xiao-man", "x")
        .await
        .refused(401, "wrong_password");
    let limited = sign_in(&desk, "xiao-man", PASSWORD).await;
    limited.refused(429, "too_many_attempts");
    assert!(limited.header("retry-after").parse::<u64>().unwrap() > 0);
    // The limit is each login's from each peer.
    let body = json!({ "login": "xiao-man", "password": PASSWORD });
    let elsewhere = Ask::post("/api/v1/sessions", &body).peer("10.0.0.9:4000");
    elsewhere.of(&desk.app).await.ok(201);
    sign_in(&desk, "zhu-guan", PASSWORD).await.ok(201);
}

#[tokio::test]
async fn a_cookie_is_of_no_use_to_another_site() {
    let desk = serve(&Target::SqliteMemory).await;
    let secret = secret(&sign_in(&desk, "dian-zhu", PASSWORD).await);
    let body = json!({ "role": "machine", "label": "erp" });
    let ask = || Ask::post("/api/v1/tokens", &body).cookie(&secret);
    let form = Ask::method("POST", "/api/v1/tokens")
        .cookie(&secret)
        .raw("role=machine");
    form.clone().of(&desk.app).await.refused(403, "cookie_needs_json");
    let form = form.header("content-type", "text/plain");
    form.of(&desk.app).await.refused(403, "cookie_needs_json");
    ask()
        .header("sec-fetch-site", "cross-site")
        .of(&desk.app)
        .await
        .refused(403, "cross_site");
    ask()
        .header("sec-fetch-site", "same-origin")
        .of(&desk.app)
        .await
        .ok(201);
}

#[tokio::test]
async fn tokens_work_until_they_expire_or_are_revoked() {
    on_both(async |target| {
        let desk = serve(target).await;
        let admin = desk.token(Role::Admin);
        let make = |body: Value| Ask::post("/api/v1/tokens", &body).token(admin).of(&desk.app);
        let made = make(json!({ "role": "machine", "label": "ERP" })).await.ok(201);
        let secret = made["secret"].as_str().unwrap();
        let who = Ask::get("/api/v1/me").token(secret).of(&desk.app).await.ok(200);
        assert_eq!((&who["role"], &who["token"]), (&json!("machine"), &made["id"]));
        let path = format!("/api/v1/tokens/{}", made["id"].as_str().unwrap());
        Ask::method("DELETE", &path)
            .token(admin)
            .of(&desk.app)
            .await
            .ok(204);
        Ask::get("/api/v1/me")
            .token(secret)
            .of(&desk.app)
            .await
            .refused(401, "unauthenticated");
        Ask::method("DELETE", &path)
            .token(admin)
            .of(&desk.app)
            .await
            .refused(404, "not_found");

        let body = json!({ "role": "agent", "label": "old", "expires_at": "2020-01-01T00:00:00Z" });
        let old = make(body).await.ok(201);
        let secret = old["secret"].as_str().unwrap();
        Ask::get("/api/v1/me")
            .token(secret)
            .of(&desk.app)
            .await
            .refused(401, "unauthenticated");
        let listed = desk.get(Role::Admin, "/api/v1/tokens").await;
        assert!(!listed.text.contains(secret));
        assert_eq!(
            listed.ok(200)["tokens"].as_array().unwrap().len(),
            Role::ALL.len() + 2
        );
    })
    .await;
}

#[tokio::test]
async fn somebody_new_signs_in_with_the_role_given() {
    on_both(async |target| {
        let desk = serve(target).await;
        let add = |body: Value| Ask::post("/api/v1/people", &body).token(desk.token(Role::Admin)).of(&desk.app);
        let person = json!({ "login": "xiao-zhang", "password": "一个足够长的密码呀", "display_name": "小张", "role": "auditor" });
        add(person.clone()).await.refused(422, "invalid");
        let person = json!({ "login": "xiao-zhang", "password": "一个足够长的密码 2026", "display_name": "小张", "role": "auditor" });
        add(person.clone()).await.ok(201);
        add(person).await.refused(409, "taken");
        let answer = sign_in(&desk, "xiao-zhang", "一个足够长的密码 2026").await;
        assert_eq!(answer.ok(201)["role"], "auditor");
        let people = desk.get(Role::Admin, "/api/v1/people").await.ok(200);
        // The demo shop's seven, and him.
        assert_eq!(people["people"].as_array().unwrap().len(), 8);
    })
    .await;
}

#[tokio::test]
async fn who_handles_cases_knows_his_colleagues_but_not_how_they_sign_in() {
    on_both(async |target| {
        let desk = serve(target).await;
        let people = async |role| desk.get(role, "/api/v1/people").await;
        let to_admin = people(Role::Admin).await.ok(200);
        let to_agent = people(Role::Agent).await.ok(200);
        let (known, seen) = (
            to_admin["people"].as_array().unwrap(),
            to_agent["people"].as_array().unwrap(),
        );
        assert_eq!(known.len(), seen.len());
        for (known, seen) in known.iter().zip(seen) {
            assert!(known["login"].is_string() && seen["login"].is_null());
            for shown in ["id", "display_name", "role"] {
                assert_eq!(known[shown], seen[shown]);
            }
        }
        people(Role::Auditor).await.refused(403, "forbidden");
    })
    .await;
}
