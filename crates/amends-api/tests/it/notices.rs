//! What buyers and people of the shop are told: words, ways, and what becomes of each notice.

pub(crate) mod sink;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use amends_api::ApiOptions;
use amends_app::Target;
use amends_app::notices::Couriers;
use amends_app::notices::feed::notices_feed;
use amends_app::notices::mail::mail_named;
use amends_app::notices::sms::SmsFolder;
use amends_domain::actor::Role;
use amends_domain::ids::ShopId;
use serde_json::{Value, json};
use sink::{Does, Mail, Sink};

use crate::ask::Ask;
use crate::fixture::{Fixture, Paying, delivered_order, paid_order, serve_telling};
use crate::place::on_both;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("amends-notices-{}-{number}", std::process::id())))
    }

    /// What lies in one of its folders, by name.
    fn files(&self, of: &str) -> BTreeMap<String, String> {
        let Ok(entries) = fs::read_dir(self.0.join(of)) else {
            return BTreeMap::new();
        };
        let file = |path: PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        };
        entries.map(|entry| file(entry.unwrap().path())).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A desk with one case of a buyer who has a mail address and a telephone.
struct Told {
    desk: Fixture,
    case: String,
}

impl Told {
    async fn with(target: &Target, couriers: Couriers, buyer: Value) -> Self {
        let options = ApiOptions {
            manual_clock: true,
            ..ApiOptions::default()
        };
        let desk = serve_telling(target, options, Arc::new(Paying), couriers).await;
        let mut order = paid_order("N1");
        order["buyer"] = buyer;
        let order = desk.order(&order).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&link, body).await;
        // Answered, so that no other clock than the decision's rings.
        desk.act(
            Role::Agent,
            &case,
            "messages",
            json!({ "text": "您好，正在为您核实" }),
        )
        .await
        .ok(200);
        Self { desk, case }
    }

    async fn by_mail(target: &Target, way: &str) -> Self {
        let mail = mail_named(way, Path::new("nowhere")).unwrap();
        let couriers = Couriers {
            mail: Some(mail),
            sms: None,
        };
        Self::with(target, couriers, known()).await
    }

    async fn shop(&self) -> ShopId {
        self.desk.desk.store.shops_list().await.unwrap()[0].id
    }

    /// Lets the feed read what has happened.
    async fn received(&self) {
        notices_feed(&self.desk.desk).await.unwrap();
    }

    async fn told(&self) -> Vec<Value> {
        self.desk.notices(&self.case).await
    }

    /// State, attempts and error of the only notice.
    async fn state(&self) -> (String, u64, String) {
        let told = self.told().await;
        assert_eq!(told.len(), 1, "{told:?}");
        state(&told[0])
    }

    async fn settings(&self, notices: Value) {
        let settings = json!({ "return_address": "杭州", "notices": notices });
        self.put_settings(&settings).await.ok(200);
    }

    async fn put_settings(&self, settings: &Value) -> crate::ask::Answer {
        Ask::method("PUT", "/api/v1/shop/settings")
            .json(settings)
            .token(self.desk.token(Role::Admin))
            .of(&self.desk.app)
            .await
    }
}

fn known() -> Value {
    json!({ "nickname": "小满", "phone": "13800001234", "email": "xiaoman@example.com" })
}

fn state(notice: &Value) -> (String, u64, String) {
    let text = |name: &str| notice[name].as_str().unwrap_or_default().to_owned();
    (text("state"), notice["attempts"].as_u64().unwrap(), text("error"))
}

fn stands(state: &str, attempts: u64, error: &str) -> (String, u64, String) {
    (state.to_owned(), attempts, error.to_owned())
}

#[tokio::test]
async fn a_buyer_reads_by_mail_what_the_shop_will_do_and_by_when() {
    on_both(async |target| {
        let sink = Sink::start(&[Does::Takes]);
        let told = Told::by_mail(target, &sink.way()).await;
        told.received().await;
        told.received().await;
        assert_eq!(told.state().await, stands("queued", 0, ""), "asked twice, queued once");
        told.desk.hours_pass(0).await;
        assert_eq!(told.state().await, stands("sent", 1, ""));
        let notice = &told.told().await[0];
        assert_eq!(notice["address"], "x***@example.com");
        assert_eq!(notice["next_at"], Value::Null);
        let id = notice["id"].as_str().unwrap();
        assert_eq!(id, format!("{}.1.application_received.mail", told.case));
        assert_eq!(
            sink.taken(),
            [Mail {
                id: format!("<{id}@shop.example>"),
                from: "演示店铺 <service@shop.example>".to_owned(),
                to: "xiaoman@example.com".to_owned(),
                subject: "售后单 1：您的申请已收到，2026年1月2日 24:00 前给您答复".to_owned(),
                text: "小满，您好：\n\n您的售后申请已经收到，售后单号 1。\n\
                       我们会在 2026年1月2日 24:00 前给您明确答复，同意或不同意都会说清楚原因。\n\
                       依据：「商家处理售后申请的时限」（CLK-2）\n\
                       在此之前您不用再做什么；想补充说明或照片，可以随时在售后页面上添加。\n\n演示店铺 客服\n"
                    .to_owned(),
            }]
        );
        assert!(told.desk.desk.store.next_due().await.unwrap().notice.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_mail_leads_its_buyer_to_his_order_where_the_shop_has_said_where_its_pages_are() {
    on_both(async |target| {
        let sink = Sink::start(&[Does::Takes]);
        let told = Told::by_mail(target, &sink.way()).await;
        told.settings(json!({ "page_address": "https://care.shop.example" }))
            .await;
        told.received().await;
        told.desk.hours_pass(0).await;
        let mail = &sink.taken()[0].text;
        let link = mail
            .split_once("https://care.shop.example/portal#link=")
            .unwrap_or_else(|| panic!("no link in {mail}"))
            .1;
        let token = link.lines().next().unwrap();
        let order = Ask::get("/api/v1/buyer/order")
            .link(token)
            .of(&told.desk.app)
            .await;
        assert_eq!(order.ok(200)["number"], "N1");
        // What is kept of the notice does not let anybody in.
        assert!(!told.told().await[0]["text"].as_str().unwrap().contains("link="));
    })
    .await;
}

#[tokio::test]
async fn what_the_mail_server_does_decides_what_becomes_of_a_notice() {
    let trials: [(&[Does], _, _, usize); 6] = [
        (
            &[Does::Says("451 later"), Does::Takes],
            stands("queued", 1, "the mail server said 451"),
            stands("sent", 2, ""),
            1,
        ),
        (
            &[Does::Says("550 xiaoman@example.com is nobody"), Does::Takes],
            stands("failed", 1, "the mail server said 550"),
            stands("failed", 1, "the mail server said 550"),
            0,
        ),
        (
            &[Does::HangsUp, Does::Takes],
            stands("queued", 1, "the mail server could not be understood, or hung up"),
            stands("sent", 2, ""),
            1,
        ),
        (
            &[Does::TakesInSilence, Does::Takes],
            stands("queued", 1, "the mail server could not be understood, or hung up"),
            stands("sent", 2, ""),
            2,
        ),
        (
            &[Does::Knows("535 wrong password"), Does::Takes],
            stands("queued", 1, "the mail server said 535"),
            stands("sent", 2, ""),
            1,
        ),
        (
            &[Does::Says("451 never")],
            stands("queued", 1, "the mail server said 451"),
            stands("failed", 12, "the mail server said 451"),
            0,
        ),
    ];
    for (does, first, last, taken) in trials {
        let sink = Sink::start(does);
        let told = Told::by_mail(&Target::SqliteMemory, &sink.way()).await;
        told.received().await;
        told.desk.hours_pass(0).await;
        assert_eq!(told.state().await, first, "{does:?}");
        told.desk.hours_pass(30).await;
        assert_eq!(told.state().await, last, "{does:?}");
        let mails = sink.taken();
        assert_eq!(mails.len(), taken, "{does:?}");
        assert!(
            mails.windows(2).all(|two| two[0] == two[1]),
            "twice the same, under one id"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let told = Told::by_mail(
        &Target::SqliteMemory,
        "smtp://127.0.0.1:1?from=service%40shop.example",
    )
    .await;
    told.received().await;
    told.desk.hours_pass(0).await;
    let unreached = "the mail server could not be reached, or hung up";
    assert_eq!(told.state().await, stands("queued", 1, unreached));
    let next = told.told().await[0]["next_at"].as_str().unwrap().to_owned();
    assert_eq!(next, "2025-12-31T16:00:30.000Z");
}

#[tokio::test]
async fn what_cannot_be_written_whole_is_not_sent() {
    on_both(async |target| {
        let sink = Sink::start(&[Does::Takes]);
        let told = Told::by_mail(target, &sink.way()).await;
        told.received().await;
        told.put_settings(&json!({ "return_address": "" })).await.ok(200);
        let order = told.desk.order(&delivered_order("N2")).await;
        let (link, line) = (told.desk.link(&order).await, told.desk.line(&order).await);
        let body = json!({ "kind": "return_and_refund", "reason": "no_reason", "goods_intact": true,
            "lines": [{ "line": line, "units": 1 }] });
        let case = told.desk.buyer_opens(&link, body).await;
        told.desk
            .act(Role::Agent, &case, "approve", json!({}))
            .await
            .ok(200);
        told.desk.hours_pass(0).await;
        let of_it = told.desk.notices(&case).await;
        let approved: Vec<_> = of_it
            .iter()
            .filter(|notice| notice["code"] == "approved_return")
            .map(state)
            .collect();
        assert_eq!(approved, [stands("failed", 0, "approved_return lacks address")]);
        assert!(sink.taken().iter().all(|mail| !mail.subject.contains("退货")));
    })
    .await;
}

#[tokio::test]
async fn a_telephone_does_not_ring_before_eight() {
    on_both(async |target| {
        let folder = Folder::new();
        let couriers = Couriers {
            mail: None,
            sms: Some(Arc::new(SmsFolder::new(folder.0.join("sms")))),
        };
        let told = Told::with(target, couriers, known()).await;
        told.received().await;
        told.desk.hours_pass(7).await;
        assert_eq!(told.state().await, stands("queued", 0, ""));
        assert_eq!(told.told().await[0]["next_at"], "2026-01-01T00:00:00.000Z");
        assert!(folder.files("sms").is_empty());
        told.desk.hours_pass(1).await;
        assert_eq!(told.state().await, stands("sent", 1, ""));
        assert_eq!(told.told().await[0]["address"], "138****1234");
        let files = folder.files("sms");
        let name = format!("{}.1.application_received.sms.json", told.case);
        let sms: Value = serde_json::from_str(&files[&name]).unwrap();
        assert_eq!(sms["to"], "13800001234");
        assert_eq!(
            sms["text"],
            "【演示店铺】您的售后申请 1 已收到，2026年1月2日 24:00 前给您答复。"
        );
        assert_eq!(files.len(), 1, "no half-written file is left");
    })
    .await;
}

#[tokio::test]
async fn mail_in_a_folder_is_in_the_language_the_shop_has_set() {
    let folder = Folder::new();
    let couriers = Couriers {
        mail: Some(mail_named("folder", &folder.0).unwrap()),
        sms: Some(Arc::new(SmsFolder::new(folder.0.join("sms")))),
    };
    let told = Told::with(&Target::SqliteMemory, couriers, json!({ "nickname": "小满" })).await;
    told.received().await;
    told.desk.hours_pass(9).await;
    let states: Vec<_> = told.told().await.iter().map(state).collect();
    assert_eq!(states, [stands("no_address", 0, ""), stands("no_address", 0, "")]);

    let settings = |language: &str| json!({ "language": language, "channels": ["mail"], "staff_mail": { "agent": "desk@shop.example" } });
    told.settings(settings("zh-TW")).await;
    told.desk.hours_pass(28).await;
    told.settings(settings("en")).await;
    told.desk.hours_pass(12).await;
    let files = folder.files("mail");
    let mut mails: Vec<Mail> = files.values().map(|mail| Mail::read(mail)).collect();
    mails.sort_by(|one, other| other.subject.cmp(&one.subject));
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "售後單 1：申請答覆將於 2026年1月2日 24:00 到期",
            "Case 1: overdue: answer to the request"
        ]
    );
    assert_eq!(
        mails[0].text,
        "您好：\n\n售後單 1 的申請答覆將於 2026年1月2日 24:00 到期，目前還沒有處理。\n\
         請在到期前處理完；如果來不及，請現在就轉交主管，並先告訴買家。\n\n演示店铺 客服\n"
    );
    assert!(mails[1].text.contains("Rule: “"), "{}", mails[1].text);
    assert!(mails[1].text.contains("(CLK-2)"), "{}", mails[1].text);
    assert!(mails.iter().all(|mail| mail.to == "desk@shop.example"));
}

#[tokio::test]
async fn an_erased_buyer_is_told_nothing_and_his_notices_say_nothing() {
    on_both(async |target| {
        let sink = Sink::start(&[Does::Takes]);
        let told = Told::by_mail(target, &sink.way()).await;
        told.received().await;
        told.desk.hours_pass(0).await;
        told.desk
            .act(Role::Agent, &told.case, "withdraw", json!({}))
            .await
            .ok(200);
        told.received().await;
        let case = told
            .desk
            .desk
            .store
            .case_by_id(told.shop().await, told.case.parse().unwrap());
        let buyer = case.await.unwrap().unwrap().case.buyer;
        Ask::method("DELETE", format!("/api/v1/buyers/{buyer}"))
            .token(told.desk.token(Role::Admin))
            .key("erase")
            .of(&told.desk.app)
            .await
            .ok(204);
        told.desk.hours_pass(1).await;
        let told_of = told.told().await;
        let states: Vec<_> = told_of.iter().map(state).collect();
        assert_eq!(states, [stands("sent", 1, ""), stands("no_address", 0, "")]);
        for notice in &told_of {
            assert!(notice["text"].is_null() && notice["subject"].is_null() && notice["address"].is_null());
        }
        assert_eq!(sink.taken().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused() {
    let told = Told::with(&Target::SqliteMemory, Couriers::default(), known()).await;
    told.settings(json!({ "channels": [] })).await;
    told.received().await;
    assert!(told.told().await.is_empty());
    for (notices, field) in [
        (json!({ "language": "fr" }), "notices.language"),
        (
            json!({ "sms_from_hour": 9, "sms_until_hour": 9 }),
            "notices.sms_until_hour",
        ),
        (json!({ "sms_until_hour": 25 }), "notices.sms_until_hour"),
        (json!({ "channels": ["sms", "sms"] }), "notices.channels"),
        (
            json!({ "page_address": "care.shop.example" }),
            "notices.page_address",
        ),
        (
            json!({ "page_address": "javascript:alert(1)" }),
            "notices.page_address",
        ),
        (
            json!({ "page_address": "https://care.shop.example/" }),
            "notices.page_address",
        ),
        (
            json!({ "page_address": "https://care.shop.example/x?y" }),
            "notices.page_address",
        ),
        (
            json!({ "staff_mail": { "agent": "nobody" } }),
            "notices.staff_mail",
        ),
        (
            json!({ "staff_mail": { "boss": "a@b.example" } }),
            "notices.staff_mail",
        ),
    ] {
        let answer = told.put_settings(&json!({ "notices": notices })).await;
        let problem = answer.refused(422, "invalid");
        assert_eq!(problem["facts"]["field"], field, "{notices}: {problem}");
    }
}

#[tokio::test]
async fn a_way_the_shop_has_chosen_and_nobody_connected_is_tried_for_a_day() {
    let folder = Folder::new();
    let couriers = Couriers {
        mail: None,
        sms: Some(Arc::new(SmsFolder::new(folder.0.join("sms")))),
    };
    let told = Told::with(&Target::SqliteMemory, couriers, known()).await;
    told.settings(json!({ "channels": ["mail"] })).await;
    told.received().await;
    told.desk.hours_pass(35).await;
    assert_eq!(told.state().await, stands("failed", 12, "mail is not connected"));
}
