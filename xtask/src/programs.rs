//! Finds PostgreSQL's programs, and installs them where that is possible without asking.
//! It must not know what they are used for. The choice among several versions is tested below.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::command;

/// The folder with `initdb`, `pg_ctl` and `createdb`.
pub(crate) fn find_or_install() -> anyhow::Result<PathBuf> {
    if let Some(folder) = find() {
        return Ok(folder);
    }
    if !is_root()? {
        bail!("PostgreSQL isn't installed: install it (Debian: `apt-get install postgresql`) or be root");
    }
    command::run(Command::new("apt-get").args(["update", "-qq"]))?;
    command::run(
        Command::new("apt-get")
            .args(["install", "-qq", "-y", "--no-install-recommends", "postgresql"])
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    find().context("PostgreSQL was installed, but initdb is nowhere to be found")
}

/// PostgreSQL refuses to run as root, so the caller has to know.
pub(crate) fn is_root() -> anyhow::Result<bool> {
    Ok(command::read(Command::new("id").arg("-u"))?.trim() == "0")
}

fn find() -> Option<PathBuf> {
    let debian = newest(&folders_in(Path::new("/usr/lib/postgresql"))).map(|version| version.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    let named_by_pg_config = command::read(Command::new("pg_config").arg("--bindir")).ok();
    debian
        .into_iter()
        .chain(env::split_paths(&path))
        .chain(named_by_pg_config.map(|folder| PathBuf::from(folder.trim())))
        .find(|folder| folder.join("initdb").is_file())
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

/// The folder with the highest major version as its name.
fn newest(folders: &[PathBuf]) -> Option<&PathBuf> {
    let major = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    folders
        .iter()
        .filter(|folder| major(folder).is_some())
        .max_by_key(|folder| major(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let folders = ["/pg/9", "/pg/17", "/pg/15", "/pg/common"].map(PathBuf::from);
        assert_eq!(newest(&folders), Some(&PathBuf::from("/pg/17")));
    }

    #[test]
    fn no_version_is_no_version() {
        assert_eq!(newest(&[PathBuf::from("/pg/common")]), None);
    }
}
