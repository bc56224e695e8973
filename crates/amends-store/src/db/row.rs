//! A row on its way out: read column by column, left to right, in the order the query names them.
//!
//! Must not know: tables. Tests: `tests/it/statements.rs`.

use std::fmt::Display;
use std::str::FromStr;

use amends_domain::digest::Digest;
use amends_domain::time::Moment;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::error::StoreError;

enum Arm {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// A row and how far it has been read.
pub(crate) struct Row {
    arm: Arm,
    next: usize,
}

macro_rules! next {
    ($row:expr, $kind:ty) => {{
        let at = $row.next;
        $row.next += 1;
        match &$row.arm {
            Arm::Sqlite(row) => row.try_get_unchecked::<$kind, _>(at).map_err(StoreError::from),
            Arm::Postgres(row) => row.try_get::<$kind, _>(at).map_err(StoreError::from),
        }
    }};
}

impl Row {
    pub(super) fn sqlite(row: SqliteRow) -> Self {
        let arm = Arm::Sqlite(row);
        Self { arm, next: 0 }
    }

    pub(super) fn postgres(row: PgRow) -> Self {
        let arm = Arm::Postgres(row);
        Self { arm, next: 0 }
    }

    pub(crate) fn text(&mut self) -> Result<String, StoreError> {
        next!(self, String)
    }

    pub(crate) fn text_or_none(&mut self) -> Result<Option<String>, StoreError> {
        next!(self, Option<String>)
    }

    pub(crate) fn int(&mut self) -> Result<i64, StoreError> {
        next!(self, i64)
    }

    pub(crate) fn int_or_none(&mut self) -> Result<Option<i64>, StoreError> {
        next!(self, Option<i64>)
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        next!(self, Vec<u8>)
    }

    pub(crate) fn bytes_or_none(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        next!(self, Option<Vec<u8>>)
    }

    /// A number that cannot be negative.
    pub(crate) fn count(&mut self) -> Result<u64, StoreError> {
        let int = self.int()?;
        u64::try_from(int).map_err(|_| self.corrupt("a count below zero"))
    }

    /// A number that fits 32 bits.
    pub(crate) fn count32(&mut self) -> Result<u32, StoreError> {
        let int = self.int()?;
        u32::try_from(int).map_err(|_| self.corrupt("a count out of range"))
    }

    pub(crate) fn moment(&mut self) -> Result<Moment, StoreError> {
        self.int().map(Moment::from_millis)
    }

    pub(crate) fn moment_or_none(&mut self) -> Result<Option<Moment>, StoreError> {
        Ok(self.int_or_none()?.map(Moment::from_millis))
    }

    pub(crate) fn digest(&mut self) -> Result<Digest, StoreError> {
        let bytes = self.bytes()?;
        self.digest_of(bytes)
    }

    pub(crate) fn digest_or_none(&mut self) -> Result<Option<Digest>, StoreError> {
        let bytes = self.bytes_or_none()?;
        bytes.map(|bytes| self.digest_of(bytes)).transpose()
    }

    fn digest_of(&self, bytes: Vec<u8>) -> Result<Digest, StoreError> {
        let bytes: Result<[u8; 32], _> = bytes.try_into();
        bytes
            .map(Digest::from)
            .map_err(|_| self.corrupt("a digest of other than 32 bytes"))
    }

    /// An id, a currency, a digest in hexadecimal: anything that reads from its text.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&mut self) -> Result<T, StoreError> {
        let text = self.text()?;
        text.parse().map_err(|fault: T::Err| self.corrupt(fault))
    }

    /// The same, where there may be none.
    pub(crate) fn parsed_or_none<T: FromStr<Err: Display>>(&mut self) -> Result<Option<T>, StoreError> {
        let text = self.text_or_none()?;
        let parsed = text.map(|text| text.parse().map_err(|fault: T::Err| self.corrupt(fault)));
        parsed.transpose()
    }

    /// One of a closed list of codes.
    pub(crate) fn named<T>(&mut self, named: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let text = self.text()?;
        named(&text).ok_or_else(|| self.corrupt("not a code of the list"))
    }

    /// Stored JSON. The fault tells the place, not the value: it may be a person's.
    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text = self.text()?;
        serde_json::from_str(&text).map_err(|fault| {
            let (line, column) = (fault.line(), fault.column());
            self.corrupt(format!("JSON of another form at {line}:{column}"))
        })
    }

    fn corrupt(&self, fault: impl Display) -> StoreError {
        StoreError::corrupt(&format!("column {}", self.next), fault)
    }
}
