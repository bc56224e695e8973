//! A buyer's link: altered, expired, of another order.

use amends_domain::actor::Role;
use serde_json::json;

use crate::ask::Ask;
use crate::fixture::{paid_order, serve};
use crate::place::on_both;

#[tokio::test]
async fn a_link_opens_its_own_order_until_it_expires() {
    on_both(async |target| {
        let desk = serve(target).await;
        let order = desk.order(&paid_order("L1")).await;
        let link = desk.link(&order).await;
        let ask = |link: &str| Ask::get("/api/v1/buyer/order").link(link).of(&desk.app);
        ask(&link).await.ok(200);
        let cases = Ask::get(format!("/api/v1/buyer/cases?link={link}"))
            .of(&desk.app)
            .await
            .ok(200);
        assert_eq!(cases["total"], 0);
        let mut altered = link.clone();
        let last = if altered.pop() == Some('A') { 'B' } else { 'A' };
        altered.insert(altered.len() / 2, last);
        for link in [
            altered.as_str(),
            "v1",
            "",
            "v1....",
            &format!("{link}.x"),
            "v1.shop_x.order_y.1.AAAA",
        ] {
            let status = ask(link).await.problem();
            assert!(
                status == (401, "link_tampered".to_owned()) || status == (401, "unauthenticated".to_owned())
            );
        }
        // A token of the staff is no link, and a link no token.
        Ask::get("/api/v1/buyer/order")
            .token(desk.token(Role::Admin))
            .of(&desk.app)
            .await
            .refused(401, "unauthenticated");
        Ask::get("/api/v1/me")
            .link(&link)
            .of(&desk.app)
            .await
            .refused(401, "unauthenticated");
        desk.hours_pass(24 * 40).await;
        desk.hours_pass(24 * 49).await;
        ask(&link).await.ok(200);
        desk.hours_pass(24).await;
        ask(&link).await.refused(401, "link_expired");
    })
    .await;
}

#[tokio::test]
async fn one_buyers_link_shows_nothing_of_his_other_order() {
    on_both(async |target| {
        let desk = serve(target).await;
        let mut other = paid_order("L2");
        other["buyer"] = paid_order("L1")["buyer"].clone();
        let (one, other) = (desk.order(&paid_order("L1")).await, desk.order(&other).await);
        let (mine, theirs) = (desk.link(&one).await, desk.link(&other).await);
        let line = desk.line(&one).await;
        let body =
            json!({ "kind": "refund_only", "reason": "regret", "lines": [{ "line": line, "units": 1 }] });
        let case = desk.buyer_opens(&mine, body.clone()).await;
        let listed = Ask::get("/api/v1/buyer/cases")
            .link(&theirs)
            .of(&desk.app)
            .await
            .ok(200);
        assert_eq!(listed["cases"], json!([]));
        let path = format!("/api/v1/buyer/cases/{case}");
        Ask::get(&path)
            .link(&theirs)
            .of(&desk.app)
            .await
            .refused(404, "not_found");
        desk.buyer_acts(&theirs, &case, "withdraw", json!({}))
            .await
            .refused(404, "not_found");
        let foreign = Ask::post("/api/v1/buyer/cases", &body).link(&theirs).key("k");
        foreign.of(&desk.app).await.refused(422, "unknown_line");
        desk.buyer_acts(&mine, &case, "withdraw", json!({})).await.ok(200);
    })
    .await;
}
