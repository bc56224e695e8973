//! Reading pictures that come from anywhere, within bounds, and small: the way up they were taken.
//!
//! A picture that unfolds to more than it may is not read at all. Must not know: what it shows, what for.
//! Tests: beside the code, and `amends-app/src/evidence/picture.rs`.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};

/// Longest side that is read, in pixels.
const SIDE_MAX: u32 = 16_384;
/// Most pixels: some forms take several times as much while they are read as their limit tells.
const PIXELS_MAX: u64 = 64_000_000;
/// Most memory that a picture may take once it is read, in bytes.
const MEMORY_MAX: u64 = 256 * 1_024 * 1_024;

/// A picture made small.
#[derive(Debug)]
pub struct Small {
    /// As taken, in pixels.
    pub width: u32,
    /// As taken, in pixels.
    pub height: u32,
    /// The picture, no side longer than was asked for.
    pub picture: DynamicImage,
}

/// Reads a picture and makes it small; none where it can't be read, or is larger than it may be.
pub fn read_small(bytes: &[u8], side_max: u32) -> Option<Small> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > MEMORY_MAX {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let read = DynamicImage::from_decoder(decoder).ok()?;
    // Not `resize`: between its two passes a picture takes four times its memory.
    let mut picture = if width.max(height) > side_max {
        read.thumbnail(side_max, side_max)
    } else {
        read
    };
    // Small first: turning takes a second picture.
    picture.apply_orientation(orientation);
    Some(Small {
        width,
        height,
        picture,
    })
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::{ImageEncoder as _, RgbImage};

    use super::*;

    /// What a telephone writes that was held upright: turn it by a quarter to see it right.
    const UPRIGHT: &[u8] = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";

    #[test]
    fn a_picture_stands_as_it_was_taken_and_no_larger_than_asked() {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder.set_exif_metadata(UPRIGHT.to_vec()).unwrap();
        DynamicImage::ImageRgb8(RgbImage::new(400, 200))
            .write_with_encoder(encoder)
            .unwrap();
        let small = read_small(&bytes, 100).unwrap();
        assert_eq!((small.width, small.height), (400, 200));
        assert_eq!((small.picture.width(), small.picture.height()), (50, 100));
        assert_eq!(read_small(&bytes, 1_000).unwrap().picture.height(), 400);
        assert!(read_small(b"no picture", 100).is_none());
    }
}
