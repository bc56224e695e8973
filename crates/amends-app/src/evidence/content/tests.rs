//! Files in miniature: whole ones, cut ones, and those that are not what they say.

use super::*;

fn check(declared: Option<&str>, content: &[u8], step: usize) -> Result<Media, EvidenceFault> {
    let mut checker = Checker::new(declared);
    for part in content.chunks(step) {
        checker.feed(part)?;
    }
    checker.finish()
}

fn bytes(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// A picture with a preview whose end is not its own, stuffed bytes, a restart and two scans.
fn jpeg() -> Vec<u8> {
    bytes(&[
        b"\xff\xd8\xff\xe1\x00\x08\xff\xd8\xff\xd9ab",
        b"\xff\xda\x00\x03\x01\x11\xff\x00\x22\xff\xd0\x33",
        b"\xff\xc4\x00\x04\xff\xd9\xff\xda\x00\x02\x44\xff\xff\xd9",
    ])
}

fn png() -> Vec<u8> {
    bytes(&[
        b"\x89PNG\r\n\x1a\n",
        b"\x00\x00\x00\x03IHDRabcCRC1",
        b"\x00\x00\x00\x04IDATIENDCRC2",
        b"\x00\x00\x00\x00IENDCRC3",
    ])
}

fn boxes(brand: &[u8], rest: &[u8]) -> Vec<u8> {
    bytes(&[b"\x00\x00\x00\x10ftyp", brand, b"\x00\x00\x00\x00", rest])
}

fn mp4() -> Vec<u8> {
    let rest = b"\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x14moov\x00\x00\x00\x09moov.";
    boxes(b"isom", rest)
}

fn webp() -> Vec<u8> {
    bytes(&[b"RIFF\x1c\x00\x00\x00WEBPVP8 ", &[7; 20]])
}

fn gif() -> Vec<u8> {
    bytes(&[b"GIF89a", &[1; 30], b";"])
}

fn pdf() -> Vec<u8> {
    bytes(&[b"%PDF-1.7\n", &[b'x'; 40], b"\n%%EOF\n"])
}

#[test]
fn a_whole_file_is_known_by_its_content() {
    let chat = "买家：收到的裙子有个洞，请看照片。\r\n\x1b[31m客服：很抱歉。";
    let mov = b"\x00\x00\x00\x08wide\x00\x00\x00\x08mdat\x00\x00\x00\x08moov".to_vec();
    for (content, media, declared) in [
        (jpeg(), Media::Jpeg, "image/jpeg"),
        (
            bytes(&[&jpeg(), b"trailer of a telephone"]),
            Media::Jpeg,
            "image/jpg",
        ),
        (png(), Media::Png, "IMAGE/PNG"),
        (webp(), Media::Webp, "image/webp"),
        (gif(), Media::Gif, "image/gif"),
        (
            boxes(b"heic", b"\x00\x00\x00\x09meta."),
            Media::Heic,
            "image/heif",
        ),
        (mp4(), Media::Mp4, "video/mp4; codecs=\"avc1\""),
        (
            boxes(b"isom", b"\x00\x00\x00\x08moov\x00\x00\x00\x00mdat..."),
            Media::Mp4,
            "video/mp4",
        ),
        (
            boxes(b"qt  ", b"\x00\x00\x00\x08moov"),
            Media::Mov,
            "video/quicktime",
        ),
        (mov, Media::Mov, "application/octet-stream"),
        (pdf(), Media::Pdf, "application/pdf"),
        (chat.into(), Media::Text, "text/plain; charset=utf-8"),
        (b"x".to_vec(), Media::Text, ""),
    ] {
        for step in [1, 3, 7, content.len()] {
            assert_eq!(
                check(Some(declared), &content, step),
                Ok(media),
                "{media:?} by {step}"
            );
        }
        assert_eq!(check(None, &content, 5), Ok(media));
        assert_eq!(Media::named(media.code()), Some(media));
    }
}

#[test]
fn a_file_whose_end_is_missing_is_cut_off() {
    let mp4_cut = boxes(b"isom", b"\x00\x00\x00\x08mdat\x00\x00\x00\x0bfreeabc");
    for (content, shortest) in [(jpeg(), 4), (png(), 9), (mp4(), 13), (webp(), 13), (pdf(), 6)] {
        for end in shortest..content.len() - 1 {
            let cut = content.get(..end).unwrap();
            let told = check(None, cut, 4);
            // The last line feed of a PDF is not missed.
            assert!(
                told == Err(EvidenceFault::CutOff) || cut.ends_with(b"%%EOF"),
                "{end} {told:?}"
            );
        }
    }
    for content in [
        mp4_cut,
        gif()[..20].to_vec(),
        Vec::new(),
        "好".as_bytes()[..2].to_vec(),
    ] {
        assert_eq!(check(None, &content, 4), Err(EvidenceFault::CutOff));
    }
}

#[test]
fn a_file_that_is_not_what_it_says_is_refused() {
    let html = b"<html><script>alert(1)</script></html>".to_vec();
    for (declared, content, found) in [
        ("image/jpeg", png(), "image/png"),
        ("image/png", html.clone(), "text/plain"),
        ("text/html", html.clone(), "text/plain"),
        ("image/svg+xml", html, "text/plain"),
        ("text/plain", jpeg(), "image/jpeg"),
        (
            "video/mp4",
            boxes(b"qt  ", b"\x00\x00\x00\x08moov"),
            "video/quicktime",
        ),
        ("image/jpeg", b"MZ\x90\x00\x03\x00\x00\x00".repeat(8), "unknown"),
        ("image/avif", boxes(b"avif", &[0; 40]), "unknown"),
        ("text/plain", b"\x7fELF\x02\x01\x01\x00".repeat(8), "unknown"),
        (
            "text/plain",
            bytes(&[&[b'a'; 100], b"\xc4\xe3\xba\xc3\xff"]),
            "unknown",
        ),
    ] {
        let declared = declared.to_owned();
        let told = check(Some(&declared), &content, 11);
        assert_eq!(told, Err(EvidenceFault::Type { declared, found }));
    }
}

#[test]
fn a_file_above_the_limit_of_its_type_is_refused_before_all_of_it_came() {
    let mut checker = Checker::new(None);
    checker.feed(&jpeg()).unwrap();
    let part = vec![0; 1 << 20];
    let told = (0..=15).map(|_| checker.feed(&part)).find(Result::is_err);
    let limit_bytes = 15 << 20;
    assert_eq!(told, Some(Err(EvidenceFault::TooLarge { limit_bytes })));
}
