//! Short messages 短信: a folder that a gateway of the shop empties. There is no other way yet, and
//! therefore no port.
//!
//! Must not know: cases. Tests: `amends-api/tests/it/notices.rs`.

use std::path::PathBuf;

use serde_json::json;

use super::mail::{Letter, Sent};
use super::put::put;

/// A folder for short messages, one JSON file each.
#[derive(Debug, Clone)]
pub struct SmsFolder {
    folder: PathBuf,
}

impl SmsFolder {
    /// Messages go into this folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes `{"id", "to", "text", "at_ms"}` under the notice's id: sent again, it is the same file.
    pub async fn send(&self, letter: &Letter) -> Sent {
        let message = json!({
            "id": letter.id,
            "to": letter.address,
            "text": letter.text,
            "at_ms": letter.at.millis(),
        });
        let bytes = format!("{message}\n").into_bytes();
        match put(self.folder.clone(), format!("{}.json", letter.id), bytes).await {
            Ok(()) => Sent::Gone,
            Err(fault) => Sent::Later(format!("the folder cannot be written: {}", fault.kind())),
        }
    }
}
