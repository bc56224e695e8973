//! `amends demo`: makes the demo shop, plays two returns and a complaint on the terminal, then serves it.

use std::net::SocketAddr;
use std::sync::Arc;

use amends_api::ApiOptions;
use amends_app::clock::{Clock, Stopwatch, wall_now};
use amends_app::desk::Desk;
use amends_app::random::Random;
use amends_domain::actor::Role;
use amends_domain::time::Moment;
use amends_sim::demo::{DAYS_BEFORE, NAME, PASSWORD, demo_make};
use amends_sim::payments::SimulatedPayments;
use amends_sim::seed::PEOPLE;
use anyhow::ensure;

use super::serve::serve_desk;
use crate::Ended;
use crate::cli::{ClockKind, Place};
use crate::open;
use crate::out::say;

const DAY: i64 = 86_400_000;

pub(super) async fn demo(
    place: &Place,
    listen: SocketAddr,
    seed: u64,
    clock: ClockKind,
    play_only: bool,
) -> anyhow::Result<Ended> {
    // A room of its own, so that a demo never touches a shop's data.
    let place = Place {
        data: place.data.join("demo"),
        ..place.clone()
    };
    let provider = Arc::new(SimulatedPayments::new(seed));
    let now = wall_now();
    Box::pin(make(&place, provider.clone(), seed, now)).await?;
    if play_only {
        return Ok(Ended::Good);
    }
    // Served with real randomness: sessions of a seeded desk could be foretold.
    let served = match clock {
        ClockKind::Manual => Clock::manual(now),
        ClockKind::System => Clock::System,
    };
    let desk = open::desk_with(&place, served, Random::System, provider).await?;
    announce(listen)?;
    let manual_clock = clock == ClockKind::Manual;
    let options = ApiOptions {
        manual_clock,
        ..ApiOptions::default()
    };
    serve_desk(Arc::<Desk>::new(desk), listen, options, !manual_clock).await
}

/// Makes the demo shop where there is none yet.
async fn make(place: &Place, provider: Arc<SimulatedPayments>, seed: u64, now: Moment) -> anyhow::Result<()> {
    let start = now.plus_millis(-DAYS_BEFORE * DAY);
    let desk = open::desk_with(
        place,
        Clock::manual(start),
        Random::seeded(seed),
        provider.clone(),
    )
    .await?;
    if desk.store.shop_by_name(NAME).await?.is_none() {
        ensure!(
            desk.store.shops_list().await?.is_empty(),
            "this database holds other shops; the demo wants one of its own"
        );
        let mut said = Ok(());
        let mut say_on = |line: &str| {
            if said.is_ok() {
                said = say!("{line}");
            }
        };
        let took = Stopwatch::start();
        demo_make(&desk, provider, seed, now, &mut say_on).await?;
        said?;
        say!("")?;
        say!("演示店铺已建好，用时 {} 秒", took.elapsed().as_secs())?;
    }
    desk.stop().await;
    Ok(())
}

fn announce(listen: SocketAddr) -> std::io::Result<()> {
    say!("")?;
    say!("{NAME}：地址 http://{listen}")?;
    let mut logins = vec!["dian-zhu（店主）".to_owned()];
    logins.extend(PEOPLE.iter().map(|(login, name, role)| match role {
        Role::Agent => format!("{login}（客服{name}）"),
        _ => format!("{login}（{name}）"),
    }));
    say!("登录名 {}", logins.join("、"))?;
    say!("密码 {PASSWORD}")
}
