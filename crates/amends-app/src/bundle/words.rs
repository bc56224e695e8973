//! The words of a bundle, by language.
//!
//! Must not know: cases. Tests: beside the code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::AppError;
use crate::notices::language::Language;

const FILES: &[&str] = &[
    include_str!("../../../../content/bundle/zh-CN.toml"),
    include_str!("../../../../content/bundle/zh-TW.toml"),
    include_str!("../../../../content/bundle/en.toml"),
];
/// The one version of the files' form.
const FORMAT: u32 = 1;

/// Words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    format: u32,
    language: Language,
    #[serde(rename = "words")]
    plain: BTreeMap<String, String>,
    evidence: BTreeMap<String, String>,
    events: BTreeMap<String, String>,
}

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> Result<&'static Self, AppError> {
        static READ: LazyLock<Result<Vec<Words>, String>> = LazyLock::new(|| {
            let read = |text: &&str| {
                let words: Words = toml::from_str(text).map_err(|fault| fault.to_string())?;
                if words.format == FORMAT {
                    Ok(words)
                } else {
                    Err(format!("format {}; this program reads {FORMAT}", words.format))
                }
            };
            FILES.iter().map(read).collect()
        });
        let all = READ
            .as_ref()
            .map_err(|fault| AppError::Inconsistent(format!("content/bundle: {fault}")))?;
        all.iter()
            .find(|words| words.language == language)
            .ok_or_else(|| AppError::Inconsistent("content/bundle: a language is missing".to_owned()))
    }

    pub(super) fn word(&self, name: &str) -> String {
        self.plain.get(name).cloned().unwrap_or_default()
    }

    /// What an event is called; what has no name is not told.
    pub(super) fn event(&self, name: &str) -> Option<&str> {
        self.events.get(name).map(String::as_str)
    }

    /// What a kind of evidence is called.
    pub(super) fn evidence(&self, kind: &str) -> String {
        self.evidence
            .get(kind)
            .cloned()
            .unwrap_or_else(|| kind.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        let first = Words::of(Language::ZhCn).unwrap();
        for language in Language::ALL {
            let words = Words::of(*language).unwrap();
            assert!(words.plain.keys().eq(first.plain.keys()), "{language:?}");
            assert!(words.events.keys().eq(first.events.keys()), "{language:?}");
            assert!(words.evidence.keys().eq(first.evidence.keys()), "{language:?}");
            let known = amends_domain::case::evidence::EvidenceKind::ALL;
            assert_eq!(words.evidence.len(), known.len());
            for state in amends_store::ParcelState::ALL {
                assert!(
                    !words.word(&format!("parcel_{}", state.code())).is_empty(),
                    "{state:?}"
                );
            }
        }
    }
}
