//! A served shop: the real router on a real database, a clock that is moved by hand, seeded chance,
//! and a provider that pays whatever it is asked for.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use amends_api::{ApiOptions, router};
use amends_app::accounts::people::PersonAdd;
use amends_app::accounts::token::token_issue;
use amends_app::blobs::Blobs;
use amends_app::clock::Clock;
use amends_app::content::PACKS;
use amends_app::desk::Desk;
use amends_app::notices::Couriers;
use amends_app::payments::{Payments, RefundRequest};
use amends_app::random::Random;
use amends_app::shops::settings::ShopSettings;
use amends_app::shops::shop_create::{ShopCreate, shop_create};
use amends_app::vault::Vault;
use amends_app::{Store, Target};
use amends_domain::actor::Role;
use amends_domain::command::PaymentAnswer;
use amends_domain::ids::ShopId;
use amends_domain::money::Currency;
use amends_domain::policy::dates::latest;
use amends_domain::policy::pack::Pack;
use amends_domain::policy::set::PolicySet;
use amends_domain::time::Moment;
use amends_sim::seed::seed_shop;
use axum::Router;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask};

/// 2026-01-01T00:00:00+08:00.
pub(crate) const START: Moment = Moment::from_millis(1_767_196_800_000);
pub(crate) const PASSWORD: &str = "圆满售后 2026 年";
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// Pays whatever it is asked for.
pub(crate) struct Paying;

#[async_trait::async_trait]
impl Payments for Paying {
    async fn refund(&self, request: &RefundRequest) -> PaymentAnswer {
        PaymentAnswer::Paid {
            reference: format!("PAID-{}", request.amount.minor()),
        }
    }

    async fn refund_status(&self, request: &RefundRequest) -> PaymentAnswer {
        self.refund(request).await
    }
}

pub(crate) struct Fixture {
    pub(crate) app: Router,
    pub(crate) desk: Arc<Desk>,
    /// A token for each role.
    pub(crate) tokens: BTreeMap<Role, String>,
    /// Where the bytes of evidence lie.
    pub(crate) folder: Folder,
}

/// A folder of a test's own, gone with it. It is made by whoever first puts something there.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn fresh() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("amends-api-blobs-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

pub(crate) async fn serve(target: &Target) -> Fixture {
    let options = ApiOptions {
        manual_clock: true,
        sign_in_per_minute: 1_000,
        sign_in_per_minute_peer: 1_000,
        ..ApiOptions::default()
    };
    serve_with(target, options).await
}

pub(crate) async fn serve_with(target: &Target, options: ApiOptions) -> Fixture {
    serve_paying(target, options, Arc::new(Paying)).await
}

pub(crate) async fn serve_paying(
    target: &Target,
    options: ApiOptions,
    payments: Arc<dyn Payments>,
) -> Fixture {
    serve_telling(target, options, payments, Couriers::default()).await
}

/// The same, with ways for notices.
pub(crate) async fn serve_telling(
    target: &Target,
    options: ApiOptions,
    payments: Arc<dyn Payments>,
    couriers: Couriers,
) -> Fixture {
    let store = Store::connect(target).await.unwrap();
    store.migrate().await.unwrap();
    let vault = Vault::new([7; 32]);
    let mut desk = Desk::start(store, Clock::manual(START), Random::seeded(7), vault, payments);
    desk.couriers = couriers;
    let folder = Folder::fresh();
    desk.blobs = Some(Blobs::at(&folder.0));
    let desk = Arc::new(desk);
    let shop = seed_shop(&desk, "演示店铺", PASSWORD).await.unwrap();
    let mut tokens = BTreeMap::new();
    for role in Role::ALL {
        let token = token_issue(&desk, shop.shop, *role, role.code(), None)
            .await
            .unwrap();
        tokens.insert(*role, token.secret);
    }
    Fixture {
        app: router(Arc::clone(&desk), options),
        desk,
        tokens,
        folder,
    }
}

impl Fixture {
    pub(crate) fn token(&self, role: Role) -> &str {
        &self.tokens[&role]
    }

    /// Another shop under another policy, and its owner's token.
    pub(crate) async fn other_shop(&self) -> (ShopId, String) {
        let packs: Vec<Pack> = PACKS
            .iter()
            .skip(1)
            .map(|(_, text)| Pack::parse(text).unwrap())
            .collect();
        let owner = PersonAdd {
            login: "other-owner".to_owned(),
            password: PASSWORD.to_owned(),
            display_name: "另一位店主".to_owned(),
            role: Role::Admin,
        };
        let create = ShopCreate {
            name: "另一家店".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            currency: Currency::CNY,
            owner,
            policy: PolicySet::examine(&latest(&packs)).unwrap(),
            settings: ShopSettings::default(),
        };
        let (shop, _) = shop_create(&self.desk, create).await.unwrap();
        let token = token_issue(&self.desk, shop, Role::Admin, "owner", None)
            .await
            .unwrap();
        (shop, token.secret)
    }

    pub(crate) async fn get(&self, role: Role, path: &str) -> Answer {
        Ask::get(path).token(self.token(role)).of(&self.app).await
    }

    /// A write with a fresh key, on the latest terms of the case.
    pub(crate) async fn act(&self, role: Role, case: &str, action: &str, body: Value) -> Answer {
        let terms = self.case(case).await["terms"].as_u64().unwrap();
        let key = self
            .desk
            .random
            .bytes::<8>()
            .map(|byte| format!("{byte:02x}"))
            .concat();
        let path = format!("/api/v1/cases/{case}/{action}");
        Ask::post(path, &body)
            .token(self.token(role))
            .key(&key)
            .terms(terms)
            .of(&self.app)
            .await
    }

    /// What the buyer does, on the latest terms of the case.
    pub(crate) async fn buyer_acts(&self, link: &str, case: &str, action: &str, body: Value) -> Answer {
        let terms = self.case(case).await["terms"].as_u64().unwrap();
        let key = self
            .desk
            .random
            .bytes::<8>()
            .map(|byte| format!("{byte:02x}"))
            .concat();
        let path = format!("/api/v1/buyer/cases/{case}/{action}");
        Ask::post(path, &body)
            .link(link)
            .key(&key)
            .terms(terms)
            .of(&self.app)
            .await
    }

    pub(crate) async fn case(&self, case: &str) -> Value {
        self.get(Role::Admin, &format!("/api/v1/cases/{case}"))
            .await
            .ok(200)
    }

    /// Moves the clock by hours and lets everything fall due.
    pub(crate) async fn hours_pass(&self, hours: i64) -> Value {
        let body = json!({ "advance_ms": hours * HOUR_MS });
        Ask::post("/_clock", &body).of(&self.app).await.ok(200)
    }

    /// Imports an order and returns its id.
    pub(crate) async fn order(&self, draft: &Value) -> String {
        let answer = Ask::post("/api/v1/orders", draft)
            .token(self.token(Role::Machine))
            .of(&self.app)
            .await;
        answer.ok(201)["orders"][0].as_str().unwrap().to_owned()
    }

    pub(crate) async fn link(&self, order: &str) -> String {
        let path = format!("/api/v1/orders/{order}/buyer-link");
        let answer = Ask::post(path, &json!({}))
            .token(self.token(Role::Agent))
            .of(&self.app)
            .await;
        answer.ok(201)["token"].as_str().unwrap().to_owned()
    }

    /// The first line of an order.
    pub(crate) async fn line(&self, order: &str) -> String {
        let order = self
            .get(Role::Admin, &format!("/api/v1/orders/{order}"))
            .await
            .ok(200);
        order["lines"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Opens a case through the buyer's link; returns its id.
    pub(crate) async fn buyer_opens(&self, link: &str, body: Value) -> String {
        // One buyer may have several orders: a key is his, whatever he asks.
        let key = format!("open {}", body["lines"][0]["line"].as_str().unwrap_or("-"));
        let answer = Ask::post("/api/v1/buyer/cases", &body)
            .link(link)
            .key(&key)
            .of(&self.app)
            .await;
        answer.ok(201)["case"].as_str().unwrap().to_owned()
    }

    /// Hands a mail over as a mail server's program would; returns what became of it.
    pub(crate) async fn mail(&self, mail: impl Into<Vec<u8>>) -> Value {
        let ask = Ask::method("POST", "/api/v1/mails").raw(mail);
        let ask = ask.header("content-type", "message/rfc822");
        ask.token(self.token(Role::Machine)).of(&self.app).await.ok(201)
    }

    /// What was told about a case, oldest first.
    pub(crate) async fn notices(&self, case: &str) -> Vec<Value> {
        let path = format!("/api/v1/cases/{case}/notices");
        let answer = self.get(Role::Auditor, &path).await.ok(200);
        answer["notices"].as_array().unwrap().clone()
    }

    /// The names of what happened, as the staff sees it.
    pub(crate) async fn told(&self, case: &str) -> Vec<String> {
        let path = format!("/api/v1/cases/{case}/timeline");
        names(&self.get(Role::Auditor, &path).await.ok(200))
    }
}

/// The types of a timeline's entries.
pub(crate) fn names(timeline: &Value) -> Vec<String> {
    let entries = timeline["entries"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| entry["type"].as_str().unwrap().to_owned())
        .collect()
}

pub(crate) fn yuan(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "CNY" })
}

/// An order of two dresses and a kettle, paid and not yet sent.
pub(crate) fn paid_order(number: &str) -> Value {
    json!({
        "number": number,
        "buyer": { "nickname": format!("小满{number}"), "name": "张小满", "phone": "13800001234", "address": "杭州" },
        "region": "浙江",
        "payment_method": "alipay",
        "lines": [
            { "sku": "DRESS-M", "title": "碎花连衣裙", "category": "clothing", "units": 2, "price": yuan(19_900) },
            { "sku": "KETTLE", "title": "电热水壶", "category": "electronics", "units": 1, "price": yuan(18_999) }
        ],
        "discount": yuan(1_000),
        "freight": yuan(800),
        "paid_at": "2025-12-30T10:00:00+08:00"
    })
}

/// The same, delivered a day before the clock starts.
pub(crate) fn delivered_order(number: &str) -> Value {
    let mut order = paid_order(number);
    order["dispatched_at"] = json!("2025-12-30T20:00:00+08:00");
    order["delivered_at"] = json!("2025-12-31T09:00:00+08:00");
    order
}
