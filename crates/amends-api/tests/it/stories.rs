//! Whole cases, told from the order's import to the last event: who does what, and where the case is
//! then.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::evidence::picture_taken;
use crate::fixture::{Fixture, delivered_order, names, paid_order, serve, yuan};
use crate::place::on_both;

/// A case in progress.
pub(crate) struct Story<'a> {
    pub(crate) desk: &'a Fixture,
    pub(crate) link: String,
    pub(crate) line: String,
    pub(crate) case: String,
}

impl Story<'_> {
    /// Each line: who, what, with which body, and the status after it. The clock's act is how many
    /// hours pass.
    pub(crate) async fn check(&self, acts: &str) {
        for act in acts.lines().map(str::trim).filter(|act| !act.is_empty()) {
            let (who, rest) = act.split_once(' ').unwrap();
            let (action, rest) = rest.trim().split_once(' ').unwrap();
            let (body, status) = rest.trim().rsplit_once(' ').unwrap_or(("", rest.trim()));
            let body: Value = serde_json::from_str(&body.replace("LINE", &self.line)).unwrap_or_default();
            match who {
                "clock" => drop(self.desk.hours_pass(action.parse().unwrap()).await),
                "buyer" => {
                    let answer = self.desk.buyer_acts(&self.link, &self.case, action, body);
                    answer.await.ok(200);
                }
                role => {
                    let role = Role::named(role).unwrap();
                    self.desk.act(role, &self.case, action, body).await.ok(200);
                }
            }
            assert_eq!(self.desk.case(&self.case).await["status"], status, "{act}");
        }
    }

    pub(crate) async fn view(&self) -> Value {
        self.desk.case(&self.case).await
    }

    pub(crate) async fn buyer_sees(&self, more: &str) -> Value {
        let path = format!("/api/v1/buyer/cases/{}{more}", self.case);
        Ask::get(path).link(&self.link).of(&self.desk.app).await.ok(200)
    }
}

/// Imports an order and opens a case on its first line through the buyer's link.
pub(crate) async fn begun<'a>(desk: &'a Fixture, draft: &Value, units: u32, mut open: Value) -> Story<'a> {
    let order = desk.order(draft).await;
    let (link, line) = (desk.link(&order).await, desk.line(&order).await);
    open["lines"] = json!([{ "line": line, "units": units }]);
    let case = desk.buyer_opens(&link, open).await;
    Story {
        desk,
        link,
        line,
        case,
    }
}

#[tokio::test]
async fn an_unanswered_request_is_approved_and_paid_by_itself() {
    on_both(async |target| {
        let desk = serve(target).await;
        let open = json!({ "kind": "refund_only", "reason": "regret", "text": "拍错尺码了，麻烦退款" });
        let story = begun(&desk, &paid_order("S1"), 1, open).await;
        story
            .check(
                "clock 47 awaiting_decision
                 clock  1 closed",
            )
            .await;
        // Nobody answered him either: the shop's goal, then the platform's day, whose end calls a supervisor.
        let told = "opened clock_started clock_started reply_due clock_started clock_started clock_expired \
                    clock_warned clock_expired escalated clock_warned clock_expired approved refund_due \
                    refund_ordered clock_started clock_stopped refund_paid clock_stopped closed \
                    follow_up_due clock_started clock_started";
        assert_eq!(desk.told(&story.case).await.join(" "), told);
        let timeline = story.buyer_sees("/timeline").await;
        // What the shop set itself to is not his to see; what the platform gives it is.
        let told = "opened clock_warned clock_expired clock_warned clock_expired approved refund_due \
                    refund_ordered refund_paid closed";
        assert_eq!(names(&timeline).join(" "), told);
        assert_eq!(timeline["entries"][0]["text"], "拍错尺码了，麻烦退款");
        assert_eq!(timeline["entries"][0]["actor"], json!({ "kind": "buyer" }));

        let order = story.view().await["order"].as_str().unwrap().to_owned();
        let order = desk
            .get(Role::Agent, &format!("/api/v1/orders/{order}"))
            .await
            .ok(200);
        let units = &order["lines"][0]["units"];
        assert_eq!(
            (&units[0]["refunded"], &units[0]["held"]),
            (&units[0]["paid"], &yuan(0))
        );
        assert_eq!(units[1]["refunded"], yuan(0));
        story
            .check(r#"agent follow-up {"score":5,"text":"买家很满意"} closed"#)
            .await;
        assert_eq!(
            story.view().await["tracks"]["care"],
            json!({ "state": "done", "score": 5 })
        );
    })
    .await;
}

#[tokio::test]
async fn a_buyer_sees_what_he_can_ask_for_and_an_agent_why_it_is_his_right() {
    on_both(async |target| {
        let desk = serve(target).await;
        let open = json!({ "kind": "refund_only", "reason": "regret" });
        let story = begun(&desk, &paid_order("S1"), 1, open).await;
        let path = format!("/api/v1/buyer/order?link={}", story.link);
        let seen = Ask::get(path).of(&desk.app).await.ok(200);
        assert_eq!((&seen["number"], &seen["phase"]), (&json!("S1"), &json!("paid")));
        let line = &seen["lines"][0];
        assert_eq!((&line["units"], &line["in_hand"]), (&json!(2), &json!(1)));
        let mut rights = seen["rights"].as_array().unwrap().iter();
        assert!(
            rights.any(|right| right["id"] == "TB-UNSHIPPED" && right["right"]["kinds"][0] == "refund_only")
        );

        let view = story.view().await;
        assert_eq!(view["right"]["title"], "未发货，退款");
        assert_eq!(
            (&view["entitlement"], &view["number"]),
            (&json!("met"), &json!(1))
        );
        let finding = json!({ "condition": "order_phase = paid", "verdict": "met", "actual": "paid" });
        let explanations = view["explanations"].as_array().unwrap();
        assert!(
            explanations.iter().any(|right| right["findings"][0] == finding),
            "{explanations:?}"
        );
        let mut clocks = view["clocks"].as_array().unwrap().iter();
        let clock = clocks.find(|clock| clock["clock"] == "decision").unwrap();
        assert_eq!(clock["due_at"], "2026-01-02T16:00:00.000Z");
        assert_eq!(
            (&clock["clock"], &clock["clause"]["id"]),
            (&json!("decision"), &json!("CLK-2"))
        );
        assert_eq!(
            (&clock["owner"], &clock["on_expiry"]),
            (&json!("agent"), &json!("approve"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_return_comes_back_is_inspected_and_refunded() {
    on_both(async |target| {
        let desk = serve(target).await;
        let open = json!({ "kind": "return_and_refund", "reason": "quality", "photos": 2 });
        let story = begun(&desk, &delivered_order("S2"), 2, open).await;
        assert_eq!(story.view().await["return_freight"], "shop");
        story
            .check(
                r#"agent   approve     {}                                       awaiting_return
                   buyer   ship-return {"carrier":"顺丰","waybill":"SF100"}     return_on_the_way"#,
            )
            .await;
        // What isn't taken back is shown in a picture, with the reason (ELG-8).
        let inspected = |text: Option<&str>, evidence: &[&Value]| {
            json!({ "findings": [{ "line": story.line, "accepted": 1, "rejected": 1 }],
                "return_freight": yuan(1_200), "text": text, "evidence": evidence })
        };
        let inspect = async |body| desk.act(Role::Agent, &story.case, "inspect", body).await;
        let why = Some("一件有穿着痕迹");
        inspect(inspected(why, &[]))
            .await
            .refused(422, "rejection_unproven");
        let picture = picture_taken(&desk, &story.case).await;
        inspect(inspected(None, &[&picture]))
            .await
            .refused(422, "rejection_unproven");
        let of_another = json!("evidence_019c9587540071018101010101010101");
        inspect(inspected(why, &[&of_another]))
            .await
            .refused(404, "not_found");
        inspect(inspected(why, &[&picture])).await.ok(200);
        story
            .check(
                r#"agent   messages    {"text":"已验货，一件将寄回"}            awaiting_refund
                   agent   notes       {"text":"第二件领口有粉底"}              awaiting_refund
                   machine send-back   {"carrier":"中通","waybill":"ZT1"}       awaiting_refund
                   agent   refund      {}                                       refund_on_the_way
                   clock   0           closed"#,
            )
            .await;
        let view = story.view().await;
        let closed = json!({ "state": "closed", "outcome": "refunded" });
        assert_eq!(view["tracks"]["request"], closed);
        assert_eq!(view["refund"]["return_freight"], yuan(1_200));
        let seen = story.buyer_sees("").await;
        assert!(seen.get("buyer").is_none() && seen.get("policy").is_none());
        assert!(seen["explanations"][0].get("findings").is_none());
        let timeline = story.buyer_sees("/timeline").await.to_string();
        assert!(
            timeline.contains("已验货") && !timeline.contains("领口"),
            "{timeline}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_can_be_done_next_follows_the_case_and_who_asks() {
    on_both(async |target| {
        let desk = serve(target).await;
        // Nobody knows yet whether the goods are intact, so that no right is met and it may be refused.
        let open = json!({ "kind": "return_and_refund", "reason": "no_reason" });
        let story = begun(&desk, &delivered_order("S3"), 1, open).await;
        let next = async |role| {
            let path = format!("/api/v1/cases/{}", story.case);
            desk.get(role, &path).await.ok(200)["next"].clone()
        };
        let seen = story.buyer_sees("").await;
        assert_eq!(seen["next"], json!(["withdraw", "supply", "pass_up", "message"]));
        assert_eq!(seen.get("return_address"), None);
        let agents = json!([
            "approve", "refuse", "withdraw", "note_exception", "book_visit", "supply", "find", "assess", "pass_up", "log_contact", "assign", "tag",
            "make_promise", "message", "note", "offer"
        ]);
        assert_eq!(next(Role::Agent).await, agents);
        assert_eq!(next(Role::Auditor).await, json!([]));
        story.check(r#"agent refuse {"reason":"used"} refused"#).await;
        let seen = story.buyer_sees("").await;
        assert_eq!(seen["next"], json!(["renew", "withdraw", "intervention", "supply", "pass_up", "message"]));
        assert_eq!(seen["refusal"]["title"], "商品已使用，影响二次销售");
        story
            .check(r#"buyer intervention {"text":"商品是好的"} awaiting_ruling"#)
            .await;
        assert_eq!(next(Role::Mediator).await, json!(["rule", "message", "note"]));
        story
            .check(
                r#"mediator rule {"ruling":"in_part","amount":{"minor":10000,"currency":"CNY"}} awaiting_return"#,
            )
            .await;
        let seen = story.buyer_sees("").await;
        assert_eq!(seen["return_address"], "浙江省杭州市余杭区示例路 1 号 售后仓");
        assert_eq!(seen["claim"]["amount"], yuan(10_000));
        assert_eq!(seen["next"], json!(["book_pickup", "ship_return", "withdraw", "supply", "pass_up", "message"]));
    })
    .await;
}

#[tokio::test]
async fn an_exchange_for_something_dearer_waits_for_its_difference() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut dearer = paid_order("S0");
        dearer["lines"] = json!([{ "sku": "DRESS-L", "title": "大码", "units": 1, "price": yuan(25_000) }]);
        desk.order(&dearer).await;
        let mut draft = delivered_order("S4");
        draft["discount"] = yuan(0);
        let open = json!({ "kind": "exchange", "reason": "not_as_described", "replacement_sku": "DRESS-L" });
        let story = begun(&desk, &draft, 1, open).await;
        story
            .check(
                r#"supervisor approve     {}                                            awaiting_return
                   agent      ship-return {"carrier":"圆通","waybill":"YT1"}            return_on_the_way
                   agent      inspect     {"findings":[{"line":"LINE","accepted":1}]}   awaiting_difference"#,
            )
            .await;
        assert_eq!(story.view().await["difference"], yuan(5_100));
        let wrong = json!({ "amount": yuan(5_000), "reference": "P1" });
        let wrong = desk.act(Role::Machine, &story.case, "pay-difference", wrong).await;
        let detail = wrong.refused(409, "wrong_difference")["detail"].clone();
        assert_eq!(
            detail,
            "应补差价是 51.00 元，填写的是 50.00 元。请与收款记录核对后，按 51.00 元 登记。"
        );
        story
            .check(
                r#"machine pay-difference      {"amount":{"minor":5100,"currency":"CNY"},"reference":"P1"} awaiting_replacement
                   machine ship-replacement    {"carrier":"圆通","waybill":"YT2"}                          replacement_on_the_way
                   buyer   confirm-replacement {}                                                          closed"#,
            )
            .await;
        assert_eq!(story.view().await["tracks"]["request"]["outcome"], "exchanged");
    })
    .await;
}
