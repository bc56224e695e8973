//! `cargo xtask tidy`: the house rules that neither rustc nor clippy knows, each a pure function of paths and texts.
//! A rule must not read files or run programs: it gets the whole tree. Each rule's tests stand beside it.

mod architecture;
mod arrows;
mod coverage;
mod dead_files;
mod escapes;
mod figures;
mod openings;
mod sizes;
mod sql;
mod text;
mod tree;
mod workplace;

use anyhow::bail;

use tree::Tree;

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: &[(&str, Rule)] = &[
    ("sizes", sizes::check),
    ("openings", openings::check),
    ("arrows", arrows::check),
    ("architecture", architecture::check),
    ("coverage", coverage::check),
    ("workplace", workplace::check),
    ("escapes", escapes::check),
    ("figures", figures::check),
    ("sql", sql::check),
    ("dead-files", dead_files::check),
];

pub(crate) fn run() -> anyhow::Result<()> {
    let tree = Tree::of_repository()?;
    let mut count = 0_usize;
    for (name, rule) in RULES {
        for Finding { path, line, message } in rule(&tree) {
            println!("{path}:{line}: {name}: {message}");
            count += 1;
        }
    }
    if count > 0 {
        bail!("tidy: findings: {count}");
    }
    eprintln!("tidy: {} rules hold for {} files", RULES.len(), tree.len());
    Ok(())
}

/// Something to mend: what it is, why it matters, what to do.
#[derive(Debug)]
struct Finding {
    path: String,
    /// Counts from 1.
    line: usize,
    message: String,
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

/// Runs a rule on a small tree and compares the places it finds, each as `path:line`.
#[cfg(test)]
fn expect(rule: Rule, files: &[(&str, &str)], places: &[&str]) {
    let findings = rule(&Tree::of(files));
    let found: Vec<String> = findings
        .iter()
        .map(|Finding { path, line, .. }| format!("{path}:{line}"))
        .collect();
    assert_eq!(found, places, "{findings:#?}");
}
