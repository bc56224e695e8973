//! `amends simulate`: a shop's days on a moved clock, on a database of its own.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

use amends_app::clock::Clock;
use amends_app::export::events_write;
use amends_app::random::Random;
use amends_domain::time::Moment;
use amends_sim::payments::SimulatedPayments;
use amends_sim::report::Report;
use amends_sim::seed::seed_shop;
use amends_sim::simulate::{Plan, Simulation};
use anyhow::{Context as _, ensure};

use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::say;

/// 2026-01-01 00:00 in Shanghai: where every simulated shop begins.
pub(super) const START: Moment = Moment::from_millis(1_767_196_800_000);
const PASSWORD: &str = "simulated-shop";

pub(super) async fn simulate(place: &Place, plan: Plan, out: Option<&Path>) -> anyhow::Result<Ended> {
    let provider = Arc::new(SimulatedPayments::new(plan.seed));
    let desk = open::desk_with(
        place,
        Clock::manual(START),
        Random::seeded(plan.seed),
        provider.clone(),
    )
    .await?;
    ensure!(
        desk.store.shops_list().await?.is_empty(),
        "a simulation starts from nothing: choose an empty --data folder, or an empty database"
    );
    let shop = seed_shop(&desk, "simulated", PASSWORD).await?;
    let report = Simulation::new(&desk, &shop, provider, plan).run().await?;
    if let Some(path) = out {
        let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
        let mut file = BufWriter::new(file);
        events_write(&desk, shop.shop, &mut file).await?;
        file.flush()?;
    }
    if place.json {
        say!("{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        tell(&report)?;
    }
    desk.stop().await;
    Ok(if report.findings.is_empty() {
        Ended::Good
    } else {
        Ended::Finding
    })
}

fn tell(report: &Report) -> std::io::Result<()> {
    say!(
        "days {}  orders {}  cases {}  events {}",
        report.days,
        report.orders,
        report.cases,
        report.events
    )?;
    say!(
        "accepted {}  deadlines {}  effects {}",
        report.accepted,
        report.deadlines,
        report.effects
    )?;
    say!("refused {:?}", report.refused)?;
    say!("ended {:?}", report.ended)?;
    let counts = &report.counts;
    say!(
        "kinds {:?}, {} without an order",
        counts.kinds,
        counts.without_order
    )?;
    for (code, clock) in &counts.clocks {
        say!(
            "clock {code}: started {}, warned {}, stopped {}, ended {}",
            clock.started,
            clock.warned,
            clock.stopped,
            clock.ended
        )?;
    }
    for (code, remedy) in &counts.remedies {
        say!(
            "remedy {code}: offered {}, agreed {}",
            remedy.offered,
            remedy.agreed
        )?;
    }
    say!("events {:?}", counts.events)?;
    say!(
        "paid out and held {} fen, paid by the provider {} fen",
        report.paid_out_minor,
        report.provider_paid_minor
    )?;
    say!(
        "verified {} times, {} findings",
        report.verified_days,
        report.findings.len()
    )?;
    for finding in &report.findings {
        say!("{}: {}", finding.about, finding.what)?;
    }
    Ok(())
}
