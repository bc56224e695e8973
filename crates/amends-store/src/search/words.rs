//! Words of a text, as both databases keep and look them up: Latin words whole, Chinese by pairs of
//! neighbouring characters.
//!
//! Pairs need no dictionary and miss nothing; the last character of a run stands alone beside its
//! pair, so that one character is found as the beginning of something. Characters are compared in
//! their simplified form, each by itself, so that 退貨 and 退货 find each other.
//! Must not know: tables. Tests: beside the code, `tests/it/queue.rs`.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use crate::db::Engine;

/// Longest Latin word that is kept whole, in characters; of longer ones the beginning is.
const WORD_CHARS_MAX: usize = 40;
/// Most words of a search; more than that name one text anyway.
const QUERY_WORDS_MAX: usize = 32;
/// From a full-width character to the usual one.
const FULL_WIDTH: u32 = 0xFEE0;

/// Characters with two simplified forms, of which the table by itself gives the other one than people
/// write in a shop: 拉鍊 is 拉链, 穿著 is 穿着, 回覆 is 回复, 瞭解 is 了解. They are alike in either script.
const ALIKE: &[(char, char)] = &[('鍊', '链'), ('著', '着'), ('覆', '复'), ('瞭', '了')];

/// Traditional characters with their simplified form, where that is one other character.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else {
        return HashMap::new();
    };
    let simplified = |letter: char| {
        let simple = converter.convert(&letter.to_string());
        let mut letters = simple.chars();
        let (first, more) = (letters.next()?, letters.next());
        (more.is_none() && first != letter).then_some((letter, first))
    };
    let all = ('\u{3400}'..='\u{9FFF}').filter_map(simplified);
    all.chain(ALIKE.iter().copied()).collect()
});

fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The usual form of a full-width character.
pub(super) fn half_width(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - FULL_WIDTH).unwrap_or(letter),
        _ => letter,
    }
}

/// A run of letters of one sort.
enum Run {
    Latin(String),
    Cjk(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open = false;
    for letter in text.chars().map(half_width).flat_map(char::to_lowercase) {
        if !letter.is_alphanumeric() {
            open = false;
            continue;
        }
        match (is_cjk(letter), runs.last_mut().filter(|_| open)) {
            (true, Some(Run::Cjk(run))) => run.push(simple(letter)),
            (true, _) => runs.push(Run::Cjk(vec![simple(letter)])),
            (false, Some(Run::Latin(run))) => run.push(letter),
            (false, _) => runs.push(Run::Latin(letter.to_string())),
        }
        open = true;
    }
    runs
}

fn simple(letter: char) -> char {
    SIMPLIFIED.get(&letter).copied().unwrap_or(letter)
}

fn latin(word: &str) -> String {
    word.chars().take(WORD_CHARS_MAX).collect()
}

fn pairs(run: &[char]) -> impl Iterator<Item = String> {
    run.windows(2).map(|pair| pair.iter().collect())
}

/// The words a text is found by, with spaces between; none where it has no letters.
pub(crate) fn words_of(text: &str) -> Option<String> {
    let mut words = BTreeSet::new();
    for run in runs(text) {
        match run {
            Run::Latin(word) => {
                words.insert(latin(&word));
            }
            Run::Cjk(run) => {
                words.extend(pairs(&run));
                words.extend(run.last().map(char::to_string));
            }
        }
    }
    let words: Vec<String> = words.into_iter().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// What to look for as a database reads it: texts that have all the words. None where there is
/// nothing to look for.
pub(super) fn query_of(engine: Engine, text: &str) -> Option<String> {
    let mut words = BTreeSet::new();
    for run in runs(text) {
        match run {
            Run::Latin(word) => {
                words.insert((latin(&word), false));
            }
            Run::Cjk(run) if run.len() == 1 => words.extend(run.first().map(|one| (one.to_string(), true))),
            Run::Cjk(run) => words.extend(pairs(&run).map(|pair| (pair, false))),
        }
    }
    // Words are letters and digits only: nothing in them ends the quotes.
    let quoted = words
        .iter()
        .take(QUERY_WORDS_MAX)
        .map(|(word, begins)| match (engine, begins) {
            (Engine::Sqlite, false) => format!("\"{word}\""),
            (Engine::Sqlite, true) => format!("\"{word}\"*"),
            (Engine::Postgres, false) => format!("'{word}'"),
            (Engine::Postgres, true) => format!("'{word}':*"),
        });
    let quoted: Vec<String> = quoted.collect();
    let between = match engine {
        Engine::Sqlite => " ",
        Engine::Postgres => " & ",
    };
    (!quoted.is_empty()).then(|| quoted.join(between))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_texts() {
        let long = "a".repeat(50);
        for (text, words) in [
            ("Hello, WORLD-2", Some("2 hello world")),
            ("退货", Some("货 退货")),
            ("退貨", Some("货 退货")),
            ("裙子破了，换", Some("了 子破 换 破了 裙子")),
            ("ＡＢＣ型号x", Some("abc x 号 型号")),
            ("…!?", None),
            (&long, Some(&long[..40])),
        ] {
            assert_eq!(words_of(text).as_deref(), words, "{text}");
        }
    }

    #[test]
    fn either_script_has_the_same_words() {
        for (traditional, simplified) in [
            ("拉鍊壞了", "拉链坏了"),
            ("穿著很緊", "穿着很紧"),
            ("請儘快回覆", "请尽快回复"),
            ("不乾淨", "不干净"),
            ("想瞭解一下", "想了解一下"),
            ("發貨後頭髮", "发货后头发"),
        ] {
            assert_eq!(words_of(traditional), words_of(simplified), "{traditional}");
        }
    }

    #[test]
    fn queries_of_both_databases() {
        for (text, sqlite, postgres) in [
            ("退貨 abc", Some("\"abc\" \"退货\""), Some("'abc' & '退货'")),
            ("裙", Some("\"裙\"*"), Some("'裙':*")),
            ("'\"*&|", None, None),
        ] {
            assert_eq!(query_of(Engine::Sqlite, text).as_deref(), sqlite, "{text}");
            assert_eq!(query_of(Engine::Postgres, text).as_deref(), postgres, "{text}");
        }
    }
}
