//! Pictures seen before: a buyer's photo that is another case's is pointed out, and a person decides.

use std::io::Cursor;

use amends_domain::actor::Role;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::fixture::{Fixture, delivered_order, serve};
use crate::place::on_both;
use crate::stories::{Story, begun};

/// Spots that no other seed makes.
pub(crate) fn spots(seed: u32) -> DynamicImage {
    let shade = |x: u32, y: u32| {
        let spot = (x / 100 + y / 100 * 31 + seed * 1_013).wrapping_mul(2_654_435_761);
        let spot = (spot ^ spot >> 15).wrapping_mul(2_246_822_519);
        let shade = u8::try_from((spot ^ spot >> 13) >> 24).unwrap();
        Rgb([shade, shade, 255 - shade])
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(900, 800, shade))
}

pub(crate) fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// As a chat program makes it: smaller and anew.
fn sent_on(picture: &DynamicImage) -> Vec<u8> {
    let small = picture.resize_exact(450, 400, FilterType::Triangle);
    let mut bytes = Vec::new();
    small
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 60))
        .unwrap();
    bytes
}

/// A request of an order whose buyer hands in a picture.
pub(crate) async fn shown<'a>(
    desk: &'a Fixture,
    order: &str,
    media: &str,
    bytes: Vec<u8>,
) -> (Story<'a>, Value) {
    let open = json!({ "kind": "refund_only", "reason": "quality" });
    let story = begun(desk, &delivered_order(order), 1, open).await;
    let path = format!("/api/v1/buyer/cases/{}/evidence", story.case);
    let added = Ask::method("POST", path)
        .raw(bytes)
        .header("evidence-kind", "photo")
        .header("content-type", media)
        .link(&story.link)
        .key(order)
        .of(&desk.app)
        .await
        .ok(201);
    (story, added["id"].clone())
}

async fn alike(desk: &Fixture, case: &str) -> Vec<Value> {
    let path = format!("/api/v1/cases/{case}/alike");
    let told = desk.get(Role::Agent, &path).await.ok(200);
    told["alike"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_photo_of_another_case_is_pointed_out_also_when_it_was_saved_anew() {
    on_both(async |target| {
        let desk = serve(target).await;
        let torn = spots(1);
        let (first, first_photo) = shown(&desk, "A1", "image/png", png(&torn)).await;
        assert_eq!(alike(&desk, &first.case).await, Vec::<Value>::new());
        let (same, _) = shown(&desk, "A2", "image/png", png(&torn)).await;
        let (anew, photo) = shown(&desk, "A3", "image/jpeg", sent_on(&torn)).await;
        let (other, _) = shown(&desk, "A4", "image/png", png(&spots(2))).await;

        let found = alike(&desk, &same.case).await;
        let cases: Vec<_> = found.iter().map(|one| (&one["case"], &one["bits"])).collect();
        assert_eq!(cases[0], (&json!(first.case), &Value::Null));
        assert_eq!(cases.len(), 2);
        let found = alike(&desk, &anew.case).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found
                .iter()
                .all(|one| one["piece"] == photo && one["bits"].as_u64().unwrap() <= 7)
        );
        assert!(found.iter().any(|one| one["other"] == first_photo));
        assert_eq!(found[0]["by_shop"], false);
        assert_eq!(alike(&desk, &other.case).await, Vec::<Value>::new());
    })
    .await;
}

/// What the shop adds to its own cases says nothing of a buyer; but a buyer who shows the shop's own picture
/// of another parcel is pointed out.
#[tokio::test]
async fn the_shops_own_pictures_accuse_nobody_and_are_known_again() {
    on_both(async |target| {
        let desk = serve(target).await;
        let packed = png(&spots(3));
        let open = json!({ "kind": "refund_only", "reason": "quality" });
        let mut cases = Vec::new();
        for order in ["S1", "S2"] {
            let story = begun(&desk, &delivered_order(order), 1, open.clone()).await;
            Ask::method("POST", format!("/api/v1/cases/{}/evidence", story.case))
                .raw(packed.clone())
                .header("evidence-kind", "packing_photo")
                .header("content-type", "image/png")
                .token(desk.token(Role::Agent))
                .key(order)
                .of(&desk.app)
                .await
                .ok(201);
            cases.push(story.case);
        }
        for case in &cases {
            assert_eq!(alike(&desk, case).await, Vec::<Value>::new());
        }
        let (borrowed, _) = shown(&desk, "S3", "image/png", packed).await;
        let found = alike(&desk, &borrowed.case).await;
        assert_eq!(found.len(), 2);
        assert!(
            found
                .iter()
                .all(|one| one["by_shop"] == true && one["bits"].is_null())
        );
    })
    .await;
}
