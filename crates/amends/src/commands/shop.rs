//! `amends shop create`: founds a shop with its owner.

use std::io::BufRead as _;

use amends_app::accounts::people::PersonAdd;
use amends_app::content::starting_policy;
use amends_app::shops::settings::ShopSettings;
use amends_app::shops::shop_create::{ShopCreate, shop_create};
use amends_domain::actor::Role;
use anyhow::Context as _;

use crate::Ended;
use crate::cli::Place;
use crate::open;
use crate::out::{aside, say};

pub(super) async fn create(
    place: &Place,
    name: String,
    login: String,
    time_zone: String,
    currency: &str,
) -> anyhow::Result<Ended> {
    aside!("password for {login}, one line:");
    let mut password = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut password)
        .context("no password was given")?;
    let owner = PersonAdd {
        display_name: login.clone(),
        login,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        role: Role::Admin,
    };
    let desk = open::desk(place).await?;
    let currency = currency.parse()?;
    let create = ShopCreate {
        name,
        time_zone,
        currency,
        owner,
        policy: starting_policy()?,
        settings: ShopSettings::default(),
    };
    let (shop, _) = shop_create(&desk, create).await?;
    say!("{shop}")?;
    desk.stop().await;
    Ok(Ended::Good)
}
