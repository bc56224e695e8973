//! Lists of phrases: how one is read, and where its phrases stand in a sentence.
//!
//! A phrase is a row of words with a little room between them. What stands before, inside or behind may take it
//! back: who says that nobody need delete anything says nothing wrong. Precision goes first.
//! Must not know: what a phrase is a sign of, what follows from it. Tests: `tests/it`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::plain::Sentence;

/// The one version of the files' form.
const FORMAT: u32 = 1;
/// How far before a phrase what takes it back may stand, in letters.
const BEFORE: usize = 12;
/// How far behind.
const BEHIND: usize = 6;
/// Fewest digits of an amount, and of the number of a telephone or an account.
const AMOUNT_DIGITS: usize = 2;
const ACCOUNT_DIGITS: usize = 5;

/// Why a list of phrases does not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("content/words/{file}: {reason}")]
pub struct PhraseFault {
    file: &'static str,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "K: DeserializeOwned")]
struct File<K> {
    format: u32,
    words: BTreeMap<String, Vec<String>>,
    phrases: Vec<PhraseText<K>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "K: DeserializeOwned")]
struct PhraseText<K> {
    #[serde(alias = "violation", alias = "sign")]
    what: K,
    /// Most letters between two words.
    room: usize,
    /// Rows of words; `{name}` is any of a group, `{amount}` and `{account}` are digits.
    rows: Vec<String>,
    /// What takes it back, standing shortly before.
    #[serde(default)]
    unless_before: Vec<String>,
    /// What takes it back, standing right before.
    #[serde(default)]
    unless_right_before: Vec<String>,
    /// What takes it back, standing inside.
    #[serde(default)]
    unless_inside: Vec<String>,
    /// What takes it back, standing right behind.
    #[serde(default)]
    unless_behind: Vec<String>,
}

/// Words, each as its letters.
type Words = Vec<Vec<char>>;

/// What stands in one place of a row.
enum Place {
    /// Any of these words.
    Any(Words),
    /// So many digits at least.
    Digits(usize),
}

/// A phrase, and what it is a sign of.
pub(crate) struct Phrase<K> {
    pub(crate) what: K,
    room: usize,
    rows: Vec<Vec<Place>>,
    before: Words,
    right_before: Words,
    inside: Words,
    behind: Words,
}

/// Reads a list.
pub(crate) fn read<K: DeserializeOwned>(
    name: &'static str,
    text: &str,
) -> Result<Vec<Phrase<K>>, PhraseFault> {
    let fault = |reason: String| PhraseFault { file: name, reason };
    let file: File<K> = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
    if file.format != FORMAT {
        return Err(fault(format!(
            "format {}; this program reads {FORMAT}",
            file.format
        )));
    }
    let words = &file.words;
    file.phrases
        .into_iter()
        .map(|text| phrase(words, text))
        .collect::<Result<_, String>>()
        .map_err(fault)
}

fn group(words: &BTreeMap<String, Vec<String>>, name: &str) -> Result<Words, String> {
    let found = words.get(name);
    let found = found.ok_or_else(|| format!("there are no words {name:?}"))?;
    Ok(letters(found.iter().map(String::as_str)))
}

fn phrase<K>(words: &BTreeMap<String, Vec<String>>, text: PhraseText<K>) -> Result<Phrase<K>, String> {
    let all = |names: &[String]| -> Result<Words, String> {
        let groups = names.iter().map(|name| group(words, name));
        Ok(groups.collect::<Result<Vec<_>, _>>()?.concat())
    };
    let place = |place: &str| match place.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        Some("amount") => Ok(Place::Digits(AMOUNT_DIGITS)),
        Some("account") => Ok(Place::Digits(ACCOUNT_DIGITS)),
        Some(name) => group(words, name).map(Place::Any),
        None => Ok(Place::Any(letters(
            place.split('|').map(|word| word.trim_matches('_')),
        ))),
    };
    let row = |row: &String| row.split_whitespace().map(place).collect::<Result<_, _>>();
    Ok(Phrase {
        rows: text.rows.iter().map(row).collect::<Result<_, String>>()?,
        what: text.what,
        room: text.room,
        before: all(&text.unless_before)?,
        right_before: all(&text.unless_right_before)?,
        inside: all(&text.unless_inside)?,
        behind: all(&text.unless_behind)?,
    })
}

fn letters<'a>(words: impl Iterator<Item = &'a str>) -> Words {
    let mut words: Words = words
        .map(|word| word.replace('_', " ").chars().collect())
        .collect();
    // The longest first, so that what is found is as it was written.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

impl<K> Phrase<K> {
    /// Where it stands in the text of a sentence, in bytes; the first place where nothing takes it back.
    pub(crate) fn found_in(&self, sentence: &Sentence) -> Option<Range<usize>> {
        let letters = &sentence.letters;
        let starts = (0..letters.len()).flat_map(|from| self.rows.iter().map(move |row| (from, row)));
        let mut found = starts.filter_map(|(from, row)| Some(from..self.end_of(row, letters, from)?));
        let range = found.find(|range| !self.is_taken_back(letters, range))?;
        Some(sentence.at.get(range.start)?.start..sentence.at.get(range.end - 1)?.end)
    }

    /// Where a row that begins here ends, if it does.
    fn end_of(&self, row: &[Place], letters: &[char], from: usize) -> Option<usize> {
        let (first, rest) = row.split_first()?;
        for end in ends(first, letters, from) {
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
        let before = letters.get(..range.start).unwrap_or_default();
        has(&self.before, range.start.saturating_sub(BEFORE)..range.start)
            || self.right_before.iter().any(|word| before.ends_with(word))
            || has(&self.inside, range.clone())
            || has(&self.behind, range.end..(range.end + BEHIND).min(letters.len()))
    }
}

/// Where what may stand in a place ends, if it begins here.
fn ends(place: &Place, letters: &[char], from: usize) -> Vec<usize> {
    match place {
        Place::Any(words) => words
            .iter()
            .filter(|word| begins(letters, from, word))
            .map(|word| from + word.len())
            .collect(),
        Place::Digits(at_least) => {
            let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
            let inside = from.checked_sub(1).is_some_and(is_digit);
            let mut end = from;
            // A number is written with spaces, too.
            while is_digit(end) || (letters.get(end) == Some(&' ') && is_digit(end + 1) && end > from) {
                end += 1;
            }
            let digits = (from..end).filter(|at| is_digit(*at)).count();
            Some(end)
                .filter(|_| !inside && digits >= *at_least)
                .into_iter()
                .collect()
        }
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
