//! Evidence bundles over HTTP: everything of a case in one file that proves itself.

use std::io::{Cursor, Read as _, Seek as _, Write as _};

use amends_app::bundle::{bundle_verify, dossier};
use amends_app::caller::{Caller, Staff};
use amends_app::cases::case_read::case_get;
use amends_domain::actor::Role;
use axum::body::to_bytes;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::json;

use crate::ask::Ask;
use crate::fixture::{Fixture, delivered_order, paid_order, serve};
use crate::place::on_both;
use crate::stories::begun;

fn shade_of(value: u32) -> u8 {
    u8::try_from(value % 256).unwrap()
}

/// A picture that really is one.
pub(crate) fn picture(width: u32, height: u32) -> Vec<u8> {
    let shade = |x: u32, y: u32| Rgb([shade_of(x), shade_of(y), shade_of((x / 16 + y / 16) % 2 * 255)]);
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, shade))
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

async fn added(desk: &Fixture, case: &str, key: &str, bytes: &[u8]) {
    Ask::method("POST", format!("/api/v1/cases/{case}/evidence"))
        .raw(bytes)
        .header("evidence-kind", "dispatch_check")
        .header("content-type", "image/png")
        .token(desk.token(Role::Agent))
        .key(key)
        .of(&desk.app)
        .await
        .ok(201);
}

async fn bundle(desk: &Fixture, case: &str) -> Vec<u8> {
    let answer = Ask::get(format!("/api/v1/cases/{case}/bundle"))
        .token(desk.token(Role::Agent))
        .begin(&desk.app)
        .await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()
}

fn file(bytes: &[u8]) -> std::fs::File {
    let path = std::env::temp_dir().join(format!(
        "amends-bundle-{}-{}.zip",
        std::process::id(),
        bytes.len()
    ));
    let mut file = std::fs::File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

fn part(bundle: &[u8], name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
    let mut bytes = Vec::new();
    zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// What a bundle says under a heading.
async fn said_under(desk: &Fixture, case: &str, heading: &str) -> Vec<String> {
    let shop = desk.desk.store.shops_list().await.unwrap()[0].id;
    let somebody = desk.desk.store.members_of(shop).await.unwrap()[0].person;
    let staff = Staff {
        shop,
        person: somebody,
        role: Role::Admin,
        token: None,
    };
    let caller = Caller::Staff(staff.clone());
    let view = case_get(&desk.desk, &caller, case.parse().unwrap())
        .await
        .unwrap();
    let dossier = dossier(&desk.desk, &staff, &view).await.unwrap();
    let section = dossier
        .sections
        .into_iter()
        .find(|section| section.title == heading);
    section.unwrap().said.into_iter().map(|said| said.text).collect()
}

#[tokio::test]
async fn the_trace_says_how_far_each_parcel_got() {
    on_both(async |target| {
        let desk = serve(target).await;
        let open = json!({ "kind": "refund_only", "reason": "late", "text": "一直没到" });
        let story = begun(&desk, &paid_order("B7"), 1, open).await;
        let event = |at: &str, state: &str| json!({ "order": "B7", "carrier": "顺丰", "waybill": "SF7", "at": at, "state": state });
        let events = [
            event("2025-12-31T10:00:00+08:00", "dispatched"),
            event("2025-12-31T20:00:00+08:00", "in_transit"),
        ];
        let ask = Ask::post("/api/v1/tracking", &json!({ "events": events }));
        ask.token(desk.token(Role::Machine)).of(&desk.app).await.ok(200);
        let trace = said_under(&desk, &story.case, "物流").await;
        assert_eq!(trace, ["付款", "发货", "顺丰 SF7：运输中"]);
    })
    .await;
}

#[tokio::test]
async fn a_bundle_has_all_of_a_case_and_proves_itself() {
    on_both(async |target| {
        let desk = serve(target).await;
        let open = json!({ "kind": "refund_only", "reason": "regret", "text": "不喜欢，想退" });
        let story = begun(&desk, &delivered_order("B1"), 1, open).await;
        let shown = picture(1_600, 1_200);
        added(&desk, &story.case, "one", &shown).await;
        story
            .check(
                r#"agent messages {"text":"您好，已为您核实"} awaiting_decision
                   agent notes {"text":"内部：客户是老客户"} awaiting_decision
                   agent refuse {"reason":"used","text":"吊牌已剪"} refused
                   buyer intervention {"text":"请平台看看"} awaiting_ruling
                   agent statements {"text":"发货前检查完好"} awaiting_ruling"#,
            )
            .await;
        let made = bundle(&desk, &story.case).await;
        let shop = desk.get(Role::Agent, "/api/v1/shop").await.ok(200);
        let key = shop["bundle_key"].as_str().unwrap();
        let proved = bundle_verify(file(&made), Some(key)).unwrap();
        assert_eq!((proved.case.as_str(), proved.files), (story.case.as_str(), 3));

        assert!(part(&made, "bundle.pdf").starts_with(b"%PDF-"));
        assert_eq!(part(&made, "evidence/01-dispatch_check.png"), shown);
        let talk = String::from_utf8(part(&made, "talk.txt")).unwrap();
        for said in ["不喜欢，想退", "您好，已为您核实", "吊牌已剪"] {
            assert!(talk.contains(said), "{said} is not in {talk}");
        }
        // What the shop says to itself is not handed in.
        assert!(!talk.contains("老客户"), "{talk}");
        let list = String::from_utf8(part(&made, "manifest.json")).unwrap();
        assert!(list.contains("发货前检查"), "{list}");

        let mut altered = made.clone();
        let middle = altered.len() / 2;
        altered[middle] ^= 1;
        assert!(bundle_verify(file(&altered), Some(key)).is_err());
    })
    .await;
}
