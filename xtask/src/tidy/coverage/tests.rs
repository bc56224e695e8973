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

/// A row that names `test`, with this text as a module of the crate's tests.
fn expect_test(test: &str, file: &str, text: &str, is_one: bool) {
    let row = format!("| INT-1 | kinds | | `{test}` | done |");
    let places: &[&str] = if is_one { &[] } else { &["docs/coverage.md:3"] };
    expect(check, &[(file, text), (FILE, &table(&row))], places);
}

#[test]
fn a_function_is_a_test_by_its_attribute() {
    let expect = |text: &str, is_one| {
        expect_test("a::it::flow::paid", "crates/a/tests/it/flow.rs", text, is_one);
    };
    expect("#[test]\nfn paid() {}", true);
    expect("#[tokio::test]\nasync fn paid() {}", true);
    expect(
        "#[tokio::test(flavor = \"multi_thread\")]\n#[cfg(unix)]\n/// So.\nasync fn paid() {}",
        true,
    );
    expect("#[tokio::test(\n    flavor = \"x\"\n)]\nasync fn paid() {}", true);
    expect("proptest! {\n    #[test]\n    fn paid(n in 0..9) {}\n}", true);
    expect("proptest! {\n    fn paid(n in 0..9) {}\n}", false);
    expect("fn paid() {}", false);
    expect("#[test]\nfn other() {}\n\nfn paid() {}", false);
    expect("#[test]\nfn other() {\n}\nfn paid() {}", false);
    expect("// #[test]\nfn paid() {}", false);
    expect("#[test]\nfn paid_twice() {}", false);
    expect("#[test]\nfn un_paid() {}\n// fn paid()", false);
}

#[test]
fn a_test_is_named_by_the_module_it_stands_in() {
    const TEXT: &str = "#[test]\nfn paid() {}";
    for (test, file, is_one) in [
        ("a::it::flow::paid", "crates/a/tests/it/flow.rs", true),
        ("a::it::walk::rows::paid", "crates/a/tests/it/walk/rows.rs", true),
        ("a::it::paid", "crates/a/tests/it/main.rs", true),
        ("a::it::flow::paid", "crates/a/tests/it/money.rs", false),
        ("a::it::flow::paid", "crates/b/tests/it/flow.rs", false),
        ("a::it::flow::paid", "crates/a/src/flow.rs", false),
        ("a::money::tests::paid", "crates/a/src/money.rs", true),
        ("a::money::tests::paid", "crates/a/src/money/tests.rs", true),
        ("a::money::tests::paid", "crates/a/src/order.rs", false),
        ("a::tests::paid", "crates/a/src/lib.rs", true),
        ("xtask::tidy::text::tests::paid", "xtask/src/tidy/text.rs", true),
    ] {
        expect_test(test, file, TEXT, is_one);
    }
}
