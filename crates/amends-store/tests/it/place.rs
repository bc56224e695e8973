//! Places to tell a story in: a fresh SQLite file, and a fresh PostgreSQL database.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use amends_store::{Engine, Store, Target};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

const SERVER: &str = "AMENDS_TEST_DATABASE_URL";
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// An empty database of its own.
pub(crate) struct Place {
    pub(crate) target: Target,
    pub(crate) engine: Engine,
    folder: Option<Folder>,
}

/// Gone with its guard.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn fresh_name() -> String {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("amends_store_{}_{number}", process::id())
}

/// Tells a story on SQLite and on PostgreSQL.
pub(crate) async fn on_both(story: impl AsyncFn(&Place)) {
    on_sqlite(&story).await;
    on_postgres(&story).await;
}

pub(crate) async fn on_sqlite(story: impl AsyncFn(&Place)) {
    let folder = Folder(env::temp_dir().join(fresh_name()));
    fs::create_dir(&folder.0).unwrap();
    let place = Place {
        target: Target::SqliteFile(folder.0.join("amends.db")),
        engine: Engine::Sqlite,
        folder: Some(folder),
    };
    story(&place).await;
}

pub(crate) async fn on_postgres(story: impl AsyncFn(&Place)) {
    let Ok(server) = env::var(SERVER) else {
        println!("PostgreSQL: not run, {SERVER} is not set");
        return;
    };
    let name = fresh_name();
    let mut admin = PgConnection::connect(&server).await.unwrap();
    run_postgres(&mut admin, &format!("CREATE DATABASE {name}")).await;
    let options: PgConnectOptions = server.parse().unwrap();
    let url = options.database(&name).to_url_lossy();
    let place = Place {
        target: Target::Postgres(url.to_string()),
        engine: Engine::Postgres,
        folder: None,
    };
    story(&place).await;
    run_postgres(&mut admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn run_postgres(connection: &mut PgConnection, text: &str) {
    sqlx::raw_sql(AssertSqlSafe(text))
        .execute(connection)
        .await
        .unwrap();
}

impl Place {
    /// Opens it with its tables.
    pub(crate) async fn open(&self) -> Store {
        let store = Store::connect(&self.target).await.unwrap();
        store.migrate().await.unwrap();
        store
    }

    /// The database's file; SQLite only.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.as_ref().unwrap().0.join("amends.db")
    }

    /// A connection of one's own to the SQLite file, as another process has it.
    pub(crate) async fn sqlite(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.file());
        options.connect().await.unwrap()
    }

    /// A connection of one's own to the PostgreSQL database, as another process has it.
    pub(crate) async fn postgres(&self) -> PgConnection {
        let Target::Postgres(url) = &self.target else {
            panic!("this is no PostgreSQL")
        };
        PgConnection::connect(url).await.unwrap()
    }

    /// Runs statements over a connection of their own.
    pub(crate) async fn run(&self, text: &str) {
        if let Target::Postgres(url) = &self.target {
            run_postgres(&mut PgConnection::connect(url).await.unwrap(), text).await;
        } else {
            let mut connection = self.sqlite().await;
            let script = sqlx::raw_sql(AssertSqlSafe(text));
            script.execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }

    /// Counts the rows of a table.
    pub(crate) async fn rows_of(&self, table: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {table}")).await
    }

    /// The one number a query gives.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        let query = AssertSqlSafe(query.to_owned());
        if let Target::Postgres(url) = &self.target {
            let mut connection = PgConnection::connect(url).await.unwrap();
            sqlx::query_scalar(query)
                .fetch_one(&mut connection)
                .await
                .unwrap()
        } else {
            let mut connection = self.sqlite().await;
            sqlx::query_scalar(query)
                .fetch_one(&mut connection)
                .await
                .unwrap()
        }
    }
}
