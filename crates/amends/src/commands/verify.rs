//! `amends verify`: proves that the books are right, of one shop or of all.

use std::collections::BTreeMap;
use std::path::Path;

use amends_app::verify::{Finding, Verified, verify as verify_shop, verify_files};
use amends_app::{Desk, ShopRow};
use amends_domain::ids::ShopId;
use anyhow::{Context as _, ensure};
use serde::Deserialize;

use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::say;

/// A line as `amends export` wrote it. Of events nothing is needed here.
#[derive(Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Exported {
    Anchor { shop: ShopId, day: String, root: String },
    Event {},
}

/// Roots of anchors by shop and day.
type Kept = BTreeMap<(ShopId, String), String>;

pub(super) async fn verify(place: &Place, anchors: Option<&Path>, files: bool) -> anyhow::Result<Ended> {
    let kept = anchors.map(read_anchors).transpose()?.unwrap_or_default();
    let desk = open::desk(place).await?;
    let shops = match &place.shop {
        Some(_) => vec![open::shop(&desk, place).await?],
        None => desk.store.shops_list().await?,
    };
    let mut sum = Verified::default();
    for shop in &shops {
        sum.add(verify_shop(&desk, shop.id).await?);
        compare(&desk, shop.id, &kept, &mut sum).await?;
        if files {
            sum.add(verify_files(&desk, shop.id).await?);
        }
    }
    if place.shop.is_none() {
        missing(&shops, &kept, &mut sum);
    }
    show(place, &sum)?;
    desk.stop().await;
    Ok(if sum.findings.is_empty() {
        Ended::Good
    } else {
        Ended::Finding
    })
}

fn finding(shop: ShopId, day: &str, what: &str) -> Finding {
    Finding {
        shop,
        about: format!("anchor {day}"),
        what: what.to_owned(),
    }
}

/// Holds a shop's anchors against those kept outside.
async fn compare(desk: &Desk, shop: ShopId, kept: &Kept, sum: &mut Verified) -> anyhow::Result<()> {
    let stored = desk.store.anchors_list(shop).await?;
    let stored: BTreeMap<&str, String> = stored
        .iter()
        .map(|anchor| (anchor.day.as_str(), anchor.root.to_string()))
        .collect();
    for ((_, day), root) in kept.iter().filter(|((of, _), _)| *of == shop) {
        if stored.get(day.as_str()) != Some(root) {
            let what = "the anchor kept outside is not the one stored: history was rewritten";
            sum.findings.push(finding(shop, day, what));
        }
    }
    Ok(())
}

/// Anchors of a shop that is not there at all.
fn missing(shops: &[ShopRow], kept: &Kept, sum: &mut Verified) {
    for (shop, day) in kept.keys() {
        if !shops.iter().any(|row| row.id == *shop) {
            let what = "its shop is not in this database: it was removed, or this is another database";
            sum.findings.push(finding(*shop, day, what));
        }
    }
}

fn show(place: &Place, sum: &Verified) -> anyhow::Result<()> {
    if place.json {
        say!("{}", serde_json::to_string_pretty(sum)?)?;
        return Ok(());
    }
    say!(
        "orders with cases {}  cases {}  events {}  files {}",
        sum.orders,
        sum.cases,
        sum.events,
        sum.files
    )?;
    for finding in &sum.findings {
        say!("{}  {}  {}", finding.shop, finding.about, finding.what)?;
    }
    say!("{} findings", sum.findings.len())?;
    Ok(())
}

fn read_anchors(path: &Path) -> anyhow::Result<Kept> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut kept = Kept::new();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let record = serde_json::from_str(line).with_context(|| {
            format!(
                "{}:{}: not a line that `amends export` wrote",
                path.display(),
                at + 1
            )
        })?;
        if let Exported::Anchor { shop, day, root } = record {
            kept.insert((shop, day), root);
        }
    }
    ensure!(
        !kept.is_empty(),
        "{} holds no anchors: nothing would be compared",
        path.display()
    );
    Ok(kept)
}
