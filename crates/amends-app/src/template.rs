//! Texts with places: how they are read, and how values come to stand in them.
//!
//! Must not know: what the places are called, which values there are. Tests: beside the catalogues that
//! hold them.

use std::collections::BTreeSet;

use serde::Deserialize;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words.
    Words(String),
    /// The place of an argument.
    Place(String),
}

/// A text with places, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Template {
    pub(crate) lines: Vec<Vec<Piece>>,
}

impl TryFrom<String> for Template {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("a text must not be empty".to_owned());
        }
        let lines = text.lines().map(pieces).collect::<Result<_, _>>()?;
        Ok(Self { lines })
    }
}

fn pieces(line: &str) -> Result<Vec<Piece>, String> {
    let fault = || format!("{line:?}: a brace without its other one, or without a name");
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(fault)?;
        let named = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if words.contains('}') || !named {
            return Err(fault());
        }
        pieces.push(Piece::Words(words.to_owned()));
        pieces.push(Piece::Place(name.to_owned()));
        rest = after;
    }
    if rest.contains('}') {
        return Err(fault());
    }
    pieces.push(Piece::Words(rest.to_owned()));
    Ok(pieces)
}

impl Template {
    /// The names in each line.
    pub(crate) fn names(&self) -> impl Iterator<Item = BTreeSet<&str>> {
        self.lines.iter().map(|line| {
            let names = line.iter().filter_map(|piece| match piece {
                Piece::Place(name) => Some(name.as_str()),
                Piece::Words(_) => None,
            });
            names.collect()
        })
    }
}

/// Puts values in their places; a line with a place that has none is left out.
pub(crate) fn filled(template: &Template, value: impl Fn(&str) -> Option<String>) -> String {
    let line = |pieces: &Vec<Piece>| -> Option<String> {
        let parts = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => Some(words.clone()),
            Piece::Place(name) => value(name),
        });
        parts.collect()
    };
    template
        .lines
        .iter()
        .filter_map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What must stand in one line: line feeds and other control characters become spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}
