//! The evidence bundle 举证包 (DSP-5): one file to hand in, with pages to read and everything they rest on,
//! signed, so that whoever has it can see that nothing was changed.
//!
//! Must not know: cases, databases, languages; it is given what to say. Tests: beside the code.

mod archive;
mod dossier;
mod pages;
mod picture;
mod sheet;
mod verify;

pub use archive::{BundleFault, Signer, write};
pub use dossier::{Dossier, Fact, Headings, Piece, Said, Section};
pub use picture::{Small, read_small};
pub use verify::{Flaw, Proved, verify};
