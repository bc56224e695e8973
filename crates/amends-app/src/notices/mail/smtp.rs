//! Mail by SMTP, over TLS unless the server is on this machine.
//!
//! Must not know: what a letter says. Tests: `amends-api/tests/it/notices.rs`, beside the port.

use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Category, Severity};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use url::{Host, Url};

use super::{Letter, Mail, MailFault, Sent, message};

/// How long a single answer of the server is waited for.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// A mail server.
pub(super) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

impl Smtp {
    /// The server at an address. A connection is made for each letter.
    pub(super) fn named(text: &str) -> Result<Self, MailFault> {
        let mut url = Url::parse(text).map_err(|_| MailFault::Form)?;
        let (mut from, mut tls) = (None, None);
        for (name, value) in url.query_pairs() {
            match &*name {
                "from" => from = Some(value.into_owned()),
                "tls" => tls = Some(value.into_owned()),
                _ => return Err(MailFault::Form),
            }
        }
        let here = is_here(&url).ok_or(MailFault::Form)?;
        let query = match (url.scheme(), tls.as_deref()) {
            ("smtps", None) => None,
            ("smtp", None | Some("none")) if here => None,
            ("smtp", Some("none")) if url.password().is_none() => None,
            ("smtp", Some("none")) => return Err(MailFault::Clear),
            ("smtp", None | Some("required")) => Some("tls=required"),
            _ => return Err(MailFault::Form),
        };
        let user = url.username().replace("%40", "@");
        let from: Address = from.unwrap_or(user).parse().map_err(|_| MailFault::From)?;
        url.set_query(query);
        url.set_path("");
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .map_err(|_| MailFault::Form)?
            .hello_name(ClientId::Domain(from.domain().to_owned()))
            .timeout(Some(ANSWER_WITHIN))
            .build();
        Ok(Self { transport, from })
    }
}

/// Whether the server is on this machine; none when the address names none.
fn is_here(url: &Url) -> Option<bool> {
    // A scheme the library does not know has its host as an opaque name.
    let host = url.host_str().filter(|host| !host.is_empty())?;
    Some(match Host::parse(host).ok()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    })
}

#[async_trait::async_trait]
impl Mail for Smtp {
    async fn send(&self, letter: &Letter) -> Sent {
        let Some(message) = message(letter, self.from.clone()) else {
            return Sent::Refused("not a mail address".to_owned());
        };
        match self.transport.send(message).await {
            Ok(_) => Sent::Gone,
            Err(fault) => declined(&fault),
        }
    }

    fn address(&self) -> Option<String> {
        Some(self.from.to_string())
    }
}

/// What an error means for the letter. The server's words are left out: they may quote the address.
fn declined(fault: &Error) -> Sent {
    let Some(code) = fault.status() else {
        let what = if fault.is_timeout() {
            "did not answer in time"
        } else if fault.is_tls() {
            "could not be spoken to over TLS"
        } else if fault.is_response() || fault.is_client() {
            "could not be understood, or hung up"
        } else {
            "could not be reached, or hung up"
        };
        return Sent::Later(format!("the mail server {what}"));
    };
    let said = format!("the mail server said {code}");
    // 53x is about how this desk signs in, not about the letter: it can be mended.
    let ours = code.category == Category::Unspecified3;
    if code.severity == Severity::PermanentNegativeCompletion && !ours {
        Sent::Refused(said)
    } else {
        Sent::Later(said)
    }
}
