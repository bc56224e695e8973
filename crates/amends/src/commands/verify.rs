//! `amends verify`: proves that the books are right, of one shop or of all.

use std::collections::BTreeMap;
use std::path::Path;

use amends_app::verify::{Finding, verify as verify_shop};
use amends_domain::ids::ShopId;
use anyhow::Context as _;
use serde::Deserialize;

use crate::Ended;
use crate::cli::Place;
use crate::open;

/// An anchor as `amends export` wrote it.
#[derive(Deserialize)]
struct ExportedAnchor {
    shop: ShopId,
    day: String,
    root: String,
}

pub(super) async fn verify(place: &Place, anchors: Option<&Path>) -> anyhow::Result<Ended> {
    let desk = open::desk(place).await?;
    let shops = match &place.shop {
        Some(_) => vec![open::shop(&desk, place).await?],
        None => desk.store.shops_list().await?,
    };
    let kept = anchors.map(read_anchors).transpose()?;
    let mut sum = amends_app::verify::Verified::default();
    for shop in shops {
        let mut verified = verify_shop(&desk, shop.id).await?;
        if let Some(kept) = &kept {
            let stored = desk.store.anchors_list(shop.id).await?;
            let stored: BTreeMap<&str, String> = stored
                .iter()
                .map(|anchor| (anchor.day.as_str(), anchor.root.to_string()))
                .collect();
            for ((_, day), root) in kept.iter().filter(|((of, _), _)| *of == shop.id) {
                if stored.get(day.as_str()) != Some(root) {
                    let what =
                        "the anchor kept outside is not the one stored: history was rewritten".to_owned();
                    verified.findings.push(Finding {
                        shop: shop.id,
                        about: format!("anchor {day}"),
                        what,
                    });
                }
            }
        }
        sum.add(verified);
    }
    if place.json {
        println!("{}", serde_json::to_string_pretty(&sum)?);
    } else {
        println!(
            "orders with cases {}  cases {}  events {}",
            sum.orders, sum.cases, sum.events
        );
        for finding in &sum.findings {
            println!("{}  {}  {}", finding.shop, finding.about, finding.what);
        }
        println!("{} findings", sum.findings.len());
    }
    desk.stop().await;
    Ok(if sum.findings.is_empty() {
        Ended::Good
    } else {
        Ended::Finding
    })
}

fn read_anchors(path: &Path) -> anyhow::Result<BTreeMap<(ShopId, String), String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().filter(|line| line.contains("\"record\":\"anchor\""));
    lines
        .map(|line| {
            let anchor: ExportedAnchor =
                serde_json::from_str(line).context("an anchor line does not read")?;
            Ok(((anchor.shop, anchor.day), anchor.root))
        })
        .collect()
}
