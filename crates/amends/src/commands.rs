//! One file a command.

mod bench;
mod demo;
mod doctor;
mod export;
mod import;
mod policy;
mod serve;
mod shop;
mod simulate;
mod token;
mod verify;
mod verify_bundle;

use crate::Ended;
use crate::cli::{Cli, Command, Shop, Token};
use crate::out::say;

/// Runs a command.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<Ended> {
    let place = cli.place;
    match cli.command {
        Command::Serve {
            listen,
            secure_cookies,
            ways,
        } => serve::serve(&place, listen, secure_cookies, &ways).await,
        Command::Demo {
            listen,
            seed,
            clock,
            play_only,
        } => Box::pin(demo::demo(&place, listen, seed, clock, play_only)).await,
        Command::Simulate {
            seed,
            days,
            orders,
            cases_per_thousand,
            out,
        } => {
            let plan = amends_sim::simulate::Plan {
                seed,
                days,
                orders,
                cases_per_thousand,
            };
            Box::pin(simulate::simulate(&place, plan, out.as_deref())).await
        }
        Command::Verify { anchors, files } => verify::verify(&place, anchors.as_deref(), files).await,
        Command::VerifyBundle { file, key } => verify_bundle::verify_bundle(&place, &file, key.as_deref()),
        Command::Migrate => doctor::migrate(&place).await,
        Command::Doctor => doctor::doctor(&place).await,
        Command::Import { what } => import::run(&place, what).await,
        Command::Export { out } => export::export(&place, out.as_deref()).await,
        Command::Shop {
            what:
                Shop::Create {
                    name,
                    login,
                    time_zone,
                    currency,
                },
        } => shop::create(&place, name, login, time_zone, &currency).await,
        Command::Token {
            what: Token::Create { role, label },
        } => token::create(&place, &role, &label).await,
        Command::Policy { what } => policy::run(&place, what).await,
        Command::Bench { what } => bench::run(&place, what).await,
        Command::Openapi => {
            say!("{}", amends_api::openapi().trim_end())?;
            Ok(Ended::Good)
        }
    }
}
