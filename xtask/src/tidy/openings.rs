//! Every Rust file says first what it is for, and no file is called `mod.rs`. Tests it names there exist.
//! It must not judge what the opening says. Its tests are below.

use super::Finding;
use super::text::numbered;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .flat_map(|(path, text)| {
            opening(path, text)
                .into_iter()
                .chain(name(path))
                .chain(tests_named(tree, path, text))
        })
        .collect()
}

fn opening(path: &str, text: &str) -> Option<Finding> {
    let message = "doesn't open with `//!`; a reader must learn first what the file is for; \
                   say that, what it must not know, and where its tests are";
    (!text.starts_with("//!")).then(|| Finding::new(path, 1, message))
}

fn name(path: &str) -> Option<Finding> {
    let folder = path.strip_suffix("/mod.rs")?;
    let message = format!("is called mod.rs; ten tabs of that name say nothing; move it to {folder}.rs");
    Some(Finding::new(path, 1, message))
}

fn tests_named(tree: &Tree, path: &str, text: &str) -> Vec<Finding> {
    numbered(text)
        .take_while(|(_, line)| line.starts_with("//!"))
        .flat_map(|(number, line)| test_places(line).map(move |place| (number, place)))
        .filter(|(_, place)| !stands(tree, path, place))
        .map(|(number, place)| {
            let message = format!(
                "names the tests `{place}`, which don't exist; a reader looks for them in vain; \
                 name the right ones, or say that there are none"
            );
            Finding::new(path, number, message)
        })
        .collect()
}

/// Places of tests in a line of prose: `tests/it/a.rs`, `amends-api/tests/it/a.rs`, `tests/it/`, `a/tests.rs`.
fn test_places(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_-./".contains(letter))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.starts_with("tests/") || word.contains("/tests/") || word.ends_with("/tests.rs"))
}

/// A place counts from the file's crate or from `crates/`; a module's `tests.rs`, from the file or the sources.
fn stands(tree: &Tree, path: &str, place: &str) -> bool {
    let krate = match path.strip_prefix("crates/") {
        Some(inner) => format!("crates/{}", inner.split('/').next().unwrap_or_default()),
        None => path.split('/').next().unwrap_or_default().to_owned(),
    };
    let beside = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut places = vec![format!("{krate}/{place}"), format!("crates/{place}")];
    if place.ends_with("/tests.rs") {
        places.extend([format!("{krate}/src/{place}"), format!("{beside}/{place}")]);
    }
    places.iter().any(|place| tree.has(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    #[test]
    fn a_file_opens_with_its_purpose() {
        expect(check, &[("a.rs", "//! Money.\nfn a() {}")], &[]);
        expect(check, &[("a.rs", "fn a() {}")], &["a.rs:1"]);
        expect(check, &[("a.rs", "")], &["a.rs:1"]);
    }

    #[test]
    fn no_file_is_called_mod() {
        expect(
            check,
            &[("crates/a/src/cases/mod.rs", "//! Cases.")],
            &["crates/a/src/cases/mod.rs:1"],
        );
        expect(check, &[("crates/a/src/cases.rs", "//! Cases.")], &[]);
    }

    /// A crate `a` with a test file, and a file of crate `b` with this opening.
    fn expect_named(opening: &str, places: &[&str]) {
        let files = [
            ("crates/a/tests/it/flow.rs", "//! Flow."),
            ("crates/b/src/texts/tests.rs", "//! Words."),
            ("crates/b/src/texts/en.rs", opening),
            ("crates/b/tests/it/walk.rs", "//! Walk."),
        ];
        expect(check, &files, places);
    }

    #[test]
    fn tests_named_in_the_opening_exist() {
        const FIRST: &str = "crates/b/src/texts/en.rs:1";
        expect_named("//! Tests: `tests/it/walk.rs`, `a/tests/it/flow.rs`.", &[]);
        expect_named("//! Tests: `tests/it/`, `a/tests/it`.", &[]);
        expect_named("//! Tests: `tests/it/flow.rs`.", &[FIRST]);
        expect_named("//! Tests: tests/it/flow.rs.", &[FIRST]);
        expect_named("//! Tests: `a/tests/it/walk.rs`, `c/tests/it/`.", &[FIRST, FIRST]);
        expect_named(
            "//! Words.\n//! Tests: `tests/it/walk.rs`,\n//! `tests/it/gone.rs`.",
            &["crates/b/src/texts/en.rs:3"],
        );
    }

    #[test]
    fn a_modules_own_tests_are_named_from_the_file_or_the_sources() {
        expect_named("//! Tests: `texts/tests.rs`.", &[]);
        expect_named("//! Tests: `en/tests.rs`.", &["crates/b/src/texts/en.rs:1"]);
    }

    #[test]
    fn only_the_opening_is_looked_at() {
        expect_named(
            "//! Words.\n\n//! See `tests/it/gone.rs`.\n// tests/it/gone.rs",
            &[],
        );
        expect_named("//! Tests: beside the code. Data: `testdata/events`.", &[]);
    }
}
