//! Runs other programs: shows what is run, and fails when it fails.
//! It must not know what the programs are for. The formatting of a shown command is tested below.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};

/// The cargo that started us, so that both use one toolchain.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The program as the tests were built with it. `cargo build -p amends` would choose fewer features of the
/// libraries, and build most of them a second time.
pub(crate) fn tested_program() -> anyhow::Result<PathBuf> {
    run(cargo().args(["test", "--workspace", "--no-run", "--quiet"]))?;
    Ok(env::current_dir()?.join("target/debug/amends"))
}

/// Runs a command whose output goes to the terminal.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = show(command);
    eprintln!("$ {shown}");
    let status = command
        .status()
        .with_context(|| format!("can't start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command quietly and returns what it printed; its complaints go into the error.
pub(crate) fn read(command: &mut Command) -> anyhow::Result<String> {
    let shown = show(command);
    let output = command
        .output()
        .with_context(|| format!("can't start `{shown}`"))?;
    if !output.status.success() {
        bail!(
            "`{shown}` failed ({}): {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed something other than UTF-8"))
}

fn show(command: &Command) -> String {
    let program = command.get_program();
    let name = std::path::Path::new(program).file_name().unwrap_or(program);
    let words: Vec<_> = std::iter::once(name)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        assert_eq!(
            show(Command::new("/opt/rust/cargo").args(["test", "-q"])),
            "cargo test -q"
        );
    }

    #[test]
    fn a_failure_names_the_command() {
        let failure = run(&mut Command::new("false")).unwrap_err();
        assert!(failure.to_string().starts_with("`false` failed"), "{failure}");
    }
}
