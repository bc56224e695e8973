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
                say!(
                    "untouched: case {}, {} files, made {}\nsigned with {}",
                    proved.case,
                    proved.files,
                    proved.made_at,
                    proved.key
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
                say!("not what it was: {flaw}")?;
            }
            Ok(Ended::Finding)
        }
    }
}
