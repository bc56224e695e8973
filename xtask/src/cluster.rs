//! A throwaway PostgreSQL cluster: real durability, a free port, gone when its guard is dropped.
//! It must not know who uses it. Its settings are tested below; the rest is tried by `cargo xtask pg`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use anyhow::Context;

use crate::{command, programs};

const USER: &str = "amends";
const DATABASE: &str = "amends";
const MAX_CONNECTIONS: u16 = 200;

/// Runs until dropped. Its files are in one temporary folder, and go with it.
pub(crate) struct Cluster {
    url: String,
    folder: PathBuf,
    keeper: Child,
}

impl Cluster {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let owner = Owner {
            programs: programs::find_or_install()?,
            root: programs::is_root()?,
        };
        let folder = owner.temporary_folder()?;
        let port = free_port()?;
        let url = format!("postgres://{USER}@127.0.0.1:{port}/{DATABASE}");
        let keeper = owner.keeper(&folder)?;
        let cluster = Self { url, folder, keeper };
        // From here on the guard cleans up, whatever fails.
        owner.start(&cluster.folder, port)?;
        Ok(cluster)
    }

    /// Where the superuser gets in without a password.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let ended = self.keeper.wait();
        if ended.is_err() || self.folder.exists() {
            eprintln!(
                "the throwaway PostgreSQL in {} could not be removed",
                self.folder.display()
            );
        }
    }
}

/// Who runs PostgreSQL: we, or `postgres` when we are root, because PostgreSQL refuses root.
struct Owner {
    programs: PathBuf,
    root: bool,
}

impl Owner {
    fn command(&self, program: impl AsRef<Path>) -> Command {
        let program = program.as_ref();
        let mut command = if self.root {
            Command::new("runuser")
        } else {
            Command::new(program)
        };
        if self.root {
            command.args(["-u", "postgres", "--"]).arg(program);
        }
        command.current_dir("/");
        command
    }

    fn temporary_folder(&self) -> anyhow::Result<PathBuf> {
        let template = env::temp_dir().join("amends-pg.XXXXXX");
        let folder = command::read(self.command("mktemp").arg("-d").arg(template))?;
        Ok(PathBuf::from(folder.trim()))
    }

    /// A process of its own that waits for our end of its pipe to close, then stops the server and removes the folder:
    /// so nothing is left behind however we end, even killed.
    fn keeper(&self, folder: &Path) -> anyhow::Result<Child> {
        let mut stop = self.command(self.programs.join("pg_ctl"));
        stop.args(["stop", "-w", "-m", "fast", "-D"])
            .arg(folder.join("data"));
        Command::new("sh")
            .args([
                "-c",
                "cat; folder=$1; shift; \"$@\"; rm -rf -- \"$folder\"",
                "amends-pg",
            ])
            .arg(folder)
            .arg(stop.get_program())
            .args(stop.get_args())
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("can't start the shell that will remove PostgreSQL")
    }

    fn start(&self, folder: &Path, port: u16) -> anyhow::Result<()> {
        let data = folder.join("data");
        let log = folder.join("log");
        let mut initdb = self.command(self.programs.join("initdb"));
        initdb.args([
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--username",
            USER,
            "--pgdata",
        ]);
        command::read(initdb.arg(&data))?;

        let mut file = OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))?;
        file.write_all(settings(folder, port).as_bytes())?;

        let mut start = self.command(self.programs.join("pg_ctl"));
        start.args(["start", "-w", "-D"]).arg(&data).arg("-l").arg(&log);
        // The server would inherit a pipe and keep it open, so its output must not be one.
        let status = start
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .context("can't start pg_ctl")?;
        anyhow::ensure!(
            status.success(),
            "PostgreSQL didn't start: {}",
            fs::read_to_string(&log).unwrap_or_default()
        );

        let mut createdb = self.command(self.programs.join("createdb"));
        createdb
            .args(["--username", USER, "--port", &port.to_string(), "--host"])
            .arg(folder)
            .arg(DATABASE);
        command::read(&mut createdb)?;
        Ok(())
    }
}

/// Durability stays as PostgreSQL ships it: `fsync` and `synchronous_commit` are on.
fn settings(folder: &Path, port: u16) -> String {
    let socket_folder = folder.display();
    format!(
        "\n\
         listen_addresses = '127.0.0.1'\n\
         port = {port}\n\
         unix_socket_directories = '{socket_folder}'\n\
         max_connections = {MAX_CONNECTIONS}\n"
    )
}

/// Free when asked; nobody keeps it until PostgreSQL takes it.
fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_listens_at_home_only_and_stays_durable() {
        let settings = settings(Path::new("/tmp/amends-pg.x"), 5433);
        assert!(
            settings.contains("listen_addresses = '127.0.0.1'\nport = 5433\n"),
            "{settings}"
        );
        assert!(
            settings.contains("unix_socket_directories = '/tmp/amends-pg.x'\n"),
            "{settings}"
        );
        assert!(
            !settings.contains("fsync") && !settings.contains("synchronous_commit"),
            "{settings}"
        );
    }

    #[test]
    fn root_hands_over_to_postgres() {
        let owner = |root| {
            Owner {
                programs: PathBuf::new(),
                root,
            }
            .command("initdb")
        };
        assert_eq!(owner(false).get_program(), "initdb");
        assert_eq!(owner(true).get_program(), "runuser");
        assert_eq!(
            owner(true).get_args().collect::<Vec<_>>(),
            ["-u", "postgres", "--", "initdb"]
        );
    }
}
