//! Evidence: what is handed in arrives whole or not at all, and is shown to whom it concerns.

use std::path::Path;

use amends_app::Target;
use amends_app::clock::wall_now;
use amends_app::evidence::{Swept, evidence_sweep};
use amends_app::prune::prune_run;
use amends_domain::actor::Role;
use amends_domain::event::Event;
use amends_domain::policy::condition::Verdict;
use axum::body::to_bytes;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, HOUR_MS, delivered_order, paid_order, serve};
use crate::place::on_both;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x03IHDRabcCRC1\0\0\0\x04IDATdataCRC2\0\0\0\0IENDCRC3";
const WAITING: &str = "/api/v1/buyer/evidence";
const DAY_MS: i64 = 24 * HOUR_MS;

fn piece(path: &str, kind: &str, media: &str, content: &[u8]) -> Ask {
    Ask::method("POST", path)
        .raw(content)
        .header("evidence-kind", kind)
        .header("content-type", media)
}

pub(crate) fn photo(path: &str) -> Ask {
    piece(path, "photo", "image/png", PNG).header("evidence-name", "%E7%A0%B4%E6%B4%9E.png")
}

/// A picture that the shop takes of what came back.
pub(crate) async fn picture_taken(desk: &Fixture, case: &str) -> Value {
    let taken = photo(&format!("/api/v1/cases/{case}/evidence")).token(desk.token(Role::Agent));
    taken.key(case).of(&desk.app).await.ok(201)["id"].clone()
}

pub(crate) fn chat(path: &str) -> Ask {
    piece(path, "chat_record", "text/plain", "买家：在吗".as_bytes())
}

/// A buyer's link and what he opens a case with.
async fn bought(desk: &Fixture, number: &str) -> (String, Value) {
    let order = desk.order(&paid_order(number)).await;
    let (link, line) = (desk.link(&order).await, desk.line(&order).await);
    let body = json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
    (link, body)
}

async fn opened(desk: &Fixture, number: &str) -> (String, String) {
    let (link, body) = bought(desk, number).await;
    let case = desk.buyer_opens(&link, body).await;
    (link, case)
}

/// The files in a folder and below, by their names.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    found
}

fn ids(list: &Value) -> Vec<&str> {
    let list = list["evidence"].as_array().unwrap();
    list.iter().map(|piece| piece["id"].as_str().unwrap()).collect()
}

fn id(piece: &Value) -> &str {
    piece["id"].as_str().unwrap()
}

#[tokio::test]
async fn what_is_handed_in_comes_out_the_same() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (link, case) = opened(&desk, "V1").await;
        let path = format!("/api/v1/buyer/cases/{case}/evidence");
        let added = photo(&path).link(&link).key("1").of(&desk.app).await.ok(201);
        let digest = added["sha256"].as_str().unwrap();
        assert_eq!(
            (
                &added["case"],
                &added["kind"],
                &added["name"],
                &added["media"],
                &added["bytes"]
            ),
            (
                &json!(case),
                &json!("photo"),
                &json!("破洞.png"),
                &json!("image/png"),
                &json!(PNG.len())
            )
        );
        assert_eq!(added["added_by"], json!({ "kind": "buyer" }));
        assert_eq!(files(&desk.folder.0), [digest]);
        // The same request again is the same piece; the same content under another key is another
        // piece on the same bytes; another content under the same key is refused.
        let again = photo(&path).link(&link).key("1").of(&desk.app).await.ok(201);
        assert_eq!(again, added);
        let twin = photo(&path).link(&link).key("2").of(&desk.app).await.ok(201);
        assert!(twin["id"] != added["id"] && twin["sha256"] == added["sha256"]);
        assert_eq!(files(&desk.folder.0), [digest]);
        let other = chat(&path).link(&link).key("1").of(&desk.app).await;
        other.refused(422, "key_reused");
        let path = format!("/api/v1/evidence/{}", id(&added));
        assert_eq!(desk.get(Role::Agent, &path).await.ok(200)["name"], "破洞.png");
        let content = Ask::get(format!("{path}/content")).token(desk.token(Role::Agent));
        let content = content.begin(&desk.app).await;
        let header = |name: &str| content.headers()[name].to_str().unwrap();
        assert_eq!(header("content-type"), "image/png");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-length"), PNG.len().to_string());
        let saved = format!(
            "attachment; filename=\"{}.png\"; filename*=UTF-8''%E7%A0%B4%E6%B4%9E.png",
            id(&added)
        );
        assert_eq!(header("content-disposition"), saved);
        assert_eq!(to_bytes(content.into_body(), 1_000).await.unwrap(), PNG);
    })
    .await;
}

/// A bad upload by kind, declared type and content, and what it is told.
type Bad<'a> = (&'a str, &'a str, &'a [u8], u16, &'a str);

#[tokio::test]
async fn content_that_will_not_do_is_told_why_and_leaves_nothing() {
    let cut = &PNG[..PNG.len() - 6];
    let program = b"MZ\x90\0".repeat(20);
    let mut large = PNG[..33].to_vec();
    large.resize((15 << 20) + 1, 0);
    let table: &[Bad] = &[
        ("other", "image/png", &program, 422, "evidence_type"),
        ("other", "text/html", b"<html></html>", 422, "evidence_type"),
        ("photo", "image/jpeg", PNG, 422, "evidence_type"),
        ("video", "image/png", PNG, 422, "evidence_type"),
        ("photo", "text/plain", b"hello", 422, "evidence_type"),
        ("other", "text/plain", b"caf\xe9 au lait", 422, "evidence_type"),
        ("photo", "image/png", b"", 422, "evidence_cut_off"),
        ("photo", "image/png", cut, 422, "evidence_cut_off"),
        ("photo", "image/png", &large, 413, "evidence_too_large"),
        ("selfie", "image/png", PNG, 422, "invalid"),
        ("", "image/png", PNG, 422, "invalid"),
    ];
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (link, case) = opened(&desk, "V1").await;
        let path = format!("/api/v1/cases/{case}/evidence");
        for (at, (kind, media, content, status, code)) in table.iter().enumerate() {
            let ask = piece(&path, kind, media, content).key(&format!("{at}"));
            let answer: Answer = ask.token(desk.token(Role::Agent)).of(&desk.app).await;
            assert_eq!(
                answer.problem(),
                (*status, (*code).to_owned()),
                "{kind} {media} {at}"
            );
        }
        let theirs = photo(&path).link(&link).key("k").of(&desk.app).await;
        theirs.refused(401, "unauthenticated");
        assert_eq!(files(&desk.folder.0), Vec::<String>::new());
        let list = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!(list["evidence"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn headers_that_will_not_do_are_told_why() {
    let long = "%E9%95%BF".repeat(201);
    let table: &[(&str, &str, u16, &str)] = &[
        ("content-length", "999", 422, "evidence_cut_off"),
        ("content-length", "209715201", 413, "evidence_too_large"),
        ("evidence-name", "..%2F..%2Fx", 422, "invalid"),
        ("evidence-name", "a%00b", 422, "invalid"),
        ("evidence-name", "", 422, "invalid"),
        ("evidence-name", "%E7%A0", 422, "invalid"),
        ("evidence-name", &long, 422, "invalid"),
        ("evidence-shared", "yes", 422, "invalid"),
    ];
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (_, case) = opened(&desk, "V1").await;
        let path = format!("/api/v1/cases/{case}/evidence");
        let ask = || piece(&path, "photo", "image/png", PNG).token(desk.token(Role::Agent));
        for (name, value, status, code) in table {
            let answer = ask().header(name, *value).key("k").of(&desk.app).await;
            assert_eq!(answer.problem(), (*status, (*code).to_owned()), "{name}: {value}");
        }
        ask().of(&desk.app).await.refused(428, "idempotency_key_required");
        assert_eq!(files(&desk.folder.0), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn what_waits_can_be_taken_back_and_what_has_come_to_a_case_stays() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (link, body) = bought(&desk, "V1").await;
        let (other, _) = bought(&desk, "V2").await;
        let add = async |key: &str| photo(WAITING).link(&link).key(key).of(&desk.app).await.ok(201);
        let take_back = async |link: &str, piece: &Value| {
            let path = format!("{WAITING}/{}", id(piece));
            Ask::method("DELETE", path).link(link).of(&desk.app).await
        };
        let (wrong, right) = (add("1").await, add("2").await);
        take_back(&other, &wrong).await.refused(404, "not_found");
        take_back(&link, &wrong).await.ok(204);
        take_back(&link, &wrong).await.refused(404, "not_found");
        let case = desk.buyer_opens(&link, body).await;
        let path = format!("/api/v1/cases/{case}/evidence");
        let list = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!(ids(&list), [id(&right)]);
        take_back(&link, &right).await.refused(404, "not_found");
        assert_eq!(desk.get(Role::Agent, &path).await.ok(200), list);
    })
    .await;
}

#[tokio::test]
async fn what_waits_comes_to_the_case_that_is_opened_or_is_swept_after_a_day() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (link, body) = bought(&desk, "V1").await;
        let (other, _) = bought(&desk, "V2").await;
        let add = async |link: &str, key: &str| photo(WAITING).link(link).key(key).of(&desk.app).await;
        let first = add(&link, "1").await.ok(201);
        let stranger = add(&other, "1").await.ok(201);
        assert_eq!(
            (&first["case"], id(&first) == id(&stranger)),
            (&Value::Null, false)
        );
        let waiting = async |link: &str| Ask::get(WAITING).link(link).of(&desk.app).await.ok(200);
        assert_eq!(ids(&waiting(&link).await), [id(&first)]);
        let path = format!("{WAITING}/{}", id(&first));
        Ask::get(&path).link(&link).of(&desk.app).await.ok(200);
        Ask::get(&path)
            .link(&other)
            .of(&desk.app)
            .await
            .refused(404, "not_found");
        // Nobody of the shop sees what belongs to no case of his.
        let path = format!("/api/v1/evidence/{}", id(&first));
        desk.get(Role::Admin, &path).await.refused(404, "not_found");
        let case = desk.buyer_opens(&link, body).await;
        let list = desk
            .get(Role::Agent, &format!("/api/v1/cases/{case}/evidence"))
            .await
            .ok(200);
        assert_eq!(ids(&list), [id(&first)]);
        assert_eq!(waiting(&link).await["evidence"], json!([]));
        add(&link, "late").await.ok(201);
        for number in 0..19 {
            add(&other, &format!("more {number}")).await.ok(201);
        }
        add(&other, "one too many")
            .await
            .refused(409, "evidence_too_many");
        desk.hours_pass(23).await;
        prune_run(&desk.desk).await.unwrap();
        assert_eq!(ids(&waiting(&other).await).len(), 20);
        desk.hours_pass(2).await;
        let swept = evidence_sweep(&desk.desk, wall_now()).await.unwrap();
        assert_eq!(
            swept,
            Swept {
                pieces: 21,
                ..Swept::default()
            }
        );
        assert_eq!(waiting(&other).await["evidence"], json!([]));
        assert_eq!(files(&desk.folder.0).len(), 1, "the case still has it");
    })
    .await;
}

/// The verdict on a right when it was judged last.
async fn verdict(desk: &Fixture, case: &str, clause: &str) -> Verdict {
    let store = &desk.desk.store;
    let shop = store.shops_list().await.unwrap()[0].id;
    let rows = store
        .events_of_case(shop, case.parse().unwrap(), 0, 100)
        .await
        .unwrap();
    let judged = rows.iter().rev().find_map(|row| {
        let explanations = match Event::decode(row.version, &row.body).unwrap() {
            Event::Opened(opened) => opened.explanations,
            Event::Supplied { judged, .. } => judged?.explanations,
            _ => return None,
        };
        explanations
            .into_iter()
            .find(|found| found.clause.to_string() == clause)
    });
    judged.unwrap().verdict
}

#[tokio::test]
async fn a_picture_that_comes_later_has_the_right_judged_anew() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("V2")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "exchange", "reason": "quality", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        assert_eq!(verdict(&desk, &case, "ELG-2").await, Verdict::NotMet);
        let path = format!("/api/v1/buyer/cases/{case}/evidence");
        let supplied = async || {
            let told = desk.told(&case).await;
            told.iter().filter(|name| *name == "supplied").count()
        };
        chat(&path).link(&link).key("chat").of(&desk.app).await.ok(201);
        assert_eq!(supplied().await, 0, "a chat is no picture");

        photo(&path).link(&link).key("one").of(&desk.app).await.ok(201);
        assert_eq!(verdict(&desk, &case, "ELG-2").await, Verdict::Met);
        photo(&path).link(&link).key("one").of(&desk.app).await.ok(201);
        assert_eq!(supplied().await, 1, "the same upload again supplies nothing");

        // A closed case takes the piece and says nothing more.
        desk.buyer_acts(&link, &case, "withdraw", json!({})).await.ok(200);
        let events = desk.told(&case).await.len();
        photo(&path).link(&link).key("two").of(&desk.app).await.ok(201);
        assert_eq!(desk.told(&case).await.len(), events);
    })
    .await;
}

#[tokio::test]
async fn photos_handed_in_beforehand_count_whatever_the_buyer_says_of_them() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("V1")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let add = async |ask: Ask, key: &str| ask.link(&link).key(key).of(&desk.app).await.ok(201);
        add(photo(WAITING), "photo").await;
        add(chat(WAITING), "chat").await;
        let lines = json!([{ "line": line, "units": 1 }]);
        let body = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 0, "lines": lines });
        let open = Ask::post("/api/v1/buyer/cases", &body).link(&link).key("open");
        let opened = open.clone().of(&desk.app).await.ok(201);
        let case = opened["case"].as_str().unwrap();
        let shown = desk.case(case).await;
        let found: Vec<&Value> = shown["explanations"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|right| right["findings"].as_array().unwrap())
            .filter(|finding| finding["condition"] == "evidence.photos >= 1")
            .map(|finding| &finding["actual"])
            .collect();
        assert!(
            !found.is_empty() && found.iter().all(|actual| **actual == "1"),
            "{shown}"
        );
        // Asked again under the same key it is the same case, with what was handed in meanwhile.
        let late = add(photo(WAITING), "late").await;
        let again = open.of(&desk.app).await;
        assert_eq!(
            serde_json::from_str::<Value>(&again.text).unwrap()["case"],
            case,
            "{}",
            again.text
        );
        let path = format!("/api/v1/cases/{case}/evidence");
        let list = desk.get(Role::Agent, &path).await.ok(200);
        assert!(ids(&list).len() == 3 && ids(&list).contains(&id(&late)), "{list}");
    })
    .await;
}

#[tokio::test]
async fn a_buyer_sees_what_he_added_and_what_was_shared_with_him() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let ((link, case), (other, _)) = (opened(&desk, "V1").await, opened(&desk, "V2").await);
        let staff = format!("/api/v1/cases/{case}/evidence");
        let add = async |ask: Ask, key: &str| {
            let ask = ask.token(desk.token(Role::Agent)).key(key);
            ask.of(&desk.app).await.ok(201)
        };
        // What comes in the same millisecond has no order.
        let tick = || desk.desk.clock.move_to(desk.desk.clock.now().plus_millis(1));
        let kept = add(photo(&staff), "1").await;
        tick();
        let shared = add(chat(&staff).header("evidence-shared", "true"), "2").await;
        let path = format!("/api/v1/buyer/cases/{case}/evidence");
        tick();
        let mine = photo(&path)
            .link(&link)
            .key("1")
            .header("evidence-shared", "true");
        let mine = mine.of(&desk.app).await.ok(201);
        let seen = Ask::get(&path).link(&link).of(&desk.app).await.ok(200);
        assert_eq!(ids(&seen), [id(&shared), id(&mine)]);
        assert_eq!(seen["evidence"][0]["added_by"], json!({ "kind": "person" }));
        let all = desk.get(Role::Auditor, &staff).await.ok(200);
        assert_eq!(ids(&all), [id(&kept), id(&shared), id(&mine)]);
        for (piece, link, status) in [
            (&kept, &link, 404),
            (&shared, &link, 200),
            (&mine, &link, 200),
            (&mine, &other, 404),
            (&shared, &other, 404),
        ] {
            for end in ["", "/content"] {
                let path = format!("{WAITING}/{}{end}", id(piece));
                let answer = Ask::get(path).link(link).begin(&desk.app).await;
                assert_eq!(answer.status(), status);
            }
        }
        let (_, foreign) = desk.other_shop().await;
        let path = format!("/api/v1/evidence/{}/content", id(&shared));
        Ask::get(&path)
            .token(&foreign)
            .of(&desk.app)
            .await
            .refused(404, "not_found");
        photo(&staff)
            .token(desk.token(Role::Auditor))
            .key("a")
            .of(&desk.app)
            .await
            .refused(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_case_has_at_most_sixty_pieces() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (link, case) = opened(&desk, "V1").await;
        let path = format!("/api/v1/buyer/cases/{case}/evidence");
        for number in 0..60 {
            let ask = chat(&path).link(&link).key(&format!("{number}"));
            ask.of(&desk.app).await.ok(201);
        }
        let told = chat(&path).link(&link).key("60").of(&desk.app).await;
        assert_eq!(
            told.refused(409, "evidence_too_many")["facts"],
            json!({ "at_most": 60 })
        );
    })
    .await;
}

#[tokio::test]
async fn erasing_a_buyer_erases_names_and_bytes_and_orphans_are_swept() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let ((link, case), (other, others)) = (opened(&desk, "V1").await, opened(&desk, "V2").await);
        let add = async |ask: Ask, link: &str| ask.link(link).key("1").of(&desk.app).await.ok(201);
        let mine = add(photo(&format!("/api/v1/buyer/cases/{case}/evidence")), &link).await;
        let theirs = add(chat(&format!("/api/v1/buyer/cases/{others}/evidence")), &other).await;
        let read = desk.case(&case).await;
        let buyer = format!("/api/v1/buyers/{}", read["buyer"].as_str().unwrap());
        let erase = Ask::method("DELETE", buyer).token(desk.token(Role::Admin));
        erase.of(&desk.app).await.ok(204);
        let path = format!("/api/v1/evidence/{}", id(&mine));
        let told = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!((&told["name"], &told["sha256"]), (&Value::Null, &mine["sha256"]));
        assert!(told["erased_at"].is_string());
        let content = desk.get(Role::Agent, &format!("{path}/content")).await;
        content.refused(404, "not_found");
        // Fresh bytes are left alone: their row may be about to come.
        assert_eq!(
            evidence_sweep(&desk.desk, wall_now()).await.unwrap(),
            Swept::default()
        );
        assert_eq!(files(&desk.folder.0).len(), 2);
        let swept = evidence_sweep(&desk.desk, wall_now().plus_millis(DAY_MS))
            .await
            .unwrap();
        assert_eq!(
            swept,
            Swept {
                blobs: 1,
                ..Swept::default()
            }
        );
        assert_eq!(files(&desk.folder.0), [theirs["sha256"].as_str().unwrap()]);
    })
    .await;
}

#[tokio::test]
async fn a_browser_hands_in_only_what_no_other_site_can_send() {
    let desk = serve(&Target::SqliteMemory).await;
    let (_, case) = opened(&desk, "V1").await;
    let body = json!({ "login": "dian-zhu", "password": crate::fixture::PASSWORD });
    let signed_in = Ask::post("/api/v1/sessions", &body).of(&desk.app).await;
    let cookie = signed_in.header("set-cookie");
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    let path = format!("/api/v1/cases/{case}/evidence");
    chat(&path).cookie(secret).key("1").of(&desk.app).await.ok(201);
    let form = Ask::method("POST", &path)
        .raw("x")
        .header("content-type", "text/plain");
    form.cookie(secret)
        .key("2")
        .of(&desk.app)
        .await
        .refused(403, "cookie_needs_json");
}

#[tokio::test]
async fn a_desk_without_a_folder_says_so() {
    let desk = serve(&Target::SqliteMemory).await;
    let (link, case) = opened(&desk, "V1").await;
    // A file stands where the folder should be made.
    std::fs::write(&desk.folder.0, "").unwrap();
    let path = format!("/api/v1/buyer/cases/{case}/evidence");
    chat(&path)
        .link(&link)
        .key("1")
        .of(&desk.app)
        .await
        .refused(503, "blobs_unavailable");
    std::fs::remove_file(&desk.folder.0).unwrap();
    chat(&path).link(&link).key("1").of(&desk.app).await.ok(201);
}
