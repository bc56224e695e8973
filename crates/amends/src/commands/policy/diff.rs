//! `amends policy diff`: what differs between two sets.
//!
//! Must not know: how sets are compared. Tests: `tests/it/policies.rs`.

use std::path::Path;

use amends_app::Desk;
use amends_app::cases::case_read::policy_set;
use amends_app::content::starting_packs;
use amends_app::shops::shop_read::policy_in_force;
use amends_domain::digest::Digest;
use amends_domain::policy::dates::latest;
use amends_domain::policy::pack::Pack;
use amends_domain::policy::set::PolicySet;
use anyhow::{Context as _, bail};

use super::check::pack_of;
use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::say;

pub(super) async fn diff(place: &Place, from: &str, to: &str) -> anyhow::Result<Ended> {
    let (from, to) = (side(place, from).await?, side(place, to).await?);
    let changes = from.diff(&to);
    if place.json {
        say!("{}", serde_json::to_string(&changes)?)?;
    } else {
        for change in &changes {
            say!("{change}")?;
        }
    }
    Ok(Ended::Good)
}

/// A set by what names it.
async fn side(place: &Place, named: &str) -> anyhow::Result<PolicySet> {
    if named != "current" && Path::new(named).exists() {
        return of_file(Path::new(named));
    }
    let hash: Option<Digest> = named.parse().ok();
    if named != "current" && hash.is_none() {
        bail!("{named:?} is neither a pack file, nor the hash of a published set, nor `current`");
    }
    let desk = open::desk(place).await?;
    let set = stored(place, &desk, hash).await;
    desk.stop().await;
    set
}

async fn stored(place: &Place, desk: &Desk, hash: Option<Digest>) -> anyhow::Result<PolicySet> {
    let shop = open::shop(desk, place).await?;
    let hash = match hash {
        Some(hash) => hash,
        None => policy_in_force(desk, shop.id)
            .await?
            .context("the shop has no policy")?,
    };
    Ok(policy_set(desk, shop.id, hash).await?)
}

/// The set of a pack, whatever its dates, with the newest of the other layers that come with the program.
fn of_file(file: &Path) -> anyhow::Result<PolicySet> {
    let pack = match pack_of(file)? {
        Ok(pack) => pack,
        Err(mistakes) => {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            bail!("{}", told.join("\n"));
        }
    };
    let starting = starting_packs()?;
    let others = latest(&starting).into_iter();
    let mut packs: Vec<&Pack> = others.filter(|other| other.layer != pack.layer).collect();
    packs.push(&pack);
    PolicySet::examine(&packs).map_err(|faults| {
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{}: {}", file.display(), told.join("\n"))
    })
}
