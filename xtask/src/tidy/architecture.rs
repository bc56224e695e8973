//! ARCHITECTURE.md names every crate, and nothing that isn't there.
//! It must not judge what is said about them. Its tests are below.

use super::Finding;
use super::text::{backticked, is_path, numbered};
use super::tree::Tree;

const FILE: &str = "ARCHITECTURE.md";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(FILE) else {
        return vec![Finding::new(
            FILE,
            1,
            "is missing; a newcomer starts there; write it",
        )];
    };
    let mut findings = gone(tree, text);
    findings.extend(unnamed(tree, text));
    findings
}

fn gone(tree: &Tree, text: &str) -> Vec<Finding> {
    numbered(text)
        .flat_map(|(number, line)| backticked(line).map(move |span| (number, span)))
        .filter(|(_, span)| is_path(span) && !tree.has(span))
        .map(|(number, span)| {
            let message =
                format!("`{span}` doesn't exist; a wrong map is worse than none; name what is there now");
            Finding::new(FILE, number, message)
        })
        .collect()
}

fn unnamed(tree: &Tree, text: &str) -> Vec<Finding> {
    let in_a_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let names: Vec<&str> = text
        .lines()
        .flat_map(backticked)
        .flat_map(|span| span.split(|c| !in_a_name(c)))
        .collect();
    let missing = tree.crates().into_iter().filter(|name| !names.contains(name));
    missing
        .map(|name| {
            let message =
                format!("`{name}` isn't named; every crate has its line on the map; say what it is for");
            Finding::new(FILE, 1, message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    const CRATE: (&str, &str) = ("crates/amends-domain/src/lib.rs", "");

    #[test]
    fn what_is_named_exists() {
        expect(
            check,
            &[CRATE, (FILE, "The rules: `crates/amends-domain/`.")],
            &[],
        );
        expect(
            check,
            &[CRATE, (FILE, "# Map\n`amends-domain`, `crates/amends-gone`")],
            &["ARCHITECTURE.md:2"],
        );
        expect(
            check,
            &[CRATE, (FILE, "`amends-domain` reads `content/policies`")],
            &["ARCHITECTURE.md:1"],
        );
    }

    #[test]
    fn every_crate_is_named() {
        expect(check, &[CRATE, (FILE, "`amends` alone")], &["ARCHITECTURE.md:1"]);
    }

    #[test]
    fn the_map_itself_exists() {
        expect(check, &[CRATE], &["ARCHITECTURE.md:1"]);
    }
}
