//! The `amends` program: reads the command line, wires the desk, runs one command.
//!
//! Exit codes: 0 good, 1 a finding, 2 wrong use or a fault.
//! Must not know: rules, SQL. Tests: `tests/it/`.

// What prints goes through `out`: the macros of the library panic when nobody reads on.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod cli;
mod commands;
mod open;
mod out;

use std::process::ExitCode;

use clap::Parser;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Nothing to complain of.
    Good,
    /// Something was found.
    Finding,
}

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("AMENDS_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = if cli.command.is_server() {
        tokio::runtime::Builder::new_multi_thread().enable_all().build()
    } else {
        // One thread: a simulation must repeat itself, and the rest has no use for more.
        tokio::runtime::Builder::new_current_thread().enable_all().build()
    };
    let ended = runtime
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(commands::run(cli)));
    match ended {
        Ok(Ended::Good) => ExitCode::SUCCESS,
        Ok(Ended::Finding) => ExitCode::from(1),
        Err(fault) => {
            out::aside!("amends: {fault:#}");
            ExitCode::from(2)
        }
    }
}
