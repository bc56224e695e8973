//! Tries the coverage rule on a full table with one thing changed.
//! It must not know the repository's own table.

use super::{CATALOGUE, FILE, check, ids};
use crate::tidy::expect;

const HEAD: &str = "| id | what it asks | where it lives | test | state |\n|---|---|---|---|---|\n";
const TEST: (&str, &str) = (
    "crates/amends-domain/tests/it/flow.rs",
    "#[test]\nfn refund_only() {}",
);

/// A table with an open row for each id, the first row replaced. Rows begin at line 3.
fn table(first: &str) -> String {
    let rows: Vec<String> = ids()
        .skip(1)
        .map(|id| format!("| {id} | what | | | open |"))
        .collect();
    format!("{HEAD}{first}\n{}\n", rows.join("\n"))
}

fn expect_row(first: &str, places: &[&str]) {
    expect(check, &[TEST, (FILE, &table(first))], places);
}

#[test]
fn the_catalogue_has_126_ids() {
    assert_eq!(ids().count(), 126);
    assert_eq!(CATALOGUE.len(), 16);
    assert!(ids().any(|id| id == "CLK-4b") && ids().all(|id| id != "CLK-4"));
}

#[test]
fn an_open_row_needs_nothing() {
    expect_row("| INT-1 | kinds | | | open |", &[]);
}

#[test]
fn a_done_row_names_a_test_that_exists() {
    expect_row(
        "| INT-1 | kinds | | `amends-domain::it::flow::refund_only` | done |",
        &[],
    );
    expect_row(
        "| INT-1 | kinds | | `amends-domain::it::flow::refund` | done |",
        &["docs/coverage.md:3"],
    );
    expect_row(
        "| INT-1 | kinds | | `amends-app::it::flow::refund_only` | done |",
        &["docs/coverage.md:3"],
    );
    expect_row(
        "| INT-1 | kinds | | `refund_only` | done |",
        &["docs/coverage.md:3"],
    );
    expect_row("| INT-1 | kinds | | | partly |", &["docs/coverage.md:3"]);
}

#[test]
fn the_state_is_one_of_three() {
    expect_row(
        "| INT-1 | kinds | | | soon |",
        &["docs/coverage.md:3", "docs/coverage.md:3"],
    );
}

#[test]
fn a_place_exists() {
    expect_row("| INT-1 | kinds | `crates/amends-domain` | | open |", &[]);
    expect_row(
        "| INT-1 | kinds | `crates/amends-domain/src/gone.rs` | | open |",
        &["docs/coverage.md:3"],
    );
}

#[test]
fn each_id_has_one_row() {
    expect_row("", &["docs/coverage.md:1"]);
    expect_row(
        "| INT-2 | kinds | | | open |",
        &["docs/coverage.md:4", "docs/coverage.md:1"],
    );
    expect_row(
        "| INT-1 | kinds | | | open |\n| INT-10 | more | | | open |",
        &["docs/coverage.md:4"],
    );
}

#[test]
fn a_row_has_five_cells() {
    expect_row(
        "| INT-1 | kinds | open |",
        &["docs/coverage.md:3", "docs/coverage.md:1"],
    );
}
