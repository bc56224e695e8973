//! What makes writes safe: keys, terms, strict bodies, limits.

use amends_api::ApiOptions;
use amends_app::Target;
use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, paid_order, serve, serve_with, yuan};
use crate::place::on_both;

/// A shop with a refund-only case; its id, and the body it was opened with.
async fn with_case(target: &Target) -> (Fixture, String, Value) {
    let desk = serve(target).await;
    let order = desk.order(&paid_order("S1")).await;
    let line = desk.line(&order).await;
    let body = json!({ "order": order, "kind": "refund_only", "reason": "regret",
        "lines": [{ "line": line, "units": 1 }] });
    let opened = Ask::post("/api/v1/cases", &body)
        .token(desk.token(Role::Agent))
        .key("k1")
        .of(&desk.app)
        .await;
    assert_eq!(opened.header("etag"), format!("\"{}\"", opened.ok(201)["terms"]));
    (desk, opened.ok(201)["case"].as_str().unwrap().to_owned(), body)
}

#[tokio::test]
async fn a_repeated_write_is_carried_out_once() {
    on_both(async |target| {
        let (desk, case, body) = with_case(target).await;
        let ask = |key: &str, body: &Value| {
            Ask::post("/api/v1/cases", body)
                .token(desk.token(Role::Agent))
                .key(key)
        };
        let again = ask("k1", &body).of(&desk.app).await.ok(201);
        assert_eq!((&again["case"], &again["replayed"]), (&json!(case), &json!(true)));
        let mut other = body.clone();
        other["photos"] = json!(1);
        ask("k1", &other).of(&desk.app).await.refused(422, "key_reused");
        let nameless = Ask::post("/api/v1/cases", &body).token(desk.token(Role::Agent));
        nameless
            .of(&desk.app)
            .await
            .refused(428, "idempotency_key_required");
        // Another caller's key is another key.
        let theirs = Ask::post("/api/v1/cases", &body)
            .token(desk.token(Role::Supervisor))
            .key("k1");
        assert_ne!(theirs.of(&desk.app).await.ok(201)["case"], json!(case));

        let approve = |key: &str, terms: u64| {
            let path = format!("/api/v1/cases/{case}/approve");
            Ask::post(path, &json!({}))
                .token(desk.token(Role::Agent))
                .key(key)
                .terms(terms)
        };
        let terms = desk.case(&case).await["terms"].as_u64().unwrap();
        let first = approve("k2", terms).of(&desk.app).await.ok(200);
        // The answer got lost, and the client asks again with what it saw then.
        let second = approve("k2", terms).of(&desk.app).await.ok(200);
        assert_eq!(
            (&second["seq"], &second["replayed"]),
            (&first["seq"], &json!(true))
        );
        ask(&"k".repeat(201), &body)
            .of(&desk.app)
            .await
            .refused(422, "invalid");
    })
    .await;
}

#[tokio::test]
async fn a_decision_rests_on_the_latest_terms() {
    on_both(async |target| {
        let (desk, case, _) = with_case(target).await;
        let ask = |action: &str, body: Value| {
            Ask::post(format!("/api/v1/cases/{case}/{action}"), &body)
                .token(desk.token(Role::Supervisor))
                .key(action)
        };
        let findings = json!({ "findings": [] });
        for (action, body) in [
            ("approve", json!({})),
            ("refuse", json!({ "reason": "used" })),
            ("inspect", findings),
            ("refund", json!({})),
            ("record-refund", json!({ "reference": "x" })),
            ("pay-difference", json!({ "amount": yuan(1), "reference": "x" })),
            ("rule", json!({ "ruling": "for_shop" })),
            ("convert-to-refund", json!({})),
        ] {
            ask(action, body.clone())
                .of(&desk.app)
                .await
                .refused(428, "if_match_required");
            let problem = ask(action, body.clone())
                .terms(1)
                .of(&desk.app)
                .await
                .refused(412, "stale_terms");
            assert_eq!(problem["facts"], json!({ "seen": 1, "now": 2 }), "{action}");
            ask(action, body)
                .header("if-match", "*")
                .of(&desk.app)
                .await
                .refused(422, "invalid");
        }
        // Words change no terms, and need none.
        ask("messages", json!({ "text": "您好，正在为您核实" }))
            .terms(1)
            .of(&desk.app)
            .await
            .ok(200);
        assert_eq!(desk.case(&case).await["terms"], 2);
        // Where terms are not required they still count.
        ask("withdraw", json!({}))
            .terms(1)
            .of(&desk.app)
            .await
            .refused(412, "stale_terms");
        ask("withdraw", json!({}))
            .header("idempotency-key", "other")
            .of(&desk.app)
            .await
            .ok(200);
    })
    .await;
}

/// Each line: a body, the status, the code, and the field that is named. CASE stands for a case
/// without its closing brace.
const BODIES: &str = r#"
{                                                      => 400 malformed_json
{} {}                                                  => 400 malformed_json
{'kind':1}                                             => 400 malformed_json
[]                                                     => 422 invalid body
{}                                                     => 422 invalid kind
                                                       => 422 invalid kind
{"kind":"refund_only","reason":"regret","lines":[]}    => 422 invalid order
null                                                   => 422 invalid body
CASE,"colour":"red"}                                   => 422 invalid colour
CASE,"kind":"exchange"}                                => 422 invalid kind
CASE,"photos":-1}                                      => 422 invalid photos
CASE,"photos":4294967296}                              => 422 invalid photos
CASE,"amount":{"minor":1.5,"currency":"CNY"}}          => 422 invalid amount.minor
CASE,"amount":{"minor":1,"currency":"CNY","x":1}}      => 422 invalid amount.x
CASE,"amount":{"minor":1,"currency":"元"}}             => 422 invalid amount
CASE,"text":"a\u0000b"}                                => 422 invalid text
CASE,"text":""}                                        => 422 invalid text
CASE,"text":"a\ud800b"}                                => 400 malformed_json
CASE}                                                  => 404 not_found
"#;

const CASE: &str = r#"{"order":"order_00000000000000000000000000000000","kind":"refund_only",
    "reason":"regret","lines":[]"#;

#[tokio::test]
async fn a_body_is_read_strictly_and_its_fault_is_named() {
    let desk = serve(&Target::SqliteMemory).await;
    let send = |body: &[u8], kind: &str| {
        let ask = Ask::method("POST", "/api/v1/cases").token(desk.token(Role::Agent));
        ask.key("k").raw(body).header("content-type", kind).of(&desk.app)
    };
    let json = "application/json; charset=utf-8";
    for row in BODIES.lines().filter(|row| !row.is_empty()) {
        let (body, expected) = row.split_once("=> ").unwrap();
        let body = body.trim().replace("CASE", CASE);
        let problem = send(body.as_bytes(), json).await;
        let (status, code) = problem.problem();
        let facts = problem.refused(status, &code)["facts"].clone();
        let field = facts["field"].as_str().unwrap_or_default();
        assert_eq!(format!("{status} {code} {field}").trim(), expected, "{body}");
    }
    let nested = CASE.replace("[]", r#"[{"line":"x","units":1}]"#) + "}";
    let problem = send(nested.as_bytes(), json).await.refused(422, "invalid");
    assert_eq!(problem["facts"]["field"], "lines[0].line");
    send(&[0x7b, 0xff, 0x7d], json)
        .await
        .refused(400, "malformed_json");
    send("\u{feff}{}".as_bytes(), json)
        .await
        .refused(400, "malformed_json");
    for kind in [
        "text/plain",
        "",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        send(b"{}", kind).await.refused(415, "wrong_content_type");
    }
}

#[tokio::test]
async fn a_body_above_the_limit_is_not_read() {
    let options = ApiOptions {
        body_limit_bytes: 1_000,
        ..ApiOptions::default()
    };
    let desk = serve_with(&Target::SqliteMemory, options).await;
    let body = json!({ "text": "长".repeat(1_000) });
    let ask = Ask::post("/api/v1/orders", &body).token(desk.token(Role::Machine));
    let problem = ask.of(&desk.app).await.refused(413, "body_too_large");
    assert_eq!(problem["facts"], json!({ "limit_bytes": 1_000 }));
}

#[tokio::test]
async fn what_is_above_ones_authority_names_whom_to_ask() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut draft = paid_order("S9");
        draft["lines"][0]["price"] = yuan(60_000);
        let order = desk.order(&draft).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 2 }] });
        let case = desk.buyer_opens(&link, body).await;
        let problem = desk
            .act(Role::Agent, &case, "approve", json!({}))
            .await
            .refused(403, "above_authority");
        assert_eq!(problem["facts"]["limit"], yuan(50_000));
        assert!(
            problem["detail"].as_str().unwrap().ends_with("请转给主管审批。"),
            "{problem}"
        );
        desk.act(Role::Supervisor, &case, "approve", json!({}))
            .await
            .ok(200);
    })
    .await;
}
