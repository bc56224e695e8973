//! The walk: every route of the description, by everybody who may and may not.
//!
//! A route that is added without its row fails the first test.

mod rows;

use std::collections::BTreeSet;

use amends_api::openapi;
use amends_domain::actor::Role;
use amends_domain::ids::{CareId, PlanId, SegmentId, VisitId};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::evidence::chat;
use crate::fixture::{Fixture, START, paid_order, serve};
use crate::place::on_both;
use rows::{ROWS, Row, Who};

/// What the placeholders of a row's path and body stand for.
struct Places {
    order: String,
    line: String,
    case: String,
    buyer: String,
    token: String,
    person: String,
    policy: String,
    evidence: String,
    mail: String,
    /// Of nobody's: so that removing one leaves the next asker the same.
    segment: String,
    /// Likewise.
    care: String,
    review: String,
    block: String,
    /// Of nobody's.
    plan: String,
    /// Likewise.
    visit: String,
}

impl Places {
    fn fill(&self, text: &str) -> String {
        [
            ("{order}", &self.order),
            ("{line}", &self.line),
            ("{case}", &self.case),
            ("{buyer}", &self.buyer),
            ("{token}", &self.token),
            ("{person}", &self.person),
            ("{hash}", &self.policy),
            ("{evidence}", &self.evidence),
            ("{mail}", &self.mail),
            ("{segment}", &self.segment),
            ("{care}", &self.care),
            ("{review}", &self.review),
            ("{block}", &self.block),
            ("{plan}", &self.plan),
            ("{visit}", &self.visit),
        ]
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// A request that lacks nothing but the right; its terms are stale, so that it changes nothing.
    fn ask(&self, row: &Row, key: &str) -> Ask {
        let ask = Ask::method(row.method, self.fill(row.path))
            .header("evidence-kind", "photo")
            .key(key)
            .terms(999);
        if row.body.is_empty() {
            ask
        } else {
            ask.json(&serde_json::from_str(&self.fill(row.body)).unwrap())
        }
    }
}

async fn places(desk: &Fixture) -> (Places, String, String) {
    let order = desk.order(&paid_order("W1")).await;
    let other = desk.order(&paid_order("W2")).await;
    let (link, other_link) = (desk.link(&order).await, desk.link(&other).await);
    let line = desk.line(&order).await;
    let body = json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
    let case = desk.buyer_opens(&link, body).await;
    let read = desk
        .get(Role::Admin, &format!("/api/v1/orders/{order}"))
        .await
        .ok(200);
    let buyer = read["buyer"].as_str().unwrap().to_owned();
    let spare = json!({ "role": "agent", "label": "spare" });
    let spare = Ask::post("/api/v1/tokens", &spare)
        .token(desk.token(Role::Admin))
        .of(&desk.app)
        .await
        .ok(201);
    let token = spare["id"].as_str().unwrap().to_owned();
    let people = desk.get(Role::Admin, "/api/v1/people").await.ok(200);
    let person = people["people"][1]["id"].as_str().unwrap().to_owned();
    let policy = desk.get(Role::Admin, "/api/v1/shop").await.ok(200)["policy"]
        .as_str()
        .unwrap()
        .to_owned();
    let block = json!({ "buyer": buyer, "reason": "多次索要钱款", "until": "2026-02-01T00:00:00Z" });
    let block = Ask::post("/api/v1/blocks", &block)
        .token(desk.token(Role::Supervisor))
        .of(&desk.app)
        .await
        .ok(201);
    let block = block["id"].as_str().unwrap().to_owned();
    let piece = chat(&format!("/api/v1/buyer/cases/{case}/evidence"));
    let piece = piece.link(&link).key("walk").of(&desk.app).await.ok(201);
    let evidence = piece["id"].as_str().unwrap().to_owned();
    let mail = desk.mail("Auto-Submitted: auto-replied\n\n我在休假").await;
    let mail = mail["id"].as_str().unwrap().to_owned();
    let good = json!({ "id": "W1", "order_number": "W1", "stars": 5, "at": "2026-01-01T00:00:00+08:00" });
    let review = Ask::post("/api/v1/reviews", &good).token(desk.token(Role::Machine));
    let review = review.of(&desk.app).await.ok(201);
    let review = review["id"].as_str().unwrap().to_owned();
    (
        Places {
            order,
            line,
            case,
            buyer,
            token,
            person,
            policy,
            evidence,
            mail,
            segment: desk.desk.random.id::<SegmentId>(START).to_string(),
            care: desk.desk.random.id::<CareId>(START).to_string(),
            review,
            block,
            plan: desk.desk.random.id::<PlanId>(START).to_string(),
            visit: desk.desk.random.id::<VisitId>(START).to_string(),
        },
        link,
        other_link,
    )
}

/// The path of a row as the description writes it.
fn described(row: &Row) -> (String, String) {
    let path = [
        "{order}",
        "{case}",
        "{buyer}",
        "{token}",
        "{person}",
        "{evidence}",
        "{mail}",
        "{segment}",
        "{care}",
        "{review}",
        "{block}",
        "{plan}",
        "{visit}",
    ]
    .iter()
    .fold(row.path.to_owned(), |path, name| path.replace(name, "{id}"));
    (
        row.method.to_lowercase(),
        path.split('?').next().unwrap_or_default().to_owned(),
    )
}

#[test]
fn every_route_has_its_row() {
    let openapi: Value = serde_json::from_str(&openapi()).unwrap();
    let mut routes: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, item) in openapi["paths"].as_object().unwrap() {
        routes.extend(
            item.as_object()
                .unwrap()
                .keys()
                .map(|method| (method.clone(), path.clone())),
        );
    }
    let rows: BTreeSet<(String, String)> = ROWS.iter().map(described).collect();
    assert_eq!(rows, routes);
    assert_eq!(rows.len(), ROWS.len());
}

#[tokio::test]
async fn nobody_gets_further_than_the_table_says() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (places, link, _) = places(&desk).await;
        for (at, row) in ROWS.iter().enumerate() {
            let mut found: Vec<(String, u16, u16)> = Vec::new();
            let mut note = |who: &str, expected: u16, status: u16| {
                if expected != status {
                    found.push((who.to_owned(), expected, status));
                }
            };
            let (public, by_link) = (matches!(row.who, Who::Public), matches!(row.who, Who::Buyer));
            let nobody = places.ask(row, "nobody").of(&desk.app).await.status;
            note("nobody", if public { row.allowed } else { 401 }, nobody);
            for role in Role::ALL {
                let expected = match &row.who {
                    Who::Public => row.allowed,
                    Who::Buyer => 401,
                    Who::Staff(roles) if roles.contains(role) => row.allowed,
                    Who::Staff(_) => 403,
                };
                let ask = places
                    .ask(row, &format!("{at} {}", role.code()))
                    .token(desk.token(*role));
                note(role.code(), expected, ask.of(&desk.app).await.status);
            }
            let ask = places.ask(row, &format!("{at} buyer")).link(&link);
            let expected = if public || by_link { row.allowed } else { 401 };
            note("buyer", expected, ask.of(&desk.app).await.status);
            assert_eq!(found, [], "{} {}", row.method, row.path);
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_reaches_what_is_another_shops_or_another_orders() {
    on_both(async |target| {
        let desk = serve(target).await;
        let (places, _, other_link) = places(&desk).await;
        let (_, foreign) = desk.other_shop().await;
        for row in ROWS
            .iter()
            .filter(|row| row.path.contains('{') || row.body.contains("{order}"))
        {
            let ask = places.ask(row, "foreign");
            let answer = match row.who {
                Who::Buyer => ask.link(&other_link).of(&desk.app).await,
                Who::Staff(_) | Who::Public => ask.token(&foreign).of(&desk.app).await,
            };
            let (status, code) = answer.problem();
            assert!(
                status == 404 && ["not_found", "no_such_case"].contains(&code.as_str()),
                "{} {code}",
                row.path
            );
        }
    })
    .await;
}
