//! `amends token create`: a token for a program; whoever reaches the database may.

use amends_app::accounts::token::token_issue;
use amends_domain::actor::Role;
use anyhow::anyhow;

use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::say;

pub(super) async fn create(place: &Place, role: &str, label: &str) -> anyhow::Result<Ended> {
    let role = Role::named(role).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        anyhow!("there is no role {role:?}; known are {}", known.join(", "))
    })?;
    let desk = open::desk(place).await?;
    let shop = open::shop(&desk, place).await?;
    let created = token_issue(&desk, shop.id, role, label, None).await?;
    if place.json {
        say!(
            "{}",
            serde_json::json!({ "id": created.id, "token": created.secret })
        )?;
    } else {
        say!("{}", created.secret)?;
    }
    desk.stop().await;
    Ok(Ended::Good)
}
