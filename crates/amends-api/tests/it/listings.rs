//! Listing snapshots over HTTP: attached once to what was bought, and never changed.

use amends_domain::actor::Role;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;

async fn put(desk: &Fixture, role: Role, order: &str, line: &str, body: &Value) -> Answer {
    Ask::method("PUT", format!("/api/v1/orders/{order}/lines/{line}/listing"))
        .json(body)
        .token(desk.token(role))
        .of(&desk.app)
        .await
}

#[tokio::test]
async fn what_a_page_said_is_kept_with_the_line_and_never_changed() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&delivered_order("L1")).await;
        let other = desk.order(&delivered_order("L2")).await;
        let (line, others) = (desk.line(&order).await, desk.line(&other).await);
        let page = json!({
            "title": "碎花连衣裙 S 码",
            "address": "https://shop.example/dress",
            "specification": [{ "name": "面料", "value": "棉 100%" }],
            "sizes": "S 胸围 84 厘米",
            "terms": "七天无理由退货",
            "taken_at": "2025-12-28T10:00:00.000Z",
        });
        put(&desk, Role::Admin, &order, &line, &page).await.ok(204);
        // The same again changes nothing; the same page stands once, however often it was bought.
        put(&desk, Role::Admin, &order, &line, &page).await.ok(204);
        put(&desk, Role::Admin, &other, &others, &page).await.ok(204);
        let path = format!("/api/v1/orders/{order}/listings");
        let kept = desk.get(Role::Agent, &path).await.ok(200);
        let kept = &kept["listings"][0];
        assert_eq!((&kept["line"], &kept["title"]), (&json!(line), &page["title"]));
        assert_eq!(
            (&kept["specification"], &kept["taken_at"]),
            (&page["specification"], &page["taken_at"])
        );
        let mut changed = page.clone();
        changed["terms"] = json!("不退不换");
        let kept_already = put(&desk, Role::Admin, &order, &line, &changed).await;
        let problem = kept_already.refused(409, "listing_kept");
        assert!(
            problem["detail"].as_str().unwrap().contains("不能更改"),
            "{problem}"
        );
        let again = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!(again["listings"][0]["terms"], "七天无理由退货");

        for (order, line, body, status, code) in [
            (&order, &others, &page, 404, "not_found"),
            (&order, &line, &json!({ "title": "" }), 422, "invalid"),
            (
                &order,
                &line,
                &json!({ "title": "x", "colour": "red" }),
                422,
                "invalid",
            ),
            (
                &order,
                &line,
                &json!({ "title": "x", "terms": "长".repeat(20_001) }),
                422,
                "invalid",
            ),
        ] {
            put(&desk, Role::Admin, order, line, body)
                .await
                .refused(status, code);
        }
    })
    .await;
}

async fn again(desk: &Fixture, order: &Value) {
    let ask = Ask::post("/api/v1/orders", order).token(desk.token(Role::Machine));
    ask.of(&desk.app).await.ok(200);
}

#[tokio::test]
async fn what_a_page_said_comes_along_with_its_order() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut draft = delivered_order("L9");
        draft["lines"][0]["listing"] = json!({
            "title": "碎花连衣裙 S 码",
            "specification": [{ "name": "面料", "value": "棉 100%" }],
        });
        let order = desk.order(&draft).await;
        let path = format!("/api/v1/orders/{order}/listings");
        let kept = desk.get(Role::Agent, &path).await.ok(200);
        let kept = &kept["listings"][0];
        assert_eq!(kept["line"], json!(desk.line(&order).await));
        assert_eq!(kept["specification"][0]["value"], "棉 100%");
        // As of the purchase, where nothing else is said.
        let bought = desk
            .get(Role::Admin, &format!("/api/v1/orders/{order}"))
            .await
            .ok(200);
        assert_eq!(kept["taken_at"], bought["paid_at"]);

        // The shop's system sends the order again with the page as it is today: what stood stays.
        draft["lines"][0]["listing"]["specification"][0]["value"] = json!("聚酯纤维");
        again(&desk, &draft).await;
        let stands = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!(stands["listings"][0], *kept);

        // One that came without gets it later; a page that says nothing is refused with the whole order.
        let mut late = delivered_order("L10");
        let order = desk.order(&late).await;
        late["lines"][0]["listing"] =
            json!({ "title": "碎花连衣裙", "taken_at": "2025-12-20T10:00:00.000Z" });
        again(&desk, &late).await;
        let path = format!("/api/v1/orders/{order}/listings");
        let kept = desk.get(Role::Agent, &path).await.ok(200);
        assert_eq!(kept["listings"][0]["taken_at"], "2025-12-20T10:00:00.000Z");
        let mut wrong = delivered_order("L11");
        wrong["lines"][0]["listing"] = json!({ "title": "" });
        let refused = Ask::post("/api/v1/orders", &wrong)
            .token(desk.token(Role::Machine))
            .of(&desk.app)
            .await;
        refused.refused(422, "invalid");
    })
    .await;
}
