//! The archive: the document, the talk, every original, a list of all of it with digests, and a signature
//! under the list.
//!
//! Must not know: how a case is read. Tests: `verify.rs`, beside the code.

use std::fs::File;
use std::io::{Read, Seek, Write};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::dossier::Dossier;
use crate::pages;
use crate::sheet::SheetFault;

/// The one version of the archive's form.
pub(crate) const FORMAT: u32 = 1;
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const SIGNATURE: &str = "signature.json";
const DOCUMENT: &str = "bundle.pdf";
const TALK: &str = "talk.txt";

/// Why a bundle could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BundleFault {
    /// A file could not be read or written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The archive could not be written.
    #[error("{0}")]
    Archive(#[from] zip::result::ZipError),
    /// The pages could not be written.
    #[error("{0}")]
    Pages(#[from] SheetFault),
    /// A file is not what it was when it was handed in.
    #[error("the bytes of {0} are not those that were handed in")]
    Damaged(String),
    /// A key is no key.
    #[error("the signing key does not read")]
    Key,
    /// A list could not be written.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

/// Who signs.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// A signer of 32 secret bytes.
    pub fn new(seed: &[u8]) -> Result<Self, BundleFault> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| BundleFault::Key)?;
        Ok(Self(pair))
    }

    /// The public key by which its bundles are checked, as text.
    pub fn key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref())
    }

    fn sign(&self, bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(self.0.sign(bytes).as_ref())
    }
}

/// Everything in an archive but this list and its signature.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    pub(crate) case: String,
    pub(crate) made_at: String,
    /// The last link of the case's chain, in hexadecimal.
    pub(crate) chain: String,
    pub(crate) files: Vec<Entry>,
}

/// A file of an archive.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) caption: String,
}

/// A signature with the key it is checked by.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Signature {
    pub(crate) key: String,
    pub(crate) signature: String,
}

/// Writes a bundle. Originals are copied in parts, so that their size takes no memory.
pub fn write<W: Write + Seek>(dossier: &Dossier, signer: &Signer, to: W) -> Result<W, BundleFault> {
    let mut archive = Archive {
        zip: ZipWriter::new(to),
        files: Vec::new(),
    };
    let document = pages::document(dossier)?;
    archive.add(DOCUMENT, "", CompressionMethod::Stored, &mut document.as_slice())?;
    drop(document);
    let mut talk = String::new();
    for said in &dossier.talk {
        talk.extend([said.head.as_str(), "\n", said.text.as_str(), "\n\n"]);
    }
    archive.add(TALK, "", CompressionMethod::Deflated, &mut talk.as_bytes())?;
    for piece in &dossier.pieces {
        let mut file = File::open(&piece.file)?;
        archive.add(&piece.name, &piece.caption, CompressionMethod::Stored, &mut file)?;
        // Nothing is signed as handed in that was changed meanwhile.
        if archive
            .files
            .last()
            .is_none_or(|entry| entry.sha256 != piece.sha256)
        {
            return Err(BundleFault::Damaged(piece.name.clone()));
        }
    }
    let manifest = Manifest {
        format: FORMAT,
        case: dossier.case.clone(),
        made_at: dossier.made_at.clone(),
        chain: dossier.chain.clone(),
        files: std::mem::take(&mut archive.files),
    };
    let manifest = serde_json::to_vec_pretty(&manifest)?;
    let signature = Signature {
        key: signer.key(),
        signature: signer.sign(&manifest),
    };
    archive.put(MANIFEST, &manifest)?;
    archive.put(SIGNATURE, &serde_json::to_vec_pretty(&signature)?)?;
    Ok(archive.zip.finish()?)
}

struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    files: Vec<Entry>,
}

impl<W: Write + Seek> Archive<W> {
    /// Adds a file and puts it on the list.
    fn add(
        &mut self,
        name: &str,
        caption: &str,
        method: CompressionMethod,
        from: &mut impl Read,
    ) -> Result<(), BundleFault> {
        let options = SimpleFileOptions::default().compression_method(method);
        self.zip.start_file(name, options)?;
        let mut digest = Sha256::new();
        let mut bytes = 0;
        let mut buffer = vec![0; 64 * 1_024];
        loop {
            let read = from.read(&mut buffer)?;
            let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
                break;
            };
            digest.update(part);
            self.zip.write_all(part)?;
            bytes += u64::try_from(read).unwrap_or(u64::MAX);
        }
        self.files.push(Entry {
            name: name.to_owned(),
            bytes,
            sha256: hex(&digest.finalize()),
            caption: caption.to_owned(),
        });
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleFault> {
        self.zip.start_file(name, SimpleFileOptions::default())?;
        self.zip.write_all(bytes)?;
        Ok(())
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
