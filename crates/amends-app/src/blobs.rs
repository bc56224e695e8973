//! The blob store: bytes of evidence in a folder, each under its shop and its digest
//! (`shop/aa/sha256`), so that the same content lies there once.
//!
//! What is being written stands apart under a name of its own, reaches the disk, and is then renamed:
//! under a digest there is all of it or nothing.
//! Must not know: what bytes mean, who may see them. Tests: beside the code,
//! `amends-api/tests/it/evidence.rs`.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use amends_domain::digest::Digest;
use amends_domain::ids::ShopId;
use amends_domain::time::Moment;
use amends_store::StoreError;
use sha2::{Digest as _, Sha256};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt as _;

use crate::error::AppError;

/// Where unfinished and condemned files stand; no shop has this name.
const UNFINISHED: &str = "unfinished";

/// A folder of blobs. Nodes that share a database must share it, too.
#[derive(Debug, Clone)]
pub struct Blobs {
    root: PathBuf,
}

/// A blob in the making; dropped before [`Blobs::keep`], nothing of it stays.
#[derive(Debug)]
pub struct Writing {
    file: File,
    path: PathBuf,
    hasher: Sha256,
    bytes: u64,
}

/// A blob that was taken away from under its digest, and can still be put back.
#[derive(Debug)]
pub struct Condemned {
    aside: PathBuf,
    place: PathBuf,
}

/// A full disk is told apart: somebody must free space.
#[expect(clippy::needless_pass_by_value, reason = "it takes what `map_err` hands over")]
fn fault(fault: io::Error) -> AppError {
    let reason = fault.to_string();
    match fault.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full { reason }.into(),
        _ => AppError::Blobs { reason },
    }
}

impl Blobs {
    /// The folder is made with the first blob.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// A folder for files in the making; what is forgotten there is swept.
    pub async fn scratch(&self) -> Result<PathBuf, AppError> {
        let folder = self.root.join(UNFINISHED);
        fs::create_dir_all(&folder).await.map_err(fault)?;
        Ok(folder)
    }

    /// Where a blob lies.
    pub(crate) fn place(&self, shop: ShopId, digest: Digest) -> PathBuf {
        let name = digest.to_string();
        let first = name.get(..2).unwrap_or_default().to_owned();
        self.root.join(shop.to_string()).join(first).join(name)
    }

    fn aside(&self, name: &str) -> PathBuf {
        self.root.join(UNFINISHED).join(name)
    }

    /// Begins a blob under a name that nobody else has.
    pub async fn begin(&self, name: &str) -> Result<Writing, AppError> {
        let path = self.aside(name);
        fs::create_dir_all(self.root.join(UNFINISHED))
            .await
            .map_err(fault)?;
        let file = File::options().write(true).create_new(true).open(&path).await;
        Ok(Writing {
            file: file.map_err(fault)?,
            path,
            hasher: Sha256::new(),
            bytes: 0,
        })
    }

    /// Makes a blob last and gives it its place; returns its SHA-256 and its size. What lay there is
    /// the same, and is replaced: a fresh file is not taken for an orphan.
    pub async fn keep(&self, shop: ShopId, mut writing: Writing) -> Result<(Digest, u64), AppError> {
        writing.file.flush().await.map_err(fault)?;
        writing.file.sync_all().await.map_err(fault)?;
        let bytes: [u8; 32] = writing.hasher.clone().finalize().into();
        let digest = Digest::from(bytes);
        let place = self.place(shop, digest);
        let folder = place.parent().unwrap_or(&self.root).to_owned();
        fs::create_dir_all(&folder).await.map_err(fault)?;
        fs::rename(&writing.path, &place).await.map_err(fault)?;
        // A name lasts when its folder reached the disk; and so on upwards, where folders are new.
        for folder in folder.ancestors().take(3) {
            sync_folder(folder).await.map_err(fault)?;
        }
        Ok((digest, writing.bytes))
    }

    /// Opens a blob for reading; none when it is not there.
    pub async fn open(&self, shop: ShopId, digest: Digest) -> Result<Option<File>, AppError> {
        found(File::open(self.place(shop, digest)).await)
    }

    /// Shops that have blobs.
    pub async fn shops(&self) -> Result<Vec<ShopId>, AppError> {
        let names = names(&self.root).await?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }

    /// Blobs of a shop that were written before `before`.
    pub async fn written_before(&self, shop: ShopId, before: Moment) -> Result<Vec<Digest>, AppError> {
        let home = self.root.join(shop.to_string());
        let mut old = Vec::new();
        for first in names(&home).await? {
            for name in names(&home.join(&first)).await? {
                if let Ok(digest) = name.parse::<Digest>()
                    && is_older(&self.place(shop, digest), before).await?
                {
                    old.push(digest);
                }
            }
        }
        Ok(old)
    }

    /// Takes a blob aside under a name that nobody else has. None when it is not there, or when
    /// somebody wrote it anew since `before`: then it is where it was.
    pub async fn condemn(
        &self,
        shop: ShopId,
        digest: Digest,
        before: Moment,
        name: &str,
    ) -> Result<Option<Condemned>, AppError> {
        let condemned = Condemned {
            aside: self.aside(name),
            place: self.place(shop, digest),
        };
        fs::create_dir_all(self.root.join(UNFINISHED))
            .await
            .map_err(fault)?;
        if found(fs::rename(&condemned.place, &condemned.aside).await)?.is_none() {
            return Ok(None);
        }
        if is_older(&condemned.aside, before).await? {
            Ok(Some(condemned))
        } else {
            condemned.spare().await?;
            Ok(None)
        }
    }

    /// Removes what was begun before `before` and never finished; returns how many files.
    pub async fn forget_unfinished(&self, before: Moment) -> Result<u64, AppError> {
        let mut removed = 0;
        for name in names(&self.root.join(UNFINISHED)).await? {
            let path = self.aside(&name);
            if is_older(&path, before).await? {
                removed += u64::from(found(fs::remove_file(&path).await)?.is_some());
            }
        }
        Ok(removed)
    }
}

impl Writing {
    /// How many bytes were written.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Adds bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), AppError> {
        self.file.write_all(bytes).await.map_err(fault)?;
        self.hasher.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // Kept ones are no longer there. What cannot be removed now is swept later.
        std::fs::remove_file(&self.path).ok();
    }
}

impl Condemned {
    /// Puts it back.
    pub async fn spare(self) -> Result<(), AppError> {
        fs::rename(&self.aside, &self.place).await.map_err(fault)
    }

    /// Removes it for good.
    pub async fn remove(self) -> Result<(), AppError> {
        found(fs::remove_file(&self.aside).await).map(drop)
    }
}

/// What is not there is no fault: another node sweeps the same folder.
fn found<T>(result: io::Result<T>) -> Result<Option<T>, AppError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(other) => Err(fault(other)),
    }
}

async fn names(folder: &Path) -> Result<Vec<String>, AppError> {
    let Some(mut entries) = found(fs::read_dir(folder).await)? else {
        return Ok(Vec::new());
    };
    let mut names = Vec::new();
    while let Some(entry) = entries.next_entry().await.map_err(fault)? {
        names.extend(entry.file_name().into_string());
    }
    Ok(names)
}

async fn is_older(path: &Path, before: Moment) -> Result<bool, AppError> {
    let Some(metadata) = found(fs::metadata(path).await)? else {
        return Ok(false);
    };
    let millis = u64::try_from(before.millis()).unwrap_or_default();
    let before = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
    Ok(metadata.modified().map_err(fault)? < before)
}

async fn sync_folder(folder: &Path) -> io::Result<()> {
    // Only where a folder can be opened like a file.
    if cfg!(unix) {
        File::open(folder).await?.sync_all().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::wall_now;
    use crate::random::Random;

    const DAY_MS: i64 = 86_400_000;

    async fn kept(blobs: &Blobs, shop: ShopId, name: &str, content: &[u8]) -> Digest {
        let mut writing = blobs.begin(name).await.unwrap();
        for part in content.chunks(2) {
            writing.write(part).await.unwrap();
        }
        blobs.keep(shop, writing).await.unwrap().0
    }

    #[tokio::test]
    async fn a_blob_is_there_whole_or_not_at_all_and_goes_only_when_it_is_old() {
        let root = std::env::temp_dir().join(format!("amends-blobs-{}", std::process::id()));
        let blobs = Blobs::at(&root);
        let shop: ShopId = Random::seeded(1).id(Moment::from_millis(0));
        let mut dropped = blobs.begin("a").await.unwrap();
        dropped.write(b"abc").await.unwrap();
        drop(dropped);
        let digest = kept(&blobs, shop, "b", b"abc").await;
        assert_eq!(digest, kept(&blobs, shop, "c", b"abc").await);
        assert_eq!(
            digest.to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(names(&root.join(UNFINISHED)).await.unwrap(), Vec::<String>::new());
        let (past, future) = (wall_now().plus_millis(-DAY_MS), wall_now().plus_millis(DAY_MS));
        assert_eq!(blobs.shops().await.unwrap(), [shop]);
        assert_eq!(blobs.written_before(shop, past).await.unwrap(), []);
        assert_eq!(blobs.written_before(shop, future).await.unwrap(), [digest]);
        assert!(blobs.condemn(shop, digest, past, "d").await.unwrap().is_none());
        let condemned = blobs.condemn(shop, digest, future, "d").await.unwrap().unwrap();
        assert!(blobs.open(shop, digest).await.unwrap().is_none());
        condemned.spare().await.unwrap();
        assert!(blobs.open(shop, digest).await.unwrap().is_some());
        let condemned = blobs.condemn(shop, digest, future, "d").await.unwrap().unwrap();
        condemned.remove().await.unwrap();
        assert!(blobs.open(shop, digest).await.unwrap().is_none());
        std::mem::forget(blobs.begin("crashed").await.unwrap());
        assert_eq!(blobs.forget_unfinished(past).await.unwrap(), 0);
        assert_eq!(blobs.forget_unfinished(future).await.unwrap(), 1);
        std::fs::remove_dir_all(&root).ok();
    }
}
