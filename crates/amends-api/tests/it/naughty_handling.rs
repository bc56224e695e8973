//! The same big list for remedies, promises, findings, the ladder, marks, repair and what is done with
//! many cases: it comes back unchanged, or is refused with a reason.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::evidence::picture_taken;
use crate::fixture::{Fixture, delivered_order, serve, yuan};
use crate::naughty::{escaped, naughty_parts, naughty_strings, no_parcel, no_reference, taken, written};
use crate::place::on_both;

/// A case that is written to without being read in between: its terms come with every answer.
struct Hand<'a> {
    desk: &'a Fixture,
    link: &'a str,
    case: String,
    terms: u64,
    count: u32,
}

impl Hand<'_> {
    async fn opened<'a>(desk: &'a Fixture, link: &'a str, key: &str, body: &Value) -> Option<Hand<'a>> {
        let ask = Ask::post("/api/v1/cases", body).token(desk.token(Role::Agent));
        let text = body["text"].as_str().unwrap_or_default();
        let opened = taken(&ask.key(key).of(&desk.app).await, text)?;
        Some(Hand {
            desk,
            link,
            case: opened["case"].as_str().unwrap().to_owned(),
            terms: opened["terms"].as_u64().unwrap(),
            count: 0,
        })
    }

    async fn gives(&mut self, ask: impl Fn(Ask) -> Ask, path: &str, body: &Value) -> Answer {
        self.count += 1;
        let key = format!("{} {}", self.case, self.count);
        let asked = Ask::post(path, body).key(&key).terms(self.terms);
        let answer = ask(asked).of(&self.desk.app).await;
        if answer.is_success() {
            self.terms = answer.ok(200)["terms"].as_u64().unwrap();
        }
        answer
    }

    async fn role(&mut self, role: Role, action: &str, body: Value) -> Answer {
        let path = format!("/api/v1/cases/{}/{action}", self.case);
        let token = self.desk.token(role);
        self.gives(|ask| ask.token(token), &path, &body).await
    }

    async fn agent(&mut self, action: &str, body: Value) -> Answer {
        self.role(Role::Agent, action, body).await
    }

    async fn buyer(&mut self, action: &str, body: Value) -> Answer {
        let path = format!("/api/v1/buyer/cases/{}/{action}", self.case);
        let link = self.link;
        self.gives(|ask| ask.link(link), &path, &body).await
    }
}

/// Whether a case can't be marked with this.
fn no_tag(text: &str) -> bool {
    text.trim().is_empty() || text.chars().count() > 32 || text.contains(char::is_control)
}

/// A complaint through everything that is said about it, to its end, and once more.
async fn complained(hand: &mut Hand<'_>, text: &str) {
    let words = json!({ "text": text });
    let promise =
        |hour: u32| json!({ "promise": 1, "text": text, "due_at": format!("2026-01-02T{hour:02}:00:00Z") });
    let mut made = promise(1);
    made.as_object_mut().unwrap().remove("promise");
    let gift = json!({ "picks": [{ "clause": "REM-GIFT" }], "text": text });
    hand.agent("make-promise", made).await.ok(200);
    hand.agent("move-promise", promise(2)).await.ok(200);
    hand.agent("keep-promise", json!({ "promise": 1 })).await.ok(200);
    hand.agent("find", json!({ "grounds": text })).await.ok(200);
    let up = json!({ "to": "supervisor", "for": "other", "text": text });
    hand.agent("pass-up", up).await.ok(200);
    hand.role(Role::Supervisor, "answer-passed", words.clone())
        .await
        .ok(200);
    hand.agent("offer", gift.clone()).await.ok(200);
    let decline = json!({ "offer": 1, "text": text });
    hand.buyer("decline-offer", decline).await.ok(200);
    hand.buyer("pass-up", words.clone()).await.ok(200);
    hand.role(Role::Supervisor, "offer", gift).await.ok(200);
    hand.buyer("choose", json!({ "offer": 2, "option": 1 }))
        .await
        .ok(200);
    let step = |reference: &str| json!({ "step": 1, "reference": reference });
    let done = hand.agent("complete-step", step(text)).await;
    let referred = taken(&done, text).is_some();
    assert_eq!(referred, !no_reference(text), "{text:?}");
    if !referred {
        hand.agent("complete-step", step("x")).await.ok(200);
    }
    hand.agent("reopen", words.clone()).await.ok(200);
    hand.agent("resolve", words).await.ok(200);
    let reference = if referred { text } else { "x" };
    let expected = [
        ("opened", text),
        ("promised", text),
        ("promise_moved", text),
        ("found", text),
        ("passed_up", text),
        ("passed_answered", text),
        ("offered", text),
        ("offer_declined", text),
        ("passed_up", text),
        ("offered", text),
        ("step_done", reference),
        ("reopened", text),
        ("resolved", text),
    ];
    let expected = expected.map(|(name, text)| (name.to_owned(), json!(text)));
    assert_eq!(written(hand.desk, &hand.case).await, expected);
}

#[tokio::test]
async fn complaints_take_any_text_to_their_end() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("N1")).await;
        let link = desk.link(&order).await;
        for (at, text) in naughty_strings().iter().enumerate() {
            let open = json!({ "order": order, "kind": "complaint", "reason": "service", "text": text });
            match Hand::opened(&desk, &link, &format!("open {at}"), &open).await {
                Some(mut hand) => complained(&mut hand, text).await,
                None => assert!(text.is_empty(), "{text:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn trials_and_marks_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        for (number, texts) in naughty_parts().iter().enumerate() {
            let mut draft = delivered_order(&format!("T{number}"));
            draft["lines"][0]["category"] = json!("skincare");
            let order = desk.order(&draft).await;
            let (link, line) = (desk.link(&order).await, desk.line(&order).await);
            let open = json!({ "order": order, "kind": "consultation", "reason": "usage",
                "lines": [{ "line": line, "units": 1 }] });
            let key = format!("open {number}");
            let mut hand = Hand::opened(&desk, &link, &key, &open).await.unwrap();
            for (at, text) in (1..).zip(texts) {
                tried_and_marked(&mut hand, at, text).await;
            }
        }
    })
    .await;
}

/// A trial that did not help, a contact, a wish for evidence, and a mark that comes and goes.
async fn tried_and_marked(hand: &mut Hand<'_>, at: u32, text: &str) {
    let trial = json!({ "picks": [{ "clause": "REM-TRIAL" }] });
    hand.agent("offer", trial).await.ok(200);
    hand.buyer("choose", json!({ "offer": at, "option": 1 }))
        .await
        .ok(200);
    let ended = hand
        .buyer("end-trial", json!({ "worked": false, "text": text }))
        .await;
    if taken(&ended, text).is_none() {
        assert!(text.is_empty(), "{text:?}");
        hand.agent("end-trial", json!({ "worked": false })).await.ok(200);
    }
    for (action, said) in [
        (
            "log-contact",
            json!({ "way": "phone", "reached": true, "text": text }),
        ),
        ("ask-evidence", json!({ "kinds": ["other"], "text": text })),
    ] {
        let said = hand.agent(action, said).await;
        assert_eq!(taken(&said, text).is_none(), text.is_empty(), "{action} {text:?}");
    }
    let tag = hand.agent("tag", json!({ "add": [text] })).await;
    assert_eq!(taken(&tag, text).is_none(), no_tag(text), "{text:?}");
    if !no_tag(text) {
        assert_eq!(hand.desk.case(&hand.case).await["tags"], json!([text]));
    }
    hand.agent("tag", json!({ "remove": [text] })).await.ok(200);
}

#[tokio::test]
async fn repairs_take_any_parcel() {
    on_both(async |target| {
        let desk = serve(target).await;
        for (at, text) in naughty_strings().iter().enumerate() {
            let order = desk.order(&delivered_order(&format!("K{at}"))).await;
            let line = desk.line(&order).await;
            let lines = json!([{ "line": line, "units": 1 }]);
            let open = json!({ "order": order, "kind": "repair", "reason": "quality", "lines": lines });
            let mut hand = Hand::opened(&desk, "", &format!("open {at}"), &open)
                .await
                .unwrap();
            hand.agent("approve", json!({})).await.ok(200);
            let parcel = |text: &str| json!({ "carrier": text, "waybill": text });
            hand.agent("ship-return", parcel("x")).await.ok(200);
            let found = json!({ "findings": [{ "line": line, "accepted": 1 }] });
            hand.agent("inspect", found).await.ok(200);
            let shipped = hand.agent("ship-repaired", parcel(text)).await;
            match taken(&shipped, text) {
                Some(_) => assert_eq!(
                    desk.case(&hand.case).await["tracks"]["goods"]["parcel"],
                    parcel(text)
                ),
                None => assert!(no_parcel(text), "{text:?}"),
            }
        }
    })
    .await;
}

/// Many cases at once, and the odd fields of what is asked about them: a word, an id, a clause.
#[tokio::test]
async fn many_cases_and_odd_fields_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("N3")).await;
        let open = json!({ "order": order, "kind": "complaint", "reason": "service" });
        let mut hand = Hand::opened(&desk, "", "open", &open).await.unwrap();
        let case = hand.case.clone();
        for (at, text) in naughty_strings().iter().enumerate() {
            let bulk = |action: &str, arguments: Value| {
                let body = json!({ "action": action, "cases": [case], "arguments": arguments });
                let ask = Ask::post("/api/v1/cases/bulk", &body).token(desk.token(Role::Agent));
                ask.key(&format!("{action} {at}")).of(&desk.app)
            };
            match taken(&bulk("note", json!({ "text": text })).await, text) {
                Some(done) => assert_eq!(done["done"], 1),
                None => assert!(text.is_empty(), "{text:?}"),
            }
            let tagged = bulk("tag", json!({ "add": [text] })).await.ok(200);
            assert_eq!(tagged["refused"] == 1, no_tag(text), "{text:?}");
            // Under a key of its own, or the marks would add up.
            hand.agent("tag", json!({ "remove": [text] })).await.ok(200);
            let refused = bulk("refuse", json!({ "reason": text })).await.ok(200);
            assert_eq!(refused["refused"], 1);
            bulk("assign", json!({ "to": text }))
                .await
                .refused(422, "invalid");
            for (action, body) in [
                ("offer", json!({ "picks": [{ "clause": text }] })),
                ("find", json!({ "grounds": "x", "evidence": [text] })),
                ("find", json!({ "grounds": "x", "fault": text })),
                ("pass-up", json!({ "to": text, "for": "other" })),
                ("pass-up", json!({ "to": "manager", "for": text })),
                ("assess", json!({ "heat": text })),
                ("assign", json!({ "to": text })),
                ("make-promise", json!({ "text": "x", "due_at": text })),
            ] {
                let answer = hand.agent(action, body).await;
                assert!(
                    (400..500).contains(&answer.status),
                    "{action} {text:?}: {}",
                    answer.text
                );
            }
            // A gift is nothing that is exchanged: the code is taken and not looked at.
            let gift = json!({ "picks": [{ "clause": "REM-GIFT", "replacement_sku": text }] });
            taken(&hand.agent("offer", gift).await, text);
            let settings = Ask::method("PUT", "/api/v1/shop/settings").json(&json!({ "calendar": text }));
            let settings = settings.token(desk.token(Role::Admin)).of(&desk.app).await;
            settings.refused(422, "invalid");
            for field in ["actor", "before", "case", "from"] {
                let path = format!("/api/v1/audit?{field}={}", escaped(text));
                let answer = desk.get(Role::Auditor, &path).await;
                assert!(
                    answer.status == 422 || field == "before" && answer.status == 200,
                    "{text:?}"
                );
            }
        }
    })
    .await;
}

/// An exchange for what is dearer: what was found in the parcel, what goes back of it, where the
/// payment can be looked up, and what is sent instead.
#[tokio::test]
async fn exchanges_take_any_text() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut dearer = delivered_order("P");
        dearer["lines"] = json!([{ "sku": "DEARER", "title": "大码", "units": 1, "price": yuan(90_000) }]);
        dearer["discount"] = yuan(0);
        desk.order(&dearer).await;
        for (at, text) in naughty_strings()
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
        {
            let order = desk.order(&delivered_order(&format!("P{at}"))).await;
            let (link, line) = (desk.link(&order).await, desk.line(&order).await);
            let open = json!({ "kind": "exchange", "reason": "not_as_described", "replacement_sku": "DEARER",
                "lines": [{ "line": line, "units": 2 }] });
            let case = desk.buyer_opens(&link, open).await;
            desk.act(Role::Admin, &case, "approve", json!({})).await.ok(200);
            let findings = json!([{ "line": line, "accepted": 1, "rejected": 1 }]);
            let picture = picture_taken(&desk, &case).await;
            let found = json!({ "findings": findings, "text": text, "evidence": [picture] });
            desk.act(Role::Admin, &case, "inspect", found).await.ok(200);
            let paid = json!({ "amount": desk.case(&case).await["difference"], "reference": text });
            let parcel = json!({ "carrier": text, "waybill": text });
            let mut seen = vec![("inspected".to_owned(), json!(text))];
            for (action, body, name, kept, refused) in [
                ("send-back", &parcel, "sent_back", &parcel, no_parcel(text)),
                (
                    "pay-difference",
                    &paid,
                    "difference_paid",
                    &paid["reference"],
                    no_reference(text),
                ),
                (
                    "ship-replacement",
                    &parcel,
                    "replacement_shipped",
                    &parcel,
                    no_parcel(text),
                ),
            ] {
                // What is not paid for does not leave.
                if action == "ship-replacement" && no_reference(text) {
                    continue;
                }
                let answer = desk.act(Role::Machine, &case, action, body.clone()).await;
                assert_eq!(taken(&answer, text).is_none(), refused, "{text:?}");
                if !refused {
                    seen.push((name.to_owned(), kept.clone()));
                }
            }
            assert_eq!(written(&desk, &case).await, seen);
        }
    })
    .await;
}
