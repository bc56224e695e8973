//! What a bundle says: every text ready to be read, in the language it is handed in in.
//!
//! Must not know: where it comes from. Tests: as the rest of the crate.

use std::path::PathBuf;

/// Everything that goes into a bundle.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The case's id.
    pub case: String,
    /// What stands on the cover.
    pub title: String,
    /// Facts on the cover: parties, order, amounts, when the bundle was made.
    pub cover: Vec<Fact>,
    /// Words of the pages that are not of the case.
    pub headings: Headings,
    /// Statements, time line, clauses, listing, logistics, in the order in which they are read.
    pub sections: Vec<Section>,
    /// The whole talk.
    pub talk: Vec<Said>,
    /// The pieces of evidence.
    pub pieces: Vec<Piece>,
    /// The last link of the case's chain of events, in hexadecimal: what the bundle is of.
    pub chain: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
}

/// Words of the pages.
#[derive(Debug, Clone)]
pub struct Headings {
    /// Index 目录.
    pub index: String,
    /// The talk.
    pub talk: String,
    /// The evidence.
    pub evidence: String,
    /// Where there is nothing.
    pub none: String,
    /// What a page is called, before its number.
    pub page: String,
    /// What the digest under a picture is called.
    pub digest: String,
    /// How to check that the bundle is untouched.
    pub proof: String,
}

/// A name and what it is.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What of it.
    pub name: String,
    /// What it is.
    pub value: String,
}

/// A part of the pages.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Its paragraphs.
    pub said: Vec<Said>,
}

/// Something that was said or happened.
#[derive(Debug, Clone)]
pub struct Said {
    /// When and who, or what it is about.
    pub head: String,
    /// In words.
    pub text: String,
}

/// A piece of evidence.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its name in the bundle, such as `evidence/01-photo.jpg`.
    pub name: String,
    /// What it shows, who handed it in, when.
    pub caption: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Whether it is a picture that can be shown on a page.
    pub is_picture: bool,
    /// Where its bytes lie.
    pub file: PathBuf,
}
