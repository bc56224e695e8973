//! Opens what a command works with: database, master key, desk, shop.
//!
//! The master key comes from `AMENDS_MASTER_KEY` or from `master.key` in the data folder, which is
//! made on first use, readable by its owner alone. Must not know: commands. Tests: `tests/it/`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::sync::Arc;

use amends_app::clock::Clock;
use amends_app::desk::Desk;
use amends_app::payments::{ByHand, Payments};
use amends_app::random::Random;
use amends_app::vault::Vault;
use amends_app::{ShopRow, Store, Target};
use amends_domain::digest::Digest;
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
    let vault = Vault::new(master_key(&place.data)?);
    Ok(Desk::start(store, clock, random, vault, payments))
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

const KEY_NAME: &str = "master.key";
const KEY_VARIABLE: &str = "AMENDS_MASTER_KEY";

/// The master key of 32 bytes, in hexadecimal where it is kept.
pub(crate) fn master_key(data: &Path) -> anyhow::Result<[u8; 32]> {
    if let Ok(text) = std::env::var(KEY_VARIABLE) {
        return parse_key(&text).with_context(|| format!("{KEY_VARIABLE} must be 64 hexadecimal digits"));
    }
    let path = data.join(KEY_NAME);
    match std::fs::read_to_string(&path) {
        Ok(text) => parse_key(text.trim())
            .with_context(|| format!("{} must be 64 hexadecimal digits", path.display())),
        Err(fault) if fault.kind() == ErrorKind::NotFound => make_key(data, &path),
        Err(fault) => Err(fault).with_context(|| format!("{} cannot be read", path.display())),
    }
}

fn parse_key(text: &str) -> anyhow::Result<[u8; 32]> {
    Ok(*text.parse::<Digest>()?.bytes())
}

fn make_key(data: &Path, path: &Path) -> anyhow::Result<[u8; 32]> {
    let key: [u8; 32] = Random::System.bytes();
    std::fs::create_dir_all(data)
        .with_context(|| format!("the data folder {} cannot be made", data.display()))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let made = options.open(path).and_then(|mut file| {
        writeln!(file, "{}", Digest::from(key))?;
        file.sync_all()
    });
    made.with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(key)
}
