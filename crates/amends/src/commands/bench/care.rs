//! How long planning a care mail for many buyers takes and how much memory, on the embedded database and,
//! where a URL is given, on PostgreSQL.
//!
//! Must not know: who is left out. Tests: none; it is a measurement.

use std::fs;
use std::sync::Arc;

use amends_app::bench::Bench;
use amends_app::clock::Clock;
use amends_app::payments::ByHand;
use amends_app::random::Random;
use amends_domain::care::Condition;
use anyhow::{Context as _, ensure};

use super::bundle::resident;
use super::commit::{START, bench_shop, engines};
use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::say;

pub(super) async fn care(place: &Place, buyers: usize) -> anyhow::Result<Ended> {
    ensure!(buyers > 0, "there must be a buyer at least");
    let (folder, engines) = engines(place);
    for (engine, place) in engines {
        let desk = open::desk_with(&place, Clock::manual(START), Random::System, Arc::new(ByHand)).await?;
        let shop = bench_shop(&desk).await?;
        let bench = Bench::new(Arc::new(desk), shop);
        bench.buyers(buyers).await?;
        let ordered = Condition {
            orders_min: Some(1),
            ..Condition::default()
        };
        let vip = Condition {
            tiers: std::iter::once("vip".to_owned()).collect(),
            ..Condition::default()
        };
        for (name, condition) in [
            ("every buyer", Condition::default()),
            ("who ordered", ordered),
            ("one tier", vip),
        ] {
            // The peak is counted anew: the buyers were made in this process, too.
            fs::write("/proc/self/clear_refs", "5")?;
            let before = resident("VmRSS:");
            let measured = bench.care(name, condition).await?;
            let peak = resident("VmHWM:");
            say!(
                "{engine:9} {buyers} buyers, {name}: {} letters, {} left out, {} ms; peak {} MiB, {} before; \
                 bound 30000 ms",
                measured.letters,
                measured.left_out,
                measured.took.as_millis(),
                peak / 1_024,
                before / 1_024
            )?;
        }
    }
    fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    Ok(Ended::Good)
}
