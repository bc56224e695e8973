//! `amends migrate` and `amends doctor`: is everything needed there, and in order?

use amends_app::content::starting_policy;
use serde::Serialize;

use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::open::master_key::{self, Found};
use crate::out::say;

pub(super) async fn migrate(place: &Place) -> anyhow::Result<Ended> {
    if place.database_url.is_none() {
        std::fs::create_dir_all(&place.data)?;
    }
    let store = amends_app::Store::connect(&open::target(place)).await?;
    let migrated = store.migrate().await?;
    if place.json {
        say!(
            "{}",
            serde_json::json!({ "from": migrated.from, "to": migrated.to })
        )?;
    } else {
        say!("tables: version {} -> {}", migrated.from, migrated.to)?;
    }
    store.close().await;
    Ok(Ended::Good)
}

/// One thing looked at.
#[derive(Serialize)]
struct Looked {
    what: &'static str,
    good: bool,
    says: String,
}

pub(super) async fn doctor(place: &Place) -> anyhow::Result<Ended> {
    let mut looked = vec![look(
        "policy packs",
        starting_policy().map(|set| format!("set {}", set.hash())),
    )];
    match open::store(place).await {
        Ok(store) => {
            looked.push(look(
                "tables",
                store
                    .schema_version()
                    .await
                    .map(|version| format!("version {version}")),
            ));
            let found = master_key::look(&place.data, &store).await;
            looked.push(look("master key", found.map(|found| said(&found).to_owned())));
            if let Ok(Some(vault)) = master_key::read(&place.data) {
                let opened = master_key::opens(&store, &vault).await;
                looked.push(look(
                    "sealed identities",
                    opened.map(|()| "open with this master key".to_owned()),
                ));
            }
            store.close().await;
        }
        Err(fault) => looked.push(look("database", Err::<String, _>(format!("{fault:#}")))),
    }
    let good = looked.iter().all(|looked| looked.good);
    if place.json {
        say!("{}", serde_json::to_string_pretty(&looked)?)?;
    } else {
        for Looked { what, good, says } in &looked {
            say!("{}  {what}: {says}", if *good { "ok " } else { "BAD" })?;
        }
    }
    Ok(if good { Ended::Good } else { Ended::Finding })
}

fn look<E: std::fmt::Display>(what: &'static str, found: Result<String, E>) -> Looked {
    match found {
        Ok(says) => Looked {
            what,
            good: true,
            says,
        },
        Err(fault) => Looked {
            what,
            good: false,
            says: fault.to_string(),
        },
    }
}

/// A doctor makes no key: he only looks.
fn said(found: &Found) -> &'static str {
    match found {
        Found::Key(_, true) => "is there, and is this database's",
        Found::Key(_, false) => "is there; the database takes it with the first command",
        Found::NoneNeeded => "is not there yet; it is made with the first shop",
    }
}
