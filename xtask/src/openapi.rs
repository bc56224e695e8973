//! Regenerates the API's description from the handlers and compares it with the committed `openapi.json`.
//! It must not know what the description says. The comparison is tested below.

use std::fs;
use std::process::Command;

use anyhow::bail;

use crate::command;

const FILE: &str = "openapi.json";
const REMEDY: &str =
    "look at the change of the API, then write it with `cargo run -q -p amends -- openapi > openapi.json`";

pub(crate) fn check() -> anyhow::Result<()> {
    let generated = command::read(Command::new(command::tested_program()?).arg("openapi"))?;
    let Ok(committed) = fs::read_to_string(FILE) else {
        bail!("{FILE} is missing: {REMEDY}");
    };
    match first_difference(&committed, &generated) {
        None => Ok(()),
        Some((line, committed, generated)) => bail!(
            "{FILE}:{line} differs from what the handlers say: {REMEDY}\n  committed: {committed}\n  generated: {generated}"
        ),
    }
}

/// Line number and both versions of the first line that differs.
fn first_difference<'a>(committed: &'a str, generated: &'a str) -> Option<(usize, &'a str, &'a str)> {
    const END: &str = "(end of file)";
    let longest = committed.lines().count().max(generated.lines().count());
    let padded = |text: &'a str| text.lines().chain(std::iter::repeat(END)).take(longest);
    padded(committed)
        .zip(padded(generated))
        .enumerate()
        .find(|(_, (committed, generated))| committed != generated)
        .map(|(index, (committed, generated))| (index + 1, committed, generated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_do_not_differ() {
        assert_eq!(first_difference("{\n}\n", "{\n}\n"), None);
    }

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(
            first_difference("{\n  1\n}", "{\n  2\n}"),
            Some((2, "  1", "  2"))
        );
    }

    #[test]
    fn a_shorter_text_differs_at_its_end() {
        assert_eq!(first_difference("{\n}", "{\n"), Some((2, "}", "(end of file)")));
    }
}
