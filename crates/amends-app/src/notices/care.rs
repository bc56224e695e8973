//! A care mail in words: greeting, what the shop wrote, what it suggests, and the way out.
//!
//! Must not know: who gets it, when. Tests: `amends-api/tests/it/care.rs`.

use super::catalogue::Catalogue;
use super::language::Language;
use crate::error::AppError;
use crate::template::{filled, one_line};

/// What a care mail is put together from.
pub(crate) struct CareWords<'a> {
    /// The language it is written in.
    pub(crate) language: Language,
    /// The shop's name.
    pub(crate) shop: &'a str,
    /// How the buyer is greeted; empty when no name is known.
    pub(crate) name: &'a str,
    /// What the shop wrote.
    pub(crate) body: &'a str,
    /// What the suggested product is called.
    pub(crate) suggests: Option<&'a str>,
    /// The page on which he opts out.
    pub(crate) page: &'a str,
}

/// All of the text.
pub(crate) fn care_text(words: &CareWords<'_>) -> Result<String, AppError> {
    let catalogue = Catalogue::shipped().map_err(|fault| AppError::Inconsistent(fault.to_string()))?;
    let tongue = catalogue.tongues.get(&words.language);
    let frame = &tongue
        .ok_or_else(|| AppError::Inconsistent("a care mail's language".to_owned()))?
        .frame;
    let name = one_line(words.name);
    let greeting = if name.is_empty() {
        &frame.greeting_nameless
    } else {
        &frame.greeting
    };
    let of = |value: &str| {
        let value = value.to_owned();
        move |_: &str| Some(value.clone())
    };
    let suggestion = words
        .suggests
        .map(|title| filled(&frame.suggestion, of(&one_line(title))));
    let parts = [
        Some(filled(greeting, of(&name))),
        Some(words.body.trim().to_owned()),
        suggestion,
        Some(filled(&frame.closing, of(words.shop))),
        Some(filled(&frame.opt_out, of(words.page))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Ok(format!("{}\n", parts.join("\n\n")))
}
