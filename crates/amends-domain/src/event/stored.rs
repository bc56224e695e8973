//! Events as bytes: written, read in any version, and chained by their hashes.
//!
//! Must not know: what an event says. Tests: `tests/it/golden.rs`.

use super::Event;
use crate::actor::Actor;
use crate::digest::Digest;
use crate::ids::CaseId;

/// Why stored bytes are not an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventFault {
    /// Written by a later version of the program.
    #[error("event version {0} is newer than this program")]
    Version(i64),
    /// Written by no version of the program.
    #[error("{0} is no event version: they count from 1, so this was not written by this program")]
    NoVersion(i64),
    /// Not what the version says.
    #[error("these bytes are not an event: {0}")]
    Bytes(String),
}

impl Event {
    /// The bytes that are stored and hashed.
    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads stored bytes of any version.
    pub fn decode(version: i64, bytes: &[u8]) -> Result<Self, EventFault> {
        match version {
            1 => serde_json::from_slice(bytes).map_err(|fault| EventFault::Bytes(fault.to_string())),
            later if later > Self::VERSION => Err(EventFault::Version(later)),
            none => Err(EventFault::NoVersion(none)),
        }
    }
}

/// The next link of a case's hash chain: over the previous link and everything stored of the event.
pub fn chain(
    previous: Digest,
    case: CaseId,
    seq: u64,
    at_millis: i64,
    actor: &str,
    version: i64,
    bytes: &[u8],
) -> Digest {
    Digest::of(&[
        previous.bytes(),
        case.to_string().as_bytes(),
        &seq.to_be_bytes(),
        &at_millis.to_be_bytes(),
        actor.as_bytes(),
        &version.to_be_bytes(),
        bytes,
    ])
}

/// An actor as stored beside an event, and hashed with it.
pub fn actor_text(actor: &Actor) -> String {
    serde_json::to_string(actor).unwrap_or_default()
}
