//! One database behind two arms: opening it, transactions, and running a statement.
//!
//! Everything else in this crate works on [`Db`], [`Tx`], [`Row`] and never sees which arm it is on,
//! except where a statement has a word of its own (`Engine::lock_rows`, batch sources).
//! Must not know: tables. Tests: `tests/it/faults.rs`, `tests/it/statements.rs`.

mod batch;
mod connect;
mod row;
mod value;

use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgPool};
use sqlx::sqlite::{SqliteArguments, SqlitePool};
use sqlx::{AssertSqlSafe, Connection, Postgres, SqlSafeStr, SqlStr, Sqlite, Transaction};

pub(crate) use batch::{Batched, Kind, Rows};
use connect::FileWatch;
pub(crate) use row::Row;
pub(crate) use value::{Value, args};

use crate::error::StoreError;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Engine {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file, created when it is not there.
    SqliteFile(PathBuf),
    /// Memory, for tests: one connection, gone when it closes.
    SqliteMemory,
    /// `postgres://user:password@host/database?sslmode=…`
    Postgres(String),
}

/// Limits of an open database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How long to wait for a lock or a free connection before giving up. On PostgreSQL a statement
    /// ends by itself after six times as long.
    pub wait: Duration,
    /// Connections: readers beside SQLite's one writer, or all of PostgreSQL's.
    pub connections_max: u32,
    /// Most pages of 4 KiB an SQLite file may have; `None` is as many as the disk holds.
    pub pages_max: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            wait: Duration::from_secs(5),
            connections_max: 10,
            pages_max: None,
        }
    }
}

/// An open database.
pub(crate) enum Db {
    /// One writer, and readers that see the last commit. In memory both are the same connection.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
        file: Option<FileWatch>,
    },
    Postgres(PgPool),
}

/// A transaction; dropped without [`Tx::commit`], it is rolled back.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Statements are literals of this crate, or put together from them: never from what came in.
fn sql(text: &str) -> SqlStr {
    AssertSqlSafe(text).into_sql_str()
}

macro_rules! run {
    ($db:ty, $arguments:ty, $sql:expr, $values:expr, $method:ident, $on:expr) => {{
        let mut arguments = <$arguments>::default();
        value::bind_all(&mut arguments, $values)?;
        sqlx::query_with::<$db, _>($sql, arguments).$method($on).await
    }};
}

impl Db {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Starts a transaction that may write. SQLite takes the write lock at once, because a reader
    /// that turns writer later fails without waiting.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite { write, file, .. } => {
                file.as_ref().map_or(Ok(()), FileWatch::check)?;
                Ok(Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?))
            }
            Self::Postgres(pool) => Ok(Tx::Postgres(pool.begin().await?)),
        }
    }

    /// Runs a query outside any transaction.
    pub(crate) async fn fetch(&self, text: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite { read, file, .. } => {
                file.as_ref().map_or(Ok(()), FileWatch::check)?;
                let rows = run!(Sqlite, SqliteArguments, sql(text), values, fetch_all, read)?;
                Ok(rows.into_iter().map(Row::sqlite).collect())
            }
            Self::Postgres(pool) => {
                let rows = run!(Postgres, PgArguments, sql(text), values, fetch_all, pool)?;
                Ok(rows.into_iter().map(Row::postgres).collect())
            }
        }
    }

    /// Runs a query that reads whole tables, for which the usual limit of a statement is too short.
    pub(crate) async fn fetch_unhurried(
        &self,
        text: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        if let Self::Sqlite { .. } = self {
            return self.fetch(text, values).await;
        }
        let mut tx = self.begin().await?;
        tx.unhurried().await?;
        let rows = tx.fetch(text, values).await?;
        tx.commit().await?;
        Ok(rows)
    }

    /// The first row of a query.
    pub(crate) async fn fetch_first(
        &self,
        text: &str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.fetch(text, values).await?.into_iter().next())
    }

    /// The row of a query that always has one.
    pub(crate) async fn fetch_one(&self, text: &str, values: Vec<Value>) -> Result<Row, StoreError> {
        let row = self.fetch_first(text, values).await?;
        row.ok_or_else(|| StoreError::corrupt("a row", "it is missing"))
    }

    /// Runs one writing statement in a transaction of its own; returns how many rows it touched.
    pub(crate) async fn execute(&self, text: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let touched = tx.execute(text, values).await?;
        tx.commit().await?;
        Ok(touched)
    }

    /// Runs one writing statement that returns rows, in a transaction of its own.
    pub(crate) async fn execute_returning(
        &self,
        text: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        let mut tx = self.begin().await?;
        let rows = tx.fetch(text, values).await?;
        tx.commit().await?;
        Ok(rows)
    }

    /// Has PostgreSQL clear dead rows away and look how values are spread. SQLite has none to clear.
    pub(crate) async fn vacuum(&self) -> Result<(), StoreError> {
        if let Self::Postgres(pool) = self {
            // It takes as long as it takes, and it runs in no transaction.
            let mut connection = pool.acquire().await?.detach();
            for statement in ["SET statement_timeout = 0", "VACUUM (ANALYZE)"] {
                sqlx::raw_sql(statement).execute(&mut connection).await?;
            }
            connection.close().await?;
        }
        Ok(())
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Lifts the limits of time from this transaction. SQLite has none on statements.
    pub(crate) async fn unhurried(&mut self) -> Result<(), StoreError> {
        match self.engine() {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => {
                self.script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
                    .await
            }
        }
    }

    pub(crate) async fn fetch(&mut self, text: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        self.fetch_sql(sql(text), values).await
    }

    pub(crate) async fn fetch_first(
        &mut self,
        text: &str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.fetch(text, values).await?.into_iter().next())
    }

    pub(crate) async fn execute(&mut self, text: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        self.execute_sql(sql(text), values).await
    }

    /// Runs many statements without values, separated by semicolons.
    pub(crate) async fn script(&mut self, text: &str) -> Result<(), StoreError> {
        let script = sqlx::raw_sql(sql(text));
        match self {
            Self::Sqlite(tx) => script.execute(&mut **tx).await.map(drop)?,
            Self::Postgres(tx) => script.execute(&mut **tx).await.map(drop)?,
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    async fn fetch_sql(&mut self, text: SqlStr, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(tx) => {
                let rows = run!(Sqlite, SqliteArguments, text, values, fetch_all, &mut **tx)?;
                Ok(rows.into_iter().map(Row::sqlite).collect())
            }
            Self::Postgres(tx) => {
                let rows = run!(Postgres, PgArguments, text, values, fetch_all, &mut **tx)?;
                Ok(rows.into_iter().map(Row::postgres).collect())
            }
        }
    }

    async fn execute_sql(&mut self, text: SqlStr, values: Vec<Value>) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(tx) => {
                let done = run!(Sqlite, SqliteArguments, text, values, execute, &mut **tx)?;
                Ok(done.rows_affected())
            }
            Self::Postgres(tx) => {
                let done = run!(Postgres, PgArguments, text, values, execute, &mut **tx)?;
                Ok(done.rows_affected())
            }
        }
    }
}
