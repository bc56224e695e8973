//! Finds what no message to a buyer may say: service or dispatch against a review (VIO-2, VIO-4),
//! after-sales service plainly refused (VIO-1), and the buyer pushed on to carrier or maker (LIA-5).
//!
//! A phrase is a row of words with a little room between them. What stands before or inside may take it
//! back: who says that nobody need delete anything says nothing wrong. Precision goes first: what is found
//! is not sent. Must not know: points; the policy has them. Tests: `tests/it/violations.rs`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use amends_domain::policy::remedy::Violation;
use serde::Deserialize;

use crate::plain::{Sentence, sentences};

const PHRASES: &str = include_str!("../../../content/words/violations.toml");
/// The one version of the file's form.
const FORMAT: u32 = 1;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub violation: Violation,
    /// The words, as they stand in the text.
    pub words: String,
}

/// Why the list of phrases does not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("content/words/violations.toml: {0}")]
pub struct PhraseFault(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    words: BTreeMap<String, Vec<String>>,
    phrases: Vec<PhraseText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseText {
    violation: Violation,
    /// Most letters between two words.
    room: usize,
    /// Rows of words; `{name}` is any of a group.
    rows: Vec<String>,
    /// What takes it back, standing shortly before.
    #[serde(default)]
    unless_before: Vec<String>,
    /// What takes it back, standing inside.
    #[serde(default)]
    unless_inside: Vec<String>,
    /// What takes it back, standing right behind.
    #[serde(default)]
    unless_behind: Vec<String>,
}

/// Words, each as its letters.
type Words = Vec<Vec<char>>;

struct Phrase {
    violation: Violation,
    room: usize,
    rows: Vec<Vec<Words>>,
    before: Words,
    inside: Words,
    behind: Words,
}

/// How far before a phrase what takes it back may stand, in letters.
const BEFORE: usize = 12;
/// How far behind.
const BEHIND: usize = 6;

fn phrases() -> Result<&'static [Phrase], PhraseFault> {
    static READ: LazyLock<Result<Vec<Phrase>, PhraseFault>> = LazyLock::new(|| read(PHRASES));
    READ.as_ref().map(Vec::as_slice).map_err(Clone::clone)
}

fn read(text: &str) -> Result<Vec<Phrase>, PhraseFault> {
    let file: File = toml::from_str(text).map_err(|fault| PhraseFault(fault.to_string()))?;
    if file.format != FORMAT {
        return Err(PhraseFault(format!(
            "format {}; this program reads {FORMAT}",
            file.format
        )));
    }
    let group = |name: &str| -> Result<Words, PhraseFault> {
        let words = file.words.get(name);
        let words = words.ok_or_else(|| PhraseFault(format!("there are no words {name:?}")))?;
        Ok(letters(words.iter().map(String::as_str)))
    };
    let all = |names: &[String]| -> Result<Words, PhraseFault> {
        Ok(names
            .iter()
            .map(|name| group(name))
            .collect::<Result<Vec<_>, _>>()?
            .concat())
    };
    let phrase = |text: &PhraseText| {
        let place = |place: &str| match place.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => group(name),
            None => Ok(letters(place.split('|').map(|word| word.trim_matches('_')))),
        };
        let row = |row: &String| row.split_whitespace().map(place).collect::<Result<Vec<_>, _>>();
        Ok(Phrase {
            violation: text.violation,
            room: text.room,
            rows: text.rows.iter().map(row).collect::<Result<_, PhraseFault>>()?,
            before: all(&text.unless_before)?,
            inside: all(&text.unless_inside)?,
            behind: all(&text.unless_behind)?,
        })
    };
    file.phrases.iter().map(phrase).collect()
}

fn letters<'a>(words: impl Iterator<Item = &'a str>) -> Words {
    let mut words: Words = words
        .map(|word| word.replace('_', " ").chars().collect())
        .collect();
    // The longest first, so that what is found is as it was written.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// What in a text may not be said to a buyer, each violation once, in the order of the list.
pub fn violations(text: &str) -> Result<Vec<Finding>, PhraseFault> {
    let mut findings: Vec<Finding> = Vec::new();
    let sentences = sentences(text);
    for phrase in phrases()? {
        if findings.iter().any(|found| found.violation == phrase.violation) {
            continue;
        }
        let found = sentences
            .iter()
            .find_map(|sentence| phrase.found_in(sentence, text));
        findings.extend(found);
    }
    Ok(findings)
}

impl Phrase {
    fn found_in(&self, sentence: &Sentence, text: &str) -> Option<Finding> {
        let letters = &sentence.letters;
        let starts = (0..letters.len()).flat_map(|from| self.rows.iter().map(move |row| (from, row)));
        let mut found = starts.filter_map(|(from, row)| Some(from..self.end_of(row, letters, from)?));
        let range = found.find(|range| !self.is_taken_back(letters, range))?;
        let first = sentence.at.get(range.start)?.start;
        let last = sentence.at.get(range.end - 1)?.end;
        Some(Finding {
            violation: self.violation,
            words: text.get(first..last)?.to_owned(),
        })
    }

    /// Where a row that begins here ends, if it does.
    fn end_of(&self, row: &[Words], letters: &[char], from: usize) -> Option<usize> {
        let (first, rest) = row.split_first()?;
        let ends = first
            .iter()
            .filter(|word| begins(letters, from, word))
            .map(|word| from + word.len());
        for end in ends {
            if rest.is_empty() {
                return Some(end);
            }
            let next = (end..=end + self.room).find_map(|from| self.end_of(rest, letters, from));
            if next.is_some() {
                return next;
            }
        }
        None
    }

    fn is_taken_back(&self, letters: &[char], range: &Range<usize>) -> bool {
        let has = |words: &Words, within: Range<usize>| {
            let within = letters.get(within).unwrap_or_default();
            words
                .iter()
                .any(|word| (0..within.len()).any(|from| begins(within, from, word)))
        };
        has(&self.before, range.start.saturating_sub(BEFORE)..range.start)
            || has(&self.inside, range.clone())
            || has(&self.behind, range.end..(range.end + BEHIND).min(letters.len()))
    }
}

/// Whether a word stands here; one of letters a to z as a whole.
fn begins(letters: &[char], from: usize, word: &[char]) -> bool {
    let here = letters.get(from..).is_some_and(|rest| rest.starts_with(word));
    let latin = word.first().is_some_and(char::is_ascii_alphabetic);
    let joined = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(char::is_ascii_alphanumeric)
    };
    here && !(latin && (joined(from.checked_sub(1)) || joined(from.checked_add(word.len()))))
}
