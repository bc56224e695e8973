//! Reads reviews and the answers to them: what a review complains about (REV-1), and what no answer in public
//! may say (REV-3).
//!
//! Must not know: who wrote it, what follows. Tests: `tests/it/reviews.rs`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use amends_domain::case::review::ReviewCause;
use serde::Deserialize;

use crate::plain::sentences;

const WORDS: &str = include_str!("../../../content/words/reviews.toml");
/// The one version of the file's form.
const FORMAT: u32 = 1;
/// How far before a word what takes it back may stand, in letters.
const BEFORE: usize = 3;
/// As many digits in a row are a telephone, an order or a waybill: a public answer names none.
const DIGITS: usize = 7;

/// Why the list of words does not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("content/words/reviews.toml: {0}")]
pub struct WordsFault(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    causes: BTreeMap<String, Vec<String>>,
    unfair: Unfair,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unfair {
    words: Vec<String>,
    unless_before: Vec<String>,
}

struct Words {
    causes: Vec<(ReviewCause, Vec<Vec<char>>)>,
    unfair: Vec<Vec<char>>,
    before: Vec<Vec<char>>,
}

fn words() -> Result<&'static Words, WordsFault> {
    static READ: LazyLock<Result<Words, WordsFault>> = LazyLock::new(|| read(WORDS));
    READ.as_ref().map_err(Clone::clone)
}

fn read(text: &str) -> Result<Words, WordsFault> {
    let file: File = toml::from_str(text).map_err(|fault| WordsFault(fault.to_string()))?;
    if file.format != FORMAT {
        let format = file.format;
        return Err(WordsFault(format!(
            "format {format}; this program reads {FORMAT}"
        )));
    }
    let cause = |(code, words): (&String, &Vec<String>)| {
        let cause = ReviewCause::named(code);
        let cause = cause.ok_or_else(|| WordsFault(format!("there is no cause {code:?}")))?;
        Ok((cause, letters(words)))
    };
    Ok(Words {
        causes: file.causes.iter().map(cause).collect::<Result<_, WordsFault>>()?,
        unfair: letters(&file.unfair.words),
        before: letters(&file.unfair.unless_before),
    })
}

/// Each word as the letters a text is read by.
fn letters(words: &[String]) -> Vec<Vec<char>> {
    let plain = |word: &String| -> Vec<char> {
        sentences(word)
            .into_iter()
            .flat_map(|sentence| sentence.letters)
            .collect()
    };
    words.iter().map(plain).filter(|word| !word.is_empty()).collect()
}

/// Where a word stands, in letters.
fn places<'a>(text: &'a [char], word: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    let windows = text.windows(word.len()).enumerate();
    windows.filter(move |(_, part)| *part == word).map(|(at, _)| at)
}

/// What a review seems to be about: where most of its words stand, and nothing where none or two are even.
pub fn review_cause(text: &str) -> Result<Option<ReviewCause>, WordsFault> {
    let sentences = sentences(text);
    let count = |list: &[Vec<char>]| -> usize {
        let of = |word: &Vec<char>| -> usize {
            let places = sentences
                .iter()
                .map(|sentence| places(&sentence.letters, word).count());
            places.sum()
        };
        list.iter().map(of).sum()
    };
    let mut counted: Vec<(usize, ReviewCause)> = words()?
        .causes
        .iter()
        .map(|(cause, list)| (count(list), *cause))
        .collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let most = counted.first().filter(|(count, _)| *count > 0);
    let even = counted.get(1).map(|(count, _)| *count);
    Ok(most
        .filter(|(count, _)| even != Some(*count))
        .map(|(_, cause)| *cause))
}

/// What blames or belittles a buyer, as it stands in the text.
pub fn blame(text: &str) -> Result<Vec<String>, WordsFault> {
    let words = words()?;
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let letters = &sentence.letters;
        for word in &words.unfair {
            for at in places(letters, word) {
                let head = letters.get(..at).unwrap_or_default();
                let head = trimmed(head);
                let near = head.get(head.len().saturating_sub(BEFORE)..).unwrap_or_default();
                let says_no = |no: &Vec<char>| head.ends_with(no) || places(near, no).next().is_some();
                let taken_back = words.before.iter().any(says_no);
                let span = sentence.at.get(at).zip(sentence.at.get(at + word.len() - 1));
                if let (false, Some((first, last))) = (taken_back, span) {
                    found.extend(text.get(first.start..last.end).map(str::to_owned));
                }
            }
        }
    }
    Ok(found)
}

/// What an answer in public may not say: what blames or belittles the buyer, and numbers that point to him. As
/// it stands in the text.
pub fn unfair(text: &str) -> Result<Vec<String>, WordsFault> {
    let mut found = blame(text)?;
    found.extend(numbers(text));
    found.extend(
        text.split_whitespace()
            .filter(|word| is_address(word))
            .map(str::to_owned),
    );
    Ok(found)
}

fn trimmed(letters: &[char]) -> &[char] {
    let end = letters
        .iter()
        .rposition(|letter| *letter != ' ')
        .map_or(0, |at| at + 1);
    letters.get(..end).unwrap_or_default()
}

/// Rows of digits, as they are written with blanks and strokes between.
fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut row = String::new();
    for letter in text.chars().chain(['\n']) {
        let between = matches!(letter, ' ' | '-') && !row.is_empty();
        if letter.is_ascii_digit() || ('０'..='９').contains(&letter) || between {
            row.push(letter);
            continue;
        }
        let digits = row.chars().filter(|letter| letter.is_alphanumeric()).count();
        if digits >= DIGITS {
            found.push(row.trim().to_owned());
        }
        row.clear();
    }
    found
}

fn is_address(word: &str) -> bool {
    let parts = word.split_once('@');
    parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}
