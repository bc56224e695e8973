//! Values on their way into a statement.
//!
//! Must not know: statements. Tests: `tests/it/statements.rs`.

use amends_domain::digest::Digest;
use amends_domain::ids::{
    BlockId, BuyerId, CareId, CaseId, CoverId, EvidenceId, LineId, MailId, OrderId, PersonId, PlanId,
    ReviewId, SegmentId, SessionId, ShopId, TextId, TokenId, VisitId,
};
use amends_domain::time::Moment;
use sqlx::encode::Encode;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::types::Type;
use sqlx::{Arguments, Database};

use crate::error::StoreError;

/// A value of one of the three column types, or an array of them (PostgreSQL alone takes arrays).
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Option<Vec<u8>>),
    Texts(Vec<Option<String>>),
    Ints(Vec<Option<i64>>),
    Blobs(Vec<Option<Vec<u8>>>),
}

/// Values for `$1`, `$2` …
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$(crate::db::Value::from($value)),*] };
}
pub(crate) use args;

/// What both databases take one by one; only one of them takes arrays.
pub(super) trait Bind: Arguments + Sized {
    fn bind_value(&mut self, value: Value) -> Result<(), sqlx::error::BoxDynError>;

    fn bind_scalar<'t, T>(&mut self, value: T) -> Result<(), sqlx::error::BoxDynError>
    where
        T: Encode<'t, Self::Database> + Type<Self::Database>,
        Self::Database: Database<Arguments = Self>,
    {
        self.add(value)
    }
}

impl Bind for SqliteArguments {
    fn bind_value(&mut self, value: Value) -> Result<(), sqlx::error::BoxDynError> {
        match value {
            Value::Text(text) => self.bind_scalar::<Option<String>>(text),
            Value::Int(int) => self.bind_scalar(int),
            Value::Bytes(bytes) => self.bind_scalar(bytes),
            Value::Texts(_) | Value::Ints(_) | Value::Blobs(_) => Err("SQLite takes no arrays".into()),
        }
    }
}

impl Bind for PgArguments {
    fn bind_value(&mut self, value: Value) -> Result<(), sqlx::error::BoxDynError> {
        match value {
            Value::Text(text) => self.bind_scalar(text),
            Value::Int(int) => self.bind_scalar(int),
            Value::Bytes(bytes) => self.bind_scalar(bytes),
            Value::Texts(texts) => self.bind_scalar(texts),
            Value::Ints(ints) => self.bind_scalar(ints),
            Value::Blobs(blobs) => self.bind_scalar(blobs),
        }
    }
}

pub(super) fn bind_all<A: Bind>(arguments: &mut A, values: Vec<Value>) -> Result<(), StoreError> {
    arguments.reserve(values.len(), values.iter().map(size).sum());
    values
        .into_iter()
        .try_for_each(|value| arguments.bind_value(value))
        .map_err(|_| sqlx::Error::InvalidArgument(String::new()).into())
}

fn size(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.as_ref().map_or(0, String::len),
        Value::Bytes(bytes) => bytes.as_ref().map_or(0, Vec::len),
        Value::Int(_) => 8,
        Value::Texts(texts) => texts.iter().flatten().map(|text| text.len() + 4).sum(),
        Value::Ints(ints) => ints.len() * 12,
        Value::Blobs(blobs) => blobs.iter().flatten().map(|blob| blob.len() + 4).sum(),
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(int: i64) -> Self {
        Self::Int(Some(int))
    }
}

impl From<Option<i64>> for Value {
    fn from(int: Option<i64>) -> Self {
        Self::Int(int)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Int(Some(i64::try_from(count).unwrap_or(i64::MAX)))
    }
}

impl From<Option<u64>> for Value {
    fn from(count: Option<u64>) -> Self {
        count.map_or(Self::Int(None), Self::from)
    }
}

impl From<u32> for Value {
    fn from(count: u32) -> Self {
        Self::Int(Some(i64::from(count)))
    }
}

impl From<Moment> for Value {
    fn from(at: Moment) -> Self {
        Self::Int(Some(at.millis()))
    }
}

impl From<Option<Moment>> for Value {
    fn from(at: Option<Moment>) -> Self {
        Self::Int(at.map(Moment::millis))
    }
}

impl From<Digest> for Value {
    fn from(digest: Digest) -> Self {
        Self::Bytes(Some(digest.bytes().to_vec()))
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Some(bytes))
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(Some(bytes.to_vec()))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(bytes: Option<Vec<u8>>) -> Self {
        Self::Bytes(bytes)
    }
}

macro_rules! ids_as_text {
    ($($id:ty),*) => {$(
        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Self::Text(Some(id.to_string()))
            }
        }

        impl From<Option<$id>> for Value {
            fn from(id: Option<$id>) -> Self {
                Self::Text(id.map(|id| id.to_string()))
            }
        }
    )*};
}

ids_as_text!(
    BlockId, BuyerId, CareId, CaseId, EvidenceId, LineId, MailId, OrderId, PersonId, ReviewId, CoverId,
    PlanId, SegmentId, SessionId, ShopId, TextId, TokenId, VisitId
);
