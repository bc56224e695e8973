//! Abuse over HTTP: signals with everything that explains them, a finding that a person makes and the buyer
//! contests, what it changes and what not, the file of an appeal, listings to be checked.

use std::io::{Cursor, Read as _};

use amends_domain::actor::Role;
use axum::body::to_bytes;
use serde_json::{Value, json};

use crate::alike::{png, shown, spots};
use crate::ask::Ask;
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;
use crate::stories::{Story, begun};

const THREAT: &str = "退款之外再给我 200，不然全网差评";

async fn signals(desk: &Fixture, case: &str) -> Vec<Value> {
    let path = format!("/api/v1/cases/{case}/signals");
    let told = desk.get(Role::Agent, &path).await.ok(200);
    told["signals"].as_array().unwrap().clone()
}

fn kinds(signals: &[Value]) -> Vec<&str> {
    signals.iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

/// A request of a buyer who then writes.
async fn wrote<'a>(desk: &'a Fixture, order: &str, reason: &str, said: &[&str]) -> Story<'a> {
    let mut order = delivered_order(order);
    order["buyer"]["phone"] = json!(format!("139{:08}", said.len() + 7 * order.to_string().len()));
    order["buyer"]["address"] = json!(order["number"]);
    let open = json!({ "kind": "return_and_refund", "reason": reason });
    let story = begun(desk, &order, 1, open).await;
    for text in said {
        desk.buyer_acts(&story.link, &story.case, "messages", json!({ "text": text }))
            .await
            .ok(200);
    }
    story
}

async fn abuse_noted(story: &Story<'_>, role: Role) {
    let note = json!({
        "grounds": "您在留言中以差评索要退款之外的 200 元", "signals": ["extortion"], "listings": ["DRESS-M"]
    });
    story
        .desk
        .act(role, &story.case, "note-abuse", note)
        .await
        .ok(200);
}

#[tokio::test]
async fn words_that_tie_money_to_a_review_are_pointed_out_with_their_place() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = wrote(&desk, "A1", "quality", &["质量太差了", THREAT, "加我微信聊"]).await;
        let found = signals(&desk, &story.case).await;
        assert_eq!(kinds(&found), ["extortion", "off_platform"]);
        let words = &found[0]["words"][0];
        assert_eq!(words["words"], "再给我 200，不然全网差评");
        let (from, to) = (words["from"].as_u64().unwrap(), words["to"].as_u64().unwrap());
        let there: String = THREAT
            .chars()
            .skip(4)
            .take(usize::try_from(to - from).unwrap())
            .collect();
        assert_eq!((from, there.as_str()), (4, words["words"].as_str().unwrap()));
        assert!(words["message"].as_str().unwrap().starts_with("text_"));
        assert_eq!(
            (&found[0]["weight"], &found[0]["clause"]["id"]),
            (&json!("high"), &json!("ABU-EXTORTION"))
        );
        let sentence = found[0]["sentence"].as_str().unwrap();
        assert!(
            sentence.contains("再给我 200") && sentence.contains("不要付钱"),
            "{sentence}"
        );
        let english = Ask::get(format!("/api/v1/cases/{}/signals", story.case))
            .header("accept-language", "en")
            .token(desk.token(Role::Auditor))
            .of(&desk.app)
            .await
            .ok(200);
        let sentence = english["signals"][0]["sentence"].as_str().unwrap();
        assert!(sentence.contains("Stay calm"), "{sentence}");
        assert_eq!(
            story.view().await["abuse"],
            Value::Null,
            "nothing follows by itself"
        );
    })
    .await;
}

#[tokio::test]
async fn who_uses_a_right_gives_no_signal() {
    on_both(async |target| {
        let desk = serve(target).await;
        let said = [
            "质量太差，我要给差评",
            "再不处理我打 12315",
            "不退款我就投诉",
            "退一赔三，不然法院见",
        ];
        let story = wrote(&desk, "A2", "quality", &said).await;
        assert_eq!(signals(&desk, &story.case).await, Vec::<Value>::new());
        // What an agent writes is not the buyer's word.
        let quoted = json!({ "text": "您的意思是给 200 元，不然差评，对吗？" });
        desk.act(Role::Agent, &story.case, "messages", quoted)
            .await
            .ok(200);
        assert_eq!(signals(&desk, &story.case).await, Vec::<Value>::new());
    })
    .await;
}

/// Six claims on six orders are a signal; of one that the clock granted, one that was the shop's fault and one
/// taken back, none is counted.
#[tokio::test]
async fn claims_are_counted_against_orders_and_never_what_was_not_his_doing() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut stories = Vec::new();
        for number in 0..7 {
            let mut order = delivered_order(&format!("F{number}"));
            order["buyer"]["nickname"] = json!("常客");
            let open = json!({ "kind": "refund_only", "reason": "regret" });
            stories.push(begun(&desk, &order, 1, open).await);
        }
        let last = stories.pop().unwrap();
        let found = signals(&desk, &last.case).await;
        let [often] = &found[..] else { panic!("{found:?}") };
        assert_eq!(often["kind"], "claim_frequency");
        assert_eq!(
            (
                &often["count"],
                &often["orders"],
                &often["percent"],
                &often["days"]
            ),
            (&json!(7), &json!(7), &json!(100), &json!(90))
        );
        assert_eq!(often["cases"].as_array().unwrap().len(), 7);
        assert!(often["sentence"].as_str().unwrap().contains("次数多不等于恶意"));
        stories[0].check("buyer withdraw {} closed").await;
        stories[1]
            .check(r#"agent find {"fault":"confirmed","grounds":"确有破损"} awaiting_decision"#)
            .await;
        let found = signals(&desk, &last.case).await;
        assert_eq!(found[0]["count"], 5);
        // Nobody answers the rest in time: the clock grants them, and none of it is held against him.
        desk.hours_pass(49).await;
        assert_eq!(stories[2].view().await["status"], "closed");
        assert_eq!(signals(&desk, &last.case).await, Vec::<Value>::new());
    })
    .await;
}

#[tokio::test]
async fn accounts_that_share_telephone_or_address_are_counted_and_never_named() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut stories = Vec::new();
        for (number, phone, address) in [
            ("C1", "13800001234", "杭州市 西湖区 文三路1号"),
            ("C2", "138-0000-1234", "杭州市西湖区文三路１号"),
            ("C3", "138 0000 1234", "上海"),
            ("C4", "13900000000", "杭州市西湖区，文三路1号"),
            ("C5", "13900000001", "杭州市西湖区文三路1号。"),
        ] {
            let mut order = delivered_order(number);
            order["buyer"]["phone"] = json!(phone);
            order["buyer"]["address"] = json!(address);
            let open = json!({ "kind": "refund_only", "reason": "regret" });
            stories.push(begun(&desk, &order, 1, open).await);
        }
        let found = signals(&desk, &stories[0].case).await;
        assert_eq!(kinds(&found), ["shared_phone", "shared_address"]);
        assert_eq!((&found[0]["count"], &found[1]["count"]), (&json!(2), &json!(3)));
        let pointed: Vec<_> = found[0]["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["case"])
            .collect();
        assert!(pointed.contains(&&json!(stories[1].case)) && pointed.contains(&&json!(stories[2].case)));
        assert!(found[0]["cases"][0]["number"].is_i64());
        let told = json!(found).to_string();
        for secret in ["1380000", "小满", "文三路", "张"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
        let found = signals(&desk, &stories[2].case).await;
        assert_eq!(kinds(&found), ["shared_phone"]);
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_another_buyer_is_a_signal_and_his_own_is_none() {
    on_both(async |target| {
        let desk = serve(target).await;
        let torn = png(&spots(5));
        let (_, _) = shown(&desk, "P1", "image/png", torn.clone()).await;
        let (same, piece) = shown(&desk, "P2", "image/png", torn).await;
        let found = signals(&desk, &same.case).await;
        let photo = found.iter().find(|one| one["kind"] == "photo_reused").unwrap();
        assert_eq!((&photo["count"], &photo["pieces"][0]), (&json!(1), &piece));
    })
    .await;
}

#[tokio::test]
async fn a_person_decides_the_buyer_contests_and_somebody_higher_settles_it() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = wrote(&desk, "N1", "quality", &[THREAT]).await;
        let bare = json!({ "grounds": "态度不好" });
        desk.act(Role::Supervisor, &story.case, "note-abuse", bare)
            .await
            .refused(422, "abuse_ungrounded");
        let note = json!({ "grounds": "x", "signals": ["extortion"] });
        desk.act(Role::Agent, &story.case, "note-abuse", note)
            .await
            .refused(403, "not_for_you");
        abuse_noted(&story, Role::Supervisor).await;
        let seen = story.buyer_sees("").await;
        assert_eq!(seen["abuse"]["state"], "noted");
        assert_eq!(seen["abuse"]["grounds"], "您在留言中以差评索要退款之外的 200 元");
        assert_eq!(
            seen["abuse"]["inside"],
            Value::Null,
            "what it rests on is the shop's own"
        );
        assert!(seen["next"].as_array().unwrap().contains(&json!("contest_abuse")));

        let said = json!({ "text": "我说的是运费，不是要钱" });
        desk.buyer_acts(&story.link, &story.case, "contest-abuse", said.clone())
            .await
            .ok(200);
        assert_eq!(story.view().await["escalated_to"], "manager");
        desk.buyer_acts(&story.link, &story.case, "contest-abuse", said)
            .await
            .refused(409, "not_now");
        let same = json!({ "upheld": true, "text": "维持" });
        let refused = desk
            .act(Role::Supervisor, &story.case, "settle-abuse", same)
            .await;
        refused.refused(403, "abuse_settled_by_another");
        let lifted = json!({ "upheld": false, "text": "看过全部聊天，您说的是运费，记录已撤销" });
        desk.act(Role::Manager, &story.case, "settle-abuse", lifted)
            .await
            .ok(200);
        let view = story.view().await;
        assert_eq!(
            (&view["abuse"]["state"], &view["escalated_to"]),
            (&json!("lifted"), &Value::Null)
        );
        assert_eq!(
            story.buyer_sees("").await["abuse"]["answer"],
            "看过全部聊天，您说的是运费，记录已撤销"
        );
    })
    .await;
}

#[tokio::test]
async fn a_finding_takes_no_right_and_leaves_goodwill_to_a_supervisor() {
    on_both(async |target| {
        let desk = serve(target).await;
        let right = wrote(&desk, "G1", "no_reason", &[THREAT]).await;
        let supply = json!({ "goods_intact": true });
        desk.act(Role::Agent, &right.case, "supply", supply).await.ok(200);
        abuse_noted(&right, Role::Supervisor).await;
        desk.act(Role::Agent, &right.case, "approve", json!({}))
            .await
            .ok(200);

        let goodwill = wrote(&desk, "G2", "regret", &[THREAT, THREAT]).await;
        abuse_noted(&goodwill, Role::Supervisor).await;
        let refused = desk.act(Role::Agent, &goodwill.case, "approve", json!({})).await;
        let refused = refused.refused(403, "goodwill_needs_supervisor");
        let detail = refused["detail"].as_str().unwrap();
        assert!(
            detail.contains("主管") && detail.contains("法定权利不受影响"),
            "{detail}"
        );
        desk.act(Role::Supervisor, &goodwill.case, "approve", json!({}))
            .await
            .ok(200);
    })
    .await;
}

/// What it names must be the case's own.
#[tokio::test]
async fn a_finding_names_the_buyers_messages_and_the_orders_goods_alone() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = wrote(&desk, "M1", "quality", &[THREAT]).await;
        let found = signals(&desk, &story.case).await;
        let message = found[0]["words"][0]["message"].clone();
        let other = wrote(&desk, "M2", "quality", &[]).await;
        let note = |extra: Value| {
            let mut note = json!({ "grounds": "索要钱款" });
            note.as_object_mut()
                .unwrap()
                .extend(extra.as_object().unwrap().clone());
            note
        };
        let foreign = note(json!({ "messages": [message] }));
        desk.act(Role::Supervisor, &other.case, "note-abuse", foreign)
            .await
            .refused(404, "not_found");
        let goods = note(json!({ "messages": [message], "listings": ["COAT"] }));
        desk.act(Role::Supervisor, &story.case, "note-abuse", goods)
            .await
            .refused(422, "unknown_product");
        let wrong = note(json!({ "signals": ["guilty"] }));
        desk.act(Role::Supervisor, &story.case, "note-abuse", wrong)
            .await
            .refused(422, "invalid");
        let right = note(json!({ "messages": [message, message] }));
        desk.act(Role::Supervisor, &story.case, "note-abuse", right)
            .await
            .ok(200);
        assert_eq!(
            story.view().await["abuse"]["inside"]["messages"],
            json!([message])
        );
    })
    .await;
}

#[tokio::test]
async fn a_listing_that_invited_it_is_checked_once() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = wrote(&desk, "L1", "quality", &[THREAT]).await;
        abuse_noted(&story, Role::Supervisor).await;
        let open = desk
            .get(Role::Agent, "/api/v1/listing-checks?done=false")
            .await
            .ok(200);
        let [check] = &open["checks"].as_array().unwrap()[..] else {
            panic!("{open}")
        };
        assert_eq!(
            (&check["sku"], &check["title"], &check["done"]),
            (&json!("DRESS-M"), &json!("碎花连衣裙"), &json!(false))
        );
        let done = json!({ "case": story.case, "sku": "DRESS-M", "note": "尺码表已补全" });
        let ask = |role| {
            Ask::post("/api/v1/listing-checks/done", &done)
                .token(desk.token(role))
                .of(&desk.app)
        };
        ask(Role::Auditor).await.refused(403, "forbidden");
        ask(Role::Agent).await.ok(204);
        ask(Role::Agent).await.refused(404, "not_found");
        let open = desk
            .get(Role::Agent, "/api/v1/listing-checks?done=false")
            .await
            .ok(200);
        assert_eq!(open["checks"], json!([]));
        let path = format!("/api/v1/listing-checks?done=true&case={}", story.case);
        let all = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!(all["checks"][0]["note"], "尺码表已补全");
    })
    .await;
}

/// The file of an appeal is the bundle: the finding stands in its events, while nothing accuses without one.
#[tokio::test]
async fn the_bundle_carries_the_finding() {
    on_both(async |target| {
        let desk = serve(target).await;
        let story = wrote(&desk, "B9", "quality", &[THREAT]).await;
        let before = bundle(&desk, &story.case).await;
        abuse_noted(&story, Role::Supervisor).await;
        let after = bundle(&desk, &story.case).await;
        let pages = |made: &[u8]| part(made, "bundle.pdf").len();
        assert!(
            pages(&after) > pages(&before),
            "{} {}",
            pages(&after),
            pages(&before)
        );
        assert!(
            String::from_utf8(part(&after, "talk.txt"))
                .unwrap()
                .contains(THREAT)
        );
    })
    .await;
}

async fn bundle(desk: &Fixture, case: &str) -> Vec<u8> {
    let answer = Ask::get(format!("/api/v1/cases/{case}/bundle"))
        .token(desk.token(Role::Agent))
        .begin(&desk.app)
        .await;
    to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()
}

fn part(bundle: &[u8], name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
    let mut bytes = Vec::new();
    zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}
