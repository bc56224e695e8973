//! Visits of buyers beside any case: planned, due, done, come again; who never complained; who wants no calls.

use amends_app::buyers::visits::visits_run;
use amends_domain::actor::Role;
use amends_domain::ids::VisitId;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::books::{book_put, buyer_of, settings};
use crate::fixture::{Fixture, START, delivered_order, serve};
use crate::place::on_both;

async fn plan(desk: &Fixture, role: Role, buyer: &str, body: &Value) -> Answer {
    let ask = Ask::post(format!("/api/v1/buyers/{buyer}/visits"), body);
    ask.token(desk.token(role)).of(&desk.app).await
}

async fn done(desk: &Fixture, role: Role, visit: &str, body: &Value) -> Answer {
    let ask = Ask::post(format!("/api/v1/visits/{visit}/done"), body);
    ask.token(desk.token(role)).of(&desk.app).await
}

async fn call_off(desk: &Fixture, visit: &str) -> Answer {
    let ask = Ask::method("DELETE", format!("/api/v1/visits/{visit}"));
    ask.token(desk.token(Role::Agent)).of(&desk.app).await
}

/// Visits planned for then or earlier.
async fn due(desk: &Fixture, until: &str) -> Vec<Value> {
    let path = format!("/api/v1/visits?due={}", until.replace('+', "%2B"));
    let read = desk.get(Role::Agent, &path).await.ok(200);
    read["visits"].as_array().unwrap().clone()
}

/// A buyer's visits, the planned one first.
async fn of_buyer(desk: &Fixture, role: Role, buyer: &str) -> Vec<Value> {
    let path = format!("/api/v1/buyers/{buyer}/visits");
    let read = desk.get(role, &path).await.ok(200);
    read["visits"].as_array().unwrap().clone()
}

/// Nicknames of who is suggested.
async fn suggested(desk: &Fixture, days: u32) -> Vec<String> {
    let path = format!("/api/v1/visits/suggested?days={days}");
    let read = desk.get(Role::Agent, &path).await.ok(200);
    let buyers = read["buyers"].as_array().unwrap();
    let name = |buyer: &Value| buyer["who"]["nickname"].as_str().unwrap().to_owned();
    buyers.iter().map(name).collect()
}

fn id(visit: &Value) -> String {
    visit["id"].as_str().unwrap().to_owned()
}

fn regular(due_at: &str) -> Value {
    json!({ "kind": "regular", "due_at": due_at, "every_days": 30 })
}

fn proactive() -> Value {
    json!({ "kind": "proactive", "due_at": "2026-01-01T10:00:00+08:00" })
}

#[tokio::test]
async fn a_visit_is_planned_comes_due_is_done_and_comes_again() {
    on_both(async |target| {
        let desk = serve(target).await;
        let buyer = buyer_of(&desk, "V1", "").await;
        let body = regular("2026-01-03T10:00:00+08:00");
        let planned = plan(&desk, Role::Agent, &buyer, &body).await.ok(201);
        // The same again is the same one; another beside it there is not.
        let again = plan(&desk, Role::Supervisor, &buyer, &body).await.ok(201);
        assert_eq!(id(&again), id(&planned));
        let other = plan(&desk, Role::Agent, &buyer, &proactive()).await;
        let problem = other.refused(409, "visit_planned");
        assert_eq!(problem["facts"]["due_at"], "2026-01-03T02:00:00.000Z");

        assert!(due(&desk, "2026-01-02T23:59:59+08:00").await.is_empty());
        desk.hours_pass(60).await;
        let list = due(&desk, "2026-01-03T23:59:59+08:00").await;
        assert_eq!(list.len(), 1);
        assert_eq!(list[0]["who"]["nickname"], "小满V1");
        assert_eq!(list[0]["who"]["phone"], "138****1234");
        assert_eq!(
            (&list[0]["every_days"], &list[0]["blocked"]),
            (&json!(30), &json!(false))
        );

        let told = json!({ "outcome": "reached", "score": 5, "text": "水壶每天都用，保温到晚上" });
        let visit = id(&planned);
        let answer = done(&desk, Role::Agent, &visit, &told).await.ok(200);
        assert_eq!(answer["visit"]["outcome"], "reached");
        assert_eq!(answer["next"]["due_at"], "2026-02-02T02:00:00.000Z");
        // An answer that was lost on the way is had again.
        assert_eq!(done(&desk, Role::Agent, &visit, &told).await.ok(200), answer);

        let visits = of_buyer(&desk, Role::Supervisor, &buyer).await;
        assert_eq!(visits.len(), 2);
        assert_eq!(
            (&visits[0]["done_at"], &visits[0]["text"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(
            (&visits[1]["score"], &visits[1]["text"]),
            (&json!(5), &told["text"])
        );

        // Three days late: the next is so long after it was made up for, at the same time of the day.
        desk.hours_pass(33 * 24).await;
        let told = json!({ "outcome": "reached" });
        let answer = done(&desk, Role::Manager, &id(&visits[0]), &told).await.ok(200);
        assert_eq!(answer["next"]["due_at"], "2026-03-07T02:00:00.000Z");
    })
    .await;
}

#[tokio::test]
async fn who_does_not_answer_is_called_the_next_day_and_who_declines_is_left_alone() {
    on_both(async |target| {
        let desk = serve(target).await;
        let buyer = buyer_of(&desk, "V1", "").await;
        let body = regular("2026-01-01T10:00:00+08:00");
        let first = id(&plan(&desk, Role::Agent, &buyer, &body).await.ok(201));
        let told = json!({ "outcome": "not_reached", "text": "响了很久没人接" });
        let next = done(&desk, Role::Agent, &first, &told).await.ok(200)["next"].clone();
        assert_eq!(next["due_at"], "2026-01-02T02:00:00.000Z");
        assert_eq!(next["every_days"], 30);

        let told = json!({ "outcome": "declined", "text": "说以后别打电话" });
        let answer = done(&desk, Role::Agent, &id(&next), &told).await.ok(200);
        assert_eq!(answer["next"], Value::Null);
        plan(&desk, Role::Manager, &buyer, &body)
            .await
            .refused(409, "visit_declined");
        assert_eq!(suggested(&desk, 30).await, Vec::<String>::new());

        // He asks for a call himself: once, at a time that is agreed while it is not answered.
        let mut wished = proactive();
        wished["wished"] = json!(true);
        let visit = id(&plan(&desk, Role::Agent, &buyer, &wished).await.ok(201));
        let told = json!({ "outcome": "not_reached", "next_at": "2026-01-05T19:00:00+08:00" });
        let next = done(&desk, Role::Agent, &visit, &told).await.ok(200)["next"].clone();
        assert_eq!(
            (&next["due_at"], &next["every_days"]),
            (&json!("2026-01-05T11:00:00.000Z"), &Value::Null)
        );
        let told = json!({ "outcome": "not_reached" });
        let answer = done(&desk, Role::Agent, &id(&next), &told).await.ok(200);
        assert_eq!(answer["next"], Value::Null);

        // What is called off is nobody's any more, however often; what took place is not called off.
        wished["due_at"] = json!("2026-01-02T10:00:00+08:00");
        let visit = id(&plan(&desk, Role::Agent, &buyer, &wished).await.ok(201));
        call_off(&desk, &visit).await.ok(204);
        call_off(&desk, &visit).await.ok(204);
        done(&desk, Role::Agent, &visit, &told)
            .await
            .refused(409, "visit_done");
        call_off(&desk, &first).await.refused(409, "visit_done");
        assert!(due(&desk, "2027-01-01T00:00:00Z").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_who_never_complained_and_may_be_called_is_suggested() {
    on_both(async |target| {
        let desk = serve(target).await;
        let content = buyer_of(&desk, "V1", "").await;
        // His second order does not make two of him.
        let mut more = delivered_order("V1b");
        more["buyer"]["nickname"] = json!("小满V1");
        more["delivered_at"] = json!("2025-12-31T15:00:00+08:00");
        desk.order(&more).await;
        let order = desk.order(&delivered_order("V2")).await;
        let (link, line) = (desk.link(&order).await, desk.line(&order).await);
        let ask =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        desk.buyer_opens(&link, ask).await;
        let blocked = buyer_of(&desk, "V3", "").await;
        let left_alone = json!({ "content": {}, "blocked": true });
        book_put(&desk, Role::Agent, &blocked, 0, &left_alone)
            .await
            .ok(200);
        plan(&desk, Role::Agent, &blocked, &proactive())
            .await
            .refused(409, "visit_blocked");
        let out = buyer_of(&desk, "V4", "out@example.com").await;
        let ask = Ask::post(format!("/api/v1/buyers/{out}/opt-out"), &json!({}));
        ask.token(desk.token(Role::Agent)).of(&desk.app).await.ok(204);
        let planned = buyer_of(&desk, "V5", "").await;
        plan(&desk, Role::Agent, &planned, &proactive()).await.ok(201);
        let listed = buyer_of(&desk, "V6", "").await;
        let block = json!({ "buyer": listed, "reason": "多次索要钱款", "until": "2026-02-01T00:00:00Z" });
        let ask = Ask::post("/api/v1/blocks", &block).token(desk.token(Role::Supervisor));
        ask.of(&desk.app).await.ok(201);
        let mut long_ago = delivered_order("V7");
        long_ago["dispatched_at"] = json!("2025-11-18T09:00:00+08:00");
        long_ago["paid_at"] = json!("2025-11-17T09:00:00+08:00");
        long_ago["delivered_at"] = json!("2025-11-20T09:00:00+08:00");
        desk.order(&long_ago).await;

        assert_eq!(suggested(&desk, 30).await, ["小满V1"]);
        assert_eq!(suggested(&desk, 60).await, ["小满V1", "小满V7"]);
        let told = json!({ "outcome": "reached", "score": 4 });
        let visit = id(&plan(&desk, Role::Agent, &content, &proactive()).await.ok(201));
        assert_eq!(suggested(&desk, 60).await, ["小满V7"]);
        done(&desk, Role::Agent, &visit, &told).await.ok(200);
        assert_eq!(suggested(&desk, 60).await, ["小满V7"]);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_finish_one_visit_the_second_hears_so() {
    on_both(async |target| {
        let desk = serve(target).await;
        let buyer = buyer_of(&desk, "V1", "").await;
        let body = regular("2026-01-01T10:00:00+08:00");
        let visit = id(&plan(&desk, Role::Agent, &buyer, &body).await.ok(201));
        let (mine, yours) = (
            json!({ "outcome": "reached", "score": 5, "text": "很满意" }),
            json!({ "outcome": "not_reached" }),
        );
        let (one, other) = tokio::join!(
            done(&desk, Role::Agent, &visit, &mine),
            done(&desk, Role::Supervisor, &visit, &yours)
        );
        let (won, lost) = if one.status == 200 {
            (one, other)
        } else {
            (other, one)
        };
        won.ok(200);
        let problem = lost.refused(409, "visit_done");
        assert_eq!(problem["title"], "这次回访已经有人处理过了");
        let visits = of_buyer(&desk, Role::Agent, &buyer).await;
        assert_eq!(visits.len(), 2, "one that ended, and the one that follows it");
        // Who won may say the same again, nothing else.
        done(&desk, Role::Agent, &visit, &json!({ "outcome": "declined" }))
            .await
            .refused(409, "visit_done");
    })
    .await;
}

#[tokio::test]
async fn what_a_buyer_says_is_sealed_shown_to_few_and_gone_with_him() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("V1")).await;
        let read = desk
            .get(Role::Admin, &format!("/api/v1/orders/{order}"))
            .await
            .ok(200);
        let buyer = read["buyer"].as_str().unwrap().to_owned();
        let body = regular("2026-01-01T10:00:00+08:00");
        let visit = id(&plan(&desk, Role::Agent, &buyer, &body).await.ok(201));
        let told = json!({ "outcome": "reached", "score": 2, "text": "孩子过敏，不敢再穿" });
        done(&desk, Role::Agent, &visit, &told).await.ok(200);

        let shop = desk.desk.store.shops_list().await.unwrap()[0].id;
        let row = desk
            .desk
            .store
            .visit_get(shop, visit.parse().unwrap())
            .await
            .unwrap();
        let sealed = row.unwrap().end.unwrap().sealed.unwrap();
        let clear = "过敏".as_bytes();
        assert!(!sealed.windows(clear.len()).any(|bytes| bytes == clear));

        for role in [Role::Auditor, Role::Mediator, Role::Machine] {
            let visits = of_buyer(&desk, role, &buyer).await;
            assert_eq!(
                (&visits[1]["score"], &visits[1]["text"]),
                (&json!(2), &Value::Null),
                "{role:?}"
            );
        }
        assert_eq!(
            of_buyer(&desk, Role::Agent, &buyer).await[1]["text"],
            told["text"]
        );
        let looks = desk
            .get(Role::Auditor, &format!("/api/v1/buyers/{buyer}/book/looks"))
            .await
            .ok(200);
        assert_eq!(looks["looks"].as_array().unwrap().len(), 1, "{looks}");

        let planned = id(&of_buyer(&desk, Role::Agent, &buyer).await[0]);
        let forget = Ask::method("DELETE", format!("/api/v1/buyers/{buyer}")).token(desk.token(Role::Admin));
        forget.of(&desk.app).await.ok(204);
        let visits = of_buyer(&desk, Role::Agent, &buyer).await;
        assert_eq!((visits.len(), &visits[0]["text"]), (1, &Value::Null));
        assert_eq!(visits[0]["score"], 2, "that it went badly stays");
        assert!(due(&desk, "2027-01-01T00:00:00Z").await.is_empty());
        done(&desk, Role::Agent, &planned, &told)
            .await
            .refused(404, "not_found");
        done(&desk, Role::Agent, &visit, &told)
            .await
            .refused(404, "not_found");
        plan(&desk, Role::Agent, &buyer, &proactive())
            .await
            .refused(404, "not_found");
        let row = desk
            .desk
            .store
            .visit_get(shop, visit.parse().unwrap())
            .await
            .unwrap();
        assert_eq!(row.unwrap().end.unwrap().sealed, None);
    })
    .await;
}

#[tokio::test]
async fn a_tier_is_visited_again_and_again_until_it_is_not() {
    on_both(async |target| {
        let desk = serve(target).await;
        let tier = async |every: Value| {
            settings(&desk, |settings| {
                settings["tiers"] = json!([{ "code": "vip", "title": "VIP 会员", "visit_days": every }]);
            })
            .await;
        };
        tier(json!(30)).await;
        let buyer = buyer_of(&desk, "V1", "").await;
        let other = buyer_of(&desk, "V2", "").await;
        let vip = json!({ "content": {}, "tier": "vip" });
        book_put(&desk, Role::Agent, &buyer, 0, &vip).await.ok(200);
        let left_alone = json!({ "content": {}, "tier": "vip", "blocked": true });
        book_put(&desk, Role::Agent, &other, 0, &left_alone).await.ok(200);
        assert_eq!(visits_run(&desk.desk).await.unwrap(), 1);
        assert_eq!(visits_run(&desk.desk).await.unwrap(), 0);
        let list = due(&desk, "2026-02-01T00:00:00+08:00").await;
        assert_eq!((list.len(), &list[0]["kind"]), (1, &json!("regular")));
        assert_eq!(list[0]["planned_by"]["kind"], "deadlines");

        let told = json!({ "outcome": "reached", "score": 5 });
        desk.hours_pass(24 * 30).await;
        let next = done(&desk, Role::Agent, &id(&list[0]), &told).await.ok(200)["next"].clone();
        assert_eq!(next["every_days"], 30);
        // Called off, it is one less: the tier's next comes so long after.
        call_off(&desk, &id(&next)).await.ok(204);
        assert_eq!(visits_run(&desk.desk).await.unwrap(), 1);
        let list = due(&desk, "2027-01-01T00:00:00Z").await;
        assert_eq!(list[0]["due_at"], "2026-03-01T16:00:00.000Z");
        // The shop visits the tier no more: what is planned is the last.
        tier(Value::Null).await;
        let answer = done(&desk, Role::Agent, &id(&list[0]), &told).await.ok(200);
        assert_eq!(
            (&answer["next"], visits_run(&desk.desk).await.unwrap()),
            (&Value::Null, 0)
        );

        let shop = desk.get(Role::Admin, "/api/v1/shop").await.ok(200);
        for every in [json!(0), json!(731), json!(-1)] {
            let mut changed = shop["settings"].clone();
            changed["tiers"] = json!([{ "code": "vip", "title": "VIP", "visit_days": every }]);
            let ask = Ask::method("PUT", "/api/v1/shop/settings").json(&changed);
            let ask = ask.token(desk.token(Role::Admin));
            ask.of(&desk.app).await.refused(422, "invalid");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_plan_and_no_answer_is_refused_and_only_who_handles_cases_calls() {
    on_both(async |target| {
        let desk = serve(target).await;
        let buyer = buyer_of(&desk, "V1", "").await;
        for bad in [
            json!({ "kind": "regular", "due_at": "2025-12-31T23:59:00+08:00" }),
            json!({ "kind": "regular", "due_at": "2028-01-02T10:00:00+08:00" }),
            json!({ "kind": "regular", "due_at": "2026-01-02" }),
            json!({ "kind": "regular", "due_at": "2026-01-02T10:00:00Z", "every_days": 0 }),
            json!({ "kind": "regular", "due_at": "2026-01-02T10:00:00Z", "every_days": 731 }),
            json!({ "kind": "visit", "due_at": "2026-01-02T10:00:00Z" }),
            json!({ "kind": "regular", "due_at": "2026-01-02T10:00:00Z", "more": 1 }),
            json!({}),
        ] {
            plan(&desk, Role::Agent, &buyer, &bad)
                .await
                .refused(422, "invalid");
        }
        let visit = id(&plan(&desk, Role::Agent, &buyer, &proactive()).await.ok(201));
        for bad in [
            json!({ "outcome": "reached", "score": 6 }),
            json!({ "outcome": "reached", "score": 0 }),
            json!({ "outcome": "not_reached", "score": 3 }),
            json!({ "outcome": "declined", "next_at": "2026-01-02T10:00:00Z" }),
            json!({ "outcome": "reached", "next_at": "2025-12-01T10:00:00Z" }),
            json!({ "outcome": "reached", "text": "长".repeat(10_001) }),
            json!({ "outcome": "reached", "text": "零\u{0}" }),
            json!({ "outcome": "called_off" }),
            json!({ "score": 5 }),
        ] {
            done(&desk, Role::Agent, &visit, &bad)
                .await
                .refused(422, "invalid");
        }
        for path in [
            "/api/v1/visits?due=soon",
            "/api/v1/visits/suggested?days=0",
            "/api/v1/visits/suggested?days=366",
            "/api/v1/visits/suggested?days=x",
        ] {
            desk.get(Role::Agent, path).await.refused(422, "invalid");
        }
        let told = json!({ "outcome": "reached" });
        for role in [Role::Auditor, Role::Mediator, Role::Machine] {
            plan(&desk, role, &buyer, &proactive())
                .await
                .refused(403, "forbidden");
            done(&desk, role, &visit, &told).await.refused(403, "forbidden");
        }
        let nobody = desk.desk.random.id::<VisitId>(START).to_string();
        done(&desk, Role::Agent, &nobody, &told)
            .await
            .refused(404, "not_found");
        let (_, stranger) = desk.other_shop().await;
        let ask = Ask::post(format!("/api/v1/visits/{visit}/done"), &told).token(&stranger);
        ask.of(&desk.app).await.refused(404, "not_found");
    })
    .await;
}
