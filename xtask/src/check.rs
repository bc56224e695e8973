//! `cargo xtask check`: what can be said about the code without running it, cheapest first.
//! It must not know the rules of tidy. It has no tests of its own: it only calls others.

use std::process::Command;

use crate::command::{self, cargo};
use crate::tidy;

pub(crate) fn run() -> anyhow::Result<()> {
    command::run(cargo().args(["fmt", "--all", "--check"]))?;
    tidy::run()?;
    command::run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    deny()
}

/// Building cargo-deny takes longer than building Amends, so it is used where it is, and missed aloud where it isn't.
fn deny() -> anyhow::Result<()> {
    let installed = Command::new("cargo-deny").arg("--version").output().is_ok();
    if installed {
        return command::run(cargo().args(["deny", "check"]));
    }
    eprintln!("SKIPPED: licences, advisories and bans, because cargo-deny isn't installed");
    Ok(())
}
