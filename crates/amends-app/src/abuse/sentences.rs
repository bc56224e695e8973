//! A sentence that explains a signal, in each language: what was seen, and what it does not mean.
//!
//! Must not know: cases. Tests: beside the code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use amends_domain::case::abuse::SignalKind;
use amends_domain::signals::Signal;
use serde::Deserialize;

use crate::error::AppError;
use crate::notices::language::Language;
use crate::template::{Template, filled, one_line};

const FILES: &[&str] = &[
    include_str!("../../../../content/signals/zh-CN.toml"),
    include_str!("../../../../content/signals/zh-TW.toml"),
    include_str!("../../../../content/signals/en.toml"),
];
/// The one version of the files' form.
const FORMAT: u32 = 1;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    format: u32,
    language: Language,
    names: BTreeMap<SignalKind, String>,
    #[serde(rename = "sentences")]
    templates: BTreeMap<SignalKind, Template>,
}

fn of(language: Language) -> Result<&'static Sentences, AppError> {
    static READ: LazyLock<Result<Vec<Sentences>, String>> = LazyLock::new(|| {
        let read = |text: &&str| {
            let file: Sentences = toml::from_str(text).map_err(|fault| fault.to_string())?;
            if file.format == FORMAT {
                Ok(file)
            } else {
                Err(format!("format {}; this program reads {FORMAT}", file.format))
            }
        };
        FILES.iter().map(read).collect()
    });
    let all = READ
        .as_ref()
        .map_err(|fault| AppError::Inconsistent(format!("content/signals: {fault}")))?;
    all.iter()
        .find(|file| file.language == language)
        .ok_or_else(|| AppError::Inconsistent("content/signals: a language is missing".to_owned()))
}

/// What a signal is called.
pub fn signal_name(language: Language, kind: SignalKind) -> Result<String, AppError> {
    Ok(of(language)?.names.get(&kind).cloned().unwrap_or_default())
}

/// What was seen, in one sentence.
pub fn signal_sentence(language: Language, signal: &Signal) -> Result<String, AppError> {
    let Some(template) = of(language)?.templates.get(&signal.kind) else {
        return Ok(String::new());
    };
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    let words: Vec<&str> = signal.words.iter().map(|seen| seen.words.as_str()).collect();
    Ok(filled(template, |name| match name {
        "count" => Some(signal.count.to_string()),
        "orders" => number(signal.orders),
        "percent" => number(signal.percent),
        "days" => number(signal.days),
        "cases" => Some(signal.cases.len().to_string()),
        "words" => Some(one_line(&words.join(" / "))),
        _ => None,
    }))
}

#[cfg(test)]
mod tests {
    use amends_domain::case::assessment::Grade;

    use super::*;

    #[test]
    fn every_language_has_a_sentence_for_every_signal_and_fills_it() {
        for language in Language::ALL {
            for kind in SignalKind::ALL {
                let signal = Signal {
                    kind: *kind,
                    weight: Grade::Low,
                    clause: "ABU-1".to_owned().try_into().unwrap(),
                    count: 7,
                    orders: Some(9),
                    percent: Some(78),
                    days: Some(90),
                    words: Vec::new(),
                    cases: Vec::new(),
                    pieces: Vec::new(),
                };
                let sentence = signal_sentence(*language, &signal).unwrap();
                assert!(sentence.chars().count() > 10, "{language:?} {kind:?}: {sentence}");
                assert!(!signal_name(*language, *kind).unwrap().is_empty());
                let counts = kind.is_words() || sentence.contains('7');
                assert!(counts, "{language:?} {kind:?}: {sentence}");
            }
        }
    }
}
