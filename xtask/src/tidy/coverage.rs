//! docs/coverage.md has one row for each requirement of the catalogue, and every test it names is one.
//! It must not judge whether a test proves its requirement. Its tests are in `coverage/tests.rs`.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::Finding;
use super::text::{backticked, code_lines, is_path, numbered};
use super::tree::Tree;

const FILE: &str = "docs/coverage.md";

/// The ids of the catalogue: a family and how many it has. The fourth clock is two, 4a and 4b.
const CATALOGUE: &[(&str, u8)] = &[
    ("INT", 9),
    ("CLK", 19),
    ("ELG", 12),
    ("LIA", 5),
    ("REM", 10),
    ("FLW", 7),
    ("DSP", 6),
    ("ABU", 4),
    ("REV", 5),
    ("TLK", 7),
    ("VIO", 4),
    ("FUP", 9),
    ("WAR", 3),
    ("KPI", 12),
    ("LRN", 10),
    ("DRL", 3),
];

/// `| id | what it asks | where it lives | test | state |`
struct Row<'a> {
    line: usize,
    id: &'a str,
    places: &'a str,
    tests: &'a str,
    state: &'a str,
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(FILE) else {
        return vec![Finding::new(
            FILE,
            1,
            "is missing; it shows what is done and what proves it; restore it",
        )];
    };
    let mut findings = Vec::new();
    let mut missing: BTreeSet<String> = ids().collect();
    for (line, cells) in numbered(text).filter_map(|(line, text)| Some((line, cells(text)?))) {
        let [id, _what, places, tests, state] = cells[..] else {
            let message = format!("the row has {} cells; it must have five; mend it", cells.len());
            findings.push(Finding::new(FILE, line, message));
            continue;
        };
        if !missing.remove(id) {
            let message =
                format!("{id} is no id of the catalogue, or has a row already; each has one; remove this");
            findings.push(Finding::new(FILE, line, message));
        }
        let row = Row {
            line,
            id,
            places,
            tests,
            state,
        };
        findings.extend(
            check_row(tree, &row)
                .into_iter()
                .map(|message| Finding::new(FILE, row.line, message)),
        );
    }
    let no_row =
        |id| format!("{id} has no row; what isn't listed is forgotten; add it with the state `open`");
    findings.extend(missing.into_iter().map(|id| Finding::new(FILE, 1, no_row(id))));
    findings
}

fn ids() -> impl Iterator<Item = String> {
    CATALOGUE
        .iter()
        .flat_map(|(family, count)| (1..=*count).map(move |number| format!("{family}-{number}")))
        .flat_map(|id| {
            if id == "CLK-4" {
                vec![format!("{id}a"), format!("{id}b")]
            } else {
                vec![id]
            }
        })
}

/// The cells of a table row that isn't the table's head.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    let is_head = cells
        .first()
        .is_some_and(|first| *first == "id" || first.starts_with("--"));
    (!is_head).then_some(cells)
}

fn check_row(tree: &Tree, row: &Row<'_>) -> Vec<String> {
    let Row {
        id,
        places,
        tests,
        state,
        ..
    } = row;
    let mut messages = Vec::new();
    if !["done", "partly", "open"].contains(state) {
        messages.push(format!(
            "{id} is `{state}`; only these can be counted; say `done`, `partly` or `open`"
        ));
    }
    if *state != "open" && backticked(tests).next().is_none() {
        messages.push(format!(
            "{id} is {state} without a test; nothing proves it; name one, or say `open`"
        ));
    }
    for place in backticked(places).filter(|span| is_path(span) && !tree.has(span)) {
        messages.push(format!(
            "{id} lives in `{place}`, which doesn't exist; it has moved; name where it is now"
        ));
    }
    for test in backticked(tests).filter(|test| !exists(tree, test)) {
        messages.push(format!(
            "{id} names the test `{test}`, which isn't one; nothing proves it; name a function with a test's \
             attribute by the module it stands in"
        ));
    }
    messages
}

/// A test is named `crate::module::function`; the function must stand in that module's file, as a test.
fn exists(tree: &Tree, test: &str) -> bool {
    let words: Vec<&str> = test.split("::").collect();
    let [krate, modules @ .., function] = &words[..] else {
        return false;
    };
    files(krate, modules)
        .iter()
        .filter_map(|file| tree.text(file))
        .any(|text| is_test(text, function))
}

/// Where a module may stand: in a file of its own, or, where it is called `tests`, in its parent's.
fn files(krate: &str, modules: &[&str]) -> Vec<String> {
    let krate = if krate == "xtask" {
        krate.to_owned()
    } else {
        format!("crates/{krate}")
    };
    let (folder, inner) = match modules {
        ["it", inner @ ..] => (format!("{krate}/tests/it"), inner),
        inner => (format!("{krate}/src"), inner),
    };
    let file = |inner: &[&str]| match inner {
        [] => vec![format!("{folder}/main.rs"), format!("{folder}/lib.rs")],
        inner => vec![format!("{folder}/{}.rs", inner.join("/"))],
    };
    let mut files = file(inner);
    if let [parent @ .., "tests"] = inner {
        files.extend(file(parent));
    }
    files
}

/// Whether a text has the function with a test's attribute: a helper of that name proves nothing, and
/// a property without the attribute is never run either.
fn is_test(text: &str, function: &str) -> bool {
    let head = format!("fn {function}(");
    let lines: Vec<&str> = code_lines(text).map(|(_, line)| line.trim()).collect();
    let places = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.strip_prefix("async ").unwrap_or(line).starts_with(&head));
    places.map(|(at, _)| attributes(&lines[..at])).any(|attributes| {
        attributes.iter().any(|line| {
            *line == "#[test]" || line.starts_with("#[tokio::test]") || line.starts_with("#[tokio::test(")
        })
    })
}

/// The lines between the item before and the next one: nothing but its attributes.
fn attributes<'a>(before: &'a [&'a str]) -> &'a [&'a str] {
    let ends_something = |line: &&str| line.is_empty() || line.ends_with(['{', '}', ';']);
    let from = before.iter().rposition(ends_something).map_or(0, |at| at + 1);
    &before[from..]
}
