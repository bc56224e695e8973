//! Path ids, query parameters, lists in them, and the peer's address, with our own errors.
//!
//! Must not know: what they are used for. Tests: `tests/it/walk.rs`, `tests/it/cases.rs`.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::extract::{ConnectInfo, FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};

use crate::problem::{Fault, Problem};

/// The one id in the path. What is no id of its kind names nothing: not found.
pub(crate) struct Id<T>(pub(crate) T);

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let nowhere = || Problem::from(Fault::UnknownRoute);
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| nowhere())?;
        text.parse().map(Self).map_err(|_| nowhere())
    }
}

/// The two ids in the path.
pub(crate) struct Ids<A, B>(pub(crate) (A, B));

impl<S: Send + Sync, A: FromStr + Send, B: FromStr + Send> FromRequestParts<S> for Ids<A, B> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let nowhere = || Problem::from(Fault::UnknownRoute);
        let Path((first, second)) = Path::<(String, String)>::from_request_parts(parts, state)
            .await
            .map_err(|_| nowhere())?;
        let first = first.parse().map_err(|_| nowhere())?;
        let second = second.parse().map_err(|_| nowhere())?;
        Ok(Self((first, second)))
    }
}

/// Query parameters; unknown ones are refused by the types that are read.
pub(crate) struct Params<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Query(params) = Query::<T>::try_from_uri(&parts.uri)
            .map_err(|fault| Problem::invalid("query", fault.body_text()))?;
        Ok(Self(params))
    }
}

/// Words of one parameter with commas between.
pub(crate) struct Listed<T>(pub(crate) Vec<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let words = text.split(',');
        words
            .map(|word| T::deserialize(StrDeserializer::new(word)))
            .collect::<Result<_, D::Error>>()
            .map(Self)
    }
}

/// From where the connection comes, when the server says so.
pub(crate) struct Peer(pub(crate) Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(info.map(|ConnectInfo(address)| address.ip().to_canonical())))
    }
}
