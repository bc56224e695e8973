//! The project speaks only of itself: no file names the folders of the machine it was written on.
//! It must not name them in one piece either, being such a file. Its tests are below.

use super::Finding;
use super::text::numbered;
use super::tree::Tree;

const FORBIDDEN: [&str; 3] = [
    concat!("/wo", "rk/"),
    concat!("shared/", "domain"),
    concat!("shared/", "design"),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.texts()
        .flat_map(|(path, text)| check_file(path, text))
        .collect()
}

fn check_file(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in numbered(text) {
        for place in FORBIDDEN.iter().filter(|place| line.contains(**place)) {
            let message =
                format!("names `{place}`; nobody else has that folder; say it without, or name a file here");
            findings.push(Finding::new(path, number, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    #[test]
    fn folders_of_one_machine_are_not_named() {
        for place in FORBIDDEN {
            expect(
                check,
                &[("README.md", &format!("# Amends\nsee {place}x"))],
                &["README.md:2"],
            );
        }
        expect(check, &[("README.md", "our framework/domain is shared")], &[]);
    }
}
