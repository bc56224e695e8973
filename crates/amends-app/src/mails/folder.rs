//! A folder that a mail server delivers into, one subfolder a shop, each a Maildir: what stands in `new`
//! is taken in and moved to `cur`, what is no mail to `failed`.
//!
//! First it is taken in, then it is moved: a crash in between finds the same mail again, and it is known.
//! Must not know: what becomes of a mail. Tests: `amends-api/tests/it/mail_folder.rs`.

use std::io;
use std::path::{Path, PathBuf};

use amends_domain::ids::{MailId, ShopId};
use tokio::fs;

use super::intake::take_in;
use super::{IntakeFault, MAIL_BYTES_MAX};
use crate::desk::Desk;
use crate::error::AppError;

/// Most mails of a shop in one run, so that one shop's flood does not hold up the others.
const RUN_MAX: usize = 50;
/// Most copies in `cur` that one run of tidying looks at.
const TIDY_MAX: usize = 10_000;

/// Where mails are delivered.
#[derive(Debug, Clone)]
pub struct MailInbox {
    root: PathBuf,
}

fn fault(fault: &io::Error) -> AppError {
    let reason = format!("the folder of mails: {fault}");
    AppError::Blobs { reason }
}

impl MailInbox {
    /// A folder with one subfolder for each shop, of its name or its id.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Takes in what waits, some of each shop; returns how many files were moved.
    pub async fn run(&self, desk: &Desk) -> Result<usize, AppError> {
        let mut moved = 0;
        for (shop, folder) in self.shops(desk).await? {
            for name in names(&folder.join("new"), RUN_MAX).await? {
                match take(desk, shop, &folder, &name).await {
                    Ok(true) => moved += 1,
                    Ok(false) => {}
                    // It stays, and is tried again; the others go on.
                    Err(fault) => tracing::warn!(%shop, name, %fault, "a mail could not be taken in"),
                }
            }
        }
        Ok(moved)
    }

    /// Removes copies in `cur` of mails that were erased, or put aside so long ago that they were forgotten;
    /// returns how many.
    pub async fn tidy(&self, desk: &Desk) -> Result<usize, AppError> {
        let mut removed = 0;
        for (shop, folder) in self.shops(desk).await? {
            for name in names(&folder.join("cur"), TIDY_MAX).await? {
                let id = name.strip_suffix(".eml").and_then(|id| id.parse::<MailId>().ok());
                let Some(id) = id else { continue };
                let row = desk.store.mail_by_id(shop, id).await?;
                if row.is_none_or(|row| row.erased_at.is_some()) {
                    let gone = fs::remove_file(folder.join("cur").join(&name)).await;
                    removed += usize::from(found(gone)?.is_some());
                }
            }
        }
        Ok(removed)
    }

    /// Shops that have a subfolder here.
    async fn shops(&self, desk: &Desk) -> Result<Vec<(ShopId, PathBuf)>, AppError> {
        let mut found = Vec::new();
        for shop in desk.store.shops_list().await? {
            let named = Path::new(&shop.name)
                .file_name()
                .is_some_and(|name| name == shop.name.as_str());
            let id = shop.id.to_string();
            let names = [Some(id.as_str()), Some(shop.name.as_str()).filter(|_| named)];
            for name in names.into_iter().flatten() {
                let folder = self.root.join(name);
                if fs::metadata(folder.join("new"))
                    .await
                    .is_ok_and(|new| new.is_dir())
                {
                    found.push((shop.id, folder));
                }
            }
        }
        Ok(found)
    }
}

/// Takes one file in and moves it; `false` when it is gone, for another node was faster.
async fn take(desk: &Desk, shop: ShopId, folder: &Path, name: &str) -> Result<bool, AppError> {
    let from = folder.join("new").join(name);
    let Some(about) = found(fs::symlink_metadata(&from).await)? else {
        return Ok(false);
    };
    let large = usize::try_from(about.len()).unwrap_or(usize::MAX) > MAIL_BYTES_MAX;
    let taken = if !about.is_file() {
        Err(IntakeFault::Unreadable.into())
    } else if large {
        let limit_bytes = MAIL_BYTES_MAX;
        Err(IntakeFault::TooLarge { limit_bytes }.into())
    } else {
        let Some(raw) = found(fs::read(&from).await)? else {
            return Ok(false);
        };
        take_in(desk, shop, &raw).await
    };
    let to = match taken {
        Ok(view) => folder.join("cur").join(format!("{}.eml", view.row.id)),
        Err(AppError::Mail(reason)) => {
            tracing::warn!(%shop, name, %reason, "a mail cannot be read and was moved to failed");
            folder.join("failed").join(name)
        }
        Err(fault) => return Err(fault),
    };
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)
            .await
            .map_err(|reason| fault(&reason))?;
    }
    Ok(found(fs::rename(&from, &to).await)?.is_some())
}

/// What is not there is no fault: another node reads the same folder.
fn found<T>(result: io::Result<T>) -> Result<Option<T>, AppError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(other) => Err(fault(&other)),
    }
}

/// Files of a folder by name, at most so many; what is still being written begins with a dot.
async fn names(folder: &Path, at_most: usize) -> Result<Vec<String>, AppError> {
    let Some(mut entries) = found(fs::read_dir(folder).await)? else {
        return Ok(Vec::new());
    };
    let mut names = Vec::new();
    while names.len() < at_most
        && let Some(entry) = entries.next_entry().await.map_err(|reason| fault(&reason))?
    {
        let name = entry.file_name().into_string().ok();
        names.extend(name.filter(|name| !name.starts_with('.')));
    }
    names.sort();
    Ok(names)
}
