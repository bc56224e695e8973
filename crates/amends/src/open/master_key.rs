//! The master key: from `AMENDS_MASTER_KEY`, or from `master.key` in the data folder.
//!
//! It is made once, for a database that holds nothing yet; the database keeps a fingerprint of it
//! and is opened with no other. A second key would hide every buyer and break every link without
//! a word. Must not know: commands. Tests: `tests/it/master_key.rs`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use amends_app::Store;
use amends_app::random::Random;
use amends_app::vault::Vault;
use amends_domain::digest::Digest;
use anyhow::{Context as _, bail, ensure};

const KEY_NAME: &str = "master.key";
const KEY_VARIABLE: &str = "AMENDS_MASTER_KEY";
/// Under which name the database keeps the fingerprint.
const FINGERPRINT: &str = "master_key_fingerprint";

/// What a database and a place say of the master key.
pub(crate) enum Found {
    /// The key, and whether the database knows its fingerprint already.
    Key(Box<Vault>, bool),
    /// No key yet, and nothing that would need one.
    NoneNeeded,
}

/// Looks for the key and holds it against the database; changes nothing.
pub(crate) async fn look(data: &Path, store: &Store) -> anyhow::Result<Found> {
    let kept = store.install_value(FINGERPRINT).await?;
    match (read(data)?, kept) {
        (Some(vault), Some(kept)) => {
            ensure!(
                fingerprint(&vault) == kept,
                "the master key is not the one this database was made with, so buyers' data could not be read. \
                 Put the right one into {} or into {KEY_VARIABLE}; it is kept apart from backups of the database",
                data.join(KEY_NAME).display()
            );
            Ok(Found::Key(Box::new(vault), true))
        }
        (Some(vault), None) => {
            opens(store, &vault).await?;
            Ok(Found::Key(Box::new(vault), false))
        }
        (None, None) if store.shops_list().await?.is_empty() => Ok(Found::NoneNeeded),
        (None, _) => bail!(
            "there is no master key, and this database was made with one: without it buyers' data cannot be read. \
             Set {KEY_VARIABLE} to it, or put it back as {}; a new one would be of no use",
            data.join(KEY_NAME).display()
        ),
    }
}

/// The vault of a database; on an empty one with no key at hand, of a key made now.
pub(crate) async fn vault(data: &Path, store: &Store) -> anyhow::Result<Vault> {
    let (vault, made) = match look(data, store).await? {
        Found::Key(vault, true) => return Ok(*vault),
        Found::Key(vault, false) => (*vault, false),
        Found::NoneNeeded => (Vault::new(make(data)?), true),
    };
    let own = fingerprint(&vault);
    if store.install_set(FINGERPRINT, &own).await? != own {
        // Another node was first.
        if made {
            std::fs::remove_file(data.join(KEY_NAME)).ok();
        }
        bail!(
            "another node has just given this database its master key. Copy its {KEY_NAME} here, or set \
             {KEY_VARIABLE} on both, and start again"
        );
    }
    Ok(vault)
}

/// Whether identities that are there open with a key: the proof for a database that keeps no
/// fingerprint yet.
pub(crate) async fn opens(store: &Store, vault: &Vault) -> anyhow::Result<()> {
    for shop in store.shops_list().await? {
        if let Some(buyer) = store.buyer_newest(shop.id).await?
            && let (Some(key_wrapped), Some(sealed)) = (&buyer.key_wrapped, &buyer.sealed)
        {
            vault.open(shop.id, buyer.id, key_wrapped, sealed).context(
                "the master key is not the one this database was made with; put the right one back",
            )?;
        }
    }
    Ok(())
}

fn fingerprint(vault: &Vault) -> String {
    let signed = vault.sign("fingerprint", &[b"amends master key"]);
    Digest::of(&[&signed]).to_string()
}

/// The key of 32 bytes, in hexadecimal where it is kept.
pub(crate) fn read(data: &Path) -> anyhow::Result<Option<Vault>> {
    if let Ok(text) = std::env::var(KEY_VARIABLE) {
        let key = parse(&text).with_context(|| format!("{KEY_VARIABLE} must be 64 hexadecimal digits"))?;
        return Ok(Some(Vault::new(key)));
    }
    let path = data.join(KEY_NAME);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let key = parse(text.trim())
                .with_context(|| format!("{} must be 64 hexadecimal digits", path.display()))?;
            Ok(Some(Vault::new(key)))
        }
        Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(fault).with_context(|| format!("{} cannot be read", path.display())),
    }
}

fn parse(text: &str) -> anyhow::Result<[u8; 32]> {
    Ok(*text.parse::<Digest>()?.bytes())
}

fn make(data: &Path) -> anyhow::Result<[u8; 32]> {
    let (key, path): ([u8; 32], _) = (Random::System.bytes(), data.join(KEY_NAME));
    std::fs::create_dir_all(data)
        .with_context(|| format!("the data folder {} cannot be made", data.display()))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let made = options.open(&path).and_then(|mut file| {
        writeln!(file, "{}", Digest::from(key))?;
        file.sync_all()
    });
    made.with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(key)
}
