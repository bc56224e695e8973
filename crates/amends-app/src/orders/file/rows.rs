//! The rows of a CSV under its headers: separated by commas, tabs or semicolons, quoted or not.
//!
//! Must not know: what columns mean. Tests: beside the code and in `amends/tests/it/imports.rs`.

use std::collections::BTreeSet;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::cells::bare;
use super::faults::{Faults, Place, Wrong};

/// A CSV that is being read.
pub(crate) struct Sheet<'a> {
    reader: Reader<&'a [u8]>,
    headers: Vec<String>,
    record: StringRecord,
    text: &'a [u8],
    /// How far lines are counted, in bytes, and how many ended there.
    counted: (usize, u64),
}

/// One row, as wide as the header.
pub(crate) struct Row<'a> {
    record: &'a StringRecord,
    /// Its first line.
    pub(crate) line: u64,
}

impl Row<'_> {
    /// The first of these cells with a text in it, and the position it stands at.
    pub(crate) fn first(&self, at: &[usize]) -> Option<(usize, &str)> {
        let cell = |at: &usize| Some((*at, bare(self.record.get(*at)?)));
        at.iter().filter_map(cell).find(|(_, cell)| !cell.is_empty())
    }
}

/// A header as it is compared: without case, spaces and the unit some exports append.
pub(crate) fn compared(header: &str) -> String {
    let header = bare(header);
    let unit = ["(元)", "（元）"]
        .iter()
        .find_map(|unit| header.strip_suffix(unit));
    unit.unwrap_or(header).trim().to_lowercase()
}

impl<'a> Sheet<'a> {
    /// Reads the headers. Without them, or when one stands twice, there is nothing to go by.
    pub(crate) fn open(text: &'a str, faults: &mut Faults) -> Option<Self> {
        let first = text.lines().next().unwrap_or_default();
        let count = |between: &u8| first.bytes().filter(|byte| byte == between).count();
        // Of equal ones the last is taken: the comma, in a header of one column too.
        let delimiter = [b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',');
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(text.as_bytes());
        let headers = match reader.headers() {
            Ok(headers) => headers.iter().map(|text| bare(text).to_owned()).collect(),
            Err(fault) => {
                faults.add(Place::Line(1), "", Wrong::NotCsv(fault.to_string()));
                return None;
            }
        };
        let sheet = Self {
            reader,
            headers,
            record: StringRecord::new(),
            text: text.as_bytes(),
            counted: (0, 0),
        };
        let mut seen = BTreeSet::new();
        for header in sheet.headers.iter().filter(|header| !header.is_empty()) {
            if !seen.insert(compared(header)) {
                faults.add(Place::Line(1), header, Wrong::ColumnTwice);
            }
        }
        faults.is_empty().then_some(sheet)
    }

    /// The headers as written.
    pub(crate) fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Positions of these headers, in their order, as far as they are there.
    pub(crate) fn positions(&self, names: &[impl AsRef<str>]) -> Vec<usize> {
        let position = |name: &str| {
            let name = compared(name);
            self.headers.iter().position(|header| compared(header) == name)
        };
        names.iter().filter_map(|name| position(name.as_ref())).collect()
    }

    /// The next row. Empty rows are passed over, and those of another width than the header counted
    /// as faults.
    pub(crate) fn next(&mut self, faults: &mut Faults) -> Option<Row<'_>> {
        loop {
            match self.reader.read_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(fault) => {
                    faults.add(Place::File, "", Wrong::NotCsv(fault.to_string()));
                    return None;
                }
            }
            if self.record.iter().all(|cell| bare(cell).is_empty()) {
                continue;
            }
            let line = self.line();
            let (cells, headers) = (self.record.len(), self.headers.len());
            if cells != headers {
                faults.add(Place::Line(line), "", Wrong::Width { cells, headers });
                continue;
            }
            let record = &self.record;
            return Some(Row { record, line });
        }
    }

    /// The line the current record begins on. The reader's own count stands before the line ends and
    /// empty lines that it passes over first.
    fn line(&mut self) -> u64 {
        let from = self.record.position().map_or(0, csv::Position::byte);
        let from = usize::try_from(from).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text[from..].iter().take_while(|byte| b"\r\n".contains(byte));
        let from = from + passed.count();
        let (upto, lines) = self.counted;
        let more = self.text[upto.min(from)..from]
            .iter()
            .filter(|byte| **byte == b'\n');
        let lines = lines + u64::try_from(more.count()).unwrap_or(u64::MAX);
        self.counted = (from, lines);
        lines + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(u64, String)>, Vec<String>) {
        let mut faults = Faults::default();
        let mut rows = Vec::new();
        if let Some(mut sheet) = Sheet::open(text, &mut faults) {
            let at = sheet.positions(&["b", "A"]);
            while let Some(row) = sheet.next(&mut faults) {
                let (_, cell) = row.first(&at).unwrap();
                rows.push((row.line, cell.to_owned()));
            }
        }
        (rows, faults.first.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn rows_keep_their_lines_whatever_stands_in_them() {
        let row = |line, cell: &str| (line, cell.to_owned());
        let (rows, faults) = read("a,B(元)\r\n1,\"x\ny\"\r\n\r\n,\n2,\n");
        assert_eq!((rows, faults), (vec![row(2, "x\ny"), row(6, "2")], vec![]));
        assert_eq!(read("a\tb\n1\t2").0, [row(2, "2")]);
        assert_eq!(read("a;b\n1;2").0, [row(2, "2")]);
        assert_eq!(read("a\n1").0, [row(2, "1")]);
    }

    #[test]
    fn a_row_too_wide_and_a_header_twice_are_told() {
        let (rows, faults) = read("a,b\n1,2,3\n4,5");
        assert_eq!(rows, [(3, "5".to_owned())]);
        assert!(
            faults[0].starts_with("line 2: the row has 3 cells and the header 2"),
            "{faults:?}"
        );
        assert!(read("a,A\n1,2").1[0].starts_with("line 1, A: this column stands twice"));
    }
}
