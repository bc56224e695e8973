//! `amends migrate` and `amends doctor`: is everything needed there, and in order?

use amends_app::content::starting_policy;
use amends_app::vault::Vault;
use serde::Serialize;

use crate::Ended;
use crate::cli::Place;
use crate::open;

pub(super) async fn migrate(place: &Place) -> anyhow::Result<Ended> {
    if place.database_url.is_none() {
        std::fs::create_dir_all(&place.data)?;
    }
    let store = amends_app::Store::connect(&open::target(place)).await?;
    let migrated = store.migrate().await?;
    if place.json {
        println!(
            "{}",
            serde_json::json!({ "from": migrated.from, "to": migrated.to })
        );
    } else {
        println!("tables: version {} -> {}", migrated.from, migrated.to);
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
    let key = open::master_key(&place.data);
    looked.push(look("master key", key.as_ref().map(|_| "is there".to_owned())));
    match open::store(place).await {
        Ok(store) => {
            looked.push(look(
                "tables",
                store
                    .schema_version()
                    .await
                    .map(|version| format!("version {version}")),
            ));
            if let Ok(key) = key {
                looked.push(look("sealed identities", opens(&store, &Vault::new(key)).await));
            }
            store.close().await;
        }
        Err(fault) => looked.push(look("database", Err::<String, _>(format!("{fault:#}")))),
    }
    let good = looked.iter().all(|looked| looked.good);
    if place.json {
        println!("{}", serde_json::to_string_pretty(&looked)?);
    } else {
        for Looked { what, good, says } in &looked {
            println!("{}  {what}: {says}", if *good { "ok " } else { "BAD" });
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

/// A wrong master key shows here, before a buyer's name is needed.
async fn opens(store: &amends_app::Store, vault: &Vault) -> anyhow::Result<String> {
    for shop in store.shops_list().await? {
        if let Some(buyer) = store.buyer_newest(shop.id).await?
            && let (Some(key_wrapped), Some(sealed)) = (&buyer.key_wrapped, &buyer.sealed)
        {
            vault.open(shop.id, buyer.id, key_wrapped, sealed)?;
        }
    }
    Ok("open with this master key".to_owned())
}
