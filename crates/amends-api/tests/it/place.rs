//! Places to tell a story in: SQLite in memory, and a fresh PostgreSQL database.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use amends_app::{Store, Target};
use amends_domain::digest::Digest;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tokio::sync::OnceCell;

const SERVER: &str = "AMENDS_TEST_DATABASE_URL";
static NUMBER: AtomicU32 = AtomicU32::new(0);
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// Tells a story on SQLite and on PostgreSQL.
pub(crate) async fn on_both(story: impl AsyncFn(&Target)) {
    // A long story is a large future.
    Box::pin(story(&Target::SqliteMemory)).await;
    let Some(server) = env::var(SERVER).ok().filter(|server| !server.is_empty()) else {
        println!("PostgreSQL: not run, {SERVER} is not set");
        return;
    };
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("amends_api_{}_{number}", process::id());
    let mut admin = PgConnection::connect(&server).await.unwrap();
    let template = TEMPLATE.get_or_init(|| template(&server)).await;
    run(&mut admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    Box::pin(story(&database(&server, &name))).await;
    run(&mut admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

/// A database with every table in it, from which the others are copied: each test would take seconds to make
/// its own. It is named after the tables, and stays on the server for the next run.
async fn template(server: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../amends-store/migrations");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let texts: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    let texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let digest = Digest::of(&texts).to_string();
    let name = format!("amends_template_{}", &digest[..16]);
    let mut admin = PgConnection::connect(server).await.unwrap();
    // Whoever comes second waits until the first is done.
    run(&mut admin, "SELECT pg_advisory_lock(4221006)").await;
    let there = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name);
    if there.fetch_optional(&mut admin).await.unwrap().is_none() {
        run(&mut admin, &format!("CREATE DATABASE {name}")).await;
        let store = Store::connect(&database(server, &name)).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
    }
    run(&mut admin, "SELECT pg_advisory_unlock(4221006)").await;
    name
}

fn database(server: &str, name: &str) -> Target {
    let options: PgConnectOptions = server.parse().unwrap();
    Target::Postgres(options.database(name).to_url_lossy().to_string())
}

async fn run(connection: &mut PgConnection, text: &str) {
    sqlx::raw_sql(AssertSqlSafe(text))
        .execute(connection)
        .await
        .unwrap();
}
