//! What an installation knows of itself: a few named values, each written once.
//!
//! Must not know: what they are for. Tests: `amends/tests/it/master_key.rs`.

use crate::Store;
use crate::db::args;
use crate::error::StoreError;

impl Store {
    /// A value by its name.
    pub async fn install_value(&self, name: &str) -> Result<Option<String>, StoreError> {
        const QUERY: &str = "SELECT value FROM install WHERE name = $1";
        let row = self.db().fetch_first(QUERY, args![name]).await?;
        row.map(|mut row| row.text()).transpose()
    }

    /// Writes a value unless there is one; returns the one that counts, for another node may have
    /// been first.
    pub async fn install_set(&self, name: &str, value: &str) -> Result<String, StoreError> {
        const INSERT: &str = "INSERT INTO install (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.db().execute(INSERT, args![name, value]).await?;
        let written = self.install_value(name).await?;
        written.ok_or_else(|| StoreError::corrupt("install", "a value that was just written is missing"))
    }
}
