//! What can be read off a picture: its size, whether it is sharp, and a perceptual hash, so that the same
//! picture is known again when it was scaled or saved anew.
//!
//! Must not know: whose it is, what follows
//! from it. Tests: beside the code.

use amends_bundle::read_small;
use image::GrayImage;
use image::imageops::FilterType;

/// Longest side at which sharpness is measured: the same picture at any size comes to about the same.
const MEASURED_SIDE: u32 = 512;
/// Variance of the second derivative of a picture that is called sharp.
const SHARP_VARIANCE: u64 = 400;
/// Columns and rows compared for the hash.
const LOOK_SIDE: u32 = 8;

/// A picture, measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// 0 to 100.
    pub sharpness: u32,
    /// Its perceptual hash.
    pub look: u64,
}

/// Measures a picture; none where it can't be read, or is larger than it may be.
pub fn measure(bytes: &[u8]) -> Option<Measured> {
    let small = read_small(bytes, MEASURED_SIDE)?;
    let grey = small.picture.into_luma8();
    Some(Measured {
        width: small.width,
        height: small.height,
        sharpness: sharpness(&grey),
        look: look(&grey),
    })
}

/// Each bit says whether a patch is brighter than its neighbour.
fn look(grey: &GrayImage) -> u64 {
    let small = image::imageops::resize(grey, LOOK_SIDE + 1, LOOK_SIDE, FilterType::Triangle);
    let at = |x, y| small.get_pixel(x, y).0[0];
    let bits = (0..LOOK_SIDE).flat_map(|y| (0..LOOK_SIDE).map(move |x| (x, y)));
    bits.fold(0, |look, (x, y)| look << 1 | u64::from(at(x, y) > at(x + 1, y)))
}

/// Edges make the second derivative vary; a blurred picture has none.
fn sharpness(grey: &GrayImage) -> u32 {
    let (width, height) = grey.dimensions();
    if width < 3 || height < 3 {
        return 0;
    }
    let at = |x: u32, y: u32| i64::from(grey.get_pixel(x, y).0[0]);
    let (mut count, mut sum, mut squares) = (0_i64, 0_i64, 0_i64);
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            let bent = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
            count += 1;
            sum += bent;
            squares += bent * bent;
        }
    }
    let mean = sum / count;
    let variance = u64::try_from(squares / count - mean * mean).unwrap_or(0);
    u32::try_from(variance.saturating_mul(100) / SHARP_VARIANCE).map_or(100, |percent| percent.min(100))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::codecs::jpeg::JpegEncoder;
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

    use super::*;

    fn distance(one: u64, other: u64) -> u32 {
        (one ^ other).count_ones()
    }

    /// Stripes and spots that no other seed makes.
    fn picture(seed: u32, width: u32, height: u32) -> DynamicImage {
        let colour = |x: u32, y: u32| {
            let (x, y) = (x * 64 / width, y * 64 / height);
            let spot = (x / 8).wrapping_mul(31) ^ (y / 8).wrapping_mul(17) ^ seed.wrapping_mul(101);
            let shade = u8::try_from(spot.wrapping_mul(2_654_435_761) >> 24).unwrap_or(0);
            Rgb([shade, shade / 2, 255 - shade])
        };
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour))
    }

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn jpeg(picture: &DynamicImage, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture
            .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
            .unwrap();
        bytes
    }

    #[test]
    fn the_same_picture_is_known_again_however_it_was_saved_and_another_is_not() {
        let one = picture(1, 1_200, 900);
        let look = measure(&png(&one)).unwrap().look;
        for again in [
            jpeg(&one, 90),
            jpeg(&one, 30),
            png(&one.resize_exact(400, 300, FilterType::Triangle)),
            png(&one.brighten(12)),
        ] {
            let again = measure(&again).unwrap().look;
            assert!(distance(look, again) <= 6, "{}", distance(look, again));
        }
        for seed in 2..20 {
            let other = measure(&png(&picture(seed, 1_200, 900))).unwrap().look;
            assert!(distance(look, other) > 10, "{seed}: {}", distance(look, other));
        }
    }

    #[test]
    fn a_blurred_picture_is_not_sharp() {
        let sharp = picture(3, 800, 600);
        let blurred = sharp.blur(12.0);
        let of = |picture: &DynamicImage| measure(&png(picture)).unwrap().sharpness;
        assert!(of(&sharp) > 40, "{}", of(&sharp));
        assert!(of(&blurred) < 10, "{}", of(&blurred));
    }

    /// A few bytes that say they are a picture of many gigabytes.
    #[test]
    fn a_picture_that_unfolds_beyond_its_bound_is_not_read() {
        let small = png(&picture(1, 16, 16));
        let mut bomb = small.clone();
        // Width and height in the header, with its check sum made anew.
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let sum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        assert!(measure(&small).is_some());
        assert_eq!(measure(&bomb), None);
        assert_eq!(measure(b"no picture"), None);
        assert_eq!(measure(&small[..small.len() / 2]), None);
    }

    fn crc(bytes: &[u8]) -> u32 {
        let step = |sum: u32, _: u32| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
        !bytes
            .iter()
            .fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
    }
}
