//! The document of a bundle: cover, index, what happened, clauses, talk, pictures with their digests.
//!
//! A picture is shown scaled down; its original lies in the archive beside. Must not know: cases.
//! Tests: beside the code.

use std::fs::File;
use std::io::Read;
use std::thread;

use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use krilla::image::Image;

use crate::dossier::{Dossier, Fact, Piece, Said};
use crate::picture::read_small;
use crate::sheet::{Sheet, SheetFault, Style};

/// Longest side of a picture on a page, in pixels.
const SHOWN_SIDE: u32 = 1_000;
/// Quality of a picture on a page, of 100.
const SHOWN_QUALITY: u8 = 80;
/// Largest picture that is shown, in bytes.
const PICTURE_BYTES_MAX: u64 = 32 * 1_024 * 1_024;

/// The document's bytes.
pub(crate) fn document(dossier: &Dossier) -> Result<Vec<u8>, SheetFault> {
    let shown = pictures(&dossier.pieces);
    // What stands on which page is known once it was laid out; the index is as long with any numbers.
    let (_, numbers) = laid_out(dossier, &shown, &[])?;
    let (sheet, _) = laid_out(dossier, &shown, &numbers)?;
    sheet.finish(&dossier.headings.page)
}

/// The pages, and on which of them each part begins.
fn laid_out(
    dossier: &Dossier,
    shown: &[Option<Vec<u8>>],
    numbers: &[usize],
) -> Result<(Sheet, Vec<usize>), SheetFault> {
    let words = &dossier.headings;
    let mut sheet = Sheet::new()?;
    let mut begins = Vec::new();
    sheet.gap(60.0);
    sheet.text(Style::TITLE, &dossier.title);
    sheet.gap(20.0);
    for Fact { name, value } in &dossier.cover {
        sheet.text(Style::BODY, &format!("{name}：{value}"));
    }
    sheet.gap(16.0);
    sheet.text(Style::SMALL, &words.proof);
    sheet.heading(&words.index);
    let sections = dossier.sections.iter().map(|section| section.title.as_str());
    let parts: Vec<&str> = sections
        .chain([words.talk.as_str(), words.evidence.as_str()])
        .collect();
    for (at, part) in parts.iter().enumerate() {
        let page = numbers.get(at).copied().unwrap_or_default();
        sheet.text(Style::BODY, &format!("{}. {part} …… {page}", at + 1));
    }
    sheet.next_page();
    for section in &dossier.sections {
        sheet.heading(&section.title);
        begins.push(sheet.page());
        said(&mut sheet, &section.said, &words.none);
    }
    sheet.heading(&words.talk);
    begins.push(sheet.page());
    said(&mut sheet, &dossier.talk, &words.none);
    sheet.heading(&words.evidence);
    begins.push(sheet.page());
    if dossier.pieces.is_empty() {
        sheet.text(Style::BODY, &words.none);
    }
    for (piece, shown) in dossier.pieces.iter().zip(shown) {
        sheet.gap(8.0);
        if let Some(bytes) = shown
            && let Ok(image) = Image::from_jpeg(bytes.clone().into(), true)
        {
            sheet.picture(image);
        }
        sheet.text(Style::BODY, &piece.caption);
        sheet.text(
            Style::SMALL,
            &format!("{} · {} {}", piece.name, words.digest, piece.sha256),
        );
    }
    Ok((sheet, begins))
}

fn said(sheet: &mut Sheet, all: &[Said], none: &str) {
    if all.is_empty() {
        sheet.text(Style::BODY, none);
    }
    for Said { head, text } in all {
        if !head.is_empty() {
            sheet.text(Style::SMALL, head);
        }
        if !text.is_empty() {
            sheet.text(Style::BODY, text);
        }
        sheet.gap(5.0);
    }
}

/// Each picture as it is shown; none for what is no picture, or can't be read. On as many threads as there
/// are processors: one picture takes as long as all the pages.
fn pictures(pieces: &[Piece]) -> Vec<Option<Vec<u8>>> {
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let each = pieces.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = pieces
            .chunks(each)
            .map(|chunk| scope.spawn(|| chunk.iter().map(shown).collect::<Vec<_>>()))
            .collect();
        let mut all = Vec::with_capacity(pieces.len());
        for (part, chunk) in parts.into_iter().zip(pieces.chunks(each)) {
            all.extend(part.join().unwrap_or_else(|_| vec![None; chunk.len()]));
        }
        all
    })
}

fn shown(piece: &Piece) -> Option<Vec<u8>> {
    if !piece.is_picture {
        return None;
    }
    let file = File::open(&piece.file).ok()?;
    let mut bytes = Vec::new();
    file.take(PICTURE_BYTES_MAX).read_to_end(&mut bytes).ok()?;
    let small = read_small(&bytes, SHOWN_SIDE)?.picture;
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, SHOWN_QUALITY);
    DynamicImage::ImageRgb8(small.into_rgb8())
        .write_with_encoder(encoder)
        .ok()?;
    Some(jpeg)
}
