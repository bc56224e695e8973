//! Finds signs of abuse in what a buyer writes (ABU-1): talk wanted off the platform, money for a review or for
//! taking a complaint back, threats against people.
//!
//! A buyer who says that he will rate badly, or go to 12315, or to a court, uses a right of his: nothing is
//! found there. A sign points at something and decides nothing. Must not know: who wrote, what it weighs.
//! Tests: `tests/it/signs.rs`.

use std::sync::LazyLock;

use amends_domain::case::abuse::SignalKind;

use crate::phrases::{Phrase, PhraseFault, read};
use crate::plain::sentences;

const PHRASES: &str = include_str!("../../../content/words/signs.toml");
/// Most signs told of one text.
const SIGNS_MAX: usize = 20;

/// A sign, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Of what.
    pub sign: SignalKind,
    /// The words, as they stand in the text.
    pub words: String,
    /// Where they begin, in characters.
    pub from: usize,
    /// Where they end.
    pub to: usize,
}

fn phrases() -> Result<&'static [Phrase<SignalKind>], PhraseFault> {
    static READ: LazyLock<Result<Vec<Phrase<SignalKind>>, PhraseFault>> =
        LazyLock::new(|| read("signs.toml", PHRASES));
    READ.as_ref().map(Vec::as_slice).map_err(Clone::clone)
}

/// Signs of abuse in a text, in the order they stand in, each kind once a sentence; at most twenty.
pub fn signs(text: &str) -> Result<Vec<Sign>, PhraseFault> {
    let mut found: Vec<Sign> = Vec::new();
    for sentence in sentences(text) {
        let mut here: Vec<SignalKind> = Vec::new();
        for phrase in phrases()? {
            if here.contains(&phrase.what) || found.len() >= SIGNS_MAX {
                continue;
            }
            let Some(range) = phrase.found_in(&sentence) else {
                continue;
            };
            let (Some(before), Some(words)) = (text.get(..range.start), text.get(range)) else {
                continue;
            };
            let from = before.chars().count();
            here.push(phrase.what);
            found.push(Sign {
                sign: phrase.what,
                words: words.to_owned(),
                from,
                to: from + words.chars().count(),
            });
        }
    }
    found.sort_by_key(|sign| (sign.from, sign.to));
    Ok(found)
}
