//! Orders of other systems' files, and what their buyers can do with them over HTTP.

use std::fs;
use std::path::Path;

use amends_app::ShopRow;
use amends_app::orders::file::FileText;
use amends_app::orders::file::cells::Reading;
use amends_app::orders::mapping::{Beside, Mapping};
use amends_app::orders::order_file::{FileImported, order_file_import};
use amends_domain::actor::Role;
use amends_domain::time::Zone;
use serde_json::{Value, json};

use crate::fixture::{Fixture, serve};
use crate::place::on_both;

fn testdata(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../testdata")
        .join(name);
    fs::read_to_string(path).unwrap()
}

/// Imports a file into the served shop.
async fn import(desk: &Fixture, mapping: &str, orders: &str, beside: Beside) -> FileImported {
    let shop: ShopRow = desk.desk.store.shops_list().await.unwrap().remove(0);
    let reading = Reading {
        zone: Zone::named(&shop.time_zone).unwrap(),
        currency: shop.currency,
        now: desk.desk.clock.now(),
    };
    let mapping = Mapping::named(mapping).unwrap().unwrap();
    let read = mapping.read(&file(orders), &beside, &reading).unwrap().unwrap();
    order_file_import(&desk.desk, &shop, &read)
        .await
        .unwrap()
        .unwrap()
}

fn file(text: &str) -> FileText {
    FileText::read(text.as_bytes(), "file.json").unwrap()
}

async fn order(desk: &Fixture, number: &str) -> Value {
    let path = format!("/api/v1/orders?number={}", number.replace('#', "%23"));
    desk.get(Role::Agent, &path).await.ok(200)["orders"][0].clone()
}

/// Opens a case on the first line of an order through its buyer's link; how the case stands.
async fn opened(desk: &Fixture, number: &str, mut open: Value) -> Value {
    let order = order(desk, number).await;
    let id = order["id"].as_str().unwrap();
    open["lines"] = json!([{ "line": order["lines"][0]["id"], "units": 1 }]);
    let link = desk.link(id).await;
    let case = desk.buyer_opens(&link, open).await;
    desk.case(&case).await
}

#[tokio::test]
async fn a_return_opens_on_an_order_of_ecom_bench_and_every_total_is_as_its_file_says() {
    on_both(async |target| {
        let desk = serve(target).await;
        let orders = testdata("ecom-bench-zh/orders.json");
        let beside = Beside {
            products: Some(file(&testdata("ecom-bench-zh/products.json"))),
            ..Beside::default()
        };
        let done = import(&desk, "ecom-bench-zh", &orders, beside).await;
        assert_eq!((done.orders, done.new), (41, 41));
        let read: Value = serde_json::from_str(&orders).unwrap();
        let shops = read["jd"].as_object().unwrap().values();
        let buyers = shops.flat_map(|shop| shop.as_object().unwrap().values());
        for (number, source) in buyers.flat_map(|buyer| buyer.as_object().unwrap()) {
            let order = order(&desk, number).await;
            let total = source["订单总金额"].as_f64().unwrap();
            let paid = order["paid"]["minor"].as_i64().unwrap();
            assert_eq!(
                format!("{total:.2}"),
                format!("{}.{:02}", paid / 100, paid % 100),
                "{number}"
            );
            let phase = match source["订单状态"].as_str().unwrap() {
                "已付款" | "处理中" => "paid",
                "已发货" | "运输中" => "dispatched",
                "已签收" | "已送达" => "delivered",
                _ => "cancelled",
            };
            assert_eq!(order["phase"], phase, "{number}");
        }
        let open = json!({ "kind": "return_and_refund", "reason": "no_reason", "goods_intact": true });
        let case = opened(&desk, "312693565755", open).await;
        assert_eq!(case["status"], "awaiting_decision");
        let order = order(&desk, "312693565755").await;
        assert!(order["lines"][0]["title"].as_str().unwrap().starts_with("美的"));
    })
    .await;
}

#[tokio::test]
async fn what_the_logistics_file_says_is_when_an_order_arrived() {
    let desk = serve(&amends_app::Target::SqliteMemory).await;
    let beside = Beside {
        logistics: Some(file(&testdata("ecom-bench-zh/logistics.json"))),
        ..Beside::default()
    };
    import(
        &desk,
        "ecom-bench-zh",
        &testdata("ecom-bench-zh/orders.json"),
        beside,
    )
    .await;
    for (number, dispatched, delivered) in [
        (
            "312693565755",
            json!("2025-04-25T00:35:02.000Z"),
            json!("2025-04-26T03:24:52.000Z"),
        ),
        ("312491584462", json!("2025-04-06T04:00:00.000Z"), Value::Null),
        // Its track goes to the door, its state says it has only been paid.
        ("311324806024", Value::Null, Value::Null),
        // The logistics file has nothing of it: counted back from the import.
        (
            "315273801924",
            json!("2025-12-29T16:00:00.000Z"),
            json!("2025-12-30T16:00:00.000Z"),
        ),
    ] {
        let order = order(&desk, number).await;
        assert_eq!(
            (&order["dispatched_at"], &order["delivered_at"]),
            (&dispatched, &delivered),
            "{number}"
        );
    }
}

#[tokio::test]
async fn an_exchange_opens_on_an_order_of_the_retail_shop() {
    on_both(async |target| {
        let desk = serve(target).await;
        let orders = testdata("tau-retail/orders.json");
        let products = r#"{"7":{"name":"Thing","product_id":"7","variants":{"V1":{"item_id":"V1","options":{"colour":"red"},"available":true,"price":1.5}}}}"#;
        let beside = Beside {
            products: Some(file(products)),
            ..Beside::default()
        };
        let done = import(&desk, "tau-retail", &orders, beside).await;
        assert_eq!(done.new, 6);
        let read: Value = serde_json::from_str(&orders).unwrap();
        let mut delivered = read.as_object().unwrap().iter();
        let (number, _) = delivered.find(|(_, order)| order["status"] == "delivered").unwrap();
        let open = json!({ "kind": "exchange", "reason": "not_as_described", "replacement_sku": "V1" });
        let case = opened(&desk, number, open).await;
        assert_eq!(case["status"], "awaiting_decision");
    })
    .await;
}
