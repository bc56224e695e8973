//! A text made plain: small letters of half width, simplified characters, no spaces or fillers, one
//! sentence after the other, each letter knowing where it stood.
//!
//! Must not know: phrases. Tests: beside the code.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, Mutex};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// Letters that say nothing and are put between others.
const FILLERS: &str = "呢啊哦呀吧嘛哈哟喔噢呗啦哒咯的地得";
/// What ends a sentence.
const ENDS: &str = "。！？!?；;\n\r";
/// What opens a quotation, and what closes it.
const QUOTES: [(char, char); 6] = [
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('‘', '’'),
    ('《', '》'),
    ('"', '"'),
];

/// A sentence, letter by letter.
pub(crate) struct Sentence {
    /// Its plain letters.
    pub(crate) letters: Vec<char>,
    /// Where each stood in the text, in bytes.
    pub(crate) at: Vec<Range<usize>>,
}

/// The sentences of a text, without what it quotes: whoever repeats another's words doesn't say them.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::empty();
    let quoted = quotations(text);
    for (at, letter) in text.char_indices() {
        if quoted.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let plain = simple(narrow(letter));
        let is_end =
            ENDS.contains(plain) || (plain == '.' && text[at + letter.len_utf8()..].starts_with(' '));
        if is_end {
            sentences.push(std::mem::replace(&mut sentence, Sentence::empty()));
            continue;
        }
        if plain.is_ascii_alphanumeric() && sentence.wants_space(text, at) {
            sentence.push(' ', at..at);
        }
        if plain.is_alphanumeric() && !FILLERS.contains(plain) {
            sentence.push(plain, at..at + letter.len_utf8());
        }
    }
    sentences.push(sentence);
    sentences.retain(|sentence| !sentence.letters.is_empty());
    sentences
}

impl Sentence {
    fn empty() -> Self {
        let (letters, at) = (Vec::new(), Vec::new());
        Self { letters, at }
    }

    fn push(&mut self, letter: char, at: Range<usize>) {
        self.letters.push(letter);
        self.at.push(at);
    }

    /// Between two words of letters there is one space, however many stood there.
    fn wants_space(&self, text: &str, at: usize) -> bool {
        let after_word = self.letters.last().is_some_and(char::is_ascii_alphanumeric);
        let adjoins = self.at.last().is_some_and(|last| last.end == at);
        let hyphen = text[..at].ends_with(['-', '\'', '’']);
        after_word && !adjoins && !(hyphen && self.at.last().is_some_and(|last| at - last.end <= 3))
    }
}

/// What stands between quotation marks, in bytes.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, letter) in text.char_indices() {
        match open {
            Some((from, close)) if letter == close => {
                found.push(from..at + letter.len_utf8());
                open = None;
            }
            None => {
                let quote = QUOTES.iter().find(|(opening, _)| *opening == letter);
                open = quote.map(|(_, close)| (at, *close));
            }
            Some(_) => {}
        }
    }
    found
}

/// Small and of half width.
fn narrow(letter: char) -> char {
    let narrow = match u32::from(letter) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(letter),
        _ => letter,
    };
    narrow.to_ascii_lowercase()
}

/// Simplified, as far as one letter goes.
fn simple(letter: char) -> char {
    static CONVERTER: LazyLock<Option<OpenCC>> =
        LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
    static KNOWN: LazyLock<Mutex<HashMap<char, char>>> = LazyLock::new(Mutex::default);
    if letter.is_ascii() {
        return letter;
    }
    let convert = || {
        let simple = CONVERTER.as_ref()?.convert(&letter.to_string());
        simple.chars().next()
    };
    let Ok(mut known) = KNOWN.lock() else {
        return convert().unwrap_or(letter);
    };
    *known.entry(letter).or_insert_with(|| convert().unwrap_or(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        let sentences = sentences(text);
        sentences
            .iter()
            .map(|sentence| sentence.letters.iter().collect())
            .collect()
    }

    #[test]
    fn spaces_width_script_and_fillers_make_no_difference() {
        assert_eq!(plain("先 好评，再發貨！"), ["先好评再发货"]);
        assert_eq!(plain("刪了 差　評 呢，才給退。好"), ["删了差评才给退", "好"]);
        assert_eq!(plain("Ｄelete   your\treview, OK?"), ["delete your review ok"]);
        assert_eq!(
            plain("a five-star review won't do"),
            ["a fivestar review wont do"]
        );
    }

    #[test]
    fn what_is_quoted_is_not_said() {
        assert_eq!(plain("您说“先好评再发货”，没有这回事"), ["您说没有这回事"]);
        assert_eq!(plain("「刪差評才退」"), Vec::<String>::new());
    }
}
