//! Opening a database: pools and what each connection is set to.
//!
//! Must not know: tables. Tests: `tests/it/faults.rs`.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};

use super::{Db, Options, Target};
use crate::error::StoreError;

/// A quarter of the connections read on a 2-core machine; more only hold memory.
const READERS_MAX: u32 = 4;
/// Every statement of the crate in every form stays prepared.
const STATEMENTS_MAX: usize = 256;
/// 64 MiB of log between checkpoints: with the usual 4 MiB, pages are copied back far more often.
const CHECKPOINT_PAGES: &str = "16384";
/// Page caches in KiB (negative by SQLite's own convention).
const WRITER_CACHE_KIB: &str = "-16384";
const READER_CACHE_KIB: &str = "-2048";
/// A batch that meets a lock is tried so often in all; together the tries wait no longer than one may.
const LOCK_TRIES: u32 = 1 + crate::commit::TRIES_LOCKED;
/// How many waits one statement may last. Longer is a database in trouble, not a large batch.
const STATEMENT_WAITS: u32 = 6;
/// After how long a silent connection is asked whether anybody is there, how often, and how many
/// times in vain: a node that vanished keeps its locks no longer than 60 seconds.
const KEEPALIVES: [(&str, &str); 3] = [
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
];

impl Db {
    pub(crate) async fn connect(target: &Target, options: Options) -> Result<Self, StoreError> {
        match target {
            Target::SqliteFile(path) => sqlite_file(path, options).await,
            Target::SqliteMemory => {
                let memory = SqliteConnectOptions::new().in_memory(true);
                let write = one_connection(sqlite(memory, options), options).await?;
                let read = write.clone();
                let file = None;
                Ok(Self::Sqlite { write, read, file })
            }
            Target::Postgres(url) => postgres(url, options).await,
        }
    }
}

fn sqlite(connect: SqliteConnectOptions, options: Options) -> SqliteConnectOptions {
    connect
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(options.wait)
        .statement_cache_capacity(STATEMENTS_MAX)
        .disable_statement_logging()
}

async fn sqlite_file(path: &Path, options: Options) -> Result<Db, StoreError> {
    let file = sqlite(SqliteConnectOptions::new().filename(path), options);
    let mut writer = file
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("cache_size", WRITER_CACHE_KIB)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
        // What is erased must not linger in free pages.
        .pragma("secure_delete", "ON");
    if let Some(pages) = options.pages_max {
        writer = writer.pragma("max_page_count", pages.to_string());
    }
    let write = one_connection(writer, options).await?;
    let reader = file.read_only(true).pragma("cache_size", READER_CACHE_KIB);
    let read = SqlitePoolOptions::new()
        .max_connections(options.connections_max.clamp(1, READERS_MAX))
        .acquire_timeout(options.wait)
        .connect_lazy_with(reader);
    let file = Some(FileWatch::of(path)?);
    Ok(Db::Sqlite { write, read, file })
}

/// A pool whose single connection lives as long as it does.
async fn one_connection(connect: SqliteConnectOptions, options: Options) -> Result<SqlitePool, StoreError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(options.wait)
        .idle_timeout(None)
        .max_lifetime(None);
    Ok(pool.connect_with(connect).await?)
}

async fn postgres(url: &str, options: Options) -> Result<Db, StoreError> {
    let connect = PgConnectOptions::from_str(url)?
        .application_name("amends")
        .options(limits(options))
        .options(KEEPALIVES)
        .statement_cache_capacity(STATEMENTS_MAX)
        .disable_statement_logging();
    // The pool would go on trying a server that is not there; a start must say so at once.
    let first = tokio::time::timeout(options.wait, connect.connect()).await;
    let slow = |_| StoreError::Unavailable {
        reason: "the server did not answer in time".to_owned(),
    };
    first.map_err(slow)??.close().await?;
    let pool = PgPoolOptions::new()
        .max_connections(options.connections_max.max(1))
        .acquire_timeout(options.wait);
    Ok(Db::Postgres(pool.connect_lazy_with(connect)))
}

/// Without limits a transaction that somebody left open on one row would hold the committer, and
/// with it the whole node, for as long as it stays open.
fn limits(options: Options) -> [(&'static str, String); 2] {
    // Zero would be no limit.
    let millis = |limit: Duration| format!("{}ms", limit.as_millis().max(1));
    [
        ("lock_timeout", millis(options.wait / LOCK_TRIES)),
        ("statement_timeout", millis(options.wait * STATEMENT_WAITS)),
    ]
}

/// An open file that is removed or replaced goes on taking writes that nobody will ever see again;
/// SQLite does not tell. So it is looked for before each transaction.
pub(crate) struct FileWatch {
    path: PathBuf,
    identity: Identity,
}

/// Device and inode, where there are such things.
#[derive(PartialEq, Eq)]
struct Identity(Option<(u64, u64)>);

impl Identity {
    fn of(path: &Path) -> std::io::Result<Self> {
        let found = std::fs::metadata(path)?;
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt as _;
            Some((found.dev(), found.ino()))
        };
        #[cfg(not(unix))]
        let identity = {
            drop(found);
            None
        };
        Ok(Self(identity))
    }
}

impl FileWatch {
    fn of(path: &Path) -> Result<Self, StoreError> {
        let identity = Identity::of(path).map_err(|fault| missing(&fault))?;
        Ok(Self {
            path: path.to_owned(),
            identity,
        })
    }

    pub(super) fn check(&self) -> Result<(), StoreError> {
        match Identity::of(&self.path) {
            Ok(found) if found == self.identity => Ok(()),
            Ok(_) => Err(StoreError::Unavailable {
                reason: "the database file was replaced while it was open; restart to use the new one"
                    .to_owned(),
            }),
            Err(fault) => Err(missing(&fault)),
        }
    }
}

fn missing(fault: &std::io::Error) -> StoreError {
    StoreError::Unavailable {
        reason: format!("the database file is not where it was ({fault})"),
    }
}
