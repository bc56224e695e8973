//! The parts of a mail: its text and its attachments, each limit checked before the work it bounds.
//!
//! Parts are told apart here, one level after the other; the parser only reads heads and decodes. Left to
//! itself it would follow messages inside messages as deep as somebody cares to nest them.
//! Must not know: who writes to whom, what a text says. Tests: beside the code.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{ContentType, Message, MessageParser, MimeHeaders as _};

use super::IntakeFault;

/// Largest head of a mail, or of a part of it.
const HEAD_BYTES_MAX: usize = 128 << 10;
/// Most parts of a mail, all levels together.
const PARTS_MAX: u32 = 100;
/// How many levels of parts there may be.
const LEVELS_MAX: u32 = 8;
/// Most attachments that are looked at; what is beyond is named.
pub(super) const ATTACHMENTS_MAX: usize = 20;

/// A file that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What its owner calls it.
    pub name: Option<String>,
    /// What it is said to be.
    pub declared: Option<String>,
    /// Its content; none where there are too many.
    pub bytes: Option<Vec<u8>>,
}

/// Text, the better kind last.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Text {
    #[default]
    Nothing,
    OfHtml(String),
    Plain(String),
}

impl Text {
    fn words(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::OfHtml(text) | Self::Plain(text) => text,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::OfHtml(text) if !text.trim().is_empty() => 1,
            Self::Plain(text) if !text.trim().is_empty() => 2,
            _ => 0,
        }
    }
}

/// Reads the head of a mail or of a part.
pub(super) fn head(bytes: &[u8]) -> Result<Message<'_>, IntakeFault> {
    let end = head_end(bytes);
    if end > HEAD_BYTES_MAX {
        return Err(IntakeFault::Unreadable);
    }
    let head = bytes.get(..end).unwrap_or(bytes);
    MessageParser::default()
        .parse_headers(head)
        .ok_or(IntakeFault::Unreadable)
}

/// The text and the attachments of a mail.
pub(super) fn body(bytes: &[u8]) -> Result<(String, Vec<Attachment>), IntakeFault> {
    let mut walk = Walk {
        parts: 0,
        attachments: Vec::new(),
    };
    let text = walk.part(bytes, 0)?.words();
    Ok((text, walk.attachments))
}

/// Where the empty line after a head ends; without one, all of it is head.
fn head_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if line.iter().all(u8::is_ascii_whitespace) {
            return at;
        }
    }
    at
}

struct Walk {
    parts: u32,
    attachments: Vec<Attachment>,
}

impl Walk {
    fn part(&mut self, bytes: &[u8], level: u32) -> Result<Text, IntakeFault> {
        self.parts += 1;
        if self.parts > PARTS_MAX || level >= LEVELS_MAX {
            return Err(IntakeFault::TooManyParts { at_most: PARTS_MAX });
        }
        let body = bytes.get(head_end(bytes)..).unwrap_or_default();
        // A part may begin with its empty line: it is plain text.
        let Ok(head) = head(bytes) else {
            return if level == 0 {
                Err(IntakeFault::Unreadable)
            } else {
                Ok(Text::Plain(String::from_utf8_lossy(body).into_owned()))
            };
        };
        let kind = head.content_type();
        let boundary = kind.and_then(|kind| kind.attribute("boundary"));
        match (kind, boundary) {
            (Some(kind), Some(boundary))
                if kind.ctype().eq_ignore_ascii_case("multipart") && !boundary.is_empty() =>
            {
                let several = is(kind, "multipart", "alternative");
                self.several(body, boundary.as_bytes(), level, several)
            }
            _ => Ok(self.single(&head, body)),
        }
    }

    fn several(
        &mut self,
        body: &[u8],
        boundary: &[u8],
        level: u32,
        alternative: bool,
    ) -> Result<Text, IntakeFault> {
        let mut texts = Vec::new();
        for part in parts(body, boundary)? {
            texts.push(self.part(part, level + 1)?);
        }
        texts.retain(|text| text.rank() > 0);
        if alternative {
            return Ok(texts.into_iter().max_by_key(Text::rank).unwrap_or_default());
        }
        match texts.len() {
            0 | 1 => Ok(texts.pop().unwrap_or_default()),
            _ => {
                let words: Vec<String> = texts.into_iter().map(Text::words).collect();
                Ok(Text::Plain(words.join("\n")))
            }
        }
    }

    fn single(&mut self, head: &Message<'_>, body: &[u8]) -> Text {
        let part = head.root_part();
        let kind = part.content_type();
        let name = part.attachment_name().map(ToOwned::to_owned);
        let attached = part.content_disposition().is_some_and(ContentType::is_attachment);
        let html = kind.is_some_and(|kind| is(kind, "text", "html"));
        let plain = kind.is_none_or(|kind| is(kind, "text", "plain"));
        if !attached && name.is_none() && (html || plain) {
            let charset = kind.and_then(|kind| kind.attribute("charset"));
            let text = words(&decoded(part.content_transfer_encoding(), body), charset);
            return if html {
                Text::OfHtml(html_to_text(&text))
            } else {
                Text::Plain(text)
            };
        }
        let declared = kind.map(|kind| {
            let (first, second) = (kind.ctype(), kind.subtype().unwrap_or_default());
            format!("{first}/{second}").to_ascii_lowercase()
        });
        let room = self.attachments.len() < ATTACHMENTS_MAX;
        self.attachments.push(Attachment {
            name,
            declared,
            bytes: room.then(|| decoded(part.content_transfer_encoding(), body)),
        });
        Text::Nothing
    }
}

fn is(kind: &ContentType<'_>, first: &str, second: &str) -> bool {
    kind.ctype().eq_ignore_ascii_case(first)
        && kind
            .subtype()
            .is_some_and(|subtype| subtype.eq_ignore_ascii_case(second))
}

/// What lies between the lines of a boundary. A mail that was cut off has its last part all the same.
fn parts<'a>(body: &'a [u8], boundary: &[u8]) -> Result<Vec<&'a [u8]>, IntakeFault> {
    let mut found = Vec::new();
    let (mut at, mut from) = (0, None);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let after = line
            .strip_prefix(b"--")
            .and_then(|rest| rest.strip_prefix(boundary));
        let closes = after.is_some_and(|after| after.starts_with(b"--"));
        let divides = closes || after.is_some_and(|after| after.iter().all(u8::is_ascii_whitespace));
        if divides {
            if let Some(from) = from {
                found.push(without_line_end(body.get(from..at).unwrap_or_default()));
            }
            from = Some(at + line.len());
        }
        at += line.len();
        if closes {
            return Ok(found);
        }
        if found.len() > usize::try_from(PARTS_MAX).unwrap_or(usize::MAX) {
            return Err(IntakeFault::TooManyParts { at_most: PARTS_MAX });
        }
    }
    if let Some(last) = from.and_then(|from| body.get(from..)) {
        found.push(last);
    }
    Ok(found)
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// What does not decode stays as it is: the content check, or whoever reads it, sees what it is.
fn decoded(encoding: Option<&str>, body: &[u8]) -> Vec<u8> {
    let encoding = encoding.unwrap_or_default().trim();
    let decoded = if encoding.eq_ignore_ascii_case("base64") {
        base64_decode(body)
    } else if encoding.eq_ignore_ascii_case("quoted-printable") {
        quoted_printable_decode(body)
    } else {
        None
    };
    decoded.unwrap_or_else(|| body.to_vec())
}

fn words(bytes: &[u8], charset: Option<&str>) -> String {
    match charset.and_then(|charset| charset_decoder(charset.as_bytes())) {
        Some(decoder) => decoder(bytes),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, Vec<Attachment>), IntakeFault> {
        body(text.as_bytes())
    }

    fn said(text: &str) -> String {
        read(text).unwrap().0.trim().to_owned()
    }

    #[test]
    fn the_text_is_found_however_it_is_packed() {
        for mail in [
            "Subject: x\r\n\r\n裙子开线了",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n6KOZ5a2Q5byA57q/5LqG",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n\
             =E8=A3=99=E5=AD=90=E5=BC=80=E7=BA=\n=BF=E4=BA=86\n",
            "Content-Type: text/html; charset=utf-8\n\n<html><head><style>p{}</style></head><p>裙子开线了</p></html>",
            "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<b>另一种</b>\n\
             --b\nContent-Type: text/plain\n\n裙子开线了\n--b--\nafter",
            "Content-Type: multipart/mixed; boundary=\"a b\"\n\nbefore\n--a b\n\n裙子开线了\n--a b--\n",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n裙子开线了",
            "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n--b\n\
             Content-Type: multipart/related; boundary=c\n\n--c\nContent-Type: text/html\n\n<p>裙子开线了</p>\n--c--\n--b--",
        ] {
            assert_eq!(said(mail), "裙子开线了", "{mail}");
        }
        let gbk = [
            b"Content-Type: text/plain; charset=gb2312\r\n\r\n".as_slice(),
            b"\xc8\xb9\xd7\xd3\xbf\xaa\xcf\xdf\xc1\xcb",
        ];
        assert_eq!(body(&gbk.concat()).unwrap().0, "裙子开线了");
    }

    #[test]
    fn files_keep_their_names_and_bytes() {
        let mail = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n请看\n--b\n\
            Content-Type: image/png; name=\"=?utf-8?B?56C05rSeLnBuZw==?=\"\n\
            Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n\nAAEC\nAwQ=\n--b\n\
            Content-Type: message/rfc822\n\nSubject: inner\n\ninner text\n--b--\n";
        let (text, files) = read(mail).unwrap();
        assert_eq!(text.trim(), "请看");
        let (name, bytes) = (files[0].name.as_deref(), files[0].bytes.as_deref());
        assert_eq!(
            (name, bytes),
            (Some("破洞.png"), Some([0, 1, 2, 3, 4].as_slice()))
        );
        assert_eq!(files[1].declared.as_deref(), Some("message/rfc822"));
        assert_eq!(files.len(), 2);
    }

    #[test]
    fn what_has_no_end_is_refused_before_it_is_read() {
        let many = format!(
            "Content-Type: multipart/mixed; boundary=b\n\n{}",
            "--b\n\n".repeat(5_000)
        );
        let too_many = IntakeFault::TooManyParts { at_most: PARTS_MAX };
        assert_eq!(read(&many).unwrap_err(), too_many);
        let level = |at: u32| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n");
        let deep: String = (0..5_000).map(level).collect::<Vec<_>>().concat();
        assert_eq!(read(&deep).unwrap_err(), too_many);
        // Messages inside messages are one file, however many there are.
        let nested = "Content-Type: message/rfc822\n\n".repeat(200_000);
        assert_eq!(read(&nested).unwrap().1.len(), 1);
        let head = "X: y\n".repeat(100_000);
        assert_eq!(read(&head).unwrap_err(), IntakeFault::Unreadable);
        assert_eq!(read("").unwrap_err(), IntakeFault::Unreadable);
        let files = "--b\nContent-Type: image/png\n\nx\n".repeat(30);
        let (_, files) = read(&format!("Content-Type: multipart/mixed; boundary=b\n\n{files}")).unwrap();
        assert_eq!(
            files.iter().filter(|file| file.bytes.is_some()).count(),
            ATTACHMENTS_MAX
        );
        assert_eq!(files.len(), 30);
    }
}
