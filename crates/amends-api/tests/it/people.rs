//! Barring somebody, letting him in again, passwords, leaving the shop.

use amends_api::ApiOptions;
use amends_app::Target;
use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, PASSWORD, serve, serve_with};
use crate::place::on_both;

const NEW: &str = "另一个够长的密码";

async fn sign_in(desk: &Fixture, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    Ask::post("/api/v1/sessions", &body).of(&desk.app).await
}

async fn session(desk: &Fixture, login: &str) -> String {
    let answer = sign_in(desk, login, PASSWORD).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let cookie = answer.header("set-cookie");
    let pair = cookie.split(';').next().unwrap();
    pair.strip_prefix("amends_session=").unwrap().to_owned()
}

async fn me(desk: &Fixture, secret: &str) -> Answer {
    Ask::get("/api/v1/me").cookie(secret).of(&desk.app).await
}

async fn person(desk: &Fixture, login: &str) -> String {
    let people = desk.get(Role::Admin, "/api/v1/people").await.ok(200);
    let people = people["people"].as_array().unwrap();
    let found = people.iter().find(|person| person["login"] == login).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

fn manage(method: &str, person: &str, what: &str, body: &Value) -> Ask {
    Ask::method(method, format!("/api/v1/people/{person}/{what}")).json(body)
}

#[tokio::test]
async fn somebody_barred_is_out_at_once_until_he_is_let_in_again() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (agent, owner) = (session(&desk, "xiao-man").await, session(&desk, "dian-zhu").await);
        let (id, own) = (person(&desk, "xiao-man").await, person(&desk, "dian-zhu").await);
        let ask = async |id: &str, what: &str| {
            let ask = manage("POST", id, what, &json!({})).cookie(&owner);
            ask.of(&desk.app).await
        };
        ask(&own, "disable").await.refused(409, "oneself");
        ask(&id, "disable").await.ok(204);
        me(&desk, &agent).await.refused(401, "unauthenticated");
        let barred = sign_in(&desk, "xiao-man", PASSWORD).await;
        barred.refused(401, "wrong_password");
        ask(&id, "enable").await.ok(204);
        // What was ended stays ended.
        me(&desk, &agent).await.refused(401, "unauthenticated");
        sign_in(&desk, "xiao-man", PASSWORD).await.ok(201);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_all_sessions_and_needs_the_old_one_or_the_owner() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (one, other) = (session(&desk, "xiao-man").await, session(&desk, "xiao-man").await);
        let (id, chief) = (person(&desk, "xiao-man").await, person(&desk, "zhu-guan").await);
        let change = async |id: &str, body: Value| {
            let ask = manage("PUT", id, "password", &body).cookie(&one);
            ask.of(&desk.app).await
        };
        let body = json!({ "old": PASSWORD, "password": NEW });
        change(&chief, body.clone()).await.refused(403, "forbidden");
        let unproven = change(&id, json!({ "password": "密码密码密码密码密码" })).await;
        unproven.refused(401, "wrong_password");
        let short = change(&id, json!({ "old": PASSWORD, "password": "短" })).await;
        short.refused(422, "invalid");
        let body = json!({ "old": PASSWORD, "password": "密码密码密码密码密码" });
        change(&id, body).await.ok(204);
        for secret in [&one, &other] {
            me(&desk, secret).await.refused(401, "unauthenticated");
        }
        let old = sign_in(&desk, "xiao-man", PASSWORD).await;
        old.refused(401, "wrong_password");

        let reset = json!({ "password": "店主给的新密码 2026" });
        let reset = manage("PUT", &id, "password", &reset).token(desk.token(Role::Admin));
        reset.of(&desk.app).await.ok(204);
        let new = sign_in(&desk, "xiao-man", "店主给的新密码 2026").await;
        new.ok(201);
    })
    .await;
}

#[tokio::test]
async fn another_role_counts_from_the_next_request_on_and_nobody_gives_it_to_himself() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (agent, owner) = (session(&desk, "xiao-man").await, session(&desk, "dian-zhu").await);
        let (id, own) = (person(&desk, "xiao-man").await, person(&desk, "dian-zhu").await);
        let give = async |id: &str, role: &str, secret: &str| {
            let ask = manage("PUT", id, "membership", &json!({ "role": role }));
            ask.cookie(secret).of(&desk.app).await
        };
        give(&id, "supervisor", &agent).await.refused(403, "forbidden");
        give(&own, "agent", &owner).await.refused(409, "oneself");
        give(&id, "king", &owner).await.refused(422, "invalid");
        give(&id, "supervisor", &owner).await.ok(204);
        assert_eq!(me(&desk, &agent).await.ok(200)["role"], "supervisor");
        give("person_019c9587540071018101010101010101", "agent", &owner)
            .await
            .refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn who_leaves_the_shop_is_out_and_an_account_of_two_shops_is_nobodys_to_bar() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (agent, id) = (session(&desk, "xiao-man").await, person(&desk, "xiao-man").await);
        let (shop, _) = desk.other_shop().await;
        let elsewhere = desk
            .desk
            .store
            .membership_set(shop, id.parse().unwrap(), Role::Agent);
        elsewhere.await.unwrap();
        let ask = async |method: &str, what: &str| {
            let ask = manage(method, &id, what, &json!({ "password": NEW }));
            ask.token(desk.token(Role::Admin)).of(&desk.app).await
        };
        ask("POST", "disable").await.refused(409, "other_shops");
        ask("PUT", "password").await.refused(409, "other_shops");
        ask("DELETE", "membership").await.ok(204);
        me(&desk, &agent).await.refused(401, "unauthenticated");
        ask("DELETE", "membership").await.refused(404, "not_found");
        ask("POST", "enable").await.refused(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn one_peer_does_not_try_every_login() {
    let options = ApiOptions {
        sign_in_per_minute_peer: 3,
        ..ApiOptions::default()
    };
    let desk = serve_with(&Target::SqliteMemory, options).await;
    for login in ["one", "two", "three"] {
        let wrong = sign_in(&desk, login, PASSWORD).await;
        wrong.refused(401, "wrong_password");
    }
    let limited = sign_in(&desk, "xiao-man", PASSWORD).await;
    limited.refused(429, "too_many_attempts");
    let body = json!({ "login": "xiao-man", "password": PASSWORD });
    let from = async |peer| {
        let ask = Ask::post("/api/v1/sessions", &body).peer(peer);
        ask.of(&desk.app).await.status
    };
    assert_eq!(from("10.0.0.9:4000").await, 201);
    // Whoever has one IPv6 address has its whole network.
    for port in ["[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1"] {
        assert_eq!(from(port).await, 201);
    }
    assert_eq!(from("[2001:db8::4]:1").await, 429);
    assert_eq!(from("[2001:db8:0:1::4]:1").await, 201);
}

#[tokio::test]
async fn a_token_is_not_made_under_a_key_that_nobody_keeps() {
    let desk = serve(&Target::SqliteMemory).await;
    let body = json!({ "role": "machine", "label": "erp" });
    let ask = Ask::post("/api/v1/tokens", &body).token(desk.token(Role::Admin));
    let refused = ask.clone().key("k").of(&desk.app).await;
    assert_eq!(
        refused.refused(422, "invalid")["facts"]["field"],
        "Idempotency-Key"
    );
    ask.of(&desk.app).await.ok(201);
}
