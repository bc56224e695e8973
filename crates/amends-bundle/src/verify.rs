//! Proves a bundle: nothing added, nothing missing, nothing changed since it was signed.
//!
//! An archive may come from anywhere: nothing of it is trusted before it was checked, nothing is unpacked,
//! and no file is read beyond the size on the list. Must not know: who made it. Tests: beside the code.

use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ED25519, UnparsedPublicKey};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::archive::{FORMAT, MANIFEST, Manifest, SIGNATURE, Signature, hex};

/// Most files in an archive.
const FILES_MAX: usize = 500;
/// Length of the record that ends an archive.
const END_BYTES: usize = 22;
/// Largest list, in bytes.
const LIST_BYTES_MAX: u64 = 4 * 1_024 * 1_024;

/// Why a bundle is not what it was.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Not an archive, or one that is cut off.
    #[error("this is no bundle, or its end is missing: {0}")]
    NoArchive(String),
    /// More files than a bundle has.
    #[error("{0} files are more than a bundle has")]
    TooMany(usize),
    /// A part of every bundle is not there, or does not read.
    #[error("{0} is missing or does not read")]
    Unreadable(&'static str),
    /// Of a later form.
    #[error("this bundle has form {0}; this program reads form 1")]
    Form(u32),
    /// The list is not the one that was signed.
    #[error("the list of files is not the one that was signed")]
    Unsigned,
    /// Signed by somebody else.
    #[error("signed with the key {found}, not with {expected}")]
    AnotherKey {
        /// The key it was signed with.
        found: String,
        /// The key that was named.
        expected: String,
    },
    /// More in the file than the archive itself tells of: two files of one name, something before, between or
    /// behind its files.
    #[error("there is something in it that the archive does not tell of: {0}")]
    Hidden(String),
    /// A file that is not on the list.
    #[error("{0} was added")]
    Added(String),
    /// A file of the list is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// A file is not what it was.
    #[error("{0} was changed")]
    Changed(String),
}

/// A bundle that is what it was when it was signed.
#[derive(Debug, PartialEq, Eq)]
pub struct Proved {
    /// The case's id.
    pub case: String,
    /// When it was made.
    pub made_at: String,
    /// The last link of the case's chain of events that it is of, in hexadecimal.
    pub chain: String,
    /// How many files it has.
    pub files: usize,
    /// The key it was signed with.
    pub key: String,
}

/// Proves a bundle; against a key, where one is named.
pub fn verify<R: Read + Seek>(mut from: R, key: Option<&str>) -> Result<Proved, Flaw> {
    let ends = ends_with_its_end(&mut from).map_err(|fault| Flaw::NoArchive(fault.to_string()))?;
    let mut zip = ZipArchive::new(from).map_err(|fault| Flaw::NoArchive(fault.to_string()))?;
    if zip.len() > FILES_MAX {
        return Err(Flaw::TooMany(zip.len()));
    }
    let list = part(&mut zip, MANIFEST)?;
    let signature: Signature = json(&part(&mut zip, SIGNATURE)?, SIGNATURE)?;
    signed(&list, &signature)?;
    if let Some(expected) = key.filter(|expected| *expected != signature.key) {
        return Err(Flaw::AnotherKey {
            found: signature.key,
            expected: expected.to_owned(),
        });
    }
    let manifest: Manifest = json(&list, MANIFEST)?;
    if manifest.format != FORMAT {
        return Err(Flaw::Form(manifest.format));
    }
    let listed: BTreeSet<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    let known = |name: &str| listed.contains(name) || name == MANIFEST || name == SIGNATURE;
    for name in zip.file_names() {
        let name = name.map_err(|fault| Flaw::NoArchive(fault.to_string()))?;
        if !known(&name) {
            return Err(Flaw::Added(name.into_owned()));
        }
    }
    for file in &manifest.files {
        let (bytes, sha256) = digest(&mut zip, &file.name, file.bytes)?;
        if bytes != file.bytes || sha256 != file.sha256 {
            return Err(Flaw::Changed(file.name.clone()));
        }
    }
    // Programs differ in which of two files of one name they show, and some read what no list tells of.
    let hidden = |what: &str| Flaw::Hidden(what.to_owned());
    zip.validate_header_consistency()
        .map_err(|fault| hidden(&fault.to_string()))?;
    if zip.offset() != 0 {
        return Err(hidden("bytes before the first file"));
    }
    if !ends {
        return Err(hidden("bytes behind the last file"));
    }
    Ok(Proved {
        case: manifest.case,
        made_at: manifest.made_at,
        chain: manifest.chain,
        files: manifest.files.len(),
        key: signature.key,
    })
}

/// Whether the last thing in the file is the archive's end record, without a comment.
fn ends_with_its_end<R: Read + Seek>(from: &mut R) -> std::io::Result<bool> {
    let mut end = [0; END_BYTES];
    from.seek(SeekFrom::End(-i64::try_from(END_BYTES).unwrap_or(i64::MAX)))?;
    from.read_exact(&mut end)?;
    from.rewind()?;
    Ok(end.starts_with(b"PK\x05\x06") && end.ends_with(&[0, 0]))
}

fn signed(list: &[u8], signature: &Signature) -> Result<(), Flaw> {
    let read = |text: &str| {
        URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| Flaw::Unreadable(SIGNATURE))
    };
    let key = UnparsedPublicKey::new(&ED25519, read(&signature.key)?);
    key.verify(list, &read(&signature.signature)?)
        .map_err(|_| Flaw::Unsigned)
}

/// A part of every bundle.
fn part<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &'static str) -> Result<Vec<u8>, Flaw> {
    let unreadable = || Flaw::Unreadable(name);
    let file = zip.by_name(name).map_err(|_| unreadable())?;
    let mut bytes = Vec::new();
    let read = file.take(LIST_BYTES_MAX).read_to_end(&mut bytes);
    read.map_err(|_| unreadable())?;
    Ok(bytes)
}

fn json<T: serde::de::DeserializeOwned>(bytes: &[u8], name: &'static str) -> Result<T, Flaw> {
    serde_json::from_slice(bytes).map_err(|_| Flaw::Unreadable(name))
}

/// Size and digest of a file, read up to one byte beyond what is expected.
fn digest<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str, expected: u64) -> Result<(u64, String), Flaw> {
    let file = zip.by_name(name).map_err(|_| Flaw::Missing(name.to_owned()))?;
    let mut file = file.take(expected.saturating_add(1));
    let mut digest = Sha256::new();
    let mut bytes = 0_u64;
    let mut buffer = vec![0; 64 * 1_024];
    loop {
        let read = file
            .read(&mut buffer)
            .map_err(|_| Flaw::Changed(name.to_owned()))?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
            break;
        };
        digest.update(part);
        bytes += u64::try_from(read).unwrap_or(u64::MAX);
    }
    Ok((bytes, hex(&digest.finalize())))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};
    use std::path::PathBuf;

    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;
    use crate::archive::{Signer, write};
    use crate::dossier::{Dossier, Fact, Headings, Piece, Said, Section};

    fn picture(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("amends-bundle-{}-{name}.png", std::process::id()));
        let picture = RgbImage::from_fn(1_400, 900, |x, y| {
            Rgb([u8::try_from(x % 251).unwrap(), u8::try_from(y % 241).unwrap(), 90])
        });
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(picture)
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        std::fs::write(&path, bytes.into_inner()).unwrap();
        path
    }

    fn dossier(name: &str) -> Dossier {
        let text = |text: &str| text.to_owned();
        let file = picture(name);
        let sha256 = hex(&Sha256::digest(std::fs::read(&file).unwrap()));
        Dossier {
            case: text("case_1"),
            title: text("售后纠纷举证材料"),
            cover: vec![Fact {
                name: text("售后单"),
                value: text("17"),
            }],
            headings: Headings {
                index: text("目录"),
                talk: text("沟通记录"),
                evidence: text("凭证"),
                none: text("无"),
                page: text("第"),
                digest: text("SHA-256"),
                proof: text("本文件可用 amends verify-bundle 核对是否被改动。"),
            },
            sections: vec![Section {
                title: text("我方陈述"),
                said: vec![Said {
                    head: text("2026-01-02 10:00 店铺"),
                    text: text("发货前检查记录显示吊牌完好。").repeat(40),
                }],
            }],
            talk: vec![Said {
                head: text("2026-01-01 09:00 买家"),
                text: text("用了一次就坏了"),
            }],
            pieces: vec![Piece {
                name: text("evidence/01-photo.png"),
                caption: text("实物照片"),
                sha256,
                is_picture: true,
                file,
            }],
            chain: text("c0ffee"),
            made_at: text("2026-01-02T10:00:00Z"),
        }
    }

    fn made(name: &str) -> Vec<u8> {
        let signer = Signer::new(&[7; 32]).unwrap();
        write(&dossier(name), &signer, Cursor::new(Vec::new()))
            .unwrap()
            .into_inner()
    }

    /// The same archive with each file as `change` leaves it; none is left out.
    fn again(bundle: &[u8], change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
        let mut from = ZipArchive::new(Cursor::new(bundle)).unwrap();
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..from.len() {
            let mut file = from.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            if let Some(bytes) = change(&name, bytes) {
                to.start_file(name, SimpleFileOptions::default()).unwrap();
                to.write_all(&bytes).unwrap();
            }
        }
        to.finish().unwrap().into_inner()
    }

    fn proved(bundle: &[u8]) -> Result<Proved, Flaw> {
        verify(Cursor::new(bundle), None)
    }

    #[test]
    fn a_bundle_that_nobody_touched_is_proved() {
        let bundle = made("whole");
        let proved = proved(&bundle).unwrap();
        let key = Signer::new(&[7; 32]).unwrap().key();
        assert_eq!(
            (proved.case.as_str(), proved.files, &proved.key),
            ("case_1", 3, &key)
        );
        assert!(verify(Cursor::new(&bundle), Some(&key)).is_ok());
        let other = Signer::new(&[8; 32]).unwrap().key();
        let flaw = verify(Cursor::new(&bundle), Some(&other));
        assert!(matches!(flaw, Err(Flaw::AnotherKey { .. })), "{flaw:?}");
        // It is signed with the same key every time, and the pages are the same.
        assert_eq!(made("whole"), bundle);
    }

    #[test]
    fn whatever_is_changed_added_or_missing_is_named() {
        let bundle = made("touched");
        let flipped = |name: &'static str| {
            again(&bundle, move |file, mut bytes| {
                if file == name {
                    let middle = bytes.len() / 2;
                    bytes[middle] ^= 1;
                }
                Some(bytes)
            })
        };
        for name in ["bundle.pdf", "talk.txt", "evidence/01-photo.png"] {
            assert_eq!(proved(&flipped(name)), Err(Flaw::Changed(name.to_owned())));
        }
        assert_eq!(proved(&flipped(MANIFEST)), Err(Flaw::Unsigned));
        assert!(proved(&flipped(SIGNATURE)).is_err());
        let without = again(&bundle, |name, bytes| (name != "talk.txt").then_some(bytes));
        assert_eq!(proved(&without), Err(Flaw::Missing("talk.txt".to_owned())));
        let mut more = ZipWriter::new_append(Cursor::new(bundle.clone())).unwrap();
        more.start_file("evidence/02-photo.png", SimpleFileOptions::default())
            .unwrap();
        more.write_all(b"another").unwrap();
        let more = more.finish().unwrap().into_inner();
        assert_eq!(
            proved(&more),
            Err(Flaw::Added("evidence/02-photo.png".to_owned()))
        );
        // One byte anywhere in the file itself, at a hundred places.
        for at in (0..bundle.len()).step_by(bundle.len() / 100) {
            let mut altered = bundle.clone();
            altered[at] ^= 0x10;
            let flaw = proved(&altered);
            // What only says when a file was put there, or how, changes nothing of what is in it.
            assert!(
                flaw.is_err() || same_contents(&altered, &bundle),
                "byte {at} changed and nothing said"
            );
        }
        assert!(matches!(proved(b"no archive"), Err(Flaw::NoArchive(_))));
        assert!(proved(&bundle[..bundle.len() / 2]).is_err());
    }

    /// What some program shows and this one would not have read.
    #[test]
    fn what_the_archive_does_not_tell_of_is_found() {
        let bundle = made("hidden");
        let before = [b"#!/bin/sh\n".as_slice(), &bundle].concat();
        let behind = [bundle.as_slice(), b"more"].concat();
        // A second file of the same name: its entry renamed in both places once it was written.
        let mut twice = ZipWriter::new_append(Cursor::new(bundle.clone())).unwrap();
        twice
            .start_file("bundle.pdg", SimpleFileOptions::default())
            .unwrap();
        twice.write_all(b"forged").unwrap();
        let mut twice = twice.finish().unwrap().into_inner();
        while let Some(at) = twice.windows(10).position(|part| part == b"bundle.pdg") {
            twice[at + 9] = b'f';
        }
        for (name, altered) in [("before", before), ("behind", behind), ("twice", twice)] {
            let flaw = proved(&altered);
            assert!(flaw.is_err(), "{name}: {flaw:?}");
        }
    }

    #[test]
    fn nothing_is_signed_that_is_not_what_was_handed_in() {
        let mut dossier = dossier("damaged");
        dossier.pieces[0].sha256 = "0".repeat(64);
        let signer = Signer::new(&[7; 32]).unwrap();
        let made = write(&dossier, &signer, Cursor::new(Vec::new()));
        assert!(matches!(made, Err(crate::archive::BundleFault::Damaged(_))));
    }

    fn same_contents(one: &[u8], other: &[u8]) -> bool {
        let read = |bytes: &[u8]| -> Option<Vec<(String, Vec<u8>)>> {
            let mut zip = ZipArchive::new(Cursor::new(bytes.to_vec())).ok()?;
            (0..zip.len())
                .map(|at| {
                    let mut file = zip.by_index(at).ok()?;
                    let name = file.name().ok()?.into_owned();
                    let mut bytes = Vec::new();
                    file.read_to_end(&mut bytes).ok()?;
                    Some((name, bytes))
                })
                .collect()
        };
        read(one).is_some() && read(one) == read(other)
    }

    /// A file that says it is small and unfolds without end.
    #[test]
    fn a_file_is_not_read_beyond_its_size_on_the_list() {
        let bundle = made("bomb");
        let bomb = again(&bundle, |name, bytes| {
            Some(if name == "talk.txt" {
                vec![0; 50_000_000]
            } else {
                bytes
            })
        });
        assert!(bomb.len() < bundle.len() + 200_000);
        assert_eq!(proved(&bomb), Err(Flaw::Changed("talk.txt".to_owned())));
    }
}
