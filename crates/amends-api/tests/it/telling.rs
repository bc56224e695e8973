//! What happens to a case tells the buyer and the people of the shop by itself: once, whole, and with the
//! figures of the policy in force.

use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::Target;
use amends_app::content::PACKS;
use amends_app::notices::Couriers;
use amends_app::notices::feed::notices_feed;
use amends_app::notices::mail::mail_named;
use amends_app::notices::sms::SmsFolder;
use amends_app::payments::{Payments, RefundRequest};
use amends_app::shops::policy_publish::{policy_plan, policy_publish, shop_today};
use amends_domain::actor::Role;
use amends_domain::command::PaymentAnswer;
use amends_domain::policy::pack::Pack;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{
    Fixture, Folder, HOUR_MS, Paying, START, delivered_order, paid_order, serve_telling, yuan,
};
use crate::notices::sink::Mail;
use crate::place::on_both;

/// A served desk that mails into a folder.
struct Shop {
    desk: Fixture,
    mail: Folder,
}

/// A case and the buyer's way to it.
struct Opened {
    case: String,
    link: String,
    line: String,
}

impl Shop {
    async fn paying(target: &Target, payments: Arc<dyn Payments>) -> Self {
        let mail = Folder::fresh();
        let couriers = Couriers {
            mail: Some(mail_named("folder", &mail.0).unwrap()),
            sms: Some(Arc::new(SmsFolder::new(mail.0.join("sms")))),
        };
        let options = ApiOptions {
            manual_clock: true,
            ..ApiOptions::default()
        };
        let desk = serve_telling(target, options, payments, couriers).await;
        Self { desk, mail }
    }

    async fn new(target: &Target) -> Self {
        Self::paying(target, Arc::new(Paying)).await
    }

    async fn opens(&self, mut order: Value, body: Value) -> Opened {
        order["buyer"]["email"] = json!("xiaoman@example.com");
        let order = self.desk.order(&order).await;
        let (link, line) = (self.desk.link(&order).await, self.desk.line(&order).await);
        let mut body = body;
        body["lines"] = json!([{ "line": line, "units": 1 }]);
        let case = self.desk.buyer_opens(&link, body).await;
        Opened { case, link, line }
    }

    async fn returns(&self, number: &str) -> Opened {
        let body = json!({ "kind": "return_and_refund", "reason": "no_reason", "goods_intact": true });
        self.opens(delivered_order(number), body).await
    }

    /// What was told about a case by mail: to whom, and which notice.
    async fn told(&self, case: &str) -> Vec<String> {
        let notices = self.desk.notices(case).await;
        let mails = notices.iter().filter(|notice| notice["channel"] == "mail");
        mails
            .map(|notice| {
                let failed = notice["state"] == "failed";
                assert!(!failed, "{notice}");
                let text = |name: &str| notice[name].as_str().unwrap().to_owned();
                format!("{} {}", text("to"), text("code"))
            })
            .collect()
    }

    /// The text of a notice by mail.
    async fn text(&self, case: &str, code: &str) -> String {
        let notices = self.desk.notices(case).await;
        let told = notices
            .iter()
            .find(|notice| notice["code"] == code && notice["channel"] == "mail");
        let told = told.unwrap_or_else(|| panic!("{code} in {notices:?}"));
        told["text"].as_str().unwrap_or_default().to_owned()
    }

    /// How many mails lie in the folder, read as mails.
    fn mails(&self) -> Vec<Mail> {
        let Ok(files) = std::fs::read_dir(self.mail.0.join("mail")) else {
            return Vec::new();
        };
        let read = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        read.map(|text| Mail::read(&text)).collect()
    }

    async fn publish(&self, packs: &[Pack]) {
        let shop = self.desk.desk.store.shops_list().await.unwrap().remove(0);
        let today = shop_today(&self.desk.desk, &shop).unwrap();
        let plan = policy_plan(packs, today).unwrap().unwrap();
        policy_publish(&self.desk.desk, &shop, &plan).await.unwrap();
    }
}

fn pack(name: &str, from: &str, to: &str) -> Pack {
    let (_, text) = PACKS.iter().find(|(file, _)| *file == name).unwrap();
    assert!(text.contains(from), "{from}");
    Pack::parse(&text.replace(from, to)).unwrap()
}

#[tokio::test]
async fn a_return_tells_its_buyer_every_step() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let Opened { case, link, line } = shop.returns("T1").await;
        shop.desk.hours_pass(1).await;
        shop.desk
            .act(Role::Agent, &case, "approve", json!({}))
            .await
            .ok(200);
        shop.desk.hours_pass(1).await;
        let text = shop.text(&case, "approved_return").await;
        assert!(text.contains("浙江省杭州市余杭区示例路 1 号 售后仓"), "{text}");
        assert!(text.contains("请在 2026年1月11日 24:00 前把商品寄到"), "{text}");
        assert!(text.contains("（ELG-1）") && !text.contains("说明："), "{text}");

        let pickup = json!({ "carrier": "顺丰", "from": "2026-01-02T09:00:00+08:00",
            "until": "2026-01-02T12:00:00+08:00", "reference": "QJ-1" });
        shop.desk
            .act(Role::Agent, &case, "book-pickup", pickup)
            .await
            .ok(200);
        shop.desk.hours_pass(1).await;
        let text = shop.text(&case, "pickup_booked").await;
        assert!(
            text.contains("时间：2026年1月2日 09:00 至 2026年1月2日 12:00"),
            "{text}"
        );
        let booked = &shop.desk.case(&case).await["pickup"];
        assert_eq!(booked["until"], "2026-01-02T04:00:00.000Z");

        let parcel = json!({ "carrier": "顺丰", "waybill": "SF100" });
        shop.desk
            .buyer_acts(&link, &case, "ship-return", parcel)
            .await
            .ok(200);
        let findings = json!({ "findings": [{ "line": line, "accepted": 1 }] });
        shop.desk
            .act(Role::Agent, &case, "inspect", findings)
            .await
            .ok(200);
        shop.desk
            .act(Role::Supervisor, &case, "refund", json!({}))
            .await
            .ok(200);
        shop.desk.hours_pass(1).await;
        assert_eq!(
            shop.told(&case).await,
            [
                "buyer application_received",
                "buyer approved_return",
                "buyer pickup_booked",
                "buyer return_on_the_way",
                "buyer inspection_passed",
                "buyer refund_ordered",
                "buyer refund_paid",
                "buyer closed",
            ]
        );
        let text = shop.text(&case, "refund_paid").await;
        assert!(text.contains("已经退回您的支付宝账户"), "{text}");
        assert!(text.contains("预计 2026年1月1日 到账"), "{text}");

        // The day after it closed the buyer is asked how it went, and who handles it to ask him.
        shop.desk.hours_pass(24).await;
        let told = shop.told(&case).await;
        assert_eq!(told[8..], ["agent deadline_near", "buyer follow_up_invite"]);
        let mails = shop.mails();
        assert_eq!(mails.len(), 9, "the agents have no address");
        assert!(mails.iter().all(|mail| mail.to == "xiaoman@example.com"));
    })
    .await;
}

#[tokio::test]
async fn an_approval_by_itself_tells_both_sides_its_clause() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let body = json!({ "kind": "refund_only", "reason": "regret" });
        let Opened { case, .. } = shop.opens(paid_order("T2"), body).await;
        shop.desk
            .act(
                Role::Agent,
                &case,
                "messages",
                json!({ "text": "您好，正在为您核实" }),
            )
            .await
            .ok(200);
        shop.desk.hours_pass(48).await;
        assert_eq!(
            shop.told(&case).await,
            [
                "buyer application_received",
                "agent deadline_near",
                "agent deadline_passed",
                "buyer approved_refund",
                "buyer refund_paid",
                "buyer closed",
            ]
        );
        let text = shop.text(&case, "approved_refund").await;
        assert!(text.contains("说明：处理时限已到，按规则自动同意"), "{text}");
        for code in ["approved_refund", "deadline_passed"] {
            let text = shop.text(&case, code).await;
            assert!(
                text.contains("依据：「商家处理售后申请的时限」（CLK-2）"),
                "{text}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_figure_changed_in_a_pack_shows_in_behaviour_answer_explanation_and_notice() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let from = "clock = \"decision\"\nlength = \"48h\"";
        let to = "clock = \"decision\"\nlength = \"36h\"";
        let platform = pack("taobao.toml", from, to);
        let service = pack("taobao-service.toml", "x", "x");
        shop.publish(&[platform, service]).await;
        let Opened { case, .. } = shop.returns("T3").await;
        shop.desk.hours_pass(0).await;

        let told = shop.text(&case, "application_received").await;
        assert!(
            told.contains("我们会在 2026年1月2日 12:00 前给您明确答复"),
            "{told}"
        );
        let seen = shop.desk.case(&case).await;
        let clocks = seen["clocks"].as_array().unwrap();
        let decision = clocks.iter().find(|clock| clock["clock"] == "decision").unwrap();
        assert_eq!(decision["due_at"], "2026-01-02T04:00:00.000Z", "{decision}");
        assert!(decision.to_string().contains("CLK-2"), "{decision}");
        let policy = shop.desk.get(Role::Agent, "/api/v1/policy").await.ok(200);
        let clauses = policy["clauses"].as_array().unwrap();
        let clause = clauses.iter().find(|clause| clause["id"] == "CLK-2").unwrap();
        assert!(clause.to_string().contains("36h"), "{clause}");

        shop.desk.hours_pass(35).await;
        assert!(!shop.desk.told(&case).await.contains(&"approved".to_owned()));
        shop.desk.hours_pass(1).await;
        assert!(shop.desk.told(&case).await.contains(&"approved".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_refusal_says_why_and_what_can_be_done_until_when() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let body = json!({ "kind": "refund_only", "reason": "regret" });
        let Opened { case, link, .. } = shop.opens(delivered_order("T4"), body).await;
        let refuse = json!({ "reason": "no_fault_found", "text": "检测后没有发现问题" });
        shop.desk.act(Role::Agent, &case, "refuse", refuse).await.ok(200);
        shop.desk.hours_pass(0).await;
        let text = shop.text(&case, "refused").await;
        for line in [
            "说明：检测后没有发现问题",
            "您可以在 2026年1月8日 24:00 前，在售后页面上选择：",
            "· 补充说明或照片，重新提交申请",
            "· 申请平台介入，由平台来判定",
            "· 如果您已经有了别的打算，也可以撤销申请",
        ] {
            assert!(text.contains(line), "{text}");
        }
        shop.desk
            .buyer_acts(&link, &case, "intervention", json!({}))
            .await
            .ok(200);
        let rule = json!({ "ruling": "for_buyer" });
        shop.desk.hours_pass(0).await;
        shop.desk.act(Role::Mediator, &case, "rule", rule).await.ok(200);
        shop.desk.hours_pass(0).await;
        assert_eq!(
            shop.told(&case).await,
            [
                "buyer application_received",
                "buyer refused",
                "agent intervention_asked",
                "buyer intervention_received",
                "buyer ruled",
                "agent ruling",
                "buyer approved_refund",
                "buyer refund_paid",
                "buyer closed",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn who_has_handed_in_is_not_told_that_the_time_for_it_ends() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        // The other has said nothing: its agent is warned, and then its supervisor called.
        for (order, stated, told) in [
            ("T6", true, [].as_slice()),
            ("T7", false, &["agent deadline_near", "supervisor escalated"]),
        ] {
            let body = json!({ "kind": "refund_only", "reason": "quality" });
            let Opened { case, link, .. } = shop.opens(delivered_order(order), body).await;
            let refuse = json!({ "reason": "no_fault_found", "text": "检测后没有发现问题" });
            shop.desk.act(Role::Agent, &case, "refuse", refuse).await.ok(200);
            shop.desk
                .buyer_acts(&link, &case, "intervention", json!({}))
                .await
                .ok(200);
            if stated {
                let said = json!({ "text": "发货前检查记录" });
                shop.desk
                    .act(Role::Agent, &case, "statements", said)
                    .await
                    .ok(200);
            }
            shop.desk.hours_pass(0).await;
            let before = shop.told(&case).await.len();
            shop.desk.hours_pass(3 * 24).await;
            assert_eq!(shop.told(&case).await[before..], *told, "{order}");
        }
    })
    .await;
}

#[tokio::test]
async fn options_promises_and_calls_upward_are_told() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let body = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 1 });
        let Opened { case, link, .. } = shop.opens(delivered_order("T5"), body).await;
        let act = async |role, action: &str, body| shop.desk.act(role, &case, action, body).await.ok(200);
        let due = |hours: i64| iso(hours);
        act(
            Role::Agent,
            "make-promise",
            json!({ "text": "今天查清楚仓库的发货记录", "due_at": due(12) }),
        )
        .await;
        act(
            Role::Agent,
            "move-promise",
            json!({ "promise": 1, "due_at": due(20), "text": "仓库盘点，要晚一些" }),
        )
        .await;
        let picks = json!([{ "clause": "REM-RETURN" }, { "clause": "REM-PARTIAL", "amount": yuan(3_000) }]);
        act(Role::Admin, "offer", json!({ "picks": picks })).await;
        act(
            Role::Agent,
            "pass-up",
            json!({ "to": "supervisor", "for": "buyer_demand" }),
        )
        .await;
        shop.desk.hours_pass(0).await;
        assert_eq!(
            shop.told(&case).await,
            [
                "buyer application_received",
                "buyer promised",
                "buyer promise_moved",
                "buyer offer_made",
                "supervisor escalated",
                "buyer escalated_to_supervisor",
            ]
        );
        in_words(&shop, &case).await;

        // Nobody keeps the promise: its owner is warned, then the buyer hears it from us.
        shop.desk.hours_pass(21).await;
        let told = shop.told(&case).await;
        for expected in [
            "agent promise_near",
            "buyer clock_overdue_buyer",
            "supervisor escalated",
        ] {
            assert!(told.contains(&expected.to_owned()), "{expected} in {told:?}");
        }
        let decline = json!({ "offer": 1, "wish": yuan(5_000), "text": "还是想多退一点" });
        let terms = shop.desk.case(&case).await["terms"].as_u64().unwrap();
        let path = format!("/api/v1/buyer/cases/{case}/decline-offer");
        Ask::post(path, &decline)
            .link(&link)
            .key("decline")
            .terms(terms)
            .of(&shop.desk.app)
            .await
            .ok(200);
        shop.desk.hours_pass(0).await;
        assert!(
            shop.told(&case)
                .await
                .contains(&"agent offer_declined".to_owned())
        );
    })
    .await;
}

/// A promise that is put off and two options, as the buyer reads them.
async fn in_words(shop: &Shop, case: &str) {
    let text = shop.text(case, "promise_moved").await;
    assert!(
        text.contains("我们答应您的事：今天查清楚仓库的发货记录"),
        "{text}"
    );
    assert!(
        text.contains("原定 2026年1月1日 12:00 前完成，现在要改到 2026年1月1日 20:00 前"),
        "{text}"
    );
    assert!(text.contains("原因：仓库盘点，要晚一些"), "{text}");
    let text = shop.text(case, "offer_made").await;
    assert!(text.contains("1. 退货退款 「"), "{text}");
    assert!(
        text.contains("   退货运费：由我们承担\n   选定后 7 天 内办好"),
        "{text}"
    );
    assert!(text.contains("2. 退一部分款，商品您留着 「"), "{text}");
    assert!(text.contains("   退款：30.00 元"), "{text}");
}

/// Hours after the start, as a request writes them.
fn iso(hours: i64) -> String {
    let at = START.plus_millis(hours * HOUR_MS);
    at.to_string()
}

/// Declines everything.
struct Declining;

#[async_trait::async_trait]
impl Payments for Declining {
    async fn refund(&self, _: &RefundRequest) -> PaymentAnswer {
        PaymentAnswer::Declined {
            code: "ACCOUNT_CLOSED".to_owned(),
        }
    }

    async fn refund_status(&self, request: &RefundRequest) -> PaymentAnswer {
        self.refund(request).await
    }
}

#[tokio::test]
async fn a_refund_that_fails_is_told_before_the_buyer_asks() {
    on_both(async |target| {
        let shop = Shop::paying(target, Arc::new(Declining)).await;
        let body = json!({ "kind": "refund_only", "reason": "regret" });
        let Opened { case, .. } = shop.opens(paid_order("T6"), body).await;
        shop.desk
            .act(Role::Agent, &case, "approve", json!({}))
            .await
            .ok(200);
        shop.desk.hours_pass(1).await;
        assert_eq!(
            shop.told(&case).await,
            [
                "buyer application_received",
                "buyer approved_refund",
                "buyer refund_delayed",
                "agent refund_failed",
                "supervisor escalated",
            ]
        );
        let text = shop.text(&case, "refund_failed").await;
        assert!(text.contains("支付方返回：ACCOUNT_CLOSED"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn two_nodes_and_a_page_begun_anew_tell_nothing_twice() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let Opened { case, .. } = shop.returns("T7").await;
        let store = &shop.desk.desk.store;
        let behind = store.notices_behind().await.unwrap()[0];
        let (one, other) = tokio::join!(notices_feed(&shop.desk.desk), notices_feed(&shop.desk.desk));
        one.unwrap();
        other.unwrap();
        assert!(store.notices_behind().await.unwrap().is_empty());
        let told = shop.desk.notices(&case).await;
        assert_eq!(told.len(), 2, "one by mail, one by telephone: {told:?}");
        // Whoever read before the cursor moved writes nothing any more.
        let late = store
            .notices_tell(behind.shop, (behind.told, behind.end(None)), &[])
            .await;
        assert!(!late.unwrap());
        assert!(!notices_feed(&shop.desk.desk).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_is_long_past_is_not_told_when_mail_is_set_up() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let settings =
            |channels: Value| json!({ "return_address": "杭州", "notices": { "channels": channels } });
        let put = async |body: &Value| {
            Ask::method("PUT", "/api/v1/shop/settings")
                .json(body)
                .token(shop.desk.token(Role::Admin))
                .of(&shop.desk.app)
                .await
                .ok(200)
        };
        put(&settings(json!([]))).await;
        let Opened { case, .. } = shop.returns("T8").await;
        shop.desk.hours_pass(1).await;
        put(&settings(json!(["mail"]))).await;
        shop.desk
            .act(Role::Agent, &case, "approve", json!({}))
            .await
            .ok(200);
        shop.desk.hours_pass(1).await;
        assert_eq!(shop.told(&case).await, ["buyer approved_return"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_wanted_of_a_buyer_is_told_until_he_shows_it() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let body = json!({ "kind": "return_and_refund", "reason": "quality", "text": "拉链坏了" });
        let Opened { case, link, .. } = shop.opens(delivered_order("E1"), body).await;
        let ask = json!({ "kinds": ["photo", "video"], "text": "拉链头拍近一点，再录一下拉不动的样子" });
        shop.desk
            .act(Role::Agent, &case, "ask-evidence", ask)
            .await
            .ok(200);
        shop.desk.hours_pass(0).await;
        let text = shop.text(&case, "evidence_asked").await;
        assert!(
            text.contains("- 实物照片，问题处拍近一点\n- 开箱或使用时的视频\n拉链头拍近一点"),
            "{text}"
        );
        assert_eq!(
            shop.desk.case(&case).await["evidence_asked"],
            json!(["photo", "video"])
        );
        let shown = json!({ "photos": 2 });
        shop.desk.buyer_acts(&link, &case, "supply", shown).await.ok(200);
        let seen = shop.desk.case(&case).await;
        assert_eq!(
            (&seen["evidence_asked"], &seen["entitlement"]),
            (&json!([]), &json!("met"))
        );
        // What it was judged by since stands there, not what its opening said.
        let seven_days = seen["explanations"].as_array().unwrap().iter();
        let photos = seven_days
            .filter_map(|right| right["findings"].as_array())
            .flatten()
            .find(|finding| finding["condition"] == "evidence.photos >= 1");
        assert_eq!(photos.unwrap()["actual"], "2");

        let nothing = json!({ "kinds": [] });
        let refused = shop.desk.act(Role::Agent, &case, "ask-evidence", nothing).await;
        refused.refused(422, "invalid");
        let Opened { case, .. } = shop.returns("E2").await;
        let proof = json!({ "kinds": ["photo"] });
        let refused = shop.desk.act(Role::Agent, &case, "ask-evidence", proof).await;
        let problem = refused.refused(409, "proof_must_not_be_asked");
        assert_eq!(problem["clauses"], json!(["ELG-1"]));
    })
    .await;
}

#[tokio::test]
async fn a_late_reply_is_told_to_him_who_waits_and_to_a_supervisor() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let body = json!({ "kind": "consultation", "reason": "usage", "text": "怎么洗不会缩水？" });
        let Opened { case, .. } = shop.opens(delivered_order("R1"), body).await;
        shop.desk.hours_pass(0).await;
        let text = shop.text(&case, "question_received").await;
        assert!(text.contains("2026年1月1日 24:00"), "{text}");
        shop.desk.hours_pass(25).await;
        assert_eq!(
            shop.told(&case).await,
            [
                "buyer question_received",
                "agent deadline_near",
                "buyer clock_overdue_buyer",
                "supervisor escalated",
            ]
        );
        let text = shop.text(&case, "clock_overdue_buyer").await;
        assert!(text.contains("首次答复，我们没有在答应的时间内完成"), "{text}");
        assert!(text.contains("最晚 2026年1月4日 24:00 前答复您"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_repair_that_takes_too_long_is_told_before_the_buyer_asks() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let body = json!({ "kind": "repair", "reason": "quality", "text": "水壶不加热" });
        let Opened { case, link, line } = shop.opens(delivered_order("R2"), body).await;
        let act = async |action: &str, body| shop.desk.act(Role::Agent, &case, action, body).await.ok(200);
        act("approve", json!({})).await;
        let parcel = json!({ "carrier": "顺丰", "waybill": "SF1" });
        shop.desk
            .buyer_acts(&link, &case, "ship-return", parcel)
            .await
            .ok(200);
        act(
            "inspect",
            json!({ "findings": [{ "line": line, "accepted": 1 }] }),
        )
        .await;
        shop.desk.hours_pass(0).await;
        let text = shop.text(&case, "repair_started").await;
        assert!(
            text.contains("我们会在 2026年1月22日 24:00 前修好并寄出"),
            "{text}"
        );
        let before = shop.told(&case).await.len();
        shop.desk.hours_pass(24 * 14).await;
        assert_eq!(shop.told(&case).await[before..], ["agent deadline_near"]);
        shop.desk.hours_pass(24 * 14).await;
        assert_eq!(
            shop.told(&case).await[before + 1..],
            ["buyer clock_overdue_buyer", "supervisor escalated"]
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_tries_is_called_when_the_trial_ends() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let mut order = delivered_order("T9");
        order["lines"][0]["category"] = json!("skincare");
        let body = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 1 });
        let Opened { case, link, .. } = shop.opens(order, body).await;
        let offer = json!({ "picks": [{ "clause": "REM-TRIAL" }] });
        shop.desk.act(Role::Agent, &case, "offer", offer).await.ok(200);
        let choose = json!({ "offer": 1, "option": 1 });
        shop.desk.buyer_acts(&link, &case, "choose", choose).await.ok(200);
        shop.desk.hours_pass(0).await;
        let text = shop.text(&case, "trial_started").await;
        assert!(text.contains("我们会在 2026年1月8日 24:00 前联系您"), "{text}");
        let before = shop.told(&case).await.len();
        shop.desk.hours_pass(24 * 7).await;
        assert_eq!(shop.told(&case).await[before..], ["agent deadline_near"]);
        shop.desk.hours_pass(24 * 2).await;
        assert_eq!(shop.told(&case).await[before + 1..], ["agent deadline_passed"]);
    })
    .await;
}

/// A buyer of whom abuse is noted reads on which grounds, that his rights stay, and how to contest it.
#[tokio::test]
async fn what_was_noted_of_a_buyer_is_told_him_with_a_way_to_contest_it() {
    on_both(async |target| {
        let shop = Shop::new(target).await;
        let Opened { case, link, .. } = shop.returns("T-ABU").await;
        let note = json!({ "grounds": "留言里以差评索要 200 元", "signals": ["extortion"] });
        let acts = &shop.desk;
        acts.act(Role::Supervisor, &case, "note-abuse", note)
            .await
            .ok(200);
        let said = json!({ "text": "我没有要钱" });
        acts.buyer_acts(&link, &case, "contest-abuse", said).await.ok(200);
        let lifted = json!({ "upheld": false, "text": "核对后确认是误会" });
        acts.act(Role::Manager, &case, "settle-abuse", lifted)
            .await
            .ok(200);
        shop.desk.hours_pass(1).await;
        let told = shop.text(&case, "abuse_noted").await;
        for words in ["以差评索要 200 元", "法定权利", "我要申诉"] {
            assert!(told.contains(words), "{told}");
        }
        let told = shop.text(&case, "abuse_settled").await;
        assert!(told.contains("已经撤销") && told.contains("误会"), "{told}");
        let who = shop.told(&case).await;
        assert!(who.contains(&"manager escalated".to_owned()), "{who:?}");
    })
    .await;
}
