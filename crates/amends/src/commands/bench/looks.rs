//! How long it takes to find the pictures that look like one, on the embedded database and, where a URL is
//! given, on PostgreSQL.
//!
//! Must not know: how pictures are compared. Tests: none; it is a measurement.

use std::sync::Arc;

use amends_app::bench::Bench;
use amends_app::clock::Clock;
use amends_app::payments::ByHand;
use amends_app::random::Random;
use anyhow::{Context as _, ensure};

use super::commit::{START, bench_shop, engines};
use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::say;

pub(super) async fn looks(place: &Place, pictures: usize, asks: usize) -> anyhow::Result<Ended> {
    ensure!(
        pictures > 0 && asks > 0,
        "there must be a picture and a question at least"
    );
    let (folder, engines) = engines(place);
    for (engine, place) in engines {
        let desk = open::desk_with(&place, Clock::manual(START), Random::System, Arc::new(ByHand)).await?;
        let shop = bench_shop(&desk).await?;
        let measured = Bench::new(Arc::new(desk), shop).looks(pictures, asks).await?;
        say!(
            "{engine:9} {pictures} pictures, {asks} looked up, {} found: p50 {} us, p95 {} us, max {} us; \
             bound 20000 us",
            measured.found,
            measured.p50_us,
            measured.p95_us,
            measured.max_us
        )?;
    }
    std::fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    Ok(Ended::Good)
}
