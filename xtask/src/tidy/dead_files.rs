//! Every Rust file below `src` and `tests` is part of the build: its parent declares it.
//! It must not follow `#[path]`, which this house doesn't use. Its tests are below.

use super::Finding;
use super::text::code_lines;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter_map(|(path, _)| check_file(tree, path))
        .collect()
}

fn check_file(tree: &Tree, path: &str) -> Option<Finding> {
    let (folder, name) = path.strip_suffix(".rs")?.rsplit_once('/')?;
    if is_root(folder, name) {
        return None;
    }
    let declared = parents(folder)
        .iter()
        .filter_map(|parent| tree.text(parent))
        .any(|text| declares(text, name));
    let message =
        format!("no parent declares `mod {name};`; it isn't built, so it rots; declare it or remove it");
    (!declared).then(|| Finding::new(path, 1, message))
}

/// Files that cargo finds by itself.
fn is_root(folder: &str, name: &str) -> bool {
    let last = folder.rsplit('/').next().unwrap_or_default();
    let own_roots = ["bin", "tests", "benches", "examples", "fuzz_targets"].contains(&last);
    own_roots || ["lib", "main", "build"].contains(&name)
}

/// Where a module of this folder may be declared: in the file named like the folder, or in the crate's root.
fn parents(folder: &str) -> [String; 3] {
    [
        format!("{folder}.rs"),
        format!("{folder}/lib.rs"),
        format!("{folder}/main.rs"),
    ]
}

fn declares(text: &str, name: &str) -> bool {
    let declaration = format!("mod {name};");
    code_lines(text).any(|(_, line)| {
        let before = line.trim_end().strip_suffix(&declaration);
        before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::expect;

    #[test]
    fn a_declared_file_is_alive() {
        let root = ("crates/a/src/lib.rs", "mod cases;");
        let cases = ("crates/a/src/cases.rs", "#[cfg(test)]\npub(crate) mod open;");
        expect(check, &[root, cases, ("crates/a/src/cases/open.rs", "")], &[]);
    }

    #[test]
    fn an_undeclared_file_is_dead() {
        let root = ("crates/a/src/lib.rs", "// mod cases;\nmod all_cases;");
        let files = [
            root,
            ("crates/a/src/cases.rs", ""),
            ("crates/a/src/all_cases.rs", ""),
        ];
        expect(check, &files, &["crates/a/src/cases.rs:1"]);
    }

    #[test]
    fn integration_tests_are_declared_in_their_main() {
        let main = ("crates/a/tests/it/main.rs", "mod flow;");
        let files = [
            main,
            ("crates/a/tests/it/flow.rs", ""),
            ("crates/a/tests/it/lost.rs", ""),
        ];
        expect(check, &files, &["crates/a/tests/it/lost.rs:1"]);
    }

    #[test]
    fn roots_need_no_parent() {
        expect(
            check,
            &[
                ("crates/a/build.rs", ""),
                ("crates/a/src/bin/b.rs", ""),
                ("crates/a/tests/c.rs", ""),
            ],
            &[],
        );
    }
}
