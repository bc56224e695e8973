//! What can go wrong with the database, as a person who keeps it running must tell it apart.
//!
//! Must not know: bound values; no message carries one. Tests: `tests/it/faults.rs`.

use sqlx::error::DatabaseError;

/// A fault of the database. Every message says what happened, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is not there, or went away.
    #[error(
        "the database cannot be reached: {reason}. Check that it runs and that its address is right; then try again"
    )]
    Unavailable {
        /// What the connection said.
        reason: String,
    },
    /// No room is left.
    #[error("the database has no room left: {reason}. Free or add disk space; nothing was written")]
    Full {
        /// What the database said.
        reason: String,
    },
    /// Somebody else holds what was needed, longer than it may be waited for.
    #[error("the database is held by another transaction: {reason}. Nothing was written; try again")]
    Locked {
        /// What the database said.
        reason: String,
    },
    /// The tables are of another version than this program.
    #[error("the tables are of version {found}, this program knows {known}: {advice}")]
    Schema {
        /// The version found.
        found: i64,
        /// The version this program was built for.
        known: i64,
        /// What to do.
        advice: &'static str,
    },
    /// Something stored cannot be what was written.
    #[error("stored data cannot be read: {what}. Run `amends verify`, and restore a backup if it agrees")]
    Corrupt {
        /// Where, and what is wrong with it.
        what: String,
    },
    /// The database refused a statement.
    #[error(
        "the database refused a statement ({sqlstate}): {reason}. This is a defect of the program or of the database; nothing was written"
    )]
    Database {
        /// SQLSTATE on PostgreSQL, the extended result code on SQLite.
        sqlstate: String,
        /// What it said, without values.
        reason: String,
    },
}

impl StoreError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unavailable { .. } => "store_unavailable",
            Self::Full { .. } => "store_full",
            Self::Locked { .. } => "store_locked",
            Self::Schema { .. } => "store_schema",
            Self::Corrupt { .. } => "store_corrupt",
            Self::Database { .. } => "store_database",
        }
    }

    /// Whether the same call may succeed later without anybody mending anything.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::Locked { .. })
    }

    pub(crate) fn corrupt(place: &str, fault: impl std::fmt::Display) -> Self {
        Self::Corrupt {
            what: format!("{place}: {fault}"),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(fault) => of_database(fault.as_ref()),
            sqlx::Error::ColumnDecode { index, .. } => {
                Self::corrupt(&format!("column {index}"), "not of its type")
            }
            sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::Decode(_) => Self::corrupt("a row", "it has not the form this program reads"),
            sqlx::Error::RowNotFound => Self::corrupt("a row", "it is missing"),
            sqlx::Error::PoolTimedOut => Self::Unavailable {
                reason: "no connection could be had in time".to_owned(),
            },
            sqlx::Error::Encode(_) | sqlx::Error::InvalidArgument(_) => Self::Database {
                sqlstate: "none".to_owned(),
                reason: "a value could not be sent".to_owned(),
            },
            // What is left is about the way to the database: addresses, sockets, TLS, a pool that was closed.
            other => Self::Unavailable {
                reason: other.to_string(),
            },
        }
    }
}

fn of_database(fault: &(dyn DatabaseError + 'static)) -> StoreError {
    let code = fault.code().unwrap_or_default().into_owned();
    if fault
        .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
        .is_some()
    {
        of_postgres(&code, fault)
    } else {
        of_sqlite(&code, fault.message())
    }
}

fn of_postgres(sqlstate: &str, fault: &(dyn DatabaseError + 'static)) -> StoreError {
    // Faults of data (22) and of constraints (23) may quote what was bound: they are told by name alone.
    let reason = match (sqlstate.get(..2), fault.constraint()) {
        (Some("22"), _) => "a value does not fit".to_owned(),
        (Some("23"), Some(constraint)) => format!("the constraint {constraint} does not hold"),
        (Some("23"), None) => "a constraint does not hold".to_owned(),
        _ => fault.message().to_owned(),
    };
    match sqlstate {
        // Serialization failure, deadlock, a lock that was not to be had in time.
        "40001" | "40P01" | "55P03" => StoreError::Locked { reason },
        "53100" => StoreError::Full { reason },
        "XX001" | "XX002" => StoreError::Corrupt { what: reason },
        // Connection faults, wrong password, no such database, too many connections, shutting down,
        // a statement that was cancelled because it took too long.
        _ if ["08", "28", "3D", "57"].contains(&sqlstate.get(..2).unwrap_or_default())
            || sqlstate == "53300" =>
        {
            StoreError::Unavailable { reason }
        }
        _ => StoreError::Database {
            sqlstate: sqlstate.to_owned(),
            reason,
        },
    }
}

fn of_sqlite(code: &str, message: &str) -> StoreError {
    let reason = message.to_owned();
    // The low byte of an extended result code is the primary one: https://sqlite.org/rescode.html
    match code.parse::<i32>().map(|code| code & 0xff) {
        Ok(5 | 6) => StoreError::Locked { reason },
        Ok(13) => StoreError::Full { reason },
        Ok(8 | 10 | 14) => StoreError::Unavailable { reason },
        Ok(11 | 26) => StoreError::Corrupt { what: reason },
        _ => StoreError::Database {
            sqlstate: code.to_owned(),
            reason,
        },
    }
}
