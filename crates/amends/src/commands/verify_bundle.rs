//! `amends verify-bundle FILE`: proves that an evidence bundle is what it was when it was made. It needs no
//! database and no key of ours.
//!
//! Must not know: how it is proved. Tests: `tests/it/cli.rs`.

use std::fs::File;
use std::path::Path;

use amends_app::bundle::bundle_verify;
use anyhow::Context as _;

use crate::Ended;
use crate::cli::Place;
use crate::out::say;

pub(super) fn verify_bundle(place: &Place, path: &Path, key: Option<&str>) -> anyhow::Result<Ended> {
    let file = File::open(path).with_context(|| format!("{} can't be opened", path.display()))?;
    match bundle_verify(file, key) {
        Ok(proved) => {
            if place.json {
                say!(
                    "{}",
                    serde_json::json!({
                        "untouched": true, "case": proved.case, "made_at": proved.made_at,
                        "files": proved.files, "key": proved.key,
                    })
                )?;
            } else {
                let signer = if key.is_some() {
                    "the key that was named"
                } else {
                    "whose it is was not checked: name the shop's with --key"
                };
                say!(
                    "untouched: case {}, {} files, made {}\nsigned with {} ({signer})",
                    plain(&proved.case),
                    proved.files,
                    plain(&proved.made_at),
                    plain(&proved.key)
                )?;
            }
            Ok(Ended::Good)
        }
        Err(flaw) => {
            if place.json {
                say!(
                    "{}",
                    serde_json::json!({ "untouched": false, "flaw": flaw.to_string() })
                )?;
            } else {
                say!("not what it was: {}", plain(&flaw.to_string()))?;
            }
            Ok(Ended::Finding)
        }
    }
}

/// Words of a file that may come from anywhere: nothing in them moves on a terminal.
fn plain(text: &str) -> String {
    text.chars().flat_map(char::escape_debug).collect()
}
