//! Finds what no message to a buyer may say: service or dispatch against a review (VIO-2, VIO-4),
//! after-sales service plainly refused (VIO-1), and the buyer pushed on to carrier or maker (LIA-5).
//!
//! What is found is not sent. Must not know: points; the policy has them. Tests: `tests/it/violations.rs`.

use std::sync::LazyLock;

use amends_domain::policy::remedy::Violation;

use crate::phrases::{Phrase, PhraseFault, read};
use crate::plain::sentences;

const PHRASES: &str = include_str!("../../../content/words/violations.toml");

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub violation: Violation,
    /// The words, as they stand in the text.
    pub words: String,
}

fn phrases() -> Result<&'static [Phrase<Violation>], PhraseFault> {
    static READ: LazyLock<Result<Vec<Phrase<Violation>>, PhraseFault>> =
        LazyLock::new(|| read("violations.toml", PHRASES));
    READ.as_ref().map(Vec::as_slice).map_err(Clone::clone)
}

/// What in a text may not be said to a buyer, each violation once, in the order of the list.
pub fn violations(text: &str) -> Result<Vec<Finding>, PhraseFault> {
    let mut findings: Vec<Finding> = Vec::new();
    let sentences = sentences(text);
    for phrase in phrases()? {
        if findings.iter().any(|found| found.violation == phrase.what) {
            continue;
        }
        let found = sentences.iter().find_map(|sentence| phrase.found_in(sentence));
        let words = found.and_then(|range| text.get(range));
        findings.extend(words.map(|words| Finding {
            violation: phrase.what,
            words: words.to_owned(),
        }));
    }
    Ok(findings)
}
