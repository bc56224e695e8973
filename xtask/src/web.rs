//! The web's pages: installs their tools, builds them, and runs what holds for them.
//! It must not know what the pages show. It has no tests of its own: it only calls npm.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::bail;

use crate::command;

/// The folder of the pages.
const FOLDER: &str = "web";
/// The service a browser test starts.
const BINARY: &str = "AMENDS_BIN";
/// What holds without a browser: types and lints, unit tests, texts.
const PLAIN: [&str; 3] = ["check", "test", "i18n"];
/// What is looked at in what was built: bytes, then a real browser on a real service.
const BUILT: [&str; 3] = ["budget", "a11y", "e2e"];

/// Builds the pages, which the next build of the program carries.
pub(crate) fn build() -> anyhow::Result<()> {
    install()?;
    npm_run("build", &[])
}

/// Whether there is a Node to build them with; the program is whole without its pages.
pub(crate) fn can_build() -> bool {
    command::read(Command::new("npm").arg("--version")).is_ok()
}

/// Everything that must hold for the pages.
pub(crate) fn test() -> anyhow::Result<()> {
    if !can_build() {
        bail!(
            "npm isn't there: install Node 20.19 or newer for the web's tests; \
             `cargo test --workspace` runs the others"
        );
    }
    install()?;
    for script in PLAIN {
        npm_run(script, &[])?;
    }
    npm_run("build", &[])?;
    let binary = command::tested_program()?;
    for script in BUILT {
        npm_run(script, &[(BINARY, &binary)])?;
    }
    Ok(())
}

/// Figures in a real browser, on a release build; it reports and never fails.
pub(crate) fn bench() -> anyhow::Result<()> {
    build()?;
    command::run(command::cargo().args(["build", "--release", "-p", "amends"]))?;
    let binary = env::current_dir()?.join("target/release/amends");
    npm_run("perf", &[(BINARY, &binary)])
}

fn install() -> anyhow::Result<()> {
    let ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    command::run(Command::new("npm").args(ci).current_dir(FOLDER))
}

fn npm_run(script: &str, env: &[(&str, &Path)]) -> anyhow::Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["run", script]).current_dir(FOLDER);
    command::run(npm.envs(env.iter().copied()))
}
