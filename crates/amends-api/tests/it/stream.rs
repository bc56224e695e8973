//! Streams of events: nothing is skipped, nothing comes twice, and they end when they must.

use std::sync::Arc;
use std::time::Duration;

use amends_api::{ApiOptions, router};
use amends_app::Target;
use amends_app::clock::Clock;
use amends_app::desk::Desk;
use amends_app::payments::ByHand;
use amends_app::random::Random;
use amends_app::vault::Vault;
use amends_domain::actor::Role;
use axum::Router;
use axum::body::BodyDataStream;
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, START, paid_order, serve};
use crate::place::on_both;

const STREAM: &str = "/api/v1/events/stream";

/// A stream as its reader has it.
struct Reader {
    body: BodyDataStream,
    text: String,
}

#[derive(Debug, PartialEq)]
struct Message {
    id: String,
    name: String,
    data: Value,
}

impl Reader {
    async fn open(ask: Ask, app: &Router) -> Self {
        let response = ask.begin(app).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = response.into_body().into_data_stream();
        let text = String::new();
        Self { body, text }
    }

    /// The next message; none when the stream has ended.
    async fn next(&mut self) -> Option<Message> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let (message, rest) = (read(message), rest.to_owned());
                self.text = rest;
                if message.is_some() {
                    return message;
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.body.next());
            let chunk = chunk.await.expect("the stream hangs")?.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    async fn all(mut self) -> Vec<Message> {
        let mut messages = Vec::new();
        while let Some(message) = self.next().await {
            messages.push(message);
        }
        messages
    }
}

/// A message, unless it is a comment.
fn read(text: &str) -> Option<Message> {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    Some(Message {
        id: field("id: ").unwrap_or_default().to_owned(),
        name: field("event: ")?.to_owned(),
        data: serde_json::from_str(field("data: ")?).unwrap(),
    })
}

/// A second node on the same database.
fn other_node(desk: &Fixture) -> Router {
    let (clock, random) = (Clock::manual(START), Random::seeded(8));
    let store = desk.desk.store.clone();
    let node = Desk::start(store, clock, random, Vault::new([7; 32]), Arc::new(ByHand));
    router(Arc::new(node), ApiOptions::default())
}

async fn opened(desk: &Fixture, number: &str) -> (String, String) {
    let order = desk.order(&paid_order(number)).await;
    let (link, line) = (desk.link(&order).await, desk.line(&order).await);
    let body = json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
    let case = desk.buyer_opens(&link, body).await;
    (link, case)
}

async fn note(app: &Router, token: &str, case: &str, key: &str) {
    let path = format!("/api/v1/cases/{case}/notes");
    let ask = Ask::post(path, &json!({ "text": "记一笔" }))
        .token(token)
        .key(key);
    ask.of(app).await.ok(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_comes_and_goes_skips_nothing_and_gets_nothing_twice() {
    on_both(async |target: &Target| {
        const NOTES: usize = 20;
        let desk = serve(target).await;
        let (one, other) = (desk.app.clone(), other_node(&desk));
        let cases = [opened(&desk, "S1").await.1, opened(&desk, "S2").await.1];
        let before = events(&desk).await.len();
        let writers = [one.clone(), other]
            .into_iter()
            .zip(cases.clone())
            .map(|(app, case)| {
                let token = desk.token(Role::Agent).to_owned();
                tokio::spawn(async move {
                    for at in 0..NOTES {
                        note(&app, &token, &case, &format!("{case} {at}")).await;
                    }
                })
            });
        let writers: Vec<_> = writers.collect();
        // What another node commits is found when this node commits something, too: the last word is its.
        let (last, token) = (one.clone(), desk.token(Role::Agent).to_owned());
        let last = tokio::spawn(async move {
            for writer in writers {
                writer.await.unwrap();
            }
            note(&last, &token, &cases[0], "the last").await;
        });
        let mut seen: Vec<Message> = Vec::new();
        while seen.len() < before + 2 * NOTES + 1 {
            let mut ask = Ask::get(STREAM).token(desk.token(Role::Machine));
            if let Some(message) = seen.last() {
                ask = ask.header("last-event-id", &message.id);
            }
            let mut reader = Reader::open(ask, &one).await;
            for _ in 0..7.min(before + 2 * NOTES + 1 - seen.len()) {
                seen.push(reader.next().await.unwrap());
            }
        }
        last.await.unwrap();
        let told: Vec<Value> = seen.iter().map(|message| message.data.clone()).collect();
        assert_eq!(told, events(&desk).await);
        for Message { id, name, data } in &seen {
            assert_eq!((&json!(id), &json!(name)), (&data["position"], &data["type"]));
        }
    })
    .await;
}

/// The events as the list has them.
async fn events(desk: &Fixture) -> Vec<Value> {
    let page = desk.get(Role::Machine, "/api/v1/events").await.ok(200);
    page["events"].as_array().unwrap().clone()
}

#[tokio::test]
async fn who_begins_now_hears_only_what_comes() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (_, case) = opened(&desk, "S1").await;
        let ask = Ask::get(format!("{STREAM}?after=now")).token(desk.token(Role::Admin));
        let mut reader = Reader::open(ask, &desk.app).await;
        note(&desk.app, desk.token(Role::Agent), &case, "n").await;
        assert_eq!(reader.next().await.unwrap().name, "text_added");
    })
    .await;
}

#[tokio::test]
async fn another_shop_hears_nothing_and_a_stopping_service_lets_everybody_go() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (_, foreign) = desk.other_shop().await;
        let theirs = Reader::open(Ask::get(STREAM).token(&foreign), &desk.app).await;
        let (_, case) = opened(&desk, "S1").await;
        let mut ours = Reader::open(Ask::get(STREAM).token(desk.token(Role::Auditor)), &desk.app).await;
        assert_eq!(ours.next().await.unwrap().data["case"], json!(case));
        Ask::get("/readyz").of(&desk.app).await;
        desk.desk.stop_begin();
        Ask::get("/readyz").of(&desk.app).await.refused(503, "busy");
        assert_eq!(theirs.all().await, []);
        while ours.next().await.is_some() {}
        // What is asked is still answered.
        note(&desk.app, desk.token(Role::Agent), &case, "n").await;
    })
    .await;
}

#[tokio::test]
async fn a_credential_that_ends_ends_its_stream() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let owner = desk.token(Role::Admin);
        let body = json!({ "role": "machine", "label": "reader" });
        let made = Ask::post("/api/v1/tokens", &body)
            .token(owner)
            .of(&desk.app)
            .await
            .ok(201);
        let ask = Ask::get(STREAM).token(made["secret"].as_str().unwrap());
        let reader = Reader::open(ask.clone(), &desk.app).await;
        let path = format!("/api/v1/tokens/{}", made["id"].as_str().unwrap());
        Ask::method("DELETE", path)
            .token(owner)
            .of(&desk.app)
            .await
            .ok(204);
        opened(&desk, "S1").await;
        assert_eq!(reader.all().await, []);
        ask.of(&desk.app).await.refused(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_reader_who_goes_away_frees_his_place() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let ask = |role| Ask::get(STREAM).token(desk.token(role));
        let mut open = Vec::new();
        for _ in 0..6 {
            open.push(Reader::open(ask(Role::Machine), &desk.app).await);
        }
        let refused = ask(Role::Machine).of(&desk.app).await;
        assert_eq!(
            refused.refused(429, "too_many_at_once")["facts"],
            json!({ "at_most": 6 })
        );
        Reader::open(ask(Role::Admin), &desk.app).await;
        open.pop();
        Reader::open(ask(Role::Machine), &desk.app).await;
        Reader::open(ask(Role::Machine), &desk.app).await;
        // One that is refused takes no place.
        for _ in 0..9 {
            let bad = ask(Role::Machine).header("last-event-id", "x");
            bad.of(&desk.app).await.refused(422, "invalid");
        }
        open.push(Reader::open(ask(Role::Machine), &desk.app).await);
    })
    .await;
}

#[tokio::test]
async fn a_buyer_follows_his_case_and_hears_what_his_timeline_shows() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let ((link, case), (other, _)) = (opened(&desk, "S1").await, opened(&desk, "S2").await);
        let path = format!("/api/v1/buyer/cases/{case}/stream");
        let ask = |link: &str| Ask::get(&path).link(link);
        let mut reader = Reader::open(ask(&link), &desk.app).await;
        let mut seen = vec![reader.next().await.unwrap()];
        note(&desk.app, desk.token(Role::Agent), &case, "n").await;
        let said = desk
            .buyer_acts(&link, &case, "messages", json!({ "text": "在吗" }))
            .await;
        said.ok(200);
        seen.push(reader.next().await.unwrap());
        let last = seen[1].id.clone();
        desk.hours_pass(48).await;
        let again = ask(&link).header("last-event-id", &last);
        let timeline = format!("/api/v1/buyer/cases/{case}/timeline");
        let timeline = Ask::get(timeline).link(&link).of(&desk.app).await.ok(200);
        let entries = timeline["entries"].as_array().unwrap();
        let mut again = Reader::open(again, &desk.app).await;
        while seen.len() < entries.len() {
            seen.push(again.next().await.unwrap());
        }
        for (message, entry) in seen.iter().zip(entries) {
            assert_eq!(&message.data, entry);
            assert_eq!(message.id, entry["seq"].to_string());
        }
        desk.desk.stop_begin();
        assert_eq!(again.all().await, [], "nothing else");
        ask(&other).of(&desk.app).await.refused(404, "not_found");
        ask("v1.x").of(&desk.app).await.refused(401, "link_tampered");
        let query = format!("{path}?link={link}&after=99999999999999999999");
        Ask::get(query).of(&desk.app).await.refused(422, "invalid");
    })
    .await;
}

#[tokio::test]
async fn a_place_in_the_stream_that_is_none_is_refused() {
    let desk = serve(&Target::SqliteMemory).await;
    for id in ["x", "1", "1-", "-1-x", "1-2-3", "99999999999999999999-0"] {
        let ask = Ask::get(STREAM).token(desk.token(Role::Admin));
        ask.header("last-event-id", id)
            .of(&desk.app)
            .await
            .refused(422, "invalid");
        desk.get(Role::Admin, &format!("{STREAM}?after={id}"))
            .await
            .refused(422, "invalid");
    }
    let ask = Ask::get(STREAM)
        .token(desk.token(Role::Admin))
        .header("last-event-id", " ");
    Reader::open(ask, &desk.app).await;
}

#[tokio::test]
async fn a_desk_hears_what_changes_and_who_looks_at_it() {
    let desk = serve(&Target::SqliteMemory).await;
    let stream = || Ask::get("/api/v1/desk/stream").token(desk.token(Role::Agent));
    let mut reader = Reader::open(stream(), &desk.app).await;
    let order = desk.order(&paid_order("D1")).await;
    let (link, line) = (desk.link(&order).await, desk.line(&order).await);
    let body = json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
    let case = desk.buyer_opens(&link, body).await;
    let first = reader.next().await.unwrap();
    assert_eq!(first.name, "changed");
    assert_eq!(first.data, json!({ "case": case, "seq": 1, "type": "opened" }));
    let last = desk.case(&case).await["seq"].as_u64().unwrap();
    let mut at = first;
    while at.data["seq"].as_u64() != Some(last) {
        at = reader.next().await.unwrap();
    }

    // A supervisor looks at it, types, and goes; then somebody is there who says nothing more.
    let says = async |state: Value| {
        let path = format!("/api/v1/cases/{case}/presence");
        let ask = Ask::method("PUT", path).json(&json!({ "state": state }));
        ask.token(desk.token(Role::Supervisor))
            .of(&desk.app)
            .await
            .ok(204);
    };
    let states = |message: &Message| -> Vec<Value> {
        assert_eq!((message.id.as_str(), message.name.as_str()), ("", "presence"));
        assert_eq!(message.data["case"], json!(case));
        let people = message.data["people"].as_array().unwrap().iter();
        people.map(|person| person["state"].clone()).collect()
    };
    for state in ["viewing", "typing"] {
        says(json!(state)).await;
        assert_eq!(states(&reader.next().await.unwrap()), [json!(state)]);
    }
    says(Value::Null).await;
    assert_eq!(states(&reader.next().await.unwrap()), [Value::Null; 0]);
    says(json!("viewing")).await;
    assert_eq!(states(&reader.next().await.unwrap()), [json!("viewing")]);
    desk.desk.clock.move_to(desk.desk.clock.now().plus_millis(30_000));
    assert_eq!(states(&reader.next().await.unwrap()), [Value::Null; 0]);

    // Whoever comes back gets what he has missed, and not what he had.
    desk.act(Role::Agent, &case, "withdraw", json!({})).await.ok(200);
    let back = stream().header("last-event-id", at.id.clone());
    let missed = Reader::open(back, &desk.app).await.next().await.unwrap();
    assert_eq!(missed.data["seq"], last + 1);
    let nowhere = Ask::method(
        "PUT",
        "/api/v1/cases/case_00000000000000000000000000000000/presence",
    );
    let nowhere = nowhere
        .json(&json!({ "state": "viewing" }))
        .token(desk.token(Role::Agent));
    assert_eq!(nowhere.of(&desk.app).await.status, 404);
}
