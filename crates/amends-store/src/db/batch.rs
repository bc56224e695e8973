//! One statement over many rows.
//!
//! A [`Batched`] statement is written once, over a table `v` of its input rows. Only where `v`
//! comes from differs: PostgreSQL unnests one array a column; SQLite reads what is only looked up
//! from one JSON text, and what is written from `VALUES` of a few fixed heights. So every text is
//! built once, and every connection keeps it prepared.
//! Must not know: tables. Tests: `tests/it/statements.rs`.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::{Db, Engine, Row, Tx, Value};
use crate::error::StoreError;

/// Heights of `VALUES` on SQLite, tallest first. A batch is cut into them greedily; most commands
/// alone write two to four rows a table.
const HEIGHTS: [usize; 5] = [64, 8, 4, 2, 1];

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Bytes,
}

/// Rows of equal width, flat.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    cells: Vec<Value>,
    count: usize,
}

impl Rows {
    pub(crate) fn push<const WIDTH: usize>(&mut self, row: [Value; WIDTH]) {
        self.cells.extend(row);
        self.count += 1;
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// A statement over many rows.
pub(crate) struct Batched {
    columns: &'static [(&'static str, Kind)],
    body: &'static str,
    texts: OnceLock<Texts>,
}

struct Texts {
    postgres: Arc<str>,
    sqlite_lookup: Arc<str>,
    sqlite_heights: [Arc<str>; HEIGHTS.len()],
}

impl Engine {
    /// A statement's text for this database: what stands in `{…}` is PostgreSQL's alone, what
    /// stands in `[…]` is SQLite's alone.
    pub(crate) fn text(self, text: &str) -> Cow<'_, str> {
        if !text.contains(['{', '[']) {
            return Cow::Borrowed(text);
        }
        let mut whose = None;
        let mine = text.chars().filter(|letter| {
            match letter {
                '{' => whose = Some(Self::Postgres),
                '[' => whose = Some(Self::Sqlite),
                '}' | ']' => whose = None,
                _ => return whose.is_none_or(|engine| engine == self),
            }
            false
        });
        Cow::Owned(mine.collect())
    }
}

impl Batched {
    /// `columns` are those of `v`; `body` is what follows `WITH v AS (…)`.
    pub(crate) const fn new(columns: &'static [(&'static str, Kind)], body: &'static str) -> Self {
        let texts = OnceLock::new();
        Self { columns, body, texts }
    }

    /// Runs a query over rows of texts and integers.
    pub(crate) async fn fetch(&self, tx: &mut Tx, rows: Rows) -> Result<Vec<Row>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let (text, values) = match tx.engine() {
            Engine::Postgres => (&self.texts().postgres, self.arrays(rows)),
            Engine::Sqlite => (&self.texts().sqlite_lookup, vec![self.json(rows)]),
        };
        tx.fetch_sql(AssertSqlSafe(text.clone()).into_sql_str(), values)
            .await
    }

    /// Runs a query over rows outside any transaction.
    pub(crate) async fn read(&self, db: &Db, rows: Rows) -> Result<Vec<Row>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        match db.engine() {
            Engine::Postgres => db.fetch(&self.texts().postgres, self.arrays(rows)).await,
            Engine::Sqlite => db.fetch(&self.texts().sqlite_lookup, vec![self.json(rows)]).await,
        }
    }

    /// Writes rows; returns how many were touched.
    pub(crate) async fn execute(&self, tx: &mut Tx, rows: Rows) -> Result<u64, StoreError> {
        if rows.is_empty() {
            return Ok(0);
        }
        if tx.engine() == Engine::Postgres {
            let text = AssertSqlSafe(self.texts().postgres.clone()).into_sql_str();
            return tx.execute_sql(text, self.arrays(rows)).await;
        }
        let mut touched = 0;
        let mut left = rows.count;
        let mut cells = rows.cells.into_iter();
        for (height, text) in HEIGHTS.into_iter().zip(&self.texts().sqlite_heights) {
            while left >= height {
                let chunk = cells.by_ref().take(height * self.columns.len()).collect();
                touched += tx
                    .execute_sql(AssertSqlSafe(text.clone()).into_sql_str(), chunk)
                    .await?;
                left -= height;
            }
        }
        Ok(touched)
    }

    fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| Texts {
            postgres: self.with(Engine::Postgres, &self.unnest()),
            sqlite_lookup: self.with(Engine::Sqlite, &self.each()),
            sqlite_heights: HEIGHTS.map(|height| self.with(Engine::Sqlite, &self.values(height))),
        })
    }

    fn with(&self, engine: Engine, source: &str) -> Arc<str> {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        format!("WITH v({names}) AS ({source}) {}", engine.text(self.body)).into()
    }

    fn unnest(&self) -> String {
        let arrays: Vec<String> = (1..)
            .zip(self.columns)
            .map(|(number, (_, kind))| match kind {
                Kind::Text => format!("${number}::text[]"),
                Kind::Int => format!("${number}::bigint[]"),
                Kind::Bytes => format!("${number}::bytea[]"),
            })
            .collect();
        format!("SELECT * FROM UNNEST({})", arrays.join(", "))
    }

    fn each(&self) -> String {
        let cells: Vec<String> = (0..self.columns.len())
            .map(|at| format!("value ->> {at}"))
            .collect();
        format!("SELECT {} FROM json_each($1)", cells.join(", "))
    }

    /// Placeholders without numbers: SQLite looks numbered ones up one after the other, which takes
    /// longer than writing the rows.
    fn values(&self, height: usize) -> String {
        let row = format!("({})", vec!["?"; self.columns.len()].join(", "));
        format!("VALUES {}", vec![row; height].join(", "))
    }

    /// One array a column.
    fn arrays(&self, rows: Rows) -> Vec<Value> {
        let with_room = |(_, kind): &(_, Kind)| match kind {
            Kind::Text => Value::Texts(Vec::with_capacity(rows.count)),
            Kind::Int => Value::Ints(Vec::with_capacity(rows.count)),
            Kind::Bytes => Value::Blobs(Vec::with_capacity(rows.count)),
        };
        let mut arrays: Vec<Value> = self.columns.iter().map(with_room).collect();
        let width = arrays.len().max(1);
        for (at, cell) in rows.cells.into_iter().enumerate() {
            match (arrays.get_mut(at % width), cell) {
                (Some(Value::Texts(array)), Value::Text(text)) => array.push(text),
                (Some(Value::Ints(array)), Value::Int(int)) => array.push(int),
                (Some(Value::Blobs(array)), Value::Bytes(bytes)) => array.push(bytes),
                // The columns of a statement and the rows pushed for it stand side by side in one
                // file, and every one is executed by a test.
                _ => debug_assert!(false, "a cell of another kind than its column"),
            }
        }
        arrays
    }

    /// All rows as one JSON text.
    fn json(&self, rows: Rows) -> Value {
        let cell = |cell| match cell {
            Value::Text(text) => serde_json::Value::from(text),
            Value::Int(int) => serde_json::Value::from(int),
            _ => serde_json::Value::Null,
        };
        let cells: Vec<serde_json::Value> = rows.cells.into_iter().map(cell).collect();
        let rows: Vec<&[serde_json::Value]> = cells.chunks(self.columns.len()).collect();
        Value::from(serde_json::to_string(&rows).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_reads_its_own_words() {
        let text = "SELECT 1 {FOR UPDATE}[;]";
        assert_eq!(Engine::Postgres.text(text), "SELECT 1 FOR UPDATE");
        assert_eq!(Engine::Sqlite.text(text), "SELECT 1 ;");
    }

    #[test]
    fn sources_of_rows() {
        let batched = Batched::new(&[("a", Kind::Text), ("b", Kind::Int)], "SELECT a, b FROM v");
        assert_eq!(batched.unnest(), "SELECT * FROM UNNEST($1::text[], $2::bigint[])");
        assert_eq!(batched.values(2), "VALUES (?, ?), (?, ?)");
        assert_eq!(
            batched.each(),
            "SELECT value ->> 0, value ->> 1 FROM json_each($1)"
        );
    }
}
