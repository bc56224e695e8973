//! Opens what a command works with: database, master key, desk, shop.
//!
//! Must not know: commands. Tests: `tests/it/`.

pub(crate) mod master_key;

use std::sync::Arc;

use amends_app::blobs::Blobs;
use amends_app::clock::Clock;
use amends_app::desk::Desk;
use amends_app::payments::{ByHand, Payments};
use amends_app::random::Random;
use amends_app::{ShopRow, Store, Target};
use anyhow::{Context as _, bail};

use crate::cli::Place;

/// The database a place names.
pub(crate) fn target(place: &Place) -> Target {
    match &place.database_url {
        Some(url) => Target::Postgres(url.clone()),
        None => Target::SqliteFile(place.data.join("amends.sqlite")),
    }
}

/// Opens the database and brings its tables up to date.
pub(crate) async fn store(place: &Place) -> anyhow::Result<Store> {
    if place.database_url.is_none() {
        std::fs::create_dir_all(&place.data)
            .with_context(|| format!("the data folder {} cannot be made", place.data.display()))?;
    }
    let store = Store::connect(&target(place)).await?;
    store.migrate().await?;
    Ok(store)
}

/// Opens a desk on the machine's clock, with refunds made by hand.
pub(crate) async fn desk(place: &Place) -> anyhow::Result<Desk> {
    desk_with(place, Clock::System, Random::System, Arc::new(ByHand)).await
}

/// Opens a desk with other ports.
pub(crate) async fn desk_with(
    place: &Place,
    clock: Clock,
    random: Random,
    payments: Arc<dyn Payments>,
) -> anyhow::Result<Desk> {
    let store = store(place).await?;
    let vault = master_key::vault(&place.data, &store).await?;
    let mut desk = Desk::start(store, clock, random, vault, payments);
    desk.blobs = Some(Blobs::at(place.data.join("blobs")));
    Ok(desk)
}

/// The shop a command is for: the one named, or the only one.
pub(crate) async fn shop(desk: &Desk, place: &Place) -> anyhow::Result<ShopRow> {
    let mut shops = desk.store.shops_list().await?;
    if let Some(name) = &place.shop {
        let found = shops.into_iter().find(|shop| shop.name == *name);
        return found.with_context(|| format!("there is no shop {name:?}"));
    }
    match (shops.pop(), shops.len()) {
        (Some(only), 0) => Ok(only),
        (None, _) => bail!("there is no shop yet; found one with `amends shop create NAME --login LOGIN`"),
        (Some(_), more) => bail!("there are {} shops; say which with --shop NAME", more + 1),
    }
}
