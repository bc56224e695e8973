//! A file somebody hands in: bounded, decoded, its form known. Beside it the faults found in files
//! and the texts of their cells.
//!
//! Must not know: orders. Tests: beside the code.

pub mod cells;
pub(crate) mod entries;
pub mod faults;
pub(crate) mod rows;

use std::io::{self, Read};

use encoding_rs::GB18030;

use faults::{Faults, Place, Wrong};

/// Largest file, in bytes.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// How a file is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON value.
    Json,
    /// One JSON value a line.
    Jsonl,
    /// A row of headers, then rows of cells.
    Csv,
}

impl Form {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Jsonl => "JSONL",
            Self::Csv => "CSV",
        }
    }
}

/// A file's text, without a byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    /// The text.
    pub text: String,
    /// Its form.
    pub form: Form,
}

/// Why a file did not read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The disk, or what stands for it.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// What is in it.
    #[error("{0}")]
    Faults(Faults),
}

impl FileText {
    /// Reads no more than [`FILE_BYTES_MAX`]. The name's ending tells the form; where it does not,
    /// and between JSON and JSONL, the content does. CSV may be UTF-8 or GB18030 (GBK with it).
    pub fn read(source: impl Read, name: &str) -> Result<Self, FileError> {
        let mut bytes = Vec::new();
        source.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_BYTES_MAX {
            return Err(FileError::Faults(Faults::one(Place::File, "", Wrong::TooLarge)));
        }
        let form = form(&bytes, name);
        let text = decode(bytes, form).map_err(FileError::Faults)?;
        Ok(Self { text, form })
    }
}

fn form(bytes: &[u8], name: &str) -> Form {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes).trim_ascii_start();
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("csv" | "tsv" | "txt") => return Form::Csv,
        Some("jsonl" | "ndjson") => return Form::Jsonl,
        _ => {}
    }
    let first_line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let more = bytes.len() > first_line.len() + 1;
    let whole = |line| serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    match bytes.first() {
        Some(b'{') if more && whole(first_line) => Form::Jsonl,
        Some(b'{' | b'[') => Form::Json,
        _ if ending.as_deref() == Some("json") => Form::Json,
        _ => Form::Csv,
    }
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

fn decode(mut bytes: Vec<u8>, form: Form) -> Result<String, Faults> {
    let fault = |place, wrong| Err(Faults::one(place, "", wrong));
    // A zip archive and the container of Excel before 2007.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return fault(Place::File, Wrong::Workbook);
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return fault(Place::File, Wrong::Utf16);
    }
    if bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
    }
    let broken = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(broken) => broken,
    };
    let upto = broken.utf8_error().valid_up_to();
    let bytes = broken.into_bytes();
    let good = bytes.get(..upto).unwrap_or_default();
    // The last of the pieces between line ends is the broken line.
    let line = good.split(|byte| *byte == b'\n').count();
    // Chinese read well so far is UTF-8 with a broken place. Read as GB18030, all of it would turn
    // into other characters, and nobody would be told.
    let was_utf8 = std::str::from_utf8(good).is_ok_and(|text| {
        text.chars()
            .any(|letter| ('\u{4E00}'..='\u{9FFF}').contains(&letter))
    });
    if form == Form::Csv
        && !was_utf8
        && let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        return Ok(text.into_owned());
    }
    fault(Place::line(line), Wrong::NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], name: &str, expected: Result<(Form, &str), &str>) {
        let told = match FileText::read(bytes, name) {
            Ok(file) => Ok((file.form, file.text)),
            Err(FileError::Faults(faults)) => Err(faults.first[0].to_string()),
            Err(FileError::Io(fault)) => Err(fault.to_string()),
        };
        match (&told, expected) {
            (Ok((form, text)), Ok(expected)) => assert_eq!((*form, text.as_str()), expected),
            (Err(told), Err(expected)) => assert!(told.contains(expected), "{told}"),
            _ => panic!("{name}: {told:?}"),
        }
    }

    #[test]
    fn a_file_is_told_by_its_ending_and_its_content() {
        check(b"a,b\n1,2", "x.CSV", Ok((Form::Csv, "a,b\n1,2")));
        check(b"a,b", "x", Ok((Form::Csv, "a,b")));
        check(b"\xEF\xBB\xBF{\"a\":1}", "x.json", Ok((Form::Json, "{\"a\":1}")));
        check(b"{\"a\":1}\n{}", "x.json", Ok((Form::Jsonl, "{\"a\":1}\n{}")));
        check(b"{\n\"a\":1}", "x", Ok((Form::Json, "{\n\"a\":1}")));
        check(b"[]", "x", Ok((Form::Json, "[]")));
        check(b"oops", "x.json", Ok((Form::Json, "oops")));
        check(b"oops", "x.jsonl", Ok((Form::Jsonl, "oops")));
    }

    #[test]
    fn chinese_comes_in_two_encodings_and_nothing_is_guessed_away() {
        let (gbk, _, _) = GB18030.encode("订单编号,数量\n𠮷,1");
        check(&gbk, "x.csv", Ok((Form::Csv, "订单编号,数量\n𠮷,1")));
        check(&gbk, "x.jsonl", Err("line 1: is not UTF-8"));
        let mut cut = "订单编号\n数量".as_bytes().to_vec();
        cut.pop();
        check(&cut, "x.csv", Err("line 2: is not UTF-8"));
        check(b"\xFF\xFEa\0", "x.csv", Err("UTF-16"));
        check(b"PK\x03\x04...", "x.csv", Err("Excel workbook"));
    }

    #[test]
    fn a_file_without_end_is_given_up() {
        let told = FileText::read(io::repeat(b'a'), "x.csv").unwrap_err();
        assert!(told.to_string().contains("more than 64 MiB"), "{told}");
    }
}
