//! Ways around the rules that must not be taken: silenced lints, unfinished code, tests that don't run.
//! It must not name them in one piece, being Rust itself. Its tests are below.

use super::Finding;
use super::text::code_lines;
use super::tree::Tree;

struct Escape {
    pattern: &'static str,
    /// Why, and what to do instead.
    advice: &'static str,
    /// The only files that may.
    permitted: &'static [&'static str],
}

const ESCAPES: &[Escape] = &[
    Escape {
        pattern: concat!("#[al", "low("),
        advice: "it stays when its cause is gone; use `expect` with a reason, or mend the code",
        permitted: &[],
    },
    Escape {
        pattern: concat!("#![al", "low("),
        advice: "it stays when its cause is gone; use `expect` with a reason, or mend the code",
        permitted: &[],
    },
    Escape {
        pattern: concat!("to", "do!("),
        advice: "it stops the service when reached; finish it or leave it out",
        permitted: &[],
    },
    Escape {
        pattern: concat!("unimple", "mented!("),
        advice: "it stops the service when reached; finish it or leave it out",
        permitted: &[],
    },
    Escape {
        pattern: concat!("#[ig", "nore"),
        advice: "a test that doesn't run proves nothing; mend it or remove it",
        permitted: &[],
    },
    Escape {
        pattern: concat!(".on", "ly("),
        advice: "it keeps the other tests from running; remove it",
        permitted: &[],
    },
    Escape {
        pattern: concat!("clippy::disallowed", "_methods"),
        advice: "only the clock port reads time and only the random port makes ids; ask those",
        permitted: &[
            "crates/amends-app/src/clock.rs",
            "crates/amends-app/src/random.rs",
        ],
    },
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .flat_map(|(path, text)| check_file(path, text))
        .collect()
}

fn check_file(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in code_lines(text) {
        for Escape {
            pattern,
            advice,
            permitted,
        } in ESCAPES
        {
            if line.contains(pattern) && !permitted.contains(&path) {
                findings.push(Finding::new(path, number, format!("`{pattern}`; {advice}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    #[test]
    fn each_escape_is_found() {
        for escape in ESCAPES {
            let text = format!("//! A file.\n    {}dead_code)]", escape.pattern);
            expect(check, &[("crates/a/src/x.rs", &text)], &["crates/a/src/x.rs:2"]);
        }
    }

    #[test]
    fn comments_may_speak_of_them() {
        let text = format!("//! Never {}.", concat!("to", "do!()"));
        expect(check, &[("a.rs", &text)], &[]);
    }

    #[test]
    fn only_the_ports_may_read_clock_and_chance() {
        let text = format!(
            "#[expect({}, reason = \"the port\")]",
            concat!("clippy::disallowed", "_methods")
        );
        expect(check, &[("crates/amends-app/src/clock.rs", &text)], &[]);
        expect(
            check,
            &[("crates/amends-app/src/cases.rs", &text)],
            &["crates/amends-app/src/cases.rs:1"],
        );
    }
}
