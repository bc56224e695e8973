//! Files a reader can hold in the head: 600 lines at most, 1,000 where they are tests.
//! It must not measure functions: clippy does. Its tests are below.

use super::Finding;
use super::tree::Tree;

const MAX_LINES: usize = 600;
const MAX_TEST_LINES: usize = 1_000;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter_map(|(path, text)| check_file(path, text))
        .collect()
}

fn check_file(path: &str, text: &str) -> Option<Finding> {
    let in_tests = path.split('/').any(|folder| folder == "tests");
    let limit = if in_tests { MAX_TEST_LINES } else { MAX_LINES };
    let lines = text.lines().count();
    let message = format!(
        "{lines} lines, {limit} are the limit; nobody reads so much at once; split it by what it is for"
    );
    (lines > limit).then(|| Finding::new(path, limit + 1, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    #[test]
    fn a_file_of_601_lines_is_too_long() {
        expect(check, &[("crates/a/src/x.rs", &"\n".repeat(600))], &[]);
        expect(
            check,
            &[("crates/a/src/x.rs", &"\n".repeat(601))],
            &["crates/a/src/x.rs:601"],
        );
    }

    #[test]
    fn tests_may_have_a_thousand() {
        expect(check, &[("crates/a/tests/it/x.rs", &"\n".repeat(1000))], &[]);
        expect(
            check,
            &[("crates/a/tests/it/x.rs", &"\n".repeat(1001))],
            &["crates/a/tests/it/x.rs:1001"],
        );
    }

    #[test]
    fn only_rust_is_measured() {
        expect(check, &[("openapi.json", &"\n".repeat(9000))], &[]);
    }
}
