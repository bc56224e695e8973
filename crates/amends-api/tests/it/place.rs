//! Places to tell a story in: SQLite in memory, and a fresh PostgreSQL database.

use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, process};

use amends_app::Target;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

const SERVER: &str = "AMENDS_TEST_DATABASE_URL";
static NUMBER: AtomicU32 = AtomicU32::new(0);

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
    run(&mut admin, &format!("CREATE DATABASE {name}")).await;
    let options: PgConnectOptions = server.parse().unwrap();
    let url = options.database(&name).to_url_lossy();
    Box::pin(story(&Target::Postgres(url.to_string()))).await;
    run(&mut admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

async fn run(connection: &mut PgConnection, text: &str) {
    sqlx::raw_sql(AssertSqlSafe(text))
        .execute(connection)
        .await
        .unwrap();
}
