//! Puts a file into a folder whole or not at all: whoever reads the folder never sees half of one.
//!
//! Must not know: what the file says. Tests: `amends-api/tests/it/notices.rs`.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;

/// Writes `name` into `folder`, which is made where it is missing. The same name again takes the
/// place of the file before.
pub(super) async fn put(folder: PathBuf, name: String, bytes: Vec<u8>) -> io::Result<()> {
    let written = tokio::task::spawn_blocking(move || {
        fs::create_dir_all(&folder)?;
        let unfinished = folder.join(format!(".{name}.part"));
        let mut file = File::create(&unfinished)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, folder.join(name))
    });
    written.await.map_err(io::Error::other)?
}
