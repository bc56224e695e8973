//! `amends import orders`: a file of orders, all or nothing.

use std::path::Path;

use amends_app::orders::mapping::Mapping;
use amends_app::orders::order_import::orders_import;
use anyhow::{Context as _, anyhow};

use crate::Ended;
use crate::cli::Place;
use crate::open;

pub(super) async fn orders(place: &Place, file: &Path, map: &str) -> anyhow::Result<Ended> {
    let mapping = Mapping::named(map).ok_or_else(|| {
        let known: Vec<&str> = Mapping::ALL.iter().map(|(name, _)| *name).collect();
        anyhow!("there is no mapping {map:?}; known are {}", known.join(", "))
    })?;
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let desk = open::desk(place).await?;
    let shop = open::shop(&desk, place).await?;
    let drafts = match mapping.read(&text, desk.clock.now()) {
        Ok(drafts) => drafts,
        Err(bad) => {
            for row in &bad {
                println!("{}: {}", row.row, row.reason);
            }
            println!("{} bad rows; nothing was imported", bad.len());
            return Ok(Ended::Finding);
        }
    };
    let imported = orders_import(&desk, shop.id, &drafts).await?;
    let (all, new) = (imported.orders.len(), imported.new);
    if place.json {
        println!("{}", serde_json::json!({ "orders": all, "new": new }));
    } else {
        println!("{all} orders read, {new} new");
    }
    desk.stop().await;
    Ok(Ended::Good)
}
