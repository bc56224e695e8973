//! A mail as it came, read into what the desk works with. Everything in it is a stranger's word.
//!
//! Must not know: buyers, cases. Tests: beside the code.

use mail_parser::{Address, HeaderValue, Message, MimeHeaders as _};

use super::mime::{self, Attachment};
use super::reply::reply;
use super::{IntakeFault, MAIL_BYTES_MAX};
use crate::desk::TEXT_CHARS_MAX;
use crate::notices::mail::is_mail_address;

/// Longest subject that is kept, in characters.
const SUBJECT_CHARS_MAX: usize = 300;
/// Longest id of a mail, in bytes; a longer one is none.
const ID_BYTES_MAX: usize = 998;
/// Most ids of earlier mails that are looked at.
const IDS_MAX: usize = 20;

/// A mail that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingMail {
    /// Its Message-ID, without brackets.
    pub message_id: Option<String>,
    /// Who says he wrote it, in small letters; none unless it is one address.
    pub from: Option<String>,
    /// Its subject, in one line.
    pub subject: String,
    /// What was written, without what was quoted below; within the limit of texts.
    pub text: String,
    /// How many characters of quotation were cut.
    pub quoted_chars: usize,
    /// How many characters beyond the limit of texts were cut.
    pub over_chars: usize,
    /// The mails it answers.
    pub in_reply_to: Vec<String>,
    /// The mails before those.
    pub references: Vec<String>,
    /// Whether a machine wrote it.
    pub automatic: bool,
    /// What came along.
    pub attachments: Vec<Attachment>,
}

impl IncomingMail {
    /// Reads a mail.
    pub fn read(bytes: &[u8]) -> Result<Self, IntakeFault> {
        if bytes.len() > MAIL_BYTES_MAX {
            let limit_bytes = MAIL_BYTES_MAX;
            return Err(IntakeFault::TooLarge { limit_bytes });
        }
        let head = mime::head(bytes)?;
        let (text, attachments) = mime::body(bytes)?;
        let (text, quoted_chars) = reply(&clean(&text));
        let over_chars = text.chars().count().saturating_sub(TEXT_CHARS_MAX);
        let text = text.chars().take(TEXT_CHARS_MAX).collect();
        let from = sender(&head);
        let subject = head.subject().map(clean).unwrap_or_default();
        let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Self {
            message_id: ids(&head, "Message-ID").into_iter().next(),
            automatic: is_automatic(&head, from.as_deref()),
            from,
            subject: subject.chars().take(SUBJECT_CHARS_MAX).collect(),
            text,
            quoted_chars,
            over_chars,
            in_reply_to: ids(&head, "In-Reply-To"),
            references: ids(&head, "References"),
            attachments,
        })
    }
}

/// No character that no text of the database holds, and one kind of line end.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\0', "\u{fffd}")
}

fn sender(head: &Message<'_>) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for value in head.header_values("From") {
        let addresses = value.as_address().map(Address::iter)?;
        for address in addresses {
            found.push(address.address()?.trim().to_lowercase());
        }
    }
    found.dedup();
    let only = (found.len() == 1).then(|| found.pop()).flatten();
    only.filter(|address| is_mail_address(address))
}

fn ids(head: &Message<'_>, name: &'static str) -> Vec<String> {
    let found: Vec<String> = match head.header(name) {
        Some(HeaderValue::Text(id)) => vec![id.trim().to_owned()],
        Some(HeaderValue::TextList(ids)) => ids.iter().map(|id| id.trim().to_owned()).collect(),
        _ => Vec::new(),
    };
    let fits = |id: &String| !id.is_empty() && id.len() <= ID_BYTES_MAX;
    // The last ones are the nearest.
    let mut found: Vec<String> = found.into_iter().filter(fits).collect();
    let far = found.len().saturating_sub(IDS_MAX);
    found.drain(..far);
    found
}

/// Whether a machine wrote it: an absence note, a bounce, a mailing list. Nothing answers those, so that
/// two machines never write to each other.
fn is_automatic(head: &Message<'_>, from: Option<&str>) -> bool {
    let said = |name: &'static str| {
        let raw = head.header_raw(name).unwrap_or_default();
        raw.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    let submitted = said("Auto-Submitted");
    let precedence = said("Precedence");
    let nobody = head
        .header_raw("Return-Path")
        .is_some_and(|path| path.trim() == "<>");
    let report = head.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("multipart") && kind.subtype() == Some("report")
    });
    let machine = from
        .and_then(|from| from.split('@').next())
        .is_some_and(|name| ["mailer-daemon", "postmaster", "no-reply", "noreply"].contains(&name));
    (!submitted.is_empty() && submitted != "no")
        || ["bulk", "list", "junk", "auto_reply"].contains(&precedence.as_str())
        || head.header_raw("List-Id").is_some()
        || head.header_raw("X-Autoreply").is_some()
        || nobody
        || report
        || machine
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> IncomingMail {
        IncomingMail::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_mail_is_read_into_what_counts() {
        let mail = read(
            "From: =?utf-8?B?5bCP5ruh?= <XiaoMan@Example.com>\r\nMessage-ID: <a@b>\r\n\
             Subject: =?utf-8?B?5ZSu5ZCO5Y2V?=\r\n 1\r\nIn-Reply-To: <case_1.2.closed.mail@shop.example>\r\n\
             References: <x@y> <z@y>\r\n\r\n你好\r\n\r\n> 您好\r\n",
        );
        assert_eq!(mail.from.as_deref(), Some("xiaoman@example.com"));
        assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("售后单 1", "你好"));
        assert_eq!(mail.message_id.as_deref(), Some("a@b"));
        assert_eq!(mail.in_reply_to, ["case_1.2.closed.mail@shop.example"]);
        assert_eq!(mail.references, ["x@y", "z@y"]);
        assert!(mail.quoted_chars > 0 && !mail.automatic);
        let long = read(&format!("Subject: x\n\n{}", "长".repeat(TEXT_CHARS_MAX + 5)));
        assert_eq!((long.text.chars().count(), long.over_chars), (TEXT_CHARS_MAX, 5));
    }

    #[test]
    fn whoever_is_not_one_address_is_nobody() {
        for head in [
            "Subject: x",
            "From: a@b.example, c@d.example",
            "From: a@b.example\nFrom: c@d.example",
            "From: nobody",
            "From: <>",
        ] {
            assert_eq!(read(&format!("{head}\nX: y\n\nz")).from, None, "{head}");
        }
    }

    #[test]
    fn what_a_machine_wrote_is_known() {
        for (head, automatic) in [
            ("Auto-Submitted: auto-replied", true),
            ("Auto-Submitted: auto-generated; x=y", true),
            ("Auto-Submitted: no", false),
            ("Precedence: bulk", true),
            ("Precedence: LIST", true),
            ("Return-Path: <>", true),
            ("Return-Path: <a@b.example>", false),
            ("List-Id: <news.example.com>", true),
            ("From: MAILER-DAEMON@example.com", true),
            ("From: a@b.example", false),
            ("Content-Type: multipart/report; boundary=b", true),
        ] {
            assert_eq!(read(&format!("{head}\nX: y\n\nz")).automatic, automatic, "{head}");
        }
    }
}
