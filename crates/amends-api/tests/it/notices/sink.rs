//! A mail server of a few lines on this machine: takes mail, refuses it, or hangs up, as it is told.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What the server does with one connection.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Does {
    /// Takes the mail.
    Takes,
    /// Answers so when it hears to whom.
    Says(&'static str),
    /// Answers so to a password.
    Knows(&'static str),
    /// Hangs up after the greeting.
    HangsUp,
    /// Takes the mail and hangs up instead of saying so.
    TakesInSilence,
}

/// The server.
pub(crate) struct Sink {
    port: u16,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    /// Starts one that does these things, one a connection, and the last of them for ever.
    pub(crate) fn start(does: &[Does]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (mut left, keeps) = (VecDeque::from(does.to_vec()), Arc::clone(&taken));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let does = left.front().copied().unwrap_or(Does::Takes);
                if left.len() > 1 {
                    left.pop_front();
                }
                // A desk that has enough hangs up, too.
                converse(&stream.unwrap(), does, &keeps).ok();
            }
        });
        Self { port, taken }
    }

    pub(crate) fn way(&self) -> String {
        format!(
            "smtp://desk:secret@127.0.0.1:{}?from=service%40shop.example",
            self.port
        )
    }

    /// The mails it took.
    pub(crate) fn taken(&self) -> Vec<Mail> {
        self.taken
            .lock()
            .unwrap()
            .iter()
            .map(|mail| Mail::read(mail))
            .collect()
    }
}

fn converse(stream: &TcpStream, does: Does, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let say = |line: &str| write!(&*stream, "{line}\r\n");
    say("220 sink")?;
    let mut lines = BufReader::new(stream).lines();
    while let Some(line) = lines.next().transpose()? {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match (&*verb, does) {
            ("EHLO", Does::HangsUp) => return Ok(()),
            ("EHLO", _) => say("250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN")?,
            ("AUTH", Does::Knows(answer)) | ("RCPT", Does::Says(answer)) => say(answer)?,
            ("AUTH", _) => {
                // "\0desk\0secret"
                assert_eq!(line, "AUTH PLAIN AGRlc2sAc2VjcmV0");
                say("235 welcome")?;
            }
            ("DATA", _) => {
                say("354 go on")?;
                let mail: Vec<String> = lines
                    .by_ref()
                    .map_while(Result::ok)
                    .take_while(|line| line != ".")
                    .collect();
                taken.lock().unwrap().push(mail.join("\n"));
                if matches!(does, Does::TakesInSilence) {
                    return Ok(());
                }
                say("250 taken")?;
            }
            ("QUIT", _) => return say("221 bye"),
            _ => say("250 well")?,
        }
    }
    Ok(())
}

/// A mail, read as whoever receives it reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) id: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

impl Mail {
    pub(crate) fn read(mail: &str) -> Self {
        let mail = mail.replace("\r\n", "\n");
        let (head, body) = mail.split_once("\n\n").unwrap();
        let head = head.replace("\n ", " ").replace("\n\t", " ");
        let header = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(name));
            words(line.unwrap_or_default().trim())
        };
        assert_eq!(header("Content-Type:"), "text/plain; charset=utf-8");
        assert_eq!(header("Content-Transfer-Encoding:"), "base64");
        let body: String = body.split_whitespace().collect();
        let text = String::from_utf8(STANDARD.decode(body).unwrap()).unwrap();
        Self {
            id: header("Message-ID:"),
            from: header("From:"),
            to: header("To:"),
            subject: header("Subject:"),
            text: text.replace("\r\n", "\n"),
        }
    }
}

/// Encoded words, as `=?utf-8?b?…?=`, in clear; the space between two of them is none.
fn words(text: &str) -> String {
    let mut clear = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("=?utf-8?b?") {
        let (word, after) = after.split_once("?=").unwrap();
        if !before.trim().is_empty() {
            clear.push_str(before);
        }
        clear.push_str(&String::from_utf8(STANDARD.decode(word).unwrap()).unwrap());
        rest = after;
    }
    clear + rest
}
