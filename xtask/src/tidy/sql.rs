//! SQL stands in amends-store alone.
//! It must not parse SQL: the words in capitals are enough. Its tests are below.

use super::Finding;
use super::text::code_lines;
use super::tree::Tree;

const STORE: &str = "crates/amends-store/";
/// A test may break into a database as a stranger would.
const TESTS: &str = "/tests/";
const WORDS: [&str; 3] = [
    concat!("SEL", "ECT "),
    concat!("INS", "ERT INTO"),
    concat!("DEL", "ETE FROM"),
];
const UPDATE: [&str; 2] = [concat!("UPD", "ATE "), concat!("SE", "T ")];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|(path, _)| !path.starts_with(STORE) && !path.contains(TESTS))
        .flat_map(|(path, text)| check_file(path, text))
        .collect()
}

fn check_file(path: &str, text: &str) -> Vec<Finding> {
    let code: Vec<(usize, &str)> = code_lines(text).collect();
    let mut findings = Vec::new();
    for (index, (number, line)) in code.iter().enumerate() {
        let next = code.get(index + 1).map_or("", |(_, next)| next);
        if WORDS.iter().any(|word| line.contains(word)) || is_update(line, next) {
            let message = "SQL; only amends-store may know the tables; ask it for a function";
            findings.push(Finding::new(path, *number, message));
        }
    }
    findings
}

/// The two words of an update may stand on two lines.
fn is_update(line: &str, next: &str) -> bool {
    let [update, set] = UPDATE;
    let Some((_, rest)) = line.split_once(update) else {
        return false;
    };
    rest.contains(&format!(" {set}")) || next.trim_start().starts_with(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    const APP: &str = "crates/amends-app/src/x.rs";

    #[test]
    fn sql_outside_the_store_is_found() {
        for statement in WORDS.map(|word| format!("let a = \"{word} x\";")) {
            expect(check, &[(APP, &statement)], &["crates/amends-app/src/x.rs:1"]);
            expect(check, &[("crates/amends-store/src/x.rs", &statement)], &[]);
            expect(check, &[(APP, &format!("// {statement}"))], &[]);
        }
    }

    #[test]
    fn an_update_may_take_two_lines() {
        let [update, set] = UPDATE;
        expect(
            check,
            &[(APP, &format!("\"{update}cases {set}a = 1\""))],
            &["crates/amends-app/src/x.rs:1"],
        );
        expect(
            check,
            &[(APP, &format!("\n\"{update}cases\n   {set}a = 1\""))],
            &["crates/amends-app/src/x.rs:2"],
        );
        expect(check, &[(APP, &format!("\"{update}the policy\""))], &[]);
    }
}
