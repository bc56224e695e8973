//! Plans, covers, claims, visits and guides over HTTP: what was sold holds as it was sold, a repair belongs to one
//! provider, figures add up, and a guide is sent once.

use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::Target;
use amends_app::notices::Couriers;
use amends_app::notices::mail::mail_named;
use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, Folder, Paying, delivered_order, paid_order, serve, serve_telling, yuan};
use crate::notices::sink::Mail;
use crate::place::on_both;
use crate::stories::{Story, begun};

/// An accident cover of one or two years, priced by product.
fn accident() -> Value {
    json!({
        "kind": "accident", "name": "意外保", "provider": "快修", "insurer": "平安",
        "reach": { "per_claim": yuan(80_000), "claims": 1 },
        "prices": [
            { "months": 12, "premium": yuan(9_900) },
            { "months": 12, "sku": "DRESS-M", "premium": yuan(1_900) },
            { "months": 24, "premium": yuan(15_900) }
        ]
    })
}

async fn post(desk: &Fixture, role: Role, path: &str, body: &Value) -> Answer {
    Ask::post(path, body).token(desk.token(role)).of(&desk.app).await
}

async fn plan(desk: &Fixture, body: &Value) -> String {
    let added = post(desk, Role::Supervisor, "/api/v1/plans", body).await.ok(201);
    added["id"].as_str().unwrap().to_owned()
}

async fn put(desk: &Fixture, path: &str, body: &Value, version: u64) -> Answer {
    Ask::method("PUT", path)
        .json(body)
        .token(desk.token(Role::Supervisor))
        .terms(version)
        .of(&desk.app)
        .await
}

/// A delivered order whose first line is covered, and a repair asked for.
async fn covered<'a>(desk: &'a Fixture, number: &str) -> (Story<'a>, String) {
    let plan = plan(desk, &accident()).await;
    let mut order = delivered_order(number);
    order["lines"][0]["covers"] = json!([{ "plan": plan, "months": 12 }]);
    let open = json!({ "kind": "repair", "reason": "quality", "text": "屏幕摔碎了" });
    let story = begun(desk, &order, 1, open).await;
    let of = story.view().await["order"].as_str().unwrap().to_owned();
    let covers = covers(desk, &of).await;
    assert_eq!(covers[0]["premium"], yuan(1_900), "its own price: {covers}");
    (story, covers[0]["id"].as_str().unwrap().to_owned())
}

async fn covers(desk: &Fixture, order: &str) -> Value {
    let path = format!("/api/v1/orders/{order}/covers");
    desk.get(Role::Auditor, &path).await.ok(200)["covers"].clone()
}

fn claim(cover: &str, trouble: &str, minor: i64) -> Value {
    json!({ "cover": cover, "trouble": trouble, "amount": yuan(minor), "text": "摔碎屏幕，申请维修" })
}

async fn act(story: &Story<'_>, role: Role, action: &str, body: Value) -> Answer {
    story.desk.act(role, &story.case, action, body).await
}

/// The books have it, and the buyer sees his part alone.
async fn settled_and_told(story: &Story<'_>) {
    let claim = story.view().await["tracks"]["cover_claim"].clone();
    assert_eq!(
        (&claim["stage"], &claim["settled"]),
        (&json!("settled"), &yuan(42_000))
    );
    let sums = story
        .desk
        .get(Role::Auditor, "/api/v1/plans/figures")
        .await
        .ok(200);
    let sum = &sums["plans"][0];
    assert_eq!(
        (
            &sum["covers"],
            &sum["claims"],
            &sum["open"],
            &sum["premiums"],
            &sum["settled"]
        ),
        (&json!(1), &json!(1), &json!(0), &yuan(1_900), &yuan(42_000))
    );
    assert_eq!(sum["loss_percent"], 2_211);
    // What insurer and provider settle between them is none of the buyer's.
    let told = story.buyer_sees("").await.to_string() + &story.buyer_sees("/timeline").await.to_string();
    assert!(
        told.contains("cover_claim") && told.contains("repair_ordered"),
        "{told}"
    );
    for word in [
        "42000",
        "50000",
        "cover_settled",
        "cover_answer",
        "JS-7",
        "WX-7",
        "摔碎屏幕",
    ] {
        assert!(!told.contains(word), "{word} in {told}");
    }
}

#[tokio::test]
async fn a_claim_goes_from_the_insurer_to_one_provider_and_back_to_the_books() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (story, cover) = covered(&desk, "W1").await;
        let next = story.view().await["next"].to_string();
        assert!(
            next.contains("claim_cover") && next.contains("book_visit"),
            "{next}"
        );
        act(&story, Role::Agent, "claim-cover", claim(&cover, "fault", 50_000))
            .await
            .refused(409, "not_covered");
        let above = act(
            &story,
            Role::Agent,
            "claim-cover",
            claim(&cover, "accident", 80_001),
        )
        .await
        .refused(422, "above_cover");
        assert!(above["detail"].as_str().unwrap().contains("800.00"), "{above}");
        act(
            &story,
            Role::Agent,
            "claim-cover",
            claim(&cover, "accident", 50_000),
        )
        .await
        .ok(200);
        let order = json!({ "provider": "快修", "reference": "WX-7" });
        act(&story, Role::Machine, "order-repair", order).await.ok(200);
        let second = json!({ "provider": "极修", "reference": "WX-7" });
        let taken = act(&story, Role::Machine, "order-repair", second)
            .await
            .refused(409, "repair_taken");
        assert!(taken["detail"].as_str().unwrap().contains("快修"), "{taken}");
        let repaired = |provider: &str| json!({ "provider": provider, "fee": yuan(42_000), "text": "换屏" });
        act(&story, Role::Machine, "report-repair", repaired("极修"))
            .await
            .refused(409, "repair_taken");
        act(&story, Role::Machine, "report-repair", repaired("快修"))
            .await
            .ok(200);
        let paid = json!({ "amount": yuan(42_000), "reference": "JS-7" });
        act(&story, Role::Agent, "settle-cover", paid.clone())
            .await
            .refused(403, "not_for_you");
        act(&story, Role::Supervisor, "settle-cover", paid).await.ok(200);
        settled_and_told(&story).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_insurer_declines_the_shop_still_owes_and_the_cover_is_free_again() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (story, cover) = covered(&desk, "W2").await;
        let order = story.view().await["order"].as_str().unwrap().to_owned();
        act(
            &story,
            Role::Agent,
            "claim-cover",
            claim(&cover, "accident", 50_000),
        )
        .await
        .ok(200);
        assert_eq!(
            covers(&desk, &order).await[0]["usable"],
            false,
            "its one claim is made"
        );
        let declined = json!({ "text": "材料不全，不予受理" });
        act(&story, Role::Machine, "decline-cover", declined)
            .await
            .ok(200);
        let view = story.view().await;
        assert_eq!(view["tracks"]["cover_claim"]["stage"], "declined");
        assert_eq!(view["status"], "awaiting_decision");
        assert_eq!(covers(&desk, &order).await[0]["usable"], true);
        act(&story, Role::Agent, "approve", json!({})).await.ok(200);
        act(
            &story,
            Role::Agent,
            "claim-cover",
            claim(&cover, "accident", 50_000),
        )
        .await
        .ok(200);
        act(
            &story,
            Role::Agent,
            "drop-cover",
            json!({ "text": "买家自费换屏" }),
        )
        .await
        .ok(200);
        assert_eq!(story.view().await["tracks"]["cover_claim"]["stage"], "dropped");
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_led_by_the_shop_and_what_was_sold_of_it_stays_as_it_was() {
    on_both(async |target| {
        let desk = serve(target).await;
        post(&desk, Role::Agent, "/api/v1/plans", &accident())
            .await
            .refused(403, "forbidden");
        let mut none = accident();
        none["prices"] = json!([]);
        post(&desk, Role::Supervisor, "/api/v1/plans", &none)
            .await
            .refused(422, "plan_invalid");
        let id = plan(&desk, &accident()).await;
        let order = desk.order(&delivered_order("W3")).await;
        let line = desk.line(&order).await;
        let path = format!("/api/v1/orders/{order}/lines/{line}/covers");
        let given = json!({ "plan": id, "months": 12, "premium": yuan(0) });
        post(&desk, Role::Agent, &path, &given)
            .await
            .refused(403, "forbidden");
        let odd = json!({ "plan": id, "months": 13 });
        post(&desk, Role::Supervisor, &path, &odd)
            .await
            .refused(422, "plan_not_offered");
        post(&desk, Role::Supervisor, &path, &given).await.ok(201);
        post(&desk, Role::Supervisor, &path, &given)
            .await
            .refused(409, "covered_already");
        let mut ended = accident();
        ended["provider"] = json!("别家");
        ended["ended"] = json!(true);
        let path_of = format!("/api/v1/plans/{id}");
        put(&desk, &path_of, &ended, 9)
            .await
            .refused(412, "version_differs");
        put(&desk, &path_of, &ended, 1).await.ok(200);
        let there = covers(&desk, &order).await;
        assert_eq!(
            (&there[0]["provider"], &there[0]["premium"], &there[0]["usable"]),
            (&json!("快修"), &yuan(0), &json!(true))
        );
        let other = desk.order(&delivered_order("W4")).await;
        let line = desk.line(&other).await;
        let path = format!("/api/v1/orders/{other}/lines/{line}/covers");
        post(&desk, Role::Supervisor, &path, &given)
            .await
            .refused(409, "plan_ended");
        let mut draft = delivered_order("W5");
        draft["lines"][0]["covers"] = json!([{ "plan": id, "months": 12 }]);
        let answer = post(&desk, Role::Machine, "/api/v1/orders", &draft).await;
        answer.refused(409, "plan_ended");
        let found = desk.get(Role::Agent, "/api/v1/orders?number=W5").await.ok(200);
        assert_eq!(found["orders"], json!([]), "all of it, or none");
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_agreed_shown_kept_or_missed() {
    on_both(async |target| {
        let desk = serve(target).await;
        let open = json!({ "kind": "repair", "reason": "quality", "text": "不制热" });
        let story = begun(&desk, &delivered_order("W6"), 1, open).await;
        let slot = |day: u32| {
            json!({ "from": format!("2026-01-{day:02}T10:00:00+08:00"), "until": format!("2026-01-{day:02}T12:00:00+08:00") })
        };
        let past = json!({ "from": "2025-12-31T10:00:00+08:00", "until": "2025-12-31T12:00:00+08:00" });
        act(&story, Role::Agent, "book-visit", past)
            .await
            .refused(422, "visit_out_of_time");
        act(&story, Role::Agent, "book-visit", slot(5)).await.ok(200);
        let seen = story.buyer_sees("").await;
        assert_eq!(seen["tracks"]["visit"]["from"], "2026-01-05T02:00:00.000Z");
        assert!(seen["clocks"].to_string().contains("\"visit\""), "{seen}");
        act(&story, Role::Agent, "end-visit", json!({ "outcome": "done" }))
            .await
            .refused(409, "not_now");
        // Nobody writes down what became of it: it goes to a supervisor when the slot is over.
        desk.hours_pass(5 * 24).await;
        assert!(desk.told(&story.case).await.contains(&"escalated".to_owned()));
        let missed = json!({ "outcome": "missed", "text": "师傅堵车" });
        act(&story, Role::Agent, "end-visit", missed).await.ok(200);
        let view = story.view().await;
        assert_eq!(view["tracks"]["visit"]["outcome"], "missed");
        assert!(view["escalated_to"].is_string() && view["clocks"].to_string().contains("first_reply"), "{view}");
        act(&story, Role::Supervisor, "book-visit", slot(8)).await.ok(200);
        assert!(story.view().await["tracks"]["visit"]["outcome"].is_null());
    })
    .await;
}

/// A desk that mails into a folder.
async fn mailing(target: &Target, folder: &Folder) -> Fixture {
    let couriers = Couriers {
        mail: Some(mail_named("folder", &folder.0).unwrap()),
        sms: None,
    };
    let options = ApiOptions {
        manual_clock: true,
        ..ApiOptions::default()
    };
    serve_telling(target, options, Arc::new(Paying), couriers).await
}

/// Mails whose subject has a word.
fn mailed(folder: &Folder, word: &str) -> Vec<Mail> {
    let entries = std::fs::read_dir(folder.0.join("mail"));
    let paths = entries.map(|entries| entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>());
    let files = paths
        .unwrap_or_default()
        .into_iter()
        .filter(|path| path.is_file());
    let mails = files.map(|path| Mail::read(&std::fs::read_to_string(path).unwrap()));
    mails.filter(|mail| mail.subject.contains(word)).collect()
}

#[tokio::test]
async fn a_guide_is_sent_once_when_the_order_has_left() {
    on_both(async |target| {
        let folder = Folder::fresh();
        let desk = mailing(target, &folder).await;
        let path = "/api/v1/guides?sku=KETTLE";
        let guide = |address: &str| json!({ "title": "三步装好电热水壶", "address": address, "text": "先煮一壶清水倒掉。" });
        let open = put(&desk, path, &guide("http://film.example/kettle"), 0).await;
        assert_eq!(open.refused(422, "invalid")["facts"]["rule"], "not_secure");
        put(&desk, path, &guide("https://film.example/kettle"), 0).await.ok(200);
        put(&desk, path, &guide("https://film.example/kettle"), 0)
            .await
            .refused(412, "version_differs");
        let mut order = paid_order("W7");
        order["buyer"]["email"] = json!("W7@example.com");
        desk.order(&order).await;
        desk.hours_pass(1).await;
        assert!(mailed(&folder, "指南").is_empty(), "it has not left");
        for (field, at) in [("dispatched_at", "2026-01-01T00:30:00+08:00"), ("delivered_at", "2026-01-01T00:40:00+08:00")] {
            order[field] = json!(at);
            post(&desk, Role::Machine, "/api/v1/orders", &order).await.ok(200);
            desk.hours_pass(2).await;
        }
        let mails = mailed(&folder, "指南");
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("https://film.example/kettle"), "{}", mails[0].text);
        let gone = Ask::method("DELETE", path).token(desk.token(Role::Supervisor));
        assert_eq!(gone.of(&desk.app).await.status, 204);
        let left = desk.get(Role::Agent, "/api/v1/guides").await.ok(200);
        assert_eq!(left["guides"], json!([]));
    })
    .await;
}
