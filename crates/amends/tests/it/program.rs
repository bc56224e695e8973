//! Runs the real program on a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A data folder that goes away with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "amends-test-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::SeqCst)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// What a run printed, and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `amends --data FOLDER …` with nothing of the environment that could lead it elsewhere.
pub(crate) fn amends(data: &Path, words: &[&str]) -> Ran {
    ran(&mut command(data, words))
}

/// The same, where nobody reads what it prints.
pub(crate) fn amends_unread(data: &Path, words: &[&str]) -> Ran {
    let (_, unread) = std::io::pipe().unwrap();
    let mut command = command(data, words);
    ran(command.stdout(unread))
}

fn command(data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    command.arg("--data").arg(data).args(words);
    for name in [
        "AMENDS_DATA",
        "AMENDS_DATABASE_URL",
        "AMENDS_SHOP",
        "AMENDS_MASTER_KEY",
        "AMENDS_LOG",
        "AMENDS_MAIL",
        "AMENDS_SMS",
    ] {
        command.env_remove(name);
    }
    command
}

fn ran(command: &mut Command) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}
