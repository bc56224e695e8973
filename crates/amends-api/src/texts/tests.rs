//! Every language has the same codes, and every text names the same facts.

use std::collections::BTreeSet;

use super::{Entry, catalogue};
use crate::language::Language;

fn entries(language: Language) -> Vec<Entry> {
    let catalogue = catalogue(language);
    catalogue
        .refusals
        .iter()
        .chain(catalogue.faults)
        .copied()
        .collect()
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn the_three_languages_have_the_same_codes_and_words() {
    let codes = |language| {
        entries(language)
            .iter()
            .map(|[code, ..]| *code)
            .collect::<Vec<_>>()
    };
    let words = |language| {
        catalogue(language)
            .words
            .iter()
            .map(|(code, _)| *code)
            .collect::<Vec<_>>()
    };
    for language in [Language::ZhTw, Language::En] {
        assert_eq!(codes(language), codes(Language::ZhCn));
        assert_eq!(words(language), words(Language::ZhCn));
    }
    let unique: BTreeSet<_> = codes(Language::En).into_iter().collect();
    assert_eq!(unique.len(), codes(Language::En).len());
}

#[test]
fn the_three_languages_name_the_same_facts() {
    let english = entries(Language::En);
    for language in [Language::ZhCn, Language::ZhTw] {
        for ([code, _, detail], [_, _, other]) in entries(language).into_iter().zip(&english) {
            assert_eq!(placeholders(detail), placeholders(other), "{code}");
        }
    }
}

#[test]
fn every_text_says_something() {
    for language in [Language::ZhCn, Language::ZhTw, Language::En] {
        for [code, title, detail] in entries(language) {
            assert!(!title.is_empty() && detail.chars().count() > 10, "{code}");
        }
    }
}
