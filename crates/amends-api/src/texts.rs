//! Errors in words: one table per language, keyed by code, with typed arguments in braces.
//!
//! A text says what happened, why, and what to do next. That every code has its text in every
//! language, and every argument its fact, is tested.
//! Must not know: statuses. Tests: `texts/tests.rs`.

mod en;
mod zh_cn;
mod zh_tw;

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::language::Language;
use crate::problem::Problem;

/// Code, title, detail.
type Entry = [&'static str; 3];
/// A stable code, and the word for it.
type Word = (&'static str, &'static str);

/// What one language has.
struct Catalogue {
    /// What the domain declines.
    refusals: &'static [Entry],
    /// What else goes wrong.
    faults: &'static [Entry],
    /// Statuses, kinds, roles, things.
    words: &'static [Word],
    /// Between the entries of a list.
    comma: &'static str,
}

/// Facts whose values are codes of ours. All others are shown as they are.
const CODED: &[&str] = &[
    "status", "kind", "actor", "ask", "role", "what", "clock", "outcome", "to", "fault", "because", "gap",
];
/// Most entries of a list that a text names.
const LIST_MAX: usize = 30;

fn catalogue(language: Language) -> &'static Catalogue {
    match language {
        Language::ZhCn => &zh_cn::CATALOGUE,
        Language::ZhTw => &zh_tw::CATALOGUE,
        Language::En => &en::CATALOGUE,
    }
}

/// Title and detail of a problem.
pub(crate) fn words(language: Language, problem: &Problem) -> (String, String) {
    let catalogue = catalogue(language);
    let entry = catalogue
        .refusals
        .iter()
        .chain(catalogue.faults)
        .find(|[code, ..]| *code == problem.text);
    let [_, title, detail] = entry.copied().unwrap_or([problem.code, problem.code, ""]);
    (
        fill(catalogue, language, title, problem),
        fill(catalogue, language, detail, problem),
    )
}

/// Puts facts in the place of their names.
fn fill(catalogue: &Catalogue, language: Language, text: &str, problem: &Problem) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = problem.facts.get(name).unwrap_or(&Value::Null);
        filled.push_str(&shown(catalogue, language, name, value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn shown(catalogue: &Catalogue, language: Language, name: &str, value: &Value) -> String {
    match value {
        Value::String(text) if CODED.contains(&name) => word(catalogue, text).to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let shown = values
                .iter()
                .take(LIST_MAX)
                .map(|value| shown(catalogue, language, name, value));
            shown.collect::<Vec<_>>().join(catalogue.comma)
        }
        Value::Object(money) => amount(language, money).unwrap_or_default(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn word<'a>(catalogue: &Catalogue, code: &'a str) -> &'a str {
    catalogue
        .words
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, word)| *word)
}

fn amount(language: Language, money: &serde_json::Map<String, Value>) -> Option<String> {
    let (minor, currency) = (money.get("minor")?.as_i64()?, money.get("currency")?.as_str()?);
    let figure = format!("{}.{:02}", minor / 100, minor % 100);
    Some(match (language, currency) {
        (Language::ZhCn | Language::ZhTw, "CNY") => format!("{figure} 元"),
        (Language::ZhCn | Language::ZhTw, _) => format!("{figure} {currency}"),
        (Language::En, _) => format!("{currency} {figure}"),
    })
}
