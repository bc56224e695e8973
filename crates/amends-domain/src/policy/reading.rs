//! Reading a pack's text part by part, so that every mistake is told with its line and its clause.
//!
//! Must not know: other packs; what a clause means. Tests: `tests/it/policy.rs`, `tests/it/packs.rs`.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::Clause;
use super::pack::{
    CLAUSES_MAX, Cause, Lines, PACK_BYTES_MAX, Pack, PackFault, Reading, Reason, RefusalReason,
};

/// Most mistakes told of one text; the rest is told once these are mended.
const FAULTS_MAX: usize = 100;
/// The languages of the product, as titles name them.
const LANGUAGES: [&str; 3] = ["zh-CN", "zh-TW", "en"];

/// A text being read, with what was found.
struct Reader<'t> {
    text: &'t str,
    /// Where each line begins.
    begins: Vec<usize>,
    faults: Vec<PackFault>,
    lines: Lines,
}

pub(super) fn read(text: &str) -> Reading {
    let mut reader = Reader {
        text,
        begins: Vec::new(),
        faults: Vec::new(),
        lines: Lines::default(),
    };
    let pack = reader.pack();
    reader.faults.truncate(FAULTS_MAX);
    Reading {
        pack: pack.filter(|_| reader.faults.is_empty()),
        faults: reader.faults,
        lines: reader.lines,
    }
}

impl Reader<'_> {
    fn pack(&mut self) -> Option<Pack> {
        if self.text.len() > PACK_BYTES_MAX {
            let bytes = self.text.len();
            self.whole(format!(
                "a pack has at most {PACK_BYTES_MAX} bytes, this one {bytes}"
            ));
            return None;
        }
        let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
        self.begins = std::iter::once(0).chain(breaks).collect();
        let (table, faults) = DeTable::parse_recoverable(self.text);
        for fault in faults {
            self.toml(&fault, None, 0);
        }
        // One mistake of form brings others along that are none: the first of a line is told.
        self.faults.dedup_by_key(|fault| fault.line);
        if !self.faults.is_empty() {
            return None;
        }
        let span = table.span();
        let mut table = table.into_inner();
        let clauses = taken(&mut table, "clause");
        let reasons = taken(&mut table, "reason");
        let refusal_reasons = taken(&mut table, "refusal_reason");
        let causes = taken(&mut table, "cause");
        self.title(&mut table, None);
        let head = DeValue::Table(table);
        let pack: Option<Pack> = self.typed(Spanned::new(span, head), None);
        if let Some(pack) = &pack
            && pack.format != 1
        {
            self.whole(format!(
                "format {} is not known; this version reads format 1",
                pack.format
            ));
            return None;
        }
        if clauses.len() > CLAUSES_MAX {
            self.whole(format!("a pack has at most {CLAUSES_MAX} clauses"));
            return None;
        }
        let reasons = self.list::<Reason>(reasons, "reason", "code");
        let refusal_reasons = self.list::<RefusalReason>(refusal_reasons, "refusal reason", "code");
        let causes = self.list::<Cause>(causes, "cause", "code");
        let clauses = self.list::<Clause>(clauses, "clause", "id");
        let pack = Pack {
            reasons,
            refusal_reasons,
            causes,
            clauses,
            ..pack?
        };
        self.period(&pack);
        Some(pack)
    }

    /// A period has at least a day.
    fn period(&mut self, pack: &Pack) {
        if let (Some(from), Some(until)) = (pack.effective_from, pack.effective_until)
            && from >= until
        {
            let line = self
                .text
                .lines()
                .position(|line| line.starts_with("effective_until"));
            self.faults.push(PackFault {
                line: line.map_or(0, |line| line + 1),
                clause: None,
                reason: format!(
                    "effective_until {until} is not after effective_from {from}; it is the first day \
                     on which the pack is no longer in force"
                ),
            });
        }
    }

    /// The parts of one kind that can be read; each mistake in the others is told.
    fn list<T: DeserializeOwned>(
        &mut self,
        values: Vec<Spanned<DeValue<'_>>>,
        what: &str,
        key: &str,
    ) -> Vec<T> {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let mut read = Vec::new();
        for mut value in values {
            let named = value.get_ref().as_table().and_then(|table| table.get(key));
            let name = named
                .and_then(|named| named.get_ref().as_str())
                .map(str::to_owned);
            let at = named.map_or_else(|| value.span(), Spanned::span);
            let line = self.line(at.start);
            let clause = name.as_deref().filter(|_| what == "clause");
            if let Some(name) = &name
                && let Some(first) = known.insert(name.clone(), line)
            {
                let reason = format!("the {what} {name} stands twice; first on line {first}");
                self.fault(line, clause, reason);
            }
            let clause = clause.map(str::to_owned);
            if let DeValue::Table(table) = value.get_mut() {
                self.title(table, Some((what, name.as_deref().unwrap_or("without a name"))));
            }
            read.extend(self.typed::<T>(value, clause.as_deref()));
        }
        match what {
            "clause" => self.lines.clauses = known,
            "reason" => self.lines.reasons = known,
            _ => {}
        }
        read
    }

    /// A title has a text in each language. One that is missing is told and filled, so that the rest
    /// of its table is read all the same.
    fn title(&mut self, table: &mut DeTable<'_>, of: Option<(&str, &str)>) {
        let line_of = |reader: &Self, at: &Spanned<DeValue<'_>>| reader.line(at.span().start);
        let Some(title) = table.get_mut("title") else {
            return;
        };
        let title_line = line_of(self, title);
        let DeValue::Table(texts) = title.get_mut() else {
            return;
        };
        for language in LANGUAGES {
            let (state, at) = match texts.get(language) {
                None => ("is missing", title_line),
                Some(text) => match text.get_ref().as_str() {
                    Some(words) if words.trim().is_empty() => ("is empty", line_of(self, text)),
                    _ => continue,
                },
            };
            let (clause, whose) = match of {
                Some(("clause", id)) => (Some(id), format!("clause {id}")),
                Some((what, code)) => (None, format!("{what} {code}")),
                None => (None, "the pack".to_owned()),
            };
            let reason = format!("the title of {whose} in {language} {state}");
            self.fault(at, clause, reason);
            let filled = Spanned::new(0..0, DeValue::String("?".into()));
            texts.insert(Spanned::new(0..0, language.into()), filled);
        }
    }

    fn typed<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'_>>, clause: Option<&str>) -> Option<T> {
        let start = value.span().start;
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(read) => Some(read),
            Err(fault) => {
                self.toml(&fault, clause, start);
                None
            }
        }
    }

    fn toml(&mut self, fault: &toml::de::Error, clause: Option<&str>, start: usize) {
        let line = self.line(fault.span().map_or(start, |span| span.start));
        self.fault(line, clause, fault.message().to_owned());
    }

    fn fault(&mut self, line: usize, clause: Option<&str>, reason: String) {
        self.faults.push(PackFault {
            line,
            clause: clause.map(str::to_owned),
            reason,
        });
    }

    fn whole(&mut self, reason: String) {
        self.faults.insert(
            0,
            PackFault {
                line: 0,
                clause: None,
                reason,
            },
        );
    }

    /// The line an offset is on, from 1.
    fn line(&self, at: usize) -> usize {
        self.begins.partition_point(|begin| *begin <= at)
    }
}

/// The tables of a list, taken out; what is no list of tables stays, and is refused with the head.
fn taken<'t>(table: &mut DeTable<'t>, key: &str) -> Vec<Spanned<DeValue<'t>>> {
    if !table.get(key).is_some_and(|value| value.get_ref().is_array()) {
        return Vec::new();
    }
    match table.remove(key).map(Spanned::into_inner) {
        Some(DeValue::Array(values)) => values.into_iter().collect(),
        _ => Vec::new(),
    }
}
