//! Pages of the queue over real HTTP, one after the other on one kept connection, on the embedded
//! database and, where a URL is given, on PostgreSQL.

use std::net::SocketAddr;
use std::sync::Arc;

use amends_api::{ApiOptions, router};
use amends_app::accounts::token::token_issue;
use amends_app::bench::Bench;
use amends_app::clock::{Clock, Stopwatch};
use amends_app::desk::Desk;
use amends_app::payments::ByHand;
use amends_app::random::Random;
use amends_domain::actor::Role;
use amends_domain::ids::ShopId;
use anyhow::{Context as _, ensure};
use serde::Serialize;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::commit::{START, bench_shop};
use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::{aside, say};

/// Asked before anything is measured: statements are prepared, pages are in memory.
const WARM: usize = 20;
/// Deepest page the walk from cursor to cursor reaches before it begins again.
const PAGES_DEEP: usize = 100;

/// What a desk asks for all day.
const QUESTIONS: &[(&str, &str)] = &[
    ("first page", "/api/v1/cases?open=true"),
    ("mine", "/api/v1/cases?open=true&assignee=me"),
    ("overdue", "/api/v1/cases?open=true&overdue=true"),
    ("due in 2 h", "/api/v1/cases?open=true&due_within_hours=2"),
    ("one status", "/api/v1/cases?open=true&status=awaiting_refund"),
    (
        "unassigned, high value",
        "/api/v1/cases?open=true&assignee=nobody&value_from_minor=10000",
    ),
    (
        "nothing fits",
        "/api/v1/cases?open=true&escalated_to=supervisor&reason=wrong_goods",
    ),
    (
        "one status, counted",
        "/api/v1/cases?open=true&status=awaiting_refund&count=true",
    ),
    ("all open, counted", "/api/v1/cases?open=true&count=true"),
    (
        "one clause, counted",
        "/api/v1/cases?open=true&clause=CLK-2&count=true",
    ),
    ("to be asked", "/api/v1/cases?open=false&follow_up_due=true"),
    ("newest opened", "/api/v1/cases?sort=opened"),
    ("changed last", "/api/v1/cases?open=true&sort=changed"),
    ("open, newest opened", "/api/v1/cases?open=true&sort=opened"),
    (
        "one status, changed last",
        "/api/v1/cases?open=true&status=awaiting_refund&sort=changed",
    ),
    (
        "nothing fits, changed",
        "/api/v1/cases?open=true&escalated_to=supervisor&reason=wrong_goods&sort=changed",
    ),
    ("closed, changed last", "/api/v1/cases?open=false&sort=changed"),
    ("open and closed", "/api/v1/cases"),
    ("counts", "/api/v1/cases/counts?high_value_minor=10000"),
    ("search, case number", "/api/v1/search?q=%2399999"),
    ("search, order start", "/api/v1/search?q=order_0"),
    ("search, nothing found", "/api/v1/search?q=nobody"),
];

/// One question on one engine.
#[derive(Serialize)]
struct Line {
    engine: &'static str,
    question: &'static str,
    p50_us: u64,
    p95_us: u64,
    max_us: u64,
}

pub(crate) async fn queue(place: &Place, cases: usize, open: usize, asks: usize) -> anyhow::Result<Ended> {
    ensure!(open <= cases, "there cannot be more open cases than cases");
    ensure!(asks > 0, "each question must be asked once at least");
    let folder = place.data.join(format!("bench-{}", std::process::id()));
    let mut places = vec![(
        "sqlite",
        Place {
            data: folder.clone(),
            database_url: None,
            ..place.clone()
        },
    )];
    if place.database_url.is_some() {
        let postgres = Place {
            data: folder.clone(),
            ..place.clone()
        };
        places.push(("postgres", postgres));
    }
    let mut lines = Vec::new();
    for (engine, place) in places {
        lines.extend(measure(&place, engine, (cases, open), asks).await?);
    }
    std::fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    if place.json {
        say!("{}", serde_json::to_string_pretty(&lines)?)?;
    } else {
        for line in &lines {
            say!(
                "{:9} {:24} p50 {:>7} us  p95 {:>7} us  max {:>7} us",
                line.engine,
                line.question,
                line.p50_us,
                line.p95_us,
                line.max_us
            )?;
        }
    }
    Ok(Ended::Good)
}

async fn measure(
    place: &Place,
    engine: &'static str,
    (cases, open): (usize, usize),
    asks: usize,
) -> anyhow::Result<Vec<Line>> {
    let desk = open::desk_with(place, Clock::manual(START), Random::System, Arc::new(ByHand)).await?;
    let desk = Arc::new(desk);
    let shop = bench_shop(&desk).await?;
    let token = agent(&desk, shop).await?;
    aside!("{engine}: {cases} cases, {open} of them open");
    Bench::new(Arc::clone(&desk), shop)
        .fill(cases, open, token.0)
        .await?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let address = listener.local_addr()?;
    let app = router(Arc::clone(&desk), ApiOptions::default());
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let serving = tokio::spawn(axum::serve(listener, app).into_future());
    let mut client = Client::connect(address, token.1).await?;
    let mut lines = Vec::new();
    for (question, path) in QUESTIONS {
        for _ in 0..WARM {
            client.get(path).await?;
        }
        let mut taken = Vec::with_capacity(asks);
        for _ in 0..asks {
            taken.push(client.timed(path).await?.0);
        }
        lines.push(line(engine, question, taken));
    }
    let walked = client.walk("/api/v1/cases?open=true", asks).await?;
    lines.push(line(engine, "next page by cursor", walked));
    serving.abort();
    desk.stop().await;
    Ok(lines)
}

/// A token of an agent: who he is, and his secret.
async fn agent(desk: &Desk, shop: ShopId) -> anyhow::Result<(amends_domain::ids::PersonId, String)> {
    let token = token_issue(desk, shop, Role::Agent, "bench", None).await?;
    Ok((token.id.into(), token.secret))
}

fn line(engine: &'static str, question: &'static str, mut taken: Vec<u64>) -> Line {
    taken.sort_unstable();
    let at = |percent: usize| {
        let place = (taken.len() * percent / 100).min(taken.len().saturating_sub(1));
        taken.get(place).copied().unwrap_or(0)
    };
    Line {
        engine,
        question,
        p50_us: at(50),
        p95_us: at(95),
        max_us: at(100),
    }
}

/// One kept connection of HTTP/1.1, and as much of the protocol as our own server speaks.
struct Client {
    stream: TcpStream,
    token: String,
    read: Vec<u8>,
}

impl Client {
    async fn connect(address: SocketAddr, token: String) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            token,
            read: Vec::new(),
        })
    }

    /// The body of an answer, which must be a good one.
    async fn get(&mut self, path: &str) -> anyhow::Result<Vec<u8>> {
        let ask = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n",
            self.token
        );
        self.stream.write_all(ask.as_bytes()).await?;
        self.read.clear();
        let head = loop {
            let end = self.read.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                break end + 4;
            }
            self.more().await?;
        };
        let text = String::from_utf8_lossy(self.read.get(..head).unwrap_or_default()).into_owned();
        ensure!(text.starts_with("HTTP/1.1 200"), "{path}: {text}");
        let lines = text.lines().filter_map(|line| line.split_once(':'));
        let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let (_, length) = lengths.next().context("an answer without its length")?;
        let end = head + length.trim().parse::<usize>()?;
        while self.read.len() < end {
            self.more().await?;
        }
        Ok(self.read.get(head..end).unwrap_or_default().to_vec())
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        let got = self.stream.read_buf(&mut self.read).await?;
        ensure!(got > 0, "the server hung up");
        Ok(())
    }

    /// How many microseconds an answer took, and the answer.
    async fn timed(&mut self, path: &str) -> anyhow::Result<(u64, Vec<u8>)> {
        let watch = Stopwatch::start();
        let body = self.get(path).await?;
        Ok((u64::try_from(watch.elapsed().as_micros())?, body))
    }

    /// Goes from page to page by the cursor each gives.
    async fn walk(&mut self, path: &str, asks: usize) -> anyhow::Result<Vec<u64>> {
        let mut taken = Vec::with_capacity(asks);
        let mut next = path.to_owned();
        for asked in 1..=asks {
            let (took, body) = self.timed(&next).await?;
            taken.push(took);
            let page: Value = serde_json::from_slice(&body)?;
            next = match page["next"].as_str().filter(|_| asked % PAGES_DEEP != 0) {
                Some(cursor) => format!("{path}&after={cursor}"),
                None => path.to_owned(),
            };
        }
        Ok(taken)
    }
}
