//! Mails: who writes gets to his case, and nobody to another's.

use amends_app::Target;
use amends_app::clock::wall_now;
use amends_app::evidence::evidence_sweep;
use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, delivered_order, names, paid_order, serve};
use crate::naughty::naughty_strings;
use crate::place::on_both;

const MAN: &str = "XiaoMan@example.com";

/// An order of a buyer with a mail address; the same nickname is the same buyer.
async fn bought(desk: &Fixture, number: &str, nickname: &str, email: &str) -> String {
    let mut order = delivered_order(number);
    order["buyer"] = json!({ "nickname": nickname, "phone": "13800001234", "email": email });
    desk.order(&order).await
}

/// A case that its buyer opened on an order.
async fn opened(desk: &Fixture, order: &str) -> String {
    let (link, line) = (desk.link(order).await, desk.line(order).await);
    let body = json!({ "kind": "refund_only", "reason": "quality", "lines": [{ "line": line, "units": 1 }] });
    let ask = Ask::post("/api/v1/buyer/cases", &body).link(&link).key(order);
    let opened = ask.of(&desk.app).await.ok(201);
    opened["case"].as_str().unwrap().to_owned()
}

pub(crate) fn letter(from: &str, subject: &str, text: &str) -> String {
    format!("From: {from}\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n")
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// State, reason and case.
fn became(mail: &Value) -> (&str, Option<&str>, Option<&str>) {
    let text = |name: &str| mail[name].as_str();
    (text("state").unwrap(), text("why"), text("case"))
}

/// The words people said on a case, oldest first, and who said them.
async fn said(desk: &Fixture, case: &str) -> Vec<(String, String)> {
    let path = format!("/api/v1/cases/{case}/timeline");
    let timeline = desk.get(Role::Agent, &path).await.ok(200);
    let entries = timeline["entries"].as_array().unwrap().iter();
    let words = entries.filter(|entry| entry["text"].is_string());
    words
        .map(|entry| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&entry["actor"]["kind"]), text(&entry["text"]))
        })
        .collect()
}

fn of_buyer(words: &[&str]) -> Vec<(String, String)> {
    words
        .iter()
        .map(|text| ("buyer".to_owned(), (*text).to_owned()))
        .collect()
}

async fn decide(desk: &Fixture, mail: &str, action: &str, key: &str, body: Value) -> Answer {
    let path = format!("/api/v1/mails/{mail}/{action}");
    let ask = Ask::post(path, &body).token(desk.token(Role::Agent)).key(key);
    ask.of(&desk.app).await
}

async fn parked(desk: &Fixture) -> Vec<Value> {
    let page = desk.get(Role::Agent, "/api/v1/mails?state=parked").await.ok(200);
    page["mails"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_buyer_answers_our_notice_and_his_words_are_on_his_case() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let order = bought(&desk, "M1001", "小满", MAN).await;
        let case = opened(&desk, &order).await;
        let other = opened(&desk, &bought(&desk, "M1002", "小满", MAN).await).await;
        let reply = format!(
            "From: =?utf-8?B?5bCP5ruh?= <xiaoman@example.com>\r\nMessage-ID: <1@example.com>\r\nSubject: Re: \
             =?utf-8?B?5oKo55qE55Sz6K+35bey5pS25Yiw?=\r\n\
             In-Reply-To: <{case}.1.application_received.mail@shop.example>\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n裙子开线了，还没有人联系我\r\n\r\n\
             在 2026年1月1日，演示店铺 写道：\r\n> 您的售后申请已经收到\r\n"
        );
        let mail = desk.mail(reply.clone()).await;
        assert_eq!(became(&mail), ("attached", None, Some(case.as_str())));
        assert!(mail["quoted_chars"].as_u64().unwrap() > 10);
        assert_eq!(
            said(&desk, &case).await,
            of_buyer(&["裙子开线了，还没有人联系我"])
        );
        // The mail server brings it again: it is known, and says nothing twice.
        assert_eq!(desk.mail(reply).await, mail);
        assert_eq!(said(&desk, &case).await.len(), 1);
        // A new mail that has our number in its subject is his, too.
        let number = desk.case(&other).await["number"].as_i64().unwrap();
        let mail = desk
            .mail(letter(
                MAN,
                &format!("回复：售后单 {number}：您的申请已收到"),
                "这张也没有消息",
            ))
            .await;
        assert_eq!(became(&mail), ("attached", None, Some(other.as_str())));
        assert_eq!(said(&desk, &other).await, of_buyer(&["这张也没有消息"]));
        let listed = desk
            .get(Role::Auditor, &format!("/api/v1/mails?case={other}"))
            .await
            .ok(200);
        assert_eq!(listed["mails"][0]["from"], "x***@example.com");
        assert_eq!(id(&listed["mails"][0]), id(&mail));
    })
    .await;
}

#[tokio::test]
async fn a_question_on_an_order_opens_a_consultation_and_the_next_mail_finds_it() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let order = bought(&desk, "M2001", "小满", MAN).await;
        bought(&desk, "M2002", "小满", MAN).await;
        let first = letter(MAN, "订单M2001", "这条裙子可以机洗吗？");
        let mail = desk.mail(first.clone()).await;
        let case = mail["case"].as_str().unwrap().to_owned();
        assert_eq!(became(&mail), ("opened", None, Some(case.as_str())));
        let read = desk.case(&case).await;
        assert_eq!(
            (&read["kind"], &read["order"]),
            (&json!("consultation"), &json!(order))
        );
        assert_eq!(read["channel"], "email");
        let asked = "订单M2001\n\n这条裙子可以机洗吗？";
        assert_eq!(said(&desk, &case).await, of_buyer(&[asked]));
        // Without a Message-ID the same bytes are the same mail.
        assert_eq!(desk.mail(first).await["case"], case);
        let mail = desk.mail(letter(MAN, "M2001", "还有，会缩水吗？")).await;
        assert_eq!(became(&mail), ("attached", None, Some(case.as_str())));
        // With one case open nobody has to repeat a number.
        let mail = desk.mail(letter(MAN, "Re:", "谢谢")).await;
        assert_eq!(became(&mail), ("attached", None, Some(case.as_str())));
        let all = of_buyer(&[asked, "还有，会缩水吗？", "谢谢"]);
        assert_eq!(said(&desk, &case).await, all);
    })
    .await;
}

#[tokio::test]
async fn a_known_buyer_asks_without_an_order_and_is_answered_all_the_same() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        bought(&desk, "M3001", "小满", MAN).await;
        let mail = desk.mail(letter(MAN, "", "你们几点上班？")).await;
        let case = mail["case"].as_str().unwrap().to_owned();
        assert_eq!(became(&mail), ("opened", None, Some(case.as_str())));
        assert_eq!(desk.case(&case).await["order"], Value::Null);
        assert!(
            names(
                &desk
                    .get(Role::Agent, &format!("/api/v1/cases/{case}/timeline"))
                    .await
                    .ok(200)
            )
            .contains(&"reply_due".to_owned())
        );
    })
    .await;
}

#[tokio::test]
async fn a_number_alone_opens_no_door() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let order = bought(&desk, "M4001", "小满", MAN).await;
        let case = opened(&desk, &order).await;
        let number = desk.case(&case).await["number"].as_i64().unwrap();
        bought(&desk, "M4002", "邻居", "neighbour@example.com").await;
        let subject = format!("售后单 {number}");
        let answer = format!(
            "From: neighbour@example.com\r\nSubject: Re\r\nReferences: <a@b>\r\n <{case}.1.closed.mail@shop.example>\
             \r\n\r\nx"
        );
        for (mail, why) in [
            (letter("thief@example.com", &subject, "请把退款打到我的卡上"), "unknown_sender"),
            (letter("thief@example.com", "M4001", "退款"), "unknown_sender"),
            (letter("neighbour@example.com", &subject, "怎么样了"), "not_his"),
            (letter("neighbour@example.com", "订单 M4001", "怎么样了"), "not_his"),
            (letter("neighbour@example.com", "售后单 99", "怎么样了"), "not_his"),
            (answer, "not_his"),
            (letter(&format!("{MAN}, thief@example.com"), &subject, "退款"), "unknown_sender"),
        ] {
            assert_eq!(became(&desk.mail(mail.clone()).await), ("parked", Some(why), None), "{mail}");
        }
        assert_eq!(said(&desk, &case).await, []);
        assert_eq!(parked(&desk).await.len(), 7);
        // Between two open cases of his own nobody guesses.
        opened(&desk, &bought(&desk, "M4003", "小满", MAN).await).await;
        let mail = desk.mail(letter(MAN, "在吗", "有人吗")).await;
        assert_eq!(became(&mail), ("parked", Some("several"), None));
    })
    .await;
}

#[tokio::test]
async fn two_machines_never_write_to_each_other() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let case = opened(&desk, &bought(&desk, "M5001", "小满", MAN).await).await;
        for (head, why) in [
            ("Auto-Submitted: auto-replied", "automatic"),
            ("Precedence: bulk", "automatic"),
            ("Return-Path: <>", "automatic"),
            ("Content-Type: multipart/report; boundary=b", "automatic"),
            (
                "Message-ID: <case_00000000000000000000000000000001.1.closed.mail@shop.example>",
                "own",
            ),
        ] {
            let mail = desk
                .mail(format!(
                    "From: {MAN}\r\n{head}\r\nSubject: 售后单 1\r\n\r\n我在休假"
                ))
                .await;
            assert_eq!(became(&mail), ("ignored", Some(why), None), "{head}");
        }
        assert_eq!(said(&desk, &case).await, []);
        assert_eq!(parked(&desk).await, [] as [Value; 0]);
        let cases = desk.get(Role::Agent, "/api/v1/cases").await.ok(200);
        assert_eq!(cases["cases"].as_array().unwrap().len(), 1);
    })
    .await;
}

fn with_files(from: &str) -> String {
    format!(
        "From: {from}\r\nSubject: M6001\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         请看照片\r\n--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>请看<b>照片</b></p>\r\n--c--\r\n--b\r\n\
         Content-Type: image/png; name=\"=?utf-8?B?56C05rSeLnBuZw==?=\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         iVBORw0KGgoAAAADSUhEUmFiY0NSQzEAAAAESURBVGRhdGFDUkMyAAAAAElFTkRDUkMz\r\n--b\r\n\
         Content-Type: application/x-msdownload; name=\"../run.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         TVqQAE1akABNWpAATVqQAE1akABNWpAATVqQAE1akAA=\r\n--b--\r\n"
    )
}

#[tokio::test]
async fn a_photo_that_came_along_is_the_buyers_evidence_and_a_program_is_named_as_left_out() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let order = bought(&desk, "M6001", "小满", MAN).await;
        let case = opened(&desk, &order).await;
        let mail = desk.mail(with_files(MAN)).await;
        assert_eq!(became(&mail), ("attached", None, Some(case.as_str())));
        assert_eq!(said(&desk, &case).await, of_buyer(&["请看照片"]));
        let files: Vec<_> = mail["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| (&file["name"], &file["left_out"]))
            .collect();
        assert_eq!(
            files,
            [
                (&json!("破洞.png"), &Value::Null),
                (&json!(".._run.exe"), &json!("evidence_type"))
            ]
        );
        let path = format!("/api/v1/cases/{case}/evidence");
        let evidence = desk.get(Role::Agent, &path).await.ok(200)["evidence"].clone();
        assert_eq!(evidence.as_array().unwrap().len(), 1);
        assert_eq!(
            (&evidence[0]["kind"], &evidence[0]["name"]),
            (&json!("photo"), &json!("破洞.png"))
        );
        assert_eq!(evidence[0]["added_by"]["kind"], "buyer");
        // Brought again, it adds nothing; and what was kept for a decision is let go.
        desk.mail(with_files(MAN)).await;
        assert_eq!(desk.get(Role::Agent, &path).await.ok(200)["evidence"], evidence);
        let later = wall_now().plus_millis(86_400_000);
        assert_eq!(evidence_sweep(&desk.desk, later).await.unwrap().blobs, 1);
        let content = format!("/api/v1/evidence/{}/content", id(&evidence[0]));
        assert!(
            Ask::get(content)
                .token(desk.token(Role::Agent))
                .begin(&desk.app)
                .await
                .status()
                .is_success()
        );
    })
    .await;
}

#[tokio::test]
async fn an_agent_says_whose_a_parked_mail_is_and_photo_and_words_follow() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let order = bought(&desk, "M6001", "小满", MAN).await;
        let case = opened(&desk, &order).await;
        let mail = desk.mail(with_files("husband@example.com")).await;
        assert_eq!(became(&mail), ("parked", Some("unknown_sender"), None));
        // It waits whole, however long nobody has time.
        let later = wall_now().plus_millis(86_400_000);
        assert_eq!(evidence_sweep(&desk.desk, later).await.unwrap().blobs, 0);
        let to = json!({ "case": case });
        decide(
            &desk,
            "mail_00000000000000000000000000000001",
            "attach",
            "k",
            to.clone(),
        )
        .await
        .refused(404, "not_found");
        let nowhere = json!({ "case": "case_00000000000000000000000000000001" });
        decide(&desk, id(&mail), "attach", "k", nowhere)
            .await
            .refused(404, "not_found");
        let attached = decide(&desk, id(&mail), "attach", "k", to.clone()).await.ok(200);
        assert_eq!(became(&attached), ("attached", None, Some(case.as_str())));
        assert_eq!(attached["settled_by"]["role"], "agent");
        assert_eq!(said(&desk, &case).await, of_buyer(&["请看照片"]));
        let evidence = desk
            .get(Role::Agent, &format!("/api/v1/cases/{case}/evidence"))
            .await
            .ok(200);
        assert_eq!(evidence["evidence"].as_array().unwrap().len(), 1);
        // The same request again is answered the same; another decision comes too late.
        assert_eq!(
            decide(&desk, id(&mail), "attach", "k", to).await.ok(200),
            attached
        );
        for (action, body) in [
            ("open", json!({})),
            ("discard", json!({ "reason": "广告" })),
            (
                "attach",
                json!({ "case": opened(&desk, &bought(&desk, "M6002", "小满", MAN).await).await }),
            ),
        ] {
            decide(&desk, id(&mail), action, "k2", body)
                .await
                .refused(409, "mail_settled");
        }
        assert_eq!(said(&desk, &case).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_agent_opens_a_consultation_by_a_parked_mail_or_puts_it_aside() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let order = bought(&desk, "M7001", "小满", MAN).await;
        let stranger = desk
            .mail(letter(
                "new@example.com",
                "换了邮箱",
                "我是小满，订单 M7001，想问保修",
            ))
            .await;
        let problem = decide(&desk, id(&stranger), "open", "1", json!({}))
            .await
            .refused(422, "invalid");
        assert_eq!(
            (&problem["facts"]["field"], &problem["facts"]["rule"]),
            (&json!("order"), &json!("no_writer"))
        );
        decide(
            &desk,
            id(&stranger),
            "open",
            "1",
            json!({ "order": order, "reason": "nonsense" }),
        )
        .await
        .refused(422, "unknown_reason");
        let mail = decide(
            &desk,
            id(&stranger),
            "open",
            "2",
            json!({ "order": order, "reason": "maintain" }),
        )
        .await
        .ok(200);
        let case = desk.case(mail["case"].as_str().unwrap()).await;
        assert_eq!(
            (&case["kind"], &case["order"], &case["reason"]["code"]),
            (&json!("consultation"), &json!(order), &json!("maintain"))
        );
        let advert = desk.mail(letter("ads@example.com", "发票", "代开发票")).await;
        decide(&desk, id(&advert), "discard", "1", json!({ "reason": "" }))
            .await
            .refused(422, "invalid");
        let mail = decide(&desk, id(&advert), "discard", "2", json!({ "reason": "广告" }))
            .await
            .ok(200);
        assert_eq!(
            (mail["state"].as_str(), mail["reason"].as_str()),
            (Some("discarded"), Some("广告"))
        );
        assert_eq!(parked(&desk).await, [] as [Value; 0]);
        // Between two cases of his own he is known all the same, and asks something else.
        opened(&desk, &bought(&desk, "M7002", "小满", MAN).await).await;
        let several = desk.mail(letter(MAN, "另外", "你们有实体店吗？")).await;
        assert_eq!(became(&several).1, Some("several"));
        let mail = decide(&desk, id(&several), "open", "1", json!({})).await.ok(200);
        assert_eq!(mail["state"], "opened");
    })
    .await;
}

#[tokio::test]
async fn parked_mails_are_paged_oldest_first() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let mut wanted = Vec::new();
        for number in 0..5 {
            let mail = desk
                .mail(letter("a@example.com", "x", &format!("第 {number} 封")))
                .await;
            wanted.push(id(&mail).to_owned());
            desk.desk.clock.move_to(desk.desk.clock.now().plus_millis(1));
        }
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/mails?state=parked&limit=2{after}");
            let page = desk.get(Role::Agent, &path).await.ok(200);
            seen.extend(
                page["mails"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|mail| id(mail).to_owned()),
            );
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(seen, wanted);
        desk.get(Role::Agent, "/api/v1/mails?state=lost")
            .await
            .refused(422, "invalid");
    })
    .await;
}

#[tokio::test]
async fn who_is_forgotten_leaves_no_mail_behind() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let order = bought(&desk, "M8001", "小满", MAN).await;
        opened(&desk, &order).await;
        opened(&desk, &bought(&desk, "M8002", "小满", MAN).await).await;
        let said = desk.mail(letter(MAN, "M8001", "我的地址是杭州")).await;
        let waits = desk.mail(letter(MAN, "在吗", "我的电话是 13800001234")).await;
        let by_agent = desk.mail(letter("other@example.com", "x", "我换了邮箱")).await;
        let case = said["case"].clone();
        decide(&desk, id(&by_agent), "attach", "1", json!({ "case": case }))
            .await
            .ok(200);
        let stranger = desk.mail(letter("else@example.com", "x", "别人的信")).await;
        let buyer = desk
            .get(Role::Admin, &format!("/api/v1/orders/{order}"))
            .await
            .ok(200)["buyer"]
            .clone();
        let path = format!("/api/v1/buyers/{}", buyer.as_str().unwrap());
        Ask::method("DELETE", path)
            .token(desk.token(Role::Admin))
            .of(&desk.app)
            .await
            .ok(204);
        for mail in [&said, &waits, &by_agent] {
            let left = desk
                .get(Role::Agent, &format!("/api/v1/mails/{}", id(mail)))
                .await
                .ok(200);
            assert!(left["erased_at"].is_string(), "{left}");
            for name in ["from", "subject", "text", "reason"] {
                assert_eq!(left[name], Value::Null, "{name}");
            }
        }
        decide(&desk, id(&waits), "open", "1", json!({ "order": order }))
            .await
            .refused(404, "not_found");
        // The mail server brings it once more: it stays forgotten.
        let again = desk.mail(letter(MAN, "在吗", "我的电话是 13800001234")).await;
        assert_eq!((id(&again), &again["text"]), (id(&waits), &Value::Null));
        assert_eq!(
            parked(&desk).await.iter().map(id).collect::<Vec<_>>(),
            [id(&stranger)]
        );
        let later = wall_now().plus_millis(86_400_000);
        evidence_sweep(&desk.desk, later).await.unwrap();
        let mail = desk
            .get(Role::Agent, &format!("/api/v1/mails/{}", id(&stranger)))
            .await
            .ok(200);
        assert_eq!(
            (mail["from"].as_str(), mail["text"].as_str()),
            (Some("else@example.com"), Some("别人的信"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_closed_case_still_takes_a_word() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let case = opened(&desk, &bought(&desk, "M9001", "小满", MAN).await).await;
        desk.act(Role::Agent, &case, "withdraw", json!({})).await.ok(200);
        let number = desk.case(&case).await["number"].as_i64().unwrap();
        let mail = desk
            .mail(letter(MAN, &format!("Re: 售后单 {number} 已完结"), "谢谢你们"))
            .await;
        assert_eq!(became(&mail), ("attached", None, Some(case.as_str())));
        assert_eq!(said(&desk, &case).await, of_buyer(&["谢谢你们"]));
        assert_eq!(desk.case(&case).await["status"], "closed");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_mail_is_told_why_and_leaves_nothing() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let many = format!(
            "Content-Type: multipart/mixed; boundary=b\n\n{}",
            "--b\n\n".repeat(200)
        );
        let ask = |body: Vec<u8>| {
            let ask = Ask::method("POST", "/api/v1/mails")
                .raw(body)
                .header("content-type", "message/rfc822");
            ask.token(desk.token(Role::Agent))
        };
        for (body, status, code) in [
            (Vec::new(), 422, "mail_unreadable"),
            (b"\n\nno head".to_vec(), 422, "mail_unreadable"),
            (many.into_bytes(), 422, "mail_too_many_parts"),
            (vec![b'x'; (25 << 20) + 1], 413, "mail_too_large"),
        ] {
            ask(body).of(&desk.app).await.refused(status, code);
        }
        Ask::post("/api/v1/mails", &json!({}))
            .token(desk.token(Role::Agent))
            .of(&desk.app)
            .await
            .refused(415, "mail_expected");
        let mails = desk.get(Role::Agent, "/api/v1/mails").await.ok(200);
        assert_eq!(mails["mails"], json!([]));
    })
    .await;
}

/// Whatever somebody writes comes to the case as he wrote it, but for space around it; whatever an agent
/// gives as a reason is kept.
#[tokio::test]
async fn mails_take_any_text() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let case = opened(&desk, &bought(&desk, "M9201", "小满", MAN).await).await;
        let encoded = |text: &str| {
            let bytes: Vec<String> = text.bytes().map(|byte| format!("={byte:02X}")).collect();
            bytes.concat()
        };
        for (at, text) in naughty_strings().iter().enumerate() {
            // Numbers in it are looked for, and none is there; the case is the only one open.
            let mail = format!(
                "From: {MAN}\nMessage-ID: <{at}@example.com>\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\
                 Content-Transfer-Encoding: quoted-printable\n\n{}",
                encoded(text)
            );
            let before = desk.case(&case).await["seq"].as_u64().unwrap();
            let mail = desk.mail(mail).await;
            assert_eq!(became(&mail), ("attached", None, Some(case.as_str())), "{text:?}: {mail}");
            let path = format!("/api/v1/cases/{case}/timeline?after={before}");
            let timeline = desk.get(Role::Agent, &path).await.ok(200);
            let wanted = text.replace("\r\n", "\n").replace('\0', "\u{fffd}");
            let wanted = if wanted.trim().is_empty() { "x" } else { wanted.trim() };
            assert_eq!(timeline["entries"][0]["text"], wanted, "{text:?}");
        }
        for (at, text) in naughty_strings().iter().enumerate() {
            let mail = desk.mail(letter("a@example.com", "x", &format!("{at}"))).await;
            let answer = decide(&desk, id(&mail), "discard", "k", json!({ "reason": text })).await;
            match crate::naughty::taken(&answer, text) {
                Some(mail) => assert_eq!(mail["reason"], *text),
                None => assert!(text.is_empty() || text.contains('\0'), "{text:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_shop_reads_no_mail_of_another() {
    on_both(async |target: &Target| {
        let desk = serve(target).await;
        let (_, foreign) = desk.other_shop().await;
        let order = desk.order(&paid_order("M9301")).await;
        let mail = desk.mail(letter("a@example.com", "x", "y")).await;
        let page = Ask::get("/api/v1/mails")
            .token(&foreign)
            .of(&desk.app)
            .await
            .ok(200);
        assert_eq!(page["mails"], json!([]));
        // The same Message-ID in two shops is two mails.
        let ask = Ask::method("POST", "/api/v1/mails").raw(letter("a@example.com", "x", "y"));
        let theirs = ask
            .header("content-type", "message/rfc822")
            .token(&foreign)
            .of(&desk.app)
            .await
            .ok(201);
        assert_ne!(id(&theirs), id(&mail));
        let path = format!("/api/v1/mails/{}/open", id(&theirs));
        let open = Ask::post(path, &json!({ "order": order }))
            .token(&foreign)
            .key("k");
        open.of(&desk.app).await.refused(404, "not_found");
    })
    .await;
}
