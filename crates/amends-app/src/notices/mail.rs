//! The mail port: how a notice leaves by mail. A mail server and a folder are two things, hence a trait.
//!
//! Must not know: cases, texts' templates. Tests: beside the code, `amends-api/tests/it/notices.rs`.

mod smtp;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use amends_domain::time::Moment;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, SinglePart};
use lettre::{Address, message::Body};

use super::put::put;
use crate::template::one_line;

/// A notice ready to leave.
#[derive(Clone)]
pub struct Letter {
    /// Its id: the same however often it is sent.
    pub id: String,
    /// The shop's name, as whom it is from.
    pub shop: String,
    /// Where it goes, in clear.
    pub address: String,
    /// Its subject; empty for a short message.
    pub subject: String,
    /// All of its text.
    pub text: String,
    /// When it was queued.
    pub at: Moment,
    /// Where a mail program asks for no more of its kind (RFC 8058); empty for a letter that follows from a
    /// case.
    pub opt_out: String,
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It was taken over.
    Gone,
    /// It never will be; why, without any address.
    Refused(String),
    /// It may be another time; why not now, without any address.
    Later(String),
}

/// A way for mail.
#[async_trait::async_trait]
pub trait Mail: Send + Sync {
    /// Hands a letter over.
    async fn send(&self, letter: &Letter) -> Sent;

    /// Whom its letters are from; what comes from there is our own.
    fn address(&self) -> Option<String>;
}

/// Why a text names no way for mail. Says nothing of user or password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailFault {
    /// Neither `folder` nor an address of a mail server.
    #[error("mail: write `folder`, or smtp://USER:PASSWORD@HOST:PORT, or smtps://… for TLS from the start")]
    Form,
    /// Nobody it could be from.
    #[error(
        "mail: say whom it is from: add ?from=service%40shop.example to the address, or sign in as a mail address"
    )]
    From,
    /// A password that everybody on the way could read.
    #[error("mail: tls=none would send the password in clear; leave it out, or use a server on this machine")]
    Clear,
}

/// The way for mail that a text names: `folder`, which is `mail` inside `outbox`, or a mail server.
pub fn mail_named(text: &str, outbox: &Path) -> Result<Arc<dyn Mail>, MailFault> {
    if text == "folder" {
        return Ok(Arc::new(MailFolder {
            folder: outbox.join("mail"),
        }));
    }
    Ok(Arc::new(smtp::Smtp::named(text)?))
}

/// Whether a text is an address that mail can go to.
pub(crate) fn is_mail_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// A folder that mail is put into, one `.eml` file each.
struct MailFolder {
    folder: PathBuf,
}

#[async_trait::async_trait]
impl Mail for MailFolder {
    async fn send(&self, letter: &Letter) -> Sent {
        let from = Address::new("amends", "localhost");
        let Some(message) = from.ok().and_then(|from| message(letter, from)) else {
            return Sent::Refused("not a mail address".to_owned());
        };
        match put(
            self.folder.clone(),
            format!("{}.eml", letter.id),
            message.formatted(),
        )
        .await
        {
            Ok(()) => Sent::Gone,
            Err(fault) => Sent::Later(format!("the folder cannot be written: {}", fault.kind())),
        }
    }

    fn address(&self) -> Option<String> {
        None
    }
}

/// A letter as mail; none when its address is none.
fn message(letter: &Letter, from: Address) -> Option<Message> {
    let to: Address = letter.address.parse().ok()?;
    let id = format!("<{}@{}>", letter.id, from.domain());
    let since = u64::try_from(letter.at.millis()).unwrap_or_default();
    let by_itself = HeaderName::new_from_ascii("Auto-Submitted".to_owned()).ok()?;
    let body = Body::new_with_encoding(letter.text.clone(), ContentTransferEncoding::Base64).ok()?;
    let mut builder = Message::builder()
        // The library cannot write a name with a line feed in it.
        .from(Mailbox::new(Some(one_line(&letter.shop)), from))
        .to(Mailbox::new(None, to))
        .date(UNIX_EPOCH + Duration::from_millis(since))
        .subject(one_line(&letter.subject))
        .message_id(Some(id))
        // So that an absence note does not answer it.
        .raw_header(HeaderValue::new(by_itself, "auto-generated".to_owned()));
    if !letter.opt_out.is_empty() {
        let list = HeaderName::new_from_ascii("List-Unsubscribe".to_owned()).ok()?;
        let post = HeaderName::new_from_ascii("List-Unsubscribe-Post".to_owned()).ok()?;
        builder = builder
            .raw_header(HeaderValue::new(list, format!("<{}>", one_line(&letter.opt_out))))
            .raw_header(HeaderValue::new(post, "List-Unsubscribe=One-Click".to_owned()));
    }
    builder
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_for_mail_is_named_without_a_password_in_the_clear() {
        let told = |text: &str| mail_named(text, Path::new("outbox")).err();
        for good in [
            "folder",
            "smtp://service%40shop.example:p%40ss@mail.shop.example:587",
            "smtps://user:pass@mail.shop.example?from=service%40shop.example",
            "smtp://127.0.0.1:2525?from=service%40shop.example",
            "smtp://relay.shop.example:25?from=service%40shop.example&tls=none",
            "smtp://user:pass@localhost:2525?from=service%40shop.example&tls=none",
        ] {
            assert_eq!(told(good), None, "{good}");
        }
        for (bad, fault) in [
            ("", MailFault::Form),
            ("pigeon", MailFault::Form),
            ("http://mail.shop.example", MailFault::Form),
            ("smtp://", MailFault::Form),
            (
                "smtp://mail.shop.example?from=a%40b.example&tls=perhaps",
                MailFault::Form,
            ),
            (
                "smtp://mail.shop.example?from=a%40b.example&frm=x",
                MailFault::Form,
            ),
            ("smtp://user:secret@mail.shop.example", MailFault::From),
            (
                "smtp://user:secret@mail.shop.example?from=nobody",
                MailFault::From,
            ),
            (
                "smtp://user:secret@mail.shop.example?from=a%40b.example&tls=none",
                MailFault::Clear,
            ),
        ] {
            assert_eq!(told(bad), Some(fault), "{bad}");
            assert!(!fault.to_string().contains("secret"));
        }
    }

    #[tokio::test]
    async fn a_letter_keeps_its_id_and_stays_within_its_headers() {
        let letter = Letter {
            id: "case_1.2.closed.mail".to_owned(),
            shop: "圆满\r\nBcc: all@shop.example".to_owned(),
            address: "buyer@example.com".to_owned(),
            subject: "售后单 1\r\nBcc: all@shop.example".to_owned(),
            text: "您好：\n售后单 1".to_owned(),
            at: Moment::from_millis(1_767_196_800_000),
            opt_out: String::new(),
        };
        let from: Address = "service@shop.example".parse().unwrap();
        let mail = message(&letter, from.clone()).unwrap().formatted();
        assert_eq!(mail, message(&letter, from.clone()).unwrap().formatted());
        let mail = String::from_utf8(mail).unwrap();
        assert!(
            mail.contains("Message-ID: <case_1.2.closed.mail@shop.example>\r\n"),
            "{mail}"
        );
        assert!(
            mail.contains("Date: Wed, 31 Dec 2025 16:00:00 +0000\r\n"),
            "{mail}"
        );
        assert!(mail.contains("Auto-Submitted: auto-generated\r\n"), "{mail}");
        assert!(!mail.lines().any(|line| line.starts_with("Bcc")), "{mail}");
        let nowhere = Letter {
            address: "nobody".to_owned(),
            ..letter
        };
        assert!(message(&nowhere, from).is_none());
    }
}
