//! Commands a second through the committer at several numbers of callers, on the embedded database
//! and, where a URL is given, on PostgreSQL; each beside the bulk limit measured in the same round.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use amends_app::accounts::people::PersonAdd;
use amends_app::bench::{Bench, Measured};
use amends_app::clock::Clock;
use amends_app::content::starting_policy;
use amends_app::desk::Desk;
use amends_app::payments::ByHand;
use amends_app::random::Random;
use amends_app::shops::settings::ShopSettings;
use amends_app::shops::shop_create::{ShopCreate, shop_create};
use amends_domain::actor::Role;
use amends_domain::ids::ShopId;
use amends_domain::money::Currency;
use amends_domain::time::Moment;
use anyhow::Context as _;
use serde::Serialize;

use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::{aside, say};

const CALLERS: [usize; 3] = [1, 16, 256];
/// When the measured shop's time begins.
pub(super) const START: Moment = Moment::from_millis(1_767_196_800_000);
/// More returns a second than any database here has done; each is six commands.
const RETURNS_PER_S_MAX: u64 = 4_000;

/// The medians of one engine at one number of callers.
#[derive(Serialize)]
struct Line {
    engine: &'static str,
    callers: usize,
    commands_per_s: u64,
    p50_us: u64,
    p99_us: u64,
    limit_commands_per_s: u64,
    ratio: String,
}

/// One engine's rounds.
struct Rounds {
    engine: &'static str,
    bench: Arc<Bench>,
    limits: Vec<u64>,
    /// For each number of callers, the rounds.
    measured: Vec<Vec<Measured>>,
}

pub(crate) async fn commit(
    place: &Place,
    callers: &[usize],
    seconds: u64,
    rounds: usize,
) -> anyhow::Result<Ended> {
    let callers = if callers.is_empty() { &CALLERS } else { callers };
    let (folder, places) = engines(place);
    let mut engines = Vec::new();
    for (name, place) in &places {
        engines.push(engine(place, name, callers.len()).await?);
    }
    for round in 0..rounds.max(1) {
        for engine in &mut engines {
            aside!("round {} of {rounds}: {}", round + 1, engine.engine);
            engine.limits.push(engine.bench.limit().await?);
            for (at, callers) in callers.iter().enumerate() {
                let returns = usize::try_from(seconds * RETURNS_PER_S_MAX.min(600 * *callers as u64))?;
                let measured = engine
                    .bench
                    .callers(*callers, Duration::from_secs(seconds), returns)
                    .await?;
                engine.measured[at].push(measured);
            }
        }
    }
    let lines: Vec<Line> = engines.iter().flat_map(|engine| lines(engine, callers)).collect();
    std::fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    if place.json {
        say!("{}", json(&lines)?)?;
    } else {
        for line in &lines {
            say!(
                "{:9} {:>4} callers  {:>7} commands/s  p50 {:>7} us  p99 {:>7} us  limit {:>7}/s  ratio {}",
                line.engine,
                line.callers,
                line.commands_per_s,
                line.p50_us,
                line.p99_us,
                line.limit_commands_per_s,
                line.ratio
            )?;
        }
    }
    Ok(Ended::Good)
}

async fn engine(place: &Place, engine: &'static str, callers: usize) -> anyhow::Result<Rounds> {
    let desk = open::desk_with(place, Clock::manual(START), Random::System, Arc::new(ByHand)).await?;
    let shop = bench_shop(&desk).await?;
    let bench = Arc::new(Bench::new(Arc::new(desk), shop));
    Ok(Rounds {
        engine,
        bench,
        limits: Vec::new(),
        measured: vec![Vec::new(); callers],
    })
}

/// A folder of its own, and the databases to measure: the embedded one there and, where a URL is given, the
/// server.
pub(super) fn engines(place: &Place) -> (PathBuf, Vec<(&'static str, Place)>) {
    let folder = place.data.join(format!("bench-{}", std::process::id()));
    let server = Place {
        data: folder.clone(),
        ..place.clone()
    };
    let embedded = Place {
        database_url: None,
        ..server.clone()
    };
    let mut engines = vec![("sqlite", embedded)];
    if server.database_url.is_some() {
        engines.push(("postgres", server));
    }
    (folder, engines)
}

/// Founds a shop to measure.
pub(super) async fn bench_shop(desk: &Desk) -> anyhow::Result<ShopId> {
    // A shop of its own, also in a database that was measured before.
    let name = format!("bench {}", desk.random.id::<ShopId>(START));
    let owner = PersonAdd {
        login: name.clone(),
        password: name.clone(),
        display_name: name.clone(),
        role: Role::Admin,
    };
    let create = ShopCreate {
        name,
        time_zone: "Asia/Shanghai".to_owned(),
        currency: Currency::CNY,
        owner,
        policy: starting_policy()?,
        settings: ShopSettings::default(),
    };
    let (shop, _) = shop_create(desk, create).await?;
    Ok(shop)
}

fn median(mut figures: Vec<u64>) -> u64 {
    figures.sort_unstable();
    figures.get(figures.len() / 2).copied().unwrap_or(0)
}

fn lines(rounds: &Rounds, callers: &[usize]) -> Vec<Line> {
    let of =
        |measured: &[Measured], figure: fn(&Measured) -> u64| median(measured.iter().map(figure).collect());
    let line = |(callers, measured): (&usize, &Vec<Measured>)| {
        // The ratio of each round, both taken minutes apart on the same disk; then the median.
        let pairs = measured.iter().zip(&rounds.limits);
        let per_mille = median(
            pairs
                .map(|(one, limit)| one.commands_per_s * 1_000 / (*limit).max(1))
                .collect(),
        );
        Line {
            engine: rounds.engine,
            callers: *callers,
            commands_per_s: of(measured, |one| one.commands_per_s),
            p50_us: of(measured, |one| one.p50_us),
            p99_us: of(measured, |one| one.p99_us),
            limit_commands_per_s: median(rounds.limits.clone()),
            ratio: format!("{}.{:03}", per_mille / 1_000, per_mille % 1_000),
        }
    };
    callers.iter().zip(&rounds.measured).map(line).collect()
}

/// The ratio is a number to whoever reads the JSON.
fn json(lines: &[Line]) -> anyhow::Result<String> {
    let mut value = serde_json::to_value(lines)?;
    for line in value.as_array_mut().into_iter().flatten() {
        let ratio: Option<serde_json::Number> = line["ratio"].as_str().and_then(|text| text.parse().ok());
        line["ratio"] = serde_json::to_value(ratio)?;
    }
    Ok(serde_json::to_string_pretty(&value)?)
}
